//! How a duty at all times stands from day to day, told from the columns without judging
//! each day: the shorter way to [`history`](super::among::history).

use super::among::{History, Stand};
use super::scope::{Profile, Tri, holds};
use super::summary::earlier;
use super::view::{Duty, View};
use crate::calendar::{Day, MonthCounting, Span};
use crate::limits::HISTORY_STEPS_MAX;
use crate::norm::{Act, Guard, Norm, Occurrence, TermId};
use crate::program::Window;
use crate::timeline::{Aspect, Columns, Rows, Subject};
use crate::verdict::State;
use smallvec::smallvec;

/// The course of a duty up to a day; `None` where each day has to be judged.
pub(super) fn course(duty: &Duty<'_>, view: &View<'_>, last: Day) -> Option<History> {
    let exempt = duty.exceptions.is_empty();
    plain(duty, view).filter(|_| exempt)?.course(duty.norm, last)
}

/// What the courses of several duties are read from that have the same said around them.
#[derive(Clone, Copy)]
pub(super) struct Courses<'a> {
    columns: &'a Columns,
    profile: &'a Profile,
    start: Day,
    lag: Span,
    months: MonthCounting,
}

/// How one of several duties stands on a day.
#[derive(Clone, Copy, Default)]
pub(super) struct OnADay {
    /// The first day on which it was kept or broken, or should have been known to be;
    /// `None` where it does not apply.
    pub(super) decided: Option<Day>,
    /// Since when nothing says how it stands.
    pub(super) unknown: Option<Day>,
    /// Since when it is broken.
    pub(super) broken: Option<Day>,
    /// The first day on which nothing will say it, where nothing is done for it.
    pub(super) lapses: Option<Day>,
    /// The first day on which it will be broken then.
    pub(super) breaks: Option<Day>,
}

impl OnADay {
    /// How two stand together, both of which are asked: by the first day of each kind.
    pub(super) fn and(self, other: OnADay) -> OnADay {
        OnADay {
            decided: earlier(self.decided, other.decided),
            unknown: earlier(self.unknown, other.unknown),
            broken: earlier(self.broken, other.broken),
            lapses: earlier(self.lapses, other.lapses),
            breaks: earlier(self.breaks, other.breaks),
        }
    }
}

/// Whether nothing but exceptions is said around a duty, and nothing inside it goes by the
/// fiscal year.
pub(super) fn has_courses(duty: &Duty<'_>) -> bool {
    duty.grace == Span::Days(0)
        && duty.until.is_none()
        && duty.suspended.is_empty()
        && duty.calendar.is_empty()
        && duty.counts_only_if.is_empty()
        && duty.jurisdictions.is_empty()
        && duty.changed.is_none()
        && duty.opening == Window::default()
        && is_steady(duty.norm)
}

fn is_steady(norm: &Norm) -> bool {
    match norm {
        Norm::Guarded { norm, when, .. } => !when.follows_the_year() && is_steady(norm),
        Norm::Among { norms, .. } => norms.iter().all(is_steady),
        _ => true,
    }
}

