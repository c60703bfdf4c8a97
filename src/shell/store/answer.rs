//! Answers to letters, addresses that fail, and letters that somebody does without.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::document::Sha256;
use crate::finding::FindingKey;
use crate::limits;
use crate::shell::Error;

/// A message that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub number: i64,
    pub at: i64,
    pub writer: String,
    /// The letter that it answers; `None` where it names none of ours.
    pub letter: Option<Letter>,
    /// What it asks, or why nothing followed from it.
    pub decision: String,
    pub said: String,
    /// Somebody has to decide.
    pub open: bool,
    pub settled: Option<Settled>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub at: i64,
    pub by: String,
    pub why: String,
}

/// A letter as its answers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: i64,
    pub organization: String,
    pub recipient: String,
    pub kind: String,
    pub subject_key: String,
    pub subject: String,
    /// What the ledger calls it.
    pub name: String,
}

/// A message to put on record.
#[derive(Debug, Clone)]
pub struct Fresh<'a> {
    pub sha256: Sha256,
    pub message_id: Option<&'a str>,
    pub writer: &'a str,
    pub letter: Option<i64>,
    pub decision: &'a str,
    pub said: &'a str,
    pub open: bool,
}

impl Answer {
    /// Whether it speaks of a finding. What nobody may ask speaks of none.
    pub fn is_about(&self, key: &FindingKey) -> bool {
        let asked =
            !matches!(self.decision.as_str(), "ignored" | "not_on_register" | "returned");
        self.letter.as_ref().is_some_and(|letter| {
            asked
                && letter.organization == key.organization
                && letter.finding() == Some(key.short().as_str())
        })
    }
}

impl Letter {
    /// The short name of the finding that it is about.
    pub fn finding(&self) -> Option<&str> {
        let about = matches!(self.kind.as_str(), "finding" | "resolved" | "overdue");
        about.then(|| self.subject_key.split('.').next().unwrap_or_default())
    }
}

/// Puts a message on record; gives its number, or `None` when it is there already.
///
/// # Errors
/// When the store fails.
pub fn enter(
    connection: &Connection,
    fresh: &Fresh<'_>,
    at: i64,
) -> Result<Option<i64>, Error> {
    // Brought again, it has other lines at its head. Whoever names a message before it comes
    // does not keep it out, for nothing follows from theirs.
    let known: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM answer
               WHERE sha256 = ?1 OR (message_id = ?2 AND writer = ?3 AND letter IS ?4
                                     AND decision = ?5))",
        )?
        .query_row(
            params![
                fresh.sha256.0,
                fresh.message_id,
                fresh.writer,
                fresh.letter,
                fresh.decision,
            ],
            |row| row.get(0),
        )?;
    if known {
        return Ok(None);
    }
    connection
        .prepare_cached(
            "INSERT INTO answer (at, sha256, message_id, writer, letter, decision, said, open)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            at,
            fresh.sha256.0,
            fresh.message_id,
            fresh.writer,
            fresh.letter,
            fresh.decision,
            fresh.said,
            fresh.open,
        ])?;
    let number = connection.last_insert_rowid();
    // Strangers may write as much as they like; what they wrote is shown for a while.
    connection
        .prepare_cached(
            "DELETE FROM answer WHERE number <= ?1 - ?2
               AND decision IN ('ignored', 'unknown_letter', 'not_on_register')",
        )?
        .execute(params![number, limits::ANSWERS_KEPT_MAX])?;
    Ok(Some(number))
}

/// The letter of a token.
///
/// # Errors
/// When the store fails.
pub fn letter_of(connection: &Connection, token: &str) -> Result<Option<Letter>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, organization, recipient, kind, subject_key, subject, message_id FROM outbox
         WHERE token = ?1",
    )?;
    Ok(statement.query_row([token], |row| letter(row, 0)).optional()?)
}

fn letter(row: &Row<'_>, from: usize) -> rusqlite::Result<Letter> {
    Ok(Letter {
        id: row.get(from)?,
        organization: row.get(from + 1)?,
        recipient: row.get(from + 2)?,
        kind: row.get(from + 3)?,
        subject_key: row.get(from + 4)?,
        subject: row.get(from + 5)?,
        name: row.get(from + 6)?,
    })
}

/// Whether somebody has answered so often today that a program must be doing it.
///
/// # Errors
/// When the store fails.
pub fn is_flood(connection: &Connection, writer: &str, now: i64) -> Result<bool, Error> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM answer WHERE writer = ?1 AND at > ?2")?;
    let count: u32 =
        statement.query_row(params![writer, now - 86_400], |row| row.get(0))?;
    Ok(count >= limits::ANSWERS_A_DAY_MAX)
}

