//! What is asked in each period, after each anchor, by a day of each year, and never too
//! long apart.

use mithaq::calendar::{Cycle, Day, Period, Span};
use mithaq::norm::{Anchor, Occurrence};
use mithaq::timeline::{Aspect, Subject};
use mithaq::verdict::{Truth, Unknown};

use super::clock::{Counts, Days, Duty};
use super::known::{Event, Fact};
use super::slot::Slot;
use super::wall::{after, before, date, day_of, inside, periods};

impl Duty<'_, '_> {
    /// S-7: the periods wholly inside the membership, up to one after the day judged and
    /// after everything that keeps the rule from asking.
    pub(super) fn periods(
        &self,
        cycle: Cycle,
        (start, today): (Day, Day),
    ) -> Vec<Period> {
        let last = Day(self.asked_by(today).0 + 800);
        let cycle = match cycle {
            Cycle::Quarter if self.said.fiscal_quarters => Cycle::FiscalQuarter,
            cycle => cycle,
        };
        periods(&self.known.case.profile.fiscal_years, cycle, (start, last))
    }

    /// Those of them for which the rule is in force, and that did not lose all their days.
    pub(super) fn asked_periods(&self, cycle: Cycle, bounds: (Day, Day)) -> Vec<Period> {
        let lost = |period: &Period| {
            (period.from.0..=period.to.0).all(|day| self.stands_still(Day(day)))
        };
        let all = self.periods(cycle, bounds).into_iter();
        all.filter(|period| self.binds(period.to) && !lost(period)).collect()
    }

    /// A day from which on nothing keeps the rule from asking.
    fn asked_by(&self, today: Day) -> Day {
        let windows = self.windows().map(|window| window.to);
        let ends = windows.filter(|day| *day < Day::LATEST);
        ends.chain([self.in_force(), today]).max().unwrap()
    }

    /// S-8, S-9.
    pub(super) fn frequency(
        &self,
        (what, least, cycle): (Occurrence, u16, Cycle),
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        let least = usize::from(least);
        let mut unused = self.events(what);
        let mut slots = Vec::new();
        for period in self.asked_periods(cycle, (start, today)) {
            let Period { from, to } = period;
            let mut slot =
                self.slot(Days { from, to, opens: from, due: to }, Counts::From);
            let fits =
                |event: &Event<'_>| from <= event.day && event.day <= slot.grace_end;
            let mine: Vec<usize> =
                (0..unused.len()).filter(|at| fits(&unused[*at])).collect();
            let sure: Vec<usize> =
                mine.iter().copied().filter(|at| unused[*at].is_sure()).collect();
            slot.truth = if sure.len() >= least {
                let day = unused[sure[least - 1]].day;
                for at in sure[..least].iter().rev() {
                    unused.remove(*at);
                }
                Truth::True(day)
            } else if mine.len() >= least {
                Truth::Unknown(Unknown::Contradictory)
            } else {
                self.silence(what, &slot)
            };
            slots.push(slot);
        }
        slots
    }

    /// S-12.
    pub(super) fn fixed_date(
        &self,
        (what, month, day): (Occurrence, u8, u8),
        (start, horizon): (Day, Day),
    ) -> Vec<Slot> {
        let mut unused = self.events(what);
        let mut slots = Vec::new();
        let asked = self.asked_by(horizon);
        for year in date(start).year..=date(asked).year + 2 {
            let due = day_of(year, month, day);
            let from = after(day_of(year - 1, month, day));
            if from < start || !self.binds(due) {
                continue;
            }
            let days = Days { from, to: due, opens: from, due };
            let mut slot = self.slot(days, Counts::From);
            let last = day_of(year + 1, month, day).max(slot.grace_end);
            let fits = |event: &Event<'_>| from <= event.day && event.day <= last;
            let sure = |event: &Event<'_>| fits(event) && event.is_sure();
            slot.truth = match unused.iter().position(sure) {
                Some(first) => Truth::True(unused.remove(first).day),
                None if unused.iter().any(fits) => Truth::Unknown(Unknown::Contradictory),
                None => self.silence(what, &slot),
            };
            slots.push(slot);
        }
        slots
    }

    /// S-10.
    pub(super) fn rolling(
        &self,
        (what, gap): (Occurrence, Span),
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        let events = self.events(what);
        let mut from = start.max(self.in_force());
        let mut slots = Vec::new();
        loop {
            let due = self.plus(from, gap);
            let mut slot =
                self.slot(Days { from, to: due, opens: from, due }, Counts::After);
            let next = events.iter().find(|event| event.day > from && event.is_sure());
            let Some(next) = next else {
                slot.truth = self.silence(what, &slot);
                slots.push(slot);
                return slots;
            };
            let doubtful = events.iter().any(|event| {
                from < event.day && event.day <= slot.grace_end && self.is_unsure(event)
            });
            slot.truth = if next.day > slot.grace_end && doubtful {
                Truth::Unknown(Unknown::Contradictory)
            } else {
                Truth::True(next.day)
            };
            slots.push(slot);
            if from > today {
                return slots;
            }
            from = next.day;
        }
    }

