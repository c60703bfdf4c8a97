//! Which letter follows from what happened, and to whom: data only, no sentence.

use super::book::{Book, IndexDefinition};
use super::indexes::{self, IndexDelta};
use super::member::{BurstItem, Member};
use super::{Effect, IndexRow};
use crate::calendar::{Day, Period};
use crate::document::{FactName, Sha256};
use crate::finding::{Finding, Resolution};
use crate::index::{Index, grade, shown};
use crate::letters::body::{self, Body, CauseLine, Counts, DigestLine, News};
use crate::letters::{Letter, Recipient};
use crate::norm::{Norm, TermId};
use crate::organization::Person;
use crate::program::{Rule, Rulebook, Severity};
use crate::text::{Bilingual, Language};
use crate::verdict::{Slot, State, Truth};
use crate::vocabulary::Vocabulary;

/// A move of an index that a letter tells.
pub(super) struct Change<'a> {
    pub(super) definition: &'a IndexDefinition,
    pub(super) from: &'a IndexRow,
    pub(super) to: &'a IndexRow,
    pub(super) delta: IndexDelta,
}

/// Lines of a summary beyond which only the counts speak.
const SUMMARY_LINES_MAX: usize = 20;
/// Papers quoted in one finding.
const EVIDENCE_MAX: usize = 3;

/// A term's canonical phrases.
pub(super) fn phrase(vocabulary: &Vocabulary, term: TermId) -> Bilingual {
    Bilingual::new(
        vocabulary.phrase(term, Language::English),
        vocabulary.phrase(term, Language::Arabic),
    )
}

/// The receipt of the burst that just ended, or the problem letter where nothing in it
/// could be used.
pub(super) fn answer(member: &mut Member, book: &Book, effects: &mut Vec<Effect>) {
    let burst = std::mem::take(&mut member.burst);
    if burst.is_empty() {
        return;
    }
    let body = receipt(book, &burst);
    let key = burst_key(burst.iter().map(|item| item.sha256));
    for person in accountable(member, Severity::Low) {
        let to = recipient(member, person);
        push(effects, to, (&key, ""), body.clone());
    }
    effects.push(receipted(member, &burst));
}

fn receipted(member: &Member, burst: &[BurstItem]) -> Effect {
    Effect::Receipted {
        organization: member.organization().id.clone(),
        papers: burst.iter().map(|item| item.sha256).collect(),
    }
}

fn receipt(book: &Book, burst: &[BurstItem]) -> Body {
    let trouble = |item: &BurstItem| match item.item.outcome {
        body::Outcome::NeedsALook(problem) | body::Outcome::NotAccepted(problem) => {
            Some(body::ProblemItem { file: item.item.file.clone(), problem })
        }
        body::Outcome::Understood
        | body::Outcome::NoneOfOurs
        | body::Outcome::DuplicateOf(_) => None,
    };
    let problems: Vec<body::ProblemItem> = burst.iter().filter_map(trouble).collect();
    if problems.len() == burst.len() {
        return Body::Problem(body::ProblemReport { items: problems });
    }
    let items = burst
        .iter()
        .map(|item| body::ReceiptItem { serves: serves(book, item), ..item.item.clone() })
        .collect();
    Body::Receipt(body::Receipt {
        first_received: burst.iter().map(|item| item.received).min().unwrap_or_default(),
        last_received: burst.iter().map(|item| item.received).max().unwrap_or_default(),
        items,
    })
}

fn serves(book: &Book, item: &BurstItem) -> Vec<(String, Bilingual)> {
    let nouns = item.nouns.iter().copied().collect();
    book.rules()
        .filter(|(number, _, _)| book.reads(*number, &nouns))
        .map(|(_, _, rule)| (rule.id.clone(), text_of(rule)))
        .collect()
}

