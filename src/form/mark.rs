//! From a sentence to marked text: known phrases become marks, function words stay words.
//!
//! Works on the folded sentence and keeps, for every piece of marked text, the place in the
//! author's words it came from.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::{Folded, Language, fold, is_arabic_letter, language_of};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::phrases::{Phrases, Seen, is_noise};

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
struct Word<'a> {
    key: Cow<'a, str>,
    source: Range<usize>,
    seen: Seen,
}

/// Marks a sentence. `is_function_word` says which words the grammars know.
pub fn mark(
    sentence: &str,
    vocabulary: &Vocabulary,
    is_function_word: &dyn Fn(&str) -> bool,
) -> Marked {
    let finder = vocabulary.finder();
    let folded = fold(sentence);
    let words = words(sentence, &folded, finder);
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
            Found { mark: Cow::Borrowed(&word.key), words: 1, known: true }
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

    /// The pieces of the sentence, each with what it became.
    pub fn marks(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.pieces.iter().map(|piece| {
            let mark = self.text.get(piece.marked.clone()).unwrap_or_default();
            (piece.source.clone(), mark)
        })
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
fn permits(before: Option<&Word<'_>>, words: &[Word<'_>]) -> bool {
    let Some(first) = words.first().filter(|first| first.key == "may") else {
        return false;
    };
    let is_number = |word: &Word<'_>| word.key.starts_with(|c: char| c.is_ascii_digit());
    let dated = ["of", "in", "by", "during", "until", "before", "since", "from", "each"];
    let month = before
        .is_some_and(|word| is_number(word) || dated.contains(&word.key.as_ref()))
        || words.get(1).is_some_and(is_number);
    !month && first.key == "may"
}

/// What a run of words begins with.
struct Found<'a> {
    mark: Cow<'a, str>,
    words: usize,
    known: bool,
}

impl Found<'_> {
    fn nothing() -> Found<'static> {
        Found { mark: Cow::Borrowed(""), words: 1, known: true }
    }
}

fn find<'a>(
    words: &'a [Word<'_>],
    finder: &'a Phrases,
    is_function_word: &dyn Fn(&str) -> bool,
) -> Found<'a> {
    let Some((first, rest)) = words.split_first() else { return Found::nothing() };
    if is_noise(&first.key) {
        return Found::nothing();
    }
    if first.key.starts_with(|c: char| c.is_ascii_digit()) {
        let mark = Cow::Owned(format!("‹number {}›", first.key));
        return Found { mark, words: 1, known: true };
    }
    let whole = longest(first.seen, rest, finder);
    let punctuation = !first.key.starts_with(char::is_alphanumeric);
    let is_function = || punctuation || is_function_word(&first.key);
    if whole.is_none() && is_function() {
        return Found { mark: Cow::Borrowed(&first.key), words: 1, known: true };
    }
    match (whole, peeled(&first.key, rest, finder, is_function_word)) {
        (Some(whole), Some(peeled)) if peeled.words > whole.words => peeled,
        (Some(whole), _) => whole,
        (None, Some(peeled)) => peeled,
        (None, None) => Found { mark: Cow::Borrowed(&first.key), words: 1, known: false },
    }
}

/// The longest phrase that begins with a word, articles inside it skipped.
fn longest<'a>(first: Seen, rest: &[Word<'_>], finder: &'a Phrases) -> Option<Found<'a>> {
    let (mark, words) = finder.longest(first, rest.iter().map(|word| word.seen))?;
    Some(Found { mark: Cow::Borrowed(mark), words, known: true })
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
fn peeled<'a>(
    first: &str,
    rest: &[Word<'_>],
    finder: &'a Phrases,
    is_function_word: &dyn Fn(&str) -> bool,
) -> Option<Found<'a>> {
    if !first.starts_with(is_arabic_letter) {
        return possessive(first, rest, finder);
    }
    let mut best: Option<Found<'_>> = None;
    let prefixes = std::iter::once(("", "")).chain(PREFIXES);
    for (prefix, mark) in prefixes {
        let Some(stem) = first.strip_prefix(prefix) else { continue };
        stems(stem, rest, (finder, is_function_word), prefix.is_empty(), &mut |found| {
            if best.as_ref().is_none_or(|best| found.words > best.words) {
                let mark = format!("{mark} {}", found.mark).trim().to_owned();
                best = Some(Found { mark: Cow::Owned(mark), ..found });
            }
        });
    }
    best
}

