//! The glyphs of a page as units of text with their boxes.

use hayro_interpret::BlendMode;
use hayro_interpret::ClipPath;
use hayro_interpret::Device;
use hayro_interpret::DrawMode;
use hayro_interpret::DrawProps;
use hayro_interpret::Image;
use hayro_interpret::ImageDrawProps;
use hayro_interpret::SoftMask;
use hayro_interpret::font::Glyph;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::object::String as PdfString;
use hayro_interpret::kurbo::Affine;
use hayro_interpret::kurbo::BezPath;
use hayro_interpret::kurbo::Point;
use hayro_interpret::kurbo::Shape;

/// What a unit is to the letters around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A letter, or letters that stay together.
    Letter,
    /// A combining mark, placed by its outline: its origin often lies past its base.
    Mark,
    /// Takes no room though it is no mark: a dot of a letter that is drawn in parts.
    Thin,
    /// The file states no text for it: a part of a letter, or a letter that is lost.
    Piece,
}

/// What is reordered as one: a letter, a ligature, or the text that stands for a span.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// From the top of the page downwards.
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// Where in the content stream it was drawn.
    pub(super) order: usize,
    pub(super) hidden: bool,
    pub(super) part: Part,
}

/// Collects a page's units.
pub(super) struct Glyphs {
    pub(super) units: Vec<Unit>,
    /// The area of the largest picture, in square points.
    pub(super) picture: f64,
    budget: usize,
    drawn: usize,
    /// Open marked content: the replacement text of each, and where its units begin.
    spans: Vec<Option<(String, usize)>>,
}

impl Glyphs {
    pub(super) fn new(budget: usize) -> Glyphs {
        Glyphs { units: Vec::new(), picture: 0.0, budget, drawn: 0, spans: Vec::new() }
    }

    fn unit(&mut self, glyph: &Glyph<'_>, transform: Affine, hidden: bool) {
        if self.units.len() >= self.budget {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => "\u{fffd}".to_owned(),
        };
        let origin = transform * Point::ZERO;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let along = transform * Point::new(advance(glyph), 0.0) - origin;
        let mark = !text.is_empty() && text.chars().all(is_mark);
        let (left, right) = match glyph {
            Glyph::Outline(outline) if mark => {
                let bounds =
                    transform.transform_rect_bbox(outline.outline().bounding_box());
                (bounds.x0, bounds.x1)
            }
            _ => (origin.x.min(origin.x + along.x), origin.x.max(origin.x + along.x)),
        };
        self.drawn += 1;
        let order = self.drawn;
        let part = if mark {
            Part::Mark
        } else if !text.trim().is_empty() && along.hypot() < up.hypot() * 0.01 {
            Part::Thin
        } else if is_piece(glyph, &text) {
            Part::Piece
        } else {
            Part::Letter
        };
        let (baseline, size) = (origin.y, up.hypot());
        let shown = [left, right, baseline, size].iter().all(|number| number.is_finite());
        if shown {
            self.units.push(Unit {
                text,
                left,
                right,
                baseline,
                size,
                order,
                hidden,
                part,
            });
        }
    }

    /// The units since `from` become one with the text that the file states for them.
    fn replace(&mut self, text: String, from: usize) {
        let units: Vec<Unit> = self.units.drain(from.min(self.units.len())..).collect();
        // A raised mark may come first; the line is where the letters stand.
        let letter = units.iter().find(|unit| unit.part != Part::Mark).or(units.first());
        let Some(first) = letter else { return };
        let left = units.iter().map(|unit| unit.left).fold(f64::INFINITY, f64::min);
        let right = units.iter().map(|unit| unit.right).fold(f64::NEG_INFINITY, f64::max);
        let part = if !text.is_empty() && text.chars().all(is_mark) {
            Part::Mark
        } else if right - left < first.size * 0.01 {
            Part::Thin
        } else {
            Part::Letter
        };
        self.units.push(Unit { text, left, right, part, ..first.clone() });
    }
}

/// Whether the file states no text for a glyph: then it has none, or that of its code.
fn is_piece(glyph: &Glyph<'_>, text: &str) -> bool {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some('\u{fffd}'), None) => true,
        (Some(only), None) => {
            only.is_ascii_graphic() && u32::from(only) == glyph.char_code()
        }
        _ => false,
    }
}

fn advance(glyph: &Glyph<'_>) -> f64 {
    let width = match glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    };
    f64::from(width.unwrap_or(500.0))
}

/// Arabic and general combining marks.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06dc}'
        | '\u{0300}'..='\u{036f}')
}

impl<'a> Device<'a> for Glyphs {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
    }
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let area = (props.transform.determinant() * width * height).abs();
        self.picture =
            if area.is_finite() { self.picture.max(area) } else { self.picture };
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        mode: &DrawMode,
    ) {
        let hidden = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.unit(glyph, props.transform * glyph.transform(), hidden);
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let nested = self.spans.iter().any(Option::is_some);
        let stated = properties.and_then(|dict| dict.get::<PdfString<'_>>(b"ActualText"));
        let text = stated.filter(|_| !nested).map(|text| text_string(text.as_ref()));
        self.spans.push(text.map(|text| (text, self.units.len())));
    }

    fn end_marked_content(&mut self) {
        if let Some(Some((text, from))) = self.spans.pop() {
            self.replace(text, from);
        }
    }
}

/// A PDF text string: UTF-16 or UTF-8 with its mark, else Latin.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}
