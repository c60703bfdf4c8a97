//! Scope and exceptions, slot by slot: tested on the slot's first day.

use super::either::Either;
use super::scope::{Profile, Tri, holds, under};
use super::slots::{each_bare_slot, each_bare_slot_as_it_was};
use super::view::{Duty, View};
use crate::calendar::Day;
use crate::norm::{Condition, Exception, Guard, Norm};
use crate::program::Precedence;
use crate::verdict::{Applies, Slot, Truth, Unknown};

/// Writes into the slot whether the duty holds, and, where an exception puts another duty
/// in its place, that duty's truth. An unknown scope or exception is tried both ways: where
/// both agree that is the answer.
pub(super) fn apply(duty: &Duty<'_>, view: &View<'_>, slot: &mut Slot) -> Either {
    let scope =
        duty.applies_to.map_or(Tri::True, |scope| holds(scope, view.profile, slot.from));
    match under(duty.jurisdictions, view.profile).and(scope) {
        Tri::True => {}
        Tri::False => slot.applies = Applies::No,
        Tri::Unknown => slot.applies = slot.applies.unsure(),
    }
    give_way(duty, view, slot);
    let mut either = Either { applies: slot.applies, others: Vec::new() };
    for exception in duty.exceptions {
        if slot.applies.is_no() {
            break;
        }
        except(duty, view, exception, (slot, &mut either));
    }
    if slot.applies.is_no() {
        either.others.clear();
    }
    // Whoever it speaks of, it speaks of nobody after that.
    if let Some(last) = over_after(duty, slot) {
        slot.applies = slot.applies.no_longer_than(last);
        either.applies = either.applies.no_longer_than(last);
    }
    either
}

/// The last day on which a duty asks something of what is judged: of what is forbidden all
/// that was done by its last day stays so, and the whole time where it begins by then.
fn over_after(duty: &Duty<'_>, slot: &Slot) -> Option<Day> {
    let forbidden = matches!(duty.norm, Norm::Never { .. });
    duty.until.filter(|last| duty.norm.is_standing() || (forbidden && *last < slot.from))
}

/// What a duty asks of an organization on a day, papers not looked at. With it the place of
/// the exception by which it is so, where it is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked<'p> {
    Nothing(Option<usize>),
    Norm(&'p Norm, Option<usize>),
    /// Scope, precedence or an exception rests on what is not known of the organization.
    Unknown,
}

/// The duty as [`apply`] leaves it, for who only wants to know whom it binds.
pub fn asked<'p>(duty: &Duty<'p>, profile: &Profile, day: Day) -> Asked<'p> {
    let scope = |scope: Option<&Condition>| {
        scope.map_or(Tri::True, |scope| holds(scope, profile, day))
    };
    let before = duty.gives_way_to.iter().filter(|other| other.in_force.contains(day));
    let law = under(duty.jurisdictions, profile);
    let bound = before.fold(law.and(scope(duty.applies_to)), |so_far, other| {
        so_far.and(binds(other, profile, day).negated())
    });
    let mut asked = match bound {
        Tri::True => Asked::Norm(duty.norm, None),
        Tri::False => return Asked::Nothing(None),
        Tri::Unknown => Asked::Unknown,
    };
    for (index, exception) in duty.exceptions.iter().enumerate() {
        match (in_exception(exception, profile, day), &exception.then) {
            (Tri::False, _) => {}
            (Tri::True, None) => return Asked::Nothing(Some(index)),
            (Tri::True, Some(norm)) if asked != Asked::Unknown => {
                asked = Asked::Norm(norm, Some(index));
            }
            (Tri::True | Tri::Unknown, _) => asked = Asked::Unknown,
        }
    }
    asked
}

