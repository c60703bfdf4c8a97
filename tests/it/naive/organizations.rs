//! Organizations by chance: their years, weeks, numbers, people and folders.

use mithaq::calendar::{Day, Period, WorkingWeek};
use mithaq::judge::{Profile, Seat, Someone};
use mithaq::norm::{Quantity, TermId};
use mithaq::organization::FiscalYears;
use mithaq::timeline::Folder;

use super::case::Case;
use super::draw::Draw;
use super::generate::{a_day, first, instant, last};
use super::wall::day_of;

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

pub(super) fn profile(draw: &mut Draw) -> Profile {
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
        attributes: attributes.into_iter().collect(),
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

pub(super) fn folder(draw: &mut Draw) -> Folder {
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
