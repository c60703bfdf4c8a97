//! A clause as it stands in its file: its words as the compiler joins them from several
//! lines, with the way back to the bytes of the file.

use std::ops::Range;

use crate::editor::sheet::Sheet;
use crate::rulebook::{Line, line, without_comment};

/// The words of a clause and where each byte of them stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// The line it begins on, from 0, and how many it has.
    pub line: usize,
    pub lines: usize,
    /// Without indentation and comments, one space between lines.
    pub text: String,
    /// The byte of the file for each byte of `text`, and one more for its end.
    origin: Vec<usize>,
}

impl Passage {
    /// The clause that begins on a line, with the lines that continue it.
    pub fn at(sheet: &Sheet, line: usize) -> Passage {
        let end = sheet.span(line).start;
        let mut passage =
            Passage { line, lines: 0, text: String::new(), origin: vec![end] };
        passage.take(sheet, line);
        while !passage.text.is_empty() && continues(sheet.line(line + passage.lines)) {
            passage.take(sheet, line + passage.lines);
        }
        passage
    }

    /// The clause that holds a line: the one above it where it continues that.
    pub fn around(sheet: &Sheet, line: usize) -> Passage {
        let mut first = line;
        while first > 0 && continues(sheet.line(first)) {
            first -= 1;
        }
        let passage = Passage::at(sheet, first);
        if first + passage.lines > line { passage } else { Passage::at(sheet, line) }
    }

    fn take(&mut self, sheet: &Sheet, line: usize) {
        let source = sheet.line(line);
        let content = without_comment(source);
        let words = content.trim();
        let indent = content.len() - content.trim_start().len();
        let from = sheet.span(line).start + indent;
        self.origin.pop();
        if self.lines > 0 {
            self.text.push(' ');
            self.origin.push(from);
        }
        self.text.push_str(words);
        self.origin.extend((0..=words.len()).map(|index| from + index));
        self.lines += 1;
    }

    /// The bytes of the file for bytes of the words.
    pub fn range(&self, words: &Range<usize>) -> Range<usize> {
        let last = self.origin.last().copied().unwrap_or_default();
        let start = self.origin.get(words.start).copied().unwrap_or(last);
        let end = match words.end.checked_sub(1).filter(|end| *end >= words.start) {
            Some(end) => self.origin.get(end).copied().unwrap_or(last) + 1,
            None => start,
        };
        start..end.max(start)
    }

    /// Where some of its words stand in the file.
    pub fn find(&self, words: &str) -> Option<Range<usize>> {
        let at = self.text.find(words).filter(|_| !words.is_empty())?;
        Some(self.range(&(at..at + words.len())))
    }

    /// All of it, in bytes of the file.
    pub fn whole(&self) -> Range<usize> {
        self.range(&(0..self.text.len()))
    }

    /// The byte of the words at a byte of the file: that of the nearest word before it.
    pub fn inside(&self, offset: usize) -> usize {
        let words = self.origin.len().saturating_sub(1);
        self.origin.iter().take(words).filter(|origin| **origin < offset).count()
    }

    /// Where its value begins: after a label or a rule's id, else at its first word.
    pub fn value(&self) -> usize {
        let value = match line(&self.text) {
            Line::Rule { value, .. } | Line::Label { value, .. } => value,
            Line::Words | Line::Choice(_) | Line::Text => return 0,
        };
        self.text.len() - value.len()
    }
}

/// Whether a line continues the clause above it.
fn continues(source: &str) -> bool {
    let content = without_comment(source);
    content.starts_with(char::is_whitespace)
        && !content.trim().is_empty()
        && line(content.trim()) == Line::Text
}
