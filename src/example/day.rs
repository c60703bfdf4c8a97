//! The days that a line names: one, or several that share a year, in either language.
//!
//! "12 February, 9 May and 3 August 2026", "1, 2 and 3 April 2026", «12 شباط و9 أيار 2026»,
//! 2026-02-12, 12/2/2026.
//! Knows months and nothing else.

use std::ops::Range;

use crate::calendar::Day;
use crate::lexicon::month;
use crate::limits;
use crate::text::key;

/// Days that stand together in a text, and the bytes they take up in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Days {
    pub(super) range: Range<usize>,
    pub(super) days: Vec<Day>,
}

/// Every run of days in a text, in order. `None` where one of them is no day: 31 February,
/// or a day that nothing gives a year.
pub(super) fn days_in(text: &str) -> Option<Vec<Days>> {
    let tokens = tokens(text);
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((written, next)) = written_at(&tokens, at) else {
            at += 1;
            continue;
        };
        let range = range_of(&tokens, at, next);
        let joined = runs.last().is_some_and(|run| {
            let from = tokens.iter().position(|token| token.range.start >= run.range.end);
            let between = tokens.get(from.unwrap_or(at)..at).unwrap_or_default();
            between.iter().all(|token| joins(&token.what))
        });
        match runs.last_mut() {
            Some(run) if joined => {
                run.written.push(written);
                run.range.end = range.end;
            }
            _ => runs.push(Run { range, written: vec![written] }),
        }
        at = next;
    }
    runs.into_iter().map(Run::days).collect()
}

/// The one day of a text.
pub(super) fn one_day(text: &str) -> Option<Day> {
    match days_in(text)?.as_slice() {
        [Days { days, .. }] => match days.as_slice() {
            [day] => Some(*day),
            _ => None,
        },
        _ => None,
    }
}

/// The one year of a text that names no day: "2025", «سنة 2025».
pub(super) fn year(text: &str) -> Option<i32> {
    let mut years = tokens(text).into_iter().filter_map(|token| match token.what {
        What::Number { value, digits: 4 } => i32::try_from(value).ok(),
        _ => None,
    });
    match (years.next(), years.next()) {
        (Some(year), None) => Some(year),
        _ => None,
    }
}

/// The day and the month of a text without a year: "30 June", «30 حزيران».
pub(super) fn day_of_year(text: &str) -> Option<(u8, u8)> {
    let tokens = tokens(text);
    let (written, _) = (0..tokens.len()).find_map(|at| written_at(&tokens, at))?;
    written.year.is_none().then_some((written.month?, written.day))
}

/// Days that are joined by commas and "and".
struct Run {
    range: Range<usize>,
    written: Vec<Written>,
}

impl Run {
    /// A day without a year has that of the next one with it, else of the last; one without
    /// a month that of the next one with it.
    fn days(self) -> Option<Days> {
        let mut year = self.written.iter().rev().find_map(|written| written.year);
        let (mut month, mut days) = (None, Vec::new());
        for written in self.written.iter().rev() {
            (year, month) = (written.year.or(year), written.month.or(month));
            days.push(Day::from_ymd(year?, month?, written.day)?);
        }
        days.reverse();
        Some(Days { range: self.range, days })
    }
}

#[derive(Clone, Copy)]
struct Written {
    year: Option<i32>,
    month: Option<u8>,
    day: u8,
}

struct Token {
    range: Range<usize>,
    what: What,
}

#[derive(PartialEq, Eq)]
enum What {
    Number {
        value: u32,
        digits: usize,
    },
    /// Folded.
    Word(String),
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut word = String::new();
    let mut start = 0;
    let mut numeric = false;
    let end = text.len();
    for (at, character) in text.char_indices().chain([(end, ' ')]) {
        let letter = character.is_alphabetic() || is_mark(character);
        let digit = character.is_numeric();
        if (digit || letter) && (word.is_empty() || digit == numeric) {
            if word.is_empty() {
                (start, numeric) = (at, digit);
            }
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            tokens.push(token(&word, numeric, start..at));
            word.clear();
        }
        if digit || letter {
            (start, numeric) = (at, digit);
            word.push(character);
        } else if !character.is_whitespace() {
            let range = at..at + character.len_utf8();
            tokens.push(Token { range, what: What::Sign(character) });
        }
    }
    tokens
}

/// Vowel signs belong to their word.
fn is_mark(character: char) -> bool {
    ('\u{64b}'..='\u{652}').contains(&character) || character == '\u{640}'
}

fn token(word: &str, numeric: bool, range: Range<usize>) -> Token {
    let folded = key(word);
    let what = match folded.parse() {
        Ok(value) if numeric => What::Number { value, digits: folded.chars().count() },
        _ => What::Word(folded),
    };
    Token { range, what }
}

