//! Dates as papers write them, in English and Arabic, in the Gregorian and Hijri calendars.
//!
//! Reads one folded line and says what stands where; what a date is the date *of* is not
//! decided here. Order of day and month is D/M/Y unless the paper proves otherwise
//! ([`Order`]); a weekday beside the date is checked.

use super::hijri;
use super::months::Month;
use super::months::is_mark;
use super::months::month_at;
use super::months::weekday;
use super::ordinals;
use super::tokens::Token;
use super::tokens::What;
use super::tokens::tokens;
use crate::calendar::Day;

/// A date expression of one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written {
    pub when: When,
    /// The weekday written beside it, 0 = Sunday.
    pub weekday: Option<u8>,
    /// Bytes of the folded line.
    pub from: usize,
    pub to: usize,
}

/// What an expression says by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    Day(Day),
    /// 3/4/2024: whichever is the day.
    Numeric {
        first: u8,
        second: u8,
        year: i32,
    },
    /// No year, or a year no paper can mean (1015, 3012).
    DayOfMonth {
        month: u8,
        day: u8,
    },
    Month {
        year: i32,
        month: u8,
    },
    /// The Hijri day by Umm al-Qura; sightings differ by a day or two.
    Hijri {
        day: Day,
    },
}

/// Which comes first in a paper's numeric dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    #[default]
    DayFirst,
    MonthFirst,
}

impl Written {
    /// The day, when the expression has a year; ambiguous ones by their weekday, else by
    /// `order`.
    pub fn day(&self, order: Order) -> Option<Day> {
        match self.when {
            When::Day(day) | When::Hijri { day } => Some(day),
            When::DayOfMonth { .. } | When::Month { .. } => None,
            When::Numeric { first, second, year } => {
                let day_first = Day::from_ymd(year, second, first);
                let month_first = Day::from_ymd(year, first, second);
                let fits = |day: &Day| self.weekday == Some(day.weekday());
                match (day_first.filter(fits), month_first.filter(fits)) {
                    (Some(day), None) | (None, Some(day)) => Some(day),
                    _ if order == Order::MonthFirst => month_first.or(day_first),
                    _ => day_first.or(month_first),
                }
            }
        }
    }

    /// The day, with `year` for an expression that has none.
    pub fn day_in(&self, order: Order, year: Option<i32>) -> Option<Day> {
        match (self.when, year) {
            (When::DayOfMonth { month, day }, Some(year)) => {
                Day::from_ymd(year, month, day)
            }
            _ => self.day(order),
        }
    }

    /// Whether the weekday beside it is another than the day's.
    pub fn contradicts_weekday(&self, day: Day) -> bool {
        self.weekday.is_some_and(|weekday| weekday != day.weekday())
    }
}

impl Order {
    /// The order that a paper's own dates prove: month first only when some date can be
    /// read no other way and none can be read day first only. `None` where they prove
    /// nothing.
    pub fn proved_by<'w>(dates: impl Iterator<Item = &'w Written>) -> Option<Order> {
        let (mut month_first, mut day_first) = (false, false);
        for written in dates {
            let When::Numeric { first, second, year } = written.when else { continue };
            day_first |= first > 12;
            month_first |= second > 12;
            if let (Some(weekday), true) = (written.weekday, first != second) {
                let is =
                    |day: Option<Day>| day.is_some_and(|day| day.weekday() == weekday);
                day_first |= is(Day::from_ymd(year, second, first));
                month_first |= is(Day::from_ymd(year, first, second));
            }
        }
        match (month_first, day_first) {
            (false, false) => None,
            (true, false) => Some(Order::MonthFirst),
            (_, true) => Some(Order::DayFirst),
        }
    }

    /// The order in which a paper gives a day that stands beside it in plain words: in its
    /// name, in its title.
    pub fn agreeing<'w>(
        mut dates: impl Iterator<Item = &'w Written>,
        plain: &[Day],
    ) -> Option<Order> {
        dates.find_map(|written| {
            let When::Numeric { first, second, year } = written.when else { return None };
            let is = |day: Option<Day>| day.is_some_and(|day| plain.contains(&day));
            let day_first = is(Day::from_ymd(year, second, first));
            match (day_first, is(Day::from_ymd(year, first, second))) {
                (false, true) => Some(Order::MonthFirst),
                (true, false) => Some(Order::DayFirst),
                _ => None,
            }
        })
    }
}

