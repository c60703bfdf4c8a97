//! Waivers that end: who is told, and when.

use super::Effect;
use super::book::Book;
use super::correspondence::{accountable, news, push, recipient, rule_ref, text_of};
use super::member::Member;
use crate::calendar::Day;
use crate::letters::body::{Body, DigestLine, News, WaiverEnding};
use crate::letters::timing;
use crate::organization::Waiver;
use crate::program::{Rule, Rulebook};
use crate::verdict::{State, Verdict};

/// Tells of waivers whose last day is near and after which nothing covers their rule.
pub(super) fn tell_ending(
    member: &Member,
    book: &Book,
    day: Day,
    effects: &mut Vec<Effect>,
) {
    for (waiver, rulebook, rule, verdict) in ending(member, book, day) {
        let ends = waiver.during.to;
        let Some(window) = timing::waiver_ending(ends, day) else { continue };
        let letter = WaiverEnding {
            rule: rule_ref(rulebook, rule),
            ends,
            as_of: day,
            granted_by: waiver.granted_by.clone(),
            why: waiver.why.clone(),
            without: verdict.underlying.map_or(News::BecameUnknown, news),
        };
        let key = format!("{}/{}/{ends}", rulebook.id, rule.id);
        for person in accountable(member, rule.severity) {
            let to = recipient(member, person);
            let body = Body::WaiverEnding(Box::new(letter.clone()));
            push(effects, to, (&key, &window), body);
        }
    }
}

/// A line for each waiver that ends within the next month.
pub(super) fn lines<'m>(
    member: &'m Member,
    book: &'m Book,
    day: Day,
) -> impl Iterator<Item = DigestLine> + 'm {
    let near = ending(member, book, day).filter(move |(waiver, ..)| {
        timing::waiver_ending(waiver.during.to, day).is_some()
    });
    near.map(|(waiver, _, rule, _)| DigestLine {
        rule: rule.id.clone(),
        text: text_of(rule),
        news: News::WaiverEnds,
        day: Some(waiver.during.to),
    })
}

/// The days on which something has to be told of a waiver.
pub(super) fn days(member: &Member) -> impl Iterator<Item = Day> + '_ {
    let ending = member.waivers.iter().filter(|waiver| waiver.during.to < Day::LATEST);
    ending.flat_map(|waiver| timing::waiver_stages(waiver.during.to))
}

/// Waivers that hold on a day, each with a rule that it covers then and the rule's verdict.
fn ending<'m>(
    member: &'m Member,
    book: &'m Book,
    day: Day,
) -> impl Iterator<Item = (&'m Waiver, &'m Rulebook, &'m Rule, Verdict)> + 'm {
    let all = &member.waivers;
    let holding = all.iter().filter(move |waiver| waiver.during.contains(day));
    let alone = holding.filter(|waiver| {
        let then = waiver.during.to.next();
        waiver.during.to < Day::LATEST
            && !all.iter().any(|other| {
                other.during.contains(then)
                    && other.covers(&waiver.rulebook, &waiver.rule)
                    && other.slots == waiver.slots
            })
    });
    alone.flat_map(move |waiver| {
        book.rules().filter_map(move |(number, rulebook, rule)| {
            let verdict = member.verdicts.get(number)?;
            let waived =
                verdict.state == State::Waived || verdict.upcoming == Some(State::Waived);
            let covered = waived && waiver.covers(&rulebook.id, &rule.id);
            (covered && book.counts(number)).then_some((waiver, rulebook, rule, verdict))
        })
    })
}
