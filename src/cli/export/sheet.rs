//! A workbook: a sheet for each table, from right to left in Arabic. Nothing in it is a
//! formula.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::Exported;
use super::table::{Cell, Table};
use crate::limits;
use crate::text::Language;

/// The bytes of the file.
///
/// # Errors
/// When a table is larger than a sheet can be.
pub fn workbook(exported: &Exported, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    for table in &exported.tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.what.called(language))?;
        sheet.set_right_to_left(language == Language::Arabic);
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0u16..).zip(&table.columns) {
            sheet.write_string_with_format(0, at, column.called(language), &bold)?;
            sheet.set_column_width(at, width(table, at))?;
        }
        for (line, row) in (1u32..).zip(&table.rows) {
            for (at, cell) in (0u16..).zip(row) {
                match cell {
                    Cell::Nothing => {}
                    Cell::Text(_) | Cell::Word { .. } => {
                        sheet.write_string(line, at, cut(cell.shown()))?;
                    }
                    Cell::Number(number) => {
                        let number: f64 = number.parse().unwrap_or_default();
                        sheet.write_number(line, at, number)?;
                    }
                }
            }
        }
    }
    workbook.save_to_buffer()
}

/// As much as a cell holds, in its own units: a letter beyond the first plane takes two.
fn cut(text: &str) -> String {
    let mut room = limits::CELL_CHARS_MAX;
    let fits = |letter: &char| match room.checked_sub(letter.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    text.chars().take_while(fits).collect()
}

/// As wide as its widest cell, between ten and sixty letters.
fn width(table: &Table, at: u16) -> f64 {
    let letters = |cell: &Cell| cell.shown().chars().count();
    let cells = table.rows.iter().filter_map(|row| row.get(usize::from(at)));
    let widest = cells.map(letters).max().unwrap_or_default().clamp(10, 60);
    u32::try_from(widest).map_or(10.0, f64::from)
}
