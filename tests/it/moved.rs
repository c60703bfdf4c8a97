//! What moved the index, and what letters say of it, through the real binary.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::scratch::{Scratch, minutes};

/// A letter that was written: its kind and its text, without the marks of direction.
struct Written {
    kind: String,
    text: String,
    html: String,
}

fn letters(scratch: &Scratch) -> Vec<Written> {
    let store = scratch.store();
    let mut statement =
        store.prepare("SELECT kind, raw FROM outbox ORDER BY id").unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))
        .unwrap();
    rows.map(|row| {
        let (kind, raw) = row.unwrap();
        let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
        let plain = |text: String| text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
        let text = plain(message.body_text(0).unwrap().into_owned());
        let html = plain(message.body_html(0).unwrap().into_owned());
        Written { kind, text, html }
    })
    .collect()
}

fn of_kind(scratch: &Scratch, kind: &str) -> Vec<Written> {
    letters(scratch).into_iter().filter(|letter| letter.kind == kind).collect()
}

/// Two people of one organization, one for each language.
fn register(scratch: &Scratch) {
    scratch.write(
        "organizations/amal/organization.toml",
        "name = { en = \"Amal\", ar = \"الأمل\" }\njoined = 2026-01-01\n\
         [[people]]\nname = \"Rana\"\nrole = \"secretary\"\n\
         email = \"rana@amal.example.org\"\nlanguage = \"en\"\n",
    );
    std::fs::create_dir_all(scratch.papers("amal")).unwrap();
}

fn in_arabic(scratch: &Scratch) {
    let path = scratch.root().join("organizations/amal/organization.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("language = \"en\"", "language = \"ar\"");
    scratch.write("organizations/amal/organization.toml", text);
}

/// Three quarters are over; minutes of the first two are there, and those of the third
/// come later.
fn third_quarter_comes_late(scratch: &mut Scratch) {
    scratch.now = "2026-11-20T12:00:00Z".to_owned();
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scratch.run(&["scan"]);
    scratch.now = "2026-11-21T12:00:00Z".to_owned();
    scratch.drop_paper("amal", "q3.md", minutes("3 September 2026"));
    scratch.run(&["scan"]);
}

#[test]
fn a_resolved_letter_says_what_the_end_of_the_finding_did_to_the_index() {
    for (arabic, said) in [
        (false, "The index rises by 33.0 points."),
        (true, "ارتفع المؤشر بمقدار 33.0 نقطة."),
    ] {
        let mut scratch = Scratch::new();
        register(&scratch);
        if arabic {
            in_arabic(&scratch);
        }
        third_quarter_comes_late(&mut scratch);
        let resolved = of_kind(&scratch, "resolved");
        assert_eq!(resolved.len(), 1);
        assert!(resolved[0].text.contains(said), "{}", resolved[0].text);
        let bare =
            |html: &str| html.replace("<bdi dir=\"ltr\">", "").replace("</bdi>", "");
        assert!(bare(&resolved[0].html).contains(said), "{}", resolved[0].html);
        let moved = of_kind(&scratch, "index_delta");
        assert!(moved[0].text.contains("+33.0"), "the same number: {}", moved[0].text);
    }
}

#[test]
fn a_resolved_letter_says_when_the_index_is_only_readiness() {
    let mut scratch = Scratch::new();
    register(&scratch);
    let unknown = "board has between 7 and 13 members\n";
    let more = "general assembly has between 30 and 90 members\n";
    scratch.write("rules/size.rules", format!("{unknown}{more}"));
    third_quarter_comes_late(&mut scratch);
    let resolved = of_kind(&scratch, "resolved");
    assert_eq!(resolved.len(), 1);
    assert!(resolved[0].text.contains("None can be given yet"), "{}", resolved[0].text);
}

const REGISTER: &str = "organizations/amal/organization.toml";

/// Changes what stands in a file of the network.
fn edit(scratch: &Scratch, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(scratch.root().join(path)).unwrap();
    assert!(text.contains(from), "{text}");
    scratch.write(path, text.replace(from, to));
}

