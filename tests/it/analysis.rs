//! What shows only between rules: each kind of finding on a file that has it and on one that
//! nearly has it, with an organization and a day; and silence over the rulebooks that ship.

use std::path::Path;
use std::sync::LazyLock;

use mithaq::analysis::{self, Counts, Ground, Known};
use mithaq::calendar::Day;
use mithaq::cli::init::shelf;
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::{Diagnostic, Severity};
use mithaq::judge::{Attributes, Profile};
use mithaq::limits;
use mithaq::norm::Quantity;
use mithaq::organization::FiscalYears;
use mithaq::program::Program;
use mithaq::proof::CaseFile;
use mithaq::recognise::cues::Cues;
use mithaq::text::Bilingual;
use mithaq::vocabulary::{self, Vocabulary};

use crate::scratch::Scratch;

/// A paper that the network speaks of, and of which it says no more.
const TAUGHT: &str =
    "Words\n  map of needs — خريطة الاحتياجات (feminine): a document that stands\n";

pub(crate) static WORDS: LazyLock<Vocabulary> =
    LazyLock::new(|| vocabulary::standard().with(&[("vocabulary/maps.rules", TAUGHT)]).0);
static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::with(&[TAUGHT]));

/// How a fixture begins whose rules are looked at together.
pub(crate) const TOGETHER: &str = "# Looked at together";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The network of the fixtures: an association, a federation whose fiscal year ends in June,
/// an initiative, and an alliance whose year ends in January.
fn organizations() -> Vec<Known> {
    let one = |english: &str, arabic: &str, kind: &str, number: i64, ends| {
        let value = Quantity { number, currency: Some(*b"USD") };
        let income = WORDS.id("yearly_income").unwrap();
        let profile = Profile {
            start: Some(day("2024-01-01")),
            types: WORDS.id(kind).into_iter().collect(),
            fiscal_years: FiscalYears { ends, ..FiscalYears::default() },
            attributes: Attributes::from_iter([(income, Day::EARLIEST, value)]),
            ..Profile::default()
        };
        Known { name: Bilingual::new(english, arabic), profile }
    };
    vec![
        one("Al-Noor", "جمعية النور", "association", 80_000, (12, 31)),
        one("Union of Clubs", "اتحاد الأندية", "federation", 200_000, (6, 30)),
        one("Bidaya", "مبادرة بداية", "initiative", 3_000, (12, 31)),
        one("Partners Alliance", "تحالف الشركاء", "alliance", 9_000, (1, 31)),
    ]
}

pub(crate) fn looked_at(
    program: &Program,
    sources: &[Source],
) -> (Vec<Diagnostic>, Counts) {
    looked_at_beside(program, sources, &[])
}

fn looked_at_beside(
    program: &Program,
    sources: &[Source],
    case_files: &[CaseFile],
) -> (Vec<Diagnostic>, Counts) {
    analysis::analyse(&Ground {
        program,
        sources,
        vocabulary: &WORDS,
        cues: &CUES,
        case_files,
        organizations: &organizations(),
        today: day("2026-11-22"),
    })
}

fn of_text(text: &str) -> (Vec<Diagnostic>, Counts) {
    let sources = [Source::new("rules/test.rules", text)];
    let (program, said) = compile(&sources, &WORDS);
    assert!(said.iter().all(|told| !told.is_error()), "{said:#?}");
    looked_at(&program, &sources)
}

fn codes(told: &[Diagnostic]) -> Vec<&str> {
    told.iter().map(|told| told.code).collect()
}

fn fixture(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/diagnostics");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|_| panic!("{path}"))
}

/// The kinds of findings, each with a fixture that has it and one that nearly has it.
const KINDS: [&str; 10] = [
    "G-701", "G-702", "G-703", "G-704", "G-705", "G-706", "G-707", "G-708", "G-709",
    "G-710",
];

#[test]
fn each_kind_is_found_where_it_is_and_not_where_it_nearly_is() {
    for code in KINDS {
        let (told, _) = of_text(&fixture(&format!("{code}.rules")));
        assert!(codes(&told).contains(&code), "{code}: {told:#?}");
        let (told, counts) = of_text(&fixture(&format!("near/{code}.rules")));
        assert!(!codes(&told).contains(&code), "{code}: {told:#?}");
        assert_eq!(counts.left_out, 0, "{code}: every question was answered");
    }
}

#[test]
fn each_finding_is_a_warning_with_an_organization_and_a_day() {
    for code in KINDS {
        for told in of_text(&fixture(&format!("{code}.rules"))).0 {
            assert_eq!(told.severity, Severity::Warning);
            let witness = told.witness.as_ref().unwrap_or_else(|| panic!("{told:#?}"));
            assert!(witness.organization.iter().all(|it| !it.is_empty()));
            for (message, clause) in told.message.iter().zip(&witness.clause) {
                assert!(message.contains(clause), "{message}");
            }
            assert!(!told.place.text.is_empty() && told.place.line > 0, "{told:#?}");
        }
    }
}

