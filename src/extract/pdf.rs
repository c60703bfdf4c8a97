//! PDF: its text layer in reading order.
//!
//! The interpreter places glyphs; [`glyphs`] collects them, [`segments`] makes pieces of lines of
//! them, [`blocks`] says in which order these are read, [`layout`] joins them, [`direction`] puts
//! each into logical order. A page without a text layer, or with
//! one that is no language, is told apart, since it needs other means.

mod blocks;
mod direction;
mod glyphs;
mod layout;
mod segments;

use self::glyphs::Glyphs;
use self::layout::Row;
use super::lines::Lines;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use crate::limits;
use crate::text;
use hayro_interpret::Context;
use hayro_interpret::InterpreterCache;
use hayro_interpret::InterpreterSettings;
use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::DecryptionError;
use hayro_interpret::hayro_syntax::LoadPdfError;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::interpret_page;
use hayro_interpret::kurbo::Rect;
use std::collections::BTreeMap;

/// Pages whose text has more than this share of characters that are none, in thousandths,
/// are broken: good files measured have at most 14, broken ones 248 and more.
const BROKEN_SHARE: usize = 50;

/// Of so many Arabic words on a page, more than this share (in thousandths) with a Latin letter
/// beside an Arabic one is a broken map: of 77 sound papers none has such a word, a broken one
/// has 229.
const MANGLED_SHARE: usize = 80;
const ENOUGH_ARABIC: usize = 20;

/// A text of so many words without one of the commonest words of any language that we
/// know is a code, not a language.
const ENOUGH_WORDS: usize = 150;

/// The text layer of a PDF.
///
/// # Errors
/// [`Problem::Encrypted`] when it opens only with a password, [`Problem::Truncated`] when
/// no page can be found, [`Problem::NoText`] for scans, [`Problem::BrokenText`] for text
/// layers that are no language, [`Problem::ReaderFailed`] when the interpreter gives up.
pub(super) fn read(bytes: &[u8]) -> Result<Text, Problem> {
    // The interpreter is not ours: should it ever panic, that file fails and no other.
    let reading = std::panic::AssertUnwindSafe(|| read_pages(bytes));
    std::panic::catch_unwind(reading).unwrap_or(Err(Problem::ReaderFailed))
}

fn read_pages(bytes: &[u8]) -> Result<Text, Problem> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Problem::Encrypted
        }
        LoadPdfError::Decryption(_) => Problem::Encrypted,
        LoadPdfError::Invalid => Problem::Truncated,
    })?;
    if pdf.pages().is_empty() {
        return Err(Problem::Truncated);
    }
    if pdf.pages().len() > limits::PDF_PAGES_MAX {
        return Err(Problem::LimitPassed);
    }
    let cache = InterpreterCache::new();
    let mut budget = limits::PDF_GLYPHS_MAX;
    let mut pages: Vec<Vec<Row>> = Vec::new();
    let mut broken: Vec<u32> = Vec::new();
    let mut sick: Vec<u32> = Vec::new();
    for (page, number) in pdf.pages().iter().zip(1..) {
        let glyphs = page_glyphs(&pdf, page, &cache, budget);
        budget = budget.saturating_sub(glyphs.units.len());
        let pictured = is_pictured(page, &glyphs);
        let rows = layout::rows(glyphs);
        let bad = is_broken(&rows);
        if bad || (pictured && !has_words(&rows)) {
            sick.push(number);
        }
        if bad {
            broken.push(number);
        }
        pages.push(if bad { Vec::new() } else { rows });
    }
    let has_text = pages.iter().any(|rows| has_words(rows));
    match (has_text, broken.is_empty()) {
        (false, true) => return Err(Problem::NoText),
        (false, false) => return Err(Problem::BrokenText),
        _ => {}
    }
    if is_no_language(&pages) {
        return Err(Problem::BrokenText);
    }
    let (lines, properties) = (lines(&pages)?, properties(&pdf));
    Ok(Text { lines, properties, sick, broken, ..Text::default() })
}

fn has_words(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.text.chars().any(char::is_alphanumeric))
}

/// Whether a picture fills at least half of the page, as a scan does.
fn is_pictured(page: &Page<'_>, glyphs: &Glyphs) -> bool {
    let (width, height) = page.render_dimensions();
    glyphs.picture * 2.0 >= f64::from(width) * f64::from(height)
}

fn page_glyphs<'p>(
    pdf: &'p Pdf,
    page: &Page<'p>,
    cache: &InterpreterCache<'p>,
    budget: usize,
) -> Glyphs {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let settings = InterpreterSettings::default();
    let mut context = Context::new(transform, area, cache, pdf.xref(), settings);
    let mut glyphs = Glyphs::new(budget);
    interpret_page(page, &mut context, &mut glyphs);
    glyphs
}

