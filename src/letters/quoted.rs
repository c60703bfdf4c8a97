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
}

/// Letters and digits of a passage that are compared: letters cut long ones.
const COMPARED_CHARS_MAX: usize = 60;

/// Passages with fewer letters and digits stand in any letter.
const COMPARED_CHARS_MIN: usize = 6;

impl Marks {
    /// Of a paper's words, and of the names that it was dropped by.
    pub fn of<'p>(
        passages: impl Iterator<Item = &'p str>,
        names: impl Iterator<Item = &'p str>,
    ) -> Marks {
        let passages =
            passages.map(squeezed).filter(|it| it.chars().count() >= COMPARED_CHARS_MIN);
        let names = names.map(squeezed).filter(|it| !it.is_empty());
        let mut squeezed: Vec<String> = passages.chain(names).collect();
        squeezed.sort_unstable();
        squeezed.dedup();
        Marks { squeezed }
    }

    /// Whether a text has any of them.
    pub fn are_in(&self, text: &str) -> bool {
        let text = all_squeezed(text);
        self.squeezed.iter().any(|mark| text.contains(mark))
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

fn squeezed(text: &str) -> String {
    all_squeezed(text).chars().take(COMPARED_CHARS_MAX).collect()
}

fn all_squeezed(text: &str) -> String {
    let kept = text.chars().filter(|character| character.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
