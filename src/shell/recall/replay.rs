//! A finding told again: from the rules, waivers, calendars, register and papers that were
//! there when it was told, compared byte by byte with what is stored of it.

use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::Value as Json;

use crate::config::Problem;
use crate::document::Sha256;
use crate::finding::{Finding, FindingKey};
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::judged::Judged;
use crate::shell::network;
use crate::shell::recall::Recalled;
use crate::shell::register::Zones;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::forgotten;
use crate::shell::store::forgotten::Forgotten;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::judgement;
use crate::shell::store::ledger;
use crate::shell::store::ledger::proof;
use crate::shell::store::ledger::proof::What;
use crate::shell::store::source;
use crate::shell::store::told;
use crate::shell::store::told::Basis;

/// A finding with everything that was told of it.
#[derive(Debug)]
pub struct Replayed {
    pub key: FindingKey,
    pub versions: Vec<Version>,
    /// The first entry of the ledger that does not hold.
    pub broken_at: Option<i64>,
}

/// One version of a finding.
#[derive(Debug)]
pub struct Version {
    pub number: u32,
    /// Who told it, and the instant; `None` where it was stored before this was kept.
    pub told: Option<Telling>,
    pub outcome: Outcome,
    pub letters: Vec<Letter>,
    /// Papers that it rested on and that somebody had erased since.
    pub forgotten: Vec<Forgotten>,
}

/// Who told a version, when, and what proves it.
#[derive(Debug)]
pub struct Telling {
    pub engine: String,
    pub at: i64,
    pub sha256: Sha256,
    /// The entry of the ledger that holds the hash of these bytes.
    pub entry: Option<i64>,
}

/// What telling it again gave.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The same bytes.
    Same,
    /// Each part that is another one.
    Differs(Vec<Difference>),
    /// It would not be told at all now.
    NotTold,
    /// What it rested on was not kept.
    NotKept,
}

/// A part of a finding that is another one now.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    pub part: String,
    /// `None` where there was, or is, no such part.
    pub then: Option<Json>,
    pub now: Option<Json>,
}

/// A letter that told of a version.
#[derive(Debug)]
pub struct Letter {
    pub kind: String,
    pub recipient: String,
    pub sha256: Sha256,
    /// The entry of the ledger that holds the hash of these bytes.
    pub entry: Option<i64>,
    /// Its copy was emptied, because it spoke of a paper that was erased.
    pub erased: bool,
}

/// Tells every finding of this short name again; none where there is no such finding.
///
/// # Errors
/// When there is no network or its store cannot be read.
pub fn replay(root: &Path, short: &str) -> Result<Vec<Replayed>, Vec<Problem>> {
    let whole = |error: Error| {
        vec![Problem::of_file(".mithaq", error.said.english, error.said.arabic)]
    };
    let Some(rows) = store::open_to_read(&Place::of_network(root)).map_err(whole)? else {
        return Ok(Vec::new());
    };
    let findings = judgement::findings(&rows).map_err(whole)?;
    let keys = findings.into_iter().map(|finding| finding.key);
    let named = keys.filter(|key| key.short().eq_ignore_ascii_case(short));
    let broken = proof::verify(&rows).map_err(whole)?.broken;
    let broken_at = broken.map(|broken| broken.entry);
    let mut replayed = Vec::new();
    for key in named {
        let mut versions = Vec::new();
        for stored in told::versions(&rows, &key).map_err(whole)? {
            let number = stored.version;
            let letters = letters(&rows, &key, number).map_err(whole)?;
            let mut forgotten = Vec::new();
            let (told, outcome) = match stored.told {
                None => (None, Outcome::NotKept),
                Some(text) => {
                    forgotten = rested_on(&rows, &key, &text).map_err(whole)?;
                    again(root, &rows, (&key, number), &text)?
                }
            };
            versions.push(Version { number, told, outcome, letters, forgotten });
        }
        replayed.push(Replayed { key, versions, broken_at });
    }
    Ok(replayed)
}

/// The papers of its evidence that were erased since.
fn rested_on(
    rows: &Connection,
    key: &FindingKey,
    text: &str,
) -> Result<Vec<Forgotten>, Error> {
    let parts = told::parts(text);
    let evidence = parts.get("evidence").and_then(Json::as_array);
    let papers: Vec<&str> = evidence
        .into_iter()
        .flatten()
        .filter_map(|proof| proof.get("document")?.as_str())
        .collect();
    let all = forgotten::of_organization(rows, &key.organization, &Horizon::NOW)?;
    let rested = |it: &Forgotten| papers.contains(&it.sha256.to_string().as_str());
    Ok(all.into_iter().filter(rested).collect())
}

