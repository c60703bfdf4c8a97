//! The real daemon under load: papers that come all the time into a large network, and the
//! outbox when very many letters wait.
//!
//! `cargo bench --bench load -- ORGANIZATIONS PAPERS SECONDS RATE LETTERS`, each of which may be
//! left out from the end. First RATE papers a second for SECONDS, in a network of so many
//! organizations with so many papers each: from the instant at which a paper has settled to its
//! answer in the outbox. Then LETTERS letters to a mail server that takes everything.
//!
//! Floors, of the same run: one `fdatasync` of the same disk; and the same letters handed to
//! the same server by a client that does nothing else.
//!
//! With `MITHAQ_BENCH_AT=FOLDER` the network is made there, and used again by the next run.
//!
//! The papers that are there already are read, judged and stored by the daemon's own code in
//! this process: without a worker for each, which alone would take half an hour for a million.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a bench measures the machine and prints what it measured"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mithaq::letters::body::{Body, HostFault, HostHealth};
use mithaq::letters::token::TokenKey;
use mithaq::letters::{Letter, Recipient, Sender, render};
use mithaq::limits::LETTERS_PER_HOUR_MAX;
use mithaq::recognise::Names;
use mithaq::shell::clock::Clock;
use mithaq::shell::judged::Judged;
use mithaq::shell::live::Live;
use mithaq::shell::network;
use mithaq::shell::outbox::delivery::{Channel, deliver};
use mithaq::shell::outbox::way::Way;
use mithaq::shell::outbox::{self, State};
use mithaq::shell::reader::Reader;
use mithaq::shell::sandbox::ocr;
use mithaq::shell::smtp::{Limits, Server};
use mithaq::shell::store::letter::{self, Waiting};
use mithaq::shell::store::writer;
use mithaq::shell::store::{self, Place};
use mithaq::text::{Bilingual, Language};

#[path = "shared/smtp_sink.rs"]
mod smtp_sink;

const RULES: &str = include_str!("rules/governance.rules");

/// Lies in a network whose papers have been read.
const FILLED: &str = "filled";

/// What networks have unless they say otherwise.
const SETTLE: Duration = Duration::from_secs(2);

fn main() {
    let mut asked = std::env::args().filter_map(|argument| argument.parse().ok());
    let mut ask = |usual: usize| asked.next().unwrap_or(usual);
    let (organizations, papers) = (ask(10_000), ask(100));
    let (seconds, rate, letters) = (ask(60), ask(50), ask(20_000));
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("MITHAQ_BENCH_AT").map(PathBuf::from);
    let root = kept.as_deref().unwrap_or(folder.path());
    std::fs::create_dir_all(root).unwrap();
    floor(root);
    if organizations > 0 {
        if !root.join(FILLED).exists() {
            fill(root, organizations, papers);
            write(&root.join(FILLED), "");
        }
        answers(root, organizations, (seconds, rate));
    }
    drain(folder.path(), letters);
}

fn floor(root: &Path) {
    let mut file = std::fs::File::create(root.join("flush")).unwrap();
    let once = |_| {
        let began = Instant::now();
        file.write_all(&[b'.'; 120]).unwrap();
        file.sync_data().unwrap();
        began.elapsed()
    };
    let mut flushes: Vec<Duration> = (0..400).map(once).collect();
    println!("one fdatasync: {}", spread(&mut flushes));
}

/// p50, p99 and the most.
fn spread(times: &mut [Duration]) -> String {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 1000].as_secs_f64() * 1000.0;
    let (half, most, all) = (at(500), at(990), at(1000));
    format!("p50 {half:.1} ms, p99 {most:.1} ms, max {all:.1} ms")
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn id(at: usize) -> String {
    format!("organization-{at:05}")
}

