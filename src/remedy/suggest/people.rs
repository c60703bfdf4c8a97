//! What the register of people could say, by what the norm asks of them.

use super::super::Case;
use super::super::fact::Fact;
use super::super::person::Person;
use crate::calendar::Day;
use crate::norm::{Demand, Norm, Quality, TermId};
use crate::verdict::State;

/// New people tried for a body at most: more is another body.
const JOINED_MAX: u16 = 12;

/// Sets of facts to try, in this order.
pub(super) fn facts(case: &Case<'_>, norm: &Norm) -> Vec<Vec<Fact>> {
    let groups = groups(norm);
    if case.slot.underlying == State::InsufficientEvidence {
        return listed(case, &groups)
            .chain(told(case, norm, &[]))
            .chain(told(case, norm, &groups))
            .collect();
    }
    let mut suggested = Vec::new();
    if let Norm::TermLimit { who, unless_explained: true, .. } = norm {
        let because = |person| Person::Explained { person, group: *who };
        suggested.push(of_each(case, norm, because));
    }
    if let Norm::Composition { who, demands } = norm {
        suggested.extend(joined(case, *who, &qualities(demands)));
    }
    if let Norm::Proportion { body, .. } = norm {
        suggested.extend(joined(case, *body, &[]));
    }
    let on = case.view.as_of.day;
    for group in groups {
        let left = |person| Person::Left { person, group, on };
        let all = of_each(case, norm, left);
        // One may be enough: of two relatives, of too few with a quality among many.
        suggested.extend(all.iter().map(|fact| vec![fact.clone()]));
        suggested.push(all);
    }
    suggested.retain(|facts| !facts.is_empty());
    suggested
}

/// The groups whose people decide it.
fn groups(norm: &Norm) -> Vec<TermId> {
    match norm {
        Norm::Unrelated { body, .. } => vec![*body],
        Norm::Incompatible { one, other } => vec![*one, *other],
        Norm::TermLimit { who, .. } => vec![*who],
        Norm::Composition { who, demands } => {
            let qualities = demands.iter().filter_map(|demand| match demand.quality {
                Quality::Is(term) => Some(term),
                Quality::AtLeastAge(_) | Quality::UnderAge(_) => None,
            });
            std::iter::once(*who).chain(qualities).collect()
        }
        Norm::Proportion { body, other, .. } => vec![*body, *other],
        Norm::EachMember { who, .. } => who.groups.clone(),
        _ => Vec::new(),
    }
}

/// One group listed, then all of them.
fn listed<'c>(
    case: &'c Case<'_>,
    groups: &[TermId],
) -> impl Iterator<Item = Vec<Fact>> + use<'c> {
    let on = case.slot.from.max(Day::EARLIEST);
    let fact = move |group: &TermId| Fact::Person(Person::Listed { group: *group, on });
    let single: Vec<Vec<Fact>> = groups.iter().map(|group| vec![fact(group)]).collect();
    let all: Vec<Fact> = groups.iter().map(fact).collect();
    single.into_iter().chain([all])
}

/// What is not known of each of the people, beside the groups that are not listed.
fn told(case: &Case<'_>, norm: &Norm, unlisted: &[TermId]) -> Vec<Vec<Fact>> {
    let on = case.slot.from.max(Day::EARLIEST);
    let listed = unlisted.iter().map(|group| Person::Listed { group: *group, on });
    let listed: Vec<Fact> = listed.map(Fact::Person).collect();
    let asked: Vec<Quality> = match norm {
        Norm::Composition { demands, .. } => qualities(demands),
        Norm::Incompatible { other, .. } => vec![Quality::Is(*other)],
        _ => Vec::new(),
    };
    let mut each: Vec<Fact> = Vec::new();
    for quality in asked {
        each.extend(of_each(case, norm, |person| Person::Known { person, quality, on }));
    }
    if let Norm::Unrelated { .. } = norm {
        each.extend(of_each(case, norm, |person| Person::Declared { person, on }));
    }
    let all = listed.into_iter().chain(each).collect::<Vec<Fact>>();
    vec![all].into_iter().filter(|facts| !facts.is_empty()).collect()
}

fn qualities(demands: &[Demand]) -> Vec<Quality> {
    demands.iter().map(|demand| demand.quality).collect()
}

/// So many new people, the fewest first.
fn joined(case: &Case<'_>, group: TermId, with: &[Quality]) -> Vec<Vec<Fact>> {
    let on = case.view.as_of.day;
    let fact = |count| {
        vec![Fact::Person(Person::Joined { group, on, count, with: with.to_vec() })]
    };
    (1..=JOINED_MAX).map(fact).collect()
}

/// A fact of everybody in one of the groups whom the register knows.
fn of_each(case: &Case<'_>, norm: &Norm, fact: impl Fn(u16) -> Person) -> Vec<Fact> {
    let register = &case.view.profile.register;
    let on = case.view.as_of.day.max(case.slot.from);
    let mut people: Vec<u16> = groups(norm)
        .iter()
        .filter_map(|group| register.holders(*group, on))
        .flatten()
        .collect();
    people.sort_unstable();
    people.dedup();
    people.into_iter().map(|person| Fact::Person(fact(person))).collect()
}
