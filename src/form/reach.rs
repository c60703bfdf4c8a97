//! Which entry rules can take a sentence at all, told by the words of their own grammars.
//!
//! Trying every form on every sentence is most of the cost of reading one. A sentence with a
//! word that no expression of a form matches cannot be of that form, nor can one without any
//! of the words that each of its readings has. Both follow from the grammars as written, so
//! nothing is declared twice and no form is left out that would have matched. Knows the
//! grammars' text and no vocabulary.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use pest_meta::ast::Expr;
use pest_meta::parser;

/// The words and names of marks that grammars match, each with a number.
type Lexemes = BTreeSet<u16>;

/// More demands than this of one rule are not kept: the smallest ones tell the most.
const DEMANDS_KEPT: usize = 6;

/// What every entry rule can match.
#[derive(Debug)]
pub(super) struct Reach {
    numbers: BTreeMap<String, u16>,
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

impl Reach {
    /// Reads the grammars, joined into one text.
    pub(super) fn of(grammar: &str) -> Reach {
        let pairs = parser::parse(parser::Rule::grammar_rules, grammar);
        let pairs = pairs.expect("invariant: the parser was built from these grammars");
        let rules = parser::consume_rules(pairs).expect("invariant: as above");
        let rules = rules.into_iter().map(|rule| (rule.name, rule.expr)).collect();
        let mut survey =
            Survey { rules, numbers: BTreeMap::new(), gates: BTreeMap::new() };
        let names: Vec<String> = survey.rules.keys().cloned().collect();
        for name in names {
            survey.rule(&name);
        }
        Reach { numbers: survey.numbers, gates: survey.gates }
    }

    /// The words of a marked sentence; `None` in the place of those no grammar has.
    pub(super) fn lexemes(&self, marked: &str) -> Vec<Option<u16>> {
        words(marked).map(|word| self.numbers.get(word).copied()).collect()
    }

    /// Whether the rule may take a sentence of these words.
    pub(super) fn may_take(&self, rule: &str, sentence: &[Option<u16>]) -> bool {
        let Some(gate) = self.gates.get(rule) else { return true };
        let has = |words: &Lexemes| {
            sentence.iter().flatten().any(|lexeme| words.contains(lexeme))
        };
        let spelled = |lexeme: &Option<u16>| {
            lexeme.is_some_and(|lexeme| gate.words.contains(&lexeme))
        };
        gate.demands.iter().all(has) && (gate.anything || sentence.iter().all(spelled))
    }
}

/// The words of marked text: of a mark, its name alone, and of the name of a taught verb
/// only that it is one: `‹v128 f--›` is `v`.
fn words(marked: &str) -> impl Iterator<Item = &str> {
    let mut rest = marked;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (word, after) = match rest.strip_prefix('‹') {
            Some(inside) => {
                let (mark, after) = inside.split_once('›').unwrap_or((inside, ""));
                let name = mark.split(' ').next().unwrap_or_default();
                (name.trim_end_matches(|c: char| c.is_ascii_digit()), after)
            }
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

/// The grammars while they are being read.
struct Survey {
    rules: BTreeMap<String, Expr>,
    numbers: BTreeMap<String, u16>,
    gates: BTreeMap<String, Gate>,
}

impl Survey {
    fn rule(&mut self, name: &str) -> Gate {
        if let Some(known) = self.gates.get(name) {
            return known.clone();
        }
        let Some(expr) = self.rules.get(name).cloned() else { return built_in(name) };
        // A rule that leads back to itself may match anything as far as we can tell.
        self.gates.insert(name.to_owned(), Gate { anything: true, ..Gate::default() });
        let gate = self.expr(&expr);
        self.gates.insert(name.to_owned(), gate.clone());
        gate
    }

    fn expr(&mut self, expr: &Expr) -> Gate {
        match expr {
            Expr::Str(text) | Expr::Insens(text) => self.text(text),
            Expr::Ident(name) => self.rule(name),
            Expr::Seq(..) => self.sequence(expr),
            Expr::Choice(one, other) => self.expr(one).or(self.expr(other)),
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
        for item in flat(expr) {
            let text = if let Expr::Str(text) = item { text.as_str() } else { "" };
            inside = match inside {
                Inside::Sentence => {
                    gate = gate.then(self.expr(item));
                    Inside::after(text)
                }
                Inside::Name => {
                    gate = gate.then(self.expr(item));
                    Inside::Arguments
                }
                Inside::Arguments if text.contains('›') => Inside::Sentence,
                Inside::Arguments => Inside::Arguments,
            };
        }
        gate
    }

    fn text(&mut self, text: &str) -> Gate {
        let mut words = Lexemes::new();
        for word in text.split(|c: char| c == '‹' || c == '›' || c.is_whitespace()) {
            if !word.is_empty() {
                let next = u16::try_from(self.numbers.len()).unwrap_or(u16::MAX);
                let number = *self.numbers.entry(word.to_owned()).or_insert(next);
                words.insert(number);
            }
        }
        // Inside a mark, what follows its name is an argument, not a word of the sentence.
        let first = text.split(['‹', '›', ' ']).find(|word| !word.is_empty());
        let first = first.and_then(|word| self.numbers.get(word)).copied();
        let demands = first.into_iter().map(|word| Lexemes::from([word])).collect();
        Gate { anything: false, words, demands }
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

/// The expressions of a sequence, in order.
fn flat(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Seq(one, other) => [flat(one), flat(other)].concat(),
        other => vec![other],
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
        self.kept()
    }

    fn or(mut self, other: Gate) -> Gate {
        self.anything |= other.anything;
        self.words.extend(other.words);
        let both = self
            .demands
            .iter()
            .flat_map(|one| other.demands.iter().map(move |another| one | another));
        self.demands = both.collect();
        self.kept()
    }

    fn kept(mut self) -> Gate {
        self.demands.sort_by_key(Lexemes::len);
        self.demands.dedup();
        self.demands.truncate(DEMANDS_KEPT);
        self
    }
}
