//! The values of labels: durations, days, whole numbers, and words from a short list.

use std::collections::BTreeSet;

use crate::calendar::{Day, Period, Span};
use crate::form;
use crate::form::Rule;
use crate::form::node::Node;
use crate::program::Window;
use crate::text::key;
use crate::vocabulary::Vocabulary;

/// A weight beyond this is a slip: a rule cannot outweigh a hundred others.
const WEIGHT_MAX: u16 = 100;

/// "14 days", «14 يومًا»; "none" is no days at all.
pub(crate) fn duration(text: &str, vocabulary: &Vocabulary) -> Option<Span> {
    let none = [
        "none",
        "no grace",
        "no",
        "0",
        "0 days",
        "لا شيء",
        "لا يوجد",
        "بدون",
        "لا توجد",
        "دون مهلة",
    ];
    if one_of(text, &none) {
        return Some(Span::Days(0));
    }
    let marked = form::mark(form::trimmed(text), vocabulary);
    let node = form::parse_entry([Rule::duration_en, Rule::duration_ar], &marked).ok()?;
    // Grace, lag and lead are calendar days: they hold for every jurisdiction alike.
    node.span("count", "unit").filter(|span| !matches!(span, Span::WorkingDays(_)))
}

/// "from 1 January 2026", «اعتبارًا من 1 كانون الثاني 2026», 2026-01-01.
pub(crate) fn first_day(text: &str, vocabulary: &Vocabulary) -> Option<Day> {
    let marked = form::mark(form::trimmed(text), vocabulary);
    let node =
        form::parse_entry([Rule::first_day_en, Rule::first_day_ar], &marked).ok()?;
    day(&node)
}

/// "from 1 January 2026 until 31 December 2026", or one of the two.
pub(crate) fn window(text: &str, vocabulary: &Vocabulary) -> Option<Window> {
    let marked = form::mark(form::trimmed(text), vocabulary);
    let node = form::parse_entry([Rule::window_en, Rule::window_ar], &marked).ok()?;
    let end = |tag: &str| node.nodes(tag).next().map(|node| day(&node));
    let (from, to) = (end("from"), end("to"));
    let window = Window { from: from.flatten(), to: to.flatten() };
    let read =
        window.from.is_some() == from.is_some() && window.to.is_some() == to.is_some();
    let ordered = window.to.is_none_or(|to| window.from.is_none_or(|from| from <= to));
    (read && ordered).then_some(window)
}

/// Days on which a clock stands still, from their first day on; without a last one until
/// somebody writes it.
pub(crate) fn suspension(text: &str, vocabulary: &Vocabulary) -> Option<Period> {
    let window = window(text, vocabulary)?;
    Some(Period { from: window.from?, to: window.to.unwrap_or(Day::LATEST) })
}
/// A suspension as it may be written.
pub(crate) const SUSPENSION: [&str; 2] =
    ["from 1 March 2026 until 30 April 2026", "اعتبارًا من 1 آذار 2026 حتى 30 نيسان 2026"];

fn day(node: &Node<'_>) -> Option<Day> {
    let small =
        |slot: &str| node.number(slot).and_then(|number| u8::try_from(number).ok());
    let year = i32::try_from(node.number("year")?).ok()?;
    let agrees = !node.has("month_too") || small("month_too") == small("month");
    Day::from_ymd(year, small("month")?, small("day")?).filter(|_| agrees)
}

/// A weight of 1 to [`WEIGHT_MAX`].
pub(crate) fn weight(text: &str, vocabulary: &Vocabulary) -> Option<u16> {
    let marked = form::mark(form::trimmed(text), vocabulary);
    let number = marked.text.strip_prefix("‹number ")?.strip_suffix('›')?;
    number.parse().ok().filter(|weight| (1..=WEIGHT_MAX).contains(weight))
}

/// The choice whose words the text is, folded.
pub(crate) fn choice<T: Copy>(text: &str, table: &[(&[&str], T)]) -> Option<T> {
    table.iter().find(|(words, _)| one_of(text, words)).map(|(_, choice)| *choice)
}

fn one_of(text: &str, words: &[&str]) -> bool {
    let text = key(form::trimmed(text));
    words.iter().any(|word| key(word) == text)
}

/// The places whose law rules speak of: the code, then what they are called.
const PLACES: [(&str, [&str; 2], &[&str]); 5] = [
    ("PS-WB", ["the West Bank", "الضفة الغربية"], &["West Bank"]),
    ("PS-GZ", ["the Gaza Strip", "قطاع غزة"], &["Gaza Strip", "Gaza", "غزة"]),
    ("PS-JR", ["Jerusalem", "القدس"], &["East Jerusalem", "القدس الشرقية"]),
    ("PS", ["Palestine", "فلسطين"], &["دولة فلسطين"]),
    ("LB", ["Lebanon", "لبنان"], &["الجمهورية اللبنانية"]),
];
/// A jurisdiction as it may be written.
pub(crate) const JURISDICTION: [&str; 2] = ["Palestine", "فلسطين"];

/// "Palestine", "PS-WB, PS-GZ", «الضفة الغربية، قطاع غزة»: codes, as they were named.
pub(crate) fn jurisdictions(text: &str) -> Option<Vec<String>> {
    let named = form::trimmed(text).split([',', '،', ';', '؛']).map(str::trim);
    let codes: Option<Vec<String>> = named.map(place_code).collect();
    let mut seen = BTreeSet::new();
    Some(codes?.into_iter().filter(|code| seen.insert(code.clone())).collect())
}

fn place_code(name: &str) -> Option<String> {
    let known = PLACES.iter().find(|(code, names, others)| {
        one_of(name, &[*code]) || one_of(name, names) || one_of(name, others)
    });
    if let Some((code, ..)) = known {
        return Some((*code).to_owned());
    }
    // Any other country, and a part of it, by its code.
    let (country, part) = name.split_once('-').unwrap_or((name, "XX"));
    let is_code = |letters: &str| {
        (2..=3).contains(&letters.len())
            && letters.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    (country.len() == 2 && is_code(country) && is_code(part)).then(|| name.to_owned())
}

/// The places of these codes by name; a code that has none as it is.
pub(crate) fn places(codes: &[String]) -> [String; 2] {
    let named = |at: usize, and: &str| {
        let name = |code: &String| {
            let known = PLACES.iter().find(|(known, ..)| known == code);
            let name = known.and_then(|(_, names, _)| names.get(at).copied());
            name.unwrap_or(code).to_owned()
        };
        codes.iter().map(name).collect::<Vec<_>>().join(and)
    };
    [named(0, ", "), named(1, "، ")]
}
