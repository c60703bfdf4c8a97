//! How the members of a network stand with the duties that a rule of the network counts.
//!
//! The one place where something of one organization reaches the verdicts of another, and
//! it is days and states without a name or a paper: what a rule such as "at least 80% of
//! the members …" needs to be counted. Costs a history for each member each time that the
//! network's own organization is judged; other organizations pay nothing.

use super::book::Book;
use super::indexes::Situation;
use super::member::Member;
use super::{Input, Network, Now};
use crate::judge::{self, Duty, Fellows, Profile, View};
use crate::norm::Norm;
use crate::program::{Program, Rule};
use crate::timeline::AsOf;
use std::sync::Arc;

impl Network {
    /// Takes the organizations whose rules count members to whom something happened, each
    /// for an [`Input::DayPassed`]: they are counted once a pass, not once a paper.
    pub fn take_stirred(&mut self) -> Vec<String> {
        std::mem::take(&mut self.stirred).into_iter().collect()
    }

    /// Whether an organization's rules count the other members.
    pub fn counts_members(&self, organization: &str) -> bool {
        self.counting.contains(organization)
    }

    /// Whether anybody's rules count the other members.
    pub fn has_counting(&self) -> bool {
        !self.counting.is_empty()
    }

    /// Counts the members anew for whoever's rules count them: for looks at a network that
    /// was put back from its store.
    pub fn see_fellows(&mut self, now: &Now) {
        for id in self.counting.clone() {
            see(self, &id, now);
        }
    }
}

impl Situation {
    /// The same, with the members counted as somebody saw them who knew what `then` does.
    #[must_use]
    pub fn counting_as(self, then: &Member) -> Situation {
        let fellows = then.profile.fellows.clone();
        let profile = Arc::new(Profile { fellows, ..(*self.profile).clone() });
        Situation { profile, ..self }
    }
}

/// Counts the members anew for an organization whose rules count them; others are left as
/// they are.
pub(super) fn see(network: &mut Network, id: &str, now: &Now) {
    if !network.counting.contains(id) {
        return;
    }
    let as_of = AsOf::new(now.day, now.instant);
    let book = Arc::clone(&network.book);
    let mut of = Vec::new();
    for (number, norm) in counts(&book) {
        let Some(duty) = book.duty(number) else { continue };
        let members = network.members.values().filter(|member| {
            member.is_registered() && !speaks_of(&book, number, member, as_of)
        });
        let histories = members.map(|member| history(&duty, norm, member, as_of));
        of.push((number, norm.clone(), histories.collect::<Vec<_>>()));
    }
    let Some(member) = network.members.get_mut(id) else { return };
    let today = now.day_of(Some(&*member));
    let mut fellows = Fellows::default();
    for (number, norm, histories) in of {
        let before = member.profile.fellows.of.iter().find(|(known, _)| *known == norm);
        if before.is_none_or(|(_, before)| *before != histories) {
            member.recounted.insert(number);
            member.due_on = member.due_on.map(|due| due.min(today));
        }
        fellows.of.push((norm, histories));
    }
    if member.profile.fellows != fellows {
        member.profile = Arc::new(Profile { fellows, ..(*member.profile).clone() });
    }
}

/// Something may happen to a member: whoever counts it waits to be judged.
pub(super) fn stir(network: &mut Network, input: &Input) {
    let Some(id) = stirs(input) else { return };
    let others = network.counting.iter().filter(|other| *other != id).cloned();
    network.stirred.extend(others);
}

/// The member whose standing may be another after this.
fn stirs(input: &Input) -> Option<&str> {
    match input {
        Input::Organization(organization) => Some(&organization.id),
        Input::OrganizationGone(id) => Some(id),
        Input::Withdrawn { organization, .. } | Input::Settled { organization } => {
            Some(organization)
        }
        _ => None,
    }
}

/// Who counts the members, of everybody who is registered.
pub(super) fn settle_counting(network: &mut Network, now: &Now) {
    let book = Arc::clone(&network.book);
    let as_of = AsOf::new(now.day, now.instant);
    let counting = network.members.iter().filter(|(_, member)| {
        member.is_registered()
            && counts(&book).any(|(number, _)| speaks_of(&book, number, member, as_of))
    });
    network.counting = counting.map(|(id, _)| id.clone()).collect();
}

/// The counting norms of all rules, each with the number of its rule.
pub(super) fn counts(book: &Book) -> impl Iterator<Item = (usize, &Norm)> {
    book.rules().flat_map(|(number, _, rule)| counting(rule).map(move |it| (number, it)))
}

/// Whether a program's rules count the members of a network.
pub fn counts_members(program: &Program) -> bool {
    let mut rules = program.rulebooks.iter().flat_map(|rulebook| &rulebook.rules);
    rules.any(|rule| counting(rule).next().is_some())
}

/// The norms of a rule that count members.
pub(super) fn counting(rule: &Rule) -> impl Iterator<Item = &Norm> {
    let instead = rule.exceptions.iter().filter_map(|exception| exception.then.as_ref());
    let norms = std::iter::once(&rule.norm).chain(instead).flat_map(Norm::parts);
    norms.filter(|norm| matches!(norm, Norm::Members { .. }))
}

fn speaks_of(book: &Book, number: usize, member: &Member, as_of: AsOf) -> bool {
    book.duty(number).is_some_and(|duty| judge::speaks_of(&duty, &view(member, as_of)))
}

fn history(duty: &Duty<'_>, norm: &Norm, member: &Member, as_of: AsOf) -> judge::History {
    let Norm::Members { who, norm, .. } = norm else { return judge::History::new() };
    let own = Duty {
        norm,
        applies_to: who.as_ref(),
        exceptions: &[],
        gives_way_to: &[],
        answers: None,
        ..*duty
    };
    judge::history(&own, &view(member, as_of))
}

fn view(member: &Member, as_of: AsOf) -> View<'_> {
    View::new(&member.profile, &member.timeline, as_of)
}
