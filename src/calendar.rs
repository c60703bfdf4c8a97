//! Civil dates and the arithmetic of duties: months, quarters, fiscal years.
//!
//! Owns what a day, a span and a period are. Knows no clock and no time zone: a day is a
//! square on a wall calendar, and whoever calls says which day it is.

mod short;

pub use short::ShortDay;

use std::fmt;

/// A civil day, counted from 1 January 1970. Any `i32` is a day; [`Day::parse`] and
/// [`Day::from_ymd`] admit only the years that papers and rules can mean.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Day(pub i32);

/// The first and last year that a paper or a rule may name. Outside them a number is a
/// misreading (the corpora hold the years 1015 and 3012, both slips of a key).
pub const YEAR_FIRST: i32 = 1900;
/// See [`YEAR_FIRST`].
pub const YEAR_LAST: i32 = 2200;

/// A length of civil time. Months and years keep the day of the month where they can.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Span {
    Days(u16),
    Weeks(u16),
    Months(u16),
    Years(u16),
    /// Days that are neither of the weekend nor holidays where the organization is; see
    /// [`WorkingWeek`], which alone can count them.
    WorkingDays(u16),
}

/// On which days people work, by the calendar of a jurisdiction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WorkingWeek {
    /// 0 = Sunday … 6 = Saturday.
    pub weekend: Vec<u8>,
    pub holidays: Vec<Period>,
    /// When the clock of every duty stands still: a war, a closure.
    pub suspensions: Vec<Period>,
}

impl WorkingWeek {
    /// The week of a country without a calendar: Friday and Saturday are free in Palestine
    /// (`PS`), Saturday and Sunday elsewhere.
    pub fn usual(country: &str) -> WorkingWeek {
        let weekend = if country == "PS" { vec![5, 6] } else { vec![6, 0] };
        WorkingWeek { weekend, ..WorkingWeek::default() }
    }

    pub fn is_working(&self, day: Day) -> bool {
        !self.weekend.contains(&day.weekday())
            && !self.holidays.iter().any(|holiday| holiday.contains(day))
    }

    /// The last day of `days` working days after `trigger`, which itself does not count.
    /// A calendar without working days is given up after
    /// [`crate::limits::WORKING_DAYS_SEARCHED_MAX`] days.
    pub fn after(&self, trigger: Day, days: u16) -> Day {
        self.counted(trigger, days, Day::next)
    }

    /// The day that many working days before `trigger`.
    pub fn before(&self, trigger: Day, days: u16) -> Day {
        self.counted(trigger, days, Day::previous)
    }

    fn counted(&self, trigger: Day, days: u16, step: impl Fn(Day) -> Day) -> Day {
        let mut day = trigger;
        let mut left = days;
        for _ in 0..crate::limits::WORKING_DAYS_SEARCHED_MAX {
            if left == 0 {
                break;
            }
            day = step(day);
            left -= u16::from(self.is_working(day));
        }
        day
    }
}

/// How months are counted from the last day of a month.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum MonthCounting {
    /// 30 June + 4 months = 31 October.
    #[default]
    ToMonthEnd,
    /// 30 June + 4 months = 30 October.
    ByDate,
}

/// Days from `from` to `to`, both included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Period {
    pub from: Day,
    pub to: Day,
}

/// The recurring unit of a frequency: one slot each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Cycle {
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
    FiscalYear,
    FiscalQuarter,
}

impl Day {
    /// Before every day a paper can state.
    pub const EARLIEST: Day = Day(i32::MIN / 2);
    /// After every day a paper can state: "for ever".
    pub const LATEST: Day = Day(i32::MAX / 2);

