//! What is known at an instant, of whichever day: papers, events, doubts, the folder.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use mithaq::calendar::Day;
use mithaq::judge::Profile;
use mithaq::norm::{Act, Norm, Occurrence, TermId};
use mithaq::timeline::{Aspect, Doubt, Entry, Instant, Subject};

use super::case::Case;
use super::generate::last;
use super::rules::is_made_of_several;
use super::slot::Slot;
use super::wall::{after, date, day_of};

/// A case as it is known at one instant.
pub(super) struct Known<'c> {
    pub(super) case: &'c Case,
    pub(super) instant: Instant,
    pub(super) facts: Vec<Fact<'c>>,
    /// What was found of whole norms, for no day in particular.
    remembered: RefCell<Vec<Remembered>>,
}

/// The version, the norm, and all its slots.
type Remembered = (usize, Norm, Rc<Vec<Slot>>);

/// One thing that one paper tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact<'c> {
    pub(super) entry: &'c Entry,
    /// By its place among the papers of the case.
    pub(super) paper: usize,
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
    // Two people number what they give each for themselves.
    let of_one = one.who == 0 || other.who == 0 || one.who == other.who;
    of_one
        && one.number != 0
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
        let mut told: Vec<(usize, &Entry)> = Vec::new();
        for (at, paper) in case.papers.iter().enumerate() {
            let standing = paper.tells.iter().filter(|one| stands(at, one));
            told.extend(standing.map(|one| (at, one)));
        }
        // S-22: neither of two papers proves the day of one numbered event.
        let contradicted = |entry: &Entry| {
            told.iter().any(|(_, other)| {
                other.subject == entry.subject
                    && same_numbered(other, entry)
                    && other.day != entry.day
            })
        };
        let fact = |(paper, entry): &(usize, &'c Entry)| Fact {
            entry,
            paper: *paper,
            contradicted: contradicted(entry),
        };
        let mut facts: Vec<Fact<'_>> = told.iter().map(fact).collect();
        facts.sort_by_key(|fact| {
            let received = case.papers[fact.paper].received;
            (fact.entry.day, fact.entry.number, received, fact.paper)
        });
        Known { case, instant, facts, remembered: RefCell::default() }
    }

    /// What was found of a norm of a version once, found again.
    pub(super) fn remember(
        &self,
        (version, norm): (usize, &Norm),
        find: impl FnOnce() -> Vec<Slot>,
    ) -> Rc<Vec<Slot>> {
        let known = self.remembered.borrow();
        let mut same = known.iter().filter(|one| one.0 == version && one.1 == *norm);
        if let Some((.., slots)) = same.next() {
            return Rc::clone(slots);
        }
        drop(known);
        let slots = Rc::new(find());
        self.remembered.borrow_mut().push((version, norm.clone(), Rc::clone(&slots)));
        slots
    }

    /// A day behind all days on which the case is judged.
    pub(super) fn horizon(&self) -> Day {
        let moments = self.case.moments.iter().map(|(day, _)| *day);
        let last = moments.chain([last()]).max().unwrap();
        // Of looking back on several occasions the last of them lies some years ahead.
        let duties = std::iter::once(&self.case.said).chain(self.case.above.as_deref());
        let duties = duties.chain(&self.case.earlier);
        let mut norms = duties.clone().map(|said| &said.norm);
        let looks_back = norms.clone().any(|norm| matches!(norm, Norm::Lately { .. }));
        // What becomes of several is foreseen to the end of the next year.
        let several = norms.any(is_made_of_several);
        // So may one be of another duty, in an exception.
        let mut exceptions = duties.flat_map(|said| &said.exceptions);
        let others = exceptions.any(|exception| exception.then.is_some());
        match () {
            () if looks_back || others => Day(last.0 + 1_500),
            () if several => day_of(date(last).year + 1, 12, 31),
            () => last,
        }
    }

    /// What papers tell of a subject, by day.
    pub(super) fn about(&self, noun: TermId, aspect: Aspect) -> Vec<Fact<'c>> {
        let subject = Subject::new(noun, aspect);
        let facts = self.facts.iter();
        facts.filter(|fact| fact.entry.subject == subject).copied().collect()
    }

    /// All days that anything known names.
    pub(super) fn days_named(&self) -> BTreeSet<Day> {
        let mut days = BTreeSet::new();
        for Fact { entry, .. } in &self.facts {
            days.insert(entry.day);
            days.extend(entry.until.map(after));
        }
        let Profile { register, attributes, .. } = &self.case.profile;
        days.extend(attributes.iter().map(|(_, from, _)| *from));
        let seats = register.seats.iter().map(|seat| seat.during);
        for during in seats.chain(register.whole.iter().map(|(_, during)| *during)) {
            days.extend([during.from, after(during.to)]);
        }
        days.extend(register.persons.iter().filter_map(|one| one.ties_declared));
        days.extend(register.quorums.iter().map(|(_, from, _)| *from));
        days.retain(|day| *day < day_of(2190, 1, 1));
        days
    }

    /// S-7.
    pub(super) fn start(&self) -> Option<Day> {
        let known = self.facts.iter().map(|fact| fact.entry.day);
        self.case.profile.start.or_else(|| known.min())
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

    /// The same as events.
    pub(super) fn events(&self, what: Occurrence) -> Vec<Event<'c>> {
        events(&self.of(what))
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

    /// The last day on which the folder could be trusted, once it can be no longer.
    pub(super) fn healthy_to(&self) -> Option<Day> {
        let folder = self.case.folder;
        let seen = folder.first_seen.is_some_and(|at| at <= self.instant);
        let broken = folder.unhealthy.filter(|(since, _)| *since <= self.instant);
        broken.filter(|_| seen).map(|(_, last)| last)
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

/// S-8: papers that agree on day and number tell of one event, and one without a number of
/// the first of its day.
pub(super) fn events<'c>(facts: &[Fact<'c>]) -> Vec<Event<'c>> {
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
