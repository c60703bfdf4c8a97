//! Rules beside rules: versions of one, and what answers the breach of another.

use mithaq::calendar::{Day, MonthCounting, Span};
use mithaq::norm::{Act, Anchor, Norm, Occurrence, Past};
use mithaq::program::Window;
use mithaq::verdict::{Applies, State, Truth, Unknown};

use super::case::{Case, Said};
use super::clock::{Counts, Days, Duty};
use super::instead::takes_turns;
use super::known::{Fact, Known};
use super::lists::foreseen;
use super::slot::Slot;
use super::sum::{Speaks, Verdict, looks_back, speaks};
use super::wall::{after, before, day_of, minus};

/// S-83, S-84.
pub(super) fn judge_by_versions(known: &Known<'_>, today: Day) -> (Vec<Slot>, Verdict) {
    let case = known.case;
    let versions: Vec<&Said> = case.earlier.iter().chain([&case.said]).collect();
    let mut slots = Vec::new();
    for (version, said) in versions.iter().enumerate() {
        // What their rulebook chose is one.
        let own = &case.said;
        let mut alone = Said {
            lag: own.lag,
            lead: own.lead,
            months: own.months,
            fiscal_quarters: own.fiscal_quarters,
            in_force: own.in_force,
            ..(*said).clone()
        };
        let opens = openings(case, version);
        // What is asked on these occasions is asked whatever is in force when they are due.
        alone.window.from = alone.window.from.filter(|_| opens.from.is_none());
        alone.window.to = alone.window.to.filter(|_| opens.to.is_none());
        let duty = Duty { known, said: &alone, version };
        // Of a version that lies ahead the first occasion may lie further ahead.
        let known_by = opens.from.map_or(today, |from| today.max(before(from)));
        let mine = duty.slots(known_by).into_iter();
        slots.extend(mine.filter(|slot| opens.contains(slot.opens)));
    }
    let (version, said) = of_the_day(case, today);
    let duty = Duty { known, said, version };
    let verdict = duty.verdict(&lasting(&slots, today), today);
    (slots, verdict)
}

/// What one of several asked on each day is over with it.
pub(super) fn lasting(slots: &[Slot], today: Day) -> Vec<Slot> {
    let lasts = |slot: &&Slot| match slot.applies {
        Applies::Until(last) | Applies::NoUntil(last) | Applies::UnknownUntil(last) => {
            today <= last
        }
        _ => true,
    };
    slots.iter().filter(lasts).cloned().collect()
}

/// The days on which the occasions of a version open, where another is before or after it.
pub(super) fn openings(case: &Case, version: usize) -> Window {
    if case.earlier.is_empty() {
        return Window::default();
    }
    let versions: Vec<&Said> = case.earlier.iter().chain([&case.said]).collect();
    let said = versions[version];
    let before = version.checked_sub(1).map(|before| versions[before]);
    let next = versions.get(version + 1);
    Window {
        from: said
            .window
            .from
            .filter(|_| before.is_some_and(|it| !lasts_beside(said, it))),
        to: said.window.to.filter(|_| next.is_some_and(|it| !lasts_beside(said, it))),
    }
}

/// The version in force on a day, else the first, and which one it is.
pub(super) fn of_the_day(case: &Case, day: Day) -> (usize, &Said) {
    let versions: Vec<&Said> = case.earlier.iter().chain([&case.said]).collect();
    let begun = |said: &&&Said| said.window.from.is_none_or(|from| from <= day);
    let version = versions.iter().filter(begun).count().saturating_sub(1);
    (version, versions[version])
}

/// Whether a version is asked from day to day: a state of things, or what is forbidden; but
/// two of how long may pass between two events are links of one chain, where neither says
/// of single days that something else is asked.
fn lasts_beside(said: &Said, other: &Said) -> bool {
    match (&said.norm, &other.norm) {
        (Norm::Rolling { what, .. }, Norm::Rolling { what: same, .. })
            if what == same && !takes_turns(said) && !takes_turns(other) =>
        {
            false
        }
        (norm, _) => matches!(speaks(norm), Speaks::Today | Speaks::Breach),
    }
}

/// The same of any version of a rule, and of what exceptions put in its place, or may put.
pub(super) fn is_ever_of_several(known: &Known<'_>, today: Day) -> bool {
    let said = known.case.earlier.iter().chain([&known.case.said]);
    let mut versions =
        said.enumerate().map(|(version, said)| Duty { known, said, version });
    versions.any(|duty| duty.is_of_several(today))
}

/// Whether no more of it is known than to the end of the next year.
pub(super) fn is_made_of_several(norm: &Norm) -> bool {
    match norm {
        Norm::Guarded { norm, .. } => is_made_of_several(norm),
        norm => matches!(norm, Norm::Among { .. }),
    }
}

/// A breach of the duty above.
struct Breach {
    /// What answers it may come from this day on.
    since: Day,
    found: Day,
    /// The day on which it was made good, or asked no more.
    mended: Option<Day>,
    of: Slot,
}

