//! The period that a report covers. Knows nothing of accounts and opinions.

use super::Context;
use super::accounts;
use super::cues::position;
use super::found::Facts;
use super::found::Source;
use super::labelled;
use super::months::month_at;
use super::paper::Paper;
use super::paper::name_words;
use super::spans;
use super::tokens::tokens;
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
    if let Some((period, index)) = months_named(paper) {
        facts.read(FactName::Covers, Value::Period(period), 850, index);
    }
    accounts::year(paper, facts);
    if facts.has(FactName::FiscalYearEnd) || facts.has(FactName::Covers) {
        return;
    }
    year_of_the_title(paper, context, facts);
}

/// "January to March 2025" among the first lines: months with a word between them, and less
/// than a year.
fn months_named(paper: &Paper<'_>) -> Option<(Period, usize)> {
    paper.head().enumerate().take(15).find_map(|(index, line)| {
        let mut named = spans::find(&line.key, paper.order).into_iter();
        let months = |span: &Period| {
            let whole = Period::holding(span.from, Cycle::Month);
            let ends = Period::holding(span.to, Cycle::Month).to == span.to;
            let year = Period::holding(span.from, Cycle::Year);
            whole.from == span.from && ends && whole.to < span.to && span.to < year.to
        };
        Some((named.find(months)?, index))
    })
}

/// The period of a paper that no rule asks for: of a part of a year as well.
pub(super) fn of_any_length(
    paper: &Paper<'_>,
    context: &Context<'_>,
    facts: &mut Facts<'_, '_>,
) {
    let found = month_of_the_columns(paper)
        .or_else(|| part_of_a_year(paper))
        .or_else(|| day_of_the_balance(paper))
        .or_else(|| whole_year_of_months(paper));
    if let Some((period, index)) = found {
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

/// "Mar 20" above a column, where the paper has a day of that year, 2020: a month with the last
/// two digits of its year, and no day of the month.
fn month_of_the_columns(paper: &Paper<'_>) -> Option<(Period, usize)> {
    let head = || paper.head().enumerate().take(6);
    let mut days = head().flat_map(|(_, line)| &line.dates);
    let year = days.find_map(|written| written.day(paper.order))?.year();
    head().find_map(|(index, line)| {
        let tokens = tokens(&line.key);
        let dated = |at: usize| {
            line.dates.iter().any(|written| {
                let whole = written.day(paper.order).is_some();
                whole && (written.from..written.to).contains(&at)
            })
        };
        let month = (0..tokens.len()).find_map(|at| {
            let month = month_at(&tokens, at).filter(|month| !month.hijri)?;
            let short = tokens.get(at + month.tokens)?;
            let is = i64::from(short.number(2)?) == i64::from(year.rem_euclid(100));
            (is && !dated(short.from)).then_some(month.number)
        })?;
        Some((Period::holding(Day::from_ymd(year, month, 1)?, Cycle::Month), index))
    })
}

/// What a paper is titled that says how things stand on one day.
const BALANCES: [&str; 6] = [
    "balance sheet",
    "statement of financial position",
    "statement of assets and liabilities",
    "الميزانيه العموميه",
    "قائمه المركز المالي",
    "بيان المركز المالي",
];

/// The month up to the day in the title of a balance sheet.
fn day_of_the_balance(paper: &Paper<'_>) -> Option<(Period, usize)> {
    paper.head().enumerate().take(4).find_map(|(index, line)| {
        let titled =
            BALANCES.iter().any(|phrase| position(&line.words, phrase).is_some());
        let mut days = line.dates.iter().filter_map(|written| written.day(paper.order));
        Some((month_to(days.next().filter(|_| titled)?), index))
    })
}

/// "January to December 2025": the year's months, named.
fn whole_year_of_months(paper: &Paper<'_>) -> Option<(Period, usize)> {
    let lines = paper.head().enumerate().take(15).filter(|(_, l)| !l.dates.is_empty());
    lines.into_iter().find_map(|(index, line)| {
        Some((spans::find(&line.key, paper.order).into_iter().next()?, index))
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
