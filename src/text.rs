//! Text as papers and rule files hold it: folding for matching, and marks for direction.
//!
//! Folding is for matching only. The text that somebody wrote is never rewritten, so
//! [`Folded`] keeps where each folded character came from.

use unicode_normalization::UnicodeNormalization;

/// The two languages of the product. Everything that is said is said in both.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Language {
    #[default]
    English,
    Arabic,
}

/// A match key of a text, with the way back to the text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The key: lower case, no diacritics, one form of each letter, Latin digits.
    pub key: String,
    /// For each byte of `key`, the byte offset in the source where its character began.
    /// One more entry at the end: the length of the source.
    pub origin: Vec<u32>,
}

impl Language {
    /// The language's code: `en` or `ar`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Arabic => "ar",
        }
    }

    pub fn other(self) -> Language {
        match self {
            Language::English => Language::Arabic,
            Language::Arabic => Language::English,
        }
    }
}

impl Folded {
    /// The source bytes that the key's bytes `from..to` came from.
    pub fn source_range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        let at = |index: usize| {
            let last = self.origin.last().copied().unwrap_or_default();
            self.origin.get(index).copied().unwrap_or(last) as usize
        };
        at(from)..at(to)
    }
}

/// Folds a text to its match key: NFKC per character, case, tashkeel, tatweel and bidi
/// controls dropped, the forms of alef, ya, ta marbuta and hamza made one, both digit sets
/// Latin, Arabic punctuation its Latin counterpart, white space a plain space.
/// Cost is linear in the text; the key is never longer than 18 times the source.
pub fn fold(source: &str) -> Folded {
    let mut folded = Folded {
        key: String::with_capacity(source.len()),
        origin: Vec::with_capacity(source.len() + 1),
    };
    for (offset, character) in source.char_indices() {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        plain_forms(character, |plain| {
            folded.key.push(plain);
            folded.origin.extend(std::iter::repeat_n(offset, plain.len_utf8()));
        });
    }
    folded.origin.push(u32::try_from(source.len()).unwrap_or(u32::MAX));
    folded
}

/// The match key of a text, without the way back.
pub fn key(source: &str) -> String {
    let mut key = String::with_capacity(source.len());
    for character in source.chars() {
        plain_forms(character, |plain| key.push(plain));
    }
    key
}

/// What a character is in a key: mostly one, or none.
#[inline]
fn plain_forms(character: char, mut put: impl FnMut(char)) {
    let mut put = |plain: char| {
        let space = plain.is_whitespace() && plain != '\n';
        put(if space { ' ' } else { plain });
    };
    if character.is_ascii() {
        return put(character.to_ascii_lowercase());
    }
    if is_composed_arabic(character) {
        return plain_form(character).into_iter().for_each(put);
    }
    let parts = std::iter::once(character).nfkc().flat_map(char::to_lowercase);
    parts.filter_map(plain_form).for_each(put);
}

/// Characters of Arabic that NFKC and lower case leave as they are: nearly all that anybody
/// types.
fn is_composed_arabic(character: char) -> bool {
    matches!(character, '\u{0600}'..='\u{0674}' | '\u{0679}'..='\u{06ff}')
}

/// One letter for each family of letters that writers mix; `None` for what only decorates.
fn plain_form(character: char) -> Option<char> {
    match character {
        '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}' | '\u{0670}' => None,
        '\u{06d6}'..='\u{06ed}' | '\u{0640}' | '\u{00ad}' | '\u{feff}' => None,
        '\u{0300}'..='\u{036f}' => None,
        _ if is_direction_mark(character) || is_joiner(character) => None,
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' | 'ئ' => Some('ي'),
        'ة' => Some('ه'),
        'ؤ' => Some('و'),
        'ک' => Some('ك'),
        '\u{0660}'..='\u{0669}' => digit(character, 0x0660),
        '\u{06f0}'..='\u{06f9}' => digit(character, 0x06f0),
        '،' => Some(','),
        '؛' => Some(';'),
        '؟' => Some('?'),
        '٪' => Some('%'),
        '٫' => Some('.'),
        '٬' => Some(','),
        '’' | '‘' | 'ʼ' => Some('\''),
        '“' | '”' | '«' | '»' => Some('"'),
        '‐' | '‑' | '–' | '—' | '−' => Some('-'),
        other => Some(other),
    }
}

/// A person's name, folded, with one space between its parts: two spellings that differ in
/// nothing else are one name.
pub fn name_key(name: &str) -> String {
    key(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The characters that change direction and print nothing.
pub fn is_direction_mark(character: char) -> bool {
    matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}')
}

fn digit(character: char, zero: u32) -> Option<char> {
    char::from_digit(u32::from(character) - zero, 10)
}

/// The language that most letters of a text belong to; English when there are none.
pub fn language_of(text: &str) -> Language {
    let (mut arabic, mut latin) = (0usize, 0usize);
    for character in text.chars() {
        arabic += usize::from(is_arabic_letter(character));
        latin += usize::from(character.is_ascii_alphabetic());
    }
    if arabic > latin { Language::Arabic } else { Language::English }
}

/// Letters of the Arabic script, presentation forms among them.
pub fn is_arabic_letter(character: char) -> bool {
    matches!(character, '\u{0620}'..='\u{064a}' | '\u{066e}'..='\u{06d3}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Wraps a fragment so that its direction cannot disturb the sentence around it.
pub fn isolate(fragment: &str) -> String {
    format!("\u{2068}{fragment}\u{2069}")
}

/// One thing said in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bilingual {
    pub english: String,
    pub arabic: String,
}

impl Bilingual {
    pub fn new(english: &str, arabic: &str) -> Bilingual {
        Bilingual { english: english.to_owned(), arabic: arabic.to_owned() }
    }

    /// The text in `language`, or in the other one where this is empty.
    pub fn read_in(&self, language: Language) -> &str {
        let (wanted, other) = match language {
            Language::English => (&self.english, &self.arabic),
            Language::Arabic => (&self.arabic, &self.english),
        };
        if wanted.is_empty() { other } else { wanted }
    }
}
