//! The papers of one burst as the receipt tells of them, with the words that make a paper a
//! problem. Knows what was read of a paper and nothing of verdicts.

use super::PaperRead;
use super::correspondence::phrase;
use super::member::Member;
use crate::calendar::Day;
use crate::document::{FactName, Problem, ReadState, Reading, Sha256, Value};
use crate::evidence::About;
use crate::letters::body::{Outcome, Quote, ReceiptItem};
use crate::norm::TermId;
use crate::timeline::{AsOf, Entry, FOR_EVER, Instant};
use crate::vocabulary::Vocabulary;

/// Days that a letter tells of one disputed meeting.
const QUOTES_MAX: usize = 4;

#[derive(Debug, Clone)]
pub(super) struct BurstItem {
    pub(super) sha256: Sha256,
    pub(super) received: Instant,
    /// What it is known to be about.
    pub(super) nouns: Vec<TermId>,
    pub(super) item: ReceiptItem,
}

impl BurstItem {
    pub(super) fn of(
        vocabulary: &Vocabulary,
        paper: &PaperRead,
        about: &About,
    ) -> BurstItem {
        let kind =
            paper.reading.kinds.first().and_then(|guess| vocabulary.id(&guess.kind));
        let day = |name: FactName| {
            paper.reading.facts.iter().find_map(|fact| {
                match (&fact.value, fact.name == name) {
                    (Value::Day(day), true) => Some(*day),
                    _ => None,
                }
            })
        };
        let dates = [
            FactName::MeetingDate,
            FactName::DateAdopted,
            FactName::DateSigned,
            FactName::DocumentDate,
            FactName::ValidFrom,
        ];
        let period = paper.reading.facts.iter().find_map(|fact| match fact.value {
            Value::Period(period) => Some(period),
            _ => None,
        });
        let outcome = match (&paper.duplicate_of, &paper.reading.state) {
            // Where else it lay, nobody is told any more.
            (_, ReadState::NotAccepted(Problem::Forgotten)) => {
                Outcome::NotAccepted(Problem::Forgotten)
            }
            (Some(path), _) => Outcome::DuplicateOf(path.clone()),
            (None, ReadState::Understood) => Outcome::Understood,
            (None, ReadState::NeedsALook(problem)) => Outcome::NeedsALook(*problem),
            (None, ReadState::NoneOfOurs) => Outcome::NoneOfOurs,
            (None, ReadState::NotAccepted(problem)) => Outcome::NotAccepted(*problem),
        };
        BurstItem {
            sha256: paper.sha256,
            received: paper.received,
            nouns: match about {
                About::Nouns(nouns) => nouns.clone(),
                About::Anything => Vec::new(),
            },
            item: ReceiptItem {
                file: paper.path.clone(),
                bytes: paper.bytes,
                sha256: paper.sha256,
                outcome,
                kind: kind.map(|kind| phrase(vocabulary, kind)),
                date: dates.into_iter().find_map(day),
                period,
                serves: Vec::new(),
                carrier: paper.carrier.clone(),
                encloses: paper.encloses,
                quotes: quotes(&paper.reading),
            },
        }
    }
}

impl Member {
    /// The days that this paper and others give for one numbered meeting, where they differ.
    pub(super) fn disputes(&self, sha256: Sha256) -> Vec<Quote> {
        let Some(number) = self.number(sha256) else { return Vec::new() };
        let entries = self.timeline.entries();
        let now = AsOf::new(Day::LATEST, FOR_EVER - 1);
        let stands = |entry: &&Entry| {
            entry.is_known(now) && self.timeline.is_contradicted(entry, now)
        };
        let mine = entries.iter().filter(stands).find(|entry| entry.paper == number);
        let Some(mine) = mine else { return Vec::new() };
        let mut found = vec![self.quote(mine, None)];
        for other in entries.iter().filter(stands) {
            let same = other.subject == mine.subject && other.number == mine.number;
            if same && other.day != mine.day && other.day.year() == mine.day.year() {
                let path = self.path(other.paper).map(str::to_owned);
                found.push(self.quote(other, path));
            }
        }
        found.truncate(QUOTES_MAX);
        found
    }

    fn quote(&self, entry: &Entry, file: Option<String>) -> Quote {
        let at = usize::try_from(entry.paper).ok();
        let paper = at.and_then(|at| self.timeline.papers.get(at));
        let stated = paper.and_then(|paper| {
            let mut passages = paper.passages.iter();
            passages.find(|(name, _)| *name == FactName::MeetingDate)
        });
        let passage = stated.map(|(_, passage)| passage);
        Quote {
            file,
            day: Some(entry.day),
            page: passage.and_then(|passage| passage.page),
            line: passage.map(|passage| passage.line),
            text: passage.map(|passage| passage.text.clone()),
        }
    }
}

/// The words that make a paper a problem: those that give its days, or whose it is.
fn quotes(reading: &Reading) -> Vec<Quote> {
    let wanted = match reading.state {
        ReadState::NeedsALook(Problem::DateContradicts) => FactName::MeetingDate,
        ReadState::NeedsALook(Problem::WrongFolder) => FactName::Organization,
        _ => return Vec::new(),
    };
    let facts =
        reading.facts.iter().filter(|fact| fact.name == wanted && fact.group == 0);
    facts
        .map(|fact| Quote {
            file: None,
            day: match fact.value {
                Value::Day(day) => Some(day),
                _ => None,
            },
            page: fact.passage.as_ref().and_then(|passage| passage.page),
            line: fact.passage.as_ref().map(|passage| passage.line),
            text: fact.passage.as_ref().map(|passage| passage.text.clone()),
        })
        .collect()
}
