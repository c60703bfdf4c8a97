//! What commands ask of whoever minds the network: a row each, carried out in a pass.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value as Json;

use crate::shell::Error;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// To take up what a person states of a paper.
    Correct,
    /// To erase a paper.
    Forget,
}

/// A request that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    pub id: i64,
    /// When it was asked for.
    pub at: i64,
    pub detail: Json,
}

impl What {
    pub fn name(self) -> &'static str {
        match self {
            What::Correct => "correct",
            What::Forget => "forget",
        }
    }
}

/// Asks for something; gives the request's number.
///
/// # Errors
/// When the store fails.
pub fn ask(
    connection: &Connection,
    what: What,
    at: i64,
    detail: &Json,
) -> Result<i64, Error> {
    connection
        .prepare_cached("INSERT INTO request (at, what, detail) VALUES (?1, ?2, ?3)")?
        .execute(params![at, what.name(), detail.to_string()])?;
    Ok(connection.last_insert_rowid())
}

/// The requests that wait, in the order in which they were made.
///
/// # Errors
/// When the store fails.
pub fn waiting(connection: &Connection, what: What) -> Result<Vec<Waiting>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, detail FROM request WHERE done IS NULL AND what = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([what.name()], |row| {
        let text: String = row.get(2)?;
        let detail = serde_json::from_str(&text).unwrap_or_default();
        Ok(Waiting { id: row.get(0)?, at: row.get(1)?, detail })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A request needs nothing more.
///
/// # Errors
/// When the store fails.
pub fn done(connection: &Connection, id: i64, now: i64) -> Result<(), Error> {
    connection
        .prepare_cached("UPDATE request SET done = ?2 WHERE id = ?1")?
        .execute(params![id, now])?;
    Ok(())
}

/// Whether a request was carried out.
///
/// # Errors
/// When the store fails.
pub fn is_done(connection: &Connection, id: i64) -> Result<bool, Error> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM request WHERE id = ?1 AND done IS NOT NULL")?;
    Ok(statement.query_row([id], |_| Ok(())).optional()?.is_some())
}
