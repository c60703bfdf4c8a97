//! Looking back on a duty's own occasions: so many of the last ones kept in time, or each
//! of a stretch of days.
//!
//! Each occasion is judged by the kernel of its own duty; nothing here knows which that is.

use std::cell::Cell;
use std::collections::VecDeque;

use super::all;
use super::collection::of_a_day;
use super::exception;
use super::slots::{each_bare_slot, each_bare_slot_as_it_was};
use super::view::{Duty, View};
use crate::calendar::{Cycle, Day, MonthCounting, Span};
use crate::norm::{Anchor, Norm, Past};
use crate::verdict::{Applies, Foretold, Slot, Truth, Unknown};

/// Longer than anybody was a member of anything.
const FOR_EVER: Span = Span::Years(1_000);

/// How far a duty that says so itself looks back.
pub(super) fn reach(norm: &Norm) -> Option<Span> {
    match norm {
        Norm::Lately { past: Past::Within { span, .. }, .. } => Some(*span),
        Norm::Guarded { norm, .. } => reach(norm),
        _ => None,
    }
}

/// The same duty where it never stops looking back, with how far it does.
pub(super) fn looking_back_for_ever(norm: &Norm) -> Option<(Norm, Span)> {
    match norm {
        Norm::Lately { past: Past::Within { span, but }, norm, last } => {
            let past = Past::Within { span: FOR_EVER, but: *but };
            let (norm, last) = (norm.clone(), last.clone());
            Some((Norm::Lately { past, norm, last }, *span))
        }
        Norm::Guarded { norm, guard, when } => {
            let (norm, span) = looking_back_for_ever(norm)?;
            let (norm, when) = (Box::new(norm), when.clone());
            Some((Norm::Guarded { norm, guard: *guard, when }, span))
        }
        _ => None,
    }
}

/// The first day on which what began on `from` lies further back than so.
#[inline]
pub(super) fn leaves(from: Day, span: Span) -> Day {
    let mut day = from.plus(span, MonthCounting::ByDate);
    // Of days there are always as many.
    if matches!(span, Span::Days(_) | Span::Weeks(_)) {
        return day;
    }
    while day.minus(span, MonthCounting::ByDate) < from {
        day = day.next();
    }
    day
}

/// The slots of the duty looked back on, with what has become of them.
pub(super) fn lately(
    duty: &Duty<'_>,
    view: &View<'_>,
    (past, norm, last): (Past, &Norm, Option<&Norm>),
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let each = Duty { norm, ..*duty };
    let Some(last) = last else {
        return match past {
            Past::Times { least, of } => times(&each, view, (least, of), since, sink),
            Past::Within { span, but } => {
                let kept = within(&each, view, (span, but), sink);
                kept.iter().for_each(sink);
            }
        };
    };
    let far = match past {
        Past::Times { of, .. } => {
            as_far_as(&each, view, (usize::from(of), Day::EARLIEST))
        }
        Past::Within { .. } => *view,
    };
    let last = fates(&Duty { norm: last, ..*duty }, &far);
    let mut both = |slot: &Slot| {
        let own = last.iter().find(|(from, _)| *from == slot.from);
        let mut slot = *slot;
        slot.truth = match own.map(|(_, fate)| *fate) {
            Some(Fate::Kept(day)) => all::both(slot.truth, Truth::True(day)),
            Some(Fate::Missed) => Truth::False,
            Some(Fate::Unknown(why)) => all::both(slot.truth, Truth::Unknown(why)),
            Some(Fate::Silent(_)) => all::both(slot.truth, Truth::NoEvidence),
            Some(Fate::Absent) | None => slot.truth,
        };
        sink(&slot);
    };
    match past {
        Past::Times { least, of } => times(&each, view, (least, of), since, &mut both),
        Past::Within { span, but } => {
            let kept = within(&each, view, (span, but), &mut both);
            kept.iter().for_each(sink);
        }
    }
}

