//! A deed and its day, as a person states them beside a paper: no duty, but evidence.

use crate::calendar::Day;
use crate::form::{Rule, deed, mark, parse_entry, trimmed};
use crate::norm::Occurrence;
use crate::vocabulary::Vocabulary;

/// Something that is said to have happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Statement {
    pub what: Occurrence,
    pub day: Day,
    /// Tells apart complaints, requests and meetings; 0 where none is stated.
    pub number: u32,
}

/// Reads "the general assembly appointed the auditor on 5 March 2026", in either language.
pub fn read(text: &str, vocabulary: &Vocabulary) -> Option<Statement> {
    if text.chars().count() > crate::limits::SENTENCE_CHARS_MAX {
        return None;
    }
    let marked = mark(trimmed(text), vocabulary);
    let node = parse_entry([Rule::statement_en, Rule::statement_ar], &marked).ok()?;
    let mut what = deed::settled(deed::read(&node).ok()?, vocabulary);
    if !node.has("act") {
        what.act = vocabulary.own_act(what.noun)?;
    }
    let small =
        |slot: &str| node.number(slot).and_then(|number| u8::try_from(number).ok());
    let year = i32::try_from(node.number("year")?).ok()?;
    let month = small("month")?;
    let agrees = !node.has("month_too") || small("month_too") == Some(month);
    let day = Day::from_ymd(year, month, small("day")?).filter(|_| agrees)?;
    let number = node.number("number").and_then(|number| u32::try_from(number).ok());
    Some(Statement { what, day, number: number.unwrap_or_default() })
}
