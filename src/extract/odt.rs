//! `OpenDocument` text: paragraphs, headings, lists, rows of tables.

use super::archive::Archive;
use super::docx::properties;
use super::lines::Lines;
use super::xml::Xml;
use super::xml::attribute;
use super::xml::walk;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use quick_xml::events::BytesStart;

/// Elements whose content is not the document's text.
const SKIPPED: [&str; 4] = ["annotation", "tracked-changes", "forms", "sequence-decls"];

/// Spaces written for one `text:s`, however many it claims.
const SPACES_MOST: usize = 40;

/// The text of an `OpenDocument` text.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Text, Problem> {
    if encrypted(archive)? {
        return Err(Problem::Encrypted);
    }
    let content = archive.text("content.xml")?.ok_or(Problem::Truncated)?;
    let mut body = Body::default();
    walk(&content, |event| match event {
        Xml::Open(name, element) => {
            body.open(name, element);
            Ok(())
        }
        Xml::Close(name) => body.close(name),
        Xml::Text(text) => {
            body.write(&text);
            Ok(())
        }
    })?;
    let properties = match archive.text("meta.xml")? {
        Some(meta) => properties(&meta),
        None => Vec::new(),
    };
    Ok(Text { lines: body.lines.lines, properties, ..Text::default() })
}

/// A locked document says so in its manifest; its members look like noise.
pub(super) fn encrypted(archive: &mut Archive<'_>) -> Result<bool, Problem> {
    let manifest = archive.text("META-INF/manifest.xml")?;
    Ok(manifest.is_some_and(|manifest| manifest.contains("encryption-data")))
}

#[derive(Default)]
struct Body {
    lines: Lines,
    number: usize,
    /// Open paragraphs with their role: a frame nests them.
    open: Vec<(String, Role)>,
    cells: Vec<String>,
    rows: usize,
    lists: usize,
    skipped: usize,
}

impl Body {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        self.skipped += usize::from(SKIPPED.contains(&name));
        match name {
            "p" => {
                let role = if self.lists > 0 { Role::Item } else { Role::Text };
                self.open.push((String::new(), styled(element, role)));
            }
            "h" => {
                let level = attribute(element, "outline-level");
                let depth = level.and_then(|level| level.parse().ok()).unwrap_or(1);
                self.open.push((String::new(), Role::Heading(depth)));
            }
            "list" => self.lists += 1,
            "table-row" => self.rows += 1,
            "table-cell" if self.rows == 1 => self.cells.push(String::new()),
            "tab" => self.write("\t"),
            "line-break" => self.write("\n"),
            "s" => {
                let count = attribute(element, "c").and_then(|count| count.parse().ok());
                let count: usize = count.unwrap_or(1);
                self.write(&" ".repeat(count.min(SPACES_MOST)));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Problem> {
        self.skipped = self.skipped.saturating_sub(usize::from(SKIPPED.contains(&name)));
        match name {
            "p" | "h" => self.end_paragraph()?,
            "list" => self.lists = self.lists.saturating_sub(1),
            "table-row" => {
                self.rows = self.rows.saturating_sub(1);
                if self.rows == 0 {
                    self.number += 1;
                    let row = std::mem::take(&mut self.cells).join(" | ");
                    self.lines.push(&row, None, self.number, Role::Text)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn write(&mut self, text: &str) {
        if self.skipped == 0
            && let Some((paragraph, _)) = self.open.last_mut()
        {
            paragraph.push_str(text);
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Problem> {
        let Some((paragraph, role)) = self.open.pop() else { return Ok(()) };
        if self.skipped > 0 {
            return Ok(());
        }
        if let (Some(cell), true) = (self.cells.last_mut(), self.open.is_empty()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&paragraph.replace('\n', " "));
            return Ok(());
        }
        self.number += 1;
        for line in paragraph.split('\n') {
            self.lines.push(line, None, self.number, role)?;
        }
        Ok(())
    }
}

fn styled(element: &BytesStart<'_>, role: Role) -> Role {
    match attribute(element, "style-name").as_deref() {
        Some("Title") => Role::Heading(1),
        Some("Subtitle") => Role::Heading(2),
        _ => role,
    }
}
