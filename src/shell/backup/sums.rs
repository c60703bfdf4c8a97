//! The hashes of a generation, as `sha256sum` writes and checks them.

use std::collections::BTreeMap;
use std::path::Path;

use super::PAPERS;
use crate::document::Sha256;
use crate::limits::BACKUP_BYTES_MAX;
use crate::shell::Error;
use crate::shell::disk;

/// Each file of a generation by its path from the generation's folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    of: BTreeMap<String, Sha256>,
}

const NAME: &str = "SHA256SUMS";

/// The path of a paper from a generation's folder.
pub(super) fn paper(sha256: Sha256) -> String {
    let name = sha256.to_string();
    let (front, rest) = name.split_at_checked(2).unwrap_or(("", &name));
    format!("../{PAPERS}/{front}/{rest}")
}

/// The generations of a backup, oldest first.
///
/// # Errors
/// When the folder cannot be listed.
pub fn generations(of: &Path) -> Result<Vec<String>, Error> {
    let names = disk::names_in(of)?;
    let whole = names.into_iter().filter(|path| path.join(NAME).is_file());
    let names = whole.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
    Ok(names.filter(|name| !name.starts_with('.')).collect())
}

/// Holds every file of a generation against its hash; gives the hashes.
///
/// # Errors
/// Names the first file that is missing or is not what it was.
pub fn verify(generation: &Path) -> Result<Sums, Error> {
    let sums = Sums::read(generation)?;
    for (name, should_be) in &sums.of {
        let path = generation.join(name);
        let is = disk::sha256_of(&path)?;
        if is != Some(*should_be) {
            return Err(Error::report(
                format!("{} is missing or is not what it was", path.display()),
                format!("الملف {} مفقود أو تغيّر عمّا كان عليه", path.display()),
            ));
        }
    }
    Ok(sums)
}

impl Sums {
    pub(super) fn add(&mut self, name: &str, sha256: Sha256) {
        self.of.insert(name.to_owned(), sha256);
    }

    pub(super) fn add_file(&mut self, folder: &Path, name: &str) -> Result<(), Error> {
        let sha256 = disk::sha256_of(&folder.join(name))?.unwrap_or_default();
        self.add(name, sha256);
        Ok(())
    }

    pub(super) fn write(&self, generation: &Path) -> Result<(), Error> {
        let line = |(name, sha256): (&String, &Sha256)| format!("{sha256}  {name}\n");
        let lines: String = self.of.iter().map(line).collect();
        disk::write_whole(&generation.join(NAME), lines.as_bytes())
    }

    /// The hashes of a generation.
    ///
    /// # Errors
    /// When there are none, a line is no hash, or a name leads out of the backup.
    pub(super) fn read(generation: &Path) -> Result<Sums, Error> {
        let path = generation.join(NAME);
        let text = disk::read_text(&path, BACKUP_BYTES_MAX)?;
        let parsed = text.as_deref().map(|text| text.lines().map(parsed).collect());
        let of: Option<Option<BTreeMap<String, Sha256>>> = parsed;
        of.flatten().map(|of| Sums { of }).ok_or_else(|| {
            Error::report(
                format!("{} is missing or damaged", path.display()),
                format!("الملف {} مفقود أو تالف", path.display()),
            )
        })
    }

    /// The papers among them.
    pub fn papers(&self) -> impl Iterator<Item = Sha256> + use<'_> {
        self.of
            .iter()
            .filter(|(name, _)| name.starts_with("../"))
            .map(|(_, sha256)| *sha256)
    }

    /// The files of a folder of the generation, by their paths below it.
    pub(super) fn below<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = &'s str> {
        self.of
            .keys()
            .filter_map(move |name| name.strip_prefix(folder)?.strip_prefix('/'))
    }
}

fn parsed(line: &str) -> Option<(String, Sha256)> {
    let (hash, name) = line.split_once("  ")?;
    let sha256 = Sha256::from_hex(hash)?;
    let inside = !name.starts_with('/') && !name.split('/').any(|part| part == "..");
    (inside || name == paper(sha256)).then(|| (name.to_owned(), sha256))
}
