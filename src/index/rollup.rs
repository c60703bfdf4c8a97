//! Figures of groups of organizations, and which of them may be shown.
//!
//! A figure over fewer than five organizations is hidden, and so are enough of the figures
//! beside it that nobody can subtract it from those above. Knows numbers of organizations,
//! no names.

use super::share;
use crate::limits::GROUP_MIN;
use std::collections::{BTreeMap, BTreeSet};

/// What one organization brings into its groups.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Point {
    /// Millionths of a point; `None` where readiness only is known.
    pub value: Option<u32>,
    /// Millionths.
    pub coverage: u32,
    /// By critical rule, in one order for everybody.
    pub critical: Vec<Kept>,
}

/// What became of a critical rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Kept {
    /// It was not asked: out of scope, waived, or not due yet.
    #[default]
    NotAsked,
    Yes,
    No,
    Unknown,
}

/// Organizations that are counted together. The path of a group begins with that of the
/// group above it; the one of everybody is empty. A part is `None` where nothing is stated.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Group {
    pub path: Vec<Option<String>>,
    /// Numbers of points.
    pub members: BTreeSet<usize>,
}

/// Why a figure is not shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Hidden {
    /// It is of nobody.
    Nobody,
    /// It is of fewer than five.
    Few,
    /// With it, one of fewer than five could be worked out.
    Complement,
}

/// A figure, or why it is not shown.
pub type Shown<T> = Result<T, Hidden>;

/// What is known of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    pub path: Vec<Option<String>>,
    pub size: Shown<Size>,
    /// Of the values of those that have one.
    pub quartiles: Shown<Quartiles>,
    /// By critical rule.
    pub critical: Vec<Shown<Meeting>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    pub count: usize,
    /// Those that have a value.
    pub scored: usize,
    /// The mean of the members' coverage, in millionths.
    pub coverage: u32,
}

/// In millionths of a point; between two values by where they stand, half to even.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Quartiles {
    pub lower: u32,
    pub median: u32,
    pub upper: u32,
}

/// How many of those that a critical rule asks keep it; an unknown is not yet one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meeting {
    pub met: usize,
    pub of: usize,
    /// Millionths.
    pub share: u32,
}

/// The figures of groups, in their order. `rules`: how many critical rules there are.
pub fn figures(points: &[Point], groups: &[Group], rules: usize) -> Vec<Figures> {
    let sizes = shown(groups, |_| true);
    let scored = |number: &usize| value(points, *number).is_some();
    let values = shown(groups, scored);
    let asked: Vec<Vec<Shown<()>>> = (0..rules)
        .map(|rule| shown(groups, |number| kept(points, *number, rule) > Kept::NotAsked))
        .collect();
    let of_group = |(at, group): (usize, &Group)| {
        let within = |shown: &[Shown<()>]| {
            let own = shown.get(at).copied().unwrap_or(Err(Hidden::Nobody));
            sizes.get(at).copied().unwrap_or(Err(Hidden::Nobody)).and(own)
        };
        Figures {
            path: group.path.clone(),
            size: within(&sizes).map(|()| size(points, group)),
            quartiles: within(&values).and_then(|()| {
                let values = group.members.iter().filter_map(|it| value(points, *it));
                quartiles(values.collect()).ok_or(Hidden::Nobody)
            }),
            critical: asked
                .iter()
                .enumerate()
                .map(|(rule, shown)| within(shown).map(|()| meeting(points, group, rule)))
                .collect(),
        }
    };
    groups.iter().enumerate().map(of_group).collect()
}

/// The quartiles of values; `None` of none.
pub fn quartiles(mut values: Vec<u32>) -> Option<Quartiles> {
    values.sort_unstable();
    let at = |quarter: usize| {
        let steps = values.len().checked_sub(1)? * quarter;
        let (below, rest) = (steps / 4, u64::try_from(steps % 4).ok()?);
        let low = u64::from(*values.get(below)?);
        let high = values.get(below + 1).map_or(low, |value| u64::from(*value));
        super::divided(low * (4 - rest) + high * rest, 4)
    };
    Some(Quartiles { lower: at(1)?, median: at(2)?, upper: at(3)? })
}

