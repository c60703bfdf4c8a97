//! Where what is named is written: a rule that another gives way to, a word of a sentence.

use std::ops::Range;

use crate::compile::Source;
use crate::editor::passage::Passage;
use crate::editor::sheet::{Position, Sheet};
use crate::editor::{Desk, teaches_words};
use crate::form;
use crate::norm::TermId;
use crate::rulebook::{Label, Line, line, without_comment};
use crate::text::key;
use crate::vocabulary::{Term, name_of};

/// A line of a file of the network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    pub file: String,
    /// From 0.
    pub line: usize,
}

/// Where the rule or the word at a position is written. A word that ships with the program
/// is written in no file of the network.
pub fn definition(
    desk: &Desk,
    file: &str,
    sheet: &Sheet,
    position: Position,
) -> Option<Written> {
    let (passage, at) = pointed(sheet, position)?;
    if let Line::Label { label: Label::GivesWayTo, .. } = line(&passage.text) {
        return rule(desk, file, word_at(&passage.text, at));
    }
    let (term, _) = term_at(desk, &passage, at)?;
    let term = desk.vocabulary.term(term)?;
    desk.words.iter().find_map(|(file, text)| {
        let line = text.lines().position(|line| teaches(line, term))?;
        Some(Written { file: file.clone(), line })
    })
}

/// The clause at a position, and the byte of its words.
fn pointed(sheet: &Sheet, position: Position) -> Option<(Passage, usize)> {
    let line = usize::try_from(position.line).ok()?;
    let passage = Passage::around(sheet, line);
    let at = passage.inside(sheet.offset(position));
    (!passage.text.is_empty()).then_some((passage, at))
}

/// The term at a byte of a clause's words, with the bytes of its phrase.
pub(crate) fn term_at(
    desk: &Desk,
    passage: &Passage,
    at: usize,
) -> Option<(TermId, Range<usize>)> {
    let value = passage.value();
    let words = passage.text.get(value..)?;
    let marked = form::mark(words, &desk.vocabulary);
    let (range, mark) = marked.marks().find(|(range, mark)| {
        mark.contains('‹') && value + range.start <= at && at <= value + range.end
    })?;
    Some((term_of(mark)?, value + range.start..value + range.end))
}

/// The term that a mark stands for: `‹body 3›`, `‹v128 f--›`.
fn term_of(mark: &str) -> Option<TermId> {
    let (_, inside) = mark.split_once('‹')?;
    let (inside, _) = inside.split_once('›')?;
    let (name, rest) = inside.split_once(' ')?;
    if matches!(name, "number" | "times" | "share" | "month" | "unit" | "each") {
        return None;
    }
    let number = rest.parse().ok();
    let taught = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    number.or_else(|| taught.parse().ok()).map(TermId)
}

fn rule(desk: &Desk, file: &str, id: &str) -> Option<Written> {
    let own = Source::new(file, "").rulebook;
    let (book, id) = match id.split_once('/') {
        Some((book, id)) => (Some(key(book)), key(id)),
        None => (None, key(id)),
    };
    let named = |found: &crate::editor::Found<'_>| {
        key(&found.rule.id) == id
            && book.as_ref().is_none_or(|book| key(&found.book.id) == *book)
    };
    let own = desk.rules().filter(named).find(|found| found.book.id == own);
    let found = own.or_else(|| desk.rules().find(named))?;
    let line = usize::try_from(found.rule.line.checked_sub(1)?).ok()?;
    Some(Written { file: found.rule.file.clone(), line })
}

/// The word at a byte, between spaces and commas.
fn word_at(text: &str, at: usize) -> &str {
    let between =
        |it: char| it.is_whitespace() || matches!(it, ',' | '،' | ';' | '؛' | ':');
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let from = before.rfind(between).map_or(0, |space| {
        space
            + before
                .get(space..)
                .and_then(|it| it.chars().next())
                .map_or(1, char::len_utf8)
    });
    let to = at + after.find(between).unwrap_or(after.len());
    text.get(from..to).unwrap_or_default()
}

/// Whether a line of a vocabulary is the entry of a term.
fn teaches(source: &str, term: &Term) -> bool {
    let content = without_comment(source).trim();
    let head = content.split_once(':').map_or("", |(head, _)| head);
    let names = head.split('—').map(|part| {
        let phrase = part.split('(').next().unwrap_or_default().trim();
        phrase.strip_prefix("to ").unwrap_or(phrase)
    });
    head.contains('—') && names.into_iter().any(|name| name_of(name) == term.name)
}

/// Whether anything at all can be tried: rules of a network, not words.
pub fn can_be_tried(file: &str) -> bool {
    file.starts_with("rules/") && !teaches_words(file)
}
