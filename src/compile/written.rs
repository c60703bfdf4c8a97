//! A rule file in its canonical words, in its own language or in the other one.
//!
//! Line by line: comments, empty lines and whatever is not understood stay as they are. A
//! clause is put in other words only where reading those gives the same again.

use crate::compile::called::{chosen, date, in_force, names};
use crate::compile::header;
use crate::compile::labels;
use crate::compile::sentence;
use crate::compile::values;
use crate::diagnostics::Place;
use crate::form;
use crate::form::condition;
use crate::form::condition::Scope;
use crate::form::counting;
use crate::form::{Context, Rule as Entry};
use crate::lexicon::unit;
use crate::norm::{Condition, Norm};
use crate::rulebook::{Label, Line, line, without_comment};
use crate::text::{Language, key, language_of};
use crate::vocabulary::Vocabulary;

/// How a file is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    pub vocabulary: &'a Vocabulary,
    /// `A quarter is a quarter of the fiscal year` in this rulebook.
    pub fiscal_quarters: bool,
    /// The language to write in; each line's own when `None`.
    pub to: Option<Language>,
}

/// The file in canonical words, with one end of line at its end.
pub fn written(text: &str, manner: &Manner<'_>) -> String {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let mut out = String::new();
    let mut at = 0;
    let mut inside_words = false;
    let mut rule = InRule::default();
    while let Some(first) = lines.get(at) {
        let content = without_comment(first);
        let indented = content.starts_with(char::is_whitespace);
        inside_words &= indented || content.trim().is_empty();
        let rest = lines.get(at..).unwrap_or_default();
        let clause = Clause::at(rest);
        at += clause.lines;
        let read = line(content.trim());
        if begins_rule(&read, indented) {
            rule = manner.rule(&read, &clause, rest);
        }
        inside_words |= matches!(read, Line::Words);
        let said = match read {
            _ if inside_words || content.trim().is_empty() => None,
            read => manner.said(&read, (&clause, indented), &rule),
        };
        match said {
            Some(said) => out.push_str(format!("{said}{}", clause.comment).trim_end()),
            None => out.push_str(&clause.as_it_is()),
        }
        out.push('\n');
    }
    out
}

/// What the lines of a rule are written in the light of.
#[derive(Default)]
struct InRule {
    /// The words after its id are a title: a `Duty:` line follows.
    titled: bool,
    norm: Option<Norm>,
}

fn begins_rule(read: &Line, indented: bool) -> bool {
    matches!(read, Line::Rule { .. }) || (matches!(read, Line::Text) && !indented)
}

/// A line with the lines that continue it.
struct Clause<'a> {
    source: &'a [&'a str],
    lines: usize,
    /// The continuation, one space between its lines.
    rest: String,
    comment: String,
    /// Something stands in it that other words would lose.
    kept: bool,
}

impl<'a> Clause<'a> {
    fn at(lines: &'a [&'a str]) -> Clause<'a> {
        let first = lines.first().copied().unwrap_or_default();
        let content = without_comment(first);
        let comment = first.get(content.len()..).unwrap_or_default().trim_end();
        let mut clause = Clause {
            source: lines,
            lines: 1,
            rest: String::new(),
            comment: if comment.is_empty() {
                String::new()
            } else {
                format!("  {comment}")
            },
            kept: false,
        };
        if content.trim().is_empty() {
            return clause;
        }
        for next in lines.iter().skip(1) {
            let more = without_comment(next);
            let continues = more.starts_with(char::is_whitespace)
                && !more.trim().is_empty()
                && matches!(line(more.trim()), Line::Text);
            if !continues {
                break;
            }
            clause.kept |= more.len() < next.len();
            clause.rest.push(' ');
            clause.rest.push_str(more.trim());
            clause.lines += 1;
        }
        clause
    }

    fn as_it_is(&self) -> String {
        let lines = self.source.iter().take(self.lines);
        lines.map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
    }
}

