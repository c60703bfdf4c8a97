//! Duties by chance that ask things of papers, or of what comes before and after what.

use mithaq::calendar::{Cycle, Day, Span};
use mithaq::norm::{
    Act, Anchor, Backing, Item, Limit, Norm, Occurrence, Signers, TermId,
};
use mithaq::timeline::{Aspect, Subject};

use super::case::{Case, told};
use super::draw::Draw;
use super::generate::{a_day, around, occurrence};
use super::organizations::{NAMES, people};
use super::sayings::condition;
use super::tellings::tell;

fn done(noun: u16, act: Act) -> Occurrence {
    Occurrence { noun: TermId(noun), act, by: None, to: None }
}

pub(super) fn holds(draw: &mut Draw) -> Case {
    let asked = condition(draw, 2);
    around(draw, Norm::Holds(asked), &[done(2, Act::Publish)])
}

pub(super) fn mandates(draw: &mut Draw, case: &mut Case, body: TermId) {
    for paper in &mut case.papers {
        if draw.chance(40) {
            let day = a_day(draw);
            paper.tells.push(told(Subject::new(body, Aspect::MandateEnd), day));
        }
    }
}

pub(super) fn order(draw: &mut Draw) -> Case {
    let noun = draw.pick(&[1, 2]);
    let acts = [Act::Prepare, Act::Adopt, Act::Publish, Act::Submit];
    let first = occurrence(draw, &[noun], &acts);
    let mut steps = vec![first];
    if draw.chance(50) {
        steps.push(occurrence(draw, &[noun], &acts));
    }
    let event = done(draw.pick(&[1, 2]), Act::Meet);
    let anchor = draw.pick(&[
        Anchor::Each(event),
        Anchor::Each(event),
        Anchor::FiscalYearEnd,
        Anchor::FiscalYearStart,
        Anchor::MandateEnd(TermId(1)),
    ]);
    let days = Span::Days;
    let spans = [days(0), days(0), days(14), Span::Months(1), Span::WorkingDays(5)];
    let span = draw.pick(&spans);
    let limit = if draw.chance(60) { Limit::Before(span) } else { Limit::Within(span) };
    let ever = draw.chance(20);
    let mut tells = steps.clone();
    if matches!(anchor, Anchor::Each(_)) {
        tells.push(event);
    }
    let mut case = around(draw, Norm::Order { steps, anchor, limit, ever }, &tells);
    if let Anchor::MandateEnd(body) = anchor {
        mandates(draw, &mut case, body);
    }
    case
}

/// Papers of a kind that may be older than the membership, or minutes.
fn older(draw: &mut Draw, case: &mut Case) {
    for paper in &mut case.papers {
        for entry in &mut paper.tells {
            if draw.chance(25) {
                entry.day = Day(entry.day.0 - 800);
            }
        }
        if draw.chance(10) {
            let meets = Subject::new(TermId(1), Aspect::Done(Act::Meet));
            paper.tells.push(told(meets, paper.tells[0].day));
        }
    }
}

pub(super) fn contents(draw: &mut Draw) -> Case {
    let items = vec![Item::Term(TermId(50)), Item::Words("signature".to_owned())];
    let keys: Vec<String> = items.iter().map(Item::key).collect();
    let norm = Norm::Contents { document: TermId(2), items };
    let mut case = around(draw, norm, &[done(2, Act::Prepare)]);
    for paper in &mut case.papers {
        paper.contains = keys.iter().filter(|_| draw.chance(75)).cloned().collect();
    }
    older(draw, &mut case);
    case
}

