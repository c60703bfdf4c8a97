//! What an organization's papers make of the occasions of an agenda.

use super::Ordinary;
use super::agenda::{Agenda, Occasion};
use super::meetings::{Attendance, asked_of_meetings};
use crate::calendar::Day;
use crate::judge::view::Duty;
use crate::norm::{Act, Norm, Occurrence};
use crate::timeline::{Aspect, Row, Rows, Subject};

/// How each occasion was kept: a bit for each, from the lowest on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// Of which what is asked was done.
    done: u32,
    /// Of these, where it was done after it was due.
    overdue: u32,
    /// Of these, where it was done after its grace.
    late: u32,
    /// Of the others, of which a paper is there that does not say that it was done.
    pub(super) unclear: u32,
    pub(super) ahead: Ahead,
}

/// The places of occasions that something already known fills on a day that lies ahead: two
/// at most, in half a word each. In the five uppermost bits of a half lies one more than the
/// place, 0 where there is none, and below them the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Ahead(u64);

impl Ahead {
    /// The bits of a day.
    const DAY: u32 = 27;

    /// `None` where there is no room for it. Of one occasion the first day counts.
    fn add(&mut self, place: usize, day: Day) -> Option<()> {
        if self.of(place).is_some() {
            return Some(());
        }
        let bits = day.0.cast_unsigned() & ((1 << Ahead::DAY) - 1);
        let half = u64::try_from(place + 1).ok()? << Ahead::DAY | u64::from(bits);
        let fits = place < MARKS_MAX && Ahead::day(half) == day;
        let has_room = self.0 >> 32 == 0;
        (fits && has_room).then(|| self.0 = self.0 << 32 | half)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The day that fills an occasion.
    pub(super) fn of(self, place: usize) -> Option<Day> {
        self.each().find(|(other, _)| *other == place).map(|(_, day)| day)
    }

    /// All of it in one number.
    pub(super) fn key(self) -> u64 {
        self.0
    }

    pub(super) fn each(self) -> impl Iterator<Item = (usize, Day)> {
        let halves = [self.0 >> 32, self.0 & u64::from(u32::MAX)].into_iter();
        halves.filter_map(|half| {
            let place = usize::try_from(half >> Ahead::DAY).ok()?;
            Some((place.checked_sub(1)?, Ahead::day(half)))
        })
    }

    /// The day of a half, which lies before 1970 where its uppermost bit is set.
    fn day(half: u64) -> Day {
        let above = u64::BITS - Ahead::DAY;
        let day = (half << above).cast_signed() >> above;
        Day(i32::try_from(day).unwrap_or_default())
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
    /// What was done about fiscal years, and papers that do not say that it was done.
    Years { done: Rows<'a>, held: Rows<'a> },
}

/// Occasions of which a half word can hold the marks.
pub(super) const MARKS_MAX: usize = 31;

impl<'a> Papers<'a> {
    /// Of the duty's norm; `None` where the entries have to be looked at.
    pub(super) fn of(duty: &Duty<'_>, of: &Ordinary<'a>) -> Option<Papers<'a>> {
        match duty.norm {
            Norm::Frequency { what, least, .. } => {
                let all_count = asked_of_meetings(duty, *what).is_none();
                let events = rows(of, what, what.act)?;
                all_count.then_some(Papers::Events(events, *least))
            }
            Norm::Deadline { what, .. } => {
                let done = rows(of, what, what.act)?;
                Some(Papers::Years { done, held: held(of, what)? })
            }
            _ => None,
        }
    }

    /// What the papers say of one occasion.
    pub(super) fn done(self, occasion: &Occasion) -> Done {
        let (found, unclear) = match self {
            Papers::Events(rows, least) => {
                let rows = rows.from(occasion.period.from);
                (in_period(rows, least, occasion.due), false)
            }
            Papers::Years { done, held } => {
                (about(done, occasion), about(held, occasion).is_some())
            }
        };
        match found {
            Some(day) => Done::On(day),
            None if unclear => Done::Unclear,
            None => Done::No,
        }
    }
}

/// Where something was done.
fn rows<'a>(of: &Ordinary<'a>, what: &Occurrence, act: Act) -> Option<Rows<'a>> {
    of.columns.asked(Subject::new(what.noun, Aspect::Done(act)), what)
}

/// Papers that are there and do not say that it was done.
fn held<'a>(of: &Ordinary<'a>, what: &Occurrence) -> Option<Rows<'a>> {
    match what.act {
        Act::Prepare => Some(Rows::default()),
        _ => rows(of, &Occurrence { by: None, to: None, ..*what }, Act::Prepare),
    }
}

