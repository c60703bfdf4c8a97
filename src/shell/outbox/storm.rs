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

/// The subject of the digests that went in the place of others.
pub const SUBJECT: &str = "storm";

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
        "SELECT organization, sum(told) AS many
         FROM (SELECT organization, kind IN {TOLD_BY_A_DIGEST} AS told FROM outbox
               WHERE state = 'pending'
               UNION ALL
               SELECT organization, 0 FROM outbox
               WHERE sent_at > ?1 AND state <> 'pending')
         WHERE organization <> ''
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

/// What waits for one slot, to one person about one organization, and is more than they are to
/// have in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullDay {
    pub organization: String,
    pub recipient: String,
    pub leaves_at: i64,
    /// Letters that are too many, with those that a digest stands for already.
    pub over: u32,
}

/// Days on which more than `most` letters would reach somebody.
///
/// # Errors
/// When the store fails.
pub fn full_days(connection: &Connection, most: u32) -> Result<Vec<FullDay>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, recipient, leaves_at,
                count(*) FILTER (WHERE subject_key <> '{SUBJECT}')
                + (SELECT count(*) FROM outbox AS gone
                   WHERE gone.recipient = one.recipient AND gone.state = 'dropped'
                     AND gone.organization = one.organization
                     AND gone.leaves_at = one.leaves_at AND gone.in_slot = 1
                     AND gone.reply = ?2 AND gone.subject_key <> '{SUBJECT}')
         FROM outbox AS one
         WHERE state = 'pending' AND in_slot = 1 AND organization <> ''
           AND kind IN {TOLD_BY_A_DIGEST}
         GROUP BY organization, recipient, leaves_at HAVING count(*) > ?1"
    ))?;
    let rows = statement.query_map(params![most, GATHERED], |row| {
        let letters: u32 = row.get(3)?;
        Ok(FullDay {
            organization: row.get(0)?,
            recipient: row.get(1)?,
            leaves_at: row.get(2)?,
            over: letters.saturating_sub(most.saturating_sub(1)),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which of a person's letters a digest takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    All,
    /// Those that wait for a slot, but for the first.
    Slot {
        leaves_at: i64,
        keep: u32,
    },
}

/// Puts a digest in the place of its recipient's letters about its organization; `false` where
/// none of theirs waits any more.
///
/// # Errors
/// When the store fails.
pub fn replace(
    connection: &Connection,
    among: Among,
    digest: &Waiting,
    now: i64,
) -> Result<bool, Error> {
    let (slot, keep) = match among {
        Among::All => (None, 0),
        Among::Slot { leaves_at, keep } => (Some(leaves_at), keep),
    };
    let rows = {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {} FROM outbox WHERE organization = ?1 AND recipient = ?2
               AND state = 'pending' AND kind IN {TOLD_BY_A_DIGEST}
               AND (?3 IS NULL OR in_slot = 1 AND leaves_at = ?3)
             ORDER BY subject_key = '{SUBJECT}', id LIMIT -1 OFFSET ?4",
            super::COLUMNS
        ))?;
        let of = params![digest.organization, digest.recipient, slot, keep];
        let rows = statement.query_map(of, super::row)?;
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
