//! Messages whatever is written: no rule of a grammar is named, every page is in both
//! languages, and what is offered instead is understood.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use mithaq::compile::{Source, compile};
use mithaq::diagnostics::{Diagnostic, catalogue};
use mithaq::text::{Language, language_of};
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

/// Lines tried in a short run and in a full one.
const LINES: [u64; 2] = [400, 10_000];

fn grammars() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["grammar", "grammar/forms"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                text.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    text
}

/// The rules of the grammars whose names are no words of a language.
fn grammar_names(grammars: &str) -> BTreeSet<String> {
    let rules = grammars.lines().filter_map(|line| line.split_once('='));
    let names = rules.map(|(name, _)| name.trim().to_owned());
    names.filter(|name| name.contains('_') && !name.contains(' ')).collect()
}

/// Everything that rules are made of: the grammars' words, every phrase of the vocabulary,
/// numbers, signs, and words that nobody knows.
fn tokens(grammars: &str) -> Vec<String> {
    let quoted = grammars.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
    let mut tokens: Vec<String> = quoted.map(str::to_owned).collect();
    for (_, term) in STANDARD.terms() {
        tokens.extend(term.english.iter().chain(&term.arabic).cloned());
        let forms = term.forms.present.iter().chain(&term.forms.done);
        tokens.extend(forms.flatten().cloned());
    }
    let others = [
        "3",
        "٤",
        "1٢",
        "0",
        "99999",
        "50,000",
        "25%",
        ";",
        "؛",
        ":",
        ".",
        "،",
        "—",
        "[a]",
        "#",
        "baord",
        "الإدراة",
        "blorp",
        "زقزق",
        "\u{202e}",
        "‹",
        "›",
        "USD",
        "يجب",
        "ألّا",
        "must",
        "not",
        "Applies to:",
        "تسري على:",
        "Except when:",
        "Weight:",
        "_",
    ];
    tokens.extend(others.map(str::to_owned));
    tokens.retain(|token| !token.trim().is_empty());
    tokens
}

/// The next of a fixed row of numbers (an LCG of Knuth's), below a bound.
fn below(state: &mut u64, bound: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % bound
}

fn line(tokens: &[String], seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(7);
    let length = 1 + below(&mut state, 9);
    let picked = (0..length).map(|_| tokens[below(&mut state, tokens.len())].as_str());
    let words = picked.collect::<Vec<_>>().join(" ");
    match seed % 4 {
        0 => format!("Rule X: board meets quarterly\n  {words}"),
        1 => words,
        2 => format!("القاعدة س: {words}"),
        _ => format!("Rule X: {words}"),
    }
}

fn said(text: &str) -> (usize, Vec<Diagnostic>) {
    let (program, said) = compile(&[Source::new("rules/test.rules", text)], &STANDARD);
    (program.rulebooks[0].rules.len(), said)
}

/// Everything that a person can see of a message but the author's own words.
fn texts(told: &Diagnostic) -> Vec<&str> {
    let pairs = [&told.message, &told.help].into_iter().chain(&told.gives);
    let both = pairs.flat_map(|pair| pair.iter().map(String::as_str));
    both.chain(told.suggestions.iter().map(String::as_str)).collect()
}

#[test]
fn no_line_of_random_words_is_answered_with_the_name_of_a_grammar_rule() {
    let grammars = grammars();
    let names = grammar_names(&grammars);
    assert!(names.len() > 60, "{}", names.len());
    let tokens = tokens(&grammars);
    let full = std::env::var_os("MITHAQ_TEST_FULL").is_some();
    let lines = LINES[usize::from(full)];
    let (mut told, mut offered) = (0, 0);
    for seed in 0..lines {
        let text = line(&tokens, seed);
        for diagnostic in said(&text).1 {
            told += 1;
            assert!(catalogue::page(diagnostic.code).is_some(), "{}", diagnostic.code);
            for shown in texts(&diagnostic) {
                let words = shown.split(|c: char| !c.is_alphanumeric() && c != '_');
                for word in words.filter(|word| names.contains(*word)) {
                    assert!(text.contains(word), "{word}: {shown}");
                }
            }
            // A line may hold a second fault; what is offered for a sentence is a sentence.
            if diagnostic.is_error() && diagnostic.code < "G-400" && seed % 8 == 1 {
                for suggestion in &diagnostic.suggestions {
                    offered += 1;
                    assert_eq!(said(suggestion).0, 1, "{text}\n{suggestion}");
                }
            }
        }
    }
    println!("{lines} lines, {told} messages, {offered} sentences offered");
    assert!(told > lines / 2 && offered > 0, "{told} {offered}");
}

#[test]
fn every_page_is_in_both_languages() {
    for page in catalogue::pages() {
        let [english, arabic] = page.text;
        assert_eq!(language_of(english), Language::English, "{}", page.code);
        assert_eq!(language_of(arabic), Language::Arabic, "{}", page.code);
        for text in page.text {
            assert!(
                text.ends_with(['.', '»', '`', '…']) && text.len() > 30,
                "{}",
                page.code
            );
        }
    }
}
