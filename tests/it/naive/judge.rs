//! The naive judge: each duty's slots on a day, from what is known, by docs/SEMANTICS.md.

use mithaq::calendar::Day;
use mithaq::norm::{Anchor, MemberTime, Norm};
use mithaq::verdict::Applies;

use super::clock::Duty;
use super::instead::takes_turns;
use super::known::Known;
use super::orders::Order;
use super::owed;
use super::rules::{judge_by_versions, lasting};
use super::slot::Slot;
use super::sum::{Speaks, Verdict, looks_back, speaks};

/// All slots on a day, and the verdict.
pub(super) fn judge(known: &Known<'_>, today: Day) -> (Vec<Slot>, Verdict) {
    let case = known.case;
    let duty = Duty { known, said: &case.said, version: 0 };
    if let Some(above) = &case.above {
        let above = Duty { known, said: above, version: 1 };
        let slots = duty.answers(&above, today);
        let verdict = duty.verdict(&slots, today);
        return (slots, verdict);
    }
    if case.earlier.is_empty() {
        let slots = duty.slots(today);
        let verdict = match takes_turns(&case.said) {
            true => duty.verdict(&lasting(&slots, today), today),
            false => duty.verdict(&slots, today),
        };
        return (slots, verdict);
    }
    judge_by_versions(known, today)
}

impl Duty<'_, '_> {
    /// S-29: the slots with what excuses them.
    pub(super) fn slots(&self, today: Day) -> Vec<Slot> {
        let mut slots = self.unwaived(today);
        for slot in &mut slots {
            let waivers = self.known.case.waivers.iter();
            let covers = waivers.filter(|waiver| {
                let during = waiver.slots;
                during.is_none_or(|span| slot.from <= span.to && span.from <= slot.to)
            });
            slot.waived = covers.map(|waiver| waiver.during).collect();
            slot.looks_back = looks_back(&self.said.norm);
        }
        slots
    }

    pub(super) fn unwaived(&self, today: Day) -> Vec<Slot> {
        let Some(start) = self.known.start() else { return Vec::new() };
        let norm = &self.said.norm;
        if takes_turns(self.said) {
            return self.in_turn((start, today));
        }
        // Another duty, in an exception, may have occasions of its own.
        let others =
            self.said.exceptions.iter().any(|exception| exception.then.is_some());
        let ahead = others && is_of_the_calendar(norm);
        let until = if ahead { self.known.horizon() } else { today };
        let slots = self.around(self.seen(norm, (start, until)), (start, today));
        if ahead { to_the_next(&slots, today) } else { slots }
    }

    /// Slots with whom they bind, and how long.
    pub(super) fn around(
        &self,
        mut slots: Vec<Slot>,
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        let norm = &self.said.norm;
        for slot in &mut slots {
            *slot = self.applied(slot.clone(), (start, today));
            let Some(last) = self.said.window.to else { continue };
            // S-83: a state of things is asked of nobody after that; of what is forbidden what
            // was done by then stays so.
            let asked_no_more = match speaks(norm) {
                Speaks::Today => true,
                Speaks::Breach => last < slot.from,
                _ => false,
            };
            if asked_no_more {
                let no_longer = |applies: Applies| match applies {
                    Applies::Yes => Applies::Until(last),
                    Applies::No => Applies::NoUntil(last),
                    Applies::Unknown => Applies::UnknownUntil(last),
                    other => other,
                };
                slot.applies = no_longer(slot.applies);
                slot.agreed = no_longer(slot.agreed);
            }
        }
        slots
    }

    /// The slots of a norm on a day, whoever it speaks of.
    pub(super) fn seen(&self, norm: &Norm, (start, today): (Day, Day)) -> Vec<Slot> {
        match norm {
            Norm::Guarded { norm, guard, when } => {
                return self.guarded((norm, *guard, when), (start, today));
            }
            Norm::Free { .. } | Norm::Outside { .. } => return Vec::new(),
            Norm::Never { what } => return self.never(*what, (start, today)),
            Norm::All(norms) => return self.each_of(norms, (start, today)),
            Norm::Among { least, norms } => {
                return self.among((norm, *least, norms), (start, today));
            }
            Norm::Lately { past, norm, last } => {
                return self.lately((*past, norm, last.as_deref()), (start, today));
            }
            Norm::Members { .. } => return self.members_keep(norm, (start, today)),
            Norm::Uptake { .. } => return self.uptake(norm, (start, today)),
            Norm::EachMember { when: MemberTime::Always, .. } => {
                let (owed, _) = owed::when(norm).unwrap();
                return self.each_always((norm, owed), (start, today));
            }
            Norm::Size { .. }
            | Norm::Holds(_)
            | Norm::Unrelated { .. }
            | Norm::Incompatible { .. }
            | Norm::Composition { .. }
            | Norm::Proportion { .. }
            | Norm::TermLimit { .. } => {
                return self.of_days(norm, (start, today), |day| self.stands(norm, day));
            }
            _ => {}
        }
        let bounds = (start, self.known.horizon());
        let slots = self.known.remember((self.version, norm), || self.all(norm, bounds));
        if is_of_the_calendar(norm) { to_the_next(&slots, today) } else { slots.to_vec() }
    }

