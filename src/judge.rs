//! The judge: a pure function from rules and a timeline to verdicts on a day.
//!
//! Reads no clock, no disk and no language. Every kernel below turns one shape of duty into
//! slots; what a slot's state is on a day, and when it changes next, is
//! [`crate::verdict::Slot`]'s alone. A verdict costs the slots of its look-back, not the
//! organization's history, and nothing is allocated for it.

mod all;
mod collection;
mod deadline;
mod exception;
mod order;
mod periodic;
mod prohibition;
mod scope;
mod slots;
mod standing;
mod summary;
mod view;

pub use scope::Profile;
pub use slots::each_slot;
pub use summary::{look_back, state_of_rule, verdict};
pub use view::{Duty, View};

use crate::calendar::Day;
use crate::verdict::Slot;

/// All slots of a duty from the membership's start to the one after the day judged, each
/// with its state. At most [`crate::limits::SLOTS_MAX`], the latest ones.
pub fn slots(duty: &Duty<'_>, view: &View<'_>) -> Vec<Slot> {
    let mut slots = Vec::new();
    each_slot(duty, view, Day::EARLIEST, &mut |slot| slots.push(*slot));
    let surplus = slots.len().saturating_sub(crate::limits::SLOTS_MAX);
    slots.drain(..surplus);
    slots
}
