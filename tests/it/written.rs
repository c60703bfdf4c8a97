//! Rule files in canonical words: the same meaning, written the same once and for all, and
//! in the other language and back.

use std::path::Path;
use std::process::Command;

use mithaq::compile::written::{Manner, written};
use mithaq::compile::{Source, compile};
use mithaq::text::Language;
use mithaq::vocabulary;

const ENGLISH: &str = "\
# the board and its papers
Rulebook: Sample
language: english
In force: 2026-01-01
Evidence may arrive: up to 15 days late
A quarter is a quarter of the fiscal year

board meets   quarterly      # as the bylaws say
Rule AUD-1: within four months of the end of the fiscal year,
    the audited accounts must be published
    grace period: two weeks
  Applies to: associations
  Except when: yearly income is below 50,000 USD; then reviewed accounts are enough   [small]
  But not when: the number of staff is more than 20
  Severity: major
  Source: Law No. 1 of 2000
Rule POL-1: the board should review the procurement policy every 2 years
";

fn manner(vocabulary: &vocabulary::Vocabulary, to: Option<Language>) -> Manner<'_> {
    Manner { vocabulary, fiscal_quarters: true, to }
}

fn meanings(text: &str, vocabulary: &vocabulary::Vocabulary) -> Vec<(String, String)> {
    let (program, said) = compile(&[Source::new("rules/a.rules", text)], vocabulary);
    assert!(said.iter().all(|told| !told.is_error()), "{text}\n{said:#?}");
    let rules = program.rulebooks.into_iter().flat_map(|book| book.rules);
    rules.map(|rule| (rule.id, rule.meaning)).collect()
}

#[test]
fn a_file_in_canonical_words_means_the_same_and_stays_so() {
    let vocabulary = vocabulary::standard();
    let once = written(ENGLISH, &manner(&vocabulary, None));
    assert_eq!(meanings(&once, &vocabulary), meanings(ENGLISH, &vocabulary));
    assert_eq!(written(&once, &manner(&vocabulary, None)), once);
    for line in [
        "# the board and its papers",
        "The board meets at least once in each quarter of the fiscal year  # as the bylaws say",
        "Rule AUD-1: The audited accounts are published within 4 months of the end of the fiscal year",
        "  Grace: 2 weeks",
        "  Severity: high",
        "Rule POL-1: the board should review the procurement policy every 2 years",
    ] {
        assert!(once.lines().any(|found| found == line), "{line}\n{once}");
    }
}

#[test]
fn a_file_goes_into_the_other_language_and_back_with_its_meaning() {
    let vocabulary = vocabulary::standard();
    let there = written(ENGLISH, &manner(&vocabulary, Some(Language::Arabic)));
    assert_eq!(meanings(&there, &vocabulary), meanings(ENGLISH, &vocabulary), "{there}");
    for line in ["اللغة: العربية", "  تسري على: الجمعيات", "  درجة الخطورة: عالية"]
    {
        assert!(there.lines().any(|found| found == line), "{line}\n{there}");
    }
    let back = written(&there, &manner(&vocabulary, Some(Language::English)));
    assert_eq!(meanings(&back, &vocabulary), meanings(ENGLISH, &vocabulary), "{back}");
    let once = written(ENGLISH, &manner(&vocabulary, Some(Language::English)));
    assert_eq!(back, once);
}

#[test]
fn the_commands_write_check_and_print() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("board.rules");
    std::fs::write(&file, "board   meets quarterly\n").unwrap();
    let run = |arguments: &[&str]| {
        let program = Path::new(env!("CARGO_BIN_EXE_mithaq"));
        let done = Command::new(program).args(arguments).arg(&file).output().unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    assert_eq!(run(&["fmt", "--check"]).0, Some(2));
    assert_eq!(run(&["fmt"]).0, Some(0));
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, "The board meets at least once in each calendar quarter\n");
    assert_eq!(run(&["fmt", "--check"]), (Some(0), String::new()));
    let (code, arabic) = run(&["translate", "--to", "ar"]);
    assert_eq!(code, Some(0));
    let said = "يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع من أرباع السنة الميلادية\n";
    assert_eq!(arabic, said);
    // By its bare name, from the folder that it is in.
    std::fs::write(&file, "board   meets monthly\n").unwrap();
    let here = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(["fmt", "board.rules"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(here.status.code(), Some(0), "{here:?}");
    std::fs::write(&file, "board meets bi-monthly\n").unwrap();
    assert_eq!(run(&["fmt"]).0, Some(2));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "board meets bi-monthly\n");
}
