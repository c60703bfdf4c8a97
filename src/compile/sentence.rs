//! One sentence into a norm, or into what there is to say about it.

use std::ops::Range;

use crate::compile::refused;
use crate::diagnostics::raise::sentences;
use crate::diagnostics::raise::sentences::Wording;
use crate::diagnostics::{Diagnostic, Place};
use crate::form;
use crate::form::mark::Marked;
use crate::form::{Context, Form, Miss};
use crate::norm::Norm;
use crate::text::Language;

/// A sentence that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Duty {
    pub norm: Norm,
    /// "should", «ينبغي»: the rule advises.
    pub advice: bool,
}

/// Reads the sentence of a duty. A fault is pushed, once, and gives `None`.
pub fn read(
    sentence: &str,
    place: &Place,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Duty> {
    let most = crate::limits::SENTENCE_CHARS_MAX;
    if sentence.chars().count() > most {
        let place = Place { text: sentence.chars().take(60).collect(), ..place.clone() };
        diagnostics.push(sentences::sentence_too_long(&place, most));
        return None;
    }
    let marked = form::mark(trimmed(sentence), context.vocabulary);
    match form::parse(&marked, context) {
        Ok((_, norm)) => {
            if matches!(norm, Norm::Free { .. }) {
                let words = place.at(trimmed(sentence));
                let note = sentences::wording(&words, Wording::Permission, Vec::new());
                diagnostics.push(note);
            }
            let advice = advice(&marked, place);
            let is_advice = advice.is_some();
            diagnostics.extend(advice);
            Some(Duty { norm, advice: is_advice })
        }
        Err(miss) => {
            let many = diagnostics.len() >= crate::limits::PROBLEMS_EXPLAINED_MAX;
            diagnostics.push(if many {
                briefly(&marked, &miss, place)
            } else {
                explain(&marked, &miss, place, context)
            });
            None
        }
    }
}

/// That and where a sentence is not understood, without a search for what was meant.
fn briefly(marked: &Marked, miss: &Miss, place: &Place) -> Diagnostic {
    if let Some(run) = marked.unknown().first() {
        let words = marked.source().get(run.clone()).unwrap_or_default();
        return sentences::unknown_words(&place.at(words), &[], Vec::new());
    }
    let (read, rest) = split(marked, miss.at);
    sentences::not_understood(&place.at(&rest), &read, Vec::new())
}

/// "should" and «ينبغي» advise; whoever wrote them is told what that changes.
fn advice(marked: &Marked, place: &Place) -> Option<Diagnostic> {
    let word = ["should", "ought to", "ينبغي"].into_iter().find(|word| {
        let padded = format!(" {} ", marked.text);
        padded.contains(&format!(" {word} "))
    })?;
    Some(sentences::wording(&place.at(word), Wording::Advice, Vec::new()))
}

/// A sentence without the full stop that may end it.
fn trimmed(sentence: &str) -> &str {
    sentence.trim().trim_end_matches(['.', '。', '۔', '!', ' '])
}

fn explain(
    marked: &Marked,
    miss: &Miss,
    place: &Place,
    context: &Context<'_>,
) -> Diagnostic {
    let unknown_part = |fault: &form::Fault| {
        matches!(fault.wording, Wording::DutyExpected | Wording::ConditionExpected)
            && !marked.unknown().is_empty()
    };
    if let Some((fault, range)) =
        miss.fault.as_ref().filter(|(fault, _)| !unknown_part(fault))
    {
        let place = place.at(marked.words(range.clone()));
        let suggestions = match fault.wording {
            Wording::TimedProhibition => {
                form::forbidden(marked, context).into_iter().collect()
            }
            _ => completed(marked, fault, &place.text),
        };
        return sentences::wording(&place, fault.wording, suggestions);
    }
    if let Some(diagnostic) = refused::cause(marked, place) {
        return readable(diagnostic, context);
    }
    if let Some(run) = marked.unknown().first() {
        return unknown(marked, run, place, context);
    }
    let (read, rest) = split(marked, miss.at);
    let place = place.at(&rest);
    sentences::not_understood(&place, &read, examples(miss.form, marked.language))
}

/// A prohibition among the suggestions names no time, or it would be refused in its turn.
fn readable(mut diagnostic: Diagnostic, context: &Context<'_>) -> Diagnostic {
    for suggestion in &mut diagnostic.suggestions {
        let marked = form::mark(trimmed(suggestion), context.vocabulary);
        if form::parse(&marked, context).is_err()
            && let Some(forbidden) = form::forbidden(&marked, context)
        {
            *suggestion = forbidden;
        }
    }
    diagnostic
}

/// The sentence with the time that it lacks.
fn completed(marked: &Marked, fault: &form::Fault, words: &str) -> Vec<String> {
    let sentence = marked.source();
    if fault.wording == Wording::MissingAnchor {
        let meeting = match marked.language {
            Language::English => "each meeting of the board",
            Language::Arabic => "كل اجتماع لمجلس الإدارة",
        };
        let (before, after) = sentence.rsplit_once(words).unwrap_or((sentence, ""));
        return vec![format!("{before}{meeting}{after}")];
    }
    let end = match (fault.wording, fault.slot, marked.language) {
        (Wording::MissingTime, "act", Language::English) => "every 2 years",
        (Wording::MissingTime, "act", Language::Arabic) => "كل سنتين",
        (Wording::MissingTime, _, Language::English) => {
            "within 30 days of each meeting of the board"
        }
        (Wording::MissingTime, _, Language::Arabic) => {
            "خلال 30 يومًا من كل اجتماع لمجلس الإدارة"
        }
        _ => return Vec::new(),
    };
    vec![format!("{sentence} {end}")]
}

/// Words that nobody knows, with what they may have been meant to be.
fn unknown(
    marked: &Marked,
    run: &Range<usize>,
    place: &Place,
    context: &Context<'_>,
) -> Diagnostic {
    let words = marked.source().get(run.clone()).unwrap_or_default();
    let place = place.at(words);
    let (wider, near) = nearest(marked, run, context);
    let same: Vec<_> =
        near.iter().filter(|near| near.language == marked.language).collect();
    let phrases: Vec<String> = same.iter().map(|near| near.phrase.clone()).collect();
    let corrected =
        phrases.iter().map(|phrase| replaced(marked.source(), &wider, phrase));
    let corrected = corrected.collect();
    sentences::unknown_words(&place, &phrases, corrected)
}

/// Phrases near to the unknown words, alone or with the words beside them: a slip in one
/// word of a phrase makes the whole phrase unknown.
fn nearest(
    marked: &Marked,
    run: &Range<usize>,
    context: &Context<'_>,
) -> (Range<usize>, Vec<crate::vocabulary::phrases::Near>) {
    let finder = context.vocabulary.finder();
    let mut best: Option<(Range<usize>, Vec<crate::vocabulary::phrases::Near>)> = None;
    for range in around(marked.source(), run) {
        let near = finder.near(marked.source().get(range.clone()).unwrap_or_default());
        let better = match (&best, near.first()) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some((_, have)), Some(new)) => {
                have.first().is_some_and(|have| new.distance < have.distance)
            }
        };
        if better {
            best = Some((range, near));
        }
    }
    best.unwrap_or_else(|| (run.clone(), Vec::new()))
}

