//! A rule file as labelled clauses, line by line, so that one bad line never hides another.
//!
//! Knows lines and labels, not what any value means: `compile` reads the values.

use pest::Parser as _;

use crate::lexicon::slip::Letters;
use crate::text::fold;

mod grammar {
    /// Lines and labels; see the grammar file.
    #[derive(pest_derive::Parser, Debug)]
    #[grammar = "../grammar/rulebook.pest"]
    pub(super) struct Lines;
}
use crate::rulebook::grammar::{Lines, Rule};

/// What a label speaks of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Label {
    Rulebook,
    Language,
    InForce,
    Months,
    Quarters,
    LateEvidence,
    Lead,
    Force,
    Dimension,
    AppliesTo,
    Grace,
    Weight,
    Severity,
    Kind,
    Status,
    Source,
    Remedy,
    /// One index over several rulebooks.
    Includes,
    /// How the index puts its dimensions together.
    Index,
    ExceptWhen,
    /// An exception to the exception above it.
    ButNotWhen,
    GivesWayTo,
    /// The duty in the other language.
    Also,
    ReviewBy,
    /// What has to be so of an event for it to count as evidence.
    CountsOnlyIf,
    /// A duty whose time begins when this one is found not met.
    IfNotMet,
    /// Where the rule is law: of a rulebook, or of one rule.
    Jurisdiction,
    Theme,
    /// How sure it is that the source says so.
    Confidence,
    /// Days on which the clock stands still: of a rulebook, or of one rule.
    Suspended,
    Duty,
    /// A worked example, run as a test.
    Example,
    /// Part of the language, and not acted on yet.
    Later,
}

/// A choice for the whole rulebook, written as a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    FiscalQuarters,
    CalendarQuarters,
    MonthsByDate,
    MonthsToMonthEnd,
}

/// Words and where they stand: a sentence may run over several lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    pub text: String,
    /// From 1: the line they begin on.
    pub line: u32,
    /// That line, whole.
    pub source: String,
}

/// One labelled clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clause {
    pub label: Label,
    /// The label as the author wrote it.
    pub name: String,
    pub value: Words,
}

/// A rule as written: its sentence or title, and its clauses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    pub id: Option<String>,
    pub sentence: Words,
    pub clauses: Vec<Clause>,
}

/// A whole file, in pieces.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Clauses {
    /// Labels above the first rule, or without indentation.
    pub header: Vec<Clause>,
    pub choices: Vec<Choice>,
    pub rules: Vec<Draft>,
    /// Indented lines that continue nothing.
    pub stray: Vec<Words>,
    /// Labels that nobody knows, each with the nearest known one.
    pub unknown: Vec<(Clause, String)>,
    /// `Words` headings; the lines below them are skipped.
    pub words: Vec<Words>,
    /// Labels of the whole rulebook that stand, indented, inside a rule.
    pub misplaced: Vec<Clause>,
}

impl Draft {
    /// The lines on which its sentence and its clauses begin.
    fn lines(&self) -> impl Iterator<Item = u32> {
        let clauses = self.clauses.iter().map(|clause| clause.value.line);
        std::iter::once(self.sentence.line).chain(clauses)
    }
}

impl Label {
    /// Whether the label speaks of the whole rulebook only.
    pub fn is_of_rulebook(self) -> bool {
        use Label::{Force, Includes, Index, Language, LateEvidence, Lead, Months};
        use Label::{Quarters, Rulebook};
        matches!(
            self,
            Rulebook
                | Language
                | Months
                | Quarters
                | LateEvidence
                | Lead
                | Force
                | Includes
                | Index
        )
    }
}

/// Takes a file apart. `#` begins a comment.
pub fn segment(text: &str) -> Clauses {
    segment_by(text, &mut line)
}

/// Takes a file apart, its lines read by `read`: it is asked once for each, in order, and is
/// given the line without its comment and its indentation.
pub(crate) fn segment_by(text: &str, read: &mut dyn FnMut(&str) -> Line) -> Clauses {
    let mut clauses = Clauses::default();
    let mut inside_words = false;
    for (index, source) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let content = without_comment(source);
        let words = Words {
            text: content.trim().to_owned(),
            line,
            source: source.trim_end().to_owned(),
        };
        let indented = content.starts_with(char::is_whitespace);
        let line = read(&words.text);
        if words.text.is_empty() {
            continue;
        }
        if line == Line::Words {
            clauses.words.push(words);
            inside_words = true;
            continue;
        }
        inside_words &= indented;
        if !inside_words {
            clauses.take(line, words, indented);
        }
    }
    clauses
}

