//! What somebody states to have happened, as evidence: a deed, its day, and nothing more.

use std::collections::BTreeSet;

use super::{Arrival, Group, Source, Told, nouns_of};
use crate::calendar::Day;
use crate::document::{FactName, Value};
use crate::form::statement::{self, Statement};
use crate::norm::TermId;
use crate::timeline::{Aspect, Entry, Instant, Paper, Subject, Timeline};
use crate::vocabulary::Vocabulary;

/// Adds what somebody states to have happened, without any paper that says more. `about`
/// is the end of the year or period that it is about.
pub fn state(
    timeline: &mut Timeline,
    vocabulary: &Vocabulary,
    arrival: Arrival<'_>,
    (said, about): (Statement, Option<Day>),
) {
    let number = u32::try_from(timeline.papers.len()).unwrap_or(u32::MAX);
    timeline.papers_mut().push(Paper {
        sha256: arrival.sha256,
        path: arrival.path.into(),
        received: arrival.received,
        contains: BTreeSet::new(),
        passages: Box::default(),
    });
    for entry in deed(vocabulary, &said, (arrival.received, number)) {
        timeline.add(Entry { about, ..entry });
    }
}

/// What a person states to have happened, each a sentence of its own.
pub(super) fn happened(source: &Source<'_>, facts: &Group<'_>, entries: &mut Vec<Told>) {
    let stated = facts
        .facts
        .iter()
        .filter(|fact| fact.group == facts.group && fact.name == FactName::Happened);
    for fact in stated {
        let Value::Text(text) = &fact.value else { continue };
        let Some(said) = statement::read(text, source.vocabulary) else { continue };
        let from = (source.arrival.received, source.paper);
        for entry in deed(source.vocabulary, &said, from) {
            entries.push((Entry { about: facts.about(), ..entry }, None));
        }
    }
}

/// One entry for what it was done to, and for each wider kind of that.
fn deed(
    vocabulary: &Vocabulary,
    said: &Statement,
    (received, paper): (Instant, u32),
) -> Vec<Entry> {
    let of = |noun: TermId| {
        let subject = Subject::new(noun, Aspect::Done(said.what.act));
        let mut entry = Entry::new(subject, said.day, received, paper);
        entry.number = said.number;
        (entry.by, entry.to) = (said.what.by, said.what.to);
        entry
    };
    nouns_of(vocabulary, said.what.noun).into_iter().map(of).collect()
}
