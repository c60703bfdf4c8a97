//! From a duty to its slots: the right kernel, then scope, exceptions, waivers, states.

use super::either::Either;
use super::view::{Duty, View};
use super::{
    all, among, attendance, backed, collection, deadline, each_member, each_paper,
    exception, holding, instead, lately, order, people, periodic, prohibition,
    signatures, standing, uptake, whichever,
};
use crate::calendar::{Day, MonthCounting, Span};
use crate::norm::{MemberTime, Norm};
use crate::verdict::{Foretold, Slot};

/// Calls `sink` for each slot that may be due on or after `since`, in order, up to the
/// first one that opens after the day judged.
pub fn each_slot(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    each_slot_as_it_was(duty, view, since, &mut as_seen(view, sink));
}

/// The same, where a slot that was put right by the day judged still tells what it was
/// before.
pub(super) fn each_slot_as_it_was(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    each_slot_beside(duty, view, since, &mut |slot, _| sink(slot));
}

/// The same, each with what may take its place.
pub(super) fn each_slot_beside(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot, &Either),
) {
    let calendar = view.profile.working.suspensions.as_slice();
    if duty.changed.is_none() && calendar.is_empty() {
        return each_beside(duty, view, since, sink);
    }
    for version in duty.versions() {
        each_beside(&Duty { calendar, ..version }, view, since, sink);
    }
}

pub(super) fn each_of_version(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    each_beside(duty, view, since, &mut |slot, _| sink(slot));
}

fn each_beside(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot, &Either),
) {
    // What was due before the look-back may be due in it, as long as the clock stood still, or
    // where another duty, with more time, takes the place of this one.
    let replaces = duty.exceptions.iter().any(|exception| exception.then.is_some());
    if replaces && instead::takes_turns(duty) {
        let alone = Either::alone();
        return instead::each_in_turn(duty, view, since, &mut |slot| sink(slot, &alone));
    }
    let since = if duty.pauses() || replaces { Day::EARLIEST } else { since };
    // Of a rule that is over the last slot speaks, however long ago it was due; so it may
    // of one that another has followed.
    let ends = [duty.until, duty.opening.to].into_iter().flatten();
    let since = ends.fold(since, Day::min);
    // Of a version that lies ahead the first occasion may lie further ahead.
    let mut far = *view;
    if let Some(from) = duty.opening.from {
        far.as_of.day = far.as_of.day.max(from.previous());
    }
    // Those that papers tell of are all known.
    let other_occasions = replaces && lately::is_of_the_calendar(duty.norm);
    if other_occasions {
        far = as_far_as_another(duty, view, (far, since));
    }
    let mut ahead = false;
    each_bare_slot_as_it_was(duty, &far, since, &mut |slot| {
        if ahead && other_occasions || !replaces && !duty.opening.contains(slot.opens) {
            return;
        }
        let (slot, either) = in_full_beside(duty, view, slot);
        // What takes the place of another may open under another version.
        if !duty.opening.contains(slot.opens) {
            return;
        }
        ahead = slot.opens > view.as_of.day;
        sink(&slot, &either);
    });
}

/// A slot of a norm with what is said around it: scope, exceptions, waivers, and its state.
#[inline]
pub(super) fn in_full(duty: &Duty<'_>, view: &View<'_>, slot: &Slot) -> Slot {
    in_full_beside(duty, view, slot).0
}

#[inline]
fn in_full_beside(duty: &Duty<'_>, view: &View<'_>, slot: &Slot) -> (Slot, Either) {
    let mut slot = *slot;
    let either = exception::apply(duty, view, &mut slot);
    slot.waived = view.waived(&slot).or(slot.waived);
    slot.underlying = slot.underlying_on(view.as_of.day, view.healthy_through());
    slot.state = slot.with_waiver(view.as_of.day, slot.underlying);
    let foretold = either.foretold(&slot, view);
    slot.foretold = match slot.foretold {
        Foretold::Through(last) => foretold.no_longer_than(last),
        _ => foretold,
    };
    (slot, either)
}

/// An occasion that is longer than this is looked for no further.
const AHEAD: Span = Span::Years(3);

/// The view from a day on which an occasion that lies ahead is known, where exceptions put
/// the slots of another duty, with occasions of its own, in the place of this one's.
fn as_far_as_another<'v>(
    duty: &Duty<'_>,
    view: &View<'v>,
    (mut far, since): (View<'v>, Day),
) -> View<'v> {
    let most = far.as_of.day.plus(AHEAD, MonthCounting::ByDate);
    loop {
        let (mut is_known, mut last) = (false, far.as_of.day);
        each_bare_slot_as_it_was(duty, &far, since, &mut |slot| {
            last = slot.opens;
            let mut slot = *slot;
            exception::apply(duty, view, &mut slot);
            is_known |= duty.opening.contains(slot.opens) && slot.opens > view.as_of.day;
        });
        if is_known || last <= far.as_of.day || last > most {
            return far;
        }
        far.as_of.day = last;
    }
}

