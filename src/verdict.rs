//! The state of one rule for one organization on one day, and what it rests on.
//!
//! Types only: the judge fills them. Slots are the occasions on which a duty must be kept.

mod truth;
mod verdicts;
mod words;

pub use truth::{Truth, Unknown};
pub use verdicts::Verdicts;

use crate::calendar::{Day, Period};

/// In the order of `docs/SEMANTICS.md`: the first that holds is the slot's state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    /// We failed to read or to evaluate. Never hidden by another state.
    Error,
    NotApplicable,
    /// The underlying state stands beside it.
    Waived,
    Explained,
    Met,
    MetInGrace,
    MetLate,
    NotYetOpen,
    OnTrack,
    DueSoon,
    InGrace,
    AwaitingEvidence,
    InsufficientEvidence,
    /// Not met, and it can still be done late.
    StillOwed,
    /// Not met, and the time for it is over.
    Closed,
}

/// Why a verdict could still change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Finality {
    Final,
    ByTime,
    ByEvidence,
    ByRule,
}

/// One occasion on which a duty must be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    /// The period, fiscal year, meeting or interval that it stands for.
    pub from: Day,
    pub to: Day,
    pub opens: Day,
    /// From this day on it is due soon.
    pub soon: Day,
    pub due: Day,
    pub grace_end: Day,
    /// The later of due and grace, plus the evidence lag.
    pub lag_end: Day,
    pub truth: Truth,
    /// Whether it can still be done after its grace.
    pub can_be_late: bool,
    /// Of a slot that several people have to fill: how many did, of how many. Where it is
    /// not met, that is its score.
    pub part: Option<(u16, u16)>,
    pub applies: Applies,
    /// The days on which a waiver covers it.
    pub waived: Option<Period>,
    /// What is foretold of it where that does not follow from its own days.
    pub foretold: Foretold,
    /// The state on the day judged, as if there were no waiver.
    pub underlying: State,
    /// The state on the day judged.
    pub state: State,
}

impl Foretold {
    /// The same of a slot in whose place something else is looked at after a day.
    #[must_use]
    pub fn no_longer_than(self, last: Day) -> Foretold {
        match self {
            Foretold::ByItsDays => Foretold::Through(last),
            Foretold::Through(other) => Foretold::Through(other.min(last)),
            Foretold::Beside { seen, bare } => {
                Foretold::Beside { seen: seen.filter(|seen| seen.on <= last), bare }
            }
        }
    }
}

/// What becomes of a slot if nothing new arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Foretold {
    /// What its own days say.
    #[default]
    ByItsDays,
    /// The same through this day; after it something else is looked at in its place.
    Through(Day),
    /// It is not known which of two duties is asked, and the other has days of its own: what
    /// both make of it, and the day on which that changes were there no waiver.
    Beside { seen: Option<NextChange>, bare: Option<Day> },
}

/// Whether a slot's duty holds for the organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applies {
    Yes,
    /// Until the end of this day, the last one of a rule that holds at all times.
    Until(Day),
    No,
    /// The same in a time that is over with this day.
    NoUntil(Day),
    /// Scope or exception is unknown, and it matters.
    Unknown,
    /// The same until the end of this day: after it nobody is asked.
    UnknownUntil(Day),
}

impl Applies {
    /// The same where it is not known whether anybody is asked.
    #[must_use]
    pub fn unsure(self) -> Applies {
        match self {
            Applies::Yes => Applies::Unknown,
            Applies::Until(last) => Applies::UnknownUntil(last),
            other => other,
        }
    }

    pub fn is_unsure(self) -> bool {
        matches!(self, Applies::Unknown | Applies::UnknownUntil(_))
    }

    /// Whether nobody is asked on any day.
    pub fn is_no(self) -> bool {
        matches!(self, Applies::No | Applies::NoUntil(_))
    }

    /// The same of a rule that asks nothing of anybody after this day.
    #[must_use]
    pub fn no_longer_than(self, last: Day) -> Applies {
        match self {
            Applies::Yes => Applies::Until(last),
            Applies::No => Applies::NoUntil(last),
            Applies::Unknown => Applies::UnknownUntil(last),
            other => other,
        }
    }

