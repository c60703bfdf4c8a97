//! What papers of a kind contain, each of them or the last ones, from what was found in them.

use super::Ordinary;
use super::bound::binds;
use super::meetings::stated;
use crate::calendar::{Day, Span};
use crate::judge::collection::of_a_day;
use crate::judge::summary::{Seen, Sum};
use crate::judge::view::Duty;
use crate::limits::TIMES_MAX;
use crate::norm::{Act, Item, Norm, Occurrence, Past, TermId};
use crate::timeline::{Aspect, Subject};
use crate::verdict::{Slot, Truth, Verdict};

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
        duty: &Duty<'_>,
        of: &Ordinary<'_>,
        mut sum: Sum,
        leaves: impl Fn(Day) -> Day,
    ) -> Option<Verdict> {
        let held =
            Occurrence { noun: self.document, act: Act::Prepare, by: None, to: None };
        let subject = Subject::new(self.document, Aspect::Done(Act::Prepare));
        let rows = of.columns.asked(subject, &held)?;
        let today = of.view.as_of.day;
        // A paper of the time before may stand; and what lies ahead is judged day by day.
        let inside = |day: Day| of.start <= day && day < today && duty.binds(day);
        let plain = duty.grace == Span::Days(0)
            && !rows.repeats
            && rows.rows.iter().all(|row| inside(row.day));
        if !plain {
            return None;
        }
        let binds = binds(duty, of, of.start)?;
        let slot = Slot { truth: Truth::False, ..of_a_day(duty, Day::EARLIEST) };
        // Of the last papers none is made good later.
        let can_be_late = slot.can_be_late && !self.is_of_late;
        let slot = Slot { can_be_late, ..slot };
        let seen = |truth| {
            let seen = Seen::from(&stated(Slot { truth, ..slot }, true, today));
            if binds { seen } else { seen.outside() }
        };
        let (kept, not) = (seen(Truth::True(Day::EARLIEST)), seen(Truth::False));
        let contained = of.columns.contained(rows)?;
        let (each, of_the_last) =
            (contained.all(&self.keys), contained.all(&self.of_the_last));
        let has = |bits: u64, all: Option<u64>| all.is_some_and(|all| bits & all == all);
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
            Some((row.day, enough))
        });
        sum.take_days((kept, not), days);
        Some(sum.verdict(duty, of.view, leaves))
    }
}
