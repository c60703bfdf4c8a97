//! What the grammars would take next after the beginning of a sentence.
//!
//! The grammars are followed as texts, every choice of theirs at once, because a parser that
//! stops at its first success does not know the rest. So nothing is declared twice, and a
//! word added to a grammar is offered. What is offered goes on with a reading that some form
//! has; whether the whole is a duty is seen when it is whole.

use std::collections::BTreeMap;

use pest_meta::ast::Expr;

use crate::form::grammar::Rule;
use crate::form::rules::RULES;

/// What may come next.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Next {
    /// Words of the grammar, folded: "at least".
    Words(&'static str),
    /// One mark: `‹organization›`.
    Mark(&'static str),
    /// Any mark that this rule of the grammar takes: `body`.
    MarkOf(&'static str),
    /// A part that the form reads as a sentence or a condition of its own, from this byte.
    Part { from: usize, tag: &'static str },
}

/// What may come next after marked text, by any of the entry rules, in the order of the
/// grammars. The text ends with a space unless it is empty.
pub fn next(marked: &str, entries: &[Rule]) -> Vec<Next> {
    let mut walk =
        Walk { text: marked, ends: BTreeMap::new(), next: Vec::new(), tag: "", quiet: 0 };
    for entry in entries {
        let name = format!("{entry:?}");
        if let Some((name, _)) = RULES.get_key_value(name.as_str()) {
            walk.rule(name, 0);
        }
    }
    walk.next
}

/// Whether a rule of the grammar takes exactly this mark: `body` takes `‹body 0›`.
pub fn takes(rule: &str, mark: &str) -> bool {
    let mut walk =
        Walk { text: mark, ends: BTreeMap::new(), next: Vec::new(), tag: "", quiet: 1 };
    let known = RULES.get_key_value(rule);
    known.is_some_and(|(name, _)| walk.rule(name, 0).contains(&mark.len()))
}

/// Following the grammars through one text. Ends are bytes of the text, in order.
struct Walk<'a> {
    text: &'a str,
    ends: BTreeMap<(&'static str, usize), Vec<usize>>,
    next: Vec<Next>,
    /// The tag of the part that is followed.
    tag: &'static str,
    /// Inside a look ahead nothing is asked for.
    quiet: u32,
}

impl Walk<'_> {
    /// Where a rule can end that begins at a byte.
    fn rule(&mut self, name: &'static str, from: usize) -> Vec<usize> {
        if let Some(known) = self.ends.get(&(name, from)).filter(|_| self.quiet == 0) {
            return known.clone();
        }
        let Some(expr) = RULES.get(name).map(|rule| &rule.expr) else {
            return self.built_in(name, from);
        };
        if from == self.text.len() && is_mark(expr) {
            self.want(Next::MarkOf(name));
            return Vec::new();
        }
        if self.quiet == 0 {
            // A rule that leads back to itself without a word in between ends nowhere new.
            self.ends.insert((name, from), Vec::new());
        }
        if is_open(expr) {
            self.want(Next::Part { from, tag: self.tag });
        }
        let ends = self.expr(expr, from);
        if self.quiet == 0 {
            self.ends.insert((name, from), ends.clone());
        }
        ends
    }

    fn want(&mut self, next: Next) {
        if self.quiet == 0 && !self.next.contains(&next) {
            self.next.push(next);
        }
    }

    fn built_in(&mut self, name: &str, from: usize) -> Vec<usize> {
        let next = self.text.get(from..).and_then(|rest| rest.chars().next());
        let taken = match (name, next) {
            ("SOI", _) if from == 0 => return vec![0],
            ("EOI", None) => return vec![from],
            ("ANY", Some(character)) => Some(character),
            ("ASCII_DIGIT", Some(character)) => {
                Some(character).filter(char::is_ascii_digit)
            }
            ("ASCII_ALPHA", Some(character)) => {
                Some(character).filter(char::is_ascii_alphabetic)
            }
            _ => None,
        };
        taken.map(|character| from + character.len_utf8()).into_iter().collect()
    }

    fn expr(&mut self, expr: &'static Expr, from: usize) -> Vec<usize> {
        match expr {
            Expr::Str(text) | Expr::Insens(text) => self.literal(text, from),
            Expr::Ident(name) => self.rule(name, from),
            Expr::NodeTag(inner, tag) => {
                let before = std::mem::replace(&mut self.tag, tag);
                let ends = self.expr(inner, from);
                self.tag = before;
                ends
            }
            Expr::Seq(one, other) => {
                let middle = self.expr(one, from);
                let ends = middle.into_iter().flat_map(|at| self.expr(other, at));
                sorted(ends.collect())
            }
            Expr::Choice(one, other) => {
                let mut ends = self.expr(one, from);
                ends.extend(self.expr(other, from));
                sorted(ends)
            }
            Expr::Opt(inner) => {
                let mut ends = self.expr(inner, from);
                ends.push(from);
                sorted(ends)
            }
            Expr::Rep(inner) => self.repeated(inner, vec![from]),
            Expr::RepOnce(inner) | Expr::RepMin(inner, _) | Expr::RepExact(inner, _) => {
                let first = self.expr(inner, from);
                self.repeated(inner, first)
            }
            Expr::RepMax(inner, _) | Expr::RepMinMax(inner, ..) => {
                self.repeated(inner, vec![from])
            }
            Expr::PosPred(inner) if from == self.text.len() => {
                // What has to follow is what to write.
                self.expr(inner, from);
                Vec::new()
            }
            Expr::PosPred(inner) => self.looked(inner, from, true),
            Expr::NegPred(inner) => self.looked(inner, from, false),
            _ => Vec::new(),
        }
    }

    fn literal(&mut self, text: &'static str, from: usize) -> Vec<usize> {
        let rest = self.text.get(from..).unwrap_or_default();
        if rest.starts_with(text) {
            return vec![from + text.len()];
        }
        if let Some(left) = text.strip_prefix(rest) {
            let left = left.trim();
            if left.starts_with('‹') && left.ends_with('›') {
                self.want(Next::Mark(left));
            } else if left.contains(char::is_alphabetic) && !left.contains('‹') {
                self.want(Next::Words(left));
            }
        }
        Vec::new()
    }

    fn repeated(&mut self, inner: &'static Expr, first: Vec<usize>) -> Vec<usize> {
        let mut ends = first.clone();
        let mut open = first;
        while let Some(at) = open.pop() {
            for end in self.expr(inner, at) {
                if !ends.contains(&end) {
                    ends.push(end);
                    open.push(end);
                }
            }
        }
        sorted(ends)
    }

    fn looked(&mut self, inner: &'static Expr, from: usize, found: bool) -> Vec<usize> {
        self.quiet += 1;
        let ends = self.expr(inner, from);
        self.quiet -= 1;
        if ends.is_empty() == found { Vec::new() } else { vec![from] }
    }
}

fn sorted(mut ends: Vec<usize>) -> Vec<usize> {
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// A rule that takes one mark of several: `"‹body " ~ id ~ "›"`.
fn is_mark(expr: &Expr) -> bool {
    match expr {
        Expr::Seq(one, _) => is_mark(one),
        Expr::Str(text) => text.starts_with('‹') && !text.contains('›'),
        _ => false,
    }
}

/// A rule that takes whatever comes: `ANY+`, `(!" , " ~ ANY)+`.
fn is_open(expr: &Expr) -> bool {
    match expr {
        Expr::RepOnce(inner) | Expr::Rep(inner) => is_open(inner),
        Expr::Seq(one, other) => matches!(**one, Expr::NegPred(_)) && is_open(other),
        Expr::Ident(name) => name == "ANY",
        _ => false,
    }
}
