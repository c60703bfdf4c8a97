//! What is kept of a network's judgements: the rows of the store, as the core gives them and
//! takes them back.

use crate::calendar::Day;
use crate::finding::{Finding, FindingKey};
use crate::index::Index;
use crate::timeline::Instant;
use crate::verdict::{Finality, NextChange, Score, State};

/// A verdict as stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerdictRow {
    pub organization: String,
    pub rulebook: String,
    pub rule: String,
    pub as_of: Day,
    pub before: Option<State>,
    pub state: State,
    pub upcoming: Option<State>,
    pub finality: Finality,
    pub score: Option<Score>,
    pub next_change: Option<NextChange>,
    /// That it changed on this day was known; of rows that are put back `false`.
    pub foretold: bool,
}

/// An index value as stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexRow {
    pub organization: String,
    pub rulebook: String,
    pub as_of: Day,
    pub known: Instant,
    pub index: Index,
    /// Whether a letter told this value: the next letter's delta starts here.
    pub told: bool,
}

/// A verdict that changed: the state before, and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    pub organization: String,
    pub rulebook: String,
    pub rule: String,
    pub before: Option<State>,
    pub state: State,
}

/// A row of what was stored of a network's judgements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stored {
    Verdict(VerdictRow),
    Finding(Finding),
    /// The days on which a finding opened and closed, where it did so again.
    Turns(FindingKey, Vec<Day>),
    /// A verdict that changed since the week was told last; of several changes the first one
    /// first.
    Changed(Changed),
    /// For each organization and rulebook the latest row, and the latest one told.
    Index(IndexRow),
}
