//! Who is who, from day to day: S-49.

use std::collections::BTreeSet;

use mithaq::calendar::Day;
use mithaq::norm::TermId;
use mithaq::timeline::Aspect;

use super::known::Known;
use super::wall::inside;

/// Somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Person {
    /// Whom the register has, by number.
    Listed(u16),
    /// Whom only papers name.
    Named(u16),
}

impl Known<'_> {
    /// Whom a paper names.
    pub(super) fn person(&self, who: u16) -> Option<Person> {
        let name = self.case.names.get(usize::from(who).checked_sub(1)?)?;
        let listed = self.case.profile.register.names.get(name);
        Some(listed.map_or(Person::Named(who), |number| Person::Listed(*number)))
    }

    /// Who is in a body or a post by the register; `None` where it does not say.
    pub(super) fn listed(&self, group: TermId, day: Day) -> Option<BTreeSet<Person>> {
        let register = &self.case.profile.register;
        let sits = register
            .seats
            .iter()
            .filter(|seat| seat.of.contains(&group) && inside(day, seat.during));
        let people: BTreeSet<Person> =
            sits.map(|seat| Person::Listed(seat.person)).collect();
        let whole = register
            .whole
            .iter()
            .any(|(of, during)| *of == group && inside(day, *during));
        (whole || !people.is_empty()).then_some(people)
    }

    /// The same, where the register is silent by the last paper that listed the body.
    pub(super) fn holders(&self, group: TermId, day: Day) -> Option<BTreeSet<Person>> {
        if let Some(listed) = self.listed(group, day) {
            return Some(listed);
        }
        let told = self.about(group, Aspect::Seat);
        let last = told.iter().rfind(|fact| fact.entry.day <= day)?;
        let same = |paper: usize, on: Day| paper == last.paper && on == last.entry.day;
        let list = told.iter().filter(|fact| same(fact.paper, fact.entry.day));
        Some(list.filter_map(|fact| self.person(fact.entry.who)).collect())
    }

    /// S-14: how many are in a body.
    pub(super) fn members(&self, body: TermId, day: Day) -> Option<usize> {
        if let Some(listed) = self.listed(body, day) {
            return Some(listed.len());
        }
        let told = self.about(body, Aspect::Size);
        let stated =
            told.iter().rfind(|fact| fact.entry.day <= day && fact.entry.count.is_some());
        let lists = self.about(body, Aspect::Seat);
        let list = lists.iter().rfind(|fact| fact.entry.day <= day);
        match (stated, list) {
            (Some(stated), Some(list)) if stated.entry.day < list.entry.day => {
                Some(self.holders(body, day)?.len())
            }
            (Some(stated), _) => stated.entry.count.map(usize::from),
            (None, _) => Some(self.holders(body, day)?.len()),
        }
    }
}
