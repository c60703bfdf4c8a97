//! What holds of people on every day: sizes, families, two posts, terms, shares.
//!
//! Each duty is a truth that can change only on known days: when somebody takes or leaves
//! office, has a birthday, or a paper lists a body. Between two of those days nothing is
//! looked at.

use std::collections::BTreeSet;

use super::chain::{Hold, chain};
use super::register::Seat;
use super::tenure;
use super::view::{Duty, View};
use crate::calendar::{Day, MonthCounting, Span};
use crate::norm::{Demand, Norm, Part, Quality, TermId};
use crate::timeline::{Aspect, Subject};
use crate::verdict::Slot;

/// The slots of a duty that the register decides, and of a body's size.
pub(super) fn at_all_times(
    duty: &Duty<'_>,
    view: &View<'_>,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let days = changes(duty.norm, view);
    chain(duty, view, (start, days), |day| holds(duty.norm, view, day), sink);
}

/// Whether the duty is kept on a day.
pub(super) fn holds(norm: &Norm, view: &View<'_>, day: Day) -> Hold {
    match norm {
        Norm::Size { body, least, most } => match view.members(*body, day) {
            None => Hold::Unknown,
            Some(count) => Hold::from(
                least.is_none_or(|least| least <= count)
                    && most.is_none_or(|most| count <= most),
            ),
        },
        Norm::Proportion { body, least, times, other } => {
            proportion(view, (*body, *least), (*times, *other), day)
        }
        Norm::Unrelated { body, degree, in_laws } => {
            unrelated(view, *body, (*degree, *in_laws), day)
        }
        Norm::Incompatible { one, other } => apart(view, *one, *other, day),
        Norm::TermLimit { .. } => tenure::kept(norm, view, day),
        Norm::Composition { who, demands } => composed(view, *who, demands, day),
        _ => Hold::Unknown,
    }
}

/// The days on which the truth can change.
fn changes(norm: &Norm, view: &View<'_>) -> BTreeSet<Day> {
    let groups = groups(norm);
    let register = &view.profile.register;
    let mut days = BTreeSet::new();
    let about = |seat: &&Seat| seat.of.iter().any(|of| groups.contains(of));
    for seat in register.seats.iter().filter(about) {
        days.insert(seat.during.from);
        days.insert(seat.during.to.next());
    }
    for (_, during) in register.whole.iter().filter(|(of, _)| groups.contains(of)) {
        days.insert(during.from);
        days.insert(during.to.next());
    }
    for group in &groups {
        for aspect in [Aspect::Size, Aspect::Seat] {
            let entries = view.timeline.of(Subject::new(*group, aspect));
            let known = entries.iter().filter(|entry| entry.is_known(view.as_of));
            days.extend(known.map(|entry| entry.day));
        }
    }
    match norm {
        Norm::Unrelated { .. } => {
            days.extend(register.persons.iter().filter_map(|one| one.ties_declared));
        }
        Norm::Composition { demands, .. } => days.extend(birthdays(view, demands)),
        Norm::TermLimit { .. } => days.extend(tenure::anniversaries(norm, view)),
        _ => {}
    }
    days
}

/// The groups whose people the duty looks at.
fn groups(norm: &Norm) -> Vec<TermId> {
    match norm {
        Norm::Size { body, .. } | Norm::Unrelated { body, .. } => vec![*body],
        Norm::Proportion { body, other, .. } => vec![*body, *other],
        Norm::Incompatible { one, other } => vec![*one, *other],
        Norm::TermLimit { who, .. } => vec![*who],
        Norm::Composition { who, demands } => {
            let qualities = demands.iter().filter_map(|demand| match demand.quality {
                Quality::Is(term) => Some(term),
                _ => None,
            });
            qualities.chain([*who]).collect()
        }
        _ => Vec::new(),
    }
}

fn proportion(
    view: &View<'_>,
    (body, least): (TermId, Option<u16>),
    (times, other): (u16, TermId),
    day: Day,
) -> Hold {
    let count = view.members(body, day);
    let others = view.members(other, day);
    let floor = match (count, least) {
        (_, None) => Hold::Kept,
        (Some(count), Some(least)) => Hold::from(least <= count),
        (None, Some(_)) => Hold::Unknown,
    };
    let beside = match (count, others) {
        (Some(count), Some(others)) => {
            Hold::from(u32::from(count) >= u32::from(times) * u32::from(others))
        }
        _ => Hold::Unknown,
    };
    floor.and(beside)
}

/// Nobody is related to anybody. A pair is known to be no family once one of the two has
/// declared all relatives; so all but one have to.
fn unrelated(
    view: &View<'_>,
    body: TermId,
    (degree, in_laws): (u8, bool),
    day: Day,
) -> Hold {
    let Some(members) = view.holders(body, day) else { return Hold::Unknown };
    let register = &view.profile.register;
    let related = register.ties.iter().any(|tie| {
        tie.degree <= degree
            && (in_laws || !tie.in_law)
            && tie.one != tie.other
            && members.contains(&tie.one)
            && members.contains(&tie.other)
    });
    if related {
        return Hold::Broken;
    }
    let silent = members.iter().filter(|member| {
        let declared = register.someone(**member).and_then(|one| one.ties_declared);
        declared.is_none_or(|on| on > day)
    });
    if silent.count() <= 1 { Hold::Kept } else { Hold::Unknown }
}

