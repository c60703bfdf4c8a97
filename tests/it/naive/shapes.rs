//! Duties by chance, shape by shape.

use mithaq::calendar::{Cycle, Span};
use mithaq::norm::{Act, Anchor, Norm, Occurrence, TermId};
use mithaq::timeline::{Aspect, Subject};

use super::case::Case;
use super::draw::Draw;
use super::generate::{a_day, around, moments, occurrence};

/// The shapes of duty that the naive judge knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Frequency,
    Rolling,
    Deadline,
}

const DEEDS: [Act; 4] = [Act::Meet, Act::Publish, Act::Adopt, Act::Prepare];

/// The case of a seed.
pub(super) fn case(shape: Shape, seed: u64, count: usize) -> Case {
    let mut draw = Draw::new(seed);
    let draw = &mut draw;
    let mut case = match shape {
        Shape::Frequency => frequency(draw),
        Shape::Rolling => rolling(draw),
        Shape::Deadline => deadline(draw),
    };
    moments(draw, &mut case, count);
    case
}

fn frequency(draw: &mut Draw) -> Case {
    let what = occurrence(draw, &[1], &[Act::Meet, Act::Publish]);
    let cycle = draw.pick(&[
        Cycle::Month,
        Cycle::Quarter,
        Cycle::Quarter,
        Cycle::HalfYear,
        Cycle::Year,
        Cycle::FiscalYear,
        Cycle::FiscalQuarter,
    ]);
    let cycle = if draw.chance(2) { Cycle::Week } else { cycle };
    let least = draw.pick(&[1, 1, 1, 2, 2, 3]);
    around(draw, Norm::Frequency { what, least, cycle }, &[what])
}

fn rolling(draw: &mut Draw) -> Case {
    let what = occurrence(draw, &[1], &[Act::Meet]);
    let spans = [Span::Months(3), Span::Months(1), Span::Days(90), Span::Years(1)];
    let gap = draw.span(&spans);
    around(draw, Norm::Rolling { what, gap }, &[what])
}

fn deadline(draw: &mut Draw) -> Case {
    let what = occurrence(draw, &[2], &DEEDS);
    let event = occurrence(draw, &[1, 2, 2], &[Act::Meet, Act::Occur]);
    let event = Occurrence { by: None, ..event };
    let body = TermId(1);
    let anchor = draw.pick(&[
        Anchor::FiscalYearEnd,
        Anchor::FiscalYearEnd,
        Anchor::FiscalYearStart,
        Anchor::Each(event),
        Anchor::Each(event),
        Anchor::MandateEnd(body),
    ]);
    let within = draw.span(&[
        Span::Days(30),
        Span::Days(0),
        Span::Weeks(2),
        Span::Months(4),
        Span::Months(1),
        Span::Years(1),
        Span::WorkingDays(10),
    ]);
    let norm = Norm::Deadline { what, anchor, within };
    match anchor {
        Anchor::Each(_) => around(draw, norm, &[what, event]),
        Anchor::MandateEnd(_) => {
            let mut case = around(draw, norm, &[what]);
            for paper in &mut case.papers {
                if draw.chance(40) {
                    let day = a_day(draw);
                    let subject = Subject::new(body, Aspect::MandateEnd);
                    paper.tells.push(super::case::told(subject, day));
                }
            }
            case
        }
        _ => around(draw, norm, &[what]),
    }
}
