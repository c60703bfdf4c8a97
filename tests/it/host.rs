//! What whoever runs the machine is written: once an episode, and nothing without an officer.

use mail_parser::MessageParser;

use crate::scratch::{Scratch, minutes};

const OFFICER: &str =
    "\n[officer]\nname = \"Salma\"\nemail = \"salma@example.org\"\nlanguage = \"en\"\n";

fn network(officer: bool) -> Scratch {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    for name in ["q1.md", "q2.md"] {
        let day = if name == "q1.md" { "3 March 2026" } else { "3 May 2026" };
        scratch.drop_paper("amal", name, minutes(day));
    }
    if officer {
        let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml"));
        scratch.write("mithaq.toml", settings.unwrap() + OFFICER);
    }
    scratch.now = "2026-07-01T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch
}

/// The texts of the letters about the machine, in order.
fn told(scratch: &Scratch) -> Vec<String> {
    let store = scratch.store();
    let mut asked = store
        .prepare(
            "SELECT raw, recipient FROM outbox WHERE kind = 'host_health' ORDER BY id",
        )
        .unwrap();
    let rows = asked
        .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)))
        .unwrap();
    rows.map(|row| {
        let (raw, recipient) = row.unwrap();
        assert_eq!(recipient, "salma@example.org");
        let message = MessageParser::default().parse(&raw).unwrap();
        message.body_text(0).unwrap().into_owned()
    })
    .collect()
}

#[test]
fn a_share_that_is_gone_is_told_once_and_again_when_it_goes_again() {
    let mut scratch = network(true);
    assert_eq!(told(&scratch), Vec::<String>::new());
    let aside = scratch.root().join("aside");
    for (episode, day) in [(1, "02"), (2, "04")] {
        std::fs::rename(scratch.papers("amal"), &aside).unwrap();
        for hour in ["09", "10", "11"] {
            scratch.now = format!("2026-07-{day}T{hour}:00:00Z");
            scratch.run(&["scan"]);
        }
        let letters = told(&scratch);
        assert_eq!(letters.len(), episode, "{letters:#?}");
        assert!(letters.last().unwrap().contains("cannot be relied on"), "{letters:#?}");
        assert!(letters.last().unwrap().contains("mithaq doctor"), "{letters:#?}");
        std::fs::rename(&aside, scratch.papers("amal")).unwrap();
        scratch.now = format!("2026-07-{day}T12:00:00Z");
        scratch.run(&["scan"]);
    }
}

#[test]
fn rules_with_mistakes_are_told_once_for_each_text() {
    let mut scratch = network(true);
    for (text, letters) in
        [("the board does as it likes\n", 1), ("it likes nothing\n", 2)]
    {
        scratch.write("rules/more.rules", text);
        for hour in ["10", "11"] {
            scratch.now = format!("2026-07-0{letters}T{hour}:00:00Z");
            scratch.run(&["scan"]);
        }
        let all = told(&scratch);
        assert_eq!(all.len(), letters, "{all:#?}");
        assert!(all.last().unwrap().contains("last good version"), "{all:#?}");
    }
}

#[test]
fn letters_that_do_not_leave_and_those_held_back_are_told() {
    let mut scratch = network(true);
    let storm =
        "UPDATE outbox SET state = 'held', reply = 'held: too many letters in an hour'
                 WHERE organization = 'amal'";
    scratch.store().execute(storm, []).unwrap();
    scratch.run(&["scan"]);
    assert!(told(&scratch)[0].contains("held back"), "{:#?}", told(&scratch));
    // One that is not due before evening, and was written in the morning.
    let stuck = "UPDATE outbox SET state = 'pending', next_at = 1798761600, reply = ''
                 WHERE organization = 'amal'";
    scratch.store().execute(stuck, []).unwrap();
    scratch.now = "2026-07-01T16:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let letters = told(&scratch);
    assert_eq!(letters.len(), 2, "{letters:#?}");
    assert!(letters[1].contains("could not be delivered"), "{letters:#?}");
}

