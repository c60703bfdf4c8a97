//! What has to be so of the organization at all times: a number within its bounds, a part
//! of another, a characteristic. From one statement to the next, as somebody stated it.

use std::collections::BTreeSet;

use super::chain::{Hold, chain};
use super::scope::{Tri, holds as is_so};
use super::view::{Duty, View};
use crate::calendar::Day;
use crate::norm::Condition;
use crate::verdict::{Slot, Truth, Unknown};

/// A slot for each stretch of days: kept, broken, or not stated.
pub(super) fn holds(
    duty: &Duty<'_>,
    view: &View<'_>,
    condition: &Condition,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let asked = condition.attributes();
    let stated = view.profile.attributes.iter();
    let mine = stated.filter(|(attribute, ..)| asked.contains(attribute));
    let days: BTreeSet<Day> = mine.map(|(_, from, _)| *from).collect();
    let stands = |day: Day| match is_so(condition, view.profile, day) {
        Tri::True => Hold::Kept,
        Tri::False => Hold::Broken,
        Tri::Unknown => Hold::Unknown,
    };
    chain(duty, view, (start, days), stands, &mut |slot| {
        let missing = Unknown::AttributeMissing;
        let truth = match slot.truth {
            Truth::Unknown(_) => Truth::Unknown(missing),
            Truth::UnknownUntil(_, day) => Truth::UnknownUntil(missing, day),
            known => known,
        };
        sink(&Slot { truth, ..*slot });
    });
}
