//! Which facts could settle or repair a slot, by the shape of its norm and by what is not
//! known: suggestions, the least first, that are tried before anybody hears of them.

mod papers;
mod people;
mod several;

use super::Case;
use super::fact::{Deed, Fact};
use crate::calendar::Day;
use crate::judge::{self, Duty};
use crate::norm::{Act, Condition, Counting, Norm, Occurrence, Quantity, TermId};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{State, Truth, Unknown};

/// Members that a body is taken to have where nobody says how many.
const MEMBERS: u16 = 9;

/// Sets of facts to try, in this order.
pub(super) fn facts(case: &Case<'_>) -> Vec<Vec<Fact>> {
    let mut suggested = Vec::new();
    if case.slot.underlying == State::InsufficientEvidence {
        suggested.extend(unknown(case));
    }
    for duty in asked(case) {
        suggested.extend(of_norm(case, duty.norm));
    }
    suggested
}

/// The duties one of which the slot is judged by: more than one where nobody knows which.
fn asked<'c>(case: &Case<'c>) -> Vec<Duty<'c>> {
    judge::judged_by(&case.duty, case.view.profile, (case.slot.opens, case.slot.from))
}

/// What is not known, and what would say it.
fn unknown(case: &Case<'_>) -> Vec<Vec<Fact>> {
    let timeline = case.view.timeline;
    let as_of = case.view.as_of;
    let mut suggested = Vec::new();
    if case.slot.applies.is_unsure() {
        suggested.extend(attributes(case));
    }
    let why = match case.slot.truth {
        Truth::Unknown(why) | Truth::UnknownUntil(why, _) => why,
        // Nothing was found, and silence says nothing.
        _ => Unknown::FolderUnhealthy,
    };
    match why {
        Unknown::Unreadable | Unknown::Contradictory => {
            let open = timeline.doubts.iter();
            let open =
                open.filter(|it| it.known <= as_of.known && it.settled > as_of.known);
            let doubts: Vec<Fact> =
                open.map(|doubt| Fact::Understood { paper: doubt.sha256 }).collect();
            let entries = timeline.entries().iter().filter(|entry| entry.is_known(as_of));
            let contradicted = entries.filter(|entry| entry.contradicted);
            let wrong = contradicted.map(|entry| Fact::Withdrawn { paper: entry.paper });
            let single = wrong.chain(doubts.iter().cloned()).map(|fact| vec![fact]);
            suggested.extend(single);
            suggested.push(doubts);
        }
        Unknown::FolderUnhealthy => suggested.push(vec![Fact::FolderSeen]),
        Unknown::AttributeMissing => suggested.extend(attributes(case)),
        Unknown::NotStated => {}
    }
    suggested
}

/// The numbers of the organization that scope, exceptions and the norm ask for: one alone,
/// then all.
fn attributes(case: &Case<'_>) -> Vec<Vec<Fact>> {
    let duty = case.duty;
    let mut conditions: Vec<&Condition> = duty.applies_to.into_iter().collect();
    for exception in duty.exceptions {
        conditions.push(&exception.when);
        conditions.extend(exception.unless.iter().map(|(_, unless)| unless));
    }
    for norm in asked(case).iter().flat_map(|duty| duty.norm.parts()) {
        if let Norm::Holds(condition) | Norm::Guarded { when: condition, .. } = norm {
            conditions.push(condition);
        }
    }
    let mut values: Vec<(TermId, Quantity)> = Vec::new();
    let mut types: Vec<TermId> = Vec::new();
    let mut ratios: Vec<(TermId, TermId)> = Vec::new();
    let asks_when_founded =
        conditions.iter().any(|condition| asks_for_founding(condition));
    for condition in conditions {
        worth_trying(condition, &mut values);
        beside_numbers(condition, &mut types, &mut ratios);
    }
    let on = case.slot.from.min(case.slot.opens).min(case.view.as_of.day);
    let on = on.max(Day::EARLIEST);
    let fact = |(name, value): &(TermId, Quantity)| Fact::Attribute {
        name: *name,
        on,
        value: *value,
    };
    let mut suggested: Vec<Vec<Fact>> =
        values.iter().map(|value| vec![fact(value)]).collect();
    let mut all: Vec<Fact> = Vec::new();
    for (name, value) in &values {
        let named =
            |fact: &Fact| matches!(fact, Fact::Attribute { name: of, .. } if of == name);
        if !all.iter().any(named) {
            all.push(fact(&(*name, *value)));
        }
    }
    suggested.push(all.clone());
    // A share is known by both of its numbers: none of them, and all.
    let plain = |number| Quantity { number, currency: None };
    for (part, of) in ratios {
        suggested.extend([0, 1].map(|some| {
            [(part, some), (of, 1)]
                .map(|(name, number)| fact(&(name, plain(number))))
                .to_vec()
        }));
    }
    let types = types.into_iter();
    let mut beside: Vec<Fact> =
        types.flat_map(|of| [true, false].map(|is| Fact::Type { of, is })).collect();
    if asks_when_founded {
        beside.extend([Day::EARLIEST, on].map(|on| Fact::Founded { on }));
    }
    for stated in &beside {
        suggested.push(vec![stated.clone()]);
    }
    for stated in beside {
        suggested.push(all.iter().cloned().chain([stated]).collect());
    }
    suggested
}

