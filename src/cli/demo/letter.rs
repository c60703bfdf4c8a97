//! A letter of the outbox, as much of it as a terminal shows.

use std::path::Path;

use mail_parser::{HeaderName, MessageParser};

use crate::shell::disk;
use crate::text;
use crate::text::Language;

/// What the demo shows of one letter.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    pub kind: String,
    pub to: String,
    pub language: Language,
    pub subject: String,
    /// Its first lines, empty ones left out.
    pub lines: Vec<String>,
}

/// A letter is under 100 KB; a file much larger is none of ours.
const LETTER_BYTES_MAX: u64 = 1 << 20;

/// Reads an `.eml` file of the outbox; `None` while it is not there or is no letter.
pub fn read(path: &Path) -> Option<Shown> {
    let bytes = disk::read_bytes(path, LETTER_BYTES_MAX).ok().flatten()?;
    let message = MessageParser::default().parse(&bytes)?;
    let kind = message.header(HeaderName::Other("X-Mithaq-Kind".into()))?.as_text()?;
    let to = message.to()?.first()?;
    let body = message.body_text(0)?;
    let language = text::language_of(&body);
    let shown = lines_shown(kind);
    Some(Shown {
        kind: kind.to_owned(),
        to: to.name().or(to.address()).unwrap_or_default().to_owned(),
        language,
        subject: message.subject().unwrap_or_default().to_owned(),
        lines: body
            .lines()
            .take_while(|line| line.trim_end() != "--")
            .filter(|line| !line.trim().is_empty())
            .take(shown)
            .map(|line| line.trim_end().to_owned())
            .collect(),
    })
}

/// How many lines of a kind say what matters, before the footnotes begin.
fn lines_shown(kind: &str) -> usize {
    match kind {
        "first_summary" => 1,
        "receipt" | "problem" => 5,
        "resolved" | "due_soon" => 3,
        _ => 9,
    }
}
