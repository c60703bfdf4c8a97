//! Papers: their contents, their arrivals, what was understood of them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::document::{Reading, Sha256};
use crate::shell::Error;
use crate::shell::store::enclosure;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::reading;
use crate::shell::store::resume;

pub use crate::shell::store::reading::state_names;

/// A content that came to lie at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub organization: String,
    pub sha256: Sha256,
    /// As shown to people.
    pub path: String,
    pub at: i64,
    pub bytes: u64,
    pub replaces: Option<Sha256>,
    pub duplicate_of: Option<String>,
    /// The path of the paper it came in, when it did not come by itself.
    pub carrier: Option<String>,
    /// Papers that came inside it.
    pub encloses: u32,
}

/// An arrival with what was understood of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub arrival: Arrival,
    pub reading: Reading,
    pub answered: bool,
}

/// What is on record of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The hash of what it was read with; `None` when it was not read yet.
    pub context: Option<Vec<u8>>,
    pub reading: Option<Reading>,
}

/// Puts a content on record, unless it is.
///
/// # Errors
/// When the store fails.
pub fn enter(connection: &Connection, arrival: &Arrival) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO document (organization, sha256, bytes) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![arrival.organization, arrival.sha256.0, signed(arrival.bytes)])?;
    Ok(())
}

/// What is on record of a content.
///
/// # Errors
/// When the store fails.
pub fn find(
    connection: &Connection,
    organization: &str,
    sha256: Sha256,
) -> Result<Option<Document>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT context, reading FROM document
         WHERE organization = ?1 AND sha256 = ?2",
    )?;
    let found = statement.query_row(params![organization, sha256.0], |row| {
        let text: Option<String> = row.get(1)?;
        Ok(Document {
            context: row.get(0)?,
            reading: text.as_deref().and_then(reading::from_text),
        })
    });
    Ok(found.optional()?)
}

/// Keeps what was understood of a content at an instant, and with what it was read. What
/// was understood of it before stays known as it was.
///
/// # Errors
/// When the store fails.
pub fn keep_reading(
    connection: &Connection,
    of: (&str, Sha256),
    context: &[u8],
    what: &Reading,
    at: i64,
) -> Result<(), Error> {
    keep(connection, of, context, what, (at, false))
}

/// The same for what somebody corrected: then what was understood before it, and what since,
/// are both evidence, each in its time.
///
/// # Errors
/// When the store fails.
pub fn keep_corrected(
    connection: &Connection,
    of: (&str, Sha256),
    context: &[u8],
    what: &Reading,
    at: i64,
) -> Result<(), Error> {
    keep(connection, of, context, what, (at, true))
}

fn keep(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
    context: &[u8],
    what: &Reading,
    (at, corrected): (i64, bool),
) -> Result<(), Error> {
    let differs = connection
        .prepare_cached(
            "INSERT INTO reading_before (organization, sha256, until, reading, corrected)
             SELECT organization, sha256, ?3, reading, ?5 FROM document
             WHERE organization = ?1 AND sha256 = ?2 AND reading <> ?4",
        )?
        .execute(params![
            organization,
            sha256.0,
            at,
            reading::to_text(what),
            corrected
        ])?;
    if differs > 0 {
        resume::forget(connection, organization)?;
    }
    connection
        .prepare_cached(
            "UPDATE document SET context = ?3, reading = ?4
             WHERE organization = ?1 AND sha256 = ?2",
        )?
        .execute(params![organization, sha256.0, context, reading::to_text(what)])?;
    Ok(())
}

/// Puts an arrival on record.
///
/// # Errors
/// When the store fails.
pub fn arrive(connection: &Connection, arrival: &Arrival) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO arrival (organization, sha256, path, at, replaces, duplicate_of,
               carrier)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            arrival.organization,
            arrival.sha256.0,
            arrival.path,
            arrival.at,
            arrival.replaces.map(|sha256| sha256.0),
            arrival.duplicate_of,
            arrival.carrier,
        ])?;
    Ok(())
}

/// Notes that these papers have had their receipt.
///
/// # Errors
/// When the store fails.
pub fn answered(
    connection: &Connection,
    organization: &str,
    papers: &[Sha256],
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "UPDATE arrival SET answered = 1 WHERE organization = ?1 AND sha256 = ?2",
    )?;
    for sha256 in papers {
        statement.execute(params![organization, sha256.0])?;
    }
    Ok(())
}