impl<'a> Courses<'a> {
    /// Of an organization of which nothing is out of the ordinary, for a duty that
    /// [has courses](has_courses); `None` where a register lists the people of bodies.
    pub(super) fn of(
        duty: &Duty<'_>,
        (profile, columns): (&'a Profile, &'a Columns),
        start: Day,
    ) -> Option<Courses<'a>> {
        let listed =
            !profile.register.seats.is_empty() || !profile.register.whole.is_empty();
        let begun = duty.in_force.is_none_or(|day| day <= start);
        let Duty { lag, months, .. } = *duty;
        let is_plain = !listed && begun && start > Day::EARLIEST;
        is_plain.then_some(Courses { columns, profile, start, lag, months })
    }

    /// The course of a norm up to a day; `None` where each day has to be judged.
    pub(super) fn course(&self, norm: &Norm, last: Day) -> Option<History> {
        let start = self.start;
        let mut course = match norm {
            Norm::Size { body, least, most } => {
                size(self.columns, *body, (*least, *most), start)?
            }
            Norm::Rolling { what, gap } => self.rolling(what, *gap)?,
            Norm::Guarded { norm, guard: Guard::Unless, when } => {
                match holds(when, self.profile, start) {
                    _ if !self.lasts() => return None,
                    Tri::True => smallvec![(start, Stand::Absent)],
                    Tri::False => self.course(norm, last)?,
                    Tri::Unknown => return None,
                }
            }
            _ => return None,
        };
        // The first day stands even where the duties begin after all that is looked ahead to.
        course.retain(|(day, _)| *day <= last.max(start));
        (course.len() < HISTORY_STEPS_MAX).then_some(course)
    }

    /// How a norm stands on a day up to the one judged, without its course; `None` where it
    /// takes that, or where each day has to be judged.
    pub(super) fn on(&self, norm: &Norm, (day, today): (Day, Day)) -> Option<OnADay> {
        match norm {
            Norm::Size { body, least, most } => {
                self.size_on(*body, (*least, *most), (day, today))
            }
            Norm::Rolling { what, gap } => self.link_on(what, *gap, (day, today)),
            Norm::Guarded { norm, guard: Guard::Unless, when } => {
                if !self.lasts() {
                    return None;
                }
                match holds(when, self.profile, self.start) {
                    Tri::True => Some(OnADay::default()),
                    Tri::False => self.on(norm, (day, today)),
                    Tri::Unknown => None,
                }
            }
            _ => None,
        }
    }

    /// Whether what is known of it from the start on is not known otherwise later.
    fn lasts(&self) -> bool {
        self.profile.is_unchanged_since(self.start)
    }

    fn size_on(
        &self,
        body: TermId,
        bounds: (Option<u16>, Option<u16>),
        (day, today): (Day, Day),
    ) -> Option<OnADay> {
        let rows = sizes(self.columns, body)?.rows;
        let stated = rows.iter().filter(|row| row.count().is_some());
        let known = stated.clone().next()?.day();
        if rows.last()?.day() > today {
            return None;
        }
        // On the first day it is not asked yet what nobody has said.
        let first = if known <= self.start { self.start } else { self.start.next() };
        let decided = OnADay { decided: Some(first), ..OnADay::default() };
        if day < known {
            let unknown = Some(first).filter(|first| *first <= day);
            return Some(OnADay { unknown, ..decided });
        }
        // Of what was stated before the first day the last holds on it, and nothing came after.
        if let Some(latest) = rows.last().filter(|row| row.day() <= self.start.min(day))
            && let Some(count) = latest.count()
        {
            let broken = (!is_between(bounds, count)).then_some(self.start);
            return Some(OnADay { broken, ..decided });
        }
        // Of several counts of one day the last one holds.
        let (mut last, mut before, mut broken) = (Day::EARLIEST, None, None);
        for row in stated.take_while(|row| row.day() <= day) {
            if last < row.day() {
                (last, before) = (row.day(), broken);
            }
            let kept = is_between(bounds, row.count()?);
            let since = || before.or(Some(row.day().max(self.start)));
            broken = if kept { None } else { since() };
        }
        Some(OnADay { broken, ..decided })
    }

    fn link_on(
        &self,
        what: &Occurrence,
        gap: Span,
        (day, today): (Day, Day),
    ) -> Option<OnADay> {
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        let (past, ahead) = self.columns.asked(subject, what)?.by(today);
        if !ahead.is_empty() {
            return None;
        }
        let lapse = |from: Day| from.plus(gap, self.months).next();
        let first = past.iter().map(|row| row.day()).find(|day| *day > self.start);
        let first = first.unwrap_or(Day::LATEST).min(lapse(self.start));
        let last = past.iter().rev().map(|row| row.day()).find(|from| *from <= day);
        let lapses = lapse(last.unwrap_or(self.start).max(self.start));
        // What is awaited so long is not known.
        let breaks = self.gives_up(lapses.previous());
        let decided = OnADay { decided: Some(first), ..OnADay::default() };
        Some(match (breaks <= day, lapses <= day) {
            (true, _) => OnADay { broken: Some(breaks), ..decided },
            (_, true) => {
                OnADay { unknown: Some(lapses), breaks: Some(breaks), ..decided }
            }
            _ => OnADay { lapses: Some(lapses), breaks: Some(breaks), ..decided },
        })
    }

    /// The first day on which nothing that was due on a day is awaited any more.
    fn gives_up(&self, due: Day) -> Day {
        due.plus(self.lag, self.months).max(due.next())
    }

    /// From one event to the day by which the next one is needed.
    fn rolling(&self, what: &Occurrence, gap: Span) -> Option<History> {
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        let rows: Rows<'_> = self.columns.asked(subject, what)?;
        let mut course: History = smallvec![(self.start, Stand::Ahead)];
        let mut from = self.start;
        for day in rows.rows.iter().map(|row| row.day()).filter(|day| *day > self.start) {
            self.lapse(&mut course, from.plus(gap, self.months), day);
            push(&mut course, day, Stand::Kept);
            from = day;
        }
        self.lapse(&mut course, from.plus(gap, self.months), Day::LATEST);
        Some(course)
    }

    /// What comes after the day by which something was due and before the day it was done.
    fn lapse(&self, course: &mut History, due: Day, done: Day) {
        if done <= due {
            return;
        }
        let awaited = self.gives_up(due);
        if due.next() < done && due.next() < awaited {
            push(course, due.next(), Stand::of(State::AwaitingEvidence));
        }
        if awaited < done {
            push(course, awaited, Stand::Broken);
        }
    }
}

