//! Comma-separated values that a spreadsheet opens as they are.
//!
//! A byte order mark stands first: without it the most used spreadsheet reads Arabic in the
//! code page of the machine. Texts that would be taken for formulas get an apostrophe.

use super::table::{Cell, Table};
use crate::text::Language;

/// The table with its heads, lines ended as the format asks.
pub fn csv(table: &Table, language: Language) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    let heads = table.columns.iter().map(|column| column.called(language).to_owned());
    line(&mut text, heads);
    for row in &table.rows {
        line(&mut text, row.iter().map(plain));
    }
    text.into_bytes()
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    let quoted: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    text.push_str(&quoted.join(","));
    text.push_str("\r\n");
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A cell that no spreadsheet calculates. Some skip blanks and marks before a formula.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.trim_start_matches('+').to_owned(),
        Cell::Nothing => String::new(),
        Cell::Word { called, .. } => (*called).to_owned(),
        Cell::Text(text) => {
            let skipped = |letter: char| {
                letter.is_whitespace()
                    || letter.is_control()
                    || crate::text::is_direction_mark(letter)
            };
            let first = text.chars().find(|letter| !skipped(*letter));
            let formula = first.is_some_and(|first| "=+-@＝＋－＠".contains(first));
            let control = text.starts_with(['\t', '\r', '\n']);
            if formula || control { format!("'{text}") } else { text.clone() }
        }
    }
}
