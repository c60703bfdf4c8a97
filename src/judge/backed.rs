//! What each event or paper comes with: three quotations for each purchase.

use super::all::both;
use super::collection::of_a_day;
use super::periodic::events;
use super::view::{Duty, View};
use crate::calendar::{Day, Span};
use crate::norm::{Act, Backing, Occurrence};
use crate::timeline::Entry;
use crate::verdict::{Slot, Truth};

/// The days whose papers belong to one occasion, where no number says so.
#[derive(Clone, Copy)]
struct Window {
    from: Day,
    to: Day,
}

/// One slot for each occasion. What is numbered as it is belongs to it; what has no number
/// belongs to the first occasion on or after its day, and after the last one to that.
pub(super) fn backed(
    duty: &Duty<'_>,
    view: &View<'_>,
    (each, by): (Occurrence, &[Backing]),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let occasions = events(view.known(each));
    let mut occasions = occasions.iter().peekable();
    let mut from = Day::EARLIEST;
    while let Some(this) = occasions.next() {
        let next = occasions.peek().map(|entry| entry.day);
        let window = Window { from, to: next.map_or(Day::LATEST, |_| this.day) };
        from = this.day.next();
        // One from before the look-back speaks where none came since, with all of its day.
        let old = next.is_some_and(|next| this.day < next && next < since);
        if this.day < start || old || !duty.binds(this.day) {
            continue;
        }
        let mut slot = of_a_day(duty, this.day);
        let found = by.iter().map(|one| found(duty, view, *one, (this, window), &slot));
        slot.truth = found.reduce(both).unwrap_or(Truth::True(this.day));
        sink(&slot);
    }
}

/// Enough of one kind. One that is too old, where there are too few without it, denies it.
fn found(
    duty: &Duty<'_>,
    view: &View<'_>,
    asked: Backing,
    (event, window): (&Entry, Window),
    slot: &Slot,
) -> Truth {
    let held = Occurrence { noun: asked.document, act: Act::Prepare, by: None, to: None };
    let oldest = asked.not_older.map(|span: Span| event.day.minus(span, duty.months));
    let (mut papers, mut too_old) = (Vec::new(), false);
    for entry in view.known(held).filter(|entry| belongs(entry, event, window)) {
        let old = oldest.is_some_and(|oldest| entry.day < oldest);
        too_old |= old;
        if !old
            && !view.timeline.is_contradicted(entry, view.as_of)
            && !papers.contains(&entry.paper)
        {
            papers.push(entry.paper);
        }
    }
    if papers.len() >= usize::from(asked.least) {
        Truth::True(event.day)
    } else if too_old {
        Truth::False
    } else {
        // What came before the event may be among the papers that nobody understands.
        let from = oldest.unwrap_or(window.from).min(slot.from);
        view.silence(held, &Slot { from, opens: from, ..*slot })
    }
}

fn belongs(entry: &Entry, event: &Entry, window: Window) -> bool {
    let own = entry.count.map_or(entry.number, u32::from);
    if own != 0 && event.number != 0 {
        return own == event.number;
    }
    window.from <= entry.day && entry.day <= window.to
}
