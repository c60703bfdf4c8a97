//! What the register of people could say, by what the norm asks of them.

use super::super::fact::Fact;
use super::super::person::Person;
use super::super::{Case, is_repaired};
use crate::calendar::Day;
use crate::norm::{Demand, Norm, Quality, TermId};
use crate::verdict::State;

/// New people tried for a body at most: more is another body.
const JOINED_MAX: u16 = 12;

/// Sets of facts to try, in this order.
pub(super) fn facts(case: &Case<'_>, norm: &Norm) -> Vec<Vec<Fact>> {
    let groups = groups(norm);
    if case.slot.underlying == State::InsufficientEvidence {
        let with = match norm {
            Norm::EachMember { who, .. } => who.are.map(Quality::Is),
            _ => None,
        };
        let such = with.map(|with| listed(case, &groups, &[with]));
        return listed(case, &groups, &[])
            .chain(such.into_iter().flatten())
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
    if let Norm::Proportion { body, least, times, other } = norm {
        let here = holders(case, *body);
        let asked = holders(case, *other).saturating_mul(*times);
        let count = asked.max(least.unwrap_or_default()).saturating_sub(here);
        let fact =
            Person::Joined { group: *body, on: case.view.as_of.day, count, with: vec![] };
        suggested
            .push(vec![Fact::Person(fact)].into_iter().filter(|_| count > 0).collect());
    }
    suggested.extend(left(case, norm, &groups));
    suggested.retain(|facts| !facts.is_empty());
    suggested
}

/// Who would have to leave: one, where that is enough, whoever of those who may (of two
/// relatives, of too few with a quality among many); else all of a group.
fn left(case: &Case<'_>, norm: &Norm, groups: &[TermId]) -> Vec<Vec<Fact>> {
    let on = case.view.as_of.day;
    let fact = |seats| Fact::Person(Person::Left { seats, on });
    let seats = |group: TermId| {
        let sits =
            |person| case.view.profile.register.is(person, group, on) == Some(true);
        let people = whom(case, norm).into_iter().filter(move |person| sits(*person));
        people.map(move |person| (person, group)).collect::<Vec<(u16, TermId)>>()
    };
    let each: Vec<Vec<(u16, TermId)>> = groups.iter().copied().map(seats).collect();
    let enough = |seat: &(u16, TermId)| is_repaired(case.with(&[fact(vec![*seat])], on));
    let one: Vec<(u16, TermId)> = each.iter().flatten().copied().filter(enough).collect();
    if !one.is_empty() {
        return vec![vec![fact(one)]];
    }
    let all = |seats: Vec<(u16, TermId)>| {
        seats.into_iter().map(|seat| fact(vec![seat])).collect::<Vec<Fact>>()
    };
    each.into_iter().map(all).collect()
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
    with: &[Quality],
) -> impl Iterator<Item = Vec<Fact>> + use<'c> {
    let on = on_the_day(case);
    let fact = |group: &TermId| {
        Fact::Person(Person::Listed { group: *group, on, with: with.to_vec() })
    };
    let single: Vec<Vec<Fact>> = groups.iter().map(|group| vec![fact(group)]).collect();
    let all: Vec<Fact> = groups.iter().map(fact).collect();
    single.into_iter().chain([all])
}

/// What is not known of each of the people, beside the groups that are not listed.
fn told(case: &Case<'_>, norm: &Norm, unlisted: &[TermId]) -> Vec<Vec<Fact>> {
    let on = on_the_day(case);
    let of_all = |group: &TermId| Person::Listed { group: *group, on, with: vec![] };
    let listed: Vec<Fact> = unlisted.iter().map(of_all).map(Fact::Person).collect();
    let asked: Vec<Quality> = match norm {
        Norm::Composition { demands, .. } => qualities(demands),
        Norm::Incompatible { other, .. } => vec![Quality::Is(*other)],
        Norm::EachMember { who, .. } => who.are.map(Quality::Is).into_iter().collect(),
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

/// The first day of what is not known; not ahead of the day judged.
fn on_the_day(case: &Case<'_>) -> Day {
    case.slot.from.max(Day::EARLIEST)
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

/// How many the register lists in a group on the day judged.
fn holders(case: &Case<'_>, group: TermId) -> u16 {
    let people = case.view.profile.register.holders(group, case.view.as_of.day);
    u16::try_from(people.unwrap_or_default().len()).unwrap_or(u16::MAX)
}

/// A fact of everybody in one of the groups whom the register knows.
fn of_each(case: &Case<'_>, norm: &Norm, fact: impl Fn(u16) -> Person) -> Vec<Fact> {
    whom(case, norm).into_iter().map(|person| Fact::Person(fact(person))).collect()
}

/// Everybody in one of the groups whom the register knows.
fn whom(case: &Case<'_>, norm: &Norm) -> Vec<u16> {
    let register = &case.view.profile.register;
    let on = case.view.as_of.day.max(case.slot.from);
    let mut people: Vec<u16> = groups(norm)
        .iter()
        .filter_map(|group| register.holders(*group, on))
        .flatten()
        .collect();
    people.sort_unstable();
    people.dedup();
    people
}
