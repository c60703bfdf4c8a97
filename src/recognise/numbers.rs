//! Numbers in words and figures, in both languages.

use super::tokens::Token;
use super::tokens::What;

const WORDS: [(&str, u16); 62] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("واحد", 1),
    ("واحده", 1),
    ("عضوين", 2),
    ("عضوان", 2),
    ("اثنان", 2),
    ("اثنين", 2),
    ("ثلاثه", 3),
    ("ثلاث", 3),
    ("اربعه", 4),
    ("اربع", 4),
    ("خمسه", 5),
    ("خمس", 5),
    ("سته", 6),
    ("ست", 6),
    ("سبعه", 7),
    ("سبع", 7),
    ("ثمانيه", 8),
    ("ثماني", 8),
    ("ثمان", 8),
    ("تسعه", 9),
    ("تسع", 9),
    ("عشره", 10),
    ("عشر", 10),
    ("عشرون", 20),
    ("عشرين", 20),
    ("ثلاثون", 30),
    ("ثلاثين", 30),
    ("اربعون", 40),
    ("اربعين", 40),
    ("خمسون", 50),
    ("خمسين", 50),
    ("ستون", 60),
    ("ستين", 60),
    ("سبعون", 70),
    ("سبعين", 70),
    ("ثمانون", 80),
    ("ثمانين", 80),
    ("تسعون", 90),
    ("تسعين", 90),
    ("ميه", 100),
    ("مييه", 100),
    ("مايه", 100),
];

/// A number of at most four digits, or a number word; and how many tokens it takes,
/// parentheses around it among them. «سبعة عشر» and «خمسة وعشرون» are one number.
pub(super) fn number_at(tokens: &[Token<'_>], at: usize) -> Option<(u16, usize)> {
    if tokens.get(at)?.is_mark('(') {
        let (number, used) = bare(tokens, at + 1)?;
        let closed = tokens.get(at + 1 + used).is_some_and(|token| token.is_mark(')'));
        return closed.then_some((number, used + 2));
    }
    bare(tokens, at)
}

fn bare(tokens: &[Token<'_>], at: usize) -> Option<(u16, usize)> {
    match tokens.get(at)?.what {
        What::Number(value, digits) if digits <= 4 => {
            Some((u16::try_from(value).ok()?, 1))
        }
        What::Word(word) => {
            let first = word_value(word)?;
            let next = tokens.get(at + 1).and_then(Token::word);
            match next {
                Some("عشر" | "عشره") if first < 10 => Some((first + 10, 2)),
                Some(tens) if first < 10 => {
                    let tens = tens.strip_prefix('و').and_then(word_value);
                    let tens = tens.filter(|tens| *tens >= 20);
                    Some(tens.map_or((first, 1), |tens| (first + tens, 2)))
                }
                _ => Some((first, 1)),
            }
        }
        What::Number(..) | What::Mark(_) => None,
    }
}

fn word_value(word: &str) -> Option<u16> {
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}
