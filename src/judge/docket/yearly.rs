//! Duties by a day of each year, from the columns.
//!
//! What came too late for one year is spent on it, and cannot fill the next: so the years
//! are gone through from the organization's first one on.

use super::Ordinary;
use super::agenda::{Occasion, nothing};
use super::bound::Whom;
use crate::calendar::{Day, Period};
use crate::judge::periodic::due_in;
use crate::judge::scope::Profile;
use crate::judge::slots::each_bare_slot;
use crate::judge::summary::Sum;
use crate::judge::view::{Duty, View};
use crate::norm::Norm;
use crate::timeline::{AsOf, Aspect, Subject};
use crate::verdict::Verdict;

/// The years of a duty around one day, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Years {
    years: Vec<Year>,
}

/// One year, which ends on its due day.
#[derive(Clone, Copy, Debug)]
struct Year {
    during: Period,
    /// What comes up to this day fills it late.
    until: Day,
    /// Where it may matter to a verdict.
    occasion: Option<Occasion>,
}

/// The years that are gone through: no network of today is older.
const YEARS_BACK: i32 = 60;

impl Years {
    pub(super) fn new(duty: &Duty<'_>, (since, day): (Day, Day)) -> Years {
        let Norm::FixedDate { month, day: of_month, .. } = *duty.norm else {
            return Years::default();
        };
        let first = Day::from_ymd(day.year() - YEARS_BACK, 1, 1);
        let profile = Profile { start: first, ..Profile::default() };
        let timeline = nothing();
        let view = View::new(&profile, &timeline, AsOf::new(day, 0));
        let mut years = Vec::new();
        each_bare_slot(duty, &view, Day::EARLIEST, &mut |slot| {
            let next_due = due_in(slot.due.year() + 1, (month, of_month));
            let until = next_due.max(slot.grace_end);
            let during = Period { from: slot.from, to: slot.due };
            let matters = since <= until;
            let occasion = matters.then(|| Occasion::new(slot, during, day));
            years.push(Year { during, until, occasion });
        });
        Years { years }
    }

    /// The verdict over the years; `None` where the longer way has to be gone.
    pub(super) fn verdict(
        &self,
        (duty, whom): (&Duty<'_>, &Whom),
        of: &Ordinary<'_>,
        mut sum: Sum,
        leaves: impl Fn(Day) -> Day,
    ) -> Option<Verdict> {
        let Norm::FixedDate { what, .. } = duty.norm else { return None };
        let first = self.years.partition_point(|year| year.during.from < of.start);
        let years = self.years.get(first..).unwrap_or_default();
        if first == 0 {
            return None;
        }
        // Of who came too late for all of them the first one lies further ahead.
        let from = years.first()?.during.from;
        let binds = whom.binds(duty, of, from)?;
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        let rows = of.columns.asked(subject, what)?.rows;
        // Rows of one day are papers about one event.
        let mut last = None;
        let days = rows.iter().map(|row| row.day());
        let days = days.filter(|day| last.replace(*day) != Some(*day));
        let mut days = days.peekable();
        for year in years {
            while days.next_if(|day| *day < year.during.from).is_some() {}
            let filled = days.next_if(|day| *day <= year.until);
            let Some(occasion) = &year.occasion else { continue };
            if binds {
                let (seen, change) = occasion.seen(filled, of.view.as_of.day);
                sum.take(seen, change);
            } else {
                sum.take(occasion.silent.outside(), None);
            }
        }
        Some(sum.verdict(duty, of.view, leaves))
    }
}
