//! A suggestion as a change of the file: only the words that differ are touched, so that
//! comments, line ends and layout stay.

use std::ops::Range;

use crate::compile::labels::{named, without_then};
use crate::diagnostics::Diagnostic;
use crate::editor::passage::Passage;
use crate::editor::place_in;
use crate::editor::sheet::Sheet;
use crate::lexicon::slip::Letters;
use crate::rulebook::{Label, Line, line};
use crate::text::{Language, is_direction_mark, key, language_of};

/// One change that puts the cause of a message right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// The suggestion as it is shown.
    pub suggestion: String,
    /// Bytes of the file.
    pub range: Range<usize>,
    pub text: String,
    /// The only suggestion, and a slip of the pen: nobody needs to be asked.
    pub safe: bool,
}

/// The changes that a message suggests, in its order. A suggestion that would lose a comment
/// between two lines, or change nothing, is none.
pub fn fixes(sheet: &Sheet, told: &Diagnostic) -> Vec<Fix> {
    let Some(first) =
        told.place.line.checked_sub(1).and_then(|it| usize::try_from(it).ok())
    else {
        return Vec::new();
    };
    let passage = Passage::at(sheet, first);
    let only = told.suggestions.len() == 1;
    let fixes = told.suggestions.iter().filter_map(|suggestion| {
        let (range, text) = if is_line(told, suggestion) {
            of_line(sheet, first, suggestion)?
        } else {
            of_sentence(sheet, &passage, told, suggestion)?
        };
        let lines = sheet.text().get(range.clone()).is_some_and(|it| it.contains('\n'));
        let alone = only || is_digits_of_its_language(told, &text);
        let safe = alone && !lines && is_slip(sheet, told, &range, &text);
        Some(Fix { suggestion: suggestion.clone(), range, text, safe })
    });
    fixes.collect()
}

/// Whether the suggestion is a whole line of the file and not a sentence in it.
fn is_line(told: &Diagnostic, suggestion: &str) -> bool {
    let first = suggestion.lines().next().unwrap_or_default();
    let of_words = told.code.starts_with("G-6");
    let same = suggestion.trim() == told.place.source.trim();
    of_words || same || first.starts_with('#') || line(first) != Line::Text
}

/// A line in place of the line; several lines, and one that must not be indented, begin
/// where lines begin.
fn of_line(
    sheet: &Sheet,
    line: usize,
    suggestion: &str,
) -> Option<(Range<usize>, String)> {
    let span = sheet.span(line);
    let source = sheet.line(line);
    let indent = source.len() - source.trim_start().len();
    let outdent = source.trim() == suggestion || suggestion.contains('\n');
    let start = span.start + if outdent { 0 } else { indent };
    let end = span.start + source.trim_end().len();
    narrowed(sheet, start..end.max(start), suggestion)
}

/// A sentence in place of the clause's value, or of that part of it which is a sentence.
fn of_sentence(
    sheet: &Sheet,
    passage: &Passage,
    told: &Diagnostic,
    suggestion: &str,
) -> Option<(Range<usize>, String)> {
    let text = passage.text.as_str();
    let mut from = passage.value();
    let mut end = text.len();
    if let Line::Label { label: Label::ExceptWhen, value, .. } = line(text) {
        let (value, _) = named(&value);
        let (_, then) = value.split_once([';', '؛'])?;
        let then = without_then(then.trim());
        from = text.find(then)?;
        end = from + then.len();
    }
    let old = text.get(from..end)?;
    // A full stop, and what else the sentence was read without, stays.
    let bare = old.trim_end_matches(['.', '۔', '!', ' ']);
    let same = told.place.text.ends_with('.');
    let old = if same { old } else { bare };
    let (inner, new) = differing(old, suggestion);
    if inner.is_empty() && new.is_empty() {
        return None;
    }
    let range = passage.range(&(from + inner.start..from + inner.end));
    let lost = sheet.text().get(range.clone())?;
    (!lost.contains('#')).then(|| (range, new.to_owned()))
}

fn narrowed(
    sheet: &Sheet,
    range: Range<usize>,
    new: &str,
) -> Option<(Range<usize>, String)> {
    let old = sheet.text().get(range.clone())?;
    let (inner, text) = differing(old, new);
    let range = range.start + inner.start..range.start + inner.end;
    (!range.is_empty() || !text.is_empty()).then(|| (range, text.to_owned()))
}

/// What of `old` is replaced, and by what: whole words between what both begin and end with.
fn differing<'a>(old: &str, new: &'a str) -> (Range<usize>, &'a str) {
    let pairs = old.char_indices().zip(new.chars());
    let same = pairs.take_while(|((_, one), other)| one == other);
    let mut front = same.last().map_or(0, |((at, one), _)| at + one.len_utf8());
    let rest = |text: &str| text.get(front..).unwrap_or_default().to_owned();
    let (old_rest, new_rest) = (rest(old), rest(new));
    let back = old_rest.chars().rev().zip(new_rest.chars().rev());
    let mut back: usize =
        back.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum();
    // A word is written whole: the letters that both share with it are written again.
    let word = |text: &str, at: usize| {
        let before = text.get(..at).unwrap_or_default();
        before.len() - before.rfind(char::is_whitespace).map_or(0, |space| space + 1)
    };
    front -= word(old, front).min(front);
    let tail = old.get(old.len() - back..).unwrap_or_default();
    back -= tail.find(char::is_whitespace).unwrap_or(tail.len());
    let end = (old.len() - back).max(front);
    let new_end = new.len().saturating_sub(old.len() - end).max(front);
    (front..end, new.get(front..new_end).unwrap_or_default())
}

/// Of a number in two kinds of digits the one that an English sentence is written with;
/// Arabic is written with both.
fn is_digits_of_its_language(told: &Diagnostic, text: &str) -> bool {
    told.code == "G-505"
        && language_of(&told.place.source) == Language::English
        && text.is_ascii()
}

/// Whether a change is nothing but a slip put right: of the words that the message quotes,
/// into words that are near to them.
fn is_slip(sheet: &Sheet, told: &Diagnostic, range: &Range<usize>, text: &str) -> bool {
    let old = sheet.text().get(range.clone()).unwrap_or_default();
    let unseen = |text: &str| text.chars().filter(|it| !is_direction_mark(*it)).collect();
    let (bare, new): (String, String) = (unseen(old), unseen(text));
    match told.code {
        "G-101" | "G-407" => {
            let quoted = place_in(sheet, &told.place);
            let inside = quoted.start <= range.start && range.end <= quoted.end;
            let (one, other) = (Letters::of(&key(&bare)), Letters::of(&key(&new)));
            let near = one.cost(&other, one.budget().min(other.budget())).is_some();
            near && (inside || told.code == "G-407")
        }
        "G-505" => true,
        "G-504" => bare == new,
        _ => false,
    }
}
