//! The small words of letters: dates, periods, points and counted nouns in both languages.
//!
//! Fragments whose direction could disturb a sentence are wrapped in Unicode isolates here;
//! the HTML writer turns those into `<bdi>`, the plain text drops them.

use crate::calendar::Cycle;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::lexicon::month;
use crate::lexicon::noun;
use crate::lexicon::noun::Counted;
use crate::limits::LETTER_NAME_CHARS_MAX;
use crate::text::Language;
use crate::text::is_direction_mark;

/// Opens a left-to-right fragment.
pub(crate) const LTR: char = '\u{2066}';
/// Opens a fragment that finds its own direction.
pub(crate) const AUTO: char = '\u{2068}';
/// Closes either.
pub(crate) const CLOSE: char = '\u{2069}';

pub(crate) use crate::lexicon::noun::Case;

/// The nouns that letters count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Noun {
    Day,
    File,
    Paper,
    Rule,
    Organization,
    Letter,
    Error,
    Time,
}

/// Text from outside, made harmless inside a sentence: no controls, no direction marks, no
/// line ends, at most [`LETTER_NAME_CHARS_MAX`] characters.
pub(crate) fn clean(text: &str) -> String {
    clean_to(text, LETTER_NAME_CHARS_MAX)
}

/// As [`clean`], with a bound of the caller's.
pub(crate) fn clean_to(text: &str, chars_max: usize) -> String {
    let mut out = String::new();
    let mut kept = 0;
    for character in text.chars() {
        if kept == chars_max {
            out.push('…');
            break;
        }
        if character.is_whitespace() || matches!(character, '\u{2028}' | '\u{2029}') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
                kept += 1;
            }
        } else if !is_unwanted(character) {
            out.push(character);
            kept += 1;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that print nothing and can only deceive.
fn is_unwanted(character: char) -> bool {
    character.is_control()
        || is_direction_mark(character)
        || matches!(character, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A name, a title or a quotation from outside, in its own direction. Among Arabic letters
/// a hyphenated date (`2026-03-14.pdf`) would show its parts in reverse, so such words keep
/// their own.
pub(crate) fn name(text: &str) -> String {
    let text = clean(text);
    let mut out = String::from(AUTO);
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if is_hyphenated_number(word) {
            out.extend([LTR]);
            out.push_str(word);
            out.push(CLOSE);
        } else {
            out.push_str(word);
        }
    }
    out.push(CLOSE);
    out
}

fn is_hyphenated_number(word: &str) -> bool {
    word.is_ascii()
        && word.contains(['-', '/'])
        && word.contains(|one: char| one.is_ascii_digit())
}

/// An id, a hash, a command, an address: always left to right.
pub(crate) fn code(text: &str) -> String {
    format!("{LTR}{}{CLOSE}", clean(text))
}

/// 30 April 2026 · 30 نيسان 2026.
pub(crate) fn date(day: Day, language: Language) -> String {
    let (year, month, day) = day.ymd();
    format!("{AUTO}{day} {} {year}{CLOSE}", month_name(month, language))
}

/// `3.1` as `+3.1`; the sign is part of the number and stays before it.
pub(crate) fn signed(tenths: i32) -> String {
    let sign = match tenths.signum() {
        1 => "+",
        -1 => "−",
        _ => "",
    };
    format!("{LTR}{sign}{}{CLOSE}", plain_tenths(tenths.unsigned_abs()))
}

/// 633 as `63.3`.
pub(crate) fn tenths(value: i32) -> String {
    let sign = if value < 0 { "−" } else { "" };
    format!("{LTR}{sign}{}{CLOSE}", plain_tenths(value.unsigned_abs()))
}

/// 850 thousandths as `85%`.
pub(crate) fn percent(thousandths: u16) -> String {
    format!("{LTR}{}%{CLOSE}", (thousandths + 5) / 10)
}

fn plain_tenths(value: u32) -> String {
    format!("{}.{}", value / 10, value % 10)
}

/// "for the third quarter of 2026" · «عن الربع الثالث من عام 2026».
pub(crate) fn for_period(period: Period, language: Language) -> String {
    let (year, month, _) = period.from.ymd();
    let is = |cycle| Period::holding(period.from, cycle) == period;
    match language {
        Language::English if is(Cycle::Year) => format!("for the year {year}"),
        Language::Arabic if is(Cycle::Year) => format!("عن عام {year}"),
        Language::English if is(Cycle::Quarter) => {
            format!("for the {} quarter of {year}", ordinal(month / 3, language))
        }
        Language::Arabic if is(Cycle::Quarter) => {
            format!("عن الربع {} من عام {year}", ordinal(month / 3, language))
        }
        Language::English if is(Cycle::Month) => {
            format!("for {} {year}", month_name(month, language))
        }
        Language::Arabic if is(Cycle::Month) => {
            format!("عن شهر {} {year}", month_name(month, language))
        }
        Language::English => format!("for the period {}", from_to(period, language)),
        Language::Arabic => format!("عن الفترة {}", from_to(period, language)),
    }
}

/// "from 1 July 2026 to 30 September 2026" · «من … إلى …».
pub(crate) fn from_to(period: Period, language: Language) -> String {
    let (from, to) = (date(period.from, language), date(period.to, language));
    match language {
        Language::English => format!("from {from} to {to}"),
        Language::Arabic => format!("من {from} إلى {to}"),
    }
}

/// The quarter `index` 0–3.
fn ordinal(index: u8, language: Language) -> &'static str {
    match (language, index) {
        (Language::English, 0) => "first",
        (Language::English, 1) => "second",
        (Language::English, 2) => "third",
        (Language::English, _) => "fourth",
        (Language::Arabic, 0) => "الأول",
        (Language::Arabic, 1) => "الثاني",
        (Language::Arabic, 2) => "الثالث",
        (Language::Arabic, _) => "الرابع",
    }
}

/// The month 1–12; Arabic has the Levantine names, as Palestine and Lebanon use them.
pub(crate) fn month_name(month: u8, language: Language) -> &'static str {
    let [english, arabic] = month::name(month);
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

/// "3 files" · «3 ملفات», agreeing by the plural categories of CLDR and by its place.
pub(crate) fn counted(number: u32, noun: Noun, case: Case, language: Language) -> String {
    match language {
        Language::English => noun.counted().english(number.into()),
        Language::Arabic => noun.counted().arabic_as(number.into(), case),
    }
}

impl Noun {
    fn counted(self) -> Counted {
        match self {
            Noun::Day => noun::DAY,
            Noun::File => noun::FILE,
            Noun::Paper => noun::PAPER,
            Noun::Rule => noun::RULE,
            Noun::Organization => noun::ORGANIZATION,
            Noun::Letter => noun::LETTER,
            Noun::Error => noun::ERROR,
            Noun::Time => noun::TIMES,
        }
    }
}
