//! The days of a slot: what is due when, with the days on which the clock stands still.

use mithaq::calendar::{Day, Period, Span};
use mithaq::verdict::{Applies, Truth};

use super::case::Said;
use super::known::Known;
use super::slot::Slot;
use super::wall::{after, before, inside, minus, plus, working};

/// In 2189: no time of any case is longer.
const NEVER: Day = Day(80_000);

/// From when a time is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// From the day after it opens.
    After,
    /// From the day on which it opens: of a quarter, of the time after a year.
    From,
    /// From no day: of a state of things, which is over when it is over.
    Never,
}

/// The days of a slot as if the clock always ran.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) opens: Day,
    pub(super) due: Day,
}

/// One duty of a case, on what is known.
pub(super) struct Duty<'k, 'c> {
    pub(super) known: &'k Known<'c>,
    pub(super) said: &'k Said,
    /// Which version of the rule it is.
    pub(super) version: usize,
}

impl Duty<'_, '_> {
    pub(super) fn windows(&self) -> impl Iterator<Item = &Period> {
        let calendar = &self.known.case.profile.working.suspensions;
        self.said.suspended.iter().chain(calendar)
    }

    pub(super) fn stands_still(&self, day: Day) -> bool {
        self.windows().any(|window| inside(day, *window))
    }

    pub(super) fn plus(&self, day: Day, span: Span) -> Day {
        plus(day, span, self.said.months)
    }

    pub(super) fn minus(&self, day: Day, span: Span) -> Day {
        minus(day, span, self.said.months)
    }

    /// S-48: a deadline may count working days.
    pub(super) fn within(&self, trigger: Day, span: Span) -> Day {
        match span {
            Span::WorkingDays(days) => {
                working(trigger, days, &self.known.case.profile.working, 1)
            }
            span => self.plus(trigger, span),
        }
    }

    /// S-86: a time that counts the days after `from` up to `due` ends once so many days
    /// have passed on which the clock ran. One without a day that falls into a window is
    /// over with the window.
    fn ends(&self, from: Day, due: Day) -> Day {
        let mut left = due.0 - from.0;
        let mut day = from;
        if left == 0 && self.stands_still(day) {
            return self.over(day);
        }
        while left > 0 {
            day = after(day);
            if day > NEVER {
                return Day::LATEST;
            }
            left -= i32::from(!self.stands_still(day));
        }
        day
    }

    /// What would be so from the day after this one on is so from the day after a window.
    pub(super) fn over(&self, due: Day) -> Day {
        let mut day = due;
        while self.stands_still(after(day)) {
            day = after(day);
            if day > NEVER {
                return Day::LATEST;
            }
        }
        day
    }

    /// S-6.
    pub(super) fn slot(&self, days: Days, counts: Counts) -> Slot {
        let due = match counts {
            Counts::After => self.ends(days.opens.min(days.due), days.due),
            Counts::From => self.ends(before(days.opens).min(days.due), days.due),
            Counts::Never => self.over(days.due),
        };
        self.slot_due(days, due)
    }

    /// The same where it is known on which day it is due.
    pub(super) fn slot_due(&self, days: Days, due: Day) -> Slot {
        let grace_end = if self.said.grace == Span::Days(0) || due == Day::LATEST {
            due
        } else {
            self.ends(due, self.plus(due, self.said.grace))
        };
        let lag_end = if grace_end == Day::LATEST {
            grace_end
        } else {
            self.ends(grace_end, self.plus(grace_end, self.said.lag))
        };
        Slot {
            from: days.from,
            to: days.to,
            opens: days.opens,
            soon: self.minus(due, self.said.lead),
            due,
            grace_end,
            lag_end,
            truth: Truth::NoEvidence,
            can_be_late: false,
            part: None,
            applies: Applies::Yes,
            or_else: Vec::new(),
            agreed: Applies::Yes,
            waived: Vec::new(),
            heard: self.known.heard_on(lag_end),
            looks_back: None,
            gone_after: None,
        }
    }

    /// What is of one day, and due on it.
    pub(super) fn of_a_day(&self, day: Day) -> Slot {
        self.slot(Days { from: day, to: day, opens: day, due: day }, Counts::After)
    }

    /// What is wanting from a day on, which nothing is awaited for: where the clock stands
    /// still on it, from the day after.
    pub(super) fn lapsed(&self, day: Day) -> Slot {
        let due = self.over(before(day));
        let from = after(due);
        let days = Days { from, to: from, opens: from, due };
        let mut slot = self.slot(days, Counts::Never);
        slot.lag_end = slot.grace_end;
        slot
    }

    /// S-38: whether the rule is in force for what is dated so.
    pub(super) fn binds(&self, day: Day) -> bool {
        self.in_force() <= day && self.said.window.to.is_none_or(|last| day <= last)
    }

    /// The first day of the rule's force.
    pub(super) fn in_force(&self) -> Day {
        let days = [self.said.in_force, self.said.window.from];
        days.into_iter().flatten().max().unwrap_or(Day::EARLIEST)
    }
}
