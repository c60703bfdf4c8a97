//! What a version of a finding said, in its exact bytes, and what it rested on.
//!
//! One JSON object whose parts are always in the same order: who said it (`engine`), when
//! (`at`), by which rows of the store (`basis`), and all that was said (`finding`). The
//! ledger holds its hash.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value as Json, json};

use crate::calendar::{Day, Period};
use crate::document::Sha256;
use crate::finding::{Finding, FindingKey};
use crate::plan::{Account, Proof};
use crate::program::Severity;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::judgement::{resolution_name, state_name};
use crate::timeline::AsOf;
use crate::verdict::{Applies, Slot, Truth, Unknown};

/// The version of this program, by which what it told is known as its own.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// What a version of a finding rested on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// The instant of the pass that told it.
    pub at: i64,
    /// The two times that it was judged at.
    pub as_of: AsOf,
    /// The rows that were there.
    pub horizon: Horizon,
}

/// What is stored of what a version said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub version: u32,
    /// `None` where it was stored before this was kept.
    pub told: Option<String>,
}

/// What a version of a finding says, in its exact bytes.
pub fn text(finding: &Finding, account: &Account, basis: &Basis, engine: &str) -> String {
    let mut rests = basis.horizon.to_json();
    if let Some(rests) = rests.as_object_mut() {
        rests.insert("day".to_owned(), json!(basis.as_of.day.to_string()));
        rests.insert("known".to_owned(), json!(basis.as_of.known));
        rests.insert("corrected".to_owned(), json!(basis.as_of.corrected));
    }
    json!({
        "at": basis.at,
        "basis": rests,
        "engine": engine,
        "finding": said(finding, account),
    })
    .to_string()
}

/// Who told it and what it rested on; `None` where the text was not written by us.
pub fn basis(text: &str) -> Option<(String, Basis)> {
    let json: Json = serde_json::from_str(text).ok()?;
    let rests = json.get("basis")?;
    let day = Day::parse(rests.get("day")?.as_str()?)?;
    let as_of = AsOf {
        day,
        known: rests.get("known")?.as_i64()?,
        corrected: rests.get("corrected")?.as_i64()?,
    };
    let horizon = Horizon::from_json(rests)?;
    let at = json.get("at")?.as_i64()?;
    Some((json.get("engine")?.as_str()?.to_owned(), Basis { at, as_of, horizon }))
}

/// What a text says of the finding, by the names of its parts.
pub fn parts(text: &str) -> serde_json::Map<String, Json> {
    let json: Option<Json> = serde_json::from_str(text).ok();
    let finding = json.and_then(|json| json.get("finding").cloned());
    finding.and_then(|finding| finding.as_object().cloned()).unwrap_or_default()
}

/// The hash that the ledger holds of a text.
pub fn hash(text: &str) -> Sha256 {
    disk::sha256(text.as_bytes())
}

/// What every version of a finding said, in order.
///
/// # Errors
/// When the store fails.
pub fn versions(connection: &Connection, key: &FindingKey) -> Result<Vec<Stored>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT version, told FROM finding_version
         WHERE organization = ?1 AND rulebook = ?2 AND rule = ?3 AND slot = ?4
         ORDER BY version",
    )?;
    let slot = key.slot.to_string();
    let of = params![key.organization, key.rulebook, key.rule, slot];
    let rows = statement
        .query_map(of, |row| Ok(Stored { version: row.get(0)?, told: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a version said, by the ledger's name of the finding: `rulebook/rule/slot`.
///
/// # Errors
/// When the store fails.
pub(super) fn of_subject(
    connection: &Connection,
    (organization, subject): (&str, &str),
    version: i64,
) -> Result<Option<String>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT told FROM finding_version
         WHERE organization = ?1 AND rulebook || '/' || rule || '/' || slot = ?2
           AND version = ?3",
    )?;
    let of = params![organization, subject, version];
    let found = statement.query_row(of, |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

fn said(finding: &Finding, account: &Account) -> Json {
    let key = &finding.key;
    let mut said = json!({
        "organization": key.organization,
        "rulebook": key.rulebook,
        "rule": key.rule,
        "from": key.slot.to_string(),
        "to": finding.slot_to.to_string(),
        "due": finding.due.to_string(),
        "version": finding.version,
        "state": state_name(finding.state),
        "opened": finding.opened.to_string(),
        "closed": finding.closed.map(|closed| closed.on.to_string()),
        "resolution": finding.closed.map(|closed| resolution_name(closed.how)),
        "as_of": account.as_of.day.to_string(),
        "evidence": account.evidence.iter().map(proof).collect::<Vec<Json>>(),
    });
    if let (Some(said), Some(rule)) = (said.as_object_mut(), &account.rule) {
        said.insert("meaning".to_owned(), json!(rule.meaning));
        said.insert("english".to_owned(), json!(rule.english));
        said.insert("arabic".to_owned(), json!(rule.arabic));
        said.insert("source".to_owned(), json!(rule.source));
        said.insert("remedy".to_owned(), json!(rule.remedy));
        said.insert("severity".to_owned(), json!(severity(rule.severity)));
    }
    if let (Some(said), Some(slot)) = (said.as_object_mut(), &account.slot) {
        add_slot(said, slot);
    }
    said
}

fn add_slot(said: &mut serde_json::Map<String, Json>, slot: &Slot) {
    let days = |period: Period| json!([period.from.to_string(), period.to.to_string()]);
    for (name, value) in [
        ("opens", json!(slot.opens.to_string())),
        ("grace_end", json!(slot.grace_end.to_string())),
        ("lag_end", json!(slot.lag_end.to_string())),
        ("slot_state", json!(state_name(slot.state))),
        ("truth", truth(slot.truth)),
        ("applies", applies(slot.applies)),
        ("waived", json!(slot.waived.map(days))),
        ("part", json!(slot.part.map(|(some, of)| [some, of]))),
    ] {
        said.insert(name.to_owned(), value);
    }
}

fn proof(proof: &Proof) -> Json {
    json!({
        "document": proof.document.to_string(),
        "fact": proof.fact,
        "date": proof.day.to_string(),
        "counts": proof.counts,
        "contradicted": proof.contradicted,
    })
}

fn truth(truth: Truth) -> Json {
    match truth {
        Truth::True(day) => json!(["satisfied", day.to_string()]),
        Truth::Explained(day) => json!(["explained", day.to_string()]),
        Truth::False => json!(["denied"]),
        Truth::FalseUntil(day) => json!(["denied", day.to_string()]),
        Truth::NoEvidence => json!(["no_evidence"]),
        Truth::Unknown(why) => json!([unknown(why)]),
        Truth::UnknownUntil(why, day) => json!([unknown(why), day.to_string()]),
        Truth::TrueUntil(why, day) => json!(["satisfied", unknown(why), day.to_string()]),
    }
}

fn unknown(why: Unknown) -> &'static str {
    match why {
        Unknown::Unreadable => "unreadable",
        Unknown::Contradictory => "contradictory",
        Unknown::FolderUnhealthy => "folder_unhealthy",
        Unknown::NotStated => "not_stated",
        Unknown::AttributeMissing => "attribute_missing",
    }
}

fn applies(applies: Applies) -> Json {
    match applies {
        Applies::Yes => json!("yes"),
        Applies::Until(day) => json!(["until", day.to_string()]),
        Applies::No | Applies::NoUntil(_) => json!("no"),
        Applies::Unknown => json!("unknown"),
        Applies::UnknownUntil(day) => json!(["unknown_until", day.to_string()]),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}
