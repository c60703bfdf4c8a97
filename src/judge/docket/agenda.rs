//! The occasions that the calendar makes, and which of them an organization kept.
//!
//! A verdict depends on nothing but how each occasion was kept: in time, in grace, late or
//! not. Where there are few of them, every such pattern has its verdict ready.

use super::Ordinary;
use super::bound::Whom;
use super::marks::{Done, MARKS_MAX, Marks, Papers};
use crate::calendar::{Cycle, Day, Period, Span, days_in_month};
use crate::judge::scope::Profile;
use crate::judge::slots::each_bare_slot;
use crate::judge::summary::{Seen, Sum, leaves_look_back, look_back};
use crate::judge::view::{Duty, View};
use crate::norm::{Anchor, Limit, Norm};
use crate::organization::FiscalYears;
use crate::timeline::{AsOf, Folder, Timeline};
use crate::verdict::{NextChange, Slot, State, Truth, Unknown, Verdict};

/// The occasions of a duty around one day, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    pub(super) occasions: Vec<Occasion>,
    /// The width of a mark: 1 where what is done is done in time, else 2.
    pub(super) width: u32,
    /// From the first day of the first occasion on: the place of the occasion of which a
    /// day is; one more for the days of the year after the last; [`NONE`] for the others.
    first: Day,
    places: Vec<u8>,
    /// The verdict of each pattern of marks; empty where there are too many patterns.
    verdicts: Vec<Verdict>,
    /// The verdict of an organization that the duty does not bind.
    outside: Option<Verdict>,
}

/// One occasion as it is for an organization without papers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occasion {
    /// The period or the fiscal year that it is about, and the one after.
    pub(super) period: Period,
    pub(super) after: Period,
    pub(super) silent: Seen,
    change: Option<NextChange>,
    /// The same where a paper is there that does not say that it was done.
    unclear: (Seen, Option<NextChange>),
    /// The last days on which what is done is done in time, and in grace.
    pub(super) due: Day,
    grace_end: Day,
    /// The first day on which it counts no longer.
    leaves: Day,
    pub(super) slot: Slot,
}

/// A day of no occasion.
const NONE: u8 = u8::MAX;

/// February is as long as it can be in it.
const A_LEAP_YEAR: i32 = 2000;

/// Days that have their places ready: the years around a look-back, and some more.
const DAYS_MAX: usize = 4_096;

/// Patterns that have their verdicts ready: 13 KiB of them for a duty.
const PATTERNS_MAX: u32 = 256;

/// Whether the occasions of a duty depend on nothing but the calendar.
pub(super) fn is_of_the_calendar(duty: &Duty<'_>) -> bool {
    match duty.norm {
        // With grace an event may have been used for the occasion before.
        Norm::Frequency { .. } => duty.grace == Span::Days(0),
        Norm::Deadline { anchor, within, .. } => {
            *anchor == Anchor::FiscalYearEnd && !matches!(within, Span::WorkingDays(_))
        }
        // One thing by the day before the year begins.
        Norm::Order { steps, anchor, limit, ever: false } => {
            steps.len() == 1
                && *anchor == Anchor::FiscalYearStart
                && *limit == Limit::Before(Span::Days(0))
        }
        _ => false,
    }
}

/// The month and day on which fiscal years end, as far as a norm asks; `None` where that
/// is not the end of a month.
pub(super) fn ends(
    norm: &Norm,
    fiscal_quarters: bool,
    ends: (u8, u8),
) -> Option<(u8, u8)> {
    let civil = match norm {
        Norm::Frequency { cycle, .. } => match cycle {
            Cycle::FiscalYear | Cycle::FiscalQuarter => false,
            Cycle::Quarter => !fiscal_quarters,
            Cycle::Week | Cycle::Month | Cycle::HalfYear | Cycle::Year => true,
        },
        _ => false,
    };
    let (month, day) = if civil { FiscalYears::default().ends } else { ends };
    (day == days_in_month(A_LEAP_YEAR, month)).then_some((month, day))
}

impl Agenda {
    /// What falls to an organization that was always there and never dropped a paper.
    pub(super) fn new(duty: &Duty<'_>, day: Day, ends: (u8, u8)) -> Agenda {
        let mut agenda = Agenda::of_days(duty, (look_back(day), day), ends);
        let (profile, timeline) = (always_there(ends), nothing());
        agenda.make_ready(duty, &View::new(&profile, &timeline, AsOf::new(day, 0)));
        agenda
    }

