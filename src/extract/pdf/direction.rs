//! From the order in which a line is printed to the order in which it is read.
//!
//! Pages hold glyphs from left to right whatever the script. Each unit gets an embedding
//! level as the bidirectional algorithm would have given it, and runs are turned back.

use crate::text::is_arabic_letter;
use crate::text::is_direction_mark;
use std::iter::Sum;
use unicode_normalization::UnicodeNormalization;

/// From which side something is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Leaning {
    Left,
    Right,
}

/// How many letters of either direction there are.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Letters {
    pub(super) arabic: usize,
    pub(super) latin: usize,
}

impl Letters {
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t String>) -> Letters {
        let mut letters = Letters::default();
        for character in texts.into_iter().flat_map(|text| text.chars()) {
            let arabic = is_arabic_letter(character);
            letters.arabic += usize::from(arabic);
            letters.latin += usize::from(!arabic && character.is_alphabetic());
        }
        letters
    }

    pub(super) fn leaning(self) -> Leaning {
        if self.arabic > 0 && self.arabic >= self.latin {
            Leaning::Right
        } else {
            Leaning::Left
        }
    }
}

impl Sum for Letters {
    fn sum<I: Iterator<Item = Letters>>(all: I) -> Letters {
        all.fold(Letters::default(), |sum, one| Letters {
            arabic: sum.arabic + one.arabic,
            latin: sum.latin + one.latin,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Arabic,
    Latin,
    Digit,
    /// Joins digits into one number.
    Joiner,
    Hyphen,
    Neutral,
}

/// A text in logical order. `pieces` are its units and spaces from left to right.
pub(super) fn logical(pieces: &[String], leaning: Leaning) -> String {
    let mut classes: Vec<Class> = pieces.iter().map(|piece| class(piece)).collect();
    if !classes.contains(&Class::Arabic) {
        // Only after Arabic letters a hyphen parts one number from the next.
        let hyphens = classes.iter_mut().filter(|class| **class == Class::Hyphen);
        hyphens.for_each(|class| *class = Class::Joiner);
    }
    let levels = match leaning {
        Leaning::Right => levels_in_arabic(&classes),
        Leaning::Left if classes.contains(&Class::Arabic) => levels_in_latin(&classes),
        Leaning::Left => return finish(&pieces.concat()),
    };
    let text = reordered(pieces, &levels).concat();
    finish(&repaired_brackets(&text))
}

fn class(piece: &str) -> Class {
    let Some(first) = piece.chars().find(|c| !is_direction_mark(*c)) else {
        return Class::Neutral;
    };
    match first {
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}' => Class::Digit,
        '.' | ',' | ':' | '/' | '٫' | '٬' => Class::Joiner,
        '-' | '\u{2010}' | '\u{2011}' => Class::Hyphen,
        _ if is_arabic_letter(first) => Class::Arabic,
        _ if first.is_alphabetic() => Class::Latin,
        _ => Class::Neutral,
    }
}

/// Levels on a line that is read from the right: numbers and Latin runs are 2, the rest 1.
fn levels_in_arabic(classes: &[Class]) -> Vec<u8> {
    let mut levels = vec![1u8; classes.len()];
    for (from, to) in numbers(classes) {
        fill(&mut levels, from, to, 2);
    }
    for (from, to) in runs(classes, Class::Latin, Class::Arabic) {
        fill(&mut levels, from, with_number(classes, to), 2);
    }
    levels
}

/// The end of a Latin run with the number that hangs on it, as in `PRC-2025-017`.
fn with_number(classes: &[Class], to: usize) -> usize {
    let hanging = classes.iter().skip(to).take_while(|class| {
        matches!(class, Class::Digit | Class::Joiner | Class::Hyphen)
    });
    let hanging: Vec<&Class> = hanging.collect();
    let digit = hanging.iter().rposition(|class| **class == Class::Digit);
    to + digit.map_or(0, |last| last + 1)
}

/// Levels on a line that is read from the left: Arabic runs are 1, numbers in them 2.
fn levels_in_latin(classes: &[Class]) -> Vec<u8> {
    let mut levels = vec![0u8; classes.len()];
    for (from, to) in runs(classes, Class::Arabic, Class::Latin) {
        fill(&mut levels, from, to, 1);
    }
    for (from, to) in numbers(classes) {
        let inside =
            levels.get(from..to).is_some_and(|levels| levels.iter().all(|l| *l == 1));
        if inside {
            fill(&mut levels, from, to, 2);
        }
    }
    levels
}

fn fill(levels: &mut [u8], from: usize, to: usize, level: u8) {
    for slot in levels.iter_mut().take(to).skip(from) {
        *slot = level;
    }
}

/// Digits with single joiners between them, as half-open ranges.
fn numbers(classes: &[Class]) -> Vec<(usize, usize)> {
    let at = |index: usize| classes.get(index).copied();
    let mut found = Vec::new();
    let mut index = 0;
    while index < classes.len() {
        if at(index) != Some(Class::Digit) {
            index += 1;
            continue;
        }
        let from = index;
        loop {
            index += 1;
            let joined =
                at(index) == Some(Class::Joiner) && at(index + 1) == Some(Class::Digit);
            if at(index) != Some(Class::Digit) && !joined {
                break;
            }
        }
        found.push((from, index));
    }
    found
}

/// From a letter of `own` to the last one before a letter of `other`.
fn runs(classes: &[Class], own: Class, other: Class) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (index, class) in classes.iter().enumerate() {
        if *class == own {
            open = Some((open.map_or(index, |(from, _)| from), index + 1));
        } else if *class == other {
            found.extend(open.take());
        }
    }
    found.extend(open);
    found
}

/// Turns runs back, the deepest first.
fn reordered(pieces: &[String], levels: &[u8]) -> Vec<String> {
    let mut items: Vec<(u8, String)> =
        levels.iter().copied().zip(pieces.iter().cloned()).collect();
    for level in [2u8, 1] {
        let mut rest = items.as_mut_slice();
        while let Some(from) = rest.iter().position(|(own, _)| *own >= level) {
            let (_, tail) = rest.split_at_mut(from);
            let length =
                tail.iter().position(|(own, _)| *own < level).unwrap_or(tail.len());
            let (run, after) = tail.split_at_mut(length);
            run.reverse();
            rest = after;
        }
    }
    items.into_iter().map(|(_, piece)| piece).collect()
}

/// Producers write brackets of Arabic lines mirrored or not; whichever way gives more
/// pairs is meant, or sets more of them as they are written.
fn repaired_brackets(text: &str) -> String {
    let swapped: String = text.chars().map(mirrored).collect();
    let fit = |text: &str| (pairs(text), well_set(text));
    if fit(&swapped) > fit(text) { swapped } else { text.to_owned() }
}

/// Brackets with a word on their inner side and none on the other.
fn well_set(text: &str) -> usize {
    let characters: Vec<char> = text.chars().collect();
    let is_word = |place: Option<usize>| {
        let character = place.and_then(|place| characters.get(place));
        character.is_some_and(|it| it.is_alphanumeric())
    };
    let set = characters.iter().enumerate().filter(|(place, character)| {
        let (before, after) = (place.checked_sub(1), place.checked_add(1));
        match character {
            '(' | '[' | '«' => is_word(after) && !is_word(before),
            ')' | ']' | '»' => is_word(before) && !is_word(after),
            _ => false,
        }
    });
    set.count()
}

fn mirrored(character: char) -> char {
    match character {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

fn pairs(text: &str) -> usize {
    let mut open = 0usize;
    let mut pairs = 0;
    for character in text.chars() {
        match character {
            '(' | '[' | '«' => open += 1,
            ')' | ']' | '»' if open > 0 => {
                open -= 1;
                pairs += 1;
            }
            _ => {}
        }
    }
    pairs
}

/// Presentation forms and ligatures as plain letters, direction marks gone. Only after
/// ordering: a ligature is one unit until then.
fn finish(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|c| !is_direction_mark(*c)) {
        if is_presentation_form(character) {
            out.extend(std::iter::once(character).nfkc().filter(|part| *part != ' '));
        } else {
            out.push(if character == '\u{a0}' { ' ' } else { character });
        }
    }
    out.trim().to_owned()
}

fn is_presentation_form(character: char) -> bool {
    matches!(character, '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}