pub(super) fn signed(draw: &mut Draw) -> Case {
    let (chair, board) = (TermId(20), TermId(21));
    let mut by = vec![Signers { role: chair, least: 1 }];
    if draw.chance(50) {
        by.push(Signers { role: board, least: 1 + draw.small(2) });
    }
    let document = TermId(2);
    let norm = Norm::Signed { document, by, in_order: draw.chance(40) };
    let mut case = around(draw, norm, &[done(2, Act::Prepare)]);
    older(draw, &mut case);
    people(draw, &mut case, &[chair, board]);
    for person in &mut case.profile.register.persons {
        person.is = if draw.chance(15) { vec![chair] } else { Vec::new() };
        person.is_not = if draw.chance(15) { vec![board] } else { Vec::new() };
    }
    let count = u16::try_from(NAMES.len()).unwrap();
    for paper in &mut case.papers {
        for _ in 0..draw.below(4) {
            let late = draw.pick(&[0, 0, 3, 40]);
            let day = Day(paper.tells[0].day.0 + late);
            let mut mark = told(Subject::new(document, Aspect::Done(Act::Sign)), day);
            match draw.below(4) {
                0 => mark.by = Some(draw.pick(&[chair, board, TermId(22)])),
                1 => mark.count = Some(draw.small(4)),
                _ => mark.who = 1 + draw.small(count),
            }
            paper.tells.push(mark);
        }
    }
    case
}

pub(super) fn whichever(draw: &mut Draw) -> Case {
    let acts = [Act::Prepare, Act::Prepare, Act::Adopt, Act::Publish];
    let what = occurrence(draw, &[2], &acts);
    let event = done(1, Act::Meet);
    let within = draw.pick(&[Span::Days(15), Span::Months(1), Span::WorkingDays(10)]);
    let later = draw.chance(50);
    let norm = Norm::Whichever { what, event, within, later };
    let mut case = around(draw, norm, &[what, event, event]);
    if draw.chance(60) {
        let meetings: Vec<Day> = case
            .papers
            .iter()
            .flat_map(|paper| &paper.tells)
            .filter(|told| {
                told.subject == Subject::new(TermId(1), Aspect::Done(Act::Meet))
            })
            .map(|told| told.day)
            .collect();
        for _ in 0..2 {
            tell(draw, &mut case, 35, |draw, day| {
                let mut minutes = told(Subject::new(TermId(2), Aspect::Written), day);
                minutes.number = draw.pick(&[0, 0, 1, 2]);
                minutes.count = draw.chance(40).then_some(0);
                let meeting = meetings.first().map(|_| draw.pick(&meetings));
                minutes.about = meeting.or(Some(day));
                minutes
            });
        }
    }
    case
}

pub(super) fn backed(draw: &mut Draw) -> Case {
    let each = done(1, Act::Occur);
    let mut by = Vec::new();
    for document in [2, 3] {
        let not_older =
            draw.chance(40).then(|| draw.pick(&[Span::Months(3), Span::Days(20)]));
        by.push(Backing {
            document: TermId(document),
            least: 1 + draw.small(2),
            not_older,
        });
    }
    by.truncate(1 + draw.below(2));
    let tells = [each, each, done(2, Act::Prepare), done(3, Act::Prepare)];
    let mut case = around(draw, Norm::Backed { each, by }, &tells);
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if draw.chance(15) {
            entry.count = Some(1 + draw.small(3));
        }
    }
    case
}

pub(super) fn each_paper(draw: &mut Draw) -> Case {
    let what = done(2, Act::Verb(TermId(60)));
    let cycles = [Cycle::Year, Cycle::HalfYear, Cycle::Quarter, Cycle::FiscalYear];
    let cycle = draw.pick(&cycles);
    let least = draw.pick(&[1, 1, 2]);
    let tells = [what, what, done(2, Act::Prepare), done(2, Act::Sign)];
    let mut case = around(draw, Norm::EachPaper { what, least, cycle }, &tells);
    let deed = Subject::new(TermId(2), Aspect::Done(what.act));
    for entry in case.papers.iter_mut().flat_map(|paper| &mut paper.tells) {
        if entry.subject != deed {
            entry.until =
                draw.chance(60).then(|| Day(entry.day.0 + i32::from(draw.small(900))));
            entry.day = Day(entry.day.0 - draw.pick(&[0, 0, 400]));
        }
    }
    case
}
