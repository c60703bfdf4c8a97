//! Whether the evidence tells organizations apart: no ranks, only bands that overlap or not.

use serde_json::{Value as Json, json};

use super::row::Row;
use crate::cli::Output;
use crate::index;
use crate::text::{Language, isolate};

/// Two organizations in one index.
#[derive(Debug, Clone)]
pub struct Pair {
    pub rulebook: String,
    pub one: String,
    pub other: String,
    pub distinguishable: bool,
}

/// Every two of these organizations, in each index that both have.
pub fn pairs(rows: &[Row], organizations: &[String]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (at, one) in organizations.iter().enumerate() {
        for one in rows.iter().filter(|row| row.organization == *one) {
            let after = organizations.get(at + 1..).unwrap_or_default();
            let others = rows.iter().filter(|row| {
                row.rulebook == one.rulebook && after.contains(&row.organization)
            });
            pairs.extend(others.map(|other| Pair::of(one, other)));
        }
    }
    pairs
}

impl Pair {
    fn of(one: &Row, other: &Row) -> Pair {
        Pair {
            rulebook: one.rulebook.clone(),
            one: one.organization.clone(),
            other: other.organization.clone(),
            distinguishable: index::distinguishable(&one.index, &other.index),
        }
    }

    pub fn json(&self) -> Json {
        json!({"rulebook": self.rulebook, "one": self.one, "other": self.other,
               "distinguishable": self.distinguishable})
    }

    pub fn line(&self, output: Output) -> String {
        let (one, other, rulebook) = (&self.one, &self.other, &self.rulebook);
        match (output.language, self.distinguishable) {
            (Language::English, true) => {
                format!("{rulebook}: the evidence tells {one} and {other} apart.")
            }
            (Language::English, false) => format!(
                "{rulebook}: {one} and {other} are not distinguishable, because their \
                 bands overlap."
            ),
            (Language::Arabic, distinguishable) => {
                let [one, other, rulebook] =
                    [one, other, rulebook].map(|name| isolate(name));
                if distinguishable {
                    format!("{rulebook}: تكفي الأدلة للتمييز بين {one} و{other}.")
                } else {
                    format!(
                        "{rulebook}: لا يمكن التمييز بين {one} و{other}، لأن مدييهما يتداخلان."
                    )
                }
            }
        }
    }
}
