//! An index with what is shown beside it: its themes, the weight of practice, and what it
//! would be without waivers.

use super::book::{Book, IndexDefinition};
use super::indexes::Situation;
use super::member::Member;
use crate::calendar::Day;
use crate::delta::Replay;
use crate::index;
use crate::index::sensitivity::Assumed;
use crate::index::{Contribution, Index, Method, Part};
use crate::program::RuleKind;
use crate::verdict::State;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an organization reaches in an index, on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    pub index: Index,
    /// The same as if nobody were released from anything; `None` without waivers.
    pub without_waivers: Option<Index>,
    /// In the order of the dimensions, then of their names.
    pub themes: Vec<Theme>,
    /// Rules that we failed to evaluate; they are left out.
    pub errors: usize,
}

/// The rules of a dimension that bear one theme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Theme {
    /// Position among the index's dimensions.
    pub dimension: u8,
    pub name: String,
    pub part: Part,
}

impl IndexDefinition {
    /// Of each dimension the share of the weight that rules of practice have on a day, in
    /// millionths; `None` of a dimension without rules.
    pub fn practice(&self, book: &Book, day: Day) -> Vec<Option<u32>> {
        let mut weights = vec![(0u64, 0u64); self.dimensions.len()];
        for (number, dimension) in &self.rules {
            let Some((_, rule)) = book.rule(*number) else { continue };
            let rule = rule.version_on(day);
            if let Some((practice, all)) = weights.get_mut(usize::from(*dimension)) {
                let weight = u64::from(rule.weight);
                *all += weight;
                *practice += if rule.kind == RuleKind::Practice { weight } else { 0 };
            }
        }
        let share = |(practice, all): (u64, u64)| index::share(practice, all);
        weights.into_iter().map(share).collect()
    }
}

impl Member {
    /// An index with all that is shown beside it; `None` when the book has none of that id.
    pub fn standing(&self, situation: &Situation, id: &str) -> Option<Standing> {
        let Replay { index, contributions, .. } =
            self.replay(situation, id, &situation.book)?;
        let released = !situation.waivers.is_empty();
        let strict = || Situation { waivers: Arc::default(), ..situation.clone() };
        Some(Standing {
            without_waivers: released.then(|| self.index(&strict(), id)).flatten(),
            themes: themes(situation, &contributions),
            errors: self.errors(situation, id),
            index,
        })
    }

    /// What each rule adds to an index, and how its dimensions are put together.
    pub fn contributions(&self, situation: &Situation, id: &str) -> Option<Replay> {
        self.replay(situation, id, &situation.book)
    }

    /// What each rule adds to an index, with late as it is, at nothing and at one.
    pub fn assumed(
        &self,
        situation: &Situation,
        id: &str,
    ) -> Option<(Vec<Assumed>, Method)> {
        let Replay { contributions, method, .. } = self.contributions(situation, id)?;
        let score = |rule: u32, late: State| {
            let rule = usize::try_from(rule).ok()?;
            let mut slots = self.slots(situation, rule);
            for slot in slots.iter_mut().filter(|slot| slot.state == State::MetLate) {
                slot.state = late;
            }
            self.verdict_over(situation, rule, &slots)?.score
        };
        let assumed = contributions.into_iter().map(|part| Assumed {
            strict: score(part.rule, State::Closed),
            lenient: score(part.rule, State::Met),
            part,
        });
        Some((assumed.collect(), method))
    }

    fn errors(&self, situation: &Situation, id: &str) -> usize {
        let failed = |rule: &usize| {
            self.verdict(situation, *rule).is_some_and(|it| it.state == State::Error)
        };
        rules_of(situation, id).filter(failed).count()
    }
}

fn rules_of<'s>(
    situation: &'s Situation,
    id: &str,
) -> impl Iterator<Item = usize> + use<'s> {
    let index = situation.book.indexes().iter().find(|index| index.id == id);
    index.into_iter().flat_map(|index| index.rules.iter().map(|(rule, _)| *rule))
}

fn themes(situation: &Situation, contributions: &[Contribution]) -> Vec<Theme> {
    let mut themes: BTreeMap<(u8, &str), Vec<&Contribution>> = BTreeMap::new();
    for part in contributions {
        let number = usize::try_from(part.rule).unwrap_or(usize::MAX);
        let Some((_, rule)) = situation.book.rule(number) else { continue };
        let rule = rule.version_on(situation.as_of.day);
        if let Some(theme) = &rule.theme {
            themes.entry((part.dimension, theme)).or_default().push(part);
        }
    }
    let theme = |((dimension, name), parts): ((u8, &str), Vec<&Contribution>)| Theme {
        dimension,
        name: name.to_owned(),
        part: index::part(parts),
    };
    themes.into_iter().map(theme).collect()
}
