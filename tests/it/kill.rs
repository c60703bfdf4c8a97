//! Killed at any moment and started again, the daemon ends as if nothing had happened.
//!
//! Two networks get the same papers. One is minded by one daemon from beginning to end;
//! whoever minds the other is killed at a random moment while each batch of papers comes.
//! In the end both hold the same verdicts, findings and index, and the same letters:
//! receipts cover the same papers for the same people, and every other letter is there
//! exactly once.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::scratch::{Scratch, is_full, minutes};

/// How often it is killed while it runs; one that had ended before is not counted.
fn kills() -> u32 {
    if is_full() { 1_100 } else { 20 }
}

/// A kill comes at the latest after so long: a scan of one batch is over by then, also by a
/// program that is not optimised, on a machine that is busy.
const LATEST: Duration = Duration::from_secs(4);

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

/// What a secretary does at once: papers of one organization, by name and text.
struct Batch {
    organization: &'static str,
    papers: Vec<(String, String)>,
}

/// A paper that moves a verdict, or none, and sometimes others beside it that move nothing:
/// whether these are read in one burst or in two, the same letters must follow.
fn batch(number: u32) -> Batch {
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
    ];
    let organization = ORGANIZATIONS[number as usize % 3];
    let turn = number / 3;
    let month = months[turn as usize % months.len()];
    let day = format!("{} {month} 2026", 3 + turn % 20);
    let text = format!("{}\nPaper {number}.\n", minutes(&day));
    let mut papers = match turn % 6 {
        // Overwritten with other words about the same meeting.
        4 => vec![(
            "minutes-0.md".to_owned(),
            format!("{}\n{turn}\n", minutes("3 January 2026")),
        )],
        // Empty papers of different lengths.
        5 => vec![(format!("empty-{number}.txt"), " ".repeat(number as usize))],
        _ => vec![(format!("minutes-{turn}.md"), text)],
    };
    if turn % 4 == 1 {
        let tea = format!("An invitation to tea, number {number}.\n");
        papers.push((format!("tea-{number}.txt"), tea));
        papers.push((
            format!("note-{number}.md"),
            format!("Note {number}: water the plants.\n"),
        ));
    }
    // A letter and the minutes that it brings: two papers in one file.
    if turn % 5 == 2 {
        let day = format!("{} {month} 2026", 4 + turn % 20);
        let text = format!("{}\nPaper {number} came in a letter.\n", minutes(&day));
        let letter = format!(
            "MIME-Version: 1.0\nSubject: Papers {number}\n\
             Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
             See attached.\n--b\nContent-Type: text/markdown\n\
             Content-Disposition: attachment; filename=minutes.md\n\n{text}\n--b--\n"
        );
        papers.push((format!("letter-{number}.eml"), letter));
    }
    Batch { organization, papers }
}

impl Batch {
    /// How many papers arrive: a letter brings another.
    fn arrivals(&self) -> i64 {
        let letters = self.papers.iter().filter(|(name, _)| name.starts_with("letter-"));
        i64::try_from(self.papers.len() + letters.count()).unwrap()
    }

