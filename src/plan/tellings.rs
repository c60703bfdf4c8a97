//! Letters about judgements: a finding, its end, a move of the index, changed rules.

use super::book::{Book, IndexDefinition};
use super::correspondence::{
    accountable, counts, counts_of, due_key, main_noun, news, open_lines_of, push,
    recipient, rule_ref, text_of,
};
use super::evidence::asked;
use super::indexes::{self, IndexDelta, Situation};
use super::member::Member;
use super::{Effect, IndexRow};
use crate::calendar::{Day, Period};
use crate::delta::Cause;
use crate::document::FactName;
use crate::finding::{Finding, Resolution};
use crate::index::{Index, grade, shown};
use crate::letters::body::{self, Body, CauseLine};
use crate::letters::timing;
use crate::norm::Norm;
use crate::organization::Person;
use crate::program::{Rulebook, Severity};
use crate::text::Bilingual;
use crate::timeline::Entry;
use crate::verdict::{Slot, State, Truth};

/// Papers quoted in one finding.
const EVIDENCE_MAX: usize = 3;

/// A move of an index that a letter tells.
pub(super) struct Change<'a> {
    pub(super) definition: &'a IndexDefinition,
    pub(super) from: &'a IndexRow,
    pub(super) to: &'a IndexRow,
    pub(super) delta: IndexDelta,
}

pub(super) fn tell_finding(
    member: &Member,
    situation: &Situation,
    (number, finding, slot): (usize, &Finding, &Slot),
    effects: &mut Vec<Effect>,
) {
    let (book, as_of) = (&*situation.book, situation.as_of);
    let Some((rulebook, rule)) = book.rule(number) else { return };
    let rule = rule.version_on(slot.opens);
    let stated = matches!(slot.truth, Truth::False | Truth::FalseUntil(_));
    let people: Vec<&Person> = accountable(member, rule.severity).collect();
    let explained = member.explain(situation, number, slot);
    let letter = body::Finding {
        id: finding.key.short(),
        version: finding.version,
        rule: rule_ref(rulebook, rule),
        slot: Some(Period { from: slot.from, to: slot.to }),
        due: Some(slot.due),
        grace_end: (slot.grace_end != slot.due).then_some(slot.grace_end),
        as_of: as_of.day,
        ground: if stated { body::Ground::Stated } else { body::Ground::NoEvidence },
        still_owed: slot.state == State::StillOwed,
        evidence: evidence(member, &asked(situation, number, slot), slot),
        papers_searched: u32::try_from(member.timeline.papers.len()).unwrap_or(u32::MAX),
        index_effect: indexes::gain(member, book, number).map(|gain| -gain),
        copied_to: people.iter().skip(1).map(|person| person.name.clone()).collect(),
        repair: explained
            .sentences
            .iter()
            .map(|[en, ar]| Bilingual::new(en, ar))
            .collect(),
        stood_still: explained
            .windows
            .into_iter()
            .map(|window| (window.days, window.name))
            .collect(),
    };
    for person in people {
        let key = format!("{}.v{}", finding.key.short(), finding.version);
        let to = recipient(member, person);
        push(effects, to, (&key, ""), Body::Finding(Box::new(letter.clone())));
    }
}

/// The passages that speak of the slot: of the day itself, or of the year it is about.
fn evidence(member: &Member, asked: &[&Norm], slot: &Slot) -> Vec<body::Evidence> {
    let of = |entry: &Entry| {
        asked.iter().copied().find(|norm| main_noun(norm) == entry.subject.noun())
    };
    member
        .timeline
        .entries()
        .iter()
        .filter_map(|entry| Some((entry, of(entry)?)))
        .filter(|(entry, _)| {
            let about = entry.about.unwrap_or(entry.day);
            slot.from <= about && about <= slot.lag_end
        })
        .filter_map(|(entry, norm)| {
            let paper = member.timeline.papers.get(usize::try_from(entry.paper).ok()?)?;
            let quoted = |name: FactName| {
                paper
                    .passages
                    .iter()
                    .find(|(stated, _)| *stated == name)
                    .map(|(_, words)| words)
            };
            let wanted = match norm {
                Norm::Quorum { .. } => quoted(FactName::Attendance),
                Norm::Size { .. } => quoted(FactName::MemberCount),
                _ => None,
            };
            let words =
                wanted.or_else(|| paper.passages.first().map(|(_, words)| words))?;
            Some(body::Evidence {
                file: paper.path.to_string(),
                sha256: Some(paper.sha256),
                page: words.page,
                line: words.line,
                text: words.text.clone(),
                day: Some(entry.day),
            })
        })
        .take(EVIDENCE_MAX)
        .collect()
}