/// Tells one version again.
fn again(
    root: &Path,
    rows: &Connection,
    (key, number): (&FindingKey, u32),
    text: &str,
) -> Result<(Option<Telling>, Outcome), Vec<Problem>> {
    let whole = |error: Error| {
        vec![Problem::of_file(".mithaq", error.said.english, error.said.arabic)]
    };
    let Some((engine, basis)) = told::basis(text) else {
        return Ok((None, Outcome::NotKept));
    };
    let sha256 = told::hash(text);
    let name = format!("{}/{}/{}/{}", key.organization, key.rulebook, key.rule, key.slot);
    let what = What::Finding { name, version: i64::from(number) };
    let entry = entry(rows, &what, sha256).map_err(whole)?;
    let before = judgement::finding_version(rows, key, number.saturating_sub(1));
    let before = before.map_err(whole)?;
    let outcome = match retold(root, rows, (key, before), (&basis, &engine))? {
        None => Outcome::NotTold,
        Some(now) if now == text => Outcome::Same,
        Some(now) => Outcome::Differs(differences(text, &now)),
    };
    Ok((Some(Telling { engine, at: basis.at, sha256, entry }), outcome))
}

/// What the finding would say, by what there was.
fn retold(
    root: &Path,
    rows: &Connection,
    (key, before): (&FindingKey, Option<Finding>),
    (basis, engine): (&Basis, &str),
) -> Result<Option<String>, Vec<Problem>> {
    let whole = |error: Error| {
        vec![Problem::of_file(".mithaq", error.said.english, error.said.arabic)]
    };
    let change = basis.horizon.change.unwrap_or_default();
    let texts = source::texts(rows, change, true).map_err(whole)?;
    let good = |path: &str| source::last_good(rows, path, change);
    let written = network::of_texts(root, texts)?;
    let Judged { network, rules, .. } = Judged::of(written, good).map_err(whole)?;
    let zones = Zones::of(&network);
    let now = zones.now(basis.at);
    let of = (&network, &rules, &zones);
    let only = Some(key.organization.as_str());
    let recalled = Recalled::papers_of(rows, of, (&now, &basis.horizon), only);
    let mut memory = recalled.map_err(whole)?.memory;
    let told = memory.tell_again(key, before, basis.as_of);
    Ok(told.map(|(finding, account)| told::text(&finding, &account, basis, engine)))
}

fn differences(then: &str, now: &str) -> Vec<Difference> {
    let (mut then, mut now) = (told::parts(then), told::parts(now));
    let names: std::collections::BTreeSet<String> =
        then.keys().chain(now.keys()).cloned().collect();
    let differences = names.into_iter().map(|part| {
        let (then, now) = (then.remove(&part), now.remove(&part));
        Difference { part, then, now }
    });
    differences.filter(|one| one.then != one.now).collect()
}

/// The entry of the ledger that tells of something with this hash.
fn entry(rows: &Connection, what: &What, sha256: Sha256) -> Result<Option<i64>, Error> {
    let mut found = None;
    ledger::each(rows, |sealed| {
        if proof::hashed(&sealed).is_some_and(|(of, hash)| of == *what && hash == sha256)
        {
            found = Some(sealed.number);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The entry of the ledger that tells of something, with the hash that it holds.
fn entry_of(rows: &Connection, what: &What) -> Result<Option<(i64, Sha256)>, Error> {
    let mut found = None;
    ledger::each(rows, |sealed| {
        let told = proof::hashed(&sealed).filter(|(of, _)| of == what);
        found = found.or(told.map(|(_, hash)| (sealed.number, hash)));
        Ok(())
    })?;
    Ok(found)
}

/// The letters that told of a version.
fn letters(
    rows: &Connection,
    key: &FindingKey,
    version: u32,
) -> Result<Vec<Letter>, Error> {
    let mut statement = rows.prepare_cached(
        "SELECT message_id, kind, recipient, raw FROM outbox
         WHERE organization = ?1 AND subject_key = ?2 ORDER BY id",
    )?;
    let subject = format!("{}.v{version}", key.short());
    let mut found = statement.query(params![key.organization, subject])?;
    let mut letters = Vec::new();
    while let Some(row) = found.next()? {
        let raw: Vec<u8> = row.get(3)?;
        let what = What::Letter { id: row.get(0)? };
        let erased = raw.is_empty();
        let proved = if erased {
            entry_of(rows, &what)?
        } else {
            let sha256 = disk::sha256(&raw);
            entry(rows, &what, sha256)?.map(|entry| (entry, sha256))
        };
        letters.push(Letter {
            kind: row.get(1)?,
            recipient: row.get(2)?,
            sha256: proved.map_or_else(|| disk::sha256(&raw), |(_, sha256)| sha256),
            entry: proved.map(|(entry, _)| entry),
            erased,
        });
    }
    Ok(letters)
}