fn of_events(agenda: &Agenda, (past, ahead): (&[Row], &[Row])) -> Option<Marks> {
    let places = past.iter().filter_map(|row| agenda.place_of(row.day()));
    let done = places.fold(0, |done, place| done | 1u32 << place) & agenda.all();
    let mut marks = Marks { done, ..Marks::default() };
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
    let (past, ahead) = rows.by(today);
    let mut done = 0;
    let mut before = None;
    for row in past {
        let Some(place) = agenda.place_of(row.day()) else { continue };
        let kept = if rows.repeats {
            same_of_a_day(&mut before, asked, *row)?
        } else {
            asked.is_enough(*row)?
        };
        done |= u32::from(kept) << place;
    }
    let mut marks = Marks { done: done & agenda.all(), ..Marks::default() };
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
    let enough = marks.map(|(count, at)| u32::from(*count >= least) << at);
    Some(Marks { done: enough.fold(0, |done, one| done | one), ..Marks::default() })
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
        let free = marks.free(place);
        if free != 0 && row.day() > today {
            marks.ahead.add(place, row.day())?;
            continue;
        }
        marks.add(free, occasion, row.day());
    }
    for row in held.rows {
        let place = place_of_year(agenda, held, row);
        let place = place.filter(|place| *place < agenda.occasions.len());
        marks.unclear |= place.map_or(0, |place| marks.free(place));
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
        let free = marks.free(place);
        if free == 0 || row.day() > occasion.lasts() {
            continue;
        }
        if row.day() > today {
            marks.ahead.add(place, row.day())?;
        } else {
            marks.add(free, occasion, row.day());
        }
    }
    for row in held.rows {
        let Some((place, occasion)) = occasion(held.about(row)?) else { continue };
        let counts = u32::from(row.day() <= occasion.slot.grace_end);
        marks.unclear |= marks.free(place) * counts;
    }
    Some(marks)
}

impl Marks {
    /// The marks that papers leave, of the duty's norm or of the one that it looks back on;
    /// `None` where they do not fit, or where the entries have to be looked at. Reads each
    /// paper once, and asks nothing of which a processor would have to guess the answer, as
    /// whether an occasion was kept.
    pub(super) fn of(
        agenda: &Agenda,
        (norm, duty): (&Norm, &Duty<'_>),
        of: &Ordinary<'_>,
    ) -> Option<Marks> {
        if agenda.occasions.len() > MARKS_MAX {
            return None;
        }
        let today = of.view.as_of.day;
        match norm {
            Norm::Frequency { what, least, .. } => {
                let rows = rows(of, what, what.act)?;
                match (asked_of_meetings(duty, *what), *least) {
                    (None, 1) => of_events(agenda, rows.by(today)),
                    (None, least) => of_counts(agenda, rows.by(today), least),
                    (Some(share), 1) => {
                        let attendance = Attendance::of(of, what.noun, share)?;
                        of_chosen(agenda, (rows, today), attendance)
                    }
                    (Some(_), _) => None,
                }
            }
            Norm::Deadline { what, .. } => {
                let both = (rows(of, what, what.act)?, held(of, what)?);
                of_years(agenda, both, today)
            }
            Norm::Order { steps, .. } => {
                let what = steps.first()?;
                let both = (rows(of, what, what.act)?, held(of, what)?);
                before_years(agenda, both, today)
            }
            _ => None,
        }
    }

    /// Those of a pattern, which of so many occasions takes a bit each, or two.
    pub(super) fn of_pattern(pattern: u32, count: u32) -> Marks {
        let overdue = pattern >> count;
        let odd = pattern & ((1 << count) - 1);
        let marks = Marks::default();
        Marks { done: odd | overdue, overdue, late: odd & overdue, ..marks }
    }

    /// The pattern of so many occasions: from the lowest bits on whether each was kept in
    /// time or late, and then whether it was kept after it was due.
    pub(super) fn pattern(self, count: u32) -> u64 {
        let odd = self.done & !(self.overdue ^ self.late);
        u64::from(odd) | u64::from(self.overdue) << count
    }

    /// What an occasion was: 0 not kept, 1 in time, 2 in grace, 3 late.
    pub(super) fn at(self, place: u32) -> u32 {
        let bit = |bits: u32| bits >> place & 1;
        bit(self.done) + bit(self.overdue) + bit(self.late)
    }

    /// Those kept in time.
    pub(super) fn in_time(self) -> u32 {
        self.done & !self.overdue
    }

    /// Those kept in grace.
    pub(super) fn in_grace(self) -> u32 {
        self.overdue & !self.late
    }

    /// Those kept too late.
    pub(super) fn too_late(self) -> u32 {
        self.late
    }

    /// An event of a day that lies ahead, where nothing filled its occasion before.
    fn add_ahead(&mut self, agenda: &Agenda, day: Day) -> Option<()> {
        let place = agenda.place_of(day).and_then(|at| usize::try_from(at).ok());
        match place {
            Some(at) if at < agenda.occasions.len() && self.free(at) != 0 => {
                self.ahead.add(at, day)
            }
            _ => Some(()),
        }
    }

    /// What was done for an occasion on a day; nothing where its bit is not `free`.
    fn add(&mut self, free: u32, occasion: &Occasion, day: Day) {
        self.done |= free;
        self.overdue |= free * u32::from(occasion.due < day);
        self.late |= free * u32::from(occasion.slot.grace_end < day);
    }

    /// The bit of an occasion that nothing was done for; else 0.
    fn free(self, place: usize) -> u32 {
        !self.done & 1 << place
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