/// Hands over every arrival that was known by then, with what was understood of it then,
/// in order; of one organization, or of all.
///
/// # Errors
/// When the store fails.
pub fn each(
    connection: &Connection,
    organization: Option<&str>,
    known: &Horizon,
    each: &mut dyn FnMut(Told),
) -> Result<(), Error> {
    // Of one the index finds the few rows; of all the table is read as it lies.
    let whose = if organization.is_some() { "a.organization = ?1" } else { "?1 IS NULL" };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT a.organization, a.sha256, a.path, a.at, d.bytes, a.replaces, a.duplicate_of,
                a.carrier, (SELECT count(*) FROM enclosure e WHERE
                  e.organization = a.organization AND e.parent = a.sha256),
                a.answered,
                coalesce((SELECT reading FROM reading_before b
                          WHERE b.organization = a.organization AND b.sha256 = a.sha256
                            AND (b.number > ?4 OR b.until > ?3)
                          ORDER BY b.number LIMIT 1), d.reading)
         FROM arrival a JOIN document d USING (organization, sha256)
         WHERE {whose} AND a.number <= ?2 AND a.at <= ?3
         ORDER BY a.number",
    ))?;
    let (arrivals, readings) = (known.arrivals, known.readings);
    let mut rows =
        statement.query(params![organization, arrivals, known.instant, readings])?;
    while let Some(row) = rows.next()? {
        let text: Option<String> = row.get(10)?;
        if let Some(reading) = text.as_deref().and_then(reading::from_text) {
            each(Told { arrival: arrival_of(row)?, reading, answered: row.get(9)? });
        }
    }
    Ok(())
}

/// The organizations of whose papers one has not had its receipt.
///
/// # Errors
/// When the store fails.
pub fn unanswered(connection: &Connection) -> Result<BTreeSet<String>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT organization FROM arrival WHERE answered = 0")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How a content first arrived.
///
/// # Errors
/// When the store fails.
pub fn first_arrival(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<Option<Arrival>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT a.organization, a.sha256, a.path, a.at, d.bytes, a.replaces, a.duplicate_of,
                a.carrier, 0
         FROM arrival a JOIN document d USING (organization, sha256)
         WHERE a.organization = ?1 AND a.sha256 = ?2 ORDER BY a.number LIMIT 1",
    )?;
    let mut rows = statement.query(params![organization, sha256.0])?;
    rows.next()?.map(arrival_of).transpose()
}

/// A paper as it was understood until a correction was taken up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    pub organization: String,
    pub sha256: Sha256,
    /// When the correction was taken up.
    pub until: i64,
    pub reading: Reading,
}

/// What corrections known by then took the place of, in order; of one organization or of all.
///
/// # Errors
/// When the store fails.
pub fn corrected(
    connection: &Connection,
    organization: Option<&str>,
    known: &Horizon,
) -> Result<Vec<Before>, Error> {
    let whose = if organization.is_some() { "organization = ?1" } else { "?1 IS NULL" };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, sha256, until, reading FROM reading_before
         WHERE corrected = 1 AND {whose} AND until <= ?2 AND number <= ?3 ORDER BY number",
    ))?;
    let mut rows =
        statement.query(params![organization, known.instant, known.readings])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(3)?;
        if let Some(reading) = reading::from_text(&text) {
            let (organization, sha256) = (row.get(0)?, Sha256(row.get(1)?));
            all.push(Before { organization, sha256, until: row.get(2)?, reading });
        }
    }
    Ok(all)
}

/// A paper as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub organization: String,
    pub sha256: Sha256,
    /// Where it lies now; none when it is gone from the folder.
    pub paths: Vec<String>,
    /// The papers that it lies in.
    pub parents: Vec<Sha256>,
    pub first_path: String,
    pub received: i64,
    pub bytes: u64,
    pub reading: Reading,
}

