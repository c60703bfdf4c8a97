//! The shell: everything that touches the clock, the disk, the store and the network.
//!
//! It feeds `plan::step` and carries out what it answers; it judges nothing itself. Its
//! errors are known by what has to be done about them, never by where they came from.

pub mod answers;
pub mod backup;
pub mod clock;
pub mod daemon;
pub mod disk;
pub mod fault;
pub mod folder;
pub mod health;
pub mod intake;
pub mod judged;
pub mod live;
pub mod lsp;
pub mod network;
pub mod outbox;
pub mod reader;
pub mod recall;
pub mod register;
pub mod rules;
pub mod sandbox;
pub mod smtp;
pub mod store;
pub mod watch;

use std::fmt;

use crate::text::Bilingual;
use crate::text::Language;

/// Something that did not work, and what is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub consequence: Consequence,
    pub said: Bilingual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// It may work later without anybody doing anything.
    Retry,
    /// Somebody has to do something; everything else goes on.
    Report,
    /// Nothing that is done from here on could be trusted.
    Stop,
}

impl Error {
    pub fn retry(english: impl Into<String>, arabic: impl Into<String>) -> Error {
        Error::new(Consequence::Retry, english.into(), arabic.into())
    }

    pub fn report(english: impl Into<String>, arabic: impl Into<String>) -> Error {
        Error::new(Consequence::Report, english.into(), arabic.into())
    }

    pub fn stop(english: impl Into<String>, arabic: impl Into<String>) -> Error {
        Error::new(Consequence::Stop, english.into(), arabic.into())
    }

    fn new(consequence: Consequence, english: String, arabic: String) -> Error {
        Error { consequence, said: Bilingual { english, arabic } }
    }

    pub fn read_in(&self, language: Language) -> &str {
        self.said.read_in(language)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said.english)
    }
}

impl std::error::Error for Error {}

/// An error of the store leaves unknown what was written: stop, and start from the rows.
impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        Error::stop(
            format!("the store could not be used: {error}"),
            format!("تعذّر استخدام المخزن: {}", crate::text::isolate(&error.to_string())),
        )
    }
}
