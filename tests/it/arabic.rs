//! Arabic, English and bilingual PDFs of many producers, beside what was typed.
//!
//! `fixtures/documents/arabic/make` sets texts of ours with each producer and font, and writes
//! down what a reader should give back. An error is the fewest characters to be changed, put in
//! or taken out, by the characters that were typed; of what stands side by side each order in
//! which a person may read it is right. Both texts, and pdftotext's, are put alike: NFKC, no
//! direction marks, no tatweel (a producer justifies lines by it), one space for white space.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use mithaq::document::Text;
use mithaq::extract::extract;
use mithaq::shell::sandbox::{Cage, ocr};
use mithaq::text::is_direction_mark;
use unicode_normalization::UnicodeNormalization;

/// Errors of one file in millionths: ours, and pdftotext's where it is installed.
type Errors = (usize, Option<usize>);

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents/arabic")
}

/// Every PDF with a sound map: its producer, its text's name, its font, where it is.
fn papers() -> Vec<(String, String, String, PathBuf)> {
    let mut found = Vec::new();
    for producer in std::fs::read_dir(folder().join("pdf")).unwrap() {
        let producer = producer.unwrap();
        for file in std::fs::read_dir(producer.path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let parts: Vec<&str> = name.split('.').collect();
            let producer = producer.file_name().into_string().unwrap();
            found.push((producer, parts[0].to_owned(), parts[1].to_owned(), path));
        }
    }
    found.sort();
    found
}

fn alike(text: &str) -> Vec<char> {
    let kept = |it: &char| !is_direction_mark(*it) && !matches!(it, 'ـ' | '\u{ad}');
    let text: String = text.nfkc().filter(kept).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
}

/// Characters that have to be changed to make one text of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let (mut before, mut left) = (at, at + 1);
        row[0] = left;
        for (slot, b) in row[1..].iter_mut().zip(other) {
            left = (before + usize::from(a != b)).min(*slot + 1).min(left + 1);
            before = std::mem::replace(slot, left);
        }
    }
    row[other.len()]
}

fn error(known: &[Vec<char>], read: &str) -> usize {
    let read = alike(read);
    let of_order = |known: &Vec<char>| distance(known, &read) * 1_000_000 / known.len();
    known.iter().map(of_order).min().unwrap()
}

fn text_of(path: &Path) -> Text {
    extract(&std::fs::read(path).unwrap(), "paper.pdf").unwrap()
}

fn joined(text: &Text) -> String {
    text.lines.iter().fold(String::new(), |all, line| all + &line.text + "\n")
}

fn pdftotext(path: &Path) -> Option<String> {
    let done = Command::new("pdftotext").arg("-q").arg(path).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}

fn mean(errors: &[Errors]) -> (usize, Option<usize>) {
    let ours = errors.iter().map(|(ours, _)| ours).sum::<usize>() / errors.len();
    let peer: Option<Vec<usize>> = errors.iter().map(|(_, peer)| *peer).collect();
    (ours, peer.map(|peer| peer.iter().sum::<usize>() / peer.len()))
}

fn shown(millionths: usize) -> String {
    format!("{}.{:02} %", millionths / 10_000, millionths % 10_000 / 100)
}

