//! Verdicts come out of their 21 bytes as they went in, whatever they say.

use mithaq::calendar::Day;
use mithaq::verdict::{
    Breakpoint, Finality, NextChange, ONE, Score, State, Verdict, Verdicts,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Most of these two centuries, some on their edges and some far outside.
fn day() -> impl Strategy<Value = Day> {
    let edges = [-25_569, -25_568, -25_567, 0, 39_967, 39_968].map(Day).to_vec();
    prop_oneof![
        8 => (15_000i32..25_000).prop_map(Day),
        1 => select(edges),
        1 => any::<i32>().prop_map(Day),
        1 => select(vec![Day::EARLIEST, Day::LATEST]),
    ]
}

fn state() -> impl Strategy<Value = State> {
    select(State::ALL.to_vec())
}

fn score() -> impl Strategy<Value = Score> {
    let number = || prop_oneof![9 => 0..=ONE, 1 => any::<u32>()];
    (option::of(number()), number(), number()).prop_map(|(value, low, high)| Score {
        value,
        low,
        high,
    })
}

fn next() -> impl Strategy<Value = NextChange> {
    (day(), state(), day(), select(Breakpoint::ALL.to_vec()))
        .prop_map(|(on, state, slot, why)| NextChange { on, state, slot, why })
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let states = (state(), option::of(state()), option::of(state()));
    let days = (option::of(next()), option::of(day()), option::of((day(), day())));
    let finality = select(Finality::ALL.to_vec());
    (states, finality, option::of(score()), days).prop_map(
        |((state, upcoming, underlying), finality, score, days)| {
            let (next_change, judge_again, running) = days;
            Verdict {
                state,
                upcoming,
                underlying,
                finality,
                score,
                next_change,
                judge_again,
                running,
            }
        },
    )
}

proptest! {
    #[test]
    fn verdicts_are_what_was_set(
        first in vec(option::of(verdict()), 0..12),
        then in vec((0usize..14, verdict()), 0..12),
        rules in 0usize..14,
    ) {
        let mut plain = first.clone();
        let mut packed = Verdicts::default();
        first.into_iter().for_each(|verdict| packed.push(verdict));
        for (number, verdict) in then {
            packed.set(number, verdict);
            if let Some(place) = plain.get_mut(number) {
                *place = Some(verdict);
            }
        }
        prop_assert_eq!(packed.iter().collect::<Vec<_>>(), plain.clone());
        plain.resize(rules, None);
        packed.resize(rules);
        prop_assert_eq!(packed.len(), rules);
        prop_assert_eq!(packed.iter().collect::<Vec<_>>(), plain);
        prop_assert_eq!(packed.get(rules), None);
    }
}
