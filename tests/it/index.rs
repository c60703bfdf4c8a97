//! The index and its deltas: exact numbers, and causes that sum to the change.

use mithaq::delta::{self, Cause, Causes, Replay};
use mithaq::index::{self, Contribution, Critical, Method, shown};
use mithaq::program::Mean;
use mithaq::verdict::{ONE, Score};
use proptest::prelude::*;

fn rule(rule: u32, dimension: u8, weight: u16, value: u32) -> Contribution {
    let score = Some(Score { value: Some(value), low: value, high: value });
    Contribution { rule, dimension, weight, score, critical: Critical::Free }
}

fn unknown(number: u32, dimension: u8, weight: u16) -> Contribution {
    let score = Some(Score { value: None, low: 0, high: ONE });
    Contribution { score, ..rule(number, dimension, weight, 0) }
}

#[test]
fn integrity_cannot_be_bought_back_with_reports() {
    // 95, 95 and 20 points: the arithmetic mean would be 70.0.
    let score = |points: u32| (points - 1) * 10_000 * 100 / 99;
    let parts =
        [rule(0, 0, 1, score(95)), rule(1, 1, 1, score(95)), rule(2, 2, 1, score(20))];
    let index = index::index(&parts, &Method::equal(3));
    assert_eq!(index.value.map(shown), Some(565));
    assert_eq!(index.value.map(shown).map(index::grade), Some('C'));
}

#[test]
fn all_met_is_a_hundred_and_none_is_one() {
    assert_eq!(
        index::index(&[rule(0, 0, 3, ONE)], &Method::equal(1)).value,
        Some(100 * ONE)
    );
    assert_eq!(index::index(&[rule(0, 0, 3, 0)], &Method::equal(1)).value, Some(ONE));
}

#[test]
fn readiness_below_seventy_per_cent_and_below_half_a_dimension() {
    let at = [rule(0, 0, 7, ONE), unknown(1, 0, 3)];
    assert!(index::index(&at, &Method::equal(1)).value.is_some());
    let below = [rule(0, 0, 69, ONE), unknown(1, 0, 31)];
    assert_eq!(index::index(&below, &Method::equal(1)).value, None);
    let thin = [rule(0, 0, 90, ONE), rule(1, 1, 4, ONE), unknown(2, 1, 5)];
    assert_eq!(index::index(&thin, &Method::equal(2)).value, None);
}

#[test]
fn the_band_holds_every_unknown_at_nothing_and_at_all() {
    let parts = [rule(0, 0, 8, ONE), unknown(1, 0, 2)];
    let index = index::index(&parts, &Method::equal(1));
    assert_eq!((shown(index.low), shown(index.high)), (802, 1000));
    assert_eq!(index.value.map(shown), Some(1000));
}

#[test]
fn a_critical_rule_not_met_caps_at_forty_nine() {
    let mut parts = vec![rule(0, 0, 9, ONE), rule(1, 0, 1, 0)];
    parts[1].critical = Critical::Caps;
    let index = index::index(&parts, &Method::equal(1));
    assert_eq!(index.value.map(shown), Some(490));
    assert!(index.capped);
    assert_eq!(index.raw.map(shown), Some(901));
}

#[test]
fn an_unknown_critical_rule_caps_the_low_end_of_the_band_only() {
    let mut parts = vec![rule(0, 0, 9, ONE), unknown(1, 0, 1)];
    parts[1].critical = Critical::MayCap;
    let index = index::index(&parts, &Method::equal(1));
    assert_eq!((shown(index.low), shown(index.high)), (490, 1000));
    assert_eq!(index.value.map(shown), Some(1000));
    assert!(!index.capped);
}

