//! What is asked of each paper: what it contains and who signed it.

use std::collections::BTreeSet;

use mithaq::calendar::Day;
use mithaq::norm::{Act, Item, Occurrence, Signers, TermId};
use mithaq::timeline::{Aspect, Subject};
use mithaq::verdict::{Applies, Truth, Unknown};

use super::clock::Duty;
use super::known::{Event, Fact, events};
use super::people::Person;
use super::slot::Slot;
use super::wall::{before, date};

pub(super) fn held(document: TermId) -> Occurrence {
    Occurrence { noun: document, act: Act::Prepare, by: None, to: None }
}

impl Duty<'_, '_> {
    /// S-16: the papers of the kind of the membership, and the one that stood when it began.
    fn papers(&self, document: TermId, start: Day) -> (Option<Fact<'_>>, Vec<Fact<'_>>) {
        let mut all = self.known.of(held(document));
        let last = self.said.window.to;
        all.retain(|fact| last.is_none_or(|last| fact.entry.day <= last));
        let stands = |fact: &&Fact<'_>| {
            let tells = &self.known.case.papers[fact.paper].tells;
            let is_minutes = tells.iter().any(|entry| {
                let meets = Aspect::Done(Act::Meet);
                entry.subject == Subject::new(entry.subject.noun(), meets)
            });
            fact.entry.day < start && fact.entry.about.is_none() && !is_minutes
        };
        let older = all.iter().rfind(stands).copied();
        all.retain(|fact| start <= fact.entry.day);
        (older, all)
    }

    /// One slot for each of the papers as events: the older one as long as no later one is,
    /// and as long as there is none of both, those that nobody can read and may be it.
    fn each_document(
        &self,
        document: TermId,
        (start, grouped): (Day, impl for<'f> Fn(&[Fact<'f>]) -> Vec<Event<'f>>),
        truth: impl Fn(&Event<'_>) -> Truth,
    ) -> Vec<Slot> {
        // S-38: also the one that stood when the rule came into force.
        let start = start.max(self.in_force());
        let (older, later) = self.papers(document, start);
        let until = later.first().map(|fact| Applies::Until(before(fact.entry.day)));
        let until = until.unwrap_or(Applies::Yes);
        let slot = |event: &Event<'_>, applies: Applies| Slot {
            truth: truth(event),
            applies,
            ..self.of_a_day(event.day)
        };
        let mut slots = Vec::new();
        for event in grouped(&older.into_iter().collect::<Vec<_>>()) {
            slots.push(slot(&event, until));
        }
        if older.is_none() {
            let doubts = self.known.doubts().filter(|one| one.nouns.contains(&document));
            let days = doubts.map(|doubt| doubt.day.unwrap_or(doubt.received_on));
            let days: BTreeSet<Day> = days.map(|day| day.max(start)).collect();
            let first = later.first().map_or(Day::LATEST, |fact| fact.entry.day);
            for day in days.into_iter().filter(|day| *day < first) {
                let truth = Truth::Unknown(Unknown::Unreadable);
                slots.push(Slot { truth, applies: until, ..self.of_a_day(day) });
            }
        }
        for event in grouped(&later) {
            slots.push(slot(&event, Applies::Yes));
        }
        slots
    }

    /// S-16: each paper for itself, whatever it is about.
    pub(super) fn contents(
        &self,
        (document, items): (TermId, &[Item]),
        start: Day,
    ) -> Vec<Slot> {
        let is_whole = |paper: usize| {
            let there = &self.known.case.papers[paper].contains;
            items.iter().all(|item| there.contains(&item.key()))
        };
        let truth = |event: &Event<'_>| {
            let whole = event.papers.iter().all(|fact| is_whole(fact.paper));
            if whole { Truth::True(event.day) } else { Truth::False }
        };
        self.each_document(document, (start, apart), truth)
    }

    /// S-54.
    pub(super) fn signed(
        &self,
        (document, by, in_order): (TermId, &[Signers], bool),
        start: Day,
    ) -> Vec<Slot> {
        self.each_document(document, (start, events), |event| {
            let papers = event.papers.iter();
            let truths: Vec<Truth> =
                papers.map(|paper| self.signatures(document, by, paper)).collect();
            let day = |truth: &Truth| match truth {
                Truth::True(day) => Some(*day),
                _ => None,
            };
            let unknown = |truth: &&Truth| matches!(truth, Truth::Unknown(_));
            match truths.iter().filter_map(day).min() {
                _ if in_order && self.is_out_of_order(document, event) => Truth::False,
                Some(day) => Truth::True(day),
                None => truths.iter().find(unknown).copied().unwrap_or(Truth::False),
            }
        })
    }

    /// What one paper says of its signatures.
    fn signatures(&self, document: TermId, by: &[Signers], paper: &Fact<'_>) -> Truth {
        let signs = Occurrence { act: Act::Sign, ..held(document) };
        let marks: Vec<Fact<'_>> = self.known.of(signs).into_iter().collect();
        let names = |fact: &Fact<'_>| {
            let entry = fact.entry;
            entry.by.is_some() || entry.who != 0 || entry.count.is_some()
        };
        let marks: Vec<Fact<'_>> = marks
            .into_iter()
            .filter(|fact| fact.paper == paper.paper && names(fact))
            .collect();
        let Some(last) = marks.iter().map(|fact| fact.entry.day).max() else {
            return Truth::Unknown(Unknown::NotStated);
        };
        let counts: Vec<(bool, bool)> = by
            .iter()
            .map(|signers| {
                let (sure, perhaps) = self.signers(signers.role, &marks);
                let least = usize::from(signers.least);
                (sure >= least, perhaps >= least)
            })
            .collect();
        match () {
            () if counts.iter().all(|(sure, _)| *sure) => Truth::True(last),
            () if counts.iter().any(|(_, perhaps)| !perhaps) => Truth::False,
            () => Truth::Unknown(Unknown::NotStated),
        }
    }

    /// How many of a post have signed, surely and at most; each person once.
    pub(super) fn signers(&self, role: TermId, marks: &[Fact<'_>]) -> (usize, usize) {
        let (mut sure, mut perhaps) = (Vec::new(), Vec::new());
        let mut stated = 0;
        for (at, mark) in marks.iter().enumerate() {
            let entry = mark.entry;
            stated = stated.max(usize::from(entry.count.unwrap_or(0)));
            let person = self.known.person(entry.who);
            // Who is not named is somebody else each time.
            let whose = (person, if person.is_none() { at + 1 } else { 0 });
            let is = match (entry.by, person) {
                (Some(by), _) if by == role => Some(true),
                (_, Some(person)) => self.known.is(person, role, entry.day),
                (Some(_), None) => Some(false),
                (None, None) => continue,
            };
            if is == Some(true) && !sure.contains(&whose) {
                sure.push(whose);
            }
            if is != Some(false) && !perhaps.contains(&whose) {
                perhaps.push(whose);
            }
        }
        (sure.len().max(stated), perhaps.len().max(stated))
    }

    fn is_out_of_order(&self, document: TermId, event: &Event<'_>) -> bool {
        let all = self.known.of(held(document));
        let before = |number: u32| {
            all.iter().any(|other| {
                let other = other.entry;
                other.number >= number
                    && other.day < event.day
                    && date(other.day).year == date(event.day).year
            })
        };
        event.number != 0 && before(event.number)
    }
}

impl super::known::Known<'_> {
    /// Whether somebody is of a group on a day: by the register, by what is said of the
    /// person, by the last list.
    pub(super) fn is(&self, person: Person, group: TermId, day: Day) -> Option<bool> {
        if let Person::Listed(number) = person {
            let someone = &self.case.profile.register.persons[usize::from(number)];
            if someone.is.contains(&group) {
                return Some(true);
            }
            if self.listed(group, day).is_none() && someone.is_not.contains(&group) {
                return Some(false);
            }
        }
        self.holders(group, day).map(|people| people.contains(&person))
    }
}

/// Each paper for itself.
fn apart<'f>(facts: &[Fact<'f>]) -> Vec<Event<'f>> {
    let alone = |fact: &Fact<'f>| {
        let (day, number) = (fact.entry.day, fact.entry.number);
        Event { day, number, papers: vec![*fact] }
    };
    facts.iter().map(alone).collect()
}
