//! Duties of a period: so many times in each, or by a fixed day of each year.
//!
//! One event fills one slot; slots are filled earliest first.

use super::view::{Bounds, Duty, Matter, View};
use crate::calendar::{Cycle, Day, Period, days_in_month};
use crate::norm::Occurrence;
use crate::timeline::Entry;
use crate::verdict::{Slot, Truth, Unknown};

/// At least `least` events in each period wholly inside the membership.
pub(super) fn frequency(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, least, cycle): (Occurrence, u16, Cycle),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let cycle = if cycle == Cycle::Quarter && duty.fiscal_quarters {
        Cycle::FiscalQuarter
    } else {
        cycle
    };
    let years = &view.profile.fiscal_years;
    let holding = years.period_holding(first_day(duty, start, since), cycle);
    // The period before it too: where none fell due in the look-back, that one speaks.
    let mut period = years.period_holding(holding.from.previous().max(start), cycle);
    if period.from < start {
        period = years.period_holding(period.to.next(), cycle);
    }
    let mut events = view.matter(what);
    loop {
        if duty.binds(period.to) && !duty.is_paused_throughout(period) {
            let bounds = Bounds {
                from: period.from,
                to: period.to,
                opens: period.from,
                due: period.to,
            };
            let mut slot = duty.slot_from(bounds);
            events = events.after(period.from.previous());
            let (truth, last) = filled(events, least, &slot);
            slot.truth = truth.unwrap_or_else(|| view.silence(what, &slot));
            if let Some(last) = last {
                events = events.after_event(last).after(period.to);
            }
            sink(&slot);
        }
        if view.as_of.day < period.from && !duty.asks_only_later(period) {
            return;
        }
        period = years.period_after(period, cycle);
    }
}

/// Without grace no slot depends on the one before, and judging may begin at the look-back;
/// with grace, or where the clock stood still, an event may have been used for an earlier slot, so it begins at the start.
pub(super) fn first_day(duty: &Duty<'_>, start: Day, since: Day) -> Day {
    let zero = duty.slot(Bounds { from: start, to: start, opens: start, due: start });
    let alone = zero.grace_end == start && !duty.pauses();
    if alone { start.max(since) } else { start }
}

/// Whether the events fill the slot: by its due day if they can, in grace otherwise; `None`
/// when there are too few. With it the last event used, by day and number.
fn filled(
    events: Matter<'_>,
    least: u16,
    slot: &Slot,
) -> (Option<Truth>, Option<(Day, u32)>) {
    let mut distinct = Distinct::default();
    let (mut sure, mut possible) = (0u16, 0u16);
    let mut why = Unknown::Contradictory;
    let mut is_sure = false;
    for entry in events.known() {
        if distinct.is_new(entry) {
            if entry.day > slot.grace_end {
                break;
            }
            possible = possible.saturating_add(1);
            is_sure = false;
        } else if is_sure {
            continue;
        }
        // Of the papers about one event one that is sure is enough.
        match events.unsure(entry) {
            Some(unsure) => why = unsure,
            None => (is_sure, sure) = (true, sure.saturating_add(1)),
        }
        if sure >= least {
            return (Some(Truth::True(entry.day)), Some((entry.day, entry.number)));
        }
    }
    ((possible >= least).then_some(Truth::Unknown(why)), None)
}

/// Meetings are counted, not minutes: several papers about one event are one.
#[derive(Default)]
pub(super) struct Distinct {
    /// With the number that one of its papers states.
    last: Option<(Day, u32)>,
}

impl Distinct {
    /// Whether an entry, coming in order, is another event than the one before. Papers
    /// without a number tell of the same event as the first of that day with one.
    pub(super) fn is_new(&mut self, entry: &Entry) -> bool {
        let same = self.last.is_some_and(|(day, number)| {
            day == entry.day && (number == 0 || number == entry.number)
        });
        self.last = Some((entry.day, entry.number));
        !same
    }
}

/// Entries as events: of each the first entry, with the number that any of its papers states.
pub(super) fn events<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<Entry> {
    let mut distinct = Distinct::default();
    let mut events: Vec<Entry> = Vec::new();
    for entry in entries {
        match events.last_mut() {
            _ if distinct.is_new(entry) => events.push(*entry),
            Some(last) if last.number == 0 => last.number = entry.number,
            _ => {}
        }
    }
    events
}

/// Each calendar year by a day of it. An event after the day fills that year's slot late,
/// if nothing else did, until the next year's day, or in the slot's own time.
pub(super) fn fixed_date(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, month, day): (Occurrence, u8, u8),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let due_in = |year: i32| due_in(year, (month, day));
    let mut distinct = Distinct::default();
    // Of the papers about one event one that is sure is enough.
    let sure = view.known(what).filter(|entry| view.unsure(what, entry).is_none());
    let events = sure.filter(|entry| distinct.is_new(entry));
    let mut sure = events.map(|entry| entry.day).peekable();
    let mut year = start.year();
    let (mut before, mut due) = (due_in(year - 1), due_in(year));
    loop {
        let from = before.next();
        let next_due = due_in(year + 1);
        if from >= start && duty.binds(due) {
            let mut slot = duty.slot_from(Bounds { from, to: due, opens: from, due });
            let during = Period { from, to: next_due.max(slot.grace_end) };
            while sure.next_if(|event| *event < from).is_some() {}
            let filled = sure.next_if(|event| *event <= during.to);
            // Older ones matter for the events that they used up, and for nothing else.
            if since <= during.to {
                slot.truth = match (filled, view.unsure_in(what, during)) {
                    (Some(day), _) => Truth::True(day),
                    (None, Some(why)) => Truth::Unknown(why),
                    (None, None) => view.silence(what, &slot),
                };
                sink(&slot);
            }
        }
        let ahead = view.as_of.day < from && start <= from;
        if ahead && !duty.is_early(due) {
            return;
        }
        (year, before, due) = (year + 1, due, next_due);
    }
}

/// The day of a year by which something is asked in each: a day that the year lacks is the
/// month's last.
pub(super) fn due_in(year: i32, (month, day): (u8, u8)) -> Day {
    Day::from_ymd(year, month, day.min(days_in_month(year, month))).unwrap_or(Day::LATEST)
}
