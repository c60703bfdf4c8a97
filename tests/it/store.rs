//! The store's promises: the ledger proves itself, days can be looked back at, and what was
//! good is not lost by what is broken.

use crate::scratch::{Scratch, minutes};

fn scanned() -> Scratch {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    scratch.json(&["scan"]);
    scratch
}

fn store(scratch: &Scratch) -> rusqlite::Connection {
    rusqlite::Connection::open(scratch.root().join(".mithaq/store.sqlite")).unwrap()
}

#[test]
fn the_ledger_refuses_to_be_changed() {
    let scratch = scanned();
    let store = store(&scratch);
    for sql in ["UPDATE ledger SET detail = '{}'", "DELETE FROM ledger"] {
        let refused = store.execute(sql, []).expect_err("refused").to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
    assert_eq!(scratch.json(&["ledger", "verify"])["holds"], true);
}

#[test]
fn the_first_broken_link_is_named() {
    let breaks = [
        ("UPDATE ledger SET detail = '{}' WHERE number = 3", 3),
        ("UPDATE ledger SET at = at + 1 WHERE number = 2", 2),
        ("DELETE FROM ledger WHERE number = 1", 1),
        ("DELETE FROM ledger WHERE number = 4", 4),
    ];
    for (sql, number) in breaks {
        let scratch = scanned();
        let store = store(&scratch);
        store
            .execute_batch("DROP TRIGGER ledger_keeps; DROP TRIGGER ledger_stays")
            .unwrap();
        store.execute(sql, []).unwrap();
        drop(store);
        let proof = scratch.json(&["ledger", "verify"]);
        assert_eq!(proof["holds"], false, "{sql}");
        assert_eq!(proof["broken_at"], number, "{sql}: {proof}");
        let run = scratch.run(&["ledger", "verify", "--language", "ar"]);
        assert_eq!(run.code, 2);
        assert!(run.stdout.contains(&format!("القيد {number}")), "{}", run.stdout);
    }
}

#[test]
fn the_ledger_holds_no_words_of_papers() {
    let scratch = scanned();
    let export = scratch.run(&["ledger", "export"]).stdout;
    assert!(export.lines().count() > 2, "{export}");
    assert!(!export.contains("Present: 7"), "{export}");
    assert!(!export.contains("last meeting"), "{export}");
}

#[test]
fn a_day_that_is_over_can_be_judged_again() {
    let mut scratch = scanned();
    let state = |scratch: &Scratch, arguments: &[&str]| {
        let verdicts = scratch.json(&[&["verdicts"], arguments].concat());
        verdicts["verdicts"][0]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&scratch, &[]), "not_met");
    assert_eq!(state(&scratch, &["--as-of", "2026-04-20"]), "met");
    // A paper that came later is not known to who asks what was known then.
    scratch.now = "2026-11-23T12:00:00Z".to_owned();
    for day in ["9 May 2026", "3 August 2026"] {
        let name = format!("board {day}.md");
        scratch.drop_paper("amal", &name, minutes(day));
    }
    scratch.json(&["scan"]);
    assert_eq!(state(&scratch, &[]), "met");
    assert_eq!(state(&scratch, &["--known", "2026-11-22"]), "not_met");
}

#[test]
fn an_organization_broken_later_keeps_its_last_good_version() {
    let scratch = scanned();
    scratch.write("organizations/amal/organization.toml", "name = \n");
    scratch.drop_paper("amal", "more.md", minutes("9 May 2026"));
    let run = scratch.run(&["scan"]);
    assert!(
        run.stderr.contains("organizations/amal/organization.toml:1"),
        "{}",
        run.stderr
    );
    assert!(run.stdout.contains("more.md: understood"), "{}", run.stdout);
}

#[test]
fn a_store_of_a_later_version_is_left_alone() {
    let scratch = scanned();
    store(&scratch).pragma_update(None, "user_version", 99).unwrap();
    let run = scratch.run(&["scan"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("later version"), "{}", run.stderr);
}

#[test]
fn a_damaged_store_is_told_and_nothing_is_written() {
    let scratch = scanned();
    let path = scratch.root().join(".mithaq/store.sqlite");
    for beside in ["store.sqlite-wal", "store.sqlite-shm"] {
        std::fs::remove_file(scratch.root().join(".mithaq").join(beside)).ok();
    }
    std::fs::write(&path, b"this is no store").unwrap();
    let run = scratch.run(&["scan"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(std::fs::read(&path).unwrap(), b"this is no store");
    let doctor = scratch.run(&["doctor"]);
    assert!(doctor.stdout.contains('✗'), "{}", doctor.stdout);
}

/// One of several: the same as among all, and nobody who is not there.
#[test]
fn one_organization_is_looked_at_as_among_all() {
    let mut scratch = scanned();
    scratch.organization("nour");
    scratch.drop_paper("nour", "board.md", minutes("12 May 2026"));
    scratch.json(&["scan"]);
    scratch.now = "2027-02-01T09:00:00Z".to_owned();
    let of_amal = |said: &serde_json::Value, list: &str| -> Vec<serde_json::Value> {
        let rows = said[list].as_array().unwrap().iter();
        rows.filter(|row| row["organization"] == "amal").cloned().collect()
    };
    for (command, list) in [("verdicts", "verdicts"), ("index", "index")] {
        let all = scratch.json(&[command]);
        let one = scratch.json(&[command, "--organization", "amal"]);
        assert_eq!(one[list].as_array().unwrap(), &of_amal(&all, list), "{command}");
        assert!(!of_amal(&all, list).is_empty(), "{command}: {all}");
    }
    let moved = ["index", "--delta", "2026-12-01..2027-01-31"];
    let all = scratch.json(&moved);
    let one = scratch.json(&[&moved[..], &["--organization", "amal"]].concat());
    assert_eq!(one["index"].as_array().unwrap(), &of_amal(&all, "index"));
    for command in ["verdicts", "findings", "index"] {
        for name in ["nobody", "../amal", "", "..", "amal/papers"] {
            let run = scratch.run(&[command, "--organization", name]);
            assert_eq!(run.code, 2, "{command} {name}: {}", run.stdout);
            let said = format!("there is no organization {name}");
            assert!(run.stderr.contains(&said), "{command}: {}", run.stderr);
        }
    }
}
