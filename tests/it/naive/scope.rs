//! Of whom a rule speaks: S-17, S-87, and what gives way to what.

use mithaq::calendar::{Cycle, Day, MonthCounting, Span};
use mithaq::norm::{
    Comparison, Condition, Exception, Guard, Moment, Norm, Quantity, TermId,
};
use mithaq::program::Precedence;
use mithaq::verdict::{Applies, Truth, Unknown};

use super::case::Said;
use super::clock::Duty;
use super::slot::Slot;
use super::sum::{Speaks, speaks};
use super::wall::{before, day_of, holding, minus};

/// Three values, by the worlds that are possible: the truth in each of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Maybe {
    pub(super) can_be: bool,
    pub(super) can_fail: bool,
}

pub(super) const SURE: Maybe = Maybe { can_be: true, can_fail: false };
pub(super) const NEVER: Maybe = Maybe { can_be: false, can_fail: true };
pub(super) const PERHAPS: Maybe = Maybe { can_be: true, can_fail: true };

impl Maybe {
    pub(super) fn of(truth: bool) -> Maybe {
        if truth { SURE } else { NEVER }
    }

    pub(super) fn not(self) -> Maybe {
        Maybe { can_be: self.can_fail, can_fail: self.can_be }
    }

    pub(super) fn and(self, other: Maybe) -> Maybe {
        Maybe {
            can_be: self.can_be && other.can_be,
            can_fail: self.can_fail || other.can_fail,
        }
    }

    fn or(self, other: Maybe) -> Maybe {
        Maybe {
            can_be: self.can_be || other.can_be,
            can_fail: self.can_fail && other.can_fail,
        }
    }
}

/// As long as it is asked at all nobody knows whether it is.
pub(super) fn perhaps(applies: Applies) -> Applies {
    match applies {
        Applies::Until(last) | Applies::UnknownUntil(last) => Applies::UnknownUntil(last),
        _ => Applies::Unknown,
    }
}

impl Duty<'_, '_> {
    /// The value of an attribute on a day: the one stated last, for that day or before.
    fn value(&self, attribute: TermId, day: Day) -> Option<Quantity> {
        let stated = self.known.case.profile.attributes.iter();
        let mine = stated.filter(|(name, from, _)| *name == attribute && *from <= day);
        mine.max_by_key(|(_, from, _)| *from).map(|(_, _, value)| *value)
    }

    pub(super) fn holds(&self, condition: &Condition, day: Day) -> Maybe {
        let compared = |one: i128, comparison: Comparison, other: i128| {
            Maybe::of(match comparison {
                Comparison::Less => one < other,
                Comparison::AtMost => one <= other,
                Comparison::Exactly => one == other,
                Comparison::AtLeast => one >= other,
                Comparison::More => one > other,
            })
        };
        match condition {
            Condition::OfType(asked) => {
                let types = &self.known.case.profile.types;
                if types.is_empty() { PERHAPS } else { Maybe::of(types.contains(asked)) }
            }
            Condition::Compare { attribute, comparison, value } => {
                match self.value(*attribute, day) {
                    Some(stated) if stated.currency == value.currency => {
                        compared(stated.number.into(), *comparison, value.number.into())
                    }
                    _ => PERHAPS,
                }
            }
            Condition::Ratio { attribute, comparison, part, of } => {
                match (self.value(*attribute, day), self.value(*of, day)) {
                    (Some(one), Some(all)) if one.currency == all.currency => compared(
                        i128::from(one.number) * i128::from(part.denominator),
                        *comparison,
                        i128::from(all.number) * i128::from(part.numerator),
                    ),
                    _ => PERHAPS,
                }
            }
            Condition::Is(what) => {
                self.value(*what, day).map_or(PERHAPS, |it| Maybe::of(it.number != 0))
            }
            Condition::Founded { lead, by } => {
                let last = self.founded_by(*lead, *by, day);
                let founded = self.known.case.profile.founded;
                founded.map_or(PERHAPS, |founded| Maybe::of(founded <= last))
            }
            Condition::Not(inner) => self.holds(inner, day).not(),
            Condition::All(parts) => {
                parts.iter().fold(SURE, |all, part| all.and(self.holds(part, day)))
            }
            Condition::Any(parts) => {
                parts.iter().fold(NEVER, |any, part| any.or(self.holds(part, day)))
            }
        }
    }

    /// S-102: the last day on which it may have been founded.
    fn founded_by(&self, lead: Span, by: Moment, day: Day) -> Day {
        let years = &self.known.case.profile.fiscal_years;
        // What never comes is on no wall.
        let day = day.min(day_of(2190, 1, 1));
        let year = || holding(years, Cycle::FiscalYear, day);
        let last = match by {
            Moment::Day(day) => day,
            Moment::FiscalYearEnd => year().to,
            Moment::FiscalYearStart if lead == Span::Days(0) => before(year().from),
            Moment::FiscalYearStart => year().from,
        };
        minus(last, lead, MonthCounting::ToMonthEnd)
    }

    /// Whether the organization is under the law of one of these places.
    fn under(&self, places: &[String]) -> Maybe {
        if places.is_empty() {
            return SURE;
        }
        let Some(own) = &self.known.case.profile.jurisdiction else { return PERHAPS };
        let lies_in = |part: &str, whole: &str| {
            part == whole || part.starts_with(&format!("{whole}-"))
        };
        match () {
            () if places.iter().any(|place| lies_in(own, place)) => SURE,
            () if places.iter().any(|place| lies_in(place, own)) => PERHAPS,
            () => NEVER,
        }
    }

