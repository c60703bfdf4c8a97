//! What the two ends of a delta rest on beside an organization's own papers and rules: the
//! members that it counts, and the calendar of its country, edited while nobody looks and
//! under the daemon.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::scratch::{Scratch, minutes};

/// An alliance that counts the five members of its network; three have published.
fn alliance() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2026-06-01T12:00:00Z".to_owned();
    scratch.write(
        "rules/board.rules",
        "Rule ALL-1: at least 80% of members published their annual reports within 4 months \
         of the end of the fiscal year on time\n",
    );
    register(&scratch, "union", "alliance", "PS");
    for id in ["a", "b", "c", "d", "e"] {
        register(&scratch, id, "association", "PS");
    }
    for id in ["a", "b", "c"] {
        publish(&scratch, id, "2026-03-01");
    }
    scan(&scratch);
    scratch
}

fn register(scratch: &Scratch, id: &str, kind: &str, jurisdiction: &str) {
    let text = format!(
        "name = {{ en = \"{id}\", ar = \"{id}\" }}\ntype = \"{kind}\"\n\
         jurisdiction = \"{jurisdiction}\"\njoined = 2025-01-01\n"
    );
    scratch.write(&format!("organizations/{id}/organization.toml"), text);
    std::fs::create_dir_all(scratch.papers(id)).unwrap();
}

fn publish(scratch: &Scratch, id: &str, on: &str) {
    let text = format!(
        "---\nkind: annual_report\nfiscal_year_end: 2025-12-31\ndate_published: {on}\n---\n\
         # Annual report of {id} for 2025\n"
    );
    scratch.drop_paper(id, "report.md", text);
}

fn scan(scratch: &Scratch) {
    let run = scratch.run(&["scan"]);
    assert_ne!(run.code, 2, "{}", run.stderr);
}

fn delta(scratch: &Scratch, organization: &str, days: &str) -> Value {
    let json = scratch.json(&["index", "--organization", organization, "--delta", days]);
    json["index"][0].clone()
}

#[test]
fn the_members_that_a_rule_counts_are_counted_at_each_end_as_they_were_known_then() {
    let mut scratch = alliance();
    scratch.now = "2026-06-10T12:00:00Z".to_owned();
    // Published in time, and known late: four of five.
    publish(&scratch, "d", "2026-04-20");
    scan(&scratch);
    let moved = delta(&scratch, "union", "2026-06-05..2026-06-10");
    assert_eq!(moved["value"], "100.0");
    let by_papers = json!([
        {"cause": "evidence", "rule": "board/ALL-1", "document": null, "points": "+99.0"}
    ]);
    assert_eq!(
        (&moved["delta"]["total"], &moved["delta"]["causes"]),
        (&"+99.0".into(), &by_papers)
    );
    // Between two days before it came nothing moved, whatever is known now.
    let still = delta(&scratch, "union", "2026-06-02..2026-06-05");
    assert_eq!(still["value"], "1.0");
    assert_eq!(
        (&still["delta"]["total"], &still["delta"]["causes"]),
        (&"0.0".into(), &json!([]))
    );
    let asked = ["index", "--organization", "union", "--delta", "2026-06-05..2026-06-10"];
    let arabic = scratch.run(&[&["--language", "ar"], &asked[..]].concat()).stdout;
    assert!(arabic.contains("+99.0  المستندات  board/ALL-1"), "{arabic}");
}

const CALENDAR: &str = "weekend = [\"friday\", \"saturday\"]\n";

/// Two organizations of two countries, each without minutes of the third quarter.
fn neighbours() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2026-11-21T12:00:00Z".to_owned();
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    for country in ["PS", "LB"] {
        scratch.write(&format!("calendars/{country}.toml"), CALENDAR);
    }
    for (id, country) in [("amal", "PS"), ("arz", "LB")] {
        register(&scratch, id, "association", country);
        let text = std::fs::read_to_string(
            scratch.root().join(format!("organizations/{id}/organization.toml")),
        );
        let text = text.unwrap().replace("2025-01-01", "2026-01-01");
        scratch.write(&format!("organizations/{id}/organization.toml"), text);
        for (name, day) in [("q1.md", "12 February 2026"), ("q2.md", "9 May 2026")] {
            scratch.drop_paper(id, name, minutes(day));
        }
    }
    scratch
}

