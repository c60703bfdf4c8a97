//! Duties by chance of people in office, and of who comes to a meeting.

use mithaq::calendar::{Cycle, Day, Span};
use mithaq::judge::{Stand, Tie};
use mithaq::norm::{
    Act, Condition, Counting, Demand, MemberTime, Norm, Occurrence, Part, People,
    Quality, Signers, Stay, TermId,
};
use mithaq::timeline::{Aspect, Entry, Subject};

use super::case::{Case, told};
use super::draw::Draw;
use super::generate::{a_day, around, first, last};
use super::organizations::{NAMES, people};
use super::shapes::{attendance, share};
use super::tellings::tell;
use super::wall::day_of;

const BOARD: TermId = TermId(1);
const STAFF: TermId = TermId(9);
const WOMEN: TermId = TermId(70);

fn done(noun: u16, act: Act) -> Occurrence {
    Occurrence { noun: TermId(noun), act, by: None, to: None }
}

fn somebody(draw: &mut Draw) -> u16 {
    1 + draw.small(u16::try_from(NAMES.len()).unwrap())
}

/// Two bodies with people, their births, qualities and families, and lists in papers.
fn bodies(draw: &mut Draw, case: &mut Case) {
    people(draw, case, &[BOARD, STAFF]);
    let register = &mut case.profile.register;
    // Nobody sits twice in one body at one time.
    let mut seats: Vec<mithaq::judge::Seat> = Vec::new();
    for seat in register.seats.drain(..) {
        let overlaps = seats.iter().any(|other| {
            other.person == seat.person
                && other.during.to >= seat.during.from
                && other.of.iter().any(|of| seat.of.contains(of))
        });
        if !overlaps {
            seats.push(seat);
        }
    }
    register.seats = seats;
    for person in &mut register.persons {
        let born = draw.day(day_of(2023, 1, 1), day_of(2028, 12, 31));
        person.born = draw.chance(75).then(|| Day(born.0 - 18 * 365 - 4));
        if draw.chance(30) {
            person.is.push(draw.pick(&[WOMEN, WOMEN, STAFF]));
        } else if draw.chance(40) {
            person.is_not.push(draw.pick(&[WOMEN, WOMEN, STAFF]));
        }
        let declared = draw.day(day_of(2022, 6, 1), last());
        person.ties_declared = draw.chance(70).then_some(declared);
    }
    for _ in 0..draw.below(3) {
        let (one, other) = (draw.small(4), draw.small(4));
        let degree = u8::try_from(1 + draw.below(4)).unwrap();
        register.ties.push(Tie { one, other, degree, in_law: draw.chance(40) });
    }
    if draw.chance(40) {
        let during = draw.period((first(), last()), 900);
        register.whole.push((draw.pick(&[WOMEN, BOARD, STAFF]), during));
    }
    if draw.chance(40) {
        let day = a_day(draw);
        for _ in 0..2 {
            tell(draw, case, 25, |draw, other| {
                let day = if draw.chance(70) { day } else { other };
                let group = draw.pick(&[BOARD, STAFF]);
                let mut seat = told(Subject::new(group, Aspect::Seat), day);
                seat.who = somebody(draw);
                seat
            });
        }
    }
    if draw.chance(40) {
        tell(draw, case, 40, |draw, day| {
            let group = draw.pick(&[BOARD, STAFF]);
            let mut size = told(Subject::new(group, Aspect::Size), day);
            size.count = Some(draw.small(6));
            size
        });
    }
}

pub(super) fn of_people(draw: &mut Draw) -> Case {
    let norm = match draw.below(4) {
        0 => Norm::Unrelated {
            body: BOARD,
            degree: u8::try_from(1 + draw.below(3)).unwrap(),
            in_laws: draw.chance(50),
        },
        1 => Norm::Incompatible { one: BOARD, other: STAFF },
        2 => Norm::Proportion {
            body: BOARD,
            least: draw.chance(50).then(|| 1 + draw.small(3)),
            times: 1 + draw.small(2),
            other: STAFF,
        },
        _ => Norm::Composition { who: BOARD, demands: vec![of_a_kind(draw)] },
    };
    let mut case = around(draw, norm, &[done(1, Act::Meet)]);
    bodies(draw, &mut case);
    case
}

