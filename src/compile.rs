//! From rule files to a program: every sentence read, every choice made, every fault told.
//!
//! Never stops at the first fault: a bad rule is left out and reported, its neighbours
//! compile. Knows no disk: whoever calls has read the files.

use std::collections::BTreeMap;

use crate::calendar::{MonthCounting, Span};
use crate::compile::memory::{Memory, Outcome, Recall};
use crate::compile::precedence::Asked;
use crate::compile::versions::Misfit;
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::diagnostics::{Diagnostic, Place};
use crate::form::Context;
use crate::limits;
use crate::norm::{Condition, Exception, Guard, Norm};
use crate::program::{
    BrokenRule, Force, Mean, Program, Rule, RuleKind, Rulebook, Severity, Status,
};
use crate::rulebook::{Clauses, Draft, Words, segment};
use crate::text::{Language, key, language_of};
use crate::vocabulary::Vocabulary;

mod answer;
mod around;
pub(crate) mod called;
pub mod canonical;
mod difference;
mod encoding;
mod gives;
pub(crate) mod header;
pub(crate) mod labels;
pub mod meaning;
pub mod memory;
mod precedence;
mod readable;
mod refused;
mod repaired;
pub mod sentence;
mod suggest;
pub mod taught;
mod values;
mod versions;
mod wordings;
pub mod written;

pub use encoding::decoded;

/// One rule file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// As it is shown in messages: a path inside the network.
    pub file: String,
    /// The rulebook's id; files that share it are one rulebook.
    pub rulebook: String,
    pub text: String,
}

impl Source {
    /// A file whose rulebook is named by its folder under `rules/`, or by its own stem.
    pub fn new(file: &str, text: &str) -> Source {
        let mut parts: Vec<&str> = file.split(['/', '\\']).collect();
        let name = parts.pop().unwrap_or_default();
        let folder = parts.last().copied().filter(|_| {
            let under = parts.iter().rev().skip(1).any(|part| *part == "rules");
            under && parts.last() != Some(&"rules")
        });
        let stem = name.strip_suffix(".rules").unwrap_or(name);
        let rulebook = folder.unwrap_or(stem).to_lowercase();
        Source { file: file.to_owned(), rulebook, text: text.to_owned() }
    }
}

/// Compiles rule files into a program, its rulebooks in the order of their ids, and says
/// everything there is to say about them, in the order of files and lines.
pub fn compile(
    sources: &[Source],
    vocabulary: &Vocabulary,
) -> (Program, Vec<Diagnostic>) {
    compiled(sources, vocabulary, &mut None)
}

/// The same, where most was compiled before: only what changed since is read.
pub fn compile_again(
    sources: &[Source],
    vocabulary: &Vocabulary,
    memory: &mut Memory,
) -> (Program, Vec<Diagnostic>) {
    memory.keep(sources);
    compiled(sources, vocabulary, &mut Some(memory))
}

fn compiled(
    sources: &[Source],
    vocabulary: &Vocabulary,
    memory: &mut Option<&mut Memory>,
) -> (Program, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut books: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    for source in sources {
        books.entry(&source.rulebook).or_default().push(source);
    }
    let mut asked = Vec::new();
    let mut rulebooks = Vec::new();
    for (id, sources) in books {
        let mut reading =
            Reading { vocabulary, memory, asked: &mut asked, told: &mut diagnostics };
        rulebooks.push(reading.rulebook(id, &sources));
    }
    precedence::settle(&mut rulebooks, &asked, vocabulary, &mut diagnostics);
    rulebooks.iter_mut().for_each(versions::settle);
    rulebooks.iter_mut().for_each(answer::settle);
    diagnostics.sort_by(|a: &Diagnostic, b: &Diagnostic| {
        (&a.place.file, a.place.line, a.place.column, a.code).cmp(&(
            &b.place.file,
            b.place.line,
            b.place.column,
            b.code,
        ))
    });
    (Program { rulebooks }, diagnostics)
}

/// Everything that reading a rulebook takes and adds to.
struct Reading<'a, 'm> {
    vocabulary: &'a Vocabulary,
    memory: &'a mut Option<&'m mut Memory>,
    asked: &'a mut Vec<Asked>,
    told: &'a mut Vec<Diagnostic>,
}