    /// Whether a rule that stands before this one applies.
    fn before_it(&self, other: &Precedence, day: Day) -> Maybe {
        let in_force = other.in_force.from.is_none_or(|from| from <= day)
            && other.in_force.to.is_none_or(|to| day <= to);
        let scope =
            other.applies_to.as_ref().map_or(SURE, |scope| self.holds(scope, day));
        Maybe::of(in_force).and(self.under(&other.jurisdictions)).and(scope)
    }

    pub(super) fn excepts(&self, exception: &Exception, day: Day) -> Maybe {
        let limits = exception.unless.iter();
        limits.fold(self.holds(&exception.when, day), |so_far, (_, limit)| {
            so_far.and(self.holds(limit, day).not())
        })
    }

    /// Whether the rule speaks of the organization, exceptions aside.
    fn speaks_of(&self, day: Day) -> Maybe {
        let scope =
            self.said.applies_to.as_ref().map_or(SURE, |scope| self.holds(scope, day));
        let gives_way = self
            .said
            .gives_way_to
            .iter()
            .fold(NEVER, |any, other| any.or(self.before_it(other, day)));
        self.under(&self.said.jurisdictions).and(scope).and(gives_way.not())
    }

    pub(super) fn is_asked_of_nobody(&self, day: Day) -> bool {
        let asks_nothing =
            matches!(self.said.norm, Norm::Free { .. } | Norm::Outside { .. });
        let excepted = self.said.exceptions.iter().any(|exception| {
            exception.then.is_none() && self.excepts(exception, day) == SURE
        });
        asks_nothing || excepted || self.speaks_of(day) == NEVER
    }

    /// Scope and exceptions of a slot, on its first day.
    pub(super) fn applied(&self, mut slot: Slot, (start, today): (Day, Day)) -> Slot {
        slot.applies = match (slot.applies, self.speaks_of(slot.from)) {
            (Applies::No, _) | (_, NEVER) => Applies::No,
            (own, SURE) => own,
            (own, _) => perhaps(own),
        };
        slot.agreed = slot.applies;
        for exception in &self.said.exceptions {
            if slot.applies == Applies::No {
                return slot;
            }
            let holds = self.excepts(exception, slot.from);
            if holds == NEVER {
                continue;
            }
            let Some(norm) = &exception.then else {
                if holds == SURE {
                    slot.applies = Applies::No;
                    slot.or_else.clear();
                } else {
                    slot.applies = perhaps(slot.applies);
                    slot.agreed = perhaps(slot.agreed);
                }
                continue;
            };
            let instead = self.counterpart(norm, slot.from, (start, today));
            if holds == SURE {
                if let Some(instead) = instead {
                    let applies = slot.applies;
                    slot = Slot { applies, agreed: applies, ..instead };
                }
                continue;
            }
            let Some(instead) = instead else {
                slot.applies = perhaps(slot.applies);
                slot.agreed = perhaps(slot.agreed);
                continue;
            };
            let instead = Slot { applies: Applies::Yes, ..instead };
            let own = Slot { or_else: Vec::new(), ..slot.clone() };
            if instead.underlying(today) != own.underlying(today) {
                slot.applies = perhaps(slot.applies);
            }
            slot.or_else.push(instead);
        }
        slot
    }

    /// The other duty's slot for the occasion that begins on a day, else that holds it.
    fn counterpart(
        &self,
        norm: &Norm,
        from: Day,
        (start, today): (Day, Day),
    ) -> Option<Slot> {
        let said = Said { norm: norm.clone(), ..self.said.clone() };
        let other = Duty { said: &said, ..*self };
        // Of an occasion that lies ahead the other slot may lie further ahead.
        let slots = other.seen(norm, (start, today.max(from)));
        let same = slots.iter().rfind(|slot| slot.from == from);
        let holding = || slots.iter().find(|slot| slot.from <= from && from <= slot.to);
        same.or_else(holding).cloned()
    }

    /// S-101.
    fn or_enough(
        &self,
        (norm, when): (&Norm, &Condition),
        bounds: (Day, Day),
    ) -> Vec<Slot> {
        // S-110: what is enough hides what becomes of the duty, as an exception does.
        let mut said = self.said.clone();
        if speaks(norm) == Speaks::Today {
            said.exceptions.push(Exception::plain(when.clone()));
        }
        let mut slots = Duty { said: &said, ..*self }.seen(norm, bounds);
        for slot in &mut slots {
            let holds = self.holds(when, slot.from);
            if holds == SURE {
                slot.truth = Truth::True(slot.from.min(slot.due));
            } else if holds == PERHAPS {
                let missing = Unknown::AttributeMissing;
                slot.truth = match slot.truth {
                    Truth::True(day)
                    | Truth::FalseUntil(day)
                    | Truth::UnknownUntil(_, day) => Truth::UnknownUntil(missing, day),
                    kept @ Truth::TrueUntil(..) => kept,
                    _ => Truth::Unknown(missing),
                };
            }
        }
        slots
    }

    /// A duty that carries its own condition.
    pub(super) fn guarded(
        &self,
        (norm, guard, when): (&Norm, Guard, &Condition),
        bounds: (Day, Day),
    ) -> Vec<Slot> {
        let mut said = self.said.clone();
        said.norm = norm.clone();
        said.applies_to = None;
        said.exceptions = Vec::new();
        match guard {
            Guard::If => said.applies_to = Some(when.clone()),
            Guard::Enough => return self.or_enough((norm, when), bounds),
            Guard::Unless => said.exceptions = vec![Exception::plain(when.clone())],
        }
        let inner = Duty { said: &said, ..*self };
        let slots = inner.seen(norm, bounds);
        slots.into_iter().map(|slot| inner.applied(slot, bounds)).collect()
    }
}