    /// The same from a day on, with no verdict ready.
    pub(super) fn of_days(
        duty: &Duty<'_>,
        (since, day): (Day, Day),
        ends: (u8, u8),
    ) -> Agenda {
        let (profile, timeline) = (always_there(ends), nothing());
        let view = View::new(&profile, &timeline, AsOf::new(day, 0));
        let mut occasions = Vec::new();
        each_bare_slot(duty, &view, since, &mut |slot| {
            let after = profile.fiscal_year(slot.to.next());
            occasions.push(Occasion::new(slot, after, day));
        });
        let width = if matches!(duty.norm, Norm::Frequency { .. }) { 1 } else { 2 };
        let mut agenda = Agenda { occasions, width, ..Agenda::default() };
        agenda.place();
        agenda
    }

    /// Finds for each day its occasion.
    fn place(&mut self) {
        let (Some(first), Some(last)) = (self.occasions.first(), self.occasions.last())
        else {
            return;
        };
        self.first = first.period.from;
        let periods = self.occasions.iter().map(|occasion| occasion.period);
        let days = self.first.days_to(last.after.to.max(last.period.to));
        self.places = vec![NONE; days.saturating_add(1).min(DAYS_MAX)];
        for (place, period) in (0..NONE).zip(periods.chain([last.after])) {
            let from = self.first.days_to(period.from);
            let to = self.first.days_to(period.to);
            let days = self.places.iter_mut().take(to.saturating_add(1)).skip(from);
            days.filter(|day| **day == NONE).for_each(|day| *day = place);
        }
    }

    /// A bit for each occasion; of more than [`MARKS_MAX`] for none.
    #[inline]
    pub(super) fn all(&self) -> u32 {
        let count = Some(self.occasions.len()).filter(|count| *count <= MARKS_MAX);
        count.map_or(0, |count| (1 << count) - 1)
    }

    /// The place of the occasion of which a day is.
    pub(super) fn place_of(&self, day: Day) -> Option<u32> {
        let at = usize::try_from(day.0.wrapping_sub(self.first.0)).ok()?;
        self.places.get(at).copied().filter(|place| *place != NONE).map(u32::from)
    }

    fn make_ready(&mut self, duty: &Duty<'_>, view: &View<'_>) {
        if self.occasions.is_empty() {
            return;
        }
        let count = u32::try_from(self.occasions.len()).unwrap_or(u32::MAX);
        let patterns = 1u32.checked_shl(count.saturating_mul(self.width)).unwrap_or(0);
        let patterns = if patterns <= PATTERNS_MAX { patterns } else { 0 };
        let told = |pattern| {
            let marks = Marks::of_pattern(pattern, count);
            self.told(duty, view, self.marked(0, marks, view.as_of.day))
        };
        self.verdicts = (0..patterns).map(told).collect();
        let outside =
            self.occasions.iter().map(|occasion| (occasion.silent.outside(), None));
        self.outside = Some(self.told(duty, view, outside));
    }

    /// The occasions from one on as marks leave them.
    fn marked(
        &self,
        first: usize,
        marks: Marks,
        today: Day,
    ) -> impl Iterator<Item = (Seen, Option<NextChange>)> {
        let each = self.occasions.iter().enumerate().zip(0..).skip(first);
        each.map(move |((place, occasion), at)| {
            match (marks.at(at), marks.ahead.of(place)) {
                (0, Some(day)) => occasion.ahead(day, today),
                (0, None) if marks.unclear >> at & 1 == 1 => occasion.unclear,
                (mark, _) => occasion.marked(mark),
            }
        })
    }

    /// The first day on which what was due on a day counts no longer.
    fn leaves(&self, due: Day) -> Day {
        let found = self.occasions.iter().find(|occasion| occasion.due == due);
        found.map_or_else(|| leaves_look_back(due), |occasion| occasion.leaves)
    }

    fn told(
        &self,
        duty: &Duty<'_>,
        view: &View<'_>,
        seen: impl Iterator<Item = (Seen, Option<NextChange>)>,
    ) -> Verdict {
        let mut sum = Sum::looking_back(look_back(view.as_of.day), duty, view);
        for (seen, change) in seen {
            sum.take(seen, change);
        }
        sum.verdict(duty, view, |due| self.leaves(due))
    }

