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
fn organizations_that_share_a_commit_are_stored_as_if_each_had_its_own() {
    let (together, commits) = first_looked_at(|live, _| {
        live.pass(None, &mut |_| {}).unwrap();
    });
    let (alone, commits_alone) = first_looked_at(|live, all| {
        for id in all {
            live.pass(Some(&BTreeSet::from([id.clone()])), &mut |_| {}).unwrap();
        }
    });
    // Who brought papers is not kept waiting: theirs are stored with what was judged before.
    assert_eq!(commits, 2 + WITH_PAPERS.len());
    assert_eq!(commits_alone, ORGANIZATIONS_PER_COMMIT_MAX + 1);
    assert!(together == alone, "{:?}", together.iter().zip(&alone).find(|(a, b)| a != b));
}

/// Organizations, by their places, of which papers lie there at the first look.
const WITH_PAPERS: [usize; 2] = [3, 200];

/// What is stored of a network of one organization more than a commit holds after its first look,
/// and how many commits entered something in the ledger.
fn first_looked_at(look: impl Fn(&mut Live, &[String])) -> (Vec<String>, usize) {
    let scratch = Scratch::new();
    let all = 0..=ORGANIZATIONS_PER_COMMIT_MAX;
    let all: Vec<String> = all.map(|at| format!("organization-{at:03}")).collect();
    for id in &all {
        let register = "name = \"An association\"\njoined = 2026-01-01\n";
        scratch.write(&format!("organizations/{id}/organization.toml"), register);
        std::fs::create_dir_all(scratch.papers(id)).unwrap();
    }
    for at in WITH_PAPERS {
        scratch.organization(&all[at]);
        scratch.drop_paper(&all[at], "minutes.md", minutes("12 February 2026"));
    }
    // Somebody reads letters of whom there is no paper.
    scratch.organization(&all[7]);
    let clock = Clock::set_to("2026-11-21T12:00:00Z").unwrap();
    let start = || Live::start(scratch.root(), clock).unwrap();
    drop(start());
    let secret = "UPDATE setting SET value = ?1 WHERE key = 'token_key'";
    assert_eq!(scratch.store().execute(secret, ["5".repeat(64)]).unwrap(), 1);
    let mut live = start();
    look(&mut live, &all);
    drop(live);
    let checkpoints = scratch.root().join(".mithaq/checkpoints");
    let commits = std::fs::read_to_string(checkpoints).unwrap().lines().count();
    let rows = [
        "SELECT organization, first_seen, last_seen, health FROM folder ORDER BY rowid",
        "SELECT * FROM folder_seen ORDER BY number",
        "SELECT * FROM verdict ORDER BY 1, 2, 3",
        "SELECT * FROM finding_version ORDER BY rowid",
        "SELECT * FROM index_value ORDER BY number",
        "SELECT organization, judged_on, due_on, hex(verdicts) FROM resume ORDER BY 1",
        "SELECT organization, hex(sha256), at, answered FROM arrival ORDER BY number",
        "SELECT organization, recipient, kind, message_id, hex(raw) FROM outbox ORDER BY id",
        "SELECT number, at, kind, organization, subject, detail, hex(hash) FROM ledger
         ORDER BY number",
    ];
    let rows = rows.iter().flat_map(|sql| rows_of(&scratch, sql)).collect();
    (rows, commits)
}

fn rows_of(scratch: &Scratch, sql: &str) -> Vec<String> {
    let store = scratch.store();
    let mut rows = store.prepare(sql).unwrap();
    let columns = rows.column_count();
    let line = |row: &rusqlite::Row<'_>| {
        let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
        let values: Result<Vec<_>, rusqlite::Error> = values.collect();
        Ok(format!("{:?}", values?))
    };
    let read: Result<Vec<String>, rusqlite::Error> =
        rows.query_map([], line).unwrap().collect();
    let read = read.unwrap();
    assert!(!read.is_empty(), "{sql}");
    read
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
