//! Opening and closing findings as slots change.

use super::book::Book;
use super::indexes::Situation;
use super::judging::Occasion;
use super::member::Member;
use super::{Effect, tellings};
use crate::calendar::Day;
use crate::finding::{self, Closed, Finding, FindingKey, Resolution};
use crate::judge;
use crate::norm::Norm;
use crate::timeline::AsOf;
use crate::verdict::{Slot, State};

/// Brings the findings of one rule in line with its slots. Slots due before the look-back
/// open none.
pub(super) fn update(
    member: &mut Member,
    situation: &Situation,
    (number, occasion): (usize, Occasion),
    effects: &mut Vec<Effect>,
) {
    let (book, as_of) = (&*situation.book, situation.as_of);
    let Some((rulebook, rule)) = book.rule(number) else { return };
    let key = |slot: Day| FindingKey {
        organization: member.organization().id.clone(),
        rulebook: rulebook.id.clone(),
        rule: rule.id.clone(),
        slot,
    };
    let open: Vec<FindingKey> = member
        .findings()
        .filter(|finding| finding.closed.is_none())
        .filter(|finding| {
            finding.key.rule == rule.id && finding.key.rulebook == rulebook.id
        })
        .map(|finding| finding.key.clone())
        .collect();
    let unmet = member
        .verdicts
        .get(number)
        .copied()
        .flatten()
        .is_some_and(|verdict| may_open(&verdict));
    if open.is_empty() && !unmet {
        return;
    }
    let since = judge::look_back(as_of.day);
    let slots = member.slots(situation, number);
    let opening: Vec<(FindingKey, Slot)> = slots
        .iter()
        .filter(|slot| slot.state.is_not_met())
        .filter(|slot| since <= slot.due.max(slot.from) || lasts(&rule.norm, slot))
        .filter(|slot| finding::closes(slot, next_is_met(&slots, slot)).is_none())
        .map(|slot| (key(slot.from), *slot))
        .collect();
    for (key, slot) in opening {
        open_finding(member, book, (number, key, slot), (as_of, occasion), effects);
    }
    for key in open {
        let how = match slots.iter().find(|slot| slot.from == key.slot) {
            Some(slot) => finding::closes(slot, next_is_met(&slots, slot)),
            None => Some(Resolution::Unknown),
        };
        if let Some(how) = how {
            close(member, book, (number, key, how), (as_of.day, occasion), effects);
        }
    }
}

/// Whether what is not met is not of the past: a standing duty is broken until it is kept.
fn lasts(norm: &Norm, slot: &Slot) -> bool {
    norm.is_standing() && slot.state == State::StillOwed
}

/// A verdict none of whose slots in the look-back is not met has a full score or none.
fn may_open(verdict: &crate::verdict::Verdict) -> bool {
    verdict.state.is_not_met()
        || verdict.score.is_some_and(|score| score.low < crate::verdict::ONE)
}

fn next_is_met(slots: &[Slot], slot: &Slot) -> bool {
    slots.iter().any(|later| later.from > slot.from && later.state.is_met())
}

fn open_finding(
    member: &mut Member,
    book: &Book,
    (number, key, slot): (usize, FindingKey, Slot),
    (as_of, occasion): (AsOf, Occasion),
    effects: &mut Vec<Effect>,
) {
    let last = member.findings.get(&key);
    let reopened = match last {
        None => false,
        Some(finding) => match finding.closed {
            None => return,
            // A lapse recorded is not told again.
            Some(closed) if closed.how == Resolution::Recorded => return,
            Some(_) => true,
        },
    };
    let version = last.map_or(1, |finding| finding.version.saturating_add(1));
    let opened = last.filter(|_| !reopened).map_or(as_of.day, |finding| finding.opened);
    let finding = Finding {
        key: key.clone(),
        version,
        slot_to: slot.to,
        due: slot.due,
        state: slot.state,
        opened,
        closed: None,
    };
    member.findings.insert(finding.clone());
    effects.push(Effect::Finding(finding.clone()));
    if matches!(occasion, Occasion::Papers | Occasion::Day { .. }) {
        tellings::tell_finding(member, book, (number, &finding, &slot), as_of, effects);
    }
}

fn close(
    member: &mut Member,
    book: &Book,
    (number, key, how): (usize, FindingKey, Resolution),
    (day, occasion): (Day, Occasion),
    effects: &mut Vec<Effect>,
) {
    let Some(finding) = member.findings.get_mut(&key) else { return };
    finding.version = finding.version.saturating_add(1);
    finding.closed = Some(Closed { on: day, how });
    let finding = finding.clone();
    effects.push(Effect::Finding(finding.clone()));
    if matches!(occasion, Occasion::Papers | Occasion::Day { .. }) {
        tellings::tell_resolved(member, book, (number, &finding, how), day, effects);
    }
}

/// A rule that is gone leaves no finding open.
pub(super) fn close_without_rule(
    member: &mut Member,
    book: &Book,
    day: Day,
    effects: &mut Vec<Effect>,
) {
    let gone: Vec<FindingKey> = member
        .findings()
        .filter(|finding| finding.closed.is_none())
        .map(|finding| finding.key.clone())
        .filter(|key| book.number(&key.rulebook, &key.rule).is_none())
        .collect();
    for key in gone {
        if let Some(finding) = member.findings.get_mut(&key) {
            finding.version = finding.version.saturating_add(1);
            finding.closed = Some(Closed { on: day, how: Resolution::NotApplicable });
            effects.push(Effect::Finding(finding.clone()));
        }
    }
}
