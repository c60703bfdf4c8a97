//! Duties that hold at all times, from the columns: of them only the day judged speaks.
//!
//! What was kept and is kept no longer, or again, leaves no trace in the verdict but that
//! there was something. So one slot is looked at: the one that nothing has ended yet.

use std::cmp::Reverse;

use super::bound::Whom;
use super::memo::Memo;
use super::sketch::{Sketch, Stand};
use super::{Ordinary, several, uptake};
use crate::calendar::{Day, Span};
use crate::judge::course::{has_courses, is_between};
use crate::judge::scope::{self, Tri};
use crate::judge::summary::{Seen, Settled, Sum};
use crate::judge::view::Duty;
use crate::norm::{Act, Condition, Guard, Norm, Occurrence, TermId};
use crate::timeline::{Aspect, Row, Rows, Subject};
use crate::verdict::{Applies, State, Verdict};

/// The verdict of a duty that holds at all times; `None` where the longer way has to be gone.
pub(super) fn verdict(
    (duty, whom): (&Duty<'_>, &Whom),
    of: &Ordinary<'_>,
    memo: &Memo,
    sum: impl Fn() -> Sum,
    leaves: impl Fn(Day) -> Day,
) -> Option<Verdict> {
    let today = of.view.as_of.day;
    let start = of.start.max(duty.in_force.unwrap_or(of.start));
    // What is awaited from the start may still change beside what came after it.
    let at_once = duty.grace == Span::Days(0) && duty.lag == Span::Days(0);
    let settled = || start.plus(duty.grace, duty.months).plus(duty.lag, duty.months);
    if today <= if at_once { start } else { settled() } {
        return None;
    }
    let binds = whom.binds(duty, of, start)?;
    if let (Norm::Rolling { what, gap }, false) = (duty.norm, binds) {
        return outside(duty, (of, what), (*gap, start));
    }
    let turns = matches!(
        duty.norm,
        Norm::Uptake { .. } | Norm::Among { .. } | Norm::Guarded { .. }
    );
    if turns && !binds {
        return None;
    }
    let stand = match duty.norm {
        Norm::Holds(_) if !binds => unasked(of, start)?,
        norm => stand(norm, duty, of, start)?,
    };
    if stand.was_kept && !binds {
        // What was kept is over when its time is, and not before.
        return None;
    }
    let key = stand.key(binds);
    if let Some(known) = memo.known(key) {
        return Some(known);
    }
    Some(memo.keep(key, reckon(duty, of, (stand, binds), sum(), leaves)))
}

/// Whether nothing inside a duty goes by the fiscal year, and its parts have courses.
pub(super) fn has_short_ways(duty: &Duty<'_>) -> bool {
    match duty.norm {
        Norm::Holds(condition) => !condition.follows_the_year(),
        Norm::Guarded { norm, when, .. } => {
            !when.follows_the_year() && has_short_ways(&Duty { norm, ..*duty })
        }
        Norm::Among { .. } => has_courses(duty),
        _ => true,
    }
}

#[cold]
fn reckon(
    duty: &Duty<'_>,
    of: &Ordinary<'_>,
    (stand, binds): (Stand, bool),
    mut sum: Sum,
    leaves: impl Fn(Day) -> Day,
) -> Verdict {
    let today = of.view.as_of.day;
    if stand.was_kept {
        sum.take(Seen::kept_before(of.start), None);
    }
    for sketch in stand.last.into_iter().chain(stand.ahead) {
        let mut slot = sketch.slot(duty);
        slot.applies = if binds { Applies::Yes } else { Applies::No };
        let state = slot.underlying_on(today, Some(Day::LATEST));
        (slot.underlying, slot.state) = (state, state);
        let change = slot.next_change(today, state, Some(Day::LATEST));
        sum.take((&slot).into(), change.filter(|_| state != State::NotApplicable));
    }
    sum.verdict(duty, of.view, leaves)
}

/// How what the duty asks stands, or a part of it; `None` where the longer way has to be gone.
fn stand(norm: &Norm, duty: &Duty<'_>, of: &Ordinary<'_>, start: Day) -> Option<Stand> {
    match norm {
        Norm::Rolling { what, gap } => rolling(duty, (of, what), *gap, start),
        Norm::Standing { what, review } => standing(duty, (of, what), *review, start),
        Norm::Size { body, least, most } => size((of, *body), (*least, *most), start),
        Norm::Holds(condition) => holds(of, condition, start),
        Norm::Uptake { .. } => uptake::stand(norm, of, start),
        Norm::Among { least, norms } => {
            several::stand(duty, of, (*least, norms), (start, false))
        }
        Norm::Guarded { norm, guard: Guard::Enough, when } => {
            enough((norm, duty), of, when, start)
        }
        _ => None,
    }
}

/// The same where it is enough that something is so of the organization, and always was.
fn enough(
    (norm, duty): (&Norm, &Duty<'_>),
    of: &Ordinary<'_>,
    when: &Condition,
    start: Day,
) -> Option<Stand> {
    if !of.is_unchanged_since(start) {
        return None;
    }
    match scope::holds(when, of.profile, start) {
        Tri::False => stand(norm, duty, of, start),
        Tri::True => {
            let stand = match norm {
                Norm::Among { least, norms } => {
                    several::stand(duty, of, (*least, norms), (start, true))?
                }
                norm => stand(norm, duty, of, start)?,
            };
            let (last, ahead) =
                (stand.last.map(Sketch::excused), stand.ahead.map(Sketch::excused));
            Some(Stand { was_kept: stand.was_kept, last, ahead })
        }
        Tri::Unknown => None,
    }
}

/// The rows of what was done, none of which lies ahead.
fn done<'a>(of: &Ordinary<'a>, what: Occurrence) -> Option<Rows<'a>> {
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let rows = of.columns.asked(subject, &what)?;
    let (_, ahead) = rows.by(of.view.as_of.day);
    ahead.is_empty().then_some(rows)
}