    /// The last day of its time, where that has one.
    pub fn last_day(self) -> Option<Day> {
        match self {
            Applies::Until(last)
            | Applies::NoUntil(last)
            | Applies::UnknownUntil(last) => Some(last),
            Applies::Yes | Applies::No | Applies::Unknown => None,
        }
    }
}

/// The first later day on which a slot's state changes if nothing new arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NextChange {
    pub on: Day,
    /// The state that the slot changes to.
    pub state: State,
    /// The slot, by its first day.
    pub slot: Day,
    pub why: Breakpoint,
}

/// What a clock-driven change comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Breakpoint {
    Opens,
    LeadBegins,
    DuePassed,
    GracePassed,
    LagPassed,
    /// Something already known happens on that day.
    KnownEvent,
    WaiverBegins,
    WaiverEnds,
    /// The rule itself is in force no longer.
    RuleEnds,
}

/// A score in millionths: `low` with every unknown at 0, `high` with every unknown at 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Score {
    /// Left out of the index where nothing is known.
    pub value: Option<u32>,
    pub low: u32,
    pub high: u32,
}

/// One rule for one organization on one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The latest slot past due, worsened by any that is still owed.
    pub state: State,
    /// The slot that is open on the day judged.
    pub upcoming: Option<State>,
    /// What the state would be without the waiver.
    pub underlying: Option<State>,
    pub finality: Finality,
    /// `None` when no slot counts towards the index.
    pub score: Option<Score>,
    pub next_change: Option<NextChange>,
    /// The first later day on which anything above may differ: the next change, the day on
    /// which a slot that was kept early is past and speaks for the rule, or the day a slot
    /// leaves the look-back and the score with it.
    pub judge_again: Option<Day>,
    /// The slot that is running and not yet satisfied: its first day and its due day.
    pub running: Option<(Day, Day)>,
}

/// One whole, in the millionths of a score.
pub const ONE: u32 = 1_000_000;

impl State {
    /// The name in JSON. `still_owed` and `closed` are both `not_met`; the slot says which.
    pub fn name(self) -> &'static str {
        match self {
            State::Error => "error",
            State::NotApplicable => "not_applicable",
            State::Waived => "waived",
            State::Explained => "explained",
            State::Met => "met",
            State::MetInGrace => "met_in_grace",
            State::MetLate => "met_late",
            State::NotYetOpen => "not_yet_open",
            State::OnTrack => "on_track",
            State::DueSoon => "due_soon",
            State::InGrace => "in_grace",
            State::AwaitingEvidence => "awaiting_evidence",
            State::InsufficientEvidence => "insufficient_evidence",
            State::StillOwed | State::Closed => "not_met",
        }
    }

    pub fn is_not_met(self) -> bool {
        matches!(self, State::StillOwed | State::Closed)
    }

    /// Whether it ends a breach that was found: kept after all, explained, or asked no more.
    pub fn mends(self) -> bool {
        self.is_met() || matches!(self, State::Explained | State::NotApplicable)
    }

    pub fn is_met(self) -> bool {
        matches!(self, State::Met | State::MetInGrace | State::MetLate)
    }

    /// Whether the slot's due day is behind and its state says how it ended.
    pub fn is_decided(self) -> bool {
        self.is_met()
            || self.is_not_met()
            || matches!(self, State::AwaitingEvidence | State::InsufficientEvidence)
    }

    /// The slot's score in millionths `[low, high]`; `None` where it does not count.
    /// A duty met late counts half.
    pub fn score(self) -> Option<(u32, u32)> {
        match self {
            State::Met | State::MetInGrace => Some((ONE, ONE)),
            State::MetLate | State::Explained => Some((ONE / 2, ONE / 2)),
            State::StillOwed | State::Closed => Some((0, 0)),
            State::AwaitingEvidence | State::InsufficientEvidence => Some((0, ONE)),
            State::Error
            | State::NotApplicable
            | State::Waived
            | State::NotYetOpen
            | State::OnTrack
            | State::DueSoon
            | State::InGrace => None,
        }
    }
}

