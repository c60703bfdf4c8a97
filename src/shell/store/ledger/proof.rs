//! The proof of the ledger: each entry against the one before it, and what entries hold the
//! hashes of (findings, letters) against those hashes.
//!
//! The first link that does not hold is named with what it should be and what it is. What
//! was cut off at the very end is seen where a finding or a letter is left without entry, and
//! by the checkpoints beside the store, which also tell when all of it was sealed anew.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value as Json;

use super::checkpoint::{self, Checkpoint};
use super::{BEGINNING, Kind, Sealed, each};
use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::store::told;

/// What a check of the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// Entries that are there.
    pub entries: i64,
    /// The last hash that holds.
    pub head: Sha256,
    /// The first link that does not hold.
    pub broken: Option<Broken>,
}

/// A link that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The number of the entry; of one that is missing, the number that it had.
    pub entry: i64,
    pub how: How,
    /// The hash that should be here.
    pub should_be: Option<Sha256>,
    /// The hash that is here; `None` where there is nothing.
    pub is: Option<Sha256>,
}

/// What was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Its own fields are not those that it was sealed with.
    Changed,
    /// There is no entry of this number.
    Missing,
    /// The entry that belongs here stands at another number.
    Moved { to: i64 },
    /// It is whole, and follows another entry than the one before it.
    Strange,
    /// What it tells of is not what it was: a finding's text, a letter's bytes.
    Text { what: What },
    /// Something is stored that no entry tells of: entries were cut off at the end.
    Untold { what: What },
    /// It is whole, and a checkpoint tells of another entry of this number: the chain was
    /// sealed anew from here or from further back.
    Resealed,
    /// A checkpoint tells of entries up to this number: they were cut off at the end.
    CutOff { to: i64 },
}

/// What an entry holds the hash of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A version of a finding, as organization/rulebook/rule/slot.
    Finding { name: String, version: i64 },
    /// A letter, by its message id.
    Letter { id: String },
}

/// Follows the chain from its beginning.
///
/// # Errors
/// When the store fails.
pub fn verify(connection: &Connection) -> Result<Proof, Error> {
    verify_with(connection, &[])
}

/// The same with checkpoints that were kept elsewhere.
///
/// # Errors
/// When the store fails.
pub fn verify_with(connection: &Connection, kept: &[Checkpoint]) -> Result<Proof, Error> {
    let own = checkpoint::of(connection)?;
    let told: BTreeMap<i64, Sha256> =
        own.iter().chain(kept).map(|one| (one.entry, one.hash)).collect();
    let mut proof = Proof { head: BEGINNING, ..Proof::default() };
    let mut seen = BTreeSet::new();
    let erased = erased(connection)?;
    each(connection, |sealed| {
        proof.entries += 1;
        if proof.broken.is_some() {
            return Ok(());
        }
        let broken = match link(connection, &proof, &sealed)? {
            None => match resealed(&told, &sealed) {
                None => text(connection, &sealed, (&mut seen, &erased))?,
                broken => broken,
            },
            broken => broken,
        };
        match broken {
            None => proof.head = sealed.hash,
            broken => proof.broken = broken,
        }
        Ok(())
    })?;
    if proof.broken.is_none() {
        proof.broken = untold(connection, (&seen, &erased), proof.entries + 1)?;
    }
    if proof.broken.is_none() {
        proof.broken = cut_off(&told, proof.entries);
    }
    Ok(proof)
}

/// Whether a checkpoint tells of an entry as it is.
fn resealed(told: &BTreeMap<i64, Sha256>, sealed: &Sealed) -> Option<Broken> {
    let (entry, is) = (sealed.number, Some(sealed.hash));
    let should_be = told.get(&entry).copied().filter(|told| *told != sealed.hash)?;
    Some(Broken { entry, how: How::Resealed, should_be: Some(should_be), is })
}

/// Whether checkpoints tell of entries after the last one.
fn cut_off(told: &BTreeMap<i64, Sha256>, entries: i64) -> Option<Broken> {
    let (to, hash) = told.last_key_value().filter(|(to, _)| **to > entries)?;
    let how = How::CutOff { to: *to };
    // Only where it is the next one is its hash that of the first that lacks.
    let should_be = Some(*hash).filter(|_| *to == entries + 1);
    Some(Broken { entry: entries + 1, how, should_be, is: None })
}

