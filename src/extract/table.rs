//! Tables as text: comma, semicolon or tab separated, a row a line.

use super::lines::Lines;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;

/// The rows of a table, cells parted by ` | `.
pub(super) fn read(source: &str) -> Result<Text, Problem> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(source))
        .from_reader(source.trim_start_matches('\u{feff}').as_bytes());
    let mut lines = Lines::default();
    for (index, row) in reader.records().enumerate() {
        let row = row.map_err(|_| Problem::Truncated)?;
        let cells: Vec<&str> = row.iter().map(str::trim).collect();
        let role =
            if index == 0 && is_title(&cells) { Role::Heading(1) } else { Role::Text };
        let number = row.position().map_or(index + 1, |position| {
            usize::try_from(position.line()).unwrap_or(usize::MAX)
        });
        let line = cells.join(" | ").replace(['\n', '\r'], " ");
        lines.push(line.trim_matches([' ', '|']), None, number, role)?;
    }
    Ok(Text { lines: lines.lines, ..Text::default() })
}

/// A first row with one filled cell is a title, not the names of columns.
fn is_title(cells: &[&str]) -> bool {
    cells.iter().filter(|cell| !cell.is_empty()).count() == 1
}

/// The separator that the first lines hold most of.
fn delimiter(source: &str) -> u8 {
    let head: Vec<&str> = source.lines().take(10).collect();
    let count =
        |mark: char| head.iter().map(|line| line.matches(mark).count()).sum::<usize>();
    [(b',', ','), (b';', ';'), (b'\t', '\t')]
        .into_iter()
        .rev()
        .max_by_key(|(_, mark)| count(*mark))
        .map_or(b',', |(byte, _)| byte)
}
