//! Backups of a network, made beside a running daemon, and what comes back of them.
//!
//! A backup is a folder with a generation for each time it was made, and with the papers of
//! all generations by their hashes, each once:
//!
//! ```text
//! README.txt  papers/ab/cdef…  2026-11-22T23-30-00Z/{SHA256SUMS, about.json, store.sqlite, checkpoints, written/…}
//! ```
//!
//! `SHA256SUMS` names every file of a generation with its hash, in the form that `sha256sum
//! --check` reads, and is written last but for the name of the folder: a generation is there
//! whole or not at all.

mod restore;
mod sums;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::json;

use crate::document::Sha256;
use crate::limits;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::network::Network;
use crate::shell::outbox::way;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::ledger;
use crate::shell::store::ledger::checkpoint;

pub use restore::{Restored, restore};
pub use sums::{Sums, generations, verify};

/// What was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    pub generation: String,
    /// Files that people wrote.
    pub written: usize,
    /// Papers that the generation names, and how many of them were not in the backup yet.
    pub papers: usize,
    pub copied: usize,
    /// Papers that the network itself does not have any more, or has damaged.
    pub missing: Vec<Sha256>,
    /// Files of the network's folder that are too large or unreadable, or hold a password.
    pub left_out: Vec<String>,
    /// Entries of the ledger.
    pub entries: i64,
    /// Older generations that were removed.
    pub removed: Vec<String>,
}

pub(super) const PAPERS: &str = "papers";
pub(super) const WRITTEN: &str = "written";
pub(super) const STORE: &str = "store.sqlite";
pub(super) const CHECKPOINTS: &str = "checkpoints";
pub(super) const ABOUT: &str = "about.json";
const README: &str = "README.txt";

/// Papers that share one flush of the disk.
const PAPERS_PER_FLUSH: usize = 64;

const READ_ME: &str = "\
A backup of a Mithaq network. Each folder named by a time is one generation; the papers of all
of them lie in `papers` by their hashes. To check a generation: sha256sum --check SHA256SUMS in
its folder. To bring it back: mithaq restore THIS-FOLDER NEW-FOLDER

نسخة احتياطية من شبكة ميثاق. كل مجلد يحمل اسم وقت هو نسخة كاملة، ومستندات النسخ كلها في المجلد
papers بحسب بصماتها. للتحقق من نسخة: sha256sum --check SHA256SUMS داخل مجلدها. وللاستعادة:
mithaq restore هذا-المجلد مجلد-جديد
";

/// Makes a generation in the folder `to`, and removes all but the newest `keep`.
///
/// # Errors
/// When nothing is stored yet, the folder is no backup or lies in the network, or a disk
/// fails; then no generation is added.
pub fn make(network: &Network, to: &Path, keep: usize, now: i64) -> Result<Made, Error> {
    let place = Place::of_network(&network.root);
    if !place.database().exists() {
        return Err(Error::report(
            "nothing has been stored yet: `mithaq scan` does",
            "لم يُحفظ شيء بعد، والأمر `mithaq scan` يبدأ الحفظ",
        ));
    }
    prepare(network, to)?;
    let mut made = Made { generation: name(to, now), ..Made::default() };
    let part = to.join(format!(".{}.part", made.generation));
    disk::remove_folder(&part)?;
    disk::make_private_folder(&part)?;
    disk::make_private_folder(&to.join(PAPERS))?;
    let mut sums = Sums::default();
    store::snapshot(&place, &part.join(STORE))?;
    sums.add_file(&part, STORE)?;
    let rows = store::open_copy(&part.join(STORE))?;
    keep_checkpoints(&rows, &place, &part, &mut made, &mut sums)?;
    keep_written(network, &part, &mut made, &mut sums)?;
    keep_papers(&rows, &place, to, &mut made, &mut sums)?;
    about(&part, now, &made, &mut sums)?;
    disk::flush_file_system(&part)?;
    sums.write(&part)?;
    disk::rename(&part, &to.join(&made.generation))?;
    made.removed = prune(to, keep)?;
    Ok(made)
}

/// The folder is a backup already, or becomes one.
fn prepare(network: &Network, to: &Path) -> Result<(), Error> {
    disk::make_folder(to)?;
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.into());
    if real(to).starts_with(real(&network.root)) {
        return Err(Error::report(
            "a backup cannot lie in the network's own folder",
            "لا يمكن أن تكون النسخة الاحتياطية داخل مجلد الشبكة نفسه",
        ));
    }
    if disk::names_in(to)?.is_empty() {
        disk::write_whole(&to.join(README), READ_ME.as_bytes())?;
    }
    let read_me = disk::read_bytes(&to.join(README), limits::CONFIG_BYTES_MAX)?;
    if read_me.as_deref() != Some(READ_ME.as_bytes()) {
        return Err(Error::report(
            format!("{} holds other things and is no backup", to.display()),
            format!("المجلد {} يحتوي أشياء أخرى وليس نسخة احتياطية", to.display()),
        ));
    }
    Ok(())
}

