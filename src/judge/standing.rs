//! Duties that hold at all times: never too long between two events, a paper in force.
//! Their slots are the links of a chain: each runs from one event
//! to the day by which the next is needed.

use super::all;
use super::periodic::Distinct;
use super::view::{Bounds, Duty, View};
use crate::calendar::{Day, Period, Span};
use crate::norm::{Act, Norm, Occurrence};
use crate::timeline::Entry;
use crate::verdict::{Slot, Truth, Unknown};

/// Never longer than `gap` from one event to the next, nor from the start to the first.
pub(super) fn rolling(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, gap): (Occurrence, Span),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let mut from = start.max(duty.in_force.unwrap_or(start));
    let mut distinct = Distinct::default();
    let link = |from: Day| {
        let due = from.plus(gap, duty.months);
        duty.slot(Bounds { from, to: due, opens: from, due })
    };
    // Of the links that ended before the look-back only the last one is shown.
    let mut old: Option<(Day, Day)> = None;
    let mut ended = |from: Day, by: Day| {
        let mut slot = link(from);
        let between = Period { from: from.next(), to: slot.grace_end };
        let late = by > slot.grace_end;
        let unsure = view.unsure_in(what, between).filter(|_| late);
        slot.truth = unsure.map_or(Truth::True(by), Truth::Unknown);
        sink(&slot);
    };
    for entry in view.known(what) {
        let unsure = view.unsure(what, entry).is_some();
        if entry.day <= from || unsure || !distinct.is_new(entry) {
            continue;
        }
        if entry.day < since && link(from).due < since {
            old = Some((from, entry.day));
        } else {
            if let Some((from, by)) = old.take() {
                ended(from, by);
            }
            ended(from, entry.day);
        }
        // A link that begins ahead is shown, and none after it.
        if from > view.as_of.day {
            return;
        }
        from = entry.day;
    }
    if let Some((from, by)) = old {
        ended(from, by);
    }
    let mut slot = link(from);
    slot.truth = view.silence(what, &slot);
    sink(&slot);
}

/// A stretch of days on which the duty is kept.
#[derive(Clone, Copy)]
struct Cover {
    from: Day,
    /// [`Day::LATEST`] when nothing ends it.
    to: Day,
}

/// A paper that has to be there, adopted, published or valid on every day.
pub(super) fn standing(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, review): (Occurrence, Option<Span>),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let covers = covers(duty, view, what, review);
    let quiet = Quiet {
        truth: |slot: &Slot, last: Day| {
            let unsure = unsure(duty, view, (what, review), last);
            unsure.unwrap_or_else(|| silence(view, what, slot))
        },
        doubted: |oldest: Day, from: Day| {
            let days = view.doubted(what.noun).filter(|day| oldest <= *day);
            days.map(|day| day.max(from)).min()
        },
    };
    chain(duty, covers, (start, since), sink, &quiet);
}

/// The stretches of days on which a paper is there, adopted, published or valid.
fn covers<'o>(
    duty: &Duty<'_>,
    view: &View<'o>,
    what: Occurrence,
    review: Option<Span>,
) -> impl Iterator<Item = Cover> + use<'o> {
    let told = told(duty, view, what, review);
    told.filter(|(_, unsure)| unsure.is_none()).map(|(cover, _)| cover)
}

/// Why it is not known whether something covers the days after `last`: it would, if papers
/// did not contradict each other, or said whether it was so that it counts.
fn unsure(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, review): (Occurrence, Option<Span>),
    last: Day,
) -> Option<Truth> {
    let mut told = told(duty, view, what, review);
    let found = told.find_map(|(cover, unsure)| unsure.filter(|_| last < cover.to));
    found.map(Truth::Unknown)
}

