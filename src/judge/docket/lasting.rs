//! Duties that hold at all times, from the columns: of them only the day judged speaks.
//!
//! What was kept and is kept no longer, or again, leaves no trace in the verdict but that
//! there was something. So one slot is looked at: the one that nothing has ended yet.

use super::bound::binds;
use super::{Ordinary, several, uptake};
use crate::calendar::{Day, Span};
use crate::judge::chain;
use crate::judge::scope::{self, Profile, Tri};
use crate::judge::summary::{Seen, Sum};
use crate::judge::view::{Bounds, Duty};
use crate::norm::{Act, Condition, Guard, Norm, Occurrence, TermId};
use crate::timeline::{Aspect, Row, Rows, Subject};
use crate::verdict::{Applies, Slot, State, Truth, Verdict};

/// How a duty stands that holds at all times.
pub(super) struct Stand {
    /// There was a time in which it was kept.
    pub(super) was_kept: bool,
    /// The slot that nothing has ended; none where it is kept for good.
    pub(super) last: Option<Slot>,
    /// The one that something already known begins on a day that lies ahead.
    pub(super) ahead: Option<Slot>,
}

impl Stand {
    /// Kept from some day on, for good.
    pub(super) fn kept() -> Stand {
        Stand { was_kept: true, last: None, ahead: None }
    }
}

/// The verdict of a duty that holds at all times; `None` where the longer way has to be gone.
pub(super) fn verdict(
    duty: &Duty<'_>,
    of: Ordinary<'_>,
    mut sum: Sum,
    leaves: impl Fn(Day) -> Day,
) -> Option<Verdict> {
    let today = of.view.as_of.day;
    let start = of.start.max(duty.in_force.unwrap_or(of.start));
    // What is awaited from the start may still change beside what came after it.
    let settled = start.plus(duty.grace, duty.months).plus(duty.lag, duty.months);
    if today <= settled {
        return None;
    }
    let binds = binds(duty, of.profile, start)?;
    if let (Norm::Rolling { what, gap }, false) = (duty.norm, binds) {
        outside(duty, (of, what), (*gap, start), &mut sum)?;
        return Some(sum.verdict(duty, of.view, leaves));
    }
    let turns = matches!(
        duty.norm,
        Norm::Uptake { .. } | Norm::Among { .. } | Norm::Guarded { .. }
    );
    if turns && !binds {
        return None;
    }
    let stand = stand(duty, of, start)?;
    let outside = State::NotApplicable;
    if stand.was_kept {
        // Where it does not bind, what was kept is over when its time is, and not before.
        let kept = binds.then(|| Seen::kept_before(start))?;
        sum.take(kept, None);
    }
    for mut slot in stand.last.into_iter().chain(stand.ahead) {
        slot.applies = if binds { Applies::Yes } else { Applies::No };
        let state = slot.underlying_on(today, Some(Day::LATEST));
        (slot.underlying, slot.state) = (state, state);
        let change = slot.next_change(today, state, Some(Day::LATEST));
        sum.take((&slot).into(), change.filter(|_| state != outside));
    }
    Some(sum.verdict(duty, of.view, leaves))
}

/// How the duty stands; `None` where the longer way has to be gone.
fn stand(duty: &Duty<'_>, of: Ordinary<'_>, start: Day) -> Option<Stand> {
    match duty.norm {
        Norm::Rolling { what, gap } => rolling(duty, (of, what), *gap, start),
        Norm::Standing { what, review } => standing(duty, (of, what), *review, start),
        Norm::Size { body, least, most } => {
            size(duty, (of, *body), (*least, *most), start)
        }
        Norm::Holds(condition) => holds(duty, of.profile, condition, start),
        Norm::Uptake { .. } => uptake::stand(duty, of, start),
        Norm::Among { least, norms } => several::stand(duty, of, (*least, norms), start),
        Norm::Guarded { norm, guard: Guard::Enough, when } => {
            let stand = stand(&Duty { norm, ..*duty }, of, start)?;
            enough(stand, of.profile, when, start)
        }
        _ => None,
    }
}

/// The same where it is enough that something is so of the organization, and always was.
fn enough(
    stand: Stand,
    profile: &Profile,
    when: &Condition,
    start: Day,
) -> Option<Stand> {
    if !profile.is_unchanged_since(start) || when.follows_the_year() {
        return None;
    }
    let kept = |slot: Slot| {
        let truth = Truth::True(slot.due.min(slot.from));
        Slot { truth, ..slot }
    };
    match scope::holds(when, profile, start) {
        Tri::False => Some(stand),
        Tri::True => {
            let (last, ahead) = (stand.last.map(kept), stand.ahead.map(kept));
            Some(Stand { was_kept: stand.was_kept, last, ahead })
        }
        Tri::Unknown => None,
    }
}

