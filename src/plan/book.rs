//! The rules in force, laid out for judging: numbered, with what each reads.

use super::dockets::{Days, Dockets};
use crate::calendar::Day;
use crate::compile::GENERAL;
use crate::index::Method;
use crate::judge::Duty;
use crate::limits;
use crate::norm::{Anchor, Counting, Demand, Norm, Quality, TermId};
use crate::program::{Program, Rule, Rulebook, Status};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A program with its rules numbered.
#[derive(Debug, Default)]
pub struct Book {
    program: Program,
    /// For each number the positions of rulebook and rule.
    rules: Vec<(usize, usize)>,
    /// For each number the nouns whose papers can change the rule's verdict.
    reads: Vec<BTreeSet<TermId>>,
    indexes: Vec<IndexDefinition>,
    /// A rule has several versions, each from its day on.
    changes_by_itself: bool,
    dockets: Days,
}

/// What an index covers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IndexDefinition {
    /// The rulebook that declares the dimensions, or `network` where none does.
    pub id: String,
    pub title: String,
    pub dimensions: Vec<String>,
    /// How the dimensions are put together; as many weights as dimensions.
    pub method: Method,
    /// Rule number and position of its dimension.
    pub rules: Vec<(usize, u8)>,
}

/// The index of a network whose rulebooks declare no dimensions.
pub(super) const NETWORK: &str = "network";

impl Book {
    pub fn new(program: Program) -> Book {
        let rules: Vec<(usize, usize)> = program
            .rulebooks
            .iter()
            .enumerate()
            .flat_map(|(at, rulebook)| {
                (0..rulebook.rules.len()).map(move |rule| (at, rule))
            })
            .collect();
        let mut book = Book { program, rules, ..Book::default() };
        let reads = |(_, rulebook, rule): (usize, &Rulebook, &Rule)| {
            let mut reads = nouns(rule);
            reads.extend(rulebook.answered_by(rule).map(nouns).unwrap_or_default());
            reads
        };
        book.reads = book.rules().map(reads).collect();
        book.indexes = book.define_indexes();
        let several = |(_, _, rule): (usize, &Rulebook, &Rule)| !rule.earlier.is_empty();
        let changes_by_itself = book.rules().any(several);
        book.changes_by_itself = changes_by_itself;
        book
    }

    /// What is the same for all organizations that are judged on a day.
    pub(super) fn dockets(&self, day: Day) -> Arc<Dockets> {
        self.dockets.of(day, self.len())
    }

    /// Whether a day that passes may change what a rule weighs.
    pub(super) fn changes_by_itself(&self) -> bool {
        self.changes_by_itself
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Every rule with its number and its rulebook.
    pub fn rules(&self) -> impl Iterator<Item = (usize, &Rulebook, &Rule)> {
        (0..self.rules.len()).filter_map(|number| {
            self.rule(number).map(|(rulebook, rule)| (number, rulebook, rule))
        })
    }

    pub fn rule(&self, number: usize) -> Option<(&Rulebook, &Rule)> {
        let (rulebook, rule) = self.rules.get(number)?;
        let rulebook = self.program.rulebooks.get(*rulebook)?;
        Some((rulebook, rulebook.rules.get(*rule)?))
    }

    pub fn number(&self, rulebook: &str, rule: &str) -> Option<usize> {
        self.rules()
            .find(|(_, book, found)| book.id == rulebook && found.id == rule)
            .map(|(number, _, _)| number)
    }

    pub fn duty(&self, number: usize) -> Option<Duty<'_>> {
        self.rule(number).map(|(rulebook, rule)| Duty::of(rulebook, rule))
    }

    /// Whether papers about any of these nouns can change the rule's verdict.
    pub fn reads(&self, number: usize, nouns: &BTreeSet<TermId>) -> bool {
        self.reads.get(number).is_some_and(|reads| !reads.is_disjoint(nouns))
    }

    pub fn program(&self) -> &Program {
        &self.program
    }

    pub fn indexes(&self) -> &[IndexDefinition] {
        &self.indexes
    }

    /// Rules in force of rulebooks in force: those that open findings and move an index.
    pub(super) fn counts(&self, number: usize) -> bool {
        self.rule(number).is_some_and(|(rulebook, rule)| {
            rulebook.status == Status::InForce && rule.status == Status::InForce
        })
    }

    fn define_indexes(&self) -> Vec<IndexDefinition> {
        let declaring: Vec<IndexDefinition> = self
            .program
            .rulebooks
            .iter()
            .filter(|rulebook| !rulebook.dimensions.is_empty())
            .map(|rulebook| self.define(Some(rulebook)))
            .collect();
        if declaring.is_empty() && !self.is_empty() {
            vec![self.define(None)]
        } else {
            declaring
        }
    }

