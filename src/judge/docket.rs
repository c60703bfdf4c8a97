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
mod bound;
mod contents;
mod deeds;
mod lasting;
mod marks;
mod meetings;
mod memo;
mod over;
mod recent;
mod several;
mod sketch;
mod uptake;
mod within;
mod yearly;

use super::exception;
use super::scope::{Profile, Tri};
use super::summary::{self, Moving, Sum, leaves_look_back, look_back};
use super::view::{Duty, View};
use crate::calendar::Day;
use crate::norm::{Act, Condition, Counting, Guard, Norm};
use crate::program::Window;
use crate::timeline::Columns;
use crate::verdict::Verdict;
use agenda::Agenda;
use bound::Whom;
use contents::Contents;
use memo::Memo;
use recent::Recent;
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
    way: Way,
    /// For a duty of the calendar: by the month with which fiscal years end, each made when
    /// the first organization needs it. Years that end inside a month have none.
    agendas: [OnceLock<Agenda>; 12],
    /// The same for a duty that looks back on those of another.
    recent: [OnceLock<Recent>; 12],
    years: Years,
    whom: Whom,
    /// For each exception that puts another duty of the same occasions in its place, the
    /// docket of that one.
    instead: Vec<Option<Box<Docket>>>,
    /// There are such exceptions.
    may_differ: bool,
    /// It is such a docket, of a duty that is asked instead of this one.
    stands_in_for: Option<Norm>,
}

/// How the verdicts of a duty are found, but for organizations of which something is out of
/// the ordinary.
#[derive(Clone, Debug, Default)]
enum Way {
    /// As [`verdict`](super::verdict()) does.
    #[default]
    Long,
    Contents(Contents),
    /// By the occasions of a calendar that are looked back on.
    Recent,
    /// By each event of the time looked back on.
    Within(Memo<Moving, 1>),
    /// By the occasions of a calendar.
    Calendar,
    /// By what is so on the day, and since when.
    Lasting(Memo),
    Yearly,
    Meetings,
}

/// One organization on one day, as its dockets find it: what all of them ask is looked at
/// once.
#[derive(Clone, Copy, Debug)]
pub struct Case<'o> {
    view: &'o View<'o>,
    ordinary: Option<Ordinary<'o>>,
}

/// One organization, nothing of which is out of the ordinary.
#[derive(Clone, Copy, Debug)]
struct Ordinary<'a> {
    view: &'a View<'a>,
    profile: &'a Profile,
    columns: &'a Columns,
    /// The first day of its duties.
    start: Day,
    /// The last day on which something was registered of it that was not before.
    changed: Day,
}

impl<'o> Case<'o> {
    /// For every rule from which the organization has the same waivers, of which there are
    /// none for nearly all.
    pub fn new(view: &'o View<'o>) -> Case<'o> {
        Case { view, ordinary: Ordinary::of(view) }
    }

    /// What it was made of.
    pub fn view(&self) -> &'o View<'o> {
        self.view
    }
}

impl<'a> Ordinary<'a> {
    fn of(view: &'a View<'a>) -> Option<Ordinary<'a>> {
        let View { profile, timeline, as_of, .. } = *view;
        let columns = timeline.columns()?;
        let ordinary = columns.since <= as_of.known.min(as_of.corrected)
            && timeline.doubts.is_empty()
            && view.waivers.is_empty()
            && profile.fiscal_years.listed.is_empty()
            && profile.working.suspensions.is_empty()
            && view.healthy_through() == Some(Day::LATEST);
        let start = view.start().filter(|_| ordinary)?;
        let changed = profile.attributes.changed();
        Some(Ordinary { view, profile, columns, start, changed })
    }

    /// Whether nothing that is known of it is of a day after this one.
    fn is_unchanged_since(&self, day: Day) -> bool {
        self.changed <= day
    }
}

