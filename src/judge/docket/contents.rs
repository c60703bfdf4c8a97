//! What papers of a kind contain, each of them or the last ones, from what was found in them.

use super::Ordinary;
use super::bound::Whom;
use super::meetings::stated;
use crate::calendar::{Day, Span};
use crate::judge::collection::of_a_day;
use crate::judge::sorts::Sort;
use crate::judge::summary::{Days, Seen, Sum};
use crate::judge::view::Duty;
use crate::limits::TIMES_MAX;
use crate::norm::{Act, Item, Norm, Occurrence, Past, TermId};
use crate::timeline::{Aspect, Subject};
use crate::verdict::{State, Truth, Verdict};
use smallvec::SmallVec;

/// What is asked of papers of one kind, the keys of its items at hand.
#[derive(Clone, Debug)]
pub(super) struct Contents {
    document: TermId,
    keys: Vec<String>,
    /// Of the last one alone.
    of_the_last: Vec<String>,
    /// So many of so many; one of one where each paper is for itself.
    least: usize,
    of: usize,
    /// Whether the last papers are asked of, and not each.
    is_of_late: bool,
}

/// Papers of the day judged and of later ones, and whether with each there are enough.
type Ahead = SmallVec<[(Day, bool); 2]>;

/// Each of the last papers has a bit, and so has the one before them.
const _: () = assert!((TIMES_MAX as u32) < u64::BITS);

impl Contents {
    /// `None` where the duty asks for something else.
    pub(super) fn of(norm: &Norm) -> Option<Contents> {
        let keys = |items: &[Item]| items.iter().map(Item::key).collect::<Vec<_>>();
        match norm {
            Norm::Contents { document, items } => Some(Contents {
                document: *document,
                keys: keys(items),
                of_the_last: Vec::new(),
                least: 1,
                of: 1,
                is_of_late: false,
            }),
            Norm::Lately { past: Past::Times { least, of }, norm, last } => {
                let each = match norm.as_ref() {
                    Norm::Contents { .. } => Contents::of(norm)?,
                    _ => return None,
                };
                let of_the_last = match last.as_deref() {
                    None => Vec::new(),
                    Some(Norm::Contents { document, items })
                        if *document == each.document =>
                    {
                        keys(items)
                    }
                    Some(_) => return None,
                };
                let (least, of) = (usize::from(*least), usize::from(*of));
                Some(Contents { of_the_last, least, of, is_of_late: true, ..each })
            }
            _ => None,
        }
    }

    /// The verdict; `None` where the longer way has to be gone.
    pub(super) fn verdict(
        &self,
        (duty, whom): (&Duty<'_>, &Whom),
        of: &Ordinary<'_>,
        since: Day,
        (sum, leaves): (impl Fn() -> Sum, impl Fn(Day) -> Day),
    ) -> Option<Verdict> {
        let held =
            Occurrence { noun: self.document, act: Act::Prepare, by: None, to: None };
        let subject = Subject::new(self.document, Aspect::Done(Act::Prepare));
        let rows = of.columns.asked(subject, &held)?;
        // A paper of the time before may stand.
        let inside = |day: Day| of.start <= day && duty.binds(day);
        let plain = duty.grace == Span::Days(0)
            && !rows.repeats
            && rows.rows.iter().all(|row| inside(row.day()));
        if !plain {
            return None;
        }
        let binds = whom.binds(duty, of, of.start)?;
        // Of the last papers none is made good later.
        let can_be_late = duty.norm.can_be_late() && !self.is_of_late;
        let states = match (binds, can_be_late) {
            (false, _) => (State::NotApplicable, State::NotApplicable),
            (true, true) => (State::Met, State::StillOwed),
            (true, false) => (State::Met, State::Closed),
        };
        let contained = of.columns.contained(rows)?;
        let (each, of_the_last) =
            (contained.all(&self.keys), contained.all(&self.of_the_last));
        let has = |bits: u64, all: Option<u64>| all.is_some_and(|all| bits & all == all);
        let today = of.view.as_of.day;
        let mut ahead = Ahead::new();
        let mut fates = 0u64;
        let mut count = 0;
        let days = contained.each().filter_map(|(row, bits)| {
            fates = fates << 1 | u64::from(has(bits, each));
            count += 1;
            if count < self.of {
                return None;
            }
            let last = fates & ((1 << self.of) - 1);
            let enough = usize::try_from(last.count_ones())
                .is_ok_and(|it| it >= self.least)
                && has(bits, of_the_last);
            if row.day() >= today {
                ahead.push((row.day(), enough));
                return None;
            }
            Some((row.day(), enough))
        });
        let days = Days::of(since, days);
        let sort = if self.is_of_late { Sort::Occasions } else { Sort::EachOf };
        let verdict = days.verdict(states, sort, &leaves);
        if let Some(verdict) = verdict.filter(|_| ahead.is_empty()) {
            return Some(verdict);
        }
        let mut sum = sum();
        self.take(duty, (days, &ahead), (binds, today), &mut sum);
        Some(sum.verdict(duty, of.view, leaves))
    }

    /// The papers of days that are past, and of those that are not.
    fn take(
        &self,
        duty: &Duty<'_>,
        (past, ahead): (Days, &Ahead),
        (binds, today): (bool, Day),
        sum: &mut Sum,
    ) {
        let slot = |(day, enough): (Day, bool)| {
            let mut slot = of_a_day(duty, day);
            if self.is_of_late {
                (slot.can_be_late, slot.part) = (false, None);
            }
            slot.truth = if enough { Truth::True(day) } else { Truth::False };
            stated(slot, binds, today)
        };
        let past_one = |enough| Seen::from(&slot((Day::EARLIEST, enough)));
        sum.take_days(past, (past_one(true), past_one(false)));
        for paper in ahead {
            sum.add(&slot(*paper));
        }
    }
}
