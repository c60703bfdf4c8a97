//! The Governance Index: dimensions, a value, an evidence band, coverage, a grade.
//!
//! Exact integers in millionths of a score; one named function takes roots. Rounded to one
//! decimal only when shown. Knows scores and weights, no rule and no paper.

use crate::verdict::{ONE, Score};

/// What one rule adds to the index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Contribution {
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
