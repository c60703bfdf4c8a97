//! What differs from what is known, beside the list of what is expected to and why.

use std::collections::BTreeMap;

/// Which run, which organization, what of it, how it differs, and the reason.
const EXPECTED: &str = include_str!("differences.tsv");

/// The differences of one run.
pub(super) struct Differences {
    run: &'static str,
    found: Vec<String>,
}

impl Differences {
    pub(super) fn of(run: &'static str) -> Differences {
        Differences { run, found: Vec::new() }
    }

    /// A difference: whose, what, and what it is said to be.
    pub(super) fn add(&mut self, organization: &str, what: &str, says: &str) {
        self.found.push(format!("{}\t{organization}\t{what}\t{says}", self.run));
    }

    /// Fails on a difference without a reason, and on a reason without its difference.
    pub(super) fn are_expected(&self) {
        let expected = expected(self.run);
        for found in &self.found {
            let reason = expected.get(found.as_str());
            println!("{found}: {}", reason.unwrap_or(&"NO REASON"));
        }
        let mut found: Vec<&str> = self.found.iter().map(String::as_str).collect();
        found.sort_unstable();
        let listed: Vec<&str> = expected.into_keys().collect();
        assert_eq!(found, listed, "found, and listed in differences.tsv");
    }
}

/// The differences that are expected of a run, with their reasons.
fn expected(run: &str) -> BTreeMap<&'static str, &'static str> {
    let lines = EXPECTED.lines().skip(1).filter(|line| line.starts_with(run));
    let each = lines.map(|line| line.rsplit_once('\t').expect("a reason"));
    each.inspect(|(what, reason)| assert!(!reason.is_empty(), "{what}")).collect()
}