impl Manner<'_> {
    /// What a rule is about: by its `Duty:` line, else by its own words.
    fn rule(&self, read: &Line, clause: &Clause<'_>, lines: &[&str]) -> InRule {
        let first = lines.first().map_or("", |line| without_comment(line).trim());
        let own = match read {
            Line::Rule { value, .. } => value,
            _ => first,
        };
        let duty = duty_below(lines.get(clause.lines..).unwrap_or_default());
        let titled = duty.is_some();
        let sentence = duty.unwrap_or_else(|| format!("{own}{}", clause.rest));
        InRule { titled, norm: self.read(&sentence).map(|duty| duty.norm) }
    }

    /// The clause in canonical words; `None` leaves it as it is.
    fn said(
        &self,
        read: &Line,
        (clause, indented): (&Clause<'_>, bool),
        inside: &InRule,
    ) -> Option<String> {
        if clause.kept {
            return None;
        }
        let first = clause.source.first()?;
        let text = without_comment(first).trim().to_owned();
        match read {
            Line::Words => None,
            Line::Choice(choice) => {
                Some(pick(chosen(*choice), self.language(&text)).to_owned())
            }
            Line::Rule { id, value } => {
                let value = format!("{value}{}", clause.rest);
                let language = self.language(&value);
                let rule = pick(["Rule", "القاعدة"], language);
                // Without a duty there, these are the words of a title.
                let said = if inside.titled {
                    value
                } else {
                    self.sentence(&value, language).unwrap_or(value)
                };
                Some(format!("{rule} {id}: {}", said.trim()))
            }
            Line::Text if !indented => {
                let value = format!("{text}{}", clause.rest);
                self.sentence(&value, self.language(&value))
            }
            Line::Text => None,
            Line::Label { label, name, value } => {
                let value = format!("{value}{}", clause.rest);
                let said = self.label(*label, name, (value.trim(), inside))?;
                Some(format!("{}{said}", if indented { "  " } else { "" }))
            }
        }
    }

    fn language(&self, words: &str) -> Language {
        self.to.unwrap_or_else(|| language_of(words))
    }

    /// The canonical sentence; `None` for advice, whose "should" it would lose.
    fn sentence(&self, words: &str, language: Language) -> Option<String> {
        let norm = self.norm(words)?;
        let said = form::say(&norm, self.vocabulary);
        let said = pick([&said[0], &said[1]], language).trim_end_matches('.').to_owned();
        (self.norm(&said)? == norm).then_some(said)
    }

    fn norm(&self, words: &str) -> Option<Norm> {
        self.read(words).filter(|read| !read.advice).map(|read| read.norm)
    }

    fn read(&self, words: &str) -> Option<sentence::Duty> {
        sentence::read(words, &Place::default(), &self.context(), &mut Vec::new())
    }

    fn context(&self) -> Context<'_> {
        let Manner { vocabulary, fiscal_quarters, .. } = *self;
        Context { vocabulary, fiscal_quarters }
    }

    fn label(
        &self,
        label: Label,
        name: &str,
        (value, inside): (&str, &InRule),
    ) -> Option<String> {
        let language = self.language(name);
        let names = names(label)?;
        if value.is_empty() {
            return None;
        }
        if label == Label::Also {
            let other =
                if self.to.is_some() { language.other() } else { language_of(value) };
            let name = pick(["Also", "وبالإنجليزية"], other.other());
            let said = self.sentence(value, other).unwrap_or_else(|| value.to_owned());
            return Some(format!("{name}: {said}"));
        }
        let said = match label {
            Label::CountsOnlyIf => self.counting(value, language, inside),
            _ => self.value(label, value, language),
        };
        let said = said.unwrap_or_else(|| value.to_owned());
        Some(format!("{}: {said}", pick(names, language)))
    }

    fn value(&self, label: Label, value: &str, language: Language) -> Option<String> {
        let vocabulary = self.vocabulary;
        let spoken = |said: [String; 2]| pick([&said[0], &said[1]], language).to_owned();
        match label {
            Label::Duty => self.sentence(value, language),
            Label::IfNotMet => self.consequence(value, language),
            Label::Grace | Label::Lead | Label::LateEvidence => {
                let span = values::duration(value, vocabulary)?;
                let said = spoken(unit::span_alone(span));
                (values::duration(&said, vocabulary)? == span).then_some(said)
            }
            Label::Weight => values::weight(value, vocabulary).map(|it| it.to_string()),
            Label::Severity => listed(value, &labels::SEVERITIES, language),
            Label::Kind => listed(value, &labels::KINDS, language),
            Label::Confidence => listed(value, &labels::CONFIDENCES, language),
            Label::Jurisdiction => {
                Some(spoken(values::places(&values::jurisdictions(value)?)))
            }
            Label::Status => listed(value, &header::STATUSES, language),
            Label::Force => listed(value, &header::FORCES, language),
            Label::Months => listed(value, &header::MONTHS, language),
            Label::Quarters => listed(value, &header::QUARTERS, language),
            Label::Language => Some(pick(["English", "العربية"], language).to_owned()),
            Label::InForce | Label::Suspended => {
                let window = values::window(value, vocabulary)?;
                let said = spoken(in_force(window));
                (values::window(&said, vocabulary)? == window).then_some(said)
            }
            Label::ReviewBy => {
                let day = values::first_day(value, vocabulary)?;
                Some(spoken(date(day)))
            }
            Label::Index => listed(value, &header::MEANS, language),
            Label::Dimension => {
                let (name, weight) = header::weighed(value, vocabulary)?;
                let word = pick(["weight", "الوزن"], language);
                (weight != 1).then(|| format!("{name} ({word} {weight})"))
            }
            Label::Includes => {
                let (rulebook, dimension) = header::included(value)?;
                let [english, arabic] = [" as ", " بوصفها "];
                Some(format!(
                    "{rulebook}{}{dimension}",
                    pick([english, arabic], language)
                ))
            }
            Label::AppliesTo | Label::ButNotWhen => {
                self.to?;
                let (text, name) = labels::named(value);
                let said = self.condition(text, language)?;
                Some(format!("{said}{}", bracketed(name.as_deref())))
            }
            Label::ExceptWhen => self.to.and_then(|_| self.exception(value, language)),
            _ => None,
        }
    }

    /// What is asked when the duty is found not met.
    fn consequence(&self, value: &str, language: Language) -> Option<String> {
        let context = self.context();
        let read = |text: &str| {
            sentence::consequence(text, &Place::default(), &context, &mut Vec::new())
        };
        let norm = read(value)?;
        let [english, arabic] = form::say(&norm, self.vocabulary);
        let said = pick([&english, &arabic], language).trim_end_matches('.').to_owned();
        (read(&said)? == norm).then_some(said)
    }

    /// What has to be so of what the rule counts.
    fn counting(
        &self,
        value: &str,
        language: Language,
        inside: &InRule,
    ) -> Option<String> {
        let norm = inside.norm.as_ref()?;
        let read = |text: &str| counting::read(text, norm, self.vocabulary).ok();
        let asked = read(value)?;
        let [english, arabic] = counting::say(&asked, self.vocabulary);
        let said = pick([&english, &arabic], language).to_owned();
        (read(&said)? == asked).then_some(said)
    }

    /// A condition in the words of a language, where they are read as the same condition.
    fn condition(&self, text: &str, language: Language) -> Option<String> {
        let scope = condition::read(text, self.vocabulary)?;
        let listed = match &scope {
            Scope::Of(condition) => self.types(condition, language),
            Scope::Everyone => None,
        };
        let again = |said: &String| {
            condition::read(said, self.vocabulary).as_ref() == Some(&scope)
        };
        if let Some(listed) = listed.filter(again) {
            return Some(listed);
        }
        let said = match &scope {
            Scope::Everyone => {
                ["all organizations".to_owned(), "جميع المؤسسات".to_owned()]
            }
            Scope::Of(condition) => condition::say(condition, false, self.vocabulary),
        };
        let said = pick([&said[0], &said[1]], language).to_owned();
        again(&said).then_some(said)
    }

    /// Types of organizations as a list of their plurals: "associations and federations".
    fn types(&self, condition: &Condition, language: Language) -> Option<String> {
        let alone = std::slice::from_ref(condition);
        let conditions = if let Condition::Any(many) = condition { many } else { alone };
        let plural = |condition: &Condition| {
            let Condition::OfType(term) = condition else { return None };
            let term = self.vocabulary.term(*term)?;
            Some(match language {
                Language::English => format!("{}s", term.english.first()?),
                Language::Arabic => {
                    let plural = term.arabic.iter().find(|phrase| phrase.ends_with("ات"));
                    plural.or_else(|| term.arabic.first())?.clone()
                }
            })
        };
        let plurals: Option<Vec<String>> = conditions.iter().map(plural).collect();
        Some(plurals?.join(pick([" and ", " و"], language)))
    }

    /// `condition; then what is asked instead   [name]`
    fn exception(&self, value: &str, language: Language) -> Option<String> {
        let (text, name) = labels::named(value);
        let (when, then) = match text.split_once([';', '؛']) {
            Some((when, then)) => (when, Some(then)),
            None => (text, None),
        };
        let when = self.condition(when.trim(), language)?;
        let when = format!("{}{when}", pick(["", "إذا "], language));
        let then = match then {
            Some(then) => {
                let semicolon = pick(["; ", "؛ "], language);
                format!("{semicolon}{}", self.instead(then.trim(), language)?)
            }
            None => String::new(),
        };
        Some(format!("{when}{then}{}", bracketed(name.as_deref())))
    }

    fn instead(&self, then: &str, language: Language) -> Option<String> {
        let marked = form::mark(then.trim_end_matches('.'), self.vocabulary);
        let read = form::parse_entry([Entry::instead_en, Entry::instead_ar], &marked);
        if let Some(noun) = read.ok().and_then(|node| node.term("noun")) {
            let phrase = self.vocabulary.phrase(noun, language);
            let plural = self.vocabulary.term(noun).is_some_and(|term| term.plural);
            let are = if plural { "are" } else { "is" };
            return Some(match language {
                Language::English => format!("then {phrase} {are} enough"),
                Language::Arabic => format!("وعندئذ تكفي {phrase}"),
            });
        }
        let said = self.sentence(labels::without_then(then), language)?;
        Some(format!("{}{said}", pick(["then ", "وعندئذ "], language)))
    }
}

