//! Duties by chance, shape by shape.

use mithaq::calendar::{Cycle, Day, Span};
use mithaq::norm::{Act, Anchor, Norm, Occurrence, Share, TermId};
use mithaq::timeline::{Aspect, Subject};

use super::case::{Case, told};
use super::draw::Draw;
use super::generate::{a_day, around, moments, occurrence};
use super::organizations::{NAMES, people};
use super::shapes_of_papers as papers;
use super::shapes_of_people as office;
use super::shapes_of_rules as rules;
use super::shapes_of_several as several;
use super::tellings::tell;

/// The shapes of duty that the naive judge knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Frequency,
    Rolling,
    Deadline,
    FixedDate,
    Standing,
    Never,
    Size,
    Quorum,
    Holds,
    Order,
    Contents,
    Signed,
    Whichever,
    Backed,
    EachPaper,
    List,
    Among,
    Lately,
    Guarded,
    People,
    Years,
    EachMember,
    Uptake,
    Members,
    Meetings,
    Counting,
    Versions,
    Answers,
    Instead,
    InTurn,
    GuardedAtAllTimes,
    TurnsChanged,
    TurnsAnswered,
}

const DEEDS: [Act; 4] = [Act::Meet, Act::Publish, Act::Adopt, Act::Prepare];

/// The case of a seed.
pub(super) fn case(shape: Shape, seed: u64, count: usize) -> Case {
    let mut draw = Draw::new(seed);
    let mut case = drawn(shape, &mut draw);
    moments(&mut draw, &mut case, count);
    case
}

/// A case of a shape without its moments.
pub(super) fn drawn(shape: Shape, draw: &mut Draw) -> Case {
    match shape {
        Shape::Frequency => frequency(draw),
        Shape::Rolling => rolling(draw),
        Shape::Deadline => deadline(draw),
        Shape::FixedDate => fixed_date(draw),
        Shape::Standing => standing(draw),
        Shape::Never => never(draw),
        Shape::Size => size(draw),
        Shape::Quorum => quorum(draw),
        Shape::Holds => papers::holds(draw),
        Shape::Order => papers::order(draw),
        Shape::Contents => papers::contents(draw),
        Shape::Signed => papers::signed(draw),
        Shape::Whichever => papers::whichever(draw),
        Shape::Backed => papers::backed(draw),
        Shape::EachPaper => papers::each_paper(draw),
        Shape::List => several::list(draw),
        Shape::Among => several::among(draw),
        Shape::Lately => several::lately(draw),
        Shape::Guarded => several::guarded(draw),
        Shape::People => office::of_people(draw),
        Shape::Years => office::of_years(draw),
        Shape::EachMember => office::each_member(draw),
        Shape::Uptake => office::uptake(draw),
        Shape::Members => office::members(draw),
        Shape::Meetings => office::meetings(draw),
        Shape::Counting => counting(draw),
        Shape::Versions => rules::changed(draw),
        Shape::Answers => rules::answers(draw),
        Shape::Instead => rules::instead(draw),
        Shape::InTurn => rules::in_turn(draw),
        Shape::GuardedAtAllTimes => rules::guarded_at_all_times(draw),
        Shape::TurnsChanged => rules::turns_changed(draw),
        Shape::TurnsAnswered => rules::turns_answered(draw),
    }
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
            papers::mandates(draw, &mut case, body);
            case
        }
        _ => around(draw, norm, &[what]),
    }
}

fn fixed_date(draw: &mut Draw) -> Case {
    let what = occurrence(draw, &[2], &[Act::Adopt, Act::Publish, Act::Prepare]);
    let (month, day) = draw.pick(&[(1, 31), (3, 31), (2, 29), (12, 31), (1, 1), (7, 15)]);
    around(draw, Norm::FixedDate { what, month, day }, &[what])
}

