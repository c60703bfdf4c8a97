//! Opening and closing findings as slots change.

use super::account::Account;
use super::book::Book;
use super::indexes::Situation;
use super::member::Member;
use super::{Effect, tellings, unrest};
use crate::calendar::Day;
use crate::finding::{self, Closed, Finding, FindingKey, Resolution};
use crate::judge;
use crate::norm::Norm;
use crate::timeline::AsOf;
use crate::verdict::{Slot, State};

/// A finding that a letter has to tell of, with the number of its rule. Told only when
/// every rule of the pass is judged, because a letter speaks of the index as a whole.
pub(super) enum News {
    Opened(usize, Finding, Slot),
    Closed(usize, Finding, Resolution),
}

/// Brings the findings of one rule in line with its slots, and gives what has to be told
/// of them. Slots due before the look-back open none.
pub(super) fn update(
    member: &mut Member,
    situation: &Situation,
    number: usize,
    effects: &mut Vec<Effect>,
) -> Vec<News> {
    let (book, as_of) = (&*situation.book, situation.as_of);
    let Some((rulebook, rule)) = book.rule(number) else { return Vec::new() };
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
    let unmet = member.verdicts.get(number).is_some_and(|verdict| may_open(&verdict));
    if open.is_empty() && !unmet {
        return Vec::new();
    }
    let since = judge::look_back(as_of.day);
    let slots = member.slots(situation, number);
    let opening: Vec<(FindingKey, Slot)> = slots
        .iter()
        .filter(|slot| slot.state.is_not_met())
        .filter(|slot| {
            since <= slot.due.max(slot.from)
                || lasts(&rule.version_on(slot.opens).norm, slot)
        })
        .filter(|slot| finding::closes(slot, next_is_met(&slots, slot)).is_none())
        .map(|slot| (key(slot.from), *slot))
        .collect();
    let mut news = Vec::new();
    for (key, slot) in opening {
        if !opens(member, &key) {
            continue;
        }
        let account = Account::of(member, situation, number, Some(&slot));
        let finding = open_finding(member, (key, slot), account, effects);
        news.push(News::Opened(number, finding, slot));
    }
    for key in open {
        let slot = slots.iter().find(|slot| slot.from == key.slot);
        let how = match slot {
            Some(slot) => finding::closes(slot, next_is_met(&slots, slot)),
            None => Some(Resolution::Unknown),
        };
        if let Some(how) = how {
            let account = Account::of(member, situation, number, slot);
            let closed = close(member, (key, how), account, effects);
            news.extend(closed.map(|finding| News::Closed(number, finding, how)));
        }
    }
    news
}

/// Writes the letters about findings that opened or closed.
pub(super) fn tell(
    member: &Member,
    situation: &Situation,
    news: &[News],
    effects: &mut Vec<Effect>,
) {
    for one in news {
        let (number, finding) = match one {
            News::Opened(number, finding, _) | News::Closed(number, finding, _) => {
                (*number, finding)
            }
        };
        if unrest::of(member, &finding.key, situation.as_of.day).is_some() {
            unrest::tell(member, situation, (number, finding), effects);
            continue;
        }
        match one {
            News::Opened(number, finding, slot) => {
                let told = (*number, finding, slot);
                tellings::tell_finding(member, situation, told, effects);
            }
            News::Closed(number, finding, how) => {
                let told = (*number, finding, *how);
                tellings::tell_resolved(member, situation, told, effects);
            }
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

/// Whether a slot that is not met opens a finding: there is none open, and none that
/// recorded the lapse, which is not told again.
fn opens(member: &Member, key: &FindingKey) -> bool {
    let closed = match member.findings.get(key) {
        None => return true,
        Some(finding) => finding.closed,
    };
    closed.is_some_and(|closed| closed.how != Resolution::Recorded)
}

fn open_finding(
    member: &mut Member,
    (key, slot): (FindingKey, Slot),
    account: Box<Account>,
    effects: &mut Vec<Effect>,
) -> Finding {
    let last = member.findings.get(&key);
    let version = last.map_or(1, |finding| finding.version.saturating_add(1));
    let opened = account.as_of.day;
    unrest::note_opened(&mut member.turns, last, opened);
    let finding = Finding {
        key,
        version,
        slot_to: slot.to,
        due: slot.due,
        state: slot.state,
        opened,
        closed: None,
    };
    member.findings.insert(finding.clone());
    effects.push(Effect::Finding(finding.clone(), account));
    finding
}

fn close(
    member: &mut Member,
    (key, how): (FindingKey, Resolution),
    account: Box<Account>,
    effects: &mut Vec<Effect>,
) -> Option<Finding> {
    let finding = member.findings.get_mut(&key)?;
    finding.version = finding.version.saturating_add(1);
    finding.closed = Some(Closed { on: account.as_of.day, how });
    let finding = finding.clone();
    if let Some(turns) = member.turns.get_mut(&key) {
        turns.push(account.as_of.day);
    }
    effects.push(Effect::Finding(finding.clone(), account));
    Some(finding)
}

/// A rule that is gone leaves no finding open.
pub(super) fn close_without_rule(
    member: &mut Member,
    book: &Book,
    as_of: AsOf,
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
            let how = Resolution::NotApplicable;
            finding.closed = Some(Closed { on: as_of.day, how });
            if let Some(turns) = member.turns.get_mut(&key) {
                turns.push(as_of.day);
            }
            let account = Account::without_rule(as_of);
            effects.push(Effect::Finding(finding.clone(), account));
        }
    }
}
