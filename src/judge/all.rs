//! One duty about each of several things: kept when it is kept for all of them.

use std::collections::BTreeMap;

use super::slots::each_bare_slot;
use super::standing;
use super::view::{Duty, View};
use crate::calendar::Day;
use crate::norm::Norm;
use crate::verdict::{Slot, Truth};

/// The slots of all parts; those of one occasion become one slot. Standing parts are kept
/// on the days on which every one of them is.
pub(super) fn all(
    duty: &Duty<'_>,
    view: &View<'_>,
    norms: &[Norm],
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    if norms.iter().all(|norm| matches!(norm, Norm::Standing { .. })) {
        standing::together(duty, view, norms, (start, since), sink);
        return;
    }
    let mut together: BTreeMap<(Day, Day), Slot> = BTreeMap::new();
    for norm in norms {
        let part = Duty { norm, ..*duty };
        each_bare_slot(&part, view, since, &mut |slot| {
            together
                .entry((slot.from, slot.due))
                .and_modify(|other| other.truth = both(other.truth, slot.truth))
                .or_insert(*slot);
        });
    }
    together.values().for_each(sink);
}

/// Strong Kleene "and"; both true is true from the later day.
pub(super) fn both(one: Truth, other: Truth) -> Truth {
    match (one, other) {
        (Truth::False, _) | (_, Truth::False) => Truth::False,
        (Truth::NoEvidence, _) | (_, Truth::NoEvidence) => Truth::NoEvidence,
        (Truth::Unknown(why), _) | (_, Truth::Unknown(why)) => Truth::Unknown(why),
        // What is kept until a day is of the whole time, and so is the other.
        (Truth::TrueUntil(why, day), other) | (other, Truth::TrueUntil(why, day)) => {
            match other {
                Truth::TrueUntil(why, sooner) if sooner < day => {
                    Truth::TrueUntil(why, sooner)
                }
                _ => Truth::TrueUntil(why, day),
            }
        }
        // Neither fails for good: together they hold from the later day, and before it
        // they are what the worse of the two is.
        (one, other) => {
            let day = one.settled_on().max(other.settled_on()).unwrap_or(Day::LATEST);
            match (one, other) {
                (Truth::FalseUntil(_), _) | (_, Truth::FalseUntil(_)) => {
                    Truth::FalseUntil(day)
                }
                (Truth::UnknownUntil(why, _), _) | (_, Truth::UnknownUntil(why, _)) => {
                    Truth::UnknownUntil(why, day)
                }
                (Truth::Explained(_), _) | (_, Truth::Explained(_)) => {
                    Truth::Explained(day)
                }
                _ => Truth::True(day),
            }
        }
    }
}
