//! Rules by chance that stand beside others: versions, answers, other duties in exceptions.

use mithaq::calendar::{Day, Span};
use mithaq::norm::{
    Act, Anchor, Comparison, Condition, Exception, Guard, Norm, Occurrence, Quantity,
    TermId,
};
use mithaq::program::Window;

use super::case::{Case, Said};
use super::draw::Draw;
use super::generate::{a_day, around, occurrence};
use super::sayings::condition;
use super::shapes::{Shape, drawn};
use super::wall::after;

/// Shapes of one rule alone.
const ALONE: [Shape; 26] = [
    Shape::Frequency,
    Shape::Rolling,
    Shape::Deadline,
    Shape::FixedDate,
    Shape::Standing,
    Shape::Never,
    Shape::Size,
    Shape::Quorum,
    Shape::Holds,
    Shape::Order,
    Shape::Contents,
    Shape::Signed,
    Shape::Whichever,
    Shape::Backed,
    Shape::EachPaper,
    Shape::List,
    Shape::Among,
    Shape::Lately,
    Shape::Guarded,
    Shape::People,
    Shape::Years,
    Shape::EachMember,
    Shape::Uptake,
    Shape::Members,
    Shape::Meetings,
    Shape::Counting,
];

/// Shapes of one rule in which it may be unknown from day to day what is asked.
const IN_TURN: [Shape; 3] = [Shape::Instead, Shape::InTurn, Shape::GuardedAtAllTimes];

/// The deeds of one norm in place of another's, so that the same papers tell of both.
fn about_the_same(norm: &mut Norm, of: &Norm) {
    let Some(deed) = of.deed() else { return };
    match norm {
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::Deadline { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. }
        | Norm::Never { what } => *what = deed,
        _ => {}
    }
}

pub(super) fn changed(draw: &mut Draw) -> Case {
    let shape = draw.pick(&ALONE);
    changed_of(shape, draw)
}

/// Versions that each have another duty in an exception, or a condition of their own.
pub(super) fn turns_changed(draw: &mut Draw) -> Case {
    let shape = draw.pick(&IN_TURN);
    changed_of(shape, draw)
}

fn changed_of(shape: Shape, draw: &mut Draw) -> Case {
    let mut case = drawn(shape, draw);
    let mut ends: Vec<Day> = (0..1 + draw.below(2)).map(|_| a_day(draw)).collect();
    ends.sort();
    ends.dedup();
    let Window { from, to } = case.said.window;
    let mut from = from.filter(|from| *from < ends[0]);
    for end in ends {
        let mut before = drawn(shape, draw).said;
        about_the_same(&mut before.norm, &case.said.norm);
        let own = case.said.clone();
        before = Said {
            lag: own.lag,
            lead: own.lead,
            months: own.months,
            fiscal_quarters: own.fiscal_quarters,
            in_force: own.in_force,
            window: Window { from, to: Some(end) },
            ..before
        };
        from = Some(after(end));
        case.earlier.push(before);
    }
    let to = to.filter(|to| from.is_none_or(|from| from < *to));
    case.said.window = Window { from, to };
    case
}

pub(super) fn answers(draw: &mut Draw) -> Case {
    let above = draw.pick(&ALONE);
    answers_of(above, draw)
}

/// What answers a breach of one of two duties, of which nobody may know which is asked.
pub(super) fn turns_answered(draw: &mut Draw) -> Case {
    let above = draw.pick(&IN_TURN);
    answers_of(above, draw)
}

