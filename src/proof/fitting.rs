//! An organization of which an example says nothing: one that the rule speaks of, and to
//! which none of its exceptions applies.
//!
//! Found by trying the few values that could make a difference, not by solving anything.

use crate::calendar::Day;
use crate::judge::{self, Asked, Duty};
use crate::limits;
use crate::norm::{Condition, Quantity, TermId};
use crate::proof::stage::Stage;
use crate::vocabulary::Vocabulary;

/// What is left open: a type, and numbers with the values worth trying.
#[derive(Default)]
struct Open {
    types: Vec<TermId>,
    numbers: Vec<(TermId, Vec<Quantity>)>,
    /// Days of founding: one before all others, and one after them.
    founded: Vec<Day>,
}

/// Gives the organization a type and the numbers that it lacks, so that the rule binds it
/// on the day; leaves alone what is stated, or said not to be known.
pub(super) fn fit(stage: &mut Stage, duty: &Duty<'_>, vocabulary: &Vocabulary, day: Day) {
    let open = open(stage, duty, vocabulary);
    let base = stage.profile.clone();
    let tries = open.numbers.iter().map(|(_, values)| values.len());
    let tries = tries.fold(open.types.len().max(1), usize::saturating_mul);
    let tries = tries.saturating_mul(open.founded.len().max(1));
    let mut best: Option<u8> = None;
    for number in 0..tries.min(limits::EXAMPLE_TRIES_MAX) {
        let mut profile = base.clone();
        let mut rest = number;
        let mut choose = |of: usize| {
            let chosen = rest.checked_rem(of).unwrap_or_default();
            rest = rest.checked_div(of).unwrap_or_default();
            chosen
        };
        if let Some(own) = open.types.get(choose(open.types.len().max(1))) {
            let wider = |term: &TermId| vocabulary.term(*term).and_then(|it| it.kind_of);
            profile.types = std::iter::successors(Some(*own), wider).take(16).collect();
        }
        if let Some(founded) = open.founded.get(choose(open.founded.len().max(1))) {
            profile.founded = Some(*founded);
        }
        for (attribute, values) in &open.numbers {
            let value = values.get(choose(values.len()));
            let stated = value.map(|value| (*attribute, Day::EARLIEST, *value));
            profile.attributes.extend(stated);
        }
        // What is not known may bind it; better that than what surely does not.
        let rank = match judge::asked(duty, &profile, day) {
            Asked::Norm(_, None) => 2,
            Asked::Unknown => 1,
            Asked::Norm(_, Some(_)) | Asked::Nothing(_) => 0,
        };
        if best.is_none_or(|best| best < rank) {
            best = Some(rank);
            stage.profile = profile;
        }
        if rank == 2 {
            return;
        }
    }
}

fn open(stage: &Stage, duty: &Duty<'_>, vocabulary: &Vocabulary) -> Open {
    let mut open = Open::default();
    let usual = vocabulary.id("association");
    if stage.profile.types.is_empty() && !stage.not_known.contains(&None) {
        open.types.extend(usual);
    }
    let exceptions = duty.exceptions.iter().flat_map(|one| {
        std::iter::once(&one.when).chain(one.unless.iter().map(|(_, limit)| limit))
    });
    let others = duty.gives_way_to.iter().filter_map(|other| other.applies_to.as_ref());
    for condition in duty.applies_to.into_iter().chain(exceptions).chain(others) {
        open.look(condition, stage);
    }
    open
}

impl Open {
    fn look(&mut self, condition: &Condition, stage: &Stage) {
        match condition {
            Condition::OfType(kind) => {
                if !self.types.is_empty() && !self.types.contains(kind) {
                    self.types.push(*kind);
                }
            }
            Condition::Compare { attribute, value, .. } => {
                let near = [value.number + 1, value.number, value.number - 1];
                let currency = value.currency;
                let values = near.map(|number| Quantity { number, currency });
                self.add(*attribute, &values, stage);
            }
            Condition::Is(attribute) => {
                let values = [1, 0].map(|number| Quantity { number, currency: None });
                self.add(*attribute, &values, stage);
            }
            Condition::Founded { .. } if stage.profile.founded.is_none() => {
                self.founded = vec![Day::EARLIEST, Day::LATEST];
            }
            Condition::Founded { .. } => {}
            // Two numbers that only matter together are for the example to state.
            Condition::Ratio { .. } => {}
            Condition::Not(inner) => self.look(inner, stage),
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.look(part, stage);
                }
            }
        }
    }

    fn add(&mut self, attribute: TermId, values: &[Quantity], stage: &Stage) {
        let stated = stage.profile.attributes.iter().any(|(name, ..)| *name == attribute);
        if stated || stage.not_known.contains(&Some(attribute)) {
            return;
        }
        match self.numbers.iter_mut().find(|(name, _)| *name == attribute) {
            Some((_, known)) => known.extend(values),
            None => self.numbers.push((attribute, values.to_vec())),
        }
    }
}