/// What `stem` and the words after it can be, with and without a pronoun at its end.
fn stems<'a>(
    stem: &str,
    rest: &[Word<'_>],
    (finder, is_function_word): (&'a Phrases, &dyn Fn(&str) -> bool),
    whole: bool,
    sink: &mut dyn FnMut(Found<'a>),
) {
    let with = |head: &str| longest(finder.see(head), rest, finder);
    if !whole {
        with(stem).into_iter().for_each(&mut *sink);
        if stem.chars().nth(1).is_some() && is_function_word(stem) {
            let mark = Cow::Owned(stem.to_owned());
            sink(Found { mark, words: 1, known: true });
        }
    }
    for suffix in SUFFIXES {
        let Some(head) = stem.strip_suffix(suffix) else { continue };
        with(head).into_iter().for_each(&mut *sink);
        if let Some(head) = head.strip_suffix('ت') {
            with(&format!("{head}ه")).into_iter().for_each(&mut *sink);
        }
    }
}

/// "the board's meetings": the word without its 's.
fn possessive<'a>(
    first: &str,
    rest: &[Word<'_>],
    finder: &'a Phrases,
) -> Option<Found<'a>> {
    let head = first.strip_suffix("'s").or_else(|| first.strip_suffix("s'"))?;
    longest(finder.see(head), rest, finder)
}

/// The words of a sentence: letters and digits, numbers without their separators, and the
/// punctuation that grammars look at, each a word of its own.
fn words<'a>(sentence: &str, folded: &'a Folded, finder: &Phrases) -> Vec<Word<'a>> {
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
    for word in &mut words {
        word.seen = finder.see(&word.key);
    }
    words
}

/// A dash between numbers is a range; between words it is a space.
fn after_digit(characters: &[(usize, char)], index: usize) -> bool {
    let before = characters.iter().take(index).rev().find(|(_, c)| *c != ' ');
    before.is_some_and(|(_, c)| c.is_ascii_digit())
}

fn push_word<'a>(
    words: &mut Vec<Word<'a>>,
    key: &'a str,
    source: Range<usize>,
    sentence: &str,
) {
    let mut push = |key: Cow<'a, str>, source: Range<usize>| {
        words.push(Word { key, source, seen: Seen::Unknown });
    };
    if let Some(number) = number(key) {
        push(number, source);
        return;
    }
    if key != "الا" {
        push(Cow::Borrowed(key), source);
        return;
    }
    // «ألّا» is «أن لا», «إلا» is "except"; folding makes them one.
    let negated = sentence.get(source.clone()).is_some_and(begins_with_hamza);
    let after_must = words.last().is_some_and(|last| {
        matches!(last.key.as_ref(), "يجب" | "ينبغي" | "يشترط" | "يلزم" | "علي")
    });
    let parts: &[&str] =
        if negated || after_must { &["ان", "لا"] } else { &["الا"] };
    for part in parts {
        let key = Cow::Borrowed(*part);
        words.push(Word { key, source: source.clone(), seen: Seen::Unknown });
    }
}

/// The digits of a number as it is written: 50,000 or 2nd.
fn number(key: &str) -> Option<Cow<'_, str>> {
    if !key.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = if key.contains(',') {
        Cow::Owned(key.replace(',', ""))
    } else {
        Cow::Borrowed(key)
    };
    let ends = ["st", "nd", "rd", "th"];
    let length =
        ends.iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(&digits).len();
    let number = match digits {
        Cow::Borrowed(digits) => Cow::Borrowed(digits.get(..length)?),
        Cow::Owned(mut digits) => {
            digits.truncate(length);
            Cow::Owned(digits)
        }
    };
    number.chars().all(|c| c.is_ascii_digit()).then_some(number)
}

/// Whether a word begins with «أ», in one character or in two.
fn begins_with_hamza(word: &str) -> bool {
    word.starts_with('أ') || word.starts_with("ا\u{654}")
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
            // The tables of Unicode are slow to ask: the letters of Arabic are told first.
            '\u{0620}'..='\u{064a}' => arabic,
            _ => arabic == is_arabic_letter(character) && character.is_alphanumeric(),
        };
        if !inside {
            break;
        }
        length += 1;
    }
    length
}
