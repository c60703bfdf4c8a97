//! Looking back on a duty's own occasions: S-97, S-98, S-99.

use mithaq::calendar::{Day, MonthCounting, Span};
use mithaq::norm::{Norm, Past};
use mithaq::verdict::{Applies, State, Truth, Unknown};

use super::clock::Duty;
use super::judge::{is_of_the_calendar, to_the_next};
use super::lists::both;
use super::rules::openings;
use super::slot::Slot;
use super::wall::{after, before, minus};

/// What has become of an occasion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    /// It was asked of nobody.
    Absent,
    /// In time, from this day on.
    Kept(Day),
    Missed,
    /// So far it is awaited, and from this day on it is missed.
    MissedFrom(Day),
    /// Nobody knows, or will know.
    Unknown,
}

/// Which reason it is makes no state.
const UNKNOWN: Truth = Truth::Unknown(Unknown::NotStated);

impl Duty<'_, '_> {
    pub(super) fn lately(
        &self,
        (past, norm, last): (Past, &Norm, Option<&Norm>),
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        let mut slots = match past {
            Past::Times { least, of } => {
                let all = self.seen(norm, (start, self.known.horizon()));
                let slots = self.of_the_last((least, of), &all);
                if is_of_the_calendar(norm) { to_the_next(&slots, today) } else { slots }
            }
            Past::Within { span, but } => {
                // What is looked at so long after its first day may be before it opens.
                if is_of_the_calendar(norm) {
                    let occasions = self.seen(norm, (start, self.known.horizon()));
                    let slots = self.not_longer_ago((span, but), &occasions, today);
                    let next = slots.iter().find(|slot| slot.opens > today);
                    let next = next.map_or(Day::LATEST, |slot| slot.from);
                    slots.into_iter().filter(|slot| slot.from <= next).collect()
                } else {
                    let occasions = self.seen(norm, (start, today));
                    self.not_longer_ago((span, but), &occasions, today)
                }
            }
        };
        let kept = match past {
            Past::Times { .. } => None,
            Past::Within { .. } => self.kept_so_far(&slots, today),
        };
        let Some(last) = last else {
            slots.extend(kept);
            return slots;
        };
        let until = match past {
            Past::Times { .. } => self.known.horizon(),
            Past::Within { .. } => today,
        };
        let others: Vec<(Day, Fate)> = self
            .seen(last, (start, until))
            .iter()
            .map(|slot| (slot.from, self.fate(slot)))
            .collect();
        for slot in &mut slots {
            // S-99.
            let other = others.iter().find(|(from, _)| *from == slot.from);
            let also = match other.map(|(_, fate)| *fate) {
                None | Some(Fate::Absent) => continue,
                Some(Fate::Kept(day)) => Truth::True(day),
                Some(Fate::Missed) => Truth::False,
                Some(Fate::Unknown) => UNKNOWN,
                Some(Fate::MissedFrom(_)) => Truth::NoEvidence,
            };
            slot.truth = both(slot.truth, also);
        }
        slots.extend(kept);
        slots
    }

    /// S-98: as long as none is over it is kept.
    fn kept_so_far(&self, slots: &[Slot], today: Day) -> Option<Slot> {
        let begun =
            || slots.iter().filter(|it| it.opens <= today && it.applies != Applies::No);
        let first = begun().next().filter(|_| begun().all(|slot| slot.due >= today))?;
        let asked = slots.iter().filter(|slot| slot.applies != Applies::No);
        let gone_after = asked.map(|slot| slot.due).min();
        let slot = self.of_a_day(first.from);
        Some(Slot { truth: Truth::True(first.from), gone_after, ..slot })
    }

