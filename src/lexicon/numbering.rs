//! Words, and a number for each: asked for many times a sentence.

use std::hash::{BuildHasherDefault, DefaultHasher};

/// Words and their numbers, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    #[expect(
        clippy::disallowed_types,
        reason = "looked up and never walked: no order can leak out"
    )]
    numbers: std::collections::HashMap<Box<str>, u32, BuildHasherDefault<DefaultHasher>>,
}

impl Numbering {
    /// The number of a word that was given one.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The number of a word, a new one where it has none.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.get(word) {
            return number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), next);
        next
    }

    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}
