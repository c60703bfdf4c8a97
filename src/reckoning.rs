//! How the days and shares of a slot were counted, as sums that anybody can do again:
//! "30 June 2026 + 4 months = 31 October 2026", "5 of 9 present, 5 needed".

use crate::calendar::{Day, Span};
use crate::judge::{self, Duty, View};
use crate::lexicon::month;
use crate::lexicon::unit;
use crate::norm::{Act, Anchor, Limit, Norm, Share, TermId};
use crate::timeline::{Aspect, Subject};
use crate::verdict::Slot;

/// The sums of a slot, English and Arabic; none for what is not counted.
pub fn sums(duty: &Duty<'_>, view: &View<'_>, slot: &Slot) -> Vec<[String; 2]> {
    let asked = judge::judged_by(duty, view.profile, (slot.opens, slot.from));
    let norm = asked.first().map_or(duty.norm, |duty| duty.norm);
    let mut sums = Vec::new();
    if let Some((trigger, span)) = counted(norm, slot) {
        let due = end(duty, view, trigger, span);
        sums.push(sum(trigger, span, due));
        sums.extend(stood_still(due, slot.due));
    }
    if slot.grace_end != slot.due {
        let end = end(duty, view, slot.due, duty.grace);
        sums.push(sum(slot.due, duty.grace, end));
        sums.extend(stood_still(end, slot.grace_end));
    }
    let after = slot.due.max(slot.grace_end);
    if after < Day::LATEST && slot.lag_end != after && slot.lag_end < Day::LATEST {
        let end = end(duty, view, after, duty.lag);
        sums.push(sum(after, duty.lag, end));
        sums.extend(stood_still(end, slot.lag_end));
    }
    sums.extend(attended(norm, view, slot));
    // Where nobody knows which of two is asked, both are told.
    sums.extend(asked.iter().filter_map(|duty| size(duty.norm, view, slot)));
    sums
}

/// The day from which a slot's time is counted, and how long it is.
fn counted(norm: &Norm, slot: &Slot) -> Option<(Day, Span)> {
    match norm {
        Norm::Deadline { anchor, within, .. } => Some((anchored(*anchor, slot), *within)),
        Norm::Order { anchor, limit: Limit::Within(span), .. } => {
            Some((anchored(*anchor, slot), *span))
        }
        Norm::Whichever { within, .. } => Some((slot.from, *within)),
        Norm::Rolling { gap, .. } => Some((slot.from, *gap)),
        Norm::Guarded { norm, .. } => counted(norm, slot),
        _ => None,
    }
    .filter(|(trigger, _)| *trigger > Day::EARLIEST && slot.due < Day::LATEST)
}

fn anchored(anchor: Anchor, slot: &Slot) -> Day {
    match anchor {
        Anchor::FiscalYearEnd => slot.to,
        _ => slot.from,
    }
}

fn end(duty: &Duty<'_>, view: &View<'_>, trigger: Day, span: Span) -> Day {
    match span {
        Span::WorkingDays(days) => view.profile.working.after(trigger, days),
        span => trigger.plus(span, duty.months),
    }
}

fn sum(from: Day, span: Span, to: Day) -> [String; 2] {
    let ([from, min], [to, ila]) = (month::date(from), month::date(to));
    let [span, mudda] = unit::span_alone(span);
    [format!("{from} + {span} = {to}"), format!("{min} + {mudda} = {ila}")]
}

/// The days by which windows moved the end, or the next event brought it nearer.
fn stood_still(end: Day, really: Day) -> Option<[String; 2]> {
    let days =
        u16::try_from(really.0.checked_sub(end.0)?).ok().filter(|days| *days > 0)?;
    Some(sum(end, Span::Days(days), really)).map(|[english, arabic]| {
        [format!("{english}: the clock stood still"), format!("{arabic}: توقفت المدد")]
    })
}

/// Who came, and how many were needed.
fn attended(norm: &Norm, view: &View<'_>, slot: &Slot) -> Vec<[String; 2]> {
    let Norm::Quorum { body, share } = norm else { return Vec::new() };
    let meets = Subject::new(*body, Aspect::Done(Act::Meet));
    let meetings = view.timeline.of(meets).iter();
    let meetings =
        meetings.filter(|entry| entry.day == slot.from && entry.is_known(view.as_of));
    let counted = meetings.filter_map(|meeting| {
        let of = members(view, *body, slot.from).or(meeting.of)?;
        Some((meeting.count?, of, needed(*share, of)))
    });
    let mut counted: Vec<(u16, u16, u32)> = counted.collect();
    counted.dedup();
    let say = |(present, of, needed): (u16, u16, u32)| {
        [
            format!("{present} of {of} present, {needed} needed"),
            format!("الحضور {present} من أصل {of}، والمطلوب {needed}"),
        ]
    };
    counted.into_iter().map(say).collect()
}

fn members(view: &View<'_>, body: TermId, on: Day) -> Option<u16> {
    let listed = view.profile.register.holders(body, on)?;
    u16::try_from(listed.len()).ok()
}

/// The fewest who are that share.
fn needed(share: Share, of: u16) -> u32 {
    let (numerator, denominator) =
        (u32::from(share.numerator), u32::from(share.denominator));
    let whole = u32::from(of) * numerator;
    if share.exclusive {
        whole.checked_div(denominator).unwrap_or_default() + 1
    } else {
        whole.div_ceil(denominator.max(1))
    }
}

/// The members that there are, and how many there should be.
fn size(norm: &Norm, view: &View<'_>, slot: &Slot) -> Option<[String; 2]> {
    let Norm::Size { body, least, most } = norm else { return None };
    let day = view.as_of.day.min(slot.to);
    let sizes = view.timeline.of(Subject::new(*body, Aspect::Size)).iter();
    let mut stated = sizes.filter(|entry| entry.day <= day && entry.is_known(view.as_of));
    let stated = stated.next_back().and_then(|entry| entry.count);
    let have = members(view, *body, day).or(stated)?;
    let (least_said, most_said) = (least.unwrap_or_default(), most.unwrap_or_default());
    Some(match (least, most) {
        (Some(_), Some(_)) => [
            format!("{have} members, between {least_said} and {most_said} asked"),
            format!("عدد الأعضاء {have}، والمطلوب بين {least_said} و{most_said}"),
        ],
        (None, Some(_)) => [
            format!("{have} members, at most {most_said} asked"),
            format!("عدد الأعضاء {have}، والمطلوب {most_said} على الأكثر"),
        ],
        _ => [
            format!("{have} members, at least {least_said} asked"),
            format!("عدد الأعضاء {have}، والمطلوب {least_said} على الأقل"),
        ],
    })
}
