//! Worked cases: examples in rules, case files beside rulebooks, and what they leave open.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Severity;
use mithaq::limits;
use mithaq::program::Program;
use mithaq::proof::{self, CaseFile, Gap, Outcome};
use mithaq::recognise::cues::Cues;
use mithaq::vocabulary::{self, Vocabulary};
use serde_json::Value;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);
static CUES: LazyLock<Cues> = LazyLock::new(Cues::standard);

/// Rules compiled without a word.
fn program(rules: &str) -> Program {
    let (program, mut diagnostics) =
        compile(&[Source::new("rules/test.rules", rules)], &STANDARD);
    diagnostics.retain(|told| told.severity != Severity::Note);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    program
}

/// Everything that a program and a case file claim, and what was said of the file.
fn run(program: &Program, cases: &str) -> (Vec<Outcome>, Vec<String>) {
    let file = CaseFile {
        file: "rules/test.cases.md".to_owned(),
        rulebook: "test".to_owned(),
        text: cases.to_owned(),
    };
    let (cases, said) = proof::cases(program, &STANDARD, &[file]);
    let outcomes = cases.iter().flat_map(|case| case.outcomes(&STANDARD, &CUES));
    let said = said.iter().map(|it| format!("{} {}", it.code, it.place.text));
    (outcomes.collect(), said.collect())
}

