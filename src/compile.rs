//! From rule files to a program: every sentence read, every choice made, every fault told.
//!
//! Never stops at the first fault: a bad rule is left out and reported, its neighbours
//! compile. Knows no disk: whoever calls has read the files.

use std::collections::BTreeMap;

use crate::calendar::{MonthCounting, Span};
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::diagnostics::{Diagnostic, Place};
use crate::form::Context;
use crate::program::{Force, Program, Rule, RuleKind, Rulebook, Severity, Status};
use crate::rulebook::{Choice, Clauses, Draft, Words, segment};
use crate::text::{Language, is_direction_mark, key, language_of};
use crate::vocabulary::Vocabulary;

pub mod meaning;
pub mod sentence;

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
    let mut diagnostics = Vec::new();
    let mut books: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    for source in sources {
        books.entry(&source.rulebook).or_default().push(source);
    }
    let rulebooks = books
        .into_iter()
        .map(|(id, sources)| rulebook(id, &sources, vocabulary, &mut diagnostics))
        .collect();
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

fn rulebook(
    id: &str,
    sources: &[&Source],
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Rulebook {
    let mut book = empty(id);
    let mut files = Vec::new();
    for source in sources {
        let Some(clauses) = readable(source, diagnostics) else { continue };
        faults(source, &clauses, diagnostics);
        for choice in &clauses.choices {
            choose(&mut book, *choice);
        }
        files.push((*source, clauses));
    }
    let mut seen: BTreeMap<String, (String, u32)> = BTreeMap::new();
    for (source, clauses) in &files {
        for draft in &clauses.rules {
            let context = Context { vocabulary, fiscal_quarters: book.fiscal_quarters };
            let compiled = rule(source, draft, &context, diagnostics);
            let Some(rule) = compiled else { continue };
            match seen.get(&key(&rule.id)) {
                Some((file, line)) => {
                    let place = place(source, &draft.sentence).with_rule(&rule.id);
                    diagnostics.push(lines::repeated_rule(&place, &rule.id, file, *line));
                }
                None => {
                    seen.insert(key(&rule.id), (rule.file.clone(), rule.line));
                    book.rules.push(rule);
                }
            }
        }
    }
    if let Some(first) = book.rules.first() {
        book.language = first.written_in;
    }
    book
}

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
        status: Status::default(),
        dimensions: Vec::new(),
        rules: Vec::new(),
    }
}

/// The file in pieces, unless it is too large or hides its direction.
fn readable(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Clauses> {
    let whole = Place { file: source.file.clone(), ..Place::default() };
    let most = crate::limits::RULE_FILE_BYTES_MAX;
    if u64::try_from(source.text.len()).is_ok_and(|bytes| bytes > most) {
        diagnostics.push(lines::file_too_large(&whole, most));
        return None;
    }
    let hidden = |(_, line): &(usize, &str)| line.contains(is_direction_mark);
    for (index, line) in source.text.lines().enumerate().filter(hidden) {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let place = Place::line(&source.file, number, line);
        diagnostics.push(lines::line_fault(&place, LineFault::DirectionControls));
    }
    let visible: Vec<&str> = source
        .text
        .lines()
        .map(|line| if line.contains(is_direction_mark) { "" } else { line })
        .collect();
    Some(segment(&visible.join("\n")))
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

fn choose(book: &mut Rulebook, choice: Choice) {
    match choice {
        Choice::FiscalQuarters => book.fiscal_quarters = true,
        Choice::CalendarQuarters => book.fiscal_quarters = false,
        Choice::MonthsByDate => book.months = MonthCounting::ByDate,
        Choice::MonthsToMonthEnd => book.months = MonthCounting::ToMonthEnd,
    }
}

pub(crate) fn place(source: &Source, words: &Words) -> Place {
    Place::line(&source.file, words.line, &words.source)
}

fn rule(
    source: &Source,
    draft: &Draft,
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Rule> {
    let mut place = place(source, &draft.sentence);
    place.rule.clone_from(&draft.id);
    let norm = sentence::read(&draft.sentence.text, &place, context, diagnostics)?;
    let [english, arabic] = crate::form::say(&norm, context.vocabulary);
    let id = draft.id.clone().unwrap_or_else(|| slug(&english));
    let mut rule = Rule {
        id,
        title: None,
        text: draft.sentence.text.clone(),
        written_in: language_of(&draft.sentence.text),
        english,
        arabic,
        file: source.file.clone(),
        line: draft.sentence.line,
        norm,
        applies_to: None,
        exceptions: Vec::new(),
        grace: Span::Days(0),
        weight: 1,
        severity: Severity::default(),
        dimension: "General".to_owned(),
        kind: RuleKind::default(),
        status: Status::default(),
        source: None,
        remedy: None,
        meaning: String::new(),
    };
    rule.meaning = meaning::hash(&rule, context.vocabulary);
    Some(rule)
}

/// The id of a bare sentence: its canonical English reading without its article.
fn slug(english: &str) -> String {
    let key = key(english);
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.skip_while(|word| *word == "the").collect::<Vec<_>>().join("-")
}
