//! What must not happen: kept from the start, and broken on each day that it happened.
//!
//! "Nothing says that it happened" is worth what the folder is worth: while it cannot be
//! trusted, or holds a paper that nobody understands, whether it happened is unknown.

use super::periodic::Distinct;
use super::view::{Bounds, Duty, View};
use crate::calendar::Day;
use crate::norm::Occurrence;
use crate::verdict::{Slot, Truth, Unknown};

/// One slot for the whole time, and one for each day on which the forbidden was done.
pub(super) fn never(
    duty: &Duty<'_>,
    view: &View<'_>,
    what: Occurrence,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let trusted = view.healthy_through();
    let mut whole =
        duty.slot(Bounds { from: start, to: start, opens: start, due: start });
    whole.truth = match trusted {
        None => Truth::Unknown(Unknown::FolderUnhealthy),
        Some(through) if through < view.as_of.day => {
            Truth::Unknown(Unknown::FolderUnhealthy)
        }
        Some(_) => match view.silence(what, &watched(whole, view.as_of.day)) {
            Truth::Unknown(why) => Truth::Unknown(why),
            _ => Truth::True(start),
        },
    };
    whole.lag_end = whole.grace_end;
    sink(&whole);
    let mut distinct = Distinct::default();
    let mut doubted = trusted.filter(|through| *through < Day::LATEST).map(Day::next);
    for entry in view.matter(what).after(start.previous()).known() {
        // What was done while the rule was suspended broke nothing.
        if !distinct.is_new(entry) || duty.is_paused(entry.day) {
            continue;
        }
        if let Some(from) = doubted.take_if(|from| *from <= entry.day) {
            sink(&on_a_day(duty, from, Truth::Unknown(Unknown::FolderUnhealthy)));
        }
        let truth = if view.timeline.is_contradicted(entry, view.as_of) {
            Truth::Unknown(Unknown::Contradictory)
        } else {
            Truth::False
        };
        sink(&on_a_day(duty, entry.day, truth));
    }
    if let Some(from) = doubted {
        sink(&on_a_day(duty, from.max(start), Truth::Unknown(Unknown::FolderUnhealthy)));
    }
}

/// The slot as long as papers in doubt are held against it: to the day judged.
fn watched(whole: Slot, day: Day) -> Slot {
    Slot { to: day, grace_end: day, lag_end: day, ..whole }
}

/// Nothing is awaited: a paper has spoken, or the folder was not to be trusted from then.
fn on_a_day(duty: &Duty<'_>, day: Day, truth: Truth) -> Slot {
    let mut slot =
        duty.slot(Bounds { from: day, to: day, opens: day, due: day.previous() });
    slot.grace_end = slot.due;
    slot.lag_end = slot.due;
    slot.truth = truth;
    slot
}
