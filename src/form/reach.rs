//! Which entry rules can take a sentence at all, told by the words of their own grammars.
//!
//! Trying every form on every sentence is most of the cost of reading one. A sentence with a
//! word that no expression of a form matches cannot be of that form, nor can one without any
//! of the words that each of its readings has. Both follow from the grammars as written, so
//! nothing is declared twice and no form is left out that would have matched. Knows the
//! grammars' text and no vocabulary.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use pest_meta::ast::Expr;

use crate::form::rules::{Written, sequence};
use crate::lexicon::numbering::Numbering;

/// The words and names of marks that grammars match, each with a number.
type Lexemes = BTreeSet<u32>;

/// More demands than this of one rule are not kept: the smallest, and of these the rarest,
/// tell the most.
const DEMANDS_KEPT: usize = 8;

/// What every rule can match.
#[derive(Debug)]
pub(super) struct Reach {
    numbers: Numbering,
    gates: BTreeMap<String, Gate>,
}

/// What a rule can match.
#[derive(Clone, Debug, Default)]
struct Gate {
    /// It matches characters that its grammar does not spell out.
    anything: bool,
    /// Every word it may match.
    words: Lexemes,
    /// Of each of these, whatever it matches has at least one.
    demands: Vec<Lexemes>,
}

/// A set of lexemes as bits.
type Bits = Box<[u64]>;

/// What one rule can match, ready to be asked of many sentences.
#[derive(Debug)]
pub(super) struct Opening {
    /// `None` where it matches words that its grammar does not spell out.
    words: Option<Bits>,
    demands: Box<[Bits]>,
}

/// The lexemes of a sentence.
#[derive(Debug)]
pub(super) struct Sentence {
    lexemes: Bits,
    /// It has a word that no grammar has.
    strange: bool,
    /// The word that comes next at each byte; none within a word.
    next: Vec<Option<u32>>,
}

impl Opening {
    /// Whether the rule may take a sentence of these words.
    pub(super) fn may_take(&self, sentence: &Sentence) -> bool {
        let spelled = |words: &Bits| {
            let beyond = |(has, may): (&u64, &u64)| has & !may != 0;
            !sentence.strange && !sentence.lexemes.iter().zip(words).any(beyond)
        };
        let has = |demand: &Bits| {
            sentence.lexemes.iter().zip(demand).any(|(has, asked)| has & asked != 0)
        };
        self.demands.iter().all(has) && self.words.as_ref().is_none_or(spelled)
    }
}

impl Sentence {
    /// Whether what begins with these lexemes may stand at a byte.
    pub(super) fn may_begin(&self, beginning: Option<&[u64]>, at: usize) -> bool {
        let (Some(bits), Some(Some(next))) = (beginning, self.next.get(at)) else {
            return true;
        };
        let word = usize::try_from(next / 64).ok().and_then(|word| bits.get(word));
        word.is_some_and(|word| word & (1 << (next % 64)) != 0)
    }
}

impl Reach {
    /// Surveys all rules.
    pub(super) fn of(rules: &'static BTreeMap<String, Written>) -> Reach {
        let mut survey = Survey {
            common: frequencies(rules),
            rules,
            numbers: Numbering::default(),
            weights: Vec::new(),
            gates: BTreeMap::new(),
        };
        for name in rules.keys() {
            survey.rule(name);
        }
        Reach { numbers: survey.numbers, gates: survey.gates }
    }

    /// What a rule takes; everything, for one that no grammar has.
    pub(super) fn opening(&self, rule: &str) -> Opening {
        let Some(gate) = self.gates.get(rule) else {
            return Opening { words: None, demands: Box::default() };
        };
        Opening {
            words: (!gate.anything).then(|| self.bits(gate.words.iter().copied())),
            demands: gate.demands.iter().map(|d| self.bits(d.iter().copied())).collect(),
        }
    }

