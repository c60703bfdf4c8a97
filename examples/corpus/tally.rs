//! How often something was read right, read wrong, or not read.

use std::collections::BTreeMap;

/// What became of one thing that a paper is known to state.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Right,
    Wrong,
    Missing,
}

#[derive(Default, Clone, Copy)]
struct Count {
    right: usize,
    wrong: usize,
    missing: usize,
}

/// One thing asked of many papers, by organization and by format.
#[derive(Default)]
pub(crate) struct Tally {
    whole: Count,
    parts: BTreeMap<(&'static str, String), Count>,
}

impl Tally {
    pub(crate) fn add(&mut self, parts: &[(&'static str, &str)], outcome: Outcome) {
        self.whole.add(outcome);
        for (of, part) in parts {
            self.parts.entry((of, (*part).to_owned())).or_default().add(outcome);
        }
    }

    /// Precision and recall of the whole, then of each part that is not perfect.
    pub(crate) fn print(&self, title: &str) {
        println!("{title}: {}", self.whole);
        let all = self.parts.len();
        let flawed = self.parts.iter().filter(|(_, count)| count.right < count.all());
        for ((of, part), count) in flawed {
            println!("    {of} {part}: {count}");
        }
        let perfect = self.parts.values().filter(|c| c.right == c.all()).count();
        println!("    perfect: {perfect} of {all} parts");
    }
}

impl Count {
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Right => self.right += 1,
            Outcome::Wrong => self.wrong += 1,
            Outcome::Missing => self.missing += 1,
        }
    }

    fn all(self) -> usize {
        self.right + self.wrong + self.missing
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Count { right, wrong, missing } = *self;
        let said = right + wrong;
        let (precision, recall) = (share(right, said), share(right, self.all()));
        write!(
            f,
            "precision {precision} recall {recall} ({right} right, {wrong} wrong, "
        )?;
        write!(f, "{missing} missing)")
    }
}

/// Per cent with one place.
pub(crate) fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    let tenths = part * 1000 / whole;
    format!("{}.{}%", tenths / 10, tenths % 10)
}
