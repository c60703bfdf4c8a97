//! What moved an index: causes that sum to the change exactly.
//!
//! Over causes by Shapley averages of replays (no order, no remainder), inside a cause to
//! single rules by log-mean weights, then to tenths by largest remainder. The replays are
//! the caller's: it knows how to judge with some causes as they were and others as they are.

use crate::index::{Contribution, Index, Method, points, shown};
use crate::program::Mean;
use std::collections::BTreeMap;

/// What can move an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Any arrival of a paper.
    #[default]
    Evidence,
    Time,
    /// Rule files and calendars.
    Rules,
    Waivers,
    /// The organization's register.
    Membership,
    /// Facts superseded, disputed or corrected.
    Corrections,
    /// A critical rule caps the value, or caps it no longer.
    Cap,
}

/// A set of causes: bit n is the nth variant of [`Cause`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Causes(u8);

/// An index judged with some causes as they were and others as they are.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    pub index: Index,
    pub contributions: Vec<Contribution>,
    /// How its dimensions are put together.
    pub method: Method,
}

/// One line of a delta; points are tenths. Lines come in order and sum to the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub cause: Cause,
    /// The rule's number; `None` for the cap and for a dimension that came or went.
    pub rule: Option<u32>,
    pub points: i32,
}

/// The change between two shown values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// Tenths of points: the difference of the two shown values.
    pub total: i32,
    pub lines: Vec<Line>,
}

impl Cause {
    pub const REPLAYED: [Cause; 6] = [
        Cause::Evidence,
        Cause::Time,
        Cause::Rules,
        Cause::Waivers,
        Cause::Membership,
        Cause::Corrections,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Cause::Evidence => "evidence",
            Cause::Time => "time",
            Cause::Rules => "rules",
            Cause::Waivers => "waivers",
            Cause::Membership => "membership",
            Cause::Corrections => "corrections",
            Cause::Cap => "cap",
        }
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

impl Causes {
    pub fn has(self, cause: Cause) -> bool {
        self.0 & cause.bit() != 0
    }

    #[must_use]
    pub fn with(self, cause: Cause) -> Causes {
        Causes(self.0 | cause.bit())
    }

    fn len(self) -> u32 {
        self.0.count_ones()
    }
}

/// The delta between the replay of no cause and that of all in `changed`. `None` when
/// either value is readiness: the caller says why.
/// Cost: two to the number of changed causes replays, 64 at most.
pub fn delta(changed: Causes, replay: &mut dyn FnMut(Causes) -> Replay) -> Option<Delta> {
    let causes: Vec<Cause> =
        Cause::REPLAYED.into_iter().filter(|cause| changed.has(*cause)).collect();
    let mut replays = BTreeMap::new();
    for subset in subsets(&causes) {
        replays.insert(subset, replay(subset));
    }
    let (before, after) = (replays.get(&Causes::default())?, replays.get(&changed)?);
    let total = shown(after.index.value?) - shown(before.index.value?);
    let mut parts: BTreeMap<(Cause, Option<u32>), f64> = BTreeMap::new();
    for cause in &causes {
        for subset in subsets(&causes).filter(|subset| !subset.has(*cause)) {
            let (Some(one), Some(two)) =
                (replays.get(&subset), replays.get(&subset.with(*cause)))
            else {
                continue;
            };
            let weight = shapley_weight(subset.len(), causes.len());
            for (rule, points) in marginal(one, two) {
                *parts.entry((*cause, rule)).or_default() += weight * points;
            }
        }
    }
    let cap = cap_of(after) - cap_of(before);
    if cap != 0.0 {
        parts.insert((Cause::Cap, None), cap);
    }
    Some(Delta { total, lines: to_tenths(total, &parts) })
}

fn subsets(causes: &[Cause]) -> impl Iterator<Item = Causes> + use<'_> {
    (0u32..1 << causes.len()).map(|mask| {
        let chosen =
            causes.iter().enumerate().filter(move |(at, _)| mask & (1 << at) != 0);
        chosen.fold(Causes::default(), |set, (_, cause)| set.with(*cause))
    })
}

/// |S|! (n − |S| − 1)! / n!
fn shapley_weight(size: u32, causes: usize) -> f64 {
    let causes = u32::try_from(causes).unwrap_or(u32::MAX);
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    factorial(size) * factorial(causes - size - 1) / factorial(causes)
}

/// What the cap takes away, in points: zero or less.
fn cap_of(replay: &Replay) -> f64 {
    match (replay.index.value, replay.index.raw) {
        (Some(value), Some(raw)) => (f64::from(value) - f64::from(raw)) / 1e6,
        _ => 0.0,
    }
}

