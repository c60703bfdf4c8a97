//! Who is who in an organization, from day to day: seats, families, qualities.
//!
//! Persons are numbers, groups are terms. A body or a post in which somebody sits on a day
//! counts as listed whole on that day: a register that names some of the board is no
//! register. Nobody listed is not known, unless the register says that all are named.

use std::collections::BTreeMap;

use crate::calendar::{Day, Period};
use crate::norm::{Share, TermId};

/// What the judge needs to know of an organization's people.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Register {
    /// Folded names, every spelling, and whose they are.
    pub names: BTreeMap<String, u16>,
    /// By number.
    pub persons: Vec<Someone>,
    /// By first day.
    pub seats: Vec<Seat>,
    pub ties: Vec<Tie>,
    /// The days on which everybody of a body, a post or a quality is named.
    pub whole: Vec<(TermId, Period)>,
    /// The share of a body's members that its bylaws ask for, from a day on.
    pub quorums: Vec<(TermId, Day, Share)>,
}

/// One person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Someone {
    /// As it was first written.
    pub name: String,
    pub born: Option<Day>,
    pub is: Vec<TermId>,
    pub is_not: Vec<TermId>,
    pub ties_declared: Option<Day>,
}

/// One term of one person in one body or post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    pub person: u16,
    /// The body, the post, and whatever they are a kind of.
    pub of: Vec<TermId>,
    /// Both days included.
    pub during: Period,
    /// Somebody said why it goes on for longer than usual.
    pub explained: bool,
}

/// Two related people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tie {
    pub one: u16,
    pub other: u16,
    pub degree: u8,
    pub in_law: bool,
}

impl Register {
    /// Who sits in a body or holds a post on a day, each once, in the order of numbers.
    /// `None` where the register does not say.
    pub fn holders(&self, group: TermId, day: Day) -> Option<Vec<u16>> {
        let mut holders: Vec<u16> = self
            .seats
            .iter()
            .filter(|seat| seat.during.contains(day) && seat.of.contains(&group))
            .map(|seat| seat.person)
            .collect();
        holders.sort_unstable();
        holders.dedup();
        let listed = !holders.is_empty() || self.is_whole(group, day);
        listed.then_some(holders)
    }

    /// Whether the register says that it names everybody of the group on that day.
    pub fn is_whole(&self, group: TermId, day: Day) -> bool {
        self.whole.iter().any(|(of, during)| *of == group && during.contains(day))
    }

    /// Whether a person is of a group on a day: sits there, or is said to be so; `None`
    /// where that is not known.
    pub fn is(&self, person: u16, group: TermId, day: Day) -> Option<bool> {
        let sits = self.seats.iter().any(|seat| {
            seat.person == person && seat.during.contains(day) && seat.of.contains(&group)
        });
        let someone = self.someone(person);
        let said = |list: fn(&Someone) -> &Vec<TermId>| {
            someone.is_some_and(|someone| list(someone).contains(&group))
        };
        if sits || said(|someone| &someone.is) {
            return Some(true);
        }
        let others = self
            .seats
            .iter()
            .any(|seat| seat.during.contains(day) && seat.of.contains(&group));
        let known = others || self.is_whole(group, day);
        (known || said(|someone| &someone.is_not)).then_some(false)
    }

    pub fn someone(&self, person: u16) -> Option<&Someone> {
        self.persons.get(usize::from(person))
    }

    /// The last quorum that the bylaws were said to ask for.
    pub fn quorum(&self, body: TermId, day: Day) -> Option<Share> {
        self.quorums
            .iter()
            .filter(|(of, from, _)| *of == body && *from <= day)
            .max_by_key(|(_, from, _)| *from)
            .map(|(_, _, share)| *share)
    }
}
