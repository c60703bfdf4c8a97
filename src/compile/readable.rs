//! A rule file in pieces, without the lines that must not be read as they look: those with
//! characters that turn the direction of text, and numbers of two kinds of digits.

use crate::compile::Source;
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::diagnostics::{Diagnostic, Place};
use crate::rulebook;
use crate::rulebook::{Clauses, Draft, Line, without_comment};
use crate::text::is_direction_mark;

/// The file in pieces, and the rules that have a refused line; `None` when it is too large.
/// A rule is refused whole: without its scope it would bind everybody.
pub(super) fn readable(
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
    segment: &mut dyn FnMut(&str) -> Clauses,
) -> Option<(Clauses, Vec<Draft>)> {
    let whole = Place { file: source.file.clone(), ..Place::default() };
    let most = crate::limits::RULE_FILE_BYTES_MAX;
    if u64::try_from(source.text.len()).is_ok_and(|bytes| bytes > most) {
        diagnostics.push(lines::file_too_large(&whole, most));
        return None;
    }
    let mut refused = Vec::new();
    for (number, line) in (1..).zip(source.text.lines()) {
        let place = Place::line(&source.file, number, line);
        if line.contains(is_direction_mark) {
            diagnostics.push(lines::line_fault(&place, LineFault::DirectionControls));
            refused.push(number);
        } else if let Some(digits) = mixed_digits(without_comment(line)) {
            diagnostics.push(lines::mixed_digits(&place.at(digits)));
            refused.push(number);
        }
    }
    if refused.is_empty() {
        return Some((segment(&source.text), Vec::new()));
    }
    let (text, refused) = without_choices(&source.text, refused);
    let mut clauses = segment(&text);
    let broken = clauses.without(&refused);
    Some((clauses, broken))
}

/// The text without direction marks, every line in its place so that what stands below is
/// still its own; and of the refused lines those that say something of a rule. A choice has
/// no other line, and a comment says nothing.
fn without_choices(text: &str, refused: Vec<u32>) -> (String, Vec<u32>) {
    let visible = text.replace(is_direction_mark, "");
    let mut lines: Vec<&str> = visible.lines().collect();
    let mut of_rules = Vec::new();
    for number in refused {
        let index = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(line) = lines.get_mut(index) else { continue };
        let content = without_comment(line).trim();
        if content.is_empty() || matches!(rulebook::line(content), Line::Choice(_)) {
            *line = "";
        } else {
            of_rules.push(number);
        }
    }
    (lines.join("\n"), of_rules)
}

/// A number that is written with digits of two kinds.
fn mixed_digits(line: &str) -> Option<&str> {
    let numbers = line.split(|c: char| kind(c).is_none());
    let mut mixed = numbers.filter(|number| {
        let mut kinds = number.chars().map(kind);
        let first = kinds.next();
        kinds.any(|kind| Some(kind) != first)
    });
    mixed.next()
}

fn kind(character: char) -> Option<u8> {
    match character {
        '0'..='9' => Some(0),
        '\u{0660}'..='\u{0669}' => Some(1),
        '\u{06f0}'..='\u{06f9}' => Some(2),
        _ => None,
    }
}
