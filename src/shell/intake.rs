//! From a drop folder to the papers that have to be read: the reconciler.
//!
//! The only source of truth about what is in a folder. A watcher may say where to look
//! first; nothing depends on what it says. Compares what is on the disk with what is on
//! record, by device, inode, size and both times, and decides what is new, changed, still
//! moving, set aside by its name, refused or gone. Reads no paper and writes nothing.

pub mod look;
pub mod name;

use std::collections::BTreeMap;

use crate::shell::folder::{Folder, Identity, Refusal, Seen, Stamp, Walk};
use crate::shell::intake::name::Role;

/// A path on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub stamp: Stamp,
    /// Nanoseconds since 1970 since when a healthy walk has not found it.
    pub missing_since: Option<i64>,
}

/// What is on record of an organization's folder.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub identity: Option<Identity>,
    /// Whether the marker was ever seen: from then on it must be there.
    pub marker: bool,
    /// Whether the last look found it healthy.
    pub healthy: bool,
    /// What was set aside, with why.
    pub aside: BTreeMap<Vec<u8>, String>,
    pub files: BTreeMap<Vec<u8>, Recorded>,
}

/// What a walk found, compared with the record.
#[derive(Debug, Default)]
pub struct Difference {
    /// New or changed, still for long enough: to be read.
    pub settled: Vec<Seen>,
    /// New or changed, but perhaps still being written; looked at again.
    pub settling: Settling,
    /// Set aside by their names: temporary files, locks, what sync tools keep.
    pub ignored: Vec<Vec<u8>>,
    pub refused: Vec<(Vec<u8>, Refusal)>,
    /// Not found by this walk, on record until the next one agrees.
    pub missing: Vec<Vec<u8>>,
    /// Not found by two walks: gone.
    pub gone: Vec<Vec<u8>>,
    /// Found again after a walk had missed them.
    pub back: Vec<Vec<u8>>,
    /// Whether anything on record was not found, whatever follows from it and when.
    pub misses: bool,
}

/// Files that may still be being written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Settling {
    pub files: usize,
    /// When the first of them will have been left alone for long enough if nobody touches it,
    /// in nanoseconds of the wall clock.
    pub until: i64,
}

/// Whether a folder's silence means anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    Healthy,
    /// It is not there or cannot be listed.
    Unreadable,
    /// Another folder lies at its path: an unmounted share.
    Replaced,
    MarkerMissing,
    /// It held papers and holds none.
    SuddenlyEmpty,
    /// A part of it could not be listed, or it holds too much.
    Incomplete,
}

/// Between two walks that must agree that a file is gone.
pub const GONE_AFTER_NS: i64 = 60 * 1_000_000_000;

/// A modification time further ahead than this is a wrong clock, not a file being written.
const FUTURE_NS: i64 = 10 * 1_000_000_000;

impl Health {
    pub fn name(self) -> &'static str {
        match self {
            Health::Healthy => "healthy",
            Health::Unreadable => "unreadable",
            Health::Replaced => "replaced",
            Health::MarkerMissing => "marker_missing",
            Health::SuddenlyEmpty => "suddenly_empty",
            Health::Incomplete => "incomplete",
        }
    }
}

/// Compares what lies in a folder with the record. `now` and `settle` are nanoseconds of
/// the wall clock.
pub fn reconcile(
    (folder, walk): (&Folder, Walk),
    record: &Record,
    now: i64,
    settle: i64,
) -> (Difference, Health) {
    let health = health(folder, record, walk.seen.len(), walk.incomplete);
    let mut difference = Difference::default();
    // Both are in the order of their paths.
    let mut files = record.files.iter().peekable();
    let mut unseen = Vec::new();
    for seen in walk.seen {
        while let Some(before) = files.next_if(|(path, _)| **path < seen.path) {
            unseen.push(before);
        }
        let recorded = files.next_if(|(path, _)| **path == seen.path);
        difference.place(seen, recorded.map(|(_, recorded)| recorded), now, settle);
    }
    unseen.extend(files);
    difference.misses = !unseen.is_empty();
    if health == Health::Healthy {
        difference.absent(&unseen, now);
    }
    (difference, health)
}

fn health(folder: &Folder, record: &Record, files: usize, incomplete: bool) -> Health {
    if record.identity.is_some_and(|identity| identity != folder.identity) {
        // A marker makes certain what device and inode only suggest: a restored folder.
        return if folder.has_marker() { Health::Healthy } else { Health::Replaced };
    }
    if record.marker && !folder.has_marker() {
        return Health::MarkerMissing;
    }
    if incomplete {
        return Health::Incomplete;
    }
    let held = record.files.values().filter(|file| file.missing_since.is_none()).count();
    // One paper may be taken away; all of several at once is a share that is not mounted.
    if files == 0 && held > 1 && !folder.has_marker() {
        return Health::SuddenlyEmpty;
    }
    Health::Healthy
}

impl Settling {
    pub fn add(&mut self, until: i64) {
        self.until = if self.files == 0 { until } else { self.until.min(until) };
        self.files += 1;
    }
}

impl Difference {
    fn place(&mut self, seen: Seen, recorded: Option<&Recorded>, now: i64, settle: i64) {
        if let Some(refusal) = seen.refused {
            self.refused.push((seen.path, refusal));
            return;
        }
        if name::role(&seen.path) == Role::Ignored {
            self.ignored.push(seen.path);
            return;
        }
        if let Some(recorded) = recorded
            && recorded.stamp == seen.stamp
        {
            if recorded.missing_since.is_some() {
                self.back.push(seen.path);
            }
            return;
        }
        if is_settled(&seen.stamp, now, settle) {
            self.settled.push(seen);
        } else {
            self.settling.add(seen.stamp.changed.max(seen.stamp.modified) + settle);
        }
    }

    /// Whether what lies in the folder is what is on record, and nothing more will have to be
    /// done about it.
    pub fn is_still(&self) -> bool {
        let waits = self.misses || self.settling.files > 0;
        !waits && self.settled.is_empty() && self.back.is_empty()
    }

    fn absent(&mut self, unseen: &[(&Vec<u8>, &Recorded)], now: i64) {
        for (path, recorded) in unseen {
            match recorded.missing_since {
                Some(since) if now - since >= GONE_AFTER_NS => {
                    self.gone.push((*path).clone());
                }
                Some(_) => {}
                None => self.missing.push((*path).clone()),
            }
        }
    }
}

/// Whether nothing has touched the file for the settle time. The change time is the
/// kernel's own; the modification time counts unless it lies in the future.
fn is_settled(stamp: &Stamp, now: i64, settle: i64) -> bool {
    let still = |since: i64| since > now + FUTURE_NS || now - since >= settle;
    still(stamp.changed) && still(stamp.modified)
}
