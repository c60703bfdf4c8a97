//! One sentence into a norm, or into what there is to say about it.

use std::ops::Range;

use crate::compile::refused;
use crate::compile::repaired::repaired;
use crate::compile::suggest;
use crate::compile::suggest::Correction;
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::diagnostics::raise::sentences;
use crate::diagnostics::raise::sentences::Wording;
use crate::diagnostics::{Diagnostic, Place};
use crate::form;
use crate::form::mark::Marked;
use crate::form::{Context, Form, Miss};
use crate::norm::{Anchor, Norm};
use crate::text::{Language, language_of};

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
    let read = read_any(sentence, place, context, diagnostics)?;
    if read.norm.answers() {
        let fault = LineFault::FindingElsewhere;
        diagnostics.push(lines::line_fault(&place.at(form::trimmed(sentence)), fault));
        return None;
    }
    Some(read)
}

/// Reads the duty that answers a breach. Where it says within how long and not of what, its
/// time begins with the finding.
pub(crate) fn consequence(
    sentence: &str,
    place: &Place,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Norm> {
    let sentence = form::trimmed(sentence);
    let of_finding = match language_of(sentence) {
        Language::English => "of the finding",
        Language::Arabic => "من الملاحظة",
    };
    let whole = format!("{sentence} {of_finding}");
    let added = read_any(&whole, place, context, &mut Vec::new());
    let norm = match added.filter(|read| answers_alone(&read.norm)) {
        Some(read) => read.norm,
        None => read_any(sentence, place, context, diagnostics)?.norm,
    };
    if !answers_alone(&norm) {
        let fault = LineFault::AnswersNothing;
        diagnostics.push(lines::line_fault(&place.at(sentence), fault));
        return None;
    }
    Some(norm)
}

/// Something to be done within a time of the finding, or several such things.
fn answers_alone(norm: &Norm) -> bool {
    match norm {
        Norm::Deadline { anchor, .. } => *anchor == Anchor::Finding,
        Norm::All(norms) => norms.iter().all(answers_alone),
        _ => false,
    }
}

fn read_any(
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
    let marked = form::mark(form::trimmed(sentence), context.vocabulary);
    match form::parse(&marked, context) {
        Ok((_, norm)) => {
            if matches!(norm, Norm::Free { .. }) {
                let words = place.at(form::trimmed(sentence));
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
    let must = if language_of(word) == Language::Arabic { "يجب" } else { "must" };
    let duty = marked.source().replacen(word, must, 1);
    Some(sentences::wording(&place.at(word), Wording::Advice, vec![duty]))
}

/// What is wrong with a sentence that no form takes; with sentences of the nearest form
/// where nothing nearer is known.
fn explain(
    marked: &Marked,
    miss: &Miss,
    place: &Place,
    context: &Context<'_>,
) -> Diagnostic {
    let told = cause(marked, miss, place, context);
    if !told.suggestions.is_empty() {
        return told;
    }
    let nearest = examples(miss.form, marked.language);
    told.suggest(nearest)
        .help("Sentences such as these are understood.", "تُفهم الجمل التي على هذا النحو.")
}

fn cause(
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
        let sentences = match fault.wording {
            Wording::TimedProhibition => {
                form::forbidden(marked, context).into_iter().collect()
            }
            _ => repaired(marked, fault, &place.text),
        };
        let choices = refused::understood(sentences, context);
        return sentences::wording(&place, fault.wording, Vec::new()).choose(choices);
    }
    if let Some(diagnostic) = refused::wording(marked, place, context) {
        return diagnostic;
    }
    let unknown = refused::unknown(marked);
    let corrections = suggest::corrections(marked, &unknown, context);
    if !corrections.taken.is_empty() {
        return misspelt(marked, &corrections.taken, place);
    }
    if let Some(diagnostic) = refused::cause(marked, place, context) {
        return diagnostic;
    }
    if let Some(run) = unknown.first() {
        return self::unknown(marked, run, &corrections.near, place, context);
    }
    let suspects = beside(marked, miss.at);
    let corrections = suggest::corrections(marked, &suspects, context).taken;
    let (read, rest) = split(marked, miss.at);
    let sentences = corrections.into_iter().map(|put| put.sentence).collect();
    sentences::not_understood(&place.at(&rest), &read, sentences)
}

/// The words where the sentence stopped making sense: the last one understood and the next.
fn beside(marked: &Marked, at: usize) -> Vec<Range<usize>> {
    let at = marked.range(at..marked.text.len()).start;
    let source = marked.source();
    let before = source.get(..at).unwrap_or_default().trim_end();
    let last = before.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let next = source.get(at..).and_then(|rest| rest.find(char::is_whitespace));
    let end = next.map_or(source.len(), |space| at + space);
    [at..end, last..before.len()].into_iter().filter(|words| !words.is_empty()).collect()
}

/// Words that a form would take if one slip in them were put right.
fn misspelt(marked: &Marked, taken: &[Correction], place: &Place) -> Diagnostic {
    let at = taken.first().map(|put| put.at.clone()).unwrap_or_default();
    let words = marked.source().get(at.clone()).unwrap_or_default();
    let same = taken.iter().filter(|put| put.at == at);
    let phrases: Vec<String> = same.map(|put| put.phrase.clone()).collect();
    let sentences = taken.iter().map(|put| put.sentence.clone()).collect();
    sentences::unknown_words(&place.at(words), &phrases, sentences)
}

/// Words that nobody knows, in a sentence that no known phrase puts right: what would fit
/// in their place.
fn unknown(
    marked: &Marked,
    run: &Range<usize>,
    near: &[Correction],
    place: &Place,
    context: &Context<'_>,
) -> Diagnostic {
    let at = near.first().map_or(run.clone(), |put| put.at.clone());
    let words = marked.source().get(at).unwrap_or_default();
    let phrases: Vec<String> = near.iter().map(|put| put.phrase.clone()).collect();
    let fitting = suggest::fitting(marked, run, context);
    sentences::unknown_words(&place.at(words), &phrases, fitting)
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