fn standing(draw: &mut Draw) -> Case {
    let acts = [Act::Prepare, Act::Adopt, Act::Validate, Act::Adopt, Act::Review];
    let what = occurrence(draw, &[2], &acts);
    let spans = [Span::Years(1), Span::Months(6), Span::Years(2), Span::Days(45)];
    let review = draw.chance(60).then(|| draw.pick(&spans));
    let reviewed = Occurrence { act: Act::Review, ..what };
    let tells = [what, what, reviewed];
    let told = if review.is_some() { &tells[..] } else { &tells[..1] };
    let mut case = around(draw, Norm::Standing { what, review }, told);
    let certificate = what.act == Act::Validate;
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if certificate && draw.chance(80) {
            entry.until = Some(Day(entry.day.0 + i32::from(draw.small(500))));
        }
        // What stands may be older than the membership.
        if draw.chance(20) {
            entry.day = Day(entry.day.0 - 700);
            entry.until = entry.until.map(|day| Day(day.0 - 400));
        }
    }
    case
}

fn never(draw: &mut Draw) -> Case {
    let what = occurrence(draw, &[2], &[Act::Occur, Act::Publish]);
    let mut case = around(draw, Norm::Never { what }, &[what]);
    // Mostly it is kept.
    let fewer = draw.below(4);
    case.papers.truncate(fewer);
    for paper in &mut case.papers {
        paper.replaces = paper.replaces.filter(|older| *older < fewer);
    }
    case
}

/// What papers say of a body's size, and of who is in it.
fn sizes(draw: &mut Draw, case: &mut Case, body: TermId) {
    tell(draw, case, 50, |draw, day| {
        let mut size = told(Subject::new(body, Aspect::Size), day);
        size.count = draw.chance(90).then(|| draw.small(8));
        size
    });
    if draw.chance(60) {
        people(draw, case, &[body, TermId(9)]);
    }
    if draw.chance(40) && !case.names.is_empty() {
        for _ in 0..2 {
            let day = a_day(draw);
            tell(draw, case, 25, |draw, other| {
                let day = if draw.chance(70) { day } else { other };
                let mut seat = told(Subject::new(body, Aspect::Seat), day);
                seat.who = 1 + draw.small(u16::try_from(NAMES.len()).unwrap());
                seat
            });
        }
    }
}

fn size(draw: &mut Draw) -> Case {
    let body = TermId(1);
    let (least, most) = draw.pick(&[
        (Some(3), None),
        (None, Some(4)),
        (Some(2), Some(5)),
        (Some(1), None),
    ]);
    let met = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let mut case = around(draw, Norm::Size { body, least, most }, &[met]);
    sizes(draw, &mut case, body);
    case
}

pub(super) fn share(draw: &mut Draw) -> Share {
    let (numerator, denominator) =
        draw.pick(&[(1, 2), (1, 2), (1, 3), (2, 3), (3, 4), (1, 1)]);
    Share {
        numerator,
        denominator,
        exclusive: numerator < denominator && draw.chance(50),
    }
}

/// Who came to each meeting, and of how many.
pub(super) fn attendance(draw: &mut Draw, case: &mut Case, body: TermId) {
    let meeting = Subject::new(body, Aspect::Done(Act::Meet));
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if entry.subject == meeting {
            entry.count = draw.chance(85).then(|| draw.small(8));
            entry.of = draw.chance(60).then(|| 1 + draw.small(8));
        }
    }
    sizes(draw, case, body);
}

fn quorum(draw: &mut Draw) -> Case {
    let body = TermId(1);
    let share = share(draw);
    let met = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let mut case = around(draw, Norm::Quorum { body, share }, &[met]);
    attendance(draw, &mut case, body);
    case
}

/// One of the duties that count events.
fn counting(draw: &mut Draw) -> Case {
    let case = match draw.below(8) {
        0 | 1 => frequency(draw),
        2 => rolling(draw),
        3 => deadline(draw),
        4 => fixed_date(draw),
        5 => standing(draw),
        6 => papers::order(draw),
        _ => papers::whichever(draw),
    };
    office::counting(draw, case)
}
