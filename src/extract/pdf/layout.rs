//! From units on a page to lines in reading order.
//!
//! The content stream's own order is kept unless it jumps about: it keeps columns and
//! wrapped cells together, which sorting by height would tear apart.

use super::direction;
use super::glyphs::Glyphs;
use super::glyphs::Unit;

/// A line of the page, in logical order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) text: String,
    /// The height of its letters, in points.
    pub(super) size: f64,
    /// All of it is printed invisibly, while other text of the page is not.
    pub(super) hidden: bool,
}

/// Baselines closer than this share of the letters' height are one line.
const SAME_LINE: f64 = 0.35;
/// Gaps wider than these shares of the height part words, and parts of a line.
const WORD_GAP: f64 = 0.19;
const CELL_GAP: f64 = 1.6;

/// Units that stand together on one line.
#[derive(Debug, Default)]
struct Segment {
    units: Vec<Unit>,
}

impl Segment {
    fn baseline(&self) -> f64 {
        self.units.first().map_or(0.0, |unit| unit.baseline)
    }

    fn size(&self) -> f64 {
        self.units.iter().map(|unit| unit.size).fold(0.0, f64::max)
    }

    fn order(&self) -> usize {
        self.units.iter().map(|unit| unit.order).min().unwrap_or(0)
    }

    fn is_beside(&self, other: &Segment) -> bool {
        let size = self.size().max(other.size());
        (self.baseline() - other.baseline()).abs() < size * SAME_LINE
    }
}

/// The lines of a page.
pub(super) fn rows(glyphs: Glyphs) -> Vec<Row> {
    let visible =
        glyphs.units.iter().any(|unit| !unit.hidden && !unit.text.trim().is_empty());
    let units = undoubled(glyphs.units);
    let page = Edges::of(&units);
    let mut segments: Vec<Segment> = Vec::new();
    for line in baselines(units) {
        segments.extend(split(line));
    }
    ordered(&mut segments);
    let mut rows = Vec::new();
    for line in joined(segments) {
        let size = line.iter().map(Segment::size).fold(0.0, f64::max);
        let units: Vec<&Unit> = line.iter().flat_map(|segment| &segment.units).collect();
        let hidden = visible && units.iter().all(|unit| unit.hidden);
        let text = direction::logical(&pieces(&line), page.side(&units));
        if !text.trim().is_empty() {
            rows.push(Row { text, size, hidden });
        }
    }
    rows
}

/// Drops what is drawn twice in one place: bold made by overprinting.
fn undoubled(units: Vec<Unit>) -> Vec<Unit> {
    let mut kept: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in units {
        let near = kept.iter().rev().take(80);
        let doubled = near.into_iter().any(|other| {
            other.text == unit.text
                && !unit.text.trim().is_empty()
                && (other.left - unit.left).abs() < unit.size * 0.08
                && (other.baseline - unit.baseline).abs() < unit.size * 0.08
        });
        if !doubled {
            kept.push(unit);
        }
    }
    kept
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

/// A line cut where nothing stands for long; marks go to the letter nearest to them.
fn split(line: Vec<Unit>) -> Vec<Segment> {
    let (marks, bases): (Vec<Unit>, Vec<Unit>) =
        line.into_iter().partition(|unit| unit.mark);
    let mut segments: Vec<Segment> = Vec::new();
    let mut edge = f64::NEG_INFINITY;
    for unit in bases {
        let gap = unit.left - edge;
        let blank = unit.text.trim().is_empty();
        edge = if blank { edge } else { edge.max(unit.right) };
        match segments.last_mut().filter(|_| gap < unit.size * CELL_GAP) {
            Some(segment) => segment.units.push(unit),
            None if blank => {}
            None => segments.push(Segment { units: vec![unit] }),
        }
    }
    for mark in marks {
        let middle = f64::midpoint(mark.left, mark.right);
        let distance =
            |unit: &Unit| (f64::midpoint(unit.left, unit.right) - middle).abs();
        let letters = segments.iter_mut().flat_map(|segment| &mut segment.units);
        let base = letters
            .filter(|unit| !unit.text.trim().is_empty())
            .min_by(|a, b| distance(a).total_cmp(&distance(b)));
        if let Some(base) = base {
            base.text.push_str(&mark.text);
        }
    }
    segments
}

/// By the content stream, unless it jumps up the page often: then by height.
fn ordered(segments: &mut [Segment]) {
    segments.sort_by_key(Segment::order);
    let jumps = segments
        .windows(2)
        .filter(|pair| match pair {
            [before, after] => after.baseline() < before.baseline() - 2.0 * before.size(),
            _ => false,
        })
        .count();
    if jumps > 3.max(segments.len() / 8) {
        segments.sort_by(|a, b| {
            a.baseline().total_cmp(&b.baseline()).then(a.order().cmp(&b.order()))
        });
    }
}

/// Neighbours on one line, from left to right.
fn joined(segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    let mut lines: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        match lines
            .last_mut()
            .filter(|line| line.last().is_some_and(|last| last.is_beside(&segment)))
        {
            Some(line) => line.push(segment),
            None => lines.push(vec![segment]),
        }
    }
    let left = |segment: &Segment| segment.units.first().map_or(0.0, |unit| unit.left);
    for line in &mut lines {
        line.sort_by(|a, b| left(a).total_cmp(&left(b)));
    }
    lines
}

/// The texts of a line from left to right, with the spaces between words.
fn pieces(line: &[Segment]) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for segment in line {
        if !pieces.is_empty() {
            pieces.push("  ".to_owned());
        }
        let mut edge = f64::NEG_INFINITY;
        let mut blank = false;
        for unit in &segment.units {
            if unit.text.trim().is_empty() {
                blank = true;
                continue;
            }
            let gap = unit.left - edge;
            if edge.is_finite() && (blank || gap > unit.size * WORD_GAP) {
                pieces.push(" ".to_owned());
            }
            blank = false;
            edge = edge.max(unit.right);
            pieces.push(unit.text.clone());
        }
    }
    pieces
}

/// The margins that the page's text keeps.
struct Edges {
    left: f64,
    right: f64,
}

impl Edges {
    fn of(units: &[Unit]) -> Edges {
        let mut lefts: Vec<f64> = units.iter().map(|unit| unit.left).collect();
        let mut rights: Vec<f64> = units.iter().map(|unit| unit.right).collect();
        lefts.sort_by(f64::total_cmp);
        rights.sort_by(f64::total_cmp);
        let left = lefts.get(lefts.len() / 100).copied().unwrap_or(0.0);
        let right = rights.get(rights.len() * 99 / 100).copied().unwrap_or(0.0);
        Edges { left, right }
    }

    /// Which margin a line alone touches.
    fn side(&self, units: &[&Unit]) -> Option<direction::Side> {
        let size = units.first().map_or(10.0, |unit| unit.size);
        let left = units.iter().map(|unit| unit.left).fold(f64::INFINITY, f64::min);
        let right = units.iter().map(|unit| unit.right).fold(f64::NEG_INFINITY, f64::max);
        let at_left = left - self.left < 1.5 * size;
        let at_right = self.right - right < 1.5 * size;
        match (at_left, at_right) {
            (true, false) => Some(direction::Side::Left),
            (false, true) => Some(direction::Side::Right),
            _ => None,
        }
    }
}
