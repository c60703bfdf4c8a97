//! What the expressions of the grammars can begin with: words and bytes.

use std::collections::{BTreeMap, BTreeSet};

use pest_meta::ast::Expr;

use crate::form::reach::{Reach, lexemes};
use crate::form::rules::{RULES, sequence};

/// What an expression can begin with.
#[derive(Debug)]
pub(super) struct Beginning {
    /// Lexemes, as bits; `None` where any may come, or none.
    pub(super) words: Option<Box<[u64]>>,
    /// Bytes, as bits; `None` where it may take nothing at all.
    bytes: Option<[u64; 4]>,
}

/// The beginning of an expression while it is looked for.
#[derive(Clone)]
struct First {
    /// `None` is any word.
    words: Option<BTreeSet<u32>>,
    /// It may take no word, so a word of what comes after it can be the first.
    wordless: bool,
    bytes: [u64; 4],
    /// It may take nothing, so a byte of what comes after it can be the first.
    nothing: bool,
}

/// The beginnings of all rules, found as they are asked for.
pub(super) struct Beginnings<'r> {
    reach: &'r Reach,
    known: BTreeMap<&'static str, First>,
}

impl Beginning {
    /// Whether it may begin with this byte; `None` is the end of the text.
    pub(super) fn has(&self, byte: Option<u8>) -> bool {
        let (Some(bytes), Some(byte)) = (self.bytes, byte) else { return true };
        let word = bytes.get(usize::from(byte / 64));
        word.is_some_and(|word| word & (1 << (byte % 64)) != 0)
    }
}

impl<'r> Beginnings<'r> {
    /// None is known yet; `reach` numbers the words.
    pub(super) fn of(reach: &'r Reach) -> Beginnings<'r> {
        Beginnings { reach, known: BTreeMap::new() }
    }

    /// What an expression can begin with.
    pub(super) fn beginning(&mut self, expr: &'static Expr) -> Beginning {
        let first = self.first(expr);
        let words = first.words.filter(|_| !first.wordless);
        Beginning {
            words: words.map(|words| self.reach.beginning(words.into_iter())),
            bytes: (!first.nothing).then_some(first.bytes),
        }
    }

    fn first(&mut self, expr: &'static Expr) -> First {
        match expr {
            Expr::Str(text) => self.literal(text),
            Expr::Ident(name) => self.rule(name),
            Expr::Seq(..) => {
                let mut first = First::nothing();
                for item in sequence(expr) {
                    first = first.then(self.first(item));
                }
                first
            }
            Expr::Choice(one, other) => self.first(one).or(self.first(other)),
            Expr::Opt(inner) | Expr::Rep(inner) => {
                First { wordless: true, nothing: true, ..self.first(inner) }
            }
            Expr::RepOnce(inner) | Expr::NodeTag(inner, _) => self.first(inner),
            Expr::PosPred(_) | Expr::NegPred(_) => First::nothing(),
            _ => First::anything(),
        }
    }

    fn literal(&self, text: &str) -> First {
        let Some(byte) = text.bytes().next() else { return First::nothing() };
        let word = lexemes(text).next();
        First {
            words: match word {
                Some(word) => self.reach.number(word).map(|word| BTreeSet::from([word])),
                None => Some(BTreeSet::new()),
            },
            wordless: word.is_none(),
            bytes: bits_of([byte]),
            nothing: false,
        }
    }

    fn rule(&mut self, name: &'static str) -> First {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let first = match (name, RULES.get(name)) {
            ("SOI", None) => First::nothing(),
            ("EOI", None) => {
                let words = Some(BTreeSet::from([self.reach.end()]));
                // No byte at all begins the end.
                First { words, wordless: false, ..First::nothing() }
            }
            ("ASCII_DIGIT", None) => {
                First { bytes: bits_of(b'0'..=b'9'), ..First::anything() }
            }
            (_, None) => First::anything(),
            (name, Some(written)) => {
                // A rule that leads back to itself may begin with anything.
                self.known.insert(name, First::anything());
                self.first(&written.expr)
            }
        };
        self.known.insert(name, first.clone());
        first
    }
}

fn bits_of(bytes: impl IntoIterator<Item = u8>) -> [u64; 4] {
    let mut bits = [0; 4];
    for byte in bytes {
        if let Some(word) = bits.get_mut(usize::from(byte / 64)) {
            *word |= 1 << (byte % 64);
        }
    }
    bits
}

impl First {
    fn nothing() -> First {
        let words = Some(BTreeSet::new());
        First { words, wordless: true, bytes: [0; 4], nothing: true }
    }

    fn anything() -> First {
        First { words: None, wordless: false, bytes: [u64::MAX; 4], nothing: false }
    }

    fn or(self, other: First) -> First {
        First {
            wordless: self.wordless || other.wordless,
            nothing: self.nothing || other.nothing,
            ..self.joined(other)
        }
    }

    fn then(self, other: First) -> First {
        let own = self.clone();
        let (wordless, nothing) = (other.wordless, other.nothing);
        let both = self.joined(other);
        First {
            words: if own.wordless { both.words } else { own.words },
            bytes: if own.nothing { both.bytes } else { own.bytes },
            wordless: own.wordless && wordless,
            nothing: own.nothing && nothing,
        }
    }

    fn joined(mut self, other: First) -> First {
        self.words = match (self.words, other.words) {
            (Some(one), Some(other)) => Some(&one | &other),
            _ => None,
        };
        for (own, other) in self.bytes.iter_mut().zip(other.bytes) {
            *own |= other;
        }
        self
    }
}