/// The words of the `Duty:` line among the clauses of a rule.
fn duty_below(lines: &[&str]) -> Option<String> {
    let clauses = lines.iter().enumerate().map(|(at, line)| (at, without_comment(line)));
    for (at, content) in clauses {
        if content.trim().is_empty() {
            continue;
        }
        let indented = content.starts_with(char::is_whitespace);
        match line(content.trim()) {
            Line::Label { label: Label::Duty, value, .. } if indented => {
                let clause = Clause::at(lines.get(at..).unwrap_or_default());
                return Some(format!("{value}{}", clause.rest));
            }
            Line::Rule { .. } => return None,
            _ if !indented => return None,
            _ => {}
        }
    }
    None
}

fn bracketed(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!("   [{name}]"))
}

fn pick([english, arabic]: [&str; 2], language: Language) -> &str {
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

/// The word of a table in a language: the first of its entry.
fn listed<T: Copy>(
    value: &str,
    table: &[(&'static [&'static str], T)],
    language: Language,
) -> Option<String> {
    let value = key(value.trim_end_matches('.'));
    let entry =
        table.iter().find(|(words, _)| words.iter().any(|word| key(word) == value));
    let (words, _) = entry?;
    words.iter().find(|word| language_of(word) == language).map(|word| (*word).to_owned())
}

/// The lines that are still in the other language: words of their author's, such as a
/// title, a dimension or a remedy, which nobody puts in other words.
pub fn untranslated(text: &str, to: Language) -> Vec<String> {
    let other =
        |words: &str| words.contains(char::is_alphabetic) && language_of(words) != to;
    let lines = text.lines().map(|line| without_comment(line).trim());
    let kept = lines.filter(|content| match line(content) {
        Line::Label { label: Label::Also | Label::GivesWayTo, .. } | Line::Choice(_) => {
            false
        }
        Line::Label { value, .. } | Line::Rule { value, .. } => {
            let (words, name) = labels::named(&value);
            other(words) || name.is_some_and(|name| other(&name))
        }
        Line::Words => false,
        Line::Text => other(content),
    });
    kept.map(str::to_owned).collect()
}
