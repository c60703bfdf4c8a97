//! DOC, as Word 97 to 2003 wrote it: the text of its pieces, in order.
//!
//! A document's text lies in pieces that editing left; a table in a second stream says in
//! which order. What marks cells, fields and pictures are characters of the text.

use super::compound::{Compound, u16_at, u32_at};
use super::lines::Lines;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use crate::limits;
use encoding_rs::{UTF_16LE, WINDOWS_1252};
use std::ops::Range;

/// The first two bytes of the main stream.
const WORD: u16 = 0xa5ec;
/// Versions before Word 97 lay their pieces out otherwise.
const VERSION_MIN: u16 = 0x00c1;
const ENCRYPTED: u16 = 0x0100;
const SECOND_TABLE: u16 = 0x0200;
/// Where the main stream says how long each part of the text is, and where the table of pieces
/// lies. The parts follow each other in one text.
const PARTS_AT: usize = 0x4c;
const PIECES_AT: usize = 0x01a2;

/// The parts in their order; `None` is left out: what Word keeps there itself, and comments.
const PARTS: [Option<Role>; 8] = [
    Some(Role::Text),
    // Notes at the foot, heads and feet, macros, comments, notes at the end.
    Some(Role::Text),
    Some(Role::Furniture),
    None,
    None,
    Some(Role::Text),
    // Text boxes of the body, and of heads and feet.
    Some(Role::Text),
    Some(Role::Furniture),
];
/// A piece of characters of one byte.
const NARROW: u32 = 0x4000_0000;

/// The text of a document.
///
/// # Errors
/// [`Problem::Encrypted`], [`Problem::UnknownFormat`] for versions before 1997,
/// [`Problem::Truncated`] for a damaged one.
pub(super) fn read(file: &Compound<'_>) -> Result<Text, Problem> {
    let main = file.stream("WordDocument")?.ok_or(Problem::Truncated)?;
    let word = |at: usize| u16_at(&main, at).ok_or(Problem::Truncated);
    if word(0)? != WORD || word(2)? < VERSION_MIN {
        return Err(Problem::UnknownFormat);
    }
    let flags = word(10)?;
    if flags & ENCRYPTED != 0 {
        return Err(Problem::Encrypted);
    }
    let name = if flags & SECOND_TABLE == 0 { "0Table" } else { "1Table" };
    let table = file.stream(name)?.ok_or(Problem::Truncated)?;
    let number = |at: usize| {
        let number = u32_at(&main, at).ok_or(Problem::Truncated)?;
        usize::try_from(number).map_err(|_| Problem::Truncated)
    };
    let (from, length) = (number(PIECES_AT)?, number(PIECES_AT + 4)?);
    let list = table.get(from..).and_then(|list| list.get(..length));
    let pieces = pieces(list.ok_or(Problem::Truncated)?)?;
    let mut writing = Writing::default();
    let mut begun = 0usize;
    for (at, role) in PARTS.into_iter().enumerate() {
        let part = begun..begun.saturating_add(number(PARTS_AT + 4 * at)?);
        begun = part.end;
        let Some(role) = role.filter(|_| !part.is_empty()) else { continue };
        let text = text(&main, pieces, part)?;
        writing.begin(role);
        text.chars().try_for_each(|character| writing.take(character))?;
        writing.end_line()?;
    }
    Ok(Text { lines: writing.lines.lines, ..Text::default() })
}

/// The table of pieces in what stands before it.
fn pieces(mut list: &[u8]) -> Result<&[u8], Problem> {
    loop {
        match list.first() {
            // Properties of earlier saves.
            Some(1) => {
                let skipped = usize::from(u16_at(list, 1).ok_or(Problem::Truncated)?);
                list = list.get(3 + skipped..).ok_or(Problem::Truncated)?;
            }
            Some(2) => return list.get(5..).ok_or(Problem::Truncated),
            _ => return Err(Problem::Truncated),
        }
    }
}

/// The characters of a part. A piece has its place in the text, then 8 bytes of where it lies;
/// there is one place more than pieces.
fn text(main: &[u8], pieces: &[u8], part: Range<usize>) -> Result<String, Problem> {
    let count = pieces.len().saturating_sub(4) / 12;
    let mut text = String::new();
    for piece in 0..count {
        let place = |at: usize| {
            let place = u32_at(pieces, at * 4).ok_or(Problem::Truncated)?;
            usize::try_from(place).map_err(|_| Problem::Truncated)
        };
        let (from, to) = (place(piece)?, place(piece + 1)?);
        let (first, last) = (from.max(part.start), to.min(part.end));
        let (skipped, length) = (first.saturating_sub(from), last.saturating_sub(first));
        if length == 0 {
            continue;
        }
        let at =
            u32_at(pieces, (count + 1) * 4 + piece * 8 + 2).ok_or(Problem::Truncated)?;
        let (start, width, encoding) = if at & NARROW == 0 {
            (at, 2, UTF_16LE)
        } else {
            ((at & !NARROW) / 2, 1, WINDOWS_1252)
        };
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let start = start.saturating_add(skipped.saturating_mul(width));
        let bytes = length.saturating_mul(width);
        let lying = main.get(start..).and_then(|rest| rest.get(..bytes));
        let lying = lying.ok_or(Problem::Truncated)?;
        text.push_str(&encoding.decode_without_bom_handling(lying).0);
        if text.len() > 4 * limits::TEXT_CHARS_MAX {
            return Err(Problem::LimitPassed);
        }
    }
    Ok(text)
}

/// The text as lines: a paragraph, or a row of a table.
#[derive(Default)]
struct Writing {
    lines: Lines,
    /// Of the part that is written.
    role: Role,
    number: usize,
    line: String,
    cells: Vec<String>,
    /// How deep in fields, and in how many of them what is shown has begun.
    fields: usize,
    shown: usize,
}

impl Writing {
    /// Another part begins: a field that was left open does not reach into it.
    fn begin(&mut self, role: Role) {
        self.role = role;
        (self.fields, self.shown) = (0, 0);
    }

    fn take(&mut self, character: char) -> Result<(), Problem> {
        match character {
            '\u{13}' => self.fields += 1,
            '\u{14}' => self.shown = self.fields,
            '\u{15}' => {
                self.fields = self.fields.saturating_sub(1);
                self.shown = self.shown.min(self.fields);
            }
            // What a field asks for is not text.
            _ if self.fields > self.shown => {}
            '\u{7}' => return self.end_cell(),
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{e}' => return self.end_line(),
            '\t' | '\u{a0}' => self.line.push(' '),
            '\u{1e}' => self.line.push('-'),
            control if control.is_control() => {}
            other => self.line.push(other),
        }
        Ok(())
    }

    /// A cell ends; one that is empty behind others ends the row.
    fn end_cell(&mut self) -> Result<(), Problem> {
        let cell = std::mem::take(&mut self.line).trim().to_owned();
        if !cell.is_empty() {
            self.cells.push(cell);
            return Ok(());
        }
        self.end_row()
    }

    fn end_row(&mut self) -> Result<(), Problem> {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        self.number += 1;
        self.lines.push(&cells.join(" | "), None, self.number, self.role)
    }

    fn end_line(&mut self) -> Result<(), Problem> {
        let line = std::mem::take(&mut self.line);
        // A cell of several paragraphs.
        if !self.cells.is_empty() {
            self.cells.push(line.trim().to_owned());
            return self.end_row();
        }
        self.number += 1;
        self.lines.push(line.trim(), None, self.number, self.role)
    }
}
