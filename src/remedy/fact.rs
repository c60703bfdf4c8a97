//! One fact that could be known, and how it is put beside what is.

use super::Range;
use super::person::Person;
use std::borrow::Cow;

use crate::calendar::Day;
use crate::document::Sha256;
use crate::judge::Profile;
use crate::norm::{Act, Item, Occurrence, Quantity, TermId};
use crate::timeline::{AsOf, Aspect, Entry, Folder, Instant, Paper, Subject, Timeline};

/// A fact that a paper or a person could state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// Something happened, on days that are free to choose.
    Deed(Deed),
    /// A body has so many members, from a day that is free to choose.
    Members { body: TermId, count: u16 },
    /// The minutes of the meeting on this day state who came.
    Attendance { body: TermId, on: Day, present: u16, of: Option<u16> },
    /// The minutes of the meeting on this day state that it was quorate.
    Quorate { body: TermId, on: Day },
    /// A new version of this paper contains these too.
    Contains { paper: u32, document: TermId, on: Day, items: Vec<Item> },
    /// A new version of this paper is signed by these.
    Signed { paper: u32, document: TermId, on: Day, by: Vec<TermId>, marks: u16 },
    /// A number or a characteristic of the organization, from this day on.
    Attribute { name: TermId, on: Day, value: Quantity },
    /// Somebody says what this paper is, and it is none that matters here.
    Understood { paper: Sha256 },
    /// Of papers that contradict each other, this one is wrong.
    Withdrawn { paper: u32 },
    /// The drop folder is seen whole.
    FolderSeen,
    /// Something about people, which the register states.
    Person(Person),
    /// The register states the organization's type: this one, or another.
    Type { of: TermId, is: bool },
    /// The register states the day on which the organization was founded.
    Founded { on: Day },
    /// A fact whose day is free to choose in a time of its own.
    During { fact: Box<Fact>, days: Range },
}

/// Something that happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    pub what: Occurrence,
    /// On so many days, one after another.
    pub times: u16,
    /// The end of the fiscal year, or the day of the event, that it is about.
    pub about: Option<Day>,
    /// The number of the contract, the purchase or the complaint that it belongs to.
    pub number: u32,
    /// Present, of members in office.
    pub attended: Option<(u16, u16)>,
    /// Who did it.
    pub who: Option<String>,
    /// Of a certificate: its last valid day.
    pub until: Option<Day>,
}

impl Deed {
    /// One, with nothing said beyond what happened.
    pub fn of(what: Occurrence) -> Deed {
        let (times, number) = (1, 0);
        let (about, attended, who, until) = (None, None, None, None);
        Deed { what, times, about, number, attended, who, until }
    }
}

impl Fact {
    /// The name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Fact::Deed(_) => "deed",
            Fact::Members { .. } => "members",
            Fact::Attendance { .. } => "attendance",
            Fact::Quorate { .. } => "quorum",
            Fact::Contains { .. } => "contents",
            Fact::Signed { .. } => "signatures",
            Fact::Attribute { .. } => "attribute",
            Fact::Understood { .. } => "paper_understood",
            Fact::Withdrawn { .. } => "day_corrected",
            Fact::FolderSeen => "folder_seen",
            Fact::Person(person) => person.name(),
            Fact::Type { .. } => "type",
            Fact::Founded { .. } => "founded",
            Fact::During { fact, .. } => fact.name(),
        }
    }

    /// Whether it has a time of its own, in which it would have to be.
    pub(super) fn is_placed(&self) -> bool {
        matches!(self, Fact::During { .. })
    }

    /// The days that it takes, of those that are free to choose.
    pub(super) fn days(&self) -> i32 {
        match self {
            Fact::Deed(deed) => i32::from(deed.times),
            Fact::Members { .. } => 1,
            _ => 0,
        }
    }

    /// The same on the first of its days, where it has a time of its own.
    pub(super) fn at_first(&self) -> Fact {
        match self {
            Fact::During { fact, days: Range { from: Some(from), .. } } => {
                Fact::During { fact: fact.clone(), days: stretch(*from, fact.days()) }
            }
            other => other.clone(),
        }
    }

    /// The same on the last of its days.
    pub(super) fn at_last(&self) -> Fact {
        match self {
            Fact::During { fact, days } => {
                let first = days.to.plus_days(1 - fact.days());
                Fact::During { fact: fact.clone(), days: stretch(first, fact.days()) }
            }
            other => other.clone(),
        }
    }

    /// Puts it beside what is known; gives the next day that is free.
    pub(super) fn put(
        &self,
        (profile, timeline): (&mut Cow<'_, Profile>, &mut Timeline),
        day: Day,
        as_of: AsOf,
    ) -> Day {
        let known = as_of.known;
        match self {
            Fact::Deed(deed) => return deed.put(timeline, day, as_of),
            Fact::Members { body, count } => {
                let paper = new_paper(timeline, known);
                let subject = Subject::new(*body, Aspect::Size);
                let mut entry = Entry::new(subject, day, known, paper);
                entry.count = Some(*count);
                timeline.add(entry);
                return day.next();
            }
            Fact::Attendance { body, on, present, of } => {
                let meets = Subject::new(*body, Aspect::Done(Act::Meet));
                restate(timeline, (meets, *on), as_of, |entry| {
                    entry.count = Some(*present);
                    entry.of = of.or(entry.of);
                });
            }
            Fact::Quorate { body, on } => {
                let paper = new_paper(timeline, known);
                let subject = Subject::new(*body, Aspect::Quorate);
                let mut entry = Entry::new(subject, *on, known, paper);
                entry.count = Some(1);
                timeline.add(entry);
            }
            Fact::Contains { paper, items, .. } => {
                let place = usize::try_from(*paper).ok();
                if let Some(paper) =
                    place.and_then(|at| timeline.papers_mut().get_mut(at))
                {
                    paper.contains.extend(items.iter().map(Item::key));
                }
            }
            Fact::Signed { paper, document, on, by, marks } => {
                let subject = Subject::new(*document, Aspect::Done(Act::Sign));
                for role in by {
                    let mut entry = Entry::new(subject, *on, known, *paper);
                    entry.by = Some(*role);
                    timeline.add(entry);
                }
                if *marks > 0 {
                    let mut entry = Entry::new(subject, *on, known, *paper);
                    entry.count = Some(*marks);
                    timeline.add(entry);
                }
            }
            Fact::Attribute { name, on, value } => {
                profile.to_mut().attributes.state(*name, *on, *value);
            }
            Fact::Understood { paper } => {
                let doubts = timeline.doubts.iter_mut();
                for doubt in doubts.filter(|doubt| doubt.sha256 == *paper) {
                    doubt.settled = doubt.settled.min(known);
                }
            }
            Fact::Withdrawn { paper } => timeline.withdraw(*paper, known),
            Fact::Person(person) => person.put(&mut profile.to_mut().register),
            Fact::Founded { on } => profile.to_mut().founded = Some(*on),
            Fact::During { fact, days } => {
                let first = days.to.plus_days(1 - fact.days());
                fact.put((profile, timeline), first, as_of);
            }
            // Some other type is none that the vocabulary numbers.
            Fact::Type { of, is } => {
                profile.to_mut().types = vec![if *is { *of } else { TermId(u16::MAX) }];
            }
            Fact::FolderSeen => see(&mut timeline.folder, known),
        }
        day
    }
}