/// A duty that carries its own condition, inside another.
pub(super) fn guarded(
    duty: &Duty<'_>,
    view: &View<'_>,
    (norm, guard, when): (&Norm, Guard, &Condition),
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let plain = Exception::plain(when.clone());
    // What is enough hides what becomes of the duty, as an exception does.
    let exceptions = match guard {
        Guard::Enough if norm.is_standing() => {
            duty.exceptions.iter().cloned().chain([plain]).collect()
        }
        _ => vec![plain],
    };
    let inner = match guard {
        Guard::If => Duty { norm, applies_to: Some(when), exceptions: &[], ..*duty },
        Guard::Unless => {
            Duty { norm, applies_to: None, exceptions: &exceptions, ..*duty }
        }
        Guard::Enough if norm.is_standing() => {
            Duty { norm, exceptions: &exceptions, ..*duty }
        }
        Guard::Enough => Duty { norm, ..*duty },
    };
    if guard == Guard::Enough {
        let missing = Unknown::AttributeMissing;
        each_bare_slot_as_it_was(&inner, view, since, &mut |slot| {
            let mut slot = *slot;
            match (holds(when, view.profile, slot.from), slot.truth) {
                (Tri::True, _) => slot.truth = Truth::True(slot.due.min(slot.from)),
                (Tri::False, _) => {}
                // Until something that is known keeps it, it may have been enough.
                (
                    Tri::Unknown,
                    Truth::True(day)
                    | Truth::FalseUntil(day)
                    | Truth::UnknownUntil(_, day),
                ) => slot.truth = Truth::UnknownUntil(missing, day),
                (Tri::Unknown, Truth::TrueUntil(..)) => {}
                (Tri::Unknown, _) => slot.truth = Truth::Unknown(missing),
            }
            sink(&slot);
        });
        return;
    }
    each_bare_slot_as_it_was(&inner, view, since, &mut |slot| {
        let mut slot = *slot;
        apply(&inner, view, &mut slot);
        sink(&slot);
    });
}

/// Whether the rule does not speak of the organization on a day at all.
pub(super) fn is_out_of_scope(duty: &Duty<'_>, view: &View<'_>, day: Day) -> bool {
    let gives_way = duty.gives_way_to.iter().any(|other| {
        other.in_force.contains(day) && binds(other, view.profile, day) == Tri::True
    });
    gives_way
        || under(duty.jurisdictions, view.profile) == Tri::False
        || duty
            .applies_to
            .is_some_and(|scope| holds(scope, view.profile, day) == Tri::False)
        || duty.exceptions.iter().any(|exception| {
            exception.then.is_none()
                && in_exception(exception, view.profile, day) == Tri::True
        })
}

/// Whether what begins on a day is not asked, or another duty is in its place, or may be.
pub(super) fn takes_away(duty: &Duty<'_>, view: &View<'_>, day: Day) -> bool {
    is_out_of_scope(duty, view, day)
        || duty.exceptions.iter().any(|exception| {
            exception.then.is_some()
                && in_exception(exception, view.profile, day) != Tri::False
        })
}

/// The days on which the answer to that may be another.
pub(super) fn days<'v>(
    duty: &Duty<'v>,
    view: &View<'v>,
) -> impl Iterator<Item = Day> + use<'v> {
    let stated = view.profile.attributes.iter().map(|(_, from, _)| *from);
    let windows = duty.gives_way_to.iter().map(|other| other.in_force);
    let ends = windows.flat_map(|window| [window.from, window.to.map(Day::next)]);
    let turns = speaks_of(duty).any(Condition::follows_the_year);
    let year = view.profile.fiscal_year(view.as_of.day);
    stated.chain(ends.flatten()).chain(turns.then(|| year.to.next()))
}

/// All conditions by which a duty is asked or not.
pub(super) fn speaks_of<'p>(
    duty: &Duty<'p>,
) -> impl Iterator<Item = &'p Condition> + use<'p> {
    let before = duty.gives_way_to.iter().filter_map(|other| other.applies_to.as_ref());
    let exceptions = duty.exceptions.iter().flat_map(|exception| {
        let limits = exception.unless.iter().map(|(_, limit)| limit);
        std::iter::once(&exception.when).chain(limits)
    });
    duty.applies_to.into_iter().chain(before).chain(exceptions)
}

