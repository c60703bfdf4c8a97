//! The hours at which letters leave: the day's slot, quiet days and hours, and no more than so
//! many a day; through real passes, a real store and a server that takes everything.

use mail_parser::MessageParser;

use crate::scratch::{Scratch, minutes};
use crate::smtp::scripted::{GOOD, Server, serve};

const SECRETARY: &str = "secretary@amal.example.org";

/// A letter that the server took: its kind, when it says that it was written, its text.
#[derive(Debug)]
struct Taken {
    to: String,
    kind: String,
    date: String,
    text: String,
}

struct Post {
    scratch: Scratch,
    server: Server,
    seen: usize,
}

/// An organization of Palestine whose rules are all waived, live, with these lines of `[mail]`.
fn post(hours: &str, rules: &str) -> Post {
    let server = serve(vec![GOOD]);
    let mut scratch = Scratch::new();
    scratch.write("rules/board.rules", rules);
    scratch.organization("amal");
    let register = "organizations/amal/organization.toml";
    let joined = std::fs::read_to_string(scratch.root().join(register)).unwrap();
    scratch.write(register, joined.replace("joined = 2026-01-01", "joined = 2026-07-01"));
    scratch.drop_paper("amal", "q4.md", minutes("3 November 2026"));
    scratch.write(
        "mithaq.toml",
        format!(
            "name = \"Alliance\"\nsettle_seconds = 0\n[mail]\nfrom = \"m@example.org\"\n\
             {hours}\n[smtp]\nhost = \"127.0.0.1\"\nport = {}\n[officer]\nname = \"Salma\"\n\
             email = \"salma@example.org\"\n",
            server.port
        ),
    );
    scratch.write("waivers.toml", waivers(&["B-1", "B-2", "B-3", "B-4", "B-5"]));
    scratch.now = "2026-11-15T08:00:00Z".to_owned();
    assert_ne!(scratch.run(&["scan"]).code, 2);
    assert_eq!(scratch.run(&["go-live"]).code, 0);
    Post { scratch, server, seen: 0 }
}

fn waivers(rules: &[&str]) -> String {
    let waiver = |rule: &&str| {
        format!(
            "[[waivers]]\norganization = \"amal\"\nrulebook = \"board\"\nrule = \"{rule}\"\n\
             from = 2026-01-01\ngranted_by = \"the committee\"\nwhy = \"a flood\"\n"
        )
    };
    rules.iter().map(waiver).collect()
}

/// Duties of the third quarter, in which the board did not meet.
fn rules(severity: &str, number: usize) -> String {
    let rule = |rule: usize| {
        let times = rule + 1;
        format!(
            "Rule B-{rule}: board meets at least {times} times a quarter\n  Severity: {severity}\n"
        )
    };
    (1..=number).map(rule).collect()
}

impl Post {
    /// A pass at an instant, and what the server took in it; moves of the index left out.
    fn at(&mut self, instant: &str) -> Vec<Taken> {
        self.scratch.now = instant.to_owned();
        let run = self.scratch.run(&["scan"]);
        assert_ne!(run.code, 2, "{}", run.stderr);
        let taken = self.server.taken.lock().unwrap();
        let new = taken.iter().skip(self.seen).map(|raw| read(raw));
        let new = new.filter(|one| one.kind != "index_delta").collect();
        self.seen = taken.len();
        new
    }

    fn waive(&self, rules: &[&str]) {
        self.scratch.write("waivers.toml", waivers(rules));
    }

