//! Indexes that would be another one, with their dimensions and themes on both sides.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::calendar::Day;
use crate::cli::Output;
use crate::cli::index::row;
use crate::cli::words;
use crate::index::Part;
use crate::plan::{Book, IndexDefinition, Member, Situation, Standing};
use crate::text::{Language, isolate};
use crate::timeline::AsOf;

/// An index of one organization that would be another one.
#[derive(Debug)]
pub struct Move {
    organization: String,
    rulebook: String,
    as_of: Day,
    before: Option<Standing>,
    after: Option<Standing>,
    /// Dimensions, each before its themes.
    parts: Vec<PartMove>,
    /// Tenths of points; `None` where an end has no value.
    points: Option<i32>,
}

/// A dimension or a theme by both sets of rules.
#[derive(PartialEq, Eq, Debug)]
struct PartMove {
    dimension: String,
    /// `None` of the dimension itself.
    theme: Option<String>,
    before: Option<Part>,
    after: Option<Part>,
}

/// The parts of a standing by their dimension's name and their theme's.
type Parts = BTreeMap<(String, Option<String>), Part>;

/// The indexes of a member that differ, as a whole or in a part.
pub fn moves(
    member: &Member,
    (old, new): (&Arc<Book>, &Arc<Book>),
    as_of: AsOf,
) -> Vec<Move> {
    let situations: [Situation; 2] = [old, new].map(|book| member.situation(book, as_of));
    let ids: BTreeSet<&str> = [old, new]
        .into_iter()
        .flat_map(|book| book.indexes().iter().map(|index| index.id.as_str()))
        .collect();
    let one = |id: &str| {
        let [from, to] = &situations;
        let (before, after) = (member.standing(from, id), member.standing(to, id));
        let parts = parts(
            &named(before.as_ref(), definition(old, id)),
            &named(after.as_ref(), definition(new, id)),
        );
        let index =
            |standing: &Option<Standing>| standing.as_ref().map(|it| it.index.clone());
        let differs = index(&before) != index(&after)
            || parts.iter().any(|part| part.before != part.after);
        differs.then(|| Move {
            organization: member.organization().id.clone(),
            rulebook: id.to_owned(),
            as_of: as_of.day,
            points: member.index_delta(id, from, to).total,
            before,
            after,
            parts,
        })
    };
    ids.into_iter().filter_map(one).collect()
}

fn definition<'b>(book: &'b Book, id: &str) -> Option<&'b IndexDefinition> {
    book.indexes().iter().find(|index| index.id == id)
}

fn named(standing: Option<&Standing>, definition: Option<&IndexDefinition>) -> Parts {
    let (Some(standing), Some(definition)) = (standing, definition) else {
        return Parts::new();
    };
    let name = |at: u8| definition.dimensions.get(usize::from(at)).cloned();
    let dimensions = definition.dimensions.iter().zip(&standing.index.dimensions);
    let dimensions = dimensions.map(|(name, part)| ((name.clone(), None), *part));
    let themes = standing.themes.iter().filter_map(|theme| {
        Some(((name(theme.dimension)?, Some(theme.name.clone())), theme.part))
    });
    dimensions.chain(themes).collect()
}

/// Every part of either side, in the order of the names: a dimension before its themes.
fn parts(before: &Parts, after: &Parts) -> Vec<PartMove> {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let part = |key: &(String, Option<String>)| PartMove {
        dimension: key.0.clone(),
        theme: key.1.clone(),
        before: before.get(key).copied(),
        after: after.get(key).copied(),
    };
    keys.into_iter().map(part).collect()
}

impl Move {
    pub fn json(&self) -> Json {
        let index = |standing: &Option<Standing>| {
            let index = standing.as_ref().map(|standing| &standing.index);
            index.map(|index| {
                json!({
                    "value": index.value.map(words::points),
                    "low": words::points(index.low), "high": words::points(index.high),
                    "coverage": words::share(index.coverage),
                    "grade": row::letter(index.value),
                })
            })
        };
        let dimensions = self.parts.iter().filter(|part| part.theme.is_none());
        let dimensions: Vec<Json> = dimensions.map(|part| self.dimension(part)).collect();
        json!({
            "organization": self.organization, "rulebook": self.rulebook,
            "as_of": self.as_of.to_string(), "before": index(&self.before),
            "after": index(&self.after), "points": self.points.map(words::signed),
            "dimensions": dimensions,
        })
    }

    fn dimension(&self, of: &PartMove) -> Json {
        let own =
            |part: &&PartMove| part.dimension == of.dimension && part.theme.is_some();
        let themes = self.parts.iter().filter(own).map(|theme| {
            json!({"name": theme.theme, "before": value(theme.before), "after": value(theme.after)})
        });
        json!({"name": of.dimension, "before": value(of.before), "after": value(of.after),
               "themes": themes.collect::<Vec<Json>>()})
    }

    pub fn print(&self, output: Output) {
        let unknown = output.pick("not enough known", "المعلومات لا تكفي");
        let value = |standing: &Option<Standing>| {
            let value = standing.as_ref().and_then(|standing| standing.index.value);
            value.map_or_else(|| unknown.to_owned(), words::points)
        };
        let (before, after) = (value(&self.before), value(&self.after));
        output.data(&match output.language {
            Language::English => {
                format!("{}  {}  {before} → {after}", self.organization, self.rulebook)
            }
            Language::Arabic => {
                let [organization, rulebook, before, after] =
                    [&self.organization, &self.rulebook, &before, &after]
                        .map(|word| isolate(word));
                format!("{organization}  {rulebook}  {before} ← {after}")
            }
        });
        for part in self.parts.iter().filter(|part| part.before != part.after) {
            part.print(output);
        }
    }
}

impl PartMove {
    /// A dimension, or further in one of its themes.
    fn print(&self, output: Output) {
        let (indent, name) = match &self.theme {
            None => ("  ", &self.dimension),
            Some(theme) => ("    ", theme),
        };
        let shown = |part: Option<Part>| match part {
            None => output.pick("no such part", "لا يوجد").to_owned(),
            Some(part) => {
                row::value(output, part.value.map(|value| value.saturating_mul(100)))
            }
        };
        let (before, after) = (shown(self.before), shown(self.after));
        output.data(&match output.language {
            Language::English => format!("{indent}{name}: {before} → {after}"),
            Language::Arabic => {
                let [name, before, after] = [name, &before, &after].map(|it| isolate(it));
                format!("{indent}{name}: {before} ← {after}")
            }
        });
    }
}

/// Where a side has no such part, or nothing of it is known, there is no value.
fn value(part: Option<Part>) -> Option<String> {
    part.and_then(|part| part.value).map(words::share)
}
