//! Word documents: paragraphs, headings, rows of tables, notes, headers and footers.
//!
//! What Word only computes (the numbers of automatic lists) is not in the file and not in
//! the text. Deleted revisions, field codes and fallbacks are left out; inserted revisions
//! are text. Lines are numbered by paragraph; pages are known only where Word noted them.

use super::archive::Archive;
use super::lines::Lines;
use super::xml::Xml;
use super::xml::attribute;
use super::xml::walk;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use quick_xml::events::BytesStart;

/// Elements whose content is not the document's text.
const SKIPPED: [&str; 5] = ["Fallback", "del", "delText", "instrText", "moveFrom"];

/// The text of a Word document.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Text, Problem> {
    let main = archive.text("word/document.xml")?.ok_or(Problem::UnknownFormat)?;
    let mut lines = Lines::default();
    for name in archive.names("word/header", ".xml") {
        part(archive, &name, Some(Role::Furniture), &mut lines)?;
    }
    let paged = main.contains("lastRenderedPageBreak");
    Body::new(&mut lines, paged, None).read(&main)?;
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        part(archive, name, None, &mut lines)?;
    }
    for name in archive.names("word/footer", ".xml") {
        part(archive, &name, Some(Role::Furniture), &mut lines)?;
    }
    let properties = match archive.text("docProps/core.xml")? {
        Some(core) => properties(&core),
        None => Vec::new(),
    };
    Ok(Text { lines: lines.lines, properties, ..Text::default() })
}

fn part(
    archive: &mut Archive<'_>,
    name: &str,
    role: Option<Role>,
    lines: &mut Lines,
) -> Result<(), Problem> {
    match archive.text(name)? {
        Some(xml) => Body::new(lines, false, role).read(&xml),
        None => Ok(()),
    }
}

/// The elements of `docProps/core.xml` that have text, by their names.
pub(super) fn properties(core: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open = String::new();
    let read = walk(core, |event| {
        match event {
            Xml::Open(name, _) => name.clone_into(&mut open),
            Xml::Close(_) => open.clear(),
            Xml::Text(text) if !open.is_empty() && !text.trim().is_empty() => {
                found.push((open.to_lowercase(), text.trim().to_owned()));
            }
            Xml::Text(_) => {}
        }
        Ok(())
    });
    // Damaged properties cost the properties, not the paper.
    if read.is_err() { Vec::new() } else { found }
}

/// A paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    hidden: String,
    role: Role,
}

struct Body<'l> {
    lines: &'l mut Lines,
    /// Role of every line, for headers and footers.
    fixed: Option<Role>,
    page: Option<u32>,
    number: usize,
    /// Open paragraphs: a text box nests them.
    open: Vec<Paragraph>,
    /// Cells of the open row; rows nest, and inner ones are read as text of the outer cell.
    cells: Vec<String>,
    rows: usize,
    skipped: usize,
    in_text: bool,
    invisible: bool,
}

impl<'l> Body<'l> {
    fn new(lines: &'l mut Lines, paged: bool, fixed: Option<Role>) -> Body<'l> {
        Body {
            lines,
            fixed,
            page: paged.then_some(1),
            number: 0,
            open: Vec::new(),
            cells: Vec::new(),
            rows: 0,
            skipped: 0,
            in_text: false,
            invisible: false,
        }
    }

    fn read(mut self, xml: &str) -> Result<(), Problem> {
        walk(xml, |event| match event {
            Xml::Open(name, element) => {
                self.open(name, element);
                Ok(())
            }
            Xml::Close(name) => self.close(name),
            Xml::Text(text) => {
                if self.in_text && self.skipped == 0 {
                    self.write(&text);
                }
                Ok(())
            }
        })
    }

    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        if SKIPPED.contains(&name) {
            self.skipped += 1;
        }
        match name {
            "p" => self.open.push(Paragraph::default()),
            "t" => self.in_text = true,
            "tab" => self.write("\t"),
            "br" | "cr" => self.write_break(element),
            "noBreakHyphen" => self.write("-"),
            "r" => self.invisible = false,
            "vanish" | "webHidden" => {
                self.invisible = attribute(element, "val")
                    .is_none_or(|value| value != "0" && value != "false");
            }
            "tr" => self.rows += 1,
            "tc" if self.rows == 1 => self.cells.push(String::new()),
            "pStyle" => self.style(&attribute(element, "val").unwrap_or_default()),
            "outlineLvl" => {
                let level =
                    attribute(element, "val").and_then(|level| level.parse::<u8>().ok());
                if let Some(level) = level.filter(|level| *level < 9) {
                    self.role(Role::Heading(level + 1));
                }
            }
            "numPr" => self.role(Role::Item),
            "lastRenderedPageBreak" => {
                self.page = self.page.map(|page| page.saturating_add(1));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Problem> {
        if SKIPPED.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph()?,
            "tr" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.end_row()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn write(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        let invisible = self.invisible;
        if let Some(paragraph) = self.open.last_mut() {
            let into =
                if invisible { &mut paragraph.hidden } else { &mut paragraph.text };
            into.push_str(text);
        }
    }

    /// A page break is no text; a line break ends a line within the paragraph.
    fn write_break(&mut self, element: &BytesStart<'_>) {
        if attribute(element, "type").as_deref() != Some("page") {
            self.write("\n");
        }
    }

    fn style(&mut self, style: &str) {
        let style = style.to_lowercase();
        let depth = style.trim_start_matches("heading").trim().parse::<u8>().ok();
        match depth {
            Some(depth) if style.starts_with("heading") => {
                self.role(Role::Heading(depth));
            }
            _ if style == "title" => self.role(Role::Heading(1)),
            _ if style == "subtitle" => self.role(Role::Heading(2)),
            _ if style.starts_with("list") => self.role(Role::Item),
            _ => {}
        }
    }

    fn role(&mut self, role: Role) {
        if let Some(paragraph) = self.open.last_mut()
            && !matches!(paragraph.role, Role::Heading(_))
        {
            paragraph.role = role;
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Problem> {
        let Some(paragraph) = self.open.pop() else { return Ok(()) };
        if let (Some(cell), true) = (self.cells.last_mut(), self.open.is_empty()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&paragraph.text.replace('\n', " "));
            return Ok(());
        }
        self.number += 1;
        let role = self.fixed.unwrap_or(paragraph.role);
        for line in paragraph.text.split('\n') {
            self.lines.push(line, self.page, self.number, role)?;
        }
        if !paragraph.hidden.trim().is_empty() {
            self.lines.push(&paragraph.hidden, self.page, self.number, Role::Hidden)?;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Problem> {
        self.number += 1;
        let row = std::mem::take(&mut self.cells).join(" | ");
        let role = self.fixed.unwrap_or(Role::Text);
        self.lines.push(&row, self.page, self.number, role)
    }
}