/// Papers that wait for a person, those that have waited longest first: whose, and the path
/// of each. At most so many.
///
/// # Errors
/// When the store fails.
pub fn to_review(
    connection: &Connection,
    most: usize,
) -> Result<Vec<(String, String)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT a.organization, a.path FROM document d JOIN arrival a USING (organization, sha256)
         WHERE json_extract(d.reading, '$.state') = 'needs_a_look'
         GROUP BY a.organization, a.sha256 ORDER BY min(a.number) LIMIT ?1",
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = statement.query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The papers that were known by then, by organization and arrival.
///
/// # Errors
/// When the store fails.
pub fn listed(
    connection: &Connection,
    organization: Option<&str>,
    known: &Horizon,
) -> Result<Vec<Listed>, Error> {
    let mut listed: Vec<Listed> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    each(connection, organization, known, &mut |told| all.push(told))?;
    let then = match *known {
        Horizon::NOW => None,
        _ => Some(Lying::then(connection, &all, known)?),
    };
    for told in all {
        let Told { arrival, reading, .. } = told;
        let key = (arrival.organization.clone(), arrival.sha256);
        if !seen.insert(key) {
            continue;
        }
        let (id, sha256) = (&arrival.organization, arrival.sha256);
        let paths = match &then {
            None => enclosure::paths(connection, id, sha256)?,
            Some(then) => enclosure::paths_by(connection, id, sha256, &|sha256| {
                Ok(then.paths(id, sha256))
            })?,
        };
        let carriers = enclosure::carriers(connection, id, sha256)?;
        let mut parents: Vec<Sha256> =
            carriers.into_iter().map(|carrier| carrier.parent).collect();
        parents.dedup();
        listed.push(Listed {
            organization: arrival.organization,
            sha256: arrival.sha256,
            paths,
            parents,
            first_path: arrival.path,
            received: arrival.at,
            bytes: arrival.bytes,
            reading,
        });
    }
    listed.sort_by(|one, other| one.organization.cmp(&other.organization));
    Ok(listed)
}

/// Where contents lay in the drop folders at an earlier time.
struct Lying {
    paths: BTreeMap<(String, Sha256), Vec<String>>,
}

impl Lying {
    /// By the last arrival at each path that was not found gone since.
    fn then(
        connection: &Connection,
        arrivals: &[Told],
        known: &Horizon,
    ) -> Result<Lying, Error> {
        let mut last = BTreeMap::new();
        for Told { arrival, .. } in arrivals {
            if arrival.carrier.is_none() {
                let at = (arrival.organization.clone(), arrival.path.clone());
                last.insert(at, (arrival.sha256, arrival.at));
            }
        }
        let mut statement = connection.prepare_cached(
            "SELECT organization, path, at FROM path_gone WHERE at <= ?1",
        )?;
        let mut rows = statement.query([known.instant])?;
        while let Some(row) = rows.next()? {
            let (at, gone): (_, i64) = ((row.get(0)?, row.get(1)?), row.get(2)?);
            if last.get(&at).is_some_and(|(_, came)| *came <= gone) {
                last.remove(&at);
            }
        }
        let mut paths: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for ((organization, path), (sha256, _)) in last {
            paths.entry((organization, sha256)).or_default().push(path);
        }
        Ok(Lying { paths })
    }

    fn paths(&self, organization: &str, sha256: Sha256) -> Vec<String> {
        let of = (organization.to_owned(), sha256);
        self.paths.get(&of).cloned().unwrap_or_default()
    }
}

/// A content that was read with something else than what there is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    pub sha256: Sha256,
    pub path: String,
    /// When it first arrived.
    pub at: i64,
}

/// The contents of an organization that were not read with `context`, by first arrival.
/// What a sidecar adds to a context stands behind its 32 bytes.
///
/// # Errors
/// When the store fails.
pub fn outdated(
    connection: &Connection,
    organization: &str,
    context: &[u8],
) -> Result<Vec<Outdated>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT a.sha256, a.path, a.at FROM arrival a JOIN document d USING (organization, sha256)
         WHERE a.organization = ?1 AND substr(d.context, 1, 32) IS NOT ?2
           AND NOT EXISTS (SELECT 1 FROM forgotten f
                           WHERE f.organization = a.organization AND f.sha256 = a.sha256)
           AND a.number = (SELECT min(number) FROM arrival
                           WHERE organization = a.organization AND sha256 = a.sha256)
         ORDER BY a.number",
    )?;
    let rows = statement.query_map(params![organization, context], |row| {
        Ok(Outdated { sha256: Sha256(row.get(0)?), path: row.get(1)?, at: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn arrival_of(row: &Row<'_>) -> Result<Arrival, Error> {
    let replaces: Option<[u8; 32]> = row.get(5)?;
    Ok(Arrival {
        organization: row.get(0)?,
        sha256: Sha256(row.get(1)?),
        path: row.get(2)?,
        at: row.get(3)?,
        bytes: unsigned(row.get(4)?),
        replaces: replaces.map(Sha256),
        duplicate_of: row.get(6)?,
        carrier: row.get(7)?,
        encloses: row.get(8)?,
    })
}

/// The store's integers are signed; sizes and inodes go through these two, bit by bit.
pub(super) fn signed(number: u64) -> i64 {
    i64::from_ne_bytes(number.to_ne_bytes())
}

pub(super) fn unsigned(number: i64) -> u64 {
    u64::from_ne_bytes(number.to_ne_bytes())
}