/// How the change of the uncapped value from one replay to another falls to the rules.
/// A geometric mean is `ln I = Σ v ln(x) / V` over the dimensions with their weights, so
/// with L the logarithmic mean `I₁ − I₀ = L(I₁, I₀) · Σ (v₁ ln(x₁)/V₁ − v₀ ln(x₀)/V₀)`; an
/// arithmetic one is the same without logarithms. Inside a dimension
/// `x₁ − x₀ = Σ 99 (w₁(s₁ − c)/W₁ − w₀(s₀ − c)/W₀)` for whatever c. What a dimension that
/// came, went or weighs otherwise leaves over belongs to no rule, and so does all that moves
/// while the kind of mean changes.
fn marginal(one: &Replay, two: &Replay) -> BTreeMap<Option<u32>, f64> {
    let mut parts = BTreeMap::new();
    let (before, after) = (value(one), value(two));
    let (v0, v1) = (counting(one), counting(two));
    if v0 == 0.0 || v1 == 0.0 || one.method.mean != two.method.mean {
        return BTreeMap::from([(None, after - before)]);
    }
    let geometric = one.method.mean == Mean::Geometric;
    let scale = if geometric { log_mean(after, before) } else { 1.0 };
    let dimensions = one.index.dimensions.len().max(two.index.dimensions.len());
    for at in 0..dimensions {
        let (x0, x1) = (dimension(one, at), dimension(two, at));
        let (w0, w1) = (weight(one, at) / v0, weight(two, at) / v1);
        let term = |x: Option<f64>, w: f64| {
            x.map_or(0.0, |x| w * if geometric { x.ln() } else { x })
        };
        let mut left = term(x1, w1) - term(x0, w0);
        let slope = match (x0, x1) {
            (Some(x0), Some(x1)) if geometric => w1 / log_mean(x1, x0),
            (Some(_), Some(_)) => w1,
            _ => 0.0,
        };
        for (rule, change) in rule_changes(one, two, at) {
            let share = 99.0 * change * slope;
            left -= share;
            *parts.entry(Some(rule)).or_default() += scale * share;
        }
        *parts.entry(None).or_default() += scale * left;
    }
    parts
}

/// The uncapped value in points; 1, the floor, where nothing is known.
fn value(replay: &Replay) -> f64 {
    replay.index.raw.map_or(1.0, |raw| f64::from(raw) / 1e6)
}

/// The weight of the dimensions with something known.
fn counting(replay: &Replay) -> f64 {
    let known = replay.index.dimensions.iter().enumerate();
    let known = known.filter(|(_, part)| part.value.is_some());
    known.map(|(at, _)| weight(replay, at)).sum()
}

fn weight(replay: &Replay, at: usize) -> f64 {
    replay.method.weights.get(at).copied().map_or(0.0, f64::from)
}

fn dimension(replay: &Replay, at: usize) -> Option<f64> {
    let score = replay.index.dimensions.get(at)?.value?;
    let millionths = u32::try_from(points(score)).unwrap_or(u32::MAX);
    Some(f64::from(millionths) / 1e6)
}

/// For each rule of a dimension the change of its part of the dimension's mean. Parts are
/// of what a score stands above or below the middle of the two means, so that a rule that
/// comes or goes is what moved the mean, and not those that stay.
fn rule_changes(one: &Replay, two: &Replay, at: usize) -> BTreeMap<u32, f64> {
    let mut changes = BTreeMap::new();
    let means = [one, two].map(|replay| dimension(replay, at).map(|x| (x - 1.0) / 99.0));
    let middle = match means {
        [Some(before), Some(after)] => f64::midpoint(before, after),
        [mean, other] => mean.or(other).unwrap_or_default(),
    };
    for (replay, sign) in [(one, -1.0), (two, 1.0)] {
        let known = || {
            replay.contributions.iter().filter_map(move |part| {
                let value = part.score?.value?;
                (usize::from(part.dimension) == at).then_some((part, value))
            })
        };
        let weight: f64 = known().map(|(part, _)| f64::from(part.weight)).sum();
        for (part, value) in known() {
            let above = f64::from(value) / 1e6 - middle;
            let share = f64::from(part.weight) * above / weight;
            *changes.entry(part.rule).or_default() += sign * share;
        }
    }
    changes
}

/// (a − b) / (ln a − ln b), and a where both are equal.
fn log_mean(a: f64, b: f64) -> f64 {
    let ratio = (a / b).ln();
    if ratio.abs() < 1e-12 { a } else { (a - b) / ratio }
}

/// Below this part of a tenth two parts are the same: what logarithms leave over is smaller.
const GRAINS: f64 = 1e6;

/// Parts in points to tenths that sum to `total`: each rounded down, then one more tenth to
/// the largest remainders, ties by cause and then by rule. Only whole grains decide.
fn to_tenths(total: i32, parts: &BTreeMap<(Cause, Option<u32>), f64>) -> Vec<Line> {
    let mut lines: Vec<(Line, i64)> = Vec::new();
    for (&(cause, rule), points) in parts {
        let (grains, tenth) = (whole(points * 10.0 * GRAINS), whole(GRAINS));
        if grains != 0 {
            let tenths = i32::try_from(grains.div_euclid(tenth)).unwrap_or_default();
            let line = Line { cause, rule, points: tenths };
            lines.push((line, grains.rem_euclid(tenth)));
        }
    }
    if lines.is_empty() && total != 0 {
        lines.push((Line { cause: Cause::Evidence, rule: None, points: 0 }, 0));
    }
    let floor: i32 = lines.iter().map(|(line, _)| line.points).sum();
    let missing = total - floor;
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let rest = |at: &usize| lines.get(*at).map_or(0, |(_, rest)| *rest);
    // The rounding of the total may leave a tenth too many: the smallest remainder gives it.
    order.sort_by_key(|at| if missing < 0 { rest(at) } else { -rest(at) });
    for at in order.into_iter().cycle().take(missing.unsigned_abs() as usize) {
        if let Some((line, _)) = lines.get_mut(at) {
            line.points += missing.signum();
        }
    }
    lines.into_iter().map(|(line, _)| line).filter(|line| line.points != 0).collect()
}

/// The nearest whole number; an index moves by at most 1000 tenths of a million grains.
fn whole(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 10⁹ in size, and whole")]
    let whole = number.round() as i64;
    whole
}