/// Of each group whether a figure over those of its members that `counts` may be shown.
fn shown(groups: &[Group], counts: impl Fn(&usize) -> bool) -> Vec<Shown<()>> {
    let sets: Vec<BTreeSet<usize>> = groups
        .iter()
        .map(|group| group.members.iter().copied().filter(&counts).collect())
        .collect();
    let of = |at: usize| sets.get(at).cloned().unwrap_or_default();
    let mut shown: Vec<Shown<()>> = sets.iter().map(|set| by_number(set.len())).collect();
    let mut below: BTreeMap<&[Option<String>], Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        if let Some((_, above)) = group.path.split_last() {
            below.entry(above).or_default().push(at);
        }
    }
    // Groups above come before those below, so that what they hide goes on downward.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| groups.get(*at).map(|group| group.path.len()));
    for above in order {
        let path = groups.get(above).map(|group| group.path.as_slice());
        let parts = path.and_then(|path| below.get(path)).map_or(&[][..], Vec::as_slice);
        if shown.get(above).is_some_and(Result::is_err) {
            for part in parts {
                hide(&mut shown, *part);
            }
            continue;
        }
        while let Some(part) = revealing(&shown, &of(above), parts, &of) {
            hide(&mut shown, part);
        }
    }
    shown
}

fn hide(shown: &mut [Shown<()>], at: usize) {
    if let Some(one) = shown.get_mut(at).filter(|one| one.is_ok()) {
        *one = Err(Hidden::Complement);
    }
}

/// The smallest of the parts shown, when all of them taken from the whole leave one to four.
fn revealing(
    shown: &[Shown<()>],
    whole: &BTreeSet<usize>,
    parts: &[usize],
    of: &impl Fn(usize) -> BTreeSet<usize>,
) -> Option<usize> {
    let is_shown = |part: &usize| shown.get(*part).is_some_and(Result::is_ok);
    let visible: Vec<usize> = parts.iter().copied().filter(is_shown).collect();
    let mut rest = whole.clone();
    for part in &visible {
        rest = rest.difference(&of(*part)).copied().collect();
    }
    let reveals = by_number(rest.len()) == Err(Hidden::Few);
    visible.into_iter().filter(|_| reveals).min_by_key(|part| of(*part).len())
}

fn by_number(number: usize) -> Shown<()> {
    match number {
        0 => Err(Hidden::Nobody),
        1..GROUP_MIN => Err(Hidden::Few),
        _ => Ok(()),
    }
}

fn value(points: &[Point], number: usize) -> Option<u32> {
    points.get(number)?.value
}

fn kept(points: &[Point], number: usize, rule: usize) -> Kept {
    let point = points.get(number);
    point.and_then(|point| point.critical.get(rule).copied()).unwrap_or_default()
}

fn size(points: &[Point], group: &Group) -> Size {
    let members = || group.members.iter().filter_map(|number| points.get(*number));
    let coverage = members().map(|point| u64::from(point.coverage)).sum();
    let count = u64::try_from(group.members.len()).unwrap_or(u64::MAX);
    Size {
        count: group.members.len(),
        scored: members().filter(|point| point.value.is_some()).count(),
        coverage: super::divided(coverage, count).unwrap_or_default(),
    }
}

fn meeting(points: &[Point], group: &Group, rule: usize) -> Meeting {
    let number = |wanted: &[Kept]| {
        let members = group.members.iter();
        members.filter(|number| wanted.contains(&kept(points, **number, rule))).count()
    };
    let (met, of) = (number(&[Kept::Yes]), number(&[Kept::Yes, Kept::No, Kept::Unknown]));
    let wide = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Meeting { met, of, share: share(wide(met), wide(of)).unwrap_or_default() }
}