/// Where nothing is said around a duty but exceptions, and nothing of the organization is out
/// of the ordinary.
fn plain<'o>(duty: &Duty<'_>, view: &View<'o>) -> Option<Courses<'o>> {
    let ordinary = view.waivers.is_empty()
        && view.timeline.doubts.is_empty()
        && view.profile.working.suspensions.is_empty()
        && view.healthy_through() == Some(Day::LATEST);
    let known = view.as_of.known.min(view.as_of.corrected);
    let columns = view.timeline.columns().filter(|columns| columns.since <= known)?;
    let start = view.start().filter(|_| ordinary && has_courses(duty))?;
    Courses::of(duty, (view.profile, columns), start)
}

/// What is stated of the size of a body; `None` where a paper lists who is in it.
fn sizes(columns: &Columns, body: TermId) -> Option<Rows<'_>> {
    let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let rows = |aspect| columns.asked(Subject::new(body, aspect), &meets);
    let listed = !rows(Aspect::Seat)?.rows.is_empty();
    rows(Aspect::Size).filter(|_| !listed)
}

/// Whether so many are enough, and not too many.
pub(super) fn is_between((least, most): (Option<u16>, Option<u16>), count: u16) -> bool {
    least.is_none_or(|least| least <= count) && most.is_none_or(|most| count <= most)
}

/// From one stated size to the next.
fn size(
    columns: &Columns,
    body: TermId,
    bounds: (Option<u16>, Option<u16>),
    start: Day,
) -> Option<History> {
    let mut course = History::new();
    for (day, count) in sizes(columns, body)?.last_counts() {
        let kept = is_between(bounds, count);
        let stand = if kept { Stand::Kept } else { Stand::Broken };
        if day <= start {
            course = smallvec![(start, stand)];
            continue;
        }
        if course.is_empty() {
            unstated(&mut course, start, day);
        }
        push(&mut course, day, stand);
    }
    if course.is_empty() {
        unstated(&mut course, start, Day::LATEST);
    }
    Some(course)
}

/// Nobody has said how many there are: on the first day that is not asked yet.
fn unstated(course: &mut History, start: Day, until: Day) {
    course.push((start, Stand::Ahead));
    if start.next() < until {
        course.push((start.next(), Stand::Unknown));
    }
}

fn push(course: &mut History, day: Day, stand: Stand) {
    if course.last().is_none_or(|(_, before)| *before != stand) {
        course.push((day, stand));
    }
}
