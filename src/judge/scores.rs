//! The mean of slots' scores. Knows no slot and no rule.

use crate::verdict::{ONE, Score};

/// A mean of slot scores, exact until it is taken.
#[derive(Clone, Copy, Default)]
pub(super) struct Scores {
    known: u64,
    known_count: u64,
    low: u64,
    high: u64,
    count: u64,
}

impl Scores {
    /// So many that were kept, and so many that were missed.
    pub(super) fn of(kept: u64, missed: u64) -> Scores {
        let (known, count) = (kept * u64::from(ONE), kept + missed);
        Scores { known, known_count: count, low: known, high: known, count }
    }

    #[inline]
    pub(super) fn add(&mut self, score: Option<(u32, u32)>) {
        let Some((low, high)) = score else { return };
        self.count += 1;
        self.low += u64::from(low);
        self.high += u64::from(high);
        if low == high {
            self.known += u64::from(low);
            self.known_count += 1;
        }
    }

    /// So many of one score.
    pub(super) fn add_many(&mut self, score: Option<(u32, u32)>, many: u64) {
        let Some((low, high)) = score else { return };
        let (low, high) = (u64::from(low) * many, u64::from(high) * many);
        self.count += many;
        self.low += low;
        self.high += high;
        if low == high {
            self.known += low;
            self.known_count += many;
        }
    }

    /// The mean; where nothing counts, that of the one that speaks.
    pub(super) fn mean_or(self, speaking: Option<(u32, u32)>) -> Option<Score> {
        self.mean().or_else(|| {
            let mut own = Scores::default();
            own.add(speaking);
            own.mean()
        })
    }

    pub(super) fn mean(self) -> Option<Score> {
        if self.known_count == self.count {
            let value = mean(self.known, self.count)?;
            return Some(Score { value: Some(value), low: value, high: value });
        }
        let low = mean(self.low, self.count)?;
        let high = mean(self.high, self.count)?;
        Some(Score { value: mean(self.known, self.known_count), low, high })
    }
}

/// To the nearest millionth, half up.
fn mean(sum: u64, count: u64) -> Option<u32> {
    let rounded = (sum + count / 2).checked_div(count)?;
    Some(u32::try_from(rounded).unwrap_or(ONE))
}
