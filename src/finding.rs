//! Findings: verdicts that somebody has to act on, from the day one opens until it closes.
//!
//! Pure bookkeeping over slots. A finding is (organization, rulebook, rule, slot).

use crate::calendar::Day;
use crate::verdict::{Slot, State};

/// What a finding is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FindingKey {
    pub organization: String,
    pub rulebook: String,
    pub rule: String,
    /// The first day of the slot.
    pub slot: Day,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub key: FindingKey,
    /// Rises by one with each change of state.
    pub version: u32,
    /// The slot's last day and its due day, for showing.
    pub slot_to: Day,
    pub due: Day,
    pub state: State,
    pub opened: Day,
    pub closed: Option<Closed>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closed {
    pub on: Day,
    pub how: Resolution,
}

/// How a finding closed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Resolution {
    Met,
    MetLate,
    Waived,
    Explained,
    NotApplicable,
    /// It can no longer be mended; the next slot was met.
    Recorded,
    /// Nobody can say any more that it was not met.
    Unknown,
}

impl FindingKey {
    /// Eight hexadecimal digits that name the finding in letters; the same for the same
    /// matter for ever.
    pub fn short(&self) -> String {
        let mut hash: u32 = 0x811c_9dc5;
        let slot = self.slot.to_string();
        for part in [&self.organization, &self.rulebook, &self.rule, &slot] {
            for byte in part.bytes().chain([0]) {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
        format!("{hash:08X}")
    }
}

/// What a slot's state does to its finding: `None` leaves it as it is.
/// `next_is_met` tells whether a later slot of the same rule has been met since.
pub fn closes(slot: &Slot, next_is_met: bool) -> Option<Resolution> {
    match slot.state {
        State::Met | State::MetInGrace => Some(Resolution::Met),
        State::MetLate => Some(Resolution::MetLate),
        State::Waived => Some(Resolution::Waived),
        State::Explained => Some(Resolution::Explained),
        State::NotApplicable => Some(Resolution::NotApplicable),
        State::AwaitingEvidence | State::InsufficientEvidence => {
            Some(Resolution::Unknown)
        }
        State::Closed if next_is_met => Some(Resolution::Recorded),
        State::Closed | State::StillOwed => None,
        State::NotYetOpen | State::OnTrack | State::DueSoon | State::InGrace => {
            Some(Resolution::Unknown)
        }
        State::Error => None,
    }
}

/// The findings of one organization, in the order of their keys. A list, because most
/// organizations have few.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn get(&self, key: &FindingKey) -> Option<&Finding> {
        let at = self.0.binary_search_by(|finding| finding.key.cmp(key)).ok()?;
        self.0.get(at)
    }

    pub fn get_mut(&mut self, key: &FindingKey) -> Option<&mut Finding> {
        let at = self.0.binary_search_by(|finding| finding.key.cmp(key)).ok()?;
        self.0.get_mut(at)
    }

    /// Puts a finding in its place, instead of the one of its key.
    pub fn insert(&mut self, finding: Finding) {
        match self.0.binary_search_by(|other| other.key.cmp(&finding.key)) {
            Ok(at) => {
                if let Some(place) = self.0.get_mut(at) {
                    *place = finding;
                }
            }
            Err(at) => {
                if self.0.len() == self.0.capacity() {
                    self.0.reserve_exact(self.0.len() / 8 + 2);
                }
                self.0.insert(at, finding);
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }
}