impl Docket {
    /// The docket of a duty for one day; on any other day it gives the verdict the longer
    /// way.
    pub fn new(duty: &Duty<'_>, day: Day) -> Docket {
        let since = look_back(day);
        let way = Way::of(duty);
        if matches!(way, Way::Long) {
            return Docket { day, since, ..Docket::default() };
        }
        let leaves = (since.0..=day.0).map(|day| leaves_look_back(Day(day))).collect();
        let years = Years::new(duty, (since, day));
        let instead = |norm| {
            let other = Duty { norm, exceptions: &[], ..*duty };
            let stands_in_for = Some(duty.norm.clone());
            Box::new(Docket { stands_in_for, ..Docket::new(&other, day) })
        };
        let then = duty.exceptions.iter().map(|exception| exception.then.as_ref());
        let same = |norm: &&Norm| {
            recent::is_of_the_same_occasions(duty.norm, norm)
                || within::is_of_the_same_events(duty.norm, norm)
        };
        let instead = then.map(|then| then.filter(same).map(instead)).collect();
        Docket {
            day,
            since,
            leaves,
            way,
            years,
            whom: Whom::of(duty),
            may_differ: duty.exceptions.iter().any(|exception| exception.then.is_some()),
            instead,
            ..Docket::default()
        }
    }

    /// What [`verdict`](super::verdict()) gives: the verdict of the duty that the docket is
    /// of, for one organization.
    pub fn verdict(&self, duty: &Duty<'_>, view: &View<'_>) -> Verdict {
        self.verdict_in(duty, &Case::new(view))
    }

    /// The same for an organization that many duties are asked of.
    #[inline]
    pub fn verdict_in(&self, duty: &Duty<'_>, case: &Case<'_>) -> Verdict {
        let view = case.view;
        let of = case.ordinary.as_ref().filter(|_| view.as_of.day == self.day);
        if let Some(short) = of.and_then(|of| self.shortly(duty, of)) {
            debug_assert_eq!(short, summary::verdict(duty, view), "{:?}", duty.norm);
            return short;
        }
        summary::verdict(duty, view)
    }

    /// `None` where the longer way has to be gone.
    fn shortly(&self, duty: &Duty<'_>, of: &Ordinary<'_>) -> Option<Verdict> {
        if self.may_differ
            && let Asks::Instead(norm, place) = asks(duty, of)?
        {
            let docket = self.instead.get(place)?.as_ref()?;
            return docket.shortly(&Duty { norm, exceptions: &[], ..*duty }, of);
        }
        if let Way::Recent = self.way {
            return self.recently(duty, of);
        }
        if self.whom.follows_the_year {
            return None;
        }
        let asked = (duty, &self.whom);
        let sum = || Sum::looking_back(self.since, duty, of.view);
        let leaves = |due| self.leaves(due);
        match &self.way {
            Way::Long | Way::Recent => None,
            Way::Contents(contents) => {
                contents.verdict(asked, of, self.since, (sum, leaves))
            }
            Way::Within(moving) => {
                let other = self.stands_in_for.as_ref();
                let past = within::looked_back_on(duty, other)?;
                within::verdict(asked, (past, moving), of, leaves)
            }
            Way::Calendar => {
                let years = of.profile.fiscal_years.ends;
                let ends = agenda::ends(duty.norm, duty.fiscal_quarters, years)?;
                let agenda = self.agendas.get(usize::from(ends.0).checked_sub(1)?)?;
                let agenda = agenda.get_or_init(|| Agenda::new(duty, self.day, ends));
                agenda.verdict(asked, of)
            }
            Way::Lasting(memo) => lasting::verdict(asked, of, memo, sum, leaves),
            Way::Yearly => self.years.verdict(asked, of, sum(), leaves),
            Way::Meetings => match duty.norm {
                Norm::Quorum { body, share } => {
                    meetings::verdict(asked, of, (*body, *share), sum(), leaves)
                }
                _ => None,
            },
        }
    }

