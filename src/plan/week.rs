//! The week of a network as its officer is told of it: how its organizations stand, and who
//! has something new that is not met.

use super::Network;
use super::correspondence::text_of;
use super::member::Member;
use super::waivers;
use crate::calendar::{Day, Period};
use crate::letters::Recipient;
use crate::letters::body::{DigestLine, News, OfficerSummary};
use crate::text::Bilingual;
use crate::verdict::State;
use std::sync::Arc;

/// How an organization stands, by its gravest rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    OnTrack,
    DueSoon,
    Unknown,
    Late,
}

impl Network {
    /// The day of the week on which digests are written, 0 = Sunday … 6 = Saturday; Sunday
    /// unless said.
    pub fn digest_on(&mut self, weekday: u8) {
        self.digest_weekday = weekday;
        for member in self.members.values_mut() {
            member.digest_weekday = weekday;
        }
    }

    /// Who looks after the network, if anybody does.
    pub fn looked_after_by(&mut self, officer: Option<Recipient>) {
        self.officer = officer.map(Arc::new);
        for member in self.members.values_mut() {
            member.officer.clone_from(&self.officer);
        }
    }

    /// How many verdicts there are.
    pub fn verdicts(&self) -> u32 {
        let verdicts =
            self.members().map(|member| member.verdicts.iter().flatten().count());
        u32::try_from(verdicts.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// The summary of a week, without what only a store knows; `None` where no folder had
    /// been seen before the week was over.
    pub fn summary_of(&self, week: Period) -> Option<OfficerSummary> {
        let mut summary = OfficerSummary {
            week,
            on_track: 0,
            due_soon: 0,
            late: 0,
            unknown: 0,
            newly_late: Vec::new(),
            waivers: Vec::new(),
            to_review: Vec::new(),
            unreachable: Vec::new(),
            checkpoint: None,
        };
        let mut judged: Vec<&Member> =
            self.members().filter(|member| knew(member, week.to)).collect();
        judged.sort_by_key(|member| &member.organization().id);
        for member in &judged {
            let counted = match self.standing(member) {
                Standing::OnTrack => &mut summary.on_track,
                Standing::DueSoon => &mut summary.due_soon,
                Standing::Unknown => &mut summary.unknown,
                Standing::Late => &mut summary.late,
            };
            *counted += 1;
            summary.newly_late.extend(self.newly_late(member, week));
            let ending = waivers::lines(member, self.book(), week.to.next());
            let name = &member.organization().name;
            summary.waivers.extend(ending.map(|line| (name.clone(), line)));
        }
        (!judged.is_empty()).then_some(summary)
    }

    fn standing(&self, member: &Member) -> Standing {
        let book = self.book();
        let counting = book.rules().filter(|(number, _, _)| book.counts(*number));
        let verdicts = counting.filter_map(|(number, _, _)| member.verdicts.get(number));
        let standing = verdicts.map(|verdict| match verdict.state {
            state if state.is_not_met() => Standing::Late,
            State::AwaitingEvidence | State::InsufficientEvidence | State::Error => {
                Standing::Unknown
            }
            _ if verdict.upcoming == Some(State::DueSoon) => Standing::DueSoon,
            _ => Standing::OnTrack,
        });
        standing.max().unwrap_or(Standing::OnTrack)
    }

    fn newly_late(&self, member: &Member, week: Period) -> Vec<(Bilingual, DigestLine)> {
        let of_week = member
            .findings()
            .filter(|finding| finding.closed.is_none() && week.contains(finding.opened));
        let lines = of_week.filter_map(|finding| {
            let number = self.book().number(&finding.key.rulebook, &finding.key.rule)?;
            let (_, rule) = self.book().rule(number)?;
            let line = DigestLine {
                rule: rule.id.clone(),
                text: text_of(rule),
                news: News::BecameNotMet,
                day: Some(finding.due),
            };
            Some((member.organization().name.clone(), line))
        });
        lines.collect()
    }
}

/// Whether its folder was seen by the end of a day, and it has been judged.
fn knew(member: &Member, day: Day) -> bool {
    let seen = member.timeline.folder.first_seen;
    let seen = seen.and_then(|at| i32::try_from(at.div_euclid(86_400)).ok());
    member.is_judged() && seen.is_some_and(|seen| Day(seen) <= day)
}
