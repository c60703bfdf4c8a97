//! The rulebooks that ship: every obligation they hold is one of the list, in both languages
//! with one meaning, and each can be the start of a network.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use mithaq::cli::init::shelf;
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Severity;
use mithaq::program::{Confidence, Force, Program, Status};
use mithaq::text::Language;
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

const TABLE: &str = include_str!("../../fixtures/language/obligations.tsv");

/// The rulebooks of the list of obligations: folder, the letters of its ids, its force.
const PACKS: [(&str, &str, Force); 5] = [
    ("palestine-ngo-law", "PS", Force::Law),
    ("lebanon-associations", "LB", Force::Law),
    ("code-of-conduct", "CC", Force::Charter),
    ("alliance", "NW", Force::Charter),
    ("good-practice", "GP", Force::GoodPractice),
];

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}", path.display()))
}

fn source(name: &str) -> Source {
    let path = format!("rules/{name}/{name}.rules");
    Source::new(&path, &text(&path))
}

/// Compiled without a word above a note.
fn compiled(names: &[&str]) -> Program {
    let sources: Vec<Source> = names.iter().map(|name| source(name)).collect();
    let (program, mut diagnostics) = compile(&sources, &STANDARD);
    diagnostics.retain(|told| told.severity != Severity::Note);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let broken: usize = program.rulebooks.iter().map(|book| book.broken.len()).sum();
    assert_eq!(broken, 0);
    program
}

#[test]
fn every_rulebook_compiles_alone_and_beside_all_others() {
    for name in shelf::NAMES {
        let program = compiled(&[name]);
        assert_eq!(program.rulebooks.first().map(|book| book.id.as_str()), Some(name));
        assert!(program.rulebooks.iter().all(|book| book.rules.len() >= 10));
    }
    let all = compiled(&shelf::NAMES);
    let ids: Vec<&str> = all.rulebooks.iter().map(|book| book.id.as_str()).collect();
    assert_eq!(ids, shelf::NAMES);
}

#[test]
fn every_folder_of_rules_but_the_vocabulary_ships() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let folders: BTreeSet<String> = std::fs::read_dir(rules)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "vocabulary")
        .collect();
    assert_eq!(folders, shelf::NAMES.map(str::to_owned).into());
}

#[test]
fn every_sentence_of_the_list_is_a_rule_of_its_rulebook() {
    let listed: BTreeSet<&str> =
        TABLE.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    for (name, letters, force) in PACKS {
        let program = compiled(&[name]);
        let book = program.rulebooks.first().unwrap();
        assert_eq!(book.force, force, "{name}");
        let ids: BTreeSet<&str> =
            book.rules.iter().map(|rule| rule.id.as_str()).collect();
        let mut wanted = listed.clone();
        wanted.retain(|id| id.starts_with(letters));
        assert_eq!(ids, wanted, "{name}");
    }
}

/// The meaning of one sentence alone in a file; what was said of it where it has none.
fn meaning(sentence: &str) -> Result<String, String> {
    let source = Source::new("rules/test.rules", &format!("Rule X: {sentence}\n"));
    let (program, diagnostics) = compile(&[source], &STANDARD);
    let rule = program.rulebooks.into_iter().flat_map(|book| book.rules).next();
    rule.map(|rule| rule.meaning).ok_or_else(|| {
        diagnostics.iter().map(|told| told.says(Language::English)).collect()
    })
}