    /// The lexemes of a marked sentence.
    pub(super) fn sentence(&self, marked: &str) -> Sentence {
        let mut next = vec![None; marked.len() + 1];
        let mut known = Vec::new();
        let (mut from, mut strange) = (0, false);
        for (word, range) in words(marked) {
            let number = self.numbers.get(word);
            strange |= number.is_none();
            known.extend(number);
            // One that no grammar has is beyond the end, and in no set.
            let number = number.unwrap_or(self.end() + 1);
            next.get_mut(from..=range.start).unwrap_or_default().fill(Some(number));
            from = range.end;
        }
        next.get_mut(from..).unwrap_or_default().fill(Some(self.end()));
        Sentence { lexemes: self.bits(known.into_iter()), strange, next }
    }

    /// The number of a word of the grammars.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word)
    }

    /// The number that stands for the end of the text.
    pub(super) fn end(&self) -> u32 {
        u32::try_from(self.numbers.len()).unwrap_or(u32::MAX)
    }

    /// The lexemes that an expression can begin with.
    pub(super) fn beginning(&self, numbers: impl Iterator<Item = u32>) -> Bits {
        self.bits(numbers)
    }

    fn bits(&self, numbers: impl Iterator<Item = u32>) -> Bits {
        let mut bits = vec![0; self.numbers.len() / 64 + 1];
        for number in numbers {
            let word = usize::try_from(number / 64).unwrap_or(usize::MAX);
            if let Some(word) = bits.get_mut(word) {
                *word |= 1 << (number % 64);
            }
        }
        bits.into_boxed_slice()
    }
}

/// In how many places of the grammars each word stands.
fn frequencies(rules: &BTreeMap<String, Written>) -> BTreeMap<String, u32> {
    let mut count = BTreeMap::new();
    for rule in rules.values() {
        for part in rule.expr.iter_top_down() {
            if let Expr::Str(text) | Expr::Insens(text) = part {
                for word in lexemes(&text) {
                    *count.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
    }
    count
}

/// The words of a literal, and the parts of a mark.
pub(super) fn lexemes(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| c == '‹' || c == '›' || c.is_whitespace());
    parts.filter(|word| !word.is_empty())
}

/// The words of marked text with their places: of a mark, its name alone, and of the name of
/// a taught verb only that it is one: `‹v128 f--›` is `v`.
fn words(marked: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = marked.get(at..)?.trim_start();
        let from = marked.len() - rest.len();
        let (word, length) = match rest.strip_prefix('‹') {
            Some(inside) => {
                let (mark, _) = inside.split_once('›').unwrap_or((inside, ""));
                let name = mark.split(' ').next().unwrap_or_default();
                let ends = '‹'.len_utf8() + '›'.len_utf8();
                (name.trim_end_matches(|c: char| c.is_ascii_digit()), mark.len() + ends)
            }
            None => {
                let word = rest.split(' ').next().unwrap_or_default();
                (word, word.len())
            }
        };
        at = (from + length).min(marked.len());
        (!word.is_empty()).then_some((word, from..at))
    })
}

/// The grammars while they are being read.
struct Survey {
    rules: &'static BTreeMap<String, Written>,
    common: BTreeMap<String, u32>,
    numbers: Numbering,
    /// How common each numbered word is.
    weights: Vec<u32>,
    gates: BTreeMap<String, Gate>,
}

impl Survey {
    fn rule(&mut self, name: &str) -> Gate {
        if let Some(known) = self.gates.get(name) {
            return known.clone();
        }
        let Some(written) = self.rules.get(name) else { return built_in(name) };
        // A rule that leads back to itself may match anything as far as we can tell.
        self.gates.insert(name.to_owned(), Gate { anything: true, ..Gate::default() });
        let gate = self.expr(&written.expr);
        self.gates.insert(name.to_owned(), gate.clone());
        gate
    }

