//! From units on a page to pieces of lines that nothing divides.

use super::glyphs::Part;
use super::glyphs::Unit;
use crate::text::is_arabic_letter;

/// Baselines closer than this share of the letters' height are one line.
const SAME_LINE: f64 = 0.35;
/// Gaps wider than these shares of the height part pieces of a line: always, and where
/// the stream was elsewhere between what stands on either side.
const CELL_GAP: f64 = 1.6;
const GUTTER: f64 = 0.45;
/// Where no space is drawn in a gap, less parts the pieces.
const BARE_GAP: f64 = 1.0;
/// So many units without letters may stand in the stream between two of one piece.
const STRAY_UNITS: usize = 64;

/// Units that stand together on one line, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) units: Vec<Unit>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// Where in the content stream it begins.
    pub(super) order: usize,
}

impl Segment {
    fn of(unit: Unit) -> Segment {
        Segment {
            left: unit.left,
            right: unit.right,
            baseline: unit.baseline,
            size: unit.size,
            order: unit.order,
            units: vec![unit],
        }
    }

    fn push(&mut self, unit: Unit) {
        if !is_blank(&unit) {
            self.right = self.right.max(unit.right);
        }
        self.size = self.size.max(unit.size);
        self.order = self.order.min(unit.order);
        self.units.push(unit);
    }

    pub(super) fn is_beside(&self, other: &Segment) -> bool {
        let size = self.size.max(other.size);
        (self.baseline - other.baseline).abs() < size * SAME_LINE
    }

    /// Whether one stands above the other, at least in part.
    pub(super) fn shares_width(&self, other: &Segment) -> bool {
        self.left < other.right && other.left < self.right
    }
}

/// The pieces of all lines of a page.
pub(super) fn segments(units: Vec<Unit>) -> Vec<Segment> {
    let units = undoubled(units);
    let stream = Stream::of(&units);
    baselines(units).into_iter().flat_map(|line| split(line, &stream)).collect()
}

fn is_blank(unit: &Unit) -> bool {
    unit.text.trim().is_empty()
}

/// Drops what is drawn twice in one place, bold made by overprinting, and what stands for
/// nothing: a dot or a mark of a letter that repeats the letter's own text or has none.
fn undoubled(units: Vec<Unit>) -> Vec<Unit> {
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        let single = unit.text.chars().count() == 1;
        let reach = if single { 1 } else { 2 };
        let mut lately = kept.iter_mut().rev().take(reach);
        if let Some(same) = lately.find(|other| is_one_cluster(other, &unit)) {
            if same.part == Part::Thin {
                *same = Unit { order: same.order, ..unit };
            }
            continue;
        }
        let near = kept.iter().rev().take(80);
        let doubled = near.into_iter().any(|other| {
            other.text == unit.text
                && !is_blank(&unit)
                && (other.left - unit.left).abs() < unit.size * 0.08
                && (other.baseline - unit.baseline).abs() < unit.size * 0.08
        });
        if !doubled {
            kept.push(unit);
        }
    }
    kept.retain(|unit| {
        unit.part != Part::Thin || unit.text.chars().all(is_arabic_letter)
    });
    without_pieces(kept)
}

/// Drops parts of letters that have no text of their own: they stand, without a gap, between
/// letters that have theirs.
fn without_pieces(units: Vec<Unit>) -> Vec<Unit> {
    let touches = |one: &Unit, other: &Unit| {
        let gap = (one.left - other.right).max(other.left - one.right);
        gap < one.size * 0.05 && (one.baseline - other.baseline).abs() < one.size
    };
    let letter = |unit: &Unit| unit.text.chars().any(is_arabic_letter);
    let mut inside = vec![false; units.len()];
    let mut open: Option<(usize, &Unit)> = None;
    for (place, unit) in units.iter().enumerate() {
        if unit.part == Part::Mark || unit.part == Part::Piece {
            open =
                open.filter(|(_, last)| unit.part == Part::Mark || touches(last, unit));
            open = open.map(|(from, last)| {
                (from, if unit.part == Part::Mark { last } else { unit })
            });
            continue;
        }
        if let Some((from, _)) = open.filter(|(_, last)| touches(last, unit))
            && letter(unit)
        {
            inside.iter_mut().take(place).skip(from).for_each(|slot| *slot = true);
        }
        open = letter(unit).then_some((place, unit));
    }
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    for (unit, inside) in units.into_iter().zip(inside) {
        if unit.part == Part::Piece && inside {
            if let Some(letter) = kept.iter_mut().rev().find(|it| it.part != Part::Mark) {
                letter.left = letter.left.min(unit.left);
                letter.right = letter.right.max(unit.right);
            }
        } else {
            kept.push(unit);
        }
    }
    kept
}

/// Whether two units are glyphs of one cluster that both have all of its text.
fn is_one_cluster(one: &Unit, other: &Unit) -> bool {
    let size = one.size.max(other.size);
    one.text == other.text
        && (one.part == Part::Thin || other.part == Part::Thin)
        && one.left - other.right < size
        && other.left - one.right < size
        && (one.baseline - other.baseline).abs() < size
}

/// What the content stream draws on which line, in its order.
struct Stream {
    baselines: Vec<Option<f64>>,
}

impl Stream {
    fn of(units: &[Unit]) -> Stream {
        let most = units.iter().map(|unit| unit.order).max().unwrap_or(0);
        let mut baselines = vec![None; most.saturating_add(1)];
        for unit in units.iter().filter(|unit| unit.part != Part::Mark && !is_blank(unit))
        {
            if let Some(slot) = baselines.get_mut(unit.order) {
                *slot = Some(unit.baseline);
            }
        }
        Stream { baselines }
    }

