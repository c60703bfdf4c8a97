//! When a letter may leave: at the day's slot, outside of quiet days and quiet hours.
//!
//! Works on civil days and times; whose they are is the caller's to know.

use super::Body;
use super::Letter;
use crate::calendar::Day;
use crate::calendar::WorkingWeek;
use crate::config::hours::Hours;
use crate::config::hours::Minute;
use crate::program::Severity;

/// A time of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub day: Day,
    pub minute: Minute,
}

/// How much a letter can wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// It answers what somebody has just done, or the machine is in need.
    AtOnce,
    /// A grave finding: within the hour, of those in which people work.
    InWorkingTime,
    /// At the day's slot, with the others of that day.
    AtTheSlot,
}

/// Quiet days in a row, after which a letter leaves all the same.
const QUIET_DAYS_MAX: usize = 31;

/// How much a letter can wait.
pub fn haste(body: &Body) -> Haste {
    match body {
        Body::Receipt(_)
        | Body::Problem(_)
        | Body::Answer(_)
        | Body::FirstSummary(_)
        | Body::HostHealth(_)
        | Body::Test => Haste::AtOnce,
        Body::Finding(finding) if finding.rule.severity >= Severity::High => {
            Haste::InWorkingTime
        }
        Body::Finding(_)
        | Body::Resolved(_)
        | Body::DueSoon(_)
        | Body::Overdue(_)
        | Body::Digest(_)
        | Body::OfficerSummary(_)
        | Body::IndexDelta(_)
        | Body::MethodNotice(_)
        | Body::Undeliverable(_)
        | Body::WaiverEnding(_)
        | Body::Flapping(_) => Haste::AtTheSlot,
    }
}

/// When a letter that was written at a moment leaves. One that is of use until a day leaves
/// on a quiet day rather than after it.
pub fn leaves(
    letter: &Letter,
    written: Moment,
    hours: &Hours,
    week: &WorkingWeek,
) -> Moment {
    let haste = haste(&letter.body);
    let ready = match haste {
        Haste::AtOnce => return written,
        Haste::InWorkingTime => written,
        Haste::AtTheSlot => next_slot(hours.slot, written),
    };
    let until = of_use_until(&letter.body);
    let is_quiet = |day: Day| {
        hours.quiet_weekdays.contains(&day.weekday())
            || hours.quiet_weekend && week.weekend.contains(&day.weekday())
            || hours.quiet_holidays
                && week.holidays.iter().any(|holiday| holiday.contains(day))
    };
    let mut leaves = ready;
    for _ in 0..QUIET_DAYS_MAX {
        let awake = after_quiet_hours(hours, leaves);
        if !is_quiet(awake.day) {
            return match until {
                Some(until) if awake.day > until => {
                    in_time(hours, (written, ready), until)
                }
                _ => awake,
            };
        }
        leaves = Moment { day: awake.day.next(), minute: morning(hours, haste) };
    }
    after_quiet_hours(hours, ready)
}

/// Before it is of no use any more, quiet day or not.
fn in_time(hours: &Hours, (written, ready): (Moment, Moment), until: Day) -> Moment {
    let slot = after_quiet_hours(hours, ready);
    if slot.day <= until { slot } else { after_quiet_hours(hours, written) }
}

/// When letters first leave on a day.
fn morning(hours: &Hours, haste: Haste) -> Minute {
    let awake = hours.quiet_hours.map(|(_, to)| to);
    let first = match haste {
        Haste::AtTheSlot => hours.slot.or(awake),
        Haste::AtOnce | Haste::InWorkingTime => awake.or(hours.slot),
    };
    first.unwrap_or(0)
}

fn next_slot(slot: Option<Minute>, written: Moment) -> Moment {
    match slot {
        None => written,
        Some(minute) if written.minute <= minute => Moment { minute, ..written },
        Some(minute) => Moment { day: written.day.next(), minute },
    }
}

fn after_quiet_hours(hours: &Hours, moment: Moment) -> Moment {
    match hours.quiet_hours {
        Some((from, to)) if hours.is_quiet(moment.minute) => {
            let night = from > to && moment.minute >= from;
            let day = if night { moment.day.next() } else { moment.day };
            Moment { day, minute: to }
        }
        _ => moment,
    }
}

/// The last day on which a letter says something that is still ahead.
fn of_use_until(body: &Body) -> Option<Day> {
    match body {
        Body::DueSoon(due) => Some(due.due),
        Body::WaiverEnding(waiver) => Some(waiver.ends),
        _ => None,
    }
}

impl Letter {
    /// The same letter, read on a day: what it says of days is counted from there.
    pub fn read_on(&mut self, day: Day) {
        match &mut self.body {
            Body::DueSoon(due) => due.as_of = due.as_of.max(day),
            Body::Overdue(overdue) => overdue.as_of = overdue.as_of.max(day),
            Body::WaiverEnding(waiver) => waiver.as_of = waiver.as_of.max(day),
            _ => {}
        }
    }
}
