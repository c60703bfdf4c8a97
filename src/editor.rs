//! Rule files while somebody writes them: what is said of each, where, and what its rules
//! mean in the other language.
//!
//! Knows texts and places in them, and neither a protocol nor a disk: whoever calls has
//! read the files and says what was typed.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::compile::memory::Memory;
use crate::compile::taught;
use crate::compile::{Source, compile_again};
use crate::diagnostics::{Diagnostic, Place};
use crate::editor::passage::Passage;
use crate::editor::sheet::Sheet;
use crate::program::{Program, Rule, Rulebook};
use crate::vocabulary::Vocabulary;

pub mod completion;
pub mod definition;
pub mod fix;
pub mod hover;
pub mod mend;
pub mod passage;
mod phrases;
pub mod sheet;

/// The rule files and vocabulary files of one network, by their paths inside it.
#[derive(Debug, Default)]
pub struct Desk {
    rules: BTreeMap<String, String>,
    words: BTreeMap<String, String>,
    /// The standard vocabulary with the network's own words.
    pub vocabulary: Vocabulary,
    pub program: Program,
    memory: Memory,
    of_words: Vec<Diagnostic>,
    of_rules: Vec<Diagnostic>,
}

/// Whether a file teaches words: those of a folder named `vocabulary` do.
pub fn teaches_words(file: &str) -> bool {
    let mut folders = file.rsplit(['/', '\\']).skip(1);
    folders.next() == Some("vocabulary") || file.starts_with("vocabulary/")
}

impl Desk {
    /// The files of a network, read and compiled.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Desk {
        let mut desk = Desk::default();
        for (file, text) in files {
            desk.lay(file, text);
        }
        desk.learn();
        desk
    }

    /// A file as it now is: what follows from it is said anew.
    pub fn put(&mut self, file: &str, text: &str) {
        let words = teaches_words(file);
        self.lay(file.to_owned(), text.to_owned());
        if words {
            self.learn();
        } else {
            self.read();
        }
    }

    /// A file that is there no more.
    pub fn remove(&mut self, file: &str) {
        let known = self.words.remove(file).is_some();
        self.rules.remove(file);
        if known {
            self.learn();
        } else {
            self.read();
        }
    }

    fn lay(&mut self, file: String, text: String) {
        let files = if teaches_words(&file) { &mut self.words } else { &mut self.rules };
        files.insert(file, text);
    }

    fn learn(&mut self) {
        let words: Vec<(&str, &str)> = self
            .words
            .iter()
            .map(|(file, text)| (file.as_str(), text.as_str()))
            .collect();
        (self.vocabulary, self.of_words) = taught::learn(&words);
        self.memory = Memory::default();
        self.read();
    }

    fn read(&mut self) {
        let sources: Vec<Source> =
            self.rules.iter().map(|(file, text)| Source::new(file, text)).collect();
        (self.program, self.of_rules) =
            compile_again(&sources, &self.vocabulary, &mut self.memory);
    }

    /// Everything that is said of one file, in the order of its lines.
    pub fn told<'a>(&'a self, file: &'a str) -> impl Iterator<Item = &'a Diagnostic> {
        let all = self.of_words.iter().chain(&self.of_rules);
        all.filter(move |told| told.place.file == file)
    }

    /// The rule that a line belongs to, from 0: its own line, or an indented one below it.
    pub fn rule_at(&self, sheet: &Sheet, file: &str, line: usize) -> Option<Found<'_>> {
        let first = rule_line(sheet, line)?;
        let number = u32::try_from(first + 1).ok()?;
        self.rules().find(|found| found.rule.file == file && found.rule.line == number)
    }

    /// Every rule with its rulebook.
    pub fn rules(&self) -> impl Iterator<Item = Found<'_>> {
        let of = |book| move |rule| Found { book, rule };
        self.program
            .rulebooks
            .iter()
            .flat_map(move |book| book.rules.iter().map(of(book)))
    }
}

/// A rule in its rulebook.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub book: &'a Rulebook,
    pub rule: &'a Rule,
}

/// The line on which the rule around a line begins, from 0: the nearest line above that is
/// not indented. Empty lines and comments between a rule's lines belong to it.
pub(crate) fn rule_line(sheet: &Sheet, line: usize) -> Option<usize> {
    let said = |line: &usize| !is_silent(sheet.line(*line));
    let starts = |line: &usize| said(line) && !sheet.line(*line).starts_with([' ', '\t']);
    if is_silent(sheet.line(line)) {
        return None;
    }
    (0..=line).rev().find(starts)
}

/// An empty line, or one with nothing but a comment.
pub(crate) fn is_silent(source: &str) -> bool {
    crate::rulebook::without_comment(source).trim().is_empty()
}

/// The bytes of a file that a message speaks of: the words it quotes, wherever in their
/// clause they stand, else the whole line.
pub fn place_in(sheet: &Sheet, place: &Place) -> Range<usize> {
    let Some(line) = place.line.checked_sub(1).and_then(|it| usize::try_from(it).ok())
    else {
        return sheet.span(0);
    };
    let span = sheet.span(line);
    let source = sheet.line(line);
    let column = usize::try_from(place.column).unwrap_or(1).saturating_sub(1);
    let at = source.char_indices().nth(column).map_or(source.len(), |(at, _)| at);
    let there = source.get(at..).is_some_and(|rest| rest.starts_with(&place.text));
    if there && !place.text.is_empty() {
        return span.start + at..span.start + at + place.text.len();
    }
    let passage = Passage::at(sheet, line);
    let quoted = passage.find(&place.text);
    quoted.unwrap_or_else(|| if passage.text.is_empty() { span } else { passage.whole() })
}
