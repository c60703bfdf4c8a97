//! What rules say of each other: which gives way to which, and what an index includes.
//!
//! Settled once all rulebooks are read, because a charter's rule may give way to one of the
//! law's. A verdict then needs no other rule than its own.

use crate::compile::meaning;
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::diagnostics::{Diagnostic, Place};
use crate::program::{Precedence, Rule, Rulebook, Status, Window};
use crate::text::key;
use crate::vocabulary::Vocabulary;

/// A rule that asked to give way, as its file says it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) book: String,
    pub(super) rule: String,
    /// Which version of it.
    pub(super) in_force: Window,
    /// The other rule's id as written.
    pub(super) other: String,
    pub(super) place: Place,
}

/// Gives every rule that asked for it where and when the other rule applies. A rule that is
/// not there is told and left out; one that is a draft or suspended stands before nobody.
pub(super) fn settle(
    books: &mut [Rulebook],
    asked: &[Asked],
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let known: Vec<Known> = match asked {
        [] => Vec::new(),
        _ => books.iter().flat_map(Known::all).collect(),
    };
    for asked in asked {
        if elsewhere(&known, &asked.other) {
            continue;
        }
        let others = found(&known, &asked.book, &asked.other);
        if others.is_empty() {
            diagnostics.push(lines::line_fault(&asked.place, LineFault::NoSuchRule));
            continue;
        }
        let own = books.iter_mut().find(|book| book.id == asked.book);
        let rule =
            own.and_then(|book| book.rules.iter_mut().find(|rule| rule.id == asked.rule));
        if let Some(rule) = rule.and_then(|rule| version(rule, asked.in_force)) {
            let before =
                others.iter().filter_map(|it| it.stands_before(&asked.book, &rule.id));
            rule.gives_way_to.extend(before);
            rule.meaning = meaning::hash(rule, vocabulary);
        }
    }
    let ids: Vec<String> = books.iter().map(|book| book.id.clone()).collect();
    for book in books {
        book.includes.retain(|(id, _)| ids.contains(id));
    }
}

fn version(rule: &mut Rule, in_force: Window) -> Option<&mut Rule> {
    if rule.in_force == in_force {
        return Some(rule);
    }
    rule.earlier.iter_mut().find(|version| version.in_force == in_force)
}

/// A rule that others may give way to, or one version of it.
struct Known {
    counts: bool,
    precedence: Precedence,
}

impl Known {
    fn all(book: &Rulebook) -> impl Iterator<Item = Known> {
        let own = Window { from: book.in_force, to: None };
        book.versions().map(move |rule| Known {
            counts: book.status == Status::InForce && rule.status == Status::InForce,
            precedence: Precedence {
                rulebook: book.id.clone(),
                rule: rule.id.clone(),
                applies_to: rule.applies_to.clone(),
                jurisdictions: rule.jurisdictions.clone(),
                in_force: rule.in_force.within(own),
            },
        })
    }

    fn stands_before(&self, book: &str, rule: &str) -> Option<Precedence> {
        let itself = self.precedence.rulebook == book && self.precedence.rule == rule;
        (self.counts && !itself).then(|| self.precedence.clone())
    }
}

/// Whether the rule is named as one of a rulebook that this network does not have: a
/// rulebook made to be shared names those that may stand beside it, or may not.
fn elsewhere(known: &[Known], id: &str) -> bool {
    let named = id.split_once('/').map(|(book, _)| key(book));
    named.is_some_and(|book| known.iter().all(|it| key(&it.precedence.rulebook) != book))
}

/// The rule of that id, each version of it: of the same rulebook, else the one of any
/// other; `law/PS06` names the rulebook too.
fn found<'a>(known: &'a [Known], book: &str, id: &str) -> Vec<&'a Known> {
    let (wanted_book, wanted) = match id.split_once('/') {
        Some((book, rule)) => (Some(key(book)), key(rule)),
        None => (None, key(id)),
    };
    let named = |known: &&Known| {
        key(&known.precedence.rule) == wanted
            && wanted_book
                .as_ref()
                .is_none_or(|book| key(&known.precedence.rulebook) == *book)
    };
    let own = known.iter().filter(named).find(|known| known.precedence.rulebook == book);
    let first = own.or_else(|| known.iter().find(named));
    let Some(first) = first else { return Vec::new() };
    let of = |known: &&Known| known.precedence.rulebook == first.precedence.rulebook;
    known.iter().filter(named).filter(of).collect()
}
