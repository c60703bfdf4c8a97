//! What is taken off the record of a paper, and what stays.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use serde_json::json;

use super::{Forgotten, Request, is_forgotten, name, with_enclosed};
use crate::document::{Fact, FactName, Problem, ReadState, Reading, Sha256, Value};
use crate::letters::quoted::Marks;
use crate::shell::Error;
use crate::shell::store::ledger;
use crate::shell::store::ledger::Kind;
use crate::shell::store::paper;
use crate::shell::store::reading;
use crate::shell::store::request;
use crate::shell::store::resume;
use crate::shell::store::source;
use crate::text::name_key;

/// What goes with a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// The paper, and those that came in it alone.
    pub papers: Vec<Sha256>,
    /// Letters of which the copies are emptied.
    pub letters: usize,
}

/// What would go with a paper.
///
/// # Errors
/// When the store fails.
pub fn would_erase(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<Erased, Error> {
    let papers = with_enclosed(connection, (organization, sha256))?;
    let mut letters = BTreeSet::new();
    for paper in &papers {
        letters.extend(speaking(connection, (organization, *paper))?.1);
    }
    Ok(Erased { papers, letters: letters.len() })
}

/// Erases a paper, with those that came in it alone, and enters it in the ledger.
///
/// # Errors
/// When the store fails.
pub fn erase(connection: &Connection, asked: &Request, now: i64) -> Result<(), Error> {
    let Forgotten { organization, sha256, by, why, .. } = &asked.forgotten;
    resume::forget(connection, organization)?;
    if !is_forgotten(connection, (organization, *sha256))? {
        for going in with_enclosed(connection, (organization, *sha256))? {
            let of = (organization.as_str(), going);
            let letters = erase_letters(connection, of)?;
            erase_paper(connection, of)?;
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO forgotten (organization, sha256, at, by, why)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![organization, going.0, now, by, why])?;
            let entry = ledger::Entry {
                at: now,
                kind: Kind::Forgotten,
                organization: organization.clone(),
                subject: going.to_string(),
                detail: json!({ "by": by, "letters": letters }).to_string(),
            };
            ledger::append(connection, &[entry])?;
        }
    }
    request::done(connection, asked.id, now)
}

/// What was understood of it at any time, and everything that people stated of it.
fn readings(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<Vec<Reading>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT reading FROM document WHERE organization = ?1 AND sha256 = ?2
         UNION ALL SELECT reading FROM reading_before
         WHERE organization = ?1 AND sha256 = ?2",
    )?;
    let rows = statement.query_map(params![organization, sha256.0], |row| {
        row.get::<_, Option<String>>(0)
    })?;
    let texts = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(texts.into_iter().flatten().filter_map(|text| reading::from_text(&text)).collect())
}

/// The people of whom the organization would not know but for this paper: letters name them
/// without quoting it. Whom its register or another of its papers names stays named.
fn named_here_alone(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
    readings: &[Reading],
) -> Result<BTreeSet<String>, Error> {
    let mut named = people(readings);
    if named.is_empty() {
        return Ok(named);
    }
    let mut others = connection.prepare_cached(
        "SELECT sha256 FROM document WHERE organization = ?1 AND sha256 <> ?2",
    )?;
    let mut rows = others.query(params![organization, sha256.0])?;
    while let Some(row) = rows.next()? {
        let other = self::readings(connection, (organization, Sha256(row.get(0)?)))?;
        let known = people(&other);
        named.retain(|name| !known.contains(name));
    }
    let register = format!("organizations/{organization}/organization.toml");
    let change = source::last_change(connection)?.unwrap_or_default();
    let register = source::text(connection, &register, change)?.unwrap_or_default();
    let register = name_key(&register);
    named.retain(|name| !register.contains(&name_key(name)));
    Ok(named)
}

/// The people that papers name, as they are written there and as letters write those who
/// stand in no register.
fn people(readings: &[Reading]) -> BTreeSet<String> {
    let facts = readings.iter().flat_map(|reading| &reading.facts);
    let names = facts.filter_map(|fact| match &fact.value {
        Value::Person { name, .. } => Some(name),
        _ => None,
    });
    names.flat_map(|name| [name.clone(), name_key(name)]).collect()
}

/// The letters that speak of it, by number and name, and the marks by which they do.
fn speaking(
    connection: &Connection,
    of: (&str, Sha256),
) -> Result<(Marks, Vec<(i64, String)>), Error> {
    let readings = readings(connection, of)?;
    let facts = readings.iter().flat_map(|reading| &reading.facts);
    let passages = facts.filter_map(|fact| fact.passage.as_ref());
    let mut names = paths(connection, of)?;
    names.extend(named_here_alone(connection, of, &readings)?);
    let marks = Marks::of(
        passages.map(|passage| passage.text.as_str()),
        names.iter().map(String::as_str),
    );
    let mut statement = connection.prepare_cached(
        "SELECT id, message_id, raw FROM outbox WHERE organization = ?1 AND raw <> x''",
    )?;
    let mut rows = statement.query([of.0])?;
    let mut speaking = Vec::new();
    while let Some(row) = rows.next()? {
        let raw: Vec<u8> = row.get(2)?;
        if marks.are_in_letter(&raw) {
            speaking.push((row.get(0)?, row.get(1)?));
        }
    }
    Ok((marks, speaking))
}

