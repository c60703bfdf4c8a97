//! From units on a page to lines in reading order.

use super::blocks;
use super::direction;
use super::direction::Leaning;
use super::direction::Letters;
use super::glyphs::Glyphs;
use super::segments;
use super::segments::Segment;

/// A line of the page, in logical order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) text: String,
    /// The height of its letters, in points.
    pub(super) size: f64,
    /// All of it is printed invisibly, while other text of the page is not.
    pub(super) hidden: bool,
}

/// Gaps wider than this share of the height part words: where the page draws spaces, and
/// where it draws none, as TeX does.
const WORD_GAP: f64 = 0.19;
const BARE_WORD_GAP: f64 = 0.13;

/// A piece of a line, its texts from left to right, and what stands around it.
struct Piece {
    segment: Segment,
    texts: Vec<String>,
    letters: Letters,
    /// The letters of this line of its block and of those above and below, if any.
    around: Option<Letters>,
}

/// The lines of a page.
pub(super) fn rows(glyphs: Glyphs) -> Vec<Row> {
    let visible =
        glyphs.units.iter().any(|unit| !unit.hidden && !unit.text.trim().is_empty());
    let segments = segments::segments(glyphs.units);
    let page = Page::of(&segments);
    let mut rows = Vec::new();
    for line in joined(pieces(segments, &page)) {
        let size = line.iter().map(|piece| piece.segment.size).fold(0.0, f64::max);
        let mut units = line.iter().flat_map(|piece| &piece.segment.units);
        let hidden = visible && units.all(|unit| unit.hidden);
        let text = page.logical(line);
        if !text.trim().is_empty() {
            rows.push(Row { text, size, hidden });
        }
    }
    rows
}

/// The pieces of all lines as they are read.
fn pieces(segments: Vec<Segment>, page: &Page) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for block in blocks::blocks(segments, page.letters) {
        let texts = block.segments.iter().map(|segment| words(segment, page.word_gap));
        let texts: Vec<Vec<String>> = texts.collect();
        let letters: Vec<Letters> = texts.iter().map(Letters::of).collect();
        let own = block.segments.into_iter().zip(texts).zip(&letters).enumerate();
        for (place, ((segment, texts), own)) in own {
            let near = letters.iter().take(place + 2).skip(place.saturating_sub(1));
            let around = (letters.len() > 1).then(|| near.copied().sum());
            pieces.push(Piece { segment, texts, letters: *own, around });
        }
    }
    pieces
}

/// Neighbours on one line.
fn joined(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let beside = |line: &&mut Vec<Piece>| {
            line.last().is_some_and(|last| last.segment.is_beside(&piece.segment))
        };
        match lines.last_mut().filter(beside) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    lines
}

/// The texts of a piece from left to right, with the spaces between words.
fn words(segment: &Segment, word_gap: f64) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut edge = f64::NEG_INFINITY;
    let mut blank = false;
    for unit in &segment.units {
        if unit.text.trim().is_empty() {
            blank = true;
            continue;
        }
        let gap = unit.left - edge;
        if edge.is_finite() && (blank || gap > unit.size * word_gap) {
            texts.push(" ".to_owned());
        }
        blank = false;
        edge = edge.max(unit.right);
        texts.push(unit.text.clone());
    }
    texts
}

/// The margins that the page's text keeps, and its letters.
struct Page {
    left: f64,
    right: f64,
    letters: Letters,
    word_gap: f64,
}

impl Page {
    fn of(segments: &[Segment]) -> Page {
        let units = || segments.iter().flat_map(|segment| &segment.units);
        let mut lefts: Vec<f64> = units().map(|unit| unit.left).collect();
        let mut rights: Vec<f64> = units().map(|unit| unit.right).collect();
        lefts.sort_by(f64::total_cmp);
        rights.sort_by(f64::total_cmp);
        let left = lefts.get(lefts.len() / 100).copied().unwrap_or(0.0);
        let right = rights.get(rights.len() * 99 / 100).copied().unwrap_or(0.0);
        let letters: Letters = units().map(|unit| Letters::of([&unit.text])).sum();
        let spaces = units().filter(|unit| unit.text.trim().is_empty()).count();
        let spaced = spaces * 20 > letters.arabic + letters.latin;
        let word_gap = if spaced { WORD_GAP } else { BARE_WORD_GAP };
        Page { left, right, letters, word_gap }
    }

