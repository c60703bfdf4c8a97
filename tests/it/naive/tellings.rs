//! What is told by chance: papers, papers that nobody understands, waivers.

use mithaq::calendar::Day;
use mithaq::document::Sha256;
use mithaq::norm::{Act, Occurrence, TermId};
use mithaq::organization::Waiver;
use mithaq::timeline::{Aspect, Doubt, Entry, FOR_EVER, Subject};

use super::case::{Case, Paper, told};
use super::draw::Draw;
use super::generate::{a_day, first, instant, last};
use super::wall::day_of;

/// Writes into some of the papers what else they tell on a day.
pub(super) fn tell(
    draw: &mut Draw,
    case: &mut Case,
    percent: usize,
    told: impl Fn(&mut Draw, Day) -> Entry,
) {
    for paper in &mut case.papers {
        if draw.chance(percent) {
            let day = a_day(draw);
            let entry = told(draw, day);
            // One paper says one thing of a subject on a day.
            let same = |one: &Entry| {
                let named = (one.subject, one.day, one.who);
                named == (entry.subject, entry.day, entry.who)
            };
            if !paper.tells.iter().any(same) {
                paper.tells.push(entry);
            }
        }
    }
}

/// One paper that tells of one or a few of these.
pub(super) fn paper(draw: &mut Draw, tells: &[Occurrence], count: usize) -> Paper {
    let mut entries: Vec<Entry> = Vec::new();
    for _ in 0..1 + draw.below(2) {
        let mut of = draw.pick(tells);
        if draw.chance(15) {
            of.act = Act::Prepare;
        }
        let subject = Subject::new(of.noun, Aspect::Done(of.act));
        let mut entry = told(subject, a_day(draw));
        if draw.chance(40) {
            entry.number = u32::from(1 + draw.small(4));
        }
        if draw.chance(25) {
            let year = draw.pick(&[2023, 2024, 2025]);
            let ends = [day_of(year, 12, 31), day_of(year, 6, 30), a_day(draw)];
            entry.about = Some(draw.pick(&ends));
        }
        let other = |draw: &mut Draw| draw.chance(15).then(|| TermId(20 + draw.small(2)));
        (entry.by, entry.to) = (other(draw), other(draw));
        entries.push(entry);
    }
    let latest = entries.iter().map(|entry| entry.day).max().unwrap();
    let late = draw.pick(&[0, 0, 1, 5, 20, 60, 300]);
    let received = instant(latest) + 86_400 * late;
    let replaces = (count > 0 && draw.chance(12)).then(|| draw.below(count));
    let withdrawn =
        draw.chance(8).then(|| received + 86_400 * i64::from(draw.small(200)));
    Paper { received, tells: entries, replaces, withdrawn, contains: Vec::new() }
}

pub(super) fn doubt(draw: &mut Draw, tells: &[Occurrence]) -> Doubt {
    let received_on = a_day(draw);
    let nouns = if draw.chance(30) { Vec::new() } else { vec![draw.pick(tells).noun] };
    let settled = if draw.chance(70) {
        FOR_EVER
    } else {
        instant(received_on) + 86_400 * i64::from(draw.small(200))
    };
    Doubt {
        sha256: Sha256::ZERO,
        nouns,
        day: draw.chance(60).then(|| a_day(draw)),
        contradictory: draw.chance(20),
        received_on,
        known: instant(received_on),
        settled,
    }
}

pub(super) fn waiver(draw: &mut Draw) -> Waiver {
    let during = draw.period((first(), last()), 400);
    Waiver {
        organization: "org".to_owned(),
        rulebook: "book".to_owned(),
        rule: "rule".to_owned(),
        during,
        slots: draw.chance(50).then(|| draw.period((first(), last()), 400)),
        granted_by: String::new(),
        granted_on: during.from,
        why: String::new(),
    }
}
