//! Whether every page of the store can be relied on, found out beside whoever reads it. It
//! takes seconds of a large store; until it is known nothing is written.

use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::shell::Error;
use crate::shell::clock::Allowance;
use crate::shell::store;
use crate::shell::store::Place;

/// A check under way, or over.
#[derive(Debug, Clone)]
pub struct Check(Arc<Mutex<Stage>>);

#[derive(Debug)]
enum Stage {
    /// Its thread says what it found; where that ends without a word, waiting ends too.
    UnderWay(Receiver<Result<(), Error>>),
    Over(Result<(), Error>),
}

/// Begins to check the store, on a connection and a thread of its own.
///
/// # Errors
/// When it cannot be opened.
#[expect(clippy::disallowed_methods, reason = "it is read beside the store's reader")]
pub fn begin(place: &Place) -> Result<Check, Error> {
    let rows = store::open_to_read(place)?
        .ok_or_else(|| Error::stop("the store vanished", "اختفى المخزن"))?;
    let (say, said) = sync_channel(1);
    std::thread::spawn(move || {
        let took = Allowance::of(Duration::MAX);
        let whole = store::assert_whole(&rows);
        tracing::info!(checked_ms = took.millis(), whole = whole.is_ok(), "checked");
        // Where nobody waits any more, nobody needs to know.
        say.send(whole).ok();
    });
    Ok(Check(Arc::new(Mutex::new(Stage::UnderWay(said)))))
}

impl Check {
    /// Waits until it is over.
    ///
    /// # Errors
    /// As [`store::assert_whole`]; and where the check broke off, as a store that it did
    /// not pass.
    pub fn passed(&self) -> Result<(), Error> {
        let mut stage = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Stage::UnderWay(said) = &*stage {
            *stage = Stage::Over(said.recv().unwrap_or_else(|_| Err(broke_off())));
        }
        match &*stage {
            Stage::Over(whole) => whole.clone(),
            Stage::UnderWay(_) => Err(broke_off()),
        }
    }
}

fn broke_off() -> Error {
    Error::stop(
        "the check of the store broke off: start again, or restore the last backup",
        "انقطع فحص المخزن: شغّل من جديد، أو استعِد آخر نسخة احتياطية",
    )
}
