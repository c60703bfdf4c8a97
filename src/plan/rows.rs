//! What is kept of a network's judgements: the rows of the store, as the core gives them and
//! takes them back.

use crate::calendar::Day;
use crate::finding::Finding;
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

/// A row of what was stored of a network's judgements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stored {
    Verdict(VerdictRow),
    Finding(Finding),
    /// For each organization and rulebook the latest row, and the latest one told.
    Index(IndexRow),
}
