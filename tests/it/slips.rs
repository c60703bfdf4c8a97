//! Did you mean, measured: sentences with one slip, made from the vocabulary by a seed.

use std::sync::LazyLock;
use std::time::Instant;

use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Diagnostic;
use mithaq::form::{self, Context};
use mithaq::norm::Norm;
use mithaq::text::{Language, key};
use mithaq::vocabulary::phrases::phrase_key;
use mithaq::vocabulary::{self, TermKind, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

const PER_LANGUAGE: usize = 500;

/// A generator of whole numbers that is the same on every machine (xorshift).
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

fn norm(sentence: &str) -> Option<Norm> {
    let context = Context { vocabulary: &STANDARD, fiscal_quarters: false };
    let marked = form::mark(sentence.trim_end_matches('.'), &STANDARD);
    form::parse(&marked, &context).ok().map(|(_, norm)| norm)
}

fn said(text: &str) -> Vec<Diagnostic> {
    compile(&[Source::new("rules/test.rules", text)], &STANDARD).1
}

/// Every example of a form, and a sentence for each body and each document.
fn sentences(language: Language) -> Vec<String> {
    let side = usize::from(language == Language::Arabic);
    let examples = form::FORMS.iter().flat_map(|form| form.examples.iter());
    let mut all: Vec<String> = examples.map(|pair| pair[side].to_owned()).collect();
    for (id, term) in STANDARD.terms() {
        let phrase = STANDARD.phrase(id, language);
        match (term.kind, language) {
            (TermKind::Body, Language::English) => {
                all.push(format!("the {phrase} meets at least 4 times a year"));
            }
            (TermKind::Body, Language::Arabic) => {
                all.push(format!("يجب على {phrase} أن يجتمع أربع مرات في السنة"));
            }
            (TermKind::Document(_), Language::English) => {
                all.push(format!("the {phrase} is published within 3 months of the end of the fiscal year"));
            }
            (TermKind::Document(_), Language::Arabic) => {
                all.push(format!("يجب نشر {phrase} خلال 3 أشهر من نهاية السنة المالية"));
            }
            _ => {}
        }
    }
    all.retain(|sentence| norm(sentence).is_some());
    all
}

/// One letter added, left out, changed, or swapped with the next, in a word of three or more.
pub(crate) fn slip(
    sentence: &str,
    seed: &mut Seed,
    language: Language,
) -> Option<(String, String)> {
    let words: Vec<&str> = sentence.split(' ').collect();
    let index = seed.below(words.len());
    let word = words[index].trim_end_matches(['.', ',', '،']);
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 || !letters.iter().all(|letter| letter.is_alphabetic()) {
        return None;
    }
    let alphabet: Vec<char> = match language {
        Language::English => ('a'..='z').collect(),
        Language::Arabic => "ابتثجحخدذرزسشصضطظعغفقكلمنهويةى".chars().collect(),
    };
    let letter = alphabet[seed.below(alphabet.len())];
    let at = seed.below(letters.len());
    match seed.below(4) {
        0 => letters.insert(at, letter),
        1 => drop(letters.remove(at)),
        2 => letters[at] = letter,
        _ if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => return None,
    }
    let wrong: String = letters.into_iter().collect();
    let mut changed: Vec<&str> = words.clone();
    let end = &words[index][word.len()..];
    let whole = format!("{wrong}{end}");
    changed[index] = &whole;
    Some((changed.join(" "), wrong))
}

/// Slips that leave a word of the language, or a sentence that is understood, are none.
fn is_a_slip(sentence: &str, wrong: &str) -> bool {
    let marked = form::mark(wrong, &STANDARD);
    !marked.unknown().is_empty() && norm(sentence).is_none()
}

fn slips(language: Language) -> Vec<(String, String)> {
    let sentences = sentences(language);
    let mut seed = Seed(0x9e37_79b9_7f4a_7c15);
    let mut made: Vec<(String, String)> = Vec::new();
    while made.len() < PER_LANGUAGE {
        let right = &sentences[seed.below(sentences.len())];
        let Some((wrong, word)) = slip(right, &mut seed, language) else { continue };
        if is_a_slip(&wrong, &word) {
            made.push((right.clone(), wrong));
        }
    }
    made
}

/// One mistake, one message, one to three sentences that are all understood; and the first
/// of them is the right one.
#[test]
fn the_right_phrase_is_the_first_suggestion() {
    for language in [Language::English, Language::Arabic] {
        let (mut same, mut means) = (0, 0);
        let mut misses = String::new();
        for (right, wrong) in slips(language) {
            let told = said(&format!("Rule X: {wrong}\n  Weight: 2\n"));
            assert_eq!(
                told.iter().filter(|told| told.is_error()).count(),
                1,
                "{wrong}: {told:?}"
            );
            let suggestions = &told[0].suggestions;
            assert!((1..=3).contains(&suggestions.len()), "{wrong}: {told:?}");
            for suggestion in suggestions {
                assert!(norm(suggestion).is_some(), "{wrong}\n  {suggestion}");
            }
            let first = &suggestions[0];
            let is_same = phrase_key(first) == phrase_key(right.trim_end_matches('.'));
            let is_meant = is_same || norm(first) == norm(&right);
            same += usize::from(is_same);
            means += usize::from(is_meant);
            if !is_same {
                let message = told[0].says(Language::English);
                misses.push_str(&format!("{wrong}\n  {first}\n  {message}\n"));
            }
        }
        println!(
            "did you mean, {}: the first suggestion is the very phrase {same} times, means the same {means} times, of {PER_LANGUAGE}",
            language.code()
        );
        if std::env::var_os("SHOW_MISSES").is_some() {
            println!("{misses}");
        }
        assert!(means * 100 >= PER_LANGUAGE * 95, "{means} of {PER_LANGUAGE}\n{misses}");
    }
}

fn first(sentence: &str) -> (String, String) {
    let told = said(&format!("Rule X: {sentence}"));
    let told = told.first().unwrap_or_else(|| panic!("{sentence} was understood"));
    (told.code.to_owned(), told.suggestions.first().cloned().unwrap_or_default())
}

#[test]
fn a_slip_is_offered_what_fits_in_its_place() {
    for (wrong, right) in [
        ("بحتمع مجلس الإدارة كل ربع سنة", "يجتمع مجلس الإدارة كل ربع سنة"),
        ("تجتمع اللجنه الماليه شهربا", "تجتمع اللجنه الماليه شهريًا"),
        (
            "يُنشر التقرير السنوي على الموفع الإلكتروني كل سنة",
            "يُنشر التقرير السنوي على الموقع الإلكتروني كل سنة",
        ),
        ("تُرسل الموازنة للجمغية العمومية", "تُرسل الموازنة للجمعية العمومية"),
        ("the board meats quarterly", "the board meets quarterly"),
        ("Baord meets quarterly", "Board meets quarterly"),
        ("the boardmeets quarterly", "the board meets quarterly"),
        ("the محظر is published every year", "the minutes is published every year"),
    ] {
        if norm(right).is_none() {
            panic!("{right} is not understood");
        }
        assert_eq!(first(wrong).1, right, "{wrong}");
    }
}

#[test]
fn two_slips_in_a_sentence_give_a_whole_sentence_too() {
    let (code, suggestion) = first("the baord meets quartrely");
    assert_eq!(
        (code.as_str(), key(&suggestion).as_str()),
        ("G-101", "the board meets quarterly")
    );
}

/// Suggestions are looked for only where something failed, and a file of failures is still
/// answered while its author waits.
#[test]
fn a_file_with_a_thousand_errors_is_answered_in_time() {
    let mut lines: Vec<String> = Vec::new();
    // Unoptimized code is twenty times slower and proves nothing of time.
    let count = if cfg!(debug_assertions) { 250 } else { 5_000 };
    for number in 0..count {
        lines.push(match number % 10 {
            0 => "baord meets monthly".to_owned(),
            5 => "يجتمع مجلس الإدراة سنويا".to_owned(),
            _ => "board meets monthly".to_owned(),
        });
    }
    let text = lines.join("\n");
    let began = Instant::now();
    let told = said(&text);
    let took = began.elapsed();
    println!("{count} lines, a slip in every fifth: {} ms", took.as_millis());
    assert_eq!(told.iter().filter(|told| told.code == "G-101").count(), count / 5);
    if !cfg!(debug_assertions) {
        assert!(took.as_millis() < 1_000, "{took:?}");
    }
}
