//! How long the daemon waits, and where it looks next. Knows no thread and no clock: it is
//! told what came of a wait.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::shell::watch::Dirty;

/// How often everything is walked without any hint, in seconds.
const WALK_SECONDS: u64 = 900;
/// The same where a folder cannot be watched: network mounts.
const BLIND_WALK_SECONDS: u64 = 60;
/// The longest wait: a day may pass and a clock may be set at any time.
const WAIT_SECONDS_MAX: u64 = 60;
/// After a hint, so that forty saves of one file are one look.
pub const SETTLE_MS: u64 = 300;
/// After a burst, one more walk finds what its hints missed.
const CONFIRM_MS: u64 = 1_000;

/// Where the next pass looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    Everything,
    At(BTreeSet<String>),
}

/// One pass after the other.
#[derive(Debug, Default)]
pub struct Rounds {
    since_walk: Duration,
    /// Hints came in the last pass: walk there once more.
    confirm: BTreeSet<String>,
}

impl Rounds {
    /// How long to wait for a hint. `settling`: files may still be being written.
    pub fn patience(&self, settling: bool) -> Duration {
        if settling {
            Duration::from_millis(SETTLE_MS)
        } else if !self.confirm.is_empty() {
            Duration::from_millis(CONFIRM_MS)
        } else {
            Duration::from_secs(WAIT_SECONDS_MAX)
        }
    }

    /// Where to look after a wait of so long at most. `blind`: changes may come without any
    /// hint.
    pub fn next(
        &mut self,
        waited: Duration,
        dirty: Dirty,
        settling: bool,
        blind: bool,
    ) -> Look {
        let walk = if blind { BLIND_WALK_SECONDS } else { WALK_SECONDS };
        self.since_walk += waited;
        if dirty.everything || settling || self.since_walk >= Duration::from_secs(walk) {
            self.since_walk = Duration::ZERO;
            return Look::Everything;
        }
        Look::At(self.organizations(dirty))
    }

    /// Those with hints now, and those with hints last time.
    fn organizations(&mut self, dirty: Dirty) -> BTreeSet<String> {
        let confirmed = std::mem::replace(&mut self.confirm, dirty.organizations.clone());
        dirty.organizations.into_iter().chain(confirmed).collect()
    }
}
