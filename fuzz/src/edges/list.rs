//! The public edges that take what a person or a paper may contain, each with its promises.
//!
//! An edge is a function of bytes that panics when a promise is broken. Two callers: the
//! fuzzer, which looks for such bytes, and the ordinary suite, which replays those found.

mod config;
mod dates;
mod mail;
mod paper;
mod recognise;
mod rules;
mod sentence;

/// Takes any bytes, and panics when they break one of its promises.
pub(crate) type Edge = fn(&[u8]);

/// Every edge by its name, in the order in which the full run tries them.
pub(crate) const EDGES: [(&str, Edge); 7] = [
    ("rules", rules::try_with),
    ("sentence", sentence::try_with),
    ("config", config::try_with),
    ("dates", dates::try_with),
    ("recognise", recognise::try_with),
    ("mail", mail::try_with),
    ("paper", paper::try_with),
];

/// An input of two parts: a file's name on the first line, its content below.
fn named(input: &[u8]) -> (String, &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (name, rest) = input.split_at(end);
    (String::from_utf8_lossy(name).into_owned(), rest.get(1..).unwrap_or_default())
}
