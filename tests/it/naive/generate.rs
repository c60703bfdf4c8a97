//! Cases by chance: an organization, its papers, its waivers, around a duty.

use mithaq::calendar::{Day, MonthCounting, Period, Span, WorkingWeek};
use mithaq::document::Sha256;
use mithaq::judge::{Profile, Seat, Someone};
use mithaq::norm::{
    Act, Comparison, Condition, Exception, Moment, Norm, Occurrence, Proportion,
    Quantity, TermId,
};
use mithaq::organization::{FiscalYears, Waiver};
use mithaq::program::{Precedence, Window};
use mithaq::timeline::{Aspect, Doubt, Entry, FOR_EVER, Folder, Instant, Subject};

use super::case::{Case, Paper, Said, told};
use super::draw::Draw;
use super::judge::judge;
use super::known::Known;
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

/// Leaves out windows without a last day: what a state of things comes to behind all days is
/// not foretold.
pub(super) fn with_an_end(mut case: Case) -> Case {
    case.said.suspended.retain(|window| window.to < Day::LATEST);
    case
}

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

/// The people that papers may name: some of them are in the register, by these numbers.
pub(super) const NAMES: [&str; 5] = ["amal", "badr", "carla", "dana", "elias"];

/// Seats of people in some bodies and posts, and the days on which all of them are named.
pub(super) fn people(draw: &mut Draw, case: &mut Case, groups: &[TermId]) {
    case.names = NAMES.map(str::to_owned).to_vec();
    let register = &mut case.profile.register;
    for (number, name) in (0..4).zip(NAMES) {
        register.names.insert(name.to_owned(), number);
        register.persons.push(Someone { name: name.to_owned(), ..Someone::default() });
    }
    for _ in 0..draw.below(7) {
        let mut during = draw.period((first(), last()), 700);
        if draw.chance(25) {
            during.to = Day::LATEST;
        }
        let mut of = vec![draw.pick(groups)];
        if draw.chance(20) {
            of.push(draw.pick(groups));
        }
        let person = draw.small(4);
        register.seats.push(Seat { person, of, during, explained: draw.chance(20) });
    }
    register.seats.sort_by_key(|seat| seat.during.from);
    if draw.chance(30) {
        let whole = (draw.pick(groups), draw.period((first(), last()), 900));
        register.whole.push(whole);
    }
}

fn profile(draw: &mut Draw) -> Profile {
    let stated = draw.chance(85).then(|| draw.day(first(), day_of(2024, 12, 31)));
    let jurisdiction = [None, Some("PS"), Some("PS-WB"), Some("LB")];
    let amount = |draw: &mut Draw| {
        let currency = draw.pick(&[None, Some(*b"USD"), Some(*b"USD"), Some(*b"ILS")]);
        Quantity { number: i64::from(draw.small(5)), currency }
    };
    let mut attributes = Vec::new();
    for _ in 0..draw.below(4) {
        let value = amount(draw);
        attributes.push((TermId(30 + draw.small(3)), a_day(draw), value));
    }
    attributes.sort();
    attributes.dedup_by_key(|(name, from, _)| (*name, *from));
    Profile {
        start: stated,
        founded: draw.chance(70).then(|| draw.day(day_of(2021, 1, 1), last())),
        jurisdiction: draw.pick(&jurisdiction).map(str::to_owned),
        types: draw.pick(&[vec![], vec![TermId(40)], vec![TermId(40), TermId(41)]]),
        fiscal_years: fiscal_years(draw),
        working: working(draw),
        attributes,
        ..Profile::default()
    }
}

/// The calendar year, another one, or one that was changed: short, then long.
fn fiscal_years(draw: &mut Draw) -> FiscalYears {
    let usual = [(12, 31), (12, 31), (6, 30), (2, 29), (3, 31), (11, 29), (8, 30)];
    let ends = draw.pick(&usual);
    let mut listed = Vec::new();
    if draw.chance(35) {
        let from = draw.day(day_of(2022, 6, 1), day_of(2024, 6, 1));
        let long = Day(from.0 + i32::from(120 + draw.small(450)));
        listed.push(Period { from, to: draw.day(Day(from.0 + 60), long) });
        if draw.chance(50) {
            let gap = draw.pick(&[1, 1, 90]);
            let from = Day(listed[0].to.0 + gap);
            listed.push(Period {
                from,
                to: Day(from.0 + 200 + i32::from(draw.small(250))),
            });
        }
    }
    FiscalYears { ends, listed }
}

fn working(draw: &mut Draw) -> WorkingWeek {
    let mut week = WorkingWeek::usual(draw.pick(&["PS", "LB"]));
    for _ in 0..draw.below(3) {
        week.holidays.push(draw.period((first(), last()), 12));
    }
    if draw.chance(8) {
        week.suspensions.push(draw.period((first(), last()), 200));
    }
    week
}

fn folder(draw: &mut Draw) -> Folder {
    match draw.below(10) {
        0 => Folder { first_seen: None, unhealthy: None },
        1 => Folder { first_seen: Some(instant(a_day(draw))), unhealthy: None },
        2 | 3 => {
            let last_good = a_day(draw);
            let since = instant(last_good) + 86_400 * i64::from(draw.small(5));
            Folder { first_seen: Some(0), unhealthy: Some((since, last_good)) }
        }
        _ => Folder { first_seen: Some(0), unhealthy: None },
    }
}

fn said(draw: &mut Draw, norm: Norm) -> Said {
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

/// One paper that tells of one or a few of these.
fn paper(draw: &mut Draw, tells: &[Occurrence], count: usize) -> Paper {
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

fn doubt(draw: &mut Draw, tells: &[Occurrence]) -> Doubt {
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

fn waiver(draw: &mut Draw) -> Waiver {
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
