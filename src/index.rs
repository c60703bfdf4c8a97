//! The Governance Index: dimensions, a value, an evidence band, coverage, a grade.
//!
//! Exact integers in millionths of a score; one named function takes roots. Rounded to one
//! decimal only when shown. Knows scores and weights, no rule and no paper.

pub mod matched;
pub mod rollup;
mod root;
pub mod sensitivity;

use crate::limits;
use crate::program::Mean;
use crate::verdict::{ONE, Score};

/// What one rule adds to the index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Contribution {
    /// The caller's number for the rule, the same before and after a change of rules.
    pub rule: u32,
    /// Position of the rule's dimension among the index's dimensions.
    pub dimension: u8,
    /// 1 or more.
    pub weight: u16,
    pub score: Option<Score>,
    pub critical: Critical,
}

/// What a rule does to the value as a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Critical {
    /// Nothing: it is not critical, or it is kept.
    #[default]
    Free,
    /// It is critical and unknown: with every unknown at nothing it caps.
    MayCap,
    /// It is critical and not met.
    Caps,
}

/// How dimensions are put together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Method {
    pub mean: Mean,
    /// The weight of each dimension, 1 or more; as many as there are dimensions.
    pub weights: Vec<u16>,
}

impl Method {
    /// The geometric mean of dimensions that weigh the same.
    pub fn equal(dimensions: usize) -> Method {
        Method { mean: Mean::Geometric, weights: vec![1; dimensions] }
    }
}

/// An index on one day. Values are millionths of a point, 0–100 points.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Index {
    /// `None` where coverage allows readiness only.
    pub value: Option<u32>,
    /// The value before coverage and cap were looked at; `None` when nothing is known.
    pub raw: Option<u32>,
    pub low: u32,
    pub high: u32,
    /// Share of applicable weight with a known verdict, in millionths.
    pub coverage: u32,
    pub capped: bool,
    pub dimensions: Vec<Part>,
}

/// A dimension, or some of its rules taken together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Millionths of a score; `None` when nothing in it is known.
    pub value: Option<u32>,
    pub low: u32,
    pub high: u32,
    pub coverage: u32,
    /// Weight that counts; 0 leaves the dimension out.
    pub weight: u32,
}

/// Below this coverage overall, readiness is shown and no value.
pub const COVERAGE_MIN: u32 = 700_000;
/// Below this coverage in one dimension, likewise.
pub const DIMENSION_COVERAGE_MIN: u32 = 500_000;
/// The value of an index with a critical rule not met is at most this.
pub const CAP: u32 = 49 * ONE;

/// Rules of practice should weigh at least this share of a dimension, in millionths.
pub const PRACTICE_MIN: u32 = 600_000;

/// The declared dimensions, and General for rules that name none.
const PARTS_MAX: usize = limits::DIMENSIONS_MAX + 1;

/// Adds up rules into dimensions and dimensions into an index: weighted arithmetic means
/// inside a dimension, the method's mean of `1 + 99 · score` over the dimensions that count.
pub fn index(contributions: &[Contribution], method: &Method) -> Index {
    let mut sums = [Sum::default(); PARTS_MAX];
    let mut critical = Critical::Free;
    for contribution in contributions {
        critical = critical.max(contribution.critical);
        if let Some(sum) = sums.get_mut(usize::from(contribution.dimension)) {
            sum.add(contribution);
        }
    }
    let dimensions = method.weights.len().min(PARTS_MAX);
    let sums = sums.get(..dimensions).unwrap_or_default();
    let total = sums.iter().fold(Sum::default(), Sum::plus);
    let parts: Vec<Part> = sums.iter().map(Sum::part).collect();
    let counted = || parts.iter().filter(|part| part.weight > 0);
    let raw = mean(&parts, method, |part| part.value);
    let covered = total.coverage() >= COVERAGE_MIN
        && counted().all(|part| part.coverage >= DIMENSION_COVERAGE_MIN);
    let capped = critical == Critical::Caps;
    let cap = |value: u32, capped: bool| if capped { value.min(CAP) } else { value };
    let low = mean(&parts, method, |part| Some(part.low)).unwrap_or_default();
    let high = mean(&parts, method, |part| Some(part.high)).unwrap_or_default();
    Index {
        value: raw.filter(|_| covered).map(|raw| cap(raw, capped)),
        raw,
        low: cap(low, critical >= Critical::MayCap),
        high: cap(high, capped),
        coverage: total.coverage(),
        capped: capped && raw.is_some_and(|raw| raw > CAP),
        dimensions: parts,
    }
}

