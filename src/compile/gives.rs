//! What a sentence would ask of an organization, by a worked example: how often in a year,
//! by which day. Shown beside choices, so that a choice is between days and not words.

use crate::calendar::{Cycle, Day, MonthCounting, Span};
use crate::form::frequency_words;
use crate::lexicon::month;
use crate::lexicon::noun::MEMBERS;
use crate::norm::{Anchor, Norm, Share};

/// One whole sentence in each language; both empty where an example would say no more than
/// the rule does. Fiscal years end on 31 December, months count to the month end.
pub(crate) fn gives(norm: &Norm) -> [String; 2] {
    match norm {
        Norm::Frequency { least, cycle, .. } => in_a_year(*least, *cycle),
        Norm::Rolling { gap, .. } => after_one(*gap),
        Norm::Deadline { anchor: Anchor::FiscalYearEnd, within, .. } => {
            after_the_year(*within)
        }
        Norm::Deadline { anchor: Anchor::Each(_), within, .. } => after_event(*within),
        Norm::FixedDate { month, day, .. } => by_day(*month, *day),
        Norm::Standing { review: Some(review), .. } => after_review(*review),
        Norm::Quorum { share, .. } => of_seven(*share),
        _ => [String::new(), String::new()],
    }
}

fn in_a_year(least: u16, cycle: Cycle) -> [String; 2] {
    let per_year = match cycle {
        Cycle::Week => 52,
        Cycle::Month => 12,
        Cycle::Quarter | Cycle::FiscalQuarter => 4,
        Cycle::HalfYear => 2,
        Cycle::Year | Cycle::FiscalYear => 1,
    };
    let [times, marrat] = frequency_words(least.saturating_mul(per_year));
    [
        format!("That is at least {times} in a year."),
        format!("أي {marrat} على الأقل في السنة."),
    ]
}

fn after_one(gap: Span) -> [String; 2] {
    let [first, awwal] = month::date(example());
    let [next, tali] = month::date(example().plus(gap, MonthCounting::ToMonthEnd));
    [
        format!("After {first}, the next one is due by {next}."),
        format!("بعد {awwal} تستحق المرة التالية في موعد أقصاه {tali}."),
    ]
}

fn after_the_year(within: Span) -> [String; 2] {
    let end = Day::from_ymd(2026, 12, 31).unwrap_or(Day::EARLIEST);
    let [due, ajal] = month::date(end.plus(within, MonthCounting::ToMonthEnd));
    [
        format!("For a fiscal year that ends on 31 December 2026: by {due}."),
        format!("لسنة مالية تنتهي في 31 كانون الأول 2026: في موعد أقصاه {ajal}."),
    ]
}

fn after_event(within: Span) -> [String; 2] {
    let [first, awwal] = month::date(example());
    let [due, ajal] = month::date(example().plus(within, MonthCounting::ToMonthEnd));
    [
        format!("If it counts from {first}: by {due}."),
        format!("إذا بدأ الحساب في {awwal}: في موعد أقصاه {ajal}."),
    ]
}

fn by_day(month: u8, day: u8) -> [String; 2] {
    let due = Day::from_ymd(2027, month, day).or_else(|| Day::from_ymd(2027, month, 28));
    let [due, ajal] = month::date(due.unwrap_or(Day::EARLIEST));
    [
        format!("In 2027 it is due by {due}."),
        format!("يستحق في سنة 2027 في موعد أقصاه {ajal}."),
    ]
}

fn after_review(review: Span) -> [String; 2] {
    let [first, awwal] = month::date(example());
    let [due, ajal] = month::date(example().plus(review, MonthCounting::ToMonthEnd));
    [
        format!("After {first}, again by {due}."),
        format!("بعد {awwal} يستحق من جديد في موعد أقصاه {ajal}."),
    ]
}

fn of_seven(share: Share) -> [String; 2] {
    let whole = 8_u64;
    let part = u64::from(share.numerator) * whole;
    let denominator = u64::from(share.denominator.max(1));
    let enough =
        if share.exclusive { part / denominator + 1 } else { part.div_ceil(denominator) };
    let (english, arabic) = (MEMBERS.english(enough), MEMBERS.arabic(enough));
    [
        format!("Of 8 members in office, that is at least {english}."),
        format!("من أصل 8 أعضاء حاليين، أي {arabic} على الأقل."),
    ]
}

fn example() -> Day {
    Day::from_ymd(2026, 1, 10).unwrap_or(Day::EARLIEST)
}
