//! A document of each member: declarations, disclosures, approvals.
//!
//! One slot stands for everybody on one occasion; its score is the share of those who kept
//! it, and it is met when the last of them did.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::{Hold, chain};
use super::periodic::first_day;
use super::view::{Bounds, Duty, View};
use crate::calendar::{Cycle, Day, Period, Span};
use crate::norm::{Act, Norm, Occurrence, People, Quality, TermId};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Applies, Slot, Truth, Unknown};

/// What is asked of each: the parts of [`Norm::EachMember`].
#[derive(Clone, Copy)]
struct Asked<'n> {
    who: &'n People,
    document: TermId,
    act: Act,
    to: Option<TermId>,
}

/// What is known of one person's document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    On(Day),
    /// There is one, and it does not say that it was signed or filed.
    Unclear,
    No,
}

fn asked<'n>(duty: &Duty<'n>) -> Option<Asked<'n>> {
    match duty.norm {
        Norm::EachMember { who, document, act, to, .. } => {
            Some(Asked { who, document: *document, act: *act, to: *to })
        }
        _ => None,
    }
}

/// One slot for each period wholly inside the membership: everybody in office on its last
/// day owes one in it.
pub(super) fn in_each(
    duty: &Duty<'_>,
    view: &View<'_>,
    cycle: Cycle,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let Some(asked) = asked(duty) else { return };
    let cycle = match cycle {
        Cycle::Quarter if duty.fiscal_quarters => Cycle::FiscalQuarter,
        other => other,
    };
    let years = &view.profile.fiscal_years;
    let holding = years.period_holding(first_day(duty, start, since), cycle);
    let mut period = years.period_holding(holding.from.previous().max(start), cycle);
    if period.from < start {
        period = years.period_holding(period.to.next(), cycle);
    }
    // What somebody gave in grace for one period does not serve the next one too.
    let mut used: BTreeMap<u16, Day> = BTreeMap::new();
    loop {
        if duty.binds(period.to) && !duty.is_paused_throughout(period) {
            let Period { from, to } = period;
            let mut slot = duty.slot_from(Bounds { from, to, opens: from, due: to });
            let through = slot.grace_end;
            let people = owing(view, asked.who, to);
            let given = fill(view, asked, &mut slot, people, |person, day| {
                let fresh = used.get(&person).is_none_or(|last| *last < day);
                fresh && from <= day && day <= through
            });
            used.extend(given);
            sink(&slot);
        }
        if view.as_of.day < period.from && !duty.asks_only_later(period) {
            return;
        }
        period = years.period_holding(period.to.next(), cycle);
    }
}

/// One slot for each day on which people take office: they owe one within the span.
pub(super) fn after_taking(
    duty: &Duty<'_>,
    view: &View<'_>,
    span: Span,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Some(asked) = asked(duty) else { return };
    let register = &view.profile.register;
    let mine = |of: &[TermId]| asked.who.groups.iter().any(|group| of.contains(group));
    let seats = register.seats.iter().filter(|seat| mine(&seat.of));
    let days: BTreeSet<Day> =
        seats.clone().map(|seat| seat.during.from).filter(|day| *day >= start).collect();
    for day in days {
        let due = day.plus(span, duty.months);
        if !duty.binds(due) {
            continue;
        }
        let taking = seats.clone().filter(|seat| seat.during.from == day);
        let mut people: Vec<u16> = taking.map(|seat| seat.person).collect();
        people.sort_unstable();
        people.dedup();
        let mut slot = duty.slot(Bounds { from: day, to: due, opens: day, due });
        let people = Some(of_quality(view, asked.who, people, day));
        fill(view, asked, &mut slot, people, |_, found| found >= day);
        sink(&slot);
        if day > view.as_of.day {
            return;
        }
    }
}

/// On every day everybody in office has one.
pub(super) fn always(
    duty: &Duty<'_>,
    view: &View<'_>,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Some(asked) = asked(duty) else { return };
    let start = start.max(duty.in_force.unwrap_or(start));
    let register = &view.profile.register;
    let mut days = BTreeSet::new();
    for seat in &register.seats {
        days.extend([seat.during.from, seat.during.to.next()]);
    }
    for (_, during) in &register.whole {
        days.extend([during.from, during.to.next()]);
    }
    for group in asked.who.groups.iter().chain(&asked.who.are) {
        let lists = view.timeline.of(Subject::new(*group, Aspect::Seat)).iter();
        let known = lists.filter(|entry| entry.is_known(view.as_of));
        days.extend(known.map(|entry| entry.day));
    }
    for act in [asked.act, Act::Prepare] {
        for entry in view.known(occurrence(asked, act)) {
            days.insert(entry.day);
            days.extend(entry.until.map(Day::next));
        }
    }
    let holds = |day: Day| {
        let Some(people) = owing(view, asked.who, day) else { return Hold::Unknown };
        let each = people.into_iter().map(|(person, sure)| {
            match (found(view, asked, person, &|on| on <= day, Some(day)), sure) {
                (Found::On(_), _) => Hold::Kept,
                (Found::Unclear, _) | (Found::No, false) => Hold::Unknown,
                (Found::No, true) => Hold::Missing,
            }
        });
        each.fold(Hold::Kept, Hold::and)
    };
    chain(duty, view, (start, days), holds, &mut |slot| {
        let mut slot = *slot;
        if slot.truth == Truth::NoEvidence {
            slot.truth = view.silence(occurrence(asked, asked.act), &slot);
        }
        sink(&slot);
    });
}

