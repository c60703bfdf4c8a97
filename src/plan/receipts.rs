//! The answers to papers: receipts, problems, and the one summary of a first scan.

use super::book::Book;
use super::burst::BurstItem;
use super::correspondence::{
    accountable, counts, due_key, open_lines, push, recipient, rule_ref, text_of,
};
use super::member::Member;
use super::tellings::point;
use super::{Effect, Now};
use crate::calendar::Day;
use crate::document::{Problem, Sha256};
use crate::letters::body::{self, Body};
use crate::letters::timing;
use crate::program::Severity;
use crate::text::Bilingual;
use crate::timeline::AsOf;
use std::sync::Arc;

/// The receipt of the burst that just ended, or the problem letter where nothing in it
/// could be used.
pub(super) fn answer(member: &Member, book: &Book, effects: &mut Vec<Effect>) {
    let burst = &member.burst;
    if burst.is_empty() {
        return;
    }
    let burst = &disputed(member, burst);
    let body = receipt(book, burst);
    let key = burst_key(burst.iter().map(|item| item.sha256));
    for person in accountable(member, Severity::Low) {
        let to = recipient(member, person);
        push(effects, to, (&key, ""), body.clone());
    }
    effects.push(receipted(member, burst));
}

/// A paper that was understood, and gives another day for a numbered meeting than others
/// do, is asked about.
fn disputed(member: &Member, burst: &[BurstItem]) -> Vec<BurstItem> {
    let mut burst = burst.to_vec();
    for item in &mut burst {
        let quotes = member.disputes(item.sha256);
        if item.item.outcome == body::Outcome::Understood && !quotes.is_empty() {
            item.item.outcome = body::Outcome::NeedsALook(Problem::DateContradicts);
            item.item.quotes = quotes;
        }
    }
    burst
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
            let quotes = item.item.quotes.clone();
            Some(body::ProblemItem { file: item.item.file.clone(), problem, quotes })
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
        done: Vec::new(),
    })
}

/// Names in the receipts what is kept before its day by papers like these: whoever has the
/// day in a calendar does not need it any more.
pub(super) fn note_done<'e>(
    member: &Member,
    book: &Arc<Book>,
    (day, now): (Day, &Now),
    effects: impl Iterator<Item = &'e mut Effect>,
) {
    let mut receipts = effects.filter_map(|effect| match effect {
        Effect::Letter(letter) => match &mut letter.body {
            Body::Receipt(receipt) => Some(receipt),
            _ => None,
        },
        _ => None,
    });
    let Some(first) = receipts.next() else { return };
    first.done = done(member, book, AsOf::new(day, now.instant));
    for receipt in receipts {
        receipt.done.clone_from(&first.done);
    }
}

fn done(member: &Member, book: &Arc<Book>, as_of: AsOf) -> Vec<body::Dated> {
    let situation = member.situation(book, as_of);
    let nouns = member.burst.iter().flat_map(|item| &item.nouns).copied().collect();
    let mut done = Vec::new();
    for (number, rulebook, rule) in book.rules() {
        if !book.counts(number) || !book.reads(number, &nouns) {
            continue;
        }
        for slot in member.slots(&situation, number) {
            if slot.state.is_met() && timing::due_soon(slot.due, as_of.day).is_some() {
                done.push(body::Dated {
                    key: due_key(&rulebook.id, &rule.id, slot.from),
                    rule: rule_ref(rulebook, rule),
                    due: slot.due,
                    sequence: timing::end_sequence(slot.due, as_of.day),
                });
            }
        }
    }
    done
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
    let mut prefixes: Vec<String> =
        papers.map(|sha256| sha256.to_string().chars().take(16).collect()).collect();
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
