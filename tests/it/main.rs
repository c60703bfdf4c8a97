//! The one integration binary: a module a topic, whole behaviours through public edges.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests lay out folders, run the binary and stop at the first surprise"
)]

mod cage;
mod calendar;
mod commands;
mod config;
mod daemon;
mod dates;
mod demo;
mod diagnostics;
mod hostile;
mod index;
mod intake;
mod judge;
mod kill;
mod letters;
mod mail;
mod papers;
mod plan;
mod postfix;
mod readme;
mod rulebooks;
mod schema;
mod scratch;
mod store;
mod semantics;
mod sentences;
mod sharek;
mod smtp;
mod tidy;
