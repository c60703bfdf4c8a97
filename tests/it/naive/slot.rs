//! A slot, what its state is on a day, and when it changes: looked at on every day.

use mithaq::calendar::{Day, Period, Span};
use mithaq::verdict::{Applies, State, Truth};

use super::wall::{after, inside};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) opens: Day,
    pub(super) soon: Day,
    pub(super) due: Day,
    pub(super) grace_end: Day,
    pub(super) lag_end: Day,
    pub(super) truth: Truth,
    pub(super) can_be_late: bool,
    pub(super) part: Option<(u16, u16)>,
    pub(super) applies: Applies,
    /// Where it is not known whether one of these takes its place: them, and whom it binds
    /// where all of them come to the same.
    pub(super) or_else: Vec<Slot>,
    pub(super) agreed: Applies,
    /// All waivers that cover it.
    pub(super) waived: Vec<Period>,
    /// Whether silence on the day after which nothing is awaited says anything.
    pub(super) heard: bool,
    /// S-98: how far the duty looks back that it is of, where that says it itself.
    pub(super) looks_back: Option<Span>,
    /// After this day something else is looked at in its place.
    pub(super) gone_after: Option<Day>,
}

/// A foretold change: the day, the state from then on, the slot by its first day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Change {
    pub(super) on: Day,
    pub(super) state: State,
    pub(super) slot: Day,
}

impl Slot {
    /// S-17: of two duties that may be asked what both come to, else nobody knows.
    pub(super) fn underlying(&self, day: Day) -> State {
        if self.or_else.is_empty() {
            return self.by_itself(day);
        }
        let alone = |applies: Applies| {
            Slot { applies, or_else: Vec::new(), ..self.clone() }.by_itself(day)
        };
        let own = alone(self.agreed);
        if self.or_else.iter().all(|other| other.by_itself(day) == own) {
            return own;
        }
        alone(super::scope::perhaps(self.agreed))
    }

    /// S-24, sentence by sentence.
    fn by_itself(&self, day: Day) -> State {
        let unknown_whom =
            matches!(self.applies, Applies::Unknown | Applies::UnknownUntil(_));
        let not_met = match (unknown_whom, self.can_be_late) {
            (true, _) => State::InsufficientEvidence,
            (false, true) => State::StillOwed,
            (false, false) => State::Closed,
        };
        match self.applies {
            Applies::No | Applies::NoUntil(_) => return State::NotApplicable,
            Applies::Until(last) | Applies::UnknownUntil(last) if day > last => {
                return State::NotApplicable;
            }
            _ => {}
        }
        if let Truth::Explained(since) = self.truth
            && since <= day
        {
            return State::Explained;
        }
        if let Truth::True(on) | Truth::FalseUntil(on) | Truth::UnknownUntil(_, on) =
            self.truth
            && on <= day
        {
            return match () {
                () if unknown_whom => State::InsufficientEvidence,
                () if on <= self.due => State::Met,
                () if on <= self.grace_end => State::MetInGrace,
                () => State::MetLate,
            };
        }
        if day < self.opens {
            return State::NotYetOpen;
        }
        if let Truth::TrueUntil(_, from) = self.truth
            && day < from
        {
            return if unknown_whom { State::InsufficientEvidence } else { State::Met };
        }
        if day <= self.due {
            return if day < self.soon { State::OnTrack } else { State::DueSoon };
        }
        if day <= self.grace_end {
            return State::InGrace;
        }
        // S-18: a paper that says so needs no waiting.
        if matches!(self.truth, Truth::False | Truth::FalseUntil(_)) {
            return not_met;
        }
        // S-25: on the last day of the lag itself nothing is awaited any more.
        if day < self.lag_end {
            return State::AwaitingEvidence;
        }
        match self.truth {
            Truth::Unknown(_) | Truth::UnknownUntil(..) | Truth::TrueUntil(..) => {
                State::InsufficientEvidence
            }
            _ if self.heard => not_met,
            _ => State::InsufficientEvidence,
        }
    }

    /// S-29: waived as long as any waiver that covers it lasts.
    pub(super) fn state(&self, day: Day) -> State {
        let underlying = self.underlying(day);
        let waived = self.waived.iter().any(|during| inside(day, *during));
        if waived && underlying != State::NotApplicable {
            State::Waived
        } else {
            underlying
        }
    }

    /// S-28: the first later day on which it is in another state, day after day.
    pub(super) fn next_change(&self, today: Day) -> Option<Change> {
        let now = self.state(today);
        let last = self.last_day().min(self.gone_after.unwrap_or(Day::LATEST));
        let mut day = after(today);
        while day <= last {
            let state = self.state(day);
            if state != now {
                return Some(Change { on: day, state, slot: self.from });
            }
            day = after(day);
        }
        None
    }

    /// After this day nothing can happen to it.
    pub(super) fn last_day(&self) -> Day {
        let mut days =
            vec![self.opens, self.soon, self.due, self.grace_end, self.lag_end];
        if let Truth::True(on)
        | Truth::Explained(on)
        | Truth::FalseUntil(on)
        | Truth::UnknownUntil(_, on)
        | Truth::TrueUntil(_, on) = self.truth
        {
            days.push(on);
        }
        days.extend(self.waived.iter().flat_map(|during| [during.from, during.to]));
        if let Applies::Until(last) | Applies::UnknownUntil(last) = self.applies {
            days.push(last);
        }
        let sometime = days.into_iter().filter(|day| *day < Day::LATEST);
        let own = after(sometime.max().unwrap_or(Day::EARLIEST));
        self.or_else.iter().map(Slot::last_day).chain([own]).max().unwrap()
    }

    /// In millionths, at least and at most (S-27, S-55).
    pub(super) fn score(&self, state: State) -> Option<(u64, u64)> {
        match state {
            State::Met | State::MetInGrace => Some((1_000_000, 1_000_000)),
            State::MetLate | State::Explained => Some((500_000, 500_000)),
            State::AwaitingEvidence | State::InsufficientEvidence => Some((0, 1_000_000)),
            State::StillOwed | State::Closed => {
                let (kept, of) = self.part.unwrap_or((0, 1));
                let share = u64::from(kept) * 1_000_000 / u64::from(of.max(1));
                Some((share, share))
            }
            _ => None,
        }
    }
}
