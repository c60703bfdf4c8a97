//! What comes with what, and what is done to each paper of a kind: S-74 to S-78.

use std::collections::BTreeSet;

use mithaq::calendar::{Cycle, Day, Period, Span};
use mithaq::norm::{Act, Backing, Occurrence};
use mithaq::timeline::{Aspect, Subject};
use mithaq::verdict::{Truth, Unknown};

use super::clock::{Counts, Days, Duty};
use super::known::{Event, Fact};
use super::papers::held;
use super::slot::Slot;
use super::wall::{after, inside};

impl Duty<'_, '_> {
    /// S-74, S-75.
    pub(super) fn whichever(
        &self,
        (what, event): (Occurrence, Occurrence),
        (within, later): (Span, bool),
        start: Day,
    ) -> Vec<Slot> {
        let events = self.known.events(event);
        let mut slots = Vec::new();
        for (at, this) in events.iter().enumerate() {
            let in_time = self.within(this.day, within);
            let a_year_on = self.plus(this.day, Span::Years(1));
            let next = events.get(at + 1).map_or(a_year_on, |next| next.day);
            let due = if later { in_time.max(next) } else { in_time.min(next) };
            if this.day < start || !self.binds(due) {
                continue;
            }
            let days = Days { from: this.day, to: due, opens: this.day, due };
            let mut slot = self.slot(days, Counts::After);
            let own =
                |number: u32| number == 0 || this.number == 0 || number == this.number;
            slot.truth = match self.minutes(what, this, &slot) {
                Some(truth) => truth,
                None => self.done_so(
                    what,
                    |fact| own(fact.entry.number) && this.day <= fact.entry.day,
                    &slot,
                ),
            };
            slots.push(slot);
        }
        slots
    }

    /// S-75: when the minutes of a meeting were written, where minutes are asked for.
    pub(super) fn minutes(
        &self,
        what: Occurrence,
        meeting: &Event<'_>,
        slot: &Slot,
    ) -> Option<Truth> {
        // Of a paper of which nobody ever said when it was written this is not known.
        let subject = Subject::new(what.noun, Aspect::Written);
        let ever = self.known.case.papers.iter().flat_map(|paper| &paper.tells);
        let is_minutes = ever.into_iter().any(|entry| entry.subject == subject);
        if what.act != Act::Prepare || !is_minutes {
            return None;
        }
        let own =
            |number: u32| number == 0 || meeting.number == 0 || number == meeting.number;
        let written = self.known.about(what.noun, Aspect::Written);
        let mine: Vec<_> = written
            .iter()
            .map(|fact| fact.entry)
            .filter(|entry| entry.about == Some(meeting.day) && own(entry.number))
            .collect();
        // By their arrival in time, or by a signature.
        let telling = mine
            .iter()
            .filter(|entry| entry.count.is_none() || entry.day <= slot.grace_end);
        Some(match telling.map(|entry| entry.day).min() {
            Some(day) => Truth::True(day),
            None if !mine.is_empty() => Truth::Unknown(Unknown::NotStated),
            None => self.silence(what, slot),
        })
    }

    /// S-76, S-77, S-85.
    pub(super) fn backed(
        &self,
        (each, by): (Occurrence, &[Backing]),
        start: Day,
    ) -> Vec<Slot> {
        let events = self.known.events(each);
        let mut slots = Vec::new();
        for (at, this) in events.iter().enumerate() {
            if this.day < start || !self.binds(this.day) {
                continue;
            }
            let since = match at {
                0 => Day::EARLIEST,
                _ => after(events[at - 1].day),
            };
            let is_last = at + 1 == events.len();
            let days =
                Period { from: since, to: if is_last { Day::LATEST } else { this.day } };
            let mut slot = self.of_a_day(this.day);
            let found = by.iter().map(|one| self.with_it(*one, (this, days), &slot));
            slot.truth = found.fold(Truth::True(this.day), super::lists::both);
            slots.push(slot);
        }
        slots
    }

