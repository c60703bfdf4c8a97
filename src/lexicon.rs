//! Words of both languages: number, gender and agreement; months, units, shares, slips.
//!
//! Knows no rule and no message. What it writes, the rule language reads back.

pub mod month;
pub mod noun;
pub mod number;
pub mod numbering;
pub mod slip;
pub mod unit;

/// Grammatical gender; only Arabic asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Gender {
    #[default]
    Masculine,
    Feminine,
}

/// The six plural classes of Arabic (Unicode CLDR, `ar`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plural {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// The plural class of a whole number in Arabic: 3–10 few, 11–99 many, by the last two
/// digits; 100–102 and the like are *other*.
pub fn plural(number: u64) -> Plural {
    match number {
        0 => Plural::Zero,
        1 => Plural::One,
        2 => Plural::Two,
        _ => match number % 100 {
            3..=10 => Plural::Few,
            11..=99 => Plural::Many,
            _ => Plural::Other,
        },
    }
}

/// The noun with `li-` before it: «لمجلس الإدارة»، «للجمعية العمومية».
pub fn with_li(noun: &str) -> String {
    match noun.strip_prefix("ال") {
        Some(rest) => format!("لل{rest}"),
        None => format!("ل{noun}"),
    }
}

/// An indefinite accusative: «منشورًا» of a masculine word, «مصادقًا عليه» where something
/// follows it; none of a feminine word, and none of one that a definite noun completes, as in
/// «ساري المفعول».
pub fn accusative(words: &str, gender: Gender) -> String {
    let (head, rest) = words.split_once(' ').unwrap_or((words, ""));
    if gender != Gender::Masculine || head.ends_with('ة') || rest.starts_with("ال") {
        return words.to_owned();
    }
    format!("{head}ًا {rest}").trim_end().to_owned()
}
