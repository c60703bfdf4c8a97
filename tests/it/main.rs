//! The one integration binary: a module a topic, whole behaviours through public edges.
#![allow(
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::redundant_clone,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::excessive_nesting,
    reason = "tests lay out folders, run the binary and stop at the first surprise"
)]

mod analysis;
mod answers;
mod arabic;
mod asleep;
mod backup;
mod bombs;
mod both_ends;
mod bounds;
mod cage;
mod calendar;
mod columns;
mod commands;
mod config;
mod corpora;
mod correct;
mod counted;
mod daemon;
mod dates;
mod demo;
mod diagnostics;
mod disk_faults;
mod disk_full;
mod disputes;
mod docket;
mod doctor;
mod duties;
mod editor;
mod enclosed;
mod encodings;
mod explained;
mod exports;
mod fix;
mod forget;
mod fuzz;
mod gov25;
mod help;
mod hints;
mod histories;
mod host;
mod hostile;
mod hours;
mod incremental;
mod index;
mod instead;
mod intake;
mod judge;
mod kill;
mod labels;
mod lately;
mod letters;
mod load;
mod looked;
mod lsp;
mod mail;
mod messages;
mod moved;
mod mutations;
mod naive;
mod obligations;
mod packaging;
mod pages;
mod papers;
mod past;
mod people;
mod plan;
mod postfix;
mod precedence;
mod proof;
mod readme;
mod refused;
mod releases;
mod reload;
mod remedies;
mod rollups;
mod round_trip;
mod rulebooks;
mod scans;
mod schema;
mod scratch;
mod security;
mod semantics;
mod sentences;
mod sharek;
mod sheets;
mod shipped;
mod simulation;
mod slips;
mod smtp;
mod standing;
mod statements;
mod store;
mod sure;
mod suspended;
mod tidy;
mod trial;
mod unrest;
mod upgrade;
#[cfg(feature = "word97")]
mod verdicts;
mod word97;
mod words;
mod workers;
mod written;
