//! Reading a paper: its text out of each format, then kind and facts out of the text.
//!
//! Floor: the memory's own speed of hashing the same bytes is printed beside.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures the clock and prints what it measured"
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use mithaq::extract::extract;
use mithaq::recognise::{Context, cues::Cues, read};
use mithaq::shell::disk::sha256;

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
}

/// The time of one round.
fn each(mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        work();
    }
    begun.elapsed() / ROUNDS
}