fn breach(slot: Slot) -> Option<Breach> {
    let days = || slot.opens.0..=slot.last_day().0.max(slot.opens.0);
    let found = days().map(Day).find(|day| slot.state(*day).is_not_met())?;
    // What is behind all days never comes.
    if found >= Day::LATEST {
        return None;
    }
    let mended = days().map(Day).find(|day| {
        let state = slot.underlying(*day);
        let over = [State::Explained, State::NotApplicable].contains(&state);
        *day > found && (state.is_met() || over)
    });
    Some(Breach { since: after(slot.due).min(found), found, mended, of: slot })
}

impl Duty<'_, '_> {
    /// S-17, S-80: whether no more of it is known than to the end of the next year.
    fn is_of_several(&self, today: Day) -> bool {
        let Said { norm, exceptions, .. } = self.said;
        let mut others = exceptions.iter().filter_map(|one| one.then.as_ref());
        is_made_of_several(norm)
            || takes_turns(self.said) && others.any(is_made_of_several)
            || self.will_be_one_of_several(today)
    }

    /// All that it ever asked for, though it may look back on it no more.
    fn ever_asked(&self, (today, told): (Day, Option<Day>)) -> Vec<Slot> {
        let mut said = self.said.clone();
        if let Norm::Lately { past: Past::Within { span, .. }, .. } = &mut said.norm {
            *span = Span::Years(100);
        }
        let duty = Duty { said: &said, ..*self };
        // Of what is told of a later day it has to be known which breach it answers.
        let (day, today) = (today, told.map_or(today, |told| today.max(told)));
        let slots = duty.slots(today);
        // What lies ahead may be put right before it is found.
        if speaks(&said.norm) != Speaks::Today {
            return slots;
        }
        if self.is_of_several(day) {
            return duty.slots(today.max(foreseen(day)));
        }
        duty.slots(today.max(day_of(2035, 1, 1)))
    }

    /// S-72, S-73.
    pub(super) fn answers(&self, above: &Duty<'_, '_>, today: Day) -> Vec<Slot> {
        let Norm::Deadline { what, anchor: Anchor::Finding, within } = self.said.norm
        else {
            panic!("no answer to a breach: {:?}", self.said.norm)
        };
        let all = |fact: &Fact<'_>| fact.entry.day;
        let held = Occurrence { act: Act::Prepare, by: None, to: None, ..what };
        let told = self.deeds(what).iter().map(all).max();
        let told = told.max(self.known.of(held).iter().map(all).max());
        let mut breaches: Vec<Breach> =
            above.ever_asked((today, told)).into_iter().filter_map(breach).collect();
        // What was not found while the duty looked back on it was never found.
        if let Some(span) = looks_back(&above.said.norm) {
            breaches.retain(|breach| {
                minus(breach.found, span, MonthCounting::ByDate) < breach.of.from
            });
        }
        // Of several duties nothing is known of a later day.
        if above.is_of_several(today) {
            let known = foreseen(today).max(told.unwrap_or(today));
            breaches.retain(|breach| breach.found <= known);
        }
        breaches.sort_by_key(|breach| (breach.found, breach.mended.is_some()));
        breaches.dedup_by(|other, breach| {
            let as_one = breach.found == other.found;
            if as_one && other.of.opens < breach.of.opens {
                breach.of.opens = other.of.opens;
            }
            as_one
        });
        let mut slots: Vec<Slot> = Vec::new();
        for (at, breach) in breaches.iter().enumerate() {
            // Of those that lie ahead the first, and what is asked already.
            let is_first = !slots.iter().any(|slot| slot.opens > today);
            if !is_first && breach.of.opens > today {
                continue;
            }
            let (from, due) = (breach.found, self.within(breach.found, within));
            let mut slot =
                self.slot(Days { from, to: due, opens: from, due }, Counts::After);
            let next =
                breaches.get(at + 1).map_or(Day::LATEST, |next| before(next.found));
            let last = next.max(slot.grace_end);
            let mine = |fact: &Fact<'_>| {
                breach.since <= fact.entry.day && fact.entry.day <= last
            };
            let deeds: Vec<Fact<'_>> =
                self.deeds(what).into_iter().filter(mine).collect();
            let sure = deeds.iter().find(|fact| !fact.contradicted);
            slot.truth = match sure {
                Some(fact) => Truth::True(fact.entry.day.max(breach.found)),
                None if !deeds.is_empty() => Truth::Unknown(Unknown::Contradictory),
                None if self.known.on_file(what, mine) => {
                    Truth::Unknown(Unknown::NotStated)
                }
                None => self.silence(what, &slot),
            };
            slot.can_be_late = true;
            slot.waived = breach.of.waived.clone();
            // Made good before the answer was due it is answered no more.
            if let Some(mended) = breach.mended.filter(|mended| *mended <= slot.due) {
                let was_answered = matches!(slot.truth, Truth::True(day) if day < mended);
                if !was_answered {
                    slot.applies = Applies::Until(before(mended));
                }
            }
            slots.push(slot);
        }
        slots
    }
}
