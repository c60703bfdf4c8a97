//! Every settled version of what people write, with the instant it was first seen.

use rusqlite::{Connection, OptionalExtension, params};

use crate::shell::Error;
use crate::shell::disk;

/// A file of the network's folder as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Below the network's folder.
    pub path: String,
    pub text: String,
    /// It had no mistake.
    pub good: bool,
}

/// Keeps the versions that were not seen before.
///
/// # Errors
/// When the store fails.
pub fn keep(connection: &Connection, sources: &[Source], now: i64) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO source (path, sha256, seen, good, text)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for source in sources {
        let hash = disk::sha256(source.text.as_bytes());
        statement.execute(params![source.path, hash.0, now, source.good, source.text])?;
    }
    Ok(())
}

/// The newest version of a file that had no mistake.
///
/// # Errors
/// When the store fails.
pub fn last_good(connection: &Connection, path: &str) -> Result<Option<String>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT text FROM source WHERE path = ?1 AND good
         ORDER BY seen DESC, rowid DESC LIMIT 1",
    )?;
    Ok(statement.query_row([path], |row| row.get(0)).optional()?)
}