    /// The verdict of a duty that looks back on the last occasions of another.
    fn recently(&self, duty: &Duty<'_>, of: &Ordinary<'_>) -> Option<Verdict> {
        let (each, _) = recent::each(duty)?;
        let years = of.profile.fiscal_years.ends;
        let ends = agenda::ends(each, duty.fiscal_quarters, years)?;
        let recent = self.recent.get(usize::from(ends.0).checked_sub(1)?)?;
        let recent = recent.get_or_init(|| {
            Recent::new(duty, self.stands_in_for.as_ref(), self.day, ends)
        });
        recent.verdict(duty, (each, of), |sum| {
            sum.verdict(duty, of.view, |due| self.leaves(due))
        })
    }

    /// The first day on which what was due on a day counts no longer.
    fn leaves(&self, due: Day) -> Day {
        let ready =
            self.leaves.get(self.since.days_to(due)).filter(|_| self.since <= due);
        ready.copied().unwrap_or_else(|| leaves_look_back(due))
    }
}

impl Way {
    fn of(duty: &Duty<'_>) -> Way {
        if !is_plain(duty) {
            return Way::Long;
        }
        if let Some(contents) = Contents::of(duty.norm) {
            return Way::Contents(contents);
        }
        if let Some((norm, _)) = recent::each(duty) {
            let calendar = agenda::is_of_the_calendar(&Duty { norm, ..*duty });
            return if calendar { Way::Recent } else { Way::Long };
        }
        match duty.norm {
            _ if within::looked_back_on(duty, None).is_some() => {
                Way::Within(Memo::default())
            }
            _ if agenda::is_of_the_calendar(duty) => Way::Calendar,
            _ if !lasting::has_short_ways(duty) => Way::Long,
            Norm::Rolling { .. }
            | Norm::Standing { .. }
            | Norm::Size { .. }
            | Norm::Holds(_)
            | Norm::Uptake { .. }
            | Norm::Among { .. }
            | Norm::Guarded { guard: Guard::Enough, .. } => Way::Lasting(Memo::default()),
            Norm::FixedDate { .. } => Way::Yearly,
            Norm::Quorum { .. } => Way::Meetings,
            _ => Way::Long,
        }
    }
}

/// Whether nothing is said around the duty that only the longer way knows of.
fn is_plain(duty: &Duty<'_>) -> bool {
    duty.changed.is_none()
        && duty.answers.is_none()
        && duty.until.is_none()
        && duty.suspended.is_empty()
        && duty.counts_only_if.iter().all(|asked| is_looked_at(duty.norm, asked))
        && !duty.exceptions.iter().any(|exception| {
            let limits = exception.unless.iter().map(|(_, limit)| limit);
            limits.chain([&exception.when]).any(Condition::follows_the_year)
        })
        && duty.opening == Window::default()
}

/// Whether what is asked of events that count is read from the columns.
fn is_looked_at(norm: &Norm, asked: &Counting) -> bool {
    let meets = matches!(norm.deed(), Some(what) if what.act == Act::Meet);
    let frequency = match norm {
        Norm::Lately { norm, last: None, .. } => norm.as_ref(),
        norm => norm,
    };
    let counted = matches!(frequency, Norm::Frequency { least: 1, .. });
    meets && counted && matches!(asked, Counting::Attended { .. })
}

/// What a duty asks on all days.
enum Asks<'p> {
    Own,
    /// What the exception of this place puts in its place.
    Instead(&'p Norm, usize),
}

/// `None` where it may differ from day to day, or where it is not known.
fn asks<'p>(duty: &Duty<'p>, of: &Ordinary<'_>) -> Option<Asks<'p>> {
    if duty.exceptions.iter().all(|exception| exception.then.is_none()) {
        return Some(Asks::Own);
    }
    if !of.is_unchanged_since(of.start) {
        return None;
    }
    let mut asks = Asks::Own;
    for (place, exception) in duty.exceptions.iter().enumerate() {
        let excepted = exception::in_exception(exception, of.profile, of.start);
        match (excepted, &exception.then) {
            (Tri::False, _) => {}
            // It does not bind at all, whatever other duty there is.
            (Tri::True, None) => return Some(Asks::Own),
            (Tri::True, Some(norm)) => asks = Asks::Instead(norm, place),
            (Tri::Unknown, _) => return None,
        }
    }
    Some(asks)
}
