//! What we say to the author of a rule: a code, a place, a sentence in both languages.
//!
//! Constructors live in [`raise`] and nowhere else; the pages behind the codes in
//! [`catalogue`]. One cause gives one diagnostic.

use crate::calendar::Day;
use crate::text::Language;

pub mod catalogue;
pub mod raise;
pub mod render;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Something to know; nothing to do.
    Note,
    /// The rule counts, and may not mean what its author wants.
    Warning,
    /// The rule, or the line, is left out.
    Error,
}

impl Severity {
    /// The word that JSON uses.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing to tell an author.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// `G-101`: stable, shared by both languages, explained in [`catalogue`].
    pub code: &'static str,
    pub severity: Severity,
    pub place: Place,
    /// English, then Arabic: whole sentences.
    pub message: [String; 2],
    /// What to do besides, English then Arabic; may be empty.
    pub help: [String; 2],
    /// Up to three complete corrected sentences or lines, in the author's language.
    pub suggestions: Vec<String>,
    /// For suggestions that are choices between meanings: what each would ask, English
    /// then Arabic, in their order. Empty, or as long as `suggestions`.
    pub gives: Vec<[String; 2]>,
    /// Of what only shows between rules: an organization and a day on which it does.
    pub witness: Option<Witness>,
}

/// An organization and a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Witness {
    /// Its name, or what is so of it; English, then Arabic.
    pub organization: [String; 2],
    pub day: Day,
    /// The beginning of a sentence about the two, without a comma after it.
    pub clause: [String; 2],
}

/// Where the author's words stand.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    pub file: String,
    /// From 1; 0 for the file as a whole.
    pub line: u32,
    /// From 1, in characters of the line.
    pub column: u32,
    /// The words themselves.
    pub text: String,
    /// The whole line, for a terminal.
    pub source: String,
    /// The rule's id, where there is one.
    pub rule: Option<String>,
}

/// What can be wrong with a line of a `Words` section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WordsFault {
    NoColon,
    NoArabic,
    UnknownKind,
    NameTaken,
    LabelWithoutEntry,
    UnknownGeneral,
    PhraseTooLong,
    Full,
}

impl Place {
    /// A whole line.
    pub fn line(file: &str, line: u32, source: &str) -> Place {
        let source = source.trim_end();
        let text = source.trim_start();
        let indent = source.chars().count() - text.chars().count();
        Place {
            file: file.to_owned(),
            line,
            column: u32::try_from(indent + 1).unwrap_or(u32::MAX),
            text: text.to_owned(),
            source: source.to_owned(),
            rule: None,
        }
    }

    /// The same line, pointing at `text` where it stands in it.
    pub fn at(&self, text: &str) -> Place {
        let before =
            self.source.split_once(text).map(|(before, _)| before.chars().count());
        let column = before.and_then(|before| u32::try_from(before + 1).ok());
        let column = column.unwrap_or(self.column);
        Place { text: text.to_owned(), column, ..self.clone() }
    }

    pub fn with_rule(&self, rule: &str) -> Place {
        Place { rule: Some(rule.to_owned()), ..self.clone() }
    }
}

impl Diagnostic {
    /// The message in one language.
    pub fn says(&self, language: Language) -> &str {
        let [english, arabic] = &self.message;
        match language {
            Language::English => english,
            Language::Arabic => arabic,
        }
    }

    /// What to do besides, in one language.
    pub fn advice(&self, language: Language) -> &str {
        let [english, arabic] = &self.help;
        match language {
            Language::English => english,
            Language::Arabic => arabic,
        }
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
