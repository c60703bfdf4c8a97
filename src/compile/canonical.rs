//! A whole rule file in canonical words, given only where every rule means what it meant.

use crate::compile::written::{Manner, written};
use crate::compile::{Source, compile};
use crate::diagnostics::Diagnostic;
use crate::program::Rulebook;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

/// Why a file stays as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// It has mistakes, so what it means is not known.
    Mistakes,
    /// In canonical words it would mean something else.
    OtherMeaning,
}

/// The file in canonical words, in its own language or in `to`.
///
/// # Errors
/// When nothing may be changed of it.
pub fn canonical(
    source: &Source,
    to: Option<Language>,
    vocabulary: &Vocabulary,
) -> Result<String, Kept> {
    let before = understood(source, vocabulary).ok_or(Kept::Mistakes)?;
    let fiscal_quarters = before.iter().any(|book| book.fiscal_quarters);
    let text = written(&source.text, &Manner { vocabulary, fiscal_quarters, to });
    let rewritten = Source { text, ..source.clone() };
    let after = understood(&rewritten, vocabulary).ok_or(Kept::OtherMeaning)?;
    let same = meanings(&before) == meanings(&after);
    same.then_some(rewritten.text).ok_or(Kept::OtherMeaning)
}

/// The rulebook of one file, where nothing in it is a mistake; a file without a rule has none.
fn understood(source: &Source, vocabulary: &Vocabulary) -> Option<Vec<Rulebook>> {
    let (program, told) = compile(std::slice::from_ref(source), vocabulary);
    let wrong = told.iter().any(Diagnostic::is_error);
    (!wrong).then_some(program.rulebooks)
}

fn meanings(books: &[Rulebook]) -> Vec<(&str, &str)> {
    let rules = books.iter().flat_map(|book| &book.rules);
    rules.map(|rule| (rule.id.as_str(), rule.meaning.as_str())).collect()
}
