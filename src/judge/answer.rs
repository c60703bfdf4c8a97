//! Duties that answer another's breach: one slot for each slot of that duty that is found
//! not met, from the day on which it is.
//!
//! The breach is judged as it is known now: what a late paper shows to have been kept was
//! never broken, and asks for no answer.

use super::slots::each_slot;
use super::view::{Bounds, Duty, View};
use crate::calendar::{Day, Period, Span};
use crate::norm::{Act, Occurrence};
use crate::verdict::{Applies, Slot, Truth, Unknown};

/// A breach of the duty above.
#[derive(Clone, Copy)]
struct Breach {
    /// The day after the one on which it was due: an answer may come before the finding.
    since: Day,
    found: Day,
    /// The day on which it was made good, or no longer asked.
    mended: Option<Day>,
    waived: Option<Period>,
}

/// One slot for each day of a finding; two breaches found on one day are answered as one.
pub(super) fn answered(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, within): (Occurrence, Span),
    sink: &mut dyn FnMut(&Slot),
) {
    let mut breaches = breaches(duty, view);
    breaches.sort_by_key(|breach| (breach.found, breach.mended.is_some()));
    breaches.dedup_by_key(|breach| breach.found);
    let mut breaches = breaches.iter().peekable();
    while let Some(breach) = breaches.next() {
        let next = breaches.peek().map_or(Day::LATEST, |next| next.found);
        let due = duty.due(view, breach.found, within);
        let from = breach.found;
        let mut slot = duty.slot(Bounds { from, to: due, opens: from, due });
        let until = next.max(slot.grace_end.next());
        slot.truth = answer(view, what, (breach, until), &slot);
        slot.applies = still_asked(breach, &slot);
        slot.waived = breach.waived;
        sink(&slot);
        if breach.found > view.as_of.day {
            return;
        }
    }
}

/// The first later day on which the duty above has another slot, which may be broken too.
pub(super) fn next_above(duty: &Duty<'_>, view: &View<'_>) -> Option<Day> {
    let (rulebook, above, at) = duty.answers?;
    let today = view.as_of.day;
    let mut next = None;
    each_slot(&Duty::version(rulebook, above, at), view, Day::EARLIEST, &mut |slot| {
        if today < slot.opens && next.is_none_or(|day| slot.opens < day) {
            next = Some(slot.opens);
        }
    });
    next
}

/// All slots of the duty above that are, or without a paper will be, not met.
fn breaches(duty: &Duty<'_>, view: &View<'_>) -> Vec<Breach> {
    let Some((rulebook, above, at)) = duty.answers else { return Vec::new() };
    let waivers = view.waivers_above;
    let view = View { waivers, waivers_above: &[], only: &[], ..*view };
    let healthy = view.healthy_through();
    let mut breaches = Vec::new();
    each_slot(&Duty::version(rulebook, above, at), &view, Day::EARLIEST, &mut |slot| {
        if let Some(found) = slot.found_on(healthy) {
            breaches.push(Breach {
                since: slot.due.next(),
                found,
                mended: slot.mended_after(found, healthy),
                waived: slot.waived,
            });
        }
    });
    breaches
}

/// The first day on which it was done, no earlier than the finding.
fn answer(
    view: &View<'_>,
    what: Occurrence,
    (breach, until): (&Breach, Day),
    slot: &Slot,
) -> Truth {
    let during = |day: Day| breach.since.min(breach.found) <= day && day < until;
    let mut possible = None;
    for entry in view.known(what).filter(|entry| during(entry.day)) {
        match view.unsure(what, entry) {
            None => return Truth::True(entry.day.max(breach.found)),
            why => possible = possible.or(why),
        }
    }
    // The paper is there, and does not say that it was filed or adopted.
    let held = Occurrence { act: Act::Prepare, by: None, to: None, ..what };
    let on_file = what.act != Act::Prepare
        && view.counting(&[]).known(held).any(|entry| during(entry.day));
    match possible {
        Some(why) => Truth::Unknown(why),
        None if on_file => Truth::Unknown(Unknown::NotStated),
        None => view.silence(what, slot),
    }
}

/// What was made good before its answer was due is answered no more.
fn still_asked(breach: &Breach, slot: &Slot) -> Applies {
    let Some(mended) = breach.mended.filter(|mended| *mended <= slot.due) else {
        return Applies::Yes;
    };
    match slot.truth {
        Truth::True(day) if day < mended => Applies::Yes,
        _ => Applies::Until(mended.previous()),
    }
}