    fn expr(&mut self, expr: &Expr) -> Gate {
        match expr {
            Expr::Str(text) | Expr::Insens(text) => self.text(text),
            Expr::Ident(name) => self.rule(name),
            Expr::Seq(..) => self.sequence(expr),
            Expr::Choice(one, other) => {
                let gate = self.expr(one).or(self.expr(other));
                self.kept(gate)
            }
            Expr::Opt(inner) | Expr::Rep(inner) | Expr::RepMax(inner, _) => {
                Gate { demands: Vec::new(), ..self.expr(inner) }
            }
            Expr::RepOnce(inner) | Expr::NodeTag(inner, _) => self.expr(inner),
            Expr::RepExact(inner, least)
            | Expr::RepMin(inner, least)
            | Expr::RepMinMax(inner, least, _) => {
                let gate = self.expr(inner);
                let demands = if *least == 0 { Vec::new() } else { gate.demands };
                Gate { demands, ..gate }
            }
            Expr::PosPred(_) | Expr::NegPred(_) => Gate::default(),
            _ => Gate { anything: true, ..Gate::default() },
        }
    }

    /// One expression after another. A mark that is put together from several has a name
    /// and arguments; the arguments are not words of a sentence.
    fn sequence(&mut self, expr: &Expr) -> Gate {
        let mut gate = Gate::default();
        let mut inside = Inside::Sentence;
        for item in sequence(expr) {
            let text = if let Expr::Str(text) = item { text.as_str() } else { "" };
            inside = match inside {
                Inside::Sentence => {
                    gate = gate.then(self.expr(item));
                    gate = self.kept(gate);
                    Inside::after(text)
                }
                Inside::Name => {
                    gate = gate.then(self.expr(item));
                    gate = self.kept(gate);
                    Inside::Arguments
                }
                Inside::Arguments if text.contains('›') => Inside::Sentence,
                Inside::Arguments => Inside::Arguments,
            };
        }
        gate
    }

    fn text(&mut self, text: &str) -> Gate {
        let mut gate = Gate::default();
        for word in lexemes(text) {
            let number = self.numbers.number(word);
            if self.numbers.len() > self.weights.len() {
                self.weights.push(self.common.get(word).copied().unwrap_or_default());
            }
            gate.words.insert(number);
            // Inside a mark, what follows its name is an argument, not a word of the
            // sentence.
            if gate.demands.is_empty() || !text.contains('‹') {
                gate.demands.push(Lexemes::from([number]));
            }
        }
        self.kept(gate)
    }

    /// The demands that fewest sentences meet.
    fn kept(&self, mut gate: Gate) -> Gate {
        let weight = |number: &u32| {
            let index = usize::try_from(*number).unwrap_or(usize::MAX);
            self.weights.get(index).copied().unwrap_or_default()
        };
        let common = |demand: &Lexemes| demand.iter().map(weight).sum::<u32>();
        gate.demands.sort_by_cached_key(|demand| (demand.len(), common(demand)));
        let mut kept: Vec<Lexemes> = Vec::new();
        for demand in gate.demands {
            // What a smaller demand asks for already tells nothing more.
            let told = kept.iter().any(|smaller| smaller.is_subset(&demand));
            if !told && kept.len() < DEMANDS_KEPT {
                kept.push(demand);
            }
        }
        Gate { demands: kept, ..gate }
    }
}

/// Where the next expression of a sequence stands.
#[derive(Clone, Copy)]
enum Inside {
    Sentence,
    /// A mark was opened and its name is still to come.
    Name,
    Arguments,
}

impl Inside {
    fn after(text: &str) -> Inside {
        match text.rsplit_once('‹') {
            Some((_, rest)) if rest.contains('›') => Inside::Sentence,
            Some((_, "")) => Inside::Name,
            Some(_) => Inside::Arguments,
            None => Inside::Sentence,
        }
    }
}

/// The rules that every grammar has.
fn built_in(name: &str) -> Gate {
    // The two classes of characters stand in the arguments of marks alone.
    let spelled = matches!(name, "SOI" | "EOI" | "ASCII_DIGIT" | "ASCII_ALPHA");
    Gate { anything: !spelled, ..Gate::default() }
}

impl Gate {
    fn then(mut self, other: Gate) -> Gate {
        self.anything |= other.anything;
        self.words.extend(other.words);
        self.demands.extend(other.demands);
        self
    }

    fn or(mut self, other: Gate) -> Gate {
        self.anything |= other.anything;
        self.words.extend(other.words);
        let both = self
            .demands
            .iter()
            .flat_map(|one| other.demands.iter().map(move |another| one | another));
        self.demands = both.collect();
        self
    }
}