    /// The verdict over the occasions as the organization's papers leave them.
    pub(super) fn verdict(
        &self,
        (duty, whom): (&Duty<'_>, &Whom),
        of: &Ordinary<'_>,
    ) -> Option<Verdict> {
        let first =
            self.occasions.partition_point(|occasion| occasion.period.from < of.start);
        // Of who came too late for all of them the first one lies further ahead.
        let occasions = self.occasions.get(first..).filter(|left| !left.is_empty())?;
        let from = occasions.first()?.period.from;
        if !whom.binds(duty, of, from)? {
            let outside =
                occasions.iter().map(|occasion| (occasion.silent.outside(), None));
            let ready = self.outside.filter(|_| first == 0);
            return Some(ready.unwrap_or_else(|| self.told(duty, of.view, outside)));
        }
        let today = of.view.as_of.day;
        if let Some(marks) = Marks::of(self, (duty.norm, duty), of) {
            let unsettled = marks.unclear != 0 || !marks.ahead.is_empty();
            let is_ready = first == 0 && !unsettled;
            let count = u32::try_from(self.occasions.len()).ok()?;
            let ready = usize::try_from(marks.pattern(count)).ok().filter(|_| is_ready);
            let ready = ready.and_then(|pattern| self.verdicts.get(pattern)).copied();
            let told = || self.told(duty, of.view, self.marked(first, marks, today));
            return Some(ready.unwrap_or_else(told));
        }
        let papers = Papers::of(duty, of)?;
        let seen = occasions.iter().map(|occasion| match papers.done(occasion) {
            Done::On(day) => occasion.seen(Some(day), today),
            Done::Unclear => occasion.unclear,
            Done::No => occasion.seen(None, today),
        });
        Some(self.told(duty, of.view, seen))
    }
}

/// An organization that is older than any rule.
pub(super) fn always_there(ends: (u8, u8)) -> Profile {
    let fiscal_years = FiscalYears { ends, ..FiscalYears::default() };
    Profile { start: Some(Day::EARLIEST), fiscal_years, ..Profile::default() }
}

/// What is known of an organization that never dropped a paper.
pub(super) fn nothing() -> Timeline {
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    timeline
}

impl Occasion {
    pub(super) fn new(slot: &Slot, after: Period, day: Day) -> Occasion {
        let stated = |mut slot: Slot| {
            slot.state = slot.underlying_on(day, Some(Day::LATEST));
            slot.underlying = slot.state;
            let change = slot.next_change(day, slot.state, Some(Day::LATEST));
            (Seen::from(&slot), change)
        };
        let state = slot.underlying_on(day, Some(Day::LATEST));
        let slot = Slot { underlying: state, state, ..*slot };
        Occasion {
            period: Period { from: slot.from, to: slot.to },
            after,
            silent: (&slot).into(),
            change: slot.next_change(day, state, Some(Day::LATEST)),
            unclear: stated(Slot { truth: Truth::Unknown(Unknown::NotStated), ..slot }),
            due: slot.due,
            grace_end: slot.grace_end,
            leaves: leaves_look_back(slot.due),
            slot,
        }
    }

    /// 1 in time, 2 in grace, 3 late.
    pub(super) fn mark(&self, done: Day) -> u32 {
        1 + u32::from(done > self.due) + u32::from(done > self.grace_end)
    }

    /// The last day on which what is done before a year still fills it.
    pub(super) fn lasts(&self) -> Day {
        let late = if self.slot.can_be_late { self.after.to } else { Day::EARLIEST };
        late.max(self.grace_end)
    }

    /// It with a mark, which is 0 where nothing was found. Done is done: no later day
    /// changes it.
    fn marked(&self, mark: u32) -> (Seen, Option<NextChange>) {
        match mark {
            0 => (self.silent, self.change),
            1 => (self.silent.with(State::Met), None),
            2 => (self.silent.with(State::MetInGrace), None),
            _ => (self.silent.with(State::MetLate), None),
        }
    }

    /// It as done on a day, or as nothing was found, with its next change.
    pub(super) fn seen(
        &self,
        done: Option<Day>,
        today: Day,
    ) -> (Seen, Option<NextChange>) {
        match done {
            Some(done) if done > today => self.ahead(done, today),
            Some(done) => self.marked(self.mark(done)),
            None => self.marked(0),
        }
    }

    /// It as it will be done, as something already known tells.
    fn ahead(&self, done: Day, today: Day) -> (Seen, Option<NextChange>) {
        let slot = Slot { truth: Truth::True(done), ..self.slot };
        let change = slot.next_change(today, slot.state, Some(Day::LATEST));
        ((&slot).into(), change)
    }
}
