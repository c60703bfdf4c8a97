//! Answers: what a received message says to us, and what follows from it.
//!
//! [`read`] takes the exact bytes of a message apart: whose it is, which of our letters it
//! answers, whether a person or a machine wrote it, and what its first words ask. [`decide`]
//! holds that against the letter and the register. Both are pure; nothing here knows a
//! store, a clock or a mailbox. Every message is hostile until it carries the token of a
//! letter and comes from an address on the register of the organization that
//! the letter was written to.

use crate::letters::body::Asks;

mod bounce;
mod message;
mod word;

pub use bounce::Failure;
pub use message::{Nature, Received, read};
pub use word::{Word, first_word};

/// A letter of ours that an answer refers to, and who may answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub kind: String,
    /// To whom it was written.
    pub recipient: String,
    /// Every address on the organization's register.
    pub register: Vec<String>,
}

/// What follows from a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Somebody who may ask asks for this.
    Asked(Asks),
    /// The letter did not reach its recipient.
    Returned(Failure),
    /// A machine wrote it: nothing follows, and nobody is answered.
    Ignored,
    /// It names no letter of ours.
    UnknownLetter,
    /// It names a letter, and comes from somebody who is not on the register.
    NotOnRegister,
}

/// What follows from `received`, which carries the token of `letter`. A bounce needs no
/// sender: only the server that was handed the letter and its recipient know the token.
pub fn decide(received: &Received, letter: Option<&Answered>) -> Decision {
    let (word, letter) = match (&received.nature, letter) {
        (Nature::Automatic, _) => return Decision::Ignored,
        (_, None) => return Decision::UnknownLetter,
        (Nature::Returned(failure), Some(_)) => {
            return Decision::Returned(failure.clone());
        }
        (Nature::Written { word, .. }, Some(letter)) => (*word, letter),
    };
    let writer = received.from.as_deref().unwrap_or_default();
    let known = |address: &String| same_address(address, writer);
    if !letter.register.iter().any(known) {
        return Decision::NotOnRegister;
    }
    match asks(word, &letter.kind) {
        // Nobody does without letters for somebody else.
        Asks::Mute | Asks::Pause | Asks::Resume
            if !same_address(&letter.recipient, writer) =>
        {
            Decision::Asked(Asks::Message)
        }
        asks => Decision::Asked(asks),
    }
}

/// What a word asks for depends on what it answers: a finding that is wrong is disputed, a
/// receipt that is wrong tells of a paper that was misread.
fn asks(word: Option<Word>, kind: &str) -> Asks {
    let about_finding = matches!(kind, "finding" | "overdue" | "resolved");
    let about_rule = about_finding || matches!(kind, "due_soon" | "waiver_ending");
    match word {
        Some(Word::Wrong) if about_finding => Asks::Dispute,
        Some(Word::Wrong) => Asks::Correction,
        Some(Word::NotApplicable) if about_rule => Asks::Exemption,
        Some(Word::Extension) if about_rule => Asks::Extension,
        Some(Word::Mute) if MUTABLE.contains(&kind) => Asks::Mute,
        Some(Word::Mute | Word::Pause) => Asks::Pause,
        Some(Word::Resume) => Asks::Resume,
        Some(Word::NotApplicable | Word::Extension) | None => Asks::Message,
    }
}

/// The kinds that somebody may do without, because the weekly letter tells the same. What
/// is left out is never nothing: digests, notices and answers always come.
pub const MUTABLE: [&str; 8] = [
    "receipt",
    "problem",
    "finding",
    "resolved",
    "due_soon",
    "overdue",
    "index_delta",
    "waiver_ending",
];

/// Mail servers may change the capitals of an address, people do.
pub fn same_address(one: &str, other: &str) -> bool {
    !one.is_empty() && one.to_lowercase() == other.to_lowercase()
}
