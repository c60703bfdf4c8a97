//! One sentence: what can be read can be said in both languages, and what is said means
//! what was read.

use std::sync::LazyLock;

use mithaq::form;
use mithaq::form::Context;
use mithaq::limits;
use mithaq::vocabulary;
use mithaq::vocabulary::Vocabulary;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

pub(super) fn try_with(input: &[u8]) {
    let Ok(sentence) = std::str::from_utf8(input) else { return };
    // A longer one is refused before it is read.
    if sentence.chars().count() > limits::SENTENCE_CHARS_MAX {
        return;
    }
    let marked = form::mark(sentence.trim_end_matches('.'), &STANDARD);
    for words in marked.unknown() {
        assert!(sentence.get(words.clone()).is_some(), "{words:?} of {sentence:?}");
    }
    for fiscal_quarters in [false, true] {
        let context = Context { vocabulary: &STANDARD, fiscal_quarters };
        let taken = form::taken(&marked, &context);
        let taken = taken.map(|(form, norm)| (form.name, norm));
        // pest alone, one form after another.
        let takers = form::takers(&marked, &context).into_iter();
        let takers: Vec<_> = takers.map(|(form, norm)| (form.name, norm)).collect();
        assert_eq!(taken.iter().collect::<Vec<_>>(), takers.iter().collect::<Vec<_>>());
        let Ok((_, norm)) = form::parse(&marked, &context) else { continue };
        for said in form::say(&norm, &STANDARD) {
            let again = form::mark(said.trim_end_matches('.'), &STANDARD);
            let read = form::parse(&again, &context).map(|(_, norm)| norm);
            let read = read.map_err(|miss| miss.at);
            assert_eq!(read, Ok(norm.clone()), "{sentence:?}\n{said}\n{}", again.text);
        }
    }
}