impl Clauses {
    /// Takes out what stands on these lines, or goes on there: labels of the top, and rules
    /// with all that is theirs, which are given back.
    pub(crate) fn without(&mut self, lines: &[u32]) -> Vec<Draft> {
        if lines.is_empty() {
            return Vec::new();
        }
        let mut begun: Vec<u32> = self.header.iter().map(|it| it.value.line).collect();
        begun.extend(self.rules.iter().flat_map(Draft::lines));
        begun.sort_unstable();
        let begins = |line: &u32| begun.iter().rfind(|begun| *begun <= line).copied();
        let hit: Vec<u32> = lines.iter().filter_map(begins).collect();
        self.header.retain(|clause| !hit.contains(&clause.value.line));
        self.unknown.retain(|(clause, _)| !lines.contains(&clause.value.line));
        for words in [&mut self.stray, &mut self.words] {
            words.retain(|words| !lines.contains(&words.line));
        }
        let is_hit = |draft: &Draft| draft.lines().any(|line| hit.contains(&line));
        let (broken, whole) = self.rules.drain(..).partition(is_hit);
        self.rules = whole;
        broken
    }

    fn take(&mut self, line: Line, words: Words, indented: bool) {
        match line {
            Line::Rule { id, value } => {
                let sentence = Words { text: value, ..words };
                self.rules.push(Draft { id: Some(id), sentence, clauses: Vec::new() });
            }
            Line::Choice(choice) => self.choices.push(choice),
            Line::Label { label, name, value } => {
                let value = Words { text: value, ..words };
                self.take_clause(Clause { label, name, value }, indented);
            }
            Line::Words | Line::Text => self.take_text(words, indented),
        }
    }

    fn take_clause(&mut self, clause: Clause, indented: bool) {
        match self.rules.last_mut() {
            Some(_) if clause.label.is_of_rulebook() && indented => {
                self.misplaced.push(clause);
            }
            Some(rule) if indented => rule.clauses.push(clause),
            _ => self.header.push(clause),
        }
    }

    fn take_text(&mut self, words: Words, indented: bool) {
        if let Some((name, nearest)) = unknown_label(&words.text) {
            let value = Words { text: name.clone(), ..words };
            self.unknown.push((Clause { label: Label::Later, name, value }, nearest));
            return;
        }
        if !indented {
            self.rules.push(Draft { id: None, sentence: words, clauses: Vec::new() });
            return;
        }
        let open = match self.rules.last_mut() {
            Some(rule) => match rule.clauses.last_mut() {
                Some(clause) => Some(&mut clause.value),
                None => Some(&mut rule.sentence),
            },
            None => self.header.last_mut().map(|clause| &mut clause.value),
        };
        match open {
            Some(open) => {
                if !open.text.is_empty() {
                    open.text.push(' ');
                }
                open.text.push_str(&words.text);
            }
            None => self.stray.push(words),
        }
    }
}

/// What one line says, whatever stands around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Line {
    /// `Words`: what follows teaches the vocabulary.
    Words,
    Rule {
        id: String,
        value: String,
    },
    Choice(Choice),
    Label {
        label: Label,
        name: String,
        value: String,
    },
    Text,
}

/// Reads a line without its comment and its indentation.
pub(crate) fn line(text: &str) -> Line {
    if text.is_empty() {
        return Line::Text;
    }
    if matches(Rule::words_line, text) {
        return Line::Words;
    }
    if let Some((id, value)) = rule_line(text) {
        return Line::Rule { id, value };
    }
    if let Some(choice) = choice(text) {
        return Line::Choice(choice);
    }
    match label_line(text) {
        Some((label, name, value)) => Line::Label { label, name, value },
        None => Line::Text,
    }
}

/// A `#` that begins a word begins a comment; inside a word (C#) it is a letter.
pub(crate) fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (index, character) in line.char_indices() {
        if character == '#' && before.is_whitespace() {
            return line.get(..index).unwrap_or_default();
        }
        before = character;
    }
    line
}

fn matches(rule: Rule, text: &str) -> bool {
    Lines::parse(rule, &fold(text).key).is_ok()
}

/// The tagged parts of a line, as the author wrote them.
fn parts(rule: Rule, text: &str) -> Option<Vec<(String, String, Rule)>> {
    let folded = fold(text);
    let line = Lines::parse(rule, &folded.key).ok()?.next()?;
    let tagged = line.into_inner().filter_map(|pair| {
        let tag = pair.as_node_tag()?.to_owned();
        let range = folded.source_range(pair.as_span().start(), pair.as_span().end());
        let words = text.get(range).unwrap_or_default().trim().to_owned();
        let rule = pair.as_rule();
        let inner = pair.into_inner().next().map_or(rule, |inner| inner.as_rule());
        Some((tag, words, inner))
    });
    Some(tagged.collect())
}

