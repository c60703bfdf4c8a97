//! From a sentence to marked text: known phrases become marks, function words stay words.
//!
//! Works on the folded sentence and keeps, for every piece of marked text, the place in the
//! author's words it came from.

use std::ops::Range;

use crate::text::{Language, fold, is_arabic_letter, language_of};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::phrases::{Phrases, bare, is_noise};

/// A sentence with its known phrases marked.
#[derive(Clone, Debug)]
pub struct Marked {
    pub text: String,
    pub language: Language,
    pieces: Vec<Piece>,
    source: String,
    depth: u8,
}

/// What a rewritten sentence is put together from.
#[derive(Clone, Debug)]
pub enum Part {
    /// A stretch of the marked text.
    Kept(Range<usize>),
    /// A word that the author did not write.
    Word(&'static str),
}

/// One piece of marked text and the author's words it stands for.
#[derive(Clone, Debug)]
struct Piece {
    marked: Range<usize>,
    source: Range<usize>,
    known: bool,
}

/// A word of the folded sentence.
struct Word {
    key: String,
    source: Range<usize>,
}

/// Marks a sentence. `is_function_word` says which words the grammars know.
pub fn mark(
    sentence: &str,
    vocabulary: &Vocabulary,
    is_function_word: &dyn Fn(&str) -> bool,
) -> Marked {
    let words = words(sentence);
    let finder = vocabulary.finder();
    let mut marked = Marked {
        text: String::new(),
        language: language_of(sentence),
        pieces: Vec::new(),
        source: sentence.to_owned(),
        depth: 0,
    };
    let mut index = 0;
    while let Some(word) = words.get(index) {
        let rest = words.get(index..).unwrap_or_default();
        let before = index.checked_sub(1).and_then(|index| words.get(index));
        let found = if permits(before, rest) {
            Found { mark: word.key.clone(), words: 1, known: true }
        } else {
            find(rest, finder, is_function_word)
        };
        let last = words.get(index + found.words.max(1) - 1).unwrap_or(word);
        marked.push(&found.mark, word.source.start..last.source.end, found.known);
        index += found.words.max(1);
    }
    marked
}

impl Marked {
    fn push(&mut self, mark: &str, source: Range<usize>, known: bool) {
        if mark.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let from = self.text.len();
        self.text.push_str(mark);
        self.pieces.push(Piece { marked: from..self.text.len(), source, known });
    }

    /// The sentence inside this one: some of its words, in this order. The places stay
    /// those of the author's whole sentence.
    pub fn rewritten(&self, parts: &[Part]) -> Marked {
        let mut inner = Marked {
            text: String::new(),
            pieces: Vec::new(),
            depth: self.depth.saturating_add(1),
            ..self.clone()
        };
        for part in parts {
            match part {
                Part::Word(word) => {
                    let end = self.source.len();
                    inner.push(word, end..end, true);
                }
                Part::Kept(range) => self.copy(range, &mut inner),
            }
        }
        inner
    }

    fn copy(&self, range: &Range<usize>, inner: &mut Marked) {
        for piece in &self.pieces {
            let from = piece.marked.start.max(range.start);
            let to = piece.marked.end.min(range.end).max(from);
            let text = self.text.get(from..to).map(str::trim).unwrap_or_default();
            let leading_comma = text == "," && inner.text.is_empty();
            if !leading_comma {
                inner.push(text, piece.source.clone(), piece.known);
            }
        }
    }

    /// "from publishing" as "to publish": what can only be the noun of a deed is read as
    /// its verb.
    pub fn finite(mut self) -> Marked {
        self.text = self.text.replacen("--n›", "f--›", 1);
        self
    }

    /// How many sentences this one is inside of.
    pub fn depth(&self) -> u8 {
        self.depth
    }

    /// The same sentence with other marked text, for reading a part of it. It keeps no
    /// places: what is refused in it is told of the whole.
    pub(crate) fn reworded(&self, text: String) -> Marked {
        Marked { text, pieces: Vec::new(), ..self.clone() }
    }

    /// The author's words for a range of marked text.
    pub fn words(&self, marked: Range<usize>) -> &str {
        let range = self.range(marked);
        self.source.get(range).unwrap_or_default().trim()
    }

    /// Bytes of the sentence for a range of marked text.
    pub fn range(&self, marked: Range<usize>) -> Range<usize> {
        let inside = |piece: &&Piece| {
            piece.marked.start < marked.end && piece.marked.end > marked.start
        };
        let mut touched = self.pieces.iter().filter(inside);
        match (touched.next(), touched.next_back()) {
            (Some(first), Some(last)) => first.source.start..last.source.end,
            (Some(only), None) => only.source.clone(),
            (None, _) => self.source.len()..self.source.len(),
        }
    }

