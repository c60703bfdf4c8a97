//! A network as a backup has it, laid into a new folder.
//!
//! To restore is to travel back in time: what happened since is not known, letters that left
//! among it. So no letter leaves by itself afterwards: the network is not live until somebody
//! says `go-live` again, and letters that waited then are held for a person.

use std::path::{Path, PathBuf};

use super::{CHECKPOINTS, STORE, Sums, WRITTEN, generations, verify};
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::folder;
use crate::shell::folder::Folder;
use crate::shell::network;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::anew;
use crate::shell::store::file;
use crate::shell::store::ledger::proof;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub generation: String,
    pub papers: usize,
    /// Files that were laid into drop folders below the network's folder.
    pub dropped: usize,
    /// Letters that may have been sent since the backup: held for a person.
    pub held: usize,
    /// The first entry of the ledger that does not hold; the backup was made of it so.
    pub broken: Option<i64>,
}

/// Checks a generation of the backup `from`, the newest unless one is named, and lays it into
/// the folder `into`, which must not be there or be empty.
///
/// # Errors
/// When a file of it is missing or damaged, or the folder holds something; nothing is made.
pub fn restore(
    from: &Path,
    named: Option<&str>,
    into: &Path,
    now: i64,
) -> Result<Restored, Error> {
    let generation = generation(from, named)?;
    if !disk::names_in(into)?.is_empty() {
        return Err(Error::report(
            format!("{} holds something already", into.display()),
            format!("المجلد {} ليس فارغًا", into.display()),
        ));
    }
    let source = from.join(&generation);
    let sums = verify(&source)?;
    let (into, part) = places(into)?;
    disk::remove_folder(&part)?;
    let restored = lay(&source, &sums, &part, now)?;
    // An empty folder gives way; one that is not empty any more refuses.
    disk::rename(&part, &into)?;
    Ok(restored)
}

/// The new folder by its whole path, and the place beside it in which it is put together.
fn places(into: &Path) -> Result<(PathBuf, PathBuf), Error> {
    let whole = std::path::absolute(into).unwrap_or_else(|_| into.to_owned());
    let Some(name) = whole.file_name().map(|name| name.to_string_lossy().into_owned())
    else {
        return Err(Error::report(
            format!("{} is no name for a new folder", into.display()),
            format!("{} ليس اسمًا لمجلد جديد", into.display()),
        ));
    };
    let part = whole.with_file_name(format!(".{name}.part"));
    Ok((whole, part))
}

fn generation(from: &Path, named: Option<&str>) -> Result<String, Error> {
    let all = generations(from)?;
    let found = match named {
        Some(named) => all.iter().find(|one| *one == named),
        None => all.last(),
    };
    found.cloned().ok_or_else(|| {
        Error::report(
            format!(
                "there is no such backup in {}; it has: {}",
                from.display(),
                all.join(", ")
            ),
            format!(
                "لا توجد هذه النسخة في {}، والموجود: {}",
                from.display(),
                all.join("، ")
            ),
        )
    })
}

fn lay(source: &Path, sums: &Sums, part: &Path, now: i64) -> Result<Restored, Error> {
    for name in sums.below(WRITTEN) {
        disk::copy(&source.join(WRITTEN).join(name), &part.join(name))?;
    }
    let place = Place::of_network(part);
    disk::make_private_folder(&place.folder)?;
    disk::copy(&source.join(STORE), &place.database())?;
    disk::copy(&source.join(CHECKPOINTS), &place.folder.join(CHECKPOINTS))?;
    let backup = Place { folder: source.parent().unwrap_or(source).to_owned() };
    for sha256 in sums.papers() {
        disk::copy(&backup.paper(sha256), &place.paper(sha256))?;
    }
    let mut connection = store::open(&place)?;
    let broken = proof::verify(&connection)?.broken.map(|broken| broken.entry);
    let generation =
        source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let transaction = connection.transaction()?;
    let held = anew::begin(&transaction, &generation, None, now)?;
    transaction.commit()?;
    drop(connection);
    let dropped = lay_drops(part)?;
    store::compact(&place)?;
    disk::flush_file_system(&place.folder)?;
    let papers = sums.papers().count();
    Ok(Restored { generation, papers, dropped, held, broken })
}

/// Lays the files back into the drop folders that lie in the network's folder, and enrols
/// these folders as they are now. Others are shares of their own, which a backup of this
/// machine does not touch.
fn lay_drops(root: &Path) -> Result<usize, Error> {
    let Ok(network) = network::load(root) else { return Ok(0) };
    let place = Place::of_network(root);
    let connection = store::open(&place)?;
    let mut dropped = 0;
    for (id, registered) in &network.organizations {
        if !registered.papers.starts_with(root) {
            continue;
        }
        disk::make_folder(&registered.papers)?;
        for (path, sha256) in file::lying(&connection, id)? {
            let Some(to) = disk::below(&registered.papers, &path) else { continue };
            let kept = place.paper(sha256);
            // One that was erased, or was missing when the backup was made, stays away.
            if kept.exists() {
                disk::copy(&kept, &to)?;
                dropped += 1;
            }
        }
        if file::had_marker(&connection, id)? {
            disk::put(&registered.papers.join(folder::MARKER), b"")?;
        }
        if let Ok(folder) = Folder::open(&registered.papers) {
            file::enrol_again(&connection, id, folder.identity)?;
        }
    }
    Ok(dropped)
}
