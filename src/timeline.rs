//! What one organization's papers are evidence of, in time and in the order it was known.
//!
//! Bitemporal: each entry has the day it speaks of and the instant it was received, and,
//! when a later paper corrected it, the instant from which it no longer counts. Entries lie
//! sorted by subject and day, so that a rule reads one slice. Knows no rule and no clock.

use crate::calendar::Day;
use crate::document::{FactName, Passage, Sha256};
use crate::norm::{Act, TermId};
use std::collections::BTreeSet;
use std::sync::Arc;

mod columns;
mod found;

pub use columns::{Columns, Row, Rows};
pub use found::Contained;

/// Seconds since 1970 at which something became known.
pub type Instant = i64;

/// A judgement's two times: facts whose event lies after `day` do not count, nor do facts
/// received after `known`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct AsOf {
    pub day: Day,
    pub known: Instant,
    /// Corrections up to this instant apply: as a rule those known, and fewer only where a
    /// delta asks what the corrections alone did.
    pub corrected: Instant,
}

/// What an entry tells of a noun: an act done, or a state seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Aspect {
    Done(Act),
    /// How many members a body has from that day.
    Size,
    /// The last day of a body's mandate.
    MandateEnd,
    /// Who is in a body from that day: all entries of one paper are the whole body.
    Seat,
    /// Whether a meeting was said to be quorate: `count` is 1 or 0.
    Quorate,
    /// The minutes of the meeting of the day `about` were written; `count` is 0 where only
    /// their arrival tells it, and they were written by then.
    Written,
}

/// A noun and an aspect in one number, so that entries sort by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Subject(pub u32);

/// One thing that a paper is evidence of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    pub subject: Subject,
    /// The day it happened, or from which it holds.
    pub day: Day,
    /// Tells apart two events of one subject on one day; 0 where the papers state no number.
    pub number: u32,
    /// The end of the fiscal year or period that the paper is about; for a meeting called
    /// again, the day of the first call.
    pub about: Option<Day>,
    /// For a certificate: the last day of its validity.
    pub until: Option<Day>,
    /// Present at a meeting, or the members of a body; the number of one among several
    /// papers of a kind.
    pub count: Option<u16>,
    /// Members in office, where the minutes state them.
    pub of: Option<u16>,
    pub by: Option<TermId>,
    pub to: Option<TermId>,
    /// Whom it concerns: the place in [`Timeline::names`] plus one; 0 for nobody.
    pub who: u16,
    pub known: Instant,
    /// From this instant a later paper or a person has replaced it.
    pub superseded: Instant,
    /// Some other paper gave another day for this numbered event: at which instants both
    /// stood, [`Timeline::is_contradicted`] says.
    pub contradicted: bool,
    /// Index into [`Timeline::papers`].
    pub paper: u32,
}

/// A paper that stands behind entries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    pub sha256: Sha256,
    /// The path under the drop folder that it was first seen at.
    pub path: Box<str>,
    pub received: Instant,
    /// The keys of the items that were found in it, for `contains:` rules.
    pub contains: BTreeSet<String>,
    /// The words that state what its entries say, by what they state.
    pub passages: Box<[(FactName, Passage)]>,
}

/// A paper that could be the evidence and is not understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubt {
    pub sha256: Sha256,
    /// What it may be about; empty when that is not known either.
    pub nouns: Vec<TermId>,
    /// The day it may speak of.
    pub day: Option<Day>,
    /// It gives different days for one event, this day among them.
    pub contradictory: bool,
    /// The day it arrived, in the organization's zone.
    pub received_on: Day,
    pub known: Instant,
    /// When it was understood, replaced or withdrawn.
    pub settled: Instant,
}

/// How far the drop folder has been seen whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Folder {
    /// The instant of the first full reconciliation of a healthy folder.
    pub first_seen: Option<Instant>,
    /// Since when it cannot be trusted, with the last day on which it could.
    pub unhealthy: Option<(Instant, Day)>,
}

/// Everything known of one organization.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// Sorted by subject, day and number.
    entries: Vec<Entry>,
    /// Each subject that has entries, in order, with the place of its first: the few words
    /// of memory that a rule finds its slice by, where halving would touch a dozen lines.
    subjects: Vec<(Subject, u32)>,
    /// Shared with whoever looks at what a fact more would change.
    pub papers: Arc<Vec<Paper>>,
    /// The people that papers name, folded, each once.
    pub names: Vec<Box<str>>,
    pub doubts: Vec<Doubt>,
    pub folder: Folder,
    /// The entries once more, as the judge reads them fastest, while they are not changed.
    columns: Option<Columns>,
}

/// "Never replaced."
pub const FOR_EVER: Instant = Instant::MAX;

/// Below it are the aspects that this program names itself; `limits::TERMS_MAX` leaves room
/// above it for every verb of a vocabulary.
const FIRST_VERB: u32 = 256;

