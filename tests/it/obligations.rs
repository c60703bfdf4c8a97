//! The obligations of laws, charters and good practice, in the words of people: every
//! phrasing of one obligation, in both languages, has one meaning.

use std::collections::BTreeMap;

use mithaq::compile::{Source, compile};
use mithaq::text::Language;
use mithaq::vocabulary;

const TABLE: &str = include_str!("../../fixtures/language/obligations.tsv");

/// What officers might write, put down before it was tried on the grammars.
const HELD_OUT: &str = include_str!("../../fixtures/language/held_out.tsv");

/// Id, language, sentence.
fn rows() -> Vec<[&'static str; 3]> {
    rows_of(TABLE)
}

fn rows_of(table: &'static str) -> Vec<[&'static str; 3]> {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().expect("three cells a row");
        [cell(), cell(), cell()]
    };
    table.lines().skip(1).map(row).collect()
}

#[test]
fn every_phrasing_of_an_obligation_has_one_meaning() {
    let vocabulary = vocabulary::standard();
    let mut meanings: BTreeMap<&str, (String, String)> = BTreeMap::new();
    let mut faults = Vec::new();
    for [id, _, sentence] in rows() {
        let source = Source::new("rules/test.rules", &format!("Rule X: {sentence}"));
        let (program, diagnostics) = compile(&[source], &vocabulary);
        let Some(rule) = program.rulebooks[0].rules.first() else {
            let says = diagnostics.iter().map(|d| d.says(Language::English));
            let says = says.collect::<Vec<_>>().join(" / ");
            faults.push(format!("{id}: {sentence}\n  {says}"));
            continue;
        };
        let read = (rule.meaning.clone(), rule.english.clone());
        match meanings.get(id) {
            Some((meaning, first)) if *meaning != read.0 => {
                faults.push(format!("{id}: {sentence}\n  {}\n  {first}", read.1));
            }
            Some(_) => {}
            None => {
                meanings.insert(id, read);
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_obligation_has_three_phrasings_in_each_language() {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for [id, language, sentence] in rows() {
        assert!(["en", "ar"].contains(&language), "{id}: {language}: {sentence}");
        *counts.entry((id, language)).or_default() += 1;
    }
    let ids: std::collections::BTreeSet<&str> =
        rows().iter().map(|[id, ..]| *id).collect();
    for id in ids {
        for language in ["en", "ar"] {
            let count = counts.get(&(id, language)).copied().unwrap_or_default();
            assert!(count >= 3, "{id} has {count} sentences in {language}");
        }
    }
}

/// How many of a hundred paraphrases in each language are read, and as what they say. The
/// numbers may only rise.
#[test]
fn paraphrases_that_nobody_tried_before_are_read() {
    let vocabulary = vocabulary::standard();
    let meaning = |sentence: &str| {
        let source = Source::new("rules/test.rules", &format!("Rule X: {sentence}"));
        let (program, _) = compile(&[source], &vocabulary);
        program.rulebooks[0].rules.first().map(|rule| rule.meaning.clone())
    };
    let known: BTreeMap<&str, Option<String>> =
        rows().iter().map(|[id, _, sentence]| (*id, meaning(sentence))).collect();
    let (mut read, mut missed) = ([0, 0], Vec::new());
    for [id, language, sentence] in rows_of(HELD_OUT) {
        let said = meaning(sentence);
        if said.is_some() && known.get(id) == Some(&said) {
            read[usize::from(language == "ar")] += 1;
        } else {
            missed.push(format!("{id}: {sentence}"));
        }
    }
    let [english, arabic] = read;
    let missed = missed.join("\n");
    assert!(english >= 80 && arabic >= 88, "{english} and {arabic}\n{missed}");
}
