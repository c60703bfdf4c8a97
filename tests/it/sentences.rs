//! Sentences through the public edge: text in, norms and messages out.

use mithaq::compile::{Source, compile};
use mithaq::form;
use mithaq::form::{Context, Form};
use mithaq::limits;
use mithaq::norm::Norm;
use mithaq::text::Language;
use mithaq::vocabulary::{self, Vocabulary};

fn meaning(sentence: &str, vocabulary: &Vocabulary) -> Result<String, String> {
    let source = Source::new("rules/test.rules", &format!("Rule X: {sentence}"));
    let (program, diagnostics) = compile(&[source], vocabulary);
    match program.rulebooks[0].rules.first() {
        Some(rule) => Ok(rule.meaning.clone()),
        None => Err(diagnostics
            .iter()
            .map(|d| format!("{} {}", d.code, d.says(Language::English)))
            .collect::<Vec<_>>()
            .join(" / ")),
    }
}

#[test]
fn every_example_reads_and_means_the_same_in_both_languages() {
    let vocabulary = vocabulary::standard();
    let mut faults = Vec::new();
    for form in &form::FORMS {
        for [english, arabic] in form.examples {
            let pair = [meaning(english, &vocabulary), meaning(arabic, &vocabulary)];
            if pair[0].is_err() || pair[0] != pair[1] {
                faults.push(format!("{}: {english}\n  {arabic}\n  {pair:?}", form.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn whatever_mark_ends_a_sentence_it_means_the_same() {
    let vocabulary = vocabulary::standard();
    let ends = [".", " .", "!", ";", " ;", ",", "؛", "،", "۔", ";."];
    let mut faults = Vec::new();
    for form in &form::FORMS {
        for sentence in form.examples.iter().flatten() {
            let bare = sentence.trim_end_matches('.');
            let plain = meaning(bare, &vocabulary);
            for end in ends {
                let ended = format!("{bare}{end}");
                if meaning(&ended, &vocabulary) != plain {
                    faults.push(ended);
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn whatever_mark_ends_what_a_label_says_it_means_the_same() {
    let vocabulary = vocabulary::standard();
    let ruled = |line: String| {
        let text = format!("Rule X: board meets quarterly\n  {line}\n");
        let (program, said) =
            compile(&[Source::new("rules/x.rules", &text)], &vocabulary);
        let faults = said.iter().filter(|one| one.is_error()).count();
        (program.rulebooks[0].rules.first().cloned(), faults)
    };
    let mut faults = Vec::new();
    for line in [
        "Applies to: associations and federations",
        "تسري على: الجمعيات والاتحادات",
        "Applies to: yearly income is below 50,000 USD",
        "Except when: yearly income is below 50,000 USD",
        "Except when: yearly income is below 50,000 USD; then the board meets annually",
        "Except when: yearly income is below 50,000 USD [small ones]",
        "يُستثنى من ذلك: الدخل السنوي أقل من 50,000 دولار",
        "Counts only if: more than half of the members in office attended",
        "لا يُحتسب إلا إذا: حضر أكثر من نصف الأعضاء الحاليين",
        "If not met: the board meets within 30 days of the finding",
        "Grace: 30 days",
        "مهلة: 30 يوماً",
        "Weight: 2",
        "Severity: high",
        "Kind: practice",
        "Status: draft",
        "In force: 2025-01-01",
        "In force: from 1 January 2025 until 31 December 2026",
        "Suspended: from 1 March 2026 until 30 April 2026",
        "Review by: 2027-01-01",
        "Jurisdiction: PS",
        "Confidence: high",
    ] {
        let plain = ruled(line.to_owned());
        assert!(plain.0.is_some() && plain.1 == 0, "{line}");
        for end in [".", " .", ";", ",", "؛", "،", ";."] {
            let ended = format!("{line}{end}");
            if ruled(ended.clone()) != plain {
                faults.push(ended);
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_was_found_by_changing_examples_is_taken_by_one_form() {
    let vocabulary = vocabulary::standard();
    let context = Context { vocabulary: &vocabulary, fiscal_quarters: false };
    for (sentence, form) in [
        // So many of them, and nobody's age.
        ("the general assembly has at least 30", "size"),
        ("the board members are at least 30", "composition"),
        ("the board members have at least 30 years of age", "composition"),
        // What is said of a masculine word in Arabic is read again.
        ("The association holds a valid registration", "validity"),
        ("the registration certificate, the donor list must not expire", "list"),
    ] {
        let marked = form::mark(sentence, &vocabulary);
        let takers = form::takers(&marked, &context);
        let names: Vec<_> = takers.iter().map(|(form, _)| form.name).collect();
        assert_eq!(names, [form], "{sentence}");
        for said in form::say(&takers[0].1, &vocabulary) {
            let again = form::mark(said.trim_end_matches('.'), &vocabulary);
            let read = form::takers(&again, &context);
            assert!(read.iter().any(|(_, norm)| *norm == takers[0].1), "{said}");
        }
    }
}

#[test]
fn a_list_of_what_no_sentence_says_of_several_things_is_refused() {
    let vocabulary = vocabulary::standard();
    // One duty about each of two reports is said of both; what each contains is not.
    for sentence in [
        "the annual report contains: budget and the ) accounts , x",
        "يتضمن التقرير السنوي: budget and accounts x ; (",
    ] {
        let refused = meaning(sentence, &vocabulary).unwrap_err();
        assert!(refused.starts_with("G-"), "{sentence}: {refused}");
    }
}

#[test]
fn canonical_sentences_read_back_to_the_same_norm() {
    let vocabulary = vocabulary::standard();
    let context = Context { vocabulary: &vocabulary, fiscal_quarters: false };
    let mut faults = Vec::new();
    for form in &form::FORMS {
        for [english, _] in form.examples {
            let marked = form::mark(english.trim_end_matches('.'), &vocabulary);
            let Ok((_, norm)) = form::parse(&marked, &context) else { continue };
            for sentence in form::say(&norm, &vocabulary) {
                let marked = form::mark(sentence.trim_end_matches('.'), &vocabulary);
                match form::parse(&marked, &context) {
                    Ok((_, again)) if again == norm => {}
                    other => {
                        faults.push(format!("{sentence}\n  {}\n  {other:?}", marked.text))
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_example_is_taken_by_two_forms() {
    let vocabulary = vocabulary::standard();
    let context = Context { vocabulary: &vocabulary, fiscal_quarters: false };
    for form in &form::FORMS {
        for sentence in form.examples.iter().flatten() {
            let marked = form::mark(sentence.trim_end_matches('.'), &vocabulary);
            assert_eq!(
                names(&form::takers(&marked, &context)),
                [form.name],
                "{sentence}\n{}",
                marked.text
            );
        }
    }
}

/// A word that folding would change can never match.
#[test]
fn grammars_are_written_folded() {
    let mut faults = Vec::new();
    for folder in ["grammar", "grammar/forms"] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for words in line.split('"').skip(1).step_by(2) {
                    if mithaq::text::key(words) != words {
                        faults.push(format!("{}: {words}", path.display()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn names(takers: &[(&Form, Norm)]) -> Vec<&'static str> {
    takers.iter().map(|(form, _)| form.name).collect()
}

/// A sentence is read by the grammars laid out for it and by the forms that its words allow;
/// pest, which tries everything in the order of the grammars, reads the same.
#[test]
fn what_is_read_quickly_is_what_pest_reads() {
    let vocabulary = vocabulary::standard();
    let context = Context { vocabulary: &vocabulary, fiscal_quarters: false };
    let table = include_str!("../../fixtures/language/obligations.tsv");
    let rows = table.lines().skip(1).filter_map(|row| row.split('\t').nth(2));
    let refused = include_str!("../../fixtures/refused.tsv");
    let refused = refused.lines().skip(1).flat_map(|row| row.split('\t'));
    let examples = form::FORMS.iter().flat_map(|form| form.examples).flatten().copied();
    let mut cut = 0;
    for sentence in rows.chain(refused).chain(examples) {
        let sentence = sentence.trim_end_matches('.');
        let words: Vec<&str> = sentence.split(' ').collect();
        cut += 1;
        // The whole sentence, and the same without one of its words.
        let without = cut % words.len();
        let less = [&words[..without], &words[without + 1..]].concat().join(" ");
        for sentence in [sentence, &less] {
            let marked = form::mark(sentence, &vocabulary);
            let taken = form::taken(&marked, &context);
            let taken = taken.map(|(form, norm)| (form.name, norm));
            let takers = form::takers(&marked, &context);
            let first = takers.into_iter().next().map(|(form, norm)| (form.name, norm));
            assert_eq!(taken, first, "{sentence}\n{}", marked.text);
        }
    }
}

/// A sentence may be long and say nothing: what it costs grows with its length and no faster.
#[test]
fn reading_grows_no_faster_than_the_sentence() {
    let vocabulary = vocabulary::standard();
    let table = include_str!("../../fixtures/language/obligations.tsv");
    let rows = table.lines().skip(1).filter_map(|row| row.split('\t').nth(2));
    let joints = [" ", ", ", "; ", ": ", " and ", " و", " or ", " أو ", " if ", " إذا "];
    // Steps a byte, of as many copies of a sentence as there is room for.
    let each = |sentence: &str, joint: &str, room: usize| {
        let one = sentence.chars().count() + joint.chars().count();
        let copies = vec![sentence; (room / one).max(1)].join(joint);
        let marked = form::mark(&copies, &vocabulary);
        form::effort(&marked) / marked.text.len()
    };
    for (number, sentence) in rows.enumerate().step_by(7) {
        let sentence = sentence.trim_end_matches('.');
        let joint = joints[number % joints.len()];
        let quarter = each(sentence, joint, limits::SENTENCE_CHARS_MAX / 4);
        let whole = each(sentence, joint, limits::SENTENCE_CHARS_MAX);
        assert!(whole <= quarter + 3, "{quarter}, then {whole}: {sentence}{joint}…");
    }
}
