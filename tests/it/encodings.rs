//! Rule files as editors save them: handled with one meaning, or refused with the right
//! words. `BLESS=1` writes the expected texts again.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mithaq::cli::init::shelf;
use mithaq::compile::{self, Source};
use mithaq::diagnostics::raise::lines;
use mithaq::diagnostics::{Diagnostic, Place, render};
use mithaq::program::{Program, Rule};
use mithaq::text::Language;
use mithaq::vocabulary::{self, Vocabulary};
use unicode_normalization::UnicodeNormalization;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixtures() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("fixtures/encodings")).unwrap();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rules"));
    files.sort();
    files
}

fn compiled(bytes: &[u8]) -> (Program, Vec<Diagnostic>) {
    match compile::decoded(bytes) {
        Ok(text) => {
            let sources = [Source::new("rules/test.rules", &text)];
            compile::compile(&sources, &STANDARD)
        }
        Err(encoding) => {
            let place = Place { file: "rules/test.rules".to_owned(), ..Place::default() };
            (Program::default(), vec![lines::wrong_encoding(&place, encoding)])
        }
    }
}

fn rules(program: &Program) -> impl Iterator<Item = &Rule> {
    program.rulebooks.iter().flat_map(|book| &book.rules)
}

fn meanings(bytes: &[u8]) -> Vec<(String, u16)> {
    let (program, said) = compiled(bytes);
    assert!(said.iter().all(|told| !told.is_error()), "{said:#?}");
    rules(&program).map(|rule| (rule.meaning.clone(), rule.weight)).collect()
}

#[test]
fn every_file_is_handled_or_refused_in_the_words_beside_it() {
    for path in fixtures() {
        let (program, said) = compiled(&std::fs::read(&path).unwrap());
        let mut text = String::new();
        for rule in rules(&program) {
            let (weight, meaning) = (rule.weight, &rule.meaning);
            writeln!(text, "{} · {meaning} · weight {weight}", rule.id).unwrap();
            writeln!(text, "  {}\n  {}\n", rule.english, rule.arabic).unwrap();
        }
        for broken in program.rulebooks.iter().flat_map(|book| &book.broken) {
            writeln!(text, "{} · not judged\n", broken.id).unwrap();
        }
        for told in &said {
            for language in [Language::English, Language::Arabic] {
                writeln!(text, "{}\n", render::text(told, language)).unwrap();
            }
        }
        let expected = path.with_extension("expected");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &text).unwrap();
        } else {
            let written = std::fs::read_to_string(&expected).unwrap_or_default();
            assert_eq!(
                written,
                text,
                "{} is stale (BLESS=1 writes it)",
                expected.display()
            );
        }
    }
}

#[test]
fn what_is_handled_means_the_same_in_every_file() {
    let read = |name: &str| {
        std::fs::read(root().join(format!("fixtures/encodings/{name}.rules"))).unwrap()
    };
    let plain = meanings(&read("plain"));
    assert_eq!(plain.len(), 3);
    for name in [
        "crlf",
        "carriage-returns",
        "byte-order-mark",
        "decomposed",
        "spaces",
        "persian-letters",
        "joiners",
    ] {
        assert_eq!(meanings(&read(name)), plain, "{name}");
    }
}

#[test]
fn what_is_refused_is_called_by_its_name() {
    for (name, encoding) in [
        ("windows-1256", "Windows-1256"),
        ("windows-1252", "Windows-1252"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-16-no-mark", "UTF-16"),
        ("utf-16-arabic-no-mark", "UTF-16"),
    ] {
        let path = root().join(format!("fixtures/encodings/{name}.rules"));
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(compile::decoded(&bytes), Err(encoding), "{name}");
    }
    assert_eq!(compile::decoded(b"").as_deref(), Ok(""));
    assert_eq!(compile::decoded("  ".as_bytes()).as_deref(), Ok("  "));
    assert_eq!(compile::decoded("مجلس".as_bytes()).as_deref(), Ok("مجلس"));
}

/// A refused line takes its rule with it, and neither its labels nor its neighbours.
#[test]
fn a_refused_line_refuses_its_own_rule_and_no_other() {
    let path = root().join("fixtures/encodings/direction-marks.rules");
    let (program, said) = compiled(&std::fs::read(path).unwrap());
    let codes: Vec<(&str, u32)> =
        said.iter().map(|told| (told.code, told.place.line)).collect();
    assert_eq!(codes, [("G-504", 3), ("G-504", 6), ("G-504", 8), ("G-504", 9)]);
    let kept: Vec<(&str, u16)> =
        rules(&program).map(|rule| (rule.id.as_str(), rule.weight)).collect();
    assert_eq!(kept, [("A", 2), ("D", 1)]);
    let broken: Vec<&str> =
        program.rulebooks[0].broken.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(broken, ["ب", "C"]);
    for told in &said {
        let shown: String = told.message.concat();
        assert!(!shown.contains(mithaq::text::is_direction_mark), "{shown}");
    }
}

#[test]
fn the_rulebooks_that_ship_mean_the_same_however_they_are_saved() {
    for name in shelf::NAMES {
        let path = root().join(format!("rules/{name}/{name}.rules"));
        let text = std::fs::read_to_string(path).unwrap();
        let plain = meanings(text.as_bytes());
        assert!(plain.len() >= 10, "{name}");
        let decomposed: String = text.nfd().collect();
        assert_ne!(decomposed, text);
        for saved in [
            decomposed,
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            format!("\u{feff}{text}"),
        ] {
            assert_eq!(meanings(saved.as_bytes()), plain, "{name}");
        }
    }
}
