//! The Governance Index: dimensions, a value, an evidence band, coverage, a grade.
//!
//! Exact integers in millionths of a score; one named function takes roots. Rounded to one
//! decimal only when shown. Knows scores and weights, no rule and no paper.

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
    /// A critical rule that is not met.
    pub caps: bool,
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
    pub dimensions: Vec<Dimension>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dimension {
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

/// Dimensions that one index may have; the root below is exact up to here.
pub const DIMENSIONS_MAX: usize = 12;

/// Adds up rules into dimensions and dimensions into an index: weighted arithmetic means
/// inside a dimension, a geometric mean of `1 + 99 · score` over the dimensions that count.
pub fn index(contributions: &[Contribution], dimensions: usize) -> Index {
    let mut sums = [Sum::default(); DIMENSIONS_MAX];
    let mut capped = false;
    for contribution in contributions {
        capped |= contribution.caps;
        if let Some(sum) = sums.get_mut(usize::from(contribution.dimension)) {
            sum.add(contribution);
        }
    }
    let sums = sums.get(..dimensions.min(DIMENSIONS_MAX)).unwrap_or_default();
    let total = sums.iter().fold(Sum::default(), Sum::plus);
    let parts: Vec<Dimension> = sums.iter().map(Sum::dimension).collect();
    let counted = || parts.iter().filter(|part| part.weight > 0);
    let raw = geometric(counted().filter_map(|part| part.value));
    let covered = total.coverage() >= COVERAGE_MIN
        && counted().all(|part| part.coverage >= DIMENSION_COVERAGE_MIN);
    let cap = |value: u32| if capped { value.min(CAP) } else { value };
    Index {
        value: raw.filter(|_| covered).map(cap),
        raw,
        low: cap(geometric(counted().map(|part| part.low)).unwrap_or_default()),
        high: cap(geometric(counted().map(|part| part.high)).unwrap_or_default()),
        coverage: total.coverage(),
        capped: capped && raw.is_some_and(|raw| raw > CAP),
        dimensions: parts,
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

    fn dimension(&self) -> Dimension {
        Dimension {
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

/// The geometric mean, in millionths of a point, of `1 + 99 · score` over scores in
/// millionths: the one place where a root is taken.
fn geometric(scores: impl Iterator<Item = u32>) -> Option<u32> {
    let points: Vec<u64> = scores.map(points).take(DIMENSIONS_MAX).collect();
    match points.as_slice() {
        [] => None,
        [one] => Some(u32::try_from(*one).unwrap_or(u32::MAX)),
        many => Some(root_of_product(many)),
    }
}

/// `1 + 99 · score`, in millionths of a point: 1,000,000 to 100,000,000.
pub fn points(score: u32) -> u64 {
    u64::from(ONE) + 99 * u64::from(score)
}

/// The nth root of a product of n numbers, half to even, by bisection on whole numbers.
fn root_of_product(factors: &[u64]) -> u32 {
    let product =
        factors.iter().fold(Wide::ONE, |product, factor| product.times(*factor));
    let power = |base: u64| factors.iter().fold(Wide::ONE, |power, _| power.times(base));
    let (mut low, mut high) = (0u64, 1u64 << 27);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if power(middle) <= product { low = middle } else { high = middle }
    }
    let doubled = factors.iter().fold(product, |doubled, _| doubled.times(2));
    let half = power(2 * low + 1);
    let up = half < doubled || (half == doubled && low % 2 == 1);
    u32::try_from(low + u64::from(up)).unwrap_or(u32::MAX)
}

/// An unsigned number of 384 bits, most significant limb first: enough for twelve factors
/// below 2²⁸.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wide([u64; 6]);

impl Wide {
    const ONE: Wide = Wide([0, 0, 0, 0, 0, 1]);

    fn times(self, factor: u64) -> Wide {
        let mut carry = 0u128;
        let mut limbs = self.0;
        for limb in limbs.iter_mut().rev() {
            let product = u128::from(*limb) * u128::from(factor) + carry;
            *limb = u64::try_from(product & u128::from(u64::MAX)).unwrap_or(u64::MAX);
            carry = product >> 64;
        }
        Wide(limbs)
    }
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
