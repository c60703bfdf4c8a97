//! How often reading a paper was begun and never ended: a mark on the disk before each try.
//!
//! The mark has to survive the end of the process, not the loss of power, so it costs no
//! flush; a paper that ends its reader three times is known by it and set aside.

use std::path::PathBuf;

use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::store::Place;

/// A try at reading that has begun.
#[derive(Debug)]
pub struct Attempt {
    mark: PathBuf,
    /// From 1.
    pub number: u32,
}

impl Attempt {
    /// Marks the beginning of a try.
    ///
    /// # Errors
    /// When the mark cannot be made.
    pub fn begin(place: &Place, sha256: Sha256) -> Result<Attempt, Error> {
        let folder = place.folder.join("reading");
        disk::make_folder(&folder)?;
        let mark = folder.join(sha256.to_string());
        let before = disk::read_bytes(&mark, 64)?.unwrap_or_default().len();
        let number = u32::try_from(before + 1).unwrap_or(u32::MAX);
        disk::write_mark(&mark, &vec![b'.'; before + 1])?;
        Ok(Attempt { mark, number })
    }

    /// The reader came back, whatever it said.
    pub fn end(self) {
        // A mark that stays makes the next try the second one; that is no harm.
        drop(std::fs::remove_file(self.mark));
    }
}
