//! Did you mean: a sentence with one slip put right, for words nobody knows.
//!
//! Known phrases near to the words, and near to the words with their neighbours, are put
//! into the sentence; what a form then takes is offered, nearest first. So a misspelt verb
//! is offered verbs and a misspelt body bodies, without a table of what fits where.
//! Works only on failure. Cost: a scan of the vocabulary for each window of words, and at
//! most [`crate::limits::CORRECTIONS_TRIED_MAX`] parses.

use std::ops::Range;

use crate::form;
use crate::form::mark::Marked;
use crate::form::{Context, spelling};
use crate::lexicon::slip::{LETTER, Letters};
use crate::text::{Language, is_arabic_letter, key};
use crate::vocabulary::phrases::{Near, is_noise};

/// A sentence with one phrase in place of the author's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Correction {
    /// Bytes of the author's sentence that the phrase replaces.
    pub(crate) at: Range<usize>,
    pub(crate) phrase: String,
    pub(crate) sentence: String,
    cost: u16,
}

/// What was found for a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Corrections {
    /// Sentences that a form takes, nearest first; at most three.
    pub(crate) taken: Vec<Correction>,
    /// Where none is: the nearest phrases, for the words alone.
    pub(crate) near: Vec<Correction>,
}

/// The sentence with one of `suspects` put right. What else is unknown in it is put right
/// along with it, so that a sentence of two slips gets a whole sentence too.
pub(crate) fn corrections(
    marked: &Marked,
    suspects: &[Range<usize>],
    context: &Context<'_>,
) -> Corrections {
    let mut tries = crate::limits::CORRECTIONS_TRIED_MAX;
    let mut candidates = Vec::new();
    for suspect in suspects {
        candidates.extend(around(marked, suspect, context));
    }
    candidates.sort_by_key(|candidate| candidate.cost);
    let mut seen: Vec<String> = Vec::new();
    candidates.retain(|candidate| {
        let new = !seen.contains(&candidate.sentence);
        if new {
            seen.push(candidate.sentence.clone());
        }
        new
    });
    let taken = taken(&candidates, context, &mut tries);
    if !taken.is_empty() {
        return Corrections { taken, near: Vec::new() };
    }
    let together = candidates.iter().take(2).find_map(|candidate| {
        let again = form::mark(form::trimmed(&candidate.sentence), context.vocabulary);
        let second = again.unknown();
        let second = second.first().filter(|_| marked.unknown().len() > 1)?;
        let mut rest = around(&again, second, context);
        rest.sort_by_key(|candidate| candidate.cost);
        let whole = self::taken(&rest, context, &mut tries).into_iter().next()?;
        Some(Correction { sentence: whole.sentence, ..candidate.clone() })
    });
    let best = candidates.first().map_or(0, |candidate| candidate.cost);
    candidates.retain(|candidate| candidate.cost == best);
    candidates.truncate(3);
    Corrections { taken: together.into_iter().collect(), near: candidates }
}

/// The nearest three candidates that a form takes; one much farther than the best is no
/// help. Of equals the one that Mithaq would write itself comes first: «يجتمع مجلس», because
/// the verb agrees, before «تجتمع مجلس».
fn taken(
    candidates: &[Correction],
    context: &Context<'_>,
    tries: &mut usize,
) -> Vec<Correction> {
    let mut taken: Vec<Correction> = Vec::new();
    for candidate in candidates {
        let far =
            taken.first().is_some_and(|best| candidate.cost > best.cost + LETTER / 2);
        if *tries == 0 || far {
            break;
        }
        *tries -= 1;
        if let Some(cost) = taken_cost(candidate, context) {
            taken.push(Correction { cost, ..candidate.clone() });
        }
    }
    taken.sort_by_key(|candidate| candidate.cost);
    taken.truncate(3);
    taken
}

