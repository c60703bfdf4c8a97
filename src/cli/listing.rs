//! Lists for people: columns as wide as they need to be, nothing else.

use crate::text::is_direction_mark;

/// Rows of cells, the first row being the heads; each column but the last is padded.
pub fn columns(rows: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (index, cell) in row.iter().enumerate() {
            match widths.get_mut(index) {
                Some(width) => *width = (*width).max(shown_width(cell)),
                None => widths.push(shown_width(cell)),
            }
        }
    }
    rows.iter().map(|row| padded(row, &widths)).collect()
}

fn padded(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(cell);
        let gap = width.saturating_sub(shown_width(cell)) + 2;
        line.extend(std::iter::repeat_n(' ', gap));
    }
    line.trim_end().to_owned()
}

/// Columns of a terminal: marks and vowel signs take none.
fn shown_width(cell: &str) -> usize {
    let takes_none = |letter: char| {
        is_direction_mark(letter)
            || matches!(letter, '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{0300}'..='\u{036f}')
    };
    cell.chars().filter(|letter| !takes_none(*letter)).count()
}
