//! A slot of which it is not known whether another duty takes its place: where both come to
//! the same on a day that is the answer, else nobody knows.

use super::view::View;
use crate::calendar::Day;
use crate::verdict::{Applies, Breakpoint, Foretold, NextChange, Slot, State};

/// The slots of the other duties, and whom the own one binds where they agree with it.
#[derive(Debug)]
pub(super) struct Either {
    pub(super) applies: Applies,
    pub(super) others: Vec<Slot>,
}

impl Either {
    /// Nothing may take the place of the slot.
    pub(super) fn alone() -> Either {
        Either { applies: Applies::Yes, others: Vec::new() }
    }

    /// What becomes of the slot from its first day on, as if there were no waiver, where
    /// another may take its place: each state with the day from which it is so.
    pub(super) fn states(
        &self,
        slot: &Slot,
        healthy: Option<Day>,
    ) -> Option<Vec<(Day, State)>> {
        if self.others.is_empty() {
            return None;
        }
        let all = std::iter::once(slot).chain(&self.others);
        let mut days: Vec<Day> =
            all.flat_map(Slot::breakpoints).map(|(day, _)| day).collect();
        days.retain(|day| slot.opens < *day && *day < Day::LATEST);
        days.push(slot.opens);
        days.sort_unstable();
        days.dedup();
        Some(days.into_iter().map(|day| (day, self.on(slot, day, healthy))).collect())
    }

    /// What becomes of the slot, which has its waiver and its state.
    pub(super) fn foretold(&self, slot: &Slot, view: &View<'_>) -> Foretold {
        if self.others.is_empty() {
            return Foretold::ByItsDays;
        }
        let healthy = view.healthy_through();
        let (today, from) = (view.as_of.day, slot.from);
        let all = std::iter::once(slot).chain(&self.others);
        let mut days: Vec<(Day, Breakpoint)> = all.flat_map(Slot::breakpoints).collect();
        days.retain(|(day, _)| today < *day && *day < Day::LATEST);
        days.sort_unstable_by_key(|(day, _)| *day);
        let seen = days.iter().find_map(|(on, why)| {
            let state = slot.with_waiver(*on, self.on(slot, *on, healthy));
            let change = NextChange { on: *on, state, slot: from, why: *why };
            (state != slot.state).then_some(change)
        });
        let hidden =
            |day: &&(Day, Breakpoint)| self.on(slot, day.0, healthy) != slot.underlying;
        let bare = days.iter().find(hidden).map(|(day, _)| *day);
        Foretold::Beside { seen, bare }
    }

    /// The state on a day as if there were no waiver.
    fn on(&self, slot: &Slot, day: Day, healthy: Option<Day>) -> State {
        let own = Slot { applies: self.applies, ..*slot };
        let state = own.underlying_on(day, healthy);
        let same = |other: &Slot| other.underlying_on(day, healthy) == state;
        if self.others.iter().all(same) {
            return state;
        }
        let unsure = Slot { applies: self.applies.unsure(), ..*slot };
        unsure.underlying_on(day, healthy)
    }
}
