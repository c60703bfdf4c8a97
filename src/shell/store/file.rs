//! Drop folders and the paths in them, as they were last seen.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::folder;
use crate::shell::folder::{Identity, Stamp};
use crate::shell::intake::{Health, Record, Recorded};
use crate::shell::store::forgotten;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::paper::{signed, unsigned};

/// A path and the content that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub organization: String,
    pub path: Vec<u8>,
    /// NFC: two spellings of one name share it.
    pub name_key: String,
    pub role: &'static str,
    pub stamp: Stamp,
    pub sha256: Sha256,
    pub since: i64,
}

/// What is on record of a folder's health.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderRow {
    pub organization: String,
    pub first_seen: Option<i64>,
    pub last_seen: Option<i64>,
    pub health: String,
    pub unhealthy_since: Option<i64>,
}

/// What the reconciler compares with.
///
/// # Errors
/// When the store fails.
pub fn record(connection: &Connection, organization: &str) -> Result<Record, Error> {
    let mut record = Record::default();
    let mut statement = connection.prepare_cached(
        "SELECT device, inode, marker, health FROM folder WHERE organization = ?1",
    )?;
    let folder = statement.query_row([organization], |row| {
        let identity =
            Identity { device: unsigned(row.get(0)?), inode: unsigned(row.get(1)?) };
        Ok((identity, row.get(2)?, row.get::<_, String>(3)?))
    });
    if let Some((identity, marker, health)) = folder.optional()? {
        record.healthy = health == Health::Healthy.name();
        // A folder that has never been seen healthy is on record without an inode.
        record.identity = Some(identity).filter(|identity| identity.inode != 0);
        record.marker = marker;
    }
    record.aside = aside(connection, organization)?;
    let mut statement = connection.prepare_cached(
        "SELECT path, device, inode, size, modified, changed, missing_since
         FROM file WHERE organization = ?1",
    )?;
    let mut rows = statement.query([organization])?;
    while let Some(row) = rows.next()? {
        let identity =
            Identity { device: unsigned(row.get(1)?), inode: unsigned(row.get(2)?) };
        let stamp = Stamp {
            identity,
            size: unsigned(row.get(3)?),
            modified: row.get(4)?,
            changed: row.get(5)?,
        };
        record.files.insert(row.get(0)?, Recorded { stamp, missing_since: row.get(6)? });
    }
    Ok(record)
}

/// What is set aside in an organization's folder, with why.
///
/// # Errors
/// When the store fails.
pub fn aside(
    connection: &Connection,
    organization: &str,
) -> Result<BTreeMap<Vec<u8>, String>, Error> {
    let mut statement = connection
        .prepare_cached("SELECT path, why FROM aside WHERE organization = ?1")?;
    let rows =
        statement.query_map([organization], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everything set aside, of one organization or of all: whose, where, why.
///
/// # Errors
/// When the store fails.
pub fn all_aside(
    connection: &Connection,
    organization: Option<&str>,
) -> Result<Vec<(String, Vec<u8>, String)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, path, why FROM aside
         WHERE ?1 IS NULL OR organization = ?1 ORDER BY organization, path",
    )?;
    let rows = statement
        .query_map([organization], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The content that a path has on record.
///
/// # Errors
/// When the store fails.
pub fn content(
    connection: &Connection,
    organization: &str,
    path: &[u8],
) -> Result<Option<Sha256>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT sha256 FROM file WHERE organization = ?1 AND path = ?2",
    )?;
    let found = statement.query_row(params![organization, path], |row| row.get(0));
    Ok(found.optional()?.map(Sha256))
}

