//! So many of the last occasions of a duty of the calendar.
//!
//! Which of its occasions an organization kept is a bit each. Whether enough of the last
//! ones were kept is a count of the bits in a window that moves on with each occasion.

use super::Ordinary;
use super::agenda::{Agenda, Occasion};
use super::bound::Bound;
use super::marks::{Ahead, MARKS_MAX, Marks};
use super::memo::{Key, Memo};
use crate::calendar::Day;
use crate::judge::lately::first_needed;
use crate::judge::summary::{Seen, Sum, look_back};
use crate::judge::view::Duty;
use crate::norm::{Anchor, Norm, Past};
use crate::verdict::{Applies, NextChange, Slot, Truth, Unknown, Verdict};

/// The occasions looked back on, and what may be said on each of those before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    agenda: Agenda,
    least: u32,
    of: usize,
    /// One for each occasion that as many come before as are looked back on.
    looks: Vec<Look>,
    /// Those that are alike: see [`alike`].
    alike: (u64, u64),
    bound: Bound,
    memo: Memo,
}

/// What is said on the last one of so many occasions.
#[derive(Clone, Copy, Debug)]
struct Look {
    kept: Told,
    missed: Told,
    /// It may still be kept.
    awaited: Told,
    unclear: Told,
    outside: Told,
    bare: Slot,
}

type Told = (Seen, Option<NextChange>);

/// The occasions of an organization, a bit for each.
#[derive(Clone, Copy)]
struct Fates {
    /// The duty was asked.
    asked: u64,
    kept: u64,
    /// Done too late.
    late: u64,
    /// A paper is there that does not say.
    unclear: u64,
    /// Something already known keeps it on a day that lies ahead.
    ahead: Ahead,
}

/// Of so many occasions there are not too many patterns to keep the verdict of each.
const FEW: usize = 8;

/// Of so many looks that are not alike a word has room for what is kept.
const APART_MAX: u32 = 8;

/// The norm looked back on, where all that is said is how many of its last occasions.
pub(super) fn each<'p>(duty: &Duty<'p>) -> Option<(&'p Norm, (u16, u16))> {
    match duty.norm {
        Norm::Lately { past: Past::Times { least, of }, norm, last: None } => {
            Some((norm, (*least, *of)))
        }
        _ => None,
    }
}

/// Whether two duties look back on their last occasion, and these are the same.
pub(super) fn is_of_the_same_occasions(one: &Norm, other: &Norm) -> bool {
    let last = |norm: &Norm| match norm {
        Norm::Lately { past: Past::Times { of: 1, .. }, norm, last: None } => {
            match **norm {
                Norm::Frequency { cycle, .. } => Some((None, Some(cycle))),
                Norm::Deadline { anchor: Anchor::FiscalYearEnd, .. } => {
                    Some((Some(Anchor::FiscalYearEnd), None))
                }
                _ => None,
            }
        }
        _ => None,
    };
    last(one).is_some_and(|own| Some(own) == last(other))
}

impl Recent {
    /// For organizations whose fiscal years end on one day. Where the duty is asked instead
    /// of another, what is asked of nobody is an occasion of that `other` one.
    pub(super) fn new(
        duty: &Duty<'_>,
        other: Option<&Norm>,
        day: Day,
        ends: (u8, u8),
    ) -> Recent {
        let Some((norm, (least, of))) = each(duty) else { return Recent::default() };
        let each = Duty { norm, ..*duty };
        let of = usize::from(of);
        let since = first_needed(&each, of, look_back(day));
        let agenda = Agenda::of_days(&each, (since, day), ends);
        let whole = agenda.occasions.iter().skip(of.saturating_sub(1));
        let mut looks: Vec<Look> = whole.map(|one| Look::on(one, day)).collect();
        if let Some(norm) = other {
            let others = Recent::new(&Duty { norm, ..*duty }, None, day, ends).looks;
            // Where the other has no such occasion it is long before the look-back.
            for look in &mut looks {
                let same = others.iter().find(|one| one.bare.from == look.bare.from);
                look.outside = same.map_or(look.outside, |other| other.outside);
            }
        }
        let bound = Bound::new(duty, &agenda.occasions, ends);
        let alike = alike(&looks, day);
        let (least, memo) = (least.into(), Memo::default());
        Recent { agenda, least, of, looks, alike, bound, memo }
    }