/// Whether a condition asks when the organization was founded.
fn asks_for_founding(condition: &Condition) -> bool {
    match condition {
        Condition::Founded { .. } => true,
        Condition::Not(inner) => asks_for_founding(inner),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(asks_for_founding)
        }
        _ => false,
    }
}

/// The types and the shares that a condition asks for.
fn beside_numbers(
    condition: &Condition,
    types: &mut Vec<TermId>,
    ratios: &mut Vec<(TermId, TermId)>,
) {
    match condition {
        Condition::OfType(of) => types.push(*of),
        Condition::Ratio { attribute, of, .. } => ratios.push((*attribute, *of)),
        Condition::Not(inner) => beside_numbers(inner, types, ratios),
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                beside_numbers(part, types, ratios);
            }
        }
        Condition::Compare { .. } | Condition::Is(_) | Condition::Founded { .. } => {}
    }
}

/// Values on both sides of each bound.
fn worth_trying(condition: &Condition, values: &mut Vec<(TermId, Quantity)>) {
    let plain = |number| Quantity { number, currency: None };
    match condition {
        Condition::Compare { attribute, value, .. } => {
            for number in [
                value.number,
                value.number.saturating_sub(1),
                value.number.saturating_add(1),
            ] {
                values.push((*attribute, Quantity { number, ..*value }));
            }
        }
        Condition::Is(name) => {
            values.extend([(*name, plain(1)), (*name, plain(0))]);
        }
        Condition::Ratio { attribute, of, .. } => {
            for number in [0, 1, 1_000_000] {
                values.extend([(*attribute, plain(number)), (*of, plain(number))]);
            }
        }
        Condition::Not(inner) => worth_trying(inner, values),
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                worth_trying(part, values);
            }
        }
        Condition::OfType(_) | Condition::Founded { .. } => {}
    }
}

/// What keeps a norm.
fn of_norm(case: &Case<'_>, norm: &Norm) -> Vec<Vec<Fact>> {
    match norm {
        Norm::Frequency { what, least, .. } => {
            let few = least.saturating_sub(happened(case, *what)).max(1);
            (few..=*least).flat_map(|times| deeds(case, *what, times)).collect()
        }
        Norm::Rolling { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. }
        | Norm::Deadline { what, .. }
        | Norm::Whichever { what, .. } => deeds(case, *what, 1),
        Norm::Order { steps, .. } => order(case, steps),
        Norm::All(norms) => {
            together(&norms.iter().map(|norm| of_norm(case, norm)).collect::<Vec<_>>())
        }
        Norm::Among { norms, .. } => several::among(case, norms),
        Norm::Guarded { norm, .. } => of_norm(case, norm),
        Norm::Quorum { body, .. } => attendance(case, *body),
        Norm::BylawsQuorum { body } => {
            let on = case.slot.from;
            let said = vec![Fact::Quorate { body: *body, on }];
            let said = Some(said).filter(|_| case.slot.truth != Truth::False);
            attendance(case, *body).into_iter().chain(said).collect()
        }
        Norm::SecondCall { body, .. } => {
            let meets = Occurrence { noun: *body, act: Act::Meet, by: None, to: None };
            attended(meets, 1)
        }
        Norm::Size { body, least, most } => {
            let count = least.or(*most).unwrap_or(1);
            vec![vec![Fact::Members { body: *body, count }]]
        }
        _ => of_papers_and_people(case, norm),
    }
}

