//! Papers inside papers: what a carrier holds, and where a content lies.

use rusqlite::{Connection, OptionalExtension, params};

use crate::document::Sha256;
use crate::limits;
use crate::shell::Error;
use crate::shell::folder;

/// A content inside a carrier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    pub parent: Sha256,
    /// Unique within the carrier.
    pub name: String,
}

/// Paths of one content that are told: a form letter lies in hundreds of others.
const PATHS_MAX: usize = 20;

/// Puts on record that a carrier holds a content.
///
/// # Errors
/// When the store fails.
pub fn keep(
    connection: &Connection,
    organization: &str,
    enclosure: &Enclosure,
    sha256: Sha256,
) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO enclosure (organization, parent, name, sha256)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![organization, enclosure.parent.0, enclosure.name, sha256.0])?;
    Ok(())
}

/// What a carrier holds under a name.
///
/// # Errors
/// When the store fails.
pub fn content(
    connection: &Connection,
    organization: &str,
    enclosure: &Enclosure,
) -> Result<Option<Sha256>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT sha256 FROM enclosure
         WHERE organization = ?1 AND parent = ?2 AND name = ?3",
    )?;
    let key = params![organization, enclosure.parent.0, enclosure.name];
    let found = statement.query_row(key, |row| row.get(0));
    Ok(found.optional()?.map(Sha256))
}

/// The carriers of a content, with the names that it has in them.
///
/// # Errors
/// When the store fails.
pub fn carriers(
    connection: &Connection,
    organization: &str,
    sha256: Sha256,
) -> Result<Vec<Enclosure>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT parent, name FROM enclosure WHERE organization = ?1 AND sha256 = ?2
         ORDER BY parent, name LIMIT ?3",
    )?;
    let most = i64::try_from(PATHS_MAX).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![organization, sha256.0, most], |row| {
        Ok(Enclosure { parent: Sha256(row.get(0)?), name: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where a content lies now, as shown to people: in the folder, and in carriers that do.
///
/// # Errors
/// When the store fails.
pub fn paths(
    connection: &Connection,
    organization: &str,
    sha256: Sha256,
) -> Result<Vec<String>, Error> {
    paths_by(connection, organization, sha256, &|sha256| {
        paths_in_folder(connection, organization, sha256)
    })
}

/// The same by what somebody says of where contents lie in the folder itself: what a
/// carrier holds never changes.
///
/// # Errors
/// When the store fails.
pub(super) fn paths_by(
    connection: &Connection,
    organization: &str,
    sha256: Sha256,
    in_folder: InFolder<'_>,
) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let of = (organization, sha256);
    let depth = limits::ENCLOSED_DEPTH_MAX + 1;
    paths_within(connection, of, in_folder, depth, &mut found)?;
    Ok(found)
}

/// Where a content lies in the folder itself.
type InFolder<'f> = &'f dyn Fn(Sha256) -> Result<Vec<String>, Error>;

fn paths_within(
    connection: &Connection,
    (organization, sha256): (&str, Sha256),
    in_folder: InFolder<'_>,
    depth: usize,
    found: &mut Vec<String>,
) -> Result<(), Error> {
    found.extend(in_folder(sha256)?);
    let Some(depth) = depth.checked_sub(1) else { return Ok(()) };
    for carrier in carriers(connection, organization, sha256)? {
        if found.len() >= PATHS_MAX {
            break;
        }
        let mut of_carrier = Vec::new();
        let of = (organization, carrier.parent);
        paths_within(connection, of, in_folder, depth, &mut of_carrier)?;
        found.extend(of_carrier.iter().map(|path| shown_in(path, &carrier.name)));
    }
    found.truncate(PATHS_MAX);
    Ok(())
}

/// The path of a file inside a carrier: the carrier is its folder.
pub fn shown_in(carrier: &str, name: &str) -> String {
    format!("{carrier}/{}", folder::shown(name.as_bytes()))
}

/// By the index of contents: by itself `SQLite` goes through all files of the organization, which
/// have the order that is asked for, and each of a hundred thousand papers would go through them.
fn paths_in_folder(
    connection: &Connection,
    organization: &str,
    sha256: Sha256,
) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT path FROM file INDEXED BY file_of_document
         WHERE organization = ?1 AND sha256 = ?2 AND role <> 'sidecar' ORDER BY path",
    )?;
    let rows = statement
        .query_map(params![organization, sha256.0], |row| row.get::<_, Vec<u8>>(0))?;
    let paths: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
    Ok(paths.iter().map(|path| folder::shown(path)).collect())
}

/// How deep inside others a content lies at least; 0 in the folder itself, or when it is
/// not known where it came from.
///
/// # Errors
/// When the store fails.
pub fn depth(
    connection: &Connection,
    organization: &str,
    sha256: Sha256,
) -> Result<usize, Error> {
    let mut level = vec![sha256];
    for depth in 0..=limits::ENCLOSED_DEPTH_MAX {
        let mut above = Vec::new();
        for sha256 in level {
            let carriers = carriers(connection, organization, sha256)?;
            let here = !paths_in_folder(connection, organization, sha256)?.is_empty();
            if here || carriers.is_empty() {
                return Ok(depth);
            }
            above.extend(carriers.into_iter().map(|carrier| carrier.parent));
        }
        above.sort_unstable();
        above.dedup();
        level = above;
    }
    Ok(limits::ENCLOSED_DEPTH_MAX.saturating_add(1))
}
