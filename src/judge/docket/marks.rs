//! What an organization's papers make of the occasions of an agenda.

use super::Ordinary;
use super::agenda::{Agenda, Occasion};
use super::meetings::{Attendance, asked_of_meetings};
use crate::calendar::Day;
use crate::judge::view::Duty;
use crate::norm::{Act, Norm, Occurrence};
use crate::timeline::{Aspect, Row, Rows, Subject};

/// How each occasion was kept.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// From the lowest bits on, for each occasion: 0 not at all, 1 in time, 2 in grace,
    /// 3 late. A bit is enough for each where nothing is done but in time.
    pub(super) pattern: u64,
    /// A bit for each occasion of which a paper is there that does not say that it was kept.
    pub(super) unclear: u64,
    pub(super) ahead: Ahead,
}

/// The places of occasions that something already known fills on a day that lies ahead.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ahead {
    /// One more than each; 0 where there is none.
    places: [u8; 2],
    days: [Day; 2],
}

impl Ahead {
    /// `None` where there is no room for it. Of one occasion the first day counts.
    fn add(&mut self, place: usize, day: Day) -> Option<()> {
        if self.of(place).is_some() {
            return Some(());
        }
        let free = self.places.iter().position(|one| *one == 0)?;
        *self.places.get_mut(free)? = u8::try_from(place + 1).ok()?;
        *self.days.get_mut(free)? = day;
        Some(())
    }

    pub(super) fn is_empty(self) -> bool {
        self.places == [0, 0]
    }

    /// The day that fills an occasion.
    pub(super) fn of(self, place: usize) -> Option<Day> {
        self.each().find(|(other, _)| *other == place).map(|(_, day)| day)
    }

    /// All of it in one number: places are below 32, and days of 27 bits reach as far as
    /// any that is judged.
    pub(super) fn key(self) -> u64 {
        if self.is_empty() {
            return 0;
        }
        self.each().fold(0, |key, (place, day)| {
            let place = u64::try_from(place).unwrap_or_default() + 1;
            key << 32 | place << 27 | u64::from(day.0.unsigned_abs() & 0x7ff_ffff)
        })
    }

    pub(super) fn each(self) -> impl Iterator<Item = (usize, Day)> {
        let places =
            self.places.into_iter().map(|place| usize::from(place).checked_sub(1));
        places.zip(self.days).filter_map(|(place, day)| Some((place?, day)))
    }
}

/// What papers say of an occasion.
#[derive(Clone, Copy, Debug)]
pub(super) enum Done {
    No,
    On(Day),
    /// A paper is there that does not say so.
    Unclear,
}

/// What there is of the papers that a duty asks for.
#[derive(Clone, Copy)]
pub(super) enum Papers<'a> {
    /// Events, of which so many are asked in each period.
    Events(Rows<'a>, u16),
    /// The same where not all events count.
    Chosen(Rows<'a>, u16, Attendance<'a>),
    /// What was done about fiscal years, and papers that do not say that it was done.
    Years { done: Rows<'a>, held: Rows<'a> },
    /// The same of what was done before fiscal years began.
    Before { done: Rows<'a>, held: Rows<'a> },
}

/// Occasions of which a pattern can hold the marks.
pub(super) const MARKS_MAX: usize = 31;