/// The slots of the norm alone: no scope, no exception, no waiver, no state.
pub(super) fn each_bare_slot(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    each_bare_slot_as_it_was(duty, view, since, &mut as_seen(view, sink));
}

pub(super) fn each_bare_slot_as_it_was(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Some(start) = view.start() else { return };
    of_norm(duty, &view.counting(duty.counts_only_if), (start, since), sink);
}

/// What a day shows of slots: what was put right by then is kept.
fn as_seen(view: &View<'_>, sink: &mut dyn FnMut(&Slot)) -> impl FnMut(&Slot) {
    let day = view.as_of.day;
    move |slot| sink(&Slot { truth: slot.truth.as_seen_on(day), ..*slot })
}

/// The kernel of each shape of duty.
fn of_norm(
    duty: &Duty<'_>,
    view: &View<'_>,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    match duty.norm {
        Norm::Frequency { what, least, cycle } => {
            periodic::frequency(
                duty,
                view,
                (*what, *least, *cycle),
                (start, since),
                sink,
            );
        }
        Norm::Rolling { what, gap } => {
            standing::rolling(duty, view, (*what, *gap), (start, since), sink);
        }
        Norm::Deadline { what, anchor, within } => {
            deadline::anchored(
                duty,
                view,
                (*what, *anchor, *within),
                (start, since),
                sink,
            );
        }
        Norm::FixedDate { what, month, day } => {
            periodic::fixed_date(duty, view, (*what, *month, *day), (start, since), sink);
        }
        Norm::Standing { what, review } => {
            standing::standing(duty, view, (*what, *review), (start, since), sink);
        }
        Norm::Size { .. }
        | Norm::Unrelated { .. }
        | Norm::Incompatible { .. }
        | Norm::TermLimit { .. }
        | Norm::Composition { .. }
        | Norm::Proportion { .. } => people::at_all_times(duty, view, start, sink),
        Norm::Quorum { body, share } => {
            attendance::quorum(duty, view, (*body, Some(*share)), (start, since), sink);
        }
        Norm::Never { what } => prohibition::never(duty, view, *what, start, sink),
        Norm::Free { .. } | Norm::Outside { .. } => {}
        Norm::Whichever { .. }
        | Norm::Backed { .. }
        | Norm::EachPaper { .. }
        | Norm::Among { .. }
        | Norm::Lately { .. }
        | Norm::Uptake { .. }
        | Norm::Members { .. } => of_several(duty, view, (start, since), sink),
        Norm::Order { steps, anchor, limit, ever } => {
            let asked =
                order::Order { steps, anchor: *anchor, limit: *limit, ever: *ever };
            order::order(duty, view, asked, (start, since), sink);
        }
        Norm::All(norms) => all::all(duty, view, norms, (start, since), sink),
        Norm::BylawsQuorum { body } => {
            attendance::quorum(duty, view, (*body, None), (start, since), sink);
        }
        Norm::SecondCall { .. } => attendance::two_calls(duty, view, start, sink),
        Norm::Signed { document, .. } => {
            signatures::signed(duty, view, *document, (start, since), sink);
        }
        Norm::EachMember { when, .. } => {
            of_each_member(duty, view, *when, (start, since), sink);
        }
        Norm::Holds(condition) => holding::holds(duty, view, condition, start, sink),
        Norm::Guarded { norm, guard, when } => {
            exception::guarded(duty, view, (norm, *guard, when), since, sink);
        }
        Norm::Contents { document, items } => {
            collection::contents(duty, view, (*document, items), (start, since), sink);
        }
    }
}

/// The kernels of what each of some people owes.
fn of_each_member(
    duty: &Duty<'_>,
    view: &View<'_>,
    when: MemberTime,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    match when {
        MemberTime::Each(cycle) => {
            each_member::in_each(duty, view, cycle, (start, since), sink);
        }
        MemberTime::Always => each_member::always(duty, view, start, sink),
        MemberTime::Within(span) => {
            each_member::after_taking(duty, view, span, start, sink);
        }
    }
}

/// The kernels of duties that rest on several papers, duties or organizations.
fn of_several(
    duty: &Duty<'_>,
    view: &View<'_>,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    match duty.norm {
        Norm::Whichever { .. } => whichever::whichever(duty, view, start, sink),
        Norm::Backed { each, by } => {
            backed::backed(duty, view, (*each, by), (start, since), sink);
        }
        Norm::EachPaper { what, least, cycle } => {
            each_paper::each_paper(duty, view, (*what, *least, *cycle), start, sink);
        }
        Norm::Among { least, norms } => {
            among::among(duty, view, (*least, norms), start, sink);
        }
        Norm::Members { .. } => among::members(duty, view, start, sink),
        Norm::Lately { past, norm, last } => {
            let last = last.as_deref();
            lately::lately(duty, view, (*past, norm, last), since, sink);
        }
        Norm::Uptake { .. } => uptake::uptake(duty, view, start, sink),
        _ => {}
    }
}
