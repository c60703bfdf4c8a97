//! When letters that depend on the day are due: reminders, digests, the index.
//!
//! Each function answers for one matter on one day with the letter's `window`. A window is
//! written once (letters are unique by recipient, kind, subject key and window), so asking
//! again the same day, or after days of standing still, neither repeats nor skips a letter.

use crate::calendar::Cycle;
use crate::calendar::Day;
use crate::calendar::Period;

/// Days before the due day at which a person is reminded.
const REMINDERS_BEFORE: [i32; 3] = [1, 7, 30];

/// Days between two reminders of an open finding, and before the first.
const OVERDUE_EVERY_DAYS: i32 = 7;

/// Days after which the compliance officer receives the reminders too.
const ESCALATE_AFTER_DAYS: i32 = 14;

/// Days before the last day of a waiver at which people are told.
const WAIVER_ENDS: [i32; 2] = [7, 30];

/// Days in which a finding may open and close [`TURNS_MAX`] times, and no more.
const TURNS_DAYS: i32 = 14;

/// Twice found and twice settled is a bad fortnight; more is a fault of a file or of ours.
const TURNS_MAX: usize = 4;

/// A change of the index, in tenths of points, that is told at once.
const INDEX_CHANGE_TOLD: i32 = 30;

/// A reminder of an open finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueTurn {
    pub window: String,
    /// From 1.
    pub reminder: u32,
    pub escalated: bool,
}

/// A letter that gathers a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatherTurn {
    pub window: String,
    pub over: Period,
}

/// The window of the *due soon* letter about a duty due on `due`: `30`, `7` or `1`, the
/// stage that `as_of` is in; `None` earlier, and once the day has passed.
pub fn due_soon(due: Day, as_of: Day) -> Option<String> {
    let left = due.0.checked_sub(as_of.0).filter(|left| *left >= 0)?;
    let stage = REMINDERS_BEFORE.into_iter().find(|stage| left <= *stage)?;
    Some(stage.to_string())
}

/// Rises from one *due soon* letter to the next, so that calendars take a moved day; between
/// two there is room for the entry that takes it away.
pub fn due_soon_sequence(window: &str) -> u32 {
    let stage = REMINDERS_BEFORE.iter().rev().position(|days| days.to_string() == window);
    stage.and_then(|stage| u32::try_from(stage * 2).ok()).unwrap_or(0)
}

/// The sequence of the entry that takes a due day away on `as_of`: above that of the last
/// reminder, below that of the next, should the duty be owed again.
pub fn end_sequence(due: Day, as_of: Day) -> u32 {
    let last = due_soon(due, as_of).unwrap_or_else(|| REMINDERS_BEFORE[0].to_string());
    due_soon_sequence(&last) + 1
}

/// The reminder of a finding that was opened on `opened` and is still owed: the first seven
/// days later, then weekly. After standing still for weeks only the latest is written.
pub fn overdue(opened: Day, as_of: Day) -> Option<OverdueTurn> {
    let open = as_of.0.checked_sub(opened.0)?;
    let reminder =
        u32::try_from(open / OVERDUE_EVERY_DAYS).ok().filter(|turn| *turn > 0)?;
    Some(OverdueTurn {
        window: format!("reminder-{reminder}"),
        reminder,
        escalated: open >= ESCALATE_AFTER_DAYS,
    })
}

/// The window of the letter about a waiver whose last day is `ends`: `30` or `7`, the stage
/// that `as_of` is in; `None` earlier, and once it has ended.
pub fn waiver_ending(ends: Day, as_of: Day) -> Option<String> {
    let left = ends.0.checked_sub(as_of.0).filter(|left| *left >= 0)?;
    let stage = WAIVER_ENDS.into_iter().find(|stage| left <= *stage)?;
    Some(stage.to_string())
}

/// The days on which a letter about a waiver is due.
pub fn waiver_stages(ends: Day) -> [Day; 2] {
    WAIVER_ENDS.map(|left| ends.plus_days(-left))
}

/// A time in which a finding did not hold still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unrest {
    /// How many times it had opened and closed when it was told of last.
    pub told: usize,
    /// The day of the turn that was one too many.
    pub since: Day,
    /// The day on which it holds still again, if it stays as it is.
    pub until: Day,
}

/// The last time of unrest among a finding's turns up to a day; it may be over. `turns` are
/// the days on which it opened and closed, in order.
pub fn unrest(turns: &[Day], as_of: Day) -> Option<Unrest> {
    let mut last: Option<Unrest> = None;
    for (at, days) in turns.windows(TURNS_MAX + 1).enumerate() {
        let [first, .., latest] = days else { continue };
        let until = first.plus_days(TURNS_DAYS);
        if *latest > as_of || until <= *latest {
            continue;
        }
        last = match last {
            Some(unrest) if *latest < unrest.until => Some(Unrest { until, ..unrest }),
            _ => Some(Unrest { told: at + TURNS_MAX, since: *latest, until }),
        };
    }
    last
}

/// The weekly digest and the officer's summary: on `weekday` (0 = Sunday … 6 = Saturday), or
/// the first day after it that anybody asks, over the seven days before it.
pub fn digest(as_of: Day, weekday: u8) -> GatherTurn {
    let since = i32::from((as_of.weekday() + 7 - weekday.min(6)) % 7);
    let turn = as_of.plus_days(-since);
    let over = Period { from: turn.plus_days(-7), to: turn.previous() };
    GatherTurn { window: format!("week-{}", over.from), over }
}

/// The index letter of the last full month, `None` when the value last told is from this
/// month already.
pub fn index_of_month(last_told: Day, as_of: Day) -> Option<GatherTurn> {
    let this_month = Period::holding(as_of, Cycle::Month);
    let over = Period::holding(this_month.from.previous(), Cycle::Month);
    (last_told < this_month.from)
        .then(|| GatherTurn { window: format!("month-{}", over.from), over })
}

/// The index letter of a day on which the shown value, in tenths, lies 3 points or more from
/// the value last told, or appeared, or vanished.
pub fn index_of_day(told: Option<i32>, now: Option<i32>, as_of: Day) -> Option<String> {
    let moved = match (told, now) {
        (Some(told), Some(now)) => told.abs_diff(now) >= INDEX_CHANGE_TOLD.unsigned_abs(),
        (None, None) => false,
        _ => true,
    };
    moved.then(|| format!("day-{as_of}"))
}
