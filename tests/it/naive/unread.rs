//! What a rule does not read moves nothing of its verdict: a paper costs the rules that read
//! it and no others, so none may depend on more than the book says that it reads.

use std::collections::BTreeSet;

use mithaq::judge;
use mithaq::norm::TermId;
use mithaq::plan::Book;
use mithaq::program::Program;
use mithaq::timeline::{Doubt, Entry};

use super::case::Case;

/// The verdicts of a case at its moments stay without the papers that its rule does not read.
pub(super) fn moves_nothing(case: &Case) -> Result<(), String> {
    let mut case = case.clone();
    // Where nobody states it every paper can move the start, of which each is told.
    let days = case.papers.iter().flat_map(|paper| &paper.tells).map(|told| told.day);
    case.profile.start = case.profile.start.or(days.min());
    let Some(less) = without_unread(&case) else { return Ok(()) };
    let (whole, less) = (case.given(), less.given());
    for moment in &case.moments {
        let with = judge::verdict(&whole.duty(), &whole.view(*moment));
        let without = judge::verdict(&less.duty(), &less.view(*moment));
        if without != with {
            return Err(format!(
                "on {}: without what it does not read\n  {without:?}\nand with it\n  {with:?}",
                moment.0
            ));
        }
    }
    Ok(())
}

/// The case without the papers and doubts that its rule does not read, where there are any.
fn without_unread(case: &Case) -> Option<Case> {
    let rulebook = case.given().rulebook;
    let book = Book::new(Program { rulebooks: vec![rulebook] });
    let reads = |nouns: BTreeSet<TermId>| book.reads(0, &nouns);
    let told = |entry: &Entry| reads([entry.subject.noun()].into());
    // One of which nobody can tell the kind every rule reads.
    let doubted = |doubt: &Doubt| {
        doubt.nouns.is_empty() || reads(doubt.nouns.iter().copied().collect())
    };
    let mut less = case.clone();
    for paper in &mut less.papers {
        if !paper.tells.iter().any(told) {
            paper.tells.clear();
        }
    }
    less.doubts.retain(doubted);
    (less != *case).then_some(less)
}
