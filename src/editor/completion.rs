//! What can be written next where somebody writes: a label, a value of a short list, or the
//! next phrase of a sentence that some form takes.

use std::ops::Range;

use crate::compile::Source;
use crate::compile::called::names;
use crate::compile::header;
use crate::compile::labels;
use crate::editor::Desk;
use crate::editor::passage::Passage;
use crate::editor::phrases::{Phrase, duties, phrases};
use crate::editor::sheet::{Position, Sheet};
use crate::form;
use crate::form::Rule;
use crate::limits;
use crate::rulebook::{Label, Line, line, without_comment};
use crate::text::{Language, key, language_of};

/// What a completion is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    Label,
    Value,
    Phrase,
    /// A whole sentence of a form.
    Sentence,
}

/// One thing that can be written next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    pub sort: Sort,
    pub text: String,
    /// The same in the other language; may be empty.
    pub other: String,
    /// The bytes of the file that it stands in place of.
    pub range: Range<usize>,
}

/// What can be written at a position, the likeliest first; at most
/// [`limits::COMPLETIONS_MAX`].
pub fn completions(
    desk: &Desk,
    file: &str,
    sheet: &Sheet,
    position: Position,
) -> Vec<Completion> {
    let offset = sheet.offset(position);
    let line = usize::try_from(position.line).unwrap_or(usize::MAX);
    let before = sheet.text().get(sheet.span(line).start..offset).unwrap_or_default();
    if without_comment(before).len() < before.len() {
        return Vec::new();
    }
    let here = Here::at(desk, file, sheet, (line, offset));
    let mut all = here.completions();
    all.truncate(limits::COMPLETIONS_MAX);
    all
}

/// Where something is being written.
struct Here<'a> {
    desk: &'a Desk,
    file: &'a str,
    offset: usize,
    /// The clause up to the place, as the compiler joins its lines.
    head: String,
    /// The line up to the place, without its indentation.
    begun: String,
    /// The line begins with white space.
    indented: bool,
    /// The language of the file, where the clause does not tell.
    language: Language,
}