/// Minutes, plans and notes, no two alike.
fn paper(of: usize, number: usize) -> String {
    let months = ["January", "March", "April", "June", "July", "September"];
    let day = format!(
        "{} {} {}",
        1 + (of + number) % 28,
        months[number % months.len()],
        2023 + number % 3
    );
    match number % 4 {
        0 | 1 => format!(
            "# Minutes of the meeting of the board of directors\n\nThe board of directors met \
             on {day}.\n\nPresent: 7 of 9 members.\n\nPaper {number} of {of}.\n"
        ),
        2 => {
            format!("# Annual report {}\n\nPaper {number} of {of}.\n", 2023 + number % 3)
        }
        _ => format!(
            "# Notes\n\nOn {day} we watered the plants. Paper {number} of {of}.\n"
        ),
    }
}

fn fill(root: &Path, organizations: usize, papers: usize) {
    let began = Instant::now();
    write(&root.join("mithaq.toml"), "name = \"Bench\"\nsettle_seconds = 2\n");
    write(&root.join("rules/governance.rules"), RULES);
    for at in 0..organizations {
        let own = root.join("organizations").join(id(at));
        let register = format!(
            "name = {{ en = \"Organization {at}\", ar = \"مؤسسة {at}\" }}\n\
             joined = 2023-01-01\n[[people]]\nname = \"ليلى\"\nrole = \"secretary\"\n\
             email = \"secretary@o{at}.example.org\"\nlanguage = \"ar\"\n"
        );
        write(&own.join("organization.toml"), &register);
        std::fs::create_dir_all(own.join("papers")).unwrap();
        for number in 0..papers {
            let path = own.join("papers").join(format!("paper-{number}.md"));
            std::fs::write(path, paper(at, number)).unwrap();
        }
    }
    let laid = began.elapsed();
    std::thread::sleep(SETTLE);
    let mut live = Live::start(root, Clock::wall()).unwrap();
    live.pass(None, &mut |_| {}).unwrap();
    drop(live);
    as_read_by_workers(root);
    println!(
        "{organizations} organizations of {papers} papers: laid in {:.0} s, read, judged and \
         stored in {:.0} s",
        laid.as_secs_f64(),
        began.elapsed().saturating_sub(laid).as_secs_f64()
    );
}

/// This process cannot recognise scans, which is part of what a paper was read with; text reads
/// the same. And the letters of the beginning have left.
fn as_read_by_workers(root: &Path) {
    let network = network::load(root).unwrap();
    let Judged { network, rules, .. } = Judged::of(network, |_| Ok(Vec::new())).unwrap();
    let registered = network.organizations.iter();
    let names = registered.flat_map(|(id, registered)| {
        registered.file.names().map(move |name| (id.as_str(), name))
    });
    let reader = Reader::new(&[], &rules, Names::of(names));
    let reader = reader.that_recognises(ocr::is_installed());
    let mut store = store::open(&Place::of_network(root)).unwrap();
    let rows = store.transaction().unwrap();
    for (id, registered) in &network.organizations {
        let context = reader.context(&registered.file);
        let sql = "UPDATE document SET context = ?1 WHERE organization = ?2";
        rows.execute(sql, (context, id)).unwrap();
    }
    rows.execute("UPDATE outbox SET state = 'written'", []).unwrap();
    rows.commit().unwrap();
}

fn start(root: &Path) -> Child {
    let began = Instant::now();
    let mut daemon = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .arg("--network")
        .arg(root)
        .args(["--log", "json", "-v", "daemon"])
        .env("LANG", "C")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = BufReader::new(daemon.stderr.take().unwrap()).lines();
    std::thread::spawn(move || log.for_each(|line| tell_times(&line.unwrap())));
    let mut lines = BufReader::new(daemon.stdout.take().unwrap()).lines();
    let caught_up = lines.find(|line| line.as_ref().unwrap().contains("read and judged"));
    assert!(caught_up.is_some(), "the daemon has ended");
    println!(
        "daemon started in {:.1} s, {}",
        began.elapsed().as_secs_f64(),
        memory(&daemon)
    );
    // Whatever it says from now on is read and left.
    std::thread::spawn(move || lines.for_each(drop));
    daemon
}

