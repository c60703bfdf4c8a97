//! The index and its deltas: exact numbers, and causes that sum to the change.

use mithaq::delta::{self, Cause, Causes, Replay};
use mithaq::index::{self, Contribution, shown};
use mithaq::verdict::{ONE, Score};
use proptest::prelude::*;

fn rule(rule: u32, dimension: u8, weight: u16, value: u32) -> Contribution {
    let score = Some(Score { value: Some(value), low: value, high: value });
    Contribution { rule, dimension, weight, score, caps: false }
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
    let index = index::index(&parts, 3);
    assert_eq!(index.value.map(shown), Some(565));
    assert_eq!(index.value.map(shown).map(index::grade), Some('C'));
}

#[test]
fn all_met_is_a_hundred_and_none_is_one() {
    assert_eq!(index::index(&[rule(0, 0, 3, ONE)], 1).value, Some(100 * ONE));
    assert_eq!(index::index(&[rule(0, 0, 3, 0)], 1).value, Some(ONE));
}

#[test]
fn readiness_below_seventy_per_cent_and_below_half_a_dimension() {
    let at = [rule(0, 0, 7, ONE), unknown(1, 0, 3)];
    assert!(index::index(&at, 1).value.is_some());
    let below = [rule(0, 0, 69, ONE), unknown(1, 0, 31)];
    assert_eq!(index::index(&below, 1).value, None);
    let thin = [rule(0, 0, 90, ONE), rule(1, 1, 4, ONE), unknown(2, 1, 5)];
    assert_eq!(index::index(&thin, 2).value, None);
}

#[test]
fn the_band_holds_every_unknown_at_nothing_and_at_all() {
    let parts = [rule(0, 0, 8, ONE), unknown(1, 0, 2)];
    let index = index::index(&parts, 1);
    assert_eq!((shown(index.low), shown(index.high)), (802, 1000));
    assert_eq!(index.value.map(shown), Some(1000));
}

#[test]
fn a_critical_rule_not_met_caps_at_forty_nine() {
    let mut parts = vec![rule(0, 0, 9, ONE), rule(1, 0, 1, 0)];
    parts[1].caps = true;
    let index = index::index(&parts, 1);
    assert_eq!(index.value.map(shown), Some(490));
    assert!(index.capped);
    assert_eq!(index.raw.map(shown), Some(901));
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
                Contribution { caps: caps == 0, ..part }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(2000, 100_000)))]

    #[test]
    fn the_causes_sum_to_the_change(replays in proptest::collection::vec(contributions(), 8)) {
        let causes = [Cause::Evidence, Cause::Time, Cause::Rules];
        let changed = causes.into_iter().fold(Causes::default(), Causes::with);
        let mut replay = |set: Causes| {
            let at = causes.iter().enumerate().filter(|(_, cause)| set.has(**cause));
            let at: usize = at.map(|(bit, _)| 1 << bit).sum();
            let contributions = replays[at].clone();
            Replay { index: index::index(&contributions, 3), contributions }
        };
        let (before, after) = (replay(Causes::default()), replay(changed));
        match delta::delta(changed, &mut replay) {
            Some(delta) => {
                let sum: i32 = delta.lines.iter().map(|line| line.points).sum();
                prop_assert_eq!(sum, delta.total);
                let shown = |replay: &Replay| replay.index.value.map(shown);
                prop_assert_eq!(Some(delta.total), Some(shown(&after).unwrap() - shown(&before).unwrap()));
            }
            None => prop_assert!(before.index.value.is_none() || after.index.value.is_none()),
        }
    }

    #[test]
    fn the_band_holds_the_value(parts in contributions()) {
        let index = index::index(&parts, 3);
        prop_assert!(index.low <= index.high);
        if parts.iter().all(|part| part.score.is_some_and(|score| score.value.is_some())) {
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
        let value = f64::from(index::index(&parts, scores.len()).value.unwrap());
        prop_assert!((value - expected).abs() < 0.6, "{} {}", value, expected);
    }
}