impl AsOf {
    pub fn new(day: Day, known: Instant) -> AsOf {
        AsOf { day, known, corrected: known }
    }
}

impl Subject {
    pub fn new(noun: TermId, aspect: Aspect) -> Subject {
        let aspect = match aspect {
            Aspect::Done(Act::Meet) => 0,
            Aspect::Done(Act::Prepare) => 1,
            Aspect::Done(Act::Publish) => 2,
            Aspect::Done(Act::Adopt) => 3,
            Aspect::Done(Act::Submit) => 4,
            Aspect::Done(Act::Sign) => 5,
            Aspect::Done(Act::Review) => 6,
            Aspect::Done(Act::Validate) => 7,
            Aspect::Size => 8,
            Aspect::Done(Act::Occur) => 9,
            Aspect::MandateEnd => 10,
            Aspect::Seat => 11,
            Aspect::Quorate => 12,
            Aspect::Written => 13,
            Aspect::Done(Act::Verb(verb)) => FIRST_VERB + u32::from(verb.0),
        };
        Subject(u32::from(noun.0) << 16 | aspect)
    }

    /// Whether it tells of a signature, under whatever paper.
    pub fn is_signing(self) -> bool {
        let signing = Subject::new(self.noun(), Aspect::Done(Act::Sign));
        self == signing
    }

    /// Whether it tells that a paper is there.
    pub fn is_on_file(self) -> bool {
        self == Subject::new(self.noun(), Aspect::Done(Act::Prepare))
    }

    /// Whether it tells how many members a body has.
    pub fn is_size(self) -> bool {
        self == Subject::new(self.noun(), Aspect::Size)
    }

    pub fn noun(self) -> TermId {
        TermId(u16::try_from(self.0 >> 16).expect("invariant: built from a u16"))
    }
}

impl Entry {
    /// An entry with nothing stated beyond what happened and when.
    pub fn new(subject: Subject, day: Day, known: Instant, paper: u32) -> Entry {
        Entry {
            subject,
            day,
            number: 0,
            about: None,
            until: None,
            count: None,
            of: None,
            by: None,
            to: None,
            who: 0,
            known,
            superseded: FOR_EVER,
            contradicted: false,
            paper,
        }
    }

    /// Whether it counts for somebody who knows what was received up to `as_of.known`, on
    /// the day judged.
    pub fn counts(&self, as_of: AsOf) -> bool {
        self.day <= as_of.day && self.is_known(as_of)
    }

    /// Whether it was known, whatever day it speaks of.
    pub fn is_known(&self, as_of: AsOf) -> bool {
        self.known <= as_of.known && as_of.corrected < self.superseded
    }

    /// Whether both give different days for one numbered event.
    fn contradicts(&self, other: &Entry) -> bool {
        self.subject == other.subject
            && self.number != 0
            && self.number == other.number
            && self.day != other.day
            && self.day.year() == other.day.year()
            && !self.is_of_another(other)
    }

    /// Two people number what they give each for themselves.
    fn is_of_another(&self, other: &Entry) -> bool {
        self.who != 0 && other.who != 0 && self.who != other.who
    }

    fn key(&self) -> (Subject, Day, u32) {
        (self.subject, self.day, self.number)
    }

    /// Whether both are about the same event or the same period.
    fn same_matter(&self, other: &Entry) -> bool {
        self.subject == other.subject
            && match (self.about, other.about) {
                (Some(mine), Some(theirs)) => mine == theirs,
                _ => {
                    self.day == other.day
                        || (self.number != 0
                            && self.number == other.number
                            && self.day.year() == other.day.year()
                            && !self.is_of_another(other))
                }
            }
    }
}

impl Folder {
    /// The last day through which "no evidence" may be read as "none was given", as known
    /// at an instant; for ever while the folder is healthy, `None` before it was ever seen.
    pub fn healthy_through(&self, known: Instant) -> Option<Day> {
        let first = self.first_seen?;
        match self.unhealthy {
            _ if known < first => None,
            Some((since, last_good)) if since <= known => Some(last_good),
            _ => Some(Day::LATEST),
        }
    }
}

impl PartialEq for Timeline {
    /// Whether both say the same: whether they are settled says nothing.
    fn eq(&self, other: &Timeline) -> bool {
        self.entries == other.entries
            && self.papers == other.papers
            && self.names == other.names
            && self.doubts == other.doubts
            && self.folder == other.folder
    }
}

impl Eq for Timeline {}

impl Timeline {
    /// The papers, to be added to.
    pub fn papers_mut(&mut self) -> &mut Vec<Paper> {
        Arc::make_mut(&mut self.papers)
    }

    /// A copy that something is added to: it is not laid out, and shares its papers.
    pub fn to_add_to(&self) -> Timeline {
        Timeline {
            entries: self.entries.clone(),
            subjects: self.subjects.clone(),
            papers: Arc::clone(&self.papers),
            names: self.names.clone(),
            doubts: self.doubts.clone(),
            folder: self.folder,
            columns: None,
        }
    }

