//! What is so or not from day to day: papers that stand, sizes, what is forbidden.

use std::collections::BTreeSet;

use mithaq::calendar::{Cycle, Day, Span};
use mithaq::norm::{Act, Condition, Moment, Norm, Occurrence};
use mithaq::verdict::{Truth, Unknown};

use super::clock::{Counts, Days, Duty};
use super::judge::can_be_late;
use super::known::{Event, Fact};
use super::scope::{NEVER, SURE};
use super::slot::Slot;
use super::wall::{after, before, day_of, periods};

/// How a state of things stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stands {
    Kept,
    /// Something known says that it is not.
    Broken,
    /// It is not, for a reason that the rule takes.
    Explained,
    /// A paper is owed and there is none.
    Missing,
    Unknown,
}

/// The days on which something is there, to the last one.
#[derive(Clone, Copy)]
pub(super) struct Cover {
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) is_sure: bool,
}

fn names_a_year(condition: &Condition) -> bool {
    match condition {
        Condition::Founded { by, .. } => !matches!(by, Moment::Day(_)),
        Condition::Not(inner) => names_a_year(inner),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(names_a_year),
        _ => false,
    }
}

impl Duty<'_, '_> {
    /// S-110: stretches of days as slots, up to the first stretch that lies ahead.
    pub(super) fn of_days(
        &self,
        norm: &Norm,
        (start, today): (Day, Day),
        stands: impl Fn(Day) -> Stands,
    ) -> Vec<Slot> {
        // Between two days that nothing names nothing changes.
        let mut days = self.known.days_named();
        let far = day_of(2034, 1, 1);
        match norm {
            // Years are full on any day.
            Norm::TermLimit { .. } | Norm::Composition { .. } => {
                days.extend((start.0..far.0).map(Day));
            }
            Norm::Holds(condition) if names_a_year(condition) => {
                let years = &self.known.case.profile.fiscal_years;
                let years = periods(years, Cycle::FiscalYear, (start, far));
                days.extend(years.into_iter().map(|year| year.from));
            }
            _ => {}
        }
        self.of_those_days(norm, days, (start, today), stands)
    }

    /// The same where it may change on these days only.
    pub(super) fn of_those_days(
        &self,
        norm: &Norm,
        named: BTreeSet<Day>,
        (start, today): (Day, Day),
        stands: impl Fn(Day) -> Stands,
    ) -> Vec<Slot> {
        let first = start.max(self.in_force());
        let mut stretches: Vec<(Day, Stands)> = vec![(first, stands(first))];
        for day in named.into_iter().filter(|day| first < *day) {
            let last = stretches.last().unwrap().0;
            if last > self.looked_ahead_to(today) && !self.is_taken_away(last) {
                break;
            }
            let now = stands(day);
            if stretches.last().unwrap().1 != now {
                stretches.push((day, now));
            }
        }
        let mut slots = Vec::new();
        for at in 0..stretches.len() {
            slots.extend(self.of_stretch(&stretches, at));
        }
        for slot in &mut slots {
            slot.can_be_late = can_be_late(norm);
        }
        slots
    }

    /// S-110: what a waiver or a window hides is looked at as far as that lasts.
    fn looked_ahead_to(&self, today: Day) -> Day {
        let waivers = self.known.case.waivers.iter().map(|waiver| waiver.during.to);
        let ends = waivers.chain(self.windows().map(|window| window.to));
        ends.chain([today]).max().unwrap()
    }

    /// S-110: what nobody is asked tells of no change, and no more does what another duty
    /// takes the place of.
    fn is_taken_away(&self, day: Day) -> bool {
        let mut exceptions = self.said.exceptions.iter();
        self.is_asked_of_nobody(day)
            || exceptions.any(|one| one.then.is_some() && self.excepts(one, day) != NEVER)
    }

    /// S-50, S-110.
    fn of_stretch(&self, stretches: &[(Day, Stands)], at: usize) -> Option<Slot> {
        let (day, stands) = stretches[at];
        let kept_again = || {
            let later = stretches[at..].iter().find(|(_, then)| *then == Stands::Kept);
            later.map(|(day, _)| *day)
        };
        let mut slot = self.of_a_day(day);
        slot.truth = match stands {
            Stands::Kept => {
                let before = stretches[..at].iter().rev();
                let before: Vec<Stands> = before
                    .map(|(_, stands)| *stands)
                    .take_while(|stands| *stands != Stands::Kept)
                    .collect();
                let tells = before.is_empty()
                    || before[0] == Stands::Explained
                    || before.contains(&Stands::Unknown);
                if !tells {
                    return None;
                }
                Truth::True(day)
            }
            Stands::Explained => Truth::Explained(day),
            Stands::Broken => {
                slot = self.lapsed(day);
                kept_again()
                    .map_or(Truth::False, |again| Truth::FalseUntil(again.max(slot.due)))
            }
            Stands::Missing => kept_again()
                .map_or(Truth::NoEvidence, |again| Truth::True(again.max(slot.due))),
            Stands::Unknown => {
                let why = Unknown::NotStated;
                kept_again().map_or(Truth::Unknown(why), |again| {
                    Truth::UnknownUntil(why, again.max(slot.due))
                })
            }
        };
        Some(slot)
    }