/// The answers that were known at an instant, in order of arrival.
///
/// # Errors
/// When the store fails.
pub fn listed(connection: &Connection, known: i64) -> Result<Vec<Answer>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT a.number, a.at, a.writer, a.decision, a.said, a.open, a.settled_at,
                a.settled_by, a.settled_why, o.id, o.organization, o.recipient, o.kind,
                o.subject_key, o.subject, o.message_id
         FROM answer a LEFT JOIN outbox o ON o.id = a.letter
         WHERE a.at <= ?1 ORDER BY a.number",
    )?;
    let rows = statement.query_map([known], |row| {
        let id: Option<i64> = row.get(9)?;
        let decided_at: Option<i64> = row.get(6)?;
        let settled = decided_at.filter(|at| *at <= known);
        Ok(Answer {
            number: row.get(0)?,
            at: row.get(1)?,
            writer: row.get(2)?,
            letter: id.map(|_| letter(row, 9)).transpose()?,
            decision: row.get(3)?,
            said: row.get(4)?,
            open: row.get(5)? || decided_at.is_some_and(|at| at > known),
            settled: settled
                .map(|at| {
                    Ok::<_, rusqlite::Error>(Settled {
                        at,
                        by: row.get(7)?,
                        why: row.get(8)?,
                    })
                })
                .transpose()?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes what was decided; `false` when nothing of that number is open.
///
/// # Errors
/// When the store fails.
pub fn settle(
    connection: &Connection,
    number: i64,
    settled: &Settled,
) -> Result<bool, Error> {
    let rows = connection.execute(
        "UPDATE answer SET open = 0, settled_at = ?2, settled_by = ?3, settled_why = ?4
         WHERE number = ?1 AND open = 1",
        params![number, settled.at, settled.by, settled.why],
    )?;
    Ok(rows == 1)
}

/// Whether somebody has asked for something about a finding that nobody has decided yet.
///
/// # Errors
/// When the store fails.
pub fn is_asked_about(
    connection: &Connection,
    organization: &str,
    finding: &str,
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM answer a JOIN outbox o ON o.id = a.letter
           WHERE a.open = 1 AND o.organization = ?1
             AND a.decision IN ('dispute', 'exemption', 'extension')
             AND o.kind IN ('finding', 'resolved', 'overdue')
             AND (o.subject_key = ?2 OR o.subject_key LIKE ?2 || '.%'))",
    )?;
    Ok(statement.query_row(params![organization, finding], |row| row.get(0))?)
}

/// Counts a letter that came back; `true` when the address counts as failing from now on.
///
/// # Errors
/// When the store fails.
pub fn returned(
    connection: &Connection,
    (organization, address): (&str, &str),
    permanent: bool,
    said: &str,
    now: i64,
) -> Result<bool, Error> {
    let of = params![organization, address, said];
    connection.execute(
        "INSERT INTO failing (organization, address, bounces, said) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT DO UPDATE SET bounces = bounces + 1, said = excluded.said",
        of,
    )?;
    let marked = connection.execute(
        "UPDATE failing SET since = ?3
         WHERE organization = ?1 AND address = ?2 AND since IS NULL
           AND (?4 OR bounces >= ?5)",
        params![organization, address, now, permanent, limits::SOFT_BOUNCES_MAX],
    )?;
    Ok(marked == 1)
}

/// Somebody at the address was heard of, or a person wants it tried again.
///
/// # Errors
/// When the store fails.
pub fn reached(
    connection: &Connection,
    organization: &str,
    address: &str,
) -> Result<(), Error> {
    connection
        .prepare_cached(
            "DELETE FROM failing WHERE organization = ?1 AND lower(address) = lower(?2)",
        )?
        .execute(params![organization, address])?;
    Ok(())
}

/// Whether letters to the address do not come through.
///
/// # Errors
/// When the store fails.
pub fn is_failing(
    connection: &Connection,
    organization: &str,
    address: &str,
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM failing
           WHERE organization = ?1 AND address = ?2 AND since IS NOT NULL)",
    )?;
    Ok(statement.query_row(params![organization, address], |row| row.get(0))?)
}

/// The addresses that fail: organization, address, since when, what was said.
///
/// # Errors
/// When the store fails.
pub fn failing(
    connection: &Connection,
) -> Result<Vec<(String, String, i64, String)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, address, since, said FROM failing WHERE since IS NOT NULL
         ORDER BY organization, address",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Somebody does without letters of a kind, or without all that can be done without (`*`).
///
/// # Errors
/// When the store fails.
pub fn mute(
    connection: &Connection,
    (organization, address): (&str, &str),
    kind: &str,
    now: i64,
) -> Result<(), Error> {
    connection.execute(
        "INSERT OR IGNORE INTO muted (organization, address, kind, since)
         VALUES (?1, ?2, ?3, ?4)",
        params![organization, address, kind, now],
    )?;
    Ok(())
}

/// Somebody wants all letters again.
///
/// # Errors
/// When the store fails.
pub fn unmute(
    connection: &Connection,
    organization: &str,
    address: &str,
) -> Result<(), Error> {
    connection.execute(
        "DELETE FROM muted WHERE organization = ?1 AND address = ?2",
        params![organization, address],
    )?;
    Ok(())
}

/// Whether a letter of a kind is one that its recipient does without.
///
/// # Errors
/// When the store fails.
pub fn is_muted(
    connection: &Connection,
    (organization, address): (&str, &str),
    kind: &str,
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM muted
           WHERE organization = ?1 AND address = ?2 AND kind IN (?3, '*'))",
    )?;
    Ok(statement.query_row(params![organization, address, kind], |row| row.get(0))?)
}
