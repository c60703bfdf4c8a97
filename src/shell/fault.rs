//! Fault points: places between two effects at which a simulated world may stop the machine.
//!
//! A world says what happens at them to the network that its thread starts; without one a
//! point is nothing, and a release build has none. A point only stops: it changes nothing,
//! so that what is tried is what runs.

use rusqlite::Connection;

use crate::document::Sha256;
use crate::shell::Error;

/// Where a machine may stop.
#[derive(Debug, Clone, Copy)]
pub enum Point<'p> {
    /// All of a group of writes is in the transaction, and nothing of it is durable.
    Committing(&'p Connection),
    /// It is durable, and nobody has been told.
    Committed,
    /// Bytes of papers are about to be kept.
    KeepingPapers,
    PapersKept,
    /// The try at reading a paper is marked, and nothing was read.
    Reading(Sha256),
    /// A letter is a file, and its row does not know.
    LetterWritten,
}

/// What happens at a point; an error is the end of the machine.
pub type Happening = dyn Fn(Point<'_>) -> Result<(), Error> + Send + Sync;

#[cfg(debug_assertions)]
mod world {
    use std::cell::RefCell;
    use std::sync::Arc;

    use super::{Error, Happening, Point};

    /// What happens at the points of a thread, and of those it starts.
    #[derive(Clone)]
    pub struct Faults(pub Arc<Happening>);

    impl std::fmt::Debug for Faults {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("Faults")
        }
    }

    thread_local! {
        static HERE: RefCell<Option<Faults>> = const { RefCell::new(None) };
    }

    /// What happens at the points of this thread.
    pub fn of_this_thread() -> Option<Faults> {
        HERE.with_borrow(Clone::clone)
    }

    /// From now on this happens at the points of this thread, and of those it starts.
    pub fn happen_here(faults: Option<Faults>) {
        HERE.set(faults);
    }

    pub(in crate::shell) fn point(point: Point<'_>) -> Result<(), Error> {
        match of_this_thread() {
            Some(faults) => (faults.0)(point),
            None => Ok(()),
        }
    }
}

#[cfg(not(debug_assertions))]
mod world {
    use super::{Error, Point};

    #[derive(Debug, Clone)]
    pub struct Faults;

    pub fn of_this_thread() -> Option<Faults> {
        None
    }

    pub fn happen_here(_: Option<Faults>) {}

    pub(in crate::shell) fn point(_: Point<'_>) -> Result<(), Error> {
        Ok(())
    }
}

pub(in crate::shell) use world::point;
pub use world::{Faults, happen_here, of_this_thread};
