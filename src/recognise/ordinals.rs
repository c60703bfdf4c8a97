//! The days of a month in words: "the third of March", «الثالث عشر من شباط».

use super::tokens::Token;

const DAYS: [(&str, u32); 43] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("الاول", 1),
    ("الحادي", 1),
    ("الثاني", 2),
    ("الثالث", 3),
    ("الرابع", 4),
    ("الخامس", 5),
    ("السادس", 6),
    ("السابع", 7),
    ("الثامن", 8),
    ("التاسع", 9),
    ("العاشر", 10),
    ("العشرين", 20),
    ("العشرون", 20),
    ("الثلاثين", 30),
    ("الثلاثون", 30),
    ("العشر", 20),
    ("والعشرين", 20),
    ("والعشرون", 20),
    ("والثلاثين", 30),
    ("والثلاثون", 30),
    ("twenty", 20),
    ("thirty", 30),
];

/// The day that the words at `at` name, 1 to 31, and how many tokens they take.
pub(super) fn day_at(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    let word = |index: usize| tokens.get(index).and_then(Token::word);
    let first = word(at)?;
    let day = value(first).filter(|_| !first.starts_with('و') && first != "العشر")?;
    let hyphen = usize::from(tokens.get(at + 1).is_some_and(|token| token.is_mark('-')));
    let second = word(at + 1 + hyphen);
    let named = match (first, second) {
        ("twenty" | "thirty", Some(unit)) => {
            let unit = value(unit).filter(|unit| *unit < 10)?;
            (day + unit, 2 + hyphen)
        }
        ("twenty" | "thirty", None) => return None,
        (_, Some("عشر")) if day < 10 => (day + 10, 2),
        (_, Some(tens)) if day < 10 && tens.starts_with('و') => match value(tens) {
            Some(tens) => (day + tens, 2),
            None => (day, 1),
        },
        ("الحادي", _) => return None,
        _ => (day, 1),
    };
    (1..=31).contains(&named.0).then_some(named)
}

fn value(word: &str) -> Option<u32> {
    DAYS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}