    /// The runs of words that are neither in the vocabulary nor in any grammar, each as
    /// the bytes of the sentence where it stands.
    pub fn unknown(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for piece in &self.pieces {
            match (piece.known, runs.last_mut()) {
                (false, Some(run)) if open => run.end = piece.source.end,
                (false, _) => runs.push(piece.source.clone()),
                (true, _) => {}
            }
            open = !piece.known;
        }
        runs
    }

    /// Whether the sentence has letters of both scripts.
    pub fn is_mixed(&self) -> bool {
        let latin = self.source.contains(|c: char| c.is_ascii_alphabetic());
        latin && self.source.contains(is_arabic_letter)
    }

    pub fn source(&self) -> &str {
        &self.source
    }
}

/// "may" is the month beside a number or after "of", "in", "by"; else it permits.
fn permits(before: Option<&Word>, words: &[Word]) -> bool {
    let Some(first) = words.first().filter(|first| first.key == "may") else {
        return false;
    };
    let is_number = |word: &Word| word.key.starts_with(|c: char| c.is_ascii_digit());
    let dated = ["of", "in", "by", "during", "until", "before", "since", "from", "each"];
    let month = before
        .is_some_and(|word| is_number(word) || dated.contains(&word.key.as_str()))
        || words.get(1).is_some_and(is_number);
    !month && first.key == "may"
}

/// What a run of words begins with.
struct Found {
    mark: String,
    words: usize,
    known: bool,
}

fn find(
    words: &[Word],
    finder: &Phrases,
    is_function_word: &dyn Fn(&str) -> bool,
) -> Found {
    let Some(first) = words.first() else {
        return Found { mark: String::new(), words: 1, known: true };
    };
    if is_noise(&first.key) {
        return Found { mark: String::new(), words: 1, known: true };
    }
    if first.key.starts_with(|c: char| c.is_ascii_digit()) {
        return Found {
            mark: format!("‹number {}›", first.key), words: 1, known: true
        };
    }
    let bares = bares(words);
    let whole = longest(&bares, finder);
    let punctuation = !first.key.starts_with(char::is_alphanumeric);
    let function = punctuation || is_function_word(&first.key);
    let peeled = match (&whole, function) {
        (None, true) => None,
        _ => peeled(&first.key, &bares, finder, is_function_word),
    };
    match (whole, peeled) {
        (Some(whole), Some(peeled)) if peeled.words > whole.words => peeled,
        (Some(whole), _) => whole,
        (None, Some(peeled)) => peeled,
        (None, None) => Found { mark: first.key.clone(), words: 1, known: function },
    }
}

/// The words that the longest phrase can have, without their Arabic articles; English
/// articles are of no phrase, and are not counted.
fn bares(words: &[Word]) -> Vec<&str> {
    let mut counted = 0;
    words
        .iter()
        .map(|word| bare(&word.key))
        .take_while(|word| {
            counted += usize::from(!is_noise(word));
            counted <= crate::limits::PHRASE_WORDS_MAX
        })
        .collect()
}

/// The longest phrase at the start, articles inside it skipped.
fn longest(bares: &[&str], finder: &Phrases) -> Option<Found> {
    let kept: Vec<&str> = bares.iter().copied().filter(|word| !is_noise(word)).collect();
    let (mark, length) = finder.longest(&kept)?;
    let last = kept.get(length - 1)?;
    let mut seen = 0;
    let mut words = 0;
    for word in bares {
        words += 1;
        seen += usize::from(!is_noise(word));
        if seen == length && word == last {
            break;
        }
    }
    Some(Found { mark: mark.to_owned(), words, known: true })
}

/// Prefixes that Arabic writes onto a word, tried in this order: and, then in, for, as.
const PREFIXES: [(&str, &str); 10] = [
    ("و", "و"),
    ("ف", "ف"),
    ("ب", "ب"),
    ("ل", "ل"),
    ("ك", "ك"),
    ("وب", "و ب"),
    ("ول", "و ل"),
    ("لل", "ل"),
    ("ولل", "و ل"),
    ("فل", "ف ل"),
];
/// Pronouns that Arabic writes after a word.
const SUFFIXES: [&str; 5] = ["ها", "هم", "هما", "ه", "هن"];

/// A prefix or a pronoun taken off the first word, only where a known word remains.
fn peeled(
    first: &str,
    bares: &[&str],
    finder: &Phrases,
    is_function_word: &dyn Fn(&str) -> bool,
) -> Option<Found> {
    if !first.starts_with(is_arabic_letter) {
        return possessive(first, bares, finder);
    }
    let mut best: Option<Found> = None;
    let prefixes = std::iter::once(("", "")).chain(PREFIXES);
    for (prefix, mark) in prefixes {
        let Some(stem) = first.strip_prefix(prefix) else { continue };
        for found in stems(stem, bares, finder, is_function_word, prefix.is_empty()) {
            if best.as_ref().is_none_or(|best| found.words > best.words) {
                let mark = format!("{mark} {}", found.mark).trim().to_owned();
                best = Some(Found { mark, ..found });
            }
        }
    }
    best
}

/// What `stem` and the words after it can be, with and without a pronoun at its end.
fn stems(
    stem: &str,
    bares: &[&str],
    finder: &Phrases,
    is_function_word: &dyn Fn(&str) -> bool,
    whole: bool,
) -> Vec<Found> {
    let rest = bares.get(1..).unwrap_or_default();
    let with = |head: &str| {
        let words: Vec<&str> =
            std::iter::once(bare(head)).chain(rest.iter().copied()).collect();
        longest(&words, finder)
    };
    let mut all: Vec<Found> = Vec::new();
    if !whole {
        all.extend(with(stem));
        if is_function_word(stem) && stem.chars().nth(1).is_some() {
            all.push(Found { mark: stem.to_owned(), words: 1, known: true });
        }
    }
    for suffix in SUFFIXES {
        let Some(head) = stem.strip_suffix(suffix) else { continue };
        all.extend(with(head));
        if let Some(head) = head.strip_suffix('ت') {
            all.extend(with(&format!("{head}ه")));
        }
    }
    all
}

/// "the board's meetings": the word without its 's.
fn possessive(first: &str, bares: &[&str], finder: &Phrases) -> Option<Found> {
    let head = first.strip_suffix("'s").or_else(|| first.strip_suffix("s'"))?;
    let rest = bares.iter().skip(1).copied();
    let words: Vec<&str> = std::iter::once(head).chain(rest).collect();
    longest(&words, finder)
}

/// The words of a sentence: letters and digits, numbers without their separators, and the
/// punctuation that grammars look at, each a word of its own.
fn words(sentence: &str) -> Vec<Word> {
    let folded = fold(sentence);
    let characters: Vec<(usize, char)> = folded.key.char_indices().collect();
    let end = folded.key.len();
    let mut words = Vec::new();
    let mut index = 0;
    while let Some(&(from, character)) = characters.get(index) {
        let length = word_length(characters.get(index..).unwrap_or_default());
        let to = characters.get(index + length.max(1)).map_or(end, |(to, _)| *to);
        index += length.max(1);
        let key = folded.key.get(from..to).unwrap_or_default();
        let dash = character == '-' && after_digit(&characters, index - length.max(1));
        let kept = length > 0 || dash || matches!(character, ',' | ';' | ':' | '/' | '%');
        if kept {
            let source = folded.source_range(from, to);
            push_word(&mut words, key, source, sentence);
        }
    }
    words
}

/// A dash between numbers is a range; between words it is a space.
fn after_digit(characters: &[(usize, char)], index: usize) -> bool {
    let before = characters.iter().take(index).rev().find(|(_, c)| *c != ' ');
    before.is_some_and(|(_, c)| c.is_ascii_digit())
}

fn push_word(words: &mut Vec<Word>, key: &str, source: Range<usize>, sentence: &str) {
    let digits = key.replace(',', "");
    let ordinal =
        ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end));
    let number = ordinal.unwrap_or(&digits);
    if number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit())
    {
        words.push(Word { key: number.to_owned(), source });
        return;
    }
    // «ألّا» is «أن لا», «إلا» is "except"; folding makes them one.
    let negated = key == "الا"
        && sentence.get(source.clone()).is_some_and(|word| word.starts_with('أ'));
    let after_must = words.last().is_some_and(|last| {
        matches!(last.key.as_str(), "يجب" | "ينبغي" | "يشترط" | "يلزم" | "علي")
    });
    if negated || (key == "الا" && after_must) {
        words.push(Word { key: "ان".to_owned(), source: source.clone() });
        words.push(Word { key: "لا".to_owned(), source });
        return;
    }
    words.push(Word { key: key.to_owned(), source });
}

/// How many characters at the start make one word; 0 for punctuation.
fn word_length(characters: &[(usize, char)]) -> usize {
    let Some(&(_, first)) = characters.first() else { return 0 };
    let digits = first.is_ascii_digit();
    let arabic = is_arabic_letter(first);
    let mut length = 0;
    for (index, &(_, character)) in characters.iter().enumerate() {
        let next = characters.get(index + 1).map(|(_, next)| *next);
        let inside = match character {
            ',' => digits && next.is_some_and(|next| next.is_ascii_digit()),
            '\'' => next.is_some_and(char::is_alphanumeric) && index > 0,
            _ => character.is_alphanumeric() && arabic == is_arabic_letter(character),
        };
        if !inside {
            break;
        }
        length += 1;
    }
    length
}
