//! How a duty stands that holds at all times: the slots that still matter, before they are
//! drawn.
//!
//! A slot of one duty is what it is by a few days. They are also what a verdict is kept by,
//! so that what was drawn for one organization is found again for the next.

use super::memo::Key;
use crate::calendar::{Day, Span};
use crate::judge::chain;
use crate::judge::view::{Bounds, Duty};
use crate::verdict::{Slot, Truth, Unknown};

/// How a duty stands that holds at all times.
#[derive(Clone, Copy)]
pub(super) struct Stand {
    /// There was a time in which it was kept.
    pub(super) was_kept: bool,
    /// The slot that nothing has ended; none where it is kept for good.
    pub(super) last: Option<Sketch>,
    /// The one that something already known begins on a day that lies ahead.
    pub(super) ahead: Option<Sketch>,
}

/// A slot, by what it does not share with every other one of its duty.
#[derive(Clone, Copy)]
pub(super) struct Sketch {
    how: How,
    from: Day,
    /// When it opens; of what has opened by the day judged that day does not matter.
    opens: Day,
    due: Day,
    truth: Truth,
}

/// What a slot is drawn from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// It runs from an event to the day by which the next is needed.
    Link,
    /// It begins when a cover is over.
    Lapse,
    /// From its day on it is not so any more.
    Broken,
    /// From its day on it is to be so.
    Asked,
}

impl Stand {
    /// Kept from some day on, for good.
    pub(super) fn kept() -> Stand {
        Stand { was_kept: true, last: None, ahead: None }
    }

    /// All that a verdict depends on, where something may still change it.
    pub(super) fn key(&self, binds: bool) -> Key {
        let both = u64::from(self.was_kept) << 1 | u64::from(binds);
        let key = |one: &Option<Sketch>| one.as_ref().map_or([0, 0], Sketch::key);
        let (last, ahead) = (key(&self.last), key(&self.ahead));
        [last[0], last[1] << 2 | both, ahead[0], ahead[1]]
    }
}

impl Sketch {
    pub(super) fn link(duty: &Duty<'_>, gap: Span, from: Day) -> Sketch {
        let due = from.plus(gap, duty.months);
        Sketch { how: How::Link, from, opens: from, due, truth: Truth::NoEvidence }
    }

    /// What was there is over at the end of a day.
    pub(super) fn lapse(from: Day, due: Day) -> Sketch {
        Sketch { how: How::Lapse, from, opens: from, due, truth: Truth::NoEvidence }
    }

    /// A paper says that it is not so from a day on.
    pub(super) fn broken(from: Day) -> Sketch {
        let due = from.previous();
        Sketch { how: How::Broken, from, opens: from, due, truth: Truth::False }
    }

    /// Nothing says whether it is so from a day on.
    pub(super) fn unstated(from: Day) -> Sketch {
        let truth = Truth::Unknown(Unknown::NotStated);
        Sketch { how: How::Asked, from, opens: from, due: from, truth }
    }

    /// The same where an event is the one that was needed.
    pub(super) fn kept_on(self, day: Day) -> Sketch {
        Sketch { truth: Truth::True(day), ..self }
    }

    /// The same where it is enough that something else is so.
    pub(super) fn excused(self) -> Sketch {
        self.kept_on(self.due.min(self.from))
    }

    /// The same of a cover that began on a day, up to the one judged.
    pub(super) fn since(self, opens: Day) -> Sketch {
        Sketch { opens, ..self }
    }

    /// The same where what was missing is there from a day on.
    pub(super) fn kept_from(self, day: Day) -> Sketch {
        let day = day.max(self.due);
        let truth = match self.truth {
            Truth::False => Truth::FalseUntil(day),
            _ => Truth::True(day),
        };
        Sketch { truth, ..self }
    }

    pub(super) fn slot(&self, duty: &Duty<'_>) -> Slot {
        let Sketch { from, opens, due, truth, .. } = *self;
        let slot = match self.how {
            How::Link => duty.slot(Bounds { from, to: due, opens, due }),
            How::Lapse => duty.slot_of_state(Bounds { from, to: due, opens, due }),
            How::Broken => chain::broken(duty, from),
            How::Asked => chain::asked(duty, from),
        };
        Slot { truth, ..slot }
    }

    fn key(&self) -> [u64; 2] {
        let how = match self.how {
            How::Link => 1,
            How::Lapse => 2,
            How::Broken => 3,
            How::Asked => 4,
        };
        let (told, day) = match self.truth {
            Truth::NoEvidence => (0, Day::EARLIEST),
            Truth::False => (1, Day::EARLIEST),
            Truth::True(day) => (2, day),
            Truth::FalseUntil(day) => (3, day),
            Truth::Unknown(_) => (4, Day::EARLIEST),
            Truth::UnknownUntil(_, day) => (5, day),
            Truth::Explained(day) => (6, day),
            Truth::TrueUntil(_, day) => (7, day),
        };
        let bits = |day: Day| u64::from(day.0.cast_unsigned());
        let how = how | u64::from(self.opens < self.from) << 3;
        [bits(self.from) << 32 | bits(self.due), bits(day) << 8 | told << 4 | how]
    }
}