    /// How a duty of all times stands on a day.
    pub(super) fn stands(&self, norm: &Norm, day: Day) -> Stands {
        let kept = |kept: bool| if kept { Stands::Kept } else { Stands::Broken };
        match norm {
            // S-14.
            Norm::Size { body, least, most } => {
                let Some(count) = self.known.members(*body, day) else {
                    return Stands::Unknown;
                };
                let enough = least.is_none_or(|least| count >= usize::from(least));
                let too_many = most.is_some_and(|most| count > usize::from(most));
                kept(enough && !too_many)
            }
            // S-61, S-62.
            Norm::Holds(condition) => match self.holds(condition, day) {
                SURE => Stands::Kept,
                NEVER => Stands::Broken,
                _ => Stands::Unknown,
            },
            other => self.people_stand(other, day),
        }
    }

    /// S-13.
    pub(super) fn standing(
        &self,
        (what, review): (Occurrence, Option<Span>),
        start: Day,
    ) -> Vec<Slot> {
        let first = start.max(self.in_force());
        let covers = self.covers(what, review);
        let (mut slots, last) = self.links(&covers, first);
        let Some((held, mut slot)) = last else { return slots };
        let until = held.map_or(before(first), |cover| cover.to);
        let since = held.map_or(Day::EARLIEST, |cover| cover.from);
        slot.truth = self.uncovered(what, &covers, (until, since), &slot);
        let doubts = self.known.doubts().filter(|one| one.nouns.contains(&what.noun));
        let days = doubts.map(|doubt| doubt.day.unwrap_or(doubt.received_on));
        let day = days.filter(|day| since <= *day).min();
        slots.extend(self.doubted_from(slot, day));
        slots
    }

    /// A chain of covers: the links that the next cover ended, and the one that none has,
    /// with the cover that it follows.
    pub(super) fn links(
        &self,
        covers: &[Cover],
        first: Day,
    ) -> (Vec<Slot>, Option<(Option<Cover>, Slot)>) {
        let mut slots = Vec::new();
        let mut held: Option<Cover> = None;
        loop {
            let until = held.map_or(before(first), |cover| cover.to);
            if until == Day::LATEST {
                return (slots, None);
            }
            let days = match held {
                None => Days { from: first, to: first, opens: first, due: first },
                Some(Cover { from, to, .. }) => {
                    Days { from: after(self.over(to)), to, opens: from, due: to }
                }
            };
            let mut slot = self.slot(days, Counts::Never);
            let longer = |cover: &&Cover| cover.is_sure && cover.to > until;
            let begins = covers.iter().find(longer).map(|cover| cover.from);
            let beside = covers.iter().filter(|cover| Some(cover.from) == begins);
            let Some(next) = beside.filter(longer).max_by_key(|cover| cover.to) else {
                return (slots, Some((held, slot)));
            };
            slot.truth = Truth::True(next.from.max(first));
            slots.push(slot);
            held = Some(*next);
        }
    }

    /// What it means that nothing sure covers a link after a day.
    pub(super) fn uncovered(
        &self,
        what: Occurrence,
        covers: &[Cover],
        (until, since): (Day, Day),
        slot: &Slot,
    ) -> Truth {
        // S-21: a paper on file, no older than the last one, that does not speak of it.
        let spoke = |paper| self.deeds(what).iter().any(|fact| fact.paper == paper);
        let held = |fact: &Fact<'_>| since <= fact.entry.day && !spoke(fact.paper);
        match () {
            () if covers.iter().any(|cover| !cover.is_sure && cover.to > until) => {
                Truth::Unknown(Unknown::Contradictory)
            }
            () if self.known.on_file(what, held) => Truth::Unknown(Unknown::NotStated),
            () => self.silence(what, slot),
        }
    }

