//! The machine that the network runs on: it stops between any two effects, its disk is full,
//! and what it finds when it starts again is what had reached the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use mithaq::document::Sha256;
use mithaq::shell::Error;
use mithaq::shell::fault::{Faults, Point};
use rusqlite::Connection;

use super::dice::Dice;
use super::planted::Planted;

/// What the fault points of one network are told by, and tell.
pub(super) struct Machine {
    /// Where the store lies now.
    pub(super) store: PathBuf,
    /// It stops at the point after so many others.
    pub(super) armed: Option<u32>,
    /// Papers that end whoever reads them.
    pub(super) poison: BTreeSet<Sha256>,
    /// No byte more fits on the disk.
    pub(super) full: bool,
    /// What the disk held when it stopped.
    image: Option<PathBuf>,
    images: u32,
    dice: Dice,
    planted: Planted,
    last_letter: i64,
    pub(super) points: u64,
    pub(super) stops: u32,
    pub(super) stopped_at: Vec<&'static str>,
}

/// It is shared with the threads of the network.
#[derive(Clone)]
pub(super) struct Shared(pub(super) Arc<Mutex<Machine>>);

impl Shared {
    pub(super) fn new(store: PathBuf, dice: Dice, planted: Planted) -> Shared {
        Shared(Arc::new(Mutex::new(Machine {
            store,
            armed: None,
            poison: BTreeSet::new(),
            full: false,
            image: None,
            images: 0,
            dice,
            planted,
            last_letter: 0,
            points: 0,
            stops: 0,
            stopped_at: Vec::new(),
        })))
    }

    pub(super) fn with<T>(&self, then: impl FnOnce(&mut Machine) -> T) -> T {
        then(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    pub(super) fn faults(&self) -> Faults {
        let shared = self.clone();
        Faults(Arc::new(move |point| shared.with(|machine| machine.reach(point))))
    }

    /// A moment between two effects of the mail server.
    pub(super) fn moment(&self, name: &'static str) -> Result<(), Error> {
        self.with(|machine| machine.pass(name))
    }
}

fn stopped() -> Error {
    Error::stop("the machine stopped", "توقّف الجهاز")
}

impl Machine {
    fn reach(&mut self, point: Point<'_>) -> Result<(), Error> {
        let name = match point {
            Point::Committing(rows) => {
                if self.image.is_none() {
                    self.planted.spoil(rows, &mut self.last_letter);
                    limit(rows, self.full);
                }
                "committing"
            }
            Point::Committed => "committed",
            Point::KeepingPapers if self.full => {
                return Err(Error::stop("no space left", "لا مساحة"));
            }
            Point::KeepingPapers => "keeping papers",
            Point::PapersKept => "papers kept",
            Point::Reading(sha256) => {
                if self.poison.contains(&sha256) {
                    return self.stop("reading a deadly paper");
                }
                "reading"
            }
            Point::LetterWritten => "letter written",
        };
        self.pass(name)
    }

    fn pass(&mut self, name: &'static str) -> Result<(), Error> {
        if self.image.is_some() {
            return Err(stopped());
        }
        self.points += 1;
        match self.armed {
            Some(0) => self.stop(name),
            Some(left) => {
                self.armed = Some(left - 1);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// From here on nothing reaches the disk.
    fn stop(&mut self, name: &'static str) -> Result<(), Error> {
        if self.image.is_none() {
            self.stops += 1;
            self.stopped_at.push(name);
            self.armed = None;
            self.images += 1;
            let image = self.store.with_file_name(format!("disk-{}", self.images));
            self.copy_to(&image);
            self.image = Some(image);
        }
        Err(stopped())
    }

    /// A process that ended by itself, while its store lies still.
    pub(super) fn ended(&mut self) {
        self.stop("by itself").ok();
    }

    /// The next start finds what the disk held.
    pub(super) fn starts_again(&mut self) {
        if let Some(image) = self.image.take() {
            self.store = image;
        }
        self.last_letter = 0;
    }

    /// What is durable, and now and then the torn beginning of what was not.
    fn copy_to(&mut self, image: &Path) {
        link(&self.store.join("papers"), &image.join("papers"));
        for folder in ["", "reading"] {
            std::fs::create_dir_all(image.join(folder)).unwrap();
            for file in files(&self.store.join(folder)) {
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                // The lock and the shared memory are the process's.
                if name == "lock" || name.ends_with("-shm") {
                    continue;
                }
                if folder == "reading" && self.planted == Planted::CountAfterTheTry {
                    continue;
                }
                let mut bytes = std::fs::read(&file).unwrap_or_default();
                if name.ends_with("-wal") && self.dice.chance(30) {
                    // Frames of a transaction that was never committed.
                    let torn = self.dice.roll(6000);
                    bytes.extend((0..torn).map(|at| (at * 7 % 251) as u8));
                }
                if name == "checkpoints" && self.dice.chance(30) {
                    // It need not outlive a loss of power.
                    let lost = self.dice.roll(200) as usize;
                    bytes.truncate(bytes.len().saturating_sub(lost));
                }
                std::fs::write(image.join(folder).join(&name), bytes).unwrap();
            }
        }
    }
}

/// A disk that is full: the store cannot grow.
fn limit(rows: &Connection, full: bool) {
    let pages: i64 =
        rows.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let most = if full { pages } else { 1 << 30 };
    rows.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(())).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// Papers never change: another name for each is a copy.
fn link(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    let Ok(folders) = std::fs::read_dir(from) else { return };
    for folder in folders {
        let folder = folder.unwrap().path();
        let inner = to.join(folder.file_name().unwrap());
        std::fs::create_dir_all(&inner).unwrap();
        for file in files(&folder) {
            std::fs::hard_link(&file, inner.join(file.file_name().unwrap())).unwrap();
        }
    }
}
