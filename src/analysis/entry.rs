//! A rule among all the others: its rulebook, its time, whom it asks for what.

use crate::calendar::Day;
use crate::judge;
use crate::judge::{Asked, Duty, Profile, View};
use crate::norm::{Condition, Norm};
use crate::program::{Rule, Rulebook, Status, Window};
use crate::timeline::{AsOf, Timeline};
use crate::verdict::Slot;

/// A rule with its rulebook.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) book: &'a Rulebook,
    pub(super) rule: &'a Rule,
}

impl<'a> Entry<'a> {
    pub(super) fn duty(self) -> Duty<'a> {
        Duty::of(self.book, self.rule)
    }

    /// The days on which the rule and its rulebook are in force.
    pub(super) fn window(self) -> Window {
        self.rule.in_force.within(Window { from: self.book.in_force, to: None })
    }

    /// The day of the window that is nearest to `today`; `None` where it holds none.
    pub(super) fn day(self, today: Day) -> Option<Day> {
        nearest(self.window(), today)
    }

    /// Whether the rule is judged and nobody is free to ignore it.
    pub(super) fn is_in_force(self) -> bool {
        self.rule.status == Status::InForce && self.book.status == Status::InForce
    }

    pub(super) fn is_suspended(self) -> bool {
        self.rule.status == Status::Suspended || self.book.status == Status::Suspended
    }

    /// Everything on which it depends whom the rule asks.
    pub(super) fn conditions(self) -> Vec<&'a Condition> {
        let rule = self.rule;
        let limits = rule.exceptions.iter().flat_map(|exception| &exception.unless);
        let before = rule.gives_way_to.iter().filter_map(|it| it.applies_to.as_ref());
        rule.applies_to
            .iter()
            .chain(rule.exceptions.iter().map(|exception| &exception.when))
            .chain(limits.map(|(_, condition)| condition))
            .chain(before)
            .collect()
    }

    /// The places whose law it is, or a rule before it.
    pub(super) fn places(self) -> impl Iterator<Item = &'a String> {
        let before = self.rule.gives_way_to.iter().flat_map(|it| &it.jurisdictions);
        self.rule.jurisdictions.iter().chain(before)
    }

    /// The duty and those that exceptions put in its place.
    pub(super) fn norms(self) -> impl Iterator<Item = &'a Norm> {
        let instead = self.rule.exceptions.iter().filter_map(|it| it.then.as_ref());
        std::iter::once(&self.rule.norm).chain(instead)
    }

    pub(super) fn asked(self, profile: &Profile, day: Day) -> Asked<'a> {
        judge::asked(&self.duty(), profile, day)
    }

    /// The first day from `day` on by which the rule asks for something, papers or not.
    pub(super) fn next_due(self, profile: &Profile, day: Day) -> Option<Day> {
        let mut due = self.slots(profile, day).into_iter().map(|slot| slot.due);
        due.find(|due| *due >= day && *due < Day::LATEST)
    }

    /// The occasions of the rule up to a day, no paper looked at.
    pub(super) fn slots(self, profile: &Profile, day: Day) -> Vec<Slot> {
        let timeline = Timeline::default();
        let view = View::new(profile, &timeline, AsOf::new(day, 0));
        judge::slots(&self.duty(), &view)
    }

    /// The rule's id as another rulebook names it.
    pub(super) fn id_in(self, book: &Rulebook) -> String {
        if book.id == self.book.id {
            self.rule.id.clone()
        } else {
            format!("{}/{}", self.book.id, self.rule.id)
        }
    }
}

/// The day of a window that is nearest to `today`; `None` where it holds none.
pub(super) fn nearest(window: Window, today: Day) -> Option<Day> {
    let from = window.from.map_or(today, |from| from.max(today));
    let day = window.to.map_or(from, |to| from.min(to));
    window.contains(day).then_some(day)
}
