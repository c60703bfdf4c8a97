//! Verdicts, findings and index values, as the last pass left them.

use rusqlite::{Connection, Row, params};
use serde_json::{Value as Json, json};

use crate::calendar::Day;
use crate::finding::{Closed, Finding, FindingKey, Resolution};
use crate::index::{Index, Part};
use crate::plan::{IndexRow, Stored, VerdictRow};
use crate::shell::Error;
use crate::shell::store::changes;
use crate::shell::store::setting::{self, Setting};
use crate::verdict::{Breakpoint, Finality, NextChange, Score, State};

/// Hands over everything that `plan::Network::recall` asks for, row by row, as a large
/// network has a million of them; gives the last day that was judged for everybody.
///
/// # Errors
/// When the store fails or holds what no version ever wrote.
pub fn each_stored(
    connection: &Connection,
    organization: Option<&str>,
    each: &mut dyn FnMut(Stored),
) -> Result<Option<Day>, Error> {
    each_verdict(connection, organization, &mut |row| each(Stored::Verdict(row)))?;
    each_but_verdicts(connection, organization, each)
}

/// The same without verdicts, for those whose verdicts are known.
///
/// # Errors
/// As [`each_stored`].
pub fn each_but_verdicts(
    connection: &Connection,
    organization: Option<&str>,
    each: &mut dyn FnMut(Stored),
) -> Result<Option<Day>, Error> {
    each_finding(connection, (organization, i64::MAX), &mut |finding| {
        each(Stored::Finding(finding));
    })?;
    changes::each_turns(connection, organization, each)?;
    for row in last_indexes(connection, organization)? {
        each(Stored::Index(row));
    }
    let through = setting::get(connection, Setting::DayJudged)?;
    Ok(through.as_deref().and_then(Day::parse))
}

/// # Errors
/// When the store fails.
pub fn keep_verdict(connection: &Connection, row: &VerdictRow) -> Result<(), Error> {
    let next = row.next_change;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO verdict (organization, rulebook, rule, as_of, state,
               upcoming, finality, score, score_low, score_high, next_on, next_state,
               next_slot, next_why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            row.organization,
            row.rulebook,
            row.rule,
            row.as_of.to_string(),
            state_name(row.state),
            row.upcoming.map(state_name),
            finality_name(row.finality),
            row.score.and_then(|score| score.value),
            row.score.map(|score| score.low),
            row.score.map(|score| score.high),
            next.map(|next| next.on.to_string()),
            next.map(|next| state_name(next.state)),
            next.map(|next| next.slot.to_string()),
            next.map(|next| breakpoint_name(next.why)),
        ])?;
    Ok(())
}

/// Hands over the last verdicts of an organization, or of all.
///
/// # Errors
/// As [`each_stored`].
pub fn each_verdict(
    connection: &Connection,
    organization: Option<&str>,
    each: &mut dyn FnMut(VerdictRow),
) -> Result<(), Error> {
    let whose = whose(organization);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, rulebook, rule, as_of, state, upcoming, finality, score,
                score_low, score_high, next_on, next_state, next_slot, next_why
         FROM verdict WHERE {whose} ORDER BY organization, rulebook, rule",
    ))?;
    let mut rows = statement.query([organization])?;
    while let Some(row) = rows.next()? {
        let state = state_named(&row.get::<_, String>(4)?);
        let upcoming: Option<String> = row.get(5)?;
        each(VerdictRow {
            organization: row.get(0)?,
            rulebook: row.get(1)?,
            rule: row.get(2)?,
            as_of: day(row, 3)?.ok_or_else(strange)?,
            before: None,
            state: state.ok_or_else(strange)?,
            upcoming: upcoming.as_deref().and_then(state_named),
            finality: finality_named(&row.get::<_, String>(6)?).ok_or_else(strange)?,
            score: score(row)?,
            next_change: next_change(row)?,
            foretold: false,
        });
    }
    Ok(())
}