impl<'a> Papers<'a> {
    /// Of the duty's norm, or of the one that it looks back on; `None` where the entries have
    /// to be looked at.
    #[inline]
    pub(super) fn of(
        norm: &Norm,
        duty: &Duty<'_>,
        of: &Ordinary<'a>,
    ) -> Option<Papers<'a>> {
        let rows = |act: Act, what: &Occurrence| {
            of.columns.asked(Subject::new(what.noun, Aspect::Done(act)), what)
        };
        let held = |what: &Occurrence| match what.act {
            Act::Prepare => Some(Rows::default()),
            _ => rows(Act::Prepare, &Occurrence { by: None, to: None, ..*what }),
        };
        match norm {
            Norm::Frequency { what, least, .. } => {
                let events = rows(what.act, what)?;
                match asked_of_meetings(duty, *what) {
                    None => Some(Papers::Events(events, *least)),
                    Some(share) => {
                        let attendance = Attendance::of(of, what.noun, share)?;
                        Some(Papers::Chosen(events, *least, attendance))
                    }
                }
            }
            Norm::Deadline { what, .. } => {
                Some(Papers::Years { done: rows(what.act, what)?, held: held(what)? })
            }
            Norm::Order { steps, .. } => {
                let what = steps.first()?;
                Some(Papers::Before { done: rows(what.act, what)?, held: held(what)? })
            }
            _ => None,
        }
    }

    /// What the papers say of one occasion; `None` where that has to be looked at.
    pub(super) fn done(self, occasion: &Occasion) -> Option<Done> {
        let (found, unclear) = match self {
            Papers::Events(rows, least) => {
                let rows = rows.from(occasion.period.from);
                (in_period(rows, least, occasion.due), false)
            }
            Papers::Years { done, held } => {
                (about(done, occasion), about(held, occasion).is_some())
            }
            Papers::Chosen(..) | Papers::Before { .. } => return None,
        };
        Some(match found {
            Some(day) => Done::On(day),
            None if unclear => Done::Unclear,
            None => Done::No,
        })
    }

    /// The marks that the papers leave; none where they do not fit. Reads each paper once,
    /// and asks nothing of which a processor would have to guess the answer, as whether an
    /// occasion was kept.
    #[inline]
    pub(super) fn marks(self, agenda: &Agenda, today: Day) -> Option<Marks> {
        if agenda.occasions.len() > MARKS_MAX {
            return None;
        }
        match self {
            Papers::Events(rows, 1) => of_events(agenda, rows.by(today)),
            Papers::Events(rows, least) => of_counts(agenda, rows.by(today), least),
            Papers::Chosen(rows, 1, asked) => of_chosen(agenda, (rows, today), asked),
            Papers::Chosen(..) => None,
            Papers::Years { done, held } => of_years(agenda, (done, held), today),
            Papers::Before { done, held } => before_years(agenda, (done, held), today),
        }
    }
}

fn of_events(agenda: &Agenda, (past, ahead): (&[Row], &[Row])) -> Option<Marks> {
    let all = (1u64 << agenda.occasions.len()) - 1;
    let places = past.iter().filter_map(|row| agenda.place_of(row.day()));
    let pattern = places.fold(0, |pattern, place| pattern | 1u64 << place) & all;
    let mut marks = Marks { pattern, ..Marks::default() };
    for row in ahead {
        marks.add_ahead(agenda, row.day())?;
    }
    Some(marks)
}

fn of_chosen(
    agenda: &Agenda,
    (rows, today): (Rows<'_>, Day),
    asked: Attendance<'_>,
) -> Option<Marks> {
    let all = (1u64 << agenda.occasions.len()) - 1;
    let (past, ahead) = rows.by(today);
    let mut pattern = 0;
    let mut before = None;
    for row in past {
        let Some(place) = agenda.place_of(row.day()) else { continue };
        let kept = if rows.repeats {
            same_of_a_day(&mut before, asked, *row)?
        } else {
            asked.is_enough(*row)?
        };
        pattern |= u64::from(kept) << place;
    }
    let mut marks = Marks { pattern: pattern & all, ..Marks::default() };
    for row in ahead {
        if agenda.place_of(row.day()).is_some()
            && same_of_a_day(&mut before, asked, *row)?
        {
            marks.add_ahead(agenda, row.day())?;
        }
    }
    Some(marks)
}

/// Whether enough came to a meeting; `None` where that is not known, or where papers about one
/// meeting, which speak for each other, say different things.
fn same_of_a_day(
    before: &mut Option<(Day, bool)>,
    asked: Attendance<'_>,
    row: Row,
) -> Option<bool> {
    let kept = asked.is_enough(row)?;
    let differs = before.is_some_and(|(day, was)| day == row.day() && was != kept);
    *before = Some((row.day(), kept));
    (!differs).then_some(kept)
}

fn of_counts(
    agenda: &Agenda,
    (past, ahead): (&[Row], &[Row]),
    least: u16,
) -> Option<Marks> {
    if ahead.iter().any(|row| agenda.place_of(row.day()).is_some()) {
        return None;
    }
    let mut counts = [0u16; MARKS_MAX + 1];
    let mut before = Day::EARLIEST;
    for row in past {
        let new = u16::from(row.day() != before);
        before = row.day();
        let place = agenda.place_of(row.day()).and_then(|at| usize::try_from(at).ok());
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count = count.saturating_add(new);
        }
    }
    let marks = counts.iter().take(agenda.occasions.len()).zip(0..);
    let marks = marks.map(|(count, at)| u64::from(*count >= least) << at);
    let pattern = marks.fold(0, |pattern, mark| pattern | mark);
    Some(Marks { pattern, ..Marks::default() })
}

