//! Findings that open and close again and again: the officer is told once, nobody else until
//! they hold still.

use super::Effect;
use super::book::Book;
use super::correspondence::{accountable, main_noun, officer, push, recipient, rule_ref};
use super::indexes::Situation;
use super::member::Member;
use super::tellings;
use crate::calendar::{Day, Period};
use crate::finding::{Finding, FindingKey};
use crate::letters::Recipient;
use crate::letters::body::{Body, Flapping};
use crate::letters::timing::{self, Unrest};
use crate::program::Severity;
use crate::timeline::AsOf;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Papers that a letter names.
const PAPERS_MAX: usize = 5;

/// Notes that a finding opened, where it was not for the first time.
pub(super) fn note_opened(
    turns: &mut BTreeMap<FindingKey, Vec<Day>>,
    last: Option<&Finding>,
    opened: Day,
) {
    let Some(last) = last else { return };
    let before = || [Some(last.opened), last.closed.map(|closed| closed.on)];
    turns
        .entry(last.key.clone())
        .or_insert_with(|| before().into_iter().flatten().collect())
        .push(opened);
}

/// The unrest that a finding is in on a day.
pub(super) fn of(member: &Member, key: &FindingKey, day: Day) -> Option<Unrest> {
    let turns = member.turns.get(key)?;
    timing::unrest(turns, day).filter(|unrest| day < unrest.until)
}

/// The later days on which findings hold still, if they stay as they are.
pub(super) fn days(member: &Member, day: Day) -> Vec<Day> {
    let turns = member.turns.values();
    turns.filter_map(|turns| timing::unrest(turns, day)).map(|it| it.until).collect()
}

/// Tells of a finding that does not hold still: one letter each time that it begins to.
pub(super) fn tell(
    member: &Member,
    situation: &Situation,
    (number, finding): (usize, &Finding),
    effects: &mut Vec<Effect>,
) {
    let day = situation.as_of.day;
    let Some(unrest) = of(member, &finding.key, day) else { return };
    let Some((rulebook, rule)) = situation.book.rule(number) else { return };
    let noun = main_noun(&rule.norm);
    let mut papers: Vec<String> = Vec::new();
    let entries = member.timeline.entries().iter().rev();
    for entry in entries.filter(|entry| entry.subject.noun() == noun) {
        if let Some(path) = member.path(entry.paper)
            && !papers.iter().any(|known| known == path)
        {
            papers.push(path.to_owned());
        }
    }
    papers.truncate(PAPERS_MAX);
    let turns = member.turns.get(&finding.key);
    let letter = Flapping {
        id: finding.key.short(),
        rule: rule_ref(rulebook, rule),
        slot: Some(Period { from: finding.key.slot, to: finding.slot_to }),
        turns: turns.cloned().unwrap_or_default(),
        as_of: day,
        papers,
        folder: member.organization().id.clone(),
    };
    let window = format!("since-{}", unrest.since);
    for to in readers(member) {
        let body = Body::Flapping(Box::new(letter.clone()));
        push(effects, to, (&letter.id, &window), body);
    }
}

/// The officer; without one those whom the finding concerns.
fn readers(member: &Member) -> Vec<Recipient> {
    match officer(member) {
        Some(officer) => vec![officer],
        None => accountable(member, Severity::Critical)
            .map(|person| recipient(member, person))
            .collect(),
    }
}

/// Tells what has come of findings that hold still again, where it is other than what was
/// told last.
pub(super) fn tell_calm(
    member: &Member,
    book: &Arc<Book>,
    as_of: AsOf,
    effects: &mut Vec<Effect>,
) {
    let calm: Vec<(&FindingKey, &Vec<Day>)> = member
        .turns
        .iter()
        .filter(|(_, turns)| {
            let Some(unrest) = timing::unrest(turns, as_of.day) else { return false };
            let reached = unrest.until <= as_of.day
                && member.judged_on.is_none_or(|judged| judged < unrest.until);
            // It opens and closes by turns.
            reached && turns.len() % 2 != unrest.told % 2
        })
        .collect();
    if calm.is_empty() {
        return;
    }
    let situation = member.situation(book, as_of);
    for (key, _) in calm {
        tell_now(member, &situation, key, effects);
    }
}

fn tell_now(
    member: &Member,
    situation: &Situation,
    key: &FindingKey,
    effects: &mut Vec<Effect>,
) {
    let book: &Book = &situation.book;
    let Some(number) = book.number(&key.rulebook, &key.rule) else { return };
    let Some(finding) = member.findings.get(key) else { return };
    match finding.closed {
        Some(closed) => {
            let told = (number, finding, closed.how);
            tellings::tell_resolved(member, situation, told, effects);
        }
        None => {
            let slots = member.slots(situation, number);
            let slot = slots.iter().find(|slot| slot.from == key.slot);
            if let Some(slot) = slot {
                let told = (number, finding, slot);
                tellings::tell_finding(member, situation, told, effects);
            }
        }
    }
}