#[test]
fn both_languages_of_a_rule_and_both_readings_of_it_mean_the_same() {
    let phrasings: BTreeMap<&str, &str> = TABLE
        .lines()
        .skip(1)
        .filter_map(|line| Some((line.split('\t').next()?, line.rsplit('\t').next()?)))
        .collect();
    let mut faults = Vec::new();
    for rule in compiled(&shelf::NAMES).rulebooks.iter().flat_map(|book| &book.rules) {
        let wanted = meaning(&rule.text);
        let also = rule.also.as_deref().unwrap_or_default();
        let listed = phrasings.get(rule.id.as_str()).copied().unwrap_or(also);
        for sentence in [also, listed, rule.english.as_str(), rule.arabic.as_str()] {
            let read = meaning(sentence);
            if read.is_err() || read != wanted {
                faults.push(format!("{}: {sentence}: {read:?}", rule.id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_rule_says_where_it_comes_from_what_to_do_and_how_much_it_counts() {
    let program = compiled(&shelf::NAMES);
    for (book, rule) in program
        .rulebooks
        .iter()
        .flat_map(|book| book.rules.iter().map(move |it| (book, it)))
    {
        let id = &rule.id;
        assert!(rule.source.as_ref().is_some_and(|source| source.len() > 10), "{id}");
        let remedy = rule.remedy.as_deref().unwrap_or_default();
        let request = match book.language {
            Language::English => "Please ",
            Language::Arabic => "يُرجى ",
        };
        assert!(remedy.starts_with(request), "{id}: {remedy}");
        assert!((1..=3).contains(&rule.weight), "{id}");
        assert!(book.dimensions.contains(&rule.dimension), "{id}");
        let arabic = book.language == Language::Arabic;
        assert_eq!(rule.written_in == Language::Arabic, arabic, "{id}");
    }
}

#[test]
fn what_is_not_in_force_is_marked_so() {
    let program = compiled(&shelf::NAMES);
    let rules = || program.rulebooks.iter().flat_map(|book| &book.rules);
    let of = |status| {
        let rules = rules().filter(move |rule| rule.status == status);
        rules.map(|rule| rule.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(Status::Suspended), ["PS23", "PS23b"]);
    assert_eq!(of(Status::Draft), ["LB10", "LB11", "LB12", "PS27"]);
}

/// Each rule's status, confidence and source beside the table of obligations.
#[test]
fn what_the_table_of_obligations_marks_is_marked_in_the_rules() {
    let (program, table) = (compiled(&shelf::NAMES), text("fixtures/obligations.tsv"));
    let mut rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    for book in program.rulebooks.iter().filter(|book| book.id != "starter") {
        for rule in &book.rules {
            let of_rule = |row: &Vec<&str>| row[..2] == [book.id.as_str(), &rule.id];
            let at = rows.iter().position(of_rule);
            let row = rows.swap_remove(at.unwrap_or_else(|| panic!("{}", rule.id)));
            let status = match rule.status {
                Status::InForce => "in force",
                Status::Draft => "draft",
                Status::Suspended => "suspended",
            };
            let confidence = match rule.confidence {
                Some(Confidence::High) => "high",
                Some(Confidence::Medium) => "medium",
                Some(Confidence::Low) => "low",
                None => "-",
            };
            assert_eq!([status, confidence], row[2..4], "{}", rule.id);
            let source = rule.source.as_deref().unwrap_or_default();
            for name in row[4].split(' ').filter(|name| *name != "-") {
                assert!(source.contains(name), "{}: {name}", rule.id);
            }
            let said = rule
                .around
                .iter()
                .any(|[english, _]| english.contains("The confidence in its source"));
            assert_eq!(said, rule.confidence.is_some(), "{}", rule.id);
        }
    }
    assert!(rows.is_empty(), "{rows:?}");
}

#[test]
fn the_law_of_a_country_is_the_law_of_that_country() {
    let program = compiled(&shelf::NAMES);
    for book in &program.rulebooks {
        let law: &[&str] = match book.id.as_str() {
            "palestine-ngo-law" => &["PS"],
            "lebanon-associations" => &["LB"],
            _ => &[],
        };
        for rule in &book.rules {
            let law = if rule.id == "PS26" { &["PS-GZ"] } else { law };
            assert_eq!(rule.jurisdictions, law, "{}", rule.id);
        }
    }
}

#[test]
fn good_practice_gives_way_to_law_and_charter_only_where_they_are() {
    let ways = |program: &Program| {
        let rules = program.rulebooks.iter().flat_map(|book| &book.rules);
        let pairs = rules.flat_map(|rule| {
            rule.gives_way_to.iter().map(|other| format!("{} {}", rule.id, other.rule))
        });
        pairs.collect::<Vec<_>>()
    };
    assert_eq!(ways(&compiled(&["good-practice"])), Vec::<String>::new());
    // LB11 is a draft, and a draft stands before nobody.
    let all = ["GP01 PS09", "GP02 PS06", "GP02 LB04", "GP08 CC05", "GP15 PS16"];
    assert_eq!(ways(&compiled(&shelf::NAMES)), all);
}

#[test]
fn every_rulebook_says_in_both_languages_what_it_is_and_what_is_missing() {
    for name in shelf::NAMES {
        let page = text(&format!("rules/{name}/README.md"));
        let heads = ["## How sure", "## What is missing", "## مدى الثقة", "## ما ينقصها"];
        for head in heads {
            assert!(page.contains(head), "{name}: {head}");
        }
    }
}

fn init(arguments: &[&str]) -> (tempfile::TempDir, std::process::Output) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mithaq"));
    let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
    (folder, output)
}

#[test]
fn a_network_begins_with_the_rulebooks_it_names() {
    let names = ["--rulebook", "starter", "--rulebook", "good-practice"];
    let (folder, output) = init(&[&["init", "tahaluf"][..], &names[..]].concat());
    assert!(output.status.success(), "{output:?}");
    let root = folder.path().join("tahaluf");
    assert!(!root.join("rules/board.rules").exists());
    assert!(!root.join("rules/alliance").exists());
    for name in ["starter", "good-practice"] {
        for file in [format!("{name}.rules"), "README.md".to_owned()] {
            let path = format!("rules/{name}/{file}");
            let put = std::fs::read_to_string(root.join(&path)).unwrap();
            assert_eq!(put, text(&path));
        }
    }
    let mut check = Command::new(env!("CARGO_BIN_EXE_mithaq"));
    let checked = check.current_dir(&root).arg("check").output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
}

#[test]
fn a_network_that_begins_with_the_law_of_lebanon_is_in_lebanon() {
    let settings = |names: &[&str]| {
        let books = names.iter().flat_map(|name| ["--rulebook", *name]);
        let arguments: Vec<&str> = ["init", "tahaluf"].into_iter().chain(books).collect();
        let (folder, _) = init(&arguments);
        std::fs::read_to_string(folder.path().join("tahaluf/mithaq.toml")).unwrap()
    };
    let lebanon = settings(&["lebanon-associations", "starter"]);
    assert!(lebanon.contains("jurisdiction = \"LB\""), "{lebanon}");
    assert!(lebanon.contains("\"Asia/Beirut\""), "{lebanon}");
    let both = settings(&["lebanon-associations", "palestine-ngo-law"]);
    assert!(both.contains("jurisdiction = \"PS\""), "{both}");
}

#[test]
fn a_rulebook_that_does_not_ship_is_refused_and_nothing_is_made() {
    let (folder, output) = init(&["init", "tahaluf", "--rulebook", "atlantis"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("tahaluf").exists());
    let (folder, output) = init(&["init", "tahaluf"]);
    assert!(output.status.success());
    assert!(folder.path().join("tahaluf/rules/board.rules").exists());
}
