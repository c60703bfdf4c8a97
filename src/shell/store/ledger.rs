//! The ledger: what was decided and told, each entry sealed to the one before.
//!
//! An entry's hash covers its fields, each preceded by its length, and the hash of the
//! entry before it. The tables refuse to change or drop an entry; who changes the file all
//! the same breaks the chain, and [`proof::verify`] names the first link that does not hold.

pub mod checkpoint;
pub mod proof;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::Digest;

use crate::document::Sha256;
use crate::shell::Error;

/// What is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: i64,
    pub kind: Kind,
    /// Empty for what concerns the network.
    pub organization: String,
    /// The rule, finding, rulebook or letter that it is about.
    pub subject: String,
    /// JSON, without any paper's text.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Verdict,
    Finding,
    Index,
    Letter,
    Paper,
    /// Somebody stated something of a paper.
    Correction,
    /// Somebody had a paper erased.
    Forgotten,
    Rules,
    Answer,
    /// The network was laid out anew from a backup.
    Restored,
}

/// An entry with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub number: i64,
    pub at: i64,
    pub kind: String,
    pub organization: String,
    pub subject: String,
    pub detail: String,
    pub previous: Sha256,
    pub hash: Sha256,
}

/// What the first entry follows.
const BEGINNING: Sha256 = Sha256::ZERO;

/// Separates these hashes from all others of the same fields.
const DOMAIN: &str = "mithaq ledger 1";

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Verdict => "verdict",
            Kind::Finding => "finding",
            Kind::Index => "index",
            Kind::Letter => "letter",
            Kind::Paper => "paper",
            Kind::Correction => "correction",
            Kind::Forgotten => "forgotten",
            Kind::Rules => "rules",
            Kind::Answer => "answer",
            Kind::Restored => "restored",
        }
    }
}

/// Adds entries to the chain.
///
/// # Errors
/// When the store fails.
pub fn append(connection: &Connection, entries: &[Entry]) -> Result<(), Error> {
    let (mut number, mut previous) = head(connection)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO ledger (number, at, kind, organization, subject, detail, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for entry in entries {
        number += 1;
        let mut sealed = Sealed {
            number,
            at: entry.at,
            kind: entry.kind.name().to_owned(),
            organization: entry.organization.clone(),
            subject: entry.subject.clone(),
            detail: entry.detail.clone(),
            previous,
            hash: BEGINNING,
        };
        sealed.hash = sealed.seal();
        statement.execute(params![
            sealed.number,
            sealed.at,
            sealed.kind,
            sealed.organization,
            sealed.subject,
            sealed.detail,
            sealed.previous.0,
            sealed.hash.0,
        ])?;
        previous = sealed.hash;
    }
    Ok(())
}

/// The number and hash of the last entry.
///
/// # Errors
/// When the store fails.
pub fn head(connection: &Connection) -> Result<(i64, Sha256), Error> {
    let mut statement = connection
        .prepare_cached("SELECT number, hash FROM ledger ORDER BY number DESC LIMIT 1")?;
    let found = statement.query_row([], |row| Ok((row.get(0)?, Sha256(row.get(1)?))));
    Ok(found.optional()?.unwrap_or((0, BEGINNING)))
}

/// The number and hash of the last entry made by an instant; `None` before the first.
///
/// # Errors
/// When the store fails.
pub fn head_known(
    connection: &Connection,
    known: i64,
) -> Result<Option<(i64, Sha256)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT number, hash FROM ledger WHERE at <= ?1 ORDER BY number DESC LIMIT 1",
    )?;
    let found =
        statement.query_row([known], |row| Ok((row.get(0)?, Sha256(row.get(1)?))));
    Ok(found.optional()?)
}

/// The hash of an entry; `None` where there is none of that number.
///
/// # Errors
/// When the store fails.
pub fn hash_of(connection: &Connection, number: i64) -> Result<Option<Sha256>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT hash FROM ledger WHERE number = ?1")?;
    let found = statement.query_row([number], |row| Ok(Sha256(row.get(0)?)));
    Ok(found.optional()?)
}

/// Hands over every entry, in order.
///
/// # Errors
/// When the store fails, or what `take` returns.
pub fn each(
    connection: &Connection,
    mut take: impl FnMut(Sealed) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "SELECT number, at, kind, organization, subject, detail, previous, hash
         FROM ledger ORDER BY number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(sealed(row)?)?;
    }
    Ok(())
}

fn sealed(row: &Row<'_>) -> Result<Sealed, Error> {
    Ok(Sealed {
        number: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        organization: row.get(3)?,
        subject: row.get(4)?,
        detail: row.get(5)?,
        previous: Sha256(row.get(6)?),
        hash: Sha256(row.get(7)?),
    })
}

impl Sealed {
    fn seal(&self) -> Sha256 {
        let mut hash = sha2::Sha256::new();
        let (number, at) = (self.number.to_be_bytes(), self.at.to_be_bytes());
        let fields: [&[u8]; 8] = [
            DOMAIN.as_bytes(),
            &number,
            &at,
            self.kind.as_bytes(),
            self.organization.as_bytes(),
            self.subject.as_bytes(),
            self.detail.as_bytes(),
            &self.previous.0,
        ];
        for field in fields {
            let length = u64::try_from(field.len()).unwrap_or(u64::MAX);
            hash.update(length.to_be_bytes());
            hash.update(field);
        }
        Sha256(hash.finalize().into())
    }
}
