//! What people state of papers on record, through the real binary: the queue of papers that
//! wait for somebody, what a correction changes and what it leaves known as it was.

use serde_json::Value;

use crate::schema::breaches;
use crate::scratch::{Run, Scratch, minutes};

/// Notes of a meeting that nothing calls minutes.
const NOTES: &str = "Notes\n\nWe came together on 3 March 2026 in the office.\n";

fn network() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "notes.txt", NOTES);
    scratch.now = "2026-08-01T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch.now = "2026-08-02T09:00:00Z".to_owned();
    scratch
}

fn correct(scratch: &Scratch, arguments: &[&str]) -> Run {
    scratch.run(&[&["correct", "--by", "Salma"], arguments].concat())
}

fn corrected(scratch: &Scratch, arguments: &[&str]) -> Value {
    let all = [&["correct", "--by", "Salma"], arguments].concat();
    scratch.json(&all)["paper"].clone()
}

/// The state of the rule for the first quarter, as known at a time.
fn first_quarter(scratch: &Scratch, known: &str) -> String {
    let verdicts = scratch.json(&["verdicts", "--as-of", "2026-08-02", "--known", known]);
    let slots = verdicts["verdicts"][0]["slots"].as_array().unwrap();
    slots[0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_paper_that_waits_is_settled_by_one_command() {
    let scratch = network();
    let queue = scratch.json(&["correct"]);
    assert_eq!(queue["queue"][0]["paths"][0], "notes.txt");
    assert_eq!(queue["queue"][0]["problem"], "kind_unsure");
    assert!(breaches("correct", &queue).is_empty(), "{:?}", breaches("correct", &queue));
    assert_eq!(scratch.run(&["correct"]).code, 3);
    assert_eq!(first_quarter(&scratch, "2026-08-02"), "not_met");
    let facts =
        ["notes.txt", "kind=board minutes", "date=2026-03-03", "attendance=7 of 9"];
    let run = correct(&scratch, &facts);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("Salma"), "{}", run.stdout);
    assert!(run.stdout.contains("It was understood: board minutes."), "{}", run.stdout);
    assert_eq!(first_quarter(&scratch, "2026-08-02T23:00:00Z"), "met");
    assert_eq!(scratch.json(&["correct"])["queue"], serde_json::json!([]));
    assert_eq!(scratch.run(&["correct"]).code, 0);
}

#[test]
fn what_was_known_before_a_correction_stays_as_it_was() {
    let mut scratch = network();
    correct(&scratch, &["notes.txt", "kind=board_minutes", "date=2026-03-03"]);
    assert_eq!(first_quarter(&scratch, "2026-08-01"), "not_met");
    assert_eq!(first_quarter(&scratch, "2026-08-02"), "met");
    let before = scratch.json(&["documents", "--known", "2026-08-01"]);
    assert_eq!(before["documents"][0]["state"], "needs_a_look");
    assert_eq!(before["documents"][0]["corrections"], serde_json::json!([]));
    // A second look, and a start from the store alone, change nothing of it.
    scratch.now = "2026-08-03T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    assert_eq!(first_quarter(&scratch, "2026-08-01"), "not_met");
    assert_eq!(first_quarter(&scratch, "2026-08-03"), "met");
    for finding in scratch.json(&["findings", "--all"])["findings"].as_array().unwrap() {
        let replayed = scratch.run(&["replay", finding["id"].as_str().unwrap()]);
        assert_eq!(replayed.code, 0, "{}{}", replayed.stdout, replayed.stderr);
    }
}

#[test]
fn the_correction_outranks_what_was_read_and_both_are_kept() {
    let scratch = network();
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scratch.run(&["scan"]);
    let paper = corrected(&scratch, &["q2.md", "meeting_date=2026-05-08"]);
    let days: Vec<(&str, &str)> = paper["facts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|fact| fact["fact"] == "meeting_date")
        .map(|fact| (fact["date"].as_str().unwrap(), fact["method"].as_str().unwrap()))
        .collect();
    assert!(days.contains(&("2026-05-08", "corrected")), "{days:?}");
    assert!(days.contains(&("2026-05-09", "body")), "{days:?}");
    let shown = scratch.json(&["correct", "q2.md"]);
    assert!(breaches("correct", &shown).is_empty(), "{:?}", breaches("correct", &shown));
    let why = scratch.json(&["why", "amal", "BRD-1"]);
    let evidence = &why["verdicts"][0]["slots"][1]["evidence"][0];
    assert_eq!(evidence["date"], "2026-05-08");
    assert_eq!(evidence["corrections"][0]["by"], "Salma");
    let lines = scratch.run(&["why", "amal", "BRD-1"]).stdout;
    assert!(lines.contains("Salma\u{2069} stated"), "{lines}");
    let read =
        scratch.json(&["read", scratch.papers("amal").join("q2.md").to_str().unwrap()]);
    assert_eq!(read["files"][0]["corrections"][0]["facts"][0]["value"], "2026-05-08");
    let documents = scratch.json(&["documents"]);
    let known = documents["documents"].as_array().unwrap();
    let q2 = known.iter().find(|paper| paper["paths"][0] == "q2.md").unwrap();
    assert_eq!(q2["corrections"][0]["by"], "Salma");
}

#[test]
fn a_correction_can_be_taken_back() {
    let scratch = network();
    correct(&scratch, &["notes.txt", "kind=board_minutes", "date=2026-03-03"]);
    assert_eq!(first_quarter(&scratch, "2026-08-02"), "met");
    let paper =
        corrected(&scratch, &["notes.txt", "--undo", "--because", "another board"]);
    assert_eq!(paper["state"], "needs_a_look");
    assert_eq!(paper["corrections"].as_array().unwrap().len(), 2);
    assert_eq!(paper["corrections"][1]["why"], "another board");
    assert_eq!(first_quarter(&scratch, "2026-08-02"), "not_met");
}

#[test]
fn a_later_correction_of_one_fact_leaves_the_others() {
    let scratch = network();
    correct(&scratch, &["notes.txt", "kind=board_minutes", "date=2026-03-03"]);
    let paper = corrected(&scratch, &["notes.txt", "date=2026-04-03"]);
    assert_eq!(paper["state"], "understood");
    assert_eq!(paper["kinds"][0]["kind"], "board_minutes");
    assert_eq!(first_quarter(&scratch, "2026-08-02"), "not_met");
}

#[test]
fn a_paper_can_be_said_to_be_none_of_ours_or_to_be_read_rightly() {
    let scratch = network();
    let paper = corrected(&scratch, &["notes.txt", "kind=none_of_ours"]);
    assert_eq!(paper["state"], "none_of_ours");
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scratch.run(&["scan"]);
    let paper = corrected(&scratch, &["q2.md", "--confirm"]);
    assert_eq!(paper["state"], "understood");
    let stated = paper["corrections"][0]["facts"].as_array().unwrap();
    assert!(stated.iter().any(|it| it["fact"] == "meeting_date"), "{stated:?}");
}

#[test]
fn a_person_says_what_a_paper_that_cannot_be_read_states() {
    let scratch = network();
    scratch.drop_paper("amal", "locked.bin", [0_u8, 159, 146, 150, 7, 7]);
    scratch.run(&["scan"]);
    let before = corrected(&scratch, &["locked.bin"]);
    assert_eq!(before["state"], "not_accepted");
    let facts = ["locked.bin", "النوع=محضر مجلس الإدارة", "تاريخ الاجتماع=2026-03-05"];
    let after = corrected(&scratch, &facts);
    assert_eq!(after["state"], "understood", "{after:#}");
    assert_eq!(first_quarter(&scratch, "2026-08-02"), "met");
}

#[test]
fn what_fits_no_fact_is_refused_whole_in_both_languages() {
    let scratch = network();
    for (facts, english, arabic) in [
        (["nonsense=1", "kind=board_minutes"], "no fact is called", "لا توجد معلومة"),
        (["kind=sonnet", "date=2026-01-01"], "no kind of paper", "لا يوجد نوع"),
        (["date=tomorrow", "kind=board_minutes"], "2026-03-05", "2026-03-05"),
        (["body=the moon", "kind=board_minutes"], "body=board", "body=board"),
    ] {
        let arguments = [&["notes.txt"], facts.as_slice()].concat();
        let run = correct(&scratch, &arguments);
        assert_eq!(run.code, 2, "{facts:?}: {}", run.stdout);
        assert!(run.stderr.contains(english), "{}", run.stderr);
        let run =
            correct(&scratch, &[arguments.as_slice(), &["--language", "ar"]].concat());
        assert!(run.stderr.contains(arabic), "{}", run.stderr);
    }
    let long = format!("happened={}", "x".repeat(mithaq::limits::STATED_BYTES_MAX));
    assert_eq!(correct(&scratch, &["notes.txt", &long]).code, 3, "taken, at the edge");
    assert_eq!(correct(&scratch, &["notes.txt", &format!("{long}x")]).code, 2);
    assert_eq!(correct(&scratch, &["nothing.txt", "kind=minutes"]).code, 2);
    let count: i64 = scratch
        .store()
        .query_row("SELECT count(*) FROM correction", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 1, "nothing of what was refused is kept");
}

#[test]
fn two_papers_of_one_name_are_told_apart_by_their_hashes() {
    let scratch = network();
    for folder in ["a", "b"] {
        scratch.drop_paper(
            "amal",
            &format!("{folder}/m.txt"),
            format!("{folder} {NOTES}"),
        );
    }
    scratch.run(&["scan"]);
    let run = correct(&scratch, &["m.txt", "kind=none_of_ours"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("a/m.txt") && run.stderr.contains("b/m.txt"));
    let hash =
        corrected(&scratch, &["a/m.txt"])["sha256"].as_str().unwrap()[..12].to_owned();
    assert_eq!(corrected(&scratch, &[&hash, "kind=none_of_ours"])["paths"][0], "a/m.txt");
}

#[test]
fn the_ledger_says_who_and_when_and_no_value() {
    let scratch = network();
    correct(&scratch, &["notes.txt", "kind=board_minutes", "auditor=A. Secret"]);
    let entries = scratch.run(&["ledger", "export"]).stdout;
    let entry = entries.lines().find(|line| line.contains("\"correction\"")).unwrap();
    assert!(entry.contains("Salma") && entry.contains("auditor"), "{entry}");
    assert!(!entries.contains("A. Secret"));
    assert_eq!(scratch.run(&["ledger", "verify"]).code, 0);
}

#[test]
fn the_daemon_takes_a_correction_up_at_once() {
    let scratch = network();
    let mut daemon = scratch.daemon();
    let started = std::time::Instant::now();
    let facts = ["notes.txt", "kind=board_minutes", "date=2026-03-03"];
    let paper = corrected(&scratch, &facts);
    let took = started.elapsed();
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    assert_eq!(paper["taken_up"], true);
    assert_eq!(paper["state"], "understood");
    assert!(took < std::time::Duration::from_secs(8), "{took:?}");
}

#[test]
fn an_index_that_a_correction_moved_says_so() {
    let scratch = network();
    scratch.drop_paper("amal", "q1.md", minutes("9 February 2026"));
    scratch.run(&["scan"]);
    let mut scratch = scratch;
    scratch.now = "2026-08-04T09:00:00Z".to_owned();
    correct(&scratch, &["q1.md", "date=2025-02-09"]);
    let delta = scratch.json(&[
        "index",
        "--delta",
        "2026-08-03..2026-08-04",
        "--organization",
        "amal",
    ]);
    let causes = delta["index"][0]["delta"]["causes"].to_string();
    assert!(causes.contains("corrections"), "{delta:#}");
}
