//! The hash of what a rule means: equal for both languages and every way of writing it.
//!
//! SHA-256 over a text of stable term names; the first 16 hexadecimal digits are shown.
//! What is only told (title, source, remedy, dimension) is no part of it.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::norm::TermId;
use crate::program::Rule;
use crate::vocabulary::Vocabulary;

/// The meaning of a rule as 16 hexadecimal digits.
pub fn hash(rule: &Rule, vocabulary: &Vocabulary) -> String {
    let tree = format!(
        "{:?}|{:?}|{:?}|{:?}|{}|{:?}|{:?}",
        rule.norm,
        rule.applies_to,
        rule.exceptions.iter().map(|e| (&e.when, &e.then)).collect::<Vec<_>>(),
        rule.grace,
        rule.weight,
        rule.severity,
        rule.kind,
    );
    let digest = Sha256::digest(named(&tree, vocabulary).as_bytes());
    let mut hash = String::new();
    for byte in digest.iter().take(8) {
        write!(hash, "{byte:02x}").expect("invariant: a string takes every write");
    }
    hash
}

/// The tree with `TermId(n)`, which holds for one vocabulary only, as the term's name.
fn named(tree: &str, vocabulary: &Vocabulary) -> String {
    let mut parts = tree.split("TermId(");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(')').unwrap_or((part, ""));
        let id = number.parse().map(TermId);
        text.push_str(id.map_or(number, |id| vocabulary.name(id)));
        text.push_str(rest);
    }
    text
}