fn waiver(rulebook: &str, rule: &str) -> String {
    format!(
        "[[waivers]]\norganization = \"amal\"\nrulebook = \"{rulebook}\"\nrule = \"{rule}\"\n\
         from = 2026-01-01\ngranted_by = \"the committee\"\nwhy = \"a flood\"\n"
    )
}

fn numbered(number: u32, day: &str) -> String {
    format!(
        "# Minutes of meeting No. {number} of the board of directors\n\n\
         The board of directors met on {day}.\n\nPresent: 7 of 9 members.\n"
    )
}

fn scan_on(scratch: &mut Scratch, day: u32) {
    scratch.now = format!("2026-11-{day:02}T12:00:00Z");
    let run = scratch.run(&["scan"]);
    assert_ne!(run.code, 2, "{}", run.stderr);
}

/// A network in which every cause moves the index, each on a day of its own: rules on the
/// 3rd, a waiver on the 5th, the register on the 7th, a correction on the 9th and a new
/// paper on the 11th.
fn moved_by_everything() -> Scratch {
    let mut scratch = Scratch::new();
    register(&scratch);
    edit(&scratch, REGISTER, "joined = 2026-01-01", "joined = 2025-01-01");
    scratch.write(
        "rules/board.rules",
        "Quarters: of the fiscal year\n\nRule BRD-1: board meets quarterly\n\n\
         Rule GA-1: general assembly meets annually\n\n\
         Rule EXE-1: executive committee meets annually\n",
    );
    scratch.drop_paper("amal", "q4.md", minutes("10 December 2025"));
    scratch.drop_paper("amal", "q1.md", numbered(7, "28 March 2026"));
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scan_on(&mut scratch, 1);
    edit(&scratch, "rules/board.rules", "quarterly\n", "quarterly\n  Weight: 3\n");
    scan_on(&mut scratch, 3);
    scratch.write("waivers.toml", waiver("board", "GA-1"));
    scan_on(&mut scratch, 5);
    edit(&scratch, REGISTER, "joined", "fiscal_year_end = \"11-30\"\njoined");
    scan_on(&mut scratch, 7);
    scratch.drop_paper("amal", "q1.md", numbered(7, "3 April 2026"));
    scan_on(&mut scratch, 9);
    scratch.drop_paper("amal", "q3.md", minutes("3 July 2026"));
    scan_on(&mut scratch, 11);
    scratch.now = "2026-11-12T12:00:00Z".to_owned();
    scratch
}

fn tenths(points: &serde_json::Value) -> i64 {
    let text = points.as_str().expect("points").replace('−', "-").replace('+', "");
    (text.parse::<f64>().expect("a number") * 10.0).round() as i64
}

#[test]
fn a_delta_names_every_cause_with_the_document_and_sums_exactly() {
    let scratch = moved_by_everything();
    let json = scratch.json(&["index", "--delta", "2026-11-01..2026-11-12"]);
    let delta = &json["index"][0]["delta"];
    let causes = delta["causes"].as_array().expect("causes");
    let sum: i64 = causes.iter().map(|line| tenths(&line["points"])).sum();
    assert_eq!(sum, tenths(&delta["total"]), "{delta:#}");
    let documents = [
        ("rules", "rules/board.rules"),
        ("waivers", "waivers.toml"),
        ("membership", REGISTER),
        ("corrections", "q1.md"),
        ("evidence", "q3.md"),
    ];
    for (cause, document) in documents {
        let named = causes.iter().any(|line| {
            line["cause"] == cause
                && line["document"] == document
                && !line["rule"].is_null()
        });
        assert!(named, "{cause}: {delta:#}");
    }
    let before = scratch.json(&[
        "index",
        "--as-of",
        "2026-11-01",
        "--known",
        "2026-11-01T20:00:00Z",
    ]);
    let after = &json["index"][0]["value"];
    let change = tenths(after) - tenths(&before["index"][0]["value"]);
    assert_eq!(change, sum, "the difference of the two shown values");
}