    /// Whether another line is drawn between these two places.
    fn leaves(&self, from: usize, to: usize, line: &Unit) -> bool {
        let between = self.baselines.iter().take(to).skip(from.saturating_add(1));
        let mut strays = 0;
        for baseline in between {
            strays += 1;
            let other =
                baseline.is_some_and(|it| (it - line.baseline).abs() > line.size * 0.8);
            if other || strays > STRAY_UNITS {
                return true;
            }
        }
        false
    }

    /// For each unit of a line, in which of the stream's visits to it it is drawn.
    fn visits(&self, line: &[Unit]) -> Vec<usize> {
        let mut places: Vec<usize> = (0..line.len()).collect();
        places.sort_by_key(|place| line.get(*place).map(|unit| unit.order));
        let mut visits = vec![0; line.len()];
        let (mut visit, mut before): (usize, Option<&Unit>) = (0, None);
        for place in places {
            let Some(unit) = line.get(place) else { continue };
            if before.is_some_and(|last| self.leaves(last.order, unit.order, unit)) {
                visit += 1;
            }
            before = Some(unit);
            if let Some(slot) = visits.get_mut(place) {
                *slot = visit;
            }
        }
        visits
    }
}

/// Units by their line, top to bottom, each line from left to right.
fn baselines(mut units: Vec<Unit>) -> Vec<Vec<Unit>> {
    units.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.order.cmp(&b.order)));
    let mut lines: Vec<Vec<Unit>> = Vec::new();
    for unit in units {
        let fits = |line: &Vec<Unit>| {
            line.last().is_some_and(|last| {
                let size = last.size.max(unit.size).max(1.0);
                (unit.baseline - last.baseline).abs() < size * SAME_LINE
            })
        };
        match lines.last_mut().filter(|line| fits(line)) {
            Some(line) => line.push(unit),
            None => lines.push(vec![unit]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.order.cmp(&b.order)));
    }
    lines
}

/// A line cut where nothing stands for long.
fn split(line: Vec<Unit>, stream: &Stream) -> Vec<Segment> {
    let (marks, mut bases): (Vec<Unit>, Vec<Unit>) = line
        .into_iter()
        .partition(|unit| unit.part == Part::Mark || unit.part == Part::Thin);
    mark(&mut bases, marks);
    let visits = stream.visits(&bases);
    let mut segments: Vec<Segment> = Vec::new();
    let (mut edge, mut last_visit, mut spaced) = (f64::NEG_INFINITY, 0, false);
    for (unit, visit) in bases.into_iter().zip(visits) {
        let gap = unit.left - edge;
        let blank = is_blank(&unit);
        let elsewhere = !blank && visit != last_visit && gap >= unit.size * GUTTER;
        if !blank {
            edge = edge.max(unit.right);
            last_visit = visit;
        }
        let widest = if spaced { CELL_GAP } else { BARE_GAP };
        let near = !elsewhere && gap < unit.size * widest;
        spaced = blank;
        match segments.last_mut().filter(|_| near) {
            Some(segment) => segment.push(unit),
            None if blank => {}
            None => segments.push(Segment::of(unit)),
        }
    }
    segments
}

/// Gives marks to their letters, and so the alef that a font draws on a lam without room of
/// its own: then both are one, and stay one when the line is turned.
fn mark(bases: &mut [Unit], mut marks: Vec<Unit>) {
    marks.sort_by_key(|mark| mark.order);
    let mut drawn: Vec<usize> = (0..bases.len()).collect();
    drawn.retain(|place| bases.get(*place).is_some_and(|unit| !is_blank(unit)));
    drawn.sort_by_key(|place| bases.get(*place).map(|unit| unit.order));
    let own: Vec<usize> = bases.iter().map(|unit| unit.text.len()).collect();
    for mark in marks {
        let Some(place) = base_of(bases, &drawn, &mark) else { continue };
        let (Some(base), Some(own)) = (bases.get_mut(place), own.get(place)) else {
            continue;
        };
        // What is drawn before the letter is drawn backwards.
        if mark.order < base.order {
            base.text.insert_str(*own, &mark.text);
        } else {
            base.text.push_str(&mark.text);
        }
    }
}

/// A mark is drawn after its letter where the line is drawn from the right, else before it;
/// where the letter is not there, the nearest one is meant.
fn base_of(bases: &[Unit], drawn: &[usize], mark: &Unit) -> Option<usize> {
    let unit = |place: usize| bases.get(place);
    let middle = f64::midpoint(mark.left, mark.right);
    let distance = |place: usize| {
        unit(place).map_or(f64::INFINITY, |it| (it.left - middle).max(middle - it.right))
    };
    let next = drawn
        .partition_point(|place| unit(*place).is_some_and(|it| it.order < mark.order));
    let before = next.checked_sub(1).and_then(|place| drawn.get(place)).copied();
    let after = drawn.get(next).copied();
    let from_right = match (before.and_then(unit), after.and_then(unit)) {
        (Some(before), Some(after)) => before.left > after.left,
        (before, _) => before.is_some(),
    };
    let arabic = mark.text.chars().all(|it| !matches!(it, '\u{0300}'..='\u{036f}'));
    let drawn_beside = if from_right || !arabic { before } else { after };
    let near = drawn_beside.filter(|place| distance(*place) < mark.size * 0.35);
    near.or_else(|| {
        drawn.iter().copied().min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
    })
}
