//! What may be evidence and is not understood.

use super::{About, Arrival, nouns_of};
use crate::calendar::Day;
use crate::document::{FactName, Problem, ReadState, Reading, Value};
use crate::norm::TermId;
use crate::timeline::{Doubt, FOR_EVER};
use crate::vocabulary::Vocabulary;

/// A paper that somebody has to look at may be what a rule misses, on each of the days that
/// it gives. One that is another organization's is not.
pub(super) fn doubts(
    vocabulary: &Vocabulary,
    arrival: Arrival<'_>,
    reading: &Reading,
) -> Vec<Doubt> {
    let problem = match &reading.state {
        ReadState::NeedsALook(problem) | ReadState::NotAccepted(problem) => *problem,
        ReadState::Understood | ReadState::NoneOfOurs => return Vec::new(),
    };
    if matches!(problem, Problem::WrongFolder | Problem::Empty) {
        return Vec::new();
    }
    let mut nouns: Vec<TermId> = reading
        .kinds
        .iter()
        .filter_map(|guess| vocabulary.id(&guess.kind))
        .flat_map(|kind| nouns_of(vocabulary, kind))
        .collect();
    nouns.sort_unstable();
    nouns.dedup();
    // What is like nothing that a rule speaks of is asked about and holds no verdict up, and
    // what was erased was no evidence of anything where nobody knew what it was.
    if matches!(problem, Problem::KindUnsure | Problem::Forgotten) && nouns.is_empty() {
        return Vec::new();
    }
    let days = reading.facts.iter().filter_map(|fact| match (fact.name, &fact.value) {
        (FactName::MeetingDate | FactName::DocumentDate, Value::Day(day)) => Some(*day),
        _ => None,
    });
    let contradictory = problem == Problem::DateContradicts;
    let mut days: Vec<Option<Day>> =
        days.take(if contradictory { 2 } else { 1 }).map(Some).collect();
    if days.is_empty() {
        days.push(None);
    }
    let doubt = |day| Doubt {
        sha256: arrival.sha256,
        nouns: nouns.clone(),
        day,
        contradictory,
        received_on: arrival.received_on,
        known: arrival.received,
        settled: FOR_EVER,
    };
    days.into_iter().map(doubt).collect()
}

/// What it may be evidence about.
pub(super) fn in_doubt(doubt: &Doubt) -> About {
    if doubt.nouns.is_empty() {
        return About::Anything;
    }
    About::Nouns(doubt.nouns.clone())
}
