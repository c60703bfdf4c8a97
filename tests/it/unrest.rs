//! Letters that few people get, through the real pass: waivers that end, findings that do not
//! hold still, reminders that reach the officer, and many letters that become one.

use mail_parser::MessageParser;

use crate::scratch::{Scratch, minutes};

const OFFICER: &str = "salma@example.org";
const SECRETARY: &str = "secretary@amal.example.org";

/// One organization with minutes of two quarters, seen whole for the first time on a day.
fn network(day: &str) -> Scratch {
    let mut scratch = Scratch::new();
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    scratch.organization("amal");
    scratch.drop_paper("amal", "q1.md", minutes("3 March 2026"));
    scratch.drop_paper("amal", "q2.md", minutes("3 May 2026"));
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    let officer = format!("\n[officer]\nname = \"Salma\"\nemail = \"{OFFICER}\"\n");
    scratch.write("mithaq.toml", settings + &officer);
    on(&mut scratch, day);
    scratch
}

/// A look at the network on a day.
fn on(scratch: &mut Scratch, day: &str) {
    scratch.now = format!("{day}T09:00:00Z");
    let run = scratch.run(&["scan"]);
    assert_ne!(run.code, 2, "{}", run.stderr);
}

fn waive(scratch: &Scratch, until: Option<&str>) {
    let to = until.map(|until| format!("to = {until}\n")).unwrap_or_default();
    let text = format!(
        "[[waivers]]\norganization = \"amal\"\nrulebook = \"board\"\nrule = \"BRD-1\"\n\
         from = 2026-01-01\n{to}granted_by = \"the committee\"\nwhy = \"a flood\"\n"
    );
    scratch.write("waivers.toml", text);
}

