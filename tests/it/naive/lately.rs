//! Looking back on a duty's own occasions: S-97, S-98, S-99.

use mithaq::calendar::{Day, MonthCounting, Span};
use mithaq::norm::{Norm, Past};
use mithaq::verdict::{Applies, Truth, Unknown};

use super::clock::Duty;
use super::judge::{is_of_the_calendar, to_the_next};
use super::lists::both;
use super::slot::Slot;
use super::wall::{after, before, minus};

/// What has become of an occasion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    /// It was asked of nobody.
    Absent,
    Kept(Day),
    Missed,
    Unknown(Unknown),
    /// Nothing is known of it, and until this day it is awaited.
    Awaited(Day),
}

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
                let occasions = self.seen(norm, (start, today));
                self.not_longer_ago((span, but), &occasions, today)
            }
        };
        let Some(last) = last else { return slots };
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
                Some(Fate::Unknown(why)) => Truth::Unknown(why),
                Some(Fate::Awaited(_)) => Truth::NoEvidence,
            };
            slot.truth = both(slot.truth, also);
        }
        slots
    }

    /// Kept is kept by the end of its grace.
    fn fate(&self, slot: &Slot) -> Fate {
        if slot.applies == Applies::No || self.is_asked_of_nobody(slot.from) {
            return Fate::Absent;
        }
        if slot.applies == Applies::Unknown {
            return Fate::Unknown(Unknown::AttributeMissing);
        }
        match slot.truth {
            Truth::True(day) | Truth::Explained(day) if day <= slot.grace_end => {
                Fate::Kept(day)
            }
            Truth::Unknown(why) | Truth::UnknownUntil(why, _) => Fate::Unknown(why),
            Truth::NoEvidence => Fate::Awaited(slot.lag_end),
            _ => Fate::Missed,
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
        let (mut unknown, mut awaited, mut why) = (0, 0, Unknown::FolderUnhealthy);
        for fate in fates {
            match *fate {
                Fate::Kept(day) => kept.push(day),
                Fate::Unknown(reason) => (unknown, why) = (unknown + 1, reason),
                // Awaited as long as this slot is.
                Fate::Awaited(until) if until >= slot.lag_end => awaited += 1,
                // Nothing came, and that is known or not.
                Fate::Awaited(until) if !self.known.heard_on(until) => unknown += 1,
                Fate::Awaited(_) | Fate::Missed | Fate::Absent => {}
            }
        }
        kept.sort_unstable();
        match () {
            () if kept.len() >= least => Truth::True(kept[least - 1].max(slot.opens)),
            () if kept.len() + unknown + awaited < least => Truth::False,
            () if kept.len() + unknown >= least => Truth::Unknown(why),
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
                        (own.due, own.grace_end, own.lag_end) = (opens, opens, opens);
                        own.truth = Truth::True(opens);
                    }
                }
            }
            match fate {
                Fate::Absent => own.applies = Applies::No,
                Fate::Missed => own.truth = Truth::False,
                _ => {}
            }
            slots.push(own);
        }
        let begun: Vec<&Slot> = slots
            .iter()
            .filter(|slot| slot.opens <= today && slot.applies != Applies::No)
            .collect();
        // As long as none is over it is kept.
        if let Some(first) =
            begun.first().filter(|_| begun.iter().all(|slot| slot.due >= today))
        {
            let from = first.from;
            let kept = Slot { truth: Truth::True(from), ..self.of_a_day(from) };
            slots.push(kept);
        }
        slots
    }
}
