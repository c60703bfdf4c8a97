//! Wording that cannot be known, and sentences that are nearly a duty: what to answer.

use crate::diagnostics::raise::sentences;
use crate::diagnostics::raise::sentences::Wording;
use crate::diagnostics::{Diagnostic, Place};
use crate::form;
use crate::form::Rule;
use crate::form::mark::Marked;
use crate::text::{Language, fold};

/// What to say of a sentence that no form takes, where a cause can be named.
pub(crate) fn cause(marked: &Marked, place: &Place) -> Option<Diagnostic> {
    let limits = |wording: Wording| wording == Wording::OnlyAtLeast;
    worded(marked, place, &|wording| !limits(wording))
        .or_else(|| nearly(marked, place))
        .or_else(|| worded(marked, place, &limits))
}

/// Words that are refused wherever they stand, what is wrong with them, and what to write
/// instead. Longer ones first where one begins another.
const REFUSED: [(&[&str], Wording, &[&str]); 11] = [
    (
        &["bi monthly", "bimonthly"],
        Wording::SeveralMeanings,
        &["every 2 months", "twice a month"],
    ),
    (
        &["bi weekly", "biweekly"],
        Wording::SeveralMeanings,
        &["every 2 weeks", "twice a week"],
    ),
    (
        &["bi annually", "biannually", "bi annual", "biannual", "biennially", "biennial"],
        Wording::SeveralMeanings,
        &["twice a year", "every 2 years"],
    ),
    (
        &[
            "as soon as possible",
            "on a regular basis",
            "in a timely manner",
            "from time to time",
            "without delay",
            "in due course",
            "in due time",
            "when needed",
            "as needed",
            "at once",
            "promptly",
            "immediately",
            "forthwith",
            "regularly",
            "periodically",
            "frequently",
            "often",
            "occasionally",
            "timely",
            "soon",
        ],
        Wording::VagueTime,
        &["every 3 months", "within 30 days of the end of the fiscal year"],
    ),
    (
        &[
            "في أقرب وقت ممكن",
            "في أقرب وقت",
            "بصفة دورية",
            "بصورة دورية",
            "بشكل دوري",
            "بصورة منتظمة",
            "بشكل منتظم",
            "من وقت لآخر",
            "من حين إلى آخر",
            "دون تأخير",
            "عند الحاجة",
            "بانتظام",
            "دوريًا",
            "فورًا",
            "فوريًا",
            "حالًا",
            "قريبًا",
            "على الفور",
        ],
        Wording::VagueTime,
        &["كل 3 أشهر", "خلال 30 يومًا من نهاية السنة المالية"],
    ),
    (
        &["a simple majority", "simple majority", "a majority", "majority"],
        Wording::MajorityWithoutBase,
        &["more than half of the members", "two thirds of the members"],
    ),
    (
        &["الأغلبية البسيطة", "الأغلبية المطلقة", "بالأغلبية", "الأغلبية", "أغلبية"],
        Wording::MajorityWithoutBase,
        &["أكثر من نصف الأعضاء", "ثلثي الأعضاء"],
    ),
    (
        &["working days", "business days", "working day", "business day"],
        Wording::WorkingDays,
        &["days"],
    ),
    (
        &["أيام عمل", "أيام دوام", "يوم عمل", "يوم دوام", "يومًا عمل"],
        Wording::WorkingDays,
        &["يومًا"],
    ),
    (
        &["لا يجب أن", "لا يجب على", "لا يجب"],
        Wording::TwoNegations,
        &["يجب ألا", "لا يلزم أن"],
    ),
    (
        &[
            "at most",
            "no more than",
            "not more than",
            "up to",
            "exactly",
            "a maximum of",
            "only",
            "على الأكثر",
            "كحد أقصى",
            "بالضبط",
            "فقط",
        ],
        Wording::OnlyAtLeast,
        &[],
    ),
];

fn worded(
    marked: &Marked,
    place: &Place,
    asked: &dyn Fn(Wording) -> bool,
) -> Option<Diagnostic> {
    let source = marked.source();
    let folded = fold(source);
    let key = format!(" {} ", folded.key.replace(['-', ',', '.'], " "));
    REFUSED.iter().find_map(|(phrases, wording, instead)| {
        let counts = asked(*wording)
            && (*wording != Wording::OnlyAtLeast || marked.text.contains("times"));
        phrases.iter().filter(|_| counts).find_map(|phrase| {
            let wanted = format!(" {} ", crate::text::key(phrase));
            let at = key.find(&wanted)?;
            let range = folded.source_range(at, at + wanted.len() - 2);
            let words = source.get(range.clone())?.trim();
            let corrected = instead.iter().map(|instead| {
                let before = source.get(..range.start).unwrap_or_default();
                let after = source.get(range.end..).unwrap_or_default();
                format!("{before}{instead}{after}")
            });
            Some(sentences::wording(&place.at(words), *wording, corrected.collect()))
        })
    })
}

/// The grammar's near misses, English then Arabic, and what each is short of.
fn nearly(marked: &Marked, place: &Place) -> Option<Diagnostic> {
    let table = [
        ([Rule::missing_anchor_en, Rule::missing_anchor_ar], Wording::MissingAnchor),
        ([Rule::which_year_en, Rule::which_year_ar], Wording::WhichYear),
        ([Rule::noun_alone, Rule::noun_alone], Wording::MissingDeed),
        ([Rule::year_named_en, Rule::year_named_ar], Wording::DateWithYear),
        ([Rule::heads_en, Rule::heads_ar], Wording::QuorumByNumber),
        ([Rule::gap_too_en, Rule::gap_too_ar], Wording::TwoDuties),
        ([Rule::two_doers_en, Rule::two_doers_ar], Wording::TwoDuties),
    ];
    table.into_iter().find_map(|(rules, wording)| {
        let node = form::parse_entry(rules, marked).ok()?;
        let slot =
            ["words", "body", "document"].into_iter().find(|slot| node.has(slot))?;
        let words = marked.words(node.place(slot)).to_owned();
        let suggestions = completed(marked, &words, wording, slot);
        Some(sentences::wording(&place.at(&words), wording, suggestions))
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
            vec![source.replacen(words, &format!("{the}end of the fiscal year"), 1)]
        }
        (Wording::WhichYear, _, false) => replaced(&["نهاية السنة المالية"]),
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
