//! Folders in which nothing changed: a look compares nothing, and notices whatever did.

use std::fs::{File, FileTimes};

use mithaq::shell::clock::Clock;
use mithaq::shell::live::Live;

use crate::scratch::{Scratch, minutes};

/// More than are looked at one by one.
const ORGANIZATIONS: usize = 70;

fn id(at: usize) -> String {
    format!("organization-{at:02}")
}

/// A network of which the second look found what the first one put on record.
fn looked_at() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("rules/board.rules", "Rule B: board meets quarterly\n");
    for at in 0..ORGANIZATIONS {
        scratch.organization(&id(at));
        scratch.drop_paper(&id(at), "minutes.md", minutes("3 March 2026"));
    }
    pass(&scratch);
    assert_eq!(count(&scratch, "found"), 0, "papers that came are compared once more");
    pass(&scratch);
    assert_eq!(count(&scratch, "found"), ORGANIZATIONS);
    pass(&scratch);
    assert_eq!(count(&scratch, "context"), ORGANIZATIONS);
    scratch
}

fn pass(scratch: &Scratch) {
    let clock = Clock::set_to("2026-05-20T12:00:00Z").unwrap();
    let mut live = Live::start(scratch.root(), clock).unwrap();
    live.pass(None, &mut |_| {}).unwrap();
}

/// Organizations of which something is kept.
fn count(scratch: &Scratch, what: &str) -> usize {
    let sql = format!("SELECT count({what}) FROM looked");
    let count: i64 = scratch.store().query_row(&sql, [], |row| row.get(0)).unwrap();
    usize::try_from(count).unwrap()
}

#[test]
fn whatever_changes_on_record_is_compared_again() {
    let scratch = looked_at();
    let record = |of: &str| -> String {
        let sql = format!(
            "SELECT group_concat(quote({of}), ' ') FROM file ORDER BY organization"
        );
        scratch.store().query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let sizes = record("size");
    for damage in [
        "UPDATE file SET size = size + 1 WHERE organization = 'organization-07'",
        "UPDATE file SET missing_since = 1 WHERE organization = 'organization-07'",
        "DELETE FROM file WHERE organization = 'organization-07'",
        "INSERT INTO aside VALUES ('organization-07', x'61', 'ignored_name')",
        "UPDATE folder SET health = 'unreadable' WHERE organization = 'organization-07'",
    ] {
        scratch.store().execute(damage, []).unwrap();
        assert_eq!(count(&scratch, "found"), ORGANIZATIONS - 1, "{damage}");
        pass(&scratch);
        pass(&scratch);
        assert_eq!(count(&scratch, "found"), ORGANIZATIONS, "{damage}");
        assert_eq!(record("size"), sizes, "{damage}");
        assert!(record("missing_since").split(' ').all(|it| it == "NULL"), "{damage}");
        let aside = "SELECT count(*) FROM aside";
        let aside: i64 = scratch.store().query_row(aside, [], |row| row.get(0)).unwrap();
        assert_eq!(aside, 0, "{damage}");
    }
}

#[test]
fn whatever_changes_in_a_folder_is_compared() {
    let scratch = looked_at();
    let arrivals = || -> i64 {
        let sql = "SELECT count(*) FROM arrival WHERE organization = 'organization-69'";
        scratch.store().query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(arrivals(), 1);
    // As long as before, and as old as tools that copy say.
    let path = scratch.papers("organization-69").join("minutes.md");
    let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
    std::fs::write(&path, minutes("4 March 2026")).unwrap();
    let times = FileTimes::new().set_modified(modified);
    File::options().write(true).open(&path).unwrap().set_times(times).unwrap();
    pass(&scratch);
    assert_eq!(arrivals(), 2);
    std::fs::rename(&path, path.with_file_name("minutes of march.md")).unwrap();
    pass(&scratch);
    pass(&scratch);
    let missing = "SELECT path FROM file WHERE missing_since IS NOT NULL";
    let missing: Vec<u8> =
        scratch.store().query_row(missing, [], |row| row.get(0)).unwrap();
    assert_eq!(missing, b"minutes.md");
    // Until two looks agree that it is gone there is something to compare.
    assert_eq!(count(&scratch, "found"), ORGANIZATIONS - 1);
}

#[test]
fn papers_that_were_read_with_something_else_are_read_again() {
    let scratch = looked_at();
    let others = "UPDATE document SET context = zeroblob(32) WHERE organization = ?1";
    scratch.store().execute(others, ["organization-33"]).unwrap();
    assert_eq!(count(&scratch, "context"), ORGANIZATIONS - 1);
    pass(&scratch);
    let left = "SELECT count(*) FROM document WHERE context = zeroblob(32)";
    let left: i64 = scratch.store().query_row(left, [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
    pass(&scratch);
    assert_eq!(count(&scratch, "context"), ORGANIZATIONS);
}