    /// Whether enough papers of a kind came with an event.
    fn with_it(
        &self,
        asked: Backing,
        (event, days): (&Event<'_>, Period),
        slot: &Slot,
    ) -> Truth {
        let what = held(asked.document);
        let belongs = |fact: &Fact<'_>| {
            let own = fact.entry.count.map_or(fact.entry.number, u32::from);
            if own != 0 && event.number != 0 {
                own == event.number
            } else {
                inside(fact.entry.day, days)
            }
        };
        let oldest = asked.not_older.map(|span| self.minus(event.day, span));
        let is_old = |fact: &Fact<'_>| oldest.is_some_and(|day| fact.entry.day < day);
        let mine: Vec<Fact<'_>> =
            self.known.of(what).into_iter().filter(belongs).collect();
        let good = mine.iter().filter(|fact| !is_old(fact) && !fact.contradicted);
        let papers: BTreeSet<usize> = good.map(|fact| fact.paper).collect();
        if papers.len() >= usize::from(asked.least) {
            return Truth::True(event.day);
        }
        if mine.iter().any(is_old) {
            return Truth::False;
        }
        let from = oldest.unwrap_or(days.from).min(slot.from);
        self.silence(what, &Slot { from, opens: from, ..slot.clone() })
    }

    /// S-78.
    pub(super) fn each_paper(
        &self,
        (what, least, cycle): (Occurrence, u16, Cycle),
        bounds: (Day, Day),
    ) -> Vec<Slot> {
        let mut slots = Vec::new();
        // S-9: what was done in grace for one period is not for the next.
        let mut used: BTreeSet<(u32, Day)> = BTreeSet::new();
        for period in self.asked_periods(cycle, bounds) {
            let papers = self.in_force_on(what, period.to);
            if papers.is_empty() {
                continue;
            }
            let Period { from, to } = period;
            let days = Days { from, to, opens: from, due: to };
            let mut slot = self.slot(days, Counts::From);
            let deeds = self.deeds(what).into_iter().filter(|fact| {
                !fact.contradicted
                    && from <= fact.entry.day
                    && fact.entry.day <= slot.grace_end
            });
            let deeds = deeds.map(|fact| (fact.entry.number, fact.entry.day));
            let deeds = deeds.filter(|deed| !used.contains(deed)).collect();
            let kept = evaluated(&papers, usize::from(least), deeds);
            used.extend(kept.iter().flatten());
            let count = |number: usize| u16::try_from(number).unwrap();
            slot.part = Some((count(kept.len()), count(papers.len())));
            slot.truth = match kept.iter().flatten().map(|(_, day)| *day).max() {
                Some(last) if kept.len() == papers.len() => Truth::True(last),
                _ => self.silence(what, &slot),
            };
            slots.push(slot);
        }
        slots
    }

    /// The papers of a kind that are in force on a day: by number, else by paper.
    fn in_force_on(&self, what: Occurrence, day: Day) -> BTreeSet<(bool, u32)> {
        let mut papers = BTreeSet::new();
        for act in [Act::Prepare, Act::Sign] {
            for fact in self.known.of(Occurrence { act, by: None, to: None, ..what }) {
                let entry = fact.entry;
                if entry.day > day || entry.until.is_some_and(|until| until < day) {
                    continue;
                }
                papers.insert(match entry.count.map_or(entry.number, u32::from) {
                    0 => (true, u32::try_from(fact.paper).unwrap()),
                    number => (false, number),
                });
            }
        }
        papers
    }
}

/// For each paper that had it done often enough the deeds that it needed. A deed with a number is that paper's, one without is anybody's who wants it yet.
fn evaluated(
    papers: &BTreeSet<(bool, u32)>,
    least: usize,
    mut deeds: BTreeSet<(u32, Day)>,
) -> Vec<Vec<(u32, Day)>> {
    let mut kept = Vec::new();
    for (is_nameless, number) in papers {
        let mut days = Vec::new();
        for wanted in [*number, 0] {
            if *is_nameless && wanted != 0 {
                continue;
            }
            while days.len() < least {
                let found = deeds.iter().find(|(of, _)| *of == wanted).copied();
                let Some(deed) = found else { break };
                deeds.remove(&deed);
                days.push(deed);
            }
        }
        if days.len() == least {
            kept.push(days);
        }
    }
    kept
}
