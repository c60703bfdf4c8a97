//! Plain text: lines as they stand.

use super::lines::Lines;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;

/// The lines of a text file; a form feed begins a new page.
pub(super) fn read(source: &str) -> Result<Text, Problem> {
    let mut lines = Lines::default();
    let paged = source.contains('\u{c}');
    let mut page = 1;
    let mut number = 0;
    for line in source.lines() {
        number += 1;
        if line.contains('\u{c}') {
            page += 1;
            number = 1;
        }
        let role = role_of(line.trim());
        let text = line.replace('\u{c}', "");
        lines.push(&text, paged.then_some(page), number, role)?;
    }
    Ok(Text { lines: lines.lines, ..Text::default() })
}

fn role_of(line: &str) -> Role {
    if line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ") {
        Role::Item
    } else {
        Role::Text
    }
}
