//! What holds at all times, with another such duty in an exception: S-17.

use std::collections::BTreeSet;

use mithaq::calendar::{Cycle, Day};
use mithaq::norm::{Exception, Norm};
use mithaq::program::Window;
use mithaq::verdict::State;

use super::case::Said;
use super::clock::Duty;
use super::lists::foreseen;
use super::scope::{NEVER, SURE};
use super::slot::Slot;
use super::states::Stands;
use super::sum::{Speaks, speaks};
use super::wall::{before, day_of, periods};

/// Whether each day has its duty; gaps between the same events have theirs by the event with
/// which they begin.
pub(super) fn takes_turns(said: &Said) -> bool {
    let others =
        || said.exceptions.iter().filter_map(|exception| exception.then.as_ref());
    let of_gaps = |other: &Norm| match (&said.norm, other) {
        (Norm::Rolling { what, .. }, Norm::Rolling { what: same, .. }) => what == same,
        _ => false,
    };
    others().count() > 0
        && others().chain([&said.norm]).all(|norm| speaks(norm) == Speaks::Today)
        && !others().all(of_gaps)
}

impl Duty<'_, '_> {
    /// What may be asked on a day.
    fn asked_on(&self, day: Day) -> Vec<Norm> {
        let mut asked = vec![self.said.norm.clone()];
        let mut exceptions = self.said.exceptions.iter();
        if exceptions.any(|one| one.then.is_none() && self.excepts(one, day) == SURE) {
            return asked;
        }
        for exception in &self.said.exceptions {
            let Some(other) = &exception.then else { continue };
            let holds = self.excepts(exception, day);
            if holds == SURE {
                asked.clear();
            }
            if holds != NEVER && !asked.contains(other) {
                asked.push(other.clone());
            }
        }
        asked
    }

    /// The days from which something else is asked, and what.
    fn turns(&self, start: Day) -> Vec<(Day, Vec<Norm>)> {
        let mut days: BTreeSet<Day> = self.known.days_named();
        let years = &self.known.case.profile.fiscal_years;
        let all = (start, day_of(2034, 1, 1));
        days.extend(periods(years, Cycle::FiscalYear, all).iter().map(|year| year.from));
        days.retain(|day| start < *day);
        let mut turns = vec![(start, self.asked_on(start))];
        for day in days {
            let asked = self.asked_on(day);
            if turns.last().unwrap().1 != asked {
                turns.push((day, asked));
            }
        }
        turns
    }

    /// Whether somebody who looks ahead from today comes to a day on which one of several is
    /// asked and nobody knows which.
    pub(super) fn will_be_one_of_several(&self, today: Day) -> bool {
        let Some(start) = self.known.start().filter(|_| takes_turns(self.said)) else {
            return false;
        };
        let turns = self.turns(start);
        let mut nexts = turns.iter().skip(1).map(|(from, _)| *from);
        turns.iter().any(|(_, asked)| {
            let next = nexts.next().unwrap_or(Day::LATEST);
            asked.len() > 1 && today < next
        })
    }

    /// Each on the days on which it is asked, as the versions of a rule are.
    pub(super) fn in_turn(&self, (start, today): (Day, Day)) -> Vec<Slot> {
        let turns = self.turns(start);
        let plain = |exception: &&Exception| exception.then.is_none();
        let exceptions: Vec<Exception> =
            self.said.exceptions.iter().filter(plain).cloned().collect();
        let mut slots = Vec::new();
        for (at, (from, asked)) in turns.iter().enumerate() {
            let last = turns.get(at + 1).map(|(next, _)| before(*next));
            let own = self.said.window;
            let first = (at > 0).then_some(*from);
            let said = Said {
                norm: asked[0].clone(),
                exceptions: exceptions.clone(),
                window: Window {
                    from: own.from.max(first),
                    to: [own.to, last].into_iter().flatten().min(),
                },
                ..self.said.clone()
            };
            // What is remembered of one turn is nothing of the next.
            let version = 100 * (self.version + 1) + at;
            let turn = Duty { said: &said, version, ..*self };
            if asked.len() == 1 {
                slots.extend(turn.unwaived(today));
            } else {
                let any = turn.any_of(asked, &self.said.norm, (start, today));
                slots.extend(turn.around(any, (start, today)));
            }
        }
        slots
    }

    /// What all of them come to on a day, where that is one.
    fn any_of(
        &self,
        asked: &[Norm],
        own: &Norm,
        (start, today): (Day, Day),
    ) -> Vec<Slot> {
        let alone = |norm: &Norm| Said {
            norm: norm.clone(),
            applies_to: None,
            exceptions: Vec::new(),
            gives_way_to: Vec::new(),
            jurisdictions: Vec::new(),
            window: Window { to: None, ..self.said.window },
            ..self.said.clone()
        };
        let of = |(at, norm): (usize, &Norm)| {
            let said = alone(norm);
            let version = 100 * (self.version + 1) + at;
            Duty { said: &said, version, ..*self }.history((start, today))
        };
        let histories: Vec<Vec<(Day, State)>> =
            asked.iter().enumerate().map(of).collect();
        let on = |day: Day| {
            let mut all = histories.iter().map(|history| {
                let then = history.iter().rfind(|(from, _)| *from <= day);
                match then.map(|(_, state)| *state) {
                    Some(State::StillOwed | State::Closed) => Stands::Broken,
                    Some(State::AwaitingEvidence | State::InsufficientEvidence) => {
                        Stands::Unknown
                    }
                    _ => Stands::Kept,
                }
            });
            let first = all.next().unwrap();
            if all.all(|other| other == first) { first } else { Stands::Unknown }
        };
        // S-80: nobody foresees more of several than to the end of the next year.
        if start.max(self.in_force()) > foreseen(today) {
            return Vec::new();
        }
        let days = histories.iter().flatten().map(|(day, _)| *day).collect();
        self.of_those_days(own, days, (start, today), on)
    }
}
