//! Where rules and their labels stand in the files, for messages about them.

use std::collections::BTreeMap;

use crate::compile::Source;
use crate::diagnostics::Place;
use crate::program::Rule;
use crate::rulebook::{Clause, Clauses, Draft, Label, Words, segment};

/// The files in pieces, each taken apart when it is first asked for.
#[derive(Debug)]
pub(super) struct Places<'a> {
    sources: &'a [Source],
    files: BTreeMap<&'a str, Clauses>,
}

impl<'a> Places<'a> {
    pub(super) fn of(sources: &'a [Source]) -> Places<'a> {
        Places { sources, files: BTreeMap::new() }
    }

    pub(super) fn file(&mut self, name: &str) -> Option<&Clauses> {
        let source = self.sources.iter().find(|source| source.file == name)?;
        Some(self.files.entry(&source.file).or_insert_with(|| segment(&source.text)))
    }

    fn draft(&mut self, rule: &Rule) -> Option<&Draft> {
        let drafts = &self.file(&rule.file)?.rules;
        drafts.iter().find(|draft| draft.sentence.line == rule.line)
    }

    /// The line of a rule; its words are the sentence's.
    pub(super) fn rule(&mut self, rule: &Rule) -> Place {
        let words = self.draft(rule).map(|draft| draft.sentence.clone());
        let place = at(rule, words.as_ref());
        // A sentence of several lines, or one below its title, is not on this line.
        if place.source.contains(&rule.text) { place.at(&rule.text) } else { place }
    }

    /// The line of the rule's `index`-th label of a kind, and the label as it is written;
    /// its words are the value.
    pub(super) fn label(
        &mut self,
        rule: &Rule,
        label: Label,
        index: usize,
    ) -> Option<(Place, String)> {
        let mut clauses = self.draft(rule)?.clauses.iter();
        let clause =
            clauses.by_ref().filter(|clause| clause.label == label).nth(index)?;
        Some(labelled(rule, clause))
    }

    /// How many labels of a kind the rule has.
    pub(super) fn count(&mut self, rule: &Rule, label: Label) -> usize {
        let clauses = self.draft(rule).map_or(&[][..], |draft| &draft.clauses);
        clauses.iter().filter(|clause| clause.label == label).count()
    }
}

fn labelled(rule: &Rule, clause: &Clause) -> (Place, String) {
    let place = at(rule, Some(&clause.value));
    // A value may go on in the next line, and only the first is pointed at.
    let first = place.source.split_once(':').map(|(_, value)| value.trim().to_owned());
    (place.at(&first.unwrap_or_default()), clause.name.clone())
}

fn at(rule: &Rule, words: Option<&Words>) -> Place {
    let (line, source) =
        words.map_or((rule.line, &rule.text), |words| (words.line, &words.source));
    Place::line(&rule.file, line, source).with_rule(&rule.id)
}