fn score(row: &Row<'_>) -> Result<Option<Score>, Error> {
    let (low, high): (Option<u32>, Option<u32>) = (row.get(8)?, row.get(9)?);
    let value = row.get(7)?;
    Ok(low.zip(high).map(|(low, high)| Score { value, low, high }))
}

fn next_change(row: &Row<'_>) -> Result<Option<NextChange>, Error> {
    let Some(on) = day(row, 10)? else { return Ok(None) };
    let (state, why): (String, String) = (row.get(11)?, row.get(13)?);
    Ok(Some(NextChange {
        on,
        state: state_named(&state).ok_or_else(strange)?,
        slot: day(row, 12)?.ok_or_else(strange)?,
        why: breakpoint_named(&why).ok_or_else(strange)?,
    }))
}

/// Keeps a finding, and its version with what it says.
///
/// # Errors
/// When the store fails.
pub fn keep_finding(
    connection: &Connection,
    finding: &Finding,
    (known, told): (i64, Option<&str>),
) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO finding (organization, rulebook, rule, slot, slot_to, due,
               version, state, opened, closed, resolution)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            finding.key.organization,
            finding.key.rulebook,
            finding.key.rule,
            finding.key.slot.to_string(),
            finding.slot_to.to_string(),
            finding.due.to_string(),
            finding.version,
            state_name(finding.state),
            finding.opened.to_string(),
            finding.closed.map(|closed| closed.on.to_string()),
            finding.closed.map(|closed| resolution_name(closed.how)),
        ])?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO finding_version (organization, rulebook, rule, slot, version,
               known, slot_to, due, state, opened, closed, resolution, told)
             SELECT organization, rulebook, rule, slot, version, ?5, slot_to, due, state,
                    opened, closed, resolution, ?6
             FROM finding
             WHERE organization = ?1 AND rulebook = ?2 AND rule = ?3 AND slot = ?4",
        )?
        .execute(params![
            finding.key.organization,
            finding.key.rulebook,
            finding.key.rule,
            finding.key.slot.to_string(),
            known,
            told,
        ])?;
    Ok(())
}

/// Every finding, closed ones among them.
///
/// # Errors
/// When the store fails.
pub fn findings(connection: &Connection) -> Result<Vec<Finding>, Error> {
    findings_known(connection, None, i64::MAX)
}

/// Every finding, or those of one organization, as known at an instant; closed ones among
/// them.
///
/// # Errors
/// When the store fails.
pub fn findings_known(
    connection: &Connection,
    organization: Option<&str>,
    known: i64,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    each_finding(connection, (organization, known), &mut |it| findings.push(it))?;
    Ok(findings)
}

/// A version of a finding; none where there is no such version.
///
/// # Errors
/// When the store fails.
pub fn finding_version(
    connection: &Connection,
    key: &FindingKey,
    version: u32,
) -> Result<Option<Finding>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, rulebook, rule, slot, slot_to, due, version, state, opened,
                closed, resolution
         FROM finding_version
         WHERE organization = ?1 AND rulebook = ?2 AND rule = ?3 AND slot = ?4
           AND version = ?5",
    )?;
    let slot = key.slot.to_string();
    let of = params![key.organization, key.rulebook, key.rule, slot, version];
    let mut rows = statement.query(of)?;
    rows.next()?.map(finding).transpose()
}

fn each_finding(
    connection: &Connection,
    (organization, known): (Option<&str>, i64),
    each: &mut dyn FnMut(Finding),
) -> Result<(), Error> {
    let whose = whose(organization);
    let which = if known == i64::MAX {
        format!("finding WHERE {whose} AND ?2 IS NOT NULL")
    } else {
        format!(
            "finding_version v
             WHERE {whose}
               AND version = (SELECT max(version) FROM finding_version
                              WHERE organization = v.organization AND rulebook = v.rulebook
                                AND rule = v.rule AND slot = v.slot AND known <= ?2)"
        )
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, rulebook, rule, slot, slot_to, due, version, state, opened,
                closed, resolution
         FROM {which} ORDER BY organization, rulebook, rule, slot",
    ))?;
    let mut rows = statement.query(params![organization, known])?;
    while let Some(row) = rows.next()? {
        each(finding(row)?);
    }
    Ok(())
}

