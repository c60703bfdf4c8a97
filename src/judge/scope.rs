//! Whether a rule speaks of an organization: scope and exceptions in three values.

use super::among::Fellows;
use super::attributes::Attributes;
use super::register::Register;
use crate::calendar::{Day, MonthCounting, Period, Span, WorkingWeek};
use crate::norm::{Comparison, Condition, Moment, TermId};
use crate::organization::FiscalYears;

/// What the judge needs to know of an organization besides its papers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Profile {
    /// The day from which duties count: joined, else founded; `None` leaves it to the papers.
    pub start: Option<Day>,
    /// The day on which it was founded, where that is known.
    pub founded: Option<Day>,
    /// Whose law it is under: a code such as `PS` or `PS-WB`.
    pub jurisdiction: Option<String>,
    /// Its type and whatever that is a kind of.
    pub types: Vec<TermId>,
    pub fiscal_years: FiscalYears,
    pub working: WorkingWeek,
    /// Its numbers and characteristics.
    pub attributes: Attributes,
    /// Its people.
    pub register: Register,
    /// For an organization whose rules count the members of the network: how they stand.
    pub fellows: Fellows,
}

/// Strong Kleene truth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tri {
    True,
    False,
    Unknown,
}

impl Profile {
    /// The fiscal year that holds `day`.
    pub fn fiscal_year(&self, day: Day) -> Period {
        self.fiscal_years.holding(day)
    }

    /// Whether nothing that is known of it is of a day after this one.
    pub(super) fn is_unchanged_since(&self, day: Day) -> bool {
        self.attributes.changed() <= day
    }
}

/// Whether a condition is so of an organization on a day, where that is known.
pub fn is_so(condition: &Condition, profile: &Profile, day: Day) -> Option<bool> {
    match holds(condition, profile, day) {
        Tri::True => Some(true),
        Tri::False => Some(false),
        Tri::Unknown => None,
    }
}

/// Whether an organization is under the law of one of these places. A code with a part
/// (`PS-WB`) lies inside the one without (`PS`); of an organization of which only the whole
/// is known it is unknown whether it is in the part.
pub(super) fn under(jurisdictions: &[String], profile: &Profile) -> Tri {
    if jurisdictions.is_empty() {
        return Tri::True;
    }
    let Some(own) = &profile.jurisdiction else { return Tri::Unknown };
    let inside = |part: &str, whole: &str| {
        part.strip_prefix(whole)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    if jurisdictions.iter().any(|place| inside(own, place)) {
        return Tri::True;
    }
    let perhaps = jurisdictions.iter().any(|place| inside(place, own));
    if perhaps { Tri::Unknown } else { Tri::False }
}

/// The truth of a condition on a day. An organization whose type is not stated, an
/// attribute not on file and an amount in another currency are unknown.
#[inline]
pub(super) fn holds(condition: &Condition, profile: &Profile, day: Day) -> Tri {
    match condition {
        Condition::OfType(_) if profile.types.is_empty() => Tri::Unknown,
        Condition::OfType(asked) => Tri::from(profile.types.contains(asked)),
        Condition::Compare { attribute, comparison, value } => {
            match profile.attributes.on(*attribute, day) {
                Some(stated) if stated.currency == value.currency => {
                    Tri::from(compare(&stated.number, *comparison, &value.number))
                }
                _ => Tri::Unknown,
            }
        }
        Condition::Is(characteristic) => profile
            .attributes
            .on(*characteristic, day)
            .map_or(Tri::Unknown, |stated| Tri::from(stated.number != 0)),
        other => holds_otherwise(other, profile, day),
    }
}

/// The same of a condition that is rarer or has parts: apart, so that the others stay short.
#[inline(never)]
fn holds_otherwise(condition: &Condition, profile: &Profile, day: Day) -> Tri {
    match condition {
        Condition::OfType(_) | Condition::Compare { .. } | Condition::Is(_) => {
            holds(condition, profile, day)
        }
        Condition::Ratio { attribute, comparison, part, of } => {
            let on = |attribute: &TermId| profile.attributes.on(*attribute, day);
            match (on(attribute), on(of)) {
                (Some(one), Some(whole)) if one.currency == whole.currency => {
                    let have = i128::from(one.number) * i128::from(part.denominator);
                    let asked = i128::from(whole.number) * i128::from(part.numerator);
                    Tri::from(compare(&have, *comparison, &asked))
                }
                _ => Tri::Unknown,
            }
        }
        Condition::Founded { lead, by } => {
            profile.founded.map_or(Tri::Unknown, |founded| {
                Tri::from(founded <= last(*lead, *by, (profile, day)))
            })
        }
        Condition::Not(inner) => holds(inner, profile, day).negated(),
        Condition::All(parts) => {
            parts.iter().map(|part| holds(part, profile, day)).fold(Tri::True, Tri::and)
        }
        Condition::Any(parts) => parts
            .iter()
            .map(|part| holds(part, profile, day).negated())
            .fold(Tri::True, Tri::and)
            .negated(),
    }
}

/// The last day on which an organization may have been founded.
pub(super) fn last(lead: Span, by: Moment, (profile, day): (&Profile, Day)) -> Day {
    let at_once = lead == Span::Days(0);
    let moment = match by {
        Moment::Day(day) => day,
        Moment::FiscalYearEnd => profile.fiscal_year(day).to,
        Moment::FiscalYearStart if at_once => profile.fiscal_year(day).from.previous(),
        Moment::FiscalYearStart => profile.fiscal_year(day).from,
    };
    moment.minus(lead, MonthCounting::ToMonthEnd)
}

fn compare<T: Ord>(stated: &T, comparison: Comparison, asked: &T) -> bool {
    match comparison {
        Comparison::Less => stated < asked,
        Comparison::AtMost => stated <= asked,
        Comparison::Exactly => stated == asked,
        Comparison::AtLeast => stated >= asked,
        Comparison::More => stated > asked,
    }
}

impl From<bool> for Tri {
    fn from(value: bool) -> Tri {
        if value { Tri::True } else { Tri::False }
    }
}

impl Tri {
    pub(super) fn negated(self) -> Tri {
        match self {
            Tri::True => Tri::False,
            Tri::False => Tri::True,
            Tri::Unknown => Tri::Unknown,
        }
    }

    pub(super) fn and(self, other: Tri) -> Tri {
        match (self, other) {
            (Tri::False, _) | (_, Tri::False) => Tri::False,
            (Tri::True, Tri::True) => Tri::True,
            _ => Tri::Unknown,
        }
    }
}
