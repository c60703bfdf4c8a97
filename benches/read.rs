//! Reading a paper: its text out of each format, then kind and facts out of the text.
//!
//! Floor: the memory's own speed of hashing the same bytes is printed beside; last, what the
//! process costs in which each paper is read.
#![allow(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures the clock and prints what it measured"
)]

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mithaq::extract::extract;
use mithaq::recognise::{Context, cues::Cues, read};
use mithaq::shell::disk::sha256;
use mithaq::shell::sandbox::Cage;

const ROUNDS: u32 = 200;

fn main() {
    let cues = Cues::standard();
    for (format, path) in [
        ("text", "amal/papers/محضر مجلس الإدارة 3-2025.txt"),
        ("Markdown", "amal/papers/محضر مجلس الإدارة 3-2026.md"),
        ("HTML", "amal/papers/annual-report-2025.html"),
        ("DOCX", "amal/papers/محضر مجلس الإدارة 1-2026.docx"),
        ("ODT", "amal/papers/النظام الأساسي.odt"),
        ("PDF", "amal/papers/محضر مجلس الإدارة 2-2026.pdf"),
        ("e-mail with a PDF", "libraries/papers/Audited accounts 2025.eml"),
    ] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let folder = folder.join("fixtures/networks/sharek/organizations");
        let bytes = std::fs::read(folder.join(path)).unwrap();
        let name = path.rsplit('/').next().unwrap();
        let text = extract(&bytes, name).unwrap();
        let hashed = each(|| {
            std::hint::black_box(sha256(&bytes));
        });
        let extracted = each(|| drop(std::hint::black_box(extract(&bytes, name))));
        let context = Context::of(&text, name, &cues);
        let recognised = each(|| drop(std::hint::black_box(read(&context))));
        println!(
            "{format:18} {:5} KB  text {:6} µs  kind and facts {:5} µs  (hash {:4} µs)",
            bytes.len() / 1024,
            extracted.as_micros(),
            recognised.as_micros(),
            hashed.as_micros(),
        );
    }
    phrases(&cues);
    caged();
}

/// The vocabulary's phrases, all at once, in the lines of real texts as the reader has them:
/// folded, single spaces. Floor: the same lines folded.
fn phrases(cues: &Cues) {
    let texts =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents/arabic");
    let mut lines = Vec::new();
    for folder in ["texts", "known"] {
        for file in std::fs::read_dir(texts.join(folder)).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            lines.extend(text.lines().map(str::to_owned));
        }
    }
    let spaced = |line: &String| {
        let key = mithaq::text::key(line);
        key.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let folded: Vec<String> = lines.iter().map(spaced).collect();
    let found: usize = folded.iter().map(|line| cues.count_in(line)).sum();
    let matched = each(|| {
        for line in &folded {
            std::hint::black_box(cues.count_in(line));
        }
    });
    let keyed = each(|| {
        for line in &lines {
            std::hint::black_box(mithaq::text::key(line));
        }
    });
    let a_second = |lines: &[String], time: Duration| {
        let bytes: usize = lines.iter().map(String::len).sum();
        f64::from(u32::try_from(bytes).unwrap()) / 1e6 / time.as_secs_f64()
    };
    println!(
        "{} phrases of the vocabulary: {:.0} MB/s over {} lines, {found} found; folding \
         them {:.0} MB/s",
        cues.phrase_count(),
        a_second(&folded, matched),
        folded.len(),
        a_second(&lines, keyed),
    );
}

/// What a worker of its own costs a paper that is read in no time. Floor: the same system
/// starts and ends a program that does nothing.
fn caged() {
    let paper = b"Minutes of the board, held on 12 February 2026\n";
    let inside = each(|| drop(std::hint::black_box(extract(paper, "a.txt"))));
    let nothing = median(|| {
        let done = Command::new("/bin/true").stdin(Stdio::null()).status();
        assert!(done.unwrap().success());
    });
    let cage = Cage::around(PathBuf::from(env!("CARGO_BIN_EXE_mithaq")));
    let read = || assert!(cage.read(paper, "a.txt").is_ok());
    let together = median(read);
    // As a daemon has it: the next worker has long been waiting when a paper comes.
    let waited = median_after(Duration::from_millis(20), read);
    println!(
        "a worker a paper: {:.2} ms one after another, {:.2} ms when one comes now and then; \
         in this process {:.3} ms, a program that does nothing {:.2} ms",
        milliseconds(together),
        milliseconds(waited),
        milliseconds(inside),
        milliseconds(nothing),
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// The median of single rounds.
fn median(work: impl FnMut()) -> Duration {
    median_after(Duration::ZERO, work)
}

/// The same, of rounds with so much rest before each.
fn median_after(rest: Duration, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            std::thread::sleep(rest);
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

/// The time of one round.
fn each(mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        work();
    }
    begun.elapsed() / ROUNDS
}
