//! Papers that look like what they are not: forms that nobody filled in, and letters that
//! only bring papers.

use super::Context;
use super::cues::position;
use super::meetings::ROLL;
use super::paper::Paper;
use super::paper::Prepared;

/// So many blanks among the first lines make a form of a paper.
const BLANKS: usize = 3;

/// Whether the paper's head is mostly blanks to be filled in.
pub(super) fn is_blank(paper: &Paper<'_>) -> bool {
    let head: Vec<&Prepared<'_>> = paper.head().collect();
    let left_open = head
        .windows(2)
        .filter(|pair| matches!(pair, [label, next] if is_open(label) && is_open(next)));
    let blanks = left_open.count() + head.iter().filter(|line| has_blank(line)).count();
    blanks >= BLANKS && blanks * 6 >= head.len()
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
fn has_blank(line: &Prepared<'_>) -> bool {
    let letters = |word: &str| {
        word.len() >= 3
            && (word.bytes().all(|b| b == b'x') || word.bytes().all(|b| b == b'y'))
    };
    let drawn = ["____", "....", "………", "(...)", "( )", "[ ]"];
    let named = line.line.text.split('[').skip(1).any(|rest| {
        let inside = rest.split(']').next().unwrap_or_default();
        inside.len() >= 3
            && inside.chars().all(|c| c.is_uppercase() || c == ' ' || c == '/')
    });
    line.words.split(' ').any(letters)
        || drawn.iter().any(|blank| line.key.contains(blank))
        || named
}
