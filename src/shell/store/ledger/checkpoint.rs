//! Checkpoints: how far the ledger had come, and its hash there, kept beside the store.
//!
//! A line for each commit that entered something. The chain proves what stands before its
//! last entry; a checkpoint proves that there was one. Whoever keeps a copy elsewhere can
//! hold it against a store of which both were changed. A line is written after what it
//! tells of is durable: one that is lost proves less, and none says too much.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::document::Sha256;
use crate::limits::CHECKPOINTS_BYTES_MAX;
use crate::shell::Error;
use crate::shell::disk;

/// The ledger's head at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    pub entry: i64,
    pub hash: Sha256,
}

/// The beginning of every line.
const MARK: &str = "mithaq ledger";

/// The file of a store's checkpoints: `checkpoints` beside its database; `None` for a store
/// without a file.
fn beside(connection: &Connection) -> Option<PathBuf> {
    let database = connection.path().filter(|path| !path.is_empty())?;
    Some(Path::new(database).with_file_name("checkpoints"))
}

/// The checkpoints of a store, in the order in which they were written.
///
/// # Errors
/// When they cannot be read.
pub fn of(connection: &Connection) -> Result<Vec<Checkpoint>, Error> {
    let Some(path) = beside(connection) else { return Ok(Vec::new()) };
    read(&path)
}

/// The checkpoints in a file: a line that is none is passed over.
///
/// # Errors
/// When it is there and cannot be read, or is longer than any that was written.
pub fn read(path: &Path) -> Result<Vec<Checkpoint>, Error> {
    let text = disk::read_text(path, CHECKPOINTS_BYTES_MAX * 2)?.unwrap_or_default();
    Ok(text.lines().filter_map(parsed).collect())
}

fn parsed(line: &str) -> Option<Checkpoint> {
    let mut words = line.trim().strip_prefix(MARK)?.split_whitespace();
    let entry = words.next()?.parse().ok()?;
    let hash = Sha256::from_hex(words.next()?)?;
    Some(Checkpoint { entry, hash })
}

/// As one line, without its end.
pub fn line(checkpoint: Checkpoint) -> String {
    format!("{MARK} {} {}", checkpoint.entry, checkpoint.hash)
}

/// Writes checkpoints into a file of its own, in place of what it held.
///
/// # Errors
/// When the disk does not take them.
pub fn write(path: &Path, all: impl Iterator<Item = Checkpoint>) -> Result<(), Error> {
    let mut text = String::new();
    for checkpoint in all {
        text.push_str(&line(checkpoint));
        text.push('\n');
    }
    disk::write_whole(path, text.as_bytes())
}

/// Writes the ledger's head down, where it is another than the last one written.
///
/// # Errors
/// When the store or the disk fails.
pub fn keep(connection: &Connection, last: &mut Option<Checkpoint>) -> Result<(), Error> {
    let Some(path) = beside(connection) else { return Ok(()) };
    let (entry, hash) = super::head(connection)?;
    let head = Checkpoint { entry, hash };
    if entry == 0 || *last == Some(head) {
        return Ok(());
    }
    append(&path, &format!("{}\n", line(head)))?;
    *last = Some(head);
    Ok(())
}

fn append(path: &Path, line: &str) -> Result<(), Error> {
    let length = disk::append_mark(path, line.as_bytes())?;
    if length > CHECKPOINTS_BYTES_MAX { thin(path) } else { Ok(()) }
}

/// Leaves the later half: each of them proves what stands before it.
fn thin(path: &Path) -> Result<(), Error> {
    let all = read(path)?;
    let later = all.get(all.len() / 2..).unwrap_or_default();
    write(path, later.iter().copied())
}
