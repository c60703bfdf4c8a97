//! Windows in which the clock of a duty stands still: what they move, and how they are told.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use mithaq::calendar::{Day, Period};
use mithaq::compile::written::{Manner, written};
use mithaq::compile::{Source, compile};
use mithaq::document::Sha256;
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::program::Rulebook;
use mithaq::proof::{self, CaseFile};
use mithaq::recognise::cues::Cues;
use mithaq::text::Language;
use mithaq::timeline::{AsOf, Doubt, Folder, Instant, Timeline};
use mithaq::verdict::{Slot, State};
use mithaq::vocabulary::{self, Vocabulary};
use serde_json::Value;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);
static CUES: LazyLock<Cues> = LazyLock::new(Cues::standard);

fn day(text: &str) -> Day {
    Day::parse(text).expect("the test's own date")
}

fn sound(text: &str) -> Rulebook {
    let (program, said) = compile(&[Source::new("rules/test.rules", text)], &STANDARD);
    assert!(said.is_empty(), "{text}\n{said:#?}");
    program.rulebooks.into_iter().next().expect("one file is one rulebook")
}

/// "2026-03-01..2026-03-31", the last day left out where nobody knows it.
fn window(text: &str) -> Period {
    let (from, to) = text.split_once("..").expect("the test's own window");
    let to = if to.is_empty() { Day::LATEST } else { day(to) };
    Period { from: day(from), to }
}

/// The slots of a rule for an organization of 2024 without papers, whose calendar has these
/// windows.
fn slots(book: &Rulebook, windows: &[&str], on: &str) -> Vec<Slot> {
    let mut profile = Profile { start: Some(day("2024-01-01")), ..Profile::default() };
    profile.working.suspensions = windows.iter().copied().map(window).collect();
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    let view = View::new(&profile, &timeline, AsOf::new(day(on), 0));
    judge::slots(&Duty::of(book, &book.rules[0]), &view)
}

/// Every claim of these cases holds.
#[track_caller]
fn prove(rules: &str, cases: &str) {
    let (program, _) = compile(&[Source::new("rules/test.rules", rules)], &STANDARD);
    let file = CaseFile {
        file: "rules/test.cases.md".to_owned(),
        rulebook: "test".to_owned(),
        text: cases.to_owned(),
    };
    let (cases, said) = proof::cases(&program, &STANDARD, &[file]);
    assert!(said.is_empty() && !cases.is_empty(), "{said:#?}");
    for case in cases {
        for outcome in case.outcomes(&STANDARD, &CUES) {
            assert!(outcome.holds(), "{}\n{outcome:#?}", case.text);
        }
    }
}

const ACCOUNTS: &str = "Rule A: audited accounts are published within 4 months of the end of the fiscal year\n";

#[test]
fn days_inside_a_window_do_not_count_towards_a_deadline() {
    let book = sound(ACCOUNTS);
    for (windows, due, lag_end) in [
        (&[][..], "2026-04-30", "2026-05-15"),
        (&["2026-03-01..2026-03-31"], "2026-05-31", "2026-06-15"),
        // Over before the time began, and on the first day of it.
        (&["2025-12-01..2025-12-31"], "2026-04-30", "2026-05-15"),
        (&["2025-12-01..2026-01-01"], "2026-05-01", "2026-05-16"),
        // The last day passes inside, or is the first one of the window.
        (&["2026-04-20..2026-05-10"], "2026-05-21", "2026-06-05"),
        (&["2026-04-30..2026-05-10"], "2026-05-11", "2026-05-26"),
        // The time was over the day before, and the evidence was still on its way.
        (&["2026-05-01..2026-05-10"], "2026-04-30", "2026-05-25"),
        (&["2026-05-15..2026-05-16"], "2026-04-30", "2026-05-17"),
        (&["2026-05-16..2026-05-20"], "2026-04-30", "2026-05-15"),
        // Days of two windows that overlap are lost once; a window may be reached only
        // because of another.
        (
            &["2026-03-01..2026-03-20", "2026-03-11..2026-03-31"],
            "2026-05-31",
            "2026-06-15",
        ),
        (
            &["2026-05-10..2026-05-14", "2026-03-01..2026-03-31"],
            "2026-06-05",
            "2026-06-20",
        ),
    ] {
        let all = slots(&book, windows, "2026-08-01");
        let slot = all.iter().find(|slot| slot.from == day("2025-01-01")).unwrap();
        assert_eq!((slot.due, slot.lag_end), (day(due), day(lag_end)), "{windows:?}");
    }
    // Nobody knows yet when it ends.
    let open = slots(&book, &["2026-04-01.."], "2026-08-01");
    let slot = open.iter().find(|slot| slot.from == day("2025-01-01")).unwrap();
    assert!(slot.due > day("2190-01-01"));
}

