//! The months: what rules write, and every family of names that papers and rules use.

use crate::calendar::Day;

/// English, then what we write in Arabic (the Levantine family), January first.
pub const NAMES: [[&str; 2]; 12] = [
    ["January", "كانون الثاني"],
    ["February", "شباط"],
    ["March", "آذار"],
    ["April", "نيسان"],
    ["May", "أيار"],
    ["June", "حزيران"],
    ["July", "تموز"],
    ["August", "آب"],
    ["September", "أيلول"],
    ["October", "تشرين الأول"],
    ["November", "تشرين الثاني"],
    ["December", "كانون الأول"],
];

/// Names that are read and never written: Egyptian and Gulf, Maghrebi, short forms.
pub const VARIANTS: [&[&str]; 12] = [
    &["jan", "يناير", "كانون ثاني", "جانفي"],
    &["feb", "فبراير", "فبرايير", "فيفري"],
    &["mar", "مارس"],
    &["apr", "أبريل", "إبريل", "أفريل"],
    &["مايو", "ماي"],
    &["jun", "يونيو", "يونيه", "جوان"],
    &["jul", "يوليو", "يوليه", "جويلية", "يوليوز"],
    &["aug", "أغسطس", "أوت", "غشت"],
    &["sep", "sept", "سبتمبر", "شتنبر"],
    &["oct", "أكتوبر", "تشرين أول"],
    &["nov", "نوفمبر", "تشرين ثاني", "نونبر"],
    &["dec", "ديسمبر", "كانون أول", "دجنبر"],
];

/// A date as it stands in a sentence: 30 April 2026, «30 نيسان 2026».
pub fn date(day: Day) -> [String; 2] {
    let (year, month, day) = day.ymd();
    name(month).map(|name| format!("{day} {name} {year}"))
}

/// The name of month 1–12 in English and in Arabic.
pub fn name(month: u8) -> [&'static str; 2] {
    let index = usize::from(month.clamp(1, 12)) - 1;
    NAMES.get(index).copied().expect("invariant: there are twelve months")
}