/// The same papers give the same key, in whatever order they came.
fn burst_key(papers: impl Iterator<Item = Sha256>) -> String {
    let mut prefixes: Vec<String> = papers
        .map(|sha256| sha256.0.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
        .collect();
    prefixes.sort_unstable();
    match prefixes.as_slice() {
        [one] => one.clone(),
        many => {
            let mut hash = 0xcbf2_9ce4_8422_2325u64;
            for byte in many.iter().flat_map(|prefix| prefix.bytes()) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
            format!("{hash:016x}")
        }
    }
}

/// One summary in place of the letters that a first scan would be, its receipt among them.
pub(super) fn introduce(
    member: &mut Member,
    book: &Book,
    day: Day,
    effects: &mut Vec<Effect>,
) {
    let burst = std::mem::take(&mut member.burst);
    let understood = |item: &&BurstItem| item.item.outcome == body::Outcome::Understood;
    let to_look_at = |item: &&BurstItem| {
        matches!(
            item.item.outcome,
            body::Outcome::NeedsALook(_) | body::Outcome::NotAccepted(_)
        )
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let summary = body::FirstSummary {
        occasion: body::Occasion::FirstScan,
        as_of: day,
        papers_understood: count(burst.iter().filter(understood).count()),
        papers_to_look_at: count(burst.iter().filter(to_look_at).count()),
        counts: counts(member, book),
        open: open_lines(member, book),
        index: member
            .indexes
            .values()
            .next()
            .and_then(|indexes| indexes.current.as_ref())
            .map(point),
    };
    for person in accountable(member, Severity::Critical) {
        let to = recipient(member, person);
        push(effects, to, ("first-scan", ""), Body::FirstSummary(summary.clone()));
    }
    if !burst.is_empty() {
        effects.push(receipted(member, &burst));
    }
}

/// How the rules in force stand.
pub(super) fn counts(member: &Member, book: &Book) -> Counts {
    let mut counts = Counts::default();
    for (number, _, _) in book.rules().filter(|(number, _, _)| book.counts(*number)) {
        let Some(verdict) = member.verdicts.get(number).copied().flatten() else {
            continue;
        };
        let count = match verdict.state {
            State::Met | State::MetInGrace | State::MetLate | State::Explained => {
                &mut counts.met
            }
            State::StillOwed | State::Closed => &mut counts.not_met,
            State::NotYetOpen | State::OnTrack | State::DueSoon | State::InGrace => {
                &mut counts.running
            }
            State::AwaitingEvidence | State::InsufficientEvidence | State::Error => {
                &mut counts.unknown
            }
            State::Waived => &mut counts.waived,
            State::NotApplicable => &mut counts.not_applicable,
        };
        *count += 1;
    }
    counts
}

/// What is not met, gravest first.
pub(super) fn open_lines(member: &Member, book: &Book) -> Vec<DigestLine> {
    let mut open: Vec<(Severity, &Finding, &Rule)> = member
        .findings
        .values()
        .filter(|finding| finding.closed.is_none())
        .filter_map(|finding| {
            let number = book.number(&finding.key.rulebook, &finding.key.rule)?;
            let (_, rule) = book.rule(number)?;
            Some((rule.severity, finding, rule))
        })
        .collect();
    open.sort_by_key(|(severity, finding, _)| {
        (std::cmp::Reverse(*severity), finding.due)
    });
    open.truncate(SUMMARY_LINES_MAX);
    open.into_iter()
        .map(|(_, finding, rule)| DigestLine {
            rule: rule.id.clone(),
            text: text_of(rule),
            news: News::StillOwed,
            day: Some(finding.due),
        })
        .collect()
}

pub(super) fn tell_finding(
    member: &Member,
    book: &Book,
    (number, finding, slot): (usize, &Finding, &Slot),
    as_of: crate::timeline::AsOf,
    effects: &mut Vec<Effect>,
) {
    let Some((rulebook, rule)) = book.rule(number) else { return };
    let stated = slot.truth == Truth::False;
    let people: Vec<&Person> = accountable(member, rule.severity).collect();
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
        evidence: evidence(member, rule, slot),
        papers_searched: u32::try_from(member.timeline.papers.len()).unwrap_or(u32::MAX),
        index_effect: indexes::gain(member, book, number).map(|gain| -gain),
        copied_to: people.iter().skip(1).map(|person| person.name.clone()).collect(),
    };
    for person in people {
        let key = format!("{}.v{}", finding.key.short(), finding.version);
        let to = recipient(member, person);
        push(effects, to, (&key, ""), Body::Finding(Box::new(letter.clone())));
    }
}

/// The passages that speak of the slot: of the day itself, or of the year it is about.
fn evidence(member: &Member, rule: &Rule, slot: &Slot) -> Vec<body::Evidence> {
    let noun = main_noun(&rule.norm);
    member
        .timeline
        .entries()
        .iter()
        .filter(|entry| entry.subject.noun() == noun)
        .filter(|entry| {
            let about = entry.about.unwrap_or(entry.day);
            slot.from <= about && about <= slot.lag_end
        })
        .filter_map(|entry| {
            let paper = member.timeline.papers.get(usize::try_from(entry.paper).ok()?)?;
            let quoted = |name: FactName| {
                paper
                    .passages
                    .iter()
                    .find(|(stated, _)| *stated == name)
                    .map(|(_, words)| words)
            };
            let wanted = match rule.norm {
                Norm::Quorum { .. } => quoted(FactName::Attendance),
                Norm::Size { .. } => quoted(FactName::MemberCount),
                _ => None,
            };
            let words =
                wanted.or_else(|| paper.passages.first().map(|(_, words)| words))?;
            Some(body::Evidence {
                file: paper.path.clone(),
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

pub(super) fn main_noun(norm: &Norm) -> TermId {
    match norm {
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::Deadline { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. } => what.noun,
        Norm::Size { body, .. } | Norm::Quorum { body, .. } => *body,
        Norm::Contents { document, .. } => *document,
    }
}

pub(super) fn tell_resolved(
    member: &Member,
    book: &Book,
    (number, finding, how): (usize, &Finding, Resolution),
    day: Day,
    effects: &mut Vec<Effect>,
) {
    // Nothing was settled: the digest shows that the matter is open again.
    if how == Resolution::Unknown {
        return;
    }
    let Some((rulebook, rule)) = book.rule(number) else { return };
    let document = member.burst.iter().rev().find(|item| {
        item.item.outcome == body::Outcome::Understood
            && book.reads(number, &item.nouns.iter().copied().collect())
    });
    let letter = body::Resolved {
        id: finding.key.short(),
        version: finding.version,
        rule: rule_ref(rulebook, rule),
        slot: Some(Period { from: finding.key.slot, to: finding.slot_to }),
        how,
        document: document.map(|item| item.item.file.clone()),
        opened: finding.opened,
        closed: day,
        index_effect: None,
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
        causes: causes(book, &change.delta),
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

fn causes(book: &Book, delta: &IndexDelta) -> Vec<CauseLine> {
    let line = |line: &indexes::LineOfRule| {
        let rule = line.rule.and_then(|number| book.rule(number)).map(|(_, rule)| rule);
        CauseLine {
            cause: line.cause,
            rule: rule.map(|rule| rule.id.clone()),
            rule_text: rule.map(text_of),
            document: line.document.clone(),
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
        let changes = changes(before, book, rulebook);
        if changes.is_empty() {
            continue;
        }
        let flips = rulebook
            .rules
            .iter()
            .filter_map(|rule| {
                let number = book.number(&rulebook.id, &rule.id)?;
                let (from, to) = member.changed_since.get(&number).copied()?;
                (from.is_some()).then(|| (rule.id.clone(), news(to)))
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

/// What a digest says of a rule that is in this state now.
pub(super) fn news(state: State) -> News {
    if state.is_met() {
        News::BecameMet
    } else if state.is_not_met() {
        News::BecameNotMet
    } else {
        News::BecameUnknown
    }
}

pub(super) fn text_of(rule: &Rule) -> Bilingual {
    Bilingual::new(&rule.english, &rule.arabic)
}

pub(super) fn rule_ref(rulebook: &Rulebook, rule: &Rule) -> body::RuleRef {
    body::RuleRef {
        rulebook: rulebook.title.clone(),
        id: rule.id.clone(),
        title: rule.title.clone(),
        text: text_of(rule),
        source: rule.source.clone(),
        remedy: rule.remedy.clone(),
        severity: rule.severity,
    }
}

/// Who answers for a matter: the secretary, or everybody where there is none; the chair and
/// the director as well where it is grave.
pub(super) fn accountable(
    member: &Member,
    severity: Severity,
) -> impl Iterator<Item = &Person> {
    let people = &member.organization().people;
    let has_secretary = people.iter().any(|person| person.role == "secretary");
    people.iter().filter(move |person| match person.role.as_str() {
        "secretary" => true,
        "chair" | "executive_director" | "director" => {
            !has_secretary || severity >= Severity::High
        }
        _ => !has_secretary,
    })
}

pub(super) fn recipient(member: &Member, person: &Person) -> Recipient {
    Recipient {
        organization: member.organization().id.clone(),
        organization_name: member.organization().name.clone(),
        name: person.name.clone(),
        address: person.address.clone(),
        role: person.role.clone(),
        language: person.language,
    }
}

pub(super) fn push(
    effects: &mut Vec<Effect>,
    to: Recipient,
    (key, window): (&str, &str),
    body: Body,
) {
    effects.push(Effect::Letter(Box::new(Letter {
        to,
        subject_key: key.to_owned(),
        window: window.to_owned(),
        body,
    })));
}