/// What papers tell of such stretches, by their first days, with why one is not sure.
fn told<'o>(
    duty: &Duty<'_>,
    view: &View<'o>,
    what: Occurrence,
    review: Option<Span>,
) -> impl Iterator<Item = (Cover, Option<Unknown>)> + use<'o> {
    let months = duty.months;
    let renewed = Occurrence { act: Act::Review, by: None, to: None, ..what };
    let reviews = review.is_some() && what.act != Act::Review;
    let of = *view;
    let told = move |what: Occurrence, entry: &Entry| {
        let to = match (entry.until, review) {
            (Some(until), _) => until,
            (_, Some(span)) => entry.day.plus(span, months),
            (_, None) => Day::LATEST,
        };
        (Cover { from: entry.day, to }, of.unsure(what, entry))
    };
    let renewals = view.known(renewed).filter(move |_| reviews);
    let mut renewals = renewals.map(move |entry| told(renewed, entry)).peekable();
    let mut first = view.known(what).map(move |entry| told(what, entry)).peekable();
    std::iter::from_fn(move || match (first.peek(), renewals.peek()) {
        (Some((one, _)), Some((other, _))) if other.from < one.from => renewals.next(),
        (Some(_), _) => first.next(),
        (None, _) => renewals.next(),
    })
}

/// Standing duties about several papers: kept on the days on which all of them are.
pub(super) fn together(
    duty: &Duty<'_>,
    view: &View<'_>,
    norms: &[Norm],
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let parts = norms.iter().filter_map(|norm| match norm {
        Norm::Standing { what, review } => Some((*what, *review)),
        _ => None,
    });
    let parts: Vec<(Occurrence, Option<Span>)> = parts.collect();
    let covered: Vec<Vec<Cover>> = parts
        .iter()
        .map(|(what, review)| stretches(covers(duty, view, *what, *review)))
        .collect();
    let mut common = vec![Cover { from: Day::EARLIEST, to: Day::LATEST }];
    for stretches in &covered {
        common = common.iter().flat_map(|one| shared(*one, stretches)).collect();
    }
    // Whatever is not there on the day may be one of the papers that nobody understands.
    let doubted = |oldest: Day, from: Day| {
        let first = |(what, _): &(Occurrence, Option<Span>)| {
            view.doubted(what.noun).filter(|day| oldest <= *day).min()
        };
        let doubts: Vec<Option<Day>> = parts.iter().map(first).collect();
        let maybe = |day: Day| {
            doubts.iter().zip(&covered).all(|(doubt, stretches)| {
                doubt.is_some_and(|doubt| doubt <= day)
                    || stretches.iter().any(|one| one.from <= day && day <= one.to)
            })
        };
        let begun = covered.iter().flatten().map(|one| one.from);
        let days = doubts.iter().flatten().copied().chain(begun);
        days.map(|day| day.max(from)).filter(|day| maybe(*day)).min()
    };
    // What is there on the first day that is not covered does not keep it from being so.
    let truth = |slot: &Slot, last: Day| {
        let truths = parts.iter().zip(&covered).map(|((what, review), stretches)| {
            let there = |one: &Cover| one.from <= slot.from && slot.from <= one.to;
            if stretches.iter().any(there) {
                return Truth::True(slot.from);
            }
            let unsure = unsure(duty, view, (*what, *review), last);
            unsure.unwrap_or_else(|| silence(view, *what, slot))
        });
        truths.reduce(all::both).unwrap_or(Truth::NoEvidence)
    };
    chain(duty, common.into_iter(), (start, since), sink, &Quiet { truth, doubted });
}

/// Covers that touch or overlap, as one each.
fn stretches(covers: impl Iterator<Item = Cover>) -> Vec<Cover> {
    let mut stretches: Vec<Cover> = Vec::new();
    for cover in covers {
        match stretches.last_mut() {
            Some(last) if cover.from <= last.to || cover.from == last.to.next() => {
                last.to = last.to.max(cover.to);
            }
            _ => stretches.push(cover),
        }
    }
    stretches
}

/// The days that a cover shares with each of several.
fn shared(one: Cover, others: &[Cover]) -> Vec<Cover> {
    let both = others
        .iter()
        .map(|other| Cover { from: one.from.max(other.from), to: one.to.min(other.to) });
    both.filter(|cover| cover.from <= cover.to).collect()
}

