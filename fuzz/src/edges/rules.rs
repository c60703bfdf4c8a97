//! Rule files: whatever the text, it compiles to something, and all that is said of it
//! points at its own lines.

use std::sync::LazyLock;

use mithaq::compile::Source;
use mithaq::compile::compile;
use mithaq::compile::decoded;
use mithaq::diagnostics::Diagnostic;
use mithaq::diagnostics::render;
use mithaq::text::Language;
use mithaq::vocabulary;
use mithaq::vocabulary::Vocabulary;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

pub(super) fn try_with(input: &[u8]) {
    let Ok(text) = decoded(input) else { return };
    for language in ["", "Language: English\n", "Language: Arabic\n"] {
        compiles(&format!("{language}{text}"), &STANDARD);
    }
    if text.contains("Words") || text.contains("كلمات") {
        let (vocabulary, said) = STANDARD.with(&[("vocabulary/any.rules", &text)]);
        said.iter().for_each(|said| lies_within(said, &text));
        compiles(&text, &vocabulary);
    }
}

fn compiles(text: &str, vocabulary: &Vocabulary) {
    let source = Source::new("rules/any.rules", text);
    let (program, said) = compile(&[source], vocabulary);
    said.iter().for_each(|said| lies_within(said, text));
    let lines = text.lines().count();
    for rulebook in &program.rulebooks {
        for rule in &rulebook.rules {
            assert!((1..=lines).contains(&(rule.line as usize)), "{rule:?}");
            assert!(!rule.english.is_empty() && !rule.arabic.is_empty(), "{rule:?}");
        }
        for broken in &rulebook.broken {
            let line = broken.line;
            assert!((1..=lines).contains(&(line as usize)), "{broken:?}");
            let told = said.iter().any(|said| said.is_error());
            assert!(told, "left out, and nothing is said: {broken:?}");
        }
    }
}

/// The line is the text's own, and the column is in it.
fn lies_within(said: &Diagnostic, text: &str) {
    let place = &said.place;
    for language in [Language::English, Language::Arabic] {
        assert!(!said.says(language).is_empty(), "{said:?}");
        assert!(!render::text(said, language).is_empty(), "{said:?}");
    }
    if place.line == 0 {
        return;
    }
    let line = text.lines().nth(place.line as usize - 1);
    let line = line.unwrap_or_else(|| panic!("of no line: {said:?}"));
    assert_eq!(line.trim_end(), place.source, "of another line: {said:?}");
    let last = place.source.chars().count() + 1;
    assert!((1..=last).contains(&(place.column as usize)), "beside the line: {said:?}");
    assert!(said.suggestions.len() <= 3, "{said:?}");
}