/// Some rules of an index taken together, such as a theme: it weighs what its rules weigh,
/// so that to name a theme moves no value.
pub fn part<'a>(contributions: impl IntoIterator<Item = &'a Contribution>) -> Part {
    let mut sum = Sum::default();
    contributions.into_iter().for_each(|contribution| sum.add(contribution));
    sum.part()
}

/// A part of a whole in millionths, half to even; `None` of nothing.
pub fn share(part: u64, whole: u64) -> Option<u32> {
    divided(part.checked_mul(u64::from(ONE))?, whole)
}

/// Whether the evidence tells two indexes apart: their bands do not overlap.
pub fn distinguishable(one: &Index, other: &Index) -> bool {
    one.high < other.low || other.high < one.low
}

fn mean(
    parts: &[Part],
    method: &Method,
    score: impl Fn(&Part) -> Option<u32>,
) -> Option<u32> {
    let mut terms = [(0, 0); PARTS_MAX];
    let mut used = 0;
    for (part, weight) in parts.iter().zip(&method.weights) {
        let Some(score) = score(part).filter(|_| part.weight > 0) else { continue };
        if let Some(term) = terms.get_mut(used) {
            *term = (points(score), *weight);
            used += 1;
        }
    }
    let terms = terms.get(..used).unwrap_or_default();
    match method.mean {
        Mean::Geometric => root::geometric(terms),
        Mean::Arithmetic => root::arithmetic(terms),
    }
}

/// Weighted sums of one dimension. Weights are at most 65,535 and rules at most some
/// thousands, so that millionths times weights stay far below 2⁶⁴.
#[derive(Clone, Copy, Default)]
struct Sum {
    weight: u64,
    known_weight: u64,
    value: u64,
    low: u64,
    high: u64,
}

impl Sum {
    fn add(&mut self, contribution: &Contribution) {
        let Some(score) = contribution.score else { return };
        let weight = u64::from(contribution.weight);
        self.weight += weight;
        self.low += weight * u64::from(score.low);
        self.high += weight * u64::from(score.high);
        if let Some(value) = score.value {
            self.known_weight += weight;
            self.value += weight * u64::from(value);
        }
    }

    fn plus(self, other: &Sum) -> Sum {
        Sum {
            weight: self.weight + other.weight,
            known_weight: self.known_weight + other.known_weight,
            value: self.value + other.value,
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    fn coverage(&self) -> u32 {
        divided(self.known_weight * u64::from(ONE), self.weight).unwrap_or_default()
    }

    fn part(&self) -> Part {
        Part {
            value: divided(self.value, self.known_weight),
            low: divided(self.low, self.weight).unwrap_or_default(),
            high: divided(self.high, self.weight).unwrap_or_default(),
            coverage: self.coverage(),
            weight: u32::try_from(self.weight).unwrap_or(u32::MAX),
        }
    }
}

/// Half to even; `None` when nothing is divided by.
fn divided(sum: u64, by: u64) -> Option<u32> {
    let quotient = sum.checked_div(by)?;
    let twice = (sum % by) * 2;
    let up = twice > by || (twice == by && quotient % 2 == 1);
    Some(u32::try_from(quotient + u64::from(up)).unwrap_or(u32::MAX))
}

/// `1 + 99 · score`, in millionths of a point: 1,000,000 to 100,000,000.
pub fn points(score: u32) -> u64 {
    u64::from(ONE) + 99 * u64::from(score)
}

/// A grade from the value as shown, in tenths of points: A ≥ 85, B ≥ 70, C ≥ 55, D ≥ 40, E.
pub fn grade(tenths: i32) -> char {
    match tenths {
        850.. => 'A',
        700.. => 'B',
        550.. => 'C',
        400.. => 'D',
        _ => 'E',
    }
}

/// Millionths of a point to tenths of a point, half to even.
pub fn shown(millionths: u32) -> i32 {
    let (tenths, rest) = (millionths / 100_000, millionths % 100_000);
    let up = rest > 50_000 || (rest == 50_000 && tenths % 2 == 1);
    i32::try_from(tenths + u32::from(up))
        .expect("invariant: an index is at most 1000 tenths")
}