/// A paper that is on file and does not say that it was adopted or until when it is valid
/// leaves the matter open, unless it is older than what covered last. One that said so, and
/// whose time is over, does not.
fn silence(view: &View<'_>, what: Occurrence, slot: &Slot) -> Truth {
    let held = Occurrence { act: Act::Prepare, by: None, to: None, ..what };
    let spoke = |paper: u32| view.known(what).any(|entry| entry.paper == paper);
    let oldest = oldest(slot);
    let on_file = what.act != Act::Prepare
        && view
            .counting(&[])
            .known(held)
            .filter(|entry| oldest <= entry.day)
            .any(|entry| !spoke(entry.paper));
    if on_file { Truth::Unknown(Unknown::NotStated) } else { view.silence(what, slot) }
}

/// No paper that is older than this covers a link: what stands may be older than the
/// membership, and what follows a cover is no older than that.
fn oldest(slot: &Slot) -> Day {
    let is_first = slot.opens == slot.from;
    if is_first { Day::EARLIEST } else { slot.opens }
}

/// What it means that nothing covers a link.
struct Quiet<T, D> {
    /// Of a link after the last day that was covered.
    truth: T,
    /// The first day, of those from the second day on, from which papers that nobody
    /// understands may be the cover; none of them is older than the first day.
    doubted: D,
}

/// Links from cover to cover. A cover that begins before the last one ended continues it.
/// Of the links that were satisfied before the look-back only the last one is shown.
fn chain(
    duty: &Duty<'_>,
    covers: impl Iterator<Item = Cover>,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
    quiet: &Quiet<impl Fn(&Slot, Day) -> Truth, impl Fn(Day, Day) -> Option<Day>>,
) {
    // Nothing covers the day before the start: the first link is due at once.
    let mut last = Cover { from: start, to: start.previous() };
    let mut first_link = true;
    let link = |last: Cover, first_link: bool| {
        let due = if first_link { start } else { last.to };
        let from = if first_link { start } else { duty.paused_state(due).next() };
        duty.slot_of_state(Bounds { from, to: due, opens: last.from, due })
    };
    let mut old: Option<(Cover, bool, Day)> = None;
    let mut satisfied = |(last, first_link, by): (Cover, bool, Day)| {
        let mut slot = link(last, first_link);
        slot.truth = Truth::True(by);
        sink(&slot);
    };
    let mut covers = covers.peekable();
    while let Some(mut cover) = covers.next() {
        // Of those that begin on one day the one that lasts longest.
        while let Some(other) = covers.next_if(|other| other.from == cover.from) {
            cover.to = cover.to.max(other.to);
        }
        if cover.to < start || (!first_link && cover.to <= last.to) {
            continue;
        }
        let ended = (last, first_link, cover.from.max(start));
        if ended.2 < since && last.to < since {
            old = Some(ended);
        } else {
            old.take().into_iter().chain([ended]).for_each(&mut satisfied);
        }
        (last, first_link) = (cover, false);
    }
    old.into_iter().for_each(satisfied);
    if last.to < Day::LATEST {
        let mut slot = link(last, first_link);
        slot.truth = (quiet.truth)(&slot, last.to);
        let doubt = (quiet.doubted)(oldest(&slot), slot.from)
            .filter(|_| slot.truth == Truth::NoEvidence);
        let own = slot.grace_end.max(slot.from);
        if doubt.is_some_and(|day| day <= own) {
            slot.truth = Truth::Unknown(Unknown::Unreadable);
        }
        sink(&slot);
        if let Some(day) = doubt.filter(|day| own < *day) {
            sink(&in_doubt(duty, day));
        }
    }
}

/// From this day on a paper may be the cover, and nobody understands it. Before that it was not
/// covered: a window keeps nothing from being over, and only what is awaited waits for its end.
fn in_doubt(duty: &Duty<'_>, day: Day) -> Slot {
    let due = day.previous();
    let slot = duty.with_due(Bounds { from: day, to: day, opens: day, due });
    Slot { truth: Truth::Unknown(Unknown::Unreadable), ..slot }
}
