//! What the last look at a drop folder found, where nothing of it was news, and with what an
//! organization's papers are read. The store itself forgets either when the record changes.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::document::Sha256;
use crate::shell::Error;

/// What the last look found, where all of it was on record and still is.
///
/// # Errors
/// When the store fails.
pub fn found(
    connection: &Connection,
    organization: &str,
) -> Result<Option<Sha256>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT found FROM looked WHERE organization = ?1")?;
    let found = statement.query_row([organization], |row| row.get(0)).optional()?;
    let found: Option<Vec<u8>> = found.flatten();
    Ok(found.and_then(|found| found.try_into().ok()).map(Sha256))
}

/// Keeps what looks found of which nothing was news.
///
/// # Errors
/// When the store fails.
pub fn keep_found(
    connection: &Connection,
    found: &[(String, Sha256)],
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO looked (organization, found) VALUES (?1, ?2)
         ON CONFLICT (organization) DO UPDATE SET found = excluded.found",
    )?;
    for (organization, found) in found {
        statement.execute(params![organization, found.0])?;
    }
    Ok(())
}

/// With what all papers of an organization are read, of those of whom it is known.
///
/// # Errors
/// When the store fails.
pub fn contexts(connection: &Connection) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, context FROM looked WHERE context IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps with what all papers of these organizations are read.
///
/// # Errors
/// When the store fails.
pub fn keep_contexts(
    connection: &Connection,
    contexts: &BTreeMap<String, Vec<u8>>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO looked (organization, context) VALUES (?1, ?2)
         ON CONFLICT (organization) DO UPDATE SET context = excluded.context",
    )?;
    for (organization, context) in contexts {
        statement.execute(params![organization, context])?;
    }
    Ok(())
}
