//! Letters that few people ever get: a waiver that ends, a finding that does not hold still.

use super::{News, RuleRef};
use crate::calendar::{Day, Period};

/// A waiver ends, and nothing takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverEnding {
    pub rule: RuleRef,
    /// The last day on which it holds.
    pub ends: Day,
    pub as_of: Day,
    pub granted_by: String,
    pub why: String,
    /// How the rule would stand without it today.
    pub without: News,
}

/// A finding that opened and closed more often than people could have done something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flapping {
    pub id: String,
    pub rule: RuleRef,
    pub slot: Option<Period>,
    /// The days on which it opened and closed, in order.
    pub turns: Vec<Day>,
    pub as_of: Day,
    /// The papers of its organization that serve the rule, newest first.
    pub papers: Vec<String>,
    /// Whose folder it is, as commands name it.
    pub folder: String,
}
