//! A case file as rules with their cases, line by line.
//!
//! Markdown that people read: a heading is a rule, an item of a list a case, everything
//! else is prose. Items above the first rule are given for all cases, items without an
//! arrow for the cases of their rule. Knows no meaning of a line.

use crate::rulebook::Words;

/// A case file in pieces.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Casebook {
    /// Given for every case of the file.
    pub given: Vec<Words>,
    pub rules: Vec<Heading>,
}

/// A heading and the items below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// The rule's id as written, perhaps with its rulebook before a slash.
    pub rule: Words,
    pub items: Vec<Words>,
}

/// Takes a file apart. An item may run over several indented lines.
pub fn segment(text: &str) -> Casebook {
    let mut book = Casebook::default();
    let mut open = false;
    for (index, source) in text.lines().enumerate() {
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let trimmed = source.trim();
        let words = |text: &str| Words {
            text: text.trim().to_owned(),
            line,
            source: source.trim_end().to_owned(),
        };
        if let Some(heading) = heading(source) {
            let rule = words(heading);
            book.rules.push(Heading { rule, items: Vec::new() });
            open = false;
        } else if let Some(item) = item(source) {
            book.items().push(words(item));
            open = true;
        } else if trimmed.is_empty() || !source.starts_with(char::is_whitespace) {
            open = false;
        } else if let (true, Some(last)) = (open, book.items().last_mut()) {
            last.text.push(' ');
            last.text.push_str(trimmed);
        }
    }
    book
}

impl Casebook {
    fn items(&mut self) -> &mut Vec<Words> {
        match self.rules.last_mut() {
            Some(heading) => &mut heading.items,
            None => &mut self.given,
        }
    }
}

/// The id in a heading of the second or a deeper level: its first word. A title may follow.
fn heading(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("##")?.trim_start_matches('#');
    let rest = rest.strip_prefix(' ')?.trim();
    let id = rest.split_whitespace().next()?;
    Some(id.trim_end_matches([':', '،', ',']))
}

/// What stands in an item of a list that is not inside another one.
fn item(line: &str) -> Option<&str> {
    ["- ", "* ", "• "].iter().find_map(|mark| line.strip_prefix(mark))
}
