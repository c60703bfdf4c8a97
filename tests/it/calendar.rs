//! Days, spans and fiscal years, against the examples that lawyers argue about.

use mithaq::calendar::{Cycle, Day, MonthCounting, Period, Span};
use mithaq::organization::FiscalYears;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).expect("invariant: the test's own date")
}

#[track_caller]
fn is_after(from: &str, span: Span, counting: MonthCounting, to: &str) {
    assert_eq!(day(from).plus(span, counting).to_string(), to, "{from} + {span:?}");
}

#[test]
fn a_span_leaves_its_first_day_out_and_its_last_day_in() {
    is_after("2026-03-01", Span::Days(30), MonthCounting::ToMonthEnd, "2026-03-31");
    is_after("2026-03-01", Span::Weeks(2), MonthCounting::ToMonthEnd, "2026-03-15");
}

#[test]
fn four_months_by_either_counting() {
    let (end, date) = (MonthCounting::ToMonthEnd, MonthCounting::ByDate);
    for (from, to_end, by_date) in [
        ("2025-12-31", "2026-04-30", "2026-04-30"),
        ("2025-06-30", "2025-10-31", "2025-10-30"),
        ("2025-10-31", "2026-02-28", "2026-02-28"),
        ("2026-02-28", "2026-06-30", "2026-06-28"),
        ("2027-10-31", "2028-02-29", "2028-02-29"),
        ("2026-01-15", "2026-05-15", "2026-05-15"),
    ] {
        is_after(from, Span::Months(4), end, to_end);
        is_after(from, Span::Months(4), date, by_date);
    }
}

#[test]
fn a_leap_day_and_its_anniversary() {
    is_after("2024-02-29", Span::Years(1), MonthCounting::ByDate, "2025-02-28");
    is_after("2024-02-29", Span::Years(4), MonthCounting::ByDate, "2028-02-29");
}

#[test]
fn there_is_no_thirtieth_of_february() {
    assert_eq!(Day::from_ymd(2026, 2, 29), None);
    assert_eq!(Day::from_ymd(1015, 3, 1), None);
    assert_eq!(Day::from_ymd(3012, 3, 1), None);
    assert_eq!(Day::parse("2026-2-1"), None);
    assert_eq!(
        Day::from_ymd(1900, 1, 1).map(|day| day.to_string()),
        Some("1900-01-01".into())
    );
    assert_eq!(
        Day::from_ymd(2200, 12, 31).map(|day| day.to_string()),
        Some("2200-12-31".into())
    );
    assert_eq!(Day::from_ymd(2201, 1, 1), None);
}

#[test]
fn changed_and_long_fiscal_years_are_as_listed() {
    let period = |from, to| Period { from: day(from), to: day(to) };
    let years = FiscalYears {
        ends: (6, 30),
        listed: vec![
            period("2024-01-01", "2024-12-31"),
            period("2025-01-01", "2026-06-30"),
        ],
    };
    assert_eq!(years.holding(day("2025-11-21")), period("2025-01-01", "2026-06-30"));
    assert_eq!(years.holding(day("2026-07-01")), period("2026-07-01", "2027-06-30"));
    assert_eq!(years.holding(day("2023-10-01")), period("2023-07-01", "2023-12-31"));
    let quarter = FiscalYears { ends: (6, 30), listed: Vec::new() };
    let held = quarter.period_holding(day("2026-11-21"), Cycle::FiscalQuarter);
    assert_eq!(held, period("2026-10-01", "2026-12-31"));
}

/// What a suspension without an end moves never comes, and its fiscal year is no early one.
#[test]
fn what_never_comes_lies_in_a_fiscal_year_behind_all_others() {
    for ends in [(12, 31), (6, 30), (2, 29)] {
        let years = FiscalYears { ends, listed: Vec::new() };
        for day in [day("2200-12-31"), day("2200-12-31").next(), Day::LATEST] {
            let year = years.holding(day);
            assert!(year.contains(day), "{day} in {year:?}");
            assert!(year.from.days_to(year.to) < 366, "{year:?}");
        }
    }
}

proptest! {
    /// Our arithmetic is that of a calendar library with another origin.
    #[test]
    fn days_agree_with_jiff(number in -25_000i32..84_000) {
        let day = Day(number);
        let (year, month, date) = day.ymd();
        let other = jiff::civil::date(1970, 1, 1)
            .checked_add(jiff::Span::new().days(i64::from(number)))
            .unwrap();
        prop_assert_eq!(
            (year, month, date),
            (i32::from(other.year()), other.month().unsigned_abs(), other.day().unsigned_abs())
        );
        prop_assert_eq!(Day::from_ymd(year, month, date), Some(day));
        prop_assert_eq!(i32::from(day.weekday()), i32::from(other.weekday().to_sunday_zero_offset()));
        prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
    }

    /// Every day is in exactly one period of each cycle.
    #[test]
    fn periods_tile_the_calendar(number in -10_000i32..50_000, ends in (1u8..=12, 1u8..=31)) {
        let years = FiscalYears { ends, listed: Vec::new() };
        let cycles = [
            Cycle::Week, Cycle::Month, Cycle::Quarter, Cycle::HalfYear, Cycle::Year,
            Cycle::FiscalYear, Cycle::FiscalQuarter,
        ];
        for cycle in cycles {
            let period = years.period_holding(Day(number), cycle);
            prop_assert!(period.contains(Day(number)), "{:?}", cycle);
            let next = years.period_holding(period.to.next(), cycle);
            prop_assert_eq!(next.from, period.to.next(), "{:?}", cycle);
        }
    }
}

/// The calendar as a child learns it: one day after the other, by the lengths of the months.
#[test]
fn every_day_of_three_centuries_is_the_day_after_the_one_before() {
    let (mut year, mut month, mut number) = (1900, 1u8, 1u8);
    let mut today = day("1900-01-01");
    while year <= 2200 {
        assert_eq!(today.ymd(), (year, month, number));
        assert_eq!(Day::from_ymd(year, month, number), Some(today));
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => 31,
        };
        (year, month, number) = match (month, number) {
            (12, 31) => (year + 1, 1, 1),
            (_, last) if last == length => (year, month + 1, 1),
            _ => (year, month, number + 1),
        };
        today = today.next();
    }
}

#[test]
fn a_period_is_followed_by_the_one_that_holds_the_next_day() {
    let cycles =
        [Cycle::Week, Cycle::Month, Cycle::Quarter, Cycle::HalfYear, Cycle::Year];
    for cycle in cycles {
        let mut period = Period::holding(day("1999-11-30"), cycle);
        for _ in 0..200 {
            let following = period.following(cycle);
            assert_eq!(following, Period::holding(period.to.next(), cycle), "{cycle:?}");
            period = following;
        }
    }
}

#[test]
fn days_beyond_any_calendar_are_still_days() {
    for far in [i32::MIN, i32::MIN / 2, -800_000, i32::MAX / 2, i32::MAX] {
        let (_, month, number) = Day(far).ymd();
        assert!((1..=12).contains(&month) && (1..=31).contains(&number), "{far}");
    }
}