fn answers_of(above: Shape, draw: &mut Draw) -> Case {
    let mut case = drawn(above, draw);
    let what = occurrence(draw, &[4], &[Act::Submit, Act::Publish]);
    let within = draw.pick(&[Span::Days(10), Span::Days(30), Span::Months(2)]);
    let norm = Norm::Deadline { what, anchor: Anchor::Finding, within };
    // What it tells of is told by papers of another case.
    let told = around(draw, norm.clone(), &[what, what, prepared(what)]);
    for mut paper in told.papers {
        paper.replaces = None;
        case.papers.push(paper);
    }
    let own = case.said.clone();
    case.said = Said {
        lag: own.lag,
        lead: own.lead,
        months: own.months,
        fiscal_quarters: own.fiscal_quarters,
        in_force: own.in_force,
        suspended: own.suspended.clone(),
        window: own.window,
        ..Said::plain(norm)
    };
    case.above = Some(Box::new(own));
    case
}

fn prepared(of: Occurrence) -> Occurrence {
    Occurrence { act: Act::Prepare, by: None, to: None, ..of }
}

/// An exception in which another duty takes the place of this one.
pub(super) fn instead(draw: &mut Draw) -> Case {
    let shape = draw.pick(&[Shape::Frequency, Shape::FixedDate, Shape::Deadline]);
    let mut case = drawn(shape, draw);
    let mut then = drawn(shape, draw).said.norm;
    about_the_same(&mut then, &case.said.norm);
    // Mostly on the same occasions.
    if draw.chance(60) {
        match (&mut then, &case.said.norm) {
            (Norm::Deadline { anchor, .. }, Norm::Deadline { anchor: own, .. }) => {
                *anchor = *own;
            }
            (Norm::Frequency { cycle, .. }, Norm::Frequency { cycle: own, .. }) => {
                *cycle = *own;
            }
            (Norm::FixedDate { .. }, own @ Norm::FixedDate { .. }) => then = own.clone(),
            _ => {}
        }
    }
    if let (Norm::FixedDate { what, .. }, true) = (&mut then, draw.chance(50)) {
        what.act = Act::Prepare;
    }
    except(draw, &mut case, then);
    case
}

/// The same of duties at all times: sizes, papers that stand, what is so of the organization.
pub(super) fn in_turn(draw: &mut Draw) -> Case {
    let shapes =
        [Shape::Size, Shape::Size, Shape::Standing, Shape::Holds, Shape::Rolling];
    let shape = draw.pick(&shapes);
    let mut case = drawn(shape, draw);
    let other = if draw.chance(70) { shape } else { draw.pick(&shapes) };
    let mut then = drawn(other, draw).said.norm;
    if draw.chance(70) {
        about_the_same(&mut then, &case.said.norm);
    }
    except(draw, &mut case, then);
    case
}

/// What holds at all times, with its own condition.
pub(super) fn guarded_at_all_times(draw: &mut Draw) -> Case {
    let shape = draw.pick(&[Shape::Size, Shape::Holds, Shape::People, Shape::Uptake]);
    let mut case = drawn(shape, draw);
    let guard = draw.pick(&[Guard::If, Guard::Unless, Guard::Enough]);
    let when = condition(draw, 1);
    let norm = Box::new(case.said.norm.clone());
    case.said.norm = Norm::Guarded { norm, guard, when };
    case
}

/// Where the organization has staff, or none, another duty is asked.
fn except(draw: &mut Draw, case: &mut Case, then: Norm) {
    let value = |number| Quantity { number, currency: None };
    let staff = TermId(33);
    let mut stated = vec![(staff, Day(0), value(i64::from(draw.small(3))))];
    // Where nobody states it, either of the two may be asked.
    if draw.chance(40) {
        stated.clear();
    }
    for _ in 0..draw.below(3) {
        stated.push((staff, a_day(draw), value(i64::from(draw.small(3)))));
    }
    stated.sort();
    stated.dedup_by_key(|(_, from, _)| *from);
    case.profile.attributes.extend(stated);
    let comparison = draw.pick(&[Comparison::AtLeast, Comparison::Less]);
    let when = Condition::Compare { attribute: staff, comparison, value: value(1) };
    case.said.exceptions.truncate(1);
    case.said.exceptions.push(Exception { then: Some(then), ..Exception::plain(when) });
}