/// Prints what the daemon says of the folders' and the store's look.
fn tell_times(line: &str) {
    let Ok(said) = serde_json::from_str::<serde_json::Value>(line) else { return };
    let fields = &said["fields"];
    match fields["message"].as_str() {
        Some("looked") => println!(
            "  {} folders were looked at in {} ms",
            fields["folders"], fields["compared_ms"]
        ),
        Some("checked") => {
            println!("  the store was checked in {} ms", fields["checked_ms"]);
        }
        _ => {}
    }
}

fn memory(process: &Child) -> String {
    let path = format!("/proc/{}/status", process.id());
    let status = std::fs::read_to_string(path).unwrap();
    let mib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
    };
    format!("resident {} MiB, peak {} MiB", mib("VmRSS:"), mib("VmHWM:"))
}

/// Drops papers at a steady rate and waits for the answer to each.
fn answers(root: &Path, organizations: usize, (seconds, rate): (usize, usize)) {
    let daemon = start(root);
    let rows = store::open_to_read(&Place::of_network(root)).unwrap().unwrap();
    let newest = "SELECT coalesce(max(number), 0) FROM arrival";
    let newest: i64 = rows.query_row(newest, [], |row| row.get(0)).unwrap();
    let mut dropped: BTreeMap<(String, String), Instant> = BTreeMap::new();
    let (mut latencies, began, mut told) = (Vec::new(), Instant::now(), 0);
    let all = seconds * rate;
    let mut next = 0;
    while latencies.len() < all {
        while next < all
            && began.elapsed() >= Duration::from_secs(1) * u32(next) / u32(rate)
        {
            // A long way round the network, never the same organization twice in a row.
            let of = next * 7_919 % organizations;
            // A network that is used again has the papers of the runs before.
            let number = 1_000 + usize::try_from(newest).unwrap() + next;
            let name = format!("dropped-{number}.md");
            let path = root.join("organizations").join(id(of)).join("papers").join(&name);
            std::fs::write(path, paper(of, number)).unwrap();
            dropped.insert((id(of), name), Instant::now());
            next += 1;
        }
        answered(&rows, newest, &mut dropped, &mut latencies);
        if began.elapsed() > Duration::from_secs(20) * told {
            println!(
                "  after {} s: {} of {next} answered, {}",
                20 * told,
                latencies.len(),
                memory(&daemon)
            );
            told += 1;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    println!(
        "{rate} papers a second for {seconds} s, from settled to the outbox: {}; {}",
        spread(&mut latencies),
        memory(&daemon)
    );
    let stopped = Command::new("kill").arg(daemon.id().to_string()).status();
    assert!(stopped.is_ok_and(|status| status.success()));
    { daemon }.wait().unwrap();
}

fn u32(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

/// Takes note of the papers whose answer is in the store, beyond their settle time.
fn answered(
    rows: &rusqlite::Connection,
    newest: i64,
    dropped: &mut BTreeMap<(String, String), Instant>,
    latencies: &mut Vec<Duration>,
) {
    let mut asked = rows
        .prepare_cached(
            "SELECT organization, path FROM arrival WHERE number > ?1 AND answered = 1",
        )
        .unwrap();
    let found = asked.query_map([newest], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let now = Instant::now();
    for paper in found {
        if let Some(at) = dropped.remove(&paper.unwrap()) {
            latencies.push((now - at).saturating_sub(SETTLE));
        }
    }
}

/// Letters to one person each, ten to most; one organization is written more than it may have
/// in an hour.
fn letter(number: usize) -> Letter {
    let of = if number < 40 { "loud".to_owned() } else { format!("o{}", number / 10) };
    Letter {
        to: Recipient {
            organization: of.clone(),
            organization_name: Bilingual::new(&of, &of),
            name: "ليلى".to_owned(),
            address: format!("secretary@{of}.example.org"),
            role: "secretary".to_owned(),
            language: Language::Arabic,
        },
        subject_key: format!("host/clock/{number}"),
        window: number.to_string(),
        body: Body::HostHealth(HostHealth {
            fault: HostFault::ClockMoved,
            since: 1_780_000_000,
            command: "timedatectl".to_owned(),
        }),
    }
}

fn drain(root: &Path, letters: usize) {
    let place = Place { folder: root.join("letters") };
    let (writer, writing) = writer::start(store::open(&place).unwrap());
    let sender = Sender {
        network: Bilingual::new("Bench", "قياس"),
        from: "governance@example.org".to_owned(),
        reply: "governance@example.org".to_owned(),
        replies: None,
        key: TokenKey([7; 32]),
        domain: "example.org".to_owned(),
        zone: jiff::tz::TimeZone::UTC,
    };
    let clock = Clock::wall();
    let mut sample = (String::new(), Vec::new());
    for from in (0..letters).step_by(500) {
        let letters = (from..letters.min(from + 500)).map(letter);
        let waiting: Vec<Waiting> = letters
            .map(|letter| {
                let rendered = render(&letter, &sender, clock.now()).unwrap();
                sample = (letter.to.address.clone(), rendered.eml.clone());
                Waiting::new(&letter, rendered)
            })
            .collect();
        let put = move |rows: &rusqlite::Connection| {
            waiting
                .iter()
                .try_for_each(|one| letter::enqueue(rows, one, clock.now()).map(drop))
        };
        writer.write(put).unwrap();
    }
    let sink = smtp_sink::sink();
    let way = Way::Smtp(Box::new(Server {
        host: "127.0.0.1".to_owned(),
        port: sink.port,
        hello: "bench.example.org".to_owned(),
        from: sender.from,
        returns: None,
        user: None,
        password: None,
        ca: None,
        limits: Limits::patient(),
    }));
    let began = Instant::now();
    let mut channel = Channel::default();
    let delivered =
        deliver(&writer, &way, &mut channel, clock, outbox::still_true).unwrap();
    let ours = began.elapsed().as_secs_f64();
    assert_eq!(delivered.sent + delivered.held, u32(letters), "{delivered:?}");
    let taken = std::mem::take(&mut *sink.taken.lock().unwrap());
    in_order(&writer.write(|rows| outbox::queue(rows, true)).unwrap(), &taken);
    drop(writer);
    writing.finish();
    let began = Instant::now();
    for _ in 0..delivered.sent {
        smtp_sink::hand_over(sink.port, &sample.0, &sample.1);
    }
    let floor = began.elapsed().as_secs_f64();
    println!(
        "{letters} letters of {} KB: {} sent in {ours:.1} s ({:.0} a second), each once, in each \
         person's order; {} held by the limit of an hour",
        sample.1.len() / 1000,
        delivered.sent,
        f64::from(delivered.sent) / ours,
        delivered.held,
    );
    println!(
        "the same by a client that keeps nothing: {floor:.1} s ({:.0} a second)",
        f64::from(delivered.sent) / floor
    );
}

/// Every letter arrived once, those to one person in the order in which they were written, and
/// nobody had more in the hour than the limit.
fn in_order(rows: &[outbox::Row], taken: &[smtp_sink::Taken]) {
    let mut arrived: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (recipient, id) in taken {
        arrived.entry(recipient).or_default().push(id);
    }
    let mut written: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.state == State::Sent) {
        written.entry(&row.recipient).or_default().push(&row.message_id);
    }
    let same = |one: &[&str], other: &[&str]| {
        one.len() == other.len()
            && one.iter().zip(other).all(|(one, other)| one.contains(name(other)))
    };
    let whole = arrived.len() == written.len()
        && arrived
            .iter()
            .all(|(to, ids)| written.get(to).is_some_and(|other| same(ids, other)));
    assert!(whole, "letters arrived in another order than they were written in");
    let most = arrived.values().map(Vec::len).max().unwrap_or_default();
    assert!(most <= LETTERS_PER_HOUR_MAX as usize, "{most} letters in an hour");
}

/// A Message-ID carries a token behind the name that the store has.
fn name(id: &str) -> &str {
    id.trim_start_matches('<').split('@').next().unwrap_or_default()
}
