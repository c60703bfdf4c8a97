//! The rules of the grammars, laid out for reading many sentences.
//!
//! pest's own parser tries what is written in the order in which it is written: of twenty
//! ways to begin a duty it tries twenty. Here each choice knows the words that it can begin
//! with, and what cannot begin with the next word is passed over. The reading is pest's in
//! everything else: ordered choices, greedy repetition, the same pairs with the same tags.
//! A test reads every sentence both ways.

use std::collections::BTreeMap;

use pest_meta::ast::{Expr, RuleType};

use crate::form::beginning::{Beginning, Beginnings};
use crate::form::grammar::Rule;
use crate::form::reach::{Reach, Sentence};
use crate::form::rules::{RULES, Written, choices, sequence};
use crate::form::tree::{Token, Tree};
use crate::limits::PARSE_CALLS_MAX;

/// All rules, by their numbers.
#[derive(Debug)]
pub(super) struct Steps {
    rules: Vec<Laid>,
    numbers: BTreeMap<Rule, usize>,
}

/// A rule as it is read.
#[derive(Debug)]
struct Laid {
    kind: RuleType,
    step: Step,
}

/// One expression of a grammar.
#[derive(Debug)]
enum Step {
    Text(Box<str>),
    Rule(usize),
    All(Box<[Step]>),
    /// The first of these that can be read.
    One(Box<[(Beginning, Step)]>),
    Maybe(Beginning, Box<Step>),
    Many {
        beginning: Beginning,
        step: Box<Step>,
        least: u32,
    },
    /// What must, or must not, come next; it is not taken.
    Look {
        found: bool,
        beginning: Beginning,
        step: Box<Step>,
    },
    Tag(&'static str, Box<Step>),
    Character(fn(&char) -> bool),
    Start,
    End,
}

impl Steps {
    /// Lays out all rules; `reach` numbers their words.
    pub(super) fn of(reach: &Reach) -> Steps {
        let names: Vec<&'static str> = RULES.keys().map(String::as_str).collect();
        let by_name: BTreeMap<&str, usize> =
            names.iter().enumerate().map(|(number, name)| (*name, number)).collect();
        let mut plan = Plan { by_name, beginnings: Beginnings::of(reach) };
        let laid = |written: &'static Written| Laid {
            kind: written.kind,
            step: plan.step(&written.expr),
        };
        let rules = RULES.values().map(laid).collect();
        let entry =
            |rule: &Rule| Some((*rule, *plan.by_name.get(&*format!("{rule:?}"))?));
        let numbers = Rule::all_rules().iter().filter_map(entry).collect();
        Steps { rules, numbers }
    }

    /// Reads text by a rule; `None` where the rule does not take it.
    pub(super) fn read<'s>(
        &self,
        rule: Rule,
        text: &'s str,
        words: &Sentence,
    ) -> Option<Tree<'s>> {
        let mut reading = self.reading(text, words);
        reading.rule(*self.numbers.get(&rule)?, 0)?;
        Some(Tree::new(text, reading.tokens))
    }

    /// How many steps it takes to read text by a rule, or to see that the rule does not
    /// take it: at most [`PARSE_CALLS_MAX`].
    pub(super) fn effort(&self, rule: Rule, text: &str, words: &Sentence) -> usize {
        let mut reading = self.reading(text, words);
        let _ = self.numbers.get(&rule).and_then(|rule| reading.rule(*rule, 0));
        PARSE_CALLS_MAX - reading.left
    }

    fn reading<'a>(&'a self, text: &'a str, words: &'a Sentence) -> Reading<'a> {
        Reading {
            steps: self,
            text,
            words,
            tokens: Vec::new(),
            last: None,
            quiet: 0,
            left: PARSE_CALLS_MAX,
        }
    }
}

/// What laying out takes.
struct Plan<'r> {
    by_name: BTreeMap<&'static str, usize>,
    beginnings: Beginnings<'r>,
}

impl Plan<'_> {
    fn step(&mut self, expr: &'static Expr) -> Step {
        // Said when the program starts to read, not when a sentence needs the expression.
        self.known(expr).expect("invariant: the grammars have no other expressions")
    }

    fn known(&mut self, expr: &'static Expr) -> Option<Step> {
        Some(match expr {
            Expr::Str(text) => Step::Text(text.as_str().into()),
            Expr::Ident(name) => self.named(name)?,
            Expr::Seq(..) => {
                let all = sequence(expr).into_iter().map(|expr| self.step(expr));
                Step::All(all.collect())
            }
            Expr::Choice(..) => {
                let one = choices(expr).into_iter();
                Step::One(
                    one.map(|one| (self.beginnings.beginning(one), self.step(one)))
                        .collect(),
                )
            }
            Expr::Opt(inner) => {
                Step::Maybe(self.beginnings.beginning(inner), Box::new(self.step(inner)))
            }
            Expr::Rep(inner) => self.many(inner, 0),
            Expr::RepOnce(inner) => self.many(inner, 1),
            Expr::PosPred(inner) => self.look(inner, true),
            Expr::NegPred(inner) => self.look(inner, false),
            Expr::NodeTag(inner, tag) => Step::Tag(tag, Box::new(self.step(inner))),
            _ => return None,
        })
    }

    fn many(&mut self, inner: &'static Expr, least: u32) -> Step {
        let beginning = self.beginnings.beginning(inner);
        Step::Many { beginning, step: Box::new(self.step(inner)), least }
    }

    fn look(&mut self, inner: &'static Expr, found: bool) -> Step {
        let beginning = self.beginnings.beginning(inner);
        Step::Look { found, beginning, step: Box::new(self.step(inner)) }
    }

    fn named(&self, name: &str) -> Option<Step> {
        Some(match (name, self.by_name.get(name)) {
            (_, Some(number)) => Step::Rule(*number),
            ("SOI", None) => Step::Start,
            ("EOI", None) => Step::End,
            ("ANY", None) => Step::Character(|_| true),
            ("ASCII_DIGIT", None) => Step::Character(char::is_ascii_digit),
            ("ASCII_ALPHA", None) => Step::Character(char::is_ascii_alphabetic),
            _ => return None,
        })
    }
}

