//! Means of points over dimensions: the one place where a root is taken.
//!
//! Whole numbers only. A weighted geometric mean is the root of a product with each factor
//! as often as it weighs; weights are divided by what they have in common first, so that
//! equal ones cost nothing.

use super::divided;
use crate::limits;

/// Points and the weight that they have.
pub(super) type Weighted = (u64, u16);

/// The weighted geometric mean of numbers below 2²⁷, half to even; `None` of nothing.
pub(super) fn geometric(factors: &[Weighted]) -> Option<u32> {
    let by = factors.iter().fold(0, |by, (_, weight)| common(by, *weight));
    match factors {
        [] => None,
        [(one, _)] => Some(u32::try_from(*one).unwrap_or(u32::MAX)),
        many if by > 0 => Some(root_of_product(many, by)),
        _ => None,
    }
}

/// The weighted arithmetic mean, half to even; `None` of nothing.
pub(super) fn arithmetic(terms: &[Weighted]) -> Option<u32> {
    let weight = terms.iter().map(|(_, weight)| u64::from(*weight)).sum();
    let sum = terms.iter().map(|(points, weight)| points * u64::from(*weight)).sum();
    divided(sum, weight)
}

/// The greatest common divisor; 0 has all divisors.
fn common(one: u16, other: u16) -> u16 {
    if other == 0 { one } else { common(other, one % other) }
}

/// The root, half to even.
fn root_of_product(factors: &[Weighted], by: u16) -> u32 {
    let times = |weight: u16| usize::from(weight.checked_div(by).unwrap_or(0));
    let degree: usize = factors.iter().map(|(_, weight)| times(*weight)).sum();
    // Few factors fit into few limbs, and those are quick to clear and to copy.
    match degree * 28 / 64 + 1 {
        0..=6 => bisected::<6>(factors, times, degree),
        _ => bisected::<LIMBS>(factors, times, degree),
    }
}

/// The root by bisection on whole numbers.
fn bisected<const N: usize>(
    factors: &[Weighted],
    times: impl Fn(u16) -> usize,
    degree: usize,
) -> u32 {
    let mut product = Wide::<N>::one();
    for (factor, weight) in factors {
        product.times(*factor, times(*weight));
    }
    let (mut low, mut high) = (0u64, 1u64 << 27);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if Wide::<N>::power(middle, degree) <= product {
            low = middle;
        } else {
            high = middle;
        }
    }
    product.times(2, degree);
    let half = Wide::<N>::power(2 * low + 1, degree);
    let up = half < product || (half == product && low % 2 == 1);
    u32::try_from(low + u64::from(up)).unwrap_or(u32::MAX)
}

/// Enough for all dimensions when each weighs the most, and thirteen times that while weights
/// are varied by tenths, with factors below 2²⁸.
const LIMBS: usize =
    super::PARTS_MAX * limits::DIMENSION_WEIGHT_MAX as usize * 13 * 28 / 64 + 1;

/// An unsigned number, least significant limb first; limbs from `used` on are zero.
#[derive(Clone, PartialEq, Eq)]
struct Wide<const N: usize> {
    limbs: [u64; N],
    used: usize,
}

impl<const N: usize> Wide<N> {
    fn one() -> Wide<N> {
        let mut limbs = [0; N];
        if let Some(first) = limbs.first_mut() {
            *first = 1;
        }
        Wide { limbs, used: 1 }
    }

    fn power(base: u64, exponent: usize) -> Wide<N> {
        let mut power = Wide::one();
        power.times(base, exponent);
        power
    }

    fn times(&mut self, factor: u64, times: usize) {
        for _ in 0..times {
            let mut carry = 0u128;
            for limb in self.limbs.iter_mut().take(self.used) {
                let product = u128::from(*limb) * u128::from(factor) + carry;
                *limb = u64::try_from(product & u128::from(u64::MAX)).unwrap_or(u64::MAX);
                carry = product >> 64;
            }
            if carry > 0
                && let Some(next) = self.limbs.get_mut(self.used)
            {
                *next = u64::try_from(carry).unwrap_or(u64::MAX);
                self.used += 1;
            }
        }
    }
}

impl<const N: usize> PartialOrd for Wide<N> {
    fn partial_cmp(&self, other: &Wide<N>) -> Option<std::cmp::Ordering> {
        let used = self.used.max(other.used);
        let limbs = |wide: &Wide<N>| wide.limbs.into_iter().take(used).rev();
        Some(limbs(self).cmp(limbs(other)))
    }
}
