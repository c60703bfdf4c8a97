//! Charts as SVG: each with an axis, a title and a text that says what it shows, so that no
//! script is needed. Values are millionths of a point; what is read from the right is drawn
//! from the right.

use super::page::escaped;
use crate::calendar::Day;
use crate::cli::words;
use crate::limits;
use crate::text::isolate;

/// What stands around a chart.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'f> {
    /// Its number on the page.
    pub id: usize,
    pub title: &'f str,
    /// What the axis counts.
    pub unit: &'f str,
    /// As a language is read.
    pub from_right: bool,
}

/// A value with its band and its name.
#[derive(Debug, Clone)]
pub struct Bar {
    pub name: String,
    pub low: u32,
    pub value: Option<u32>,
    pub high: u32,
}

/// In the units of the drawing, which is scaled to its page.
const WIDTH: u32 = 640;
/// Room at both ends for the numbers of the axis.
const MARGIN: u32 = 20;
/// From 0 to 100 points.
const LONG: u32 = 600;
/// A name above its bar.
const ROW: usize = 42;

/// The numbers of every axis.
const TICKS: [u32; 5] = [0, 25, 50, 75, 100];

/// A point as millionths.
const POINT: u32 = 1_000_000;

/// Bands from low to high, each with a mark at its value, one below the other.
pub fn bars(frame: Frame<'_>, bars: &[Bar]) -> String {
    let said: Vec<String> = bars.iter().map(said).collect();
    let foot = ROW * bars.len() + 6;
    let mut shapes = String::new();
    for tick in TICKS {
        let x = frame.along(tick * POINT);
        let below = foot + 16;
        add(
            &mut shapes,
            &format!(
                "<path class=\"grid\" d=\"M{x} 4V{foot}\"/>{}",
                text("middle", (x, below), &tick.to_string())
            ),
        );
    }
    for (at, bar) in bars.iter().enumerate() {
        shapes.push_str(&frame.bar(ROW * at + 4, bar));
    }
    let middle = MARGIN + LONG / 2;
    shapes.push_str(&text("middle", (middle, foot + 34), frame.unit));
    frame.around(&said.join("; "), foot + 42, &shapes)
}

/// A series of values, oldest first, each at its day; gaps where there was none.
pub fn series(frame: Frame<'_>, values: &[(Day, Option<u32>)]) -> String {
    let said = |(day, value): &(Day, Option<u32>)| {
        format!("{day}: {}", value.map_or_else(|| "–".to_owned(), words::points))
    };
    let told: Vec<String> = values.iter().map(said).collect();
    let mut shapes = String::new();
    for tick in TICKS {
        let y = height(tick * POINT);
        let (from, to) = (frame.side(AXIS), frame.side(WIDTH - MARGIN));
        add(
            &mut shapes,
            &format!(
                "<path class=\"grid\" d=\"M{from} {y}H{to}\"/>{}",
                text("end", (frame.side(AXIS - 6), y + 4), &tick.to_string())
            ),
        );
    }
    shapes.push_str(&frame.line(values));
    shapes.push_str(&frame.days(values));
    frame.around(&told.join("; "), FOOT + 26, &shapes)
}

/// Where the values of a series begin, behind the numbers of their axis.
const AXIS: u32 = 48;
/// The lowest line of a series, the highest being 120 above it.
const FOOT: usize = 156;

/// Of a value in a series: how far down.
fn height(millionths: u32) -> usize {
    let up = millionths.min(100 * POINT) / 1000 * 12 / 10_000;
    usize::try_from(up).map_or(FOOT, |up| FOOT - up)
}