    fn define(&self, rulebook: Option<&Rulebook>) -> IndexDefinition {
        let mut index = IndexDefinition {
            id: rulebook.map_or(NETWORK, |book| &book.id).to_owned(),
            title: rulebook.map_or("", |book| &book.title).to_owned(),
            dimensions: rulebook.map(|book| book.dimensions.clone()).unwrap_or_default(),
            method: Method::default(),
            rules: Vec::new(),
        };
        for (number, book, rule) in self.rules() {
            let included = rulebook.and_then(|only| {
                let mut included = only.includes.iter();
                included.find(|(id, _)| *id == book.id && book.id != only.id)
            });
            let covered =
                included.is_some() || rulebook.is_none_or(|only| only.id == book.id);
            if !covered || !self.counts(number) {
                continue;
            }
            let name = match (included, rulebook) {
                (Some((_, dimension)), _) => dimension.as_str(),
                (None, Some(_)) => rule.dimension.as_str(),
                (None, None) => GENERAL,
            };
            let at = index.dimensions.iter().position(|dimension| dimension == name);
            let at = at.unwrap_or_else(|| {
                index.dimensions.push(name.to_owned());
                index.dimensions.len() - 1
            });
            // A rulebook with more dimensions than that has an error, and is told of it.
            if at > limits::DIMENSIONS_MAX {
                continue;
            }
            index.rules.push((number, u8::try_from(at).unwrap_or(u8::MAX)));
        }
        index.dimensions.truncate(limits::DIMENSIONS_MAX + 1);
        index.method = method(rulebook, &index.dimensions);
        index
    }
}

fn method(rulebook: Option<&Rulebook>, dimensions: &[String]) -> Method {
    let Some(rulebook) = rulebook else { return Method::equal(dimensions.len()) };
    let weight = |name: &String| rulebook.dimension_weights.get(name).copied();
    let weights = dimensions.iter().map(|name| weight(name).unwrap_or(1)).collect();
    Method { mean: rulebook.mean, weights }
}

/// What the rule's norms read: nouns of its duty and of the duties that replace it.
fn nouns(rule: &Rule) -> BTreeSet<TermId> {
    rule.versions().flat_map(nouns_of_version).collect()
}

fn nouns_of_version(rule: &Rule) -> BTreeSet<TermId> {
    let replaced = rule.exceptions.iter().filter_map(|exception| exception.then.as_ref());
    let norms = std::iter::once(&rule.norm).chain(replaced);
    let counting = rule.counts_only_if.iter().flat_map(nouns_of_counting);
    norms.flat_map(nouns_of_norm).chain(counting).collect()
}

/// The body that met, and the posts of which papers say who holds them.
fn nouns_of_counting(counting: &Counting) -> Vec<TermId> {
    match counting {
        Counting::Signed(by) => by.iter().map(|signers| signers.role).collect(),
        other => other.body().into_iter().collect(),
    }
}

fn nouns_of_norm(norm: &Norm) -> Vec<TermId> {
    match norm {
        Norm::Deadline { what, anchor: Anchor::Each(event), .. } => {
            vec![what.noun, event.noun]
        }
        Norm::Deadline { what, anchor: Anchor::MandateEnd(body), .. } => {
            vec![what.noun, *body]
        }
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::Deadline { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. } => vec![what.noun],
        Norm::Order { steps, anchor, .. } => {
            let of_anchor = match anchor {
                Anchor::Each(event) => Some(event.noun),
                Anchor::MandateEnd(body) => Some(*body),
                Anchor::FiscalYearEnd | Anchor::FiscalYearStart | Anchor::Finding => None,
            };
            steps.iter().map(|step| step.noun).chain(of_anchor).collect()
        }
        Norm::All(norms) | Norm::Among { norms, .. } => {
            norms.iter().flat_map(nouns_of_norm).collect()
        }
        Norm::Whichever { what, event, .. } => vec![what.noun, event.noun],
        Norm::EachPaper { what, .. } => vec![what.noun],
        Norm::Backed { each, by } => {
            by.iter().map(|one| one.document).chain([each.noun]).collect()
        }
        Norm::Size { body, .. }
        | Norm::Quorum { body, .. }
        | Norm::BylawsQuorum { body }
        | Norm::SecondCall { body, .. }
        | Norm::Unrelated { body, .. } => vec![*body],
        Norm::Contents { document, .. } => vec![*document],
        Norm::Signed { document, by, .. } => {
            by.iter().map(|signers| signers.role).chain([*document]).collect()
        }
        Norm::EachMember { who, document, .. } => {
            who.groups.iter().chain(&who.are).copied().chain([*document]).collect()
        }
        Norm::Incompatible { one, other } => vec![*one, *other],
        Norm::TermLimit { who, .. } => vec![*who],
        Norm::Composition { who, demands } => {
            let group = |demand: &Demand| match demand.quality {
                Quality::Is(group) => Some(group),
                Quality::AtLeastAge(_) | Quality::UnderAge(_) => None,
            };
            demands.iter().filter_map(group).chain([*who]).collect()
        }
        Norm::Proportion { body, other, .. } => vec![*body, *other],
        Norm::Never { what } => vec![what.noun],
        Norm::Guarded { norm, .. } => nouns_of_norm(norm),
        Norm::Lately { norm, last, .. } => {
            let last = last.iter().flat_map(|last| nouns_of_norm(last));
            nouns_of_norm(norm).into_iter().chain(last).collect()
        }
        Norm::Uptake { body, document, .. } => vec![*body, *document],
        // What the members' papers say is told by `plan::fellows`.
        Norm::Free { .. }
        | Norm::Holds(_)
        | Norm::Outside { .. }
        | Norm::Members { .. } => Vec::new(),
    }
}
