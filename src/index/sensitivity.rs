//! How far an index rests on choices that could have been others: seeded runs over weights,
//! the kind of mean, what late is worth, and what becomes of the unknown.
//!
//! The same seed gives the same runs, whatever organizations are looked at: a draw depends
//! on the seed, the run and the rule alone.

use super::{CAP, Contribution, Critical, Method, index};
use crate::program::Mean;
use crate::verdict::{ONE, Score};

/// What a rule adds, and would add if late were worth nothing or all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assumed {
    pub part: Contribution,
    /// The score with late at nothing.
    pub strict: Option<Score>,
    /// The score with late at one.
    pub lenient: Option<Score>,
}

/// A choice that is varied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Choice {
    /// Of rules and dimensions, each up to three tenths more or less.
    Weights,
    /// A geometric or an arithmetic mean over dimensions.
    Aggregation,
    /// What a duty met late counts: from nothing to one.
    LateShare,
    /// The unknown left out, at nothing or at one.
    Unknowns,
}

/// Where the values of all runs lie, in millionths of a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spread {
    pub low: u32,
    pub median: u32,
    pub high: u32,
}

/// What the runs of one organization gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sensitivity {
    /// With all choices varied: one in twenty lies below `low`, one in twenty above `high`.
    pub spread: Spread,
    /// With one choice varied, and the others as they are.
    pub alone: Vec<(Choice, Spread)>,
    /// The choice that by itself spreads most; `None` where none moves anything.
    pub most: Option<Choice>,
}

impl Choice {
    pub const ALL: [Choice; 4] =
        [Choice::Weights, Choice::Aggregation, Choice::LateShare, Choice::Unknowns];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Choice::Weights => "weights",
            Choice::Aggregation => "aggregation",
            Choice::LateShare => "late_share",
            Choice::Unknowns => "unknowns",
        }
    }
}

/// Runs an index under other choices. `None` where nothing is known, or without runs.
/// Cost: five times `runs` indexes.
pub fn sensitivity(
    parts: &[Assumed],
    method: &Method,
    (seed, runs): (u64, u32),
) -> Option<Sensitivity> {
    let spread = |varied: &[Choice]| {
        let value = |run| value(parts, method, &Draw { seed, run, varied });
        spread((0..runs).filter_map(value).collect())
    };
    let alone: Option<Vec<(Choice, Spread)>> = Choice::ALL
        .into_iter()
        .map(|choice| Some((choice, spread(&[choice])?)))
        .collect();
    let alone = alone?;
    let width = |(_, spread): &&(Choice, Spread)| spread.high - spread.low;
    let widest = alone.iter().rev().max_by_key(width).filter(|one| width(one) > 0);
    Some(Sensitivity {
        spread: spread(&Choice::ALL)?,
        most: widest.map(|(choice, _)| *choice),
        alone,
    })
}

fn spread(mut values: Vec<u32>) -> Option<Spread> {
    values.sort_unstable();
    let at = |percent: usize| {
        let last = values.len().checked_sub(1)?;
        values.get(last * percent / 100).copied()
    };
    Some(Spread { low: at(5)?, median: at(50)?, high: at(95)? })
}

/// One run: which choices it draws, and from what.
struct Draw<'a> {
    seed: u64,
    run: u32,
    varied: &'a [Choice],
}

impl Draw<'_> {
    /// A number below `below` for one thing of a choice; `None` of a choice not varied.
    fn below(&self, choice: Choice, thing: u64, below: u64) -> Option<u64> {
        if !self.varied.contains(&choice) {
            return None;
        }
        let mut state = mixed(self.seed);
        for part in [u64::from(self.run), choice as u64, thing] {
            state = mixed(state ^ part);
        }
        state.checked_rem(below)
    }
}

/// The steps of `SplitMix64`: every bit of the result depends on every bit of the state.
fn mixed(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// The value of one run, capped, whatever the coverage.
fn value(parts: &[Assumed], method: &Method, draw: &Draw<'_>) -> Option<u32> {
    let parts: Vec<Contribution> = parts.iter().map(|part| drawn(part, draw)).collect();
    let capped = parts.iter().any(|part| part.critical == Critical::Caps);
    let raw = index(&parts, &drawn_method(method, draw)).raw?;
    Some(if capped { raw.min(CAP) } else { raw })
}

fn drawn_method(method: &Method, draw: &Draw<'_>) -> Method {
    let mean = match draw.below(Choice::Aggregation, 0, 2) {
        Some(0) => Mean::Geometric,
        Some(_) => Mean::Arithmetic,
        None => method.mean,
    };
    let weight = |(at, weight): (u64, &u16)| {
        let tenths =
            draw.below(Choice::Weights, DIMENSIONS + at, 7).map_or(10, |it| it + 7);
        weight.saturating_mul(u16::try_from(tenths).unwrap_or(10))
    };
    Method { mean, weights: (0..).zip(&method.weights).map(weight).collect() }
}

/// Draws of dimensions follow those of rules, which are numbers below 2³².
const DIMENSIONS: u64 = 1 << 32;

fn drawn(assumed: &Assumed, draw: &Draw<'_>) -> Contribution {
    let mut part = assumed.part;
    let hundredths = draw.below(Choice::Weights, u64::from(part.rule), 61);
    let hundredths = hundredths.map_or(100, |it| it + 70);
    let weight = u64::from(part.weight) * hundredths;
    part.weight = u16::try_from(weight).unwrap_or(u16::MAX);
    if let Some(share) = draw.below(Choice::LateShare, 0, 101) {
        let (strict, lenient) = (assumed.strict, assumed.lenient);
        part.score = strict.zip(lenient).map(|ends| between(ends, share)).or(part.score);
    }
    let Some(score) = &mut part.score else { return part };
    match draw.below(Choice::Unknowns, 0, 3) {
        Some(1) => {
            score.value = Some(score.low);
            if part.critical == Critical::MayCap {
                part.critical = Critical::Caps;
            }
        }
        Some(2) => score.value = Some(score.high),
        _ => {}
    }
    part
}

/// So many hundredths of the way from one score to the other.
fn between((strict, lenient): (Score, Score), hundredths: u64) -> Score {
    let part = |from: u32, to: u32| {
        let sum = u64::from(from) * (100 - hundredths) + u64::from(to) * hundredths;
        super::divided(sum, 100).unwrap_or_default().min(ONE)
    };
    Score {
        value: strict.value.zip(lenient.value).map(|(from, to)| part(from, to)),
        low: part(strict.low, lenient.low),
        high: part(strict.high, lenient.high),
    }
}