/// The paths in a drop folder at which a content lies.
///
/// # Errors
/// When the store fails.
pub fn paths_of(
    connection: &Connection,
    organization: &str,
    sha256: Sha256,
) -> Result<Vec<Vec<u8>>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT path FROM file WHERE organization = ?1 AND sha256 = ?2 ORDER BY path",
    )?;
    let rows = statement.query_map(params![organization, sha256.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a path on record as it is now.
///
/// # Errors
/// When the store fails.
pub fn keep(connection: &Connection, file: &File) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO file (organization, path, name_key, role, device, inode,
               size, modified, changed, sha256, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            file.organization,
            file.path,
            file.name_key,
            file.role,
            signed(file.stamp.identity.device),
            signed(file.stamp.identity.inode),
            signed(file.stamp.size),
            file.stamp.modified,
            file.stamp.changed,
            file.sha256.0,
            file.since,
        ])?;
    Ok(())
}

/// The files that lie in a drop folder, with their contents.
///
/// # Errors
/// When the store fails.
pub fn lying(
    connection: &Connection,
    organization: &str,
) -> Result<Vec<(Vec<u8>, Sha256)>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT path, sha256 FROM file
         WHERE organization = ?1 AND missing_since IS NULL ORDER BY path",
    )?;
    let rows = statement
        .query_map([organization], |row| Ok((row.get(0)?, Sha256(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a drop folder was ever seen with its marker.
///
/// # Errors
/// When the store fails.
pub fn had_marker(connection: &Connection, organization: &str) -> Result<bool, Error> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM folder WHERE organization = ?1 AND marker = 1")?;
    Ok(statement.query_row([organization], |_| Ok(())).optional()?.is_some())
}

/// From now on this folder is the organization's.
///
/// # Errors
/// When the store fails.
pub fn enrol_again(
    connection: &Connection,
    organization: &str,
    identity: Identity,
) -> Result<(), Error> {
    connection
        .prepare_cached(
            "UPDATE folder SET device = ?2, inode = ?3 WHERE organization = ?1",
        )?
        .execute(params![
            organization,
            signed(identity.device),
            signed(identity.inode)
        ])?;
    Ok(())
}

/// Notes that a walk did not find these paths (`since`), or that one found them again.
///
/// # Errors
/// When the store fails.
pub fn mark_missing(
    connection: &Connection,
    organization: &str,
    paths: &[Vec<u8>],
    since: Option<i64>,
) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "UPDATE file SET missing_since = ?3 WHERE organization = ?1 AND path = ?2",
    )?;
    for path in paths {
        statement.execute(params![organization, path, since])?;
    }
    Ok(())
}

/// Takes paths off the record at an instant: they are gone from the folder. Their papers
/// stay; of one that was erased its name goes as well.
///
/// # Errors
/// When the store fails.
pub fn forget(
    connection: &Connection,
    organization: &str,
    paths: &[Vec<u8>],
    at: i64,
) -> Result<(), Error> {
    let mut gone = connection.prepare_cached(
        "INSERT INTO path_gone (organization, path, at) VALUES (?1, ?2, ?3)",
    )?;
    let mut statement = connection
        .prepare_cached("DELETE FROM file WHERE organization = ?1 AND path = ?2")?;
    for path in paths {
        let content = content(connection, organization, path)?;
        statement.execute(params![organization, path])?;
        let erased = match content {
            Some(content) => forgotten::unsweep(connection, (organization, content))?,
            None => false,
        };
        if !erased {
            gone.execute(params![organization, folder::shown(path), at])?;
        }
    }
    Ok(())
}

/// Replaces the list of what was set aside, by name or by refusal.
///
/// # Errors
/// When the store fails.
pub fn set_aside(
    connection: &Connection,
    organization: &str,
    aside: &[(Vec<u8>, &'static str)],
) -> Result<(), Error> {
    connection
        .prepare_cached("DELETE FROM aside WHERE organization = ?1")?
        .execute([organization])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO aside (organization, path, why) VALUES (?1, ?2, ?3)",
    )?;
    for (path, why) in aside {
        statement.execute(params![organization, path, why])?;
    }
    Ok(())
}

/// Notes a reconciliation: which folder it was of, when, and how healthy it was.
///
/// # Errors
/// When the store fails.
pub fn reconciled(
    connection: &Connection,
    organization: &str,
    folder: Option<(Identity, bool)>,
    health: Health,
    at: i64,
) -> Result<(), Error> {
    let healthy = health == Health::Healthy;
    let (identity, marker) = folder.unwrap_or((Identity { device: 0, inode: 0 }, false));
    connection
        .prepare_cached(
            "INSERT INTO folder (organization, device, inode, marker, enrolled, health)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (organization) DO UPDATE SET health = excluded.health",
        )?
        .execute(params![
            organization,
            signed(identity.device),
            signed(identity.inode),
            marker,
            at,
            health.name()
        ])?;
    if !healthy {
        connection
            .prepare_cached(
                "UPDATE folder SET unhealthy_since = coalesce(unhealthy_since, ?2)
                 WHERE organization = ?1",
            )?
            .execute(params![organization, at])?;
        return keep_seen(connection, organization, at);
    }
    connection
        .prepare_cached(
            "UPDATE folder SET device = ?3, inode = ?4, marker = max(marker, ?5),
               last_seen = ?2, first_seen = coalesce(first_seen, ?2), unhealthy_since = NULL
             WHERE organization = ?1",
        )?
        .execute(params![
            organization,
            at,
            signed(identity.device),
            signed(identity.inode),
            marker
        ])?;
    keep_seen(connection, organization, at)
}

/// Keeps how far the folder can be trusted from now on, where that is another than before.
fn keep_seen(connection: &Connection, organization: &str, at: i64) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO folder_seen (organization, at, first_seen, unhealthy_since)
             SELECT f.organization, ?2, f.first_seen, f.unhealthy_since
             FROM folder f
             LEFT JOIN folder_seen s ON s.number = (
               SELECT max(number) FROM folder_seen WHERE organization = f.organization)
             WHERE f.organization = ?1
               AND (s.number IS NULL OR s.first_seen IS NOT f.first_seen
                    OR s.unhealthy_since IS NOT f.unhealthy_since)",
        )?
        .execute(params![organization, at])?;
    Ok(())
}

