//! Sentences of a known shape with an impossible or missing slot, made possible: the
//! corrections of [`crate::form::Fault`]. Whoever calls keeps those that a form takes.

use std::ops::Range;

use crate::diagnostics::raise::sentences::Wording;
use crate::form::Fault;
use crate::form::mark::Marked;
use crate::lexicon::month;
use crate::text::Language;

/// Sentences that the author may have meant; `words` are those at fault.
pub(crate) fn repaired(marked: &Marked, fault: &Fault, words: &str) -> Vec<String> {
    let source = marked.source();
    match fault.wording {
        Wording::MissingAnchor => anchored(marked, words),
        Wording::MissingTime => timed(marked, fault.slot),
        Wording::ImpossibleNumber => counted(source, words),
        Wording::ImpossibleDate => dated(source, words),
        Wording::MissingDeed if fault.slot == "noun" => listed(marked),
        Wording::SeveralMeanings if fault.slot == "first" => day_or_month(marked),
        Wording::SeveralMeanings => in_month(marked, words),
        _ => Vec::new(),
    }
}

fn anchored(marked: &Marked, words: &str) -> Vec<String> {
    let meeting = match marked.language {
        Language::English => "each meeting of the board",
        Language::Arabic => "كل اجتماع لمجلس الإدارة",
    };
    let (before, after) =
        marked.source().rsplit_once(words).unwrap_or((marked.source(), ""));
    vec![format!("{before}{meeting}{after}")]
}

/// A list without items, with some.
fn listed(marked: &Marked) -> Vec<String> {
    let source = marked.source().trim_end_matches([':', ';', '؛', ',', '،', '.', ' ']);
    let items = match marked.language {
        Language::English => "the list of board members; the audited accounts",
        Language::Arabic => "قائمة أعضاء مجلس الإدارة؛ القوائم المالية المدققة",
    };
    vec![format!("{source}: {items}")]
}

fn timed(marked: &Marked, slot: &str) -> Vec<String> {
    let ends: &[&str] = match (slot, marked.language) {
        ("act", Language::English) => &["every 2 years", "every year"],
        ("act", Language::Arabic) => &["كل سنتين", "كل سنة"],
        (_, Language::English) => {
            &["within 30 days of each meeting of the board", "every year"]
        }
        (_, Language::Arabic) => &["خلال 30 يومًا من كل اجتماع لمجلس الإدارة", "كل سنة"],
    };
    ends.iter().map(|end| format!("{} {end}", marked.source())).collect()
}

/// The two numbers the other way round; a small one in place of each.
fn counted(source: &str, words: &str) -> Vec<String> {
    let numbers = numbers(source);
    let mut all = Vec::new();
    if let [first, second, ..] = numbers.as_slice() {
        let piece = |range: Range<usize>| source.get(range).unwrap_or_default();
        all.push(format!(
            "{}{}{}{}{}",
            piece(0..first.start),
            piece(second.clone()),
            piece(first.end..second.start),
            piece(first.clone()),
            piece(second.end..source.len()),
        ));
    }
    all.push(source.replacen(words, "4", 1));
    for number in numbers {
        let before = source.get(..number.start).unwrap_or_default();
        let after = source.get(number.end..).unwrap_or_default();
        all.push(format!("{before}4{after}"));
    }
    all
}

/// A day that every month has, and one name of a month that had two.
fn dated(source: &str, words: &str) -> Vec<String> {
    let one_month = source.find('/').map(|slash| {
        let rest = source.get(slash..).unwrap_or_default();
        let end = rest.find(' ').map_or(source.len(), |space| slash + space);
        let before = source.get(..slash).unwrap_or_default().trim_end();
        format!("{before}{}", source.get(end..).unwrap_or_default())
    });
    let mut all = Vec::new();
    for base in std::iter::once(source.to_owned()).chain(one_month) {
        all.push(base.clone());
        let days = numbers(&base);
        let day = days.first().and_then(|day| base.get(day.clone())).unwrap_or(words);
        all.extend(["30", "28"].map(|sound| base.replacen(day, sound, 1)));
    }
    all
}

/// `5/6` is the fifth of June or the sixth of May.
fn day_or_month(marked: &Marked) -> Vec<String> {
    let source = marked.source();
    let numbers = numbers(source);
    let pair = numbers.windows(2).find_map(|pair| match pair {
        [day, month] if source.get(day.end..month.start)?.trim() == "/" => {
            Some((day.clone(), month.clone()))
        }
        _ => None,
    });
    let Some((first, second)) = pair else { return Vec::new() };
    let value = |range: &Range<usize>| {
        let folded = crate::text::key(source.get(range.clone())?);
        folded.parse::<u8>().ok().filter(|number| (1..=12).contains(number))
    };
    let (Some(one), Some(two)) = (value(&first), value(&second)) else {
        return Vec::new();
    };
    let before = source.get(..first.start).unwrap_or_default();
    let after = source.get(second.end..).unwrap_or_default();
    [(one, two), (two, one)]
        .map(|(day, month)| {
            let [english, arabic] = month::name(month);
            let name = match marked.language {
                Language::English => english,
                Language::Arabic => arabic,
            };
            format!("{before}{day} {name}{after}")
        })
        .to_vec()
}

/// In a month: by its end, or on its first day already.
fn in_month(marked: &Marked, words: &str) -> Vec<String> {
    let source = marked.source();
    let Some((before, after)) = source.rsplit_once(words) else { return Vec::new() };
    let before = before.trim_end();
    let stem = before.rsplit_once(' ').map_or(before, |(stem, _)| stem);
    let phrases = match marked.language {
        Language::English => ["by the end of {}", "by 1 {}"],
        Language::Arabic => ["قبل نهاية {}", "في موعد أقصاه 1 {}"],
    };
    let phrases = phrases.map(|phrase| phrase.replace("{}", words));
    phrases.map(|phrase| format!("{stem} {phrase}{after}")).to_vec()
}

/// Where numbers in digits stand, of either set.
fn numbers(source: &str) -> Vec<Range<usize>> {
    let mut numbers: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (index, character) in source.char_indices() {
        let digit = character.is_numeric();
        match numbers.last_mut() {
            Some(number) if open && digit => number.end = index + character.len_utf8(),
            _ if digit => numbers.push(index..index + character.len_utf8()),
            _ => {}
        }
        open = digit;
    }
    numbers
}
