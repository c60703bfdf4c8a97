//! What papers that arrive, are corrected or are taken back do to what is known of their
//! organization, and which rules have to be judged again for it.

use super::PaperRead;
use super::burst::BurstItem;
use super::member::{Member, Touched};
use crate::calendar::Day;
use crate::document::Sha256;
use crate::evidence::{self, About, Arrival};
use crate::timeline::{AsOf, FOR_EVER, Instant};
use crate::vocabulary::Vocabulary;

impl Member {
    /// Takes a paper into the timeline and the burst.
    pub(super) fn take(
        &mut self,
        vocabulary: &Vocabulary,
        paper: &PaperRead,
        receipted: bool,
    ) {
        self.used = true;
        let known_before = self.number(paper.sha256);
        let start = self.start();
        let mut about = About::Nouns(Vec::new());
        if known_before.is_none() {
            let arrival = Arrival {
                sha256: paper.sha256,
                path: &paper.path,
                received: paper.received,
                received_on: paper.received_on,
            };
            let (number, touched) =
                evidence::add(&mut self.timeline, vocabulary, arrival, &paper.reading);
            self.enter(paper.sha256, number);
            about = touched;
        }
        self.replace(paper, paper.received);
        if !receipted {
            self.burst.push(BurstItem::of(vocabulary, paper, &about));
        }
        // Every duty begins with the membership.
        self.touch(if self.start() == start { about } else { About::Anything });
    }

    /// The first day of its duties, by the register or by all papers that stand.
    fn start(&self) -> Option<Day> {
        let now = AsOf::new(Day::LATEST, FOR_EVER - 1);
        self.profile.start.or_else(|| self.timeline.first_day(now))
    }

    /// Takes back what a paper said and takes in what it says since a person corrected it:
    /// both stay, each with its time.
    pub(super) fn correct(
        &mut self,
        vocabulary: &Vocabulary,
        paper: &PaperRead,
        at: Instant,
    ) {
        if self.number(paper.sha256).is_none() {
            return;
        }
        self.withdraw(paper.sha256, at);
        let arrival = Arrival {
            sha256: paper.sha256,
            path: &paper.path,
            received: at,
            received_on: paper.received_on,
        };
        let (number, _) =
            evidence::add(&mut self.timeline, vocabulary, arrival, &paper.reading);
        let place = self.position(paper.sha256);
        if let Some(entered) = self.papers.get_mut(place) {
            *entered = number;
        }
        self.replace(paper, at);
    }

    /// The old content of the paper's path gives way to the new one: facts about the same
    /// event or period, and the doubts that the new content settles.
    fn replace(&mut self, paper: &PaperRead, at: Instant) {
        let Some(old) = paper.replaces else { return };
        let numbers = (self.number(old), self.number(paper.sha256));
        if let (Some(old_number), Some(new_number)) = numbers {
            self.timeline.supersede(old_number, new_number, at);
        }
        for doubt in self.timeline.doubts.iter_mut().filter(|doubt| doubt.sha256 == old) {
            doubt.settled = doubt.settled.min(at);
        }
        self.touched = Touched::Everything;
    }

    pub(super) fn withdraw(&mut self, sha256: Sha256, at: Instant) {
        if let Some(number) = self.number(sha256) {
            self.timeline.withdraw(number, at);
        }
        for doubt in
            self.timeline.doubts.iter_mut().filter(|doubt| doubt.sha256 == sha256)
        {
            doubt.settled = doubt.settled.min(at);
        }
        self.touched = Touched::Everything;
    }

    /// A content's number in the timeline.
    pub(super) fn number(&self, sha256: Sha256) -> Option<u32> {
        let at = self.position(sha256);
        self.papers.get(at).copied().filter(|number| self.hash(*number) == Some(sha256))
    }

    fn enter(&mut self, sha256: Sha256, number: u32) {
        let at = self.position(sha256);
        self.papers.insert(at, number);
    }

    fn position(&self, sha256: Sha256) -> usize {
        self.papers.partition_point(|number| self.hash(*number) < Some(sha256))
    }

    fn hash(&self, number: u32) -> Option<Sha256> {
        let paper = self.timeline.papers.get(usize::try_from(number).ok()?)?;
        Some(paper.sha256)
    }

    fn touch(&mut self, about: About) {
        match (&mut self.touched, about) {
            (Touched::Everything, _) => {}
            (Touched::Nouns(touched), About::Nouns(nouns)) => touched.extend(nouns),
            (Touched::Nouns(_), About::Anything) => self.touched = Touched::Everything,
        }
    }
}
