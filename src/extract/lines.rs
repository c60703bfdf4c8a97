//! Lines with their places: cutting what is too long, counting what is too many.

use crate::document::Line;
use crate::document::Problem;
use crate::document::Role;
use crate::limits;

/// Collects a paper's lines, within the limits.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) lines: Vec<Line>,
    characters: usize,
}

impl Lines {
    /// Adds a line, cut into several when it is longer than any line is.
    ///
    /// # Errors
    /// [`Problem::LimitPassed`] when the paper has more lines or more text than any paper.
    pub(super) fn push(
        &mut self,
        text: &str,
        page: Option<u32>,
        number: usize,
        role: Role,
    ) -> Result<(), Problem> {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        for piece in pieces(text) {
            self.characters += piece.len();
            if self.lines.len() >= limits::TEXT_LINES_MAX
                || self.characters > 4 * limits::TEXT_CHARS_MAX
            {
                return Err(Problem::LimitPassed);
            }
            self.lines.push(Line { text: piece, page, number, role });
        }
        Ok(())
    }
}

/// A line cut at white space into pieces of at most [`limits::LINE_CHARS_MAX`] characters.
fn pieces(text: &str) -> Vec<String> {
    let text = text.trim_end();
    if text.len() <= limits::LINE_CHARS_MAX {
        return vec![text.to_owned()];
    }
    let mut pieces = vec![String::new()];
    let mut length = 0;
    for character in text.chars() {
        let full = length >= limits::LINE_CHARS_MAX;
        let nearly =
            length >= limits::LINE_CHARS_MAX * 9 / 10 && character.is_whitespace();
        if full || nearly {
            pieces.push(String::new());
            length = 0;
        }
        if let Some(last) = pieces.last_mut() {
            last.push(character);
        }
        length += 1;
    }
    pieces
}
