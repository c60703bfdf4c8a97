//! The calendar once more, written down day by day as on a wall: nothing here is computed
//! that can be walked or looked up.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use mithaq::calendar::{Cycle, Day, MonthCounting, Period, Span, WorkingWeek};
use mithaq::organization::FiscalYears;

/// One square of the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Date {
    pub(super) year: i32,
    pub(super) month: u8,
    pub(super) day: u8,
    /// 0 = Sunday.
    pub(super) weekday: u8,
}

struct Wall {
    /// The number of 1 January 1900.
    first: i32,
    dates: Vec<Date>,
    /// The first day of each month.
    months: BTreeMap<(i32, u8), i32>,
}

fn leap(year: i32) -> bool {
    year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
}

pub(super) fn length(year: i32, month: u8) -> u8 {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    lengths[usize::from(month) - 1] + u8::from(month == 2 && leap(year))
}

fn wall() -> &'static Wall {
    static WALL: OnceLock<Wall> = OnceLock::new();
    WALL.get_or_init(|| {
        let before: i32 =
            (1900..1970).map(|year| if leap(year) { 366 } else { 365 }).sum();
        // 1 January 1970 was a Thursday.
        let mut weekday = u8::try_from((4 - before).rem_euclid(7)).unwrap();
        let (mut dates, mut months, mut number) = (Vec::new(), BTreeMap::new(), -before);
        for year in 1900..=2200 {
            for month in 1..=12 {
                months.insert((year, month), number);
                for day in 1..=length(year, month) {
                    dates.push(Date { year, month, day, weekday });
                    weekday = if weekday == 6 { 0 } else { weekday + 1 };
                    number += 1;
                }
            }
        }
        Wall { first: -before, dates, months }
    })
}

pub(super) fn date(day: Day) -> Date {
    let wall = wall();
    wall.dates[usize::try_from(day.0 - wall.first).unwrap()]
}

/// The day of a month; of a day that the month lacks, its last one.
pub(super) fn day_of(year: i32, month: u8, day: u8) -> Day {
    Day(wall().months[&(year, month)] + i32::from(day.min(length(year, month))) - 1)
}

pub(super) fn after(day: Day) -> Day {
    Day(day.0 + 1)
}

pub(super) fn before(day: Day) -> Day {
    Day(day.0 - 1)
}

/// So many days, weeks, months or years on (`step` 1) or back (−1), one at a time.
fn walked(from: Day, span: Span, counting: MonthCounting, step: i32) -> Day {
    if from == Day::EARLIEST || from == Day::LATEST {
        return from;
    }
    let (days, months) = match span {
        Span::Days(days) | Span::WorkingDays(days) => (days, 0),
        Span::Weeks(weeks) => (weeks * 7, 0),
        Span::Months(months) => (0, months),
        Span::Years(years) => (0, years * 12),
    };
    if months == 0 {
        return (0..days).fold(from, |day, _| Day(day.0 + step));
    }
    let Date { mut year, mut month, day, .. } = date(from);
    let at_end = day == length(year, month);
    for _ in 0..months {
        (year, month) = match (month, step) {
            (12, 1) => (year + 1, 1),
            (1, -1) => (year - 1, 12),
            (_, 1) => (year, month + 1),
            _ => (year, month - 1),
        };
    }
    let to_end = at_end && counting == MonthCounting::ToMonthEnd;
    day_of(year, month, if to_end { 31 } else { day })
}

pub(super) fn plus(day: Day, span: Span, counting: MonthCounting) -> Day {
    walked(day, span, counting, 1)
}

pub(super) fn minus(day: Day, span: Span, counting: MonthCounting) -> Day {
    walked(day, span, counting, -1)
}

/// Working days on (`step` 1) or back (−1); the first day is out.
pub(super) fn working(from: Day, days: u16, week: &WorkingWeek, step: i32) -> Day {
    let (mut day, mut left) = (from, days);
    while left > 0 {
        day = Day(day.0 + step);
        let free = week.weekend.contains(&date(day).weekday)
            || week.holidays.iter().any(|holiday| inside(day, *holiday));
        if !free {
            left -= 1;
        }
    }
    day
}

pub(super) fn inside(day: Day, period: Period) -> bool {
    period.from <= day && day <= period.to
}

/// What tells one period from the next: days of one period have one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    /// The Sunday that it began on.
    Week(i32),
    /// Year and part of the year.
    Part(i32, u8),
    Listed(Day),
    /// The usual last day of the fiscal year.
    Fiscal(Day),
    /// The fiscal year, by its first day, and which of its quarters.
    Quarter(Day, u8),
}

fn fiscal_name(years: &FiscalYears, day: Day) -> Name {
    if let Some(listed) = years.listed.iter().find(|year| inside(day, **year)) {
        return Name::Listed(listed.from);
    }
    let (month, last) = years.ends;
    let this = day_of(date(day).year, month, last);
    let end = if day <= this { this } else { day_of(date(day).year + 1, month, last) };
    Name::Fiscal(end)
}

/// `year_from` is the first day of the fiscal year that holds the day.
fn name(years: &FiscalYears, cycle: Cycle, (day, year_from): (Day, Day)) -> Name {
    let Date { year, month, weekday, .. } = date(day);
    match cycle {
        Cycle::Week => Name::Week(day.0 - i32::from(weekday)),
        Cycle::Month => Name::Part(year, month),
        Cycle::Quarter => Name::Part(year, (month - 1) / 3),
        Cycle::HalfYear => Name::Part(year, (month - 1) / 6),
        Cycle::Year => Name::Part(year, 0),
        Cycle::FiscalYear => fiscal_name(years, day),
        Cycle::FiscalQuarter => {
            let begun = |quarters: &u8| {
                let months = Span::Months(3 * u16::from(*quarters));
                plus(year_from, months, MonthCounting::ByDate) <= day
            };
            Name::Quarter(year_from, (1..4).filter(begun).max().unwrap_or(0))
        }
    }
}

/// The period that holds a day: as far as the days before and after have its name.
pub(super) fn holding(years: &FiscalYears, cycle: Cycle, day: Day) -> Period {
    if cycle == Cycle::FiscalQuarter {
        let year = stretch(day, |day| name(years, Cycle::FiscalYear, (day, day)));
        let quarter = |day| {
            if inside(day, year) {
                Some(name(years, cycle, (day, year.from)))
            } else {
                None
            }
        };
        return stretch(day, quarter);
    }
    stretch(day, |day| name(years, cycle, (day, day)))
}

fn stretch<N: PartialEq>(day: Day, name: impl Fn(Day) -> N) -> Period {
    let mine = name(day);
    let mut period = Period { from: day, to: day };
    while name(before(period.from)) == mine {
        period.from = before(period.from);
    }
    while name(after(period.to)) == mine {
        period.to = after(period.to);
    }
    period
}

/// The periods that lie wholly on or after `start`, up to the first that begins after
/// `last`.
pub(super) fn periods(
    years: &FiscalYears,
    cycle: Cycle,
    (start, last): (Day, Day),
) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut period = holding(years, cycle, start);
    loop {
        if period.from >= start {
            periods.push(period);
            if period.from > last {
                return periods;
            }
        }
        period = holding(years, cycle, after(period.to));
    }
}
