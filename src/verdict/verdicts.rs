//! The verdicts of one organization, by the numbers of the rules, in 21 bytes each.
//!
//! A daemon holds them for every organization, asleep or not. The few of which a day lies
//! outside two centuries are held beside, as they are.

use super::{Breakpoint, Finality, NextChange, Score, State, Verdict};
use crate::calendar::ShortDay;

/// Verdicts by the numbers of rules; none of a rule that was not judged yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verdicts {
    each: Vec<Packed>,
    /// Those that do not fit, by their numbers.
    large: Vec<(usize, Verdict)>,
}

/// One verdict, or none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Packed {
    /// From the lowest bits on: the value, the lowest and the highest score in 20 bits each,
    /// whether there is a value, whether there is a score.
    score: [u8; 8],
    /// Little-endian [`ShortDay`]s: the next change, its slot, when it is judged again, and what is running: its first and
    /// its due day.
    days: [[u8; 2]; 5],
    /// Four bits each: the state, that of what is running, that under a waiver, the next one.
    states: [u8; 2],
    /// Two bits for the finality and four for what the next change comes from; [`NONE`] of no
    /// verdict, and [`LARGE`] of one that is held beside.
    rest: u8,
}

const NONE: u8 = u8::MAX;
const LARGE: u8 = u8::MAX - 1;

const SCORE_BITS: u32 = 20;
const HAS_VALUE: u64 = 1 << 62;
const HAS_SCORE: u64 = 1 << 63;

/// In place of a state that there is not: one more than there are.
const NO_STATE: u8 = 15;

const _: () = {
    assert!(State::ALL.len() == NO_STATE as usize);
    assert!(Finality::ALL.len() <= 4 && Breakpoint::ALL.len() < 15);
    assert!((super::ONE as u64) < 1 << SCORE_BITS);
};

impl Verdicts {
    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// From now on there are so many rules; those that are new were not judged.
    pub fn resize(&mut self, rules: usize) {
        if self.each.len() < rules {
            self.each.reserve_exact(rules - self.each.len());
        }
        self.each.resize(rules, Packed::NONE);
        self.large.retain(|(number, _)| *number < rules);
    }

    /// The verdict of a rule; `None` where it was not judged or there is no such rule.
    pub fn get(&self, number: usize) -> Option<Verdict> {
        let packed = self.each.get(number)?;
        if packed.rest == LARGE {
            let large = self.large.iter().find(|(other, _)| *other == number);
            return large.map(|(_, verdict)| *verdict);
        }
        packed.verdict()
    }

    /// The verdict of a rule is this one now. Of a rule that there is not nothing is kept.
    pub fn set(&mut self, number: usize, verdict: Verdict) {
        let Some(place) = self.each.get_mut(number) else { return };
        self.large.retain(|(other, _)| *other != number);
        *place = Packed::of(&verdict).unwrap_or(Packed { rest: LARGE, ..Packed::NONE });
        if place.rest == LARGE {
            self.large.push((number, verdict));
        }
    }

    /// One more rule, after the others.
    pub fn push(&mut self, verdict: Option<Verdict>) {
        let number = self.each.len();
        self.each.push(Packed::NONE);
        if let Some(verdict) = verdict {
            self.set(number, verdict);
        }
    }

    /// By the numbers of the rules.
    pub fn iter(&self) -> impl Iterator<Item = Option<Verdict>> + Clone {
        (0..self.len()).map(|number| self.get(number))
    }

    /// The bytes of memory that they take.
    pub fn bytes(&self) -> usize {
        size_of::<Verdicts>()
            + self.each.capacity() * size_of::<Packed>()
            + self.large.capacity() * size_of::<(usize, Verdict)>()
    }
}

impl FromIterator<Verdict> for Verdicts {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Verdicts {
        let verdicts = verdicts.into_iter();
        let mut all = Verdicts::default();
        all.each.reserve_exact(verdicts.size_hint().0);
        verdicts.for_each(|verdict| all.push(Some(verdict)));
        all
    }
}

impl Packed {
    const NONE: Packed =
        Packed { score: [0; 8], days: [[0; 2]; 5], states: [0; 2], rest: NONE };

    /// `None` of a verdict that does not fit.
    fn of(verdict: &Verdict) -> Option<Packed> {
        let Verdict { state, upcoming, underlying, finality, .. } = *verdict;
        let next = verdict.next_change;
        let (from, due) = verdict.running.unzip();
        let days = [
            next.map(|next| next.on),
            next.map(|next| next.slot),
            verdict.judge_again,
            from,
            due,
        ];
        let mut packed = Packed::NONE;
        for (place, day) in packed.days.iter_mut().zip(days) {
            *place = ShortDay::perhaps(day)?.to_le_bytes();
        }
        packed.score = score_to_bits(verdict.score)?.to_le_bytes();
        let word =
            |state: Option<State>| place(&State::ALL, state.as_ref()).unwrap_or(NO_STATE);
        packed.states = [
            word(Some(state)) | word(upcoming) << 4,
            word(underlying) | word(next.map(|next| next.state)) << 4,
        ];
        let why = place(&Breakpoint::ALL, next.as_ref().map(|next| &next.why))
            .unwrap_or_default();
        packed.rest = place(&Finality::ALL, Some(&finality))? | why << 2;
        Some(packed)
    }

    fn verdict(&self) -> Option<Verdict> {
        if self.rest == NONE {
            return None;
        }
        let [low, high] = self.states;
        let [state, upcoming, underlying, next] =
            [low & 15, low >> 4, high & 15, high >> 4]
                .map(|word| State::ALL.get(usize::from(word)).copied());
        let [on, slot, judge_again, from, due] =
            self.days.map(|bytes| ShortDay::from_le_bytes(bytes).day());
        let why = Breakpoint::ALL.get(usize::from(self.rest >> 2)).copied();
        let change = |state| Some(NextChange { on: on?, state, slot: slot?, why: why? });
        Some(Verdict {
            state: state?,
            upcoming,
            underlying,
            finality: *Finality::ALL.get(usize::from(self.rest & 3))?,
            score: score_of_bits(u64::from_le_bytes(self.score)),
            next_change: next.and_then(change),
            judge_again,
            running: from.zip(due),
        })
    }
}

/// `None` of a score above one.
fn score_to_bits(score: Option<Score>) -> Option<u64> {
    let Some(Score { value, low, high }) = score else { return Some(0) };
    let numbers = [value.unwrap_or_default(), low, high];
    let fits = numbers.iter().all(|number| number >> SCORE_BITS == 0);
    let [value_bits, low, high] = numbers.map(u64::from);
    let bits = value_bits | low << SCORE_BITS | high << (2 * SCORE_BITS) | HAS_SCORE;
    fits.then_some(if value.is_some() { bits | HAS_VALUE } else { bits })
}

fn score_of_bits(bits: u64) -> Option<Score> {
    let number = |at: u32| {
        let own = bits >> (at * SCORE_BITS) & ((1 << SCORE_BITS) - 1);
        u32::try_from(own).unwrap_or_default()
    };
    let value = (bits & HAS_VALUE != 0).then(|| number(0));
    let score = Score { value, low: number(1), high: number(2) };
    (bits & HAS_SCORE != 0).then_some(score)
}

fn place<T: PartialEq>(all: &[T], word: Option<&T>) -> Option<u8> {
    let place = all.iter().position(|one| Some(one) == word)?;
    u8::try_from(place).ok()
}
