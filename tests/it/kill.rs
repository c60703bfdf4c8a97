//! Killed at any moment and started again, the daemon ends as if nothing had happened.
//!
//! Two networks get the same papers. One is scanned in peace; the daemon of the other is
//! killed at random moments while the papers come. In the end both hold the same verdicts,
//! findings and index, and the same letters: receipts cover the same papers for the same
//! people, and every other letter is there exactly once.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::scratch::{Scratch, minutes};

/// How often the daemon is killed: more in the full run.
fn kills() -> u32 {
    if std::env::var_os("MITHAQ_TEST_FULL").is_some() { 220 } else { 20 }
}

/// A small generator of our own, so that a seed is a run (`xorshift64*`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % below
    }
}

const ORGANIZATIONS: [&str; 3] = ["amal", "karama", "nour"];

/// What is dropped, in order: organization, name, text.
fn drops(count: u32) -> Vec<(&'static str, String, String)> {
    let days = ["12 February 2026", "9 May 2026", "3 August 2026", "11 October 2026"];
    let mut drops = Vec::new();
    for number in 0..count {
        let organization = ORGANIZATIONS[number as usize % 3];
        let day = days[(number / 3) as usize % 4];
        let text = match number % 7 {
            // Empty papers of different lengths: the same bytes twice have two receipts.
            5 => " ".repeat(number as usize),
            6 => format!("An invitation to tea, number {number}.\n"),
            _ => format!("{}\nPaper number {number}.\n", minutes(day)),
        };
        // Secretaries overwrite a paper now and then.
        let name = if number % 11 == 10 {
            "minutes.md".to_owned()
        } else {
            format!("minutes-{number}.md")
        };
        drops.push((organization, name, text));
    }
    drops
}

fn network() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .write("rules/papers.rules", "audited accounts published\nboard meets monthly\n");
    for organization in ORGANIZATIONS {
        scratch.organization(organization);
    }
    scratch
}

fn daemon(scratch: &Scratch) -> Child {
    scratch
        .command(&["daemon", "--quiet"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the daemon starts")
}

/// Everything that must come out the same.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    verdicts: Vec<String>,
    findings: Vec<String>,
    index: Vec<String>,
    /// Recipient and paper, of all receipts.
    receipts: BTreeSet<(String, String)>,
    /// Recipient, kind, subject and window of every other letter.
    letters: Vec<(String, String, String, String)>,
}

fn outcome(scratch: &Scratch) -> Outcome {
    let lines = |command: &[&str], key: &str| -> Vec<String> {
        let json = scratch.json(command);
        let mut lines: Vec<String> =
            json[key].as_array().expect("a list").iter().map(Value::to_string).collect();
        lines.sort();
        lines
    };
    let (receipts, letters) = letters(scratch);
    Outcome {
        verdicts: lines(&["verdicts"], "verdicts"),
        findings: lines(&["findings", "--all"], "findings"),
        index: lines(&["index"], "index"),
        receipts,
        letters,
    }
}

type Letters = Vec<(String, String, String, String)>;

fn letters(scratch: &Scratch) -> (BTreeSet<(String, String)>, Letters) {
    let store = rusqlite::Connection::open_with_flags(
        scratch.root().join(".mithaq/store.sqlite"),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
    )
    .expect("the store");
    let mut statement = store
        .prepare("SELECT recipient, kind, subject_key, window, raw, state FROM outbox")
        .expect("letters");
    let mut rows = statement.query([]).expect("rows");
    let (mut receipts, mut letters) = (BTreeSet::new(), Vec::new());
    while let Some(row) = rows.next().expect("a row") {
        let recipient: String = row.get(0).unwrap();
        let kind: String = row.get(1).unwrap();
        let raw: Vec<u8> = row.get(4).unwrap();
        let state: String = row.get(5).unwrap();
        assert_eq!(state, "written", "every letter has left");
        if kind == "receipt" || kind == "problem" {
            for paper in papers_named(&raw) {
                assert!(
                    receipts.insert((recipient.clone(), format!("{kind} {paper}"))),
                    "{recipient} has two receipts for {paper}"
                );
            }
            continue;
        }
        letters.push((recipient, kind, row.get(2).unwrap(), row.get(3).unwrap()));
    }
    letters.sort();
    (receipts, letters)
}

/// The SHA-256 of every paper that a receipt names.
fn papers_named(raw: &[u8]) -> BTreeSet<String> {
    let message = mail_parser::MessageParser::default().parse(raw).expect("a message");
    let text = message.body_text(0).expect("a text").into_owned();
    let is_hash =
        |word: &&str| word.len() >= 12 && word.chars().all(|c| c.is_ascii_hexdigit());
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(is_hash)
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_daemon_killed_at_any_moment_ends_as_if_it_had_not_been() {
    let kills = kills();
    let drops = drops(kills * 2);
    let peaceful = network();
    for (organization, name, text) in &drops {
        peaceful.drop_paper(organization, name, text);
    }
    let seed = std::env::var("MITHAQ_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(0x9e37_79b9_7f4a_7c15);
    println!("MITHAQ_SEED={seed}");
    let mut dice = Dice(seed);
    let killed = network();
    let mut waiting = drops.iter();
    for _ in 0..kills {
        let mut child = daemon(&killed);
        let end = Instant::now() + Duration::from_millis(dice.roll(400));
        for (organization, name, text) in waiting.by_ref().take(2) {
            killed.drop_paper(organization, name, text);
            std::thread::sleep(Duration::from_millis(dice.roll(30)));
        }
        std::thread::sleep(end.saturating_duration_since(Instant::now()));
        child.kill().expect("killed");
        child.wait().expect("gone");
    }
    for (organization, name, text) in waiting {
        killed.drop_paper(organization, name, text);
    }
    assert!(killed.run(&["scan"]).code != 2);
    assert!(peaceful.run(&["scan"]).code != 2);
    let (calm, stormy) = (outcome(&peaceful), outcome(&killed));
    assert_eq!(calm.verdicts, stormy.verdicts);
    assert_eq!(calm.index, stormy.index);
    assert_eq!(calm.findings, stormy.findings);
    assert_eq!(calm.receipts, stormy.receipts);
    assert_eq!(calm.letters, stormy.letters);
    assert_eq!(killed.json(&["ledger", "verify"])["holds"], true);
}
