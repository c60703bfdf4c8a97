//! The one top of the pure core: what happened, in; what follows from it, out.
//!
//! [`step`] takes everything that happened since the last pass and the day, and says what
//! to store and which letters to write. It has no clock, disk, store or network, so years of
//! a network's life can be run from a seed. Whoever calls it performs the effects of one
//! step in one transaction, or none of them.

use crate::calendar::Day;
use crate::document::{Reading, Sha256};
use crate::finding::Finding;
use crate::index::Index;
use crate::letters::Letter;
use crate::organization::{Organization, Waiver};
use crate::program::Program;
use crate::timeline::Instant;
use crate::verdict::{Finality, NextChange, Score, State};
use std::collections::BTreeMap;

/// The present, read once a pass.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Now {
    pub instant: Instant,
    /// The day in the network's zone.
    pub day: Day,
    /// The day in each zone that an organization states.
    pub days: BTreeMap<String, Day>,
}

/// A paper that was read, or could not be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperRead {
    pub organization: String,
    pub sha256: Sha256,
    /// Under the drop folder, for people: lossy where the name is not UTF-8.
    pub path: String,
    pub bytes: u64,
    pub received: Instant,
    /// The day of `received` in the organization's zone.
    pub received_on: Day,
    pub reading: Reading,
    /// The content that this path held before.
    pub replaces: Option<Sha256>,
    /// Another path of the organization that already held these bytes.
    pub duplicate_of: Option<String>,
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    /// An organization was registered, or its register changed.
    Organization(Box<Organization>),
    /// Its folder under `organizations/` is gone.
    OrganizationGone(String),
    /// Rules or vocabulary were loaded, or changed.
    Rules(Box<Program>),
    Waivers(Vec<Waiver>),
    Paper(Box<PaperRead>),
    /// What a paper said is taken back by a person.
    Withdrawn {
        organization: String,
        sha256: Sha256,
    },
    /// A full reconciliation of the drop folder ended.
    Reconciled {
        organization: String,
        healthy: bool,
    },
    /// The organization's burst of files is over: judge, and answer.
    Settled {
        organization: String,
    },
    /// Nothing but time: judge what fell due.
    DayPassed,
}

/// What follows: stored and sent by the caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// A rule's stored state changed (also when it is judged for the first time).
    Verdict(Box<VerdictRow>),
    /// A finding opened, changed or closed; replaces the stored one of the same key.
    Finding(Finding),
    /// A new index value, with the two times it was judged at.
    Index(Box<IndexRow>),
    /// These papers have had their receipt.
    Receipted { organization: String, papers: Vec<Sha256> },
    /// A letter to put into the outbox.
    Letter(Box<Letter>),
}

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

/// What the network's daemon holds in memory; rebuilt from the store at each start.
/// Fill it with [`Network::remember`], [`Network::recall`] and the first [`step`].
#[derive(Debug, Default)]
pub struct Network {
    /// Whether the network is live: before, nothing is withheld either, but letters only go
    /// to the outbox folder (the caller's concern).
    members: BTreeMap<String, Member>,
}

/// One organization in memory.
#[derive(Debug, Default)]
struct Member {}

/// What was stored of a network's judgements.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stored {
    pub verdicts: Vec<VerdictRow>,
    /// Open ones, and those closed in the last two years.
    pub findings: Vec<Finding>,
    /// For each organization and rulebook the latest row, and the latest one told.
    pub indexes: Vec<IndexRow>,
}

impl Network {
    /// Puts back a paper that was stored by an earlier pass, in the order of arrival.
    /// `receipted`: its receipt was written.
    pub fn remember(&mut self, paper: PaperRead, receipted: bool) {
        drop((paper, receipted));
    }

    /// Puts back what earlier passes stored of verdicts, findings and indexes.
    pub fn recall(&mut self, stored: Stored) {
        drop(stored);
    }
}

/// One pass over everything that happened, in this order: rules and organizations first,
/// then papers, then reconciliations and settled bursts, then the day.
pub fn step(network: &mut Network, inputs: Vec<Input>, now: &Now) -> Vec<Effect> {
    drop((inputs, now, &network.members));
    Vec::new()
}
