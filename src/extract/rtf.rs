//! RTF: its text, paragraph by paragraph and row by row.
//!
//! A text of groups and control words. [`tokens`] cuts it, [`style`] knows its fonts' code
//! pages and its styles; here characters become lines. What a group is for decides whether
//! it is text.

mod style;
mod tokens;

use self::style::{Styles, encoding_of_page};
use self::tokens::{Token, Tokens};
use super::lines::Lines;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use crate::limits;
use encoding_rs::{Encoding, WINDOWS_1252};

/// Groups that are not the document's text.
const SKIPPED: [&str; 26] = [
    "colortbl",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "xmlnstbl",
    "generator",
    "nonshppict",
    "filetbl",
    "revtbl",
    "annotation",
    "atnid",
    "template",
    "private",
];

/// What the properties' groups are called here.
const PROPERTIES: [(&str, &str); 4] = [
    ("title", "title"),
    ("subject", "subject"),
    ("author", "author"),
    ("company", "company"),
];

/// The text of an RTF document.
///
/// # Errors
/// [`Problem::LimitPassed`] for groups deeper than any document's, or more text than any.
pub(super) fn read(bytes: &[u8]) -> Result<Text, Problem> {
    let mut reading = Reading::default();
    for token in Tokens::of(bytes) {
        reading.take(token)?;
    }
    reading.flush();
    reading.end_row()?;
    reading.end_paragraph()?;
    let (lines, properties) = (reading.lines.lines, reading.properties);
    Ok(Text { lines, properties, ..Text::default() })
}

/// What a group is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Destination {
    #[default]
    Body,
    Fonts,
    Styles,
    /// The name of a property.
    Property(&'static str),
    Nothing,
}

/// What holds inside a group and ends with it.
#[derive(Clone, Copy, Default)]
struct State {
    destination: Destination,
    font: i32,
    /// Characters behind a `\\u` that stand for it where it is not known; `None` for one.
    fallback: Option<i32>,
    hidden: bool,
}

#[derive(Default)]
struct Reading {
    state: State,
    groups: Vec<State>,
    /// The last control symbol was `\\*`: what follows may be passed over.
    optional: bool,
    /// Characters still to be passed over behind a `\\u`.
    skip: i32,
    page: Option<&'static Encoding>,
    styles: Styles,
    /// Bytes and UTF-16 units that are not yet characters.
    bytes: Vec<u8>,
    units: Vec<u16>,
    paragraph: String,
    role: Role,
    in_table: bool,
    cells: Vec<String>,
    lines: Lines,
    number: usize,
    properties: Vec<(String, String)>,
}

impl Reading {
    fn take(&mut self, token: Token<'_>) -> Result<(), Problem> {
        match token {
            Token::Open => {
                self.flush();
                self.skip = 0;
                if self.groups.len() >= limits::RTF_DEPTH_MAX {
                    return Err(Problem::LimitPassed);
                }
                self.groups.push(self.state);
                self.optional = false;
            }
            Token::Close => {
                self.flush();
                self.skip = 0;
                self.styles.end_entry();
                self.state = self.groups.pop().unwrap_or_default();
            }
            Token::Byte(byte) => {
                if self.passed_over() {
                    return Ok(());
                }
                if !self.units.is_empty() {
                    self.flush();
                }
                self.bytes.push(byte);
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, number) => return self.word(word, number),
        }
        Ok(())
    }

    /// Whether it only stands for the character before it.
    fn passed_over(&mut self) -> bool {
        let passed = self.skip > 0;
        self.skip -= i32::from(passed);
        passed
    }

