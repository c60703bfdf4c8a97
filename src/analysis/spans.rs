//! Which time is longer, by counting the days: "4 months" has no length, only dates.
//!
//! Every answer is for all days of four years, a leap year among them, and for fiscal years
//! that end with any month; so it holds for every organization.

use crate::calendar::{Cycle, Day, MonthCounting, Period, Span};
use crate::organization::FiscalYears;

/// The first of the days that are tried: a year before a leap year.
const YEAR: i32 = 2027;
/// Days of four years.
const DAYS: i32 = 1461;

fn first() -> Day {
    Day::from_ymd(YEAR, 1, 1).unwrap_or_default()
}

/// Whether `span` after a day is never later than `other` after it.
pub(super) fn is_within(span: Span, other: Span, months: MonthCounting) -> bool {
    match (span, other) {
        (one, another) if one == another => true,
        (Span::WorkingDays(one), Span::WorkingDays(another)) => one <= another,
        // Holidays only make it longer.
        (Span::Days(one), Span::WorkingDays(another)) => one <= another,
        (Span::WorkingDays(_), _) | (_, Span::WorkingDays(_)) => false,
        _ => days().all(|day| day.plus(span, months) <= day.plus(other, months)),
    }
}

/// The fewest and the most days that a span can take, where no holiday lengthens it.
pub(super) fn length(span: Span, months: MonthCounting) -> Option<(i32, i32)> {
    if matches!(span, Span::WorkingDays(_)) {
        return None;
    }
    let lengths = days().map(|day| day.plus(span, months).0 - day.0);
    Some((lengths.clone().min()?, lengths.max()?))
}

fn days() -> impl Iterator<Item = Day> + Clone {
    let first = first();
    (0..DAYS).map(move |day| first.plus_days(day))
}

/// The fewest periods of `inner` that lie wholly in one of `outer`.
pub(super) fn fewest(inner: Cycle, outer: Cycle) -> u32 {
    if inner == outer {
        return 1;
    }
    let of_year = |years: FiscalYears| {
        periods(&years, outer).map(|whole| count(&years, inner, whole)).min()
    };
    fiscal_years(inner, outer).filter_map(of_year).min().unwrap_or(0)
}

fn count(years: &FiscalYears, inner: Cycle, whole: Period) -> u32 {
    let mut period = years.period_holding(whole.from, inner);
    let mut count = 0;
    while period.to <= whole.to {
        count += u32::from(period.from >= whole.from);
        period = years.period_after(period, inner);
    }
    count
}

/// The fewest events in a period of `cycle`, where none is longer than `gap` after another.
pub(super) fn fewest_events(gap: Span, cycle: Cycle, months: MonthCounting) -> u32 {
    if matches!(gap, Span::WorkingDays(_)) {
        return 0;
    }
    let events = |period: Period| {
        let before = period.from.previous();
        let next = |day: &Day| Some(day.plus(gap, months)).filter(|next| next > day);
        let each = std::iter::successors(Some(before), next).skip(1);
        each.take_while(|day| *day <= period.to).count()
    };
    let of_year =
        |years: FiscalYears| periods(&years, cycle).map(events).min().unwrap_or(0);
    let fewest = fiscal_years(cycle, cycle).map(of_year).min().unwrap_or(0);
    u32::try_from(fewest).unwrap_or(u32::MAX)
}

/// Whether events in each of two neighbouring periods are never farther apart than `gap`.
pub(super) fn bridges(cycle: Cycle, gap: Span, months: MonthCounting) -> bool {
    !matches!(gap, Span::WorkingDays(_))
        && fiscal_years(cycle, cycle).all(|years| {
            periods(&years, cycle).all(|period| {
                let next = years.period_after(period, cycle);
                period.from.plus(gap, months) >= next.to
            })
        })
}

/// The whole periods of a cycle in the days that are tried.
fn periods(years: &FiscalYears, cycle: Cycle) -> impl Iterator<Item = Period> {
    let holding = years.period_holding(first(), cycle);
    let end = first().plus_days(DAYS);
    let after = move |period: &Period| Some(years.period_after(*period, cycle));
    std::iter::successors(Some(holding), after)
        .skip(1)
        .take_while(move |period| period.to < end)
}

/// Fiscal years that end with each month; where none is asked for, the calendar's.
fn fiscal_years(one: Cycle, other: Cycle) -> impl Iterator<Item = FiscalYears> {
    let fiscal = [one, other]
        .iter()
        .any(|it| matches!(it, Cycle::FiscalYear | Cycle::FiscalQuarter));
    let months = if fiscal { 1..=12 } else { 12..=12 };
    // The day is the month's last, however short the month.
    months.map(|month| FiscalYears { ends: (month, 31), ..FiscalYears::default() })
}