/// Every claim of these cases holds.
#[track_caller]
fn prove(rules: &str, cases: &str) {
    let program = program(rules);
    let (outcomes, said) = run(&program, cases);
    assert_eq!(said, Vec::<String>::new());
    assert!(!outcomes.is_empty());
    let failed: Vec<&Outcome> = outcomes.iter().filter(|it| !it.holds()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// What no case shows, by rule.
fn gaps(rules: &str, cases: &str) -> Vec<(String, Vec<Gap>)> {
    let program = program(rules);
    let file = CaseFile {
        file: "rules/test.cases.md".to_owned(),
        rulebook: "test".to_owned(),
        text: cases.to_owned(),
    };
    let (cases, said) = proof::cases(&program, &STANDARD, &[file]);
    assert!(said.is_empty(), "{said:#?}");
    let outcomes = cases.iter().map(|case| case.outcomes(&STANDARD, &CUES));
    let outcomes: Vec<Vec<Outcome>> = outcomes.collect();
    let proved: Vec<_> = cases.into_iter().zip(outcomes).collect();
    let uncovered = proof::uncovered(&program.rulebooks, &proved).into_iter();
    uncovered.map(|(_, rule, gaps)| (rule.id.clone(), gaps)).collect()
}

#[test]
fn an_example_may_name_days_in_every_way_that_people_write_them() {
    for days in [
        "12 February, 9 May and 3 August 2026",
        "February 12, 2026, May 9, 2026, August 3, 2026",
        "2026-02-12, 2026-05-09 and 2026-08-03",
        "12/2/2026, 9/5/2026 and 3/8/2026",
        "12 شباط، 9 أيار، 3 آب 2026",
        "١٢ شباط / فبراير و٩ أيار / مايو و٣ آب / أغسطس ٢٠٢٦",
    ] {
        prove(
            "Rule A: board meets quarterly\n",
            &format!(
                "## A\n- met on {days}; on 10 December 2026 -> due soon; \
                 on 10 August 2026, seen on 1 October 2026 -> met; \
                 on 10 May 2026, seen on 1 October 2026 -> met; \
                 on 10 March 2026, seen on 1 October 2026 -> met"
            ),
        );
    }
}

#[test]
fn an_arrow_is_about_the_slot_that_holds_the_day_or_about_the_rule() {
    let rule = "Rule A: board meets quarterly\n";
    prove(
        rule,
        "## A\n- met on 12 February 2026; on 20 July 2026 -> on track; \
         the rule on 20 July 2026 -> closed; \
         on 1 June 2026, seen on 20 July 2026 -> closed",
    );
    let outcomes = run(&program(rule), "## A\n- on 20 July 2026 -> not met").0;
    assert!(!outcomes[0].holds());
    assert_eq!(outcomes[0].slot.unwrap().from.to_string(), "2026-07-01");
}

#[test]
fn a_duty_that_holds_at_all_times_is_met_on_the_days_that_a_paper_covers() {
    prove(
        "Rule A: the registration certificate is valid\n",
        "## A\n- registration certificate (valid from 1 February 2026, valid until 31 January 2027); \
         on 1 June 2026 -> met; on 31 January 2027 -> met; on 1 March 2027 -> not met; \
         on 5 February 2027 -> awaiting evidence",
    );
}

#[test]
fn what_a_case_does_not_say_is_chosen_so_that_the_rule_applies() {
    let rules = "\
Rule A: the board meets once a year
  Applies to: federations whose yearly income is above 25,000 USD
  Except when: the number of staff is below 3   [few staff]
";
    prove(rules, "## A\n- met on 1 March 2026; on 1 May 2026 -> met");
    prove(rules, "## A\n- number of staff: 2; on 1 May 2026 -> not applicable");
    prove(rules, "## A\n- type: association; on 1 May 2026 -> not applicable");
    prove(
        rules,
        "## A\n- yearly income: not known; on 1 May 2026, seen on 1 March 2027 -> insufficient evidence",
    );
}

#[test]
fn what_is_given_above_holds_below_until_a_case_says_otherwise() {
    prove(
        "Rule A: the board has between 7 and 13 members\n  Applies to: associations\n",
        "# Cases\n\n- type: association\n\nProse - with a dash.\n\n## A\n\
         - board: 8 people\n- on 1 May 2026 -> met\n\
         - board: 5 people;\n  on 1 May 2026 -> not met\n\
         - type: federation; on 1 May 2026 -> not applicable\n",
    );
}

#[test]
fn a_folder_that_nobody_saw_whole_decides_nothing() {
    prove(
        "Rule A: board meets quarterly\n",
        "## A\n- folder never seen whole; on 1 May 2026, seen on 1 October 2026 -> insufficient evidence\n\
         - folder out of reach since 1 July 2026; on 1 May 2026, seen on 1 October 2026 -> insufficient evidence\n\
         - board minutes of 3 May 2026 (unreadable); on 1 May 2026, seen on 1 October 2026 -> insufficient evidence\n\
         - waived: 1 January 2026 to 31 December 2026; on 1 May 2026, seen on 1 October 2026 -> waived",
    );
}

#[test]
fn what_no_case_shows_is_named() {
    let rules = "\
Rule A: board meets quarterly
  Example: met on 12 February 2026; on 10 February 2026, seen on 1 June 2026 -> met
Rule B: audited accounts are published within 4 months of the end of the fiscal year
  Except when: yearly income is below 50,000 USD   [small]
  But not when: the number of staff is more than 20   [many staff]
Rule C: the board may meet by video link
";
    let all = gaps(rules, "");
    let exception = |name: &str| Gap::Exception(name.to_owned());
    assert_eq!(
        all,
        [
            ("A".to_owned(), vec![Gap::NotMet, Gap::Undecided]),
            (
                "B".to_owned(),
                vec![
                    Gap::Met,
                    Gap::NotMet,
                    Gap::Undecided,
                    exception("small"),
                    exception("many staff")
                ]
            ),
            ("C".to_owned(), vec![Gap::NotApplicable]),
        ]
    );
    let cases = "
## A
- nothing; on 1 February 2026, seen on 1 June 2026 -> not met
- nothing; on 1 February 2026, seen on 3 April 2026 -> undecided
## B
- published on 1 March 2026; on 1 June 2026 -> met
- nothing; on 1 June 2026 -> still owed
- nothing; on 3 May 2026 -> awaiting evidence
- yearly income: 40,000 USD; number of staff: 2; on 1 June 2026 -> not applicable
- yearly income: 40,000 USD; number of staff: 30; on 1 June 2026 -> not met
## C
- nothing; on 1 June 2026 -> not applicable
";
    assert_eq!(gaps(rules, cases), []);
    // A case that fails shows nothing.
    let wrong = cases.replace("-> still owed", "-> met");
    assert_eq!(gaps(rules, &wrong), []);
    let wrong = cases
        .replace("seen on 3 April 2026 -> undecided", "seen on 3 June 2026 -> undecided");
    assert_eq!(gaps(rules, &wrong), [("A".to_owned(), vec![Gap::Undecided])]);
}

#[test]
fn what_cannot_be_read_is_told_and_its_neighbours_run() {
    let program = program("Rule A: board meets quarterly\n");
    let cases = "## A\n- the moon was full on 3 May 2026; on 1 June 2026 -> met\n\
                 - met on 31 February 2026; on 1 June 2026 -> met\n\
                 - met on 3 May 2026; on 1 June 2026 -> glorious\n\
                 - met on 3 May 2026; on 1 June 2026 -> met\n\
                 ## Z\n- on 1 June 2026 -> met\n## About these cases\n- by the secretariat\n";
    let (outcomes, said) = run(&program, cases);
    assert_eq!(outcomes.len(), 1);
    assert!(outcomes[0].holds());
    assert_eq!(
        said,
        [
            "G-901 the moon was full on 3 May 2026",
            "G-901 met on 31 February 2026",
            "G-902 on 1 June 2026 -> glorious",
            "G-905 Z",
        ]
    );
}

#[test]
fn an_example_has_so_many_parts_and_no_more() {
    let program = program("Rule A: board meets quarterly\n");
    let parts = |count: usize| {
        let given = "met on 3 May 2026; ".repeat(count - 1);
        run(&program, &format!("## A\n- {given}on 1 June 2026 -> met"))
    };
    assert_eq!(parts(limits::EXAMPLE_PARTS_MAX).1, Vec::<String>::new());
    assert!(parts(limits::EXAMPLE_PARTS_MAX + 1).1[0].starts_with("G-904"));
    let people = |count: usize| {
        run(
            &program,
            &format!("## A\n- board: {count} people; on 1 June 2026 -> due soon"),
        )
    };
    assert_eq!(people(limits::EXAMPLE_PEOPLE_MAX).1, Vec::<String>::new());
    assert!(people(limits::EXAMPLE_PEOPLE_MAX + 1).1[0].starts_with("G-901"));
}

/// The blocks of one sort in a page.
fn blocks(page: &str, sort: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language").join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let opening = format!("```{sort}\n");
    let parts = text.split(&opening).skip(1);
    parts.map(|part| part.split("```").next().unwrap()).collect()
}

#[test]
fn the_pages_show_cases_that_hold_and_the_same_ones_in_both_languages() {
    let states = ["cases.md", "cases.ar.md"].map(|page| {
        let program = program(&blocks(page, "rules"));
        let (outcomes, said) = run(&program, &blocks(page, "cases"));
        assert_eq!(said, Vec::<String>::new(), "{page}");
        let failed: Vec<&Outcome> = outcomes.iter().filter(|it| !it.holds()).collect();
        assert!(failed.is_empty(), "{page}: {failed:#?}");
        let meanings: Vec<String> =
            program.rulebooks[0].rules.iter().map(|rule| rule.meaning.clone()).collect();
        let claims: Vec<_> = outcomes.iter().map(|it| (it.claim, it.state)).collect();
        (meanings, claims)
    });
    assert!(states[0].1.len() > 12);
    assert_eq!(states[0], states[1]);
}

/// Every form of words that the table of the page shows is read.
#[test]
fn everything_that_the_page_says_can_be_on_file_is_read() {
    let program = program("Rule A: board meets quarterly\n");
    for page in ["cases.md", "cases.ar.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language").join(page);
        let text = std::fs::read_to_string(path).unwrap();
        let rows =
            text.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
        let shown: Vec<&str> =
            rows.flat_map(|row| row.split('`').skip(1).step_by(2)).collect();
        assert!(shown.len() > 20, "{page}");
        for words in shown.into_iter().filter(|words| !words.contains('…')) {
            let case = format!("## A\n- {words}; on 1 June 2026 -> met");
            assert_eq!(run(&program, &case).1, Vec::<String>::new(), "{page}: {words}");
        }
    }
}

fn mithaq(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mithaq"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn the_command_finds_cases_beside_rules_and_ends_by_what_it_found() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join("rules/charter")).unwrap();
    let rule = |id: &str| format!("Rule {id}: board meets quarterly\n");
    std::fs::write(root.join("rules/charter/a.rules"), rule("A")).unwrap();
    std::fs::write(root.join("rules/board.rules"), rule("B")).unwrap();
    let good = "- met on 3 May 2026; on 1 June 2026 -> met\n";
    let bad = "- met on 3 May 2026; on 1 June 2026 -> not met\n";
    std::fs::write(root.join("rules/charter/cases.md"), format!("## A\n{good}")).unwrap();
    std::fs::write(root.join("rules/board.cases.md"), format!("## B\n{good}{bad}"))
        .unwrap();
    let passed = mithaq(root, &["test", "rules/charter", "--format", "json"]);
    assert_eq!(passed.status.code(), Some(0), "{passed:?}");
    assert_eq!(
        mithaq(root, &["test", "rules/charter", "--strict"]).status.code(),
        Some(1)
    );
    let failed = mithaq(root, &["test", "rules", "--format", "json"]);
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    let schema = include_str!("../../docs/schema/test.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for output in [&passed, &failed] {
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let wrong: Vec<String> =
            validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    let json: Value = serde_json::from_slice(&failed.stdout).unwrap();
    assert_eq!((&json["cases"], &json["passed"]), (&3.into(), &2.into()));
    assert_eq!(json["failed"][0]["rule"], "B");
    assert_eq!(json["failed"][0]["state"], "met");
    assert_eq!(json["uncovered"].as_array().unwrap().len(), 4);
    // A case file alone is enough to find its rules.
    let alone = mithaq(root, &["test", "rules/board.cases.md"]);
    assert_eq!(alone.status.code(), Some(1), "{alone:?}");
    std::fs::write(root.join("rules/board.cases.md"), "## X\n- on 1 June 2026 -> met\n")
        .unwrap();
    let arabic = mithaq(root, &["--language", "ar", "test", "rules"]);
    assert_eq!(arabic.status.code(), Some(2), "{arabic:?}");
    let said = String::from_utf8_lossy(&arabic.stdout).into_owned();
    assert!(said.contains("لا توجد في مجموعة القواعد «board»"), "{said}");
}

#[test]
fn what_happened_is_taken_to_count_and_a_paper_says_so_itself() {
    prove(
        "Rule A: board meets quarterly\n  \
         Counts only if: more than half of the board members in office attended\n",
        "## A\n- board: 9 people\n\
         - met on 3 May 2026; on 1 June 2026 -> met\n\
         - board minutes of 3 May 2026 (attended by 6 of 9); on 1 June 2026 -> met\n\
         - board minutes of 3 May 2026 (attended by 4 of 9); on 1 June 2026, seen on 1 August 2026 -> not met\n\
         - board minutes of 3 May 2026; on 1 June 2026, seen on 1 August 2026 -> insufficient evidence\n",
    );
}

#[test]
fn every_shipped_rule_is_shown_met_not_met_and_undecided() {
    use mithaq::cli::init::shelf;
    let text = |path: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    };
    let source = |name: &&str| {
        let path = format!("rules/{name}/{name}.rules");
        Source::new(&path, &text(&path))
    };
    let file = |name: &&str| CaseFile {
        file: format!("rules/{name}/cases.md"),
        rulebook: (*name).to_owned(),
        text: text(&format!("rules/{name}/cases.md")),
    };
    // Alone, and beside all others, where some rules give way.
    let alone = shelf::NAMES.iter().map(|name| vec![*name]);
    for names in alone.chain([shelf::NAMES.to_vec()]) {
        let sources: Vec<Source> = names.iter().map(source).collect();
        let (program, _) = compile(&sources, &STANDARD);
        let files: Vec<CaseFile> = names.iter().map(file).collect();
        let (cases, said) = proof::cases(&program, &STANDARD, &files);
        assert!(said.is_empty(), "{said:#?}");
        let mut proved = Vec::new();
        for case in cases {
            let outcomes = case.outcomes(&STANDARD, &CUES);
            if let Some(outcome) = outcomes.iter().find(|outcome| !outcome.holds()) {
                panic!("{}:{} {}\n{outcome:#?}", case.file, case.line, case.text);
            }
            proved.push((case, outcomes));
        }
        let gaps = proof::uncovered(&program.rulebooks, &proved).into_iter();
        let gaps: Vec<_> = gaps.map(|(_, rule, gaps)| (&rule.id, gaps)).collect();
        assert!(gaps.is_empty(), "{gaps:?}");
    }
}

#[test]
fn a_paper_that_stands_is_judged_though_it_is_older_than_the_membership() {
    let rules = "\
Rule A: the founding application is signed by at least 7 founders
Rule B: the board minutes are signed by the chair
";
    prove(
        rules,
        "- joined: 1 January 2024\n\n## A\n\
         - founding application of 1 March 2010 (number of signatures 7); the rule on 1 May 2026 -> met\n\
         - founding application of 1 March 2010 (number of signatures 5); the rule on 1 May 2026 -> not met\n\
         ## B\n\
         - board minutes of 1 March 2023 (signed by secretary); the rule on 1 May 2026 -> not yet open\n\
         - board minutes of 1 March 2025 (signed by secretary); the rule on 1 May 2025 -> not met\n",
    );
}

#[test]
fn a_document_that_nobody_can_read_leaves_its_rule_undecided() {
    prove(
        "Rule A: the bylaws contain: the aims of the association\n",
        "## A\n\
         - bylaws of 1 March 2026 (unreadable); on 1 May 2026 -> insufficient evidence\n\
         - bylaws of 1 March 2026 (unreadable); bylaws of 1 April 2026 (contains everything); on 1 May 2026 -> met\n\
         - nothing on file; on 1 May 2026 -> not yet open\n",
    );
}

#[test]
fn a_case_says_how_the_members_of_the_network_stand() {
    let rule = "\
Rule A: at least 80% of members submitted their annual reports on time
";
    prove(
        rule,
        "- type: network\n## A\n\
         - members: met by 8, not met by 2; on 1 May 2026 -> met\n\
         - members: met by 7, met late by 1 and not met by 2; on 1 May 2026 -> not met\n\
         - members: met by 7, undecided for 1, not met by 2; on 1 May 2026 -> undecided\n\
         - members: met by 4, not met by 1, on track for 5; on 1 May 2026 -> met\n\
         - members: met by 4 since 1 May 2026; on 30 April 2026 -> not yet open; on 1 May 2026 -> met\n\
         - members: met by 4; members: not met by 4 since 1 May 2026; on 30 April 2026 -> met; on 1 May 2026 -> not met\n\
         - الأعضاء: مستوفاة لدى 7، وغير مستوفاة لدى 2، ولم تُحسم لدى 1؛ في 1 أيار 2026 -> لم تُحسم\n\
         - nothing; on 1 May 2026 -> not yet open\n",
    );
    // What is given above holds until a case says otherwise.
    prove(
        rule,
        "- members: not met by 9\n## A\n- on 1 May 2026 -> not met\n\
         - members: met by 1; on 1 May 2026 -> met\n",
    );
    let (_, said) =
        run(&program(rule), "## A\n- members: met by 501; on 1 May 2026 -> met");
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn days_of_one_month_share_its_name() {
    let rule = "Each purchase above the threshold has at least three quotations.";
    let three = "purchase above the threshold number 4 on 5 March 2026; \
                 quotation of 1, 2 and 3 March 2026; on 1 May 2026 -> met";
    let two = "purchase above the threshold number 4 on 5 March 2026; \
               quotation of 1 and 3 March 2026; on 1 May 2026 -> not met";
    let arabic = "عملية شراء فوق السقف رقم 4 في 5 آذار 2026؛ \
                  عرض سعر بتاريخ 1، 2 و3 آذار 2026؛ في 1 أيار 2026 -> مستوفاة";
    let cases = [three, two, arabic].map(|case| format!("- {case}\n")).concat();
    prove(&format!("Rule A: {rule}\n"), &format!("## A\n{cases}"));
}

#[test]
fn a_register_of_minutes_is_a_paper_and_no_minutes() {
    prove(
        "Rule A: The following are kept at the head office: the register of board minutes; \
         the register of general assembly minutes\n",
        "## A\n- register of board minutes of 1 March 2025; \
         سجل محاضر الجمعية العمومية بتاريخ 1 آذار 2025; on 1 May 2026 -> met\n\
         - register of board minutes of 1 March 2025; on 1 May 2026 -> not met\n",
    );
}

#[test]
fn an_organization_is_under_the_law_of_the_rule_unless_the_case_says_another() {
    let rule = "\
Rule A: board meets quarterly
  Jurisdiction: the Gaza Strip, Lebanon
";
    let met = "met on 3 May 2026; on 1 June 2026";
    prove(
        rule,
        &format!(
            "## A\n- {met} -> met\n- country: Lebanon; {met} -> met\n\
             - country: the West Bank; {met} -> not applicable\n\
             - country: Palestine; {met} -> insufficient evidence\n\
             - البلد: قطاع غزة; {met} -> met\n- country: JO; {met} -> not applicable\n"
        ),
    );
    let (_, said) = run(&program(rule), "## A\n- country: Narnia; on 1 June 2026 -> met");
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn what_answers_a_breach_and_each_version_of_a_rule_have_cases_of_their_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let proved =
        mithaq(root, &["test", "fixtures/cases", "--strict", "--format", "json"]);
    let json: Value = serde_json::from_slice(&proved.stdout).unwrap();
    assert_eq!(proved.status.code(), Some(0), "{json:#}");
    assert_eq!((&json["cases"], &json["passed"]), (&24.into(), &24.into()));
}
