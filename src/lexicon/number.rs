//! Whole numbers as words, in both languages and both genders of Arabic; shares.

/// The largest number that is read as words; larger ones are written in digits.
pub const WORDS_MAX: u16 = 100;

const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// Every form of 0–10: counting masculine nouns, feminine nouns, and other cases.
const ARABIC: [&[&str]; 11] = [
    &["صفر"],
    &["واحد", "واحدة", "واحدًا"],
    &["اثنين", "اثنان", "اثنتين", "اثنتان"],
    &["ثلاثة", "ثلاث"],
    &["أربعة", "أربع"],
    &["خمسة", "خمس"],
    &["ستة", "ست"],
    &["سبعة", "سبع"],
    &["ثمانية", "ثماني", "ثمان"],
    &["تسعة", "تسع"],
    &["عشرة", "عشر"],
];
const ARABIC_TENS: [&[&str]; 10] = [
    &[],
    &[],
    &["عشرين", "عشرون"],
    &["ثلاثين", "ثلاثون"],
    &["أربعين", "أربعون"],
    &["خمسين", "خمسون"],
    &["ستين", "ستون"],
    &["سبعين", "سبعون"],
    &["ثمانين", "ثمانون"],
    &["تسعين", "تسعون"],
];

/// All the ways to write a number of 0–[`WORDS_MAX`] as words, in both languages.
pub fn words(number: u16) -> Vec<String> {
    if number == 100 {
        return ["hundred", "one hundred", "مئة", "مائة"].map(str::to_owned).to_vec();
    }
    let mut all = english(number);
    all.extend(arabic(number));
    all
}

fn english(number: u16) -> Vec<String> {
    let (tens, ones) = (usize::from(number / 10), usize::from(number % 10));
    if let Some(word) = ENGLISH.get(usize::from(number)) {
        return vec![(*word).to_owned()];
    }
    let Some(ten) = ENGLISH_TENS.get(tens) else { return Vec::new() };
    match ENGLISH.get(ones) {
        Some(one) if ones > 0 => vec![format!("{ten} {one}")],
        _ => vec![(*ten).to_owned()],
    }
}

fn arabic(number: u16) -> Vec<String> {
    let (tens, ones) = (usize::from(number / 10), usize::from(number % 10));
    let units = ARABIC.get(ones).copied().unwrap_or_default();
    match (number, tens) {
        (0..=10, _) => {
            owned(ARABIC.get(usize::from(number)).copied().unwrap_or_default())
        }
        (11, _) => owned(&["أحد عشر", "إحدى عشرة", "احدى عشر"]),
        (12, _) => owned(&["اثني عشر", "اثنا عشر", "اثنتي عشرة", "اثنتا عشرة"]),
        (13..=19, _) => joined(units, &["عشر", "عشرة"], " "),
        _ if ones == 0 => owned(ARABIC_TENS.get(tens).copied().unwrap_or_default()),
        _ => joined(units, ARABIC_TENS.get(tens).copied().unwrap_or_default(), " و"),
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn joined(units: &[&str], tens: &[&str], between: &str) -> Vec<String> {
    units
        .iter()
        .flat_map(|unit| tens.iter().map(move |ten| format!("{unit}{between}{ten}")))
        .collect()
}

/// Shares with a name: numerator, denominator, English, and Arabic as after a comparison
/// («أكثر من نصف»، «ثلثي»).
pub const SHARES: [(u16, u16, &str, &str); 5] = [
    (1, 2, "half", "نصف"),
    (1, 3, "one third", "ثلث"),
    (2, 3, "two thirds", "ثلثي"),
    (1, 4, "one quarter", "ربع"),
    (3, 4, "three quarters", "ثلاثة أرباع"),
];

/// Names of shares that are read and never written.
pub const SHARE_VARIANTS: [(u16, u16, &[&str]); 7] = [
    (1, 2, &["one half", "نصف"]),
    (1, 3, &["third", "الثلث"]),
    (2, 3, &["two third", "ثلثا", "ثلثان", "ثلثين", "الثلثين"]),
    (1, 4, &["one fourth", "fourth"]),
    (3, 4, &["three fourths", "ثلاثة ارباع"]),
    (1, 5, &["one fifth"]),
    (4, 5, &["four fifths"]),
];

/// The share in words, or as a percentage when it has no name.
pub fn share(numerator: u16, denominator: u16) -> [String; 2] {
    let named = SHARES.iter().find(|(n, d, ..)| (*n, *d) == (numerator, denominator));
    match named {
        Some((_, _, english, arabic)) => [(*english).to_owned(), (*arabic).to_owned()],
        None if denominator > 0 && 100 % denominator == 0 => {
            let percent = numerator * (100 / denominator);
            [format!("{percent}%"), format!("{percent}%")]
        }
        None => {
            [format!("{numerator}/{denominator}"), format!("{numerator}/{denominator}")]
        }
    }
}
