//! Registers of people at random, of the groups that a norm speaks of.

use super::{born, day};
use mithaq::calendar::Period;
use mithaq::judge::{Register, Seat, Someone, Tie};
use mithaq::norm::{Norm, Quality, TermId};
use proptest::prelude::*;

/// The groups of people that a norm speaks of.
fn groups(norm: &Norm) -> Vec<TermId> {
    match norm {
        Norm::Unrelated { body, .. } | Norm::Uptake { body, .. } => vec![*body],
        Norm::Incompatible { one, other } => vec![*one, *other],
        Norm::TermLimit { who, .. } => vec![*who],
        Norm::Proportion { body, other, .. } => vec![*body, *other],
        Norm::EachMember { who, .. } => who.groups.clone(),
        Norm::Composition { who, demands } => {
            let others = demands.iter().filter_map(|demand| match demand.quality {
                Quality::Is(term) => Some(term),
                _ => None,
            });
            std::iter::once(*who).chain(others).collect()
        }
        _ => Vec::new(),
    }
}

/// One of five people in a group: who, in which, after how many days, for how many.
type Seats = Vec<(u16, usize, i32, i32)>;

/// Of each of five people: age in 2025, whether they are of a group or said not to be, when
/// all relatives were declared.
type People = Vec<(Option<u8>, Option<bool>, Option<i32>)>;

pub(super) fn registers() -> impl Strategy<Value = Drawn> {
    let seat = (0u16..5, 0usize..3, -4000i32..800, 100i32..3000);
    let someone = (
        prop::option::of(15u8..80),
        prop::option::of(any::<bool>()),
        prop::option::of(0i32..600),
    );
    (
        prop::collection::vec(seat, 0..9),
        prop::collection::vec(someone, 5),
        prop::option::of((0u16..5, 0u16..5)),
    )
}

/// What a register is made of: seats, people, and two who are related.
pub(super) type Drawn = (Seats, People, Option<(u16, u16)>);

/// A register of the groups that a norm speaks of.
pub(super) fn register(norm: &Norm, (seats, people, tie): Drawn) -> Register {
    let (start, groups) = (day("2024-01-01"), groups(norm));
    if groups.is_empty() {
        return Register::default();
    }
    let group = |at: usize| groups[at % groups.len()];
    let mut register = Register::default();
    for (at, (age, is, declared)) in people.into_iter().enumerate() {
        let name = format!("Person {at}");
        let last = group(groups.len() - 1);
        register.names.insert(mithaq::text::name_key(&name), u16::try_from(at).unwrap());
        register.persons.push(Someone {
            name,
            born: age.map(|age| born(day("2025-01-01"), age)),
            is: is
                .filter(|is| *is && groups.len() > 1)
                .map(|_| last)
                .into_iter()
                .collect(),
            is_not: is.filter(|is| !is).map(|_| last).into_iter().collect(),
            ties_declared: declared.map(|after| start.plus_days(after)),
        });
    }
    for (person, of, from, long) in seats {
        let from = start.plus_days(from);
        let during = Period { from, to: from.plus_days(long) };
        register.seats.push(Seat {
            person,
            of: vec![group(of)],
            during,
            explained: false,
        });
    }
    register.seats.sort_by_key(|seat| seat.during.from);
    if let Some((one, other)) = tie {
        register.ties.push(Tie { one, other, degree: 1, in_law: false });
    }
    register
}