#[test]
fn what_happens_inside_a_window_is_counted_from_its_end() {
    let rule = "Rule A: Board minutes are written within 15 days of each meeting of the board\n  \
                Suspended: from 1 March 2026 until 31 March 2026\n";
    let written = |met: &str, signed: &str| {
        format!(
            "- board minutes of {met} (signed {signed}); on {met}, seen on 1 June 2026"
        )
    };
    let cases = [
        ("28 February 2026", "15 April 2026", "met"),
        ("28 February 2026", "16 April 2026", "met late"),
        ("1 March 2026", "15 April 2026", "met"),
        ("31 March 2026", "15 April 2026", "met"),
        ("31 March 2026", "16 April 2026", "met late"),
        ("1 April 2026", "16 April 2026", "met"),
        ("1 February 2026", "16 February 2026", "met"),
        ("1 February 2026", "17 February 2026", "met late"),
    ];
    let lines = cases
        .map(|(met, signed, state)| format!("{} -> {state}\n", written(met, signed)));
    prove(rule, &format!("## A\n{}", lines.concat()));
}

#[test]
fn a_quarter_is_longer_by_the_days_that_it_lost_and_not_asked_when_it_lost_all() {
    let book = sound("Rule A: board meets quarterly\n");
    let dues = |windows: &[&str]| {
        let all = slots(&book, windows, "2026-08-01");
        let of_year = all.into_iter().filter(|slot| slot.from >= day("2026-01-01"));
        of_year.map(|slot| slot.due.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dues(&[])[..2], ["2026-03-31", "2026-06-30"]);
    assert_eq!(dues(&["2026-03-20..2026-04-08"])[..2], ["2026-04-20", "2026-07-08"]);
    assert_eq!(dues(&["2026-01-01..2026-01-01"])[..2], ["2026-04-01", "2026-06-30"]);
    assert_eq!(dues(&["2026-01-01..2026-03-31"])[..2], ["2026-06-30", "2026-09-30"]);
    prove(
        "Suspended: from 20 March 2026 until 8 April 2026\n\
         Rule A: board meets quarterly\n",
        "## A\n- met on 15 April 2026; on 10 February 2026, seen on 1 September 2026 -> met; \
         on 10 May 2026, seen on 1 September 2026 -> not met\n\
         - met on 15 April and 3 July 2026; on 10 May 2026, seen on 1 September 2026 -> met\n\
         - met on 21 April 2026; on 10 February 2026, seen on 1 September 2026 -> not met\n\
         - nothing; on 10 February 2026, seen on 10 April 2026 -> due soon; \
         on 10 February 2026, seen on 21 April 2026 -> awaiting evidence\n",
    );
}

#[test]
fn what_holds_at_all_times_is_not_broken_inside_a_window() {
    let rule = "Rule A: the registration certificate is valid\n  \
                Suspended: from 5 February 2026 until 28 February 2026\n";
    let valid = |until: &str, claims: &str| {
        format!(
            "- registration certificate (valid from 1 February 2025, valid until {until}); {claims}\n"
        )
    };
    let inside = "on 5 February 2026 -> met; on 28 February 2026 -> met; \
                  on 1 March 2026 -> awaiting evidence; on 20 March 2026 -> not met";
    let cases = [
        valid("10 February 2026", inside),
        // It lapses on the first day of the window; on the day before it; on its last day.
        valid("4 February 2026", inside),
        valid(
            "3 February 2026",
            "on 4 February 2026 -> awaiting evidence; on 20 March 2026 -> not met",
        ),
        valid("27 February 2026", inside),
        valid(
            "28 February 2026",
            "on 28 February 2026 -> met; on 1 March 2026 -> awaiting evidence",
        ),
        valid(
            "31 March 2026",
            "on 31 March 2026 -> met; on 1 April 2026 -> awaiting evidence",
        ),
    ];
    prove(rule, &format!("## A\n{}", cases.concat()));
    let size = "Rule A: the board has between 7 and 13 members\n  \
                Suspended: from 5 February 2026 until 28 February 2026\n";
    prove(
        size,
        "## A\n- board: 8 people to 9 February 2026; board: 5 people from 10 February 2026; \
         on 1 February 2026 -> met; on 28 February 2026 -> met; on 1 March 2026 -> not met\n\
         - board: 8 people to 27 February 2026; board: 5 people from 28 February 2026; \
         on 28 February 2026 -> met; on 1 March 2026 -> not met\n\
         - board: 8 people to 9 February 2026; board: 5 people from 10 February 2026 to 20 February 2026; \
         board: 9 people from 21 February 2026; on 15 February 2026 -> met; on 1 March 2026 -> met\n\
         - board: 5 people; on 1 February 2026 -> not met; on 10 February 2026 -> not met\n\
         - board: 5 people to 9 February 2026; on 9 February 2026 -> not met; \
         on 15 February 2026 -> not met; on 1 March 2026 -> awaiting evidence\n",
    );
}

#[test]
fn a_paper_that_nobody_can_read_keeps_nothing_though_the_clock_stands_still() {
    let book = sound(
        "Rule A: the registration certificate is valid\n  \
         Suspended: from 5 February 2026 until 28 February 2026\n",
    );
    let profile = Profile { start: Some(day("2024-01-01")), ..Profile::default() };
    let what = book.rules[0].norm.deed().expect("a certificate is asked for");
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    timeline.doubts.push(Doubt {
        sha256: Sha256::ZERO,
        nouns: vec![what.noun],
        contradictory: false,
        day: None,
        received_on: day("2026-02-10"),
        known: 0,
        settled: Instant::MAX,
    });
    for (on, state) in [
        ("2026-02-09", State::StillOwed),
        ("2026-02-10", State::AwaitingEvidence),
        // None of the days inside counts towards the time for evidence.
        ("2026-03-14", State::AwaitingEvidence),
        ("2026-03-15", State::InsufficientEvidence),
    ] {
        let view = View::new(&profile, &timeline, AsOf::new(day(on), 0));
        let verdict = judge::verdict(&Duty::of(&book, &book.rules[0]), &view);
        assert_eq!(verdict.state, state, "on {on}: {verdict:?}");
    }
}

#[test]
fn what_is_forbidden_breaks_nothing_inside_a_window() {
    let rule = "Rule A: the organization must not publish the donor list\n  \
                Suspended: from 5 February 2026 until 28 February 2026\n";
    let published =
        |on: &str| format!("- the donor list was published on {on} February 2026");
    let cases = [
        published("4") + "; on 3 March 2026 -> not met\n",
        published("5") + "; on 3 March 2026 -> met\n",
        published("28") + "; on 3 March 2026 -> met\n",
    ];
    prove(rule, &format!("## A\n{}", cases.concat()));
}

/// Nothing changes before the day on which a verdict is to be looked at again.
#[test]
fn what_a_verdict_says_of_its_next_change_knows_of_the_windows() {
    let window = "  Suspended: from 20 March 2026 until 8 April 2026\n  Grace: 5 days\n";
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    let profile = Profile { start: Some(day("2025-07-01")), ..Profile::default() };
    for rule in [
        "board meets quarterly",
        "the board meets at least once every 3 months",
        "the registration certificate is valid",
        "the board has between 7 and 13 members",
        "audited accounts are published within 4 months of the end of the fiscal year",
        "the annual report is submitted to the ministry by 31 March of each year",
    ] {
        let book = sound(&format!("Rule A: {rule}\n{window}"));
        let duty = Duty::of(&book, &book.rules[0]);
        let judged = |on: Day| {
            judge::verdict(&duty, &View::new(&profile, &timeline, AsOf::new(on, 0)))
        };
        let (mut on, last) = (day("2026-01-01"), day("2026-12-31"));
        let mut now = judged(on);
        while on < last {
            on = on.next();
            let then = judged(on);
            let due = now.judge_again.is_some_and(|again| again <= on);
            assert!(due || then.state == now.state, "{rule}: {on} {:?}", then.state);
            now = if due { then } else { now };
        }
    }
}

#[test]
fn both_languages_say_it_and_read_it_back() {
    let english = "\
Suspended: from 7 October 2025 until 31 January 2026

Rule A: board meets quarterly
  Suspended: from 1 June 2026
Rule B: the general assembly meets once a year
";
    let arabic = "\
الإيقاف: اعتبارًا من 7 تشرين الأول 2025 حتى 31 كانون الثاني 2026

القاعدة A: يجتمع مجلس الإدارة مرة على الأقل في كل ربع من أرباع السنة
  الإيقاف: اعتبارًا من 1 حزيران 2026
القاعدة B: تجتمع الجمعية العمومية مرة واحدة على الأقل في السنة
";
    let (book, other) = (sound(english), sound(arabic));
    for (one, other) in book.rules.iter().zip(&other.rules) {
        assert_eq!((&one.meaning, &one.around), (&other.meaning, &other.around));
    }
    let without = sound("Rule B: the general assembly meets once a year\n");
    assert_ne!(book.rules[1].meaning, without.rules[0].meaning);
    assert_eq!(
        book.rules[0].around,
        [
            [
                "Its clock stands still from 7 October 2025 until 31 January 2026.",
                "تتوقف مددها اعتبارًا من 7 تشرين الأول 2025 حتى 31 كانون الثاني 2026."
            ],
            [
                "Its clock stands still from 1 June 2026.",
                "تتوقف مددها اعتبارًا من 1 حزيران 2026."
            ],
        ]
    );
    let to = |text: &str, to| {
        let manner =
            Manner { vocabulary: &STANDARD, fiscal_quarters: false, to: Some(to) };
        written(text, &manner)
    };
    let translated = to(arabic, Language::English);
    assert!(
        translated.contains("Suspended: from 7 October 2025 until 31 January 2026"),
        "{translated}"
    );
    let back = sound(&to(&translated, Language::Arabic));
    assert_eq!(back.rules[0].meaning, book.rules[0].meaning);
    for value in ["soon", "until 1 March 2026", "from 3 March 2026 until 1 March 2026"] {
        let text = format!(
            "Suspended: {value}\nRule A: board meets quarterly\n  Suspended: {value}\n"
        );
        let (_, said) = compile(&[Source::new("rules/test.rules", &text)], &STANDARD);
        assert_eq!(said.len(), 2, "{said:#?}");
    }
}

fn mithaq(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mithaq"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn the_calendar_of_a_country_stops_the_clock_and_why_names_the_days() {
    let folder = tempfile::tempdir().unwrap();
    assert!(mithaq(folder.path(), &["init", "net"]).status.success());
    let root = folder.path().join("net");
    std::fs::create_dir_all(root.join("calendars")).unwrap();
    let calendar = "weekend = [\"friday\", \"saturday\"]\n[[suspensions]]\n\
                    name = { en = \"closure\", ar = \"إغلاق\" }\nfrom = 2026-03-20\nto = 2026-04-08\n";
    std::fs::write(root.join("calendars/PS.toml"), calendar).unwrap();
    std::fs::write(root.join("rules/board.rules"), "Rule A: board meets quarterly\n")
        .unwrap();
    mithaq(&root, &["scan"]);
    let why = |arguments: &[&str]| {
        let all = [&["why", "sample", "A", "--as-of", "2026-05-01"], arguments].concat();
        String::from_utf8(mithaq(&root, &all).stdout).unwrap()
    };
    let json: Value = serde_json::from_str(&why(&["--format", "json"])).unwrap();
    let slots = json["verdicts"][0]["reason"]["slots"].as_array().unwrap();
    let first = slots.iter().find(|slot| slot["from"] == "2026-01-01").unwrap();
    assert_eq!(first["suspended"][0]["from"], "2026-03-20");
    assert_eq!(first["suspended"][0]["to"], "2026-04-08");
    assert!(why(&[]).contains("the clock stood still from 2026-03-20 to 2026-04-08"));
    assert!(
        why(&["--language", "ar"]).contains("توقفت المدد من 2026-03-20 إلى 2026-04-08")
    );
}
