//! The pages for officers: every rule they show is understood as it stands, and the Arabic
//! pages show the same rules as the English ones.

use std::path::Path;
use std::sync::LazyLock;

use mithaq::compile::taught::learn;
use mithaq::compile::{Source, compile};
use mithaq::program::Rule;
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

/// The blocks of rules in a page, each a file of its own.
fn blocks(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language").join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let parts = text.split("```rules\n").skip(1);
    parts.map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

fn rules(block: &str) -> Vec<Rule> {
    let (program, diagnostics) =
        compile(&[Source::new("rules/page.rules", block)], &STANDARD);
    assert!(diagnostics.is_empty(), "{block}\n{diagnostics:#?}");
    program.rulebooks.into_iter().flat_map(|book| book.rules).collect()
}

#[test]
fn every_rule_on_the_pages_is_understood_and_means_the_same_in_both() {
    let (mut english, mut arabic) = (blocks("start.md"), blocks("start.ar.md"));
    assert!(english.len() >= 5 && english.len() == arabic.len());
    english.extend(blocks("readings.md"));
    arabic.extend(blocks("readings.ar.md"));
    assert_eq!(english.len(), arabic.len());
    for (english, arabic) in english.iter().zip(&arabic) {
        let meanings = [english, arabic].map(|block| {
            rules(block).into_iter().map(|rule| rule.meaning).collect::<Vec<_>>()
        });
        assert!(!meanings[0].is_empty());
        assert_eq!(meanings[0], meanings[1], "{english}\n{arabic}");
    }
}

/// The words on the pages can be taught, give no cause for a message, and are the same ones.
#[test]
fn every_word_on_the_pages_can_be_taught() {
    let taught = ["start.md", "start.ar.md"].map(|page| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language").join(page);
        let text = std::fs::read_to_string(path).unwrap();
        let block = text.split("```words\n").nth(1).unwrap().split("```").next().unwrap();
        let (vocabulary, told) = learn(&[("vocabulary/own.rules", block)]);
        assert_eq!(told, [], "{page}");
        let own = vocabulary.terms().skip(STANDARD.terms().count());
        own.map(|(_, term)| (term.name.clone(), term.kind)).collect::<Vec<_>>()
    });
    assert_eq!(taught[0].len(), 3);
    assert_eq!(taught[0], taught[1]);
}
