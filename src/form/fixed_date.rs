//! By a day of each year: "… by 31 January of each year".

use crate::calendar::days_in_month;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::lexicon::month;
use crate::norm::{Act, Norm, Occurrence};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "fixed_date",
    meaning: [
        "Something is done in each calendar year by a certain day, that day included.",
        "يُنجز أمر في كل سنة ميلادية في موعد أقصاه يوم معيّن، واليوم نفسه محسوب.",
    ],
    examples: &[
        [
            "the conflict of interest declaration is submitted by 31 January of each year",
            "يُقدَّم إقرار تضارب المصالح في موعد أقصاه 31 كانون الثاني من كل سنة",
        ],
        [
            "the annual report must be published by 30 April",
            "يجب أن يُنشر التقرير السنوي حتى 30 نيسان",
        ],
        [
            "the general assembly meets every year by the end of March",
            "تجتمع الجمعية العمومية كل سنة قبل نهاية شهر آذار",
        ],
        [
            "the budget is adopted by the board before 1 January",
            "يعتمد مجلس الإدارة الموازنة قبل 1 يناير",
        ],
        [
            "the action plan is submitted to the competent ministry in January of each year",
            "تُقدَّم خطة العمل إلى الوزارة المختصة في كانون الثاني من كل سنة",
        ],
    ],
    entry: [Rule::fixed_date_en, Rule::fixed_date_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let what = match (node.has("act"), node.term("noun")) {
        // "The declaration is due by 31 January": what is due is handed in.
        (false, Some(noun)) => Occurrence { noun, act: Act::Submit, by: None, to: None },
        _ => deed::read(node)?,
    };
    let (month, day) = last_day(node)?;
    Ok(Norm::FixedDate { what, month, day })
}

/// The last day on which the duty is kept: month 1–12 and day.
fn last_day(node: &Node<'_>) -> Result<(u8, u8), Fault> {
    let impossible = |slot| Fault { wording: Wording::ImpossibleDate, slot };
    if node.has("in_month") {
        let named = small(node, "in_month").ok_or(impossible("in_month"))?;
        let agrees =
            !node.has("in_month_too") || small(node, "in_month_too") == Some(named);
        // The year begins in January, so "in January" is "by its end"; no other month is.
        return match named {
            1 if agrees => Ok((1, 31)),
            _ if agrees => {
                Err(Fault { wording: Wording::SeveralMeanings, slot: "in_month" })
            }
            _ => Err(impossible("in_month_too")),
        };
    }
    if node.has("year_end") {
        return Ok((12, 31));
    }
    let (month, day) = if node.has("first") {
        numeric(node)?
    } else {
        let month = small(node, "month").ok_or(impossible("month"))?;
        let last = last_of(month);
        let day = if node.has("end") { Some(last) } else { small(node, "day") };
        (month, day.ok_or(impossible("day"))?)
    };
    let agrees = !node.has("month_too") || small(node, "month_too") == Some(month);
    if !agrees || !(1..=12).contains(&month) || day == 0 || day > last_of(month) {
        return Err(impossible("day"));
    }
    let excluded =
        node.text("before") == Some("before") || node.text("before") == Some("قبل");
    Ok(if excluded && !node.has("end") { day_before(month, day) } else { (month, day) })
}

/// `31/1` is the day first; where both could be the day, nobody can know.
fn numeric(node: &Node<'_>) -> Result<(u8, u8), Fault> {
    let impossible = Fault { wording: Wording::ImpossibleDate, slot: "first" };
    let first = small(node, "first").ok_or(impossible)?;
    let second = small(node, "second").ok_or(impossible)?;
    match (first, second) {
        (13.., 1..=12) => Ok((second, first)),
        (1..=12, 13..) => Ok((first, second)),
        (1..=12, 1..=12) if first == second => Ok((first, second)),
        _ => Err(Fault { wording: Wording::SeveralMeanings, slot: "first" }),
    }
}

fn small(node: &Node<'_>, slot: &str) -> Option<u8> {
    node.number(slot).and_then(|number| u8::try_from(number).ok())
}

/// 29 February is a day that only some years have; in the others it is the 28th.
fn last_of(month: u8) -> u8 {
    days_in_month(2024, month)
}

fn day_before(month: u8, day: u8) -> (u8, u8) {
    match (month, day) {
        (1, 1) => (12, 31),
        (3, 1) => (2, 29),
        (_, 1) => (month - 1, last_of(month - 1)),
        _ => (month, day - 1),
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::FixedDate { what, month, day } = norm else { return None };
    let [english, arabic] = deed::say(*what, vocabulary);
    let [name, ism] = month::name(*month);
    Some([
        format!("{english} by {day} {name} of each year."),
        format!("{arabic} في موعد أقصاه {day} {ism} من كل سنة."),
    ])
}
