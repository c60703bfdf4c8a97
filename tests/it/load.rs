//! A network larger than any we know of, scanned at once and again: nothing is left out, and
//! the second look finds nothing to do. Runs in the full run only. And a day that touches
//! more organizations than one commit holds.

use std::collections::BTreeSet;

use mithaq::limits::ORGANIZATIONS_PER_COMMIT_MAX;
use mithaq::plan::Effect;
use mithaq::shell::clock::Clock;
use mithaq::shell::live::{Event, Live};

use crate::scratch::{Scratch, is_full, minutes};

const ORGANIZATIONS: usize = 300;
const PAPERS: usize = 10;

#[test]
fn three_hundred_organizations_are_scanned_whole() {
    if !is_full() {
        println!("skipped: runs with scripts/test --full");
        return;
    }
    let scratch = Scratch::new();
    let months = ["January", "March", "April", "June", "July", "August", "September"];
    for at in 0..ORGANIZATIONS {
        let id = format!("organization-{at:03}");
        scratch.organization(&id);
        for paper in 0..PAPERS {
            let day = format!("{} {} 2026", 1 + at % 27, months[paper % months.len()]);
            let text = format!("{}\nOf {id}, paper {paper}.\n", minutes(&day));
            scratch.drop_paper(&id, &format!("minutes-{paper}.md"), text);
        }
    }
    scratch.run(&["scan"]);
    let documents = scratch.json(&["documents"])["documents"].clone();
    let documents = documents.as_array().unwrap();
    assert_eq!(documents.len(), ORGANIZATIONS * PAPERS);
    assert!(documents.iter().all(|document| document["state"] == "understood"));
    let verdicts = scratch.json(&["verdicts"])["verdicts"].clone();
    let verdicts = verdicts.as_array().unwrap();
    assert_eq!(verdicts.len(), ORGANIZATIONS);
    assert!(verdicts.iter().all(|verdict| verdict["state"] == "met"));
    let again = scratch.json(&["scan"]);
    assert_eq!(again["verdict_changes"], 0);
    assert_eq!(again["letters"], 0);
}

#[test]
fn a_day_that_touches_more_than_one_commit_holds_is_judged_whole() {
    let scratch = Scratch::new();
    let many = ORGANIZATIONS_PER_COMMIT_MAX + 1;
    for at in 0..many {
        scratch.organization(&format!("organization-{at:03}"));
    }
    let nobody = BTreeSet::new();
    assert_eq!(judged(&scratch, "2026-11-21T12:00:00Z", None), many);
    assert_eq!(judged(&scratch, "2027-03-01T12:00:00Z", Some(&nobody)), many);
    assert_eq!(judged(&scratch, "2027-03-01T12:00:00Z", Some(&nobody)), 0);
}

/// Organizations with a changed verdict in one pass over those in `only`, or over all.
fn judged(scratch: &Scratch, now: &str, only: Option<&BTreeSet<String>>) -> usize {
    let clock = Clock::set_to(now).unwrap();
    let mut live = Live::start(scratch.root(), clock).unwrap();
    let mut organizations = BTreeSet::new();
    let mut told = |event| {
        if let Event::Effect(effect) = event
            && let Effect::Verdict(row) = *effect
        {
            organizations.insert(row.organization);
        }
    };
    live.pass(only, &mut told).unwrap();
    organizations.len()
}