    /// S-13: from adoption or review for the interval, through the last valid day, for ever.
    pub(super) fn covers(&self, what: Occurrence, review: Option<Span>) -> Vec<Cover> {
        let mut told = self.deeds(what);
        if review.is_some() && what.act != Act::Review {
            let act = Act::Review;
            told.extend(self.deeds(Occurrence { act, by: None, to: None, ..what }));
        }
        told.sort_by_key(|fact| fact.entry.day);
        let cover = |fact: Fact<'_>| Cover {
            from: fact.entry.day,
            to: match (fact.entry.until, review) {
                (Some(until), _) => until,
                (None, Some(span)) => self.plus(fact.entry.day, span),
                (None, None) => Day::LATEST,
            },
            is_sure: !fact.contradicted,
        };
        told.into_iter().map(cover).collect()
    }

    /// S-85: what is wanting, and from when a paper that nobody can read may be it.
    pub(super) fn doubted_from(&self, mut slot: Slot, day: Option<Day>) -> Vec<Slot> {
        let why = Truth::Unknown(Unknown::Unreadable);
        match day.filter(|_| slot.truth == Truth::NoEvidence) {
            None => vec![slot],
            Some(day) if day <= slot.grace_end.max(slot.from) => {
                slot.truth = why;
                vec![slot]
            }
            Some(day) => {
                let days = Days { from: day, to: day, opens: day, due: before(day) };
                // It was not covered the day before, whether or not the clock stood still.
                let mut doubted = self.slot_due(days, before(day));
                doubted.truth = why;
                vec![slot, doubted]
            }
        }
    }

    /// S-40.
    pub(super) fn never(
        &self,
        what: Occurrence,
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        let first = start.max(self.in_force());
        let about = |nouns: &[_]| nouns.is_empty() || nouns.contains(&what.noun);
        let doubts = self.known.doubts().filter(|doubt| about(&doubt.nouns));
        let doubts = doubts.map(|doubt| doubt.day.unwrap_or(doubt.received_on));
        // S-38: what is of a day after its last one is not forbidden any more.
        let last = self.said.window.to.unwrap_or(Day::LATEST);
        let forbidden = |day: Day| first <= day && day <= last;
        let doubts: Vec<Day> = doubts.filter(|day| forbidden(*day)).collect();
        let events = self.known.events(what);
        let events: Vec<_> = events.iter().filter(|event| forbidden(event.day)).collect();
        let mut whole = self.of_a_day(first);
        whole.lag_end = whole.grace_end;
        let disputed = |event: &Event<'_>| -> bool {
            !self.stands_still(event.day) && self.is_unsure(event)
        };
        let why = |day: Day| match () {
            () if !self.known.heard_on(day) => Some(Unknown::FolderUnhealthy),
            () if events.iter().any(|event| event.day <= day && disputed(event)) => {
                Some(Unknown::Contradictory)
            }
            () if doubts.iter().any(|doubt| *doubt <= day) => Some(Unknown::Unreadable),
            () => None,
        };
        // Before it begins it is as it will be on its first day; what is known of later days
        // tells from which of them on nobody knows.
        let mut named = self.known.days_named();
        named.extend(doubts.iter().copied());
        named.extend(self.known.healthy_to().map(after));
        named.retain(|day| today.max(first) < *day && *day <= last);
        let later = named.into_iter().find_map(|day| Some((why(day)?, day)));
        whole.truth = match (why(today.max(first).min(last)), later) {
            (Some(why), _) => Truth::Unknown(why),
            (None, Some((why, day))) => Truth::TrueUntil(why, day),
            (None, None) => Truth::True(first),
        };
        let mut days: Vec<(Day, Truth)> = Vec::new();
        let unheard = self.known.healthy_to().map(|last| after(last).max(first));
        if let Some(day) = unheard.filter(|day| forbidden(*day)) {
            days.push((day, Truth::Unknown(Unknown::FolderUnhealthy)));
        }
        // From a doubt on nobody knows any more.
        if let Some(day) = doubts.iter().min() {
            days.push((*day, Truth::Unknown(Unknown::Unreadable)));
        }
        for event in events.iter().filter(|event| !self.stands_still(event.day)) {
            let unsure = Truth::Unknown(Unknown::Contradictory);
            days.push((event.day, if event.is_sure() { Truth::False } else { unsure }));
        }
        days.sort_by_key(|(day, _)| *day);
        let of_day = |(day, truth): (Day, Truth)| {
            let due = before(day);
            let days = Days { from: day, to: day, opens: day, due };
            let mut slot = self.slot_due(days, due);
            (slot.grace_end, slot.lag_end, slot.truth) = (slot.due, slot.due, truth);
            slot
        };
        std::iter::once(whole).chain(days.into_iter().map(of_day)).collect()
    }
}