/// What keeps a norm that is about papers of a kind, or about people.
fn of_papers_and_people(case: &Case<'_>, norm: &Norm) -> Vec<Vec<Fact>> {
    match norm {
        Norm::Contents { document, items } => papers::contents(case, *document, items),
        Norm::Signed { document, by, .. } => {
            let roles: Vec<TermId> =
                by.iter().flat_map(|it| (0..it.least).map(|_| it.role)).collect();
            papers::signed(case, *document, &roles)
        }
        Norm::EachMember { document, act, to, .. } => {
            let what = Occurrence { noun: *document, act: *act, by: None, to: *to };
            each_member(case, what).into_iter().chain(people::facts(case, norm)).collect()
        }
        Norm::Lately { past, norm, last } => {
            several::lately(case, (*past, norm, last.as_deref()))
        }
        Norm::Uptake { body, document, act, .. } => {
            let deed = Occurrence { noun: *document, act: *act, by: None, to: None };
            papers::uptake(case, *body, deed)
        }
        Norm::EachPaper { what, least, .. } => papers::each_paper(case, *what, *least),
        Norm::Backed { each, by } => {
            let held = |document| Occurrence {
                noun: document,
                act: Act::Prepare,
                by: None,
                to: None,
            };
            let number = number_of(case, *each);
            let facts = by.iter().map(|one| {
                Fact::Deed(Deed {
                    times: one.least,
                    number,
                    ..Deed::of(held(one.document))
                })
            });
            vec![facts.collect()]
        }
        Norm::Holds(_) => attributes(case),
        Norm::Unrelated { .. }
        | Norm::Incompatible { .. }
        | Norm::TermLimit { .. }
        | Norm::Composition { .. } => people::facts(case, norm),
        Norm::Proportion { body, least, times, other } => {
            proportion(case, (*body, *least), (*times, *other))
                .into_iter()
                .chain(people::facts(case, norm))
                .collect()
        }
        // Nothing that could be added undoes what is forbidden; people and other
        // organizations are no fact of one paper.
        _ => Vec::new(),
    }
}

/// A deed, by what it may have to be about, be attended by, be valid through.
fn deeds(case: &Case<'_>, what: Occurrence, times: u16) -> Vec<Vec<Fact>> {
    let slot = case.slot;
    let mut suggested = Vec::new();
    let number = number_of(case, what);
    let abouts = [None, Some(slot.to), Some(slot.from), Some(slot.from.previous())];
    for about in abouts {
        let deed = Deed { times, about, ..Deed::of(what) };
        suggested.push(vec![Fact::Deed(deed.clone())]);
        if number != 0 {
            suggested.push(vec![Fact::Deed(Deed { number, ..deed })]);
        }
    }
    if what.act == Act::Validate {
        let until = Some(case.view.as_of.day);
        suggested.push(vec![Fact::Deed(Deed { times, until, ..Deed::of(what) })]);
    }
    if !case.duty.counts_only_if.is_empty() {
        suggested.extend(attended(what, times));
        suggested.extend(counted(case, what, times));
    }
    suggested
}

/// On how many days of the slot it happened.
fn happened(case: &Case<'_>, what: Occurrence) -> u16 {
    let slot = case.slot;
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let days = entries(case, subject).map(|entry| (entry.day, entry.number));
    let within = days.filter(|(day, _)| slot.from <= *day && *day <= slot.grace_end);
    let days: std::collections::BTreeSet<(Day, u32)> = within.collect();
    u16::try_from(days.len()).unwrap_or(u16::MAX)
}

/// The same, so many came.
fn attended(what: Occurrence, times: u16) -> Vec<Vec<Fact>> {
    let with =
        |present| Deed { times, attended: Some((present, MEMBERS)), ..Deed::of(what) };
    (1..=MEMBERS).map(|present| vec![Fact::Deed(with(present))]).collect()
}

/// What a body does counts by its meeting of that day.
fn counted(case: &Case<'_>, what: Occurrence, times: u16) -> Vec<Vec<Fact>> {
    let bodies = case.duty.counts_only_if.iter().filter_map(Counting::body);
    let mut suggested = Vec::new();
    for body in bodies.filter(|body| *body != what.noun) {
        let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
        for meeting in attended(meets, times) {
            let deed = Fact::Deed(Deed { times, ..Deed::of(what) });
            suggested.push(meeting.into_iter().chain([deed]).collect());
        }
    }
    suggested
}

