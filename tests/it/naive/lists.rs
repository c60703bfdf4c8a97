//! Several duties as one: each of a list, so many of several.

use std::collections::BTreeSet;

use mithaq::calendar::Day;
use mithaq::norm::{Norm, Occurrence};
use mithaq::verdict::{Applies, State, Truth};

use super::case::Said;
use super::clock::Duty;
use super::slot::Slot;
use super::states::{Cover, Stands};
use super::wall::{after, date, day_of};

/// S-80: the last day of which anything is known of several duties.
pub(super) fn foreseen(today: Day) -> Day {
    day_of(date(today).year + 1, 12, 31)
}

/// S-47: both, in three values: what fails for one fails for both, then what is not there,
/// then what nobody knows; both kept are kept on the later day.
pub(super) fn both(one: Truth, other: Truth) -> Truth {
    let rank = |truth: &Truth| match truth {
        Truth::False => 0,
        Truth::NoEvidence => 1,
        Truth::Unknown(_) => 2,
        Truth::FalseUntil(_) => 3,
        Truth::UnknownUntil(..) => 4,
        Truth::Explained(_) => 5,
        Truth::True(_) => 6,
        Truth::TrueUntil(..) => panic!("what is forbidden is in no list"),
    };
    let day = |truth: &Truth| match truth {
        Truth::FalseUntil(day)
        | Truth::UnknownUntil(_, day)
        | Truth::Explained(day)
        | Truth::True(day) => *day,
        _ => Day::EARLIEST,
    };
    let later = day(&one).max(day(&other));
    let worse = if rank(&other) < rank(&one) { other } else { one };
    match worse {
        Truth::FalseUntil(_) => Truth::FalseUntil(later),
        Truth::UnknownUntil(why, _) => Truth::UnknownUntil(why, later),
        Truth::Explained(_) => Truth::Explained(later),
        Truth::True(_) => Truth::True(later),
        lasting => lasting,
    }
}

impl Duty<'_, '_> {
    /// S-47.
    pub(super) fn each_of(&self, norms: &[Norm], bounds: (Day, Day)) -> Vec<Slot> {
        let standing = |norm: &Norm| match norm {
            Norm::Standing { what, review } => Some((*what, *review)),
            _ => None,
        };
        let all: Option<Vec<_>> = norms.iter().map(standing).collect();
        if let Some(parts) = all {
            let mut slots = self.all_standing(&parts, bounds.0);
            slots.iter_mut().for_each(|slot| slot.can_be_late = true);
            return slots;
        }
        let slots: Vec<Slot> =
            norms.iter().flat_map(|norm| self.seen(norm, bounds)).collect();
        let occasions: BTreeSet<(Day, Day)> =
            slots.iter().map(|slot| (slot.from, slot.due)).collect();
        let of = |(from, due): (Day, Day)| {
            let mine = slots.iter().filter(|slot| slot.from == from && slot.due == due);
            let whole = mine
                .cloned()
                .reduce(|one, other| Slot { truth: both(one.truth, other.truth), ..one });
            whole.unwrap()
        };
        occasions.into_iter().map(of).collect()
    }

    /// Papers that stand: kept on the days on which all of them are there.
    fn all_standing(
        &self,
        parts: &[(Occurrence, Option<mithaq::calendar::Span>)],
        start: Day,
    ) -> Vec<Slot> {
        let first = start.max(self.in_force());
        let covers: Vec<Vec<Cover>> =
            parts.iter().map(|(what, review)| self.covers(*what, *review)).collect();
        let is_there = |of: &[Cover], day: Day| {
            of.iter().any(|one| one.is_sure && one.from <= day && day <= one.to)
        };
        let mut days: BTreeSet<Day> = BTreeSet::new();
        for cover in covers.iter().flatten() {
            days.insert(cover.from);
            if cover.to < Day::LATEST {
                days.insert(after(cover.to));
            }
        }
        // Stretches of days on which all are there.
        let mut common: Vec<Cover> = Vec::new();
        let mut begun: Option<Day> = None;
        for day in days {
            let all = covers.iter().all(|of| is_there(of, day));
            if let (Some(from), false) = (begun, all) {
                common.push(Cover { from, to: super::wall::before(day), is_sure: true });
                begun = None;
            } else if begun.is_none() && all {
                begun = Some(day);
            }
        }
        common.extend(begun.map(|from| Cover { from, to: Day::LATEST, is_sure: true }));
        let (mut slots, last) = self.links(&common, first);
        let Some((held, mut slot)) = last else { return slots };
        let until = held.map_or(super::wall::before(first), |cover| cover.to);
        let since = held.map_or(Day::EARLIEST, |cover| cover.from);
        let truths = parts.iter().zip(&covers).map(|((what, _), of)| {
            if is_there(of, slot.from) {
                Truth::True(slot.from)
            } else {
                self.uncovered(*what, of, (until, since), &slot)
            }
        });
        slot.truth = truths.reduce(both).unwrap();
        // From when each may be there.
        let doubt = |what: &Occurrence| {
            self.known
                .doubts()
                .filter(|doubt| doubt.nouns.contains(&what.noun))
                .map(|doubt| doubt.day.unwrap_or(doubt.received_on))
                .filter(|day| since <= *day)
                .min()
        };
        let doubts: Vec<Option<Day>> =
            parts.iter().map(|(what, _)| doubt(what)).collect();
        let may_be = |day: Day| {
            covers.iter().zip(&doubts).all(|(of, doubt)| {
                is_there(of, day) || doubt.is_some_and(|doubt| doubt <= day)
            })
        };
        let begins = covers.iter().flatten().map(|cover| cover.from);
        let days: BTreeSet<Day> = begins
            .chain(doubts.iter().flatten().copied())
            .map(|day| day.max(slot.from))
            .collect();
        let day = days.into_iter().find(|day| may_be(*day));
        slots.extend(self.doubted_from(slot, day));
        slots
    }

