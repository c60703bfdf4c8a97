//! Several versions of one rule under one id, each with its time.

use crate::calendar::Day;
use crate::compile::{called, meaning};
use crate::program::{Rule, Rulebook, Window};
use crate::text::key;

/// Why a rule of an id that is taken is no version of that rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Misfit {
    /// One of them does not say when it is in force.
    NoTime,
    /// Both are in force on this day.
    Both(Day),
}

/// Whether a rule can stand beside those of its id.
pub(super) fn fits(rules: &[Rule], new: &Rule) -> Result<(), Misfit> {
    let same = rules.iter().filter(|rule| key(&rule.id) == key(&new.id));
    for other in same.flat_map(Rule::versions) {
        if new.in_force == Window::default() || other.in_force == Window::default() {
            return Err(Misfit::NoTime);
        }
        let both = new.in_force.within(other.in_force);
        let from = both.from.unwrap_or(Day::EARLIEST);
        if both.to.is_none_or(|to| from <= to) {
            return Err(Misfit::Both(both.from.or(both.to).unwrap_or(from)));
        }
    }
    Ok(())
}

/// Puts a rule beside the others, or among the versions of its id: the last one stands for
/// all, and holds those before it.
pub(super) fn add(rules: &mut Vec<Rule>, new: Rule) {
    let Some(known) = rules.iter_mut().find(|rule| key(&rule.id) == key(&new.id)) else {
        rules.push(new);
        return;
    };
    let mut versions = std::mem::take(&mut known.earlier);
    versions.push(known.clone());
    versions.push(new);
    versions.sort_by_key(|version| version.in_force.from);
    if let Some(mut last) = versions.pop() {
        last.earlier = versions;
        *known = last;
    }
}

/// A rule of several versions means what all of them do; its reading tells of each.
pub(super) fn settle(book: &mut Rulebook) {
    for rule in book.rules.iter_mut().filter(|rule| !rule.earlier.is_empty()) {
        let before = rule.earlier.iter().rev().map(|version| {
            let [english, arabic] = called::in_force(version.in_force);
            [
                format!("Another version was in force {english}: {}", version.english),
                format!("كانت صيغة أخرى نافذة {arabic}: {}", version.arabic),
            ]
        });
        let before: Vec<[String; 2]> = before.collect();
        for version in &rule.earlier {
            rule.meaning = meaning::joined(&version.meaning, &rule.meaning);
        }
        rule.around.extend(before);
    }
}
