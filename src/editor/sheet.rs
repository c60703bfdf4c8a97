//! The text of one open file, and places in it as editors count them: lines from 0, and
//! units of UTF-16 from the start of a line.
//!
//! Knows nothing of rules. A place outside the text is the nearest one inside it.

use std::ops::Range;

/// A place between two characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Position {
    /// From 0.
    pub line: u32,
    /// From 0, in units of UTF-16.
    pub character: u32,
}

/// A file's text and where its lines begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    text: String,
    /// Bytes at which lines begin; the first is 0.
    starts: Vec<usize>,
}

impl Sheet {
    /// A carriage return that ends a line by itself becomes a line feed, so that everybody
    /// counts the same lines and no place moves.
    pub fn new(text: &str) -> Sheet {
        let text = with_line_feeds(text);
        let starts = starts(&text);
        Sheet { text, starts }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are; an empty text has one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// A line without its end; empty beyond the last.
    pub fn line(&self, line: usize) -> &str {
        self.text.get(self.span(line)).unwrap_or_default()
    }

    /// The bytes of a line without its end.
    pub fn span(&self, line: usize) -> Range<usize> {
        let end = self.text.len();
        let from = self.starts.get(line).copied().unwrap_or(end);
        let to = self.starts.get(line + 1).map_or(end, |next| next - 1);
        let bare = self.text.get(from..to).unwrap_or_default();
        from..from + bare.strip_suffix('\r').unwrap_or(bare).len()
    }

    /// The byte at a position, at the boundary of a character.
    pub fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let span = self.span(line);
        let mut left = position.character;
        let mut offset = span.start;
        for character in self.line(line).chars() {
            let units = u32::from(character.len_utf16() == 2) + 1;
            if left < units {
                break;
            }
            left -= units;
            offset += character.len_utf8();
        }
        offset
    }

    /// The position of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        let from = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.get(from..offset.min(self.text.len())).unwrap_or_default();
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            character: u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX),
        }
    }

    pub fn positions(&self, range: &Range<usize>) -> Range<Position> {
        self.position(range.start)..self.position(range.end)
    }

    /// Puts `text` in place of what stands between two positions.
    pub fn edit(&mut self, range: Range<Position>, text: &str) {
        let (from, to) = (self.offset(range.start), self.offset(range.end));
        self.text.replace_range(from..to.max(from), text);
        if text.contains('\r') || self.text.contains('\r') {
            self.text = with_line_feeds(&self.text);
        }
        self.starts = starts(&self.text);
    }
}

fn with_line_feeds(text: &str) -> String {
    if !text.contains('\r') {
        return text.to_owned();
    }
    let mut characters = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let alone = character == '\r' && characters.peek() != Some(&'\n');
        out.push(if alone { '\n' } else { character });
    }
    out
}

fn starts(text: &str) -> Vec<usize> {
    let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0).chain(after.map(|(index, _)| index + 1)).collect()
}