/// Whether a page's characters are mostly none, or no letters though there are many.
fn is_broken(rows: &[Row]) -> bool {
    let (mut all, mut none, mut written) = (0usize, 0usize, 0usize);
    for character in rows.iter().flat_map(|row| row.text.chars()) {
        if character.is_whitespace() {
            continue;
        }
        all += 1;
        written += usize::from(character.is_alphanumeric());
        none += usize::from(is_none(character));
    }
    all > 20
        && (none * 1000 > all * BROKEN_SHARE
            || (all > 200 && written * 10 < all * 4)
            || is_mangled(rows))
}

/// Whether Latin letters stand in the middle of many Arabic words: the map lost one half of
/// each letter's number.
fn is_mangled(rows: &[Row]) -> bool {
    let (mut words, mut mangled) = (0usize, 0usize);
    for word in rows.iter().flat_map(|row| row.text.split_whitespace()) {
        let letters: Vec<char> = word.chars().collect();
        let arabic = |letter: &char| text::is_arabic_letter(*letter);
        let odd = letters.windows(2).any(|pair| match pair {
            [one, next] => {
                (arabic(one) && next.is_ascii_alphabetic())
                    || (one.is_ascii_alphabetic() && arabic(next))
            }
            _ => false,
        });
        words += usize::from(letters.iter().any(arabic));
        mangled += usize::from(odd);
    }
    words > ENOUGH_ARABIC && mangled * 1000 > words * MANGLED_SHARE
}

fn is_none(character: char) -> bool {
    matches!(character, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') || character.is_control()
}

/// The commonest words of the languages that papers here are written in, folded.
const COMMON: [&str; 44] = [
    "the", "of", "and", "to", "in", "for", "is", "on", "that", "by", "with", "at", "as",
    "are", "total", "de", "la", "le", "les", "et", "des", "en", "el", "los", "der",
    "die", "und", "das", "في", "من", "علي", "الي", "عن", "ان", "او", "التي", "هذا",
    "هذه", "كل", "ما", "لا", "رقم", "تم", "بن",
];

fn is_no_language(pages: &[Vec<Row>]) -> bool {
    let mut words = 0;
    for row in pages.iter().flatten() {
        let key = text::key(&row.text);
        for word in
            key.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
        {
            if COMMON.contains(&word) {
                return false;
            }
            words += 1;
        }
    }
    words > ENOUGH_WORDS
}

fn lines(pages: &[Vec<Row>]) -> Result<Vec<crate::document::Line>, Problem> {
    let usual = usual_size(pages);
    let repeated = repeated(pages);
    let mut seen: Vec<String> = Vec::new();
    let mut lines = Lines::default();
    for (index, rows) in pages.iter().enumerate() {
        let page = u32::try_from(index + 1).ok();
        for (number, row) in rows.iter().enumerate() {
            let shape = shape(&row.text);
            let role = if row.hidden {
                Role::Hidden
            } else if repeated.contains(&shape) && seen.contains(&shape) {
                Role::Furniture
            } else {
                role_of(row, usual)
            };
            seen.extend(repeated.contains(&shape).then_some(shape));
            lines.push(&row.text, page, number + 1, role)?;
        }
    }
    Ok(lines.lines)
}

/// Large short lines are headings.
fn role_of(row: &Row, usual: f64) -> Role {
    let short = row.text.chars().count() < 90;
    match row.size / usual {
        times if times >= 1.45 && short => Role::Heading(1),
        times if times >= 1.18 && short => Role::Heading(2),
        _ if row.text.starts_with(['•', '▪', '●', '–']) => Role::Item,
        _ => Role::Text,
    }
}

/// The size that most characters have.
fn usual_size(pages: &[Vec<Row>]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for row in pages.iter().flatten() {
        *sizes.entry(half_points(row.size)).or_default() += row.text.chars().count();
    }
    let usual = sizes.into_iter().max_by_key(|(_, count)| *count);
    #[expect(
        clippy::cast_precision_loss,
        reason = "half points of a page are below 2^20"
    )]
    usual.map_or(12.0, |(size, _)| (size as f64 / 2.0).max(1.0))
}

fn half_points(size: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
    let half = (size * 2.0).round().clamp(0.0, 10_000.0) as i64;
    half
}

/// Lines that stand at the top or foot of at least three pages, digits aside.
fn repeated(pages: &[Vec<Row>]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for rows in pages {
        let edges = rows.iter().take(2).chain(rows.iter().rev().take(2));
        let mut shapes: Vec<String> = edges.map(|row| shape(&row.text)).collect();
        shapes.sort();
        shapes.dedup();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= 3).map(|(shape, _)| shape).collect()
}

fn shape(text: &str) -> String {
    text.chars().filter(|character| !character.is_numeric()).collect()
}

fn properties(pdf: &Pdf) -> Vec<(String, String)> {
    let metadata = pdf.metadata();
    let stated = [
        ("title", &metadata.title),
        ("author", &metadata.author),
        ("subject", &metadata.subject),
        ("creator", &metadata.creator),
        ("producer", &metadata.producer),
    ];
    let mut found = Vec::new();
    for (key, value) in stated {
        let value = value.as_deref().map(glyphs::text_string).unwrap_or_default();
        if !value.trim().is_empty() {
            found.push((key.to_owned(), value.trim().to_owned()));
        }
    }
    found
}
