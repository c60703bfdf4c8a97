//! What would settle a slot that is not known, and the least that would repair one that is
//! not met.
//!
//! Found by trial: facts that the norm's shape suggests are put beside what is known, the
//! judge judges again, and what does not change its mind is thrown away. What is named is
//! therefore enough, and no part of it can be left out. Costs some tens of judgements and
//! is done only for who asks why. Knows no paper's words and no clock.

mod fact;
mod person;
mod suggest;
pub mod words;

pub use fact::{Deed, Fact};
pub use person::Person;

use std::borrow::Cow;

use crate::calendar::Day;
use crate::judge;
use crate::judge::{Duty, View};
use crate::norm::Norm;
use crate::verdict::{Slot, State, Truth};

/// A slot that is not met or not known, with what it was judged by.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    pub duty: Duty<'c>,
    pub view: View<'c>,
    pub slot: &'c Slot,
}

/// What can be done about a slot.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Remedy {
    /// What would show that it was kept in time, or would settle it.
    pub proof: Option<Wanted>,
    /// What can still be done on the day judged; it is late.
    pub now: Option<Wanted>,
    /// The due day of the next slot of the rule.
    pub next_due: Option<Day>,
    /// Nothing mends it any more.
    pub is_past_mending: bool,
}

/// Facts that together, and not without any of them, change the state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    pub facts: Vec<Fact>,
    /// The days that what is named may be dated; `None` where the facts have their own.
    pub days: Option<Range>,
    /// The state that follows.
    pub then: State,
}

/// Days up to a last one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// `None`: as early as one likes.
    pub from: Option<Day>,
    pub to: Day,
}

/// How far back the first day of a range is looked for: longer ago is as early as one likes.
const DAYS_BACK_MAX: i32 = 1100;

/// What would settle or repair a slot; `None` for one that needs neither.
pub fn remedy(case: &Case<'_>) -> Option<Remedy> {
    let state = case.slot.underlying;
    let unknown = state == State::InsufficientEvidence;
    if !unknown && !state.is_not_met() {
        return None;
    }
    let suggested = suggest::facts(case);
    let settles: fn(State) -> bool = if unknown { is_decided } else { is_repaired };
    let in_time = |facts: &Vec<Fact>| case.wanted(facts, settles);
    let proof = suggested.iter().find_map(in_time);
    let here = [case.view.as_of.day];
    let covered =
        |wanted: &Wanted| wanted.days.is_none_or(|days| days.to == case.view.as_of.day);
    let now = match &proof {
        Some(proof) if unknown || covered(proof) => None,
        _ => {
            let open =
                suggested.iter().filter(|facts| !facts.iter().any(Fact::is_placed));
            open.into_iter().find_map(|facts| case.wanted_on(facts, &here, is_mended))
        }
    };
    // Where nothing was found, something that nobody thought of here may still be; but for
    // what was due before its time began.
    let stated = !matches!(case.slot.truth, Truth::NoEvidence);
    let stated = stated || case.slot.due < case.slot.from;
    let is_past_mending =
        state == State::Closed && stated && proof.is_none() && now.is_none();
    Some(Remedy { proof, now, next_due: next_due(case), is_past_mending })
}

/// Kept, in time or in grace, or asked no more.
fn is_repaired(state: State) -> bool {
    is_mended(state) && state != State::MetLate
}

/// Not broken any more, late or not.
fn is_mended(state: State) -> bool {
    !state.is_not_met()
        && !matches!(
            state,
            State::Error | State::InsufficientEvidence | State::AwaitingEvidence
        )
}

/// Known, for good or ill.
fn is_decided(state: State) -> bool {
    is_mended(state) || state.is_not_met()
}

fn next_due(case: &Case<'_>) -> Option<Day> {
    let today = case.view.as_of.day;
    let slots = judge::slots(&case.duty, &case.view);
    let ahead =
        slots.iter().filter(|slot| slot.from > case.slot.from && slot.due >= today);
    ahead.map(|slot| slot.due).filter(|due| *due < Day::LATEST).min()
}

