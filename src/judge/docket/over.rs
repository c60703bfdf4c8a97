//! Occasions that are over for good, all at once: long before the few that time may still
//! change, how each was kept is told by a comparison or two of days.

use super::deeds::Deeds;
use crate::calendar::{Day, MonthCounting, Span};
use crate::timeline::{Row, Rows};

/// What became of some that are over, from the oldest one on.
#[derive(Clone, Copy)]
pub(super) struct Over {
    /// How many events they are of.
    pub(super) events: usize,
    /// The first day of the oldest.
    pub(super) first: Day,
    pub(super) kept: u64,
    pub(super) missed: u64,
    /// Of those after them that were kept early, the first day on which one is over.
    pub(super) ends: Option<Day>,
}

/// Days after a meeting.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    /// By then its minutes are to be written.
    pub(super) within: i32,
    /// Only then is it asked whether they were.
    pub(super) but: i32,
    /// How much longer they are awaited.
    pub(super) lag: i32,
}

/// From an event to the day by which the next one is needed.
#[derive(Clone, Copy)]
pub(super) struct Gap {
    span: Span,
    months: MonthCounting,
    /// How many days it is at least and at most, whatever months it goes over.
    least: i32,
    most: i32,
}

impl Gap {
    /// `None` of no time at all, and of days that a calendar counts.
    pub(super) fn of(span: Span, months: MonthCounting) -> Option<Gap> {
        let of_days = |days: i32| (days, days);
        // Months in a row have 30 days each or more together, but for the two that a February
        // lacks where no longer month makes up for them.
        let of_months = |months: i32| (30 * months - 2, 31 * months);
        let (least, most) = match span {
            Span::Days(days) => of_days(days.into()),
            Span::Weeks(weeks) => of_days(7 * i32::from(weeks)),
            Span::Months(months) => of_months(months.into()),
            Span::Years(years) => of_months(12 * i32::from(years)),
            Span::WorkingDays(_) => return None,
        };
        (most > 0).then_some(Gap { span, months, least, most })
    }

    fn due(self, from: Day) -> Day {
        from.plus(self.span, self.months)
    }

    /// Whether a day comes after the one that it leads up to.
    fn is_over(self, from: Day, day: Day) -> bool {
        let days = day.0 - from.0;
        days > self.most || (days > self.least && day > self.due(from))
    }
}

/// The links between events no two of which are of one day, by nothing but their length; and
/// after such those that were kept before their time is over. `before` is the event before
/// the first row. `None` where there are none.
pub(super) fn links(
    rows: &[Row],
    gap: Gap,
    before: Option<Day>,
    today: Day,
) -> Option<Over> {
    let from = before.or(rows.first().map(|row| row.day()))?;
    let (mut last, mut links, mut missed) = (from, 0u64, 0u64);
    let mut over = 0;
    for row in rows {
        let day = row.day();
        if !gap.is_over(last, today) {
            break;
        }
        links += u64::from(last < day);
        missed += u64::from(gap.is_over(last, day));
        last = day;
        over += 1;
    }
    if links == 0 {
        return None;
    }
    let kept_by = |row: &&Row| row.day() <= today;
    let kept_early = rows.iter().skip(over).take_while(kept_by).count();
    let ends = Some(gap.due(last).next()).filter(|_| kept_early > 0);
    let (first, kept, events) = (from, links - missed, over + kept_early);
    Some(Over { events, first, kept, missed, ends })
}

/// The meetings, no two of one day, whose minutes lie in their order and are numbered by
/// nothing: up to the first one of which several papers speak or none says when they were
/// written, or of which time may still change something. `None` where that is the first.
pub(super) fn meetings(
    events: Rows<'_>,
    deeds: Deeds<'_>,
    Terms { within, but, lag }: Terms,
    today: Day,
) -> Option<Over> {
    let Deeds::Minutes { rows, in_order: true } = deeds else { return None };
    if events.repeats || events.are_numbered() || rows.are_numbered() {
        return None;
    }
    let (mut kept, mut missed, mut at) = (0, 0, 0);
    for event in events.rows {
        let day = event.day();
        let (due, asked) = (Day(day.0 + within), Day(day.0 + but));
        if today <= asked {
            break;
        }
        let about = |at: usize| rows.rows.get(at).map(|row| rows.about(row));
        while about(at).is_some_and(|about| about < Some(day)) {
            at += 1;
        }
        let written = rows.rows.get(at).filter(|row| rows.about(row) == Some(day));
        let is_kept = match written {
            Some(_) if about(at + 1) == Some(Some(day)) => break,
            // It had come by then, and may have been written before.
            Some(row) if row.count().is_some() && due < row.day() => break,
            Some(row) if row.day() <= due && asked < row.day() => break,
            Some(row) => row.day() <= due,
            None if due < today && due.0 + lag <= today.0 => false,
            None => break,
        };
        kept += u64::from(is_kept);
        missed += u64::from(!is_kept);
    }
    let events_over = usize::try_from(kept + missed).ok().filter(|over| *over > 0)?;
    let first = events.rows.first()?.day();
    Some(Over { events: events_over, first, kept, missed, ends: None })
}
