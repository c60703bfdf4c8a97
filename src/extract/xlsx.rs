//! Excel workbooks: a row a line, cells parted by ` | `, a sheet a page.
//!
//! Cells are read as they come, never laid out in a grid: two cells a million rows apart cost
//! two cells. What a number shows (a day, a share) stands in its format; formulas give the
//! value that was last computed.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::docx::properties;
use super::lines::Lines;
use super::xml::Xml;
use super::xml::attribute;
use super::xml::walk;
use crate::calendar::Day;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;

/// The text of a workbook, sheet after sheet.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Text, Problem> {
    let book = archive.text("xl/workbook.xml")?.ok_or(Problem::UnknownFormat)?;
    let targets = match archive.text("xl/_rels/workbook.xml.rels")? {
        Some(links) => targets(&links)?,
        None => BTreeMap::new(),
    };
    let strings = match archive.text("xl/sharedStrings.xml")? {
        Some(xml) => strings(&xml)?,
        None => Vec::new(),
    };
    let styles = match archive.text("xl/styles.xml")? {
        Some(xml) => styles(&xml)?,
        None => Vec::new(),
    };
    let Book { sheets, from_1904 } = sheets(&book)?;
    let mut lines = Lines::default();
    for (index, sheet) in sheets.iter().enumerate() {
        let Some(target) = targets.get(&sheet.link) else { continue };
        let path = format!("xl/{}", target.trim_start_matches("/xl/"));
        let Some(xml) = archive.text(&path)? else { continue };
        let page = u32::try_from(index + 1).ok();
        let role = if sheet.hidden { Role::Hidden } else { Role::Heading(2) };
        if sheets.len() > 1 {
            lines.push(&sheet.name, page, 1, role)?;
        }
        let known = Known { strings: &strings, styles: &styles, from_1904 };
        rows(&xml, (page, sheet.hidden), &known, &mut lines)?;
    }
    let properties = match archive.text("docProps/core.xml")? {
        Some(core) => properties(&core),
        None => Vec::new(),
    };
    Ok(Text { lines: lines.lines, properties, ..Text::default() })
}

struct Book {
    sheets: Vec<Sheet>,
    /// Days are counted from 1904, as old Macs did.
    from_1904: bool,
}

struct Sheet {
    name: String,
    link: String,
    hidden: bool,
}

