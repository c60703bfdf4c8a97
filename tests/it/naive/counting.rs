//! Which deeds count: S-71.

use mithaq::norm::{Act, Counting, Occurrence, Signers, TermId};
use mithaq::timeline::{Aspect, Subject};

use super::clock::Duty;
use super::known::{Event, Fact, events};
use super::meetings::{Says, meets};

impl<'c> Duty<'_, 'c> {
    /// What papers tell of a deed, without what certainly does not count; what may not count
    /// is not sure.
    pub(super) fn deeds(&self, what: Occurrence) -> Vec<Fact<'c>> {
        let mut deeds = self.known.of(what);
        let asked = self.said.only.iter().filter(|asked| concerns(asked, what));
        for asked in asked {
            deeds.retain(|fact| self.counts(asked, fact) != Says::NotSo);
            for fact in &mut deeds {
                fact.contradicted |= self.counts(asked, fact) != Says::So;
            }
        }
        deeds
    }

    /// The same as events.
    pub(super) fn events(&self, what: Occurrence) -> Vec<Event<'c>> {
        events(&self.deeds(what))
    }

    fn counts(&self, asked: &Counting, fact: &Fact<'_>) -> Says {
        match asked {
            Counting::Attended { body, share } => {
                self.at_its_meeting(*body, fact, |paper| {
                    self.came((*body, *share), paper.entry)
                })
            }
            Counting::Present { body, least } => {
                self.at_its_meeting(*body, fact, |paper| match paper.entry.count {
                    None => Says::Nothing,
                    Some(present) if present >= *least => Says::So,
                    Some(_) => Says::NotSo,
                })
            }
            Counting::Quorate { body } => self
                .at_its_meeting(*body, fact, |paper| self.is_quorate(*body, paper.entry)),
            Counting::Signed(by) => self.is_signed(by, fact),
        }
    }

    /// What all papers about the meeting say together: the meeting itself, or the one of the
    /// day on which the body did it.
    fn at_its_meeting(
        &self,
        body: TermId,
        fact: &Fact<'_>,
        says: impl Fn(&Fact<'_>) -> Says,
    ) -> Says {
        let itself = fact.entry.subject == Subject::new(body, Aspect::Done(Act::Meet));
        let number = if itself { fact.entry.number } else { 0 };
        let papers = self.known.of(meets(body));
        let same = |paper: &&Fact<'_>| {
            let other = paper.entry.number;
            let agrees = number == 0 || other == 0 || number == other;
            paper.entry.day == fact.entry.day && agrees
        };
        Says::together(papers.iter().filter(same).map(says))
    }

    /// Whether the paper that tells of it is signed by those asked for, else by anybody.
    fn is_signed(&self, by: &[Signers], fact: &Fact<'_>) -> Says {
        let marks = self.known.facts.iter().filter(|mark| {
            let entry = mark.entry;
            let signs = Subject::new(entry.subject.noun(), Aspect::Done(Act::Sign));
            mark.paper == fact.paper && entry.subject == signs
        });
        let named = |mark: &&Fact<'_>| {
            let entry = mark.entry;
            by.is_empty() || entry.by.is_some() || entry.who != 0 || entry.count.is_some()
        };
        let marks: Vec<Fact<'_>> = marks.filter(named).copied().collect();
        if marks.is_empty() {
            return Says::Nothing;
        }
        let enough = |signers: &Signers| {
            let (sure, perhaps) = self.signers(signers.role, &marks);
            let least = usize::from(signers.least);
            (sure >= least, perhaps >= least)
        };
        let all: Vec<(bool, bool)> = by.iter().map(enough).collect();
        match () {
            () if all.iter().all(|(sure, _)| *sure) => Says::So,
            () if all.iter().any(|(_, perhaps)| !perhaps) => Says::NotSo,
            () => Says::Nothing,
        }
    }
}

/// Whether it is asked of this deed: of a meeting of the body, or of what the body does.
fn concerns(asked: &Counting, what: Occurrence) -> bool {
    let body = match asked {
        Counting::Attended { body, .. }
        | Counting::Present { body, .. }
        | Counting::Quorate { body } => *body,
        Counting::Signed(_) => return true,
    };
    match what.act {
        Act::Meet => what.noun == body,
        // What a body decides, or does by a verb of its own.
        Act::Adopt | Act::Verb(_) => what.by.is_none_or(|by| by == body),
        _ => what.by == Some(body),
    }
}