fn part(draw: &mut Draw) -> Part {
    match draw.below(3) {
        0 => Part::All,
        1 => Part::Count(1 + draw.small(2)),
        _ => Part::Share(share(draw)),
    }
}

fn of_a_kind(draw: &mut Draw) -> Demand {
    Demand { part: part(draw), quality: Quality::Is(draw.pick(&[WOMEN, STAFF])) }
}

/// What depends on how many years are full.
pub(super) fn of_years(draw: &mut Draw) -> Case {
    let norm = if draw.chance(50) {
        let quality = draw.pick(&[Quality::AtLeastAge(18), Quality::UnderAge(20)]);
        let mut demands = vec![Demand { part: part(draw), quality }];
        if draw.chance(40) {
            demands.push(of_a_kind(draw));
        }
        Norm::Composition { who: BOARD, demands }
    } else {
        Norm::TermLimit {
            who: BOARD,
            most: if draw.chance(50) { Stay::Years(1) } else { Stay::Terms(1) },
            consecutive: draw.chance(60),
            unless_explained: draw.chance(40),
        }
    };
    let mut case = around(draw, norm, &[done(1, Act::Meet)]);
    bodies(draw, &mut case);
    case
}

pub(super) fn each_member(draw: &mut Draw) -> Case {
    let groups = if draw.chance(60) { vec![BOARD] } else { vec![BOARD, STAFF] };
    let are = draw.chance(25).then_some(WOMEN);
    let act = draw.pick(&[Act::Sign, Act::Submit, Act::Prepare]);
    let to = (act == Act::Submit && draw.chance(40)).then_some(TermId(20));
    let when = match draw.below(3) {
        0 => MemberTime::Always,
        1 => MemberTime::Within(draw.pick(&[Span::Days(30), Span::Months(2)])),
        _ => MemberTime::Each(draw.pick(&[Cycle::Year, Cycle::HalfYear, Cycle::Quarter])),
    };
    let who = People { groups, are };
    let norm = Norm::EachMember { who, document: TermId(2), act, to, when };
    let what = Occurrence { to, ..done(2, act) };
    let mut case = around(draw, norm, &[what, what, done(1, Act::Meet)]);
    bodies(draw, &mut case);
    of_their_own(draw, &mut case, what);
    case
}

/// Papers of people's own.
fn of_their_own(draw: &mut Draw, case: &mut Case, what: Occurrence) {
    let subject = |act| Subject::new(what.noun, Aspect::Done(act));
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if entry.subject.noun() == what.noun {
            if draw.chance(60) {
                entry.number = 0;
            }
            entry.who = somebody(draw);
            entry.until = draw.chance(20).then(|| Day(entry.day.0 + 200));
        }
    }
    for _ in 0..3 {
        tell(draw, case, 40, |draw, day| {
            let act = if draw.chance(85) { what.act } else { Act::Prepare };
            let mut given: Entry = told(subject(act), day);
            given.who = somebody(draw);
            given
        });
    }
}

pub(super) fn uptake(draw: &mut Draw) -> Case {
    let what = done(2, Act::Sign);
    let within = draw.pick(&[Span::Years(1), Span::Months(6), Span::Days(100)]);
    let part = share(draw);
    let norm =
        Norm::Uptake { body: BOARD, part, document: what.noun, act: what.act, within };
    let mut case = around(draw, norm, &[what, what]);
    bodies(draw, &mut case);
    of_their_own(draw, &mut case, what);
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if draw.chance(10) {
            entry.who = 0;
        }
    }
    case
}

