//! A folded line as numbers, words and marks: what the recognisers of dates and numbers
//! read.

/// One token of a folded line, with its bytes in the key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token<'k> {
    pub(super) what: What<'k>,
    pub(super) from: usize,
    pub(super) to: usize,
    /// White space stands before it.
    pub(super) spaced: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What<'k> {
    /// A run of digits: its value (at most `u32::MAX`) and how many digits it has.
    Number(u32, usize),
    Word(&'k str),
    Mark(char),
}

impl<'k> Token<'k> {
    pub(super) fn word(&self) -> Option<&'k str> {
        match self.what {
            What::Word(word) => Some(word),
            What::Number(..) | What::Mark(_) => None,
        }
    }

    /// The number, when it has at most `digits` digits.
    pub(super) fn number(&self, digits: usize) -> Option<u32> {
        match self.what {
            What::Number(value, length) if length <= digits => Some(value),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.what == What::Mark(mark)
    }
}

/// The tokens of a folded line, in order. Linear in its length.
pub(super) fn tokens(key: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut spaced = true;
    let mut characters = key.char_indices().peekable();
    while let Some((from, character)) = characters.next() {
        if character.is_whitespace() {
            spaced = true;
            continue;
        }
        let class = Class::of(character);
        let mut to = from + character.len_utf8();
        let joins = |next: char| class != Class::Mark && Class::of(next) == class;
        while let Some((at, next)) = characters.next_if(|(_, next)| joins(*next)) {
            to = at + next.len_utf8();
        }
        let text = key.get(from..to).unwrap_or_default();
        let what = match class {
            Class::Digit => What::Number(text.parse().unwrap_or(u32::MAX), text.len()),
            Class::Letter => What::Word(text),
            Class::Mark => What::Mark(character),
        };
        tokens.push(Token { what, from, to, spaced });
        spaced = false;
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    Mark,
}

impl Class {
    fn of(character: char) -> Class {
        match character {
            '0'..='9' => Class::Digit,
            '\'' => Class::Mark,
            _ if character.is_alphabetic() => Class::Letter,
            _ => Class::Mark,
        }
    }
}
