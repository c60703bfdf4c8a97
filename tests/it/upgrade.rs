//! A store of an earlier version becomes one of today with all that it held.

use std::collections::BTreeSet;
use std::path::PathBuf;

use mithaq::shell::disk;
use mithaq::shell::store::Place;
use rusqlite::Connection;
use serde_json::Value;

use crate::scratch::{Scratch, minutes};

/// The steps, as they were released.
const STEPS: [&str; 13] = [
    include_str!("../../src/shell/store/schema/1.sql"),
    include_str!("../../src/shell/store/schema/2.sql"),
    include_str!("../../src/shell/store/schema/3.sql"),
    include_str!("../../src/shell/store/schema/4.sql"),
    include_str!("../../src/shell/store/schema/5.sql"),
    include_str!("../../src/shell/store/schema/6.sql"),
    include_str!("../../src/shell/store/schema/7.sql"),
    include_str!("../../src/shell/store/schema/8.sql"),
    include_str!("../../src/shell/store/schema/9.sql"),
    include_str!("../../src/shell/store/schema/10.sql"),
    include_str!("../../src/shell/store/schema/11.sql"),
    include_str!("../../src/shell/store/schema/12.sql"),
    include_str!("../../src/shell/store/schema/13.sql"),
];

fn columns(store: &Connection, schema: &str, table: &str) -> BTreeSet<String> {
    let mut asked = store
        .prepare(&format!("SELECT name FROM pragma_table_info('{table}', '{schema}')"))
        .unwrap();
    let names = asked.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

fn path(scratch: &Scratch) -> PathBuf {
    scratch.root().join(".mithaq/store.sqlite")
}

/// Puts a store of an earlier version in the place of today's, with as much of it as that
/// version could hold.
fn set_back(scratch: &Scratch, version: usize) {
    let (today, earlier) = (path(scratch), scratch.root().join("earlier.sqlite"));
    let store = Connection::open(&earlier).unwrap();
    store.pragma_update(None, "foreign_keys", false).unwrap();
    for step in &STEPS[..version] {
        store.execute_batch(step).unwrap();
    }
    store.execute("ATTACH ?1 AS today", [today.to_str().unwrap()]).unwrap();
    let tables: Vec<String> = {
        let mut asked = store
            .prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
            .unwrap();
        let names = asked.query_map([], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect()
    };
    for table in tables {
        let both = &columns(&store, "main", &table) & &columns(&store, "today", &table);
        let both = both.into_iter().collect::<Vec<_>>().join(", ");
        let copy = format!(
            "DELETE FROM main.{table};
             INSERT INTO main.{table} ({both}) SELECT {both} FROM today.{table}"
        );
        store.execute_batch(&copy).unwrap();
    }
    let ours: i64 =
        store.query_row("PRAGMA today.application_id", [], |row| row.get(0)).unwrap();
    store.execute_batch("DETACH today").unwrap();
    store.pragma_update(None, "application_id", ours).unwrap();
    store.pragma_update(None, "user_version", u32::try_from(version).unwrap()).unwrap();
    store.close().unwrap();
    for beside in ["store.sqlite-wal", "store.sqlite-shm"] {
        std::fs::remove_file(scratch.root().join(".mithaq").join(beside)).ok();
    }
    std::fs::rename(earlier, today).unwrap();
}

fn count(scratch: &Scratch, table: &str) -> i64 {
    let store = Connection::open(path(scratch)).unwrap();
    store
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
        .unwrap()
}

/// What a network tells of itself.
fn told(scratch: &Scratch) -> [Value; 3] {
    ["verdicts", "findings", "index"].map(|command| scratch.json(&[command]))
}

#[test]
fn a_store_of_each_earlier_version_keeps_all_that_it_held() {
    for version in 1..=STEPS.len() {
        let scratch = Scratch::new();
        scratch.organization("amal");
        scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
        scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
        scratch.run(&["scan"]);
        let before = told(&scratch);
        let [sources, findings, entries] =
            ["source", "finding", "ledger"].map(|table| count(&scratch, table));
        assert!(findings > 0, "nothing was missed");
        set_back(&scratch, version);
        let run = scratch.run(&["scan"]);
        assert_eq!(run.code, 0, "{version}: {}", run.stderr);
        assert_eq!(told(&scratch), before, "{version}");
        assert!(count(&scratch, "ledger") >= entries, "{version}");
        // Each version of a source and of a finding has its instant.
        assert_eq!(count(&scratch, "source_change"), sources, "{version}");
        assert_eq!(count(&scratch, "finding_version"), findings, "{version}");
        let undated = "finding_version WHERE known = 0";
        assert_eq!(count(&scratch, undated), 0, "{version}");
        // And it goes on.
        scratch.drop_paper("amal", "q2.md", minutes("12 May 2026"));
        assert_eq!(scratch.run(&["scan"]).code, 0, "{version}");
        assert_ne!(told(&scratch)[1], before[1], "{version}");
    }
}

#[test]
fn a_command_that_only_looks_finds_an_earlier_store_of_today() {
    let first: [&[&str]; 6] = [
        &["findings"],
        &["mail", "queue"],
        &["documents"],
        &["correct"],
        &["mail", "answers"],
        &["status"],
    ];
    for (version, first) in (1..).zip(first) {
        let scratch = Scratch::new();
        scratch.organization("amal");
        scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
        scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
        scratch.run(&["scan"]);
        let looked = scratch.run(first);
        set_back(&scratch, version);
        // Whoever minds it would write as the earlier program did.
        let place = Place::of_network(scratch.root());
        let lock = disk::lock(&place.lock_file()).unwrap().expect("nobody minds it");
        for (language, said) in [("en", "start the daemon again"), ("ar", "إعادة تشغيل")]
        {
            let run = scratch.run(&["findings", "--language", language]);
            assert!(
                run.code != 0 && run.stderr.contains(said),
                "{version}: {}",
                run.stderr
            );
        }
        drop(lock);
        let run = scratch.run(first);
        assert_eq!((run.code, run.stdout), (looked.code, looked.stdout), "{version}");
        assert_eq!(run.stderr, looked.stderr, "{version}");
    }
}
