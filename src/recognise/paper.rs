//! A paper prepared for reading: folded lines, what stands in its title, its dates.

use super::dates;
use super::dates::Order;
use super::dates::Written;
use crate::document::Line;
use crate::document::Method;
use crate::document::Role;
use crate::document::Text;
use crate::text;

/// Lines of the head: a letterhead, a title, the labels and the list of those present.
const HEAD_LINES: usize = 40;

/// Where in the paper a line stands; earlier ones say more of what the paper is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Zone {
    Title,
    Head,
    Body,
}

/// A line that has words.
#[derive(Debug)]
pub(super) struct Prepared<'t> {
    pub(super) line: &'t Line,
    /// The folded line.
    pub(super) key: String,
    /// The words of the key, one space between them, nothing else.
    pub(super) words: String,
    pub(super) zone: Zone,
    pub(super) dates: Vec<Written>,
}

/// A paper's lines that have words, with what they hold.
#[derive(Debug)]
pub(super) struct Paper<'t> {
    pub(super) lines: Vec<Prepared<'t>>,
    /// Which comes first in its numeric dates.
    pub(super) order: Order,
    /// How its text was obtained.
    pub(super) method: Method,
    /// The pages of which it was obtained otherwise.
    pub(super) recognised: &'t [(u32, Method)],
    /// Whether its own dates prove that.
    pub(super) proved: bool,
}

impl<'t> Paper<'t> {
    pub(super) fn prepare(text: &'t Text) -> Paper<'t> {
        let mut lines = Vec::new();
        let mut title_open = true;
        let seen = |line: &&Line| !matches!(line.role, Role::Hidden | Role::Furniture);
        for line in text.lines.iter().filter(seen) {
            let key = text::key(&line.text);
            let words = words(&key);
            if words.is_empty() {
                continue;
            }
            title_open = title_open && is_title(line, &words, lines.len());
            let zone = match lines.len() {
                _ if title_open => Zone::Title,
                0..HEAD_LINES => Zone::Head,
                _ => Zone::Body,
            };
            let dates = dates::find(&key);
            lines.push(Prepared { line, key, words, zone, dates });
        }
        let proved = Order::proved_by(lines.iter().flat_map(|line| &line.dates));
        let method = text.method;
        Paper {
            recognised: &text.recognised,
            lines,
            method,
            order: proved.unwrap_or_default(),
            proved: proved.is_some(),
        }
    }

    /// The lines of the title and the head.
    pub(super) fn head(&self) -> impl Iterator<Item = &Prepared<'t>> {
        self.lines.iter().filter(|line| line.zone <= Zone::Head)
    }

    /// The number of words, counted no further than `enough`.
    pub(super) fn word_count(&self, enough: usize) -> usize {
        let mut count = 0;
        for line in &self.lines {
            count += line.words.split(' ').count();
            if count >= enough {
                break;
            }
        }
        count
    }
}

/// The first lines are the title while they are headings or short.
fn is_title(line: &Line, words: &str, before: usize) -> bool {
    let short = words.split(' ').count() <= 14;
    match line.role {
        Role::Heading(depth) => before < 4 && (before == 0 || depth <= 2 || before < 2),
        Role::Text => before < 3 && short,
        Role::Item | Role::Ticked | Role::Unticked | Role::Furniture | Role::Hidden => {
            false
        }
    }
}

/// A folded text as its words: letters and digits, single spaces, nothing else.
pub(super) fn words(key: &str) -> String {
    let mut words = String::with_capacity(key.len());
    for character in key.chars() {
        if character.is_alphanumeric() {
            words.push(character);
        } else if character != '\'' && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// A name of a file or folder as words: `boardMinutes_2024-03` gives
/// `board minutes 2024 03`.
pub(super) fn name_words(name: &str) -> String {
    let mut parted = String::with_capacity(name.len() + 8);
    let mut low = false;
    for character in name.chars() {
        if low && character.is_uppercase() {
            parted.push(' ');
        }
        low = character.is_lowercase();
        parted.push(character);
    }
    words(&text::key(&parted))
}
