//! All that a version of a finding says: the slot, the rule as it was read, the papers.
//!
//! Kept with the finding, so that it can be derived again and compared, field by field.
//! Hashes, days and the rule's own words: nothing of what a paper says.

use super::book::Book;
use super::evidence;
use super::findings;
use super::indexes::Situation;
use super::member::Member;
use super::{Effect, Network};
use crate::calendar::Day;
use crate::document::Sha256;
use crate::finding::{Finding, FindingKey, Findings};
use crate::program::{Rule, Severity};
use crate::timeline::AsOf;
use crate::verdict::{Slot, Verdicts};
use std::sync::Arc;

/// What a version of a finding says beside its own fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// The two times that it was judged at.
    pub as_of: AsOf,
    /// The rule; `None` where it is gone.
    pub rule: Option<Ruled>,
    /// The slot; `None` where there is none any more.
    pub slot: Option<Slot>,
    /// The papers of the slot, by day.
    pub evidence: Vec<Proof>,
}

/// A rule as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ruled {
    pub meaning: String,
    pub english: String,
    pub arabic: String,
    pub source: Option<String>,
    pub remedy: Option<String>,
    pub severity: Severity,
}

/// One thing that a paper is evidence of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    pub document: Sha256,
    pub fact: &'static str,
    pub day: Day,
    /// Whether the rule counts it: `yes`, `no` or `unknown`.
    pub counts: &'static str,
    /// Another paper gives another day for it.
    pub contradicted: bool,
}

impl Account {
    /// What a finding of a rule says of a slot, in a situation.
    pub(super) fn of(
        member: &Member,
        situation: &Situation,
        number: usize,
        slot: Option<&Slot>,
    ) -> Box<Account> {
        let rule = situation.book.rule(number).map(|(_, rule)| rule);
        let opens = slot.map_or(situation.as_of.day, |slot| slot.opens);
        let evidence = slot
            .map(|slot| evidence::of_slot(member, situation, number, slot))
            .unwrap_or_default();
        let proof = |one: &evidence::Evidence<'_>| Proof {
            document: one.paper.sha256,
            fact: one.fact,
            day: one.entry.day,
            counts: one.counts.name(),
            contradicted: one.entry.contradicted,
        };
        Box::new(Account {
            as_of: situation.as_of,
            rule: rule.map(|rule| Ruled::of(rule.version_on(opens))),
            slot: slot.copied(),
            evidence: evidence.iter().map(proof).collect(),
        })
    }

    /// What is said of a finding whose rule is gone.
    pub(super) fn without_rule(as_of: AsOf) -> Box<Account> {
        Box::new(Account { as_of, rule: None, slot: None, evidence: Vec::new() })
    }
}

impl Ruled {
    fn of(rule: &Rule) -> Ruled {
        Ruled {
            meaning: rule.meaning.clone(),
            english: rule.english.clone(),
            arabic: rule.arabic.clone(),
            source: rule.source.clone(),
            remedy: rule.remedy.clone(),
            severity: rule.severity,
        }
    }
}

impl Network {
    /// What a judgement at these two times makes of a finding that was left as `before` by
    /// the one before it: the next version, or nothing where it would be left as it is.
    /// The network is as it was known then.
    pub fn tell_again(
        &mut self,
        key: &FindingKey,
        before: Option<Finding>,
        as_of: AsOf,
    ) -> Option<(Finding, Box<Account>)> {
        let book = Arc::clone(&self.book);
        let member = self.members.get_mut(&key.organization)?;
        member.findings = Findings::default();
        if let Some(before) = before {
            member.findings.insert(before);
        }
        let mut effects = Vec::new();
        match book.number(&key.rulebook, &key.rule) {
            Some(number) => judge_again(member, &book, (number, as_of), &mut effects),
            None => findings::close_without_rule(member, &book, as_of, &mut effects),
        }
        effects.into_iter().find_map(|effect| match effect {
            Effect::Finding(finding, account) if finding.key == *key => {
                Some((finding, account))
            }
            _ => None,
        })
    }
}

fn judge_again(
    member: &mut Member,
    book: &Arc<Book>,
    (number, as_of): (usize, AsOf),
    effects: &mut Vec<Effect>,
) {
    let situation = member.situation(book, as_of);
    let verdict = member.verdict(&situation, number);
    member.verdicts = Verdicts::default();
    member.verdicts.resize(book.len());
    if let Some(verdict) = verdict {
        member.verdicts.set(number, verdict);
    }
    // Only what is stored of the finding is asked for; the letters are not.
    drop(findings::update(member, &situation, number, effects));
}
