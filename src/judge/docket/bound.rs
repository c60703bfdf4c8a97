//! Whom a duty binds, and on which of its occasions.
//!
//! Of an organization of which nothing is known to change, its scope and exceptions are
//! looked at once for all days. What goes by the fiscal year is a day for each occasion:
//! the last one on which an organization may have been founded for it to be asked.

use super::Ordinary;
use super::agenda::{Occasion, always_there};
use crate::calendar::Day;
use crate::judge::exception::{self, Asked};
use crate::judge::scope::{self, Profile, Tri};
use crate::judge::view::Duty;
use crate::norm::Condition;
use crate::program::Window;

/// Whom a duty binds, as far as that is the same for all organizations.
#[derive(Clone, Debug, Default)]
pub(super) struct Whom {
    by: By,
    /// It may differ from one fiscal year to the next.
    pub(super) follows_the_year: bool,
    /// So may no other duty that comes before this one, and each of them is always in force.
    lasts: bool,
    /// The parts of the scope that do not go by the fiscal year, all of which have to hold.
    parts: Vec<Condition>,
}

/// What leaves organizations out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum By {
    #[default]
    Nothing,
    /// Its scope and nothing else.
    Scope,
    /// Exceptions, other duties, or where it is law.
    More,
}

/// On which occasions a duty may bind an organization.
#[derive(Clone, Debug, Default)]
pub(super) struct Bound {
    whom: Whom,
    /// For each part of the scope that goes by the fiscal year the last days of a founding,
    /// by occasion; none where such a part says more than when it was founded.
    founded: Option<Vec<Vec<Day>>>,
}

impl Bound {
    /// For the occasions of organizations whose fiscal years end on one day.
    pub(super) fn new(duty: &Duty<'_>, occasions: &[Occasion], ends: (u8, u8)) -> Bound {
        let profile = always_there(ends);
        let limits = |part: &Condition| match part {
            Condition::Founded { lead, by } => {
                let last = |on: Day| scope::last(*lead, *by, (&profile, on));
                Some(occasions.iter().map(|one| last(one.period.from)).collect())
            }
            _ => None,
        };
        let parts = parts(duty.applies_to).filter(|part| part.follows_the_year());
        Bound { whom: Whom::of(duty), founded: parts.map(limits).collect() }
    }

    /// On which of its occasions, from one on, the duty binds an organization, a bit for
    /// each; `None` where that is not known.
    pub(super) fn bits(
        &self,
        duty: &Duty<'_>,
        of: &Ordinary<'_>,
        (first, occasions): (usize, &[Occasion]),
    ) -> Option<u64> {
        let from = occasions.first()?.period.from;
        if !self.whom.follows_the_year {
            return Some(if self.whom.binds(duty, of, from)? { u64::MAX } else { 0 });
        }
        let founded = self.founded.as_ref().filter(|_| self.whom.stays(of, from));
        let Some(founded) = founded else { return one_by_one(duty, of, occasions) };
        // Where nothing is said but by when it was founded nobody else is left out.
        let by_years = self.whom.by == By::Scope && self.whom.parts.is_empty();
        if !by_years && !self.whom.is_asked(duty, of.profile, from)? {
            return Some(0);
        }
        let own = of.profile.founded?;
        let bits = |limits: &Vec<Day>| {
            let each = limits.iter().skip(first).zip(0..);
            each.fold(0u64, |bits, (last, at)| bits | u64::from(own <= *last) << at)
        };
        Some(founded.iter().map(bits).fold(u64::MAX, |all, bits| all & bits))
    }
}

/// The same where it may differ in any way from one occasion to the next.
fn one_by_one(duty: &Duty<'_>, of: &Ordinary<'_>, occasions: &[Occasion]) -> Option<u64> {
    let mut bits = 0;
    for (occasion, at) in occasions.iter().zip(0..) {
        bits |= match exception::asked(duty, of.profile, occasion.period.from) {
            Asked::Norm(_, None) => 1 << at,
            Asked::Nothing(_) => 0,
            Asked::Norm(_, Some(_)) | Asked::Unknown => return None,
        };
    }
    Some(bits)
}

impl Whom {
    pub(super) fn of(duty: &Duty<'_>) -> Whom {
        let more = !duty.exceptions.is_empty()
            || !duty.gives_way_to.is_empty()
            || !duty.jurisdictions.is_empty();
        let by = match duty.applies_to {
            _ if more => By::More,
            Some(_) => By::Scope,
            None => By::Nothing,
        };
        let lasts = duty.gives_way_to.iter().all(|other| {
            let scope = other.applies_to.as_ref();
            other.in_force == Window::default()
                && !scope.is_some_and(Condition::follows_the_year)
        });
        let follows_the_year = duty.applies_to.is_some_and(Condition::follows_the_year);
        let parts = parts(duty.applies_to).filter(|part| !part.follows_the_year());
        let parts = parts.cloned().collect();
        Whom { by, follows_the_year, lasts, parts }
    }

    /// Whether the duty binds an organization on all days from one on, or on none of them;
    /// `None` where they may differ, or where that is not known.
    #[inline]
    pub(super) fn binds(
        &self,
        duty: &Duty<'_>,
        of: &Ordinary<'_>,
        first: Day,
    ) -> Option<bool> {
        if self.by == By::Nothing {
            return Some(true);
        }
        if !self.stays(of, first) {
            return None;
        }
        match self.parts.as_slice() {
            [one] if self.by == By::Scope => match scope::holds(one, of.profile, first) {
                Tri::True => Some(true),
                Tri::False => Some(false),
                Tri::Unknown => None,
            },
            _ => self.is_asked(duty, of.profile, first),
        }
    }

    /// Whether what is so on a day is so on all later ones, but for what goes by the year.
    fn stays(&self, of: &Ordinary<'_>, first: Day) -> bool {
        self.lasts && of.is_unchanged_since(first)
    }

    /// Whether the duty is asked of an organization on a day, whatever goes by the year;
    /// `None` where that is not known, or another duty is asked instead.
    fn is_asked(&self, duty: &Duty<'_>, profile: &Profile, day: Day) -> Option<bool> {
        let scope = self.parts.iter().fold(Tri::True, |so_far, part| match so_far {
            Tri::False => Tri::False,
            so_far => so_far.and(scope::holds(part, profile, day)),
        });
        let bound = scope::under(duty.jurisdictions, profile).and(scope);
        let before = duty.gives_way_to.iter();
        let bound = before.fold(bound, |so_far, other| {
            so_far.and(exception::binds(other, profile, day).negated())
        });
        match bound {
            Tri::True => {}
            Tri::False => return Some(false),
            Tri::Unknown => return None,
        }
        for exception in duty.exceptions {
            match (exception::in_exception(exception, profile, day), &exception.then) {
                (Tri::False, _) => {}
                (Tri::True, None) => return Some(false),
                (Tri::True, Some(_)) | (Tri::Unknown, _) => return None,
            }
        }
        Some(true)
    }
}

/// The conditions of a scope all of which have to hold.
fn parts(scope: Option<&Condition>) -> impl Iterator<Item = &Condition> {
    let all = match scope {
        None => &[],
        Some(Condition::All(parts)) => parts.as_slice(),
        Some(other) => std::slice::from_ref(other),
    };
    all.iter()
}