    fn drop_into(&self, scratch: &Scratch) {
        for (name, text) in &self.papers {
            scratch.drop_paper(self.organization, name, text);
        }
    }
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

fn quiet(mut command: Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
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

/// Starts the daemon, or a scan, and kills it within `latest`; whether it was still running.
fn kill_one(
    scratch: &Scratch,
    dice: &mut Dice,
    latest: Duration,
    during: impl FnOnce(),
) -> bool {
    let mut child = if dice.roll(4) == 0 {
        quiet(scratch.command(&["scan", "--quiet"]))
    } else {
        quiet(scratch.command(&["daemon", "--quiet"]))
    };
    let latest = u64::try_from(latest.as_micros()).expect("a short while");
    let end = Instant::now() + Duration::from_micros(dice.roll(latest.max(1)));
    during();
    std::thread::sleep(end.saturating_duration_since(Instant::now()));
    child.kill().expect("killed");
    child.wait().expect("gone").signal() == Some(9)
}

#[test]
fn a_daemon_killed_at_any_moment_ends_as_if_it_had_not_been() {
    let seed = std::env::var("MITHAQ_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(0x9e37_79b9_7f4a_7c15);
    println!("MITHAQ_SEED={seed}");
    let mut dice = Dice(seed);
    let (peaceful, killed) = (network(), network());
    let mut latest = scan(&killed);
    let mut peace = quiet(peaceful.command(&["daemon", "--quiet"]));
    let (mut dropped, mut batches, mut kills_done, mut amid) = (0i64, 0, 0, 0);
    wait_until_answered(&peaceful, dropped);
    while kills_done < kills() {
        let batch = batch(batches);
        batches += 1;
        batch.drop_into(&peaceful);
        dropped += batch.arrivals();
        wait_until_answered(&peaceful, dropped);
        let hit = kill_one(&killed, &mut dice, latest, || batch.drop_into(&killed));
        kills_done += u32::from(hit);
        amid += u32::from(
            hit && answered(&killed).is_none_or(|(papers, _)| papers < dropped),
        );
        // Most kills shall fall into the work, whatever the machine's speed.
        latest = (2 * scan(&killed)).min(LATEST);
        if kills_done % 100 == 0 && hit {
            println!("{kills_done} kills, {amid} of them with papers left to answer");
        }
    }
    println!(
        "{kills_done} kills over {dropped} papers, {amid} with papers left to answer"
    );
    assert!(amid > kills_done / 10, "nearly every kill came when all was done");
    assert!(amid < kills_done, "every kill came before anything was done");
    std::thread::sleep(Duration::from_millis(500));
    peace.kill().expect("stopped");
    peace.wait().expect("gone");
    scan(&peaceful);
    let (calm, stormy) = (outcome(&peaceful), outcome(&killed));
    same("verdicts", &calm.verdicts, &stormy.verdicts);
    same("index", &calm.index, &stormy.index);
    same("findings", &calm.findings, &stormy.findings);
    same("receipts", &calm.receipts, &stormy.receipts);
    same("letters", &calm.letters, &stormy.letters);
    assert_eq!(killed.json(&["ledger", "verify"])["holds"], true);
}

/// How many papers are answered and how many folders known, once there is a store.
fn answered(scratch: &Scratch) -> Option<(i64, i64)> {
    let store = scratch.root().join(".mithaq/store.sqlite");
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let rows = rusqlite::Connection::open_with_flags(store, flags).ok()?;
    let sql = "SELECT count(*) FILTER (WHERE answered), (SELECT count(*) FROM folder)
               FROM arrival";
    rows.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).ok()
}

/// Waits until the daemon that nobody disturbs has answered so many papers.
fn wait_until_answered(scratch: &Scratch, papers: i64) {
    let end = Instant::now() + Duration::from_secs(30);
    while Instant::now() < end {
        if answered(scratch) == Some((papers, 3)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the daemon did not answer {papers} papers");
}

/// Scans to the end; how long it took.
fn scan(scratch: &Scratch) -> Duration {
    let begun = Instant::now();
    let run = scratch.run(&["scan"]);
    assert_ne!(run.code, 2, "{}", run.stderr);
    begun.elapsed()
}

/// Names what only one of the two has.
fn same<'l, T: Ord + std::fmt::Debug + 'l>(
    what: &str,
    calm: impl IntoIterator<Item = &'l T>,
    stormy: impl IntoIterator<Item = &'l T>,
) {
    let calm: BTreeSet<&T> = calm.into_iter().collect();
    let stormy: BTreeSet<&T> = stormy.into_iter().collect();
    let only = |one: &BTreeSet<&T>, other: &BTreeSet<&T>| -> String {
        let only = one.difference(other).map(|it| format!("{it:?}"));
        let short = |text: String| text.chars().take(400).collect::<String>();
        only.map(short).collect::<Vec<_>>().join("\n  ")
    };
    assert!(
        calm == stormy,
        "{what} differ\nonly in peace:\n  {}\nonly when killed:\n  {}",
        only(&calm, &stormy),
        only(&stormy, &calm)
    );
}
