//! How the slots of each shape of duty add up, and which of several states speaks.
//!
//! Knows norms and states, and no day and no paper.

use crate::norm::{Anchor, Norm, Past};
use crate::verdict::{Finality, State};

/// How the slots of a norm add up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Dated occasions: the latest one past due speaks.
    Occasions,
    /// A state: what holds on the day speaks.
    AtAllTimes,
    /// Each of a collection: one that fails speaks for all.
    EachOf,
    /// As a collection of violations; without any in the look-back its first slot speaks,
    /// which is the whole time.
    Forbidden,
}

pub(super) fn sort(norm: &Norm) -> Sort {
    match norm {
        Norm::All(norms) => norms.first().map_or(Sort::Occasions, sort),
        _ if norm.is_standing() => Sort::AtAllTimes,
        // Before or after each event: one that was not, among many, is not made good.
        Norm::Order { anchor: Anchor::Each(_), .. } => Sort::EachOf,
        Norm::Order { .. } => Sort::Occasions,
        Norm::Quorum { .. }
        | Norm::Contents { .. }
        | Norm::BylawsQuorum { .. }
        | Norm::SecondCall { .. }
        | Norm::Signed { .. }
        | Norm::Backed { .. }
        | Norm::Outside { .. }
        | Norm::Lately { past: Past::Within { .. }, .. }
        | Norm::Free { .. } => Sort::EachOf,
        Norm::Never { .. } => Sort::Forbidden,
        Norm::Guarded { norm, .. } => sort(norm),
        _ => Sort::Occasions,
    }
}

/// Whether what lies ahead is known to the end of the next year only.
pub(super) fn foresees_by_years(norm: &Norm) -> bool {
    match norm {
        Norm::Among { .. } => true,
        Norm::Guarded { norm, .. } => foresees_by_years(norm),
        _ => false,
    }
}

/// Whether each slot after the first begins with what keeps the duty, for a time.
pub(super) fn begins_with_an_event(norm: &Norm) -> bool {
    match norm {
        Norm::Rolling { .. } => true,
        Norm::Guarded { norm, .. } => begins_with_an_event(norm),
        Norm::All(norms) => norms.first().is_some_and(begins_with_an_event),
        _ => false,
    }
}

/// Whether the duty is of no occasion: what holds on a day, or never happened, is its state.
pub fn speaks_for_the_day(norm: &Norm) -> bool {
    matches!(sort(norm), Sort::AtAllTimes | Sort::Forbidden)
}

/// Whether an open debt is worse than the latest slot's state.
pub(super) fn worsens(state: State) -> bool {
    !matches!(state, State::Error | State::NotApplicable | State::Waived)
}

/// How much a state of one member says of a whole collection; what is asked of nobody says
/// nothing.
pub(super) fn badness(state: State) -> u8 {
    match state {
        State::Error => 7,
        State::StillOwed | State::Closed => 6,
        State::InsufficientEvidence => 5,
        State::AwaitingEvidence => 4,
        // What counts half is worse than what counts whole.
        State::MetLate | State::Explained => 3,
        State::Met | State::MetInGrace => 2,
        State::NotYetOpen | State::OnTrack | State::DueSoon | State::InGrace => 1,
        State::NotApplicable | State::Waived => 0,
    }
}

pub(super) fn finality(state: State, changes: bool, sort: Sort) -> Finality {
    match state {
        State::NotApplicable | State::Waived | State::Error => Finality::ByRule,
        State::InsufficientEvidence | State::StillOwed => Finality::ByEvidence,
        State::NotYetOpen
        | State::OnTrack
        | State::DueSoon
        | State::InGrace
        | State::AwaitingEvidence => Finality::ByTime,
        _ if changes && sort == Sort::AtAllTimes => Finality::ByTime,
        _ => Finality::Final,
    }
}