impl Case<'_> {
    /// The slot's state with these facts beside what is known, those that name no day of
    /// their own from `day` on, one a day.
    pub fn with(&self, facts: &[Fact], day: Day) -> State {
        let mut profile = Cow::Borrowed(self.view.profile);
        let mut timeline = self.view.timeline.to_add_to();
        let mut next = day;
        for fact in facts {
            next = fact.put((&mut profile, &mut timeline), next, self.view.as_of);
        }
        let view = View { profile: &profile, timeline: &timeline, ..self.view };
        let norm = self.duty.norm;
        if norm.is_standing() {
            let verdict = judge::verdict(&self.duty, &view);
            return verdict.underlying.unwrap_or(verdict.state);
        }
        let slots = judge::slots(&self.duty, &view);
        let same = slots.iter().find(|slot| slot.from == self.slot.from);
        // A day on which the forbidden may have been done is none once it is known that it
        // was not: the whole time speaks.
        let whole = slots.first().filter(|_| matches!(norm, Norm::Never { .. }));
        same.or(whole).map_or(State::Error, |slot| slot.underlying)
    }

    /// The facts, as few as are enough, with all days on which they are.
    fn wanted(&self, facts: &[Fact], good: fn(State) -> bool) -> Option<Wanted> {
        let (slot, today) = (self.slot, self.view.as_of.day);
        let first = slot.from.max(Day::EARLIEST);
        let days = [
            slot.due,
            slot.to,
            slot.opens,
            first,
            slot.opens.previous(),
            slot.grace_end,
            today,
        ];
        let held = facts.iter().map(Fact::days).sum::<i32>();
        if held == 0 {
            return self.wanted_on(facts, &[today], good);
        }
        let days: Vec<Day> =
            days.iter().map(|day| (*day).min(today).plus_days(1 - held)).collect();
        self.wanted_on(facts, &days, good)
    }

    /// The same from one of these days on.
    fn wanted_on(
        &self,
        facts: &[Fact],
        days: &[Day],
        good: fn(State) -> bool,
    ) -> Option<Wanted> {
        let enough = |facts: &[Fact], day: Day| good(self.with(facts, day));
        let mut found: Option<(Vec<Fact>, Day)> = None;
        for day in days.iter().copied().filter(|day| enough(facts, *day)) {
            let fewer = fewest(facts, &|facts| enough(facts, day));
            if found.as_ref().is_none_or(|(least, _)| fewer.len() < least.len()) {
                found = Some((fewer, day));
            }
            // One fact cannot be less.
            if facts.len() == 1 {
                break;
            }
        }
        let (least, day) = found?;
        let then = self.with(&least, day);
        // Facts with a time of their own: on its first days as on its last ones, or on these.
        let early: Vec<Fact> = least.iter().map(Fact::at_first).collect();
        let least = if self.with(&early, day) == then {
            least
        } else {
            least.iter().map(Fact::at_last).collect()
        };
        let held: i32 = least.iter().map(Fact::days).sum();
        let days = (held > 0).then(|| {
            let same = |day: Day| self.with(&least, day) == then;
            self.range(day, held, &same)
        });
        Some(Wanted { facts: least, days, then })
    }

    /// The days around one that do: from a first one to a last one, in which what is named
    /// takes `held` days.
    fn range(&self, day: Day, held: i32, does: &dyn Fn(Day) -> bool) -> Range {
        let today = self.view.as_of.day;
        let early = day.plus_days(-DAYS_BACK_MAX);
        let from = (!does(early)).then(|| edge(early, day, does));
        let late = today.plus_days(1 - held);
        let to =
            if late <= day || does(late) { late.max(day) } else { edge(late, day, does) };
        Range { from, to: to.plus_days(held - 1) }
    }
}

/// Facts without those that can be left out.
fn fewest(facts: &[Fact], enough: &dyn Fn(&[Fact]) -> bool) -> Vec<Fact> {
    let mut least = facts.to_vec();
    for at in (0..least.len()).rev() {
        let mut fewer = least.clone();
        fewer.remove(at);
        if !fewer.is_empty() && enough(&fewer) {
            least = fewer;
        }
    }
    least
}

/// The last day from `inside` towards `outside` that does.
fn edge(outside: Day, inside: Day, does: &dyn Fn(Day) -> bool) -> Day {
    let (mut out, mut ins) = (outside.0, inside.0);
    while (out - ins).abs() > 1 {
        let middle = ins + (out - ins) / 2;
        if does(Day(middle)) {
            ins = middle;
        } else {
            out = middle;
        }
    }
    Day(ins)
}
