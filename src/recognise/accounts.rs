//! What audited accounts state: their year, their auditor, what he found, when he signed.

use super::cues::position;
use super::dates::When;
use super::found::Facts;
use super::labelled;
use super::paper::Paper;
use super::paper::Prepared;
use crate::document::FactName;
use crate::document::Value;

/// Words before the last day of the year that the accounts are about.
const YEAR_ENDED: [&str; 22] = [
    "year ended",
    "years ended",
    "year ending",
    "years ending",
    "fiscal year ended",
    "fiscal year ending",
    "financial year ended",
    "period ended",
    "as at",
    "as of",
    "السنه المنتهيه في",
    "للسنه المنتهيه في",
    "السنه الماليه المنتهيه في",
    "للسنه الماليه المنتهيه في",
    "للعام المنتهي في",
    "العام المنتهي في",
    "المنتهيه في",
    "المنتهيه بتاريخ",
    "كما في",
    "كما هي في",
    "المنتهي في",
    "المنتهيه",
];

/// What opinions say; the first found decides, so the exceptions come first.
const OPINIONS: [(&str, &str); 15] = [
    ("do not express an opinion", "disclaimer"),
    ("not express an opinion", "disclaimer"),
    ("لا نبدي رايا", "disclaimer"),
    ("الامتناع عن ابداء الراي", "disclaimer"),
    ("do not present fairly", "adverse"),
    ("does not present fairly", "adverse"),
    ("لا تظهر بصوره عادله", "adverse"),
    ("راي معاكس", "adverse"),
    ("qualified opinion", "qualified"),
    ("except for the", "qualified"),
    ("باستثناء اثر", "qualified"),
    ("راي متحفظ", "qualified"),
    ("present fairly", "unmodified"),
    ("true and fair view", "unmodified"),
    ("تظهر بصوره عادله", "unmodified"),
];

/// What auditors say in every report that they give no opinion on.
const NOT_ON_THE_ACCOUNTS: [&str; 7] = [
    "on the effectiveness",
    "on internal control",
    "on compliance",
    "or provide any assurance",
    "حول فعاليه",
    "بشان فعاليه",
    "علي فعاليه",
];

/// Words that mark the line with the auditor's name.
const AUDITORS: [&str; 18] = [
    "llp",
    "certified public accountants",
    "chartered accountants",
    "auditors co",
    "cpas",
    "audit firm",
    "and co",
    "auditing",
    "auditors",
    "audit",
    "لتدقيق الحسابات",
    "للتدقيق",
    "ومحاسبون قانونيون",
    "محاسبون قانونيون",
    "مدققو حسابات",
    "لمراجعه الحسابات",
    "مكتب تدقيق",
    "خبراء محاسبه مجازون",
];

/// The facts of audited or reviewed accounts.
pub(super) fn read(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    year(paper, facts);
    opinion(paper, facts);
    auditor(paper, facts);
    if !facts.has(FactName::DateSigned) {
        signed(paper, facts);
    }
    income(paper, facts);
}

/// The first date that stands after such words; of several years the latest of that line.
pub(super) fn year(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    for (index, line) in paper.lines.iter().enumerate() {
        let ends = line.dates.iter().filter_map(|written| {
            let before = labelled::before(paper, index, written);
            let named = YEAR_ENDED.iter().any(|phrase| near_end(&before, phrase));
            let listed = index < 12 && before.ends_with(" and");
            (named || listed).then(|| written.day(paper.order)).flatten()
        });
        if let Some(end) = ends.max() {
            let sure = if index < 15 { 950 } else { 850 };
            facts.read(FactName::FiscalYearEnd, Value::Day(end), sure, index);
            return;
        }
    }
}

pub(super) fn near_end(words: &str, phrase: &str) -> bool {
    position(words, phrase).is_some_and(|at| words.len() - at <= phrase.len() + 24)
}

fn opinion(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    let found = OPINIONS.iter().find_map(|(phrase, opinion)| {
        let line = paper.lines.iter().enumerate();
        // A sentence may be broken over two lines of a page.
        let says = |index: usize, line: &Prepared<'_>| {
            let next = paper.lines.get(index + 1).map_or("", |next| next.words.as_str());
            let words = format!("{} {next}", line.words);
            position(&words, phrase).is_some_and(|at| {
                let rest = words.get(at + phrase.len()..).unwrap_or_default();
                let other = |about: &&str| rest.trim_start().starts_with(*about);
                !NOT_ON_THE_ACCOUNTS.iter().any(other)
            })
        };
        line.into_iter()
            .find(|(i, line)| says(*i, line))
            .map(|(index, _)| (index, *opinion))
    });
    if let Some((index, opinion)) = found {
        facts.read(FactName::Opinion, Value::Term(opinion.to_owned()), 850, index);
    }
}

/// A short line with the words of an auditor's name, not a heading of the report.
fn auditor(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    let heading = |words: &str| {
        [
            "report",
            "statements",
            "تقرير",
            "القوائم",
            "البيانات",
            "standards",
            "معايير",
            "responsibilit",
            "مسووليه",
        ]
        .iter()
        .any(|word| words.contains(word))
    };
    for name in AUDITORS {
        for (index, line) in paper.lines.iter().enumerate() {
            let words = &line.words;
            let short = (2..=9).contains(&words.split(' ').count());
            if short
                && !heading(words)
                && line.dates.is_empty()
                && position(words, name).is_some()
            {
                let text = line.line.text.trim().to_owned();
                facts.read(FactName::Auditor, Value::Text(text), 700, index);
                return;
            }
        }
    }
}

/// The report's own date: the last short line that is a date, perhaps with a place, and
/// lies after the year.
fn signed(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    let dated = paper.lines.iter().enumerate().filter_map(|(index, line)| {
        let short = line.words.split(' ').count() <= 7;
        let [written] = line.dates.as_slice() else { return None };
        let before = labelled::before(paper, index, written);
        let other = YEAR_ENDED.iter().any(|phrase| near_end(&before, phrase))
            || labelled::is_named(&before);
        let day = written.day(paper.order)?;
        let whole = !matches!(written.when, When::DayOfMonth { .. });
        (short && whole && !other).then_some((index, day))
    });
    let year_end = facts.has(FactName::FiscalYearEnd);
    if let (true, Some((index, day))) = (year_end, dated.max_by_key(|(_, day)| *day)) {
        facts.read(FactName::DateSigned, Value::Day(day), 750, index);
    }
}

/// Total income: the first amount on its line.
fn income(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    let names = [
        "total income",
        "total revenue",
        "total revenues",
        "total support and revenue",
        "مجموع الايرادات",
        "اجمالي الايرادات",
        "مجموع الواردات",
    ];
    for (index, line) in paper.lines.iter().enumerate() {
        if !names.iter().any(|name| position(&line.words, name).is_some()) {
            continue;
        }
        let digits = line.key.split(|c: char| !c.is_ascii_digit() && c != ',');
        let amount =
            digits.map(|part| part.replace(',', "")).find(|part| part.len() >= 3);
        if let Some(amount) = amount.and_then(|amount| amount.parse::<i64>().ok()) {
            facts.read(FactName::Income, Value::Number(amount), 700, index);
            return;
        }
    }
}