    /// S-11, S-43.
    pub(super) fn deadline(
        &self,
        (what, anchor, within): (Occurrence, Anchor, Span),
        bounds: (Day, Day),
    ) -> Vec<Slot> {
        match anchor {
            Anchor::FiscalYearEnd => self.each_year((what, within, true), bounds),
            Anchor::FiscalYearStart => self.each_year((what, within, false), bounds),
            Anchor::Each(event) => {
                let events = self.known.events(event);
                let days = events.iter().map(|event| (event.day, event.number));
                let same = event.noun == what.noun;
                self.each_time((what, within, same), bounds.0, &days.collect::<Vec<_>>())
            }
            Anchor::MandateEnd(body) => {
                let subject = Subject::new(body, Aspect::MandateEnd);
                let ends = self.known.facts.iter();
                let ends = ends.filter(|fact| fact.entry.subject == subject);
                let mut days: Vec<(Day, u32)> =
                    ends.map(|fact| (fact.entry.day, 0)).collect();
                days.dedup();
                self.each_time((what, within, false), bounds.0, &days)
            }
            Anchor::Finding => Vec::new(),
        }
    }

    fn each_year(
        &self,
        (what, within, at_end): (Occurrence, Span, bool),
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        let mut slots = Vec::new();
        for year in self.periods(Cycle::FiscalYear, (start, today)) {
            let (trigger, opens, counts) = if at_end {
                (year.to, after(year.to), Counts::From)
            } else {
                (year.from, year.from, Counts::After)
            };
            let due = self.within(trigger, within);
            if !self.binds(due) {
                continue;
            }
            let days = Days { from: year.from, to: year.to, opens, due };
            let mut slot = self.slot(days, counts);
            let without = self.years_without_a_name(year, at_end);
            let about = |fact: &Fact<'_>| match fact.entry.about {
                Some(end) => inside(end, year),
                None => inside(fact.entry.day, without),
            };
            slot.truth = self.done(what, about, &slot);
            slots.push(slot);
        }
        slots
    }

    /// The days on which a paper that states no year is about this one: the year after it,
    /// for what follows its end; itself, for what follows its beginning.
    fn years_without_a_name(&self, year: Period, at_end: bool) -> Period {
        if !at_end {
            return year;
        }
        let years = &self.known.case.profile.fiscal_years;
        super::wall::holding(years, Cycle::FiscalYear, after(year.to))
    }

    /// Done by the first paper that tells so; left open by one that is there and does not
    /// tell (S-21).
    fn done(
        &self,
        what: Occurrence,
        about: impl Fn(&Fact<'_>) -> bool,
        slot: &Slot,
    ) -> Truth {
        match self.done_so(what, &about, slot) {
            Truth::NoEvidence | Truth::Unknown(Unknown::Unreadable)
                if self.known.on_file(what, &about) =>
            {
                Truth::Unknown(Unknown::NotStated)
            }
            truth => truth,
        }
    }

    /// Done by the first paper of these that tells so and that no other contradicts.
    pub(super) fn done_so(
        &self,
        what: Occurrence,
        fits: impl Fn(&Fact<'_>) -> bool,
        slot: &Slot,
    ) -> Truth {
        let told: Vec<Fact<'_>> = self.deeds(what).into_iter().filter(fits).collect();
        match told.iter().find(|fact| !fact.contradicted) {
            Some(fact) => Truth::True(fact.entry.day),
            None if !told.is_empty() => Truth::Unknown(Unknown::Contradictory),
            None => self.silence(what, slot),
        }
    }

    /// After each of some days: what comes before the next of them, or in time.
    fn each_time(
        &self,
        (what, within, same_noun): (Occurrence, Span, bool),
        start: Day,
        anchors: &[(Day, u32)],
    ) -> Vec<Slot> {
        let mut slots = Vec::new();
        for (at, (anchor, number)) in anchors.iter().copied().enumerate() {
            let due = self.within(anchor, within);
            if anchor < start || !self.binds(due) {
                continue;
            }
            let days = Days { from: anchor, to: due, opens: anchor, due };
            let mut slot = self.slot(days, Counts::After);
            let numbered = number != 0 && same_noun;
            let next = anchors.get(at + 1).map_or(Day::LATEST, |(day, _)| before(*day));
            let last = if numbered { Day::LATEST } else { next.max(slot.grace_end) };
            let answers = |fact: &Fact<'_>| {
                let own = fact.entry.number;
                let same = !same_noun || number == 0 || own == 0 || own == number;
                same && anchor <= fact.entry.day && fact.entry.day <= last
            };
            slot.truth = self.done_so(what, answers, &slot);
            slots.push(slot);
        }
        slots
    }
}

impl Duty<'_, '_> {
    /// Whether some paper about an event is contradicted.
    pub(super) fn is_unsure(&self, event: &Event<'_>) -> bool {
        event.papers.iter().any(|paper| paper.contradicted)
    }

    /// What it means that nothing was found: S-20, S-22.
    pub(super) fn silence(&self, what: Occurrence, slot: &Slot) -> Truth {
        let disputed = self.deeds(what).iter().any(|fact| {
            slot.from <= fact.entry.day
                && fact.entry.day <= slot.grace_end
                && fact.contradicted
        });
        let doubted = self.known.doubts().any(|doubt| {
            let about = doubt.nouns.is_empty() || doubt.nouns.contains(&what.noun);
            let then = match doubt.day {
                Some(day) => slot.from <= day && day <= slot.grace_end,
                None => {
                    slot.opens <= doubt.received_on && doubt.received_on <= slot.lag_end
                }
            };
            about && then
        });
        match (disputed, doubted) {
            (true, _) => Truth::Unknown(Unknown::Contradictory),
            (_, true) => Truth::Unknown(Unknown::Unreadable),
            _ => Truth::NoEvidence,
        }
    }
}