/// The date expressions of a folded line, left to right, none inside a web address.
pub fn find(key: &str) -> Vec<Written> {
    if !key.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = tokens(key);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = address_end(key, &tokens, at) {
            at = end;
            continue;
        }
        match expression(&tokens, at) {
            Some((when, next)) => {
                let weekday = weekday_beside(&tokens, at, next);
                let from = tokens.get(at).map_or(0, |token| token.from);
                let to = tokens.get(next - 1).map_or(from, |token| token.to);
                found.push(Written { when, weekday, from, to });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// The date expression that begins with the token at `at`.
pub(super) fn at(key: &str, tokens: &[Token<'_>], at: usize) -> Option<Written> {
    let (when, next) =
        address_end(key, tokens, at).is_none().then(|| expression(tokens, at))??;
    let from = tokens.get(at)?.from;
    let to = tokens.get(next.checked_sub(1)?)?.to;
    Some(Written { when, weekday: weekday_beside(tokens, at, next), from, to })
}

/// The first token after a web address that begins at `at`.
fn address_end(key: &str, tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let address = matches!(token.word(), Some("http" | "https" | "www" | "ftp"));
    let rest = key.get(token.from..).filter(|_| address)?;
    let length = rest.find([' ', '"', '>', '|']).unwrap_or(rest.len());
    let to = token.from + length;
    Some(tokens.iter().position(|next| next.from >= to).unwrap_or(tokens.len()))
}

fn expression(tokens: &[Token<'_>], at: usize) -> Option<(When, usize)> {
    let token = tokens.get(at)?;
    let glued = at.checked_sub(1).and_then(|before| tokens.get(before));
    let inside = glued.is_some_and(|before| {
        !token.spaced
            && matches!(before.what, What::Word(word) if word.chars().count() > 1)
    });
    match token.what {
        What::Number(..) if !inside => numeric(tokens, at)
            .or_else(|| day_month(tokens, at))
            .or_else(|| year_month_day(tokens, at))
            .or_else(|| compact(tokens, at)),
        What::Word(_) => month_day(tokens, at).or_else(|| day_month(tokens, at)),
        What::Number(..) | What::Mark(_) => None,
    }
}

/// Three numbers with one separator: 2024-06-12, 12/6/2024, 12.06.2024, 1999/5/25م.
fn numeric(tokens: &[Token<'_>], at: usize) -> Option<(When, usize)> {
    let first = tokens.get(at)?.number(4)?;
    let separator = tokens.get(at + 1)?;
    let mark = match separator.what {
        What::Mark(mark @ ('/' | '-' | '.')) => mark,
        What::Number(..) if separator.spaced => return spaced_ymd(tokens, at),
        _ => return None,
    };
    let second = tokens.get(at + 2)?.number(2)?;
    if !is_mark(tokens, at + 3, mark) {
        return None;
    }
    let last = tokens.get(at + 4)?;
    let third = last.number(4)?;
    let continues = is_mark(tokens, at + 5, mark)
        && tokens.get(at + 6).is_some_and(|t| t.number(9).is_some() && !t.spaced);
    if continues {
        return None;
    }
    let long = |index: usize| {
        matches!(tokens.get(index).map(|t| t.what), Some(What::Number(_, 4)))
    };
    let next = at + 5;
    if long(at) {
        return calendar(tokens, next, first, second, third);
    }
    if long(at + 4) {
        return match hijri_year(tokens, next, third) {
            Some(after) => hijri_day(third, second, first, after),
            None => slashed(
                first,
                second,
                i32::try_from(third).ok()?,
                after_era(tokens, next),
            ),
        };
    }
    // 1.2.13 is a section or a version, 26.10.21 and 10.31.74 are days, and so is what a word
    // or the line's beginning makes one: as of 4.30.20.
    let short = !matches!(tokens.get(at)?.what, What::Number(_, 2));
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let meant = before.is_none_or(|token| {
        matches!(token.word(), Some("of" | "on" | "at" | "date" | "dated" | "بتاريخ"))
    });
    let counted = first.max(second) <= 12 || (short && !meant);
    let two_digits = matches!(last.what, What::Number(_, 2)) && (mark != '.' || !counted);
    let all_two = matches!(tokens.get(at)?.what, What::Number(_, 1 | 2));
    let year = i32::try_from(third).ok()?;
    let year = year + if year < 70 { 2000 } else { 1900 };
    (two_digits && all_two).then(|| slashed(first, second, year, next)).flatten()
}

/// 2015 09 08, as wiki titles and file names write it.
fn spaced_ymd(tokens: &[Token<'_>], at: usize) -> Option<(When, usize)> {
    let two = |index: usize| match tokens.get(index).map(|token| token.what) {
        Some(What::Number(value, 2)) => Some(value),
        _ => None,
    };
    let year = tokens.get(at)?.number(4).filter(|year| (1990..2100).contains(year))?;
    let (month, day) = (two(at + 1)?, two(at + 2)?);
    Some((day_of(year, month, day)?, at + 3))
}

fn calendar(
    tokens: &[Token<'_>],
    next: usize,
    year: u32,
    month: u32,
    day: u32,
) -> Option<(When, usize)> {
    match hijri_year(tokens, next, year) {
        Some(after) => hijri_day(year, month, day, after),
        None => Some((day_of(year, month, day)?, after_era(tokens, next))),
    }
}

/// After a year that is Hijri: by its letter هـ, or by lying where only Hijri years lie.
fn hijri_year(tokens: &[Token<'_>], next: usize, year: u32) -> Option<usize> {
    let marked = tokens.get(next).and_then(Token::word) == Some("ه");
    let is = (1300..=1500).contains(&year);
    is.then(|| next + usize::from(marked))
}

fn hijri_day(year: u32, month: u32, day: u32, next: usize) -> Option<(When, usize)> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let day = hijri::day(i32::try_from(year).ok()?, month, day)?;
    Some((When::Hijri { day }, next))
}

/// Skips م, «ميلادي» and "AD" after a year.
fn after_era(tokens: &[Token<'_>], next: usize) -> usize {
    let word = tokens.get(next).and_then(Token::word);
    let era = matches!(word, Some("م" | "ميلادي" | "ميلاديه" | "ad" | "ce"));
    next + usize::from(era)
}

fn day_of(year: u32, month: u32, day: u32) -> Option<When> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let year = i32::try_from(year).ok()?;
    Day::from_ymd(year, month, day).map(When::Day).or_else(|| without_year(month, day))
}

/// A day of some year: 29 February is one.
fn without_year(month: u8, day: u8) -> Option<When> {
    Day::from_ymd(2000, month, day).map(|_| When::DayOfMonth { month, day })
}

fn slashed(first: u32, second: u32, year: i32, next: usize) -> Option<(When, usize)> {
    let (first, second) = (u8::try_from(first).ok()?, u8::try_from(second).ok()?);
    let day_first = Day::from_ymd(year, second, first);
    let month_first = Day::from_ymd(year, first, second);
    let when = match (day_first, month_first) {
        (None, None) => {
            without_year(second, first).or_else(|| without_year(first, second))?
        }
        _ => When::Numeric { first, second, year },
    };
    Some((when, next))
}

/// 12 June 2024, the 3rd of March, 14-15 May 2020, ٨ من يوليو ٢٠٢٥م, 22-Sept-2020.
fn day_month(tokens: &[Token<'_>], at: usize) -> Option<(When, usize)> {
    let (day, mut next) = match tokens.get(at)?.number(2) {
        Some(day) => (day, after_ordinal(tokens, at + 1)),
        None => ordinals::day_at(tokens, at).map(|(day, used)| (day, at + used))?,
    };
    next = after_range(tokens, next);
    while let Some(token) = tokens.get(next) {
        let skipped = matches!(token.word(), Some("of" | "من" | "شهر" | "day" | "يوم"))
            || (matches!(token.what, What::Mark('-' | '/' | ',' | '.')) && next < at + 6);
        if !skipped {
            break;
        }
        next += 1;
    }
    let month = month_at(tokens, next)?;
    dated(tokens, month, day, next + month.tokens)
}

/// June 12, 2024; June 12th–13th 2024; June 2024.
fn month_day(tokens: &[Token<'_>], at: usize) -> Option<(When, usize)> {
    let month = month_at(tokens, at)?;
    let next = at + month.tokens;
    if month.hijri {
        return None;
    }
    let next = next
        + usize::from(['-', ',', ']'].iter().any(|&mark| is_mark(tokens, next, mark)));
    let token = tokens.get(next)?;
    if let Some(day) = token.number(2).filter(|day| (1..=31).contains(day)) {
        let clock = is_mark(tokens, next + 1, ':');
        let after = after_range(tokens, after_ordinal(tokens, next + 1));
        return if clock { None } else { dated(tokens, month, day, after) };
    }
    if let Some((day, used)) = ordinals::day_at(tokens, next) {
        return dated(tokens, month, day, next + used);
    }
    let year = year_of(token)?;
    Some((When::Month { year, month: month.number }, after_era(tokens, next + 1)))
}

/// 2024 June 12; 2020-Sept-22.
fn year_month_day(tokens: &[Token<'_>], at: usize) -> Option<(When, usize)> {
    let year = year_of(tokens.get(at)?)?;
    let skip = |next: usize| {
        next + usize::from(
            ['-', ',', '/'].iter().any(|&mark| is_mark(tokens, next, mark)),
        )
    };
    let month_from = skip(at + 1);
    if let Some(day) = tokens.get(month_from).and_then(|token| token.number(2)) {
        // 2020/23/Sept is written as well.
        let month =
            month_at(tokens, skip(month_from + 1)).filter(|month| !month.hijri)?;
        let next = skip(month_from + 1) + month.tokens;
        let day = Day::from_ymd(year, month.number, u8::try_from(day).ok()?)?;
        return Some((When::Day(day), next));
    }
    let month = month_at(tokens, month_from).filter(|month| !month.hijri)?;
    let day_at = skip(month_from + month.tokens);
    let day = tokens.get(day_at)?.number(2)?;
    let day = Day::from_ymd(year, month.number, u8::try_from(day).ok()?)?;
    Some((When::Day(day), after_ordinal(tokens, day_at + 1)))
}

/// 20240612, between anything but letters and digits.
fn compact(tokens: &[Token<'_>], at: usize) -> Option<(When, usize)> {
    let What::Number(value, 8) = tokens.get(at)?.what else { return None };
    let glued =
        tokens.get(at + 1).is_some_and(|next| !next.spaced && next.word().is_some());
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    let likely = (1990..2100).contains(&year) && !glued;
    likely.then(|| day_of(year, month, day)).flatten().map(|when| (when, at + 1))
}

/// Day and month are known at `next`; takes the year.
fn dated(
    tokens: &[Token<'_>],
    month: Month,
    day: u32,
    next: usize,
) -> Option<(When, usize)> {
    let mut at = next;
    while let Some(token) = tokens.get(at) {
        let skipped = matches!(token.what, What::Mark(',' | '-' | '/' | '.' | '\''))
            || matches!(
                token.word(),
                Some("of" | "in" | "عام" | "لعام" | "سنه" | "لسنه" | "من" | "في")
            );
        if !skipped || at > next + 2 {
            break;
        }
        at += 1;
    }
    let day = u8::try_from(day).ok()?;
    let after_apostrophe =
        at.checked_sub(1).is_some_and(|before| is_mark(tokens, before, '\''));
    let dashed = at.checked_sub(1).is_some_and(|before| is_mark(tokens, before, '-'));
    let year = tokens.get(at).and_then(|token| match token.what {
        What::Number(value @ 0..=99, 2) if after_apostrophe || dashed => {
            i32::try_from(value).ok().map(|year| year + 2000)
        }
        _ => year_of(token),
    });
    match year {
        Some(year) if month.hijri => {
            let marked = tokens.get(at + 1).and_then(Token::word) == Some("ه");
            let day = hijri::day(year, month.number, day)?;
            Some((When::Hijri { day }, at + 1 + usize::from(marked)))
        }
        Some(year) => match Day::from_ymd(year, month.number, day) {
            Some(day) => Some((When::Day(day), after_era(tokens, at + 1))),
            None => Some((without_year(month.number, day)?, at + 1)),
        },
        None if month.hijri => None,
        None => Some((without_year(month.number, day)?, next)),
    }
}

/// A number of four digits that may be meant as a year, 1015 and 3012 included.
fn year_of(token: &Token<'_>) -> Option<i32> {
    match token.what {
        What::Number(value @ 1000..=3999, 4) => i32::try_from(value).ok(),
        _ => None,
    }
}

fn after_ordinal(tokens: &[Token<'_>], at: usize) -> usize {
    let token = tokens.get(at).filter(|token| !token.spaced);
    at + usize::from(matches!(
        token.and_then(Token::word),
        Some("st" | "nd" | "rd" | "th")
    ))
}

/// Skips the last day of 14-15, 14 & 15, 14 and 15: the first counts.
fn after_range(tokens: &[Token<'_>], at: usize) -> usize {
    let joined = tokens.get(at).is_some_and(|token| {
        matches!(token.what, What::Mark('-' | '&'))
            || matches!(token.word(), Some("and" | "to" | "و" | "الي"))
    });
    let day = tokens.get(at + 1).and_then(|token| token.number(2));
    match day {
        Some(1..=31) if joined => after_ordinal(tokens, at + 2),
        _ => at,
    }
}

/// The weekday just before or after an expression.
fn weekday_beside(tokens: &[Token<'_>], from: usize, to: usize) -> Option<u8> {
    let passed = |token: &&Token<'_>| {
        matches!(token.what, What::Mark(',' | '(' | '.' | ':' | '-'))
            || matches!(
                token.word(),
                Some(
                    "the"
                        | "الموافق"
                        | "يوم"
                        | "في"
                        | "الواقع"
                        | "فيه"
                        | "بتاريخ"
                        | "of"
                        | "date"
                )
            )
    };
    let before = tokens.get(..from)?.iter().rev().take(4).find(|token| !passed(token));
    let after = tokens.get(to..)?.iter().take(3).find(|token| !passed(token));
    let day = |token: Option<&Token<'_>>| token.and_then(Token::word).and_then(weekday);
    day(before).or_else(|| day(after))
}