#[test]
fn a_dimension_weighs_what_the_rulebook_says_and_an_arithmetic_mean_buys_back() {
    let score = |points: u32| (points - 1) * 10_000 * 100 / 99;
    let parts = [rule(0, 0, 1, score(95)), rule(1, 1, 1, score(20))];
    let of = |mean, weights: [u16; 2]| {
        let method = Method { mean, weights: weights.to_vec() };
        index::index(&parts, &method).value.map(shown)
    };
    // √(95 · 20), ∛(95² · 20), and plain means.
    assert_eq!(of(Mean::Geometric, [1, 1]), Some(436));
    assert_eq!(of(Mean::Geometric, [2, 1]), Some(565));
    assert_eq!(of(Mean::Geometric, [10, 10]), Some(436));
    assert_eq!(of(Mean::Arithmetic, [1, 1]), Some(575));
    assert_eq!(of(Mean::Arithmetic, [3, 1]), Some(762));
}

#[test]
fn indexes_whose_bands_overlap_are_not_distinguishable() {
    let high = [rule(0, 0, 8, ONE), rule(1, 0, 2, 0)];
    let low = [rule(0, 0, 6, ONE), rule(1, 0, 4, 0)];
    let wide = [rule(0, 0, 7, ONE), rule(1, 0, 1, 0), unknown(2, 0, 2)];
    let [high, low, wide] =
        [&high[..], &low, &wide].map(|parts| index::index(parts, &Method::equal(1)));
    assert!(index::distinguishable(&high, &low) && index::distinguishable(&low, &high));
    assert!(!index::distinguishable(&high, &wide));
    assert!(!index::distinguishable(&high, &high));
}

fn contributions() -> impl Strategy<Value = Vec<Contribution>> {
    let part = (0u32..8, 0u8..3, 1u16..5, 0u32..=ONE, any::<bool>(), 0u8..12);
    proptest::collection::vec(part, 1..9).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(number, dimension, weight, value, known, caps)| {
                let part = if known {
                    rule(number, dimension, weight, value)
                } else {
                    unknown(number, dimension, weight)
                };
                let critical = match caps {
                    0 => Critical::Caps,
                    1 => Critical::MayCap,
                    _ => Critical::Free,
                };
                Contribution { critical, ..part }
            })
            .collect()
    })
}

/// Rules of three dimensions, put together in one of many ways.
fn methods() -> impl Strategy<Value = Method> {
    let mean = prop_oneof![Just(Mean::Geometric), Just(Mean::Arithmetic)];
    let weights = proptest::collection::vec(1u16..=10, 3);
    (mean, weights).prop_map(|(mean, weights)| Method { mean, weights })
}

/// A whole number of any size, least significant digit first, in base 2³².
fn product(factors: &[(u64, u16)]) -> Vec<u32> {
    let mut digits = vec![1u32];
    for factor in
        factors.iter().flat_map(|(factor, times)| vec![*factor; usize::from(*times)])
    {
        let mut carry = 0u64;
        for digit in &mut digits {
            carry += u64::from(*digit) * factor;
            *digit = (carry & 0xffff_ffff) as u32;
            carry >>= 32;
        }
        while carry > 0 {
            digits.push((carry & 0xffff_ffff) as u32);
            carry >>= 32;
        }
    }
    digits
}

fn at_most(one: &[u32], other: &[u32]) -> bool {
    let by_size = one.len().cmp(&other.len());
    by_size.then_with(|| one.iter().rev().cmp(other.iter().rev())).is_le()
}

/// Rounded to the nearest whole number, ties to the even one.
fn rounded(sum: u128, by: u128) -> u128 {
    (0..=1)
        .map(|up| sum / by + up)
        .min_by_key(|it| ((it * by).abs_diff(sum), it % 2))
        .unwrap()
}

/// The index again, from its definition: every dimension a fraction, every mean tried
/// against the half-millionths beside it.
fn is_the_mean(shown: Option<u32>, parts: &[(u128, u128, u16)], mean: Mean) -> bool {
    let points: Vec<(u64, u16)> = parts
        .iter()
        .filter(|(_, weight, _)| *weight > 0)
        .map(|(sum, weight, times)| {
            let score = u64::try_from(rounded(*sum, *weight)).unwrap();
            (1_000_000 + 99 * score, *times)
        })
        .collect();
    let Some(shown) = shown.map(u64::from) else { return points.is_empty() };
    let whole: u128 = points.iter().map(|(_, times)| u128::from(*times)).sum();
    if mean == Mean::Arithmetic {
        let sum = points
            .iter()
            .map(|(points, times)| u128::from(points * u64::from(*times)))
            .sum();
        return u128::from(shown) == rounded(sum, whole);
    }
    let degree = u16::try_from(whole).unwrap();
    let doubled: Vec<(u64, u16)> = points.iter().copied().chain([(2, degree)]).collect();
    let doubled = product(&doubled);
    at_most(&product(&[(2 * shown - 1, degree)]), &doubled)
        && at_most(&doubled, &product(&[(2 * shown + 1, degree)]))
}

