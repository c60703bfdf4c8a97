//! What keeps duties that are made of others: the last times of one, so many of several.
//!
//! Each of the others is looked at for itself, and what would keep it has the days of its own
//! occasion: of two quarters that were missed, each lacks its own meeting.

use super::super::fact::{Deed, Fact};
use super::super::{Case, Range};
use super::{facts, of_norm, together};
use crate::judge;
use crate::judge::{Duty, View};
use crate::norm::{Norm, Past};
use crate::verdict::{Slot, State};

/// Occasions of one of several duties that are looked at, the latest ones: more than fall due
/// in a year of months.
const OCCASIONS_MAX: usize = 12;

/// Whether a slot is to be kept in its own time, or so that it counts on the day judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Then,
    Now,
}

/// What keeps the occasions looked back on, the latest first, and what the last one of them
/// lacks beside.
pub(super) fn lately(
    case: &Case<'_>,
    (past, norm, last): (Past, &Norm, Option<&Norm>),
) -> Vec<Vec<Fact>> {
    let beside: Vec<Vec<Fact>> =
        last.into_iter().flat_map(|last| of_norm(case, last)).collect();
    let own = of_occasions(case, (past, norm));
    let both = match last {
        Some(_) => together(&[own.clone(), beside.clone()]),
        None => Vec::new(),
    };
    own.into_iter().chain(of_norm(case, norm)).chain(beside).chain(both).collect()
}

fn of_occasions(case: &Case<'_>, (past, norm): (Past, &Norm)) -> Vec<Vec<Fact>> {
    let duty = Duty { norm, changed: None, ..case.duty };
    let view = case.view;
    let many = match past {
        Past::Times { of, .. } => usize::from(of),
        Past::Within { .. } => 1,
    };
    let slots = judge::slots(&duty, &view);
    let behind = slots.iter().rev().filter(|slot| slot.from <= case.slot.from);
    let lacking = behind.take(many).filter(|slot| !is_kept(slot));
    each_of(lacking, (duty, view), When::Then)
}

/// What keeps the parts that are not kept: one of them, or all.
pub(super) fn among(case: &Case<'_>, norms: &[Norm]) -> Vec<Vec<Fact>> {
    let view = View { waivers: &[], ..case.view };
    let of_part = |norm| {
        let duty = Duty {
            norm,
            applies_to: None,
            exceptions: &[],
            gives_way_to: &[],
            answers: None,
            changed: None,
            ..case.duty
        };
        let slots = judge::slots(&duty, &view);
        let broken = |slot: &&Slot| {
            slot.state.is_not_met()
                || matches!(
                    slot.state,
                    State::InsufficientEvidence | State::AwaitingEvidence
                )
        };
        each_of(
            slots.iter().rev().filter(broken).take(OCCASIONS_MAX),
            (duty, view),
            When::Now,
        )
    };
    let each: Vec<Vec<Vec<Fact>>> =
        norms.iter().map(of_part).filter(|part| !part.is_empty()).collect();
    let all = together(&each);
    each.into_iter().flatten().chain(all).collect()
}

/// In time, grace included, or asked of nobody.
fn is_kept(slot: &Slot) -> bool {
    slot.applies.is_no()
        || matches!(slot.underlying, State::Met | State::MetInGrace | State::Explained)
}

/// What keeps all of these slots of a duty, each fact in the time of its slot.
fn each_of<'s>(
    slots: impl Iterator<Item = &'s Slot>,
    (duty, view): (Duty<'_>, View<'_>),
    when: When,
) -> Vec<Vec<Fact>> {
    let of_slot = |slot: &Slot| {
        let case = Case { duty, view, slot };
        let suggested = facts(&case).into_iter();
        suggested.map(|facts| in_its_time(&case, facts, when)).collect::<Vec<_>>()
    };
    let each: Vec<Vec<Vec<Fact>>> =
        slots.map(of_slot).filter(|suggested| !suggested.is_empty()).collect();
    together(&each)
}

/// Facts whose days are free to choose, one after another in the time of a slot.
fn in_its_time(case: &Case<'_>, facts: Vec<Fact>, when: When) -> Vec<Fact> {
    let (slot, today) = (case.slot, case.view.as_of.day);
    let (first, last) = match case.duty.norm {
        // A gap that is over is closed by something that is no longer than so ago.
        Norm::Rolling { gap, .. } if when == When::Now && slot.due < today => {
            (today.minus(*gap, case.duty.months).max(slot.from.next()), today)
        }
        // The day from which a gap runs is no day of it.
        Norm::Rolling { .. } => (slot.from.next(), slot.due),
        norm if norm.is_standing() => (slot.from.max(slot.opens), today),
        _ => (slot.from.max(slot.opens), slot.due),
    };
    let last = last.min(today);
    let held = facts.iter().map(Fact::days).sum::<i32>();
    let first = first.min(last.plus_days(1 - held));
    let mut before = 0;
    let mut placed = Vec::new();
    for fact in facts {
        let own = fact.days();
        if own == 0 {
            placed.push(fact);
            continue;
        }
        let days = Range {
            from: Some(first.plus_days(before)),
            to: last.plus_days(before + own - held),
        };
        before += own;
        placed.push(Fact::During { fact: Box::new(fact), days });
    }
    placed
}

/// So many of one deed, in the time of the slot.
pub(super) fn deed_in_its_time(case: &Case<'_>, deed: Deed) -> Vec<Fact> {
    in_its_time(case, vec![Fact::Deed(deed)], When::Then)
}