/// A closure of the whole of a quarter.
fn close(scratch: &Scratch) {
    let closure = "[[suspensions]]\nname = { en = \"closure\", ar = \"إغلاق\" }\n\
                   from = 2026-07-01\nto = 2026-09-30\n";
    scratch.write("calendars/PS.toml", format!("{CALENDAR}{closure}"));
}

/// A daemon that is gone when dropped.
struct Daemon(Child);

impl Daemon {
    fn of(scratch: &Scratch) -> Daemon {
        let mut command = scratch.command(&["daemon", "--quiet"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Daemon(command.spawn().expect("it starts"))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Waits until an organization's index was last stored with a value.
fn wait_for(scratch: &Scratch, organization: &str, value: i64) {
    let end = Instant::now() + Duration::from_secs(30);
    while Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
        if values(scratch, organization).last() == Some(&value) {
            return;
        }
    }
    panic!("never {value}: {:?}", values(scratch, organization));
}

/// Every stored value of an organization's index, the last one last; none without a store.
fn values(scratch: &Scratch, organization: &str) -> Vec<i64> {
    let path = scratch.root().join(".mithaq/store.sqlite");
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let Ok(rows) = rusqlite::Connection::open_with_flags(path, flags) else {
        return Vec::new();
    };
    let sql = "SELECT value FROM index_value WHERE organization = ? ORDER BY number";
    let Ok(mut statement) = rows.prepare(sql) else { return Vec::new() };
    let found = statement.query_map([organization], |row| row.get::<_, i64>(0));
    found.map(|found| found.filter_map(Result::ok).collect()).unwrap_or_default()
}

#[test]
fn a_calendar_edited_under_the_daemon_judges_its_country_again_and_no_other() {
    let scratch = neighbours();
    let daemon = Daemon::of(&scratch);
    for id in ["amal", "arz"] {
        wait_for(&scratch, id, 67_000_033);
    }
    let before = values(&scratch, "arz");
    close(&scratch);
    wait_for(&scratch, "amal", 100_000_000);
    drop(daemon);
    assert_eq!(values(&scratch, "arz"), before);
    let why = scratch.json(&["why", "amal", "BRD-1"]);
    let slots = why["verdicts"][0]["reason"]["slots"].as_array().unwrap();
    assert!(slots.iter().all(|slot| slot["from"] != "2026-07-01"), "{slots:#?}");
    // The same as when nobody minds the network while it is edited.
    let scanned = neighbours();
    scan(&scanned);
    close(&scanned);
    scan(&scanned);
    assert_eq!(values(&scanned, "amal"), values(&scratch, "amal"));
    assert_eq!(scanned.json(&["verdicts"]), scratch.json(&["verdicts"]));
}

#[test]
fn a_delta_names_the_calendar_that_moved_it() {
    let mut scratch = neighbours();
    scratch.now = "2026-11-20T12:00:00Z".to_owned();
    scan(&scratch);
    scratch.now = "2026-11-21T12:00:00Z".to_owned();
    close(&scratch);
    scan(&scratch);
    let moved = delta(&scratch, "amal", "2026-11-20..2026-11-21");
    assert_eq!(moved["delta"]["total"], "+33.0");
    let by_calendar = json!([
        {"cause": "rules", "rule": "board/BRD-1", "document": "calendars/PS.toml", "points": "+33.0"}
    ]);
    assert_eq!(moved["delta"]["causes"], by_calendar);
    let other = delta(&scratch, "arz", "2026-11-20..2026-11-21");
    assert_eq!(other["delta"]["causes"], json!([]));
}