fn rule_line(text: &str) -> Option<(String, String)> {
    let mut parts = parts(Rule::rule_line, text)?.into_iter();
    let (id, value) = (parts.next()?, parts.next()?);
    Some((id.1, value.1))
}

fn label_line(text: &str) -> Option<(Label, String, String)> {
    let mut parts = parts(Rule::label_line, text)?.into_iter();
    let (label, value) = (parts.next()?, parts.next()?);
    Some((meaning(label.2), label.1, value.1))
}

fn meaning(rule: Rule) -> Label {
    match rule {
        Rule::rulebook => Label::Rulebook,
        Rule::language => Label::Language,
        Rule::in_force => Label::InForce,
        Rule::months => Label::Months,
        Rule::quarters => Label::Quarters,
        Rule::late_evidence => Label::LateEvidence,
        Rule::lead => Label::Lead,
        Rule::force => Label::Force,
        Rule::dimension => Label::Dimension,
        Rule::applies_to => Label::AppliesTo,
        Rule::grace => Label::Grace,
        Rule::weight => Label::Weight,
        Rule::severity => Label::Severity,
        Rule::rule_kind => Label::Kind,
        Rule::status => Label::Status,
        Rule::source => Label::Source,
        Rule::remedy => Label::Remedy,
        Rule::includes => Label::Includes,
        Rule::index => Label::Index,
        Rule::except_when => Label::ExceptWhen,
        Rule::but_not_when => Label::ButNotWhen,
        Rule::gives_way_to => Label::GivesWayTo,
        Rule::also => Label::Also,
        Rule::review_by => Label::ReviewBy,
        Rule::jurisdiction => Label::Jurisdiction,
        Rule::theme => Label::Theme,
        Rule::confidence => Label::Confidence,
        Rule::suspended => Label::Suspended,
        Rule::if_not_met => Label::IfNotMet,
        Rule::counts_only_if => Label::CountsOnlyIf,
        Rule::duty => Label::Duty,
        Rule::example => Label::Example,
        _ => Label::Later,
    }
}

fn choice(text: &str) -> Option<Choice> {
    let table = [
        (Rule::fiscal_line, Choice::FiscalQuarters),
        (Rule::calendar_line, Choice::CalendarQuarters),
        (Rule::by_date_line, Choice::MonthsByDate),
        (Rule::month_end_line, Choice::MonthsToMonthEnd),
    ];
    table.into_iter().find(|(rule, _)| matches(*rule, text)).map(|(_, choice)| choice)
}

/// The labels that a slip of the pen is compared with.
const LABELS: [&str; 38] = [
    "Rule",
    "Rulebook",
    "Language",
    "In force",
    "Months",
    "Evidence may arrive",
    "Force",
    "Dimension",
    "Applies to",
    "Grace",
    "Weight",
    "Severity",
    "Kind",
    "Status",
    "Source",
    "Remedy",
    "Except when",
    "Counts only if",
    "If not met",
    "Duty",
    "Example",
    "مجموعة القواعد",
    "اللغة",
    "القاعدة",
    "المحور",
    "تسري على",
    "مهلة السماح",
    "الوزن",
    "درجة الخطورة",
    "المصدر",
    "السند",
    "الإجراء التصحيحي",
    "يُستثنى من ذلك",
    "لا يُحتسب إلا إذا",
    "عند عدم الاستيفاء",
    "الواجب",
    "الحالة",
    "النوع",
];

/// A short beginning before a colon that is nearly a label, with the nearest one.
fn unknown_label(text: &str) -> Option<(String, String)> {
    let (head, _) = text.split_once(':')?;
    let wanted = Letters::of(&crate::text::key(head.trim()));
    let first = head.split_whitespace().next().unwrap_or_default();
    let first = Letters::of(&crate::text::key(first));
    let near = |label: &&'static str| {
        let folded = crate::text::key(label);
        let letters = Letters::of(&folded);
        let most = letters.budget().min(wanted.budget());
        let rule = matches!(folded.as_str(), "rule" | "القاعده");
        let begins = rule.then(|| first.cost(&letters, most)).flatten();
        let cost = letters.cost(&wanted, most).into_iter().chain(begins).min()?;
        Some((cost, *label))
    };
    let (_, nearest) = LABELS.iter().filter_map(near).min()?;
    let meant = if matches!(nearest, "Rule" | "القاعدة") {
        head.split_whitespace().next().unwrap_or_default()
    } else {
        head.trim()
    };
    Some((meant.to_owned(), nearest.to_owned()))
}
