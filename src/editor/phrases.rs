//! The phrases with which a sentence that was begun can go on, in the language of the file.
//!
//! The grammar says what sorts of words may follow, the vocabulary which phrases are of that
//! sort. Knows no lines and labels.

use std::collections::{BTreeMap, BTreeSet};

use crate::form;
use crate::form::next::{Next, next, takes};
use crate::form::{Rule, spelling};
use crate::text::{Language, is_arabic_letter, key, language_of};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::phrases::{is_noise, phrase_key};

/// A phrase that may stand next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    /// The same in the other language; empty where nothing is said of it.
    pub(crate) other: String,
    /// How many bytes at the end of what was typed it stands in place of.
    pub(crate) instead: usize,
}

/// Words at the end of what was typed that may be the beginning of a phrase.
const BEGUN_WORDS_MAX: usize = 4;

/// The phrases that go on with the beginning of a duty.
pub(crate) fn duties(
    typed: &str,
    language: Language,
    vocabulary: &Vocabulary,
) -> Vec<Phrase> {
    let [closed, open] = form::entries(language);
    let mut all = phrases(typed, language, &closed, vocabulary);
    // "Must not" and "may" follow who is spoken of, and a form takes anything for that.
    if form::mark(typed, vocabulary).marks().count() <= 2 {
        let more = phrases(typed, language, &open, vocabulary).into_iter();
        let more: Vec<Phrase> = more.filter(|it| !all.contains(it)).collect();
        all.extend(more);
    }
    all
}

/// The phrases that go on with what was typed, by the entry rules; the likeliest first.
/// What is half typed counts as the beginning of a phrase.
pub(crate) fn phrases(
    typed: &str,
    language: Language,
    entries: &[Rule],
    vocabulary: &Vocabulary,
) -> Vec<Phrase> {
    let mut search =
        Search { language, vocabulary, taken: BTreeMap::new(), whole: false };
    let mut all: Vec<Phrase> = Vec::new();
    for (before, begun) in cuts(typed) {
        search.whole = begun.is_empty();
        for (text, other) in search.after(before, entries) {
            let new = goes_on(&text, begun) && all.iter().all(|it| it.text != text);
            if new {
                all.push(Phrase { text, other, instead: begun.len() });
            }
        }
    }
    all
}

/// Where what was typed can be cut into what is said and what is begun, the longest
/// beginning first.
fn cuts(typed: &str) -> Vec<(&str, &str)> {
    let starts = typed.char_indices().filter(|(at, character)| {
        let before = typed.get(..*at).and_then(|before| before.chars().next_back());
        let word = typed.get(*at..).unwrap_or_default().split_whitespace().next();
        let article = word.is_some_and(|word| is_noise(&key(word)));
        !character.is_whitespace() && before.is_none_or(char::is_whitespace) && !article
    });
    let mut starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let from = starts.len().saturating_sub(BEGUN_WORDS_MAX);
    let mut cuts = starts.split_off(from);
    if typed.is_empty() || typed.ends_with(char::is_whitespace) {
        cuts.push(typed.len());
    }
    cuts.into_iter().map(|at| typed.split_at_checked(at).unwrap_or((typed, ""))).collect()
}

/// Whether a phrase begins with what was begun, however it was spelled.
fn goes_on(phrase: &str, begun: &str) -> bool {
    let spaced = begun.ends_with(char::is_whitespace);
    let begins = |phrase: &str, begun: &str| {
        let begun = begun.trim();
        match phrase.strip_prefix(begun) {
            Some(rest) => !rest.is_empty() && (!spaced || rest.starts_with(' ')),
            None => false,
        }
    };
    begun.is_empty()
        || begins(&key(phrase), &key(begun))
        || begins(&phrase_key(phrase), &phrase_key(begun))
}

struct Search<'a> {
    language: Language,
    vocabulary: &'a Vocabulary,
    /// Whether a rule takes marks of a shape.
    taken: BTreeMap<(&'static str, String), bool>,
    /// Nothing is begun: of a thing's phrases the canonical one is enough.
    whole: bool,
}

