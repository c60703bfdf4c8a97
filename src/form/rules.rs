//! The rules of the grammars as data, as the build script read them from the same text that
//! pest compiles: reading it anew would be half of the time that a command takes to start.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pest_meta::ast::{Expr, RuleType};

/// One rule of the grammars.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) kind: RuleType,
    pub(super) expr: Expr,
}

/// All rules by their names.
pub(super) static RULES: LazyLock<BTreeMap<String, Written>> = LazyLock::new(|| {
    let mut left = Left(include_bytes!(concat!(env!("OUT_DIR"), "/grammar.rules")));
    std::iter::from_fn(|| left.rule()).collect()
});

/// What is left to read of the rules as `build.rs` writes them: each its name, its kind and
/// its expression; each expression a letter and what it is made of; texts after their length
/// in two bytes, numbers in four, the lowest first.
struct Left(&'static [u8]);

/// What the build script wrote is whole.
const WHOLE: &str = "invariant: the build script writes whole rules";

impl Left {
    /// `None` after the last one.
    fn rule(&mut self) -> Option<(String, Written)> {
        if self.0.is_empty() {
            return None;
        }
        let name = self.text();
        let kind = match self.byte() {
            b's' => RuleType::Silent,
            b'a' => RuleType::Atomic,
            b'c' => RuleType::CompoundAtomic,
            b'!' => RuleType::NonAtomic,
            _ => RuleType::Normal,
        };
        Some((name, Written { kind, expr: self.expr() }))
    }

    fn expr(&mut self) -> Expr {
        match self.byte() {
            b'"' => Expr::Str(self.text()),
            b'^' => Expr::Insens(self.text()),
            b'.' => Expr::Range(self.text(), self.text()),
            b'i' => Expr::Ident(self.text()),
            b'&' => Expr::PosPred(Box::new(self.expr())),
            b'!' => Expr::NegPred(Box::new(self.expr())),
            b'~' => Expr::Seq(Box::new(self.expr()), Box::new(self.expr())),
            b'|' => Expr::Choice(Box::new(self.expr()), Box::new(self.expr())),
            b'?' => Expr::Opt(Box::new(self.expr())),
            b'*' => Expr::Rep(Box::new(self.expr())),
            b'+' => Expr::RepOnce(Box::new(self.expr())),
            b'=' => Expr::RepExact(Box::new(self.expr()), self.number()),
            b'>' => Expr::RepMin(Box::new(self.expr()), self.number()),
            b'<' => Expr::RepMax(Box::new(self.expr()), self.number()),
            b'-' => Expr::RepMinMax(Box::new(self.expr()), self.number(), self.number()),
            b'#' => Expr::NodeTag(Box::new(self.expr()), self.text()),
            other => unreachable!("{WHOLE}: {other}"),
        }
    }

    fn byte(&mut self) -> u8 {
        let (first, left) = self.0.split_first().expect(WHOLE);
        self.0 = left;
        *first
    }

    fn number(&mut self) -> u32 {
        u32::from_le_bytes(*self.array())
    }

    fn text(&mut self) -> String {
        let length = usize::from(u16::from_le_bytes(*self.array()));
        let (text, left) = self.0.split_at_checked(length).expect(WHOLE);
        self.0 = left;
        String::from_utf8(text.to_vec()).expect(WHOLE)
    }

    fn array<const N: usize>(&mut self) -> &'static [u8; N] {
        let (array, left) = self.0.split_first_chunk().expect(WHOLE);
        self.0 = left;
        array
    }
}

/// The tags that the rules give.
pub(super) static TAGS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let parts = RULES.values().flat_map(|rule| rule.expr.iter_top_down());
    let tag = |part| if let Expr::NodeTag(_, tag) = part { Some(tag) } else { None };
    parts.filter_map(tag).map(|tag| &*tag.leak()).collect()
});

/// The expressions of a sequence, in order.
pub(super) fn sequence(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Seq(one, other) => [sequence(one), sequence(other)].concat(),
        other => vec![other],
    }
}

/// The expressions of a choice, in order.
pub(super) fn choices(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Choice(one, other) => [choices(one), choices(other)].concat(),
        other => vec![other],
    }
}
