//! Duties by chance that are made of several.

use mithaq::calendar::{Cycle, Span};
use mithaq::norm::{Act, Anchor, Guard, Limit, Norm, Occurrence, Past, TermId};

use super::case::Case;
use super::draw::Draw;
use super::generate::around;
use super::sayings::condition;

fn done(noun: u16, act: Act) -> Occurrence {
    Occurrence { noun: TermId(noun), act, by: None, to: None }
}

/// One of the plain duties, about something.
fn about(draw: &mut Draw, kind: usize, noun: u16) -> Norm {
    match kind {
        0 => Norm::Standing { what: done(noun, Act::Adopt), review: None },
        1 => Norm::Standing {
            what: done(noun, Act::Validate),
            review: Some(draw.pick(&[Span::Years(1), Span::Months(6)])),
        },
        2 => Norm::Frequency {
            what: done(noun, Act::Meet),
            least: 1,
            cycle: draw.pick(&[Cycle::Quarter, Cycle::HalfYear]),
        },
        3 => Norm::Deadline {
            what: done(noun, Act::Submit),
            anchor: Anchor::FiscalYearEnd,
            within: Span::Months(4),
        },
        4 => Norm::FixedDate { what: done(noun, Act::Publish), month: 3, day: 31 },
        5 => Norm::Order {
            steps: vec![done(noun, Act::Prepare), done(noun, Act::Adopt)],
            anchor: Anchor::FiscalYearEnd,
            limit: Limit::Within(Span::Months(6)),
            ever: false,
        },
        _ => Norm::Rolling { what: done(noun, Act::Meet), gap: Span::Months(4) },
    }
}

/// What papers have to tell for a norm to be kept now and then.
fn tells(norms: &[Norm]) -> Vec<Occurrence> {
    norms.iter().flat_map(Norm::counted).collect()
}

fn certificates(draw: &mut Draw, case: &mut Case) {
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if draw.chance(20) && entry.about.is_none() {
            let days = i32::from(draw.small(400));
            entry.until = Some(mithaq::calendar::Day(entry.day.0 + days));
        }
    }
}

pub(super) fn list(draw: &mut Draw) -> Case {
    let kind = draw.pick(&[0, 0, 1, 1, 2, 3, 4, 5]);
    let chosen = draw.clone();
    let norms: Vec<Norm> = (2..4 + u16::from(draw.chance(30)))
        .map(|noun| about(&mut chosen.clone(), kind, noun))
        .collect();
    let told = tells(&norms);
    let mut case = around(draw, Norm::All(norms), &told);
    if kind < 2 {
        certificates(draw, &mut case);
    }
    case
}

pub(super) fn among(draw: &mut Draw) -> Case {
    let count = 2 + u16::from(draw.chance(30));
    let mut norms = Vec::new();
    for noun in 2..2 + count {
        let kind = draw.below(7);
        norms.push(about(draw, kind, noun));
    }
    let least = 1 + draw.small(count);
    let told = tells(&norms);
    around(draw, Norm::Among { least, norms }, &told)
}

pub(super) fn lately(draw: &mut Draw) -> Case {
    let times = draw.chance(50);
    let kind = draw.pick(&[2, 2, 3, 4, 6]);
    let norm = about(draw, kind, 2);
    let past = if times {
        let most = if matches!(norm, Norm::Frequency { .. }) { 6 } else { 3 };
        let of = 1 + draw.small(most);
        Past::Times { least: 1 + draw.small(of), of }
    } else {
        Past::Within {
            span: draw.pick(&[
                Span::Years(1),
                Span::Years(2),
                Span::Months(7),
                Span::Days(90),
            ]),
            but: draw.chance(40).then(|| draw.pick(&[Span::Days(30), Span::Months(1)])),
        }
    };
    // The second duty has the same occasions.
    let last = match &norm {
        Norm::Frequency { cycle, .. } if draw.chance(30) => {
            let (what, cycle) = (done(3, Act::Publish), *cycle);
            Some(Box::new(Norm::Frequency { what, least: 1, cycle }))
        }
        _ => None,
    };
    let mut told = tells(std::slice::from_ref(&norm));
    told.extend(last.iter().flat_map(|last| last.counted()));
    let norm = Box::new(norm);
    around(draw, Norm::Lately { past, norm, last }, &told)
}

pub(super) fn guarded(draw: &mut Draw) -> Case {
    let kind = draw.below(7);
    let norm = about(draw, kind, 2);
    let told = tells(std::slice::from_ref(&norm));
    let guard = draw.pick(&[Guard::If, Guard::Unless, Guard::Enough, Guard::Enough]);
    let when = condition(draw, 1);
    around(draw, Norm::Guarded { norm: Box::new(norm), guard, when }, &told)
}
