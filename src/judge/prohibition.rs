//! What must not happen: kept from the start, and broken on each day that it happened.
//!
//! "Nothing says that it happened" is worth what the folder is worth: while it cannot be
//! trusted, or holds a paper that nobody understands, whether it happened is unknown.

use super::periodic::Distinct;
use super::view::{Bounds, Duty, View};
use crate::calendar::{Day, Period};
use crate::norm::Occurrence;
use crate::verdict::{Slot, Truth, Unknown};

/// One slot for the whole time, and one for each day on which the forbidden was done.
pub(super) fn never(
    duty: &Duty<'_>,
    view: &View<'_>,
    what: Occurrence,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let trusted = view.healthy_through();
    let mut whole =
        duty.slot(Bounds { from: start, to: start, opens: start, due: start });
    // What nobody knows of a day after its last one leaves nothing open.
    let forbidden = |day: &Day| duty.binds(*day);
    let unheard = trusted.filter(|through| *through < Day::LATEST);
    let unheard = unheard.map(|last| last.next().max(start)).filter(forbidden);
    let doubted = doubted_from(view, what, start).filter(forbidden);
    let disputed = disputed_on(duty, view, what, start).filter(forbidden);
    whole.truth = match [unheard, doubted, disputed].into_iter().flatten().min() {
        _ if trusted.is_none() => Truth::Unknown(Unknown::FolderUnhealthy),
        None => Truth::True(start),
        Some(first) => {
            // Before it begins it is as it will be on its first day.
            let day = view.as_of.day.max(start).max(first);
            let day = duty.until.map_or(day, |last| last.min(day));
            let why = match unheard.filter(|unheard| *unheard <= day) {
                Some(_) => Unknown::FolderUnhealthy,
                None => unclear(duty, view, what, &watched(whole, day)),
            };
            Truth::TrueUntil(why, first).as_seen_on(view.as_of.day.max(start))
        }
    };
    whole.lag_end = whole.grace_end;
    sink(&whole);
    let mut days: Vec<(Day, Truth)> = Vec::new();
    days.extend(unheard.map(|day| (day, Truth::Unknown(Unknown::FolderUnhealthy))));
    days.extend(doubted.map(|day| (day, Truth::Unknown(Unknown::Unreadable))));
    let mut distinct = Distinct::default();
    for entry in view.matter(what).after(start.previous()).known() {
        // What was done while the rule was suspended, or after its last day, broke nothing.
        let allowed = duty.is_paused(entry.day) || !duty.binds(entry.day);
        if !distinct.is_new(entry) || allowed {
            continue;
        }
        let is_sure = !view.timeline.is_contradicted(entry, view.as_of);
        let unsure = Truth::Unknown(Unknown::Contradictory);
        days.push((entry.day, if is_sure { Truth::False } else { unsure }));
    }
    days.sort_by_key(|(day, _)| *day);
    for (day, truth) in days {
        sink(&on_a_day(duty, day, truth));
    }
}

/// Why it is not known whether it was done in a time of which that is not known: papers speak
/// against each other, or one is not understood.
fn unclear(
    duty: &Duty<'_>,
    view: &View<'_>,
    what: Occurrence,
    watched: &Slot,
) -> Unknown {
    let days = Period { from: watched.from, to: watched.to };
    match (unsure(duty, view, what, days).next(), view.matter(what).doubt(watched)) {
        (Some((_, why)), _) | (None, Truth::Unknown(why)) => why,
        (None, _) => Unknown::Unreadable,
    }
}

/// The days on which it is not known whether it was done, and why; what may have been done
/// while the rule was suspended broke nothing.
fn unsure<'v>(
    duty: &'v Duty<'_>,
    view: &View<'v>,
    what: Occurrence,
    during: Period,
) -> impl Iterator<Item = (Day, Unknown)> + use<'v> {
    let matter = view.matter(what).after(during.from.previous());
    let known = matter.known().take_while(move |entry| entry.day <= during.to);
    let counted = known.filter(|entry| !duty.is_paused(entry.day));
    counted.filter_map(move |entry| Some((entry.day, matter.unsure(entry)?)))
}

/// The first day on which papers dispute whether it was done.
fn disputed_on(
    duty: &Duty<'_>,
    view: &View<'_>,
    what: Occurrence,
    start: Day,
) -> Option<Day> {
    let ever = Period { from: start, to: Day::LATEST };
    unsure(duty, view, what, ever).next().map(|(day, _)| day)
}

/// The first day from which a paper in doubt is held against it.
fn doubted_from(view: &View<'_>, what: Occurrence, start: Day) -> Option<Day> {
    let known = view.as_of.known;
    let doubts = view.timeline.doubts.iter().filter(|doubt| {
        let about = doubt.nouns.is_empty() || doubt.nouns.contains(&what.noun);
        about && doubt.known <= known && known < doubt.settled
    });
    let days = doubts.map(|doubt| doubt.day.unwrap_or(doubt.received_on));
    days.filter(|day| start <= *day).min()
}

/// The slot as long as papers in doubt are held against it: to the day judged.
fn watched(whole: Slot, day: Day) -> Slot {
    Slot { to: day, grace_end: day, lag_end: day, ..whole }
}

/// Nothing is awaited: a paper has spoken, or the folder was not to be trusted from then.
fn on_a_day(duty: &Duty<'_>, day: Day, truth: Truth) -> Slot {
    // Inside a window nothing is broken, and what nobody knows is not known there either.
    let due = day.previous();
    let mut slot = duty.with_due(Bounds { from: day, to: day, opens: day, due });
    slot.grace_end = slot.due;
    slot.lag_end = slot.due;
    slot.truth = truth;
    slot
}