/// The first day of each occasion, and what has become of it.
fn fates(each: &Duty<'_>, view: &View<'_>) -> Vec<(Day, Fate)> {
    let mut fates = Vec::new();
    each_bare_slot(each, view, Day::EARLIEST, &mut |slot| {
        fates.push((slot.from, fate(each, view, slot)));
    });
    fates
}

/// What has become of one occasion.
#[derive(Clone, Copy)]
enum Fate {
    /// The duty was not asked of the organization.
    Absent,
    Kept(Day),
    Missed,
    Unknown(Unknown),
    /// Nothing was found: missed once this day has come.
    Silent(Day),
}

/// By scope and exceptions on the occasion's first day; late is missed.
fn fate(each: &Duty<'_>, view: &View<'_>, slot: &Slot) -> Fate {
    if slot.applies.is_no() || exception::is_out_of_scope(each, view, slot.from) {
        return Fate::Absent;
    }
    if slot.applies.is_unsure() {
        return Fate::Unknown(Unknown::AttributeMissing);
    }
    become_of(slot)
}

/// The same of a slot of a duty that binds.
fn become_of(slot: &Slot) -> Fate {
    match slot.truth {
        Truth::True(day) | Truth::Explained(day) if day <= slot.grace_end => {
            Fate::Kept(day)
        }
        Truth::TrueUntil(..) => Fate::Kept(slot.opens),
        Truth::Unknown(why) | Truth::UnknownUntil(why, _) => Fate::Unknown(why),
        Truth::NoEvidence => Fate::Silent(slot.lag_end),
        Truth::True(_) | Truth::Explained(_) | Truth::False | Truth::FalseUntil(_) => {
            Fate::Missed
        }
    }
}

/// One slot for each occasion that ends so many: of them, `least` were kept.
fn times(
    each: &Duty<'_>,
    view: &View<'_>,
    (least, of): (u16, u16),
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let of = usize::from(of);
    let mut last: VecDeque<Fate> = VecDeque::with_capacity(of);
    let healthy = view.healthy_through();
    let first = first_needed(each, of, since);
    each_bare_slot(each, &as_far_as(each, view, (of, first)), first, &mut |slot| {
        if last.len() == of {
            last.pop_front();
        }
        last.push_back(fate(each, view, slot));
        if last.len() == of {
            let mut slot = Slot { can_be_late: false, part: None, ..*slot };
            slot.applies = Applies::Yes;
            let asked = |fate: &&Fate| !matches!(fate, Fate::Absent);
            match last.iter().filter(asked).count() {
                0 => slot.applies = Applies::No,
                asked => {
                    let least = usize::from(least).min(asked);
                    slot.truth = enough(&last, (least, asked), &slot, healthy);
                }
            }
            sink(&slot);
        }
    });
}

/// The view from a day on which so many occasions are known, where they come with the
/// calendar; so that the first one that has so many behind it is foretold.
fn as_far_as<'v>(
    each: &Duty<'_>,
    view: &View<'v>,
    (of, first): (usize, Day),
) -> View<'v> {
    let mut view = *view;
    loop {
        let (mut count, mut ahead) = (0, view.as_of.day);
        each_bare_slot(each, &view, first, &mut |slot| {
            (count, ahead) = (count + 1, slot.opens);
        });
        if count >= of || ahead <= view.as_of.day {
            return view;
        }
        view.as_of.day = ahead;
    }
}

