//! Letters: what to tell whom, and how it reads in each language.
//!
//! Owns the data of every kind of letter and its rendering to subject, plain text, HTML,
//! calendar entry and exact message bytes. Knows no clock, no disk and no mail server: the
//! same letter rendered twice gives the same bytes.

use crate::text::Bilingual;
use crate::text::Language;

pub mod body;

pub use body::Body;

/// One letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: Recipient,
    /// What it is about: finding id and version, burst id, rulebook … Letters are unique by
    /// recipient, kind, subject key and window.
    pub subject_key: String,
    /// A week, a month or a day for letters that recur; empty for letters about findings.
    pub window: String,
    pub body: Body,
}

/// Who receives a letter, as the organization's register has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The organization's id: its folder's name.
    pub organization: String,
    pub organization_name: Bilingual,
    pub name: String,
    pub address: String,
    /// The post: a vocabulary name such as `secretary`, or the register's own words.
    pub role: String,
    pub language: Language,
}

/// The kinds, in the order in which a queue lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LetterKind {
    Receipt,
    Problem,
    Finding,
    Resolved,
    DueSoon,
    Overdue,
    Digest,
    OfficerSummary,
    IndexDelta,
    MethodNotice,
    FirstSummary,
    HostHealth,
}

impl Letter {
    pub fn kind(&self) -> LetterKind {
        match self.body {
            Body::Receipt(_) => LetterKind::Receipt,
            Body::Problem(_) => LetterKind::Problem,
            Body::Finding(_) => LetterKind::Finding,
            Body::Resolved(_) => LetterKind::Resolved,
            Body::DueSoon(_) => LetterKind::DueSoon,
            Body::Overdue(_) => LetterKind::Overdue,
            Body::Digest(_) => LetterKind::Digest,
            Body::OfficerSummary(_) => LetterKind::OfficerSummary,
            Body::IndexDelta(_) => LetterKind::IndexDelta,
            Body::MethodNotice(_) => LetterKind::MethodNotice,
            Body::FirstSummary(_) => LetterKind::FirstSummary,
            Body::HostHealth(_) => LetterKind::HostHealth,
        }
    }
}

impl LetterKind {
    /// The name in headers, rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            LetterKind::Receipt => "receipt",
            LetterKind::Problem => "problem",
            LetterKind::Finding => "finding",
            LetterKind::Resolved => "resolved",
            LetterKind::DueSoon => "due_soon",
            LetterKind::Overdue => "overdue",
            LetterKind::Digest => "digest",
            LetterKind::OfficerSummary => "officer_summary",
            LetterKind::IndexDelta => "index_delta",
            LetterKind::MethodNotice => "method_notice",
            LetterKind::FirstSummary => "first_summary",
            LetterKind::HostHealth => "host_health",
        }
    }

    /// Whether a second copy would mislead: held for a person when its fate is uncertain.
    pub fn never_repeats(self) -> bool {
        matches!(
            self,
            LetterKind::Digest | LetterKind::OfficerSummary | LetterKind::MethodNotice
        )
    }
}
