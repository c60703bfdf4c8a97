//! A page as `text/plain`: complete in itself, no marks but a left-to-right one before
//! signed numbers in Arabic, which would otherwise show their sign on the wrong side.

use super::page::Bar;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::words::AUTO;
use super::words::CLOSE;
use super::words::LTR;
use crate::text::Language;

/// Cells of a bar of 0–100.
const BAR_CELLS: i32 = 10;

pub(crate) fn plain_text(page: &Page) -> String {
    let mut out = String::new();
    for block in &page.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        write_block(&mut out, block);
    }
    out.push_str("\n-- \n");
    for line in &page.foot {
        out.push_str(line);
        out.push('\n');
    }
    without_isolates(&out, page.language)
}

/// A sentence as a subject or a terminal shows it.
pub(crate) fn without_isolates(text: &str, language: Language) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            LTR if language == Language::Arabic
                && matches!(characters.peek(), Some('+' | '−')) =>
            {
                out.push('\u{200e}');
            }
            LTR | AUTO | CLOSE => {}
            other => out.push(other),
        }
    }
    out
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Lead(text)
        | Block::Paragraph(text)
        | Block::Request(text)
        | Block::Heading(text) => line(out, text),
        Block::Rows(rows) => {
            for (label, value) in rows {
                line(out, &format!("{label}: {value}"));
            }
        }
        Block::Quote { text, place } => line(out, &format!("  {text}\n  ({place})")),
        Block::Items(items) => items.iter().for_each(|item| write_item(out, item)),
        Block::Sums { lines, total } => {
            for (points, what) in lines {
                line(out, &format!("  {points}  {what}"));
            }
            line(out, &format!("  {}  {}", total.0, total.1));
        }
        Block::Bars(bars) => bars.iter().for_each(|bar| write_bar(out, bar)),
        Block::Codes(codes) => {
            for (text, code) in codes {
                line(out, &format!("{text}\n{code}"));
            }
        }
    }
}

fn write_item(out: &mut String, item: &Item) {
    if item.mark.is_empty() {
        line(out, &format!("* {}", item.title));
    } else {
        line(out, &format!("* {} · {}", item.title, item.mark));
    }
    for text in &item.lines {
        line(out, &format!("  {text}"));
    }
}

fn write_bar(out: &mut String, bar: &Bar) {
    let filled = (bar.tenths.clamp(0, 1000) * BAR_CELLS + 500) / 1000;
    let mut cells = String::new();
    for cell in 0..BAR_CELLS {
        cells.push(if cell < filled { '▮' } else { '▯' });
    }
    line(out, &format!("{cells}  {} {}", bar.label, bar.reading));
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