/// Who owes on a day, and whether it is sure that the person has the quality asked for.
fn owing(view: &View<'_>, who: &People, day: Day) -> Option<Vec<(u16, bool)>> {
    let mut people = Vec::new();
    let mut known = false;
    for group in &who.groups {
        // A post that nobody is listed in is vacant; a body without members is not known.
        if let Some(holders) = view.holders(*group, day) {
            known = true;
            people.extend(holders);
        }
    }
    people.sort_unstable();
    people.dedup();
    known.then(|| of_quality(view, who, people, day))
}

fn of_quality(
    view: &View<'_>,
    who: &People,
    people: Vec<u16>,
    day: Day,
) -> Vec<(u16, bool)> {
    let has = |person: u16| match who.are {
        None => Some(true),
        Some(term) => super::people::has(view, person, Quality::Is(term), day),
    };
    let judged = people.into_iter().map(|person| (person, has(person)));
    judged
        .filter(|(_, has)| *has != Some(false))
        .map(|(person, has)| (person, has == Some(true)))
        .collect()
}

/// Writes what everybody's documents add up to; gives who gave one when.
fn fill(
    view: &View<'_>,
    asked: Asked<'_>,
    slot: &mut Slot,
    people: Option<Vec<(u16, bool)>>,
    fits: impl Fn(u16, Day) -> bool,
) -> Vec<(u16, Day)> {
    let mut given = Vec::new();
    let Some(people) = people else {
        slot.truth = Truth::Unknown(Unknown::NotStated);
        return given;
    };
    if people.is_empty() {
        slot.applies = Applies::No;
        return given;
    }
    let (mut unclear, mut missing) = (false, false);
    for (person, sure) in &people {
        match (found(view, asked, *person, &|day| fits(*person, day), None), sure) {
            (Found::On(day), _) => given.push((*person, day)),
            (Found::No, true) => missing = true,
            (Found::Unclear, _) | (Found::No, false) => unclear = true,
        }
    }
    let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    slot.part = Some((count(given.len()), count(people.len())));
    let last = given.iter().map(|(_, day)| *day).max();
    slot.truth = match (missing, unclear, last) {
        (false, false, Some(last)) => Truth::True(last),
        (false, true, _) => Truth::Unknown(Unknown::NotStated),
        _ => view.silence(occurrence(asked, asked.act), slot),
    };
    given
}

/// The earliest document of a person that fits; valid on `on` where that is asked.
fn found(
    view: &View<'_>,
    asked: Asked<'_>,
    person: u16,
    fits: &dyn Fn(Day) -> bool,
    on: Option<Day>,
) -> Found {
    let valid = |until: Option<Day>| match (until, on) {
        (Some(until), Some(on)) => on <= until,
        _ => true,
    };
    let of = |act: Act| {
        view.known(occurrence(asked, act))
            .filter(|entry| view.person(entry.who) == Some(person))
            .filter(|entry| valid(entry.until) && fits(entry.day))
    };
    let is_sure = |entry: &&Entry| !view.timeline.is_contradicted(entry, view.as_of);
    match of(asked.act).find(is_sure) {
        Some(entry) => Found::On(entry.day),
        // Days that papers dispute prove nothing, and leave it open.
        None if of(asked.act).next().is_some() => Found::Unclear,
        None if of(Act::Prepare).next().is_some() => Found::Unclear,
        None => Found::No,
    }
}

fn occurrence(asked: Asked<'_>, act: Act) -> Occurrence {
    let to = if act == Act::Submit { asked.to } else { None };
    Occurrence { noun: asked.document, act, by: None, to }
}

/// Those who have not kept a slot, by number.
pub(super) fn lacking(duty: &Duty<'_>, view: &View<'_>, slot: &Slot) -> Vec<u16> {
    let Some(asked) = asked(duty) else { return Vec::new() };
    let always = duty.norm.is_standing();
    let day = if always { view.as_of.day } else { slot.due };
    let people = owing(view, asked.who, day).unwrap_or_default();
    let fits = |on: Day| if always { on <= day } else { slot.from <= on };
    let lacks = |person: u16| {
        let found = found(view, asked, person, &fits, always.then_some(day));
        !matches!(found, Found::On(_))
    };
    people.into_iter().map(|(person, _)| person).filter(|person| lacks(*person)).collect()
}