pub(super) fn tell_resolved(
    member: &Member,
    situation: &Situation,
    (number, finding, how): (usize, &Finding, Resolution),
    effects: &mut Vec<Effect>,
) {
    let book = &*situation.book;
    // Nothing was settled: the digest shows that the matter is open again.
    if how == Resolution::Unknown {
        return;
    }
    let Some((rulebook, rule)) = book.rule(number) else { return };
    let mut serving = member.burst.iter().rev().filter(|item| {
        item.item.outcome == body::Outcome::Understood
            && book.reads(number, &item.nouns.iter().copied().collect())
    });
    // Of several papers of the burst the one that speaks of the slot, else the last.
    let slot = Period { from: finding.key.slot, to: finding.slot_to };
    let document = serving
        .clone()
        .find(|item| item.item.date.is_some_and(|date| slot.contains(date)))
        .or_else(|| serving.next());
    // A lapse that stays on record scores as before.
    let settled = how != Resolution::Recorded;
    let effect = || indexes::effect_of_closing(member, situation, (number, finding));
    let index_effect = settled.then(effect).flatten();
    let letter = body::Resolved {
        id: finding.key.short(),
        version: finding.version,
        rule: rule_ref(rulebook, rule),
        slot: Some(Period { from: finding.key.slot, to: finding.slot_to }),
        how,
        document: document.map(|item| item.item.file.clone()),
        opened: finding.opened,
        closed: situation.as_of.day,
        index_effect,
        dated: Some(body::Dated {
            key: due_key(&rulebook.id, &rule.id, finding.key.slot),
            rule: rule_ref(rulebook, rule),
            due: finding.due,
            sequence: timing::end_sequence(finding.due, situation.as_of.day),
        }),
    };
    for person in accountable(member, rule.severity) {
        let key = format!("{}.v{}", finding.key.short(), finding.version);
        let to = recipient(member, person);
        push(effects, to, (&key, ""), Body::Resolved(Box::new(letter.clone())));
    }
}

pub(super) fn tell_delta(
    member: &Member,
    book: &Book,
    (change, window): (&Change<'_>, String),
    effects: &mut Vec<Effect>,
) {
    let counts = counts(member, book);
    let letter = body::IndexDelta {
        rulebook: change.definition.title.clone(),
        from: point(change.from),
        to: point(change.to),
        causes: causes(&change.delta),
        dimensions: bars(change),
        gains: gains(member, book, change.definition),
        unknown_rules: counts.unknown,
        waived_rules: counts.waived,
        not_applicable_rules: counts.not_applicable,
    };
    for person in accountable(member, Severity::Critical) {
        let to = recipient(member, person);
        let key = format!("index-{}", change.definition.id);
        push(effects, to, (&key, &window), Body::IndexDelta(Box::new(letter.clone())));
    }
}

fn causes(delta: &IndexDelta) -> Vec<CauseLine> {
    let line = |line: &indexes::LineOfRule| {
        let papers = matches!(line.cause, Cause::Evidence | Cause::Corrections);
        CauseLine {
            cause: line.cause,
            rule: line.rule.as_ref().map(|rule| rule.id.clone()),
            rule_text: line.rule.as_ref().map(|rule| rule.text.clone()),
            // The network's own files are not the reader's.
            document: line.document.clone().filter(|_| papers),
            is_calendar: line.is_calendar(),
            points: line.points,
        }
    };
    delta.lines.iter().map(line).collect()
}

fn bars(change: &Change<'_>) -> Vec<body::DimensionBar> {
    let tenths = |index: &Index, at: usize| {
        let score = index.dimensions.get(at)?.value?;
        Some(shown(score.saturating_mul(100)))
    };
    change
        .definition
        .dimensions
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let (before, after) =
                (tenths(&change.from.index, at), tenths(&change.to.index, at));
            body::DimensionBar {
                name: Bilingual::new(name, name),
                value: after,
                change: before.zip(after).map(|(before, after)| after - before),
            }
        })
        .collect()
}

