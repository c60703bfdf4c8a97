//! Each paper of the sample network is read as its author meant it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use mithaq::config::organization;
use mithaq::document::{FactName, ReadState, Reading, Value};
use mithaq::extract::extract;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::{Context, read};

/// How many papers may be read otherwise than their author meant. It only ever shrinks.
const MISREAD_MAX: usize = 2;

#[test]
fn papers_are_read_as_they_were_meant() {
    let told = readings();
    let misread: Vec<&str> = meant().lines().filter(|line| !holds(&told, line)).collect();
    for line in &misread {
        println!("meant {line}");
    }
    let new: Vec<&str> = told.lines().filter(|line| !holds(meant(), line)).collect();
    for line in &new {
        println!("read  {line}");
    }
    assert_eq!(told.lines().count(), meant().lines().count(), "one line a paper");
    assert!(misread.len() <= MISREAD_MAX, "{} papers are misread", misread.len());
}

fn holds(lines: &str, line: &str) -> bool {
    lines.lines().any(|it| it == line)
}

/// Written by hand: what each paper was written to say.
fn meant() -> &'static str {
    include_str!("../../fixtures/networks/sharek.readings")
}

/// One line a paper: its place, its state, its kind, and the dates that rules ask for.
fn readings() -> String {
    let mut told = String::new();
    for folder in ["organizations", "earlier"] {
        for organization in names(&network().join(folder)) {
            let papers = match folder {
                "earlier" => network().join(folder).join(&organization),
                _ => network().join(folder).join(&organization).join("papers"),
            };
            for file in names(&papers) {
                let reading = reading(&organization, &papers.join(&file));
                writeln!(told, "{folder}/{organization}/{file}: {reading}").unwrap();
            }
        }
    }
    told
}

fn reading(organization: &str, path: &Path) -> String {
    let register =
        network().join("organizations").join(organization).join("organization.toml");
    let register = std::fs::read_to_string(register).unwrap();
    let register = organization::read("organization.toml", &register).unwrap();
    let bodies: Vec<(String, Vec<String>)> = register.bodies.into_iter().collect();
    let name = path.file_name().unwrap().to_str().unwrap();
    let text = match extract(&std::fs::read(path).unwrap(), name) {
        Ok(text) => text,
        Err(problem) => return format!("not accepted: {problem:?}"),
    };
    let cues = Cues::standard();
    let read = read(&Context { bodies: &bodies, ..Context::of(&text, name, &cues) });
    let mut said = said(&read);
    for enclosed in &text.enclosed {
        let inner = extract(&enclosed.bytes, &enclosed.name).unwrap();
        let inner = mithaq::recognise::read(&Context::of(&inner, &enclosed.name, &cues));
        write!(said, "; attached: {}", self::said(&inner)).unwrap();
    }
    said
}

/// The dates and counts that rules ask for, in this order.
const ASKED: [(FactName, &str); 8] = [
    (FactName::MeetingDate, "held"),
    (FactName::Attendance, "present"),
    (FactName::FiscalYearEnd, "year ended"),
    (FactName::DateSigned, "signed"),
    (FactName::DatePublished, "published"),
    (FactName::DateAdopted, "adopted"),
    (FactName::DateReviewed, "reviewed"),
    (FactName::ValidUntil, "valid until"),
];

fn said(reading: &Reading) -> String {
    let kind = reading.kinds.first().map_or("–", |it| it.kind.as_str());
    let mut said = match &reading.state {
        ReadState::Understood => kind.to_owned(),
        ReadState::NoneOfOurs => "none of ours".to_owned(),
        ReadState::NeedsALook(problem) => format!("{kind}, needs a look: {problem:?}"),
        ReadState::NotAccepted(problem) => format!("not accepted: {problem:?}"),
    };
    for (name, label) in ASKED {
        let facts = reading.facts.iter().filter(|it| it.name == name);
        let values: BTreeSet<String> = facts.map(|it| value(&it.value)).collect();
        for value in values {
            write!(said, ", {label} {value}").unwrap();
        }
    }
    said
}

fn value(value: &Value) -> String {
    match value {
        Value::Day(day) => {
            let (year, month, day) = day.ymd();
            format!("{year}-{month:02}-{day:02}")
        }
        Value::Attendance { present, of } => {
            format!("{present} of {}", of.map_or("–".to_owned(), |it| it.to_string()))
        }
        other => format!("{other:?}"),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn network() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/networks/sharek")
}
