//! What a start goes on from: the verdicts of an organization as the last step left them.
//!
//! They are a function of its papers, its register, its waivers, the rules and the day; where
//! none of these is another than it was, judging again at a start would say the same. What
//! they rest on is kept with them as one hash, so that whatever differs is noticed; whoever
//! has papers that were not judged yet keeps nothing.

use super::member::{Member, Touched};
use super::{Changed, Network, Now};
use crate::calendar::Day;
use crate::document::Sha256;
use crate::verdict::{State, Verdict};
use sha2::Digest as _;

/// The verdicts of one organization, kept for the next start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resume {
    pub organization: String,
    /// The hash of everything they rest on but papers and time.
    pub basis: Sha256,
    /// The day they are of.
    pub judged_on: Day,
    /// When the organization has to be looked at again though nothing arrives.
    pub due_on: Option<Day>,
    /// By rule number.
    pub verdicts: Vec<Verdict>,
    /// The window of the last digest that was thought of.
    pub digested: Option<String>,
    /// The numbers of the rules whose state changed since then, with the state before and after.
    pub changed: Vec<(usize, State, State)>,
}

/// What became of an organization's verdicts in a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resumed {
    /// To be kept in place of those of before.
    As(Box<Resume>),
    /// Something happened that waits to be judged: what is kept of it holds no longer.
    Not(String),
}

/// What the store keeps of a member's verdicts, as far as memory knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Keeping {
    /// Perhaps some that hold no longer.
    #[default]
    Unknown,
    Nothing,
    /// Some of which memory took back what a digest will tell and when, and no verdict.
    Week,
    /// Those at hand, with the day on which they are looked at again.
    These(Option<Day>),
}

impl Network {
    /// Whatever verdicts rest on that is the same for all and that the core does not see: the
    /// words that papers and rules are read with, and the program.
    pub fn resting_on(&mut self, basis: Sha256) {
        if std::mem::replace(&mut self.basis, basis) != basis {
            let members = self.members.values_mut();
            members.for_each(|member| member.keeping = Keeping::Unknown);
        }
    }

    /// Puts back kept verdicts, after the register and the rules and before
    /// [`Network::recalled`]; says whether they hold. They do not where they rest on something
    /// else or lie ahead of the day. Where rules count members, only what the next digest tells and the
    /// day are put back.
    pub fn resume(&mut self, resume: Resume, now: &Now) -> bool {
        let counts = self.counts_somebody();
        let today = now.day_of(self.member(&resume.organization));
        let (common, book) = (self.basis, &self.book);
        let Some(member) = self.members.get_mut(&resume.organization) else {
            return false;
        };
        let holds = member.is_registered()
            && resume.judged_on <= today
            && resume.verdicts.len() == book.len()
            && resume.basis == member.basis(common);
        if holds {
            member.resume(resume, counts);
        }
        holds && !counts
    }

    /// Whoever goes on from kept verdicts knows what changed.
    pub(super) fn recall_change(&mut self, changed: Changed) {
        let Changed { organization, rulebook, rule, before, state } = changed;
        let (Some(number), Some(before)) = (self.book.number(&rulebook, &rule), before)
        else {
            return;
        };
        let member = self.enroll(&organization);
        if !member.knows_its_week() {
            member.changed_since.entry(number).or_insert((before, state)).1 = state;
        }
    }

    /// What is to be kept of these organizations from now on, of those of which something else
    /// is kept.
    pub fn take_resumed<'i>(
        &mut self,
        organizations: impl Iterator<Item = &'i str>,
    ) -> Vec<Resumed> {
        let (common, rules) = (self.basis, self.book.len());
        let taken = organizations
            .filter_map(|id| self.members.get_mut(id)?.take_resumed(rules, common));
        taken.collect()
    }
}

impl Member {
    fn resume(&mut self, resume: Resume, counts: bool) {
        self.digested = resume.digested;
        let changed = resume.changed.into_iter();
        self.changed_since =
            changed.map(|(number, before, state)| (number, (before, state))).collect();
        self.judged_on = Some(resume.judged_on);
        self.due_on = resume.due_on;
        self.introduced = true;
        self.keeping = Keeping::Week;
        if counts {
            return;
        }
        self.keeping = Keeping::These(resume.due_on);
        self.verdicts = resume.verdicts.into_iter().collect();
        self.touched = Touched::nothing();
    }

    /// Whether it is known from what was kept when it is due and what the next digest tells.
    pub(super) fn knows_its_week(&self) -> bool {
        matches!(self.keeping, Keeping::Week | Keeping::These(_))
    }

    fn take_resumed(&mut self, rules: usize, common: Sha256) -> Option<Resumed> {
        let Some((judged_on, verdicts)) = self.settled_verdicts(rules) else {
            let before = std::mem::replace(&mut self.keeping, Keeping::Nothing);
            let organization = self.organization().id.clone();
            return (before != Keeping::Nothing).then_some(Resumed::Not(organization));
        };
        let these = Keeping::These(self.due_on);
        if std::mem::replace(&mut self.keeping, these) == these {
            return None;
        }
        Some(Resumed::As(Box::new(Resume {
            organization: self.organization().id.clone(),
            basis: self.basis(common),
            judged_on,
            due_on: self.due_on,
            verdicts,
            digested: self.digested.clone(),
            changed: self
                .changed_since
                .iter()
                .map(|(number, (before, state))| (*number, *before, *state))
                .collect(),
        })))
    }

    /// The verdicts, and the day they are of, where nothing waits to be judged.
    fn settled_verdicts(&self, rules: usize) -> Option<(Day, Vec<Verdict>)> {
        let quiet = self.is_registered()
            && self.introduced
            && self.burst.is_empty()
            && self.recounted.is_empty()
            && self.before_edit.is_empty()
            && self.rules_before.is_none()
            && self.verdicts.len() == rules
            && self.touched.is_nothing();
        let judged_on = self.judged_on.filter(|_| quiet)?;
        let verdicts: Option<Vec<Verdict>> = self.verdicts.iter().collect();
        Some((judged_on, verdicts?))
    }

    /// The hash of the register and the waivers as the judge has them, with what all rest on.
    fn basis(&self, common: Sha256) -> Sha256 {
        let own = format!("{:?}{:?}", self.organization(), self.waivers);
        let hash = sha2::Sha256::new().chain_update(common.0).chain_update(own);
        Sha256(hash.chain_update([self.digest_weekday]).finalize().into())
    }
}
