//! Duties of each meeting of a body, from the columns.

use super::{Ordinary, binds};
use crate::calendar::{Day, Span};
use crate::judge::collection::of_a_day;
use crate::judge::summary::{Seen, Sum};
use crate::judge::view::Duty;
use crate::norm::{Act, Occurrence, Share, TermId};
use crate::timeline::{Aspect, Row, Subject};
use crate::verdict::{Applies, Slot, Truth, Verdict};

/// The verdict over each meeting of the look-back, and where there was none in it over the
/// last one before; `None` where the longer way has to be gone.
pub(super) fn verdict(
    duty: &Duty<'_>,
    of: Ordinary<'_>,
    (body, share): (TermId, Share),
    mut sum: Sum,
    leaves: impl Fn(Day) -> Day,
) -> Option<Verdict> {
    let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let rows = of.columns.asked(Subject::new(body, Aspect::Done(Act::Meet)), &meets)?;
    let listed =
        !of.profile.register.seats.is_empty() || !of.profile.register.whole.is_empty();
    if rows.repeats || listed || duty.grace != Span::Days(0) {
        return None;
    }
    let older = rows.rows.iter().take_while(|row| row.day < sum.since()).last();
    let first = older.map_or(sum.since(), |row| row.day).max(of.start);
    let binds = binds(duty, of.view, first)?;
    let today = of.view.as_of.day;
    // They differ in their days and in nothing else.
    let slot = of_a_day(duty, Day::EARLIEST);
    let seen = |truth| {
        let seen = Seen::from(&stated(Slot { truth, ..slot }, true, today));
        if binds { seen } else { seen.outside() }
    };
    let (quorate, not) = (seen(Truth::True(Day::EARLIEST)), seen(Truth::False));
    for row in rows.from(first).rows.iter().filter(|row| duty.binds(row.day)) {
        let kept = attended(*row, share)?;
        if row.day >= today {
            let truth = if kept { Truth::True(row.day) } else { Truth::False };
            sum.add(&stated(Slot { truth, ..of_a_day(duty, row.day) }, binds, today));
            continue;
        }
        let seen = if kept { quorate } else { not };
        // It was quorate or not: no later day changes it.
        sum.take(seen.on(row.day), None);
    }
    Some(sum.verdict(duty, of.view, leaves))
}

/// The slot of a meeting with its state on the day judged.
fn stated(mut slot: Slot, binds: bool, today: Day) -> Slot {
    slot.applies = if binds { Applies::Yes } else { Applies::No };
    slot.state = slot.underlying_on(today, Some(Day::LATEST));
    slot.underlying = slot.state;
    slot
}

/// Whether enough came; `None` where the minutes do not say of how many.
fn attended(row: Row, share: Share) -> Option<bool> {
    let (present, members) = (row.count()?, row.of_all()?);
    let have = u32::from(present) * u32::from(share.denominator);
    let need = u32::from(members) * u32::from(share.numerator);
    Some(if share.exclusive { have > need } else { have >= need })
}
