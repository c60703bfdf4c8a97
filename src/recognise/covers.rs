//! The period that a report covers. Knows nothing of accounts and opinions.

use super::Context;
use super::accounts;
use super::cues::position;
use super::found::Facts;
use super::found::Source;
use super::labelled;
use super::paper::Paper;
use super::paper::name_words;
use super::spans;
use crate::calendar::Cycle;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::document::FactName;
use crate::document::Method;
use crate::document::Value;

/// Words before the last day of a part of a year.
const PART_ENDED: [&str; 17] = [
    "month ended",
    "months ended",
    "month ending",
    "months ending",
    "quarter ended",
    "quarter ending",
    "ended",
    "as of",
    "as at",
    "through",
    "balance at",
    "كما في",
    "كما هي في",
    "المنتهي في",
    "المنتهيه في",
    "اشهر المنتهيه في",
    "حتي",
];

/// The period that a report covers: two dates that it names, else the year of its title or
/// its file's name.
pub(super) fn covers(
    paper: &Paper<'_>,
    context: &Context<'_>,
    facts: &mut Facts<'_, '_>,
) {
    for (index, line) in paper.head().enumerate() {
        let days: Vec<Day> =
            line.dates.iter().filter_map(|written| written.day(paper.order)).collect();
        let says = [
            "covers",
            "reporting period",
            "period",
            "from",
            "between",
            "الفتره",
            "من",
            "يغطي",
            "بين",
        ]
        .iter()
        .any(|word| position(&line.words, word).is_some());
        if let ([from, to], true) = (days.as_slice(), says)
            && from < to
        {
            let period = Period { from: *from, to: *to };
            facts.read(FactName::Covers, Value::Period(period), 900, index);
            facts.read(FactName::FiscalYearEnd, Value::Day(*to), 900, index);
            return;
        }
    }
    accounts::year(paper, facts);
    if facts.has(FactName::FiscalYearEnd) {
        return;
    }
    year_of_the_title(paper, context, facts);
}

/// The period of a paper that no rule asks for: of a part of a year as well.
pub(super) fn of_any_length(
    paper: &Paper<'_>,
    context: &Context<'_>,
    facts: &mut Facts<'_, '_>,
) {
    if let Some((period, index)) = part_of_a_year(paper) {
        let source = Source { method: Method::Body, sure: 700, line: Some(index) };
        facts.push(FactName::Covers, Value::Period(period), source);
        return;
    }
    let dated = !super::dates::find(&name_words(context.stem())).is_empty();
    if let Some(period) = month_of_the_name(context).filter(|_| !dated) {
        let source = Source::beside(Method::FileName, 500);
        facts.push(FactName::Covers, Value::Period(period), source);
        return;
    }
    year_of_the_title(paper, context, facts);
}

/// "As of 31 March 2025", "for the month ended …", "September 2022" among the first lines.
fn part_of_a_year(paper: &Paper<'_>) -> Option<(Period, usize)> {
    let head = || paper.head().enumerate().take(15);
    let ended = head().find_map(|(index, line)| {
        line.dates.iter().find_map(|written| {
            let day = written.day(paper.order)?;
            let before = labelled::before(paper, index, written);
            let named =
                PART_ENDED.iter().any(|phrase| accounts::near_end(&before, phrase));
            named.then(|| (month_to(day), index))
        })
    });
    ended.or_else(|| {
        head().find_map(|(index, line)| {
            let mut named = spans::find(&line.key, paper.order).into_iter();
            let whole = |span: &Period| *span == Period::holding(span.from, Cycle::Year);
            Some((named.find(|span| !whole(span))?, index))
        })
    })
}

/// The month up to a day.
fn month_to(day: Day) -> Period {
    Period { from: Period::holding(day, Cycle::Month).from, to: day }
}

/// 202503 or 2025-03 in a name.
fn month_of_the_name(context: &Context<'_>) -> Option<Period> {
    let words = name_words(context.stem());
    let parts: Vec<&str> = words.split(' ').collect();
    let month = |year: &str, month: &str| {
        let year: i32 = year.parse().ok().filter(|year| (1990..2100).contains(year))?;
        let first = Day::from_ymd(year, month.parse().ok()?, 1)?;
        Some(Period::holding(first, Cycle::Month))
    };
    let joined = parts.iter().filter(|part| part.len() == 6).find_map(|part| {
        let (year, rest) = part.split_at_checked(4)?;
        month(year, rest)
    });
    let parted = || {
        let mut pairs = parts.iter().zip(parts.iter().skip(1));
        pairs.find_map(|(year, rest)| {
            (year.len() == 4 && (1..=2).contains(&rest.len()))
                .then(|| month(year, rest))?
        })
    };
    joined.or_else(parted)
}

/// The year that the title or the name gives.
fn year_of_the_title(
    paper: &Paper<'_>,
    context: &Context<'_>,
    facts: &mut Facts<'_, '_>,
) {
    let titled = paper.head().enumerate().take(12).find_map(|(index, line)| {
        year_in(&line.words)
            .filter(|_| line.dates.is_empty())
            .map(|year| (Some(index), year))
    });
    let front = || year_in(&context.title_words()).map(|year| (None, year));
    let named = || year_in(&name_words(context.stem())).map(|year| (None, year));
    if let Some((index, year)) = titled.or_else(front).or_else(named)
        && let Some(day) = Day::from_ymd(year, 6, 30)
    {
        let period = Period::holding(day, Cycle::Year);
        let method = if index.is_some() { Method::Body } else { Method::FileName };
        let source = Source { method, sure: 700, line: index };
        facts.push(FactName::Covers, Value::Period(period), source);
    }
}

/// A year among words; of 2024/2025 or 2024-25 the later.
fn year_in(words: &str) -> Option<i32> {
    let all: Vec<&str> = words.split(' ').collect();
    let year = |word: &&str| {
        let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
        (1990..2100).contains(&year).then_some(year)
    };
    let at = all.iter().position(|word| year(word).is_some())?;
    let first = all.get(at).and_then(year)?;
    let next = all.get(at + 1).and_then(|next| match next.len() {
        2 => next.parse::<i32>().ok().map(|short| first / 100 * 100 + short),
        4 => year(next),
        _ => None,
    });
    Some(next.filter(|next| *next == first + 1).unwrap_or(first))
}