impl Reading<'_, '_> {
    fn rulebook(&mut self, id: &str, sources: &[&Source]) -> Rulebook {
        let mut book = empty(id);
        let mut files = Vec::new();
        for source in sources {
            let memory = &mut *self.memory;
            let read = readable::readable(source, self.told, &mut |text| match memory {
                Some(memory) => memory.segment(&source.file, text),
                None => segment(text),
            });
            let Some((clauses, refused)) = read else { continue };
            book.broken.extend(refused.iter().map(|draft| broken(source, draft)));
            faults(source, &clauses, self.told);
            header::read(&mut book, source, &clauses, self.vocabulary, self.told);
            files.push((*source, clauses));
        }
        let top = format!("{:?}", Rulebook { broken: Vec::new(), ..book.clone() });
        let mut named: Vec<String> = Vec::new();
        let mut seen: BTreeMap<String, (String, u32)> = BTreeMap::new();
        for (source, clauses) in &files {
            let mut recall = self
                .memory
                .as_mut()
                .map(|memory| memory.recall(&source.file, &top, &clauses.rules));
            for (index, draft) in clauses.rules.iter().enumerate() {
                let read = self.rule(source, (index, draft), &book, &mut recall);
                let Some(Compiled { rule, gives_way_to, answer }) = read else {
                    book.broken.push(broken(source, draft));
                    continue;
                };
                if book.dimensions.is_empty() {
                    let place = place(source, &draft.sentence).at(&rule.dimension);
                    self.told.extend(name_dimension(&mut named, &rule.dimension, &place));
                }
                let repeated = seen.get(&key(&rule.id)).cloned();
                if let Some((file, line)) = &repeated
                    && let Err(fault) = versions::fits(&book.rules, &rule)
                {
                    let place = place(source, &draft.sentence).with_rule(&rule.id);
                    self.told.push(misfit(fault, &place, &rule.id, (file, *line)));
                    continue;
                }
                seen.insert(key(&rule.id), (rule.file.clone(), rule.line));
                self.asked.extend(gives_way_to.into_iter().map(|(other, place)| Asked {
                    book: id.to_owned(),
                    rule: rule.id.clone(),
                    in_force: rule.in_force,
                    other,
                    place,
                }));
                stand(&mut book.rules, rule, repeated.is_some());
                if let Some(answer) = answer {
                    let place = (answer.file.clone(), answer.line);
                    let before = seen.insert(key(&answer.id), place);
                    stand(&mut book.rules, *answer, before.is_some());
                }
            }
            if let (Some(memory), Some(recall)) = (self.memory.as_mut(), recall) {
                memory.put(&source.file, recall);
            }
        }
        if book.dimensions.is_empty() {
            book.dimensions = named;
        }
        spare(&mut book, self.vocabulary);
        if files.iter().all(|(_, clauses)| !header::names_language(clauses)) {
            let first = book.rules.first().map(|rule| rule.written_in);
            book.language = first.unwrap_or_default();
        }
        book
    }

    /// A rule as it was read before, else as it is read now.
    fn rule(
        &mut self,
        source: &Source,
        (index, draft): (usize, &Draft),
        book: &Rulebook,
        recall: &mut Option<Recall>,
    ) -> Option<Compiled> {
        let before = self.told.len();
        let known = recall.as_mut().and_then(|it| it.known(index, draft, before));
        if let Some(known) = known {
            self.told.extend(known.told);
            return known.rule;
        }
        let rule = rule(source, draft, book, self.vocabulary, self.told);
        if let Some(recall) = recall {
            let told = self.told.iter().skip(before).cloned().collect();
            recall.learn(draft, before, Outcome { rule: rule.clone(), told });
        }
        rule
    }
}

/// Takes in a dimension that only rules name, up to as many as an index can have.
fn name_dimension(
    named: &mut Vec<String>,
    name: &str,
    place: &Place,
) -> Option<Diagnostic> {
    if name == GENERAL || named.iter().any(|known| known == name) {
        return None;
    }
    if named.len() >= limits::DIMENSIONS_MAX {
        return Some(lines::line_fault(place, LineFault::TooManyDimensions));
    }
    named.push(name.to_owned());
    None
}

/// Puts a rule with the others; only one whose id is known is looked for among them.
fn stand(rules: &mut Vec<Rule>, rule: Rule, known: bool) {
    if known {
        versions::add(rules, rule);
    } else {
        rules.push(rule);
    }
}

