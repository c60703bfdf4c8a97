//! What is known of the bodies whose papers lie there, and of the accounts: periods and days.

use mithaq::calendar::{Cycle, Day, Period};
use serde::Deserialize;
use std::path::Path;

/// What is known of one organization.
pub(super) struct Truth {
    pub(super) organization: String,
    /// The body whose meetings are known, as its papers call it; none for accounts.
    pub(super) body: Option<String>,
    pub(super) periods: Vec<Known>,
    pub(super) accounts: Vec<Accounts>,
}

/// What is known of one period of one body.
pub(super) struct Known {
    /// `2020-07`, `2020-Q3`, `2020`.
    pub(super) name: String,
    pub(super) cycle: Cycle,
    pub(super) period: Period,
    pub(super) said: Said,
    /// The days of its meetings.
    pub(super) days: Vec<Day>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Said {
    Met,
    NotMet,
    /// Nobody knows, since its minutes are not among the papers.
    NoPapers,
    Uncertain,
}

/// What is known of the accounts of one fiscal year.
pub(super) struct Accounts {
    pub(super) year: Period,
    /// The day of the auditor's report.
    pub(super) signed: Day,
    /// Whether they are among the papers.
    pub(super) are_there: bool,
    /// Whether they were signed within 4, 6 and 9 months.
    pub(super) within: [bool; 3],
}

#[derive(Deserialize)]
struct Row {
    org: String,
    body: String,
    granularity: String,
    period: String,
    met: String,
    dates: String,
}

#[derive(Deserialize)]
struct AccountsRow {
    org: String,
    set: String,
    fy_start: String,
    fy_end: String,
    auditor_report_date: String,
    within_4_months: String,
    within_6_months: String,
    within_9_months: String,
}

/// Everything that is known, in the order of the files.
pub(super) fn read(folder: &Path) -> Vec<Truth> {
    let mut all: Vec<Truth> = Vec::new();
    for row in rows::<Row>(&folder.join("truth.csv")) {
        let truth = of(&mut all, &row.org);
        truth.periods.push(Known::of(&row));
        truth.body = Some(row.body);
    }
    for row in rows::<AccountsRow>(&folder.join("truth_accounts.csv")) {
        of(&mut all, &row.org).accounts.push(Accounts::of(&row));
    }
    all
}

fn rows<R: for<'d> Deserialize<'d>>(file: &Path) -> Vec<R> {
    let mut reader = csv::Reader::from_path(file).expect("a table");
    reader.deserialize().map(|row| row.expect("a row as the others")).collect()
}

fn of<'t>(all: &'t mut Vec<Truth>, organization: &str) -> &'t mut Truth {
    let known = all.iter().position(|truth| truth.organization == organization);
    let at = known.unwrap_or_else(|| {
        let organization = organization.to_owned();
        let (periods, accounts) = (Vec::new(), Vec::new());
        all.push(Truth { organization, body: None, periods, accounts });
        all.len() - 1
    });
    &mut all[at]
}

impl Truth {
    /// The first day that anything is known of: of a calendar year, so that the periods at
    /// the edge of a record are whole ones.
    pub(super) fn first(&self) -> Day {
        let periods = self.periods.iter().map(|known| known.period.from);
        let years = self.accounts.iter().map(|known| known.year.from);
        let first = periods.chain(years).min().expect("something is known");
        Period::holding(first, Cycle::Year).from
    }
}

impl Known {
    fn of(row: &Row) -> Known {
        let cycle = match row.granularity.as_str() {
            "month" => Cycle::Month,
            "quarter" => Cycle::Quarter,
            "year" => Cycle::Year,
            other => panic!("no period: {other}"),
        };
        let said = match row.met.as_str() {
            "yes" => Said::Met,
            "no" => Said::NotMet,
            "no-evidence" => Said::NoPapers,
            "uncertain" => Said::Uncertain,
            other => panic!("no answer: {other}"),
        };
        let first = first_day(&row.period).expect("a period's name");
        Known {
            name: row.period.clone(),
            cycle,
            period: Period::holding(first, cycle),
            said,
            days: row.dates.split_whitespace().map(day).collect(),
        }
    }
}

impl Accounts {
    fn of(row: &AccountsRow) -> Accounts {
        let within = [&row.within_4_months, &row.within_6_months, &row.within_9_months];
        Accounts {
            year: Period { from: day(&row.fy_start), to: day(&row.fy_end) },
            signed: day(&row.auditor_report_date),
            are_there: row.set == "dev",
            within: within.map(|answer| answer == "yes"),
        }
    }
}

/// The first day of `2020`, `2020-Q3` or `2020-07`.
fn first_day(name: &str) -> Option<Day> {
    let (year, part) = name.split_once('-').unwrap_or((name, "01"));
    let month = match part.strip_prefix('Q') {
        Some(quarter) => quarter.parse::<u8>().ok()? * 3 - 2,
        None => part.parse().ok()?,
    };
    Day::from_ymd(year.parse().ok()?, month, 1)
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}
