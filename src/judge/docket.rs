//! One duty on one day, for many organizations: what is the same for all is reckoned once,
//! and what differs is read from the columns of their papers.
//!
//! Of duties that fall due with the calendar (in each quarter, after each fiscal year) the
//! occasions are the same for all organizations whose fiscal year ends on one day: the
//! docket holds them as they are while nobody dropped a paper, and looks which of them an
//! organization's papers filled. Whatever is out of the ordinary (a waiver, a suspension, a
//! paper that nobody can read, a folder that cannot be trusted) is judged by
//! [`verdict`](super::verdict()), of which this is a shorter way to the same.

mod agenda;
mod lasting;
mod marks;
mod meetings;
mod yearly;

use super::exception;
use super::scope::Profile;
use super::summary::{self, Sum, leaves_look_back, look_back};
use super::view::{Duty, View};
use crate::calendar::Day;
use crate::norm::Norm;
use crate::program::Window;
use crate::timeline::Columns;
use crate::verdict::{Applies, Verdict};
use agenda::Agenda;
use std::sync::OnceLock;
use yearly::Years;

/// One duty on one day.
#[derive(Clone, Debug, Default)]
pub struct Docket {
    day: Day,
    /// The first day of the look-back.
    since: Day,
    /// For each day of the look-back the first one on which it counts no longer.
    leaves: Vec<Day>,
    /// There is a shorter way to the verdicts of this duty.
    is_short: bool,
    /// For a duty of the calendar: by the month with which fiscal years end, each made when
    /// the first organization needs it. Years that end inside a month have none.
    agendas: [OnceLock<Agenda>; 12],
    years: Years,
}

/// One organization, nothing of which is out of the ordinary.
#[derive(Clone, Copy)]
struct Ordinary<'a> {
    view: &'a View<'a>,
    profile: &'a Profile,
    columns: &'a Columns,
    /// The first day of its duties.
    start: Day,
}

impl Docket {
    /// The docket of a duty for one day; on any other day it gives the verdict the longer
    /// way.
    pub fn new(duty: &Duty<'_>, day: Day) -> Docket {
        let since = look_back(day);
        let is_short = is_plain(duty);
        if !is_short {
            return Docket { day, since, ..Docket::default() };
        }
        let leaves = (since.0..=day.0).map(|day| leaves_look_back(Day(day))).collect();
        let years = Years::new(duty, (since, day));
        Docket { day, since, leaves, is_short, years, ..Docket::default() }
    }

    /// What [`verdict`](super::verdict()) gives: the verdict of the duty that the docket is
    /// of, for one organization.
    pub fn verdict(&self, duty: &Duty<'_>, view: &View<'_>) -> Verdict {
        let short = self.ordinary(view).and_then(|one| self.shortly(duty, one));
        if let Some(short) = short {
            debug_assert_eq!(short, summary::verdict(duty, view), "{:?}", duty.norm);
            return short;
        }
        summary::verdict(duty, view)
    }

    fn ordinary<'a>(&self, view: &'a View<'a>) -> Option<Ordinary<'a>> {
        let View { profile, timeline, as_of, .. } = *view;
        let columns = timeline.columns()?;
        let ordinary = self.is_short
            && as_of.day == self.day
            && columns.since <= as_of.known.min(as_of.corrected)
            && timeline.doubts.is_empty()
            && view.waivers.is_empty()
            && profile.fiscal_years.listed.is_empty()
            && profile.working.suspensions.is_empty()
            && view.healthy_through() == Some(Day::LATEST);
        let start = view.start().filter(|_| ordinary)?;
        Some(Ordinary { view, profile, columns, start })
    }

    /// `None` where the longer way has to be gone.
    fn shortly(&self, duty: &Duty<'_>, of: Ordinary<'_>) -> Option<Verdict> {
        if agenda::is_of_the_calendar(duty) {
            let ends = agenda::ends(duty, of.profile.fiscal_years.ends)?;
            let agenda = self.agendas.get(usize::from(ends.0).checked_sub(1)?)?;
            let agenda = agenda.get_or_init(|| Agenda::new(duty, self.day, ends));
            return agenda.verdict(duty, of);
        }
        let sum = Sum::looking_back(self.since, duty, of.view);
        let leaves = |due| self.leaves(due);
        match duty.norm {
            Norm::Rolling { .. } | Norm::Standing { .. } | Norm::Size { .. } => {
                lasting::verdict(duty, of, sum, leaves)
            }
            Norm::FixedDate { .. } => self.years.verdict(duty, of, sum, leaves),
            Norm::Quorum { body, share } => {
                meetings::verdict(duty, of, (*body, *share), sum, leaves)
            }
            _ => None,
        }
    }

    /// The first day on which what was due on a day counts no longer.
    fn leaves(&self, due: Day) -> Day {
        let ready =
            self.leaves.get(self.since.days_to(due)).filter(|_| self.since <= due);
        ready.copied().unwrap_or_else(|| leaves_look_back(due))
    }
}

/// Whether nothing is said around the duty that only the longer way knows of.
fn is_plain(duty: &Duty<'_>) -> bool {
    duty.changed.is_none()
        && duty.answers.is_none()
        && duty.until.is_none()
        && duty.suspended.is_empty()
        && duty.counts_only_if.is_empty()
        && duty.opening == Window::default()
}

/// Whether the duty binds an organization on all days from one on, or on none of them;
/// `None` where they may differ, or where that is not known.
fn binds(duty: &Duty<'_>, view: &View<'_>, first: Day) -> Option<bool> {
    let everybody = duty.applies_to.is_none()
        && duty.exceptions.is_empty()
        && duty.gives_way_to.is_empty()
        && duty.jurisdictions.is_empty();
    if everybody {
        return Some(true);
    }
    let lasting = view.profile.is_unchanged_since(first)
        && duty.gives_way_to.iter().all(|other| other.in_force == Window::default())
        && duty.exceptions.iter().all(|exception| exception.then.is_none());
    if !lasting {
        return None;
    }
    let mut slot = super::collection::of_a_day(duty, first);
    exception::apply(duty, view, &mut slot);
    match slot.applies {
        Applies::Yes => Some(true),
        Applies::No => Some(false),
        Applies::Unknown | Applies::Until(_) => None,
    }
}
