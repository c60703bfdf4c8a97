//! The small words of letters: dates, periods, points and counted nouns in both languages.
//!
//! Fragments whose direction could disturb a sentence are wrapped in Unicode isolates here;
//! the HTML writer turns those into `<bdi>`, the plain text drops them.

use crate::calendar::Cycle;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::limits::LETTER_NAME_CHARS_MAX;
use crate::text::Language;
use crate::text::is_direction_mark;

/// Opens a left-to-right fragment.
pub(crate) const LTR: char = '\u{2066}';
/// Opens a fragment that finds its own direction.
pub(crate) const AUTO: char = '\u{2068}';
/// Closes either.
pub(crate) const CLOSE: char = '\u{2069}';

/// The place of a counted noun in its sentence; only Arabic changes with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    /// A subject: ملفان.
    Subject,
    /// An object or after a preposition: ملفين، ملفًا واحدًا.
    Object,
    /// After a preposition: ملفين، ملف واحد.
    After,
}

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
}

/// Number and gender of an Arabic noun.
struct ArabicNoun {
    one: &'static str,
    one_object: &'static str,
    two: &'static str,
    two_object: &'static str,
    few: &'static str,
    many: &'static str,
    hundred: &'static str,
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
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const ARABIC: [&str; 12] = [
        "كانون الثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين الأول",
        "تشرين الثاني",
        "كانون الأول",
    ];
    let names = match language {
        Language::English => &ENGLISH,
        Language::Arabic => &ARABIC,
    };
    names.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default()
}

/// "3 files" · «3 ملفات», agreeing by the plural categories of CLDR.
pub(crate) fn counted(number: u32, noun: Noun, case: Case, language: Language) -> String {
    match language {
        Language::English => {
            let (one, many) = english_noun(noun);
            format!("{number} {}", if number == 1 { one } else { many })
        }
        Language::Arabic => counted_in_arabic(number, &arabic_noun(noun), case),
    }
}

fn counted_in_arabic(number: u32, noun: &ArabicNoun, case: Case) -> String {
    match (number, number % 100) {
        (0, _) => format!("0 {}", noun.hundred),
        (1, _) if case == Case::Object => noun.one_object.to_owned(),
        (1, _) => noun.one.to_owned(),
        (2, _) if case == Case::Subject => noun.two.to_owned(),
        (2, _) => noun.two_object.to_owned(),
        (_, 3..=10) => format!("{number} {}", noun.few),
        (_, 11..=99) => format!("{number} {}", noun.many),
        _ => format!("{number} {}", noun.hundred),
    }
}

fn english_noun(noun: Noun) -> (&'static str, &'static str) {
    match noun {
        Noun::Day => ("day", "days"),
        Noun::File => ("file", "files"),
        Noun::Paper => ("document", "documents"),
        Noun::Rule => ("rule", "rules"),
        Noun::Organization => ("organization", "organizations"),
        Noun::Letter => ("letter", "letters"),
        Noun::Error => ("error", "errors"),
    }
}

fn arabic_noun(noun: Noun) -> ArabicNoun {
    let [one, one_object, two, two_object, few, many, hundred] = match noun {
        Noun::Day => ["يوم واحد", "يومًا واحدًا", "يومان", "يومين", "أيام", "يومًا", "يوم"],
        Noun::File => {
            ["ملف واحد", "ملفًا واحدًا", "ملفان", "ملفين", "ملفات", "ملفًا", "ملف"]
        }
        Noun::Paper => [
            "مستند واحد",
            "مستندًا واحدًا",
            "مستندان",
            "مستندين",
            "مستندات",
            "مستندًا",
            "مستند",
        ],
        Noun::Rule => [
            "قاعدة واحدة",
            "قاعدة واحدة",
            "قاعدتان",
            "قاعدتين",
            "قواعد",
            "قاعدة",
            "قاعدة",
        ],
        Noun::Organization => [
            "مؤسسة واحدة",
            "مؤسسة واحدة",
            "مؤسستان",
            "مؤسستين",
            "مؤسسات",
            "مؤسسة",
            "مؤسسة",
        ],
        Noun::Letter => [
            "رسالة واحدة",
            "رسالة واحدة",
            "رسالتان",
            "رسالتين",
            "رسائل",
            "رسالة",
            "رسالة",
        ],
        Noun::Error => ["خطأ واحد", "خطأً واحدًا", "خطآن", "خطأين", "أخطاء", "خطأً", "خطأ"],
    };
    ArabicNoun { one, one_object, two, two_object, few, many, hundred }
}
