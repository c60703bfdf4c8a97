//! Facts as they are found, with their passages.

use super::meetings::Part;
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
    found: Vec<Fact>,
    group: u16,
}

/// How a fact was obtained, how sure it is (thousandths), and the line that states it: an
/// index into the paper's lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Source {
    pub(super) method: Method,
    pub(super) sure: u16,
    pub(super) line: Option<usize>,
}

impl Source {
    /// Stated outside the text.
    pub(super) fn beside(method: Method, sure: u16) -> Source {
        Source { method, sure, line: None }
    }
}

impl<'p, 't> Facts<'p, 't> {
    pub(super) fn new(paper: &'p Paper<'t>) -> Facts<'p, 't> {
        Facts { paper, found: Vec::new(), group: 0 }
    }

    /// What follows is about the next meeting, declaration or person.
    pub(super) fn next_group(&mut self) {
        self.group = self.group.saturating_add(1);
    }

    /// A further meeting of the same body.
    pub(super) fn extra_meeting(&mut self, part: &Part, body: Option<Value>) {
        self.read(FactName::MeetingDate, Value::Day(part.day), 850, part.line);
        self.push(FactName::MeetingHeld, Value::Yes, Source::beside(Method::Body, 700));
        if let Some(body) = body {
            self.read(FactName::Body, body, 800, part.line);
        }
    }

    /// A fact that stands in a line of the paper.
    pub(super) fn read(&mut self, name: FactName, value: Value, sure: u16, line: usize) {
        let line = Some(line);
        self.push(name, value, Source { method: Method::Body, sure, line });
    }

    /// A fact, once.
    pub(super) fn push(&mut self, name: FactName, value: Value, source: Source) {
        let Source { method, sure, line } = source;
        // What stands in a recognised text is as sure as its recognition.
        let page = line.and_then(|at| self.paper.lines.get(at)?.line.page);
        let mut pages = self.paper.recognised.iter();
        let of_page = pages.find(|(known, _)| page == Some(*known));
        let recognised = of_page.map_or(self.paper.method, |(_, method)| *method);
        let from_text = matches!(recognised, Method::Ocr(_)) && method == Method::Body;
        let method = if from_text { recognised } else { method };
        let known = |fact: &Fact| {
            fact.name == name
                && fact.value == value
                && fact.group == self.group
                && fact.method == method
        };
        if self.found.len() >= limits::FACTS_MAX || self.found.iter().any(known) {
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
        let confidence = sure;
        self.found.push(Fact { name, value, group, method, confidence, passage });
    }

    pub(super) fn any(&self, is: impl Fn(&Fact) -> bool) -> bool {
        self.found.iter().any(is)
    }

    pub(super) fn has(&self, name: FactName) -> bool {
        self.found.iter().any(|fact| fact.name == name)
    }

    /// The value of a fact that outranks the others of its name.
    pub(super) fn best(&self, name: FactName) -> Option<&Value> {
        let named = self.found.iter().filter(|fact| fact.name == name);
        named.max_by_key(|fact| (fact.method, fact.confidence)).map(|fact| &fact.value)
    }

    pub(super) fn into_facts(self) -> Vec<Fact> {
        self.found
    }
}
