//! Periods as papers write them: "January to March 2025", «الربع الثالث من عام 2016».
//!
//! A period ends with the last day of what it names last: 2014 to 2018 holds all of 2018.

use super::dates;
use super::dates::Order;
use super::dates::When;
use super::months::is_mark;
use super::months::month_at;
use super::months::single;
use super::ordinals;
use super::tokens::Token;
use super::tokens::What;
use super::tokens::tokens;
use crate::calendar::Cycle;
use crate::calendar::Day;
use crate::calendar::Period;

/// What bounds a period, at its own coarseness; without a year it takes the other's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bound {
    Year(i32),
    Quarter(i32, u8),
    Half(i32, u8),
    Month(i32, u8),
    Day(Day),
    MonthOnly(u8),
    MonthDay(u8, u8),
}

/// The periods of a folded line, left to right: at least a month long, or two days with a
/// word between them.
pub fn find(key: &str, order: Order) -> Vec<Period> {
    let tokens = tokens(key);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match period_at(key, &tokens, at, order) {
            Some((period, next)) if next > at => {
                found.push(period);
                at = next;
            }
            _ => at += 1,
        }
    }
    found
}

fn period_at(
    key: &str,
    tokens: &[Token<'_>],
    at: usize,
    order: Order,
) -> Option<(Period, usize)> {
    let (first, next) = bound(key, tokens, at, order)?;
    if let Some(after) = joined(tokens, next)
        && let Some((last, end)) = bound(key, tokens, skip_small(tokens, after), order)
        && let Some(period) = between(first, last)
    {
        return Some((period, end));
    }
    match first {
        Bound::Day(_) | Bound::MonthOnly(_) | Bound::MonthDay(..) => None,
        _ => Some((first.days(None)?, next)),
    }
}

/// The token after a word or mark that joins the two ends of a period.
fn joined(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let word = matches!(
        token.word(),
        Some("to" | "till" | "until" | "through" | "and" | "الي" | "حتي" | "و" | "لغايه")
    );
    (word || matches!(token.what, What::Mark('-' | '~'))).then_some(at + 1)
}

fn skip_small(tokens: &[Token<'_>], at: usize) -> usize {
    let small = |token: &Token<'_>| {
        matches!(
            token.word(),
            Some(
                "the"
                    | "of"
                    | "in"
                    | "year"
                    | "عام"
                    | "سنه"
                    | "العام"
                    | "شهر"
                    | "من"
                    | "في"
            )
        ) || token.is_mark(',')
    };
    let rest = tokens.get(at..).unwrap_or_default();
    at + rest.iter().take(3).take_while(|token| small(token)).count()
}

fn between(first: Bound, last: Bound) -> Option<Period> {
    let to = last.days(first.year())?;
    let mut from = first.days(Some(to.to.year()))?;
    if from.from > to.to && first.year().is_none() {
        from = first.days(Some(to.to.year() - 1))?;
    }
    (from.from < to.to).then_some(Period { from: from.from, to: to.to })
}

impl Bound {
    fn year(self) -> Option<i32> {
        match self {
            Bound::Year(year)
            | Bound::Quarter(year, _)
            | Bound::Half(year, _)
            | Bound::Month(year, _) => Some(year),
            Bound::Day(day) => Some(day.year()),
            Bound::MonthOnly(_) | Bound::MonthDay(..) => None,
        }
    }

    fn days(self, year: Option<i32>) -> Option<Period> {
        let holding = |year, month, cycle| {
            Some(Period::holding(Day::from_ymd(year, month, 1)?, cycle))
        };
        match self {
            Bound::Year(year) => holding(year, 1, Cycle::Year),
            Bound::Quarter(year, number) => holding(year, number * 3, Cycle::Quarter),
            Bound::Half(year, number) => holding(year, number * 6, Cycle::HalfYear),
            Bound::Month(year, month) => holding(year, month, Cycle::Month),
            Bound::Day(day) => Some(Period { from: day, to: day }),
            Bound::MonthOnly(month) => holding(year?, month, Cycle::Month),
            Bound::MonthDay(month, day) => {
                let day = Day::from_ymd(year?, month, day)?;
                Some(Period { from: day, to: day })
            }
        }
    }
}

fn bound(
    key: &str,
    tokens: &[Token<'_>],
    at: usize,
    order: Order,
) -> Option<(Bound, usize)> {
    day_only(tokens, at)
        .or_else(|| day(key, tokens, at, order))
        .or_else(|| part(tokens, at))
        .or_else(|| month(tokens, at))
        .or_else(|| slashed(tokens, at, order))
        .or_else(|| year(tokens, at).map(|(year, next)| (Bound::Year(year), next)))
}

/// A date that stands here.
fn day(
    key: &str,
    tokens: &[Token<'_>],
    at: usize,
    order: Order,
) -> Option<(Bound, usize)> {
    let from = tokens.get(at)?.from;
    let written = dates::at(key, tokens, at)?;
    let next = tokens.iter().position(|t| t.from >= written.to).unwrap_or(tokens.len());
    debug_assert_eq!(written.from, from);
    match written.when {
        When::DayOfMonth { month, day } => Some((Bound::MonthDay(month, day), next)),
        When::Month { year, month } => Some((Bound::Month(year, month), next)),
        _ => Some((Bound::Day(written.day(order)?), next)),
    }
}

/// "4" of "4 to 22 January": nothing but a number before a joined date.
fn day_only(tokens: &[Token<'_>], at: usize) -> Option<(Bound, usize)> {
    let day = tokens.get(at)?.number(2).filter(|day| (1..=31).contains(day))?;
    let after = joined(tokens, at + 1)?;
    let other = tokens.get(after)?.number(2).filter(|other| *other > day)?;
    debug_assert!(other > 0);
    let month = month_at(tokens, after + 1)?;
    Some((Bound::MonthDay(month.number, u8::try_from(day).ok()?), at + 1))
}

/// "5/1" of "5/1-5/7/2020": a day without its year before one with it.
fn slashed(tokens: &[Token<'_>], at: usize, order: Order) -> Option<(Bound, usize)> {
    let small = |index: usize| u8::try_from(tokens.get(index)?.number(2)?).ok();
    let is = |index: usize| is_mark(tokens, index, '/');
    let (first, second) = (small(at)?, small(at + 2)?);
    let later = joined(tokens, at + 3)?;
    let whole = is(at + 1) && is(later + 1) && is(later + 3);
    let (day, month) = match order {
        Order::DayFirst => (first, second),
        Order::MonthFirst => (second, first),
    };
    whole.then_some((Bound::MonthDay(month, day), at + 3))
}

/// Q3 2019, 2019-H2, the 1st quarter of 2013, «الربع الثالث من عام 2016».
fn part(tokens: &[Token<'_>], at: usize) -> Option<(Bound, usize)> {
    if let Some((year, next)) = year(tokens, at) {
        let next = next + usize::from(is_mark(tokens, next, '-'));
        let (make, number, end) = lettered(tokens, next)?;
        return Some((make(year, number), end));
    }
    let (make, number, next) = lettered(tokens, at).or_else(|| spelled(tokens, at))?;
    let next = next + usize::from(is_mark(tokens, next, '-'));
    let (year, end) = year(tokens, skip_small(tokens, next))?;
    Some((make(year, number), end))
}

/// Makes a bound of a year and a number.
type Make = fn(i32, u8) -> Bound;
type Part = (Make, u8, usize);

/// q3, h2.
fn lettered(tokens: &[Token<'_>], at: usize) -> Option<Part> {
    let number = |most: u32| {
        let number = tokens.get(at + 1)?.number(1).filter(|n| (1..=most).contains(n))?;
        u8::try_from(number).ok()
    };
    match tokens.get(at)?.word()? {
        "q" => Some((Bound::Quarter, number(4)?, at + 2)),
        "h" => Some((Bound::Half, number(2)?, at + 2)),
        _ => None,
    }
}

/// "first quarter", "2nd half", «الربع الثالث», «النصف الأول».
fn spelled(tokens: &[Token<'_>], at: usize) -> Option<Part> {
    let make = |word: &str| -> Option<(Make, u32)> {
        match word {
            "quarter" | "الربع" => Some((Bound::Quarter, 4)),
            "half" | "النصف" => Some((Bound::Half, 2)),
            _ => None,
        }
    };
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    if let Some((make, most)) = word(at).and_then(make) {
        let (number, used) = ordinals::day_at(tokens, at + 1)?;
        let number = u8::try_from(number).ok().filter(|n| u32::from(*n) <= most)?;
        return Some((make, number, at + 1 + used));
    }
    let (number, used) = ordinals::day_at(tokens, at).or_else(|| {
        let number = tokens.get(at)?.number(1)?;
        matches!(word(at + 1), Some("st" | "nd" | "rd" | "th")).then_some((number, 2))
    })?;
    let (make, most) = word(at + used).and_then(make)?;
    let number =
        u8::try_from(number).ok().filter(|n| (1..=most).contains(&u32::from(*n)))?;
    Some((make, number, at + used + 1))
}

/// A month with its year, or alone: april 2017, june of 1992, 2015-3, 10/2014, dec/2018.
fn month(tokens: &[Token<'_>], at: usize) -> Option<(Bound, usize)> {
    let month = month_at(tokens, at).or_else(|| single(tokens, at));
    if let Some(month) = month.filter(|month| !month.hijri) {
        let next = at + month.tokens;
        let slash = usize::from(is_mark(tokens, next, '/') || is_mark(tokens, next, ','));
        return match year(tokens, skip_small(tokens, next + slash)) {
            Some((year, end)) => Some((Bound::Month(year, month.number), end)),
            None => Some((Bound::MonthOnly(month.number), next)),
        };
    }
    let parted = is_mark(tokens, at + 1, '/') || is_mark(tokens, at + 1, '-');
    let further = is_mark(tokens, at + 3, '/');
    if !parted || further {
        return None;
    }
    let small = |index: usize| {
        let month = tokens.get(index)?.number(2).filter(|m| (1..=12).contains(m))?;
        u8::try_from(month).ok()
    };
    if let (Some((year, _)), Some(month)) = (year(tokens, at), small(at + 2)) {
        return Some((Bound::Month(year, month), at + 3));
    }
    let slashed = is_mark(tokens, at + 1, '/');
    let (month, (year, end)) = (small(at).filter(|_| slashed)?, year(tokens, at + 2)?);
    Some((Bound::Month(year, month), end))
}

/// A year of four digits, with what stands around it: the year 2012, 2014 AD.
fn year(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let at = skip_small(tokens, at);
    let What::Number(year @ 1800..=2199, 4) = tokens.get(at)?.what else { return None };
    let after = tokens.get(at + 1).and_then(Token::word);
    let next = at + 1 + usize::from(matches!(after, Some("م" | "ad" | "ce" | "ميلادي")));
    Some((i32::try_from(year).ok()?, next))
}