/// The run itself, then with up to three words before it, after it, and on both sides.
fn around(source: &str, run: &Range<usize>) -> Vec<Range<usize>> {
    let before = source.get(..run.start).unwrap_or_default();
    let after = source.get(run.end..).unwrap_or_default();
    let starts: Vec<usize> = std::iter::once(run.start)
        .chain(word_starts(before).into_iter().rev().take(3))
        .collect();
    let ends: Vec<usize> = std::iter::once(run.end)
        .chain(word_ends(after).into_iter().take(3).map(|end| run.end + end))
        .collect();
    let mut all = Vec::new();
    for start in &starts {
        all.extend(ends.iter().map(|end| *start..*end));
    }
    all
}

fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut inside = false;
    for (index, character) in text.char_indices() {
        let letter = !character.is_whitespace();
        if letter && !inside {
            starts.push(index);
        }
        inside = letter;
    }
    starts
}

fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut inside = false;
    for (index, character) in text.char_indices() {
        let letter = !character.is_whitespace();
        if !letter && inside {
            ends.push(index);
        }
        inside = letter;
    }
    if inside {
        ends.push(text.len());
    }
    ends
}

fn replaced(source: &str, range: &Range<usize>, phrase: &str) -> String {
    let before = source.get(..range.start).unwrap_or_default();
    let after = source.get(range.end..).unwrap_or_default();
    format!("{before}{phrase}{after}")
}

/// The author's words up to where the sentence was understood, and the rest.
fn split(marked: &Marked, at: usize) -> (String, String) {
    let read = marked.words(0..at.min(marked.text.len()));
    let rest =
        if at >= marked.text.len() { "" } else { marked.words(at..marked.text.len()) };
    (if at == 0 { String::new() } else { read.to_owned() }, rest.to_owned())
}

/// Sentences of the nearest form, in the author's language.
fn examples(form: Option<&'static Form>, language: Language) -> Vec<String> {
    let examples = form.map_or(&[][..], |form| form.examples);
    let [english, arabic] = [0, 1].map(|index| {
        examples.iter().filter_map(move |pair| pair.get(index)).map(|s| (*s).to_owned())
    });
    match language {
        Language::English => english.take(2).collect(),
        Language::Arabic => arabic.take(2).collect(),
    }
}