pub(super) fn members(draw: &mut Draw) -> Case {
    let inner =
        Norm::Frequency { what: done(2, Act::Meet), least: 1, cycle: Cycle::Year };
    // Whoever is counted was chosen before: the histories are theirs.
    let who = draw.chance(40).then(|| Condition::OfType(TermId(40 + draw.small(1))));
    let norm = Norm::Members {
        part: share(draw),
        who,
        on_time: draw.chance(50),
        norm: Box::new(inner),
    };
    let mut case = around(draw, norm.clone(), &[done(2, Act::Meet)]);
    let all = [
        Stand::Kept,
        Stand::Kept,
        Stand::Late,
        Stand::Broken,
        Stand::Unknown,
        Stand::Ahead,
        Stand::Absent,
    ];
    let mut histories = Vec::new();
    for _ in 0..draw.below(6) {
        let mut days: Vec<Day> = (0..1 + draw.below(4)).map(|_| a_day(draw)).collect();
        days.sort();
        days.dedup();
        histories.push(days.into_iter().map(|day| (day, draw.pick(&all))).collect());
    }
    if draw.chance(95) {
        case.profile.fellows.of.push((norm, histories));
    }
    case
}

/// What the bylaws ask for, and what minutes say of their quorum.
fn bylaws(draw: &mut Draw, case: &mut Case) {
    for _ in 0..draw.below(3) {
        let quorum = (BOARD, a_day(draw), share(draw));
        case.profile.register.quorums.push(quorum);
    }
    case.profile.register.quorums.dedup_by_key(|(_, from, _)| *from);
    let meets = Subject::new(BOARD, Aspect::Done(Act::Meet));
    for paper in &mut case.papers {
        let held = paper.tells.iter().find(|entry| entry.subject == meets).copied();
        if let Some(meeting) = held.filter(|_| draw.chance(50)) {
            let mut said = told(Subject::new(BOARD, Aspect::Quorate), meeting.day);
            said.number = meeting.number;
            said.count = Some(draw.small(2));
            paper.tells.push(said);
        }
    }
}

pub(super) fn meetings(draw: &mut Draw) -> Case {
    let norm = if draw.chance(40) {
        Norm::BylawsQuorum { body: BOARD }
    } else {
        Norm::SecondCall {
            body: BOARD,
            first: share(draw),
            second: share(draw),
            within: draw.pick(&[Span::Days(15), Span::Days(30), Span::Months(2)]),
        }
    };
    let mut case = around(draw, norm, &[done(1, Act::Meet)]);
    attendance(draw, &mut case, BOARD);
    bylaws(draw, &mut case);
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if draw.chance(20) {
            entry.about = Some(Day(entry.day.0 - i32::from(draw.small(40))));
        }
    }
    case
}

/// What has to be so of an event for it to count, and papers that say it or not.
pub(super) fn counting(draw: &mut Draw, mut case: Case) -> Case {
    let body = BOARD;
    case.said.only.push(match draw.below(4) {
        0 => Counting::Attended { body, share: share(draw) },
        1 => Counting::Present { body, least: 2 + draw.small(3) },
        2 => Counting::Quorate { body },
        _ => Counting::Signed(if draw.chance(70) {
            vec![Signers { role: TermId(20), least: 1 }]
        } else {
            Vec::new()
        }),
    });
    attendance(draw, &mut case, body);
    bylaws(draw, &mut case);
    for paper in &mut case.papers {
        if let Some(first) = paper.tells.first().copied().filter(|_| draw.chance(60)) {
            let signs = Subject::new(first.subject.noun(), Aspect::Done(Act::Sign));
            let mut mark = told(signs, first.day);
            mark.by = draw.pick(&[None, Some(TermId(20)), Some(TermId(22))]);
            paper.tells.push(mark);
        }
        // What a body decides it decides at a meeting.
        if let Some(first) = paper.tells.first().copied().filter(|_| draw.chance(30)) {
            let mut meeting =
                told(Subject::new(body, Aspect::Done(Act::Meet)), first.day);
            if !paper.tells.iter().any(|one| one.subject == meeting.subject) {
                meeting.count = Some(draw.small(8));
                meeting.of = draw.chance(60).then(|| 1 + draw.small(8));
                paper.tells.push(meeting);
            }
        }
    }
    case
}