fn sheets(book: &str) -> Result<Book, Problem> {
    let mut found = Book { sheets: Vec::new(), from_1904: false };
    walk(book, |event| {
        if let Xml::Open(name, element) = event {
            match name {
                "sheet" => found.sheets.push(Sheet {
                    name: plain(&attribute(element, "name").unwrap_or_default()),
                    link: attribute(element, "id").unwrap_or_default(),
                    hidden: attribute(element, "state").is_some_and(|s| s != "visible"),
                }),
                "workbookPr" => {
                    let stated = attribute(element, "date1904");
                    found.from_1904 = matches!(stated.as_deref(), Some("1" | "true"));
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// Where the parts of the workbook lie, by their links.
fn targets(links: &str) -> Result<BTreeMap<String, String>, Problem> {
    let mut found = BTreeMap::new();
    walk(links, |event| {
        if let Xml::Open("Relationship", element) = event
            && let (Some(id), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Target"))
        {
            found.insert(id, target);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The texts that cells refer to by number.
fn strings(xml: &str) -> Result<Vec<String>, Problem> {
    let (mut found, mut spoken) = (Vec::new(), 0usize);
    walk(xml, |event| {
        match event {
            Xml::Open("si", _) => found.push(String::new()),
            // How a word is spoken is no part of it.
            Xml::Open("rPh", _) => spoken += 1,
            Xml::Close("rPh") => spoken = spoken.saturating_sub(1),
            Xml::Text(text) if spoken == 0 => {
                if let Some(last) = found.last_mut() {
                    let last: &mut String = last;
                    last.push_str(&text);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// What the numbers of a style show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Shows {
    #[default]
    Number,
    Day,
    Share,
}

/// The styles of cells, by their number.
fn styles(xml: &str) -> Result<Vec<Shows>, Problem> {
    let mut formats: BTreeMap<String, Shows> = BTreeMap::new();
    let (mut found, mut inside) = (Vec::new(), false);
    walk(xml, |event| {
        match event {
            Xml::Open("numFmt", element) => {
                let code = attribute(element, "formatCode").unwrap_or_default();
                let id = attribute(element, "numFmtId").unwrap_or_default();
                formats.insert(id, shown_by(&code));
            }
            Xml::Open("cellXfs", _) => inside = true,
            Xml::Close("cellXfs") => inside = false,
            Xml::Open("xf", element) if inside => {
                let id = attribute(element, "numFmtId").unwrap_or_default();
                let own = formats.get(&id).copied();
                found.push(own.unwrap_or_else(|| usual(&id)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// The formats that every workbook knows.
fn usual(id: &str) -> Shows {
    match id.parse() {
        Ok(14..=17 | 22u16) => Shows::Day,
        Ok(9 | 10) => Shows::Share,
        _ => Shows::Number,
    }
}

/// A format's own code: day and year letters outside of quoted text make a day.
fn shown_by(code: &str) -> Shows {
    let bare: String = code.split("&quot;").step_by(2).collect();
    let bare: String = bare.split(['[', ']']).step_by(2).collect();
    let bare = bare.to_lowercase();
    match () {
        () if bare.contains('y') || bare.contains('d') => Shows::Day,
        () if bare.contains('%') => Shows::Share,
        () => Shows::Number,
    }
}

/// What the cells of a workbook refer to.
struct Known<'k> {
    strings: &'k [String],
    styles: &'k [Shows],
    from_1904: bool,
}

/// A cell being read.
#[derive(Default)]
struct Cell {
    kind: String,
    style: usize,
    text: String,
}

fn rows(
    xml: &str,
    (page, hidden): (Option<u32>, bool),
    known: &Known<'_>,
    lines: &mut Lines,
) -> Result<(), Problem> {
    let mut row: Vec<String> = Vec::new();
    let (mut number, mut cell, mut valued) = (0usize, Cell::default(), false);
    walk(xml, |event| {
        match event {
            Xml::Open("row", element) => {
                let stated = attribute(element, "r").and_then(|r| r.parse().ok());
                number = stated.unwrap_or(number + 1);
            }
            Xml::Open("c", element) => {
                let style = attribute(element, "s").and_then(|s| s.parse().ok());
                let kind = attribute(element, "t").unwrap_or_default();
                cell = Cell { kind, style: style.unwrap_or(0), text: String::new() };
            }
            Xml::Open("v" | "t", _) => valued = true,
            Xml::Close("v" | "t") => valued = false,
            Xml::Text(text) if valued => cell.text.push_str(&text),
            Xml::Close("c") => {
                row.push(known.shown(&cell));
                cell = Cell::default();
            }
            Xml::Close("row") => {
                let role = if hidden { Role::Hidden } else { role(&row, lines) };
                let line = std::mem::take(&mut row).join(" | ");
                let line = line.trim_matches([' ', '|']);
                if !line.is_empty() {
                    lines.push(line, page, number.max(1), role)?;
                }
            }
            _ => {}
        }
        Ok(())
    })
}

/// A row with one filled cell among the first is a title.
pub(super) fn role(row: &[String], lines: &Lines) -> Role {
    let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    if filled == 1 && lines.lines.len() < 4 { Role::Heading(1) } else { Role::Text }
}

impl Known<'_> {
    fn shown(&self, cell: &Cell) -> String {
        let text = cell.text.trim();
        match cell.kind.as_str() {
            "s" => {
                let index: Option<usize> = text.parse().ok();
                let text = index.and_then(|index| self.strings.get(index));
                text.map(|text| one_line(text)).unwrap_or_default()
            }
            "b" => if text == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => String::new(),
            "" | "n" => self.number(text, cell.style),
            _ => one_line(text),
        }
    }

    fn number(&self, text: &str, style: usize) -> String {
        let Ok(value) = text.parse::<f64>() else { return one_line(text) };
        match self.styles.get(style).copied().unwrap_or_default() {
            Shows::Day => self.day(text).unwrap_or_else(|| text.to_owned()),
            Shows::Share => format!("{}%", rounded(value * 100.0)),
            Shows::Number => rounded(value),
        }
    }

    /// The day of a count of days; what follows the point is the time.
    fn day(&self, text: &str) -> Option<String> {
        let days: i32 = text.split('.').next()?.parse().ok()?;
        // Excel holds 1900 for a leap year: its first of March is day 61.
        let epoch = if self.from_1904 { 24_107 } else { 25_569 };
        let likely = if self.from_1904 { days > 0 } else { days > 60 };
        let day = Day(days.checked_sub(epoch).filter(|_| likely)?);
        (day.year() < 2_200).then(|| day.to_string())
    }
}

/// A number as sheets show it: at most two places.
fn rounded(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.strip_suffix(".00").unwrap_or(&text);
    text.to_owned()
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An attribute's value with the named entities resolved.
fn plain(value: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")];
    let value = pairs.iter().fold(value.to_owned(), |v, (from, to)| v.replace(from, to));
    value.replace("&amp;", "&")
}
