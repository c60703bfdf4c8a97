//! How long the daemon waits, and where it looks next. Knows no thread and no clock: it is
//! told what came of a wait, and how much time went by.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::shell::watch::Dirty;

/// How often everything is walked without any hint.
const WALK: Duration = Duration::from_mins(15);
/// The same for folders of which no hint can come: network mounts, and what is not there.
const POLL: Duration = Duration::from_mins(1);
/// The longest wait: a day may pass and a clock may be set at any time.
const WAIT_MAX: Duration = Duration::from_mins(1);
/// After a hint, so that forty saves of one file are one look.
pub const SETTLE_MS: u64 = 300;
/// Files that settle one after another are looked at together.
const TOGETHER: Duration = Duration::from_millis(50);
/// After a burst, one more walk finds what its hints missed.
const CONFIRM: Duration = Duration::from_secs(1);
/// Whoever writes rules without a pause for so long is read all the same.
const WRITING_MAX: Duration = Duration::from_mins(1);

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
    since_poll: Duration,
    /// Hints came in the last pass: walk there once more.
    confirm: BTreeSet<String>,
    writing: Option<Writing>,
}

/// People changed what the network is judged by, and may not be done.
#[derive(Debug, Default, Clone, Copy)]
struct Writing {
    since: Duration,
    /// How long nothing more was heard of it.
    still: Duration,
}

impl Rounds {
    /// How long to wait for a hint. `settled_in`: when the next file that may still be being
    /// written will have been left alone for long enough.
    pub fn patience(&self, settled_in: Option<Duration>) -> Duration {
        let longest = if !self.confirm.is_empty() { CONFIRM } else { WAIT_MAX };
        let settled_in = settled_in.map(|wait| wait.max(TOGETHER));
        let longest = settled_in.unwrap_or(longest).min(longest);
        if self.writing.is_some() {
            return longest.min(Duration::from_millis(SETTLE_MS));
        }
        longest
    }

    /// Where to look, when so much time went by since this was last asked.
    pub fn next(&mut self, elapsed: Duration, dirty: Dirty) -> Look {
        self.since_walk += elapsed;
        if dirty.everything || self.since_walk >= WALK {
            self.since_walk = Duration::ZERO;
            self.since_poll = Duration::ZERO;
            return Look::Everything;
        }
        Look::At(self.organizations(dirty))
    }

    /// Whether it is time for the folders of which no hint comes.
    pub fn polls(&mut self, elapsed: Duration) -> bool {
        self.since_poll += elapsed;
        let due = self.since_poll >= POLL;
        if due {
            self.since_poll = Duration::ZERO;
        }
        due
    }

    /// Whether to read again what people wrote: not before it was left alone for `settle`, so
    /// that nobody is judged by the half of it. `heard`: something of it changed in this time.
    pub fn reads_again(
        &mut self,
        heard: bool,
        elapsed: Duration,
        settle: Duration,
    ) -> bool {
        if !heard && self.writing.is_none() {
            return false;
        }
        let mut writing = self.writing.unwrap_or_default();
        writing.since += elapsed;
        writing.still = if heard { Duration::ZERO } else { writing.still + elapsed };
        let over = writing.still >= settle.max(Duration::from_millis(SETTLE_MS))
            || writing.since >= WRITING_MAX;
        self.writing = (!over).then_some(writing);
        over
    }

    /// Those with hints now, and those with hints last time.
    fn organizations(&mut self, dirty: Dirty) -> BTreeSet<String> {
        let confirmed = std::mem::replace(&mut self.confirm, dirty.organizations.clone());
        dirty.organizations.into_iter().chain(confirmed).collect()
    }
}