#[test]
fn the_rulebooks_that_ship_are_free_of_findings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources: Vec<Source> = shelf::NAMES
        .iter()
        .map(|name| {
            let path = format!("rules/{name}/{name}.rules");
            Source::new(&path, &std::fs::read_to_string(root.join(&path)).unwrap())
        })
        .collect();
    let cases = shelf::NAMES.iter().filter_map(|name| {
        let file = format!("rules/{name}/cases.md");
        let text = std::fs::read_to_string(root.join(&file)).ok()?;
        Some(CaseFile { file, rulebook: (*name).to_owned(), text })
    });
    let cases: Vec<CaseFile> = cases.collect();
    let mut apart: Vec<&[Source]> = sources.chunks(1).collect();
    apart.push(&sources);
    for sources in apart {
        let (program, _) = compile(sources, &WORDS);
        let (told, counts) = looked_at_beside(&program, sources, &cases);
        let shown: Vec<_> = told
            .iter()
            .map(|it| format!("{}:{} {}", it.place.file, it.place.line, it.message[0]))
            .collect();
        assert!(told.is_empty(), "{shown:#?}");
        assert!(counts.rules >= 10 && counts.possible > 0, "{counts:?}");
    }
}

/// Cases beside the rules are examples too, and so is one that fails among many.
#[test]
fn cases_in_a_file_are_examples() {
    let sources = [Source::new("rules/test.rules", "Rule A: board meets quarterly\n")];
    let (program, _) = compile(&sources, &WORDS);
    let found = |claim: &str| {
        let text =
            format!("## A\n- the board met on 5 May 2026; on 5 May 2026 -> met\n{claim}");
        let file = "rules/test.cases.md".to_owned();
        let case_files = [CaseFile { file, rulebook: "test".to_owned(), text }];
        let ground = Ground {
            program: &program,
            sources: &sources,
            vocabulary: &WORDS,
            cues: &CUES,
            case_files: &case_files,
            organizations: &[],
            today: day("2026-11-22"),
        };
        codes(&analysis::analyse(&ground).0).contains(&"G-709")
    };
    assert!(found(""));
    assert!(!found("- on 5 May 2026, seen on 1 September 2026 -> not met\n"));
}

/// A condition on each of some numbers: four values for each, and one more where asked.
fn conditions(more: bool) -> String {
    let numbers = [
        "number of staff",
        "membership size",
        "number of volunteers",
        "number of beneficiaries",
        "age in years",
    ];
    let mut tests: Vec<String> = numbers
        .iter()
        .flat_map(|it| [format!("{it} is at least 10"), format!("{it} is at least 11")])
        .collect();
    tests.push("yearly income is at least 10 USD".to_owned());
    tests.push("yearly income is at least 11 USD".to_owned());
    if more {
        tests.push("yearly income is at least 12 USD".to_owned());
    }
    let tests = tests.join(" and ");
    format!("Rule A: board meets quarterly\n  Applies to: organizations whose {tests}\n")
}

#[test]
fn organizations_are_tried_up_to_their_limit() {
    let (told, counts) = of_text(&conditions(false));
    assert_eq!(
        (told.len(), counts.possible, counts.left_out),
        (0, limits::WORLDS_MAX, 0)
    );
    let (told, counts) = of_text(&conditions(true));
    assert_eq!((told.len(), counts.possible, counts.left_out), (0, 0, 1));
}

#[test]
fn findings_are_told_up_to_their_limit() {
    let rules = |count: usize| -> String {
        let rule = |at| {
            format!(
                "Rule A{at}: annual report contains: word{at}\n  Review by: 1 May 2026\n"
            )
        };
        (0..count).map(rule).collect()
    };
    let most = limits::ANALYSIS_FINDINGS_MAX;
    assert_eq!(of_text(&rules(most)).0.len(), most);
    assert_eq!(of_text(&rules(most + 1)).0.len(), most);
}

#[test]
fn pairs_are_compared_up_to_their_limit() {
    let rules = |count: usize| -> String {
        (0..count)
            .map(|at| format!("Rule A{at}: annual report contains: word{at}\n"))
            .collect()
    };
    // 447 rules are 99,681 pairs, 448 are 100,128.
    let counts = of_text(&rules(447)).1;
    assert_eq!((counts.pairs, counts.left_out), (99_681, 0));
    let counts = of_text(&rules(448)).1;
    assert_eq!((counts.pairs, counts.left_out), (limits::ANALYSIS_PAIRS_MAX, 1));
}

#[test]
fn check_says_what_it_looked_at_and_strict_lets_chosen_warnings_fail() {
    let scratch = Scratch::new();
    scratch.organization("noor");
    let rules = "board meets quarterly\nboard meets monthly\n";
    scratch.write("rules/board.rules", rules);
    let run = |arguments: &[&str]| scratch.run(arguments);
    let checked = run(&["check", "--format", "json"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    let json: serde_json::Value = serde_json::from_str(&checked.stdout).unwrap();
    let told = &json["diagnostics"][0];
    assert_eq!(told["code"], "G-702");
    assert_eq!(told["witness"]["organization"], "noor");
    assert_eq!(told["witness"]["date"], "2026-12-31");
    assert_eq!(json["counts"]["pairs"], 1);
    assert_eq!(json["counts"]["organizations"], 1);
    assert_eq!(run(&["check", "--strict"]).code, 2);
    assert_eq!(run(&["check", "--strict=G-701,g-702"]).code, 2);
    assert_eq!(run(&["check", "--strict=G-701"]).code, 0);
    let unknown = run(&["check", "--strict=G-999"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("G-999"), "{}", unknown.stderr);
    let settings = "name = { en = \"A\", ar = \"ت\" }\n[check]\nstrict = [\"G-701\"]\n";
    scratch.write("mithaq.toml", settings);
    assert_eq!(run(&["check", "--strict"]).code, 0, "mithaq.toml chooses");
    assert_eq!(run(&["check", "--strict=G-702"]).code, 2, "the command line goes first");
    assert_eq!(run(&["check"]).code, 0);
}
