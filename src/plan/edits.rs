//! What an edit of the rules leaves as it was: those rules are not judged again.

use super::book::Book;
use super::fellows;
use crate::program::{Rule, Rulebook};

/// What an edit did to a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Edit {
    New,
    /// It had this number, and something was changed that a verdict rests on.
    Changed(usize),
    /// It had this number, and means what it meant.
    Kept(usize),
}

/// For each rule of the new book, by its number.
pub(super) fn edits(before: &Book, book: &Book) -> Vec<Edit> {
    let edit = |(_, rulebook, rule): (usize, &Rulebook, &Rule)| {
        let number = before.number(&rulebook.id, &rule.id);
        let old = number.and_then(|number| Some((number, before.rule(number)?)));
        let Some((number, (old_rulebook, old))) = old else { return Edit::New };
        let kept = choices(rulebook) == choices(old_rulebook)
            && without_places(rule) == without_places(old)
            && above(rulebook, rule) == above(old_rulebook, old)
            // Who counts the members is counted anew.
            && fellows::counting(rule).next().is_none();
        if kept { Edit::Kept(number) } else { Edit::Changed(number) }
    };
    book.rules().map(edit).collect()
}

/// The rule whose breach one answers.
fn above(rulebook: &Rulebook, rule: &Rule) -> Option<Rule> {
    rulebook.answered_by(rule).map(without_places)
}

/// A rule wherever it is written.
fn without_places(rule: &Rule) -> Rule {
    let earlier = rule.earlier.iter().map(without_places).collect();
    Rule { file: String::new(), line: 0, earlier, ..rule.clone() }
}

/// What a rulebook says of all its rules, as far as a verdict or a finding rests on it.
fn choices(rulebook: &Rulebook) -> impl PartialEq + use<'_> {
    (
        (rulebook.in_force, rulebook.months, rulebook.fiscal_quarters),
        (rulebook.lag, rulebook.lead, rulebook.status, rulebook.force),
        (&rulebook.suspended, &rulebook.jurisdictions, rulebook.language),
    )
}
