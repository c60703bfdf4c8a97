//! One thing before another, or several in turn: a slot for each anchor.
//!
//! Papers tell days and no hours, so what happened on the anchor's own day was not after
//! it; only before the start of a fiscal year the day itself is too late.

use super::periodic::events;
use super::view::{Bounds, Duty, View};
use crate::calendar::{Day, Span};
use crate::norm::{Anchor, Limit, Occurrence};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Slot, Truth, Unknown};

/// An order as the kernel reads it.
#[derive(Clone, Copy)]
pub(super) struct Order<'n> {
    pub(super) steps: &'n [Occurrence],
    pub(super) anchor: Anchor,
    pub(super) limit: Limit,
    pub(super) ever: bool,
}

/// One occasion: the days in which the steps are looked for.
#[derive(Clone, Copy)]
struct Window {
    /// What a paper may be about, first and last day; `None` where it does not matter.
    about: Option<(Day, Day)>,
    /// The day that the slot begins.
    from: Day,
    /// The day before which the steps must be taken, or after which they count.
    anchor: Day,
    /// From here on the next occasion's steps are looked for.
    until: Day,
    number: u32,
}

/// One slot for each anchor inside the membership.
pub(super) fn order(
    duty: &Duty<'_>,
    view: &View<'_>,
    order: Order<'_>,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    match order.anchor {
        Anchor::FiscalYearEnd | Anchor::FiscalYearStart => {
            by_fiscal_year(duty, view, order, (start, since), sink);
        }
        Anchor::Each(event) => {
            // Numbers tell steps of one event from those of another where both are of one
            // noun.
            let same = order.steps.iter().all(|step| step.noun == event.noun);
            let number = |number: u32| if same { number } else { 0 };
            let events = events(view.counting(&[]).known(event));
            let days = events.iter().map(|event| (event.day, number(event.number)));
            each(duty, view, order, (start, &days.collect::<Vec<_>>()), sink);
        }
        // A chain answers no breach: the compiler refuses it.
        Anchor::Finding => {}
        Anchor::MandateEnd(body) => {
            let ends = view.timeline.of(Subject::new(body, Aspect::MandateEnd));
            let known = ends.iter().filter(|entry| entry.is_known(view.as_of));
            let mut days: Vec<(Day, u32)> = known.map(|entry| (entry.day, 0)).collect();
            days.dedup();
            each(duty, view, order, (start, &days), sink);
        }
    }
}

fn by_fiscal_year(
    duty: &Duty<'_>,
    view: &View<'_>,
    order: Order<'_>,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let at_end = order.anchor == Anchor::FiscalYearEnd;
    let longest = match order.limit {
        Limit::Before(_) => Span::Days(0),
        Limit::Within(span) => span,
    };
    // Where none falls due in the look-back the last one before it speaks.
    let reach = since.minus(longest, duty.months).max(Day::EARLIEST);
    let before = view.profile.fiscal_year(reach.max(start)).from.previous();
    let mut year = view.profile.fiscal_year(before.max(start));
    loop {
        let before = view.profile.fiscal_year(year.from.previous());
        let after = view.profile.fiscal_year(year.to.next());
        let anchor = if at_end { year.to } else { year.from.previous() };
        let window = Window {
            about: Some((year.from, year.to)),
            from: if at_end { year.from } else { before.from },
            anchor,
            until: if at_end { after.to } else { year.to },
            number: 0,
        };
        let (due, slot) = slot(duty, view, order, window);
        if window.from >= start && duty.binds(due) {
            sink(&slot);
        }
        let ahead = view.as_of.day < slot.opens && start <= window.from;
        if ahead && !duty.is_early(due) {
            return;
        }
        year = after;
    }
}

/// Occasions on days that papers tell. Two of one day look for their steps in one time.
fn each(
    duty: &Duty<'_>,
    view: &View<'_>,
    order: Order<'_>,
    (start, days): (Day, &[(Day, u32)]),
    sink: &mut dyn FnMut(&Slot),
) {
    let after = matches!(order.limit, Limit::Within(_));
    for (index, (anchor, number)) in days.iter().copied().enumerate() {
        let mut later = days.iter().skip(index).map(|(day, _)| *day);
        let until = later.find(|day| *day > anchor).map_or(Day::LATEST, Day::previous);
        let mut earlier = days.iter().take(index).rev().map(|(day, _)| *day);
        let before = earlier.find(|day| *day < anchor);
        let from = if after { anchor } else { before.map_or(start, Day::next) };
        let window = Window { about: None, from, anchor, until, number };
        let (due, slot) = slot(duty, view, order, window);
        if anchor >= start && duty.binds(due) {
            sink(&slot);
        }
    }
}

/// The slot with its due day as if the clock always ran.
fn slot(
    duty: &Duty<'_>,
    view: &View<'_>,
    order: Order<'_>,
    window: Window,
) -> (Day, Slot) {
    let (to, due) = match order.limit {
        Limit::Before(lead) => {
            let due = duty.ahead(view, window.anchor, lead);
            (due.max(window.from), due)
        }
        Limit::Within(span) => {
            let due = duty.due(view, window.anchor, span);
            (due, due)
        }
    };
    let opens = window.from.min(due);
    let mut slot = duty.slot(Bounds { from: window.from, to, opens, due });
    let lasts =
        if slot.can_be_late { window.until.max(slot.grace_end) } else { slot.grace_end };
    slot.truth = truth(view, order, window, (lasts, &slot));
    (due, slot)
}

/// The day of the last step, where each was taken no earlier than the one before it.
fn truth(
    view: &View<'_>,
    order: Order<'_>,
    window: Window,
    (until, slot): (Day, &Slot),
) -> Truth {
    let lower = if order.ever { Day::EARLIEST } else { window.from };
    let mut last = lower;
    let mut taken_at_all = true;
    for step in order.steps {
        let inside = |entry: &&Entry| belongs(entry, window, lower) && entry.day <= until;
        let sure = |entry: &&Entry| inside(entry) && view.unsure(*step, entry).is_none();
        if let Some(entry) =
            view.known(*step).filter(sure).find(|entry| entry.day >= last)
        {
            last = entry.day;
            continue;
        }
        taken_at_all &= view.known(*step).any(|entry| inside(&entry));
        if !taken_at_all {
            return missing(view, *step, window, slot);
        }
        // It was taken, and not after the one before it.
        return if view.known(*step).any(|entry| sure(&entry)) {
            Truth::False
        } else {
            let mut unsure = view.known(*step).filter(inside);
            let why = unsure.find_map(|entry| view.unsure(*step, entry));
            Truth::Unknown(why.unwrap_or(Unknown::Contradictory))
        };
    }
    Truth::True(last.max(slot.opens))
}

/// Whether an entry may be a step of this occasion.
fn belongs(entry: &Entry, window: Window, lower: Day) -> bool {
    let numbered =
        window.number == 0 || entry.number == 0 || entry.number == window.number;
    numbered
        && match (window.about, entry.about) {
            (Some((from, to)), Some(about)) => from <= about && about <= to,
            _ => lower <= entry.day,
        }
}

/// A paper that is there and does not say whether the step was taken leaves it open.
fn missing(view: &View<'_>, step: Occurrence, window: Window, slot: &Slot) -> Truth {
    let held = Occurrence { act: crate::norm::Act::Prepare, by: None, to: None, ..step };
    let on_file = step.act != held.act
        && view.counting(&[]).known(held).any(|entry| {
            belongs(entry, window, window.from) && entry.day <= slot.grace_end
        });
    if on_file { Truth::Unknown(Unknown::NotStated) } else { view.silence(step, slot) }
}