fn range_of(tokens: &[Token], from: usize, to: usize) -> Range<usize> {
    let start = tokens.get(from).map_or(0, |token| token.range.start);
    let end = to.checked_sub(1).and_then(|last| tokens.get(last));
    start..end.map_or(start, |token| token.range.end)
}

fn joins(what: &What) -> bool {
    match what {
        What::Sign(sign) => matches!(sign, ',' | '،'),
        What::Word(word) => matches!(word.as_str(), "and" | "و" | "on" | "في"),
        What::Number { .. } => false,
    }
}

/// A date that begins at this token, and the token after it.
fn written_at(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    in_digits(tokens, at)
        .or_else(|| day_first(tokens, at))
        .or_else(|| month_first(tokens, at))
        .or_else(|| day_alone(tokens, at))
}

/// "1" of "1, 2 and 3 April 2026".
fn day_alone(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let (day, digits) = number(tokens, at)?;
    let mut next = at;
    for _ in 0..limits::EXAMPLE_PARTS_MAX {
        number(tokens, next).filter(|(_, digits)| *digits <= 2)?;
        let after = tokens.iter().skip(next + 1);
        let between = after.take_while(|token| lists(&token.what)).count();
        next += 1 + Some(between).filter(|count| *count > 0)?;
        if day_first(tokens, next).is_some() {
            let day = u8::try_from(day).ok().filter(|_| digits <= 2)?;
            return Some((Written { year: None, month: None, day }, at + 1));
        }
    }
    None
}

/// What stands between the numbers of a list; "on" leads from another number to a day.
fn lists(what: &What) -> bool {
    joins(what) && !matches!(what, What::Word(word) if word == "on" || word == "في")
}

/// 2026-02-12 and 12/2/2026.
fn in_digits(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let sign = |at: usize| {
        let what = &tokens.get(at)?.what;
        matches!(what, What::Sign('-' | '/')).then_some(())
    };
    let (first, digits) = number(tokens, at)?;
    sign(at + 1)?;
    let (second, _) = number(tokens, at + 2)?;
    sign(at + 3)?;
    let (third, last) = number(tokens, at + 4)?;
    let (year, day) = match (digits, last) {
        (4, _) => (first, third),
        (_, 4) => (third, first),
        _ => return None,
    };
    let written = Written {
        year: Some(i32::try_from(year).ok()?),
        month: u8::try_from(second).ok(),
        day: u8::try_from(day).ok()?,
    };
    Some((written, at + 5))
}

/// "12 February 2026", "12 February", «12 شباط / فبراير 2026».
fn day_first(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let (day, digits) = number(tokens, at)?;
    let (month, mut next) = month_at(tokens, at + 1).filter(|_| digits <= 2)?;
    if tokens.get(next).is_some_and(|token| token.what == What::Sign('/')) {
        let (again, after) = month_at(tokens, next + 1)?;
        if again != month {
            return None;
        }
        next = after;
    }
    let (year, next) = year_at(tokens, next);
    Some((Written { year, month: Some(month), day: u8::try_from(day).ok()? }, next))
}

/// "February 12, 2026".
fn month_first(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let (month, next) = month_at(tokens, at)?;
    let (day, digits) = number(tokens, next)?;
    let (year, next) = year_at(tokens, next + 1);
    (digits <= 2).then_some(())?;
    Some((Written { year, month: Some(month), day: u8::try_from(day).ok()? }, next))
}

/// A year after a day and a month, with or without a comma.
fn year_at(tokens: &[Token], at: usize) -> (Option<i32>, usize) {
    let comma = tokens.get(at).is_some_and(|token| token.what == What::Sign(','));
    let place = at + usize::from(comma);
    match number(tokens, place) {
        Some((year, 4)) => (i32::try_from(year).ok(), place + 1),
        _ => (None, at),
    }
}

fn number(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    match tokens.get(at)?.what {
        What::Number { value, digits } => Some((value, digits)),
        _ => None,
    }
}

/// The month that stands here, in one word or two, and the token after it.
fn month_at(tokens: &[Token], at: usize) -> Option<(u8, usize)> {
    let word = |at: usize| match &tokens.get(at)?.what {
        What::Word(word) => Some(word.as_str()),
        _ => None,
    };
    let first = word(at)?;
    let two = word(at + 1).map(|second| format!("{first} {second}"));
    two.and_then(|two| month_named(&two))
        .map(|month| (month, at + 2))
        .or_else(|| month_named(first).map(|month| (month, at + 1)))
}

fn month_named(folded: &str) -> Option<u8> {
    let months = month::NAMES.iter().zip(month::VARIANTS);
    let is_called = |(names, variants): (&[&str; 2], &[&str])| {
        names.iter().chain(variants).any(|name| key(name) == folded)
    };
    (1..=12u8).zip(months).find(|(_, names)| is_called(*names)).map(|(month, _)| month)
}
