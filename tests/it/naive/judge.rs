//! The naive judge: each duty's slots on a day, from what is known, by docs/SEMANTICS.md.

use mithaq::calendar::Day;
use mithaq::norm::Norm;
use mithaq::verdict::Applies;

use super::clock::Duty;
use super::known::Known;
use super::slot::Slot;
use super::sum::{Speaks, Verdict, speaks};

/// All slots on a day, and the verdict.
pub(super) fn judge(known: &Known<'_>, today: Day) -> (Vec<Slot>, Verdict) {
    let duty = Duty { known, said: &known.case.said };
    let slots = duty.slots(today);
    let verdict = duty.verdict(&slots, today);
    (slots, verdict)
}

impl Duty<'_, '_> {
    fn slots(&self, today: Day) -> Vec<Slot> {
        let Some(start) = self.known.start() else { return Vec::new() };
        let norm = &self.said.norm;
        let mut slots = self.bare(norm, (start, today));
        for slot in &mut slots {
            let taken = std::mem::replace(slot, slot.clone());
            *slot = self.applied(taken, (start, today));
            if let (Some(last), Applies::Yes, Speaks::Today) =
                (self.said.window.to, slot.applies, speaks(norm))
            {
                slot.applies = Applies::Until(last);
            }
            slot.waived = self
                .known
                .case
                .waivers
                .iter()
                .filter(|waiver| {
                    waiver
                        .slots
                        .is_none_or(|span| slot.from <= span.to && span.from <= slot.to)
                })
                .map(|waiver| waiver.during)
                .collect();
        }
        slots
    }

    /// The slots of a norm, whoever it speaks of.
    pub(super) fn bare(&self, norm: &Norm, bounds: (Day, Day)) -> Vec<Slot> {
        let mut slots = match norm {
            Norm::Frequency { what, least, cycle } => {
                self.frequency((*what, *least, *cycle), bounds)
            }
            Norm::Rolling { what, gap } => self.rolling((*what, *gap), bounds),
            Norm::Deadline { what, anchor, within } => {
                self.deadline((*what, *anchor, *within), bounds)
            }
            Norm::Guarded { norm, guard, when } => {
                return self.guarded((norm, *guard, when), bounds);
            }
            Norm::Free { .. } | Norm::Outside { .. } => Vec::new(),
            other => panic!("the naive judge does not know {other:?} yet"),
        };
        for slot in &mut slots {
            slot.can_be_late = can_be_late(norm);
        }
        slots
    }
}

/// Whether what was missed can still be done late (S-24, S-46).
fn can_be_late(norm: &Norm) -> bool {
    match norm {
        Norm::Frequency { .. } => false,
        Norm::Rolling { .. } | Norm::Deadline { .. } => true,
        Norm::Guarded { norm, .. } => can_be_late(norm),
        _ => false,
    }
}