    /// What somebody sees who looks at the occasion on the last day of its grace, on the
    /// day after, and when nothing more can happen to it.
    fn fate(&self, slot: &Slot) -> Fate {
        let on = |day: Day| slot.underlying(day);
        let is_kept = |day: Day| {
            matches!(on(day), State::Met | State::MetInGrace | State::Explained)
        };
        let end = slot.last_day();
        if self.is_asked_of_nobody(slot.from) || on(end) == State::NotApplicable {
            return Fate::Absent;
        }
        if matches!(slot.applies, Applies::Unknown | Applies::UnknownUntil(_)) {
            return Fate::Unknown;
        }
        let mut day = slot.grace_end.min(end);
        if is_kept(day) {
            while is_kept(before(day)) {
                day = before(day);
            }
            return Fate::Kept(day);
        }
        match on(end) {
            // Done after all, and too late.
            State::MetLate => Fate::Missed,
            // No paper says so: it is missed once nothing is awaited.
            State::StillOwed | State::Closed if slot.truth == Truth::NoEvidence => {
                Fate::MissedFrom(slot.lag_end)
            }
            State::StillOwed | State::Closed => Fate::Missed,
            State::InsufficientEvidence => Fate::Unknown,
            _ => Fate::MissedFrom(Day::LATEST),
        }
    }

    /// S-97.
    fn of_the_last(&self, (least, of): (u16, u16), occasions: &[Slot]) -> Vec<Slot> {
        let of = usize::from(of);
        let mut slots = Vec::new();
        for end in of..=occasions.len() {
            let times = &occasions[end - of..end];
            let mut slot = times[of - 1].clone();
            (slot.can_be_late, slot.part) = (false, None);
            slot.applies = Applies::Yes;
            let fates = times.iter().map(|slot| self.fate(slot));
            let fates: Vec<Fate> = fates.filter(|fate| *fate != Fate::Absent).collect();
            if fates.is_empty() {
                slot.applies = Applies::No;
            } else {
                slot.truth =
                    self.enough(usize::from(least).min(fates.len()), &fates, &slot);
            }
            slots.push(slot);
        }
        slots
    }

    fn enough(&self, least: usize, fates: &[Fate], slot: &Slot) -> Truth {
        let mut kept: Vec<Day> = Vec::new();
        let (mut unknown, mut awaited) = (0, 0);
        for fate in fates {
            match *fate {
                Fate::Kept(day) => kept.push(day),
                Fate::Unknown => unknown += 1,
                // As long as this slot itself is.
                Fate::MissedFrom(day) if day >= slot.lag_end => awaited += 1,
                Fate::MissedFrom(_) | Fate::Missed | Fate::Absent => {}
            }
        }
        kept.sort_unstable();
        match () {
            () if kept.len() >= least => Truth::True(kept[least - 1].max(slot.opens)),
            () if kept.len() + unknown + awaited < least => Truth::False,
            () if kept.len() + unknown >= least => UNKNOWN,
            () => Truth::NoEvidence,
        }
    }

    /// S-98.
    fn not_longer_ago(
        &self,
        (span, but): (Span, Option<Span>),
        occasions: &[Slot],
        today: Day,
    ) -> Vec<Slot> {
        let ago = |span| minus(today, span, MonthCounting::ByDate);
        let mut slots = Vec::new();
        for slot in occasions.iter().filter(|slot| slot.from > ago(span)) {
            let mut own = slot.clone();
            own.can_be_late = false;
            let fate = self.fate(slot);
            if let Some(but) = but {
                // Looked at from the first day on which it is so long ago.
                let mut opens = slot.from;
                while minus(opens, but, MonthCounting::ByDate) < slot.from {
                    opens = after(opens);
                }
                let due = before(opens);
                own.to = due.max(slot.from);
                (own.opens, own.soon, own.due, own.grace_end) = (opens, due, due, due);
                own.lag_end = slot.lag_end.max(due);
                own.part = None;
                if let Fate::Kept(day) = fate {
                    own.truth = Truth::True(day);
                    // What is there when it comes to be looked at is not late.
                    if day <= opens {
                        (own.due, own.grace_end) = (opens, opens);
                        // Of a second duty something may still be awaited.
                        own.lag_end = own.lag_end.max(opens);
                        own.truth = Truth::True(opens);
                    }
                }
                own.heard = self.known.heard_on(own.lag_end);
            }
            match fate {
                Fate::Absent => own.applies = Applies::No,
                Fate::Missed => own.truth = Truth::False,
                _ => {}
            }
            slots.push(own);
        }
        // S-83: each version has its own occasions.
        let mine = openings(self.known.case, self.version);
        slots.retain(|slot| mine.contains(slot.opens));
        slots
    }
}
