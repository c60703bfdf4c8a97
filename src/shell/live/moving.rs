//! Whom a pass looks at, and when the next one has something to find: files that may still be
//! being written, and folders of which no hint ever comes.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::document::Sha256;
use crate::shell::health::machine;
use crate::shell::live::Live;

/// Files that may still be being written are looked at again after so many seconds at the
/// latest, whatever their times say: they may lie in the future, and a clock may be set.
const LOOK_AGAIN_SECONDS_MAX: i64 = 5;

/// Whose folders lie where nobody tells of changes: asked of each folder once, and again when
/// something is mounted, when people write, and with each walk over all of them.
#[derive(Debug, Default)]
pub(super) struct Silent {
    /// What was mounted then; `None`: to be asked again.
    pub(super) mounts: Option<Sha256>,
    ids: BTreeSet<String>,
}

const SECOND: i64 = 1_000_000_000;

impl Live {
    /// Files that may still be being written, in all folders.
    pub(super) fn settling(&self) -> usize {
        self.moving.values().map(|settling| settling.files).sum()
    }

    /// When the next of them will have been left alone for long enough, if nobody touches it;
    /// `None` when there is none.
    pub fn settled_in(&self) -> Option<Duration> {
        let now = self.clock.wall_ns();
        let untils = self.moving.values().map(|settling| settling.until);
        let wait =
            untils.min()?.saturating_sub(now).clamp(0, LOOK_AGAIN_SECONDS_MAX * SECOND);
        Some(Duration::from_nanos(wait.unsigned_abs()))
    }

    /// Whom to look at: these or all, those of whom somebody asked something, and those in
    /// whose folders something has settled since.
    pub(super) fn wanted(
        &self,
        only: Option<&BTreeSet<String>>,
        asked: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let registered = &self.network.organizations;
        let Some(only) = only else { return registered.keys().cloned().collect() };
        let now = self.clock.wall_ns();
        let settled = |until: i64| {
            until <= now || until.saturating_sub(now) > LOOK_AGAIN_SECONDS_MAX * SECOND
        };
        let moving = self.moving.iter().filter(|(_, settling)| settled(settling.until));
        let waiting = self.bursts.keys().filter(|id| !self.moving.contains_key(*id));
        let all = only.iter().chain(asked).chain(waiting).chain(moving.map(|(id, _)| id));
        all.filter(|id| registered.contains_key(*id)).cloned().collect()
    }

    /// Whose folders change without any hint: on file systems that give none, and those that
    /// are not there, of which nobody hears when they are mounted again.
    pub fn unheard(&mut self) -> BTreeSet<String> {
        let mounts = machine::mounts();
        if mounts.is_none() || mounts != self.silent.mounts {
            let registered = self.network.organizations.iter();
            let silent = registered
                .filter(|(_, registered)| machine::is_silent(&registered.papers));
            let ids = silent.map(|(id, _)| id.clone()).collect();
            self.silent = Silent { mounts, ids };
        }
        self.silent.ids.iter().chain(self.told.keys()).cloned().collect()
    }
}
