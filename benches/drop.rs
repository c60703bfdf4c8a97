//! A dropped paper of 20 KB, from settled to its outbox row, in networks of different sizes,
//! with what it asks of memory; and the first scan of 1,000 papers.
//!
//! Floor: one durable commit, that is one `fdatasync` of a file on the same disk, which is
//! measured and printed beside. What the reader's own process costs is printed apart.
//!
//!     cargo bench --bench drop [-- ORGANIZATIONS ...]
//!
//! A network of a million organizations takes 3 million inodes and 24 GB of the disk on which
//! temporary files lie, and some minutes to be made. With `MITHAQ_BENCH_AT=FOLDER` each network
//! is made there, and used again by the next run.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a bench measures the clock and prints what it measured"
)]

use std::alloc::System;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use mithaq::shell::clock::Clock;
use mithaq::shell::live::Live;
use mithaq::shell::sandbox::Cage;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Drops into each network, each into another organization where there are as many.
const ROUNDS: usize = 200;
/// Stands in the root of a network once all its organizations do.
const FILLED: &str = "filled";

fn main() {
    let asked = std::env::args().filter_map(|argument| argument.parse().ok());
    let mut sizes: Vec<usize> = asked.collect();
    if sizes.is_empty() {
        sizes = vec![1, 100, 10_000];
    }
    let folder = tempfile::tempdir().unwrap();
    let flush = flushes(folder.path());
    println!("one fdatasync                     p50 {} µs", middle(&flush));
    println!("the reader's process              p50 {} µs", middle(&cages()));
    let kept = std::env::var_os("MITHAQ_BENCH_AT").map(PathBuf::from);
    for organizations in sizes {
        let folder = tempfile::tempdir().unwrap();
        let root =
            kept.as_deref().unwrap_or(folder.path()).join(organizations.to_string());
        if !root.join(FILLED).exists() {
            network(&root, organizations);
            write(&root, FILLED, "");
        }
        in_a_network(&root, organizations);
    }
    println!("first scan of 1,000 papers        {} ms", first_scan().as_millis());
}

/// An organization has a secretary where papers are dropped into it: what is written to a
/// million of them would be most of the store.
fn network(root: &Path, organizations: usize) {
    write(root, "mithaq.toml", "name = \"Bench\"\nsettle_seconds = 0\n");
    write(
        root,
        "rules/board.rules",
        "board meets quarterly\naudited accounts published\n",
    );
    let written_to: BTreeSet<usize> =
        (0..ROUNDS).map(|round| at(round, organizations)).collect();
    for number in 0..organizations {
        let secretary = if written_to.contains(&number) { SECRETARY } else { "" };
        let text = format!("name = \"Amal {number}\"\njoined = 2020-01-01\n{secretary}");
        let folder = format!("organizations/{}", id(number));
        write(root, &format!("{folder}/organization.toml"), &text);
        std::fs::create_dir(root.join(folder).join("papers")).unwrap();
    }
}

const SECRETARY: &str =
    "[[people]]\nname = \"S\"\nrole = \"secretary\"\nemail = \"s@example.org\"\n";

fn id(number: usize) -> String {
    format!("amal-{number:07}")
}

/// The organization into which a round drops its paper: all over the network.
fn at(round: usize, organizations: usize) -> usize {
    round.wrapping_mul(2_654_435_761) % organizations
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

/// What one drop costs in a network of so many organizations.
#[derive(Default)]
struct Costs {
    times: Vec<Duration>,
    allocations: Vec<usize>,
    bytes: Vec<usize>,
    letters: usize,
}

fn in_a_network(root: &Path, organizations: usize) {
    let began = Instant::now();
    let mut live = Live::start(root, Clock::wall()).unwrap();
    live.pass(None, &mut |_| {}).unwrap();
    let filled = began.elapsed();
    let costs = drops(&mut live, root, organizations);
    println!(
        "20 KB dropped → outbox row        p50 {} µs, p99 {} µs, {} allocations of {} KB in the \
         middle, of {organizations} organizations",
        middle(&costs.times),
        nearly_all(&costs.times),
        median(&costs.allocations),
        median(&costs.bytes) / 1024,
    );
    println!(
        "  rows in the outbox: {} letters from {ROUNDS} drops; the first pass over all took {:.1} s",
        costs.letters,
        filled.as_secs_f64()
    );
}

fn drops(live: &mut Live, root: &Path, organizations: usize) -> Costs {
    let mut costs = Costs::default();
    // No paper is one of an earlier run.
    let run = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as usize;
    for round in 0..ROUNDS {
        let organization = id(at(round, organizations));
        let number = run * ROUNDS + round;
        let name = format!("organizations/{organization}/papers/minutes-{number}.md");
        let only = BTreeSet::from([organization]);
        write(root, &name, &paper(number, 20_000));
        let region = Region::new(MEMORY);
        let began = Instant::now();
        let pass = live.pass(Some(&only), &mut |_| {}).unwrap();
        costs.times.push(began.elapsed());
        let memory = region.change();
        costs.allocations.push(memory.allocations);
        costs.bytes.push(memory.bytes_allocated);
        costs.letters += pass.letters;
    }
    costs
}

/// The real binary, from its start to its end.
fn first_scan() -> Duration {
    let folder = tempfile::tempdir().unwrap();
    network(folder.path(), 1);
    for number in 0..1000 {
        let name = format!("organizations/{}/papers/minutes-{number}.md", id(0));
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

/// What all but one of a hundred stay under, in microseconds.
fn nearly_all(times: &[Duration]) -> u128 {
    let mut all = times.to_vec();
    all.sort_unstable();
    all[all.len() * 99 / 100].as_micros()
}

/// The median, in microseconds.
fn middle(times: &[Duration]) -> u128 {
    median(times).as_micros()
}

fn median<T: Ord + Copy>(all: &[T]) -> T {
    let mut all = all.to_vec();
    all.sort_unstable();
    all[all.len() / 2]
}