fn of_years(
    agenda: &Agenda,
    (done, held): (Rows<'_>, Rows<'_>),
    today: Day,
) -> Option<Marks> {
    let mut marks = Marks::default();
    for row in done.rows {
        let place = place_of_year(agenda, done, row);
        let occasion = place.and_then(|place| agenda.occasions.get(place));
        let Some((place, occasion)) = place.zip(occasion) else { continue };
        let free = marks.is_free(place);
        if free == 1 && row.day() > today {
            marks.ahead.add(place, row.day())?;
            continue;
        }
        marks.pattern |= (free * occasion.mark(row.day())) << (2 * place);
    }
    for row in held.rows {
        let place = place_of_year(agenda, held, row);
        let place = place.filter(|place| *place < agenda.occasions.len());
        marks.unclear |= place.map_or(0, |place| marks.is_free(place) << place);
    }
    Some(marks)
}

/// An occasion lasts to the day before a fiscal year begins, and what is done for it names
/// the year that it comes before.
fn before_years(
    agenda: &Agenda,
    (done, held): (Rows<'_>, Rows<'_>),
    today: Day,
) -> Option<Marks> {
    let mut marks = Marks::default();
    let occasion = |named: Day| {
        let place = agenda.place_of(named).and_then(|at| at.checked_sub(1));
        let place = usize::try_from(place?).ok()?;
        Some((place, agenda.occasions.get(place)?))
    };
    for row in done.rows {
        // What names no year may have been done for either of two.
        let Some((place, occasion)) = occasion(done.about(row)?) else { continue };
        if row.day() < occasion.period.from || today < occasion.slot.opens {
            return None;
        }
        let free = marks.is_free(place);
        if free == 0 || row.day() > occasion.lasts() {
            continue;
        }
        if row.day() > today {
            marks.ahead.add(place, row.day())?;
        } else {
            marks.pattern |= occasion.mark(row.day()) << (2 * place);
        }
    }
    for row in held.rows {
        let Some((place, occasion)) = occasion(held.about(row)?) else { continue };
        let counts = u64::from(row.day() <= occasion.slot.grace_end);
        marks.unclear |= (marks.is_free(place) & counts) << place;
    }
    Some(marks)
}

impl Marks {
    /// An event of a day that lies ahead, where nothing filled its occasion before.
    fn add_ahead(&mut self, agenda: &Agenda, day: Day) -> Option<()> {
        let place = agenda.place_of(day).and_then(|at| usize::try_from(at).ok());
        match place {
            Some(at) if at < agenda.occasions.len() && self.pattern >> at & 1 == 0 => {
                self.ahead.add(at, day)
            }
            _ => Some(()),
        }
    }

    /// 1 where a fiscal year has no mark, else 0.
    fn is_free(self, place: usize) -> u64 {
        let mark = self.pattern >> (2 * place) & 3;
        u64::from(mark == 0)
    }
}

/// The place of the fiscal year that a row is about; what names none is about the one that
/// had just ended.
fn place_of_year(agenda: &Agenda, rows: Rows<'_>, row: &Row) -> Option<usize> {
    let place = match rows.about(row) {
        Some(end) => agenda.place_of(end),
        None => agenda.place_of(row.day())?.checked_sub(1),
    };
    usize::try_from(place?).ok()
}

/// The day on which there had been enough, of rows that begin with the period.
fn in_period(rows: Rows<'_>, least: u16, due: Day) -> Option<Day> {
    let mut inside = rows.rows.iter().map(|row| row.day()).take_while(|day| *day <= due);
    let nth = usize::from(least).saturating_sub(1);
    if !rows.repeats {
        return inside.nth(nth);
    }
    let mut last = None;
    let mut distinct = inside.filter(|day| last.replace(*day) != Some(*day));
    distinct.nth(nth)
}

/// The first day of what is about a fiscal year; what names none counts for the one that
/// had just ended.
fn about(rows: Rows<'_>, occasion: &Occasion) -> Option<Day> {
    let mut about = rows.rows.iter().filter(|row| match rows.about(row) {
        Some(end) => occasion.period.contains(end),
        None => occasion.after.contains(row.day()),
    });
    about.next().map(|row| row.day())
}