    /// The day `day`.`month`.`year`, or `None` when there is no such day or the year lies
    /// outside [`YEAR_FIRST`]..=[`YEAR_LAST`].
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        let possible = (YEAR_FIRST..=YEAR_LAST).contains(&year);
        Day::of_any_year(year, month, day).filter(|_| possible)
    }

    /// The same of any year, of papers or not: what never comes lies in a year too.
    pub(crate) fn of_any_year(year: i32, month: u8, day: u8) -> Option<Day> {
        let possible =
            (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        possible.then(|| civil(year, month, day))
    }

    /// Year, month 1–12, day 1–31. Proleptic Gregorian, by the arithmetic of Neri and
    /// Schneider, "Euclidean affine functions and their application to calendar
    /// algorithms" (2023): a duty's slots turn many days into dates.
    pub fn ymd(self) -> (i32, u8, u8) {
        let quarters = 4 * (i64::from(self.0) + CIVIL_ZERO).unsigned_abs() + 3;
        let (century, of_century) = (quarters / 146_097, quarters % 146_097 / 4);
        let scaled = 2_939_745 * (4 * of_century + 3);
        let year = 100 * century + (scaled >> 32);
        let of_year = (scaled & 0xffff_ffff) / 2_939_745 / 4;
        let months = 2141 * of_year + 197_913;
        let (month, day) = (months >> 16, (months & 0xffff) / 2141 + 1);
        // Its years begin in March.
        let late = of_year >= 306;
        let year = year.cast_signed() - CIVIL_YEARS + i64::from(late);
        let month = if late { month - 12 } else { month };
        (i32::try_from(year).unwrap_or(i32::MAX), small(month), small(day))
    }

    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// An ISO date, `2026-11-21`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let shaped = year.len() == 4 && month.len() == 2 && day.len() == 2;
        if !shaped || parts.next().is_some() {
            return None;
        }
        Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// 0 = Sunday … 6 = Saturday.
    pub fn weekday(self) -> u8 {
        small((i64::from(self.0) + 4).rem_euclid(7).unsigned_abs())
    }

    pub fn plus_days(self, days: i32) -> Day {
        Day(self.0.saturating_add(days).clamp(Day::EARLIEST.0, Day::LATEST.0))
    }

    /// How many days later another day is; none where it is earlier.
    pub fn days_to(self, later: Day) -> usize {
        usize::try_from(i64::from(later.0) - i64::from(self.0)).unwrap_or_default()
    }

    pub fn next(self) -> Day {
        self.plus_days(1)
    }

    pub fn previous(self) -> Day {
        self.plus_days(-1)
    }

    /// The day `span` later. The trigger day is out and the day given is in, so a duty due
    /// "within 30 days" is kept on it.
    pub fn plus(self, span: Span, counting: MonthCounting) -> Day {
        match span {
            // Where no calendar is known every day is a working day.
            Span::Days(days) | Span::WorkingDays(days) => self.plus_days(i32::from(days)),
            Span::Weeks(weeks) => self.plus_days(7 * i32::from(weeks)),
            Span::Months(months) => self.plus_months(i32::from(months), counting),
            Span::Years(years) => self.plus_months(12 * i32::from(years), counting),
        }
    }

    /// The day `span` earlier, by the same counting as [`Day::plus`].
    pub fn minus(self, span: Span, counting: MonthCounting) -> Day {
        match span {
            Span::Days(days) | Span::WorkingDays(days) => {
                self.plus_days(-i32::from(days))
            }
            Span::Weeks(weeks) => self.plus_days(-7 * i32::from(weeks)),
            Span::Months(months) => self.plus_months(-i32::from(months), counting),
            Span::Years(years) => self.plus_months(-12 * i32::from(years), counting),
        }
    }

    fn plus_months(self, months: i32, counting: MonthCounting) -> Day {
        if self <= Day::EARLIEST || self >= Day::LATEST {
            return self;
        }
        let (year, month, day) = self.ymd();
        let index = year.saturating_mul(12).saturating_add(i32::from(month) - 1);
        let target = index.saturating_add(months);
        let (to_year, to_month) = (
            target.div_euclid(12),
            small(target.rem_euclid(12).unsigned_abs().into()) + 1,
        );
        let last = days_in_month(to_year, to_month);
        let at_end =
            counting == MonthCounting::ToMonthEnd && day == days_in_month(year, month);
        civil(to_year, to_month, if at_end { last } else { day.min(last) })
    }
}

impl Period {
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The calendar period after this one, which is of `cycle` itself.
    pub fn following(self, cycle: Cycle) -> Period {
        let from = self.to.next();
        let count = match cycle {
            Cycle::Week => return Period { from, to: from.plus_days(6) },
            Cycle::Month => 1,
            Cycle::Quarter | Cycle::FiscalQuarter => 3,
            Cycle::HalfYear => 6,
            Cycle::Year | Cycle::FiscalYear => 12,
        };
        Period { from, to: from.plus_months(count, MonthCounting::ByDate).previous() }
    }

    /// The calendar period of `cycle` that holds `day`. Fiscal cycles depend on the
    /// organization's list of fiscal years and are not calendar periods: they give the
    /// calendar year and quarter.
    pub fn holding(day: Day, cycle: Cycle) -> Period {
        let (year, month, _) = day.ymd();
        match cycle {
            Cycle::Week => {
                let from = day.plus_days(-i32::from(day.weekday()));
                Period { from, to: from.plus_days(6) }
            }
            Cycle::Month => months(year, month, 1),
            Cycle::Quarter | Cycle::FiscalQuarter => {
                months(year, (month - 1) / 3 * 3 + 1, 3)
            }
            Cycle::HalfYear => months(year, if month <= 6 { 1 } else { 7 }, 6),
            Cycle::Year | Cycle::FiscalYear => months(year, 1, 12),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The number of days of a month 1–12.
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn months(year: i32, first: u8, count: i32) -> Period {
    let from = civil(year, first, 1);
    Period { from, to: from.plus_months(count, MonthCounting::ByDate).previous() }
}

/// The way back from [`Day::ymd`], by the same arithmetic; month 1–12, day 1–31.
fn civil(year: i32, month: u8, day: u8) -> Day {
    let early = month <= 2;
    let years = (i64::from(year) + CIVIL_YEARS - i64::from(early)).unsigned_abs();
    let month = u64::from(month) + if early { 12 } else { 0 };
    let of_years = 1461 * years / 4 - years / 100 + years / 400;
    let of_year = (979 * month - 2919) / 32 + u64::from(day) - 1;
    let since = (of_years + of_year).cast_signed() - CIVIL_ZERO;
    Day(i32::try_from(since).unwrap_or(i32::MAX / 2))
}

/// Whole eras of 400 years by which every `i32` of days becomes a positive number, so that
/// division rounds one way; and the days from their beginning to 1 January 1970.
const CIVIL_YEARS: i64 = 400 * 14_700;
const CIVIL_ZERO: i64 = 719_468 + 146_097 * 14_700;

/// A number that is known to be a day, a month or a weekday.
fn small(number: u64) -> u8 {
    u8::try_from(number).expect("invariant: days, months and weekdays are below 256")
}
