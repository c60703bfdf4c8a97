//! What rules say by chance: scope, exceptions, grace, what they give way to.

use mithaq::calendar::{Day, MonthCounting, Span};
use mithaq::norm::{
    Comparison, Condition, Exception, Moment, Norm, Proportion, Quantity, TermId,
};
use mithaq::program::{Precedence, Window};

use super::case::Said;
use super::draw::Draw;
use super::generate::{a_day, first, last};

pub(super) fn said(draw: &mut Draw, norm: Norm) -> Said {
    let days = Span::Days;
    let grace =
        draw.pick(&[days(0), days(0), days(0), days(10), days(45), Span::Months(1)]);
    let lag = draw.pick(&[days(15), days(15), days(0), Span::Weeks(6)]);
    let lead = draw.pick(&[days(30), days(30), days(0), Span::Months(4)]);
    let months = draw.pick(&[MonthCounting::ToMonthEnd, MonthCounting::ByDate]);
    let mut said = Said { grace, lag, lead, months, ..Said::plain(norm) };
    said.fiscal_quarters = draw.chance(20);
    said.applies_to = draw.chance(20).then(|| condition(draw, 2));
    if draw.chance(20) {
        said.jurisdictions = vec![draw.pick(&["PS", "PS-WB", "PS-GZ", "LB"]).to_owned()];
    }
    for _ in 0..2 {
        if draw.chance(12) {
            let when = condition(draw, 1);
            let unless = if draw.chance(30) {
                vec![(None, condition(draw, 1))]
            } else {
                Vec::new()
            };
            said.exceptions.push(Exception { unless, ..Exception::plain(when) });
        }
    }
    if draw.chance(10) {
        said.gives_way_to.push(precedence(draw));
    }
    if draw.chance(15) {
        said.in_force = Some(a_day(draw));
    }
    if draw.chance(15) {
        said.window.from = Some(a_day(draw));
    }
    if draw.chance(10) {
        said.window.to = Some(a_day(draw));
    }
    while draw.chance(12) {
        let mut window = draw.period((first(), last()), 150);
        if draw.chance(5) {
            window.to = Day::LATEST;
        }
        said.suspended.push(window);
    }
    said
}

fn precedence(draw: &mut Draw) -> Precedence {
    let from = draw.chance(40).then(|| a_day(draw));
    Precedence {
        rulebook: "law".to_owned(),
        rule: "other".to_owned(),
        applies_to: draw.chance(60).then(|| condition(draw, 1)),
        jurisdictions: if draw.chance(30) {
            vec!["PS-WB".to_owned()]
        } else {
            Vec::new()
        },
        in_force: Window { from, to: None },
    }
}

pub(super) fn condition(draw: &mut Draw, depth: usize) -> Condition {
    let attribute = |draw: &mut Draw| TermId(30 + draw.small(3));
    match draw.below(if depth > 0 { 9 } else { 6 }) {
        0 => Condition::OfType(TermId(40 + draw.small(2))),
        1 => Condition::Is(attribute(draw)),
        2 => Condition::Ratio {
            attribute: attribute(draw),
            comparison: draw.pick(&[Comparison::AtMost, Comparison::AtLeast]),
            part: Proportion { numerator: 1, denominator: 1 + draw.small(3) },
            of: attribute(draw),
        },
        3 => Condition::Founded {
            lead: draw.pick(&[Span::Days(0), Span::Days(0), Span::Months(6)]),
            by: match draw.below(3) {
                0 => Moment::Day(a_day(draw)),
                1 => Moment::FiscalYearStart,
                _ => Moment::FiscalYearEnd,
            },
        },
        4 | 5 => Condition::Compare {
            attribute: attribute(draw),
            comparison: draw.pick(&[
                Comparison::Less,
                Comparison::AtMost,
                Comparison::Exactly,
                Comparison::AtLeast,
                Comparison::More,
            ]),
            value: Quantity {
                number: i64::from(draw.small(5)),
                currency: draw.pick(&[None, Some(*b"USD")]),
            },
        },
        6 => Condition::Not(Box::new(condition(draw, depth - 1))),
        7 => Condition::All(vec![condition(draw, depth - 1), condition(draw, depth - 1)]),
        _ => Condition::Any(vec![condition(draw, depth - 1), condition(draw, depth - 1)]),
    }
}
