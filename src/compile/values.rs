//! The values of labels: durations, days, whole numbers, and words from a short list.

use crate::calendar::{Day, Span};
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
    let marked = form::mark(text.trim_end_matches('.'), vocabulary);
    let node = form::parse_entry([Rule::duration_en, Rule::duration_ar], &marked).ok()?;
    // Grace, lag and lead are calendar days: they hold for every jurisdiction alike.
    node.span("count", "unit").filter(|span| !matches!(span, Span::WorkingDays(_)))
}

/// "from 1 January 2026", «اعتبارًا من 1 كانون الثاني 2026», 2026-01-01.
pub(crate) fn first_day(text: &str, vocabulary: &Vocabulary) -> Option<Day> {
    let marked = form::mark(text.trim_end_matches('.'), vocabulary);
    let node =
        form::parse_entry([Rule::first_day_en, Rule::first_day_ar], &marked).ok()?;
    day(&node)
}

/// "from 1 January 2026 until 31 December 2026", or one of the two.
pub(crate) fn window(text: &str, vocabulary: &Vocabulary) -> Option<Window> {
    let marked = form::mark(text.trim_end_matches('.'), vocabulary);
    let node = form::parse_entry([Rule::window_en, Rule::window_ar], &marked).ok()?;
    let end = |tag: &str| node.nodes(tag).next().map(|node| day(&node));
    let (from, to) = (end("from"), end("to"));
    let window = Window { from: from.flatten(), to: to.flatten() };
    let read =
        window.from.is_some() == from.is_some() && window.to.is_some() == to.is_some();
    let ordered = window.to.is_none_or(|to| window.from.is_none_or(|from| from <= to));
    (read && ordered).then_some(window)
}

fn day(node: &Node<'_>) -> Option<Day> {
    let small =
        |slot: &str| node.number(slot).and_then(|number| u8::try_from(number).ok());
    let year = i32::try_from(node.number("year")?).ok()?;
    let agrees = !node.has("month_too") || small("month_too") == small("month");
    Day::from_ymd(year, small("month")?, small("day")?).filter(|_| agrees)
}

/// A weight of 1 to [`WEIGHT_MAX`].
pub(crate) fn weight(text: &str, vocabulary: &Vocabulary) -> Option<u16> {
    let marked = form::mark(text.trim_end_matches('.'), vocabulary);
    let number = marked.text.strip_prefix("‹number ")?.strip_suffix('›')?;
    number.parse().ok().filter(|weight| (1..=WEIGHT_MAX).contains(weight))
}

/// The choice whose words the text is, folded.
pub(crate) fn choice<T: Copy>(text: &str, table: &[(&[&str], T)]) -> Option<T> {
    table.iter().find(|(words, _)| one_of(text, words)).map(|(_, choice)| *choice)
}

fn one_of(text: &str, words: &[&str]) -> bool {
    let text = key(text.trim().trim_end_matches('.'));
    words.iter().any(|word| key(word) == text)
}
