//! A truth that holds from day to day, as slots: "not met since 3 February".

use super::exception;
use super::view::{Bounds, Duty, View};
use crate::calendar::Day;
use crate::verdict::{Slot, Truth, Unknown};

/// How a duty stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hold {
    Kept,
    /// Something on file says that it is not.
    Broken,
    /// It is not, and the reason that the rule takes is on file.
    Explained,
    /// A paper is owed and none was found: time and the folder decide.
    Missing,
    Unknown,
}

impl From<bool> for Hold {
    fn from(kept: bool) -> Hold {
        if kept { Hold::Kept } else { Hold::Broken }
    }
}

impl Hold {
    /// Both: what breaks one breaks both.
    pub(super) fn and(self, other: Hold) -> Hold {
        let worst = [Hold::Broken, Hold::Missing, Hold::Unknown, Hold::Explained];
        let found = worst.into_iter().find(|hold| [self, other].contains(hold));
        found.unwrap_or(Hold::Kept)
    }
}

/// Slots for the stretches of days between changes: a stretch that is kept has one that is
/// met, any other one that stays open until it is kept again. Changes come in
/// order; the first one ahead of the day judged is the last, unless something hides it.
pub(super) fn chain(
    duty: &Duty<'_>,
    view: &View<'_>,
    (start, changes): (Day, impl IntoIterator<Item = Day>),
    holds: impl Fn(Day) -> Hold,
    sink: &mut dyn FnMut(&Slot),
) {
    let inside = |day: &Day| start < *day && *day < Day::LATEST;
    let until = looked_ahead_to(duty, view);
    let later = changes.into_iter().filter(inside);
    let mut open: Vec<Slot> = Vec::new();
    let mut before: Option<Hold> = None;
    for day in std::iter::once(start).chain(later) {
        let now = holds(day);
        if before == Some(now) {
            continue;
        }
        match now {
            Hold::Kept => {
                let whole = close(&mut open, day);
                for slot in open.drain(..) {
                    sink(&slot);
                }
                if !whole || before.is_none() || before == Some(Hold::Explained) {
                    sink(&opened(duty, now, day));
                }
            }
            _ => open.push(opened(duty, now, day)),
        }
        before = Some(now);
        // One that lies ahead says when the state will change, where it is asked at all.
        if day > until && !exception::takes_away(duty, view, day) {
            break;
        }
    }
    open.iter().for_each(sink);
}

/// The day judged; where a waiver or a window hides what comes after it, the last day of that:
/// what is seen then is what there is then. One without an end hides all that is known.
fn looked_ahead_to(duty: &Duty<'_>, view: &View<'_>) -> Day {
    let waivers = view.waivers.iter().map(|waiver| waiver.during.to);
    let windows = duty.suspended.iter().chain(duty.calendar).map(|window| window.to);
    waivers.chain(windows).max().unwrap_or(view.as_of.day).max(view.as_of.day)
}

/// The duty is kept again from `day`: whatever was open is satisfied on it. Gives whether
/// nothing was unknown.
fn close(open: &mut [Slot], day: Day) -> bool {
    let mut whole = true;
    for slot in open {
        match slot.truth {
            Truth::Explained(_) => {}
            Truth::Unknown(_) => {
                whole = false;
                slot.truth = kept_again(slot, day);
            }
            _ => slot.truth = kept_again(slot, day),
        }
    }
    whole
}

/// What was broken or unknown is so until the day that puts it right.
fn kept_again(slot: &Slot, day: Day) -> Truth {
    let day = day.max(slot.due);
    match slot.truth {
        Truth::False => Truth::FalseUntil(day),
        Truth::Unknown(why) => Truth::UnknownUntil(why, day),
        _ => Truth::True(day),
    }
}

fn opened(duty: &Duty<'_>, now: Hold, day: Day) -> Slot {
    let mut slot = if now == Hold::Broken { broken(duty, day) } else { asked(duty, day) };
    slot.truth = truth(now, day);
    slot
}

fn truth(hold: Hold, day: Day) -> Truth {
    match hold {
        Hold::Kept => Truth::True(day),
        Hold::Broken => Truth::False,
        Hold::Explained => Truth::Explained(day),
        Hold::Missing => Truth::NoEvidence,
        Hold::Unknown => Truth::Unknown(Unknown::NotStated),
    }
}

/// From that day on it is to be so, and nobody has said whether it is.
pub(super) fn asked(duty: &Duty<'_>, day: Day) -> Slot {
    duty.slot(Bounds { from: day, to: day, opens: day, due: day })
}

/// It is known not to be so: no lag, because nothing is awaited.
pub(super) fn broken(duty: &Duty<'_>, day: Day) -> Slot {
    let due = duty.paused_state(day.previous());
    let day = due.next();
    let mut slot = duty.slot(Bounds { from: day, to: day, opens: day, due });
    slot.lag_end = slot.grace_end;
    slot
}
