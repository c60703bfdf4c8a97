//! From a rule's slots on a day to its verdict: S-26, S-27, S-28.

use mithaq::calendar::{Day, Span};
use mithaq::norm::{Anchor, MemberTime, Norm, Past};
use mithaq::verdict::{Applies, State};

use super::clock::Duty;
use super::instead::takes_turns;
use super::lists::foreseen;
use super::rules::is_ever_of_several;
use super::slot::{Change, Slot};
use super::wall::{after, minus};
use mithaq::calendar::MonthCounting;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) state: State,
    pub(super) upcoming: Option<State>,
    pub(super) underlying: Option<State>,
    /// Known only, at least, at most.
    pub(super) score: Option<(Option<u64>, u64, u64)>,
    pub(super) next: Option<Change>,
}

/// What speaks for a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Speaks {
    /// The latest occasion.
    Latest,
    /// What holds on the day.
    Today,
    /// The worst of a collection.
    Worst,
    /// The worst breach, else the whole time.
    Breach,
}

pub(super) fn speaks(norm: &Norm) -> Speaks {
    match norm {
        Norm::Rolling { .. }
        | Norm::Standing { .. }
        | Norm::Size { .. }
        | Norm::Unrelated { .. }
        | Norm::Incompatible { .. }
        | Norm::TermLimit { .. }
        | Norm::Composition { .. }
        | Norm::Proportion { .. }
        | Norm::Holds(_)
        | Norm::EachMember { when: MemberTime::Always, .. }
        | Norm::Members { .. }
        | Norm::Uptake { .. }
        | Norm::Among { .. } => Speaks::Today,
        Norm::Quorum { .. }
        | Norm::BylawsQuorum { .. }
        | Norm::SecondCall { .. }
        | Norm::Contents { .. }
        | Norm::Signed { .. }
        | Norm::Backed { .. }
        | Norm::Order { anchor: Anchor::Each(_), .. }
        | Norm::Outside { .. }
        | Norm::Lately { past: Past::Within { .. }, .. }
        | Norm::Free { .. } => Speaks::Worst,
        Norm::Never { .. } => Speaks::Breach,
        Norm::Guarded { norm, .. } => speaks(norm),
        Norm::All(norms) => speaks(&norms[0]),
        Norm::Frequency { .. }
        | Norm::Deadline { .. }
        | Norm::FixedDate { .. }
        | Norm::Order { .. }
        | Norm::EachMember { .. }
        | Norm::Whichever { .. }
        | Norm::Lately { .. }
        | Norm::EachPaper { .. } => Speaks::Latest,
    }
}

/// S-98: how far a duty looks back that says it itself.
pub(super) fn looks_back(norm: &Norm) -> Option<Span> {
    match norm {
        Norm::Lately { past: Past::Within { span, .. }, .. } => Some(*span),
        Norm::Guarded { norm, .. } => looks_back(norm),
        _ => None,
    }
}

fn badness(state: State) -> u8 {
    match state {
        State::StillOwed | State::Closed => 6,
        State::InsufficientEvidence => 5,
        State::AwaitingEvidence => 4,
        State::MetLate | State::Explained => 3,
        State::Met | State::MetInGrace => 2,
        State::NotApplicable | State::Waived => 0,
        _ => 1,
    }
}

/// The mean to the nearest millionth.
fn mean(scores: &[u64]) -> Option<u64> {
    let count = u64::try_from(scores.len()).unwrap();
    (count > 0).then(|| (2 * scores.iter().sum::<u64>() + count) / (2 * count))
}

fn score(scores: &[(u64, u64)]) -> Option<(Option<u64>, u64, u64)> {
    let known: Vec<u64> =
        scores.iter().filter(|(low, high)| low == high).map(|(low, _)| *low).collect();
    let low: Vec<u64> = scores.iter().map(|(low, _)| *low).collect();
    let high: Vec<u64> = scores.iter().map(|(_, high)| *high).collect();
    Some((mean(&known), mean(&low)?, mean(&high)?))
}

