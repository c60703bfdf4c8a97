//! Papers that people had erased.
//!
//! A command writes a request; whoever minds the network erases, in one transaction, all
//! that was understood, stated and quoted of the paper, and enters that in the ledger. What
//! lies in files, and what the database's free pages still hold, is swept afterwards, and at
//! the next start where a stop came between.

mod erasing;

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value as Json, json};

use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::request;

pub use erasing::{Erased, erase, would_erase};

/// That a paper was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    pub organization: String,
    pub sha256: Sha256,
    pub at: i64,
    /// Who had it erased, as they call themselves.
    pub by: String,
    /// Their reason, in their words.
    pub why: String,
}

/// What a command asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub id: i64,
    pub forgotten: Forgotten,
}

/// What is left to be swept of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unswept {
    pub organization: String,
    pub sha256: Sha256,
    /// Another organization holds the same bytes.
    pub held: bool,
}

/// How an erased paper is called where the name of its file was.
pub fn name(sha256: Sha256) -> String {
    let digits: String = sha256.to_string().chars().take(12).collect();
    format!("forgotten-{digits}")
}

/// Asks whoever minds the network to erase a paper; gives the request's number.
///
/// # Errors
/// When the store fails.
pub fn ask(connection: &Connection, forgotten: &Forgotten) -> Result<i64, Error> {
    let detail = json!({
        "organization": forgotten.organization,
        "sha256": forgotten.sha256.to_string(),
        "by": forgotten.by,
        "why": forgotten.why,
    });
    request::ask(connection, request::What::Forget, forgotten.at, &detail)
}

/// The requests that wait, in the order in which they were asked for.
///
/// # Errors
/// When the store fails.
pub fn waiting(connection: &Connection) -> Result<Vec<Request>, Error> {
    let all = request::waiting(connection, request::What::Forget)?.into_iter();
    let told = all.filter_map(|one| {
        let forgotten = from_detail(one.at, &one.detail)?;
        Some(Request { id: one.id, forgotten })
    });
    Ok(told.collect())
}

fn from_detail(at: i64, json: &Json) -> Option<Forgotten> {
    let text = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
    Some(Forgotten {
        organization: text("organization")?,
        sha256: Sha256::from_hex(&text("sha256")?)?,
        at,
        by: text("by")?,
        why: text("why")?,
    })
}

/// Whether a paper was erased.
///
/// # Errors
/// When the store fails.
pub fn is_forgotten(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM forgotten WHERE organization = ?1 AND sha256 = ?2",
    )?;
    let found = statement.query_row(params![organization, sha256.0], |_| Ok(()));
    Ok(found.optional()?.is_some())
}

/// Every paper that was erased, by organization and hash.
///
/// # Errors
/// When the store fails.
pub fn all(
    connection: &Connection,
) -> Result<BTreeMap<(String, Sha256), Forgotten>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT organization, sha256, at, by, why FROM forgotten")?;
    let rows = statement.query_map([], |row| {
        let (organization, sha256) = (row.get::<_, String>(0)?, Sha256(row.get(1)?));
        let (at, by, why) = (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(Forgotten { organization, sha256, at, by, why })
    })?;
    let by_paper = rows.map(|row| {
        row.map(|it| ((it.organization.clone(), it.sha256), it)).map_err(Error::from)
    });
    by_paper.collect()
}

/// The papers that came in this one and nowhere else, over all depths, this one first: they
/// go with it.
///
/// # Errors
/// When the store fails.
pub fn with_enclosed(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<Vec<Sha256>, Error> {
    let mut going = vec![sha256];
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT e.sha256 FROM enclosure e
         WHERE e.organization = ?1 AND e.parent = ?2 AND NOT EXISTS (
           SELECT 1 FROM arrival a WHERE a.organization = e.organization
             AND a.sha256 = e.sha256 AND a.carrier IS NULL)",
    )?;
    let mut parents = connection.prepare_cached(
        "SELECT DISTINCT parent FROM enclosure WHERE organization = ?1 AND sha256 = ?2",
    )?;
    let mut at = 0;
    while let Some(parent) = going.get(at).copied() {
        at += 1;
        let inner = statement
            .query_map(params![organization, parent.0], |row| Ok(Sha256(row.get(0)?)))?;
        for inner in inner.collect::<Result<Vec<_>, _>>()? {
            let of = params![organization, inner.0];
            let in_others = parents
                .query_map(of, |row| Ok(Sha256(row.get(0)?)))?
                .collect::<Result<Vec<_>, _>>()?
                .iter()
                .any(|other| !going.contains(other));
            if !in_others && !going.contains(&inner) {
                going.push(inner);
            }
        }
    }
    Ok(going)
}

/// The papers of which files or free pages may still hold something.
///
/// # Errors
/// When the store fails.
pub fn unswept(connection: &Connection) -> Result<Vec<Unswept>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT f.organization, f.sha256, EXISTS (
           SELECT 1 FROM document d WHERE d.sha256 = f.sha256 AND NOT EXISTS (
             SELECT 1 FROM forgotten o
             WHERE o.organization = d.organization AND o.sha256 = d.sha256))
         FROM forgotten f WHERE f.swept = 0",
    )?;
    let rows = statement.query_map([], |row| {
        let (organization, sha256) = (row.get(0)?, Sha256(row.get(1)?));
        Ok(Unswept { organization, sha256, held: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that there is something to sweep again of a paper that was erased; `false` where
/// it was not.
///
/// # Errors
/// When the store fails.
pub fn unsweep(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "UPDATE forgotten SET swept = 0 WHERE organization = ?1 AND sha256 = ?2",
    )?;
    Ok(statement.execute(params![organization, sha256.0])? > 0)
}

/// Nothing more is to be swept of these.
///
/// # Errors
/// When the store fails.
pub fn swept(connection: &Connection, papers: &[Unswept]) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "UPDATE forgotten SET swept = 1 WHERE organization = ?1 AND sha256 = ?2",
    )?;
    for paper in papers {
        statement.execute(params![paper.organization, paper.sha256.0])?;
    }
    Ok(())
}

/// The names of the letters of which nothing is left but their entry in the ledger.
///
/// # Errors
/// When the store fails.
pub fn emptied(connection: &Connection) -> Result<Vec<(i64, String)>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT id, message_id FROM outbox WHERE raw = x''")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those of an organization that were erased by then.
///
/// # Errors
/// When the store fails.
pub fn of_organization(
    connection: &Connection,
    organization: &str,
    known: &Horizon,
) -> Result<Vec<Forgotten>, Error> {
    let all = all(connection)?.into_values();
    let of = |it: &Forgotten| it.organization == organization && it.at <= known.instant;
    Ok(all.filter(of).collect())
}