/// One reading of one text.
struct Reading<'a> {
    steps: &'a Steps,
    text: &'a str,
    words: &'a Sentence,
    tokens: Vec<Token>,
    /// The last whole token among its siblings.
    last: Option<usize>,
    /// Above 0, no tokens are made: inside a mark, or looking ahead.
    quiet: u32,
    /// Steps that may still be taken.
    left: usize,
}

impl<'a> Reading<'a> {
    /// Where an expression ends that begins at a byte; what fails leaves no tokens.
    fn step(&mut self, step: &'a Step, at: usize) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        match step {
            Step::Text(text) => {
                let rest = self.text.as_bytes().get(at..)?;
                // Most differ in their first byte, which costs less to look at than a call.
                let begun = rest.first() == text.as_bytes().first();
                (begun && rest.starts_with(text.as_bytes())).then(|| at + text.len())
            }
            Step::Rule(number) => self.rule(*number, at),
            Step::All(steps) => self.all(steps, at),
            Step::One(steps) => steps.iter().find_map(|(beginning, step)| {
                if self.may_begin(beginning, at) { self.step(step, at) } else { None }
            }),
            Step::Maybe(beginning, step) => {
                let begun = self.may_begin(beginning, at);
                let end = if begun { self.step(step, at) } else { None };
                end.or((self.left > 0).then_some(at))
            }
            Step::Many { beginning, step, least } => {
                self.many((beginning, step), *least, at)
            }
            Step::Look { found, beginning, step } => {
                let comes = self.may_begin(beginning, at) && self.looked(step, at);
                (comes == *found && self.left > 0).then_some(at)
            }
            Step::Tag(tag, step) => {
                let end = self.step(step, at)?;
                self.tag(tag);
                Some(end)
            }
            Step::Character(class) => {
                let next = self.text.get(at..)?.chars().next()?;
                class(&next).then(|| at + next.len_utf8())
            }
            Step::Start => (at == 0).then_some(at),
            Step::End => (at == self.text.len()).then_some(at),
        }
    }

    fn looked(&mut self, step: &'a Step, at: usize) -> bool {
        self.quiet += 1;
        let end = self.step(step, at);
        self.quiet -= 1;
        end.is_some()
    }

    fn may_begin(&self, beginning: &Beginning, at: usize) -> bool {
        beginning.has(self.text.as_bytes().get(at).copied())
            && self.words.may_begin(beginning.words.as_deref(), at)
    }

    fn all(&mut self, steps: &'a [Step], from: usize) -> Option<usize> {
        let (tokens, last) = (self.tokens.len(), self.last);
        let mut at = from;
        for step in steps {
            let Some(end) = self.step(step, at) else {
                self.tokens.truncate(tokens);
                self.last = last;
                return None;
            };
            at = end;
        }
        Some(at)
    }

    fn many(
        &mut self,
        (beginning, step): (&'a Beginning, &'a Step),
        least: u32,
        from: usize,
    ) -> Option<usize> {
        let (tokens, last) = (self.tokens.len(), self.last);
        let (mut at, mut times) = (from, 0);
        while self.may_begin(beginning, at)
            && let Some(end) = self.step(step, at)
        {
            times += 1;
            if end == at {
                break;
            }
            at = end;
        }
        if times >= least && self.left > 0 {
            return Some(at);
        }
        self.tokens.truncate(tokens);
        self.last = last;
        None
    }

    fn rule(&mut self, number: usize, at: usize) -> Option<usize> {
        let laid = self.steps.rules.get(number)?;
        if self.quiet > 0 || laid.kind == RuleType::Silent {
            return self.step(&laid.step, at);
        }
        let (own, before) = (self.tokens.len(), self.last.take());
        self.tokens.push(Token { tag: None, from: at, to: at, after: own + 1 });
        let atomic = u32::from(laid.kind == RuleType::Atomic);
        self.quiet += atomic;
        let end = self.step(&laid.step, at);
        self.quiet -= atomic;
        if let Some(end) = end {
            let after = self.tokens.len();
            if let Some(token) = self.tokens.get_mut(own) {
                *token = Token { to: end, after, ..*token };
            }
            self.last = Some(own);
        } else {
            self.tokens.truncate(own);
            self.last = before;
        }
        end
    }

    /// As pest does: the tag is of the last token that is whole.
    fn tag(&mut self, tag: &'static str) {
        let last = self.last.filter(|_| self.quiet == 0);
        if let Some(token) = last.and_then(|last| self.tokens.get_mut(last)) {
            token.tag = Some(tag);
        }
    }
}