impl Slot {
    /// The state on a day with its waiver, given all that is known.
    /// `healthy_through` is the last day on which silence may be read as absence.
    pub fn state_on(&self, day: Day, healthy_through: Option<Day>) -> State {
        self.with_waiver(day, self.underlying_on(day, healthy_through))
    }

    /// A state on a day as a waiver that covers the slot then lets it be seen.
    pub fn with_waiver(&self, day: Day, underlying: State) -> State {
        let waived = self.waived.is_some_and(|during| during.contains(day));
        if waived && underlying != State::NotApplicable {
            State::Waived
        } else {
            underlying
        }
    }

    /// The slot's score as it counts: of a duty of several people the share that kept it.
    pub fn score(&self) -> Option<(u32, u32)> {
        match (self.state, self.part) {
            (State::StillOwed | State::Closed, Some((kept, of))) => {
                let share = u64::from(kept) * u64::from(ONE);
                let share = share.checked_div(u64::from(of)).unwrap_or(0);
                let share = u32::try_from(share).unwrap_or(ONE);
                Some((share, share))
            }
            (state, _) => state.score(),
        }
    }

    /// The one place where a day meets a duty.
    pub fn underlying_on(&self, day: Day, healthy_through: Option<Day>) -> State {
        let is_over = self.applies.last_day().is_some_and(|last| last < day);
        if is_over || self.applies.is_no() {
            return State::NotApplicable;
        }
        match self.truth {
            Truth::True(since)
            | Truth::FalseUntil(since)
            | Truth::UnknownUntil(_, since)
                if since <= day =>
            {
                self.met_on(since)
            }
            Truth::TrueUntil(_, until) if self.opens <= day && day < until => {
                self.met_on(self.opens)
            }
            Truth::Explained(since) if since <= day => State::Explained,
            _ if day < self.opens => State::NotYetOpen,
            _ if day <= self.due && day < self.soon => State::OnTrack,
            _ if day <= self.due => State::DueSoon,
            _ if day <= self.grace_end => State::InGrace,
            _ => self.unsatisfied_on(day, healthy_through),
        }
    }

    /// The first later day on which its state differs from `state`, what it is then, and
    /// what the change comes from.
    pub fn next_change(
        &self,
        day: Day,
        state: State,
        healthy_through: Option<Day>,
    ) -> Option<NextChange> {
        match self.foretold {
            Foretold::ByItsDays => {}
            Foretold::Through(last) => {
                let change = self.next_of_all(day, state, healthy_through);
                return change.filter(|change| change.on <= last);
            }
            Foretold::Beside { seen, .. } => return seen,
        }
        if self.is_settled(day) {
            return None;
        }
        let plain = self.applies == Applies::Yes && self.waived.is_none();
        if plain && matches!(self.truth, Truth::NoEvidence | Truth::Unknown(_)) {
            let next = self.next_of_silence(day, healthy_through);
            debug_assert_eq!(next, self.next_of_all(day, state, healthy_through));
            return next;
        }
        self.next_of_all(day, state, healthy_through)
    }

    /// The next change of a slot for which nothing is found: from one of its days to the
    /// next its state is always another.
    fn next_of_silence(
        &self,
        day: Day,
        healthy_through: Option<Day>,
    ) -> Option<NextChange> {
        let (on, why) = if day < self.opens {
            (self.opens, Breakpoint::Opens)
        } else if day < self.soon && self.soon <= self.due {
            (self.soon, Breakpoint::LeadBegins)
        } else if day <= self.due {
            (self.due.next(), Breakpoint::DuePassed)
        } else if day <= self.grace_end {
            (self.grace_end.next(), Breakpoint::GracePassed)
        } else if day < self.lag_end {
            (self.lag_end, Breakpoint::LagPassed)
        } else {
            return None;
        };
        let state = self.underlying_on(on, healthy_through);
        let never = on >= Day::LATEST;
        (!never).then_some(NextChange { on, state, slot: self.from, why })
    }