impl Search<'_> {
    /// Phrases that may follow what is said, each with the other language's.
    fn after(&mut self, said: &str, entries: &[Rule]) -> Vec<(String, String)> {
        let marked = form::mark(said, self.vocabulary);
        if !marked.unknown().is_empty() {
            return Vec::new();
        }
        let mut text = marked.text;
        if !text.is_empty() {
            text.push(' ');
        }
        self.of_text(&text, entries, 0)
    }

    fn of_text(
        &mut self,
        text: &str,
        entries: &[Rule],
        depth: usize,
    ) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for next in next(text, entries) {
            match next {
                Next::Words(words) if is_written_onto(words) && depth == 0 => {
                    let onto = format!("{text}{words} ");
                    let inner = self.of_text(&onto, entries, depth + 1);
                    all.extend(
                        inner
                            .into_iter()
                            .map(|(it, other)| (onto_word(words, &it), other)),
                    );
                }
                Next::Words(words) => {
                    all.extend(self.spelled(words).map(|it| (it, String::new())));
                }
                Next::Mark(mark) => all.extend(self.of_mark(&|it| it == mark)),
                Next::MarkOf("number") => {
                    all.extend(["2", "3", "4"].map(|it| (it.to_owned(), String::new())));
                }
                Next::MarkOf(rule) => all.extend(self.of_rule(rule)),
                Next::Part { from, tag } if from > 0 && depth < 2 => {
                    let part = text.get(from..).unwrap_or_default().to_owned();
                    let entries = entries_of(tag, self.language);
                    all.extend(self.of_text(&part, &entries, depth + 1));
                }
                Next::Part { .. } => {}
            }
        }
        all
    }

    /// Words of a grammar as people write them; `None` where that is not known, or they
    /// are of the other language.
    fn spelled(&self, folded: &str) -> Option<String> {
        let words = folded.split(' ').map(|word| {
            let plain = !word.starts_with(is_arabic_letter)
                || !word.contains(['ا', 'ه', 'ي', 'و']);
            spelling::written(word).or(plain.then_some(word))
        });
        let words: Option<Vec<&str>> = words.collect();
        let words = words?.join(" ");
        let long = words.chars().nth(1).is_some();
        (long && language_of(&words) == self.language).then(|| words.to_lowercase())
    }

    fn of_rule(&mut self, rule: &'static str) -> Vec<(String, String)> {
        let taken = &mut self.taken;
        let mut fits = |mark: &str| {
            let digit = |it: char| if it.is_ascii_digit() { '0' } else { it };
            let shape: String = mark.chars().map(digit).collect();
            *taken
                .entry((rule, shape))
                .or_insert_with_key(|(rule, shape)| takes(rule, shape))
        };
        let finder = self.vocabulary.finder();
        let marks =
            finder.written().filter(|(_, language, _)| *language == self.language);
        let fitting: BTreeSet<&str> =
            marks.map(|(.., mark)| mark).filter(|mark| fits(mark)).collect();
        self.of_mark(&|mark| fitting.contains(mark))
    }

    /// Every phrase of the marks asked for, with the first phrase of the other language.
    fn of_mark(&self, asked: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
        let finder = self.vocabulary.finder();
        let mut others: BTreeMap<&str, &str> = BTreeMap::new();
        for (phrase, language, mark) in finder.written() {
            if language != self.language {
                others.entry(mark).or_insert(phrase);
            }
        }
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut all = Vec::new();
        for (phrase, language, mark) in finder.written() {
            let mine = language == self.language && asked(mark);
            let first = mine && seen.insert(mark);
            if mine && (first || !self.whole || !is_thing(mark)) {
                let other = others.get(mark).copied().unwrap_or_default();
                all.push((phrase.to_owned(), other.to_owned()));
            }
        }
        all
    }
}

/// A mark of a thing; the phrases of a deed differ in their forms and are all needed.
fn is_thing(mark: &str) -> bool {
    mark.trim_end_matches('›').ends_with(|c: char| c.is_ascii_digit())
}

/// What a part of a sentence is read as.
fn entries_of(tag: &str, language: Language) -> Vec<Rule> {
    match tag {
        "when" | "unless" => vec![match language {
            Language::English => Rule::condition_en,
            Language::Arabic => Rule::condition_ar,
        }],
        _ => form::entries(language).concat(),
    }
}

/// A letter that Arabic writes onto the next word.
fn is_written_onto(words: &str) -> bool {
    matches!(words, "و" | "ف" | "ب" | "ل" | "ك")
}

/// «ل» and «المجلس» are «للمجلس».
fn onto_word(letter: &str, phrase: &str) -> String {
    match (letter, phrase.strip_prefix("ال")) {
        ("ل", Some(rest)) => format!("لل{rest}"),
        _ => format!("{letter}{phrase}"),
    }
}
