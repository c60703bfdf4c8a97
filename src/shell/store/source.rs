//! Every settled version of what people write, with the instant it was first seen.
//!
//! Versions are known by their hashes; changes say in which order they were current. The
//! number of a change names the whole of what was written at one time.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::shell::Error;
use crate::shell::disk;
use crate::shell::store::setting::{self, Setting};

/// A file of the network's folder as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Below the network's folder.
    pub path: String,
    pub text: String,
    /// It had no mistake.
    pub good: bool,
}

/// All that was read at one time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    pub files: Vec<Source>,
    /// Files and folders that could not be read: what they held is not gone.
    pub unreadable: Vec<String>,
}

impl Sources {
    fn may_hold(&self, path: &str) -> bool {
        self.unreadable.iter().any(|unread| {
            let rest = path.strip_prefix(unread.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Keeps the versions that were not seen before, and what became current or went.
///
/// # Errors
/// When the store fails.
pub fn keep(connection: &Connection, sources: &Sources, now: i64) -> Result<(), Error> {
    let mut version = connection.prepare_cached(
        "INSERT INTO source (path, sha256, seen, good, text) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (path, sha256) DO UPDATE SET good = max(good, excluded.good)",
    )?;
    let mut change = connection.prepare_cached(
        "INSERT INTO source_change (path, sha256, seen) VALUES (?1, ?2, ?3)",
    )?;
    let mut current = current(connection)?;
    for file in &sources.files {
        let hash = disk::sha256(file.text.as_bytes()).0;
        version.execute(params![file.path, hash, now, file.good, file.text])?;
        if current.remove(&file.path) != Some(hash) {
            change.execute(params![file.path, hash, now])?;
        }
    }
    for path in current.into_keys().filter(|path| !sources.may_hold(path)) {
        change.execute(params![path, None::<[u8; 32]>, now])?;
    }
    Ok(())
}

/// The hash of each file that is there.
fn current(connection: &Connection) -> Result<BTreeMap<String, [u8; 32]>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT path, sha256 FROM source_change
         WHERE number IN (SELECT max(number) FROM source_change GROUP BY path)
           AND sha256 IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The number of the last change; `None` before anything was seen.
///
/// # Errors
/// When the store fails.
pub fn last_change(connection: &Connection) -> Result<Option<i64>, Error> {
    let sql = "SELECT max(number) FROM source_change";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

/// The change that a process begins from: the last one, or, while a change is judged in
/// portions, the one before it, so that a restart judges it whole.
///
/// # Errors
/// When the store fails.
pub fn judged_change(connection: &Connection) -> Result<Option<i64>, Error> {
    let before = setting::get(connection, Setting::ChangeJudged)?;
    match before.and_then(|number| number.parse().ok()) {
        Some(number) => Ok(Some(number)),
        None => last_change(connection),
    }
}

/// Keeps what people wrote with the first portion of what follows from it, so that all
/// portions are known to be judged by it; `judged_change` stays until [`end`].
///
/// # Errors
/// When the store fails.
pub fn begin(connection: &Connection, sources: &Sources, now: i64) -> Result<(), Error> {
    if let Some(before) = judged_change(connection)? {
        setting::set(connection, Setting::ChangeJudged, &before.to_string())?;
    }
    keep(connection, sources, now)
}

/// Everybody was judged by the last change.
///
/// # Errors
/// When the store fails.
pub fn end(connection: &Connection) -> Result<(), Error> {
    setting::forget(connection, Setting::ChangeJudged)
}

/// The number of the last change that was known at an instant. Before anything was seen,
/// that of the last one of the first pass: there is nothing earlier to judge by.
///
/// # Errors
/// When the store fails.
pub fn change_known(connection: &Connection, at: i64) -> Result<Option<i64>, Error> {
    let sql = "SELECT coalesce(
                 (SELECT max(number) FROM source_change WHERE seen <= ?1),
                 (SELECT max(number) FROM source_change
                  WHERE seen = (SELECT min(seen) FROM source_change)))";
    Ok(connection.query_row(sql, [at], |row| row.get(0))?)
}

/// What was current after a change, by path: everything, or what is the network's own.
///
/// # Errors
/// When the store fails.
pub fn texts(
    connection: &Connection,
    change: i64,
    with_organizations: bool,
) -> Result<BTreeMap<String, String>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT c.path, s.text FROM source_change c JOIN source s USING (path, sha256)
         WHERE c.number = (SELECT max(number) FROM source_change
                           WHERE path = c.path AND number <= ?1)
           AND (?2 OR c.path NOT LIKE 'organizations/%')",
    )?;
    let rows = statement.query_map(params![change, with_organizations], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The paths that were there after a change and begin so.
///
/// # Errors
/// When the store fails.
pub fn paths(
    connection: &Connection,
    change: i64,
    begin: &str,
) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT c.path FROM source_change c
         WHERE c.number = (SELECT max(number) FROM source_change
                           WHERE path = c.path AND number <= ?1)
           AND c.sha256 IS NOT NULL AND substr(c.path, 1, length(?2)) = ?2
         ORDER BY c.path",
    )?;
    let rows = statement.query_map(params![change, begin], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a file held after a change.
///
/// # Errors
/// When the store fails.
pub fn text(
    connection: &Connection,
    path: &str,
    change: i64,
) -> Result<Option<String>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT s.text FROM source_change c LEFT JOIN source s USING (path, sha256)
         WHERE c.path = ?1 AND c.number <= ?2 ORDER BY c.number DESC LIMIT 1",
    )?;
    let found =
        statement.query_row(params![path, change], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

/// The newest versions without a mistake, up to a change, of a file or of what lies in a
/// folder; none of what was gone by then.
///
/// # Errors
/// When the store fails.
pub fn last_good(
    connection: &Connection,
    path: &str,
    change: i64,
) -> Result<Vec<(String, String)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT c.path, s.text FROM source_change c JOIN source s USING (path, sha256)
         WHERE (c.path = ?1 OR substr(c.path, 1, length(?1) + 1) = ?1 || '/')
           AND c.number = (SELECT max(g.number) FROM source_change g
                           JOIN source v USING (path, sha256)
                           WHERE g.path = c.path AND g.number <= ?2 AND v.good)
           AND (SELECT l.sha256 FROM source_change l
                WHERE l.path = c.path AND l.number <= ?2
                ORDER BY l.number DESC LIMIT 1) IS NOT NULL",
    )?;
    let rows = statement
        .query_map(params![path, change], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An index value that a letter told last, and the change that it was judged with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldBy {
    pub organization: String,
    pub rulebook: String,
    pub change: i64,
}

/// Of each organization and rulebook the change that the value told last was judged with.
///
/// # Errors
/// When the store fails.
pub fn told_by(connection: &Connection) -> Result<Vec<ToldBy>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, rulebook, source_change FROM index_value
         WHERE number IN (SELECT max(number) FROM index_value WHERE told
                          GROUP BY organization, rulebook)
           AND source_change IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ToldBy {
            organization: row.get(0)?,
            rulebook: row.get(1)?,
            change: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