impl Frame<'_> {
    /// A place counted from where reading begins, as one counted from the left.
    fn side(self, x: u32) -> u32 {
        if self.from_right { WIDTH - x } else { x }
    }

    /// Where a value lies in a chart of bars.
    fn along(self, millionths: u32) -> u32 {
        let long = (millionths / 1000 * 6 / 1000).min(LONG);
        self.side(MARGIN + long)
    }

    fn bar(self, top: usize, bar: &Bar) -> String {
        let (name, line) = (top + 13, top + 20);
        let (from, to) = (self.along(bar.low), self.along(bar.high));
        let (left, wide) = (from.min(to), from.abs_diff(to).max(1));
        let mut drawn = text("start", (self.side(MARGIN), name), &shortened(&bar.name));
        drawn.push_str(&text("end", (self.side(MARGIN + LONG), name), &figures(bar)));
        add(
            &mut drawn,
            &format!(
                "<rect class=\"whole\" x=\"{MARGIN}\" y=\"{line}\" width=\"{LONG}\" height=\"14\"/>\
             <rect class=\"band\" x=\"{left}\" y=\"{line}\" width=\"{wide}\" height=\"14\"/>"
            ),
        );
        if let Some(value) = bar.value {
            let x = self.along(value).saturating_sub(2);
            add(
                &mut drawn,
                &format!(
                    "<rect class=\"mark\" x=\"{x}\" y=\"{line}\" width=\"4\" height=\"14\"/>"
                ),
            );
        }
        drawn
    }

    /// Values that follow each other joined, and each with a dot of its own.
    fn line(self, values: &[(Day, Option<u32>)]) -> String {
        let (mut path, mut dots) = (String::new(), String::new());
        let mut pen = 'M';
        for (day, value) in values {
            let Some(value) = value else {
                pen = 'M';
                continue;
            };
            let (x, y) = (self.at(values, *day), height(*value));
            add(&mut path, &format!("{pen}{x} {y}"));
            add(
                &mut dots,
                &format!("<circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>"),
            );
            pen = 'L';
        }
        format!("<path class=\"line\" d=\"{path}\"/>{dots}")
    }

    /// Where a day lies between the first and the last; alone it lies in the middle.
    fn at(self, values: &[(Day, Option<u32>)], day: Day) -> u32 {
        let ends = values.first().zip(values.last());
        let (first, last) =
            ends.map_or((day, day), |((first, _), (last, _))| (*first, *last));
        let (all, passed) = (first.days_to(last), first.days_to(day));
        let room = WIDTH - MARGIN - AXIS;
        let part = usize::try_from(room).unwrap_or_default() * passed;
        let along = part.checked_div(all).and_then(|along| u32::try_from(along).ok());
        self.side(AXIS + along.unwrap_or(room / 2))
    }

    /// What the axis counts, the first and the last day below the line, the last value above
    /// its dot.
    fn days(self, values: &[(Day, Option<u32>)]) -> String {
        let mut drawn = text("start", (self.side(6), 16), self.unit);
        let ends = values.first().zip(values.last());
        let Some(((first, _), (last, value))) = ends else { return drawn };
        let below = FOOT + 18;
        if first == last {
            let x = self.at(values, *last);
            drawn.push_str(&text("middle", (x, below), &last.to_string()));
        } else {
            let [from, to] = [first, last].map(|day| self.at(values, *day));
            drawn.push_str(&text("start", (from, below), &first.to_string()));
            drawn.push_str(&text("end", (to, below), &last.to_string()));
        }
        if let Some(value) = value {
            let place = (self.at(values, *last), height(*value).saturating_sub(9));
            let anchor = if first == last { "middle" } else { "end" };
            drawn.push_str(&text(anchor, place, &words::points(*value)));
        }
        drawn
    }

    fn around(self, told: &str, height: usize, shapes: &str) -> String {
        let (id, title, told) = (self.id, escaped(self.title), escaped(told));
        let direction = if self.from_right { "rtl" } else { "ltr" };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" direction=\"{direction}\" \
             viewBox=\"0 0 {WIDTH} {height}\" aria-labelledby=\"title-{id}\" \
             aria-describedby=\"desc-{id}\"><title id=\"title-{id}\">{title}</title>\
             <desc id=\"desc-{id}\">{told}</desc>{shapes}</svg>"
        )
    }
}

fn add(drawn: &mut String, shape: &str) {
    drawn.push_str(shape);
}

/// Words that begin, end or have their middle at a place, as their language is read.
fn text(anchor: &str, (x, y): (u32, usize), words: &str) -> String {
    let words = escaped(&isolate(words));
    format!("<text text-anchor=\"{anchor}\" x=\"{x}\" y=\"{y}\">{words}</text>")
}

/// As much of a name as fits beside the figures; the text of the chart has all of it.
fn shortened(name: &str) -> String {
    let most = limits::CHART_NAME_CHARS_MAX;
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

fn said(bar: &Bar) -> String {
    format!("{}: {}", bar.name, figures(bar))
}

fn figures(bar: &Bar) -> String {
    let (low, high) = (words::points(bar.low), words::points(bar.high));
    let value = bar.value.map_or_else(|| "–".to_owned(), words::points);
    format!("{value} ({low}–{high})")
}
