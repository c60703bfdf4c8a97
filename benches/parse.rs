//! Sentences a second of one core's time, from text to norm, and rule files from text to
//! compiled rules: medians of several passes.
//!
//! Floor: folding the same sentences, which every reading must do once.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench measures the clock and prints what it measured"
)]

use std::hint::black_box;

use mithaq::compile::{Source, compile};
use mithaq::form::{self, Context};
use mithaq::text;
use mithaq::vocabulary;

#[path = "shared/clock.rs"]
mod clock;

use crate::clock::processor_seconds;

/// What people write: the obligations of laws and charters, each in several phrasings.
const OBLIGATIONS: &str = include_str!("../fixtures/language/obligations.tsv");
const PASSES: usize = 15;
const ROUNDS: usize = 10;
const RULES: usize = 10_000;

fn main() {
    let start = processor_seconds();
    let vocabulary = vocabulary::standard();
    println!("standard vocabulary               {:.0} ms", since(start) * 1e3);
    let context = Context { vocabulary: &vocabulary, fiscal_quarters: false };
    let start = processor_seconds();
    black_box(
        form::parse(&form::mark("board meets quarterly", &vocabulary), &context).is_ok(),
    );
    println!("the first sentence                {:.0} ms", since(start) * 1e3);
    let examples =
        form::FORMS.iter().flat_map(|form| form.examples.iter().flatten().copied());
    let rows = OBLIGATIONS.lines().skip(1).filter_map(|row| row.split('\t').nth(2));
    let sentences: Vec<&str> =
        examples.chain(rows).map(|sentence| sentence.trim_end_matches('.')).collect();
    let is_read = |sentence: &&str| {
        form::parse(&form::mark(sentence, &vocabulary), &context).is_ok()
    };
    let unread: Vec<&str> =
        sentences.iter().copied().filter(|sentence| !is_read(sentence)).collect();
    println!("sentences                         {}", sentences.len());
    println!("of them not read                  {}", unread.len());
    each("folded", &sentences, |sentence| {
        black_box(text::fold(sentence));
    });
    each("marked", &sentences, |sentence| {
        black_box(form::mark(sentence, &vocabulary));
    });
    each("read", &sentences, |sentence| {
        let marked = form::mark(sentence, &vocabulary);
        black_box(form::parse(&marked, &context).is_ok());
    });
    let rules = sentences.iter().cycle().take(RULES).enumerate();
    let rules =
        rules.map(|(n, sentence)| format!("Rule R-{n}: {sentence}\n  Weight: 2\n"));
    let file = rules.collect::<String>();
    // One rulebook of many files, each within the size that a file may have.
    let lines: Vec<&str> = file.lines().collect();
    let sources: Vec<Source> = lines
        .chunks(2_000)
        .enumerate()
        .map(|(n, lines)| {
            Source::new(&format!("rules/bench/{n}.rules"), &lines.join("\n"))
        })
        .collect();
    let took = median(3, || {
        let (program, _) = compile(black_box(&sources), &vocabulary);
        assert!(
            program.rulebooks.iter().map(|book| book.rules.len()).sum::<usize>()
                > RULES / 2
        );
    });
    println!("{RULES} rules compiled             {:.0} ms", took * 1e3);
}

fn each(name: &str, sentences: &[&str], work: impl Fn(&str)) {
    // The kernel counts a thread's time in steps of some milliseconds.
    let took = median(PASSES, || {
        for _ in 0..ROUNDS {
            for sentence in sentences {
                work(sentence);
            }
        }
    });
    let each = took / (ROUNDS * sentences.len()) as f64;
    println!("{name:<32}  {:.0} ns each, {:.0} a second", each * 1e9, 1.0 / each);
}

/// The median of the processor time of several passes, in seconds.
fn median(passes: usize, work: impl Fn()) -> f64 {
    let mut times: Vec<f64> = (0..passes)
        .map(|_| {
            let start = processor_seconds();
            work();
            since(start)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(passes / 2).copied().unwrap_or_default()
}

fn since(start: f64) -> f64 {
    processor_seconds() - start
}
