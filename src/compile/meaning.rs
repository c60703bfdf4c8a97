//! The hash of what a rule means: equal for both languages and every way of writing it.
//!
//! SHA-256 over a text of stable term names; the first 16 hexadecimal digits are shown.
//! What is only told (title, source, remedy, dimension) is no part of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::norm::{Condition, Exception, TermId};
use crate::program::{Rule, Window};
use crate::vocabulary::Vocabulary;

/// The meaning of a rule as 16 hexadecimal digits.
pub fn hash(rule: &Rule, vocabulary: &Vocabulary) -> String {
    let tree = format!(
        "{:?}|{:?}|{:?}|{:?}|{}|{:?}|{:?}",
        rule.norm,
        rule.applies_to,
        rule.exceptions.iter().map(exception).collect::<Vec<_>>(),
        rule.grace,
        rule.weight,
        rule.severity,
        rule.kind,
    );
    let mut tree = tree;
    if rule.in_force != Window::default() || !rule.gives_way_to.is_empty() {
        let others = rule.gives_way_to.iter().map(|other| (&other.rulebook, &other.rule));
        let others = others.collect::<Vec<_>>();
        write!(tree, "|{:?}|{others:?}", rule.in_force)
            .expect("invariant: a string takes every write");
    }
    if !rule.jurisdictions.is_empty() {
        // Wherever each is named in the line.
        let places = BTreeSet::from_iter(&rule.jurisdictions);
        write!(tree, "|under {places:?}").expect("invariant: a string takes every write");
    }
    if !rule.suspended.is_empty() {
        write!(tree, "|suspended {:?}", rule.suspended)
            .expect("invariant: a string takes every write");
    }
    if !rule.counts_only_if.is_empty() {
        write!(tree, "|counts {:?}", rule.counts_only_if)
            .expect("invariant: a string takes every write");
    }
    shown(&named(&tree, vocabulary))
}

/// The meaning of a rule that depends on another's.
pub(super) fn joined(above: &str, own: &str) -> String {
    shown(&format!("{above}|{own}"))
}

fn shown(tree: &str) -> String {
    let digest = Sha256::digest(tree.as_bytes());
    let mut hash = String::new();
    for byte in digest.iter().take(8) {
        write!(hash, "{byte:02x}").expect("invariant: a string takes every write");
    }
    hash
}

/// An exception without the names that only tell.
fn exception(exception: &Exception) -> String {
    let limits: Vec<&Condition> =
        exception.unless.iter().map(|(_, limit)| limit).collect();
    match limits.as_slice() {
        [] => format!("({:?}, {:?})", exception.when, exception.then),
        _ => format!("({:?}, {:?}, {limits:?})", exception.when, exception.then),
    }
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
