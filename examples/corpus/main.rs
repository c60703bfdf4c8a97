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
mod papers;
mod quarters;
mod tally;

use mithaq::recognise::cues::Cues;
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
    format: String,
    period: String,
    fiscal_year_end: String,
    quorum_met: String,
    attendees_present: String,
    notes: String,
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
            papers::score(run, &labels, &options, &cues);
        }
        if run != "hidden" {
            quarters::score(run, &labels, &options);
        }
    }
}