/// Empties the copies of the letters that speak of it, and takes back those that have not
/// left; gives their names.
fn erase_letters(
    connection: &Connection,
    of: (&str, Sha256),
) -> Result<Vec<String>, Error> {
    let (marks, speaking) = speaking(connection, of)?;
    for (id, _) in &speaking {
        connection
            .prepare_cached(
                "UPDATE outbox SET raw = x'', subject = '', state = CASE
                   WHEN state IN ('sent', 'written', 'final_dot') THEN state
                   ELSE 'dropped' END
                 WHERE id = ?1",
            )?
            .execute([id])?;
    }
    erase_answers(connection, of.0, &marks)?;
    Ok(speaking.into_iter().map(|(_, name)| name).collect())
}

/// What people wrote back may quote the letter.
fn erase_answers(
    connection: &Connection,
    organization: &str,
    marks: &Marks,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "SELECT number, said FROM answer WHERE letter IS NULL
           OR letter IN (SELECT id FROM outbox WHERE organization = ?1)",
    )?;
    let rows = statement.query_map([organization], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    for (number, said) in rows.collect::<Result<Vec<_>, _>>()? {
        if marks.are_in(&said) {
            connection
                .prepare_cached("UPDATE answer SET said = '' WHERE number = ?1")?
                .execute([number])?;
        }
    }
    Ok(())
}

/// Every path that it ever lay at.
fn paths(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT path FROM arrival WHERE organization = ?1 AND sha256 = ?2",
    )?;
    let rows = statement.query_map(params![organization, sha256.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes all that was understood and stated of it off the record, its names among it.
fn erase_paper(connection: &Connection, of: (&str, Sha256)) -> Result<(), Error> {
    let (organization, sha256) = of;
    let last = paper::find(connection, organization, sha256)?.and_then(|it| it.reading);
    let left = reading::to_text(&left_of(last.as_ref()));
    let called = name(sha256);
    for path in paths(connection, of)? {
        let gone = "DELETE FROM path_gone WHERE organization = ?1 AND path = ?2";
        connection.execute(gone, params![organization, path])?;
        for column in ["duplicate_of", "carrier"] {
            connection.execute(
                &format!(
                    "UPDATE arrival SET {column} = ?3
                     WHERE organization = ?1 AND {column} = ?2"
                ),
                params![organization, path, called],
            )?;
        }
    }
    connection.execute(
        "UPDATE document SET reading = ?3 WHERE organization = ?1 AND sha256 = ?2",
        params![organization, sha256.0, left],
    )?;
    connection.execute(
        "UPDATE arrival SET path = ?3 WHERE organization = ?1 AND sha256 = ?2",
        params![organization, sha256.0, called],
    )?;
    // The rows stay: what was told rests on their numbers.
    connection.execute(
        "UPDATE reading_before SET reading = ?3, corrected = 0
         WHERE organization = ?1 AND sha256 = ?2",
        params![organization, sha256.0, left],
    )?;
    connection.execute(
        "DELETE FROM correction WHERE organization = ?1 AND sha256 = ?2",
        params![organization, sha256.0],
    )?;
    connection.execute(
        "DELETE FROM enclosure WHERE organization = ?1 AND parent = ?2",
        params![organization, sha256.0],
    )?;
    connection.execute(
        "UPDATE request SET detail = '{}' WHERE what = 'correct'
           AND json_extract(detail, '$.organization') = ?1
           AND json_extract(detail, '$.sha256') = ?2",
        params![organization, sha256.to_string()],
    )?;
    Ok(())
}

/// What stays of a reading: what the paper seemed to be and the days of it, so that nothing
/// is concluded from its absence. No words, no names, no numbers.
fn left_of(reading: Option<&Reading>) -> Reading {
    let mut left = Reading::not_accepted(Problem::Forgotten);
    let of_a_kind = |reading: &&Reading| reading.state != ReadState::NoneOfOurs;
    if let Some(reading) = reading.filter(of_a_kind) {
        left.kinds.clone_from(&reading.kinds);
        let days = reading.facts.iter().filter(|fact| {
            let of_event =
                matches!(fact.name, FactName::MeetingDate | FactName::DocumentDate);
            of_event && matches!(fact.value, Value::Day(_))
        });
        left.facts = days.map(|fact| Fact { passage: None, ..fact.clone() }).collect();
    }
    left
}
