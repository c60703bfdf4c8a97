//! Cases: the examples of rules and the items of case files, each with its rule.

use crate::diagnostics::raise::lines;
use crate::diagnostics::{Diagnostic, Place};
use crate::example::casebook::{self, Heading};
use crate::example::{self, Around, Claim, Given};
use crate::program::{Program, Rule, Rulebook};
use crate::proof::{self, Outcome};
use crate::recognise::cues::Cues;
use crate::rulebook::Words;
use crate::text::key;
use crate::vocabulary::Vocabulary;

/// A case file beside a rulebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseFile {
    /// As it is shown: a path inside the network.
    pub file: String,
    /// The rulebook that its headings name rules of.
    pub rulebook: String,
    pub text: String,
}

/// One case of one rule.
#[derive(Clone, PartialEq, Debug)]
pub struct Case<'p> {
    pub rulebook: &'p Rulebook,
    pub rule: &'p Rule,
    pub file: String,
    /// From 1.
    pub line: u32,
    /// As its author wrote it.
    pub text: String,
    /// Given for the file, for the rule, by the case itself.
    levels: [Vec<Given>; 3],
    pub claims: Vec<Claim>,
}

impl Case<'_> {
    /// How its claims come out.
    pub fn outcomes(&self, vocabulary: &Vocabulary, cues: &Cues) -> Vec<Outcome> {
        let levels: Vec<&[Given]> = self.levels.iter().map(Vec::as_slice).collect();
        let of = (self.rulebook, self.rule);
        proof::outcomes(of, &levels, &self.claims, (vocabulary, cues))
    }
}

/// The cases of a program: the `Example:` lines of its rules, then those of the files. What
/// cannot be read in a file is told; of examples the compiler has told it.
pub fn cases<'p>(
    program: &'p Program,
    vocabulary: &Vocabulary,
    files: &[CaseFile],
) -> (Vec<Case<'p>>, Vec<Diagnostic>) {
    let mut cases = Vec::new();
    let mut diagnostics = Vec::new();
    for book in &program.rulebooks {
        for rule in &book.rules {
            let around = Around { vocabulary, norm: Some(&rule.norm) };
            for words in &rule.examples {
                let Ok(example) = example::read(&words.text, &around) else { continue };
                cases.push(Case {
                    rulebook: book,
                    rule,
                    file: rule.file.clone(),
                    line: words.line,
                    text: words.text.clone(),
                    levels: [Vec::new(), Vec::new(), example.given],
                    claims: example.claims,
                });
            }
        }
    }
    for file in files {
        let mut reading = Reading { program, vocabulary, file, diagnostics: Vec::new() };
        cases.extend(reading.cases());
        diagnostics.extend(reading.diagnostics);
    }
    (cases, diagnostics)
}

/// One case file.
struct Reading<'a, 'p> {
    program: &'p Program,
    vocabulary: &'a Vocabulary,
    file: &'a CaseFile,
    diagnostics: Vec<Diagnostic>,
}

impl<'p> Reading<'_, 'p> {
    fn cases(&mut self) -> Vec<Case<'p>> {
        let book = casebook::segment(&self.file.text);
        let around = Around { vocabulary: self.vocabulary, norm: None };
        let mut given = Vec::new();
        for item in &book.given {
            let parts = example::background(&item.text, &around);
            given.extend(self.told(item, parts).map(|example| example.given));
        }
        let given: Vec<Given> = given.into_iter().flatten().collect();
        book.rules.iter().flat_map(|heading| self.of_rule(heading, &given)).collect()
    }

    fn of_rule(&mut self, heading: &Heading, of_file: &[Given]) -> Vec<Case<'p>> {
        let Some((rulebook, rule)) = self.find(&heading.rule.text) else {
            // A heading of prose has no cases.
            let is_case =
                |item: &&Words| ["->", "→", "←"].iter().any(|it| item.text.contains(it));
            if heading.items.iter().any(|item| is_case(&item)) {
                let place = self.place(&heading.rule).at(&heading.rule.text);
                self.diagnostics
                    .push(lines::case_of_no_rule(&place, &self.file.rulebook));
            }
            return Vec::new();
        };
        let around = Around { vocabulary: self.vocabulary, norm: Some(&rule.norm) };
        let (mut of_rule, mut cases) = (Vec::new(), Vec::new());
        for item in &heading.items {
            let example = example::background(&item.text, &around);
            let Some(example) = self.told(item, example) else { continue };
            if example.claims.is_empty() {
                of_rule.extend(example.given);
                continue;
            }
            cases.push(Case {
                rulebook,
                rule,
                file: self.file.file.clone(),
                line: item.line,
                text: item.text.clone(),
                levels: [of_file.to_vec(), of_rule.clone(), example.given],
                claims: example.claims,
            });
        }
        cases
    }

    /// The rule of this id, in this file's rulebook unless another is named before a slash.
    fn find(&self, id: &str) -> Option<(&'p Rulebook, &'p Rule)> {
        let (book, id) = id.split_once('/').unwrap_or((&self.file.rulebook, id));
        let book = self.program.rulebooks.iter().find(|one| key(&one.id) == key(book))?;
        let rule = book.rules.iter().find(|rule| key(&rule.id) == key(id))?;
        Some((book, rule))
    }

    fn told<T>(&mut self, words: &Words, read: Result<T, example::Fault>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(fault) => {
                let place = self.place(words).at(&fault.words);
                self.diagnostics.push(lines::example_fault(&place, fault.why.into()));
                None
            }
        }
    }

    fn place(&self, words: &Words) -> Place {
        Place::line(&self.file.file, words.line, &words.source)
    }
}