impl<'a> Here<'a> {
    fn at(
        desk: &'a Desk,
        file: &'a str,
        sheet: &Sheet,
        (line, offset): (usize, usize),
    ) -> Here<'a> {
        let passage = Passage::around(sheet, line);
        let before = sheet.text().get(sheet.span(line).start..offset);
        let begun = before.unwrap_or_default();
        let mut head = passage.text.get(..passage.inside(offset)).unwrap_or_default();
        let before = sheet.text().get(..offset).unwrap_or_default();
        let spaced = before.ends_with([' ', '\t']) && !head.is_empty();
        head = head.trim_end();
        Here {
            desk,
            file,
            offset,
            head: format!("{head}{}", if spaced { " " } else { "" }),
            begun: begun.trim_start().to_owned(),
            indented: begun.starts_with([' ', '\t']),
            language: language_of(sheet.text()),
        }
    }

    fn completions(&self) -> Vec<Completion> {
        match line(self.head.trim_end()) {
            Line::Rule { value, .. } => {
                let mut all = self.rule_labels_below();
                all.extend(self.sentence(&self.typed(&value)));
                all
            }
            Line::Label { label, value, name } => {
                let mut all = self.rule_labels_below();
                all.extend(self.value(label, &self.typed(&value), language_of(&name)));
                all
            }
            Line::Words | Line::Choice(_) => Vec::new(),
            Line::Text if self.indented => {
                let mut all = self.labels(&RULE_LABELS);
                if !self.head.is_empty() {
                    all.extend(self.sentence(&self.head));
                }
                all
            }
            Line::Text => {
                let mut all = self.labels(&HEADER_LABELS);
                all.extend(self.sentence(&self.head));
                all
            }
        }
    }

    /// On an indented line below a clause a label may begin as well as go on the clause.
    fn rule_labels_below(&self) -> Vec<Completion> {
        let below = self.indented && !self.begun.contains(':');
        if below { self.labels(&RULE_LABELS) } else { Vec::new() }
    }

    /// A value with the space that was typed after it.
    fn typed(&self, value: &str) -> String {
        let space = self.head.ends_with(' ') && !value.is_empty();
        format!("{value}{}", if space { " " } else { "" })
    }

    fn language_in(&self, typed: &str) -> Language {
        let lettered = typed.chars().any(char::is_alphabetic);
        language_of(if lettered { typed } else { return self.language })
    }

    fn sentence(&self, typed: &str) -> Vec<Completion> {
        let language = self.language_in(typed);
        let found = duties(typed, language, &self.desk.vocabulary);
        let mut all = self.completed(found);
        if typed.is_empty() {
            let examples = form::FORMS.iter().filter_map(|form| form.examples.first());
            all.extend(examples.map(|[english, arabic]| {
                let [text, other] = match language {
                    Language::English => [english, arabic],
                    Language::Arabic => [arabic, english],
                };
                self.instead_of("", Sort::Sentence, text, other)
            }));
        }
        all
    }

    fn by_rules(
        &self,
        typed: &str,
        language: Language,
        entries: &[Rule],
    ) -> Vec<Completion> {
        self.completed(phrases(typed, language, entries, &self.desk.vocabulary))
    }

    fn completed(&self, found: Vec<Phrase>) -> Vec<Completion> {
        let completion = |Phrase { text, other, instead }| Completion {
            sort: Sort::Phrase,
            text,
            other,
            range: self.offset.saturating_sub(instead)..self.offset,
        };
        found.into_iter().map(completion).collect()
    }

    fn instead_of(&self, begun: &str, sort: Sort, text: &str, other: &str) -> Completion {
        let range = self.offset.saturating_sub(begun.len())..self.offset;
        Completion { sort, text: text.to_owned(), other: other.to_owned(), range }
    }

    /// Labels that begin as the line does, in the language of the file.
    fn labels(&self, labels: &[Label]) -> Vec<Completion> {
        let begun = self.begun.as_str();
        let language = self.language_in(begun);
        let names = labels.iter().filter_map(|label| names(*label));
        let rule = [["Rule", "القاعدة"]].into_iter().filter(|_| !self.indented);
        rule.chain(names)
            .filter_map(|[english, arabic]| {
                let [name, other] = match language {
                    Language::English => [english, arabic],
                    Language::Arabic => [arabic, english],
                };
                let end =
                    if matches!(name, "Rule" | "القاعدة") { " " } else { ": " };
                let text = format!("{name}{end}");
                key(name)
                    .starts_with(&key(begun))
                    .then(|| self.instead_of(begun, Sort::Label, &text, other))
            })
            .collect()
    }

    /// What can stand after a label.
    fn value(&self, label: Label, typed: &str, named: Language) -> Vec<Completion> {
        let lettered = typed.chars().any(char::is_alphabetic);
        let language = if lettered { language_of(typed) } else { named };
        let by = |rules: [Rule; 2]| {
            let [english, arabic] = rules;
            let rule = match language {
                Language::English => english,
                Language::Arabic => arabic,
            };
            self.by_rules(typed, language, &[rule])
        };
        let listed =
            |tables: Vec<&'static [&'static str]>| self.listed(typed, language, &tables);
        match label {
            Label::Duty | Label::Also => self.sentence(typed),
            Label::AppliesTo | Label::ButNotWhen => {
                by([Rule::condition_en, Rule::condition_ar])
            }
            Label::ExceptWhen => match typed.rsplit_once([';', '؛']) {
                None => by([Rule::condition_en, Rule::condition_ar]),
                Some((_, then)) => {
                    let typed = self.typed(then.trim());
                    let rule = match language {
                        Language::English => Rule::instead_en,
                        Language::Arabic => Rule::instead_ar,
                    };
                    self.by_rules(&typed, language, &[rule])
                }
            },
            Label::Grace | Label::Lead | Label::LateEvidence => {
                by([Rule::duration_en, Rule::duration_ar])
            }
            Label::InForce | Label::Suspended => by([Rule::window_en, Rule::window_ar]),
            Label::ReviewBy => by([Rule::first_day_en, Rule::first_day_ar]),
            Label::Severity => listed(words(&labels::SEVERITIES)),
            Label::Kind => listed(words(&labels::KINDS)),
            Label::Status => listed(words(&header::STATUSES)),
            Label::Force => listed(words(&header::FORCES)),
            Label::Months => listed(words(&header::MONTHS)),
            Label::Quarters => listed(words(&header::QUARTERS)),
            Label::Language => listed(vec![&["English", "العربية"]]),
            Label::Dimension => self.dimensions(typed),
            Label::GivesWayTo => self.ids(typed),
            _ => Vec::new(),
        }
    }

    /// The words of a short list in one language, those that a file is written in first.
    fn listed(
        &self,
        typed: &str,
        language: Language,
        lists: &[&'static [&'static str]],
    ) -> Vec<Completion> {
        let of = |list: &&'static [&'static str], language| {
            list.iter().copied().find(|word| language_of(word) == language)
        };
        let pairs = lists.iter().filter_map(|list| {
            Some((of(list, language)?, of(list, language.other()).unwrap_or_default()))
        });
        pairs
            .filter(|(word, _)| key(word).starts_with(&key(typed.trim())))
            .map(|(word, other)| self.instead_of(typed, Sort::Value, word, other))
            .collect()
    }

    fn dimensions(&self, typed: &str) -> Vec<Completion> {
        let id = Source::new(self.file, "").rulebook;
        let book = self.desk.program.rulebooks.iter().find(|book| book.id == id);
        let names = book.into_iter().flat_map(|book| &book.dimensions);
        names
            .filter(|name| key(name).starts_with(&key(typed.trim())))
            .map(|name| self.instead_of(typed, Sort::Value, name, ""))
            .collect()
    }

    /// Ids of rules: of the own rulebook as they are, of others with the rulebook's.
    fn ids(&self, typed: &str) -> Vec<Completion> {
        let own = Source::new(self.file, "").rulebook;
        let begun = typed.rsplit([',', '،', ' ']).next().unwrap_or_default();
        let ids = self.desk.rules().map(|found| {
            let id = &found.rule.id;
            let whole = format!("{}/{id}", found.book.id);
            let written = if found.book.id == own { id.clone() } else { whole };
            (written, found.rule)
        });
        ids.filter(|(id, _)| key(id).starts_with(&key(begun)))
            .map(|(id, rule)| {
                let said = match self.language {
                    Language::English => &rule.english,
                    Language::Arabic => &rule.arabic,
                };
                self.instead_of(begun, Sort::Value, &id, said)
            })
            .collect()
    }
}

fn words<T>(table: &[(&'static [&'static str], T)]) -> Vec<&'static [&'static str]> {
    table.iter().map(|(words, _)| *words).collect()
}

const HEADER_LABELS: [Label; 14] = [
    Label::Jurisdiction,
    Label::Suspended,
    Label::Rulebook,
    Label::Language,
    Label::InForce,
    Label::Force,
    Label::Status,
    Label::Dimension,
    Label::Months,
    Label::Quarters,
    Label::LateEvidence,
    Label::Lead,
    Label::Includes,
    Label::Index,
];

const RULE_LABELS: [Label; 18] = [
    Label::Jurisdiction,
    Label::Confidence,
    Label::Suspended,
    Label::Dimension,
    Label::AppliesTo,
    Label::ExceptWhen,
    Label::ButNotWhen,
    Label::Grace,
    Label::Weight,
    Label::Severity,
    Label::Kind,
    Label::Source,
    Label::Remedy,
    Label::InForce,
    Label::GivesWayTo,
    Label::Also,
    Label::ReviewBy,
    Label::Status,
];
