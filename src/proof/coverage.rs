//! Which states of each rule some case shows, and which of its exceptions some case uses.

use std::collections::BTreeSet;

use crate::norm::Norm;
use crate::program::{Rule, Rulebook};
use crate::proof::{Case, Outcome};
use crate::verdict::State;

/// What the cases of one rule show; counted are claims that hold.
struct Coverage {
    shown: BTreeSet<Gap>,
    /// For each exception whether it was used, and for each of its limits.
    exceptions: Vec<(bool, Vec<bool>)>,
}

/// Something about a rule that no case shows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gap {
    Met,
    NotMet,
    Undecided,
    NotApplicable,
    /// Its name, or its number from 1 where it has none.
    Exception(String),
}

impl Coverage {
    /// Of a rule without cases.
    fn of(rule: &Rule) -> Coverage {
        let exceptions =
            rule.exceptions.iter().map(|one| (false, vec![false; one.unless.len()]));
        Coverage { shown: BTreeSet::new(), exceptions: exceptions.collect() }
    }

    fn add(&mut self, outcome: &Outcome) {
        if !outcome.holds() {
            return;
        }
        self.shown.extend(match outcome.state {
            state if state.is_met() => Some(Gap::Met),
            state if state.is_not_met() => Some(Gap::NotMet),
            State::AwaitingEvidence | State::InsufficientEvidence => Some(Gap::Undecided),
            State::NotApplicable => Some(Gap::NotApplicable),
            _ => None,
        });
        let seen = self.exceptions.iter_mut().zip(&outcome.exceptions);
        for ((used, limits), (uses, by)) in seen {
            *used |= uses;
            limits.iter_mut().zip(by).for_each(|(limit, by)| *limit |= by);
        }
    }

    /// What is not shown. A permission asks for nothing, nor does a rule that says of whom
    /// the others do not speak: they can only be not applicable.
    fn gaps(&self, rule: &Rule) -> Vec<Gap> {
        let asks_nothing = matches!(rule.norm, Norm::Free { .. } | Norm::Outside { .. });
        let asked: &[Gap] = if asks_nothing {
            &[Gap::NotApplicable]
        } else {
            &[Gap::Met, Gap::NotMet, Gap::Undecided]
        };
        let mut gaps: Vec<Gap> =
            asked.iter().filter(|gap| !self.shown.contains(gap)).cloned().collect();
        if asks_nothing {
            return gaps;
        }
        let mut lacks = |shown: bool, gap: Gap| {
            if !shown {
                gaps.push(gap);
            }
        };
        for (at, (exception, (used, limits))) in
            rule.exceptions.iter().zip(&self.exceptions).enumerate()
        {
            let name = |name: &Option<String>, number: String| {
                Gap::Exception(name.clone().unwrap_or(number))
            };
            lacks(*used, name(&exception.name, (at + 1).to_string()));
            for (limit, ((own, _), by)) in exception.unless.iter().zip(limits).enumerate()
            {
                lacks(*by, name(own, format!("{}.{}", at + 1, limit + 1)));
            }
        }
        gaps
    }
}

/// Every rule of the rulebooks with what no case shows of it; rules without a gap are left
/// out.
pub fn uncovered<'p>(
    rulebooks: &'p [Rulebook],
    proved: &[(Case<'p>, Vec<Outcome>)],
) -> Vec<(&'p Rulebook, &'p Rule, Vec<Gap>)> {
    let mut all = Vec::new();
    for (rulebook, rule) in
        rulebooks.iter().flat_map(|book| book.rules.iter().map(move |rule| (book, rule)))
    {
        let mut coverage = Coverage::of(rule);
        let own = proved.iter().filter(|(case, _)| std::ptr::eq(case.rule, rule));
        own.flat_map(|(_, outcomes)| outcomes).for_each(|outcome| coverage.add(outcome));
        let gaps = coverage.gaps(rule);
        if !gaps.is_empty() {
            all.push((rulebook, rule, gaps));
        }
    }
    all
}
