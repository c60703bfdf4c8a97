//! Nouns that numbers count, in both languages: every stem, and the form beside a number.

use crate::lexicon::{Gender, Plural, plural};

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

/// The place of a counted noun in its sentence; only Arabic changes with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// A subject: ملفان.
    Subject,
    /// An object: ملفين، ملفًا واحدًا.
    Object,
    /// After a preposition: ملفين، ملف واحد.
    After,
}

impl Counted {
    /// "4 months", "1 month".
    pub fn english(&self, number: u64) -> String {
        let [one, many] = self.english;
        format!("{number} {}", if number == 1 { one } else { many })
    }

    /// «شهر واحد»، «شهرين»، «4 أشهر»، «15 شهرًا»، «100 شهر»: the noun as after a preposition.
    pub fn arabic(&self, number: u64) -> String {
        self.arabic_as(number, Case::After)
    }

    /// The noun beside a number, agreeing by the plural classes of CLDR and by its place.
    pub fn arabic_as(&self, number: u64, case: Case) -> String {
        match (plural(number), case) {
            (Plural::One, Case::Object) if self.gender == Gender::Masculine => {
                self.one_as_object()
            }
            (Plural::One, _) => self.one(self.singular, ["واحد", "واحدة"]),
            (Plural::Two, Case::Subject) => nominative(self.dual),
            (Plural::Two, _) => self.dual.to_owned(),
            (Plural::Few, _) => format!("{number} {}", self.plural),
            (Plural::Many, _) => format!("{number} {}", self.accusative),
            (Plural::Zero | Plural::Other, _) => format!("{number} {}", self.singular),
        }
    }

    fn one_as_object(&self) -> String {
        let noun =
            if self.singular.contains(' ') { self.singular } else { self.accusative };
        self.one(noun, ["واحدًا", "واحدة"])
    }

    fn one(&self, noun: &str, [masculine, feminine]: [&str; 2]) -> String {
        match self.gender {
            Gender::Masculine => format!("{noun} {masculine}"),
            Gender::Feminine => format!("{noun} {feminine}"),
        }
    }
}

/// A dual as a subject: «ملفين» is «ملفان», «خطأين» «خطآن», and «يومي عمل», which has lost its
/// nun to the next word, «يوما عمل».
fn nominative(dual: &str) -> String {
    let (head, rest) = dual.find(' ').map_or((dual, ""), |space| dual.split_at(space));
    let endings = [("أين", "آن"), ("ين", "ان"), ("ي", "ا")];
    let ended = endings.into_iter().find_map(|(oblique, plain)| {
        Some(format!("{}{plain}", head.strip_suffix(oblique)?))
    });
    format!("{}{rest}", ended.unwrap_or_else(|| head.to_owned()))
}

const fn masculine(
    english: [&'static str; 2],
    [singular, dual, plural, accusative]: [&'static str; 4],
) -> Counted {
    Counted { english, singular, dual, plural, accusative, gender: Gender::Masculine }
}

/// The accusative of these shows no ending of its own.
const fn feminine(
    english: [&'static str; 2],
    [singular, dual, plural]: [&'static str; 3],
) -> Counted {
    let gender = Gender::Feminine;
    Counted { english, singular, dual, plural, accusative: singular, gender }
}

pub const DAY: Counted = masculine(["day", "days"], ["يوم", "يومين", "أيام", "يومًا"]);
pub const WORKING_DAY: Counted = masculine(
    ["working day", "working days"],
    ["يوم عمل", "يومي عمل", "أيام عمل", "يوم عمل"],
);
pub const WEEK: Counted =
    masculine(["week", "weeks"], ["أسبوع", "أسبوعين", "أسابيع", "أسبوعًا"]);
pub const MONTH: Counted =
    masculine(["month", "months"], ["شهر", "شهرين", "أشهر", "شهرًا"]);
pub const YEAR: Counted = feminine(["year", "years"], ["سنة", "سنتين", "سنوات"]);
/// Members of a body.
pub const MEMBERS: Counted =
    masculine(["member", "members"], ["عضو", "عضوين", "أعضاء", "عضوًا"]);
/// How often: times.
pub const TIMES: Counted = feminine(["time", "times"], ["مرة", "مرتين", "مرات"]);
/// Terms of office.
pub const TERMS: Counted = feminine(["term", "terms"], ["دورة", "دورتين", "دورات"]);
pub const FILE: Counted = masculine(["file", "files"], ["ملف", "ملفين", "ملفات", "ملفًا"]);
pub const PAPER: Counted =
    masculine(["document", "documents"], ["مستند", "مستندين", "مستندات", "مستندًا"]);
pub const RULE: Counted = feminine(["rule", "rules"], ["قاعدة", "قاعدتين", "قواعد"]);
pub const ORGANIZATION: Counted =
    feminine(["organization", "organizations"], ["مؤسسة", "مؤسستين", "مؤسسات"]);
pub const LETTER: Counted =
    feminine(["letter", "letters"], ["رسالة", "رسالتين", "رسائل"]);
pub const ERROR: Counted =
    masculine(["error", "errors"], ["خطأ", "خطأين", "أخطاء", "خطأً"]);

/// All nouns that are counted somewhere.
pub const COUNTED: [&Counted; 14] = [
    &DAY,
    &WORKING_DAY,
    &WEEK,
    &MONTH,
    &YEAR,
    &MEMBERS,
    &TIMES,
    &TERMS,
    &FILE,
    &PAPER,
    &RULE,
    &ORGANIZATION,
    &LETTER,
    &ERROR,
];