    /// Lays the entries out for the judge, who reads them much faster then. To be called
    /// when a paper has been taken in; judging gives the same without.
    pub fn settle(&mut self) {
        self.columns.get_or_insert_with(|| Columns::of(&self.entries, &self.papers));
    }

    /// The entries as [`Timeline::settle`] laid them out, where nothing came after.
    pub fn columns(&self) -> Option<&Columns> {
        self.columns.as_ref()
    }

    /// The entries of one subject, by day.
    pub fn of(&self, subject: Subject) -> &[Entry] {
        let place = |at: usize| self.subjects.get(at).map(|(_, from)| index(*from));
        let found = self.subjects.binary_search_by_key(&subject, |(subject, _)| *subject);
        let Ok(at) = found else { return &[] };
        let from = place(at).unwrap_or_default();
        let to = place(at + 1).unwrap_or(self.entries.len());
        self.entries.get(from..to).unwrap_or_default()
    }

    /// Whether another paper, known then as it was, gives another day for this event.
    pub fn is_contradicted(&self, entry: &Entry, as_of: AsOf) -> bool {
        let others = || self.of(entry.subject).iter();
        entry.contradicted
            && others().any(|other| other.is_known(as_of) && entry.contradicts(other))
    }

    /// The number of a person for [`Entry::who`]; a new name is added. Beyond
    /// [`crate::limits::NAMES_MAX`] names nobody is told apart any more.
    pub fn who(&mut self, folded: &str) -> u16 {
        let known = self.names.iter().position(|name| **name == *folded);
        if known.is_none() && self.names.len() >= crate::limits::NAMES_MAX {
            return 0;
        }
        let at = known.unwrap_or_else(|| {
            self.names.push(folded.into());
            self.names.len() - 1
        });
        u16::try_from(at + 1).expect("invariant: NAMES_MAX is below 65,536")
    }

    /// The folded name of whom an entry concerns.
    pub fn name(&self, who: u16) -> Option<&str> {
        let at = usize::from(who).checked_sub(1)?;
        self.names.get(at).map(|name| &**name)
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds what a paper tells. Numbered events that another paper dates differently are
    /// marked on both sides, whichever came first.
    pub fn add(&mut self, mut entry: Entry) {
        self.columns = None;
        for other in &mut self.entries {
            if entry.contradicts(other) {
                other.contradicted = true;
                entry.contradicted = true;
            }
        }
        let at = self.entries.partition_point(|other| {
            (other.key(), other.known, other.paper)
                < (entry.key(), entry.known, entry.paper)
        });
        // Grown in small steps: most organizations have few papers, and there are many.
        if self.entries.len() == self.entries.capacity() {
            self.entries.reserve_exact(self.entries.len() / 8 + 4);
        }
        self.entries.insert(at, entry);
        self.list(entry.subject, at);
    }

    /// Keeps the list of subjects true when an entry has come to lie at `at`.
    fn list(&mut self, subject: Subject, at: usize) {
        let known = self.subjects.partition_point(|(other, _)| *other < subject);
        if self.subjects.get(known).is_none_or(|(other, _)| *other != subject) {
            let at = u32::try_from(at)
                .expect("invariant: every paper of every fact fits 32 bits");
            self.subjects.reserve_exact(1);
            self.subjects.insert(known, (subject, at));
        }
        for (_, from) in self.subjects.iter_mut().skip(known + 1) {
            *from += 1;
        }
    }

    /// A new version of a paper's path replaces what the old version said of the same event
    /// or period, from `at` on. Everything else the old version said stays evidence.
    pub fn supersede(&mut self, old_paper: u32, new_paper: u32, at: Instant) {
        self.columns = None;
        let newer: Vec<Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.paper == new_paper)
            .copied()
            .collect();
        for entry in &mut self.entries {
            let replaced = entry.paper == old_paper
                && newer.iter().any(|other| other.same_matter(entry));
            if replaced {
                entry.superseded = entry.superseded.min(at);
            }
        }
    }

    /// From `at` on, nothing that this paper said counts.
    pub fn withdraw(&mut self, paper: u32, at: Instant) {
        self.columns = None;
        for entry in self.entries.iter_mut().filter(|entry| entry.paper == paper) {
            entry.superseded = entry.superseded.min(at);
        }
    }

    /// Whether a paper is one about a meeting. Cost is linear in the entries.
    pub fn tells_of_a_meeting(&self, paper: u32) -> bool {
        self.entries.iter().any(|entry| {
            entry.paper == paper
                && entry.subject
                    == Subject::new(entry.subject.noun(), Aspect::Done(Act::Meet))
        })
    }

    /// The first day that any paper speaks of, of those known and not taken back by then.
    pub fn first_day(&self, as_of: AsOf) -> Option<Day> {
        let known = self.entries.iter().filter(|entry| entry.is_known(as_of));
        known.map(|entry| entry.day).min()
    }
}

fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
