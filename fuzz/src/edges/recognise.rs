//! Recognition: every fact's passage stands in the paper, and the same text gives the same
//! reading.

use std::sync::LazyLock;

use mithaq::document::Passage;
use mithaq::document::Text;
use mithaq::extract;
use mithaq::limits;
use mithaq::recognise::Context;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::read;

static STANDARD: LazyLock<Cues> = LazyLock::new(Cues::standard);

/// The first line names the file; what is below is its text.
pub(super) fn try_with(input: &[u8]) {
    let (name, bytes) = super::named(input);
    let Ok(text) = extract::extract(bytes, "paper.md") else { return };
    is_read(&text, &name);
}

/// What must hold of the reading of any text under any name.
pub(super) fn is_read(text: &Text, name: &str) {
    let context = Context::of(text, name, &STANDARD);
    let reading = read(&context);
    assert_eq!(reading, read(&context), "read twice, it differs");
    assert!(reading.text_health <= 1000, "{}", reading.text_health);
    assert!(reading.kinds.len() <= 3 && reading.facts.len() <= limits::FACTS_MAX);
    for fact in &reading.facts {
        let stands = fact.passage.as_ref().is_none_or(|passage| stands_in(passage, text));
        assert!(stands, "stands nowhere: {fact:?}");
    }
}

fn stands_in(passage: &Passage, text: &Text) -> bool {
    text.lines.iter().any(|line| {
        (line.page, line.number) == (passage.page, passage.line)
            && line.text.contains(&passage.text)
    })
}
