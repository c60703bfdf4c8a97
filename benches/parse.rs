//! Sentences a second, from text to norm and from text to a compiled rule, on one core.
//!
//! Floor: folding the same sentences, which every reading must do once.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench measures the clock and prints what it measured"
)]

use std::hint::black_box;
use std::time::Instant;

use mithaq::compile::{Source, compile};
use mithaq::form::{self, Context};
use mithaq::text;
use mithaq::vocabulary;

const ROUNDS: u32 = 200;

fn main() {
    let start = Instant::now();
    let vocabulary = vocabulary::standard();
    println!("standard vocabulary               {} ms", start.elapsed().as_millis());
    let context = Context { vocabulary: &vocabulary, fiscal_quarters: false };
    let sentences: Vec<&str> = form::FORMS
        .iter()
        .flat_map(|form| form.examples.iter().flatten())
        .map(|sentence| sentence.trim_end_matches('.'))
        .collect();
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
    let rules: Vec<String> = sentences
        .iter()
        .enumerate()
        .map(|(index, sentence)| format!("Rule R-{index}: {sentence}\n  Weight: 2\n"))
        .collect();
    let file = rules.concat();
    let source = [Source::new("rules/bench.rules", &file)];
    let start = Instant::now();
    for _ in 0..20 {
        black_box(compile(&source, &vocabulary));
    }
    report("compiled with a label", 20 * sentences.len(), start);
}

fn each(name: &str, sentences: &[&str], work: impl Fn(&str)) {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        for sentence in sentences {
            work(sentence);
        }
    }
    report(name, usize::try_from(ROUNDS).unwrap_or(1) * sentences.len(), start);
}

fn report(name: &str, count: usize, start: Instant) {
    let nanos = start.elapsed().as_nanos().max(1);
    let count = u128::try_from(count).unwrap_or(1);
    let (each, rate) = (nanos / count, count * 1_000_000_000 / nanos);
    println!("{name:<32}  {each} ns each, {rate} a second");
}