/// Who was written what and in which window, in order; receipts and summaries left out.
fn told(scratch: &Scratch) -> Vec<(String, String, String)> {
    let store = scratch.store();
    let mut asked = store
        .prepare(
            "SELECT recipient, kind, window FROM outbox
             WHERE kind NOT IN ('receipt', 'first_summary', 'digest', 'officer_summary',
                                'index_delta', 'due_soon')
             ORDER BY id",
        )
        .unwrap();
    let rows = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn kinds(scratch: &Scratch) -> Vec<String> {
    told(scratch).into_iter().map(|(_, kind, _)| kind).collect()
}

/// The text of the last letter of a kind to somebody.
fn text(scratch: &Scratch, to: &str, kind: &str) -> String {
    let last = "SELECT raw FROM outbox WHERE recipient = ?1 AND kind = ?2
                ORDER BY id DESC LIMIT 1";
    let raw: Vec<u8> =
        scratch.store().query_row(last, [to, kind], |row| row.get(0)).unwrap();
    let message = MessageParser::default().parse(&raw).unwrap();
    message.body_text(0).unwrap().into_owned()
}

/// A day of November 2026.
fn november(day: u32) -> String {
    format!("2026-11-{day:02}")
}

/// Open since the first look, on which day 1 is; a waiver comes and goes a day each.
fn unsteady(turns: u32) -> Scratch {
    let mut scratch = network(&november(1));
    for turn in 1..turns {
        if turn % 2 == 1 {
            waive(&scratch, None);
        } else {
            std::fs::remove_file(scratch.root().join("waivers.toml")).unwrap();
        }
        on(&mut scratch, &november(1 + turn));
    }
    scratch
}

#[test]
fn a_finding_that_does_not_hold_still_is_told_to_the_officer_once() {
    let mut scratch = unsteady(5);
    let (secretary, officer) = (SECRETARY.to_owned(), OFFICER.to_owned());
    let letter = |to: &String, kind: &str, window: &str| {
        (to.clone(), kind.to_owned(), window.to_owned())
    };
    let expected = vec![
        letter(&secretary, "resolved", ""),
        letter(&secretary, "finding", ""),
        letter(&secretary, "resolved", ""),
        letter(&officer, "flapping", "since-2026-11-05"),
    ];
    assert_eq!(told(&scratch), expected);
    let said = text(&scratch, OFFICER, "flapping");
    assert!(said.contains("opened or closed 5 times"), "{said}");
    assert!(said.contains("mithaq why amal BRD-1"), "{said}");
    assert!(said.contains("q2.md"), "{said}");
    // Nothing is said, and nobody reminded, until it has held still.
    for day in [6, 9, 12, 14] {
        on(&mut scratch, &november(day));
        assert_eq!(told(&scratch), expected, "on day {day}");
    }
    on(&mut scratch, &november(15));
    let all = told(&scratch);
    assert_eq!(all[..4], expected[..]);
    assert_eq!(all[4], letter(&secretary, "finding", ""), "how it stands: {all:?}");
    assert!(all.len() <= 6, "{all:?}");
    let before = all.len();
    on(&mut scratch, &november(16));
    assert_eq!(told(&scratch).len(), before);
}

#[test]
fn what_stands_as_it_was_told_last_is_not_told_again() {
    let mut scratch = unsteady(6);
    assert_eq!(kinds(&scratch), ["resolved", "finding", "resolved", "flapping"]);
    for day in [7, 14, 15, 16, 17, 25] {
        on(&mut scratch, &november(day));
    }
    assert_eq!(kinds(&scratch), ["resolved", "finding", "resolved", "flapping"]);
}

#[test]
fn four_turns_in_a_fortnight_are_told_as_they_come() {
    let scratch = unsteady(4);
    assert_eq!(kinds(&scratch), ["resolved", "finding", "resolved"]);
}

#[test]
fn a_waiver_is_told_of_before_it_ends_and_in_the_officers_week() {
    let mut scratch = network("2026-11-01");
    // Another rule, which stays open: without news there is no digest.
    let rules = "Rule BRD-1: board meets quarterly\nRule BRD-2: board meets monthly\n";
    scratch.write("rules/board.rules", rules);
    waive(&scratch, Some("2026-12-20"));
    for day in ["2026-11-02", "2026-11-19"] {
        on(&mut scratch, day);
        assert!(!kinds(&scratch).contains(&"waiver_ending".to_owned()), "{day}");
    }
    for day in ["2026-11-20", "2026-11-21", "2026-11-25", "2026-12-13", "2026-12-20"] {
        on(&mut scratch, day);
    }
    let endings: Vec<_> =
        told(&scratch).into_iter().filter(|one| one.1 == "waiver_ending").collect();
    let windows: Vec<&str> = endings.iter().map(|one| one.2.as_str()).collect();
    assert_eq!(windows, ["30", "7"], "{endings:?}");
    assert!(endings.iter().all(|one| one.0 == SECRETARY));
    let said = text(&scratch, SECRETARY, "waiver_ending");
    assert!(said.contains("20 December 2026"), "{said}");
    assert!(said.contains("would then not be met"), "{said}");
    assert!(said.contains("a flood") && said.contains("the committee"), "{said}");
    let week = text(&scratch, OFFICER, "officer_summary");
    assert!(week.contains("Waivers that end within a month"), "{week}");
    let digest = text(&scratch, SECRETARY, "digest");
    assert!(digest.contains("waived until 20 December 2026"), "{digest}");
    assert!(digest.contains("mithaq ledger "), "the mailbox is a witness: {digest}");
    // It has ended: what it covered is a finding, as it was foretold.
    let findings = |scratch: &Scratch| {
        let all = told(scratch).into_iter();
        all.filter(|(_, kind, _)| kind == "finding").count()
    };
    let before = findings(&scratch);
    on(&mut scratch, "2026-12-21");
    assert_eq!(findings(&scratch), before + 1);
}

#[test]
fn a_waiver_that_another_follows_is_not_told_of() {
    let mut scratch = network("2026-11-01");
    waive(&scratch, Some("2026-12-20"));
    let first = std::fs::read_to_string(scratch.root().join("waivers.toml")).unwrap();
    let next = first.replace("from = 2026-01-01\nto = 2026-12-20", "from = 2026-12-21");
    assert_ne!(first, next);
    scratch.write("waivers.toml", first + &next);
    for day in ["2026-11-02", "2026-11-25", "2026-12-15"] {
        on(&mut scratch, day);
    }
    assert!(!kinds(&scratch).contains(&"waiver_ending".to_owned()));
}

/// A letter that waited while its matter was settled is not sent.
#[test]
fn a_due_day_that_was_kept_while_the_letter_waited_is_not_told() {
    let mut scratch = network("2026-11-20");
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    let dead = "\n[smtp]\nhost = \"127.0.0.1\"\nport = 1\n";
    scratch.write("mithaq.toml", settings + dead);
    live(&scratch);
    on(&mut scratch, "2026-12-02");
    let state = |scratch: &Scratch| states(scratch, "due_soon").remove(0).0;
    assert_eq!(state(&scratch), "pending");
    on(&mut scratch, "2026-12-03");
    assert_eq!(state(&scratch), "pending", "it is still so");
    scratch.drop_paper("amal", "q4.md", minutes("3 December 2026"));
    on(&mut scratch, "2026-12-04");
    assert_eq!(state(&scratch), "dropped");
}

/// What changed in the week is told whatever number of starts came between, and once.
#[test]
fn a_digest_tells_what_changed_before_the_program_was_started_again() {
    let mut scratch = network("2026-11-01");
    for day in [9, 10, 12, 15, 16, 22] {
        if day == 10 {
            scratch.drop_paper("amal", "q3.md", minutes("3 August 2026"));
        }
        on(&mut scratch, &november(day));
        let digests = states(&scratch, "digest").len();
        assert_eq!(digests, 1 + usize::from(day >= 15), "on the {day}th");
    }
    let said = text(&scratch, SECRETARY, "digest");
    assert!(
        said.contains("15 November 2026") || said.contains("14 November 2026"),
        "{said}"
    );
    assert!(said.contains("now met"), "{said}");
}

#[test]
fn digests_come_on_the_weekday_of_the_settings() {
    let mut scratch = network("2026-11-01");
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    scratch.write("mithaq.toml", settings + "\n[mail]\ndigest = \"wednesday\"\n");
    // Sunday the eighth to Thursday the twelfth; the fourth was missed.
    for day in 8..13 {
        on(&mut scratch, &november(day));
        let written = states(&scratch, "digest").len();
        assert_eq!(written, 1 + usize::from(day >= 11), "on the {day}th");
    }
}

/// A duty that stays owed: weekly to the secretary, and one copy to the officer.
#[test]
fn the_officer_gets_one_copy_when_a_finding_stays_open() {
    let mut scratch = Scratch::new();
    scratch.write(
        "rules/board.rules",
        "annual report is published within 1 month of the end of the fiscal year\n",
    );
    scratch.organization("amal");
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    let officer = format!("\n[officer]\nname = \"Salma\"\nemail = \"{OFFICER}\"\n");
    scratch.write("mithaq.toml", settings.clone() + &officer);
    for day in ["2026-12-01", "2027-04-30"] {
        on(&mut scratch, day);
    }
    let opened = told(&scratch).iter().filter(|one| one.1 == "finding").count();
    assert_eq!(opened, 1, "{:?}", told(&scratch));
    let open: String = scratch
        .store()
        .query_row("SELECT opened FROM finding WHERE closed IS NULL", [], |row| {
            row.get(0)
        })
        .unwrap();
    let opened = mithaq::calendar::Day::parse(&open).unwrap();
    // It was missed while nobody looked: only the latest reminder was written.
    let latest = (mithaq::calendar::Day::parse("2027-04-30").unwrap().0 - opened.0) / 7;
    assert!(latest > 2, "from two weeks on it is told to the officer");
    for after in [latest * 7 + 7, latest * 7 + 8, latest * 7 + 14] {
        on(&mut scratch, &opened.plus_days(after).to_string());
    }
    let reminders = |to: &str| -> Vec<String> {
        let all = told(&scratch).into_iter();
        all.filter(|one| one.0 == to && one.1 == "overdue").map(|one| one.2).collect()
    };
    let weekly: Vec<String> =
        (latest..latest + 3).map(|turn| format!("reminder-{turn}")).collect();
    assert_eq!(reminders(SECRETARY), weekly);
    assert_eq!(reminders(OFFICER), ["escalated"]);
    assert!(text(&scratch, SECRETARY, "overdue").contains("compliance officer knows"));
    let said = text(&scratch, OFFICER, "overdue");
    assert!(said.contains("ask them what they need"), "{said}");
}

/// A rulebook that is new gives one summary, and no letter of each finding.
#[test]
fn a_new_rulebook_is_told_in_one_summary() {
    let mut scratch = network("2026-11-01");
    scratch.write(
        "rules/assembly.rules",
        "Rule GA-1: general assembly meets annually\nRule GA-2: treasurer is elected annually\n",
    );
    on(&mut scratch, "2026-11-02");
    let summaries = "SELECT count(*) FROM outbox WHERE kind = 'first_summary'
                     AND subject_key = 'rulebook-assembly'";
    let count: i64 = scratch.store().query_row(summaries, [], |row| row.get(0)).unwrap();
    assert_eq!((count, kinds(&scratch)), (1, Vec::new()));
    let said = text(&scratch, SECRETARY, "first_summary");
    assert!(said.contains("the rules of") && said.contains("apply too"), "{said}");
    // From then on it is a rulebook like any other.
    scratch
        .write("rules/assembly.rules", "Rule GA-1: general assembly meets quarterly\n");
    on(&mut scratch, "2026-11-03");
    assert_eq!(kinds(&scratch), ["method_notice"]);
}

fn live(scratch: &Scratch) {
    let live = "INSERT OR REPLACE INTO setting (key, value) VALUES ('live', 'yes')";
    scratch.store().execute(live, []).unwrap();
}

/// Twenty-five rules whose cases are all waived until a day.
fn many_rules(rules: u32) -> (Scratch, String) {
    let mut scratch = network("2026-11-01");
    // One quarter is over since it joined.
    let register = "organizations/amal/organization.toml";
    let joined = std::fs::read_to_string(scratch.root().join(register)).unwrap();
    scratch.write(register, joined.replace("joined = 2026-01-01", "joined = 2026-07-01"));
    let mut text = String::new();
    let mut waivers = String::new();
    for rule in 1..=rules {
        text += &format!(
            "Rule B-{rule}: board meets at least {} times a quarter\n",
            rule + 1
        );
        waivers += &format!(
            "[[waivers]]\norganization = \"amal\"\nrulebook = \"board\"\nrule = \"B-{rule}\"\n\
             from = 2026-01-01\ngranted_by = \"the committee\"\nwhy = \"a flood\"\n"
        );
    }
    scratch.write("rules/board.rules", text);
    scratch.write("waivers.toml", &waivers);
    on(&mut scratch, "2026-11-02");
    (scratch, waivers)
}

fn states(scratch: &Scratch, kind: &str) -> Vec<(String, String)> {
    let store = scratch.store();
    let mut asked = store
        .prepare("SELECT state, reply FROM outbox WHERE kind = ?1 AND recipient = ?2")
        .unwrap();
    let rows = asked.query_map([kind, SECRETARY], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_storm_becomes_one_digest_and_a_letter_to_the_officer() {
    // With the limit's number of letters, of which one is about the index, and with one more.
    let most = mithaq::limits::LETTERS_PER_HOUR_MAX;
    for (rules, storm) in [(most - 1, false), (most, true)] {
        let (mut scratch, _) = many_rules(rules);
        live(&scratch);
        let gone = "UPDATE outbox SET state = 'sent', sent_at = 1";
        scratch.store().execute(gone, []).unwrap();
        std::fs::remove_file(scratch.root().join("waivers.toml")).unwrap();
        on(&mut scratch, "2026-11-03");
        let findings = states(&scratch, "finding");
        assert_eq!(findings.len(), usize::try_from(rules).unwrap());
        let gathered = |one: &(String, String)| {
            one.0 == "dropped" && one.1 == "one letter in place of many"
        };
        assert_eq!(findings.iter().all(gathered), storm, "{rules}: {findings:?}");
        let digests = states(&scratch, "digest");
        assert_eq!(digests.len(), usize::from(storm), "{digests:?}");
        let host = told(&scratch).iter().filter(|one| one.1 == "host_health").count();
        assert_eq!(host > 0, storm);
        if storm {
            let said = text(&scratch, SECRETARY, "digest");
            assert!(said.contains("in place of 21 letters"), "{said}");
            let proof = scratch.run(&["ledger", "verify"]);
            assert_eq!(proof.code, 0, "{}", proof.stderr);
            // The next look finds nothing to gather.
            on(&mut scratch, "2026-11-04");
            assert_eq!(states(&scratch, "digest").len(), 1);
        }
    }
}

/// More than a fifth of all verdicts changed, and time did not do it.
#[test]
fn an_upheaval_is_told_to_the_officer_and_what_time_does_is_not() {
    let upheavals = |scratch: &Scratch| -> i64 {
        let count =
            "SELECT count(*) FROM outbox WHERE subject_key = 'host/storm/upheaval'";
        scratch.store().query_row(count, [], |row| row.get(0)).unwrap()
    };
    let (mut scratch, waivers) = many_rules(24);
    assert_eq!(upheavals(&scratch), 0);
    std::fs::remove_file(scratch.root().join("waivers.toml")).unwrap();
    on(&mut scratch, "2026-11-03");
    assert_eq!(upheavals(&scratch), 1);
    let said = text(&scratch, OFFICER, "host_health");
    assert!(said.contains("Of 24 results 24 changed at once"), "{said}");
    // Waivers that end on their day were known to end on it.
    let ending = waivers.replace("granted_by", "to = 2026-11-09\ngranted_by");
    let (mut scratch, _) = many_rules(24);
    scratch.write("waivers.toml", ending);
    on(&mut scratch, "2026-11-04");
    let before = upheavals(&scratch);
    on(&mut scratch, "2026-11-10");
    assert_eq!(upheavals(&scratch), before);
    assert_eq!(states(&scratch, "finding").len(), 24);
}