/// Whether `least` of the occasions were kept, of `asked` that were asked for.
fn enough(
    last: &VecDeque<Fate>,
    (least, asked): (usize, usize),
    slot: &Slot,
    healthy: Option<Day>,
) -> Truth {
    let (mut kept, mut missed, mut unknown) = (0, 0, None);
    let mut unsure = 0;
    for fate in last {
        match *fate {
            Fate::Absent => {}
            Fate::Kept(_) => kept += 1,
            Fate::Missed => missed += 1,
            Fate::Unknown(why) => (unsure, unknown) = (unsure + 1, Some(why)),
            // Awaited no more than this slot itself is.
            Fate::Silent(until) if until >= slot.lag_end => {}
            Fate::Silent(until) if healthy.is_some_and(|day| until <= day) => missed += 1,
            Fate::Silent(_) => {
                (unsure, unknown) = (unsure + 1, Some(Unknown::FolderUnhealthy));
            }
        }
    }
    if kept >= least {
        return Truth::True(reached(last, least).max(slot.opens));
    }
    match unknown {
        _ if asked - missed < least => Truth::False,
        Some(why) if kept + unsure >= least => Truth::Unknown(why),
        _ => Truth::NoEvidence,
    }
}

/// The day on which so many had been kept.
fn reached(last: &VecDeque<Fate>, least: usize) -> Day {
    let days = || {
        last.iter().filter_map(|fate| match fate {
            Fate::Kept(day) => Some(*day),
            _ => None,
        })
    };
    let by = |day: Day| days().filter(|other| *other <= day).count();
    days().filter(|day| by(*day) >= least).min().unwrap_or(Day::LATEST)
}

/// The day since which occasions are needed, for the first of the look-back to have so many
/// before it.
pub(super) fn first_needed(each: &Duty<'_>, of: usize, since: Day) -> Day {
    let of = u16::try_from(of).unwrap_or(u16::MAX);
    let span = match each.norm {
        Norm::Frequency { cycle, .. } => match cycle {
            Cycle::Week => Span::Weeks(of),
            Cycle::Month => Span::Months(of),
            Cycle::Quarter | Cycle::FiscalQuarter => Span::Months(of.saturating_mul(3)),
            Cycle::HalfYear => Span::Months(of.saturating_mul(6)),
            // A fiscal year may be a long one.
            Cycle::Year | Cycle::FiscalYear => Span::Years(of.saturating_mul(2)),
        },
        Norm::Deadline {
            anchor: Anchor::FiscalYearEnd | Anchor::FiscalYearStart,
            ..
        }
        | Norm::Order {
            anchor: Anchor::FiscalYearEnd | Anchor::FiscalYearStart, ..
        } => Span::Years(of.saturating_mul(2)),
        _ => return Day::EARLIEST,
    };
    since.minus(span, MonthCounting::ByDate).max(Day::EARLIEST)
}

/// The occasions that began in the last `span`, each for itself. Gives, as long as none of them
/// is over, that what is asked is kept.
fn within(
    each: &Duty<'_>,
    view: &View<'_>,
    (span, but): (Span, Option<Span>),
    sink: &mut dyn FnMut(&Slot),
) -> Option<Slot> {
    let today = view.as_of.day;
    let first = today.minus(span, MonthCounting::ByDate).next();
    let (mut over, mut running, mut until) = (false, None, Day::LATEST);
    let ahead = Cell::new(false);
    // What is looked at so long after its first day may be looked at before it opens.
    let far = match but {
        Some(_) => as_far_as_looked_at(each, view, first, but),
        None => *view,
    };
    let mut look_at = |slot: &Slot| {
        if slot.from < first || ahead.get() {
            return;
        }
        let slot = Slot { truth: slot.truth.as_seen_on(today), ..*slot };
        let fate = fate(each, view, &slot);
        let own = looked_at(each, &slot, fate, but);
        // Another version of the rule speaks of it.
        if !each.opening.contains(own.opens) {
            return;
        }
        if !own.applies.is_no() {
            until = until.min(own.due);
        }
        if own.opens <= today && !own.applies.is_no() {
            over |= own.due < today;
            running = running.or(Some(own.from));
        }
        // One that lies ahead is shown, and none after it.
        ahead.set(own.opens > today && follow_each_other(each.norm));
        sink(&own);
    };
    each_bare_slot_as_it_was(each, &far, first, &mut look_at);
    // The first that lies ahead may be too old when it opens.
    if !ahead.get() && but.is_none() && is_of_the_calendar(each.norm) {
        let far = as_far_as_looked_at(each, view, first, but);
        each_bare_slot_as_it_was(each, &far, first, &mut |slot| {
            if today < slot.opens {
                look_at(slot);
            }
        });
    }
    let from = running.filter(|_| !over)?;
    let foretold = Foretold::Through(until);
    Some(Slot { truth: Truth::True(from), foretold, ..of_a_day(each, from) })
}

