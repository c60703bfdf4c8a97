//! A group on two days: those that were in it on both, apart from who joined and who left.

use super::rollup::{Hidden, Quartiles, Shown, quartiles};
use crate::limits::GROUP_MIN;
use std::collections::BTreeMap;

/// How a group changed. A group that only grew would otherwise seem to fall.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Members on both days that have a value on both.
    pub matched: Shown<Matched>,
    pub joined: usize,
    pub left: usize,
    /// Of all that had a value on the first day.
    pub before: Shown<Quartiles>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Matched {
    pub count: usize,
    pub before: Quartiles,
    pub after: Quartiles,
}

/// What the members of a group had on two days, by whatever names them; `None` where
/// readiness only is known.
pub fn change<K: Ord>(
    before: &BTreeMap<K, Option<u32>>,
    after: &BTreeMap<K, Option<u32>>,
) -> Change {
    let both: Vec<(u32, u32)> =
        before.iter().filter_map(|(who, value)| (*value).zip(*after.get(who)?)).collect();
    let matched = enough(&both).and_then(|both| {
        let values = |end: fn(&(u32, u32)) -> u32| {
            quartiles(both.iter().map(end).collect()).ok_or(Hidden::Nobody)
        };
        let (before, after) = (values(|both| both.0)?, values(|both| both.1)?);
        Ok(Matched { count: both.len(), before, after })
    });
    let scored: Vec<u32> = before.values().copied().flatten().collect();
    Change {
        matched,
        joined: after.keys().filter(|who| !before.contains_key(who)).count(),
        left: before.keys().filter(|who| !after.contains_key(who)).count(),
        before: enough(&scored)
            .and_then(|scored| quartiles(scored.to_vec()).ok_or(Hidden::Nobody)),
    }
}

fn enough<T>(values: &[T]) -> Shown<&[T]> {
    match values.len() {
        0 => Err(Hidden::Nobody),
        1..GROUP_MIN => Err(Hidden::Few),
        _ => Ok(values),
    }
}