/// Sums of score times weight, weights, and the dimension's own weight.
fn fractions(
    parts: &[Contribution],
    method: &Method,
    score: impl Fn(&Score) -> Option<u32>,
) -> Vec<(u128, u128, u16)> {
    let mut sums: Vec<(u128, u128, u16)> =
        method.weights.iter().map(|weight| (0, 0, *weight)).collect();
    for part in parts {
        let Some(score) = part.score.as_ref().and_then(&score) else { continue };
        let sum = &mut sums[usize::from(part.dimension)];
        sum.0 += u128::from(part.weight) * u128::from(score);
        sum.1 += u128::from(part.weight);
    }
    sums
}

/// More lines than a cause can have.
fn parts_max(replays: &[(Vec<Contribution>, Method)]) -> usize {
    let mut rules: Vec<u32> = replays
        .iter()
        .flat_map(|(parts, _)| parts.iter().map(|part| part.rule))
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules.len() + 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(2000, 100_000)))]

    #[test]
    fn a_naive_index_agrees_to_the_millionth(parts in contributions(), method in methods()) {
        let index = index::index(&parts, &method);
        let raw = fractions(&parts, &method, |score| score.value);
        prop_assert!(is_the_mean(index.raw, &raw, method.mean));
        let free: Vec<Contribution> =
            parts.iter().map(|part| Contribution { critical: Critical::Free, ..*part }).collect();
        let band = index::index(&free, &method);
        let low = fractions(&parts, &method, |score| Some(score.low));
        let high = fractions(&parts, &method, |score| Some(score.high));
        prop_assert!(is_the_mean(Some(band.low), &low, method.mean));
        prop_assert!(is_the_mean(Some(band.high), &high, method.mean));
        let all = raw.iter().map(|(_, weight, _)| weight).sum::<u128>() * 1_000_000;
        let of = low.iter().map(|(_, weight, _)| weight).sum::<u128>();
        prop_assert_eq!(u128::from(index.coverage), rounded(all, of));
    }

    /// A better score never makes a worse index.
    #[test]
    fn the_index_rises_with_every_score(
        parts in contributions(),
        method in methods(),
        at in any::<prop::sample::Index>(),
        more in 0u32..=ONE,
    ) {
        let before = index::index(&parts, &method);
        let mut better = parts.clone();
        let part = at.get_mut(&mut better);
        let score = part.score.as_mut().unwrap();
        for millionths in [&mut score.low, &mut score.high].into_iter().chain(score.value.as_mut()) {
            *millionths = (*millionths + more).min(ONE);
        }
        let after = index::index(&better, &method);
        prop_assert!(after.raw >= before.raw);
        prop_assert!(after.value >= before.value);
        prop_assert!(after.low >= before.low && after.high >= before.high);
    }

    /// To name the themes of a dimension moves nothing: their values weighted by what is
    /// known of them are the dimension's.
    #[test]
    fn themes_come_together_as_their_dimension(parts in contributions(), cut in 0usize..9) {
        let own: Vec<Contribution> =
            parts.iter().filter(|part| part.dimension == 0).copied().collect();
        let (one, other) = own.split_at(cut.min(own.len()));
        let [one, other, whole] = [index::part(one), index::part(other), index::part(&own)];
        prop_assert_eq!(one.weight + other.weight, whole.weight);
        let ends = |part: &index::Part| [(part.weight > 0).then_some(part.low), part.value];
        for (at, value) in ends(&whole).into_iter().enumerate() {
            let of = [ends(&one)[at], ends(&other)[at]];
            let (Some(value), Some(least), Some(most)) =
                (value, of.iter().flatten().min(), of.iter().flatten().max())
            else {
                prop_assert_eq!(value.is_some(), of.iter().any(Option::is_some));
                continue;
            };
            prop_assert!(*least <= value && value <= *most);
        }
    }

    #[test]
    fn the_causes_sum_to_the_change(
        replays in proptest::collection::vec((contributions(), methods()), 8),
        one_method in any::<bool>(),
    ) {
        let causes = [Cause::Evidence, Cause::Time, Cause::Rules];
        let changed = causes.into_iter().fold(Causes::default(), Causes::with);
        let mut replay = |set: Causes| {
            let at = causes.iter().enumerate().filter(|(_, cause)| set.has(**cause));
            let at: usize = at.map(|(bit, _)| 1 << bit).sum();
            let contributions = replays[at].0.clone();
            let method = replays[if one_method { 0 } else { at }].1.clone();
            Replay { index: index::index(&contributions, &method), contributions, method }
        };
        let (before, after) = (replay(Causes::default()), replay(changed));
        match delta::delta(changed, &mut replay) {
            Some(delta) => {
                let sum: i32 = delta.lines.iter().map(|line| line.points).sum();
                prop_assert_eq!(sum, delta.total);
                let shown = |replay: &Replay| replay.index.value.map(shown);
                prop_assert_eq!(Some(delta.total), Some(shown(&after).unwrap() - shown(&before).unwrap()));
                // Each cause has what it moves on average over all orders of the causes.
                let raw = |set: Causes, replay: &mut dyn FnMut(Causes) -> Replay| {
                    replay(set).index.raw.map_or(1.0, |raw| f64::from(raw) / 1e6)
                };
                for cause in causes {
                    let [one, other] = causes.into_iter().filter(|it| *it != cause)
                        .collect::<Vec<_>>().try_into().unwrap();
                    let none = Causes::default();
                    let orders = [none, none, none.with(one), none.with(other),
                        none.with(one).with(other), none.with(one).with(other)];
                    let moved: f64 = orders
                        .into_iter()
                        .map(|set| raw(set.with(cause), &mut replay) - raw(set, &mut replay))
                        .sum();
                    let own = delta.lines.iter().filter(|line| line.cause == cause);
                    let told: i32 = own.map(|line| line.points).sum();
                    let rules = f64::from(u32::try_from(parts_max(&replays)).unwrap());
                    let off = (f64::from(told) / 10.0 - moved / 6.0).abs();
                    prop_assert!(off <= 0.1 * (rules + 1.0), "{:?}: {} {}", cause, told, moved / 6.0);
                }
            }
            None => prop_assert!(before.index.value.is_none() || after.index.value.is_none()),
        }
    }

    #[test]
    fn the_band_holds_the_value(parts in contributions(), method in methods()) {
        let index = index::index(&parts, &method);
        prop_assert!(index.low <= index.high);
        if let Some(value) = index.value {
            prop_assert!(index.low <= value && value <= index.high);
        }
        let is_settled = |part: &Contribution| {
            let known = part.score.is_some_and(|score| score.value.is_some());
            known && part.critical != Critical::MayCap
        };
        if parts.iter().all(is_settled) {
            prop_assert_eq!(index.value, Some(index.low));
            prop_assert_eq!(index.low, index.high);
        }
    }

    /// The root that the index takes is the nearest millionth.
    #[test]
    fn the_root_is_the_nearest(scores in proptest::collection::vec(0u32..=ONE, 2..12)) {
        let parts: Vec<Contribution> =
            scores.iter().zip(0u8..).map(|(score, at)| rule(at.into(), at, 1, *score)).collect();
        let exact: f64 = scores
            .iter()
            .map(|score| (1.0 + 99.0 * f64::from(*score) / 1e6).ln())
            .sum::<f64>();
        let count = f64::from(u32::try_from(scores.len()).unwrap());
        let expected = (exact / count).exp() * 1e6;
        let value = f64::from(index::index(&parts, &Method::equal(scores.len())).value.unwrap());
        prop_assert!((value - expected).abs() < 0.6, "{} {}", value, expected);
    }
}
