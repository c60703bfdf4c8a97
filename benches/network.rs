//! A network of 1,000 and of 100,000 organizations in memory: one paper, from the paper to
//! verdicts, findings, index and letters as data; days that pass; an edit of one rule and of
//! all, to the list of states that flip and the letters that tell it; and the memory.
//!
//! Floor: judging the rules that are concerned, which `benches/judge.rs` measures. For one
//! paper the larger network may cost cache misses and nothing else.
//!
//!     cargo bench --bench network [-- ORGANIZATIONS [DROPS]]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    reason = "a bench measures the clock and prints what it measured"
)]

use mithaq::calendar::Day;
use mithaq::compile::{self, Source};
use mithaq::document::{
    Fact, FactName, KindGuess, Method, Passage, ReadState, Reading, Sha256, Value,
};
use mithaq::organization::{Organization, Person};
use mithaq::plan::{Effect, Input, Network, Now, PaperRead, step};
use mithaq::program::Program;
use mithaq::text::{Bilingual, Language};
use mithaq::vocabulary::{self, Vocabulary};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

#[path = "shared/clock.rs"]
mod clock;
use clock::processor_seconds;

const RULES: &str = include_str!("rules/governance.rules");
const PAPERS: u32 = 25;
const DROPS: usize = 400;
const DAYS: i32 = 30;
/// Organizations that the daemon judges in one step.
const PORTION: usize = 256;

fn main() {
    let vocabulary = Arc::new(vocabulary::standard());
    let source = Source::new("rules/governance.rules", RULES);
    let (program, _) = compile::compile(&[source], &vocabulary);
    println!(
        "rules {}, papers {PAPERS} an organization",
        program.rulebooks[0].rules.len()
    );
    let mut medians = Vec::new();
    let mut asked = std::env::args().filter_map(|it| it.parse::<u32>().ok());
    let most = asked.next().unwrap_or(100_000);
    let dropped = asked.next().map_or(DROPS, |drops| drops as usize);
    for organizations in [1_000, most] {
        let before = resident_kib();
        let mut network = network(&vocabulary, &program, organizations);
        let grown = resident_kib().saturating_sub(before);
        pass_day(&mut network);
        let times = drops(&mut network, organizations, dropped);
        let median = times[times.len() / 2];
        println!(
            "{organizations} organizations: one paper p50 {:.1} µs, p99 {:.1} µs; memory {} MiB, {:.1} KiB an organization",
            median * 1e6,
            times[times.len() * 99 / 100] * 1e6,
            grown / 1024,
            grown as f64 / f64::from(organizations),
        );
        medians.push(median);
        days(&mut network, organizations);
        edits(&mut network);
    }
    println!("ratio of the two networks: {:.2}×", medians[1] / medians[0]);
}

fn now(day: Day) -> Now {
    Now { instant: i64::from(day.0) * 86_400, day, days: BTreeMap::new() }
}

fn network(
    vocabulary: &Arc<Vocabulary>,
    program: &Program,
    organizations: u32,
) -> Network {
    let mut network = Network::new(Arc::clone(vocabulary));
    let day = Day::parse("2026-06-15").unwrap();
    let mut inputs = vec![Input::Rules(Box::new(program.clone()))];
    inputs.extend(
        (0..organizations).map(|at| Input::Organization(Box::new(organization(at)))),
    );
    step(&mut network, inputs, &now(day));
    for at in 0..organizations {
        let start = Day::parse("2023-06-15").unwrap();
        let mut inputs: Vec<Input> = (0..PAPERS)
            .map(|paper| {
                minutes(at, start.plus_days((paper * 43 + at % 40).cast_signed()), day)
            })
            .collect();
        inputs.push(Input::Reconciled { organization: id(at), healthy: true });
        inputs.push(Input::Settled { organization: id(at) });
        black_box(step(&mut network, inputs, &now(day)));
    }
    network
}

/// The day after the papers came, before anything arrives on it.
fn pass_day(network: &mut Network) {
    let now = now(Day::parse("2026-06-16").unwrap());
    let due = network.take_due(&now);
    let passed =
        |organization: &String| Input::DayPassed { organization: organization.clone() };
    for portion in due.chunks(PORTION) {
        black_box(step(network, portion.iter().map(passed).collect(), &now));
    }
}

