//! What has to be so of the organization at all times: a number within its bounds, a part
//! of another, a characteristic. From one statement to the next, as somebody stated it.

use std::collections::BTreeSet;

use super::chain::{Hold, chain};
use super::scope::{Profile, Tri, holds as is_so};
use super::view::{Duty, View};
use crate::calendar::{Day, MonthCounting, Span};
use crate::norm::{Condition, Moment};
use crate::verdict::{Slot, Truth, Unknown};

/// A slot for each stretch of days: kept, broken, or not stated.
pub(super) fn holds(
    duty: &Duty<'_>,
    view: &View<'_>,
    condition: &Condition,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let asked = condition.attributes();
    let stated = view.profile.attributes.iter();
    let mine = stated.filter(|(attribute, ..)| asked.contains(attribute));
    let mut days: BTreeSet<Day> = mine.map(|(_, from, _)| *from).collect();
    add_foundings(condition, view.profile, &mut days);
    let stands = |day: Day| match is_so(condition, view.profile, day) {
        Tri::True => Hold::Kept,
        Tri::False => Hold::Broken,
        Tri::Unknown => Hold::Unknown,
    };
    chain(duty, view, (start, days), stands, &mut |slot| {
        let missing = Unknown::AttributeMissing;
        let truth = match slot.truth {
            Truth::Unknown(_) => Truth::Unknown(missing),
            Truth::UnknownUntil(_, day) => Truth::UnknownUntil(missing, day),
            known => known,
        };
        sink(&Slot { truth, ..*slot });
    });
}

/// The first days of the fiscal years that lie where one may be late enough for the day of
/// the founding: from one on it is, and stays so.
pub(super) fn add_foundings(
    condition: &Condition,
    profile: &Profile,
    days: &mut BTreeSet<Day>,
) {
    match condition {
        Condition::Founded { by: Moment::Day(_), .. } => {}
        Condition::Founded { lead, .. } => {
            let Some(founded) = profile.founded else { return };
            let mut day = founded.plus(*lead, MonthCounting::ToMonthEnd);
            // Ends of months are not all of one day.
            day = day.minus(Span::Days(4), MonthCounting::ToMonthEnd);
            for _ in 0..4 {
                let year = profile.fiscal_year(day);
                days.insert(year.from);
                day = year.to.next();
            }
        }
        Condition::Not(inner) => add_foundings(inner, profile, days),
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                add_foundings(part, profile, days);
            }
        }
        Condition::OfType(_)
        | Condition::Compare { .. }
        | Condition::Ratio { .. }
        | Condition::Is(_) => {}
    }
}
