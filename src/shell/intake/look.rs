//! Looks at drop folders, taken ahead of whoever compares them with the record: a look takes
//! the disk's time, a comparison the store's, and a large network has a million files.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use sha2::Digest as _;

use crate::document::Sha256;
use crate::shell::clock::Clock;
use crate::shell::disk;
use crate::shell::folder::{Folder, Walk};

/// What lies in a drop folder at one time.
#[derive(Debug)]
pub struct Look {
    /// `None` where it is not there or must not be read.
    pub folder: Option<Folder>,
    pub walk: Walk,
    /// Nanoseconds of the wall clock.
    pub walked: i64,
    /// The hash of the folder and of everything in it; `None` where not all was seen.
    pub found: Option<Sha256>,
}

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub struct Looker {
    clock: Clock,
    /// The hash of the program: another may think otherwise of the same names.
    program: Sha256,
}

impl Looker {
    pub fn new(clock: Clock, program: &str) -> Looker {
        Looker { clock, program: disk::sha256(program.as_bytes()) }
    }

    /// Looks at a folder now.
    pub fn look(&self, papers: &Path) -> Look {
        let walked = self.clock.wall_ns();
        let Ok(folder) = Folder::open(papers) else {
            return Look { folder: None, walk: Walk::default(), walked, found: None };
        };
        let walk = folder.walk();
        let found = (!walk.incomplete).then(|| self.hash(&folder, &walk));
        Look { folder: Some(folder), walk, walked, found }
    }

    /// Two looks that have it in common would be compared with the record alike.
    fn hash(&self, folder: &Folder, walk: &Walk) -> Sha256 {
        let mut hash = sha2::Sha256::new_with_prefix(self.program.0);
        let mut add = |number: u64| hash.update(number.to_le_bytes());
        add(folder.identity.device);
        add(folder.identity.inode);
        add(u64::from(folder.has_marker()));
        for seen in &walk.seen {
            let stamp = &seen.stamp;
            let refused = seen.refused.map_or("", |refusal| refusal.name());
            for number in [stamp.identity.device, stamp.identity.inode, stamp.size] {
                hash.update(number.to_le_bytes());
            }
            for time in [stamp.modified, stamp.changed] {
                hash.update(time.to_le_bytes());
            }
            for text in [refused.as_bytes(), &seen.path] {
                hash.update(text.len().to_le_bytes());
                hash.update(text);
            }
        }
        Sha256(hash.finalize().into())
    }
}

/// Looks at folders in their order, of many the next ones ahead.
#[derive(Debug)]
pub struct Looks {
    folders: std::vec::IntoIter<PathBuf>,
    looker: Looker,
    ahead: Vec<Receiver<Look>>,
    turn: usize,
}

/// Threads are worth their start from so many folders on.
const AHEAD_MIN: usize = 64;

/// Threads that look at most; more wait for the same disk.
const LOOKERS_MAX: usize = 4;

/// Looks that wait to be compared, a thread; each holds its folder open.
const WAITING_MAX: usize = 16;

impl Looks {
    pub fn at(folders: Vec<PathBuf>, looker: Looker) -> Looks {
        let lookers = if folders.len() < AHEAD_MIN { 0 } else { lookers() };
        let ahead = (0..lookers).map(|first| {
            let own = folders.iter().skip(first).step_by(lookers).cloned();
            look_ahead(own.collect(), looker)
        });
        let ahead = ahead.collect();
        Looks { ahead, folders: folders.into_iter(), looker, turn: 0 }
    }
}

impl Iterator for Looks {
    type Item = Look;

    fn next(&mut self) -> Option<Look> {
        let papers = self.folders.next()?;
        let ahead = self.ahead.get(self.turn).and_then(|looker| looker.recv().ok());
        self.turn = (self.turn + 1).checked_rem(self.ahead.len()).unwrap_or_default();
        Some(ahead.unwrap_or_else(|| self.looker.look(&papers)))
    }
}

fn lookers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(LOOKERS_MAX)
}

#[expect(clippy::disallowed_methods, reason = "the disk is waited for beside the store")]
fn look_ahead(folders: Vec<PathBuf>, looker: Looker) -> Receiver<Look> {
    let (looks, taken): (SyncSender<Look>, _) = sync_channel(WAITING_MAX);
    std::thread::spawn(move || {
        for papers in folders {
            if looks.send(looker.look(&papers)).is_err() {
                // Whoever compares has stopped.
                return;
            }
        }
    });
    taken
}
