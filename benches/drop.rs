//! A dropped paper of 20 KB, from settled to its outbox row; and the first scan of 1,000.
//!
//! Floor: one durable commit, that is one `fdatasync` of a file on the same disk, which is
//! measured and printed beside. What the reader's own process costs is printed apart.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a bench measures the clock and prints what it measured"
)]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use mithaq::shell::clock::Clock;
use mithaq::shell::live::Live;
use mithaq::shell::sandbox::Cage;

const ROUNDS: usize = 40;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    network(root);
    let flush = flushes(root);
    println!("one fdatasync                     p50 {} µs", middle(&flush).as_micros());
    println!("the reader's process              p50 {} µs", middle(&cages()).as_micros());
    let (drops, letters) = drops(root);
    println!("20 KB dropped → outbox row        p50 {} µs", middle(&drops).as_micros());
    println!("  rows in the outbox: {letters} letters from {ROUNDS} drops");
    println!("first scan of 1,000 papers        {} ms", first_scan().as_millis());
}

fn network(root: &Path) {
    write(root, "mithaq.toml", "name = \"Bench\"\nsettle_seconds = 0\n");
    write(
        root,
        "rules/board.rules",
        "board meets quarterly\naudited accounts published\n",
    );
    write(
        root,
        "organizations/amal/organization.toml",
        "name = \"Amal\"\njoined = 2020-01-01\n[[people]]\nname = \"S\"\n\
         role = \"secretary\"\nemail = \"s@example.org\"\n",
    );
    std::fs::create_dir_all(root.join("organizations/amal/papers")).unwrap();
}

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Minutes of `bytes` bytes, each different.
fn paper(number: usize, bytes: usize) -> String {
    use std::fmt::Write;

    let mut text = format!(
        "# Minutes of the meeting of the board of directors\n\n\
         The board of directors met on {} March 2026.\n\nPresent: 7 of 9 members.\n\n",
        1 + number % 28
    );
    while text.len() < bytes {
        writeln!(
            text,
            "Item {number}: the treasurer told of the rent of the hall and it was discussed."
        )
        .unwrap();
    }
    text
}

fn flushes(root: &Path) -> Vec<Duration> {
    let mut file = std::fs::File::create(root.join("flush")).unwrap();
    let once = |_| {
        let began = Instant::now();
        file.write_all(&[b'.'; 120]).unwrap();
        file.sync_data().unwrap();
        began.elapsed()
    };
    (0..ROUNDS).map(once).collect()
}

fn cages() -> Vec<Duration> {
    let cage = Cage::around(env!("CARGO_BIN_EXE_mithaq").into());
    let text = paper(0, 20_000);
    let once = |_| {
        let began = Instant::now();
        cage.read(text.as_bytes(), "minutes.md").unwrap();
        began.elapsed()
    };
    (0..ROUNDS).map(once).collect()
}

/// The time of each drop, and the letters that were written for them.
fn drops(root: &Path) -> (Vec<Duration>, usize) {
    let mut live = Live::start(root, Clock::wall()).unwrap();
    live.pass(None, &mut |_| {}).unwrap();
    let only = BTreeSet::from(["amal".to_owned()]);
    let (mut times, mut letters) = (Vec::new(), 0);
    for number in 0..ROUNDS {
        let name = format!("organizations/amal/papers/minutes-{number}.md");
        write(root, &name, &paper(number, 20_000));
        let began = Instant::now();
        let pass = live.pass(Some(&only), &mut |_| {}).unwrap();
        times.push(began.elapsed());
        letters += pass.letters;
    }
    (times, letters)
}

/// The real binary, from its start to its end.
fn first_scan() -> Duration {
    let folder = tempfile::tempdir().unwrap();
    network(folder.path());
    for number in 0..1000 {
        let name = format!("organizations/amal/papers/minutes-{number}.md");
        write(folder.path(), &name, &paper(number, 4_000));
    }
    let began = Instant::now();
    let scan = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .arg("--network")
        .arg(folder.path())
        .args(["scan", "--quiet"])
        .output()
        .unwrap();
    let elapsed = began.elapsed();
    assert_ne!(scan.status.code(), Some(2), "{}", String::from_utf8_lossy(&scan.stderr));
    elapsed
}

fn middle(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}
