//! Facts as they are found, with their passages.

use super::paper::Paper;
use crate::document::Fact;
use crate::document::FactName;
use crate::document::Method;
use crate::document::Passage;
use crate::document::Value;
use crate::limits;

/// The facts of one paper, within [`limits::FACTS_MAX`].
pub(super) struct Facts<'p, 't> {
    paper: &'p Paper<'t>,
    facts: Vec<Fact>,
    group: u16,
}

impl<'p, 't> Facts<'p, 't> {
    pub(super) fn new(paper: &'p Paper<'t>) -> Facts<'p, 't> {
        Facts { paper, facts: Vec::new(), group: 0 }
    }

    /// What follows is about the next meeting, declaration or person.
    pub(super) fn next_group(&mut self) {
        self.group = self.group.saturating_add(1);
    }

    /// A fact that stands in a line of the paper.
    pub(super) fn read(&mut self, name: FactName, value: Value, sure: u16, line: usize) {
        self.push(name, value, Method::Body, sure, Some(line));
    }

    /// A fact, once; `line` is an index into the paper's lines.
    pub(super) fn push(
        &mut self,
        name: FactName,
        value: Value,
        method: Method,
        confidence: u16,
        line: Option<usize>,
    ) {
        let known = |fact: &Fact| {
            fact.name == name
                && fact.value == value
                && fact.group == self.group
                && fact.method == method
        };
        if self.facts.len() >= limits::FACTS_MAX || self.facts.iter().any(known) {
            return;
        }
        let line = line.and_then(|index| self.paper.lines.get(index));
        let passage = line.map(|prepared| Passage {
            page: prepared.line.page,
            line: prepared.line.number,
            text: prepared
                .line
                .text
                .trim()
                .chars()
                .take(limits::PASSAGE_CHARS_MAX)
                .collect(),
        });
        let group = self.group;
        self.facts.push(Fact { name, value, group, method, confidence, passage });
    }

    pub(super) fn has(&self, name: FactName) -> bool {
        self.facts.iter().any(|fact| fact.name == name)
    }

    /// The value of a fact that outranks the others of its name.
    pub(super) fn best(&self, name: FactName) -> Option<&Value> {
        let named = self.facts.iter().filter(|fact| fact.name == name);
        named.max_by_key(|fact| (fact.method, fact.confidence)).map(|fact| &fact.value)
    }

    pub(super) fn into_facts(self) -> Vec<Fact> {
        self.facts
    }
}