#[test]
fn what_was_known_is_known_the_same_after_every_edit() {
    let commands: [&[&str]; 4] =
        [&["verdicts"], &["why", "amal", "BRD-1"], &["index"], &["findings", "--all"]];
    let then = ["--as-of", "2026-11-02", "--known", "2026-11-02T08:00:00Z"];
    let mut scratch = Scratch::new();
    register(&scratch);
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q1.md", numbered(7, "28 March 2026"));
    scan_on(&mut scratch, 1);
    let asked = |scratch: &Scratch, more: &[&str]| -> Vec<String> {
        let asked = commands.iter().map(|command| {
            let command = [&["--format", "json"], *command, more].concat();
            scratch.run(&command).stdout
        });
        asked.collect()
    };
    scratch.now = "2026-11-02T08:00:00Z".to_owned();
    let at_the_time = asked(&scratch, &[]);
    edit(&scratch, "rules/board.rules", "quarterly", "monthly");
    scan_on(&mut scratch, 3);
    scratch.write("rules/more.rules", "general assembly meets annually\n");
    scratch.write("waivers.toml", waiver("board", "BRD-1"));
    scan_on(&mut scratch, 5);
    edit(&scratch, REGISTER, "joined = 2026-01-01", "joined = 2026-04-01");
    scan_on(&mut scratch, 7);
    std::fs::remove_file(scratch.root().join("waivers.toml")).unwrap();
    scratch.drop_paper("amal", "q1.md", numbered(7, "3 April 2026"));
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scan_on(&mut scratch, 9);
    edit(&scratch, "rules/board.rules", "monthly", "quarterly");
    scan_on(&mut scratch, 11);
    assert_eq!(asked(&scratch, &then), at_the_time);
    assert_ne!(asked(&scratch, &["--as-of", "2026-11-02"]), at_the_time);
    // A version that came back is told apart from the time when another was current.
    let monthly = scratch.json(&["verdicts", "--known", "2026-11-04T08:00:00Z"]);
    let slots = monthly["verdicts"][0]["slots"].as_array().unwrap();
    assert!(slots.iter().any(|slot| slot["to"] == "2026-01-31"), "{monthly:#}");
    let waived = scratch.json(&["verdicts", "--known", "2026-11-06T08:00:00Z"]);
    assert_eq!(waived["verdicts"][0]["state"], "waived", "{waived:#}");
    let released = scratch.json(&["verdicts", "--known", "2026-11-10T08:00:00Z"]);
    assert_ne!(released["verdicts"][0]["state"], "waived", "{released:#}");
}

#[test]
fn a_delta_without_a_value_at_one_end_says_so() {
    let mut scratch = Scratch::new();
    register(&scratch);
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scan_on(&mut scratch, 3);
    let delta = ["index", "--delta", "2026-11-01..2026-11-03"];
    let json = scratch.json(&delta);
    let said = &json["index"][0]["delta"];
    assert_eq!(said["without_value"], "before", "{said:#}");
    assert!(said["total"].is_null() && said["causes"] == serde_json::json!([]));
    let english = scratch.run(&delta).stdout;
    assert!(english.contains("The index had no value at the start."), "{english}");
    let arabic = scratch.run(&[&["--language", "ar"], &delta[..]].concat()).stdout;
    assert!(arabic.contains("لم تكن للمؤشر قيمة في البداية."), "{arabic}");
}

/// Rules of which the first is kept and weighs much, and the second is not and weighs
/// little: a waiver from the second moves the index by less than a letter tells.
fn heavy_and_light() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2026-11-21T12:00:00Z".to_owned();
    register(&scratch);
    edit(&scratch, REGISTER, "joined = 2026-01-01", "joined = 2025-01-01");
    scratch.write(
        "rules/board.rules",
        "Rule BRD-1: board meets quarterly\n  Weight: 40\n\n\
         Rule GA-1: general assembly meets annually\n",
    );
    for (name, day) in [
        ("q4.md", "10 December 2025"),
        ("q1.md", "12 February 2026"),
        ("q2.md", "9 May 2026"),
        ("q3.md", "3 September 2026"),
    ] {
        scratch.drop_paper("amal", name, minutes(day));
    }
    scratch
}

