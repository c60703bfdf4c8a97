//! Papers that look like what they are not: forms that nobody filled in, and letters that
//! only bring papers.

use super::Context;
use super::cues::position;
use super::meetings::ROLL;
use super::paper::Paper;
use super::paper::Prepared;
use crate::document::Role;

/// So many blanks among the first lines make a form of a paper.
const BLANKS: usize = 3;

/// So near to each other the blanks of one form stand.
const NEAR_LINES: usize = 8;

/// Whether the paper's head is mostly blanks to be filled in, or nobody filled in who came.
pub(super) fn is_blank(paper: &Paper<'_>) -> bool {
    let head: Vec<&Prepared<'_>> = paper.head().collect();
    // Of boxes of which some are ticked the others say who did not come.
    let boxes = !paper.lines.iter().any(is_ticked);
    let blanks = left_open(&head) + drawn(&head, boxes);
    let mostly = blanks >= BLANKS && blanks * 6 >= head.len();
    mostly || head.windows(NEAR_LINES).any(|near| is_blank_roll(near, boxes))
}

/// Whether the roll of those present is left open, beside a blank that somebody drew.
fn is_blank_roll(near: &[&Prepared<'_>], boxes: bool) -> bool {
    let is_roll = |line: &&&Prepared<'_>| {
        is_open(line) && ROLL.iter().any(|word| position(&line.words, word).is_some())
    };
    drawn(near, boxes) > 0
        && left_open(near) > 1
        && near.iter().any(|line| is_roll(&line))
}

/// Labels with nothing after them before the next label.
fn left_open(lines: &[&Prepared<'_>]) -> usize {
    let pairs = lines.windows(2);
    pairs.filter(|pair| pair.iter().all(|line| is_open(line))).count()
}

fn drawn(lines: &[&Prepared<'_>], boxes: bool) -> usize {
    lines.iter().filter(|line| has_blank(line, boxes)).count()
}

fn is_ticked(line: &Prepared<'_>) -> bool {
    line.line.role == Role::Ticked || line.key.contains("[x]")
}

/// Words by which a letter says that the paper is in the files with it.
const ENCLOSING: [&str; 16] = [
    "attached",
    "attachment",
    "attaching",
    "enclosed",
    "enclosing",
    "find herewith",
    "مرفق",
    "مرفقه",
    "مرفقا",
    "المرفق",
    "المرفقه",
    "مرفقات",
    "نرفق",
    "ارفق",
    "طيه",
    "طيا",
];

/// A letter of fewer words that brings files says no more than what they are.
const COVER_WORDS: usize = 150;

/// Whether this is a letter that brings papers and is none itself, whatever it calls them.
/// A roll of those present makes it minutes all the same.
pub(super) fn is_cover(paper: &Paper<'_>, context: &Context<'_>) -> bool {
    if context.text.enclosed.is_empty() {
        return false;
    }
    let says = |phrases: &[&str]| {
        let mut lines = paper.lines.iter();
        lines.any(|line| {
            phrases.iter().any(|phrase| position(&line.words, phrase).is_some())
        })
    };
    let short = paper.word_count(COVER_WORDS) < COVER_WORDS;
    !says(&ROLL) && (short || says(&ENCLOSING))
}

/// A label with nothing after it.
fn is_open(line: &Prepared<'_>) -> bool {
    line.key.trim_end().ends_with(':') && line.words.split(' ').count() <= 4
}

/// `xxxx`, `____`, `....`, `[NAMES]`, `YYYY-MM-DD`, «(…)».
fn has_blank(line: &Prepared<'_>, boxes: bool) -> bool {
    let letters = |word: &str| {
        word.len() >= 3
            && (word.bytes().all(|b| b == b'x') || word.bytes().all(|b| b == b'y'))
    };
    let drawn = ["____", "....", "………", "(...)", "( )"];
    let boxed = boxes && line.key.contains("[ ]");
    let named = line.line.text.split('[').skip(1).any(|rest| {
        let inside = rest.split(']').next().unwrap_or_default();
        inside.len() >= 3
            && inside.chars().all(|c| c.is_uppercase() || c == ' ' || c == '/')
    });
    line.words.split(' ').any(letters)
        || drawn.iter().any(|blank| line.key.contains(blank))
        || boxed
        || named
}