/// Whether an entry follows from what was read before it.
fn link(
    connection: &Connection,
    before: &Proof,
    sealed: &Sealed,
) -> Result<Option<Broken>, Error> {
    let number = before.entries;
    let own = sealed.seal();
    if sealed.number == number && sealed.previous == before.head && sealed.hash == own {
        return Ok(None);
    }
    // An entry that was sealed under this number and follows the one before belongs here.
    let right = following(connection, before.head, number)?;
    let broken = |how, should_be, is| Some(Broken { entry: number, how, should_be, is });
    Ok(match right {
        Some(right) if right.number != number => {
            let how = How::Moved { to: right.number };
            let here = (sealed.number == number).then_some(sealed.hash);
            broken(how, Some(right.hash), here)
        }
        _ if sealed.number != number => {
            // The entry after it tells which hash it had.
            let had = (sealed.number == number + 1).then_some(sealed.previous);
            broken(How::Missing, had, None)
        }
        _ if sealed.previous == before.head => {
            broken(How::Changed, Some(sealed.hash), Some(own))
        }
        _ if sealed.hash == own => {
            broken(How::Strange, Some(before.head), Some(sealed.previous))
        }
        _ => broken(How::Changed, Some(sealed.hash), Some(own)),
    })
}

/// The entry that was sealed as the one of this number after this hash.
fn following(
    connection: &Connection,
    head: Sha256,
    number: i64,
) -> Result<Option<Sealed>, Error> {
    let mut found = None;
    each(connection, |sealed| {
        let as_sealed = Sealed { number, ..sealed.clone() };
        if sealed.previous == head && sealed.hash == as_sealed.seal() {
            found = Some(sealed);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Whether what an entry holds the hash of still has it.
fn text(
    connection: &Connection,
    sealed: &Sealed,
    (seen, erased): (&mut BTreeSet<Sha256>, &BTreeSet<String>),
) -> Result<Option<Broken>, Error> {
    let Some((what, should_be)) = hashed(sealed) else { return Ok(None) };
    seen.insert(should_be);
    if matches!(&what, What::Letter { id } if erased.contains(id)) {
        return Ok(None);
    }
    let is = match &what {
        What::Finding { version, .. } => {
            let of = (sealed.organization.as_str(), sealed.subject.as_str());
            let stored = told::of_subject(connection, of, *version)?;
            stored.map(|text| told::hash(&text))
        }
        What::Letter { id } => letter(connection, id)?,
    };
    let (entry, should_be) = (sealed.number, Some(should_be));
    let how = How::Text { what };
    Ok((is != should_be).then_some(Broken { entry, how, should_be, is }))
}

/// What an entry tells of, with its hash.
pub fn hashed(sealed: &Sealed) -> Option<(What, Sha256)> {
    let detail: Json = serde_json::from_str(&sealed.detail).ok()?;
    let hash = Sha256::from_hex(detail.get("sha256")?.as_str()?)?;
    let what = if sealed.kind == Kind::Finding.name() {
        let name = format!("{}/{}", sealed.organization, sealed.subject);
        What::Finding { name, version: detail.get("version")?.as_i64()? }
    } else if sealed.kind == Kind::Letter.name() {
        What::Letter { id: sealed.subject.clone() }
    } else {
        return None;
    };
    Some((what, hash))
}

/// The letters of which entries say that their copies were emptied, because they spoke of a
/// paper that a person had erased.
fn erased(connection: &Connection) -> Result<BTreeSet<String>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT detail FROM ledger WHERE kind = ?1")?;
    let details = statement
        .query_map([Kind::Forgotten.name()], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let letters = details.iter().filter_map(|detail| {
        let json: Json = serde_json::from_str(detail).ok()?;
        Some(json.get("letters")?.as_array()?.clone())
    });
    Ok(letters.flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect())
}

/// The hash of the bytes of a letter.
fn letter(connection: &Connection, id: &str) -> Result<Option<Sha256>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT raw FROM outbox WHERE message_id = ?1")?;
    let raw: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
    Ok(raw.map(|raw| disk::sha256(&raw)))
}

/// The first finding or letter whose hash no entry holds.
fn untold(
    connection: &Connection,
    (seen, erased): (&BTreeSet<Sha256>, &BTreeSet<String>),
    entry: i64,
) -> Result<Option<Broken>, Error> {
    let broken = |what, hash| {
        let how = How::Untold { what };
        Some(Broken { entry, how, should_be: None, is: Some(hash) })
    };
    let mut findings = connection.prepare_cached(
        "SELECT organization || '/' || rulebook || '/' || rule || '/' || slot, version, told
         FROM finding_version WHERE told IS NOT NULL ORDER BY known, version",
    )?;
    let mut rows = findings.query([])?;
    while let Some(row) = rows.next()? {
        let hash = told::hash(&row.get::<_, String>(2)?);
        if !seen.contains(&hash) {
            let what = What::Finding { name: row.get(0)?, version: row.get(1)? };
            return Ok(broken(what, hash));
        }
    }
    let mut letters =
        connection.prepare_cached("SELECT message_id, raw FROM outbox ORDER BY id")?;
    let mut rows = letters.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let hash = disk::sha256(&row.get::<_, Vec<u8>>(1)?);
        if !seen.contains(&hash) && !erased.contains(&id) {
            return Ok(broken(What::Letter { id }, hash));
        }
    }
    Ok(None)
}