    /// All slots of a norm up to a day, and some behind it.
    fn all(&self, norm: &Norm, bounds: (Day, Day)) -> Vec<Slot> {
        let start = bounds.0;
        let mut slots = match norm {
            Norm::Frequency { what, least, cycle } => {
                self.frequency((*what, *least, *cycle), bounds)
            }
            Norm::Rolling { what, gap } => self.rolling((*what, *gap), bounds),
            Norm::Deadline { what, anchor, within } => {
                self.deadline((*what, *anchor, *within), bounds)
            }
            Norm::FixedDate { what, month, day } => {
                self.fixed_date((*what, *month, *day), bounds)
            }
            Norm::Standing { what, review } => self.standing((*what, *review), start),
            Norm::Contents { document, items } => {
                self.contents((*document, items), start)
            }
            Norm::Signed { document, by, in_order } => {
                self.signed((*document, by, *in_order), start)
            }
            Norm::Order { steps, anchor, limit, ever } => {
                let (anchor, limit, ever) = (*anchor, *limit, *ever);
                self.order(Order { steps, anchor, limit, ever }, bounds)
            }
            Norm::Whichever { what, event, within, later } => {
                self.whichever((*what, *event), (*within, *later), start)
            }
            Norm::Backed { each, by } => self.backed((*each, by), start),
            Norm::EachPaper { what, least, cycle } => {
                self.each_paper((*what, *least, *cycle), bounds)
            }
            Norm::EachMember { .. } => match owed::when(norm) {
                Some((owed, MemberTime::Each(cycle))) => {
                    self.each_in_period((owed, cycle), bounds)
                }
                Some((owed, MemberTime::Within(span))) => {
                    self.each_on_taking((owed, span), bounds)
                }
                _ => Vec::new(),
            },
            Norm::BylawsQuorum { body } => self.bylaws_quorum(*body, start),
            Norm::SecondCall { body, first, second, within } => {
                self.second_call((*body, *first, *second), *within, start)
            }
            Norm::Quorum { body, share } => self.quorum((*body, *share), start),
            other => panic!("the naive judge does not know {other:?} yet"),
        };
        for slot in &mut slots {
            slot.can_be_late = can_be_late(norm);
        }
        slots
    }
}

/// Whether what was missed can still be done late (S-24, S-46).
pub(super) fn can_be_late(norm: &Norm) -> bool {
    match norm {
        Norm::Guarded { norm, .. } => can_be_late(norm),
        Norm::Rolling { .. }
        | Norm::Deadline { .. }
        | Norm::FixedDate { .. }
        | Norm::Standing { .. }
        | Norm::Size { .. }
        | Norm::Holds(_)
        | Norm::Whichever { .. }
        | Norm::Signed { .. }
        | Norm::SecondCall { .. }
        | Norm::Unrelated { .. }
        | Norm::Incompatible { .. }
        | Norm::Composition { .. }
        | Norm::Proportion { .. }
        | Norm::TermLimit { .. }
        | Norm::Uptake { .. }
        | Norm::Members { .. }
        | Norm::Among { .. } => true,
        // What a period asked for is over with it.
        Norm::EachMember { when, .. } => !matches!(when, MemberTime::Each(_)),
        Norm::All(norms) => norms.iter().all(can_be_late),
        Norm::Order { anchor, limit, .. } => super::orders::can_be_late(*anchor, *limit),
        _ => false,
    }
}

/// S-26: whether its occasions come with the calendar, so that one that lies ahead is
/// enough; those that papers tell of are all known.
pub(super) fn is_of_the_calendar(norm: &Norm) -> bool {
    match norm {
        Norm::Frequency { .. }
        | Norm::Rolling { .. }
        | Norm::EachMember { .. }
        | Norm::EachPaper { .. }
        | Norm::FixedDate { .. } => true,
        Norm::Deadline { anchor, .. } | Norm::Order { anchor, .. } => {
            matches!(anchor, Anchor::FiscalYearEnd | Anchor::FiscalYearStart)
        }
        _ => false,
    }
}

/// Up to the first slot that opens after the day judged.
pub(super) fn to_the_next(slots: &[Slot], today: Day) -> Vec<Slot> {
    let next = slots.iter().position(|slot| slot.opens > today);
    slots[..next.map_or(slots.len(), |next| next + 1)].to_vec()
}
