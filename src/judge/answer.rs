//! Duties that answer another's breach: one slot for each slot of that duty that is found
//! not met, from the day on which it is.
//!
//! The breach is judged as it is known now: what a late paper shows to have been kept was
//! never broken, and asks for no answer.

use super::among::foreseen_through;
use super::instead;
use super::lately;
use super::slots::{each_slot, each_slot_beside};
use super::view::{Bounds, Duty, View};
use crate::calendar::{Day, Period, Span};
use crate::norm::{Act, Occurrence};
use crate::timeline::AsOf;
use crate::verdict::{Applies, Slot, State, Truth, Unknown};

/// A breach of the duty above.
#[derive(Clone, Copy)]
struct Breach {
    /// The day on which what was not kept began to be asked.
    opened: Day,
    /// The day after the one on which it was due: an answer may come before the finding.
    since: Day,
    found: Day,
    /// The day on which it was made good, or no longer asked.
    mended: Option<Day>,
    waived: Option<Period>,
}

/// One slot for each day of a finding; two breaches found on one day are answered as one.
pub(super) fn answered(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, within): (Occurrence, Span),
    sink: &mut dyn FnMut(&Slot),
) {
    let mut breaches = breaches(duty, view, last_told(view, what));
    breaches.sort_by_key(|breach| (breach.found, breach.mended.is_some()));
    breaches.dedup_by(|other, breach| {
        let as_one = breach.found == other.found;
        if as_one {
            breach.opened = breach.opened.min(other.opened);
        }
        as_one
    });
    let today = view.as_of.day;
    let mut is_ahead = false;
    let mut breaches = breaches.iter().peekable();
    while let Some(breach) = breaches.next() {
        // A waiver may hide one that has begun until after the next ones are found.
        if is_ahead && today < breach.opened {
            continue;
        }
        is_ahead |= today < breach.found;
        let next = breaches.peek().map_or(Day::LATEST, |next| next.found);
        let due = duty.due(view, breach.found, within);
        let from = breach.found;
        let mut slot = duty.slot(Bounds { from, to: due, opens: from, due });
        let until = next.max(slot.grace_end.next());
        slot.truth = answer(view, what, (breach, until), &slot);
        slot.applies = still_asked(breach, &slot);
        slot.waived = breach.waived;
        sink(&slot);
    }
}

/// The first later day on which the duty above has another slot, which may be broken too, or
/// on which one is put right or another duty may be asked: what comes after that is not known
/// before.
pub(super) fn next_above(duty: &Duty<'_>, view: &View<'_>) -> Option<Day> {
    let (rulebook, above, at) = duty.answers?;
    let today = view.as_of.day;
    let mut next = None;
    let mut turn = |day: Day| {
        if today < day {
            next = Some(next.map_or(day, |next: Day| next.min(day)));
        }
    };
    each_slot(&Duty::version(rulebook, above, at), view, Day::EARLIEST, &mut |slot| {
        turn(slot.opens);
        slot.truth.turns_on().into_iter().for_each(&mut turn);
    });
    let versions = Duty::of(rulebook, above).versions();
    for version in versions.filter(instead::takes_turns) {
        instead::days(&version, view).into_iter().for_each(&mut turn);
    }
    next
}

/// Whether of the duty above no more is known than to the end of the next year.
pub(super) fn foresees_by_years(duty: &Duty<'_>, view: &View<'_>) -> bool {
    duty.answers.is_some_and(|(rulebook, above, _)| {
        let mut versions = Duty::of(rulebook, above).versions();
        versions.any(|version| instead::foresees_by_years(&version, view))
    })
}

/// What lies behind this day never comes.
const FORESEEN: Day = Day(80_000);

/// The last day on which a paper tells of an answer: by then each breach has to be known, or
/// it would be taken for the answer to an earlier one.
fn last_told(view: &View<'_>, what: Occurrence) -> Option<Day> {
    let on_file = view.counting(&[]).known(held(what)).map(|entry| entry.day);
    view.known(what).map(|entry| entry.day).chain(on_file).max()
}

