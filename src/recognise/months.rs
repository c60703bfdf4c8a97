//! The names of months and weekdays in the tongues that papers use.
//!
//! All names are folded as [`crate::text::key`] folds. Arabic has three families of month
//! names (Levantine, Gulf and Egyptian, Maghreb), and papers join two of them.

use super::tokens::Token;
use super::tokens::What;

/// A month name of one word.
const MONTHS: [(&str, u8); 70] = [
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
    ("شباط", 2),
    ("اذار", 3),
    ("نيسان", 4),
    ("ايار", 5),
    ("حزيران", 6),
    ("تموز", 7),
    ("اب", 8),
    ("ايلول", 9),
    ("يناير", 1),
    ("فبراير", 2),
    ("فبرايير", 2),
    ("مارس", 3),
    ("ابريل", 4),
    ("مايو", 5),
    ("يونيو", 6),
    ("يونيه", 6),
    ("يوليو", 7),
    ("يوليه", 7),
    ("اغسطس", 8),
    ("سبتمبر", 9),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("جانفي", 1),
    ("فيفري", 2),
    ("فيفريي", 2),
    ("افريل", 4),
    ("ماي", 5),
    ("جوان", 6),
    ("جويليه", 7),
    ("اوت", 8),
    ("يوليوز", 7),
    ("غشت", 8),
    ("شتنبر", 9),
    ("نونبر", 11),
    ("دجنبر", 12),
    ("نوفنبر", 11),
    ("ديسنبر", 12),
    ("سبتنبر", 9),
    ("اكتوبرر", 10),
    ("janvier", 1),
    ("fevrier", 2),
    ("avril", 4),
    ("juin", 6),
    ("juillet", 7),
    ("aout", 8),
];

/// The Hijri months of one word.
const HIJRI: [(&str, u8); 6] =
    [("محرم", 1), ("صفر", 2), ("رجب", 7), ("شعبان", 8), ("رمضان", 9), ("شوال", 10)];

const WEEKDAYS: [(&str, u8); 27] = [
    ("sunday", 0),
    ("monday", 1),
    ("tuesday", 2),
    ("wednesday", 3),
    ("thursday", 4),
    ("friday", 5),
    ("saturday", 6),
    ("sun", 0),
    ("mon", 1),
    ("tue", 2),
    ("tues", 2),
    ("wed", 3),
    ("weds", 3),
    ("thu", 4),
    ("thur", 4),
    ("thurs", 4),
    ("fri", 5),
    ("sat", 6),
    ("الاحد", 0),
    ("الاثنين", 1),
    ("اثنين", 1),
    ("الثلاثاء", 2),
    ("الاربعاء", 3),
    ("الخميس", 4),
    ("الجمعه", 5),
    ("السبت", 6),
    ("الاتنين", 1),
];

/// A month in the text: 1–12, and how many tokens name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Month {
    pub(super) number: u8,
    pub(super) hijri: bool,
    pub(super) tokens: usize,
}

/// The month that begins at `at`, joint names («ديسمبر/ كانون أول») taken as one. Two
/// names that disagree are no month.
pub(super) fn month_at(tokens: &[Token<'_>], at: usize) -> Option<Month> {
    let first = single(tokens, at)?;
    let after = at + first.tokens;
    let joins = ['/', '-', '(', '|'].iter().any(|&mark| is_mark(tokens, after, mark));
    if !joins {
        return Some(first);
    }
    match single(tokens, after + 1) {
        Some(second) if second.hijri == first.hijri => {
            let closed = usize::from(is_mark(tokens, after + 1 + second.tokens, ')'));
            let same = second.number == first.number;
            let tokens = first.tokens + 1 + second.tokens + closed;
            same.then_some(Month { tokens, ..first })
        }
        _ => Some(first),
    }
}

/// The month that is named here, whatever is joined to it.
pub(super) fn single(tokens: &[Token<'_>], at: usize) -> Option<Month> {
    let word = tokens.get(at)?.word()?;
    named(word, tokens, at).or_else(|| {
        let mut letters = word.chars();
        let clitic = matches!(letters.next(), Some('و' | 'ف' | 'ب' | 'ل' | 'ك'));
        let rest = letters.as_str();
        (clitic && rest.chars().count() >= 3).then(|| named(rest, tokens, at)).flatten()
    })
}

fn named(word: &str, tokens: &[Token<'_>], at: usize) -> Option<Month> {
    if let Some(&(_, number)) = MONTHS.iter().find(|(name, _)| *name == word) {
        let dot = is_mark(tokens, at + 1, '.') && word.is_ascii() && word != "may";
        return Some(Month { number, hijri: false, tokens: 1 + usize::from(dot) });
    }
    if let Some(&(_, number)) = HIJRI.iter().find(|(name, _)| *name == word) {
        return Some(Month { number, hijri: true, tokens: 1 });
    }
    let (second, used) = match word {
        "ك" | "ت" => (ordinal(tokens, at + 1)?, 2),
        _ => {
            let skip = usize::from(is_mark(tokens, at + 1, '-'));
            (ordinal(tokens, at + 1 + skip)?, 2 + skip)
        }
    };
    let (number, hijri) = match (word, second) {
        ("كانون" | "ك", 1) => (12, false),
        ("كانون" | "ك", 2) => (1, false),
        ("تشرين" | "ت", 1) => (10, false),
        ("تشرين" | "ت", 2) => (11, false),
        ("ربيع", _) => (2 + second, true),
        ("جمادي" | "جماد", _) => (4 + second, true),
        ("ذو" | "ذي", 11 | 12) => (second, true),
        ("محرم", _) => (1, true),
        _ => return None,
    };
    Some(Month { number, hijri, tokens: used })
}

/// The second word of a month's name: first or second, or the two months of ذو.
fn ordinal(tokens: &[Token<'_>], at: usize) -> Option<u8> {
    match tokens.get(at)?.what {
        What::Number(value @ (1 | 2), 1) => u8::try_from(value).ok(),
        What::Word("الاول" | "اول" | "الاولي" | "اولي") => Some(1),
        What::Word("الثاني" | "ثاني" | "ثان" | "الثانيه" | "ثانيه") => {
            Some(2)
        }
        What::Word("الاخر" | "اخر" | "الاخره" | "اخره") => Some(2),
        What::Word("القعده" | "قعده") => Some(11),
        What::Word("الحجه" | "حجه") => Some(12),
        _ => None,
    }
}

/// A weekday, 0 = Sunday.
pub(super) fn weekday(word: &str) -> Option<u8> {
    let bare =
        word.strip_prefix('و').filter(|rest| rest.starts_with("ال")).unwrap_or(word);
    WEEKDAYS.iter().find(|(name, _)| *name == bare).map(|(_, day)| *day)
}

pub(super) fn is_mark(tokens: &[Token<'_>], at: usize, mark: char) -> bool {
    tokens.get(at).is_some_and(|token| token.is_mark(mark))
}
