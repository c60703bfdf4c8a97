//! The members of a zip file, within a budget.
//!
//! Sizes that an archive declares are claims: what counts is the bytes that come out.

use crate::document::Problem;
use crate::limits;
use std::io::Cursor;
use std::io::Read;
use zip::ZipArchive;
use zip::result::ZipError;

/// An archive and what is left of its budget.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Archive<'b> {
    /// # Errors
    /// [`Problem::Truncated`] when the directory at the end is missing or damaged,
    /// [`Problem::LimitPassed`] when it lists more members than any office file has.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Archive<'b>, Problem> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Problem::Truncated)?;
        if zip.len() > limits::ARCHIVE_MEMBERS_MAX {
            return Err(Problem::LimitPassed);
        }
        Ok(Archive { zip, left: limits::ARCHIVE_BYTES_MAX })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The names of the members that begin and end so, in order of name.
    pub(super) fn names(&self, start: &str, end: &str) -> Vec<String> {
        let all = self.zip.file_names().filter_map(Result::ok);
        let fits = all.filter(|name| name.starts_with(start) && name.ends_with(end));
        let mut names: Vec<String> = fits.map(std::borrow::Cow::into_owned).collect();
        names.sort();
        names
    }

    /// A member as UTF-8 text; `None` when there is no such member.
    ///
    /// # Errors
    /// [`Problem::Encrypted`], [`Problem::LimitPassed`] past the budget of one member or of
    /// the archive, [`Problem::Truncated`] when it cannot be unpacked.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let bytes = self.bytes(name)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// A member as it is; `None` when there is no such member.
    ///
    /// # Errors
    /// As [`Archive::text`].
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let member = match self.zip.by_name(name) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                return Err(Problem::Encrypted);
            }
            Err(_) => return Err(Problem::Truncated),
        };
        if member.encrypted() {
            return Err(Problem::Encrypted);
        }
        let most = self.left.min(limits::ARCHIVE_MEMBER_BYTES_MAX);
        let mut bytes = Vec::new();
        let read = member.take(most + 1).read_to_end(&mut bytes);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > most {
            return Err(Problem::LimitPassed);
        }
        read.map_err(|_| Problem::Truncated)?;
        self.left -= length;
        Ok(Some(bytes))
    }
}
