//! Wordings whose meaning cannot be known: a table of sentences, the code that refuses each,
//! and its choices. `BLESS=1` writes the last two columns; `git diff` is the review.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Diagnostic;
use mithaq::text::{Language, language_of};
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

/// The rule's meaning where it is understood, and what is said of it.
fn check(sentence: &str) -> (Option<String>, Vec<Diagnostic>) {
    let text = format!("Rule X: {sentence}");
    let (program, told) = compile(&[Source::new("rules/test.rules", &text)], &STANDARD);
    (program.rulebooks[0].rules.first().map(|rule| rule.meaning.clone()), told)
}

#[test]
fn what_cannot_be_known_is_refused_with_its_choices() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/refused.tsv");
    let written = std::fs::read_to_string(&path).unwrap();
    let mut table = String::new();
    let mut of = [0, 0];
    for row in written.lines() {
        let sentence = row.split('\t').next().unwrap();
        let (meaning, told) = check(sentence);
        assert_eq!(meaning, None, "{sentence} is understood");
        assert_eq!(told.len(), 1, "{sentence}: {told:?}");
        let told = &told[0];
        let choices = told.suggestions.join(" | ");
        table.push_str(&format!("{sentence}\t{}\t{choices}\n", told.code));
        of[usize::from(language_of(sentence) == Language::Arabic)] += 1;
        each_choice_is_understood(sentence, told);
    }
    assert!(of[0] >= 20 && of[1] >= 20, "{of:?}");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, table).unwrap();
    } else {
        assert_eq!(written, table, "fixtures/refused.tsv is stale (BLESS=1 writes it)");
    }
}

/// Each choice is a rule, no two mean the same, and the message says what each would ask.
fn each_choice_is_understood(sentence: &str, told: &Diagnostic) {
    let mut meanings = BTreeSet::new();
    assert!((1..=3).contains(&told.suggestions.len()), "{sentence}: {told:?}");
    for choice in &told.suggestions {
        let (meaning, said) = check(choice);
        assert!(meaning.is_some(), "{sentence}\n  {choice}\n  {said:?}");
        assert!(meanings.insert(meaning), "{sentence}: {choice} is no new meaning");
    }
    assert_eq!(told.gives.len(), told.suggestions.len(), "{sentence}: {told:?}");
}

/// Wordings beside those, whose meaning is known.
#[test]
fn what_can_be_known_is_not_refused() {
    for (sentence, same) in [
        ("the board meets semi-annually", "the board meets twice a year"),
        ("the board meets quarterly", "the board meets once in each calendar quarter"),
        ("يجتمع مجلس الإدارة كل شهرين", "the board meets every 2 months"),
        ("يجتمع مجلس الإدارة كل ربع سنة", "the board meets quarterly"),
        ("the board meets fortnightly", "the board meets every 2 weeks"),
    ] {
        let (meaning, told) = check(sentence);
        assert!(meaning.is_some(), "{sentence}: {told:?}");
        if sentence.contains("semi") {
            continue; // Half a year each, not any two of a year.
        }
        assert_eq!(meaning, check(same).0, "{sentence}");
    }
}

/// What a choice would ask stands under it, in both languages.
#[test]
fn a_choice_says_what_it_would_ask() {
    let (_, told) = check("the board meets bi-monthly");
    let [english, arabic] = &told[0].gives[1];
    assert_eq!(english, "That is at least 24 times in a year.");
    assert_eq!(arabic, "أي 24 مرة على الأقل في السنة.");
    let (_, told) = check("the annual report is published by the end of the year");
    assert!(!told[0].suggestions.is_empty(), "{told:?}");
}
