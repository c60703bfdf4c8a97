//! As much of a slot as a verdict looks at.

use crate::calendar::Day;
use crate::verdict::{Applies, Slot, State};

/// As much of a slot as a verdict is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::judge) struct Seen {
    pub(super) from: Day,
    pub(super) opens: Day,
    pub(super) due: Day,
    pub(in crate::judge) state: State,
    pub(super) underlying: State,
    pub(super) applies: Applies,
    pub(super) score: Option<(u32, u32)>,
}

impl From<&Slot> for Seen {
    #[inline]
    fn from(slot: &Slot) -> Seen {
        Seen {
            from: slot.from,
            opens: slot.opens,
            due: slot.due,
            state: slot.state,
            underlying: slot.underlying,
            applies: slot.applies,
            score: slot.score(),
        }
    }
}

impl Seen {
    /// Of a duty that holds at all times: that it was kept at some time after a day.
    #[inline]
    pub(in crate::judge) fn kept_before(start: Day) -> Seen {
        Seen {
            from: start,
            opens: start,
            due: Day::EARLIEST,
            state: State::Met,
            underlying: State::Met,
            applies: Applies::Yes,
            score: State::Met.score(),
        }
    }

    /// The same of something that is of one day.
    #[inline]
    pub(in crate::judge) fn on(self, day: Day) -> Seen {
        Seen { from: day, opens: day, due: day, ..self }
    }

    /// The same for an organization that the duty does not bind.
    #[inline]
    pub(in crate::judge) fn outside(self) -> Seen {
        Seen { applies: Applies::No, ..self.with(State::NotApplicable) }
    }

    /// The same with another state, which is not *not met*.
    #[inline]
    pub(in crate::judge) fn with(self, state: State) -> Seen {
        Seen { state, underlying: state, score: state.score(), ..self }
    }
}
