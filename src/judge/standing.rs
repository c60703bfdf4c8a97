//! Duties that hold at all times: never too long between two events, a paper in force.
//! Their slots are the links of a chain: each runs from one event
//! to the day by which the next is needed.

use super::all;
use super::counting;
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
        truth: |slot: &Slot| silence(view, what, slot),
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
    let months = duty.months;
    let cover = move |entry: &Entry| Cover {
        from: entry.day,
        to: match (entry.until, review) {
            (Some(until), _) => until,
            (_, Some(span)) => entry.day.plus(span, months),
            (_, None) => Day::LATEST,
        },
    };
    let renewed = Occurrence { act: Act::Review, by: None, to: None, ..what };
    let reviews = review.is_some() && what.act != Act::Review;
    let mut renewals = view.known(renewed).filter(move |_| reviews).map(cover).peekable();
    let by = *view;
    let counts = move |entry: &&Entry| {
        matches!(counting::counts(&by, what, entry), Truth::True(_))
    };
    let mut first = view.known(what).filter(counts).map(cover).peekable();
    std::iter::from_fn(move || match (first.peek(), renewals.peek()) {
        (Some(one), Some(other)) if other.from < one.from => renewals.next(),
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
    let truth = |slot: &Slot| {
        let truths = parts.iter().map(|(what, _)| silence(view, *what, slot));
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
/// leaves the matter open. One that said so, and whose time is over, does not.
fn silence(view: &View<'_>, what: Occurrence, slot: &Slot) -> Truth {
    // Something was adopted, and no paper says whether it was so that it counts.
    let unclear =
        view.known(what).filter(|entry| slot.from <= entry.day).find_map(|entry| {
            match counting::counts(view, what, entry) {
                Truth::Unknown(why) => Some(why),
                _ => None,
            }
        });
    if let Some(why) = unclear {
        return Truth::Unknown(why);
    }
    let held = Occurrence { act: Act::Prepare, by: None, to: None, ..what };
    let spoke = |paper: u32| view.known(what).any(|entry| entry.paper == paper);
    let on_file = what.act != Act::Prepare
        && view
            .known(held)
            .filter(|entry| slot.opens <= entry.day || slot.from <= entry.day)
            .any(|entry| !spoke(entry.paper));
    if on_file { Truth::Unknown(Unknown::NotStated) } else { view.silence(what, slot) }
}

/// What it means that nothing covers a link.
struct Quiet<T, D> {
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
    quiet: &Quiet<impl Fn(&Slot) -> Truth, impl Fn(Day, Day) -> Option<Day>>,
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
    for cover in covers {
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
        slot.truth = (quiet.truth)(&slot);
        // A paper that stands may be older than the membership.
        let oldest = if first_link { Day::EARLIEST } else { slot.from };
        let doubt = (quiet.doubted)(oldest, slot.from)
            .filter(|_| slot.truth == Truth::NoEvidence);
        if doubt.is_some_and(|day| day <= slot.grace_end) {
            slot.truth = Truth::Unknown(Unknown::Unreadable);
        }
        sink(&slot);
        if let Some(day) = doubt.filter(|day| slot.grace_end < *day) {
            sink(&in_doubt(duty, day));
        }
    }
}

/// From this day on a paper may be the cover, and nobody understands it.
fn in_doubt(duty: &Duty<'_>, day: Day) -> Slot {
    let due = day.previous();
    let slot = duty.slot(Bounds { from: day, to: day, opens: day, due });
    Slot { truth: Truth::Unknown(Unknown::Unreadable), ..slot }
}