#[test]
fn a_clock_that_stands_before_the_last_pass_is_told() {
    let mut scratch = network(true);
    scratch.now = "2026-06-20T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch.run(&["scan"]);
    let letters = told(&scratch);
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(letters[0].contains("clock"), "{letters:#?}");
}

#[test]
fn without_an_officer_nobody_is_written_to() {
    let mut scratch = network(false);
    std::fs::remove_dir_all(scratch.papers("amal")).unwrap();
    scratch.now = "2026-07-02T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let count: i64 = scratch
        .store()
        .query_row("SELECT count(*) FROM outbox WHERE kind = 'host_health'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(count, 0);
    assert!(scratch.run(&["status"]).stdout.contains("cannot be trusted"));
}

#[test]
fn the_officer_has_the_week_of_the_network_once() {
    let mut scratch = network(true);
    scratch.organization("nour");
    scratch.drop_paper("amal", "notes.txt", "Notes\n\nWe met on 3 March 2026.\n");
    // Wednesday to the Tuesday after next: two Sundays; the first week was known of no folder.
    for day in 1..15 {
        for hour in ["08", "12"] {
            scratch.now = format!("2026-07-{day:02}T{hour}:00:00Z");
            scratch.run(&["scan"]);
        }
    }
    let store = scratch.store();
    let mut asked = store
        .prepare(
            "SELECT raw, window FROM outbox WHERE kind = 'officer_summary' ORDER BY id",
        )
        .unwrap();
    let rows = asked
        .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)))
        .unwrap();
    let letters: Vec<(Vec<u8>, String)> = rows.map(Result::unwrap).collect();
    let windows: Vec<&str> = letters.iter().map(|(_, window)| window.as_str()).collect();
    assert_eq!(windows, ["week-2026-06-28", "week-2026-07-05"]);
    let message = MessageParser::default().parse(&letters[1].0).unwrap();
    let text = message.body_text(0).unwrap().into_owned();
    assert!(text.contains("Of 2 organizations"), "{text}");
    assert!(text.contains("notes.txt"), "{text}");
    assert!(text.contains("mithaq ledger "), "{text}");
    let witness = scratch.root().join("witness.txt");
    std::fs::write(&witness, text).unwrap();
    let verified =
        scratch.run(&["ledger", "verify", "--witness", witness.to_str().unwrap()]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn a_start_long_after_the_last_pass_holds_what_time_calls_for() {
    let mut scratch = network(true);
    let live = "INSERT OR REPLACE INTO setting (key, value) VALUES ('live', 'yes')";
    scratch.store().execute(live, []).unwrap();
    let held = |scratch: &Scratch| -> (i64, i64) {
        let count = "SELECT count(*) FILTER (WHERE state = 'held'), count(*) FROM outbox
                     WHERE kind NOT IN ('receipt', 'host_health')";
        scratch
            .store()
            .query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
    };
    // Thirty days are a holiday.
    scratch.now = "2026-07-31T08:59:00Z".to_owned();
    scratch.run(&["scan"]);
    assert_eq!(held(&scratch).0, 0);
    let before = held(&scratch).1;
    scratch.now = "2027-09-01T09:00:00Z".to_owned();
    scratch.drop_paper("amal", "q3.md", minutes("3 August 2026"));
    scratch.run(&["scan"]);
    let (waiting, all) = held(&scratch);
    assert!(
        waiting > 0 && waiting == all - before,
        "{waiting} of {} new ones",
        all - before
    );
    let receipts: i64 = scratch
        .store()
        .query_row(
            "SELECT count(*) FROM outbox WHERE kind = 'receipt' AND state = 'held'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(receipts, 0, "who dropped a paper is answered");
    assert!(told(&scratch).iter().any(|letter| letter.contains("clock jumped")));
    // The next day is a day like any other, and a person has the held ones sent.
    scratch.now = "2027-09-02T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    assert_eq!(held(&scratch).0, waiting);
    let run = scratch.run(&["mail", "resend", "--held"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(held(&scratch).0, 0);
    assert_eq!(scratch.run(&["mail", "resend"]).code, 2);
}
