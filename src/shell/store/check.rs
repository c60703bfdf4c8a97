//! Whether every page of the store can be relied on, found out beside whoever reads it. It
//! takes seconds of a large store; until it is known nothing is written.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::shell::Error;
use crate::shell::clock::Allowance;
use crate::shell::store;
use crate::shell::store::Place;

/// A check under way, or over.
#[derive(Debug, Clone)]
pub struct Check(Arc<OnceLock<Result<(), Error>>>);

/// Begins to check the store, on a connection and a thread of its own.
///
/// # Errors
/// When it cannot be opened.
#[expect(clippy::disallowed_methods, reason = "it is read beside the store's reader")]
pub fn begin(place: &Place) -> Result<Check, Error> {
    let rows = store::open_to_read(place)?
        .ok_or_else(|| Error::stop("the store vanished", "اختفى المخزن"))?;
    let check = Check(Arc::default());
    let said = Arc::clone(&check.0);
    std::thread::spawn(move || {
        let took = Allowance::of(Duration::MAX);
        let whole = store::assert_whole(&rows);
        tracing::info!(checked_ms = took.millis(), whole = whole.is_ok(), "checked");
        said.get_or_init(|| whole);
    });
    Ok(check)
}

impl Check {
    /// Waits until it is over.
    ///
    /// # Errors
    /// As [`store::assert_whole`].
    pub fn passed(&self) -> Result<(), Error> {
        self.0.wait().clone()
    }
}
