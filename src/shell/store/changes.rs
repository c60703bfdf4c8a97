//! How judgements changed of late, as memory takes it back at a start.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value as Json;

use crate::calendar::Day;
use crate::finding::FindingKey;
use crate::plan::{Changed, Stored};
use crate::shell::Error;
use crate::shell::store::judgement::{day, state_named, strange, whose};

/// Verdicts that changed since an instant, and since the organization had the digest of that
/// window, where it had one: what papers did in the same pass came after it. In their order.
///
/// # Errors
/// When the store fails.
pub fn each_change(
    connection: &Connection,
    (since, window): (i64, &str),
    each: &mut dyn FnMut(Stored),
) -> Result<(), Error> {
    let mut told = connection.prepare_cached(
        "SELECT organization, max(created_at) FROM outbox
         WHERE kind = 'digest' AND window = ?1 GROUP BY organization",
    )?;
    let told = told.query_map([window], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let told: BTreeMap<String, i64> = told.collect::<Result<_, _>>()?;
    let Some(first) = first_since(connection, since)? else { return Ok(()) };
    let mut statement = connection.prepare_cached(
        "SELECT at, organization, subject, detail FROM ledger
         WHERE number >= ?1 AND kind = 'verdict' ORDER BY number",
    )?;
    let mut rows = statement.query([first])?;
    // Handed over one by one: of a large network they are hundreds of thousands.
    while let Some(row) = rows.next()? {
        let (at, organization): (i64, String) = (row.get(0)?, row.get(1)?);
        if told.get(&organization).is_some_and(|told| at < *told) {
            continue;
        }
        let (subject, detail): (String, String) = (row.get(2)?, row.get(3)?);
        let detail: Json = serde_json::from_str(&detail).map_err(|_| strange())?;
        let state = |name: &str| detail.get(name)?.as_str().and_then(state_named);
        let known = subject.rsplit_once('/').zip(state("state"));
        let Some(((rulebook, rule), after)) = known else { continue };
        let (rulebook, rule) = (rulebook.to_owned(), rule.to_owned());
        let before = state("before");
        each(Stored::Changed(Changed {
            organization,
            rulebook,
            rule,
            before,
            state: after,
        }));
    }
    Ok(())
}

/// The first entry of the ledger of an instant or later; looked for from its end, as few are.
fn first_since(connection: &Connection, since: i64) -> Result<Option<i64>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT number, at FROM ledger ORDER BY number DESC")?;
    let mut rows = statement.query([])?;
    let mut first = None;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(1)? < since {
            break;
        }
        first = Some(row.get(0)?);
    }
    Ok(first)
}

/// Findings that opened again, with every day on which they opened and closed.
///
/// # Errors
/// When the store fails.
pub(super) fn each_turns(
    connection: &Connection,
    organization: Option<&str>,
    each: &mut dyn FnMut(Stored),
) -> Result<(), Error> {
    let whose = whose(organization);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, rulebook, rule, slot, coalesce(v.closed, v.opened)
         FROM finding_version v JOIN finding f USING (organization, rulebook, rule, slot)
         WHERE f.version > 2 AND {whose}
         ORDER BY organization, rulebook, rule, slot, v.version",
    ))?;
    let mut rows = statement.query([organization])?;
    let mut last: Option<(FindingKey, Vec<Day>)> = None;
    while let Some(row) = rows.next()? {
        let key = FindingKey {
            organization: row.get(0)?,
            rulebook: row.get(1)?,
            rule: row.get(2)?,
            slot: day(row, 3)?.ok_or_else(strange)?,
        };
        let turn = day(row, 4)?.ok_or_else(strange)?;
        match &mut last {
            Some((same, turns)) if *same == key => turns.push(turn),
            _ => {
                let before = last.replace((key, vec![turn]));
                if let Some((key, turns)) = before {
                    each(Stored::Turns(key, turns));
                }
            }
        }
    }
    if let Some((key, turns)) = last {
        each(Stored::Turns(key, turns));
    }
    Ok(())
}