/// Why a rule cannot stand beside the one of its id in a file, on a line.
fn misfit(
    fault: Misfit,
    place: &Place,
    id: &str,
    (file, line): (&str, u32),
) -> Diagnostic {
    match fault {
        Misfit::NoTime => lines::repeated_rule(place, id, file, line),
        Misfit::Both(day) => lines::versions_overlap(place, id, day),
    }
}

/// Rules that say of whom the rulebook does not speak narrow the scope of all others.
fn spare(book: &mut Rulebook, vocabulary: &Vocabulary) {
    let outside: Vec<Condition> = book
        .rules
        .iter()
        .filter_map(|rule| match &rule.norm {
            Norm::Outside { who } => Some(Condition::Not(Box::new(who.clone()))),
            _ => None,
        })
        .collect();
    if outside.is_empty() {
        return;
    }
    let asks = |rule: &&mut Rule| !matches!(rule.norm, Norm::Outside { .. });
    for rule in book.rules.iter_mut().filter(asks) {
        let mut all: Vec<Condition> = rule.applies_to.take().into_iter().collect();
        all.extend(outside.iter().cloned());
        let only = (all.len() == 1).then(|| all.remove(0));
        rule.applies_to = Some(only.unwrap_or(Condition::All(all)));
        rule.meaning = meaning::hash(rule, vocabulary);
    }
}

/// The dimension of rules that name none.
pub(crate) const GENERAL: &str = "General";

fn empty(id: &str) -> Rulebook {
    Rulebook {
        id: id.to_owned(),
        title: id.to_owned(),
        language: Language::English,
        in_force: None,
        months: MonthCounting::default(),
        fiscal_quarters: false,
        lag: Span::Days(15),
        lead: Span::Days(30),
        force: Force::default(),
        jurisdictions: Vec::new(),
        suspended: Vec::new(),
        status: Status::default(),
        dimensions: Vec::new(),
        dimension_weights: BTreeMap::new(),
        mean: Mean::default(),
        includes: Vec::new(),
        rules: Vec::new(),
        broken: Vec::new(),
    }
}

fn broken(source: &Source, draft: &Draft) -> BrokenRule {
    let line = draft.sentence.line;
    BrokenRule {
        id: draft.id.clone().unwrap_or_else(|| format!("line-{line}")),
        text: draft.sentence.text.clone(),
        file: source.file.clone(),
        line,
    }
}

/// The faults of lines that belong to no rule.
fn faults(source: &Source, clauses: &Clauses, diagnostics: &mut Vec<Diagnostic>) {
    for words in &clauses.stray {
        diagnostics.push(lines::line_fault(&place(source, words), LineFault::StrayLine));
    }
    for words in &clauses.words {
        let place = place(source, words);
        diagnostics.push(lines::line_fault(&place, LineFault::WordsInRulebook));
    }
    for (clause, nearest) in &clauses.unknown {
        let place = place(source, &clause.value).at(&clause.name);
        diagnostics.push(lines::unknown_label(&place, nearest));
    }
    for clause in &clauses.misplaced {
        let place = place(source, &clause.value).at(&clause.name);
        diagnostics.push(lines::line_fault(&place, LineFault::HeaderInsideRule));
    }
}

pub(crate) fn place(source: &Source, words: &Words) -> Place {
    Place::line(&source.file, words.line, &words.source)
}