/// What a candidate that a form takes costs, less where its phrase is the canonical one.
fn taken_cost(candidate: &Correction, context: &Context<'_>) -> Option<u16> {
    let marked = form::mark(form::trimmed(&candidate.sentence), context.vocabulary);
    if !marked.unknown().is_empty() {
        return None;
    }
    let (_, norm) = form::taken(&marked, context)?;
    let [english, arabic] = form::say(&norm, context.vocabulary);
    let canonical = match marked.language {
        Language::English => key(&english),
        Language::Arabic => key(&arabic),
    };
    let phrase = format!(" {} ", key(&candidate.phrase));
    let agrees = format!(" {} ", canonical.trim_end_matches('.')).contains(&phrase);
    Some(candidate.cost.saturating_sub(if agrees { CANONICAL } else { 0 }))
}

/// What it counts that a phrase is the one Mithaq writes: less than any letter.
const CANONICAL: u16 = 2;

/// What could stand in place of words that nobody knows, one of each sort: a paper, a body,
/// a deed, a time. Only sentences that a form takes; at most two.
pub(crate) fn fitting(
    marked: &Marked,
    unknown: &Range<usize>,
    context: &Context<'_>,
) -> Vec<String> {
    let source = marked.source();
    let fits = |phrase: &&&str| {
        let whole = corrected(source, unknown, phrase, 0).sentence;
        let again = form::mark(form::trimmed(&whole), context.vocabulary);
        again.unknown().is_empty() && form::taken(&again, context).is_some()
    };
    let phrases = match marked.language {
        Language::English => FITTING_ENGLISH,
        Language::Arabic => FITTING_ARABIC,
    };
    let fitting = phrases.iter().filter(fits).take(2);
    fitting.map(|phrase| corrected(source, unknown, phrase, 0).sentence).collect()
}

const FITTING_ENGLISH: [&str; 7] = [
    "annual report",
    "board",
    "published",
    "meets",
    "quarterly",
    "every 3 months",
    "website",
];
const FITTING_ARABIC: [&str; 7] = [
    "التقرير السنوي",
    "مجلس الإدارة",
    "يُنشر",
    "يجتمع",
    "فصليًا",
    "كل 3 أشهر",
    "الموقع الإلكتروني",
];

/// Everything near to a suspect, alone and with its neighbours.
fn around(
    marked: &Marked,
    suspect: &Range<usize>,
    context: &Context<'_>,
) -> Vec<Correction> {
    let source = marked.source();
    let mut all = Vec::new();
    for window in windows(source, suspect) {
        let words = source.get(window.clone()).unwrap_or_default();
        for (phrase, cost) in near(words, marked.language, context) {
            if key(&phrase) != key(words) {
                all.push(corrected(source, &window, &phrase, cost));
            }
        }
    }
    all
}

fn corrected(source: &str, at: &Range<usize>, phrase: &str, cost: u16) -> Correction {
    let before = source.get(..at.start).unwrap_or_default();
    let after = source.get(at.end..).unwrap_or_default();
    let words = source.get(at.clone()).unwrap_or_default();
    let phrase = capitalized(words, phrase);
    let sentence = format!("{before}{phrase}{after}");
    Correction { at: at.clone(), phrase, sentence, cost }
}

/// "Baord" becomes "Board".
fn capitalized(words: &str, phrase: &str) -> String {
    let mut letters = phrase.chars();
    match letters.next() {
        Some(first) if words.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => phrase.to_owned(),
    }
}

/// The windows of words that hold a word of the suspect: none begins or ends with a word
/// that says nothing, and none is longer than a phrase can be.
fn windows(source: &str, suspect: &Range<usize>) -> Vec<Range<usize>> {
    let words = words(source);
    let inside =
        |word: &Range<usize>| word.start < suspect.end && word.end > suspect.start;
    let Some(first) = words.iter().position(inside) else { return Vec::new() };
    let last = words.iter().rposition(inside).unwrap_or(first);
    let reach = crate::limits::CORRECTION_REACH_WORDS;
    let noise = |index: usize| {
        let word = words.get(index).and_then(|word| source.get(word.clone()));
        word.is_none_or(|word| is_noise(&key(word)))
    };
    let mut windows = Vec::new();
    for from in first.saturating_sub(reach)..=last {
        for to in from.max(first)..=(last + reach).min(words.len() - 1) {
            let long = to - from >= crate::limits::PHRASE_WORDS_MAX;
            if long || noise(from) || noise(to) {
                continue;
            }
            if let (Some(from), Some(to)) = (words.get(from), words.get(to)) {
                windows.push(from.start..to.end);
            }
        }
    }
    windows
}