fn rolling(
    duty: &Duty<'_>,
    (of, what): (&Ordinary<'_>, &Occurrence),
    gap: Span,
    start: Day,
) -> Option<Stand> {
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let (past, ahead) = of.columns.asked(subject, what)?.by(of.view.as_of.day);
    let last = past.last().map(|row| row.day()).filter(|day| *day > start);
    let link = |from: Day, next: Option<Day>| {
        let link = Sketch::link(duty, gap, from);
        next.map_or(link, |day| link.kept_on(day))
    };
    let mut days = ahead.iter().map(|row| row.day()).filter(|day| *day > start);
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
    (of, what): (&Ordinary<'_>, &Occurrence),
    (gap, start): (Span, Day),
) -> Option<Verdict> {
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let rows = of.columns.asked(subject, what)?.rows;
    let today = of.view.as_of.day;
    let (mut runs_until, mut ahead) = (None, None);
    let days = rows.iter().map(|row| row.day()).filter(|day| *day > start);
    for from in std::iter::once(start).chain(days) {
        if today < from {
            ahead = Some(from);
            break;
        }
        // What lasts no longer than its own day is over with it.
        let due = from.plus(gap, duty.months);
        let over = if due == from { due } else { due.next() };
        if today < over {
            runs_until = runs_until.or(Some(over));
        }
    }
    Some(Settled::of_nobody(runs_until, ahead))
}

fn standing(
    duty: &Duty<'_>,
    (of, what): (&Ordinary<'_>, &Occurrence),
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
                rows.until(row).or_else(|| Some(row.day().plus(review?, duty.months)))
            };
            let covers =
                rows.rows.iter().map(|row| (ends(row).unwrap_or(Day::LATEST), row.day()));
            let renewal = renewed.zip(review).map(|(row, span)| {
                let day = row.day();
                (day.plus(span, duty.months), day)
            });
            // Of those that last as long the first to begin.
            covers.chain(renewal).max_by_key(|(to, from)| (*to, Reverse(*from)))
        }
        None => rows.rows.first().map(|row| (Day::LATEST, row.day())),
        Some(span) => {
            let last =
                rows.rows.last().into_iter().chain(renewed).map(|row| row.day()).max();
            last.map(|day| (day.plus(span, duty.months), day))
        }
    };
    let cover = cover.filter(|(to, _)| *to >= start);
    let last = match cover {
        Some((Day::LATEST, _)) => return Some(Stand::kept()),
        Some((to, from)) => Sketch::lapse(to.next(), to).since(from),
        None => Sketch::lapse(start, start),
    };
    Some(Stand { was_kept: cover.is_some(), last: Some(last), ahead: None })
}

/// Of what is so of the organization nothing is seen where nobody asks for it.
fn unasked(of: &Ordinary<'_>, start: Day) -> Option<Stand> {
    let last = Some(Sketch::broken(start));
    let lasts = of.is_unchanged_since(start);
    lasts.then_some(Stand { was_kept: false, last, ahead: None })
}

/// What is so of the organization from the first day on, and never changed.
fn holds(of: &Ordinary<'_>, condition: &Condition, start: Day) -> Option<Stand> {
    if !of.is_unchanged_since(start) {
        return None;
    }
    match scope::holds(condition, of.profile, start) {
        Tri::True => Some(Stand::kept()),
        Tri::False => Some(Stand {
            was_kept: false,
            last: Some(Sketch::broken(start)),
            ahead: None,
        }),
        Tri::Unknown => None,
    }
}

fn size(
    (of, body): (&Ordinary<'_>, TermId),
    bounds: (Option<u16>, Option<u16>),
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
        let kept = is_between(bounds, count);
        broken = if kept { None } else { broken.or(Some(day.max(start))) };
        stated = true;
    }
    Some(match (stated, broken) {
        (true, None) => Stand::kept(),
        (true, Some(day)) => {
            Stand { was_kept: true, last: Some(Sketch::broken(day)), ahead: None }
        }
        (false, _) => {
            Stand { was_kept: false, last: Some(Sketch::unstated(start)), ahead: None }
        }
    })
}
