//! Wording that cannot be known, and sentences that are nearly a duty: what to answer.

use std::ops::Range;
use std::sync::LazyLock;

use crate::calendar::{Day, MonthCounting};
use crate::compile::gives::gives;
use crate::compile::wordings::REFUSED;
use crate::diagnostics::raise::sentences;
use crate::diagnostics::raise::sentences::Wording;
use crate::diagnostics::{Diagnostic, Place};
use crate::form;
use crate::form::mark::Marked;
use crate::form::node::Node;
use crate::form::{Context, Rule};
use crate::norm::{Anchor, Norm};
use crate::text::{Language, fold};

/// What to say of words whose meaning cannot be known, before anything else is looked at.
pub(crate) fn wording(
    marked: &Marked,
    place: &Place,
    context: &Context<'_>,
) -> Option<Diagnostic> {
    worded(marked, place, context, &|wording| !waits(wording))
}

/// What to say of a sentence that no form takes, where a cause can be named.
pub(crate) fn cause(
    marked: &Marked,
    place: &Place,
    context: &Context<'_>,
) -> Option<Diagnostic> {
    let limits = |wording: Wording| wording == Wording::OnlyAtLeast;
    worded(marked, place, context, &|wording| waits(wording) && !limits(wording))
        .or_else(|| nearly(marked, place, context))
        .or_else(|| worded(marked, place, context, &limits))
}

/// Words that also stand in sentences which are understood: a slip elsewhere in such a
/// sentence is told first.
fn waits(wording: Wording) -> bool {
    matches!(wording, Wording::OnlyAtLeast | Wording::MajorityWithoutBase)
}

/// The runs of words that nobody knows, without those that are refused by name.
pub(crate) fn unknown(marked: &Marked) -> Vec<Range<usize>> {
    let named = |run: &Range<usize>| {
        let words =
            crate::text::key(marked.source().get(run.clone()).unwrap_or_default());
        KEYS.iter().flatten().any(|key| key.trim() == words)
    };
    marked.unknown().into_iter().filter(|run| !named(run)).collect()
}

fn worded(
    marked: &Marked,
    place: &Place,
    context: &Context<'_>,
    asked: &dyn Fn(Wording) -> bool,
) -> Option<Diagnostic> {
    let source = marked.source();
    let folded = fold(source);
    let key = format!(" {} ", folded.key.replace(['-', ',', '.', ';'], " "));
    KEYS.iter().zip(REFUSED).find_map(|(keys, (_, wording, instead))| {
        let counts = asked(*wording)
            && (*wording != Wording::OnlyAtLeast || marked.text.contains("times"));
        keys.iter().filter(|_| counts).find_map(|wanted| {
            let at = key.find(wanted.as_str())?;
            let range = folded.source_range(at, at + wanted.len() - 2);
            let words = source.get(range.clone())?.trim();
            let at = place.at(words);
            let choices = choices(source, &range, instead, context);
            Some(sentences::wording(&at, *wording, Vec::new()).choose(choices))
        })
    })
}

/// The refused words, folded, with a space on each side.
static KEYS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let key = |phrase: &&str| format!(" {} ", crate::text::key(phrase));
    REFUSED.iter().map(|(phrases, ..)| phrases.iter().map(&key).collect()).collect()
});

