//! Two limits for one deed: a time after each event, and the next event of its kind.
//!
//! Also when minutes were written, which their meeting's day does not tell.

use super::periodic::events;
use super::view::{Bounds, Duty, View};
use crate::calendar::{Day, Span};
use crate::norm::{Act, Norm, Occurrence, TermId};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Slot, Truth, Unknown};

/// A next event that nobody knows of is not waited for longer than this.
const NEXT_WITHIN: Span = Span::Months(12);

/// One slot for each event. Where the later limit counts and no next event is known, it is
/// a year after this one.
pub(super) fn whichever(
    duty: &Duty<'_>,
    view: &View<'_>,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Norm::Whichever { what, event, within, later } = duty.norm else { return };
    let events = events(view.counting(&[]).known(*event));
    let mut events = events.iter().peekable();
    while let Some(this) = events.next() {
        let a_year_on = this.day.plus(NEXT_WITHIN, duty.months);
        let next = events.peek().map_or(a_year_on, |entry| entry.day);
        let in_time = duty.due(view, this.day, *within);
        let due = if *later { in_time.max(next) } else { in_time.min(next) };
        if this.day < start || !duty.binds(due) {
            continue;
        }
        let bounds = Bounds { from: this.day, to: due, opens: this.day, due };
        let mut slot = duty.slot(bounds);
        slot.truth = done(view, *what, this, &slot);
        sink(&slot);
    }
}

/// Done after this event: minutes that are this meeting's, else what comes first.
fn done(view: &View<'_>, what: Occurrence, event: &Entry, slot: &Slot) -> Truth {
    if let Some(written) = written(view, what, event, slot) {
        return written;
    }
    let own = |entry: &&Entry| {
        entry.number == 0 || event.number == 0 || entry.number == event.number
    };
    let mut unsure = None;
    let later = |entry: &&Entry| event.day <= entry.day;
    for entry in view.known(what).filter(own).filter(later) {
        match view.unsure(what, entry) {
            None => return Truth::True(entry.day),
            why => unsure = unsure.or(why),
        }
    }
    unsure.map_or_else(|| view.silence(what, slot), Truth::Unknown)
}

/// When the minutes of this meeting were written; `None` where the duty is about another
/// deed or paper. Minutes that only came after the last day may have been written in time.
pub(super) fn written(
    view: &View<'_>,
    what: Occurrence,
    event: &Entry,
    slot: &Slot,
) -> Option<Truth> {
    let asked = what.act == Act::Prepare && has_minutes(view, what.noun);
    if !asked {
        return None;
    }
    let entries = view.timeline.of(Subject::new(what.noun, Aspect::Written));
    let mine = entries.iter().filter(|entry| {
        entry.is_known(view.as_of)
            && entry.about == Some(event.day)
            && (entry.number == 0 || event.number == 0 || entry.number == event.number)
    });
    let (mut first, mut came) = (None, false);
    for entry in mine {
        came = true;
        if entry.count.is_none() || entry.day <= slot.grace_end {
            first = Some(first.map_or(entry.day, |day: Day| day.min(entry.day)));
        }
    }
    Some(match first {
        Some(day) => Truth::True(day),
        None if came => Truth::Unknown(Unknown::NotStated),
        None => view.silence(what, slot),
    })
}

fn has_minutes(view: &View<'_>, noun: TermId) -> bool {
    !view.timeline.of(Subject::new(noun, Aspect::Written)).is_empty()
}