    /// S-80.
    pub(super) fn among(
        &self,
        (norm, least, norms): (&Norm, u16, &[Norm]),
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        // Of what begins later nothing is known.
        if self.in_force() > foreseen(today) {
            return Vec::new();
        }
        let said = |norm: &Norm| Said {
            norm: norm.clone(),
            applies_to: None,
            exceptions: Vec::new(),
            gives_way_to: Vec::new(),
            ..self.said.clone()
        };
        let histories: Vec<Vec<(Day, State)>> = norms
            .iter()
            .map(|norm| {
                let said = said(norm);
                let part = Duty { said: &said, ..*self };
                part.history((start, today))
            })
            .collect();
        self.counted(norm, &histories, (start, today), |states| {
            let is = |of: &[State]| states.iter().filter(|one| of.contains(one)).count();
            let absent = is(&[State::NotApplicable, State::Waived]);
            let broken = is(&[State::StillOwed, State::Closed]);
            let unknown = is(&[State::AwaitingEvidence, State::InsufficientEvidence]);
            let asked = usize::from(least).min(states.len() - absent);
            let sure = states.len() - absent - broken - unknown;
            match () {
                () if sure >= asked => Stands::Kept,
                () if sure + unknown >= asked => Stands::Unknown,
                () => Stands::Broken,
            }
        })
    }

    /// What several duties' states come to, from the first day on which one of them was due.
    pub(super) fn counted(
        &self,
        norm: &Norm,
        histories: &[Vec<(Day, State)>],
        (start, today): (Day, Day),
        stands: impl Fn(&[State]) -> Stands,
    ) -> Vec<Slot> {
        let is_due = |state: &State| {
            !matches!(
                state,
                State::NotApplicable
                    | State::Waived
                    | State::NotYetOpen
                    | State::OnTrack
                    | State::DueSoon
                    | State::InGrace
            )
        };
        let due = histories.iter().flatten().filter(|(_, state)| is_due(state));
        let Some(first) = due.map(|(day, _)| *day).min() else { return Vec::new() };
        let on = |day: Day| {
            let last = |history: &Vec<(Day, State)>| {
                let then = history.iter().rfind(|(from, _)| *from <= day);
                then.map(|(_, state)| *state)
            };
            let states: Vec<State> = histories.iter().filter_map(last).collect();
            stands(&states)
        };
        let days = histories.iter().flatten().map(|(day, _)| *day).collect();
        self.of_those_days(norm, days, (start.max(first), today), on)
    }

    /// A duty's state on each day from the first on, where it becomes another, as far as is
    /// foreseen: to the end of the next year.
    pub(super) fn history(&self, (start, today): (Day, Day)) -> Vec<(Day, State)> {
        // The first day stands also where it lies behind all that.
        let last = foreseen(today).max(start);
        let mut history: Vec<(Day, State)> = Vec::new();
        for day in self.days_of_change(start).into_iter().filter(|day| *day <= last) {
            let state = self.verdict(&self.unwaived(day), day).state;
            if history.last().is_none_or(|(_, before)| *before != state) {
                history.push((day, state));
            }
        }
        history
    }

    /// The days on which the state may be another: those of its slots and of what is known,
    /// and each of them twelve months on, when it is history.
    fn days_of_change(&self, start: Day) -> BTreeSet<Day> {
        let mut days = self.known.days_named();
        let slots = self.unwaived(self.known.horizon());
        for slot in &slots {
            days.extend([slot.from, slot.opens, slot.soon, slot.due]);
            days.extend([slot.grace_end, slot.lag_end]);
            if let Truth::True(day)
            | Truth::Explained(day)
            | Truth::FalseUntil(day)
            | Truth::UnknownUntil(_, day) = slot.truth
            {
                days.insert(day);
            }
            if let Applies::Until(last) | Applies::UnknownUntil(last) = slot.applies {
                days.insert(last);
            }
        }
        days.retain(|day| day.0 < 60_000 && day.0 > -20_000);
        let mut all: BTreeSet<Day> = BTreeSet::new();
        for day in days {
            for on in [day, Day(day.0 + 365), Day(day.0 + 366)] {
                all.extend([on, after(on)]);
            }
        }
        all.insert(start);
        all.into_iter().filter(|day| *day >= start).collect()
    }
}
