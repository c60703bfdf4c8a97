//! Duties within a span after an anchor: the fiscal year's end or start, or an event.

use super::answer;
use super::periodic::events;
use super::view::{Bounds, Duty, Matter, View};
use super::whichever::written;
use crate::calendar::{Day, Period, Span};
use crate::norm::{Act, Anchor, Occurrence};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Slot, Truth, Unknown};

/// One slot for each anchor inside the membership.
pub(super) fn anchored(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, anchor, within): (Occurrence, Anchor, Span),
    bounds: (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    match anchor {
        Anchor::FiscalYearEnd | Anchor::FiscalYearStart => {
            by_fiscal_year(duty, view, (what, anchor, within), bounds, sink);
        }
        Anchor::MandateEnd(body) => {
            let ends = view.timeline.of(Subject::new(body, Aspect::MandateEnd));
            let known = ends.iter().filter(|entry| entry.is_known(view.as_of));
            let ends: Vec<&Entry> = known.collect();
            after_each(duty, view, (what, within), (bounds, &ends), sink);
        }
        Anchor::Finding => answer::answered(duty, view, (what, within), sink),
        Anchor::Each(event) => {
            let events: Vec<&Entry> = view.counting(&[]).known(event).collect();
            after_each(duty, view, (what, within), (bounds, &events), sink);
        }
    }
}

fn by_fiscal_year(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, anchor, within): (Occurrence, Anchor, Span),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let at_end = anchor == Anchor::FiscalYearEnd;
    let reach = since.minus(within, duty.months).max(Day::EARLIEST);
    // One year more: where nothing fell due in the look-back, the last one speaks.
    let before = view.profile.fiscal_year(reach.max(start)).from.previous();
    let mut year = view.profile.fiscal_year(start.max(before));
    if year.from < start {
        year = view.profile.fiscal_year(year.to.next());
    }
    let done = view.matter(what);
    loop {
        let next = view.profile.fiscal_year(year.to.next());
        let opens = if at_end { year.to.next() } else { year.from };
        let trigger = if at_end { year.to } else { year.from };
        let due = duty.due(view, trigger, within);
        if duty.binds(due) {
            let bounds = Bounds { from: year.from, to: year.to, opens, due };
            let mut slot =
                if at_end { duty.slot_from(bounds) } else { duty.slot(bounds) };
            let unnamed = if at_end { next } else { year };
            slot.truth = done_for_year(view, done, (year, unnamed), &slot);
            sink(&slot);
        }
        if view.as_of.day < opens && !duty.is_early(due) {
            return;
        }
        year = next;
    }
}

/// The earliest day on which it was done about this year. What states no year counts where
/// it was done in `unnamed`: for the year that had just ended, or, where the time runs from
/// a year's start, for the year that had begun.
pub(super) fn done_for_year(
    view: &View<'_>,
    done: Matter<'_>,
    (year, unnamed): (Period, Period),
    slot: &Slot,
) -> Truth {
    let what = done.what;
    let about_year = |about: Option<Day>, day: Day| {
        about.map_or_else(|| unnamed.contains(day), |end| year.contains(end))
    };
    let mut possible = None;
    for entry in done.known().filter(|entry| about_year(entry.about, entry.day)) {
        match done.unsure(entry) {
            None => return Truth::True(entry.day),
            unsure => possible = possible.or(unsure),
        }
    }
    if let Some(why) = possible {
        return Truth::Unknown(why);
    }
    // The paper is there, and nothing says whether it was published, adopted, filed.
    let held = Occurrence { act: Act::Prepare, by: None, to: None, ..what };
    let on_file = what.act != Act::Prepare
        && view.counting(&[]).known(held).any(|entry| about_year(entry.about, entry.day));
    if on_file { Truth::Unknown(Unknown::NotStated) } else { done.silence(slot) }
}

fn after_each(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, within): (Occurrence, Span),
    ((start, since), anchors): ((Day, Day), &[&Entry]),
    sink: &mut dyn FnMut(&Slot),
) {
    // Where none falls due in the look-back the last one before it speaks.
    let old = |entry: &&Entry| duty.due(view, entry.day, within) < since;
    let passed = anchors.partition_point(old);
    let last = passed.checked_sub(1).and_then(|at| anchors.get(at));
    let first = last.map_or(Day::EARLIEST, |entry| entry.day);
    let anchors = anchors.iter().copied().skip_while(|entry| entry.day < first);
    let anchors = events(anchors);
    let mut anchors = anchors.iter().peekable();
    let mut done = view.matter(what);
    while let Some(event) = anchors.next() {
        let anchor = event.day;
        let due = duty.due(view, anchor, within);
        if anchor < start || !duty.binds(due) {
            continue;
        }
        done = done.after(anchor.previous());
        // A numbered complaint is answered by its number, whatever came in meanwhile.
        let numbered = event.number != 0 && what.noun == event.subject.noun();
        let until = anchors.peek().map_or(Day::LATEST, |next| next.day);
        let until = if numbered { Day::LATEST } else { until };
        let mut slot = duty.slot(Bounds { from: anchor, to: due, opens: anchor, due });
        let last = until.max(slot.grace_end.next());
        let mut answers = done
            .known()
            .take_while(|entry| entry.day < last)
            .filter(|entry| same_matter(what, event, entry));
        let mut possible = None;
        let sure = answers.find(|entry| {
            let unclear = view.unsure(what, entry);
            possible = possible.or(unclear);
            unclear.is_none()
        });
        slot.truth = match (written(view, what, event, &slot), sure, possible) {
            (Some(written), ..) => written,
            (_, Some(entry), _) => Truth::True(entry.day),
            (_, None, Some(why)) => Truth::Unknown(why),
            (_, None, None) => view.silence(what, &slot),
        };
        sink(&slot);
    }
}

/// Whether an entry may be about this anchor: both of one noun and both numbered, their
/// numbers agree.
fn same_matter(what: Occurrence, event: &Entry, entry: &Entry) -> bool {
    what.noun != event.subject.noun()
        || event.number == 0
        || entry.number == 0
        || entry.number == event.number
}
