//! `OpenDocument` spreadsheets: a row a line, cells parted by ` | `, a sheet a page.
//!
//! Repeated rows and cells are read once, however often they claim to be there.

use super::archive::Archive;
use super::docx::properties;
use super::lines::Lines;
use super::odt::encrypted;
use super::xlsx::one_line;
use super::xlsx::role;
use super::xml::Xml;
use super::xml::attribute;
use super::xml::walk;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;

/// The text of a spreadsheet, sheet after sheet.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Text, Problem> {
    if encrypted(archive)? {
        return Err(Problem::Encrypted);
    }
    let content = archive.text("content.xml")?.ok_or(Problem::Truncated)?;
    let sheets = content.matches("<table:table ").count();
    let mut sheet = Sheet { many: sheets > 1, ..Sheet::default() };
    walk(&content, |event| match event {
        Xml::Open("table", element) => {
            sheet.page = sheet.page.saturating_add(1);
            sheet.row = 0;
            match attribute(element, "name").filter(|_| sheet.many) {
                Some(name) => sheet.push(&name, Role::Heading(2)),
                None => Ok(()),
            }
        }
        Xml::Open("table-row", element) => {
            let repeated = attribute(element, "number-rows-repeated");
            sheet.repeats = repeated.and_then(|n| n.parse().ok()).unwrap_or(1);
            Ok(())
        }
        Xml::Open("table-cell", element) => {
            let day = attribute(element, "date-value");
            let day = day.map(|day| day.split('T').next().unwrap_or_default().to_owned());
            sheet.cells.push(String::new());
            sheet.day = day;
            Ok(())
        }
        Xml::Open("annotation", _) => {
            sheet.notes += 1;
            Ok(())
        }
        Xml::Close("annotation") => {
            sheet.notes = sheet.notes.saturating_sub(1);
            Ok(())
        }
        Xml::Close("p") => {
            sheet.write(" ");
            Ok(())
        }
        Xml::Text(text) => {
            sheet.write(&text);
            Ok(())
        }
        Xml::Close("table-cell") => {
            if let (Some(day), Some(cell)) = (sheet.day.take(), sheet.cells.last_mut()) {
                *cell = day;
            }
            Ok(())
        }
        Xml::Close("table-row") => sheet.end_row(),
        Xml::Open(..) | Xml::Close(_) => Ok(()),
    })?;
    let properties = match archive.text("meta.xml")? {
        Some(meta) => properties(&meta),
        None => Vec::new(),
    };
    Ok(Text { lines: sheet.lines.lines, properties, ..Text::default() })
}

#[derive(Default)]
struct Sheet {
    lines: Lines,
    many: bool,
    page: u32,
    row: usize,
    repeats: usize,
    cells: Vec<String>,
    /// The day that the open cell holds, however it is shown.
    day: Option<String>,
    notes: usize,
}

impl Sheet {
    fn write(&mut self, text: &str) {
        if let (0, Some(cell)) = (self.notes, self.cells.last_mut()) {
            cell.push_str(text);
        }
    }

    fn push(&mut self, text: &str, role: Role) -> Result<(), Problem> {
        self.lines.push(text, Some(self.page.max(1)), self.row.max(1), role)
    }

    fn end_row(&mut self) -> Result<(), Problem> {
        let cells: Vec<String> =
            std::mem::take(&mut self.cells).iter().map(|cell| one_line(cell)).collect();
        self.row = self.row.saturating_add(1);
        let role = role(&cells, &self.lines);
        let line = cells.join(" | ");
        let line = line.trim_matches([' ', '|']);
        if !line.is_empty() {
            self.push(line, role)?;
        }
        self.row = self.row.saturating_add(self.repeats.saturating_sub(1));
        Ok(())
    }
}