    /// The states of one kind of letter, oldest first.
    fn states(&self, kind: &str) -> Vec<String> {
        let store = self.scratch.store();
        let mut asked = store
            .prepare("SELECT state FROM outbox WHERE kind = ?1 ORDER BY id")
            .unwrap();
        let rows = asked.query_map([kind], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

fn read(raw: &[u8]) -> Taken {
    let message = MessageParser::default().parse(raw).unwrap();
    let kind = message.header_raw("X-Mithaq-Kind").unwrap().trim().to_owned();
    Taken {
        to: message.to().unwrap().first().unwrap().address().unwrap().to_owned(),
        kind,
        date: message.date().unwrap().to_rfc3339(),
        text: message.body_text(0).unwrap().into_owned(),
    }
}

fn kinds(taken: &[Taken]) -> Vec<&str> {
    taken.iter().map(|one| one.kind.as_str()).collect()
}

const SLOT: &str = "slot = \"08:30\"\nquiet = [\"weekend\", \"holidays\"]\n\
                    quiet_hours = \"20:00-07:00\"";

/// The weekend of Palestine is Friday and Saturday; Hebron is two hours ahead of UTC.
#[test]
fn a_finding_of_thursday_afternoon_leaves_on_sunday_morning() {
    let mut post = post(SLOT, &rules("low", 1));
    assert_eq!(kinds(&post.at("2026-11-18T05:00:00Z")), Vec::<&str>::new());
    post.waive(&[]);
    for quiet in ["2026-11-19T12:00:00Z", "2026-11-20T12:00:00Z", "2026-11-22T06:29:00Z"]
    {
        let taken = post.at(quiet);
        assert!(taken.is_empty(), "at {quiet}: {taken:?}");
    }
    assert!(post.states("host_health").is_empty(), "it waits for its hour, not in vain");
    let queue = post.scratch.json(&["mail", "queue"]);
    assert_eq!(queue["letters"][0]["next_at"], "2026-11-22T06:30:00Z");
    for (language, leaves) in [
        ("en", "leaves on 2026-11-22 at 08:30"),
        ("ar", "تُرسل يوم 2026-11-22 الساعة 08:30"),
    ] {
        let said = post.scratch.run(&["--language", language, "mail", "queue"]).stdout;
        assert!(said.contains(leaves), "by the clock of Hebron: {said}");
    }
    let taken = post.at("2026-11-22T06:30:00Z");
    let finding = taken.iter().find(|one| one.kind == "finding").expect("a finding");
    assert_eq!(finding.to, SECRETARY);
    assert_eq!(finding.date, "2026-11-22T06:30:00Z");
}

#[test]
fn a_receipt_does_not_wait_for_letters_that_do() {
    let mut post = post(SLOT, &rules("low", 1));
    post.waive(&[]);
    assert!(post.at("2026-11-20T12:00:00Z").is_empty());
    post.scratch.drop_paper("amal", "more.md", minutes("10 November 2026"));
    let taken = post.at("2026-11-20T21:00:00Z");
    assert_eq!(kinds(&taken), ["receipt"], "on a Friday night, to who dropped it");
    assert_eq!(post.states("finding"), ["pending"]);
}

#[test]
fn a_grave_finding_leaves_in_working_time() {
    let mut by_day = post(SLOT, &rules("high", 1));
    by_day.waive(&[]);
    assert_eq!(kinds(&by_day.at("2026-11-18T12:00:00Z")), ["finding"]);

    let mut by_night = post(SLOT, &rules("high", 1));
    by_night.waive(&[]);
    assert!(
        by_night.at("2026-11-19T19:00:00Z").is_empty(),
        "Thursday, nine in the evening"
    );
    assert!(by_night.at("2026-11-22T04:59:00Z").is_empty(), "Sunday, before seven");
    assert_eq!(kinds(&by_night.at("2026-11-22T05:00:00Z")), ["finding"]);
}

/// What was over before anybody was told of it is not told, however often it turned.
#[test]
fn what_came_and_went_before_its_hour_is_not_told() {
    let mut post = post(SLOT, &rules("low", 1));
    post.waive(&[]);
    assert!(post.at("2026-11-18T12:00:00Z").is_empty());
    post.waive(&["B-1"]);
    assert!(post.at("2026-11-18T13:00:00Z").is_empty());
    post.waive(&[]);
    assert!(post.at("2026-11-18T14:00:00Z").is_empty());
    assert_eq!(post.states("finding"), ["pending", "pending"]);
    let taken = post.at("2026-11-19T07:00:00Z");
    assert_eq!(kinds(&taken), ["finding"], "how it stands, once");
    assert_eq!(post.states("finding"), ["dropped", "sent"]);
    assert_eq!(post.states("resolved"), ["dropped"]);
    post.waive(&["B-1"]);
    post.at("2026-11-19T12:00:00Z");
    assert_eq!(kinds(&post.at("2026-11-22T07:00:00Z")), ["resolved"]);
}

/// An hour that is taken back does not have an end overtake its beginning.
#[test]
fn a_slot_that_is_taken_back_keeps_the_order() {
    let mut post = post(SLOT, &rules("low", 1));
    post.waive(&[]);
    assert!(post.at("2026-11-18T12:00:00Z").is_empty());
    let settings = post.scratch.root().join("mithaq.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, text.replace(SLOT, "")).unwrap();
    post.waive(&["B-1"]);
    assert!(post.at("2026-11-18T13:00:00Z").is_empty(), "the finding waits, its end too");
    let taken = post.at("2026-11-19T07:00:00Z");
    assert!(taken.is_empty(), "it is over: {taken:?}");
    assert_eq!(post.states("finding"), ["dropped"]);
    assert_eq!(post.states("resolved"), ["dropped"]);
}

#[test]
fn what_is_more_than_a_day_may_bring_comes_as_one_letter() {
    let most = format!("{SLOT}\nmax_per_person_per_day = 3");
    let mut post = post(&most, &rules("low", 5));
    post.waive(&["B-3", "B-4", "B-5"]);
    assert!(post.at("2026-11-17T12:00:00Z").is_empty());
    let taken = post.at("2026-11-18T07:00:00Z");
    assert_eq!(kinds(&taken), ["finding", "finding"], "as many as may be");
    post.waive(&["B-1", "B-4", "B-5"]);
    assert!(post.at("2026-11-18T12:00:00Z").is_empty(), "an end and a beginning");
    post.waive(&["B-1"]);
    assert!(post.at("2026-11-18T13:00:00Z").is_empty(), "and two more");
    post.waive(&["B-1", "B-2"]);
    assert!(post.at("2026-11-18T14:00:00Z").is_empty(), "and one more");
    let taken = post.at("2026-11-19T07:00:00Z");
    assert_eq!(taken.len(), 3, "{taken:?}");
    let one = taken.iter().find(|one| one.kind == "digest").expect("one for the rest");
    assert!(one.text.contains("in place of 3 letters"), "{}", one.text);
    let proof = post.scratch.run(&["ledger", "verify"]);
    assert_eq!(proof.code, 0, "{}", proof.stderr);
    // Who was told by it is told of the end.
    post.waive(&["B-1", "B-2", "B-4"]);
    post.at("2026-11-19T12:00:00Z");
    let taken = post.at("2026-11-22T07:00:00Z");
    assert!(kinds(&taken).contains(&"resolved"), "{taken:?}");
}

/// Reminders count from the day on which they are read, and come before it is too late.
#[test]
fn a_reminder_speaks_of_the_day_on_which_it_leaves() {
    // Due on 31 December; the 1 December is a Tuesday and a holiday, the 2 December too.
    let mut post = post(SLOT, "Rule B-9: board meets at least 2 times a quarter\n");
    post.scratch.write(
        "calendars/PS.toml",
        "weekend = [\"friday\", \"saturday\"]\n[[holidays]]\nname = \"Two days\"\n\
         from = 2026-12-01\nto = 2026-12-02\n[[holidays]]\nname = \"The year's end\"\n\
         from = 2026-12-30\nto = 2027-01-03\n",
    );
    for quiet in ["2026-12-01T07:00:00Z", "2026-12-02T07:00:00Z", "2026-12-03T06:00:00Z"]
    {
        assert!(!kinds(&post.at(quiet)).contains(&"due_soon"), "at {quiet}");
    }
    let due = |taken: Vec<Taken>| {
        taken.into_iter().find(|one| one.kind == "due_soon").map(|one| one.text)
    };
    let said = due(post.at("2026-12-03T06:30:00Z")).expect("a reminder");
    assert!(said.contains("in 28 days"), "{said}");
    due(post.at("2026-12-24T07:00:00Z"));
    due(post.at("2026-12-27T07:00:00Z"));
    post.at("2026-12-30T00:00:00Z");
    let said = due(post.at("2026-12-30T06:30:00Z"));
    assert!(said.expect("no later than is of use").contains("tomorrow"));
}

/// The entry of the reminder, and what takes it away when the duty is done.
#[test]
fn a_day_leaves_the_calendar_when_its_duty_is_done() {
    let mut post = post("", "Rule B-9: board meets at least 2 times a quarter\n");
    let reminded = post.at("2026-12-01T12:00:00Z");
    assert!(kinds(&reminded).contains(&"due_soon"), "{reminded:?}");
    let entries = |post: &Post| -> Vec<(String, String)> {
        let taken = post.server.taken.lock().unwrap();
        let calendars = taken.iter().filter_map(|raw| {
            let message = MessageParser::default().parse(raw)?;
            let part = message.attachments().next()?;
            let text = part.text_contents()?.replace("\r\n", "\n");
            let line = |name: &str| {
                let found = text.lines().find_map(|line| line.strip_prefix(name));
                found.unwrap_or_default().to_owned()
            };
            Some((line("METHOD:"), line("UID:")))
        });
        calendars.collect()
    };
    let [(method, uid)] = &entries(&post)[..] else { panic!("one entry") };
    assert_eq!(method, "PUBLISH");
    post.scratch.drop_paper("amal", "again.md", minutes("1 December 2026"));
    let taken = post.at("2026-12-02T12:00:00Z");
    let receipt = taken.iter().find(|one| one.kind == "receipt").expect("a receipt");
    assert!(receipt.text.contains("No longer due"), "{}", receipt.text);
    let all = entries(&post);
    assert_eq!(all[1..], [("CANCEL".to_owned(), uid.clone())]);
    // It is taken away once.
    post.scratch.drop_paper("amal", "third.md", minutes("2 December 2026"));
    let taken = post.at("2026-12-03T12:00:00Z");
    assert!(kinds(&taken).contains(&"receipt"), "{taken:?}");
    assert_eq!(entries(&post).len(), 2);
}
