//! Windows in which the clock of a duty stands still: a closure, a war, a rule suspended.
//!
//! A day inside one does not count towards any time of the duty, and no time runs out on it.
//! Knows spans of days and no truth.

use super::view::Duty;
use crate::calendar::{Day, Period};
use crate::verdict::Slot;

impl Duty<'_> {
    /// The windows of the rule, of its rulebook and of the organization's calendar, in the
    /// order of their days, none touching the next.
    fn windows(&self) -> Vec<Period> {
        let all = self.suspended.iter().chain(self.calendar);
        let mut all: Vec<Period> = all.copied().collect();
        all.sort_by_key(|window| window.from);
        let mut windows: Vec<Period> = Vec::new();
        for window in all {
            match windows.last_mut() {
                Some(last) if window.from <= last.to.next() => {
                    last.to = last.to.max(window.to);
                }
                _ => windows.push(window),
            }
        }
        windows
    }

    /// Whether the clock of this duty ever stands still.
    pub(super) fn pauses(&self) -> bool {
        !self.suspended.is_empty() || !self.calendar.is_empty()
    }

    /// Whether it stands still on this day.
    pub(super) fn is_paused(&self, day: Day) -> bool {
        self.suspended.iter().chain(self.calendar).any(|window| window.contains(day))
    }

    /// The last day of a time that begins after `after` and would end on `due`, were no day
    /// of it inside a window. A time of no length that falls into a window ends with it.
    pub(super) fn paused(&self, after: Day, due: Day) -> Day {
        if !self.pauses() {
            return due;
        }
        let mut last = due;
        for window in self.windows() {
            let from = window.from.max(after.next());
            if window.to <= after {
                continue;
            }
            if from <= last {
                let days = window.to.0.saturating_sub(from.0).saturating_add(1);
                last = last.plus_days(days);
            } else if due <= after && window.contains(last) {
                last = window.to;
            }
        }
        last
    }

    /// The same for a state of things: its time is over on `due`, whenever it began. What
    /// would be broken from a day inside a window on is broken from the day after it on.
    pub(super) fn paused_state(&self, due: Day) -> Day {
        if !self.pauses() {
            return due;
        }
        let around = |window: &Period| window.contains(due.next());
        self.windows().into_iter().find(around).map_or(due, |window| window.to)
    }

    /// Whether every day of a period is inside a window: nothing was asked in it.
    pub(super) fn is_paused_throughout(&self, period: Period) -> bool {
        self.pauses() && self.window_around(period).is_some()
    }

    /// Whether nothing is asked in a period, and in a later one something will be.
    pub(super) fn asks_only_later(&self, period: Period) -> bool {
        let ends = |window: Period| window.to < Day::LATEST;
        self.is_early(period.to)
            || (self.pauses() && self.window_around(period).is_some_and(ends))
    }

    fn window_around(&self, period: Period) -> Option<Period> {
        let around =
            |window: &Period| window.from <= period.from && period.to <= window.to;
        self.windows().into_iter().find(around)
    }
}

/// The windows that bear on a slot: those with a day between the first of its days that
/// counts and the day after its last one.
pub fn suspensions(duty: &Duty<'_>, calendar: &[Period], slot: &Slot) -> Vec<Period> {
    let duty = Duty { calendar, ..duty.on(slot.opens) };
    let last = slot.lag_end.max(slot.due).next();
    let first = slot.from.max(slot.opens);
    let bears = |window: &Period| window.from <= last && first <= window.to;
    duty.windows().into_iter().filter(bears).collect()
}
