//! Letters that are too many: found, and given way to one.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::params;

use super::State;
use super::delivery;
use crate::limits::LETTERS_PER_HOUR_MAX;
use crate::shell::Error;
use crate::shell::store::ledger;
use crate::shell::store::letter;
use crate::shell::store::letter::Waiting;

/// The reply of letters in whose place one digest went.
pub const GATHERED: &str = "one letter in place of many";

/// What a digest tells as well. Receipts, problems and answers are waited for.
const TOLD_BY_A_DIGEST: &str = "('finding', 'resolved', 'due_soon', 'overdue', \
                                 'waiver_ending', 'index_delta', 'digest')";

/// Organizations to which more letters would go within an hour than anybody reads, with the
/// number of those that a digest can tell.
///
/// # Errors
/// When the store fails.
pub fn of(connection: &Connection, now: i64) -> Result<BTreeMap<String, u32>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, count(*) FILTER (WHERE state = 'pending' AND kind IN
                {TOLD_BY_A_DIGEST}) AS many
         FROM outbox
         WHERE (state = 'pending' OR sent_at > ?1) AND organization <> ''
         GROUP BY organization HAVING count(*) > ?2 AND many > 1"
    ))?;
    let rows = statement.query_map(params![now - 3600, LETTERS_PER_HOUR_MAX], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Organizations for which more than one such letter was written since an instant and still
/// waits.
///
/// # Errors
/// When the store fails.
pub fn written_since(
    connection: &Connection,
    since: i64,
) -> Result<BTreeMap<String, u32>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, count(*) FROM outbox
         WHERE state = 'pending' AND created_at >= ?1 AND organization <> ''
           AND kind IN {TOLD_BY_A_DIGEST}
         GROUP BY organization HAVING count(*) > 1"
    ))?;
    let rows = statement.query_map([since], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a digest in the place of its recipient's letters about an organization; `false` where
/// none of theirs waits any more.
///
/// # Errors
/// When the store fails.
pub fn replace(
    connection: &Connection,
    organization: &str,
    digest: &Waiting,
    now: i64,
) -> Result<bool, Error> {
    let rows = {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {} FROM outbox WHERE organization = ?1 AND recipient = ?2
               AND state = 'pending' AND kind IN {TOLD_BY_A_DIGEST} ORDER BY id",
            super::COLUMNS
        ))?;
        let rows = statement.query_map([organization, &digest.recipient], super::row)?;
        rows.collect::<Result<Vec<_>, _>>()?
    };
    if rows.is_empty() {
        return Ok(false);
    }
    for row in &rows {
        super::set(connection, row.id, State::Dropped, GATHERED)?;
        delivery::enter(connection, row, State::Dropped, now)?;
    }
    let written = letter::enqueue(connection, digest, now)?;
    ledger::append(connection, &[digest.entry(now)])?;
    Ok(written)
}