    /// The verdict of an organization; `None` where the longer way has to be gone.
    pub(super) fn verdict(
        &self,
        duty: &Duty<'_>,
        (each, of): (&Norm, &Ordinary<'_>),
        told: impl Fn(Sum) -> Verdict,
    ) -> Option<Verdict> {
        let occasions = &self.agenda.occasions;
        if occasions.len() > MARKS_MAX {
            return None;
        }
        let first = match occasions.first() {
            Some(oldest) if of.start <= oldest.period.from => 0,
            _ => occasions.partition_point(|one| one.period.from < of.start),
        };
        let looks = self.looks.get(first..).filter(|looks| !looks.is_empty())?;
        let occasions = occasions.get(first..)?;
        let all = (1u64 << occasions.len()) - 1;
        let bound = self.bound.bits(duty, of, (first, occasions))? & all;
        let fates = self.fates((each, duty), of, bound << first)?;
        let key = self.key(fates, first).unwrap_or_else(|| fates.key(first));
        if let Some(known) = self.memo.known(key) {
            return Some(known);
        }
        let sum = self.sum((duty, of), fates, (first, looks));
        Some(self.memo.keep(key, told(sum)))
    }

    /// What is said on each of the occasions from an organization's first one on.
    #[cold]
    fn sum(
        &self,
        (duty, of): (&Duty<'_>, &Ordinary<'_>),
        fates: Fates,
        (first, looks): (usize, &[Look]),
    ) -> Sum {
        let today = of.view.as_of.day;
        let mut sum = Sum::looking_back(look_back(today), duty, of.view);
        for (look, at) in looks.iter().zip(first..) {
            let own = 1u64 << (at + self.of - 1);
            let window = (own << 1).wrapping_sub(1 << at);
            let (seen, change) = look.told(fates, (own, window), self.least, today);
            sum.take(seen, change);
        }
        sum
    }

    /// What a verdict depends on, where all occasions are asked and papers say how each was
    /// kept: of looks that are alike how many are kept, of those apart how many occasions,
    /// and whether the last was. `None` too where there are few occasions: every pattern of
    /// them has its verdict soon.
    fn key(&self, of: Fates, first: usize) -> Option<Key> {
        let occasions = self.agenda.occasions.len();
        let all = (1u64 << occasions) - (1 << first);
        if occasions - first <= FEW || of.unclear != 0 || of.asked & all != all {
            return None;
        }
        let last = self.of.checked_sub(1)?;
        let (counted, old) = self.alike;
        let counts = (self.kept(of, (first, last)) & counted).count_ones();
        let looks = ((1u64 << self.looks.len()) - 1) >> first << first;
        let (mut apart, mut kept, mut silent) = (looks & !(counted | old), 0u64, 0u64);
        if apart.count_ones() > APART_MAX {
            return None;
        }
        let window = (1u64 << self.of) - 1;
        while apart != 0 {
            let at = apart.trailing_zeros();
            kept = kept << 8 | u64::from((of.kept >> at & window).count_ones());
            silent = silent << 1 | !(of.kept | of.late) >> at >> last & 1;
            apart &= apart - 1;
        }
        let first = u64::try_from(first).unwrap_or(u64::MAX);
        // The uppermost bit of no other key's first word is set.
        let own = 1 << (u64::BITS - 1) | u64::from(counts) << 32 | first;
        Some([own, kept, silent, of.ahead.key()])
    }

    /// The looks from the first of an organization's on on which enough is kept, where all
    /// occasions are asked.
    fn kept(&self, of: Fates, (first, last): (usize, usize)) -> u64 {
        let least = u64::from(self.least);
        if usize::try_from(self.least).is_ok_and(|least| least == self.of) {
            // One that was missed is missed in every window that it is in.
            let missed = !of.kept;
            return !(0..=last).fold(0, |bits, at| bits | missed >> at);
        }
        // From one window to the next one occasion comes and one goes.
        let window = ((1u64 << last) - 1) << first;
        let mut count = u64::from((of.kept & window).count_ones());
        (first..self.looks.len()).fold(0, |kept, at| {
            count += of.kept >> (at + last) & 1;
            let enough = u64::from(least <= count) << at;
            count -= of.kept >> at & 1;
            kept | enough
        })
    }

    /// How each occasion was kept, as the organization's papers say.
    fn fates(
        &self,
        (each, duty): (&Norm, &Duty<'_>),
        of: &Ordinary<'_>,
        asked: u64,
    ) -> Option<Fates> {
        let marks = Marks::of(&self.agenda, (each, duty), of)?;
        // In grace it counts, and the day on which it does matters.
        if marks.in_grace() != 0 {
            return None;
        }
        let mut unclear = marks.unclear;
        if !marks.ahead.is_empty() {
            for (place, day) in marks.ahead.each() {
                unclear &= !(1 << place);
                // It comes late, or in grace, and then the day matters.
                if self.agenda.occasions.get(place)?.mark(day) != 1 {
                    return None;
                }
            }
        }
        Some(Fates {
            asked,
            kept: marks.in_time().into(),
            late: marks.too_late().into(),
            unclear: unclear.into(),
            ahead: marks.ahead,
        })
    }
}

/// Of the looks that are over on a day for good, whatever is said on them, all but the last,
/// which speaks: a bit for each that still counts, and for each that is too old.
fn alike(looks: &[Look], day: Day) -> (u64, u64) {
    let since = look_back(day);
    let (mut counted, mut old) = (0, 0);
    for (at, look) in (0..).zip(looks.iter().take(MARKS_MAX)) {
        let settled = |told: &Told| told.1.is_none();
        let told = [&look.kept, &look.missed, &look.awaited, &look.outside];
        let is_missed = look.awaited.0 == look.missed.0;
        let Slot { opens, due, .. } = look.bare;
        let is_over = opens <= day && due < day && is_missed;
        if is_over && told.into_iter().all(settled) {
            *(if since <= due { &mut counted } else { &mut old }) |= 1u64 << at;
        }
    }
    let speaks = (counted | old).checked_ilog2().map_or(0, |last| 1 << last);
    (counted & !speaks, old & !speaks)
}

impl Fates {
    /// What a verdict over them depends on, from the first of an organization's occasions
    /// on.
    fn key(&self, first: usize) -> Key {
        let first = u64::try_from(first).unwrap_or(u64::MAX);
        let asked = self.asked;
        // Each has `MARKS_MAX` bits at most.
        let unclear = self.unclear & asked | first << MARKS_MAX;
        [asked << 32 | self.kept & asked, self.late & asked, unclear, self.ahead.key()]
    }
}

impl Look {
    fn on(occasion: &Occasion, day: Day) -> Look {
        let bare = Slot {
            can_be_late: false,
            part: None,
            applies: Applies::Yes,
            ..occasion.slot
        };
        let told = |truth, applies| {
            let slot = Slot { truth, applies, ..bare };
            let state = slot.underlying_on(day, Some(Day::LATEST));
            let slot = Slot { state, underlying: state, ..slot };
            (Seen::from(&slot), slot.next_change(day, state, Some(Day::LATEST)))
        };
        Look {
            // What was kept before it opens is said once it does.
            kept: told(Truth::True(bare.opens), Applies::Yes),
            missed: told(Truth::False, Applies::Yes),
            awaited: told(Truth::NoEvidence, Applies::Yes),
            unclear: told(Truth::Unknown(Unknown::NotStated), Applies::Yes),
            outside: told(Truth::NoEvidence, Applies::No),
            bare,
        }
    }

    /// It is kept from a day on that lies ahead.
    fn ahead(&self, day: Day, today: Day) -> Told {
        let truth = Truth::True(day.max(self.bare.opens));
        let slot = Slot { truth, ..self.bare };
        let state = slot.underlying_on(today, Some(Day::LATEST));
        let slot = Slot { state, underlying: state, ..slot };
        (Seen::from(&slot), slot.next_change(today, state, Some(Day::LATEST)))
    }

    /// `own` is the bit of the last occasion in the window.
    fn told(&self, of: Fates, (own, window): (u64, u64), least: u32, today: Day) -> Told {
        let asked = of.asked & window;
        if of.asked & own == 0 {
            return self.outside;
        }
        let least = least.min(asked.count_ones());
        let kept = (of.kept & asked).count_ones();
        if kept >= least {
            return self.kept;
        }
        let ahead = || of.ahead.each().filter(|(place, _)| asked >> place & 1 == 1);
        let filled = ahead().fold(0u64, |bits, (place, _)| bits | 1 << place);
        let kept_then = kept + filled.count_ones();
        if kept_then >= least {
            // The last of as many days as it takes.
            let days = ahead().map(|(_, day)| day);
            let day = if least - kept == 1 { days.min() } else { days.max() };
            return self.ahead(day.unwrap_or(Day::LATEST), today);
        }
        let kept = kept_then;
        let unclear = of.unclear & asked;
        // Of the others nothing is awaited any more than of this one.
        let silent = own & !(of.kept | of.late | unclear | filled);
        match (kept + unclear.count_ones(), silent.count_ones()) {
            (possible, awaited) if possible + awaited < least => self.missed,
            (possible, _) if unclear != 0 && possible >= least => self.unclear,
            _ => self.awaited,
        }
    }
}
