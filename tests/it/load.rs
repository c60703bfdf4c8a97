//! A network larger than any we know of, scanned at once and again: nothing is left out, and
//! the second look finds nothing to do. Runs in the full run only.

use crate::scratch::{Scratch, minutes};

const ORGANIZATIONS: usize = 300;
const PAPERS: usize = 10;

#[test]
fn three_hundred_organizations_are_scanned_whole() {
    if std::env::var_os("MITHAQ_TEST_FULL").is_none() {
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
