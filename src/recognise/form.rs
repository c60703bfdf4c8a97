//! Forms that nobody filled in: blanks where minutes have names, days and hours.

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