    fn symbol(&mut self, symbol: u8) {
        if symbol == b'*' {
            self.optional = true;
            return;
        }
        if self.passed_over() {
            return;
        }
        match symbol {
            b'~' => self.write(" "),
            b'_' => self.write("-"),
            b'\\' | b'{' | b'}' => self.bytes.push(symbol),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) -> Result<(), Problem> {
        let optional = std::mem::take(&mut self.optional);
        if word == "u" {
            self.unicode(number.unwrap_or_default());
            return Ok(());
        }
        self.flush();
        self.skip = 0;
        match (word, number) {
            ("fonttbl", _) => self.state.destination = Destination::Fonts,
            ("stylesheet", _) => self.state.destination = Destination::Styles,
            ("info", _) => self.state.destination = Destination::Nothing,
            ("ansicpg", Some(page)) => self.page = encoding_of_page(page),
            ("uc", Some(count)) => self.state.fallback = Some(count),
            ("v" | "deleted", on) => self.state.hidden = on != Some(0),
            ("plain", _) => self.state.hidden = false,
            ("f", Some(font)) => {
                self.state.font = font;
                self.styles.font(font);
            }
            ("fcharset", Some(set)) => self.styles.charset(set),
            ("s", Some(style)) if self.state.destination == Destination::Styles => {
                self.styles.style(style);
            }
            _ if SKIPPED.contains(&word) || (optional && word != "shppict") => {
                self.state.destination = Destination::Nothing;
            }
            _ => {
                let property = PROPERTIES.iter().find(|(known, _)| *known == word);
                match property {
                    Some((_, name)) if self.is_in_properties() => {
                        self.state.destination = Destination::Property(name);
                    }
                    _ if self.state.destination == Destination::Body => {
                        return self.layout(word, number);
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn is_in_properties(&self) -> bool {
        self.state.destination == Destination::Nothing && self.groups.len() == 3
    }

    /// What stands between characters.
    fn layout(&mut self, word: &str, number: Option<i32>) -> Result<(), Problem> {
        match word {
            "par" | "sect" | "page" if self.in_table || !self.cells.is_empty() => {
                self.write(" ");
            }
            "par" | "sect" | "page" | "line" => return self.end_paragraph(),
            "pard" => (self.role, self.in_table) = (Role::Text, false),
            "intbl" => self.in_table = true,
            "cell" | "nestcell" => {
                let cell = std::mem::take(&mut self.paragraph).trim().to_owned();
                self.cells.push(cell);
            }
            "row" | "nestrow" => return self.end_row(),
            "outlinelevel" => self.role = heading(number.unwrap_or(9)),
            "s" => {
                let level = number.and_then(|style| self.styles.heading(style));
                self.role = level.map_or(self.role, Role::Heading);
            }
            "tab" => self.write(" "),
            "emdash" => self.write("—"),
            "endash" => self.write("–"),
            "bullet" => self.write("•"),
            "lquote" => self.write("‘"),
            "rquote" => self.write("’"),
            "ldblquote" => self.write("“"),
            "rdblquote" => self.write("”"),
            "emspace" | "enspace" | "qmspace" => self.write(" "),
            "zwnj" => self.write("\u{200c}"),
            _ => {}
        }
        Ok(())
    }

    /// A character by its number, which may be written as a negative one.
    fn unicode(&mut self, number: i32) {
        if !self.bytes.is_empty() {
            self.flush();
        }
        let unit = number.rem_euclid(1 << 16);
        self.units.extend(u16::try_from(unit));
        self.skip = self.state.fallback.unwrap_or(1);
    }

    /// Makes characters of what has been collected.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let page = self.styles.encoding(self.state.font).or(self.page);
            let page = page.unwrap_or(WINDOWS_1252);
            self.write(&page.decode_without_bom_handling(&bytes).0);
        }
        if !self.units.is_empty() {
            let units = std::mem::take(&mut self.units);
            self.write(&String::from_utf16_lossy(&units));
        }
    }

    fn write(&mut self, text: &str) {
        match self.state.destination {
            Destination::Body if !self.state.hidden => self.paragraph.push_str(text),
            Destination::Styles => self.styles.name(text),
            Destination::Property(name) => self.property(name, text),
            _ => {}
        }
    }

    fn property(&mut self, name: &str, text: &str) {
        let count = self.properties.len();
        match self.properties.last_mut() {
            Some((known, value)) if known == name => value.push_str(text),
            _ if count < limits::PROPERTIES_MAX => {
                self.properties.push((name.to_owned(), text.to_owned()));
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Problem> {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.number += 1;
        self.lines.push(paragraph.trim(), None, self.number, self.role)
    }

    fn end_row(&mut self) -> Result<(), Problem> {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        self.number += 1;
        self.lines.push(&cells.join(" | "), None, self.number, Role::Text)
    }
}

fn heading(level: i32) -> Role {
    match u8::try_from(level) {
        Ok(level @ 0..=8) => Role::Heading(level + 1),
        _ => Role::Text,
    }
}