/// Waits until a count in the store is what it should become.
fn wait_for(scratch: &Scratch, sql: &str) {
    let end = Instant::now() + Duration::from_secs(30);
    let path = scratch.root().join(".mithaq/store.sqlite");
    while Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let rows = rusqlite::Connection::open_with_flags(&path, flags);
        let count =
            rows.and_then(|rows| rows.query_row(sql, [], |row| row.get::<_, i64>(0)));
        if count.is_ok_and(|count| count > 0) {
            return;
        }
    }
    panic!("never: {sql}");
}

/// How the network is minded between one event and the next.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Minded {
    OneDaemon,
    DaemonsKilledAfterEachEvent,
    ScansWithEditsWhileNobodyIsThere,
}

/// A first scan; a waiver that moves the index a little; a rule edit that moves it much.
/// Gives the letters about the index, and the delta of the day.
fn lived(minded: Minded) -> (Vec<String>, serde_json::Value) {
    let scratch = heavy_and_light();
    let start = || {
        let mut daemon = scratch.command(&["daemon", "--quiet"]);
        daemon.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    };
    let scans = minded == Minded::ScansWithEditsWhileNobodyIsThere;
    let mut daemon = (!scans).then(start);
    let events: [(&dyn Fn(), &str); 3] = [
        (&|| {}, "SELECT count(*) FROM outbox WHERE kind = 'first_summary'"),
        (
            &|| scratch.write("waivers.toml", waiver("board", "GA-1")),
            "SELECT count(*) FROM index_value WHERE value = 100000000",
        ),
        (
            &|| edit(&scratch, "rules/board.rules", "quarterly", "monthly"),
            "SELECT count(*) FROM outbox WHERE kind = 'index_delta'",
        ),
    ];
    for (event, seen) in events {
        event();
        if scans {
            assert_ne!(scratch.run(&["scan"]).code, 2);
        }
        wait_for(&scratch, seen);
        if minded == Minded::DaemonsKilledAfterEachEvent
            && let Some(mut killed) = daemon.take()
        {
            killed.kill().expect("killed");
            killed.wait().expect("gone");
            daemon = Some(start());
        }
    }
    if let Some(mut daemon) = daemon {
        daemon.kill().expect("killed");
        daemon.wait().expect("gone");
    }
    let told = of_kind(&scratch, "index_delta").into_iter().map(|letter| letter.text);
    let told = told.collect();
    (told, scratch.json(&["index", "--delta", "2026-11-20..2026-11-21"]))
}

#[test]
fn causes_are_named_the_same_with_and_without_a_restart_between() {
    let (told, delta) = lived(Minded::OneDaemon);
    assert_eq!(told.len(), 1, "{told:#?}");
    for cause in ["waivers: GA-1", "the rules changed: BRD-1"] {
        assert!(told[0].contains(cause), "{}", told[0]);
    }
    for minded in
        [Minded::DaemonsKilledAfterEachEvent, Minded::ScansWithEditsWhileNobodyIsThere]
    {
        let (again, delta_again) = lived(minded);
        assert_eq!(again, told, "{minded:?}");
        assert_eq!(delta_again, delta, "{minded:?}");
    }
}

#[test]
fn a_rule_broken_while_nobody_looked_is_judged_as_it_was_last_good() {
    let scratch = heavy_and_light();
    scratch.run(&["scan"]);
    let findings = || scratch.json(&["findings", "--all"])["findings"].clone();
    let before = findings();
    edit(&scratch, "rules/board.rules", "board meets", "bord mets");
    let run = scratch.run(&["scan"]);
    assert!(run.stderr.contains("rules/board.rules"), "{}", run.stderr);
    scratch.run(&["scan"]);
    assert_eq!(findings(), before);
    assert_eq!(of_kind(&scratch, "method_notice").len(), 0, "no rule was changed");
}
