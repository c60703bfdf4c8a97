//! A page for a browser: tables and charts, whole in itself, without a script and without
//! anything fetched. It is well-formed XML too.

use super::Exported;
use super::chart;
use super::chart::{Bar, Frame};
use super::table::Table;
use crate::calendar::Day;
use crate::cli::index::groups::Rollup;
use crate::cli::index::row::Row;
use crate::text::Language;

/// The page.
pub fn html(exported: &Exported, language: Language) -> String {
    let pick = |english: &'static str, arabic: &'static str| match language {
        Language::English => english,
        Language::Arabic => arabic,
    };
    let (code, direction) = (pick("en", "ar"), pick("ltr", "rtl"));
    let title = pick("Governance Index", "مؤشر الحوكمة");
    let name = escaped(exported.name.read_in(language));
    let mut body = format!("<h1>{title}: <bdi>{name}</bdi></h1>");
    write(&mut body, &format!("<p><bdi>{}</bdi></p>", exported.as_of));
    for table in exported.tables.iter().filter(|table| !table.rows.is_empty()) {
        of_table(&mut body, table, language);
    }
    for (heading, charts) in charts(exported, language) {
        write(&mut body, &format!("<h2>{heading}</h2>"));
        for (name, chart) in charts {
            figure(&mut body, &name, &chart);
        }
    }
    format!(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{code}\" \
         xml:lang=\"{code}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"/>\
         <meta name=\"viewport\" content=\"width=device-width\"/>\
         <title>{title}: {name}</title><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>\n"
    )
}

/// Logical properties only, so that one style serves both directions.
const STYLE: &str = "body{font-family:system-ui,sans-serif;margin:2rem;line-height:1.5;\
color:#1b1b1b;background:#fff}table{border-collapse:collapse;margin-block:1rem}\
caption{text-align:start;font-weight:bold}th,td{text-align:start;padding:.25rem .75rem;\
border-block-end:1px solid #bbb}figure{margin:1rem 0}svg{max-inline-size:40rem;\
inline-size:100%;block-size:auto;display:block}.whole{fill:#e6e6e6}.band{fill:#7fa8c9}.mark{fill:#0b3d5c}\
.line{fill:none;stroke:#0b3d5c;stroke-width:2}.grid{fill:none;stroke:#c9c9c9;\
stroke-width:1}text{font-size:13px;fill:#1b1b1b;\
paint-order:stroke;stroke:#fff;stroke-width:4px}";

fn write(body: &mut String, text: &str) {
    body.push_str(text);
}

fn of_table(body: &mut String, table: &Table, language: Language) {
    let caption = table.what.called(language);
    write(body, &format!("<table><caption>{caption}</caption><thead><tr>"));
    for column in &table.columns {
        write(body, &format!("<th scope=\"col\">{}</th>", column.called(language)));
    }
    write(body, "</tr></thead><tbody>");
    for row in &table.rows {
        write(body, "<tr>");
        for (at, cell) in row.iter().enumerate() {
            let text = escaped(cell.shown());
            let (open, close) =
                if at == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
            write(body, &format!("{open}<bdi>{text}</bdi>{close}"));
        }
        write(body, "</tr>");
    }
    write(body, "</tbody></table>");
}

fn figure(body: &mut String, name: &str, chart: &str) {
    let name = escaped(name);
    let figure =
        format!("<figure><figcaption><bdi>{name}</bdi></figcaption>{chart}</figure>");
    body.push_str(&figure);
}

/// The charts of the page under their headings, each with the name of what it is of.
type Charts = Vec<(&'static str, Vec<(String, String)>)>;

fn charts(exported: &Exported, language: Language) -> Charts {
    let mut number = 0;
    let mut next = || {
        number += 1;
        number
    };
    let name = |row: &Row| {
        let known = exported.names.get(&row.organization);
        known.unwrap_or(&row.organization).clone()
    };
    let dimensions = exported.rows.iter();
    let dimensions = dimensions.map(|row| {
        let name = name(row);
        let chart = dimensions_of(row, (next(), &name), language);
        (name, chart)
    });
    let dimensions = dimensions.collect();
    let published = exported.rows.iter().filter(|_| !exported.series.is_empty());
    let published = published.map(|row| {
        let name = name(row);
        let chart = published_of(exported, row, (next(), &name), language);
        (name, chart)
    });
    let published = published.collect();
    let groups = exported.rollups.iter();
    let groups = groups
        .map(|rollup| (rollup.rulebook.clone(), quartiles(rollup, next(), language)));
    let groups = groups.collect();
    let pick = |english: &'static str, arabic: &'static str| match language {
        Language::English => english,
        Language::Arabic => arabic,
    };
    let all: Charts = vec![
        (pick("Dimensions", "المحاور"), dimensions),
        (pick("As published", "كما نُشر"), published),
        (pick("Groups", "الفئات"), groups),
    ];
    all.into_iter().filter(|(_, charts)| !charts.is_empty()).collect()
}

fn frame(id: usize, title: &str, language: Language) -> Frame<'_> {
    let from_right = language == Language::Arabic;
    let unit = if from_right { "النقاط من 100" } else { "Points of 100" };
    Frame { id, title, unit, from_right }
}

fn dimensions_of(row: &Row, (id, name): (usize, &str), language: Language) -> String {
    let points = |score: u32| score.saturating_mul(100);
    let parts = row.index.dimensions.iter().zip(&row.dimensions);
    let bars: Vec<Bar> = parts
        .map(|(part, name)| Bar {
            name: name.clone(),
            low: points(part.low),
            value: part.value.map(points),
            high: points(part.high),
        })
        .collect();
    let title = match language {
        Language::English => format!("{name}: dimensions"),
        Language::Arabic => format!("{name}: المحاور"),
    };
    chart::bars(frame(id, &title, language), &bars)
}

fn published_of(
    exported: &Exported,
    row: &Row,
    (id, name): (usize, &str),
    language: Language,
) -> String {
    let own = exported.series.iter().filter(|point| {
        point.organization == row.organization && point.rulebook == row.rulebook
    });
    let values: Vec<(Day, Option<u32>)> =
        own.map(|point| (point.as_of, point.index.value)).collect();
    let title = match language {
        Language::English => format!("{name}: values as published"),
        Language::Arabic => format!("{name}: القيم كما نُشرت"),
    };
    chart::series(frame(id, &title, language), &values)
}

/// The middle half of each group that may be shown.
fn quartiles(rollup: &Rollup, id: usize, language: Language) -> String {
    let bars: Vec<Bar> = rollup
        .groups
        .iter()
        .filter_map(|group| {
            let of = group.quartiles.ok()?;
            Some(Bar {
                name: rollup.name_in(language, group),
                low: of.lower,
                value: Some(of.median),
                high: of.upper,
            })
        })
        .collect();
    let title = match language {
        Language::English => "The middle half of each group, and its median",
        Language::Arabic => "النصف الأوسط من كل فئة، ووسيطها",
    };
    chart::bars(frame(id, title, language), &bars)
}

/// Text as it stands in a page; what XML cannot hold is left out.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}
