//! A network larger than any we know of, scanned at once and again: nothing is left out, and
//! the second look finds nothing to do. Runs in the full run only. And a day that touches
//! more organizations than one commit holds.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use mithaq::limits::ORGANIZATIONS_PER_COMMIT_MAX;
use mithaq::plan::Effect;
use mithaq::shell::clock::Clock;
use mithaq::shell::live::{Event, Live};

use crate::scratch::{Scratch, is_full, minutes};

const ORGANIZATIONS: usize = 300;
const PAPERS: usize = 10;

#[test]
fn three_hundred_organizations_are_scanned_whole() {
    if !is_full() {
        println!("skipped: runs with scripts/test --full");
        return;
    }
    let scratch = Scratch::new();
    let months = ["January", "March", "April", "June", "July", "August", "September"];
    for at in 0..ORGANIZATIONS {
        let id = format!("organization-{at:03}");
        scratch.organization(&id);
        for paper in 0..PAPERS {
            let day = format!("{} {} 2026", 1 + at % 27, months[paper % months.len()]);
            let text = format!("{}\nOf {id}, paper {paper}.\n", minutes(&day));
            scratch.drop_paper(&id, &format!("minutes-{paper}.md"), text);
        }
    }
    scratch.run(&["scan"]);
    let documents = scratch.json(&["documents"])["documents"].clone();
    let documents = documents.as_array().unwrap();
    assert_eq!(documents.len(), ORGANIZATIONS * PAPERS);
    assert!(documents.iter().all(|document| document["state"] == "understood"));
    let verdicts = scratch.json(&["verdicts"])["verdicts"].clone();
    let verdicts = verdicts.as_array().unwrap();
    assert_eq!(verdicts.len(), ORGANIZATIONS);
    assert!(verdicts.iter().all(|verdict| verdict["state"] == "met"));
    let again = scratch.json(&["scan"]);
    assert_eq!(again["verdict_changes"], 0);
    assert_eq!(again["letters"], 0);
}

#[test]
fn a_day_that_touches_more_than_one_commit_holds_is_judged_whole() {
    let scratch = Scratch::new();
    let many = ORGANIZATIONS_PER_COMMIT_MAX + 1;
    for at in 0..many {
        scratch.organization(&format!("organization-{at:03}"));
    }
    let nobody = BTreeSet::new();
    assert_eq!(judged(&scratch, "2026-11-21T12:00:00Z", None), many);
    assert_eq!(judged(&scratch, "2027-03-01T12:00:00Z", Some(&nobody)), many);
    assert_eq!(judged(&scratch, "2027-03-01T12:00:00Z", Some(&nobody)), 0);
}

/// Organizations with a changed verdict in one pass over those in `only`, or over all.
fn judged(scratch: &Scratch, now: &str, only: Option<&BTreeSet<String>>) -> usize {
    let clock = Clock::set_to(now).unwrap();
    let mut live = Live::start(scratch.root(), clock).unwrap();
    let mut organizations = BTreeSet::new();
    let mut told = |event| {
        if let Event::Effect(effect) = event
            && let Effect::Verdict(row) = *effect
        {
            organizations.insert(row.organization);
        }
    };
    live.pass(only, &mut told).unwrap();
    organizations.len()
}

#[test]
fn a_changed_rule_ends_the_same_when_the_process_stops_between_two_portions() {
    let whole = changed_rule(false);
    let stopped = changed_rule(true);
    assert_eq!(stopped, whole);
    let many = ORGANIZATIONS_PER_COMMIT_MAX + 1;
    let notices = whole.iter().filter(|row| row.contains("method_notice")).count();
    assert_eq!(notices, many, "one a person");
    let by_the_edit = whole.iter().filter(|row| row.starts_with("index after")).count();
    assert_eq!(by_the_edit, many, "each index names the edit");
}

/// What is stored after an edit of a rule that touches more organizations than one commit
/// holds; `stopped`: the process ended once the first portion was stored, and began again.
fn changed_rule(stopped: bool) -> Vec<String> {
    let scratch = Scratch::new();
    for at in 0..=ORGANIZATIONS_PER_COMMIT_MAX {
        let id = format!("organization-{at:03}");
        scratch.organization(&id);
        scratch.drop_paper(&id, "minutes.md", minutes("12 February 2026"));
    }
    let clock = Clock::set_to("2026-11-21T12:00:00Z").unwrap();
    let nobody = BTreeSet::new();
    let start = || Live::start(scratch.root(), clock).unwrap();
    let mut live = start();
    live.pass(None, &mut |_| {}).unwrap();
    let changes = "SELECT max(number) FROM source_change";
    let before: i64 = scratch.store().query_row(changes, [], |row| row.get(0)).unwrap();
    scratch.write("rules/board.rules", "board meets monthly\n");
    if stopped {
        let ended = catch_unwind(AssertUnwindSafe(|| {
            live.reload(&mut |_| resume_unwind(Box::new(()))).unwrap();
        }));
        assert!(ended.is_err());
        let told = "SELECT count(*) FROM outbox WHERE kind = 'method_notice'";
        let told: isize = scratch.store().query_row(told, [], |row| row.get(0)).unwrap();
        assert_eq!(
            told.unsigned_abs(),
            ORGANIZATIONS_PER_COMMIT_MAX,
            "the first portion is stored"
        );
    } else {
        live.reload(&mut |_| {}).unwrap();
    }
    drop(live);
    start().pass(Some(&nobody), &mut |_| {}).unwrap();
    let sql = format!(
        "SELECT 'verdict ' || organization || ' ' || rule || ' ' || state FROM verdict
         UNION ALL
         SELECT 'finding ' || organization || ' ' || rule || ' ' || slot || ' ' || state
           || ' ' || coalesce(closed, 'open') FROM finding
         UNION ALL
         SELECT 'letter ' || organization || ' ' || recipient || ' ' || kind FROM outbox
         UNION ALL
         SELECT 'index ' || CASE WHEN source_change > {before} THEN 'after ' ELSE 'before ' END
           || organization || ' ' || coalesce(value, 'none') || ' ' || told FROM index_value
         ORDER BY 1"
    );
    let store = scratch.store();
    let mut rows = store.prepare(&sql).unwrap();
    let rows = rows.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}
