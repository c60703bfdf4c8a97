//! What people write about their network: `mithaq.toml`, `organization.toml`,
//! `waivers.toml` and `calendars/*.toml`, from text to checked values.
//!
//! Every mistake of a file is told at once, with its line, in both languages; an unknown
//! key is one, with the key that was probably meant. Reads no file: the shell gives the
//! text. A file with a mistake gives no value, so that nobody runs on half a wish.

pub mod calendars;
pub mod hours;
pub mod network;
pub mod organization;
pub mod register;
mod section;
pub mod waivers;

use crate::text::Language;

/// Something wrong in a configuration file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// As the user knows it: relative to the network's folder.
    pub file: String,
    /// From 1; 0 when the whole file is meant.
    pub line: u32,
    pub english: String,
    pub arabic: String,
}

impl Problem {
    /// A whole file that cannot be used.
    pub fn of_file(file: &str, english: String, arabic: String) -> Problem {
        Problem { file: file.to_owned(), line: 0, english, arabic }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::Arabic => &self.arabic,
        }
    }
}
