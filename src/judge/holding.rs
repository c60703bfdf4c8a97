//! What has to be so of the organization at all times: a number within its bounds, a part
//! of another, a characteristic. From one statement to the next, as somebody stated it.

use super::chain::{asked, broken, kept_again};
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
    let mut open: Option<Slot> = Some(unstated(duty, start));
    for day in statements(view, condition, start) {
        match (is_so(condition, view.profile, day), &mut open) {
            (Tri::True, Some(slot)) => {
                // What nobody had stated before stays unknown until this day.
                if slot.truth != Truth::False && slot.from < day {
                    sink(slot);
                    *slot = unstated(duty, day);
                }
                slot.truth = kept_again(slot, day, view.as_of.day);
                sink(slot);
                open = None;
            }
            (Tri::False, slot) if slot.is_none_or(|slot| slot.truth != Truth::False) => {
                open = Some(Slot { truth: Truth::False, ..broken(duty, day) });
            }
            (Tri::Unknown, None) => open = Some(unstated(duty, day)),
            _ => {}
        }
    }
    if let Some(slot) = open {
        sink(&slot);
    }
}

/// The start, and each later day from which one of the values is another.
fn statements(view: &View<'_>, condition: &Condition, start: Day) -> Vec<Day> {
    let asked = condition.attributes();
    let stated = view.profile.attributes.iter();
    let mut days: Vec<Day> = stated
        .filter(|(attribute, from, _)| asked.contains(attribute) && *from > start)
        .map(|(_, from, _)| *from)
        .collect();
    days.push(start);
    days.sort_unstable();
    days.dedup();
    days
}

fn unstated(duty: &Duty<'_>, day: Day) -> Slot {
    let mut slot = asked(duty, day);
    slot.truth = Truth::Unknown(Unknown::AttributeMissing);
    slot
}
