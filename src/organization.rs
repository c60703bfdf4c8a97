//! An organization: dated facts about itself, its people, its fiscal years, its waivers.
//!
//! What `organization.toml` and `waivers.toml` state, validated. Knows no file.

use crate::calendar::{
    Cycle, Day, MonthCounting, Period, Span, WorkingWeek, days_in_month,
};
use crate::config::register::Register;
use crate::text::{Bilingual, Language};
use std::sync::Arc;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Organization {
    /// The name of its folder under `organizations/`.
    pub id: String,
    pub name: Bilingual,
    /// A vocabulary name (`association`, `federation` …); empty when not stated.
    pub organization_type: String,
    pub jurisdiction: Option<String>,
    /// Where its seat is, as the network calls it.
    pub governorate: Option<String>,
    /// An IANA time zone; the network's when the organization states none.
    pub zone: String,
    pub founded: Option<Day>,
    pub joined: Option<Day>,
    pub memberships: Vec<Membership>,
    pub fiscal_years: FiscalYears,
    /// On which days people work where it is.
    pub working: WorkingWeek,
    /// The file of the calendar that says so, below the network's folder; `None` where the
    /// usual week of its country holds.
    pub calendar: Option<Arc<str>>,
    /// What the calendar calls the times in which the clock stands still there.
    pub suspensions: Vec<(Period, Bilingual)>,
    /// Our body (a vocabulary name) and what its papers call it.
    pub bodies: Vec<(String, Vec<String>)>,
    pub people: Vec<Person>,
    pub attributes: Vec<Attribute>,
    /// Who is who, as `organization.toml` says.
    pub register: Register,
}

/// A dated membership in another organization.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    pub of: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// Somebody who receives letters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub name: String,
    /// A vocabulary name of a role; `secretary` and `chair` matter to letters.
    pub role: String,
    pub address: String,
    pub language: Language,
}

/// A number about the organization that holds from a day until the next one of its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute {
    /// A vocabulary name: `yearly_income`, `employees` …
    pub name: String,
    pub value: i64,
    pub currency: Option<[u8; 3]>,
    pub from: Day,
}

/// A dated release from a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    pub organization: String,
    pub rulebook: String,
    pub rule: String,
    /// The days on which it holds, both included.
    pub during: Period,
    /// The slots it covers; all when `None`.
    pub slots: Option<Period>,
    pub granted_by: String,
    pub granted_on: Day,
    pub why: String,
}

impl Waiver {
    /// Whether it is of this rule; one that names no rulebook covers the rule in any.
    pub fn covers(&self, rulebook: &str, rule: &str) -> bool {
        self.rule == rule && (self.rulebook.is_empty() || self.rulebook == rulebook)
    }
}

/// The fiscal years: some listed one by one, the rest by the day they end on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FiscalYears {
    /// The day and month on which years end that are not listed.
    pub ends: (u8, u8),
    /// Years as they really were: changed, short, long. In order, without overlap.
    pub listed: Vec<Period>,
}

impl Default for FiscalYears {
    /// The calendar year: the norm in Palestine and Lebanon.
    fn default() -> Self {
        FiscalYears { ends: (12, 31), listed: Vec::new() }
    }
}

impl FiscalYears {
    /// The fiscal year that holds `day`. Listed years come first; beside them years run
    /// from the day after the nearest listed one, or after the usual end, to the usual end.
    pub fn holding(&self, day: Day) -> Period {
        if let Some(listed) = self.listed.iter().find(|year| year.contains(day)) {
            return *listed;
        }
        let usual = self.usual(day);
        if self.listed.is_empty() {
            return usual;
        }
        let after = self.listed.iter().rfind(|year| year.to < day);
        let before = self.listed.iter().find(|year| year.from > day);
        Period {
            from: after.map_or(usual.from, |year| usual.from.max(year.to.next())),
            to: before.map_or(usual.to, |year| usual.to.min(year.from.previous())),
        }
    }

    /// The quarters of the fiscal year that holds `day`: three months each from its start,
    /// the last one ending with the year however long it is.
    pub fn quarter_holding(&self, day: Day) -> Period {
        let year = self.holding(day);
        let mut from = year.from;
        for quarters in 1..4 {
            // From the year's own start: 30 November, 28 February and then 30 May.
            let months = Span::Months(3 * quarters);
            let next = year.from.plus(months, MonthCounting::ByDate);
            if day < next || next > year.to {
                return Period { from, to: next.previous().min(year.to) };
            }
            from = next;
        }
        Period { from, to: year.to }
    }

    /// The period after one of `cycle`.
    pub fn period_after(&self, period: Period, cycle: Cycle) -> Period {
        match cycle {
            Cycle::FiscalYear | Cycle::FiscalQuarter => {
                self.period_holding(period.to.next(), cycle)
            }
            Cycle::Week
            | Cycle::Month
            | Cycle::Quarter
            | Cycle::HalfYear
            | Cycle::Year => period.following(cycle),
        }
    }

    /// The period of `cycle` that holds `day`, fiscal cycles by these years.
    pub fn period_holding(&self, day: Day, cycle: Cycle) -> Period {
        match cycle {
            Cycle::FiscalYear => self.holding(day),
            Cycle::FiscalQuarter => self.quarter_holding(day),
            Cycle::Week
            | Cycle::Month
            | Cycle::Quarter
            | Cycle::HalfYear
            | Cycle::Year => Period::holding(day, cycle),
        }
    }

    /// From the day after the last usual end before `day` to the first on or after it.
    fn usual(&self, day: Day) -> Period {
        let year = day.year();
        let end = self.end_in(year);
        let (before, to) = if end >= day {
            (self.end_in(year - 1), end)
        } else {
            (end, self.end_in(year + 1))
        };
        Period { from: before.next(), to }
    }

    fn end_in(&self, year: i32) -> Day {
        let (month, day) = self.ends;
        let last = days_in_month(year, month);
        Day::of_any_year(year, month, day.min(last)).unwrap_or(Day::EARLIEST)
    }
}

impl Organization {
    /// The first day of its duties, unless its papers begin later: `joined`, else
    /// `founded`. Where neither is stated the first paper's date decides.
    pub fn stated_start(&self) -> Option<Day> {
        self.joined.or(self.founded)
    }

    /// The value of an attribute on a day: the last one stated to hold from then or before.
    pub fn attribute(&self, name: &str, day: Day) -> Option<&Attribute> {
        self.attributes
            .iter()
            .filter(|attribute| attribute.name == name && attribute.from <= day)
            .max_by_key(|attribute| attribute.from)
    }
}
