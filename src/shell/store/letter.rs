//! Letters on their way into the outbox: put there once, in the transaction of their cause.

use rusqlite::{Connection, params};
use serde_json::json;

use crate::document::Sha256;
use crate::letters::Letter;
use crate::letters::Recipient;
use crate::letters::Rendered;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::store::ledger;

/// A letter in its final bytes, and what it is known by.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub organization: String,
    pub recipient: String,
    pub kind: &'static str,
    pub subject_key: String,
    pub window: String,
    pub rendered: Rendered,
    /// Unix seconds before which it does not leave; 0: it may leave at once.
    pub leaves_at: i64,
    /// It waits for the slot of its day, with others.
    pub in_slot: bool,
    /// Subjects of the letters whose due days it takes out of the reader's calendar.
    pub takes_away: Vec<String>,
}

impl Waiting {
    pub fn new(letter: &Letter, rendered: Rendered) -> Waiting {
        Waiting {
            organization: letter.to.organization.clone(),
            recipient: letter.to.address.clone(),
            kind: letter.kind().code(),
            subject_key: letter.subject_key.clone(),
            window: letter.window.clone(),
            rendered,
            leaves_at: 0,
            in_slot: false,
            takes_away: letter.takes_away(),
        }
    }

    /// What the ledger says of it: to whom, about what, and the hash of its bytes.
    pub fn entry(&self, at: i64) -> ledger::Entry {
        let hash: Sha256 = disk::sha256(&self.rendered.eml);
        ledger::Entry {
            at,
            kind: ledger::Kind::Letter,
            organization: self.organization.clone(),
            subject: self.rendered.name.clone(),
            detail: json!({
                "kind": self.kind,
                "recipient": self.recipient,
                "about": self.subject_key,
                "window": self.window,
                "sha256": hash.to_string(),
            })
            .to_string(),
        }
    }
}

/// Puts a letter into the outbox; `false` when this person has had it already. What follows a
/// finding has no earlier hour than the findings that wait.
///
/// # Errors
/// When the store fails.
pub fn enqueue(
    connection: &Connection,
    letter: &Waiting,
    now: i64,
) -> Result<bool, Error> {
    let added = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO outbox (organization, recipient, kind, subject_key, window,
               message_id, subject, raw, created_at, token, leaves_at, next_at, in_slot)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, hour, hour, ?12
             FROM (SELECT max(?11, coalesce(max(leaves_at), 0)) AS hour FROM outbox
                   WHERE recipient = ?2 AND state = 'pending' AND kind = 'finding'
                     AND ?3 IN ('resolved', 'overdue'))",
        )?
        .execute(params![
            letter.organization,
            letter.recipient,
            letter.kind,
            letter.subject_key,
            letter.window,
            letter.rendered.name,
            letter.rendered.subject,
            letter.rendered.eml,
            now,
            letter.rendered.token.as_str(),
            letter.leaves_at,
            letter.in_slot,
        ])?;
    if added == 1 {
        for subject_key in &letter.takes_away {
            connection
                .prepare_cached(
                    "UPDATE outbox SET taken_away = 1
                     WHERE recipient = ?1 AND kind = 'due_soon' AND subject_key = ?2
                       AND organization = ?3",
                )?
                .execute([&letter.recipient, subject_key, &letter.organization])?;
        }
    }
    Ok(added == 1)
}

/// Whether somebody was sent a duty's day for their calendar, by the subject of that letter.
///
/// # Errors
/// When the store fails.
pub fn was_dated(
    connection: &Connection,
    to: &Recipient,
    subject_key: &str,
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM outbox
         WHERE recipient = ?1 AND kind = 'due_soon' AND subject_key = ?2
           AND organization = ?3 AND taken_away = 0 AND state IN ('sent', 'written', 'uncertain', 'final_dot', 'sending'))",
    )?;
    let of = [to.address.as_str(), subject_key, &to.organization];
    Ok(statement.query_row(of, |row| row.get(0))?)
}

/// Has a letter wait for a person, by its name.
///
/// # Errors
/// When the store fails.
pub fn hold(connection: &Connection, name: &str, why: &str) -> Result<(), Error> {
    connection
        .prepare_cached(
            "UPDATE outbox SET state = 'held', reply = ?2 WHERE message_id = ?1",
        )?
        .execute([name, why])?;
    Ok(())
}
