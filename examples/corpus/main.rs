//! Scores the whole of it on a corpus of real papers against its labels.
//!
//! `cargo run --release --example corpus -- --corpus ../shared/corpora` lays out a network,
//! scans it, and prints three runs: as named, with names hidden, with one quarter's minutes
//! per body removed. `--misses` prints everything that is not right. `docs/papers.md` says
//! more.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a tool that reads a corpus from the disk and prints what it found"
)]

mod network;
mod quarters;

use mithaq::calendar::Day;
use mithaq::document::FactName;
use mithaq::document::Reading;
use mithaq::document::Value;
use mithaq::extract::extract;
use mithaq::recognise::Context;
use mithaq::recognise::NONE_OF_OURS;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::read;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

/// One row of `labels.csv`.
#[derive(serde::Deserialize)]
struct Label {
    path: String,
    org: String,
    kind: String,
    body: String,
    meeting_date: String,
    meeting_held: String,
    date_in_body: String,
    text_layer: String,
}

#[derive(Default)]
struct Score {
    right: BTreeMap<String, usize>,
    all: BTreeMap<String, usize>,
}

impl Score {
    fn add(&mut self, of: &str, right: bool) {
        *self.all.entry(of.to_owned()).or_default() += 1;
        *self.right.entry(of.to_owned()).or_default() += usize::from(right);
    }

    fn print(&self, title: &str) {
        let right: usize = self.right.values().sum();
        let all: usize = self.all.values().sum();
        let tenths = right * 1000 / all.max(1);
        println!("{title}: {right} of {all} ({}.{}%)", tenths / 10, tenths % 10);
        for (of, all) in &self.all {
            let right = self.right.get(of).copied().unwrap_or(0);
            println!("  {right:4} of {all:4}  {of}");
        }
    }
}

struct Options {
    corpus: PathBuf,
    runs: Vec<String>,
    misses: bool,
    seed: u64,
}

fn options() -> Options {
    let mut options = Options {
        corpus: PathBuf::from("../shared/corpora"),
        runs: ["named", "hidden", "removed"].map(str::to_owned).to_vec(),
        misses: false,
        seed: 1,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--corpus" => options.corpus = arguments.next().unwrap_or_default().into(),
            "--runs" => {
                let runs = arguments.next().unwrap_or_default();
                options.runs = runs.split(',').map(str::to_owned).collect();
            }
            "--misses" => options.misses = true,
            "--seed" => {
                options.seed =
                    arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
            }
            other => println!("unknown option {other}"),
        }
    }
    options
}

fn main() {
    let options = options();
    let Ok(mut labels) = csv::Reader::from_path(options.corpus.join("labels.csv")) else {
        println!("no labels.csv in {}", options.corpus.display());
        return;
    };
    let labels: Vec<Label> = labels.deserialize().filter_map(Result::ok).collect();
    let cues = Cues::standard();
    for run in &options.runs {
        if run != "removed" {
            score(run, &labels, &options, &cues);
        }
        if run != "hidden" {
            quarters::score(run, &labels, &options);
        }
    }
}

fn score(run: &str, labels: &[Label], options: &Options, cues: &Cues) {
    let hidden = run == "hidden";
    let (mut kinds, mut dates) = (Score::default(), Score::default());
    for label in labels {
        let path = options.corpus.join("dev").join(&label.path);
        let Some(reading) = reading(&path, label, hidden, cues) else {
            if options.misses {
                println!("{run} UNREAD {} ({})", label.path, label.kind);
            }
            kinds.add(&label.kind, label.text_layer.contains("none"));
            continue;
        };
        let kind =
            reading.kinds.first().map(|guess| guess.kind.clone()).unwrap_or_default();
        let right = kind_is_right(&label.kind, &kind) || not_minutes(label, &kind);
        kinds.add(&label.kind, right);
        if options.misses && !right {
            println!(
                "{run} KIND {} is {} not {:?}",
                label.path, label.kind, reading.kinds
            );
        }
        if label.kind == "minutes" && states_date(label, hidden) {
            let day = day_of(&reading);
            let right = day.is_some() && day == Day::parse(&label.meeting_date);
            dates.add(&label.org, right);
            if options.misses && !right {
                let day = day.map(|day| day.to_string()).unwrap_or_default();
                let (want, place) = (&label.meeting_date, &label.date_in_body);
                println!("{run} DATE {} is {want} not {day} [{place}]", label.path);
            }
        }
    }
    kinds.print(&format!("{run}: kinds"));
    dates.print(&format!("{run}: dates of minutes"));
}

fn reading(path: &Path, label: &Label, hidden: bool, cues: &Cues) -> Option<Reading> {
    let bytes = std::fs::read(path).ok()?;
    let original = label.path.split_once('/').map(|(_, name)| name).unwrap_or_default();
    let mut parts: Vec<String> = original.split("__").map(str::to_owned).collect();
    let mut name = parts.pop().unwrap_or_default();
    if hidden {
        parts.clear();
        let extension =
            name.rsplit_once('.').map(|(_, e)| e.to_owned()).unwrap_or_default();
        name = format!("{:016x}.{extension}", hash(original));
    }
    let text = extract(&bytes, &name).ok()?;
    let bodies = vec![("board".to_owned(), vec![label.body.clone()])];
    let known = if label.body.is_empty() { &[] } else { bodies.as_slice() };
    let context = Context {
        text: &text,
        file_name: &name,
        folders: &parts,
        bodies: known,
        received: None,
        wanted: &[],
        sidecar: None,
        network: None,
        cues,
    };
    Some(read(&context))
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

fn states_date(label: &Label, hidden: bool) -> bool {
    let body =
        !label.date_in_body.is_empty() && !label.date_in_body.starts_with("absent");
    !label.meeting_date.is_empty()
        && (!hidden || (body && label.date_in_body != "month-day only"))
}

/// Our name for a label, or `none_of_ours` when no rule speaks of it.
fn kind_is_right(label: &str, kind: &str) -> bool {
    match label {
        "minutes" => kind == "minutes" || kind.ends_with("_minutes"),
        "policy" => kind == "policy" || kind.ends_with("_policy"),
        "bylaws" | "audited_accounts" => kind == label,
        _ => kind == NONE_OF_OURS || kind == label,
    }
}

/// Minutes of a meeting that was not held are right as none of ours.
fn not_minutes(label: &Label, kind: &str) -> bool {
    label.kind == "minutes"
        && matches!(label.meeting_held.as_str(), "no" | "unknown" | "uncertain")
        && kind == NONE_OF_OURS
}

fn day_of(reading: &Reading) -> Option<Day> {
    reading.facts.iter().find_map(|fact| match (fact.name, &fact.value) {
        (FactName::MeetingDate, Value::Day(day)) => Some(*day),
        _ => None,
    })
}