/// The sentence with each choice in place of the words, as far as a form takes it and means
/// something new by it; with what it would ask.
fn choices(
    source: &str,
    range: &Range<usize>,
    instead: &[&str],
    context: &Context<'_>,
) -> Vec<(String, [String; 2])> {
    let before = source.get(..range.start).unwrap_or_default();
    let after = source.get(range.end..).unwrap_or_default();
    let sentences = instead.iter().map(|instead| {
        let whole = format!("{before}{instead}{after}");
        whole.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    understood(sentences.collect(), context)
}

/// Of sentences, those that a form takes, each meaning once, with what it would ask.
pub(crate) fn understood(
    sentences: Vec<String>,
    context: &Context<'_>,
) -> Vec<(String, [String; 2])> {
    let mut norms: Vec<Norm> = Vec::new();
    let mut choices = Vec::new();
    for sentence in sentences {
        let marked = form::mark(form::trimmed(&sentence), context.vocabulary);
        let Some((_, norm)) = form::taken(&marked, context) else { continue };
        if !norms.contains(&norm) && choices.len() < 3 {
            choices.push((sentence, gives(&norm)));
            norms.push(norm);
        }
    }
    choices
}

/// The grammar's near misses, English then Arabic, and what each is short of.
fn nearly(marked: &Marked, place: &Place, context: &Context<'_>) -> Option<Diagnostic> {
    let table = [
        ([Rule::missing_anchor_en, Rule::missing_anchor_ar], Wording::MissingAnchor),
        ([Rule::which_year_en, Rule::which_year_ar], Wording::WhichYear),
        ([Rule::noun_alone, Rule::noun_alone], Wording::MissingDeed),
        ([Rule::year_named_en, Rule::year_named_ar], Wording::DateWithYear),
        ([Rule::heads_en, Rule::heads_ar], Wording::QuorumByNumber),
        ([Rule::gap_too_en, Rule::gap_too_ar], Wording::TwoDuties),
        ([Rule::two_deeds_en, Rule::two_deeds_ar], Wording::TwoDuties),
        ([Rule::two_doers_en, Rule::two_doers_ar], Wording::TwoDuties),
    ];
    table.into_iter().find_map(|(rules, wording)| {
        let node = form::parse_entry(rules, marked).ok()?;
        let slot =
            ["words", "body", "document"].into_iter().find(|slot| node.has(slot))?;
        let words = marked.words(node.place(slot)).to_owned();
        let mut sentences = if node.has("first") {
            each_deed(marked, &node)
        } else {
            completed(marked, &words, wording, slot)
        };
        if wording == Wording::WhichYear {
            sentences.extend(by_calendar(&sentences, marked.language, context));
        }
        let choices = understood(sentences, context);
        let told = sentences::wording(&place.at(&words), wording, Vec::new());
        Some(told.choose(choices))
    })
}

/// Two deeds with one time after them: the time with the first, then with the second.
fn each_deed(marked: &Marked, node: &Node<'_>) -> Vec<String> {
    let source = marked.source();
    let (first, second) =
        (marked.range(node.place("first")), marked.range(node.place("words")));
    let text = |range: Range<usize>| source.get(range).unwrap_or_default();
    let joined = text(0..second.start).trim_end();
    let joined = joined.strip_suffix(" and").unwrap_or(joined);
    let rest = text(second.end..source.len());
    let (before, between) =
        (text(0..first.start), joined.get(first.end..).unwrap_or_default());
    let deed = text(second);
    let deed = deed.strip_prefix('و').unwrap_or(deed);
    let bare = ["ها", "هما", "ه"].iter().find_map(|pronoun| deed.strip_suffix(pronoun));
    let mut all = vec![format!("{joined}{rest}")];
    for deed in bare.into_iter().chain([deed]) {
        all.push(format!("{before}{deed}{between}{rest}"));
    }
    all
}

/// What counts from the end of the fiscal year, counted from 31 December: a fixed day.
fn by_calendar(
    fiscal: &[String],
    language: Language,
    context: &Context<'_>,
) -> Option<String> {
    let marked = form::mark(form::trimmed(fiscal.first()?), context.vocabulary);
    let (_, norm) = form::taken(&marked, context)?;
    let Norm::Deadline { what, anchor: Anchor::FiscalYearEnd, within } = norm else {
        return None;
    };
    let end = Day::from_ymd(2026, 12, 31)?;
    let (_, month, day) = end.plus(within, MonthCounting::ToMonthEnd).ymd();
    let fixed = Norm::FixedDate { what, month, day };
    let [english, arabic] = form::say(&fixed, context.vocabulary);
    Some(match language {
        Language::English => english,
        Language::Arabic => arabic,
    })
}

/// Complete sentences that the author may have meant.
fn completed(marked: &Marked, words: &str, wording: Wording, slot: &str) -> Vec<String> {
    let source = marked.source().trim();
    let english = marked.language == Language::English;
    let replaced = |with: &[&str]| -> Vec<String> {
        with.iter().map(|with| source.replacen(words, with, 1)).collect()
    };
    let ended = |with: &[&str]| -> Vec<String> {
        with.iter().map(|with| format!("{source} {with}")).collect()
    };
    match (wording, slot, english) {
        (Wording::MissingAnchor, _, true) => {
            ended(&["of the end of the fiscal year", "of each meeting of the board"])
        }
        (Wording::MissingAnchor, _, false) => {
            ended(&["من نهاية السنة المالية", "من كل اجتماع لمجلس الإدارة"])
        }
        (Wording::WhichYear, _, true) => {
            let the = if words.starts_with("end") { "" } else { "the " };
            let fiscal =
                source.replacen(words, &format!("{the}end of the fiscal year"), 1);
            let by = by_its_end(source, words, ["of the fiscal year", "by 31 December"]);
            std::iter::once(fiscal).chain(by).collect()
        }
        (Wording::WhichYear, _, false) => {
            let fiscal = source.replacen(words, "نهاية السنة المالية", 1);
            let ends = ["السنة المالية", "في موعد أقصاه 31 كانون الأول"];
            std::iter::once(fiscal).chain(by_its_end(source, words, ends)).collect()
        }
        (Wording::MissingDeed, "body", true) => {
            ended(&["meets quarterly", "has between 5 and 9 members"])
        }
        (Wording::MissingDeed, "body", false) => {
            vec![
                format!("يجتمع {source} كل ربع سنة"),
                format!("يتألف {source} من 5 إلى 9 أعضاء"),
            ]
        }
        (Wording::MissingDeed, "document", true) => {
            ended(&["published", "adopted by the board"])
        }
        (Wording::MissingDeed, "document", false) => {
            vec![format!("يُنشر {source}"), format!("يعتمد مجلس الإدارة {source}")]
        }
        (Wording::DateWithYear, ..) => replaced(&[&without_year(words)]),
        (Wording::QuorumByNumber, _, true) => {
            replaced(&["more than half of the members", "two thirds of the members"])
        }
        (Wording::QuorumByNumber, _, false) => {
            replaced(&["أكثر من نصف أعضائه", "ثلثا أعضائه"])
        }
        (Wording::TwoDuties, ..) => halves(source, words, english),
        _ => Vec::new(),
    }
}

/// "By the end of the year": of the fiscal one, counted from its start, or of the calendar.
fn by_its_end(source: &str, words: &str, ends: [&str; 2]) -> Vec<String> {
    let [fiscal, calendar] = ends;
    let before = source.split_once(words).map_or(source, |(before, _)| before).trim_end();
    let before = before.strip_suffix(" the").unwrap_or(before);
    let Some((stem, _)) = before
        .rsplit_once(' ')
        .filter(|(_, by)| matches!(*by, "by" | "before" | "قبل" | "حتى" | "بحلول"))
    else {
        return Vec::new();
    };
    let whole = if calendar.starts_with("by") {
        format!("{stem} within 12 months of the start {fiscal}")
    } else {
        format!("{stem} خلال 12 شهرًا من بداية {fiscal}")
    };
    vec![whole, format!("{stem} {calendar}")]
}

/// A date without the year at its end or beginning.
fn without_year(date: &str) -> String {
    let is_year =
        |word: &&str| word.chars().count() == 4 && word.chars().all(char::is_numeric);
    let parts = date.split_whitespace().filter(|word| !is_year(word));
    parts.collect::<Vec<_>>().join(" ")
}

/// The sentence with one of two joined parts, then with the other.
fn halves(source: &str, second: &str, english: bool) -> Vec<String> {
    let and = if english { " and " } else { " و" };
    let Some((before, after)) = source.split_once(second) else { return Vec::new() };
    let joined = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let joined = joined.trim_end_matches("the").trim_end();
    let first = joined.strip_suffix(and.trim()).unwrap_or(joined).trim_end();
    let one = format!("{first}{after}");
    let Some((head, _)) = first.rsplit_once(" by ") else { return vec![one] };
    vec![one, format!("{head} by {second}{after}")]
}