/// The rows of one, which an index finds, or of all.
pub(super) fn whose(organization: Option<&str>) -> &'static str {
    if organization.is_some() { "organization = ?1" } else { "?1 IS NULL" }
}

fn finding(row: &Row<'_>) -> Result<Finding, Error> {
    let how: Option<String> = row.get(10)?;
    let how = how.as_deref().and_then(resolution_named);
    Ok(Finding {
        key: FindingKey {
            organization: row.get(0)?,
            rulebook: row.get(1)?,
            rule: row.get(2)?,
            slot: day(row, 3)?.ok_or_else(strange)?,
        },
        version: row.get(6)?,
        slot_to: day(row, 4)?.ok_or_else(strange)?,
        due: day(row, 5)?.ok_or_else(strange)?,
        state: state_named(&row.get::<_, String>(7)?).ok_or_else(strange)?,
        opened: day(row, 8)?.ok_or_else(strange)?,
        closed: day(row, 9)?.zip(how).map(|(on, how)| Closed { on, how }),
    })
}

/// Adds an index value to the published series.
///
/// # Errors
/// When the store fails.
pub fn keep_index(connection: &Connection, row: &IndexRow) -> Result<(), Error> {
    let dimensions: Vec<Json> = row.index.dimensions.iter().map(dimension).collect();
    connection
        .prepare_cached(
            "INSERT INTO index_value (organization, rulebook, as_of, known, value, low, high,
               coverage, capped, dimensions, told, raw, source_change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                     (SELECT max(number) FROM source_change))",
        )?
        .execute(params![
            row.organization,
            row.rulebook,
            row.as_of.to_string(),
            row.known,
            row.index.value,
            row.index.low,
            row.index.high,
            row.index.coverage,
            row.index.capped,
            Json::from(dimensions).to_string(),
            row.told,
            row.index.raw,
        ])?;
    Ok(())
}

/// Of each organization and rulebook the latest value, and the latest one that was told.
fn last_indexes(
    connection: &Connection,
    organization: Option<&str>,
) -> Result<Vec<IndexRow>, Error> {
    let whose = whose(organization);
    let last = format!(
        "number IN (SELECT max(number) FROM index_value WHERE {whose}
                    GROUP BY organization, rulebook
                    UNION
                    SELECT max(number) FROM index_value WHERE {whose} AND told
                    GROUP BY organization, rulebook)"
    );
    indexes_where(connection, organization, &last)
}

/// The whole published series, in order.
///
/// # Errors
/// When the store fails.
pub fn indexes(connection: &Connection) -> Result<Vec<IndexRow>, Error> {
    indexes_where(connection, None, whose(None))
}

fn indexes_where(
    connection: &Connection,
    organization: Option<&str>,
    which: &str,
) -> Result<Vec<IndexRow>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, rulebook, as_of, known, value, low, high, coverage, capped,
                dimensions, told, raw
         FROM index_value WHERE {which} ORDER BY number"
    ))?;
    let mut rows = statement.query([organization])?;
    let mut indexes = Vec::new();
    while let Some(row) = rows.next()? {
        let dimensions: String = row.get(9)?;
        let dimensions: Json =
            serde_json::from_str(&dimensions).map_err(|_| strange())?;
        indexes.push(IndexRow {
            organization: row.get(0)?,
            rulebook: row.get(1)?,
            as_of: day(row, 2)?.ok_or_else(strange)?,
            known: row.get(3)?,
            index: Index {
                value: row.get(4)?,
                raw: row.get(11)?,
                low: row.get(5)?,
                high: row.get(6)?,
                coverage: row.get(7)?,
                capped: row.get(8)?,
                dimensions: dimensions_from(&dimensions),
            },
            told: row.get(10)?,
        });
    }
    Ok(indexes)
}

