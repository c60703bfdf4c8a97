//! Mithaq reads an organization's papers against rules written in plain English or Arabic.
//!
//! Two arrows say it all:
//!
//! ```text
//! rule text  → clauses → terms → forms → norms → program ┐
//!                                                        ├→ verdicts → findings → index & delta → letters → outbox
//! paper → intake → extraction → facts → timeline ────────┘
//! ```
//!
//! The modules follow in reading order, lowest first; one may use those above it in this
//! list and none below. `tests/it/tidy.rs` holds the same table and fails on a breach.

// 0 words
pub mod calendar;
pub mod lexicon;
pub mod limits;
pub mod text;
// 1 telling
pub mod config;
pub mod diagnostics;
// 2 language
pub mod form;
pub mod norm;
pub mod vocabulary;
// 3 compile
pub mod compile;
pub mod editor;
pub mod example;
pub mod program;
pub mod rulebook;
// 4 evidence
pub mod document;
pub mod evidence;
pub mod extract;
pub mod organization;
pub mod recognise;
pub mod timeline;
// 5 judgement
pub mod judge;
pub mod verdict;
// 6 meaning
pub mod delta;
pub mod finding;
pub mod index;
pub mod reckoning;
pub mod remedy;
// 7 plan
pub mod analysis;
pub mod answers;
pub mod letters;
pub mod plan;
pub mod proof;
// 8 shell
pub mod shell;
// 9 doors
pub mod cli;