    /// A line in logical order: its pieces as they are read, each in its own direction.
    fn logical(&self, mut line: Vec<Piece>) -> String {
        let leaning = self.leaning_of_line(&line);
        line.sort_by(|a, b| a.segment.left.total_cmp(&b.segment.left));
        if leaning == Leaning::Right {
            line.reverse();
        }
        let alone = line.len() == 1;
        let own = |piece: &Piece| {
            let lettered = piece.letters.arabic + piece.letters.latin > 0;
            let own = !alone && lettered;
            let leaning = if own { leaning_of(piece, leaning) } else { leaning };
            direction::logical(&piece.texts, leaning)
        };
        line.iter().map(own).collect::<Vec<_>>().join("  ")
    }

    /// Cells go as their letters do; where these differ or are none, as they are drawn.
    fn leaning_of_line(&self, line: &[Piece]) -> Leaning {
        let letters: Letters = line.iter().map(|piece| piece.letters).sum();
        let (Some(first), Some(last)) = (line.first(), line.last()) else {
            return Leaning::Left;
        };
        if line.len() == 1 {
            return leaning_of(first, self.margin(line, letters));
        }
        let lefts = || line.iter().map(|piece| piece.segment.left);
        let drawn = lefts().zip(lefts().skip(1));
        match (letters.arabic, letters.latin) {
            (1.., 0) => Leaning::Right,
            (0, 1..) => Leaning::Left,
            _ if drawn.clone().all(|(one, next)| one > next) => Leaning::Right,
            _ if drawn.clone().all(|(one, next)| one < next) => Leaning::Left,
            _ => leaning_of(last, self.margin(line, letters)),
        }
    }

    /// By the margin that a line alone touches, or by its letters, or by the page's.
    fn margin(&self, line: &[Piece], letters: Letters) -> Leaning {
        let segments = || line.iter().map(|piece| &piece.segment);
        let size = segments().next().map_or(10.0, |segment| segment.size);
        let left = segments().map(|it| it.left).fold(f64::INFINITY, f64::min);
        let right = segments().map(|it| it.right).fold(f64::NEG_INFINITY, f64::max);
        let at_left = left - self.left < 1.5 * size;
        let at_right = self.right - right < 1.5 * size;
        let by_letters = match letters {
            Letters { arabic, latin } if arabic > 4 * latin => Leaning::Right,
            Letters { arabic, latin } if latin > 4 * arabic => Leaning::Left,
            _ => self.letters.leaning(),
        };
        match (at_left, at_right) {
            (true, false) if letters.arabic > 4 * letters.latin => Leaning::Right,
            (true, false) => Leaning::Left,
            (false, true) => Leaning::Right,
            _ => by_letters,
        }
    }
}

/// A piece of letters of both scripts leans as the lines around it do.
fn leaning_of(piece: &Piece, otherwise: Leaning) -> Leaning {
    match (piece.letters.arabic, piece.letters.latin, piece.around) {
        (1.., 0, _) => Leaning::Right,
        (0, 1.., _) | (0, 0, None) => Leaning::Left,
        (0, 0, Some(around)) if around.arabic > around.latin => Leaning::Right,
        (0, 0, Some(_)) => Leaning::Left,
        (arabic, latin, _) if arabic > 2 * latin => Leaning::Right,
        (_, _, Some(Letters { arabic, latin })) if arabic > 2 * latin => Leaning::Right,
        (_, _, Some(Letters { arabic, latin })) if latin > 2 * arabic => Leaning::Left,
        _ => otherwise,
    }
}