/// The folder is whole, and was at an instant.
fn see(folder: &mut Folder, known: Instant) {
    folder.unhealthy = None;
    folder.first_seen = Some(folder.first_seen.unwrap_or(known).min(known));
}

impl Deed {
    fn put(&self, timeline: &mut Timeline, mut day: Day, as_of: AsOf) -> Day {
        let who = self.who.as_deref().map(crate::text::name_key);
        let who = who.map_or(0, |name| timeline.who(&name));
        for _ in 0..self.times {
            let paper = new_paper(timeline, as_of.known);
            let subject = Subject::new(self.what.noun, Aspect::Done(self.what.act));
            let mut entry = Entry::new(subject, day, as_of.known, paper);
            entry.by = self.what.by;
            entry.to = self.what.to;
            entry.about = self.about;
            entry.number = self.number;
            entry.until = self.until;
            entry.count = self.attended.map(|(present, _)| present);
            // Papers that share a number are not one paper with several days.
            if self.what.act == Act::Prepare && self.number != 0 {
                entry.number = 0;
                entry.count = u16::try_from(self.number).ok();
            }
            entry.of = self.attended.map(|(_, of)| of);
            entry.who = who;
            timeline.add(entry);
            day = day.next();
        }
        day
    }
}

/// So many days from one on.
fn stretch(first: Day, many: i32) -> Range {
    Range { from: Some(first), to: first.plus_days(many - 1) }
}

/// A new version of the papers that tell of something on a day states more of it.
fn restate(
    timeline: &mut Timeline,
    (subject, day): (Subject, Day),
    as_of: AsOf,
    state: impl Fn(&mut Entry),
) {
    let of_day = |entry: &&Entry| entry.day == day && entry.is_known(as_of);
    let old: Vec<u32> =
        timeline.of(subject).iter().filter(of_day).map(|entry| entry.paper).collect();
    for paper in old {
        let said = timeline.entries().iter().filter(|entry| entry.paper == paper);
        let said: Vec<Entry> =
            said.filter(|entry| entry.is_known(as_of)).copied().collect();
        timeline.withdraw(paper, as_of.known);
        let version = new_paper(timeline, as_of.known);
        for mut entry in said {
            (entry.paper, entry.known) = (version, as_of.known);
            entry.superseded = crate::timeline::FOR_EVER;
            if entry.subject == subject && entry.day == day {
                state(&mut entry);
            }
            timeline.add(entry);
        }
    }
}

/// A paper of which nothing is known but that it is there.
fn new_paper(timeline: &mut Timeline, known: Instant) -> u32 {
    timeline.papers_mut().push(Paper {
        sha256: Sha256::ZERO,
        path: "".into(),
        received: known,
        contains: std::collections::BTreeSet::new(),
        passages: Box::default(),
    });
    u32::try_from(timeline.papers.len() - 1).unwrap_or(u32::MAX)
}