/// The view from a day on which the first occasion is known that is looked at only after the
/// day judged, where they come with the calendar.
fn as_far_as_looked_at<'v>(
    each: &Duty<'_>,
    view: &View<'v>,
    first: Day,
    but: Option<Span>,
) -> View<'v> {
    let mut far = *view;
    if !is_of_the_calendar(each.norm) {
        return far;
    }
    loop {
        let (mut is_known, mut ahead) = (false, far.as_of.day);
        each_bare_slot(each, &far, first, &mut |slot| {
            let opens =
                but.map_or(slot.opens, |but| settled_after(each, slot, but).opens);
            is_known |= first <= slot.from && view.as_of.day < opens;
            ahead = slot.opens;
        });
        if is_known || ahead <= far.as_of.day {
            return far;
        }
        far.as_of.day = ahead;
    }
}

/// Whether each of its occasions begins later than the one before.
fn follow_each_other(norm: &Norm) -> bool {
    matches!(norm, Norm::Rolling { .. }) || is_of_the_calendar(norm)
}

/// Whether its occasions come with the calendar, one after the other without end.
pub(super) fn is_of_the_calendar(norm: &Norm) -> bool {
    match norm {
        Norm::Frequency { .. } | Norm::FixedDate { .. } => true,
        Norm::Deadline { anchor, .. } | Norm::Order { anchor, .. } => {
            matches!(anchor, Anchor::FiscalYearEnd | Anchor::FiscalYearStart)
        }
        _ => false,
    }
}

/// One of the occasions with what has become of it, as it is looked back on.
fn looked_at(each: &Duty<'_>, slot: &Slot, fate: Fate, but: Option<Span>) -> Slot {
    let mut own = match but {
        Some(but) => settled_after(each, slot, but),
        None => *slot,
    };
    own.can_be_late = false;
    match fate {
        Fate::Absent => own.applies = Applies::No,
        Fate::Kept(day) if but.is_some() => kept_by_then(&mut own, day),
        Fate::Missed => own.truth = Truth::False,
        Fate::Kept(_) | Fate::Unknown(_) | Fate::Silent(_) => {}
    }
    own
}

/// The same where it is known whether the duty binds the organization.
pub(super) fn looked_back_at(
    each: &Duty<'_>,
    slot: &Slot,
    but: Option<Span>,
    binds: bool,
) -> Slot {
    let fate = if binds { become_of(slot) } else { Fate::Absent };
    looked_at(each, slot, fate, but)
}

/// The occasion as it is looked at once it is so long ago.
fn settled_after(each: &Duty<'_>, slot: &Slot, but: Span) -> Slot {
    let mut opens = slot.from.plus(but, MonthCounting::ByDate);
    // Months are not all of one length: the day from which it is counted decides.
    while opens.minus(but, MonthCounting::ByDate) < slot.from {
        opens = opens.next();
    }
    let asked = of_a_day(each, slot.from);
    let due = opens.previous();
    Slot {
        to: due.max(slot.from),
        opens,
        soon: due,
        due,
        grace_end: due,
        lag_end: slot.lag_end.max(due),
        truth: slot.truth,
        applies: slot.applies,
        ..asked
    }
}

/// What was there when it came to be looked at is not late, though it came after the day
/// before.
fn kept_by_then(own: &mut Slot, day: Day) {
    own.truth = Truth::True(day);
    if day <= own.opens {
        (own.due, own.grace_end) = (own.opens, own.opens);
        // A second duty of the occasion may still be awaited.
        own.lag_end = own.lag_end.max(own.opens);
        own.truth = Truth::True(own.opens);
    }
}