/// The three rules that would gain most, best first.
fn gains(
    member: &Member,
    book: &Book,
    definition: &IndexDefinition,
) -> Vec<(String, Bilingual, i32)> {
    let mut gains: Vec<(String, Bilingual, i32)> = definition
        .rules
        .iter()
        .filter_map(|(number, _)| {
            let gain = indexes::gain(member, book, *number).filter(|gain| *gain > 0)?;
            let (_, rule) = book.rule(*number)?;
            Some((rule.id.clone(), text_of(rule), gain))
        })
        .collect();
    gains.sort_by_key(|(_, _, gain)| std::cmp::Reverse(*gain));
    gains.truncate(3);
    gains
}

pub(super) fn point(row: &IndexRow) -> body::IndexPoint {
    let value = row.index.value.map(shown);
    body::IndexPoint {
        as_of: row.as_of,
        value,
        low: shown(row.index.low),
        high: shown(row.index.high),
        coverage: u16::try_from(row.index.coverage / 1000).unwrap_or(1000),
        grade: value.map(grade),
    }
}

/// One letter a person about changed rules, whatever they did to the findings.
pub(super) fn notice_of_method(
    member: &Member,
    (before, book): (&Book, &Book),
    day: Day,
    effects: &mut Vec<Effect>,
) {
    for rulebook in &book.program().rulebooks {
        if before.program().rulebooks.iter().all(|known| known.id != rulebook.id) {
            introduce(member, (book, rulebook), day, effects);
            continue;
        }
        let changes = changes(before, book, rulebook);
        if changes.is_empty() {
            continue;
        }
        let flips = rulebook
            .rules
            .iter()
            .filter_map(|rule| {
                let number = book.number(&rulebook.id, &rule.id)?;
                let (_, to) = member.changed_since.get(&number).copied()?;
                Some((rule.id.clone(), news(to)))
            })
            .collect();
        let letter = body::MethodNotice {
            rulebook: rulebook.title.clone(),
            from: day,
            changes,
            flips,
        };
        let meanings = rulebook.rules.iter().map(|rule| rule.meaning.as_str());
        let key = format!("rules-{}-{:08x}", rulebook.id, fingerprint(meanings));
        for person in accountable(member, Severity::Critical) {
            let to = recipient(member, person);
            push(effects, to, (&key, ""), Body::MethodNotice(letter.clone()));
        }
    }
}

/// One summary of a rulebook that is new to the network, in place of all that it finds.
fn introduce(
    member: &Member,
    (book, rulebook): (&Book, &Rulebook),
    day: Day,
    effects: &mut Vec<Effect>,
) {
    let summary = body::FirstSummary {
        occasion: body::Occasion::NewRulebook(rulebook.title.clone()),
        as_of: day,
        papers_understood: 0,
        papers_to_look_at: 0,
        counts: counts_of(member, book, Some(&rulebook.id)),
        open: open_lines_of(member, book, Some(&rulebook.id)),
        index: None,
    };
    let key = format!("rulebook-{}", rulebook.id);
    for person in accountable(member, Severity::Critical) {
        let to = recipient(member, person);
        push(effects, to, (&key, ""), Body::FirstSummary(summary.clone()));
    }
}

fn fingerprint<'a>(parts: impl Iterator<Item = &'a str>) -> u32 {
    parts.flat_map(str::bytes).fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn changes(before: &Book, book: &Book, rulebook: &Rulebook) -> Vec<body::MethodChange> {
    let old = |id: &str| {
        before
            .number(&rulebook.id, id)
            .and_then(|number| before.rule(number))
            .map(|(_, rule)| rule)
    };
    let mut changes: Vec<body::MethodChange> = rulebook
        .rules
        .iter()
        .filter_map(|rule| match old(&rule.id) {
            None => Some(body::MethodChange::Added {
                rule: rule.id.clone(),
                text: text_of(rule),
            }),
            Some(old) if old.meaning != rule.meaning => {
                Some(body::MethodChange::Reworded {
                    rule: rule.id.clone(),
                    before: text_of(old),
                    after: text_of(rule),
                })
            }
            Some(old) if old.weight != rule.weight => {
                Some(body::MethodChange::Reweighted {
                    rule: rule.id.clone(),
                    before: old.weight,
                    after: rule.weight,
                })
            }
            Some(_) => None,
        })
        .collect();
    let removed = before
        .rules()
        .filter(|(_, old_book, _)| old_book.id == rulebook.id)
        .filter(|(_, _, rule)| book.number(&rulebook.id, &rule.id).is_none())
        .map(|(_, _, rule)| body::MethodChange::Removed {
            rule: rule.id.clone(),
            text: text_of(rule),
        });
    changes.extend(removed);
    changes
}