impl Duty<'_, '_> {
    pub(super) fn verdict(&self, slots: &[Slot], today: Day) -> Verdict {
        let speaks = speaks(&self.said.norm);
        let at_all_times = speaks == Speaks::Today;
        let states: Vec<(&Slot, State)> =
            slots.iter().map(|slot| (slot, slot.state(today))).collect();
        let begun = |one: &&(&Slot, State)| one.0.opens <= today;
        let past = |(slot, _): &&(&Slot, State)| {
            let over = slot.due < today || (slot.due == today && slot.from == slot.due);
            // Whether or not somebody is excused from it.
            let kept = slot.underlying(today).is_met();
            slot.opens <= today && (over || (at_all_times && kept))
        };
        let gone: Vec<(&Slot, State)> = states.iter().filter(past).copied().collect();
        let open = states.iter().filter(begun).rfind(|one| !past(one)).copied();
        let ahead = states.iter().find(|(slot, _)| slot.opens > today).copied();
        // Twelve months back, the day of the same name itself no more.
        let since = after(minus(today, Span::Months(12), MonthCounting::ByDate));
        // S-98: what says itself how far it looks back has no other slots.
        let since = |slot: &Slot| {
            if slot.looks_back.is_some() { Day::EARLIEST } else { since }
        };
        let ended = |slot: &Slot| {
            if at_all_times { slot.due.max(slot.from) } else { slot.due }
        };
        let recent: Vec<(&Slot, State)> =
            gone.iter().filter(|(slot, _)| ended(slot) >= since(slot)).copied().collect();
        // The last of those that are due last.
        let latest = gone.iter().copied().reduce(|best, one| {
            // Of a collection's members of one day the worst one speaks.
            let milder = speaks == Speaks::Worst && badness(one.1) < badness(best.1);
            // S-83: a gap under one version may be due after those that follow it.
            let in_turn = at_all_times
                && (!self.known.case.earlier.is_empty() || takes_turns(self.said));
            let of = |slot: &Slot| if in_turn { slot.from } else { slot.due };
            let later = of(one.0) > of(best.0);
            if later || (of(one.0) == of(best.0) && !milder) { one } else { best }
        });
        let worst = recent.iter().copied().reduce(|worst, one| {
            if badness(one.1) > badness(worst.1) { one } else { worst }
        });
        // The whole time, of several versions that of the last one to begin; each breach was
        // due before its day.
        let is_whole = |one: &&(&Slot, State)| one.0.from <= one.0.due;
        let whole = match self.known.case.earlier.is_empty() {
            true => gone.first(),
            false => gone.iter().rfind(is_whole),
        };
        let whole = whole.copied();
        let speaking = match speaks {
            Speaks::Latest => latest,
            Speaks::Today => {
                let open = open.filter(|_| is_from_event_to_event(&self.said.norm));
                holds_today(latest, open, today)
            }
            Speaks::Worst => worst.or(latest),
            Speaks::Breach => worst.or(whole),
        };
        let speaking = speaking.or(open).or(ahead);
        let mut state = match speaking {
            Some((_, state)) => state,
            // S-73: what was never broken asks for no answer.
            None if self.said.norm.answers() => State::NotApplicable,
            None if self.is_asked_of_nobody(today) => State::NotApplicable,
            None => State::NotYetOpen,
        };
        let owed = recent.iter().any(|(_, state)| *state == State::StillOwed);
        let excused = [State::NotApplicable, State::Waived].contains(&state);
        if speaks == Speaks::Latest && owed && !excused {
            state = State::StillOwed;
        }
        let of_recent: Vec<(u64, u64)> =
            recent.iter().filter_map(|(slot, state)| slot.score(*state)).collect();
        let of_speaking = speaking.and_then(|(slot, state)| slot.score(state));
        let of_speaking: Vec<(u64, u64)> = of_speaking.into_iter().collect();
        let counted =
            if at_all_times || of_recent.is_empty() { &of_speaking } else { &of_recent };
        let waived = speaking.filter(|(_, state)| *state == State::Waived);
        // Slots from before the look-back are history, but for the latest.
        let speaks_yet = |slot: &&Slot| {
            let old = match speaks {
                Speaks::Breach => whole.as_ref(),
                _ => latest.as_ref(),
            };
            !gone.iter().any(|(past, _)| past == slot)
                || (ended(slot) >= since(slot) && !at_all_times)
                || old.is_some_and(|(old, _)| std::ptr::eq(*old, *slot))
        };
        // On one day the latest comes before those that are not over; of what is forbidden the
        // whole time does.
        let mut speaking_yet: Vec<&Slot> = slots.iter().filter(speaks_yet).collect();
        if let Some((latest, _)) = if speaks == Speaks::Breach { whole } else { latest }
            && (at_all_times || ended(latest) < since(latest))
        {
            speaking_yet.sort_by_key(|slot| !std::ptr::eq(*slot, latest));
        }
        let changes = speaking_yet.into_iter();
        let changes = changes.filter_map(|slot| {
            let change = slot.next_change(today)?;
            // What is no longer looked back on by then does not change any more.
            let stays = slot.looks_back.is_none_or(|span| {
                minus(change.on, span, MonthCounting::ByDate) < change.slot
            });
            stays.then_some(change)
        });
        let next = changes.reduce(|first, other| {
            // Of what is forbidden the worst of a day speaks.
            let worse = speaks == Speaks::Breach
                && other.on == first.on
                && badness(other.state) > badness(first.state);
            if other.on < first.on || worse { other } else { first }
        });
        // S-80: of several duties nothing is known of a later day.
        let several = match &self.known.case.above {
            None => is_ever_of_several(self.known, today),
            Some(_) => false,
        };
        let known = if several { foreseen(today) } else { Day::LATEST };
        Verdict {
            state,
            upcoming: open.map(|(_, state)| state),
            underlying: waived.map(|(slot, _)| slot.underlying(today)),
            score: score(counted),
            next: next.filter(|change| change.on <= known),
        }
    }
}

/// S-10: each gap but the first begins with the event that ends the one before.
fn is_from_event_to_event(norm: &Norm) -> bool {
    match norm {
        Norm::Rolling { .. } => true,
        Norm::Guarded { norm, .. } => is_from_event_to_event(norm),
        Norm::All(norms) => is_from_event_to_event(&norms[0]),
        _ => false,
    }
}

/// On a day on which it is kept it is met, whatever came before.
fn holds_today<'s>(
    latest: Option<(&'s Slot, State)>,
    open: Option<(&'s Slot, State)>,
    today: Day,
) -> Option<(&'s Slot, State)> {
    let (slot, state) = latest?;
    let covered = open.is_some_and(|(open, _)| today <= open.due);
    let nobody_knows_whom = state == State::InsufficientEvidence
        && matches!(slot.applies, Applies::Unknown | Applies::UnknownUntil(_));
    if nobody_knows_whom || state == State::NotApplicable || state == State::Waived {
        return Some((slot, state));
    }
    if covered || state.is_met() { Some((slot, State::Met)) } else { Some((slot, state)) }
}