/// Seconds of each drop, sorted; of the day nothing is left to judge.
fn drops(network: &mut Network, organizations: u32, dropped: usize) -> Vec<f64> {
    let day = Day::parse("2026-06-16").unwrap();
    let mut times: Vec<f64> = (0..dropped)
        .map(|drop| {
            let at = (drop as u32).wrapping_mul(2_654_435_761) % organizations;
            let date = day.previous().plus_days(-i32::try_from(drop % 300).unwrap());
            let inputs =
                vec![minutes(at, date, day), Input::Settled { organization: id(at) }];
            let start = Instant::now();
            black_box(step(network, inputs, &now(day)));
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

/// Days that pass with nothing but time.
fn days(network: &mut Network, organizations: u32) {
    let today = Day::parse("2026-06-16").unwrap();
    let first = network.next_day().unwrap();
    let mut days: Vec<(f64, usize, Day)> = Vec::new();
    for after in 1..=DAYS {
        let day = today.plus_days(after);
        let start = processor_seconds();
        let due = network.take_due(&now(day));
        let count = due.len();
        let passed = |organization: &String| Input::DayPassed {
            organization: organization.clone(),
        };
        for portion in due.chunks(PORTION) {
            black_box(step(network, portion.iter().map(passed).collect(), &now(day)));
        }
        days.push((processor_seconds() - start, count, day));
    }
    let all: f64 = days.iter().map(|day| day.0).sum();
    let due: usize = days.iter().map(|day| day.1).sum();
    days.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (median, longest) = (days[days.len() / 2], days[days.len() - 1]);
    println!(
        "{organizations} organizations: a day passing {:.1} ms in the mean of {DAYS}, {:.1} in the median, \
         {:.0} on the longest ({}, {} organizations), {:.1} µs an organization that is due; \
         before {first} nobody is",
        all * 1e3 / f64::from(DAYS),
        median.0 * 1e3,
        longest.0 * 1e3,
        longest.2,
        longest.1,
        all * 1e6 / due.max(1) as f64,
    );
}

/// One rule is edited, then all of them.
fn edits(network: &mut Network) {
    let day = now(Day::parse("2026-06-16").unwrap().plus_days(DAYS));
    let one = RULES.replacen("meets quarterly", "meets monthly", 1);
    let all = format!("Evidence may arrive: 20 days\n{one}");
    for (name, rules) in [("one rule", one), ("all rules", all)] {
        let source = Source::new("rules/governance.rules", &rules);
        let (program, _) = compile::compile(&[source], network.vocabulary());
        let judged = network.judgements();
        let start = processor_seconds();
        step(network, vec![Input::Rules(Box::new(program))], &day);
        let (mut flips, mut letters) = (0, 0);
        let changed = |organization: &String| Input::RulesChanged {
            organization: organization.clone(),
        };
        for portion in network.take_rejudged().chunks(PORTION) {
            for effect in step(network, portion.iter().map(changed).collect(), &day) {
                match effect {
                    Effect::Verdict(row) => {
                        flips += usize::from(row.before != Some(row.state));
                    }
                    Effect::Letter(_) => letters += 1,
                    _ => {}
                }
            }
        }
        let seconds = processor_seconds() - start;
        let judged = network.judgements() - judged;
        println!(
            "{name} edited: {:.0} ms, {judged} verdicts, {flips} flips, {letters} letters",
            seconds * 1e3
        );
    }
}

fn id(at: u32) -> String {
    format!("organization-{at:05}")
}

fn organization(at: u32) -> Organization {
    Organization {
        id: id(at),
        name: Bilingual::new(&format!("Organization {at}"), &format!("مؤسسة {at}")),
        organization_type: "association".into(),
        zone: "Asia/Hebron".into(),
        joined: Day::parse("2023-01-01"),
        people: vec![Person {
            name: "ليلى".into(),
            role: "secretary".into(),
            address: format!("secretary@o{at}.example.org"),
            language: Language::Arabic,
        }],
        ..Organization::default()
    }
}

fn minutes(at: u32, date: Day, received: Day) -> Input {
    let mut sha256 = [0; 32];
    sha256[..4].copy_from_slice(&at.to_be_bytes());
    sha256[4..8].copy_from_slice(&date.0.to_be_bytes());
    sha256[8..12].copy_from_slice(&received.0.to_be_bytes());
    let fact = |name, value, text: &str| Fact {
        name,
        value,
        group: 0,
        method: Method::Body,
        confidence: 950,
        passage: Some(Passage { page: None, line: 3, text: text.to_owned() }),
    };
    Input::Paper(Box::new(PaperRead {
        organization: id(at),
        sha256: Sha256(sha256),
        path: format!("محضر مجلس الإدارة {date}.docx"),
        bytes: 20_000,
        received: i64::from(received.0) * 86_400,
        received_on: received,
        reading: Reading {
            state: ReadState::Understood,
            text_health: 1000,
            kinds: vec![KindGuess { kind: "board_minutes".into(), confidence: 950 }],
            facts: vec![
                fact(
                    FactName::MeetingDate,
                    Value::Day(date),
                    "عُقد اجتماع مجلس الإدارة بتاريخ 12/06/2024 في مقر الجمعية",
                ),
                fact(
                    FactName::Attendance,
                    Value::Attendance { present: 7, of: Some(9) },
                    "اكتمل النصاب بحضور (7) من أصل (9) أعضاء",
                ),
            ],
        },
        replaces: None,
        duplicate_of: None,
        carrier: None,
        encloses: 0,
    }))
}

/// Resident memory of this process, where the system tells it.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}