/// All slots of the duty above that are, or without a paper will be, not met: those of the
/// days up to the one judged and up to this one, and the next.
fn breaches(duty: &Duty<'_>, view: &View<'_>, told: Option<Day>) -> Vec<Breach> {
    let Some((rulebook, above, at)) = duty.answers else { return Vec::new() };
    let waivers = view.waivers_above;
    let view = View { waivers, waivers_above: &[], only: &[], ..*view };
    let healthy = view.healthy_through();
    let mut breaches = Vec::new();
    let duty = Duty::version(rulebook, above, at);
    // What was found is answered, also once the duty looks back so far no more.
    let endless = lately::looking_back_for_ever(duty.norm);
    let (duty, reach) = match &endless {
        Some((norm, span)) => (Duty { norm, ..duty }, Some(*span)),
        None => (duty, None),
    };
    let ahead = told.map_or(view.as_of.day, |day| day.min(FORESEEN).max(view.as_of.day));
    let day = looked_ahead(&duty, &view, ahead);
    // Of several duties nothing is known of a later day.
    let by_years = instead::foresees_by_years(&duty, &view);
    let far = View { as_of: AsOf { day, ..view.as_of }, ..view };
    each_slot_beside(&duty, &far, Day::EARLIEST, &mut |slot, either| {
        let states = either.states(slot, healthy);
        let states = states.as_deref();
        let found = found_on((slot, states), &view);
        let seen = |found: &Day| {
            reach.is_none_or(|span| *found < lately::leaves(slot.from, span))
                && (!by_years || *found <= day)
                && *found < Day::LATEST
        };
        if let Some(found) = found.filter(seen) {
            breaches.push(Breach {
                opened: slot.opens,
                since: slot.due.next(),
                found,
                mended: match states {
                    Some(states) => mended_after(states, found),
                    None => slot.mended_after(found, healthy),
                },
                waived: view.waived(slot),
            });
        }
    });
    breaches
}

/// What becomes of a slot from day to day, where nobody knows which of two duties is asked.
type States<'s> = Option<&'s [(Day, State)]>;

/// The first later day on which both of two duties are kept, or no longer asked.
fn mended_after(states: &[(Day, State)], found: Day) -> Option<Day> {
    let mut later = states.iter().filter(|(day, _)| *day > found);
    later.find(|(_, state)| state.mends()).map(|(day, _)| *day)
}

/// The first day on which a slot is not met and no waiver covers it.
fn found_on((slot, states): (&Slot, States<'_>), view: &View<'_>) -> Option<Day> {
    let healthy = view.healthy_through();
    let broken = |day: Day| match states {
        Some(states) => broken_from(states, day),
        None => slot.underlying_on(day, healthy).is_not_met().then_some(day),
    };
    let mut day = match states {
        Some(states) => broken(states.first()?.0)?,
        None => Slot { waived: None, ..*slot }.found_on(healthy)?,
    };
    loop {
        let then = View { as_of: AsOf { day, ..view.as_of }, ..*view };
        match then.waived(slot).filter(|during| during.contains(day)) {
            Some(during) if during.to < Day::LATEST => {
                day = broken(during.to.next())?;
            }
            Some(_) => return None,
            None => return broken(day).filter(|first| *first == day),
        }
    }
}

/// The first day from this one on, on which both of two duties are broken.
fn broken_from(states: &[(Day, State)], day: Day) -> Option<Day> {
    let then = states.iter().rfind(|(from, _)| *from <= day);
    if then.is_some_and(|(_, state)| state.is_not_met()) {
        return Some(day);
    }
    let later = states.iter().find(|(from, state)| day < *from && state.is_not_met());
    later.map(|(from, _)| *from)
}

/// A breach of a state of things that lies ahead may be put right before it is found, and
/// what is known of it comes with no calendar: all of it is looked at.
fn looked_ahead(duty: &Duty<'_>, view: &View<'_>, ahead: Day) -> Day {
    if instead::foresees_by_years(duty, view) {
        return ahead.max(foreseen_through(view.as_of.day));
    }
    if duty.norm.is_standing() { ahead.max(FORESEEN) } else { ahead }
}

/// The first day on which it was done, no earlier than the finding.
fn answer(
    view: &View<'_>,
    what: Occurrence,
    (breach, until): (&Breach, Day),
    slot: &Slot,
) -> Truth {
    let during = |day: Day| breach.since.min(breach.found) <= day && day < until;
    let mut possible = None;
    for entry in view.known(what).filter(|entry| during(entry.day)) {
        match view.unsure(what, entry) {
            None => return Truth::True(entry.day.max(breach.found)),
            why => possible = possible.or(why),
        }
    }
    // The paper is there, and does not say that it was filed or adopted.
    let on_file = what.act != Act::Prepare
        && view.counting(&[]).known(held(what)).any(|entry| during(entry.day));
    match possible {
        Some(why) => Truth::Unknown(why),
        None if on_file => Truth::Unknown(Unknown::NotStated),
        None => view.silence(what, slot),
    }
}

/// That a paper of this kind is there.
fn held(what: Occurrence) -> Occurrence {
    Occurrence { act: Act::Prepare, by: None, to: None, ..what }
}

/// What was made good before its answer was due is answered no more.
fn still_asked(breach: &Breach, slot: &Slot) -> Applies {
    let Some(mended) = breach.mended.filter(|mended| *mended <= slot.due) else {
        return Applies::Yes;
    };
    match slot.truth {
        Truth::True(day) if day < mended => Applies::Yes,
        _ => Applies::Until(mended.previous()),
    }
}
