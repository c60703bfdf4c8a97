//! Which days of a slot waivers cover. Knows no duty and no state.

use super::view::View;
use crate::calendar::Period;
use crate::organization::Waiver;
use crate::verdict::Slot;

impl View<'_> {
    /// The days on which waivers cover the slot without a gap: those that hold the day judged
    /// or come next, else the last ones.
    pub(super) fn waived(&self, slot: &Slot) -> Option<Period> {
        let covers = |waiver: &&&Waiver| {
            waiver.slots.is_none_or(|span| span.from <= slot.to && slot.from <= span.to)
        };
        let mut during: Vec<Period> =
            self.waivers.iter().filter(covers).map(|waiver| waiver.during).collect();
        during.sort_unstable();
        let mut found: Option<Period> = None;
        for next in during {
            match &mut found {
                Some(run) if next.from <= run.to.next() => run.to = run.to.max(next.to),
                Some(run) if self.as_of.day <= run.to => break,
                _ => found = Some(next),
            }
        }
        found
    }
}
