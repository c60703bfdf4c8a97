//! Charts as SVG: each with a title and a text that says what it shows, drawn with shapes
//! only, so that no font and no script is needed. Values are millionths of a point.

use super::page::escaped;
use crate::cli::words;

/// A value with its band and its name.
#[derive(Debug, Clone)]
pub struct Bar {
    pub name: String,
    pub low: u32,
    pub value: Option<u32>,
    pub high: u32,
}

/// Bands from low to high, each with a mark at its value, one below the other. From the
/// right in a language that is read so.
pub fn bars(title: &str, bars: &[Bar], from_right: bool) -> String {
    let said: Vec<String> = bars.iter().map(said).collect();
    let height = 24 * bars.len() + 8;
    let mut shapes = String::new();
    for (at, bar) in bars.iter().enumerate() {
        let top = 24 * at + 6;
        let (from, to) = (place(bar.low), place(bar.high));
        let side = |x: u32| if from_right { WIDTH - x } else { x };
        let (left, wide) = (side(from).min(side(to)), (to - from).max(1));
        let drawn = format!(
            "<rect class=\"whole\" x=\"0\" y=\"{top}\" width=\"{WIDTH}\" height=\"16\"/>\
             <rect class=\"band\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"16\"/>"
        );
        shapes.push_str(&drawn);
        if let Some(value) = bar.value {
            let x = side(place(value)).min(WIDTH - 4);
            let drawn = format!(
                "<rect class=\"mark\" x=\"{x}\" y=\"{top}\" width=\"4\" height=\"16\"/>"
            );
            shapes.push_str(&drawn);
        }
    }
    framed(title, &said.join("; "), height, &shapes)
}

/// A series of values in order, oldest first; gaps where there was none.
pub fn series(title: &str, values: &[(String, Option<u32>)], from_right: bool) -> String {
    let said = |(day, value): &(String, Option<u32>)| {
        format!("{day}: {}", value.map_or_else(|| "–".to_owned(), words::points))
    };
    let told: Vec<String> = values.iter().map(said).collect();
    let last = values.len().saturating_sub(1).max(1);
    let mut shapes = String::from("<path class=\"line\" d=\"");
    let mut pen = 'M';
    for (at, (_, value)) in values.iter().enumerate() {
        let Some(value) = value else {
            pen = 'M';
            continue;
        };
        let along = u32::try_from(at * 600 / last).unwrap_or(WIDTH);
        let x = if from_right { WIDTH - along } else { along };
        let drawn = format!("{pen}{x} {} ", 120 - place(*value) / 5);
        shapes.push_str(&drawn);
        pen = 'L';
    }
    shapes.push_str("\"/>");
    framed(title, &told.join("; "), 124, &shapes)
}

const WIDTH: u32 = 600;

/// 0 to 100 points along the width.
fn place(millionths: u32) -> u32 {
    (millionths / 1000 * 6 / 1000).min(WIDTH)
}

fn said(bar: &Bar) -> String {
    let (low, high) = (words::points(bar.low), words::points(bar.high));
    let value = bar.value.map_or_else(|| "–".to_owned(), words::points);
    format!("{}: {value} ({low}–{high})", bar.name)
}

fn framed(title: &str, told: &str, height: usize, shapes: &str) -> String {
    let (title, told) = (escaped(title), escaped(told));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
         preserveAspectRatio=\"none\"><title>{title}</title><desc>{told}</desc>{shapes}</svg>"
    )
}
