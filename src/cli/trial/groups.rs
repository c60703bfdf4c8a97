//! Groups of organizations by both sets of rules, without naming any.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::cli::index::groups;
use crate::cli::index::groups::Rollup;
use crate::cli::words;
use crate::cli::{Output, listing};
use crate::index::rollup::{Figures, Meeting};
use crate::index::shown;
use crate::text::{Language, isolate};

/// The groups of one index by the rules as they are and as they would be.
#[derive(Debug)]
pub struct Compared {
    rulebook: String,
    /// By the rules of today; `None` where they have no such index.
    before: Option<Rollup>,
    after: Option<Rollup>,
}

/// Both sides of each index, in the order of the old rules; those that are new come last.
pub fn compared(before: Vec<Rollup>, after: Vec<Rollup>) -> Vec<Compared> {
    let mut after: Vec<Rollup> = after;
    let mut compared = Vec::new();
    for old in before {
        let new = after.iter().position(|new| new.rulebook == old.rulebook);
        let new = new.map(|at| after.remove(at));
        let rulebook = old.rulebook.clone();
        compared.push(Compared { rulebook, before: Some(old), after: new });
    }
    let added = after.into_iter();
    compared.extend(added.map(|new| {
        let rulebook = new.rulebook.clone();
        Compared { rulebook, before: None, after: Some(new) }
    }));
    compared
}

/// One group on both sides.
struct Pair<'r> {
    path: &'r [Option<String>],
    before: Option<(&'r Rollup, &'r Figures)>,
    after: Option<(&'r Rollup, &'r Figures)>,
}

/// A group of one side.
fn side<'r>(
    rollup: Option<&'r Rollup>,
    path: &[Option<String>],
) -> Option<(&'r Rollup, &'r Figures)> {
    let rollup = rollup?;
    let own = rollup.groups.iter().find(|own| own.path == path)?;
    Some((rollup, own))
}

impl Compared {
    /// The groups are the same on both sides: the rules move nobody from one to another.
    fn pairs(&self) -> impl Iterator<Item = Pair<'_>> {
        let one = self.before.as_ref().or(self.after.as_ref());
        let groups = one.into_iter().flat_map(|rollup| &rollup.groups);
        groups.map(|group| {
            let path = group.path.as_slice();
            Pair {
                path,
                before: side(self.before.as_ref(), path),
                after: side(self.after.as_ref(), path),
            }
        })
    }

    pub fn json(&self) -> impl Iterator<Item = Json> {
        self.pairs().map(|pair| {
            let side = |side: Option<(&Rollup, &Figures)>| {
                side.map(|(rollup, group)| rollup.figures_json(group))
            };
            json!({
                "rulebook": self.rulebook,
                "group": pair.path,
                "median_change": pair.median_change().map(words::signed),
                "before": side(pair.before),
                "after": side(pair.after),
            })
        })
    }

    pub fn print(&self, output: Output) {
        let heads = match output.language {
            Language::English => {
                ["group", "members", "median before", "median after", "change"]
            }
            Language::Arabic => ["الفئة", "الأعضاء", "الوسيط قبل", "الوسيط بعد", "التغيّر"],
        };
        output.data(&self.rulebook);
        let mut table = vec![heads.map(str::to_owned).to_vec()];
        table.extend(self.pairs().map(|pair| pair.cells(output)));
        for line in listing::columns(&table) {
            output.data(&line);
        }
        for pair in self.pairs() {
            pair.print_critical(output);
        }
    }
}

impl Pair<'_> {
    /// Tenths of points between the two shown medians.
    fn median_change(&self) -> Option<i32> {
        let median = |side: Option<(&Rollup, &Figures)>| {
            side.and_then(|(_, group)| group.quartiles.ok()).map(|of| shown(of.median))
        };
        Some(median(self.after)? - median(self.before)?)
    }

    fn cells(&self, output: Output) -> Vec<String> {
        let Some((rollup, group)) = self.before.or(self.after) else { return Vec::new() };
        let median = |side: Option<(&Rollup, &Figures)>| match side {
            None => output.pick("no such index", "لا يوجد هذا المؤشر").to_owned(),
            Some((_, group)) => groups::median_words(output, group),
        };
        let change = self.median_change().map(words::signed).unwrap_or_default();
        vec![
            rollup.name_in(output.language, group),
            groups::count_words(output, group),
            median(self.before),
            median(self.after),
            change,
        ]
    }
    /// By how many each critical rule is met on both sides, where that differs.
    fn print_critical(&self, output: Output) {
        let Some((rollup, group)) = self.before.or(self.after) else { return };
        let name = rollup.name_in(output.language, group);
        let met = |side: Option<(&Rollup, &Figures)>| -> BTreeMap<String, Meeting> {
            let shown = side.map(|(rollup, group)| {
                let rules = rollup.critical.iter().zip(&group.critical);
                rules.filter_map(|(rule, met)| Some((rule.clone(), met.ok()?))).collect()
            });
            shown.unwrap_or_default()
        };
        let (before, after) = (met(self.before), met(self.after));
        let rules: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for rule in rules {
            let (from, to) = (before.get(rule), after.get(rule));
            if from == to {
                continue;
            }
            let [from, to] = [from, to].map(|it| of_how_many(output, it.copied()));
            output.data(&match output.language {
                Language::English => format!("{name}: {rule}: {from} → {to}"),
                Language::Arabic => {
                    format!("{}: {}: {from} ← {to}", isolate(&name), isolate(rule))
                }
            });
        }
    }
}

fn of_how_many(output: Output, meeting: Option<Meeting>) -> String {
    match (meeting, output.language) {
        (None, _) => output.pick("not shown", "غير معروض").to_owned(),
        (Some(Meeting { met, of, .. }), Language::English) => {
            format!("met by {met} of {of}")
        }
        (Some(Meeting { met, of, .. }), Language::Arabic) => {
            format!("مستوفاة لدى {met} من {of}")
        }
    }
}
