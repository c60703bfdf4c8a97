//! A letter as blocks in one language, before it is plain text or HTML.
//!
//! The kinds write pages; the two writers print them. A block's strings are whole sentences
//! with isolates around what has a direction of its own ([`super::words`]).

use crate::text::Language;

/// What a reader sees, top to bottom. Phones cut at the third line, so the lead says all.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) language: Language,
    /// Starts with a letter of the language; ids stand at its end.
    pub(crate) subject: String,
    /// How the letter greets the eye: the colour of its edge.
    pub(crate) tone: Tone,
    pub(crate) blocks: Vec<Block>,
    /// Why the reader receives it, and the like: small, at the foot.
    pub(crate) foot: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Calm,
    Good,
    Look,
    Act,
}

#[derive(Clone, Debug)]
pub(crate) enum Block {
    Lead(String),
    Paragraph(String),
    Heading(String),
    /// A request: what to do now.
    Request(String),
    /// Label and value.
    Rows(Vec<(String, String)>),
    /// A quotation from outside, and where it stands.
    Quote {
        text: String,
        place: String,
    },
    Items(Vec<Item>),
    /// Signed points and what they are for; the last line is the sum.
    Sums {
        lines: Vec<(String, String)>,
        total: (String, String),
    },
    Bars(Vec<Bar>),
    /// Full hashes and other codes, line by line: a text, then its code.
    Codes(Vec<(String, String)>),
}

/// A thing with its state and what there is to say of it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) tone: Tone,
    /// One or two words: "Understood".
    pub(crate) mark: String,
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
}

/// A value of 0–1000 as a bar.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) tenths: i32,
    /// The value and its change in words.
    pub(crate) reading: String,
}

impl Page {
    pub(crate) fn new(language: Language, tone: Tone, subject: String) -> Page {
        Page { language, subject, tone, blocks: Vec::new(), foot: Vec::new() }
    }

    pub(crate) fn lead(&mut self, sentence: String) {
        self.blocks.push(Block::Lead(sentence));
    }

    pub(crate) fn paragraph(&mut self, sentences: String) {
        self.blocks.push(Block::Paragraph(sentences));
    }

    pub(crate) fn heading(&mut self, words: &str) {
        self.blocks.push(Block::Heading(words.to_owned()));
    }

    pub(crate) fn request(&mut self, sentence: String) {
        self.blocks.push(Block::Request(sentence));
    }

    /// A heading and its items; nothing at all when there are none.
    pub(crate) fn list(&mut self, heading: &str, items: Vec<Item>) {
        if !items.is_empty() {
            self.heading(heading);
            self.blocks.push(Block::Items(items));
        }
    }

    /// The first sentence, shown beside the subject in a mailbox.
    pub(crate) fn preview(&self) -> &str {
        self.blocks
            .iter()
            .find_map(|block| match block {
                Block::Lead(sentence) => Some(sentence.as_str()),
                _ => None,
            })
            .unwrap_or_default()
    }
}
