//! From the order in which a line is printed to the order in which it is read.
//!
//! Pages hold glyphs from left to right whatever the script. Each unit gets an embedding
//! level as the bidirectional algorithm would have given it, and runs are turned back.

use crate::text::is_arabic_letter;
use crate::text::is_direction_mark;
use unicode_normalization::UnicodeNormalization;

/// The margin that a line touches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Left,
    Right,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Arabic,
    Latin,
    Digit,
    /// Joins digits into one number.
    Joiner,
    Neutral,
}

/// A line's text in logical order. `pieces` are its units and spaces from left to right.
pub(super) fn logical(pieces: &[String], side: Option<Side>) -> String {
    let classes: Vec<Class> = pieces.iter().map(|piece| class(piece)).collect();
    let arabic = count(pieces, is_arabic_letter);
    if arabic == 0 {
        return finish(&pieces.concat());
    }
    let latin = count(pieces, |c| c.is_alphabetic() && !is_arabic_letter(c));
    let right_to_left = match (latin, side) {
        (0, _) | (_, Some(Side::Right)) => true,
        (_, Some(Side::Left)) => arabic > 4 * latin,
        (_, None) => arabic >= latin,
    };
    let levels = if right_to_left {
        levels_in_arabic(&classes)
    } else {
        levels_in_latin(&classes)
    };
    let text = reordered(pieces, &levels).concat();
    finish(&repaired_brackets(&text))
}

fn count(pieces: &[String], is: impl Fn(char) -> bool) -> usize {
    pieces.iter().flat_map(|piece| piece.chars()).filter(|c| is(*c)).count()
}

fn class(piece: &str) -> Class {
    let Some(first) = piece.chars().find(|c| !is_direction_mark(*c)) else {
        return Class::Neutral;
    };
    match first {
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}' => Class::Digit,
        '.' | ',' | ':' | '/' | '٫' | '٬' => Class::Joiner,
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
        fill(&mut levels, from, to, 2);
    }
    levels
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
/// pairs is meant.
fn repaired_brackets(text: &str) -> String {
    let swapped: String = text.chars().map(mirrored).collect();
    if pairs(&swapped) > pairs(text) { swapped } else { text.to_owned() }
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
