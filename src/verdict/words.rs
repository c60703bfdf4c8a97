//! All states, finalities and breakpoints, in their order: what is stored of one is its place.

use super::{Breakpoint, Finality, State};

impl State {
    /// In their order.
    pub const ALL: [State; 15] = [
        State::Error,
        State::NotApplicable,
        State::Waived,
        State::Explained,
        State::Met,
        State::MetInGrace,
        State::MetLate,
        State::NotYetOpen,
        State::OnTrack,
        State::DueSoon,
        State::InGrace,
        State::AwaitingEvidence,
        State::InsufficientEvidence,
        State::StillOwed,
        State::Closed,
    ];
}

impl Finality {
    /// In their order.
    pub const ALL: [Finality; 4] =
        [Finality::Final, Finality::ByTime, Finality::ByEvidence, Finality::ByRule];
}

impl Breakpoint {
    /// In their order.
    pub const ALL: [Breakpoint; 9] = [
        Breakpoint::Opens,
        Breakpoint::LeadBegins,
        Breakpoint::DuePassed,
        Breakpoint::GracePassed,
        Breakpoint::LagPassed,
        Breakpoint::KnownEvent,
        Breakpoint::WaiverBegins,
        Breakpoint::WaiverEnds,
        Breakpoint::RuleEnds,
    ];
}