/// Nobody is of both groups. Where only one group is listed, what is said of each of its
/// people decides.
fn apart(view: &View<'_>, one: TermId, other: TermId, day: Day) -> Hold {
    let (ones, others) = (view.holders(one, day), view.holders(other, day));
    let is_in = |people: &Option<Vec<u16>>, group: TermId| {
        let Some(people) = people else { return Hold::Unknown };
        let each = people.iter().map(|person| match view.is(*person, group, day) {
            Some(true) => Hold::Broken,
            Some(false) => Hold::Kept,
            None => Hold::Unknown,
        });
        each.fold(Hold::Kept, Hold::and)
    };
    match (is_in(&ones, other), is_in(&others, one)) {
        (Hold::Broken, _) | (_, Hold::Broken) => Hold::Broken,
        (Hold::Kept, _) | (_, Hold::Kept) => Hold::Kept,
        _ => Hold::Unknown,
    }
}

fn composed(view: &View<'_>, who: TermId, demands: &[Demand], day: Day) -> Hold {
    let Some(people) = view.holders(who, day) else { return Hold::Unknown };
    let of = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let each = demands.iter().map(|demand| {
        let (mut sure, mut possible) = (0u32, 0u32);
        for person in &people {
            let has = has(view, *person, demand.quality, day);
            sure += u32::from(has == Some(true));
            possible += u32::from(has != Some(false));
        }
        match (enough(demand.part, sure, of), enough(demand.part, possible, of)) {
            (true, _) => Hold::Kept,
            (_, false) => Hold::Broken,
            _ => Hold::Unknown,
        }
    });
    each.fold(Hold::Kept, Hold::and)
}

fn enough(part: Part, have: u32, of: u32) -> bool {
    match part {
        Part::All => have >= of,
        Part::Count(least) => have >= u32::from(least),
        Part::Share(share) => {
            let (have, need) =
                (have * u32::from(share.denominator), of * u32::from(share.numerator));
            if share.exclusive { have > need } else { have >= need }
        }
    }
}

/// Whether somebody has a quality on a day; `None` where that is not known.
pub(super) fn has(
    view: &View<'_>,
    person: u16,
    quality: Quality,
    day: Day,
) -> Option<bool> {
    let of_age = |years: u8| {
        let born = view.profile.register.someone(person)?.born?;
        Some(birthday(born, years) <= day)
    };
    match quality {
        Quality::Is(term) => view.is(person, term, day),
        Quality::AtLeastAge(years) => of_age(years),
        Quality::UnderAge(years) => of_age(years).map(|reached| !reached),
    }
}

/// The day on which somebody has so many whole years.
fn birthday(born: Day, years: u8) -> Day {
    born.plus(Span::Years(u16::from(years)), MonthCounting::ByDate)
}

fn birthdays(view: &View<'_>, demands: &[Demand]) -> Vec<Day> {
    let ages = demands.iter().filter_map(|demand| match demand.quality {
        Quality::AtLeastAge(years) | Quality::UnderAge(years) => Some(years),
        Quality::Is(_) => None,
    });
    let ages: Vec<u8> = ages.collect();
    let born = view.profile.register.persons.iter().filter_map(|one| one.born);
    born.flat_map(|born| ages.iter().map(move |years| birthday(born, *years))).collect()
}

/// The people for whom the duty is not kept, or not known to be, on a day.
pub(super) fn lacking(norm: &Norm, view: &View<'_>, day: Day) -> Vec<u16> {
    let group = match norm {
        Norm::Unrelated { body, .. } => *body,
        Norm::Incompatible { one, .. } => *one,
        Norm::TermLimit { who, .. } | Norm::Composition { who, .. } => *who,
        _ => return Vec::new(),
    };
    let people = view.holders(group, day).unwrap_or_default();
    let lacks = |person: &u16| match norm {
        Norm::Unrelated { degree, in_laws, .. } => {
            is_kin(view, *person, &people, (*degree, *in_laws))
        }
        Norm::Incompatible { other, .. } => view.is(*person, *other, day) != Some(false),
        Norm::TermLimit { .. } => tenure::is_too_long(norm, view, *person, day),
        Norm::Composition { demands, .. } => demands
            .iter()
            .any(|demand| has(view, *person, demand.quality, day) != Some(true)),
        _ => false,
    };
    people.iter().copied().filter(lacks).collect()
}

/// Whether somebody has a relative among the people.
fn is_kin(
    view: &View<'_>,
    person: u16,
    people: &[u16],
    (degree, in_laws): (u8, bool),
) -> bool {
    view.profile.register.ties.iter().any(|tie| {
        let other = match (tie.one == person, tie.other == person) {
            (true, _) => tie.other,
            (_, true) => tie.one,
            _ => return false,
        };
        tie.degree <= degree && (in_laws || !tie.in_law) && people.contains(&other)
    })
}
