//! What is known at an instant, of whichever day: papers, events, doubts, the folder.

use mithaq::calendar::Day;
use mithaq::norm::{Act, Occurrence};
use mithaq::timeline::{Aspect, Doubt, Entry, Instant, Subject};

use super::case::Case;
use super::wall::date;

/// A case as it is known at one instant.
pub(super) struct Known<'c> {
    pub(super) case: &'c Case,
    pub(super) instant: Instant,
    pub(super) facts: Vec<Fact<'c>>,
}

/// One thing that one paper tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact<'c> {
    pub(super) entry: &'c Entry,
    /// Another paper gives another day for it.
    pub(super) contradicted: bool,
}

/// Something that happened, by all papers that tell of it.
#[derive(Clone, Debug)]
pub(super) struct Event<'c> {
    pub(super) day: Day,
    pub(super) number: u32,
    pub(super) papers: Vec<Fact<'c>>,
}

/// S-23: whether a newer version of a paper speaks of what the old one said.
fn same_matter(one: &Entry, other: &Entry) -> bool {
    if one.subject != other.subject {
        return false;
    }
    if let (Some(one), Some(other)) = (one.about, other.about) {
        return one == other;
    }
    one.day == other.day || same_numbered(one, other)
}

fn same_numbered(one: &Entry, other: &Entry) -> bool {
    one.number != 0
        && one.number == other.number
        && date(one.day).year == date(other.day).year
}

impl<'c> Known<'c> {
    pub(super) fn at(case: &'c Case, instant: Instant) -> Known<'c> {
        let stands = |at: usize, entry: &Entry| {
            let paper = &case.papers[at];
            let taken_back = paper.withdrawn.is_some_and(|at| at <= instant);
            let overwritten = case.papers.iter().any(|newer| {
                newer.replaces == Some(at)
                    && newer.received <= instant
                    && newer.tells.iter().any(|told| same_matter(told, entry))
            });
            paper.received <= instant && !taken_back && !overwritten
        };
        let mut told: Vec<&Entry> = Vec::new();
        for (at, paper) in case.papers.iter().enumerate() {
            told.extend(paper.tells.iter().filter(|one| stands(at, one)));
        }
        // S-22: neither of two papers proves the day of one numbered event.
        let contradicted = |entry: &Entry| {
            told.iter().any(|other| {
                other.subject == entry.subject
                    && same_numbered(other, entry)
                    && other.day != entry.day
            })
        };
        let fact = |entry: &&'c Entry| Fact { entry, contradicted: contradicted(entry) };
        let mut facts: Vec<Fact<'_>> = told.iter().map(fact).collect();
        facts.sort_by_key(|fact| (fact.entry.day, fact.entry.number));
        Known { case, instant, facts }
    }

    /// S-7.
    pub(super) fn start(&self) -> Option<Day> {
        let papers = self.case.papers.iter().flat_map(|paper| &paper.tells);
        self.case.profile.start.or_else(|| papers.map(|told| told.day).min())
    }

    /// What papers tell of this, by day.
    pub(super) fn of(&self, what: Occurrence) -> Vec<Fact<'c>> {
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        let fits = |fact: &&Fact<'_>| {
            let Entry { by, to, .. } = *fact.entry;
            fact.entry.subject == subject
                && (what.by.is_none() || by.is_none() || what.by == by)
                && (what.to.is_none() || to.is_none() || what.to == to)
        };
        self.facts.iter().filter(fits).copied().collect()
    }

    /// The same without what is certain not to count, as events: papers that agree on day
    /// and number tell of one, and one without a number of the first of its day.
    pub(super) fn events(&self, what: Occurrence) -> Vec<Event<'c>> {
        let facts = self.of(what);
        let mut days: Vec<Day> = facts.iter().map(|fact| fact.entry.day).collect();
        days.dedup();
        let mut events = Vec::new();
        for day in days {
            let here: Vec<Fact<'_>> =
                facts.iter().filter(|fact| fact.entry.day == day).copied().collect();
            let mut numbers: Vec<u32> =
                here.iter().map(|fact| fact.entry.number).filter(|it| *it != 0).collect();
            numbers.dedup();
            if numbers.is_empty() {
                numbers.push(0);
            }
            for (at, number) in numbers.into_iter().enumerate() {
                let of_it = |fact: &&Fact<'_>| {
                    fact.entry.number == number || (at == 0 && fact.entry.number == 0)
                };
                let papers = here.iter().filter(of_it).copied().collect();
                events.push(Event { day, number, papers });
            }
        }
        events
    }

    /// Whether a paper of this kind is there about a matter.
    pub(super) fn on_file(
        &self,
        what: Occurrence,
        fits: impl Fn(&Fact<'_>) -> bool,
    ) -> bool {
        let held = Occurrence { act: Act::Prepare, by: None, to: None, ..what };
        what.act != Act::Prepare && self.of(held).iter().any(fits)
    }

    /// The papers that nobody understands, so far.
    pub(super) fn doubts(&self) -> impl Iterator<Item = &'c Doubt> {
        let now = self.instant;
        self.case.doubts.iter().filter(move |one| one.known <= now && now < one.settled)
    }

    /// S-18, S-19: whether what is not there on a day was not given.
    pub(super) fn heard_on(&self, day: Day) -> bool {
        let seen = self.case.folder.first_seen.is_some_and(|at| at <= self.instant);
        let broken = self
            .case
            .folder
            .unhealthy
            .is_some_and(|(since, last)| since <= self.instant && day > last);
        seen && !broken
    }
}

impl Event<'_> {
    /// Whether one of its papers is contradicted by none.
    pub(super) fn is_sure(&self) -> bool {
        self.papers.iter().any(|paper| !paper.contradicted)
    }
}