/// All steps, one after another; those that were taken fall away when it is tried.
fn order(case: &Case<'_>, steps: &[Occurrence]) -> Vec<Vec<Fact>> {
    let about = |about| {
        let step = |what: &Occurrence| Fact::Deed(Deed { about, ..Deed::of(*what) });
        steps.iter().map(step).collect::<Vec<Fact>>()
    };
    let (from, to) = (case.slot.from, case.slot.to);
    [None, Some(to), Some(from), Some(from.previous())].into_iter().map(about).collect()
}

/// What keeps several duties, taken together; what is kept falls away when it is tried.
fn together(each: &[Vec<Vec<Fact>>]) -> Vec<Vec<Fact>> {
    let most = each.iter().map(Vec::len).max().unwrap_or_default();
    let nth = |at: usize| {
        let one =
            |of: &Vec<Vec<Fact>>| of.get(at).or(of.last()).cloned().unwrap_or_default();
        each.iter().flat_map(one).collect::<Vec<Fact>>()
    };
    (0..most).map(nth).collect()
}

/// How many came to the meeting of the slot, the fewest first.
fn attendance(case: &Case<'_>, body: TermId) -> Vec<Vec<Fact>> {
    let on = case.slot.from;
    // Nobody is asked to state otherwise what the minutes state.
    if case.slot.truth == Truth::False {
        return Vec::new();
    }
    let meets = Subject::new(body, Aspect::Done(Act::Meet));
    let mut meetings = entries(case, meets).filter(|entry| entry.day == on);
    let Some(meeting) = meetings.next() else { return Vec::new() };
    let listed = case.view.profile.register.holders(body, on).map(|people| people.len());
    let listed = listed.and_then(|count| u16::try_from(count).ok());
    let stated = meeting.of.or_else(|| latest_size(case, body, on));
    let of = listed.or(stated).unwrap_or(MEMBERS).max(1);
    (0..=of)
        .map(|present| vec![Fact::Attendance { body, on, present, of: Some(of) }])
        .collect()
}

fn latest_size(case: &Case<'_>, body: TermId, on: Day) -> Option<u16> {
    let sizes = entries(case, Subject::new(body, Aspect::Size));
    sizes.filter(|entry| entry.day <= on).last().and_then(|entry| entry.count)
}

fn each_member(case: &Case<'_>, what: Occurrence) -> Vec<Vec<Fact>> {
    let people = judge::people(&case.duty, &case.view, case.slot);
    let about = |about| {
        let of = |name: &String| {
            Fact::Deed(Deed { who: Some(name.clone()), about, ..Deed::of(what) })
        };
        people.iter().map(of).collect::<Vec<Fact>>()
    };
    vec![about(None), about(Some(case.slot.to))]
}

/// Sizes of the two bodies that papers could state: of one, of the other, of both.
fn proportion(
    case: &Case<'_>,
    (body, least): (TermId, Option<u16>),
    (times, other): (u16, TermId),
) -> Vec<Vec<Fact>> {
    let today = case.view.as_of.day;
    let others = latest_size(case, other, today).unwrap_or(1).max(1);
    let enough = |others: u16| others.saturating_mul(times).max(least.unwrap_or(1));
    let size = |body, count| Fact::Members { body, count };
    let here = latest_size(case, body, today).unwrap_or(1).max(1);
    vec![
        vec![size(body, enough(others))],
        vec![size(other, here / times.max(1))],
        vec![size(body, enough(1)), size(other, 1)],
    ]
}

/// The number of what happened on the slot's first day.
fn number_of(case: &Case<'_>, what: Occurrence) -> u32 {
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let here = |entry: &&Entry| entry.day == case.slot.from;
    let same_noun = case.view.timeline.entries().iter().filter(here);
    let mut numbered = same_noun
        .filter(|entry| entry.subject.noun() == subject.noun() && entry.number != 0);
    numbered.next().map_or(0, |entry| entry.number)
}

fn entries<'c>(
    case: &Case<'c>,
    subject: Subject,
) -> impl Iterator<Item = &'c Entry> + use<'c> {
    let as_of = case.view.as_of;
    case.view.timeline.of(subject).iter().filter(move |entry| entry.is_known(as_of))
}