fn rule(
    source: &Source,
    draft: &Draft,
    book: &Rulebook,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Compiled> {
    let context = Context { vocabulary, fiscal_quarters: book.fiscal_quarters };
    let mut place = place(source, &draft.sentence);
    place.rule.clone_from(&draft.id);
    let duty = labels::duty(draft);
    let (sentence, title) = match duty {
        Some(duty) => (duty, Some(draft.sentence.text.clone())),
        None => (&draft.sentence, None),
    };
    let at = Place { rule: place.rule.clone(), ..self::place(source, sentence) };
    if sentence.text.is_empty() {
        let name = draft.id.clone().unwrap_or_default();
        diagnostics.push(lines::line_fault(&at.at(&name), LineFault::EmptyValue));
        return None;
    }
    let read = sentence::read(&sentence.text, &at, &context, diagnostics);
    let whole = read.as_ref().map(|read| read.norm.clone());
    let said = whole.as_ref().map(|norm| crate::form::say(norm, vocabulary));
    let read = read.map(lifted);
    let norm = read.as_ref().map(|(read, _)| &read.norm);
    let around =
        labels::Around { source, book, norm, whole: whole.as_ref(), context: &context };
    let told = labels::read(draft, &around, diagnostics);
    let ((read, guards), told) = (read?, told?);
    let [english, arabic] = said?;
    let advice = read.advice.then_some(Severity::Low);
    let mut rule = Rule {
        id: draft.id.clone().unwrap_or_else(|| slug(&english)),
        title: title.filter(|title| !title.is_empty()),
        text: sentence.text.clone(),
        written_in: language_of(&sentence.text),
        english,
        arabic,
        file: source.file.clone(),
        line: draft.sentence.line,
        applies_to: guards
            .scope(told.applies_to)
            .or_else(|| of_networks(&read.norm, vocabulary)),
        jurisdictions: told.jurisdictions.unwrap_or_else(|| book.jurisdictions.clone()),
        theme: told.theme,
        suspended: [book.suspended.as_slice(), &told.suspended].concat(),
        confidence: told.confidence,
        counts_only_if: told.counts_only_if,
        exceptions: guards.exceptions(told.exceptions),
        in_force: told.in_force,
        gives_way_to: Vec::new(),
        answers: None,
        earlier: Vec::new(),
        also: told.also,
        review_by: told.review_by,
        grace: told.grace.unwrap_or(Span::Days(0)),
        weight: told.weight.unwrap_or(1),
        severity: told.severity.or(advice).unwrap_or_default(),
        dimension: told.dimension.unwrap_or_else(|| GENERAL.to_owned()),
        kind: told.kind.unwrap_or_else(|| kind_of(&read.norm)),
        status: told.status.unwrap_or_default(),
        source: told.source,
        remedy: told.remedy,
        examples: told.examples,
        meaning: String::new(),
        around: Vec::new(),
        norm: read.norm,
    };
    rule.meaning = meaning::hash(&rule, vocabulary);
    rule.around = around::said(&rule, vocabulary);
    let answer = told.if_not_met.map(|(norm, words)| {
        let answer = answer::to(&rule, norm, &words, vocabulary);
        rule.around.push(around::answered(&answer));
        Box::new(answer)
    });
    Some(Compiled { rule, gives_way_to: told.gives_way_to, answer })
}

/// A rule with what is settled once all others are read.
#[derive(Clone, Debug)]
struct Compiled {
    rule: Rule,
    /// Ids as written, each with where it stands.
    gives_way_to: Vec<(String, Place)>,
    /// The duty that answers its breach, a rule of its own.
    answer: Option<Box<Rule>>,
}

/// The conditions that a sentence itself names.
#[derive(Default)]
struct Guards {
    scope: Vec<Condition>,
    exceptions: Vec<Exception>,
}

/// Only who stands for a network is asked for a share of its members, unless it is said.
fn of_networks(norm: &Norm, vocabulary: &Vocabulary) -> Option<Condition> {
    let counts = matches!(norm, Norm::Members { .. });
    let types = ["alliance", "coalition", "network"];
    let types = types.iter().filter_map(|name| vocabulary.id(name));
    counts.then(|| Condition::Any(types.map(Condition::OfType).collect()))
}

/// The duty without its conditions, which are the rule's scope and exceptions.
fn lifted(mut duty: sentence::Duty) -> (sentence::Duty, Guards) {
    let mut guards = Guards::default();
    while let Norm::Guarded { norm, guard: guard @ (Guard::If | Guard::Unless), when } =
        duty.norm
    {
        if guard == Guard::If {
            guards.scope.push(when);
        } else {
            guards.exceptions.push(Exception::plain(when));
        }
        duty.norm = *norm;
    }
    (duty, guards)
}

impl Guards {
    fn scope(&self, told: Option<Condition>) -> Option<Condition> {
        let mut all: Vec<Condition> = told.into_iter().collect();
        all.extend(self.scope.iter().cloned());
        match all.len() {
            0 | 1 => all.pop(),
            _ => Some(Condition::All(all)),
        }
    }

    fn exceptions(&self, told: Vec<Exception>) -> Vec<Exception> {
        self.exceptions.iter().cloned().chain(told).collect()
    }
}

/// Unless it is said: what must be there at all times is a paper, the rest is practice.
fn kind_of(norm: &Norm) -> RuleKind {
    match norm {
        Norm::Standing { .. } => RuleKind::Paper,
        _ => RuleKind::Practice,
    }
}

/// The id of a bare sentence: its canonical English reading without its article.
fn slug(english: &str) -> String {
    let key = key(english);
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.skip_while(|word| *word == "the").collect::<Vec<_>>().join("-")
}
