//! Words of both languages: number, gender and agreement; months, units, shares, slips.
//!
//! Knows no rule and no message. What it writes, the rule language reads back.

pub mod month;
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

/// The stems of a noun that numbers count.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub english: [&'static str; 2],
    pub singular: &'static str,
    /// In the oblique case, as after a preposition: `shahrayn`.
    pub dual: &'static str,
    /// After 3–10.
    pub plural: &'static str,
    /// After 11–99: the singular accusative.
    pub accusative: &'static str,
    pub gender: Gender,
}

impl Counted {
    /// "4 months", "1 month".
    pub fn english(&self, number: u64) -> String {
        let [one, many] = self.english;
        format!("{number} {}", if number == 1 { one } else { many })
    }

    /// «شهر واحد»، «شهرين»، «4 أشهر»، «15 شهرًا»، «100 شهر»: the noun as after a preposition.
    pub fn arabic(&self, number: u64) -> String {
        match plural(number) {
            Plural::One => format!("{} {}", self.singular, self.one()),
            Plural::Two => self.dual.to_owned(),
            Plural::Few => format!("{number} {}", self.plural),
            Plural::Many => format!("{number} {}", self.accusative),
            Plural::Zero | Plural::Other => format!("{number} {}", self.singular),
        }
    }

    fn one(&self) -> &'static str {
        match self.gender {
            Gender::Masculine => "واحد",
            Gender::Feminine => "واحدة",
        }
    }
}

/// Members of a body.
pub const MEMBERS: Counted = Counted {
    english: ["member", "members"],
    singular: "عضو",
    dual: "عضوين",
    plural: "أعضاء",
    accusative: "عضوًا",
    gender: Gender::Masculine,
};

/// How often: times.
pub const TIMES: Counted = Counted {
    english: ["time", "times"],
    singular: "مرة",
    dual: "مرتين",
    plural: "مرات",
    accusative: "مرة",
    gender: Gender::Feminine,
};

/// The noun with `li-` before it: «لمجلس الإدارة»، «للجمعية العمومية».
pub fn with_li(noun: &str) -> String {
    match noun.strip_prefix("ال") {
        Some(rest) => format!("لل{rest}"),
        None => format!("ل{noun}"),
    }
}

/// An indefinite accusative: «منشورًا» of a masculine word, a feminine one as it is.
pub fn accusative(word: &str, gender: Gender) -> String {
    match gender {
        Gender::Masculine if !word.ends_with('ة') => format!("{word}ًا"),
        _ => word.to_owned(),
    }
}
