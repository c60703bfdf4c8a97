//! A duty at all times where an exception puts another such duty in its place: each day is
//! judged by the one that is asked on it, as by the versions of a rule.
//!
//! Where it is not known which of them is asked, what they come to on a day is the answer
//! where that is the same, else nobody knows.

use std::collections::BTreeSet;

use super::among::{History, Stand, foreseen_through, history, stand_on};
use super::chain::{Hold, chain};
use super::exception::{in_exception, speaks_of};
use super::holding::add_foundings;
use super::scope::{Profile, Tri};
use super::slots::{each_of_version, in_full};
use super::sorts;
use super::view::{Duty, View, continues};
use crate::calendar::Day;
use crate::norm::{Exception, Norm};
use crate::verdict::{Slot, Truth, Unknown};

/// Whether one or the other is asked from day to day. A gap between two events is asked for
/// as on the day on which it began, slot by slot.
pub(super) fn takes_turns(duty: &Duty<'_>) -> bool {
    take_turns(duty.norm, duty.exceptions)
}

/// The same of a duty and what is excepted from it.
pub(super) fn take_turns(norm: &Norm, exceptions: &[Exception]) -> bool {
    let others = || exceptions.iter().filter_map(|exception| exception.then.as_ref());
    norm.is_standing()
        && others().all(Norm::is_standing)
        && others().any(|other| !continues(norm, other))
}

/// From a day on, the duties one of which is asked.
struct Turn<'p> {
    from: Day,
    asked: Vec<&'p Norm>,
}

/// The duties one of which is asked of what begins on a day: the rule's own, one that an
/// exception puts in its place, or where nobody knows which, each that it may be.
fn asked_on<'p>(duty: &Duty<'p>, profile: &Profile, day: Day) -> Vec<&'p Norm> {
    let mut asked = vec![duty.norm];
    for exception in duty.exceptions {
        match (in_exception(exception, profile, day), &exception.then) {
            (Tri::False, _) | (Tri::Unknown, None) => {}
            // Nothing is asked at all.
            (Tri::True, None) => return vec![duty.norm],
            (Tri::True, Some(other)) => asked = vec![other],
            (Tri::Unknown, Some(other)) if asked.contains(&other) => {}
            (Tri::Unknown, Some(other)) => asked.push(other),
        }
    }
    asked
}

/// The same of what opens and begins on these days, each as it is judged.
pub fn judged_by<'p>(
    duty: &Duty<'p>,
    profile: &Profile,
    (opens, from): (Day, Day),
) -> Vec<Duty<'p>> {
    let version = duty.on(opens);
    let norms = asked_on(&version, profile, from).into_iter();
    norms.map(|norm| Duty { norm, exceptions: &[], ..version }).collect()
}

/// From the first day of the organization's duties on.
fn turns<'p>(duty: &Duty<'p>, view: &View<'_>) -> Vec<Turn<'p>> {
    let Some(start) = view.start() else { return Vec::new() };
    let profile = view.profile;
    let mut days: BTreeSet<Day> = profile.attributes.iter().map(|it| it.1).collect();
    for condition in speaks_of(duty) {
        add_foundings(condition, profile, &mut days);
    }
    let mut turns: Vec<Turn<'_>> = Vec::new();
    let later = days.into_iter().filter(|day| start < *day);
    for from in std::iter::once(start).chain(later) {
        let asked = asked_on(duty, profile, from);
        if turns.last().is_none_or(|last| last.asked != asked) {
            turns.push(Turn { from, asked });
        }
    }
    turns
}

/// The days from which another duty may be asked.
pub(super) fn days(duty: &Duty<'_>, view: &View<'_>) -> Vec<Day> {
    turns(duty, view).iter().map(|turn| turn.from).collect()
}

/// Whether what lies ahead is known to the end of the next year only: of several duties, and
/// where on the day judged or a later one nobody knows which of several is asked.
pub(super) fn foresees_by_years(duty: &Duty<'_>, view: &View<'_>) -> bool {
    if sorts::foresees_by_years(duty.norm) {
        return true;
    }
    if duty.exceptions.is_empty() || !takes_turns(duty) {
        return false;
    }
    let mut others = duty.exceptions.iter().filter_map(|one| one.then.as_ref());
    if others.any(sorts::foresees_by_years) {
        return true;
    }
    let turns = turns(duty, view);
    let ends = |at: usize| turns.get(at + 1).map(|next| next.from);
    let lasts = |at: usize| ends(at).is_none_or(|end| view.as_of.day < end);
    turns.iter().enumerate().any(|(at, turn)| turn.asked.len() > 1 && lasts(at))
}

/// The slots of each on the days on which it is asked.
pub(super) fn each_in_turn(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Some(start) = view.start() else { return };
    let plain = duty.exceptions.iter().filter(|exception| exception.then.is_none());
    let exceptions: Vec<Exception> = plain.cloned().collect();
    let turns = turns(duty, view);
    for (at, turn) in turns.iter().enumerate() {
        let until = turns.get(at + 1).map(|next| next.from.previous());
        let own = Duty {
            exceptions: &exceptions,
            in_force: duty.in_force.max(Some(turn.from)),
            until: [duty.until, until].into_iter().flatten().min(),
            ..*duty
        };
        match turn.asked.as_slice() {
            [norm] => each_of_version(&Duty { norm, ..own }, view, since, sink),
            norms => any_of(&own, view, (norms, start), sink),
        }
    }
}

/// Nobody knows which of these is asked.
fn any_of(
    duty: &Duty<'_>,
    view: &View<'_>,
    (norms, start): (&[&Norm], Day),
    sink: &mut dyn FnMut(&Slot),
) {
    // A waiver from the whole is no waiver from its parts: they tell what it hides.
    let bare = View { waivers: &[], ..*view };
    let alone = |norm| Duty {
        norm,
        applies_to: None,
        exceptions: &[],
        gives_way_to: &[],
        jurisdictions: &[],
        until: None,
        answers: None,
        changed: None,
        ..*duty
    };
    let parts: Vec<History> =
        norms.iter().map(|norm| history(&alone(norm), &bare)).collect();
    let mut days: Vec<Day> = parts.iter().flatten().map(|(day, _)| *day).collect();
    days.sort_unstable();
    let start = start.max(duty.in_force.unwrap_or(start));
    if start > foreseen_through(view.as_of.day) {
        return;
    }
    let holds = |day: Day| {
        let mut each = parts.iter().map(|part| hold(stand_on(day, part)));
        let first = each.next().unwrap_or(Hold::Unknown);
        if each.all(|other| other == first) { first } else { Hold::Unknown }
    };
    chain(duty, view, (start, days), holds, &mut |slot| {
        let missing = Unknown::AttributeMissing;
        let truth = match slot.truth {
            Truth::Unknown(_) => Truth::Unknown(missing),
            Truth::UnknownUntil(_, day) => Truth::UnknownUntil(missing, day),
            known => known,
        };
        sink(&in_full(duty, view, &Slot { truth, ..*slot }));
    });
}

/// What is not due yet is not broken.
fn hold(stand: Option<Stand>) -> Hold {
    match stand {
        Some(Stand::Broken) => Hold::Broken,
        Some(Stand::Unknown) => Hold::Unknown,
        Some(Stand::Kept | Stand::Late | Stand::Ahead | Stand::Absent) | None => {
            Hold::Kept
        }
    }
}
