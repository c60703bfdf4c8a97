//! The memory of the real daemon: ten thousand organizations with a paper each, from their
//! first scan on, again after a restart, and after a changed rule that touches all. `cargo bench --bench daemon -- 1000` takes a
//! thousand instead.
//!
//! Floor: what a process of this binary takes that minds an empty network, printed first.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench measures the machine and prints what it measured"
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mithaq::shell::store::{self, Place};

const ORGANIZATIONS: usize = 10_000;
const RULES: &str = include_str!("rules/governance.rules");
const NOW: &str = "2026-06-15T09:00:00Z";

/// The daemon is at rest when it has used no processor time for so long.
const AT_REST: Duration = Duration::from_secs(4);

fn main() {
    let asked = std::env::args().find_map(|argument| argument.parse().ok());
    let organizations: usize = asked.unwrap_or(ORGANIZATIONS);
    println!("{:<34} {}", "an empty network", minded(network(0).path(), 0));
    let folder = network(organizations);
    let name = format!("{organizations} organizations, first scan");
    println!("{name:<34} {}", minded(folder.path(), organizations));
    let (mut daemon, began) = start(folder.path());
    println!("{:<34} {}", "the same, started again", rest(&mut daemon, began));
    let began = Instant::now();
    write(folder.path(), "rules/governance.rules", &changed());
    let changed_rule = rest(&mut daemon, began);
    println!("{:<34} {changed_rule}", "and then a changed rule");
    println!("{:<34} {}", "notices of it", notices(folder.path()));
    stop(daemon);
}

/// One more rule: the notice tells of it, and every index moves by it.
fn changed() -> String {
    format!("{RULES}\nRule BENCH-1: board meets monthly\n")
}

fn notices(root: &Path) -> usize {
    let rows = store::open_to_read(&Place::of_network(root)).unwrap().unwrap();
    let sql = "SELECT count(*) FROM outbox WHERE kind = 'method_notice'";
    let count: u32 = rows.query_row(sql, [], |row| row.get(0)).unwrap();
    count as usize
}

fn network(organizations: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "mithaq.toml", "name = \"Bench\"\nsettle_seconds = 0\n");
    write(root, "rules/governance.rules", RULES);
    for at in 0..organizations {
        let own = format!("organizations/organization-{at:05}");
        let register = format!(
            "name = {{ en = \"Organization {at}\", ar = \"مؤسسة {at}\" }}\n\
             joined = 2023-01-01\n[[people]]\nname = \"ليلى\"\nrole = \"secretary\"\n\
             email = \"secretary@o{at}.example.org\"\nlanguage = \"ar\"\n"
        );
        write(root, &format!("{own}/organization.toml"), &register);
        let paper = format!(
            "# Minutes of the meeting of the board of directors of organization {at}\n\n\
             The board of directors met on {} March 2026.\n\nPresent: 7 of 9 members.\n",
            1 + at % 28
        );
        write(root, &format!("{own}/papers/minutes-2026-03.md"), &paper);
    }
    folder
}

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Starts the daemon, waits until it has seen every folder and rests, and stops it.
fn minded(root: &Path, organizations: usize) -> String {
    let (mut daemon, began) = start(root);
    while scanned(root) < organizations {
        assert!(daemon.try_wait().unwrap().is_none(), "the daemon has ended");
        std::thread::sleep(Duration::from_millis(200));
    }
    let told = rest(&mut daemon, began);
    stop(daemon);
    told
}

fn start(root: &Path) -> (Child, Instant) {
    let began = Instant::now();
    let daemon = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .arg("--network")
        .arg(root)
        .args(["daemon", "--quiet"])
        .env("MITHAQ_NOW", NOW)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    (daemon, began)
}

/// Waits until the daemon rests, and says what it takes.
fn rest(daemon: &mut Child, began: Instant) -> String {
    let mut rested = Instant::now();
    let mut used = processor_ticks(daemon);
    while rested.elapsed() < AT_REST {
        assert!(daemon.try_wait().unwrap().is_none(), "the daemon has ended");
        std::thread::sleep(Duration::from_millis(200));
        let ticks = processor_ticks(daemon);
        if ticks > used + 1 {
            (used, rested) = (ticks, Instant::now());
        }
    }
    let seconds = began.elapsed().saturating_sub(AT_REST).as_secs_f64();
    format!("{}, {seconds:.0} s", memory(daemon))
}

fn stop(mut daemon: Child) {
    let stopped = Command::new("kill").arg(daemon.id().to_string()).status();
    assert!(stopped.is_ok_and(|status| status.success()));
    daemon.wait().unwrap();
}

/// Organizations whose folder the daemon has put on record.
fn scanned(root: &Path) -> usize {
    let Ok(Some(rows)) = store::open_to_read(&Place::of_network(root)) else { return 0 };
    let count = rows.query_row("SELECT count(*) FROM folder", [], |row| row.get(0));
    count.map_or(0, |count: u32| count as usize)
}

/// Of the process alone, in its user and system time.
fn processor_ticks(process: &Child) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", process.id())).unwrap();
    let (_, numbers) = stat.rsplit_once(')').unwrap();
    let times = numbers.split_whitespace().skip(11).take(2);
    times.map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

fn memory(process: &Child) -> String {
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let mib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse::<u64>().unwrap() as f64 / 1024.0
    };
    format!(
        "resident {:.0} MiB (of it files {:.0}), peak {:.0} MiB",
        mib("VmRSS:"),
        mib("RssFile:"),
        mib("VmHWM:"),
    )
}