fn dimension(dimension: &Part) -> Json {
    json!([
        dimension.value,
        dimension.low,
        dimension.high,
        dimension.coverage,
        dimension.weight
    ])
}

fn dimensions_from(json: &Json) -> Vec<Part> {
    let number = |row: &Json, index: usize| {
        row.get(index)
            .and_then(Json::as_u64)
            .and_then(|number| u32::try_from(number).ok())
    };
    let rows = json.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter()
        .map(|row| Part {
            value: number(row, 0),
            low: number(row, 1).unwrap_or_default(),
            high: number(row, 2).unwrap_or_default(),
            coverage: number(row, 3).unwrap_or_default(),
            weight: number(row, 4).unwrap_or_default(),
        })
        .collect()
}

pub(super) fn day(row: &Row<'_>, index: usize) -> Result<Option<Day>, Error> {
    let text: Option<String> = row.get(index)?;
    Ok(text.as_deref().and_then(stored_day))
}

/// Days are kept as ISO dates; the two that stand for "ever" are outside what a date can be.
fn stored_day(text: &str) -> Option<Day> {
    if let Some(day) = Day::parse(text) {
        return Some(day);
    }
    [Day::EARLIEST, Day::LATEST].into_iter().find(|day| day.to_string() == text)
}

pub(super) fn strange() -> Error {
    Error::stop(
        "the store holds a row that this version of the program cannot have written",
        "يحتوي المخزن على سجل لا يمكن أن يكون هذا الإصدار من البرنامج قد كتبه",
    )
}

/// As in JSON, but telling the two kinds of *not met* apart.
pub fn state_name(state: State) -> &'static str {
    match state {
        State::StillOwed => "still_owed",
        State::Closed => "closed",
        other => other.name(),
    }
}

pub fn state_named(name: &str) -> Option<State> {
    State::ALL.into_iter().find(|state| state_name(*state) == name)
}

/// The name of a finality in JSON.
pub fn finality_name(finality: Finality) -> &'static str {
    match finality {
        Finality::Final => "final",
        Finality::ByTime => "by_time",
        Finality::ByEvidence => "by_evidence",
        Finality::ByRule => "by_rule",
    }
}

fn finality_named(name: &str) -> Option<Finality> {
    Finality::ALL.into_iter().find(|finality| finality_name(*finality) == name)
}

/// The name of what a change comes from, in JSON.
pub fn breakpoint_name(why: Breakpoint) -> &'static str {
    match why {
        Breakpoint::Opens => "opens",
        Breakpoint::LeadBegins => "lead_begins",
        Breakpoint::DuePassed => "due_passed",
        Breakpoint::GracePassed => "grace_passed",
        Breakpoint::LagPassed => "lag_passed",
        Breakpoint::KnownEvent => "known_event",
        Breakpoint::WaiverBegins => "waiver_begins",
        Breakpoint::WaiverEnds => "waiver_ends",
        Breakpoint::RuleEnds => "rule_ends",
    }
}

fn breakpoint_named(name: &str) -> Option<Breakpoint> {
    Breakpoint::ALL.into_iter().find(|why| breakpoint_name(*why) == name)
}

/// The name of how a finding closed, in JSON.
pub fn resolution_name(how: Resolution) -> &'static str {
    match how {
        Resolution::Met => "met",
        Resolution::MetLate => "met_late",
        Resolution::Waived => "waived",
        Resolution::Explained => "explained",
        Resolution::NotApplicable => "not_applicable",
        Resolution::Recorded => "recorded",
        Resolution::Unknown => "unknown",
    }
}

fn resolution_named(name: &str) -> Option<Resolution> {
    [
        Resolution::Met,
        Resolution::MetLate,
        Resolution::Waived,
        Resolution::Explained,
        Resolution::NotApplicable,
        Resolution::Recorded,
        Resolution::Unknown,
    ]
    .into_iter()
    .find(|how| resolution_name(*how) == name)
}
