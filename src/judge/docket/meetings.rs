//! Duties of each meeting of a body, from the columns.

use super::Ordinary;
use super::bound::Whom;
use crate::calendar::{Day, Span};
use crate::judge::collection::of_a_day;
use crate::judge::sorts::Sort;
use crate::judge::summary::{Days, Seen, Sum};
use crate::judge::view::Duty;
use crate::norm::{Act, Counting, Occurrence, Share, TermId};
use crate::timeline::{Aspect, Row, Rows, Subject};
use crate::verdict::{Applies, Slot, Truth, Verdict};

/// The verdict over each meeting of the look-back, and where there was none in it over the
/// last one before; `None` where the longer way has to be gone.
pub(super) fn verdict(
    (duty, whom): (&Duty<'_>, &Whom),
    of: &Ordinary<'_>,
    (body, share): (TermId, Share),
    mut sum: Sum,
    leaves: impl Fn(Day) -> Day,
) -> Option<Verdict> {
    let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let rows = of.columns.asked(Subject::new(body, Aspect::Done(Act::Meet)), &meets)?;
    if duty.grace != Span::Days(0) {
        return None;
    }
    let attendance = Attendance::of(of, body, share)?;
    let older = rows.rows.iter().take_while(|row| row.day() < sum.since()).last();
    let first = older.map_or(sum.since(), |row| row.day()).max(of.start);
    let binds = whom.binds(duty, of, first)?;
    let today = of.view.as_of.day;
    // They differ in their days and in nothing else.
    let slot = of_a_day(duty, Day::EARLIEST);
    let seen = |truth| {
        let seen = Seen::from(&stated(Slot { truth, ..slot }, true, today));
        if binds { seen } else { seen.outside() }
    };
    let (quorate, not) = (seen(Truth::True(Day::EARLIEST)), seen(Truth::False));
    let asked = rows.from(first).rows;
    let ahead = asked.iter().rev().take_while(|row| row.day() >= today).count();
    let (past, ahead) = asked.split_at_checked(asked.len() - ahead)?;
    if rows.repeats && !ahead.is_empty() {
        return None;
    }
    let mut all_known = true;
    let mut before = None;
    let bound = past.iter().filter(|row| duty.binds(row.day()));
    let days = bound.filter_map(|row| {
        let kept = attendance.is_enough(*row);
        all_known &= kept.is_some();
        let meeting = (row.day(), kept == Some(true));
        let same = before.is_some_and(|(day, _)| day == row.day());
        // Papers about one meeting have to say the same.
        all_known &= !same || before == Some(meeting);
        before = Some(meeting);
        (!same).then_some(meeting)
    });
    // They were quorate or not: no later day changes it.
    let days = Days::of(sum.since(), days);
    if !all_known {
        return None;
    }
    if ahead.is_empty()
        && let Some(verdict) =
            days.verdict((quorate.state, not.state), Sort::EachOf, &leaves)
    {
        return Some(verdict);
    }
    sum.take_days(days, (quorate, not));
    for row in ahead.iter().filter(|row| duty.binds(row.day())) {
        let kept = attendance.is_enough(*row)?;
        let truth = if kept { Truth::True(row.day()) } else { Truth::False };
        sum.add(&stated(Slot { truth, ..of_a_day(duty, row.day()) }, binds, today));
    }
    Some(sum.verdict(duty, of.view, leaves))
}

/// The slot of a meeting with its state on the day judged.
pub(super) fn stated(mut slot: Slot, binds: bool, today: Day) -> Slot {
    slot.applies = if binds { Applies::Yes } else { Applies::No };
    slot.state = slot.underlying_on(today, Some(Day::LATEST));
    slot.underlying = slot.state;
    slot
}

/// What share of a body's members has to be there for a meeting to count, where that is all
/// that a duty asks of its events.
pub(super) fn asked_of_meetings(duty: &Duty<'_>, what: Occurrence) -> Option<Share> {
    match duty.counts_only_if {
        [Counting::Attended { body, share }]
            if *body == what.noun && what.act == Act::Meet =>
        {
            Some(*share)
        }
        _ => None,
    }
}

/// A share of the members of a body, and how many it has.
#[derive(Clone, Copy)]
pub(super) struct Attendance<'a> {
    share: Share,
    /// Rows of its sizes; none where they do not say it.
    sizes: Option<Rows<'a>>,
    /// The last size that is stated, and from which day on.
    latest: Option<(Day, u16)>,
}

impl<'a> Attendance<'a> {
    /// `None` where a register says who is in the body.
    pub(super) fn of(of: &Ordinary<'a>, body: TermId, share: Share) -> Option<Self> {
        let register = &of.profile.register;
        if !register.seats.is_empty() || !register.whole.is_empty() {
            return None;
        }
        let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
        let rows = |aspect| of.columns.asked(Subject::new(body, aspect), &meets);
        let listed = rows(Aspect::Seat).is_none_or(|rows| !rows.rows.is_empty());
        let sizes = rows(Aspect::Size).filter(|_| !listed);
        let stated = |row: &Row| Some((row.day(), row.count()?));
        let latest = sizes.and_then(|sizes| sizes.rows.iter().rev().find_map(stated));
        Some(Attendance { share, sizes, latest })
    }

    /// Whether enough came; `None` where the papers do not say of how many.
    pub(super) fn is_enough(self, row: Row) -> Option<bool> {
        let present = row.count()?;
        let members = match (row.of_all(), self.latest) {
            (Some(members), _) => members,
            (None, Some((from, members))) if from <= row.day() => members,
            (None, _) => size_on(self.sizes?, row.day())?,
        };
        let have = u32::from(present) * u32::from(self.share.denominator);
        let need = u32::from(members) * u32::from(self.share.numerator);
        Some(have >= need + u32::from(self.share.exclusive))
    }
}

/// How many there were on a day, as last stated.
fn size_on(sizes: Rows<'_>, day: Day) -> Option<u16> {
    let mut stated = sizes.rows.iter().rev().filter(|row| row.day() <= day);
    stated.find_map(|row| row.count())
}
