//! Whether a letter in its final bytes speaks of a paper: what is erased of a paper must not
//! stay in the copies of letters that were written about it.
//!
//! Words are compared by their letters and digits alone: a letter breaks lines, isolates
//! names and sets marks of its own around what it quotes.

use mail_parser::MessageParser;

/// The words by which a letter is known to speak of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    squeezed: Vec<String>,
    /// Short names, which would stand in other words: compared as they are written.
    short: Vec<String>,
}

/// Letters and digits of a passage that are compared: letters cut long ones.
const COMPARED_CHARS_MAX: usize = 60;

/// Passages with fewer letters and digits, such as a day, stand in any letter.
const COMPARED_CHARS_MIN: usize = 10;

impl Marks {
    /// Of a paper's words, and of the names that it was dropped by.
    pub fn of<'p>(
        passages: impl Iterator<Item = &'p str>,
        names: impl Iterator<Item = &'p str>,
    ) -> Marks {
        let is_long = |text: &str| text.chars().count() >= COMPARED_CHARS_MIN;
        let passages = passages.map(squeezed).filter(|text| is_long(text));
        let mut squeezed_all: Vec<String> = passages.collect();
        let mut short = Vec::new();
        for name in names {
            match squeezed(name) {
                long if is_long(&long) => squeezed_all.push(long),
                _ if !name.is_empty() => short.push(name.to_owned()),
                _ => {}
            }
        }
        squeezed_all.sort_unstable();
        squeezed_all.dedup();
        Marks { squeezed: squeezed_all, short }
    }

    /// Whether a text has any of them.
    pub fn are_in(&self, text: &str) -> bool {
        let squeezed = all_squeezed(text);
        self.squeezed.iter().any(|mark| squeezed.contains(mark))
            || self.short.iter().any(|name| stands_in(text, name))
    }

    /// Whether a letter has any of them in its subject, its text or a part of it. One that
    /// cannot be taken apart is searched as it is.
    pub fn are_in_letter(&self, raw: &[u8]) -> bool {
        let Some(message) = MessageParser::default().parse(raw) else {
            return self.are_in(&String::from_utf8_lossy(raw));
        };
        let bodies = message.text_bodies().filter_map(|part| part.text_contents());
        let parts = message.attachments().filter_map(|part| part.text_contents());
        message.subject().into_iter().chain(bodies).chain(parts).any(|it| self.are_in(it))
    }
}

/// Whether a name stands in a text by itself, and not within other words.
fn stands_in(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|text| text.chars().next());
        !before.into_iter().chain(after).any(char::is_alphanumeric)
    })
}

fn squeezed(text: &str) -> String {
    all_squeezed(text).chars().take(COMPARED_CHARS_MAX).collect()
}

fn all_squeezed(text: &str) -> String {
    let kept = text.chars().filter(|character| character.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