    /// The next change of any slot: on each of its days the state is looked at.
    fn next_of_all(
        &self,
        day: Day,
        state: State,
        healthy_through: Option<Day>,
    ) -> Option<NextChange> {
        let mut first: Option<NextChange> = None;
        for (on, why) in self.breakpoints() {
            // What is behind all days never comes.
            let never = on <= day || on >= Day::LATEST;
            if never || first.is_some_and(|found| found.on <= on) {
                continue;
            }
            let then = self.state_on(on, healthy_through);
            if then != state {
                first = Some(NextChange { on, state: then, slot: self.from, why });
            }
        }
        first
    }

    /// Whether no breakpoint lies after the day: the fate of nearly every slot.
    fn is_settled(&self, day: Day) -> bool {
        let ends = self.applies.last_day().is_some_and(|last| day <= last);
        !ends && {
            let known = self.truth.turns_on().is_none_or(|turns| turns <= day);
            known
                && self.waived.is_none()
                && self.opens <= day
                && self.soon <= day
                && self.due < day
                && self.grace_end < day
                && self.lag_end <= day
        }
    }

    /// The first day on which it is not met, if nothing arrives that is not known.
    pub fn found_on(&self, healthy_through: Option<Day>) -> Option<Day> {
        let days = self.breakpoints().into_iter().map(|(day, _)| day);
        days.filter(|day| self.state_on(*day, healthy_through).is_not_met()).min()
    }

    /// The first later day on which it is met after all, explained, or asked no more; a
    /// waiver excuses it and ends nothing.
    pub fn mended_after(&self, found: Day, healthy_through: Option<Day>) -> Option<Day> {
        let later = self.breakpoints().into_iter().map(|(day, _)| day);
        let mended = |day: &Day| self.underlying_on(*day, healthy_through).mends();
        later.filter(|day| *day > found).filter(mended).min()
    }

    fn met_on(&self, satisfied: Day) -> State {
        if self.applies.is_unsure() {
            State::InsufficientEvidence
        } else if satisfied <= self.due {
            State::Met
        } else if satisfied <= self.grace_end {
            State::MetInGrace
        } else {
            State::MetLate
        }
    }

    /// Past grace and not satisfied.
    fn unsatisfied_on(&self, day: Day, healthy_through: Option<Day>) -> State {
        let not_met = if self.can_be_late { State::StillOwed } else { State::Closed };
        let decided =
            if self.applies.is_unsure() { State::InsufficientEvidence } else { not_met };
        match self.truth {
            Truth::False | Truth::FalseUntil(_) => decided,
            _ if day < self.lag_end => State::AwaitingEvidence,
            Truth::Unknown(_) | Truth::UnknownUntil(..) | Truth::TrueUntil(..) => {
                State::InsufficientEvidence
            }
            Truth::NoEvidence | Truth::True(_) | Truth::Explained(_) => {
                let seen = healthy_through.is_some_and(|through| self.lag_end <= through);
                if seen { decided } else { State::InsufficientEvidence }
            }
        }
    }

    /// Every day on which the state may change: each dependence on the clock above is a
    /// comparison with one of these.
    pub fn breakpoints(&self) -> [(Day, Breakpoint); 9] {
        let turns = self.truth.turns_on().unwrap_or(Day::EARLIEST);
        let ends = self.applies.last_day().map_or(Day::EARLIEST, Day::next);
        let waived =
            self.waived.unwrap_or(Period { from: Day::EARLIEST, to: Day::EARLIEST });
        [
            (self.opens, Breakpoint::Opens),
            (self.soon, Breakpoint::LeadBegins),
            (self.due.next(), Breakpoint::DuePassed),
            (self.grace_end.next(), Breakpoint::GracePassed),
            (self.lag_end, Breakpoint::LagPassed),
            (turns, Breakpoint::KnownEvent),
            (waived.from, Breakpoint::WaiverBegins),
            (waived.to.next(), Breakpoint::WaiverEnds),
            (ends, Breakpoint::RuleEnds),
        ]
    }
}