/// The rows of what was done, none of which lies ahead.
fn done(of: Ordinary<'_>, what: Occurrence) -> Option<Rows<'_>> {
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let rows = of.columns.asked(subject, &what)?;
    let (_, ahead) = rows.by(of.view.as_of.day);
    ahead.is_empty().then_some(rows)
}

fn rolling(
    duty: &Duty<'_>,
    (of, what): (Ordinary<'_>, &Occurrence),
    gap: Span,
    start: Day,
) -> Option<Stand> {
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let (past, ahead) = of.columns.asked(subject, what)?.by(of.view.as_of.day);
    let last = past.last().map(|row| row.day).filter(|day| *day > start);
    let link = |from: Day, next: Option<Day>| {
        let due = from.plus(gap, duty.months);
        let slot = duty.slot(Bounds { from, to: due, opens: from, due });
        next.map_or(slot, |day| Slot { truth: Truth::True(day), ..slot })
    };
    let mut days = ahead.iter().map(|row| row.day).filter(|day| *day > start);
    let next = days.next();
    let after = next.and_then(|next| days.find(|day| *day > next));
    Some(Stand {
        was_kept: last.is_some(),
        last: Some(link(last.unwrap_or(start), next)),
        ahead: next.map(|next| link(next, after)),
    })
}

/// From each event to the day by which the next is needed, where nobody asks for it: each
/// is over when its time is, whether something was done or not.
fn outside(
    duty: &Duty<'_>,
    (of, what): (Ordinary<'_>, &Occurrence),
    (gap, start): (Span, Day),
    sum: &mut Sum,
) -> Option<()> {
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let rows = of.columns.asked(subject, what)?.rows;
    let (today, since) = (of.view.as_of.day, sum.reach(duty));
    let mut take = |from: Day| {
        let due = from.plus(gap, duty.months);
        sum.take_settled((from, from, due), State::NotApplicable);
    };
    let mut from = start;
    let mut old = None;
    for day in rows.iter().map(|row| row.day).filter(|day| *day > start) {
        if day == from {
            continue;
        }
        if day < since && from.plus(gap, duty.months) < since {
            old = Some(from);
        } else {
            old.take().into_iter().chain([from]).for_each(&mut take);
        }
        if from > today {
            return Some(());
        }
        from = day;
    }
    old.into_iter().chain([from]).for_each(take);
    Some(())
}

fn standing(
    duty: &Duty<'_>,
    (of, what): (Ordinary<'_>, &Occurrence),
    review: Option<Span>,
    start: Day,
) -> Option<Stand> {
    let rows = done(of, *what)?;
    let act = |act| done(of, Occurrence { act, by: None, to: None, ..*what });
    // A paper that does not say that it was adopted has to be looked at.
    if what.act != Act::Prepare && !act(Act::Prepare)?.rows.is_empty() {
        return None;
    }
    let renewed = match (review, what.act) {
        (None, _) | (_, Act::Review) => None,
        // A review that says itself how long it holds has to be looked at.
        _ => Some(act(Act::Review)?).filter(|rows| !rows.are_validities())?.rows.last(),
    };
    // The cover that lasts longest, and from which day it does.
    let cover = match review {
        _ if rows.are_validities() => {
            let ends = |row: &Row| {
                rows.until(row).or_else(|| Some(row.day.plus(review?, duty.months)))
            };
            let covers =
                rows.rows.iter().map(|row| (ends(row).unwrap_or(Day::LATEST), row.day));
            covers.reduce(|one, other| if other.0 > one.0 { other } else { one })
        }
        None => rows.rows.first().map(|row| (Day::LATEST, row.day)),
        Some(span) => {
            let last =
                rows.rows.last().into_iter().chain(renewed).map(|row| row.day).max();
            last.map(|day| (day.plus(span, duty.months), day))
        }
    };
    let cover = cover.filter(|(to, _)| *to >= start);
    let (due, opens, from) = match cover {
        Some((Day::LATEST, _)) => return Some(Stand::kept()),
        Some((to, from)) => (to, from, to.next()),
        None => (start, start, start),
    };
    let slot = duty.slot_of_state(Bounds { from, to: due, opens, due });
    Some(Stand { was_kept: cover.is_some(), last: Some(slot), ahead: None })
}

/// What is so of the organization from the first day on, and never changed.
fn holds(
    duty: &Duty<'_>,
    profile: &Profile,
    condition: &Condition,
    start: Day,
) -> Option<Stand> {
    if !profile.is_unchanged_since(start) || condition.follows_the_year() {
        return None;
    }
    match scope::holds(condition, profile, start) {
        Tri::True => Some(Stand::kept()),
        Tri::False => {
            let slot = Slot { truth: Truth::False, ..chain::broken(duty, start) };
            Some(Stand { was_kept: false, last: Some(slot), ahead: None })
        }
        Tri::Unknown => None,
    }
}

fn size(
    duty: &Duty<'_>,
    (of, body): (Ordinary<'_>, TermId),
    (least, most): (Option<u16>, Option<u16>),
    start: Day,
) -> Option<Stand> {
    let nobody = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let rows = |aspect| of.columns.asked(Subject::new(body, aspect), &nobody);
    let register = &of.profile.register;
    let listed = !register.seats.is_empty() || !register.whole.is_empty();
    if listed || !rows(Aspect::Seat)?.rows.is_empty() {
        return None;
    }
    let rows = rows(Aspect::Size)?;
    let (_, ahead) = rows.by(of.view.as_of.day);
    if !ahead.is_empty() {
        return None;
    }
    // The last stretch of days on which it was not kept, as far as the sizes say.
    let mut broken: Option<Day> = None;
    let mut stated = false;
    for (day, count) in rows.last_counts() {
        let kept = least.is_none_or(|least| least <= count)
            && most.is_none_or(|most| count <= most);
        broken = if kept { None } else { broken.or(Some(day.max(start))) };
        stated = true;
    }
    Some(match (stated, broken) {
        (true, None) => Stand::kept(),
        (true, Some(day)) => {
            let slot = Slot { truth: Truth::False, ..chain::broken(duty, day) };
            Stand { was_kept: true, last: Some(slot), ahead: None }
        }
        (false, _) => {
            let truth = Truth::Unknown(crate::verdict::Unknown::NotStated);
            let slot = Slot { truth, ..chain::asked(duty, start) };
            Stand { was_kept: false, last: Some(slot), ahead: None }
        }
    })
}