/// For each exception whether its condition holds on a day, and for each of its limits
/// whether that keeps it from counting.
pub fn exceptions_on(
    duty: &Duty<'_>,
    profile: &Profile,
    day: Day,
) -> Vec<(bool, Vec<bool>)> {
    let is = |condition: &Condition| holds(condition, profile, day) == Tri::True;
    let of = |exception: &Exception| {
        let condition = is(&exception.when);
        let limits = exception.unless.iter().map(|(_, limit)| condition && is(limit));
        let limits: Vec<bool> = limits.collect();
        (condition && !limits.contains(&true), limits)
    };
    duty.exceptions.iter().map(of).collect()
}

/// Whether a rule that stands before another binds the organization on a day.
pub(super) fn binds(other: &Precedence, profile: &Profile, day: Day) -> Tri {
    let scope = other.applies_to.as_ref();
    under(&other.jurisdictions, profile)
        .and(scope.map_or(Tri::True, |scope| holds(scope, profile, day)))
}

/// Where a rule that stands before this one applies, this one does not.
fn give_way(duty: &Duty<'_>, view: &View<'_>, slot: &mut Slot) {
    for other in
        duty.gives_way_to.iter().filter(|other| other.in_force.contains(slot.from))
    {
        match binds(other, view.profile, slot.from) {
            Tri::True => slot.applies = Applies::No,
            Tri::Unknown => slot.applies = slot.applies.unsure(),
            Tri::False => {}
        }
    }
}

/// Whether an exception holds on a day: its condition does and nothing limits it.
pub(super) fn in_exception(exception: &Exception, profile: &Profile, day: Day) -> Tri {
    exception
        .unless
        .iter()
        .fold(holds(&exception.when, profile, day), |so_far, (_, limit)| {
            so_far.and(holds(limit, profile, day).negated())
        })
}

fn except(
    duty: &Duty<'_>,
    view: &View<'_>,
    exception: &Exception,
    (slot, either): (&mut Slot, &mut Either),
) {
    let holds = in_exception(exception, view.profile, slot.from);
    match (holds, &exception.then) {
        (Tri::False, _) => {}
        (Tri::True, None) => slot.applies = Applies::No,
        (Tri::Unknown, None) => {
            slot.applies = slot.applies.unsure();
            either.applies = either.applies.unsure();
        }
        (Tri::True, Some(norm)) => {
            if let Some(instead) = counterpart(duty, view, norm, slot.from) {
                *slot = Slot { applies: slot.applies, ..instead };
                *either = Either { applies: slot.applies, others: Vec::new() };
            }
        }
        (Tri::Unknown, Some(norm)) => {
            let Some(instead) = counterpart(duty, view, norm, slot.from) else {
                slot.applies = slot.applies.unsure();
                either.applies = either.applies.unsure();
                return;
            };
            if !same_outcome(view, slot, &instead) {
                slot.applies = slot.applies.unsure();
            }
            either.others.push(instead);
        }
    }
}

/// What lies behind this day never comes.
const FORESEEN: Day = Day(80_000);

/// The slot of the other duty for the same occasion.
fn counterpart(duty: &Duty<'_>, view: &View<'_>, norm: &Norm, from: Day) -> Option<Slot> {
    let other = Duty { norm, applies_to: None, exceptions: &[], ..*duty };
    let mut found = None;
    // Of an occasion that lies ahead the other duty's slot may lie further ahead.
    let mut view = *view;
    view.as_of.day = view.as_of.day.max(from.min(FORESEEN));
    each_bare_slot(&other, &view, Day::EARLIEST, &mut |slot| {
        if slot.from == from || (found.is_none() && slot.from <= from && from <= slot.to)
        {
            found = Some(*slot);
        }
    });
    found
}

fn same_outcome(view: &View<'_>, one: &Slot, other: &Slot) -> bool {
    let healthy = view.healthy_through();
    one.underlying_on(view.as_of.day, healthy)
        == other.underlying_on(view.as_of.day, healthy)
}