#[test]
fn papers_of_every_producer_are_read_as_they_were_typed() {
    let mut by: BTreeMap<(&str, String), Vec<Errors>> = BTreeMap::new();
    let mut behind = Vec::new();
    for (producer, name, font, path) in papers() {
        let known = std::fs::read_to_string(folder().join(format!("known/{name}.txt")));
        let known: Vec<Vec<char>> = known.unwrap().split("=====\n").map(alike).collect();
        let ours = error(&known, &joined(&text_of(&path)));
        let peer = pdftotext(&path).map(|text| error(&known, &text));
        if peer.is_some_and(|peer| peer < ours) {
            behind.push(path);
        }
        let (_, language) = name.split_once('-').unwrap();
        // Fonts are compared by the Arabic texts alone.
        let font = (language == "ar").then_some(("font, Arabic", font));
        let keys = [("producer", producer), ("language", language.to_owned())];
        for key in keys.into_iter().chain(font) {
            by.entry(key).or_default().push((ours, peer));
        }
    }
    println!("{}", table(&by));
    assert_eq!(behind, Vec::<PathBuf>::new(), "pdftotext reads these better");
    assert!(by.keys().filter(|(what, _)| *what == "producer").count() >= 6);
    assert!(by.keys().filter(|(what, _)| *what == "font, Arabic").count() >= 3);
    for (language, most) in [("ar", 10_000), ("en", 5_000), ("both", 30_000)] {
        let (ours, _) = mean(&by[&("language", language.to_owned())]);
        assert!(ours < most, "{language}: {}", shown(ours));
    }
}

fn table(by: &BTreeMap<(&str, String), Vec<Errors>>) -> String {
    let mut table =
        String::from("characters wrong          files      ours  pdftotext\n");
    for ((what, which), errors) in by {
        let (ours, peer) = mean(errors);
        let peer = peer.map_or("not installed".to_owned(), shown);
        let name = format!("{what}: {which}");
        let files = errors.len();
        writeln!(table, "{name:26} {files:4} {:>9}  {peer:>9}", shown(ours)).unwrap();
    }
    table
}

#[test]
fn tatweel_and_marks_are_kept_where_they_were_typed() {
    let text = joined(&text_of(&folder().join("pdf/chromium/ornate-ar.amiri.pdf")));
    for written in ["العضويـــة", "بأغلبيـــة", "الإِسهامُ في إِغاثَةِ المُتضرِّرينَ"]
    {
        let written: String = written.nfc().collect();
        let text: String = text.nfc().collect();
        assert!(text.contains(&written), "{written} in {text}");
    }
}

#[test]
fn pages_without_a_sound_map_are_told_apart_and_recognised_one_by_one() {
    // The second page lost its map, or has one of private signs, or one that lost a half of
    // its letters on the way through another program.
    for (name, sick) in [
        ("stripped.pdf", vec![2]),
        ("private.pdf", vec![2]),
        ("distilled.pdf", vec![1, 2]),
    ] {
        let path = folder().join("unsound").join(name);
        let bytes = std::fs::read(&path).unwrap();
        let plain = extract(&bytes, name);
        let told = plain.as_ref().map(|text| text.sick.clone());
        if sick.len() == 2 {
            assert_eq!(told, Err(&mithaq::document::Problem::BrokenText), "{name}");
        } else {
            assert_eq!(told, Ok(sick.clone()), "{name}");
        }
        if !ocr::is_installed() {
            println!("skipped: not installed: {:?}", ocr::missing());
            continue;
        }
        let cage = Cage::around(PathBuf::from(env!("CARGO_BIN_EXE_mithaq")));
        let text = cage.read(&bytes, name).unwrap();
        if let Ok(plain) = plain {
            let of_first = |text: &Text| {
                let first = text.lines.iter().filter(|line| line.page == Some(1));
                first.map(|line| line.text.clone()).collect::<Vec<_>>()
            };
            assert_eq!(of_first(&text), of_first(&plain), "{name}");
            let pages: Vec<u32> = text.recognised.iter().map(|(page, _)| *page).collect();
            assert_eq!(pages, sick, "{name}");
        }
        assert!(joined(&text).contains("الرئيسة"), "{name}: {}", joined(&text));
    }
}

#[test]
fn the_command_text_prints_it_in_logical_order() {
    let path = folder().join("pdf/reportlab/minutes-ar.naskh.pdf");
    let done = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(["text", path.to_str().unwrap()])
        .output()
        .unwrap();
    let printed = String::from_utf8(done.stdout).unwrap();
    assert!(printed.contains("محضر اجتماع مجلس الإدارة رقم (٤) لعام ٢٠٢٦"), "{printed}");
}
