//! The judge: a pure function from rules and a timeline to verdicts on a day.
//!
//! Reads no clock, no disk and no language. Every kernel below turns one shape of duty into
//! slots; what a slot's state is on a day, and when it changes next, is
//! [`crate::verdict::Slot`]'s alone. A verdict costs the slots of its look-back, not the
//! organization's history, and nothing is allocated for it; duties of people cost the days
//! on which the register changes.

mod all;
mod among;
mod answer;
mod attendance;
mod attributes;
mod backed;
mod chain;
mod collection;
mod counting;
mod course;
mod deadline;
mod docket;
mod each_member;
mod each_paper;
mod either;
mod exception;
mod holding;
mod instead;
mod lately;
mod order;
mod pause;
mod people;
mod periodic;
mod prohibition;
mod register;
mod scope;
mod scores;
mod signatures;
mod slots;
mod sorts;
mod standing;
mod summary;
mod tenure;
mod uptake;
mod view;
mod waiver;
mod whichever;

pub use among::{Fellows, History, Stand, history};
pub use attributes::{Attributes, Stated};
pub use docket::{Case, Docket};
pub use exception::{Asked, asked, exceptions_on};
pub use instead::judged_by;
pub use pause::suspensions;
pub use register::{Register, Seat, Someone, Tie};
pub use scope::{Profile, is_so};
pub use slots::each_slot;
pub use sorts::speaks_for_the_day;
pub use summary::{look_back, state_of_rule, verdict};
pub use view::{Duty, View};

use crate::calendar::Day;
use crate::norm::{Norm, Occurrence};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Slot, Truth};

/// All slots of a duty from the membership's start to the one after the day judged, each
/// with its state. At most [`crate::limits::SLOTS_MAX`], the latest ones.
pub fn slots(duty: &Duty<'_>, view: &View<'_>) -> Vec<Slot> {
    let mut slots = Vec::new();
    each_slot(duty, view, Day::EARLIEST, &mut |slot| slots.push(*slot));
    let surplus = slots.len().saturating_sub(crate::limits::SLOTS_MAX);
    slots.drain(..surplus);
    slots
}

/// Whether what an entry tells of is counted by a duty that asks something of what it
/// counts: false where it is not so, unknown while no paper says.
pub fn counts(duty: &Duty<'_>, view: &View<'_>, entry: &Entry) -> Truth {
    let duty = &duty.on(entry.day);
    let instead = duty.exceptions.iter().filter_map(|exception| exception.then.as_ref());
    let norms = std::iter::once(duty.norm).chain(instead);
    let counted: Vec<Occurrence> = norms.flat_map(Norm::counted).collect();
    let subject = |what: &Occurrence| Subject::new(what.noun, Aspect::Done(what.act));
    match counted.iter().find(|what| subject(what) == entry.subject) {
        Some(what) => counting::counts(&view.counting(duty.counts_only_if), *what, entry),
        None => Truth::True(entry.day),
    }
}

/// Whether a rule speaks of the organization on the day judged, as far as scope and
/// exceptions are known.
pub fn speaks_of(duty: &Duty<'_>, view: &View<'_>) -> bool {
    !exception::is_out_of_scope(duty, view, view.as_of.day)
}

/// The people on whom a slot that is not met depends: who is missing, related, too long in
/// office. By name, in the order of the register; none for duties that are of no person.
pub fn people(duty: &Duty<'_>, view: &View<'_>, slot: &Slot) -> Vec<String> {
    if slot.state.is_met() {
        return Vec::new();
    }
    let day = view.as_of.day.max(slot.from);
    let asked = judged_by(duty, view.profile, (slot.opens, slot.from));
    let each = asked.iter().map(|duty| match duty.norm {
        Norm::EachMember { .. } => each_member::lacking(duty, view, slot),
        norm => people::lacking(norm, view, day),
    });
    let mut names: Vec<String> = Vec::new();
    for name in each.flatten().filter_map(|person| view.name_of(person)) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