/// The time as a folder's name; a number after it where one of that second is there.
fn name(to: &Path, now: i64) -> String {
    let first = clock::iso(now).replace(':', "-");
    let more = (2..).map(|number| format!("{first}-{number}"));
    let names = std::iter::once(first.clone()).chain(more);
    let mut free = names.filter(|name| !to.join(name).exists());
    free.next().unwrap_or(first)
}

/// What the ledger's checkpoints said up to the snapshot.
fn keep_checkpoints(
    rows: &Connection,
    place: &Place,
    part: &Path,
    made: &mut Made,
    sums: &mut Sums,
) -> Result<(), Error> {
    made.entries = ledger::head(rows)?.0;
    let all = checkpoint::read(&place.folder.join(CHECKPOINTS))?;
    let before = all.into_iter().filter(|one| one.entry <= made.entries);
    checkpoint::write(&part.join(CHECKPOINTS), before)?;
    sums.add_file(part, CHECKPOINTS)
}

/// Everything in the network's folder but what is the program's own and the drop folders.
fn keep_written(
    network: &Network,
    part: &Path,
    made: &mut Made,
    sums: &mut Sums,
) -> Result<(), Error> {
    let mut drops: Vec<PathBuf> = vec![way::folder(&network.root)];
    drops.extend(network.organizations.values().map(|one| one.papers.clone()));
    let password =
        network.settings.smtp.as_ref().and_then(|it| it.password_file.as_ref());
    let password = password.map(|file| network.root.join(file));
    let mut folders = vec![network.root.clone()];
    while let Some(folder) = folders.pop() {
        for path in disk::names_in(&folder)? {
            let Ok(below) = path.strip_prefix(&network.root) else { continue };
            let hidden = path
                .file_name()
                .is_some_and(|it| it.as_encoded_bytes().starts_with(b"."));
            if hidden || drops.contains(&path) || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Some(below) = below.to_str().filter(|it| !it.contains('\n')) else {
                made.left_out.push(below.to_string_lossy().into_owned());
                continue;
            };
            let read = disk::read_bytes(&path, limits::WRITTEN_BYTES_MAX);
            let (Ok(Some(bytes)), false) = (read, password.as_ref() == Some(&path))
            else {
                made.left_out.push(below.to_owned());
                continue;
            };
            let name = format!("{WRITTEN}/{below}");
            disk::put(&part.join(&name), &bytes)?;
            sums.add(&name, disk::sha256(&bytes));
            made.written += 1;
        }
    }
    Ok(())
}

/// The papers that the snapshot names, each once over all generations.
fn keep_papers(
    rows: &Connection,
    place: &Place,
    to: &Path,
    made: &mut Made,
    sums: &mut Sums,
) -> Result<(), Error> {
    let papers = Place { folder: to.to_owned() };
    let named = store::kept_contents(rows)?;
    for chunk in named.chunks(PAPERS_PER_FLUSH) {
        let mut fresh: Vec<(Sha256, Vec<u8>)> = Vec::new();
        for sha256 in chunk {
            if papers.paper(*sha256).exists() {
                sums.add(&sums::paper(*sha256), *sha256);
                continue;
            }
            match place.paper_bytes(*sha256) {
                Ok(bytes) => {
                    sums.add(&sums::paper(*sha256), *sha256);
                    fresh.push((*sha256, bytes));
                }
                Err(_) => made.missing.push(*sha256),
            }
        }
        made.copied += fresh.len();
        let fresh: Vec<(Sha256, &[u8])> =
            fresh.iter().map(|(sha256, bytes)| (*sha256, bytes.as_slice())).collect();
        papers.keep_papers(&fresh)?;
    }
    made.papers = named.len() - made.missing.len();
    Ok(())
}

fn about(part: &Path, now: i64, made: &Made, sums: &mut Sums) -> Result<(), Error> {
    let about = json!({
        "mithaq_backup": 1,
        "at": clock::iso(now),
        "version": store::told::ENGINE,
        "ledger_entries": made.entries,
        "missing": made.missing.iter().map(Sha256::to_string).collect::<Vec<_>>(),
        "left_out": made.left_out,
    });
    let text = serde_json::to_string_pretty(&about).unwrap_or_default();
    disk::write_whole(&part.join(ABOUT), text.as_bytes())?;
    sums.add_file(part, ABOUT)
}

/// Removes all generations but the newest, and the papers that no generation names.
fn prune(to: &Path, keep: usize) -> Result<Vec<String>, Error> {
    let mut all = generations(to)?;
    let older = all.len().saturating_sub(keep.max(1));
    let removed: Vec<String> = all.drain(..older).collect();
    for generation in &removed {
        disk::remove_folder(&to.join(generation))?;
    }
    if removed.is_empty() {
        return Ok(removed);
    }
    let mut named = BTreeSet::new();
    for generation in &all {
        let sums = Sums::read(&to.join(generation))?;
        named.extend(sums.papers());
    }
    let place = Place { folder: to.to_owned() };
    let named: BTreeSet<PathBuf> =
        named.into_iter().map(|one| place.paper(one)).collect();
    for folder in disk::names_in(&to.join(PAPERS))? {
        for path in disk::names_in(&folder)? {
            if !named.contains(&path) {
                disk::remove(&path)?;
            }
        }
    }
    Ok(removed)
}
