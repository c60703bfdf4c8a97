//! The order in which the pieces of a page are read.
//!
//! Programs draw paragraphs, columns and cells one after another, so the content stream's
//! own order is kept: sorting by height would tear wrapped cells and columns apart. It is
//! corrected where it contradicts the page: what stands above is read first.

use super::direction::Letters;
use super::segments::Segment;

/// Lines further apart than this many heights of a letter are not one block.
const LINE_STEP: f64 = 2.2;
/// The first and the last line of a page stand this far from its text, or belong to it.
const MARGIN_STEP: f64 = 1.5;
/// A page of more blocks is no text that columns or cells could be told in.
const BLOCKS_MAX: usize = 2000;

/// Lines below each other that are drawn one after another.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) segments: Vec<Segment>,
    left: f64,
    right: f64,
    /// The first and the last baseline.
    top: f64,
    bottom: f64,
    size: f64,
}

impl Block {
    fn of(segment: Segment) -> Block {
        Block {
            left: segment.left,
            right: segment.right,
            top: segment.baseline,
            bottom: segment.baseline,
            size: segment.size,
            segments: vec![segment],
        }
    }

    fn continues_with(&self, segment: &Segment) -> bool {
        self.segments.last().is_some_and(|last| {
            let step = segment.baseline - last.baseline;
            let below = step > 0.0 && !last.is_beside(segment);
            below
                && step < LINE_STEP * last.size.max(segment.size)
                && last.shares_width(segment)
        })
    }

    fn push(&mut self, segment: Segment) {
        self.left = self.left.min(segment.left);
        self.right = self.right.max(segment.right);
        self.bottom = segment.baseline;
        self.size = self.size.max(segment.size);
        self.segments.push(segment);
    }

    fn is_above(&self, other: &Block) -> bool {
        self.bottom < other.top - 0.5 * self.size.min(other.size)
            && self.left < other.right
            && other.left < self.right
    }

    /// Whether both begin on one line, this one on the left.
    fn is_left_of(&self, other: &Block) -> bool {
        let near = 0.35 * self.size.max(other.size);
        (self.top - other.top).abs() < near && self.right <= other.left
    }

    fn letters(&self) -> Letters {
        let units = self.segments.iter().flat_map(|segment| &segment.units);
        units.map(|unit| Letters::of([&unit.text])).sum()
    }

    fn is_one_line(&self) -> bool {
        self.segments.len() == 1
    }
}

/// The blocks of a page as they are read.
pub(super) fn blocks(mut segments: Vec<Segment>, page: Letters) -> Vec<Block> {
    segments.sort_by_key(|segment| segment.order);
    let mut blocks: Vec<Block> = Vec::new();
    for segment in segments {
        match blocks.last_mut().filter(|block| block.continues_with(&segment)) {
            Some(block) => block.push(segment),
            None => blocks.push(Block::of(segment)),
        }
    }
    if is_disordered(&blocks) || blocks.len() > BLOCKS_MAX {
        return by_height(blocks);
    }
    above_first(turned_rows(outer_lines(blocks), page))
}

/// Cells of Arabic that are drawn from the left, as TeX draws them, are read from the right.
fn turned_rows(blocks: Vec<Block>, page: Letters) -> Vec<Block> {
    let mut rows: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        match rows
            .last_mut()
            .filter(|row| row.last().is_some_and(|it| it.is_left_of(&block)))
        {
            Some(row) => row.push(block),
            None => rows.push(vec![block]),
        }
    }
    for row in &mut rows {
        let letters: Letters = row.iter().map(Block::letters).sum();
        let mostly = letters.arabic > 2 * letters.latin;
        if mostly || (letters.arabic > 0 && page.arabic > page.latin) {
            row.reverse();
        }
    }
    rows.into_iter().flatten().collect()
}

/// Whether the stream draws again and again above what it has just drawn.
fn is_disordered(blocks: &[Block]) -> bool {
    let jumps = blocks.windows(2).filter(|pair| match pair {
        [before, after] => after.is_above(before),
        _ => false,
    });
    jumps.count() > 3.max(blocks.len() / 8)
}

fn by_height(blocks: Vec<Block>) -> Vec<Block> {
    let segments = blocks.into_iter().flat_map(|block| block.segments);
    let mut lines: Vec<Block> = segments.map(Block::of).collect();
    lines.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    lines
}

/// Heads and feet of the page first and last, wherever they are drawn.
fn outer_lines(blocks: Vec<Block>) -> Vec<Block> {
    let inner = |block: &&Block| !block.is_one_line();
    let text = if blocks.iter().any(|block| inner(&block)) {
        extent(blocks.iter().filter(inner))
    } else {
        extent(blocks.iter())
    };
    let (mut heads, mut middle, mut feet) = (Vec::new(), Vec::new(), Vec::new());
    let (top, bottom) = extent(blocks.iter());
    for block in blocks {
        let near = block.size * 0.35;
        let apart = MARGIN_STEP * block.size;
        let outer = block.is_one_line();
        if outer && block.top - top < near && text.0 - block.top > apart {
            heads.push(block);
        } else if outer && bottom - block.bottom < near && block.top - text.1 > apart {
            feet.push(block);
        } else {
            middle.push(block);
        }
    }
    heads.into_iter().chain(middle).chain(feet).collect()
}

fn extent<'b>(blocks: impl Iterator<Item = &'b Block>) -> (f64, f64) {
    blocks.fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), block| {
        (top.min(block.top), bottom.max(block.bottom))
    })
}

/// Nothing before what stands above it; else as it is drawn.
fn above_first(blocks: Vec<Block>) -> Vec<Block> {
    let mut waits_for: Vec<usize> = blocks
        .iter()
        .map(|block| blocks.iter().filter(|other| other.is_above(block)).count())
        .collect();
    let mut waiting: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    let mut read: Vec<Block> = Vec::with_capacity(waiting.len());
    while let Some(next) = next_free(&waiting, &waits_for) {
        let Some(block) = waiting.get_mut(next).and_then(Option::take) else { break };
        for (other, waits) in waiting.iter().zip(&mut waits_for) {
            if other.as_ref().is_some_and(|other| block.is_above(other)) {
                *waits = waits.saturating_sub(1);
            }
        }
        read.push(block);
    }
    read
}

/// The first that waits for none, or for fewest should they wait in a circle.
fn next_free(waiting: &[Option<Block>], waits_for: &[usize]) -> Option<usize> {
    let there = waiting.iter().zip(waits_for).enumerate();
    let there = there.filter(|(_, (block, _))| block.is_some());
    there.min_by_key(|(place, (_, waits))| (**waits, *place)).map(|(place, _)| place)
}
