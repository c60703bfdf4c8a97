//! What people state of papers on record, and what they ask to have stated.
//!
//! A command writes a request; whoever minds the network takes it up in a pass, with all
//! that follows from it, in one transaction. Nothing that was stated is changed later.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde_json::{Value as Json, json};

use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::ledger;
use crate::shell::store::ledger::Kind;
use crate::shell::store::request;

/// Something that a person states of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub organization: String,
    pub sha256: Sha256,
    /// When it was taken up.
    pub at: i64,
    /// Who states it, as they call themselves.
    pub by: String,
    /// Their reason, in their words; empty for none.
    pub why: String,
    /// The names of facts with what is stated; none takes back all that was stated before.
    pub stated: Vec<(String, String)>,
}

/// What a command asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub id: i64,
    pub correction: Correction,
}

/// Asks whoever minds the network to take a correction up; gives the request's number.
///
/// # Errors
/// When the store fails.
pub fn ask(connection: &Connection, correction: &Correction) -> Result<i64, Error> {
    let detail = json!({
        "organization": correction.organization,
        "sha256": correction.sha256.to_string(),
        "by": correction.by,
        "why": correction.why,
        "stated": correction.stated,
    });
    request::ask(connection, request::What::Correct, correction.at, &detail)
}

/// The corrections that wait, in the order in which they were asked for.
///
/// # Errors
/// When the store fails.
pub fn waiting(connection: &Connection) -> Result<Vec<Request>, Error> {
    let all = request::waiting(connection, request::What::Correct)?.into_iter();
    let told = all.filter_map(|one| {
        let correction = from_detail(one.at, &one.detail)?;
        Some(Request { id: one.id, correction })
    });
    Ok(told.collect())
}

/// Keeps a correction that is taken up now, and enters it in the ledger.
///
/// # Errors
/// When the store fails.
pub fn keep(connection: &Connection, asked: &Request, now: i64) -> Result<(), Error> {
    let Correction { organization, sha256, by, why, stated, .. } = &asked.correction;
    let text = json!(stated).to_string();
    connection
        .prepare_cached(
            "INSERT INTO correction (organization, sha256, at, by, why, stated)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![organization, sha256.0, now, by, why, text])?;
    request::done(connection, asked.id, now)?;
    let names: Vec<&String> = stated.iter().map(|(name, _)| name).collect();
    let detail = json!({
        "by": by,
        "states": names,
        "sha256": crate::shell::disk::sha256(text.as_bytes()).to_string(),
    });
    let entry = ledger::Entry {
        at: now,
        kind: Kind::Correction,
        organization: organization.clone(),
        subject: sha256.to_string(),
        detail: detail.to_string(),
    };
    ledger::append(connection, &[entry])
}

/// Everything that was stated of a paper by then, in order, whether it was taken back or not.
///
/// # Errors
/// When the store fails.
pub fn of_paper(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
    known: &Horizon,
) -> Result<Vec<Correction>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT at, by, why, stated FROM correction
         WHERE organization = ?1 AND sha256 = ?2 AND at <= ?3 ORDER BY number",
    )?;
    let mut rows = statement.query(params![organization, sha256.0, known.instant])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let stated: String = row.get(3)?;
        all.push(Correction {
            organization: organization.to_owned(),
            sha256,
            at: row.get(0)?,
            by: row.get(1)?,
            why: row.get(2)?,
            stated: serde_json::from_str(&stated).unwrap_or_default(),
        });
    }
    Ok(all)
}

/// All corrections known by then, by paper.
#[derive(Debug, Default)]
pub struct Corrections {
    of: BTreeMap<(String, Sha256), Vec<Correction>>,
}

impl Corrections {
    /// # Errors
    /// When the store fails.
    pub fn known(
        connection: &Connection,
        organization: Option<&str>,
        known: &Horizon,
    ) -> Result<Corrections, Error> {
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT organization, sha256 FROM correction
             WHERE at <= ?1 AND (?2 IS NULL OR organization = ?2)",
        )?;
        let papers = statement
            .query_map(params![known.instant, organization], |row| {
                Ok((row.get::<_, String>(0)?, Sha256(row.get(1)?)))
            })?;
        let mut of = BTreeMap::new();
        for paper in papers {
            let (organization, sha256) = paper?;
            let all = of_paper(connection, (&organization, sha256), known)?;
            of.insert((organization, sha256), all);
        }
        Ok(Corrections { of })
    }

    /// Those of a paper, in order.
    pub fn of(&self, organization: &str, sha256: Sha256) -> &[Correction] {
        self.of.get(&(organization.to_owned(), sha256)).map_or(&[], Vec::as_slice)
    }
}

/// The same of a content: of the organization that is named, or of the one that holds it;
/// nothing where several do.
///
/// # Errors
/// When the store fails.
pub fn of_content(
    connection: &Connection,
    sha256: Sha256,
    organization: Option<&str>,
) -> Result<Vec<Correction>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT organization FROM arrival
         WHERE sha256 = ?1 AND (?2 IS NULL OR organization = ?2) LIMIT 2",
    )?;
    let rows = statement.query_map(params![sha256.0, organization], |row| row.get(0))?;
    let holders: Vec<String> = rows.collect::<Result<_, _>>()?;
    match holders.as_slice() {
        [one] => of_paper(connection, (one, sha256), &Horizon::NOW),
        _ => Ok(Vec::new()),
    }
}

/// What holds of all that was stated: each name once, by who said it last, since everything
/// was last taken back.
pub fn in_force(all: &[Correction]) -> Vec<(String, String)> {
    let mut held: Vec<(String, String)> = Vec::new();
    for correction in all {
        if correction.stated.is_empty() {
            held.clear();
        }
        for (name, _) in &correction.stated {
            held.retain(|(known, _)| known != name);
        }
        // What happened may be several things, stated at once.
        held.extend(correction.stated.iter().cloned());
    }
    held
}

fn from_detail(at: i64, json: &Json) -> Option<Correction> {
    let text = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
    Some(Correction {
        organization: text("organization")?,
        sha256: Sha256::from_hex(&text("sha256")?)?,
        at,
        by: text("by")?,
        why: text("why")?,
        stated: serde_json::from_value(json.get("stated")?.clone()).ok()?,
    })
}
