//! What share of some people, or of a network's members, keeps something: S-81, S-100.

use std::collections::BTreeSet;

use mithaq::calendar::{Day, MonthCounting};
use mithaq::judge::{History, Stand};
use mithaq::norm::{Norm, Occurrence};
use mithaq::verdict::Truth;

use super::clock::{Counts, Days, Duty};
use super::known::Known;
use super::meetings::reaches;
use super::people::Person;
use super::slot::Slot;
use super::states::Stands;
use super::wall::{after, before, minus, plus};

impl Known<'_> {
    /// S-100.
    fn given(&self, norm: &Norm, deeds: &[(Option<Person>, Day)], day: Day) -> Stands {
        let Norm::Uptake { body, part, document, within, .. } = norm else {
            panic!("no uptake")
        };
        let Some(of) = self.members(*body, day) else { return Stands::Unknown };
        let ago = minus(day, *within, MonthCounting::ByDate);
        let counts = |on: Day| ago < on && on <= day;
        let listed = self.listed(*body, day);
        let people: BTreeSet<Person> = deeds
            .iter()
            .filter(|(_, on)| counts(*on))
            .filter_map(|(person, _)| *person)
            .filter(|person| listed.as_ref().is_none_or(|all| all.contains(person)))
            .collect();
        let nameless =
            deeds.iter().filter(|(person, on)| person.is_none() && counts(*on)).count();
        let doubts = self.doubts().filter(|doubt| doubt.nouns.contains(document));
        let unread = doubts
            .map(|doubt| doubt.day.unwrap_or(doubt.received_on))
            .filter(|on| counts(*on))
            .count();
        match () {
            () if reaches(people.len(), of, *part) => Stands::Kept,
            () if reaches(people.len() + nameless + unread, of, *part) => Stands::Unknown,
            () => Stands::Missing,
        }
    }
}

impl Duty<'_, '_> {
    /// S-100.
    pub(super) fn uptake(&self, norm: &Norm, (start, today): (Day, Day)) -> Vec<Slot> {
        let Norm::Uptake { document, act, within, .. } = norm else { return Vec::new() };
        let what = Occurrence { noun: *document, act: *act, by: None, to: None };
        let deeds: Vec<(Option<Person>, Day)> = self
            .known
            .of(what)
            .iter()
            .map(|fact| {
                let person = self.known.person(fact.entry.who);
                (person.filter(|_| !fact.contradicted), fact.entry.day)
            })
            .collect();
        let mut days = self.known.days_named();
        let doubts = self.known.doubts();
        days.extend(doubts.map(|doubt| doubt.day.unwrap_or(doubt.received_on)));
        // The first day on which each of them is too long ago.
        for day in days.clone() {
            if day.0 > 40_000 {
                continue;
            }
            let mut then = plus(day, *within, MonthCounting::ByDate);
            while minus(then, *within, MonthCounting::ByDate) < day {
                then = after(then);
            }
            while minus(before(then), *within, MonthCounting::ByDate) >= day {
                then = before(then);
            }
            days.insert(then);
        }
        let mut slots = self.of_those_days(norm, days, (start, today), |day| {
            self.known.given(norm, &deeds, day)
        });
        let first = start.max(self.in_force());
        for slot in &mut slots {
            // It was kept to the end of the day before; on the first of all days it is asked.
            let kept = slot.truth == Truth::True(slot.from);
            if !kept && !matches!(slot.truth, Truth::Unknown(_) | Truth::UnknownUntil(..))
            {
                let (day, due) = (slot.from, before(slot.from).max(first));
                let mut own = self
                    .slot(Days { from: day, to: day, opens: day, due }, Counts::Never);
                own.can_be_late = true;
                own.truth = match slot.truth {
                    Truth::NoEvidence => self.silence(what, &own),
                    truth => truth,
                };
                *slot = own;
            }
        }
        slots
    }

    /// S-81: by the members' own states, as they were counted.
    pub(super) fn members_keep(&self, norm: &Norm, bounds: (Day, Day)) -> Vec<Slot> {
        let Norm::Members { part, on_time, .. } = norm else { return Vec::new() };
        let fellows = &self.known.case.profile.fellows.of;
        let Some((_, members)) = fellows.iter().find(|(of, _)| of == norm) else {
            return Vec::new();
        };
        let on = |day: Day| {
            let stand = |history: &History| {
                let last = history.iter().rfind(|(from, _)| *from <= day);
                last.map(|(_, stand)| *stand)
            };
            let stands: Vec<Stand> = members.iter().filter_map(stand).collect();
            let is = |asked: &[Stand]| {
                stands.iter().filter(|stand| asked.contains(stand)).count()
            };
            let kept = is(&[Stand::Kept]) + if *on_time { 0 } else { is(&[Stand::Late]) };
            let unknown = is(&[Stand::Unknown]);
            let all = is(&[Stand::Kept, Stand::Late, Stand::Broken, Stand::Unknown]);
            match () {
                () if reaches(kept, all, *part) => Stands::Kept,
                () if reaches(kept + unknown, all, *part) => Stands::Unknown,
                () => Stands::Broken,
            }
        };
        let all = members.iter().flatten();
        let was_due = all
            .clone()
            .filter(|(_, stand)| !matches!(stand, Stand::Ahead | Stand::Absent));
        let Some(first) = was_due.map(|(day, _)| *day).min() else { return Vec::new() };
        let days = all.map(|(day, _)| *day).collect();
        self.of_those_days(norm, days, (bounds.0.max(first), bounds.1), on)
    }
}
