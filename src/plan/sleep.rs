//! Organizations whose papers are out of memory while nothing asks for them.
//!
//! The store has every paper; what is in memory is a copy. Verdicts, findings, index values
//! and the next day stay, so that most days pass without a paper; the timeline, which is
//! most of an organization, is put back when something has to be judged. A timeline is a
//! function of the papers in their order, so that nothing can come out otherwise.

use super::book::Book;
use super::member::{Member, Touched};
use super::resume::Keeping;
use super::{Input, Network, Now, PaperRead, fellows, indexes};
use crate::timeline::{AsOf, Instant, Timeline};
use std::collections::{BTreeSet, VecDeque};

/// Who is awake, in the order of waking.
#[derive(Debug, Default)]
pub(super) struct Sleepers {
    /// Whoever is registered sleeps until asked for.
    allowed: bool,
    awake: VecDeque<String>,
}

/// A paper as it is kept in a store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kept {
    /// As it arrived, with whether its receipt was written.
    Arrived(Box<PaperRead>, bool),
    /// As it reads since a person stated something of it, and the instant: after what had
    /// arrived by then and before what arrived later.
    Corrected(Box<PaperRead>, Instant),
}

impl Network {
    /// From now on whoever comes to be known sleeps: the papers are in a store, which whoever
    /// calls [`step`](super::step) asks first. What people write is then given to it in steps
    /// of its own, and judges nobody.
    pub fn let_sleep(&mut self) {
        self.sleepers.allowed = true;
    }

    /// How many were woken and do not sleep again.
    pub fn awake(&self) -> usize {
        self.sleepers.awake.len()
    }

    /// Whose papers have to be put back by [`Network::wake`] before these inputs are given
    /// to [`step`](super::step).
    pub fn to_wake(&self, inputs: &[Input], now: &Now) -> BTreeSet<String> {
        if self.counts_somebody() || inputs.iter().any(counts) {
            let asleep = self.members.iter().filter(|(_, member)| member.asleep);
            return asleep.map(|(id, _)| id.clone()).collect();
        }
        let asked = inputs.iter().filter_map(|input| {
            let id = input.judged()?;
            let member = self.members.get(id).filter(|member| member.asleep)?;
            self.asks(member, input, now).then(|| id.to_owned())
        });
        asked.collect()
    }

    fn asks(&self, member: &Member, input: &Input, now: &Now) -> bool {
        match input {
            Input::Paper(_) | Input::Corrected(_) | Input::Withdrawn { .. } => true,
            Input::Reconciled { healthy, .. } => member.is_told_by(*healthy),
            _ => member.needs_papers(&self.book, now),
        }
    }

    /// Puts back a paper, after those that were known before it.
    pub fn put_back(&mut self, kept: &Kept) {
        match kept {
            Kept::Arrived(paper, receipted) => self.remember(paper, *receipted),
            Kept::Corrected(paper, at) => self.remember_corrected(paper, *at),
        }
    }

    /// Puts back all papers of an organization, in the order in which they were known.
    pub fn wake(&mut self, organization: &str, papers: &[Kept]) {
        let Some(member) = self.members.get_mut(organization) else { return };
        if !std::mem::take(&mut member.asleep) {
            return;
        }
        let touched = std::mem::take(&mut member.touched);
        for kept in papers {
            self.put_back(kept);
        }
        if let Some(member) = self.members.get_mut(organization) {
            member.touched = touched;
        }
        self.sleepers.awake.push_back(organization.to_owned());
    }

    /// What papers of an organization say is read again: all of them are put back when they are
    /// asked for next, and whatever they say is judged then. When it was judged last and what
    /// has been told stay.
    pub fn reads_again(&mut self, organization: &str) {
        let Some(member) = self.members.get_mut(organization) else { return };
        self.sleepers.awake.retain(|awake| awake != organization);
        member.fall_asleep();
        // Those that were not answered are in the store.
        member.burst.clear();
        member.touched = Touched::Everything;
        member.keeping = Keeping::Unknown;
    }

    /// Lets all fall asleep but the `most` that were woken or judged last, and those whose
    /// papers wait to be judged. What members' papers say may be counted for others at any
    /// time; then nobody sleeps.
    pub fn rest(&mut self, most: usize) {
        if self.counts_somebody() {
            return;
        }
        let mut looks = self.sleepers.awake.len() * 2;
        while self.sleepers.awake.len() > most && looks > 0 {
            looks -= 1;
            let Some(id) = self.sleepers.awake.pop_front() else { return };
            let Some(member) = self.members.get_mut(&id) else { continue };
            if std::mem::take(&mut member.used) || !member.burst.is_empty() {
                self.sleepers.awake.push_back(id);
            } else {
                member.fall_asleep();
            }
        }
    }

    /// Whether a rule counts the members of the network.
    pub(super) fn counts_somebody(&self) -> bool {
        fellows::counts(&self.book).next().is_some()
    }

    /// Takes somebody on record who was not.
    pub(super) fn enroll(&mut self, organization: &str) -> &mut Member {
        let asleep = self.sleepers.allowed;
        self.members.entry(organization.to_owned()).or_insert_with(|| {
            let mut fresh = Box::<Member>::default();
            fresh.asleep = asleep;
            fresh
        })
    }
}

/// Whether rules that count members come.
fn counts(input: &Input) -> bool {
    let Input::Rules(program) = input else { return false };
    fellows::counts_members(program)
}

impl Input {
    /// Who is registered no longer.
    pub fn gone(&self) -> Option<String> {
        match self {
            Input::OrganizationGone(id) => Some(id.clone()),
            _ => None,
        }
    }

    /// Whom it judges, or brings what is judged.
    pub fn judged(&self) -> Option<&str> {
        match self {
            Input::Paper(paper) | Input::Corrected(paper) => Some(&paper.organization),
            Input::Withdrawn { organization, .. }
            | Input::Reconciled { organization, .. }
            | Input::RulesChanged { organization }
            | Input::Settled { organization }
            | Input::DayPassed { organization } => Some(organization),
            Input::Organization(_)
            | Input::OrganizationGone(_)
            | Input::Rules(_)
            | Input::Waivers(_) => None,
        }
    }
}

impl Member {
    /// Whether a look at its folder tells anything.
    fn is_told_by(&self, healthy: bool) -> bool {
        let folder = self.timeline.folder;
        if healthy {
            folder.first_seen.is_none() || folder.unhealthy.is_some()
        } else {
            folder.unhealthy.is_none()
        }
    }

    /// Whether to be judged now takes more than what was judged: what happened since, rules
    /// whose day has come, an index that a letter tells with what moved it.
    fn needs_papers(&self, book: &Book, now: &Now) -> bool {
        if !self.is_registered() {
            return false;
        }
        let day = now.day_of(Some(self));
        let quiet = self.rules_before.is_none()
            && self.recounted.is_empty()
            && self.burst.is_empty()
            && self.turns.is_empty()
            && self.touched.is_nothing()
            && self.verdicts.len() == book.len();
        let stands = |verdict: Option<crate::verdict::Verdict>| {
            verdict.is_some_and(|it| it.judge_again.is_none_or(|again| day < again))
        };
        let still = self.due_on.is_some_and(|due| day < due) || !book.changes_by_itself();
        !(quiet
            && still
            && self.verdicts.iter().all(stands)
            && indexes::stand(self, book, AsOf::new(day, now.instant)))
    }

    fn fall_asleep(&mut self) {
        let folder = self.timeline.folder;
        self.timeline = Timeline::default();
        self.timeline.folder = folder;
        self.papers = Vec::new();
        self.asleep = true;
    }
}
