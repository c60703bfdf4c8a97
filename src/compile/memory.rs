//! What was read of rule files before: of a changed file only the changed clauses are read
//! again. Compiling with a memory gives what compiling without one gives.
//!
//! A rule is known again by its lines, wherever in the file they now stand, as long as the
//! top of its rulebook says the same. The vocabulary has to be the same: with another one
//! the memory has to be another one too.

use std::collections::BTreeMap;

use crate::compile::{Compiled, Source};
use crate::diagnostics::Diagnostic;
use crate::limits;
use crate::rulebook::{Clauses, Draft, Line, Words, line, segment_by};

/// What was read, by file.
#[derive(Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, OfFile>,
}

#[derive(Debug, Default)]
struct OfFile {
    lines: Vec<(String, Line)>,
    /// The top of the rulebook, as far as its rules are read in its light.
    top: String,
    rules: Vec<Remembered>,
}

/// What is known of the rules of a file while it is read again.
#[derive(Debug)]
pub(super) struct Recall {
    old: Vec<Option<Remembered>>,
    same: Same,
    new: Vec<Remembered>,
}

#[derive(Debug)]
struct Remembered {
    draft: Draft,
    /// Where it stood last; the draft's own lines are those of its first reading.
    line: u32,
    room: usize,
    outcome: Outcome,
}

/// What came of reading one rule.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) rule: Option<Compiled>,
    pub(super) told: Vec<Diagnostic>,
}

impl Memory {
    /// Takes a text apart; only lines that are new are looked at.
    pub(super) fn segment(&mut self, file: &str, text: &str) -> Clauses {
        let known = self.files.entry(file.to_owned()).or_default();
        let mut old = std::mem::take(&mut known.lines);
        let new: Vec<&str> = text.lines().collect();
        let same = Same::of(&old, &new, |(old, _), new| old == new);
        let mut index = 0;
        segment_by(text, &mut |content| {
            let source = new.get(index).copied().unwrap_or_default();
            let before = same.before(index).and_then(|before| old.get_mut(before));
            index += 1;
            let read = match before {
                Some(before) => std::mem::replace(before, (String::new(), Line::Text)),
                None => (source.to_owned(), line(content)),
            };
            known.lines.push(read);
            known.lines.last().map_or(Line::Text, |(_, read)| read.clone())
        })
    }

    /// What is known of the rules of one file, whose rulebook's top now says `top`.
    pub(super) fn recall(&mut self, file: &str, top: &str, drafts: &[Draft]) -> Recall {
        let known = self.files.entry(file.to_owned()).or_default();
        let old = std::mem::take(&mut known.rules);
        let old = if known.top == top { old } else { Vec::new() };
        top.clone_into(&mut known.top);
        let same = Same::of(&old, drafts, |old, new| is_same(&old.draft, new));
        Recall { old: old.into_iter().map(Some).collect(), same, new: Vec::new() }
    }

    /// Keeps what is known now.
    pub(super) fn put(&mut self, file: &str, recall: Recall) {
        self.files.entry(file.to_owned()).or_default().rules = recall.new;
    }

    /// Forgets files that are there no more.
    pub(super) fn keep(&mut self, sources: &[Source]) {
        self.files.retain(|file, _| sources.iter().any(|source| source.file == *file));
    }
}

impl Recall {
    /// What came of the rule before, where it says the same; `told` is how many messages
    /// there are already.
    pub(super) fn known(
        &mut self,
        index: usize,
        draft: &Draft,
        told: usize,
    ) -> Option<Outcome> {
        let mut before = self.old.get_mut(self.same.before(index)?)?.take()?;
        if before.room != room(told) {
            return None;
        }
        before.outcome.move_by(before.line, draft.sentence.line);
        before.line = draft.sentence.line;
        let outcome = before.outcome.clone();
        self.new.push(before);
        Some(outcome)
    }

    pub(super) fn learn(&mut self, draft: &Draft, told: usize, outcome: Outcome) {
        let (line, room) = (draft.sentence.line, room(told));
        self.new.push(Remembered { draft: draft.clone(), line, room, outcome });
    }
}

/// How many more messages may be explained, as far as one rule can tell the difference.
fn room(told: usize) -> usize {
    limits::PROBLEMS_EXPLAINED_MAX.saturating_sub(told).min(RULE_MESSAGES)
}

/// More messages than one rule has; a rule with more is merely read again.
const RULE_MESSAGES: usize = 16;

/// Two lists that agree at their beginning and at their end.
#[derive(Debug)]
struct Same {
    first: usize,
    last: usize,
    old: usize,
    new: usize,
}

impl Same {
    fn of<O, N>(old: &[O], new: &[N], is_same: impl Fn(&O, &N) -> bool) -> Same {
        let most = old.len().min(new.len());
        let agree = |pair: &(&O, &N)| is_same(pair.0, pair.1);
        let first = old.iter().zip(new).take_while(agree).count();
        let back = old.iter().rev().zip(new.iter().rev());
        let last = back.take(most - first).take_while(agree).count();
        Same { first, last, old: old.len(), new: new.len() }
    }

    /// Where in the old list an element of the new one was.
    fn before(&self, new: usize) -> Option<usize> {
        match new {
            _ if new < self.first => Some(new),
            _ if new + self.last >= self.new => Some(new + self.old - self.new),
            _ => None,
        }
    }
}

/// The same words on the same lines, counted from the rule's own.
fn is_same(old: &Draft, new: &Draft) -> bool {
    let from = (old.sentence.line, new.sentence.line);
    let words = |old: &Words, new: &Words| {
        old.line - from.0 == new.line - from.1
            && old.text == new.text
            && old.source == new.source
    };
    old.id == new.id
        && words(&old.sentence, &new.sentence)
        && old.clauses.len() == new.clauses.len()
        && old.clauses.iter().zip(&new.clauses).all(|(old, new)| {
            old.label == new.label
                && old.name == new.name
                && words(&old.value, &new.value)
        })
}

impl Outcome {
    /// Everything that names a line, for the rule having moved from one to another.
    fn move_by(&mut self, from: u32, to: u32) {
        let moved = |line: u32| if line == 0 { 0 } else { line - from + to };
        for told in &mut self.told {
            told.place.line = moved(told.place.line);
        }
        if let Some(Compiled { rule, gives_way_to, answer }) = &mut self.rule {
            for (_, place) in gives_way_to {
                place.line = moved(place.line);
            }
            for rule in std::iter::once(rule).chain(answer.as_deref_mut()) {
                rule.line = moved(rule.line);
                for example in &mut rule.examples {
                    example.line = moved(example.line);
                }
            }
        }
    }
}
