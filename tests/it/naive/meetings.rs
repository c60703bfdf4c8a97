//! What is asked of each meeting of a body.

use mithaq::calendar::{Day, Span};
use mithaq::norm::{Act, Occurrence, Share, TermId};
use mithaq::timeline::{Aspect, Entry};
use mithaq::verdict::{Truth, Unknown};

use super::clock::{Counts, Days, Duty};
use super::known::Event;
use super::slot::Slot;

/// What the papers about one meeting say of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Says {
    So,
    NotSo,
    Nothing,
    /// Two things at once.
    Both,
}

impl Says {
    /// Those that say something, where they all say the same.
    pub(super) fn together(all: impl Iterator<Item = Says>) -> Says {
        let said: Vec<Says> = all.filter(|one| *one != Says::Nothing).collect();
        match said.first() {
            None => Says::Nothing,
            Some(first) if said.iter().all(|one| one == first) => *first,
            Some(_) => Says::Both,
        }
    }

    fn truth(self, day: Day) -> Truth {
        match self {
            Says::So => Truth::True(day),
            Says::NotSo => Truth::False,
            Says::Nothing => Truth::Unknown(Unknown::NotStated),
            Says::Both => Truth::Unknown(Unknown::Contradictory),
        }
    }
}

pub(super) fn meets(body: TermId) -> Occurrence {
    Occurrence { noun: body, act: Act::Meet, by: None, to: None }
}

/// Exactly, without rounding.
pub(super) fn reaches(some: usize, all: usize, share: Share) -> bool {
    let have = some * usize::from(share.denominator);
    let asked = all * usize::from(share.numerator);
    have > asked || (have == asked && !share.exclusive)
}

impl Duty<'_, '_> {
    /// S-15.
    pub(super) fn quorum(&self, (body, share): (TermId, Share), start: Day) -> Vec<Slot> {
        let meetings = self.known.events(meets(body)).into_iter();
        let mine = meetings.filter(|one| start <= one.day && self.binds(one.day));
        let slot = |meeting: Event<'_>| {
            let papers = meeting.papers.iter();
            let said = papers.map(|paper| self.came((body, share), paper.entry));
            let mut slot = self.of_a_day(meeting.day);
            slot.truth = Says::together(said).truth(meeting.day);
            slot
        };
        mine.map(slot).collect()
    }

    /// S-52.
    pub(super) fn bylaws_quorum(&self, body: TermId, start: Day) -> Vec<Slot> {
        let meetings = self.known.events(meets(body)).into_iter();
        let mine = meetings.filter(|one| start <= one.day && self.binds(one.day));
        let slot = |meeting: Event<'_>| {
            let papers = meeting.papers.iter();
            let said = papers.map(|paper| self.is_quorate(body, paper.entry));
            let mut slot = self.of_a_day(meeting.day);
            slot.truth = Says::together(said).truth(meeting.day);
            slot
        };
        mine.map(slot).collect()
    }

    /// By the share on file and those present, and by what the minutes say.
    pub(super) fn is_quorate(&self, body: TermId, paper: &Entry) -> Says {
        let quorums = self.known.case.profile.register.quorums.iter();
        let mine = quorums.filter(|(of, from, _)| *of == body && *from <= paper.day);
        let share = mine.max_by_key(|(_, from, _)| *from).map(|(_, _, share)| *share);
        let counted =
            share.map_or(Says::Nothing, |share| self.came((body, share), paper));
        let told = self.known.about(body, Aspect::Quorate);
        let said = told.iter().map(|fact| fact.entry).filter(|entry| {
            let same = [entry.number, paper.number].contains(&0);
            entry.day == paper.day && (same || entry.number == paper.number)
        });
        let said = said.map(|entry| match entry.count {
            Some(1) => Says::So,
            _ => Says::NotSo,
        });
        Says::together(said.chain([counted]))
    }

    /// S-53.
    pub(super) fn second_call(
        &self,
        (body, first, second): (TermId, Share, Share),
        within: Span,
        start: Day,
    ) -> Vec<Slot> {
        let meetings = self.known.events(meets(body));
        let mine: Vec<_> = meetings.iter().filter(|one| start <= one.day).collect();
        let came = |meeting: &Event<'_>, share: Share| {
            let papers = meeting.papers.iter();
            Says::together(papers.map(|paper| self.came((body, share), paper.entry)))
        };
        let in_time = |from: Day, day: Day| from < day && day <= self.plus(from, within);
        let mut slots = Vec::new();
        let mut answers: Option<usize> = None;
        for (at, meeting) in mine.iter().enumerate() {
            if !self.binds(meeting.day) || answers == Some(at) {
                continue;
            }
            let mut called = meeting.papers.iter().filter_map(|paper| paper.entry.about);
            let is_second = called.any(|before| in_time(before, meeting.day));
            if is_second || came(meeting, first) != Says::NotSo {
                let share = if is_second { second } else { first };
                let mut slot = self.of_a_day(meeting.day);
                slot.truth = came(meeting, share).truth(meeting.day);
                slots.push(slot);
                continue;
            }
            let (from, due) = (meeting.day, self.plus(meeting.day, within));
            let mut slot =
                self.slot(Days { from, to: due, opens: from, due }, Counts::After);
            let next = mine.get(at + 1).filter(|next| in_time(from, next.day));
            answers = next.map(|_| at + 1);
            slot.truth = match next {
                Some(next) => came(next, second).truth(next.day),
                None => self.silence(meets(body), &slot),
            };
            slots.push(slot);
        }
        slots
    }

    /// Whether enough came, by one paper.
    pub(super) fn came(&self, (body, share): (TermId, Share), paper: &Entry) -> Says {
        let Some(present) = paper.count.map(usize::from) else { return Says::Nothing };
        let listed = self.known.listed(body, paper.day).map(|people| people.len());
        let of = paper.of.map(usize::from);
        let stated = of.or_else(|| self.known.members(body, paper.day));
        let enough = |all: Option<usize>| match all {
            None => Says::Nothing,
            Some(all) if reaches(present, all, share) => Says::So,
            Some(_) => Says::NotSo,
        };
        Says::together([enough(listed), enough(stated)].into_iter())
    }
}