/// How far a folder could be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRow {
    pub organization: String,
    pub first_seen: Option<i64>,
    pub unhealthy_since: Option<i64>,
}

/// How far every folder could be trusted as it was known then, by organization.
///
/// # Errors
/// When the store fails.
pub fn folders_known(
    connection: &Connection,
    organization: Option<&str>,
    known: &Horizon,
) -> Result<Vec<SeenRow>, Error> {
    let whose = if organization.is_some() { "organization = ?3" } else { "?3 IS NULL" };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, first_seen, unhealthy_since FROM folder_seen
         WHERE number IN (SELECT max(number) FROM folder_seen
                          WHERE at <= ?1 AND number <= ?2 AND {whose}
                          GROUP BY organization)
         ORDER BY organization",
    ))?;
    let of = params![known.instant, known.folders, organization];
    let rows = statement.query_map(of, |row| {
        Ok(SeenRow {
            organization: row.get(0)?,
            first_seen: row.get(1)?,
            unhealthy_since: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The health of every folder on record, by organization.
///
/// # Errors
/// When the store fails.
pub fn folders(connection: &Connection) -> Result<Vec<FolderRow>, Error> {
    folders_where(connection, "TRUE")
}

/// Those that cannot be trusted.
///
/// # Errors
/// When the store fails.
pub fn unhealthy_folders(connection: &Connection) -> Result<Vec<FolderRow>, Error> {
    folders_where(connection, "unhealthy_since IS NOT NULL")
}

fn folders_where(connection: &Connection, which: &str) -> Result<Vec<FolderRow>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT organization, first_seen, last_seen, health, unhealthy_since
         FROM folder WHERE {which} ORDER BY organization"
    ))?;
    let rows = statement.query_map([], |row| {
        Ok(FolderRow {
            organization: row.get(0)?,
            first_seen: row.get(1)?,
            last_seen: row.get(2)?,
            health: row.get(3)?,
            unhealthy_since: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
