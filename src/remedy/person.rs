//! What the register could say of people, and how it is put beside what it says.

use crate::calendar::{Day, MonthCounting, Period, Span};
use crate::judge::{Register, Seat, Someone};
use crate::norm::{Quality, TermId};

/// A fact about people: `organization.toml` would state it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Person {
    /// Everybody of a body, a post or a quality is named, from this day on, and whether
    /// they have these qualities.
    Listed { group: TermId, on: Day, with: Vec<Quality> },
    /// So many more people, each with these qualities, are in a body or a post from this day
    /// on.
    Joined { group: TermId, on: Day, count: u16, with: Vec<Quality> },
    /// One of these is in the body or the post beside them no more, from this day on:
    /// whoever of them.
    Left { seats: Vec<(u16, TermId)>, on: Day },
    /// Somebody has a quality, on this day.
    Known { person: u16, quality: Quality, on: Day },
    /// There is a reason why somebody stays for longer than usual.
    Explained { person: u16, group: TermId },
    /// Somebody has declared all relatives, by this day.
    Declared { person: u16, on: Day },
}

impl Person {
    /// The name in JSON.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Person::Listed { .. } => "register_complete",
            Person::Joined { .. } => "joined",
            Person::Left { .. } => "left",
            Person::Known { .. } => "quality",
            Person::Explained { .. } => "reason",
            Person::Declared { .. } => "relatives_declared",
        }
    }

    /// Puts it into a register.
    pub(super) fn put(&self, register: &mut Register) {
        match self {
            // Somebody is, and nothing more is said of them.
            Person::Listed { group, on, with } => join(register, (*group, *on), with),
            Person::Joined { group, on, count, with } => {
                for _ in 0..*count {
                    join(register, (*group, *on), with);
                }
            }
            Person::Left { seats, on } => {
                let Some((person, group)) = seats.first() else { return };
                for seat in &mut register.seats {
                    let theirs = seat.person == *person && seat.of.contains(group);
                    if theirs && seat.during.contains(*on) {
                        seat.during.to = on.previous();
                    }
                }
                register.seats.retain(|seat| seat.during.from <= seat.during.to);
            }
            Person::Known { person, quality, on } => {
                if let Some(someone) = register.persons.get_mut(usize::from(*person)) {
                    have(someone, *quality, *on);
                }
            }
            Person::Explained { person, group } => {
                for seat in &mut register.seats {
                    seat.explained |= seat.person == *person && seat.of.contains(group);
                }
            }
            Person::Declared { person, on } => {
                if let Some(someone) = register.persons.get_mut(usize::from(*person)) {
                    someone.ties_declared = Some(*on);
                }
            }
        }
    }
}

/// Somebody new is in a group from a day on.
fn join(register: &mut Register, (group, on): (TermId, Day), with: &[Quality]) {
    let Ok(person) = u16::try_from(register.persons.len()) else { return };
    let mut someone = Someone::default();
    for quality in with {
        have(&mut someone, *quality, on);
    }
    register.persons.push(someone);
    let during = Period { from: on, to: Day::LATEST };
    let seat = Seat { person, of: vec![group], during, explained: false };
    let at = register.seats.partition_point(|other| other.during.from <= on);
    register.seats.insert(at, seat);
}

/// Somebody has a quality from a day on; of ages one that fits for a year.
fn have(someone: &mut Someone, quality: Quality, on: Day) {
    let ago = |years: u8| on.minus(Span::Years(u16::from(years)), MonthCounting::ByDate);
    match quality {
        Quality::Is(term) => someone.is.push(term),
        Quality::AtLeastAge(years) => someone.born = Some(ago(years)),
        // Still so for a year.
        Quality::UnderAge(years) => {
            let young = ago(years.saturating_sub(1));
            someone.born = Some(someone.born.map_or(young, |born| born.max(young)));
        }
    }
}
