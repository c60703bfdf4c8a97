//! Cases by chance: an organization, its papers, its waivers, around a duty.

use mithaq::calendar::Day;
use mithaq::norm::{Act, Norm, Occurrence, TermId};
use mithaq::timeline::{Folder, Instant};

use super::case::Case;
use super::draw::Draw;
use super::judge::judge;
use super::known::Known;
use super::organizations::{folder, profile};
use super::sayings::said;
use super::tellings::{doubt, paper, waiver};
use super::wall::{after, before, day_of};

/// Everything is known by then.
pub(super) const NOW: Instant = 4_000_000_000;

pub(super) fn instant(day: Day) -> Instant {
    i64::from(day.0) * 86_400
}

/// The days between which everything happens.
pub(super) fn first() -> Day {
    day_of(2023, 1, 1)
}

pub(super) fn last() -> Day {
    day_of(2026, 3, 31)
}

pub(super) fn a_day(draw: &mut Draw) -> Day {
    draw.day(first(), last())
}

/// What can be asked for: a noun, an act, sometimes by whom and to whom.
pub(super) fn occurrence(draw: &mut Draw, nouns: &[u16], acts: &[Act]) -> Occurrence {
    let noun = TermId(draw.pick(nouns));
    let who = |draw: &mut Draw| draw.chance(15).then(|| TermId(20 + draw.small(2)));
    Occurrence { noun, act: draw.pick(acts), by: who(draw), to: who(draw) }
}

/// The duty's own organization and choices around a norm, with papers that tell of these
/// occurrences.
pub(super) fn around(draw: &mut Draw, norm: Norm, tells: &[Occurrence]) -> Case {
    let profile = profile(draw);
    let said = said(draw, norm);
    let mut case = Case {
        said,
        earlier: Vec::new(),
        above: None,
        profile,
        papers: Vec::new(),
        doubts: Vec::new(),
        folder: folder(draw),
        waivers: Vec::new(),
        names: Vec::new(),
        moments: Vec::new(),
    };
    for _ in 0..draw.below(9) {
        let paper = paper(draw, tells, case.papers.len());
        case.papers.push(paper);
    }
    for _ in 0..draw.below(3) {
        if draw.chance(50) {
            case.doubts.push(doubt(draw, tells));
        }
        if draw.chance(40) {
            case.waivers.push(waiver(draw));
        }
    }
    // As most organizations are: nothing is out of the ordinary.
    if draw.chance(30) {
        case.doubts.clear();
        case.waivers.clear();
        case.folder = Folder { first_seen: Some(0), unhealthy: None };
        case.profile.fiscal_years.listed.clear();
        case.profile.working.suspensions.clear();
        case.said.suspended.clear();
        case.said.window.to = None;
    }
    case
}

/// Chooses so many moments: days of the slots and those beside them, days of papers, others.
pub(super) fn moments(draw: &mut Draw, case: &mut Case, count: usize) {
    let known = Known::at(case, NOW);
    let (slots, _) = judge(&known, last());
    let mut days: Vec<Day> = Vec::new();
    for slot in &slots {
        days.extend([slot.opens, slot.soon, slot.due, slot.grace_end, slot.lag_end]);
    }
    days.extend(case.papers.iter().flat_map(|paper| &paper.tells).map(|told| told.day));
    days.extend(
        case.waivers.iter().flat_map(|waiver| [waiver.during.from, waiver.during.to]),
    );
    days.retain(|day| day_of(2022, 6, 1) < *day && *day < day_of(2027, 6, 1));
    let mut moments = Vec::new();
    for _ in 0..count {
        let day = if days.is_empty() || draw.chance(25) {
            a_day(draw)
        } else {
            let near = draw.pick(&days);
            draw.pick(&[before(near), near, after(near)])
        };
        moments.push((day, NOW));
    }
    // A past view: what was not known yet on some day is not known.
    if draw.chance(35) {
        let then = instant(a_day(draw));
        for moment in moments.iter_mut().take(count / 2) {
            moment.1 = then;
        }
    }
    case.moments = moments;
}
