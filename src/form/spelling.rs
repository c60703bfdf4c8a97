//! The small words of the grammars as people write them, to be compared with a slip.
//!
//! A grammar is written folded: «علي». Whoever is corrected must read «على», so the spelling
//! is taken from the forms' examples, or from the list below for words no example has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::form::FORMS;
use crate::form::grammar_words;
use crate::lexicon::slip::Letters;
use crate::text::{Language, key, language_of};

/// A word of the grammars near to what was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NearWord {
    pub word: &'static str,
    pub language: Language,
    /// In the tenths of [`crate::lexicon::slip::LETTER`].
    pub cost: u16,
}

#[derive(Debug)]
struct Spelled {
    letters: Letters,
    word: &'static str,
}

/// The words of the grammars within the budget of a slip, in no order.
pub fn near(written: &str) -> impl Iterator<Item = NearWord> {
    let letters = Letters::of(&key(written));
    let most = letters.budget();
    SPELLED.iter().filter_map(move |spelled| {
        let cost = letters.cost(&spelled.letters, most)?;
        let word = spelled.word;
        Some(NearWord { word, language: language_of(word), cost })
    })
}

/// How people write a folded word of the grammars, as far as it is known.
pub fn written(folded: &str) -> Option<&'static str> {
    WRITTEN.get(folded).copied()
}

/// Words as people write them, by their folded form.
static WRITTEN: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let examples = FORMS.iter().flat_map(|form| form.examples.iter().flatten());
    let shown = examples.flat_map(|sentence| sentence.split_whitespace());
    let mut spelling: BTreeMap<String, &'static str> = BTreeMap::new();
    for word in SPELLINGS.iter().copied().chain(shown) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        spelling.entry(key(word)).or_insert(word);
    }
    spelling
});

static SPELLED: LazyLock<Vec<Spelled>> = LazyLock::new(|| {
    let spelled = |word: &&'static str| Spelled {
        letters: Letters::of(word),
        word: written(word).unwrap_or(word),
    };
    grammar_words().iter().map(spelled).collect()
});

/// Arabic words that folding changes and no example shows.
const SPELLINGS: [&str; 34] = [
    "على",
    "إلى",
    "أن",
    "ألا",
    "إلا",
    "الأقل",
    "أقل",
    "الأكثر",
    "أكثر",
    "أو",
    "فأكثر",
    "أعضاء",
    "الأعضاء",
    "أعضائه",
    "أعضائها",
    "أعضاؤه",
    "مرة",
    "المدة",
    "الفترة",
    "المئة",
    "بالمئة",
    "نهاية",
    "بداية",
    "السنة",
    "لغاية",
    "أقصاه",
    "أقصى",
    "أدنى",
    "إذا",
    "كافة",
    "أغلبية",
    "انتهاء",
    "ابتداءً",
    "أشخاص",
];