/// Where the words of a sentence stand, without punctuation around them.
fn words(source: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (index, character) in source.char_indices() {
        let letter = !character.is_whitespace() && !",;:.،؛!?؟()".contains(character);
        let end = index + character.len_utf8();
        match words.last_mut() {
            Some(word) if open && letter => word.end = end,
            _ if letter => words.push(index..end),
            _ => {}
        }
        open = letter;
    }
    words
}

/// Known phrases near to some words, in the language of the sentence, with their costs.
fn near(words: &str, language: Language, context: &Context<'_>) -> Vec<(String, u16)> {
    let finder = context.vocabulary.finder();
    let mut all: Vec<(String, u16)> = Vec::new();
    for (prefix, stem) in stems(words) {
        let found = finder.near(&stem);
        let said = found.iter().filter_map(|near: &Near<'_>| {
            let phrase = finder.translated(near, language)?;
            Some((joined(prefix, &stem, phrase), near.cost))
        });
        all.extend(said);
        if !stem.contains(' ') {
            let small = spelling::near(&stem).filter(|near| near.language == language);
            all.extend(small.map(|near| (joined(prefix, "", near.word), near.cost)));
            all.extend(articles(&stem));
        }
    }
    if !words.contains(' ') {
        all.extend(run_together(words, context).map(|phrase| (phrase, LETTER)));
    }
    if let Some(owner) = words.strip_suffix("'s") {
        let owners = finder.near(owner).into_iter();
        all.extend(owners.map(|near| (format!("{}'s", near.phrase), near.cost)));
    }
    all
}

/// Words without a meaning of their own that may have been meant: "te" is "the".
fn articles(word: &str) -> Vec<(String, u16)> {
    let letters = Letters::of(&key(word));
    let near = |article: &&str| {
        let cost = letters.cost(&Letters::of(article), letters.budget())?;
        Some(((*article).to_owned(), cost))
    };
    ["the", "its", "their", "an"].iter().filter_map(near).collect()
}

/// The words as they are, and without a prefix that Arabic writes onto a word.
fn stems(words: &str) -> Vec<(&'static str, String)> {
    let mut stems = vec![("", words.to_owned())];
    if !words.starts_with(is_arabic_letter) {
        return stems;
    }
    if let Some(rest) = words.strip_prefix("لل") {
        stems.push(("ل", format!("ال{rest}")));
        return stems;
    }
    for prefix in ["و", "ف", "ب", "ل", "ك"] {
        let rest =
            words.strip_prefix(prefix).filter(|rest| rest.chars().nth(2).is_some());
        stems.extend(rest.map(|rest| (prefix, rest.to_owned())));
    }
    stems
}

/// A prefix with its phrase; the article that the author wrote is kept.
fn joined(prefix: &str, stem: &str, phrase: &str) -> String {
    let article = stem.starts_with("ال") && !phrase.starts_with("ال");
    let phrase =
        if article && phrase.starts_with(is_arabic_letter) && !phrase.contains(' ') {
            format!("ال{phrase}")
        } else {
            phrase.to_owned()
        };
    match (prefix, phrase.strip_prefix("ال")) {
        ("ل", Some(rest)) => format!("لل{rest}"),
        _ => format!("{prefix}{phrase}"),
    }
}

/// Two known words without the space between them.
fn run_together<'a>(
    word: &'a str,
    context: &'a Context<'_>,
) -> impl Iterator<Item = String> {
    let known = |word: &str| {
        let marked = form::mark(word, context.vocabulary);
        word.chars().nth(1).is_some() && marked.unknown().is_empty()
    };
    let cuts = word.char_indices().skip(2).map(|(index, _)| index);
    cuts.filter_map(move |cut| {
        let (left, right) = (word.get(..cut)?, word.get(cut..)?);
        let long = left.chars().count() + right.chars().count() > 6;
        (long && known(left) && known(right)).then(|| format!("{left} {right}"))
    })
}
