//! A page as HTML: one template, every value escaped, nothing fetched from anywhere.
//!
//! Language and direction stand on the root and on the wrapper, because webmail drops the
//! root; styles are inline for the same reason.

use minijinja::Environment;
use minijinja::UndefinedBehavior;
use minijinja::Value;
use minijinja::context;
use std::sync::LazyLock;

use super::page::Bar;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::plain::without_isolates;
use super::words::AUTO;
use super::words::CLOSE;
use super::words::LTR;
use crate::text::Language;

const TEMPLATE: &str = include_str!("letter.html");

/// The house colour; 6:1 on white.
const ACCENT: &str = "#0f5c5c";

/// The whole HTML document. `network` is the sender's name, `page` already says the rest.
pub(crate) fn html(page: &Page, network: &str) -> String {
    static READ: LazyLock<Environment<'static>> = LazyLock::new(environment);
    let template =
        READ.get_template("letter.html").expect("invariant: the template was added");
    template.render(values(page, network)).expect("invariant: the page fills every value")
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
        .add_template("letter.html", TEMPLATE)
        .expect("invariant: the embedded template parses");
    environment
}

fn values(page: &Page, network: &str) -> Value {
    let arabic = page.language == Language::Arabic;
    let blocks: Vec<Value> = page.blocks.iter().map(block).collect();
    let foot: Vec<Value> = page.foot.iter().map(|text| inline(text)).collect();
    context! {
        lang => page.language.code(),
        dir => if arabic { "rtl" } else { "ltr" },
        start => if arabic { "right" } else { "left" },
        end => if arabic { "left" } else { "right" },
        leading => if arabic { "1.75" } else { "1.6" },
        fonts => fonts(page.language),
        edge => edge(page.tone),
        accent => ACCENT,
        subject => page.subject.as_str(),
        preview => without_isolates(page.preview(), page.language),
        network => network,
        blocks => blocks,
        foot => foot,
    }
}

fn block(block: &Block) -> Value {
    match block {
        Block::Lead(text) => context! { is => "lead", text => inline(text) },
        Block::Paragraph(text) => context! { is => "paragraph", text => inline(text) },
        Block::Heading(text) => context! { is => "heading", text => inline(text) },
        Block::Request(text) => context! { is => "request", text => inline(text) },
        Block::Rows(rows) => {
            let rows: Vec<Value> = rows
                .iter()
                .map(
                    |(label, value)| context! { label => inline(label), value => inline(value) },
                )
                .collect();
            context! { is => "rows", rows => rows }
        }
        Block::Quote { text, place } => {
            context! { is => "quote", text => inline(text), place => inline(place) }
        }
        Block::Items(items) => {
            let items: Vec<Value> = items.iter().map(item).collect();
            context! { is => "items", items => items }
        }
        Block::Sums { lines, total } => {
            let rows: Vec<Value> = lines.iter().map(sum).collect();
            context! { is => "sums", rows => rows, total => sum(total) }
        }
        Block::Bars(bars) => {
            let bars: Vec<Value> = bars.iter().map(bar).collect();
            context! { is => "bars", bars => bars }
        }
        Block::Codes(codes) => {
            let rows: Vec<Value> = codes
                .iter()
                .map(|(text, code)| context! { text => inline(text), code => inline(code) })
                .collect();
            context! { is => "codes", rows => rows }
        }
    }
}

fn item(item: &Item) -> Value {
    let lines: Vec<Value> = item.lines.iter().map(|text| inline(text)).collect();
    let (ink, wash) = pill(item.tone);
    context! {
        title => inline(&item.title), mark => inline(&item.mark), lines => lines,
        ink => ink, wash => wash,
    }
}

fn sum((points, what): &(String, String)) -> Value {
    let sign = points.chars().find(|character| matches!(character, '+' | '−'));
    let (ink, way) = match sign {
        Some('+') => ("#1f6b47", "up"),
        Some(_) => ("#9b2f2f", "down"),
        None => ("#6a6a63", "soft"),
    };
    context! { points => inline(points), what => inline(what), ink => ink, way => way }
}

fn bar(bar: &Bar) -> Value {
    context! {
        label => inline(&bar.label),
        reading => inline(&bar.reading),
        filled => (bar.tenths.clamp(0, 1000) + 5) / 10,
    }
}

/// A sentence with its isolates as `<bdi>` and everything else escaped.
fn inline(text: &str) -> Value {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = 0usize;
    for character in text.chars() {
        match character {
            LTR => out.push_str("<bdi dir=\"ltr\">"),
            AUTO => out.push_str("<bdi>"),
            CLOSE if open > 0 => out.push_str("</bdi>"),
            CLOSE => {}
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
        open = match character {
            LTR | AUTO => open + 1,
            CLOSE => open.saturating_sub(1),
            _ => open,
        };
    }
    for _ in 0..open {
        out.push_str("</bdi>");
    }
    Value::from_safe_string(out)
}

fn fonts(language: Language) -> &'static str {
    match language {
        Language::English => "Georgia,'Noto Serif',serif",
        Language::Arabic => {
            "'Noto Naskh Arabic','Segoe UI',Tahoma,'Geeza Pro',sans-serif"
        }
    }
}

fn edge(tone: Tone) -> &'static str {
    match tone {
        Tone::Calm => ACCENT,
        Tone::Good => "#1f6b47",
        Tone::Look => "#a86a00",
        Tone::Act => "#9b2f2f",
    }
}

/// Ink and wash of a mark; each pair at least 4.5:1.
fn pill(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Calm => ("#3f4a4c", "#e9ecec"),
        Tone::Good => ("#17573a", "#e2f1e8"),
        Tone::Look => ("#7a4d00", "#fbefd9"),
        Tone::Act => ("#8a2626", "#fae5e3"),
    }
}
