//! What each kind of letter has to tell, as data: whoever plans letters fills these.
//!
//! Days are civil days, points are tenths (63.3 is 633), instants are Unix seconds. Nothing
//! here is a sentence; the kinds' own modules make sentences of it in either language.

use crate::calendar::{Day, Period};
use crate::delta::Cause;
use crate::document::{Problem, Sha256};
use crate::finding::Resolution;
use crate::program::Severity;
use crate::text::Bilingual;

mod answer;
mod rare;

pub use answer::{Answer, Asks, Stage, Undeliverable};
pub use rare::{Flapping, WaiverEnding};

/// A letter's content; the variant is its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Receipt(Receipt),
    Problem(ProblemReport),
    Finding(Box<Finding>),
    Resolved(Box<Resolved>),
    DueSoon(Box<DueSoon>),
    Overdue(Box<Overdue>),
    Digest(Digest),
    OfficerSummary(OfficerSummary),
    IndexDelta(Box<IndexDelta>),
    MethodNotice(MethodNotice),
    FirstSummary(FirstSummary),
    HostHealth(HostHealth),
    Answer(Box<Answer>),
    Undeliverable(Undeliverable),
    WaiverEnding(Box<WaiverEnding>),
    Flapping(Box<Flapping>),
    Test,
}

/// A rule as a letter quotes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleRef {
    /// The rulebook's title, as its author wrote it.
    pub rulebook: String,
    pub id: String,
    /// The author's title, when there is one.
    pub title: Option<String>,
    /// The canonical reading in both languages.
    pub text: Bilingual,
    pub source: Option<String>,
    /// What to do, in the author's words.
    pub remedy: Option<String>,
    pub severity: Severity,
}

/// A burst of files has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// When the first and the last file of the burst arrived.
    pub first_received: i64,
    pub last_received: i64,
    pub items: Vec<ReceiptItem>,
    /// Duties that these papers kept, and whose day the reader has in a calendar.
    pub done: Vec<Dated>,
}

/// A duty whose day may stand in calendars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The subject key of the letters that brought it.
    pub key: String,
    pub rule: RuleRef,
    pub due: Day,
    /// Of the entry that takes it away.
    pub sequence: u32,
}

/// One file of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptItem {
    /// The name in the drop folder, as its owner wrote it.
    pub file: String,
    pub bytes: u64,
    pub sha256: Sha256,
    pub outcome: Outcome,
    /// What it is: "minutes of a board meeting".
    pub kind: Option<Bilingual>,
    /// The date that the paper states.
    pub date: Option<Day>,
    pub period: Option<Period>,
    /// The rules it serves, by id, with what they ask.
    pub serves: Vec<(String, Bilingual)>,
    /// The file that it came in, when it did not come by itself.
    pub carrier: Option<String>,
    /// Files that came inside it; each is an item of its own.
    pub encloses: u32,
    /// The words that its problem is about.
    pub quotes: Vec<Quote>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Understood,
    NeedsALook(Problem),
    /// Read, and no rule speaks of such papers.
    NoneOfOurs,
    NotAccepted(Problem),
    /// The same bytes as this file, received before.
    DuplicateOf(String),
}

/// Files that somebody has to do something about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemReport {
    pub items: Vec<ProblemItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemItem {
    pub file: String,
    pub problem: Problem,
    /// The words that the problem is about.
    pub quotes: Vec<Quote>,
}

/// What a paper says that makes it a problem; no words where its name says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The file, where it is another one than the item's.
    pub file: Option<String>,
    pub day: Option<Day>,
    pub page: Option<u32>,
    pub line: Option<u32>,
    pub text: Option<String>,
}

/// A verdict became *not met*.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Short and stable, in ASCII: `2F41`.
    pub id: String,
    pub version: u32,
    pub rule: RuleRef,
    /// The occasion on which the duty had to be kept.
    pub slot: Option<Period>,
    pub due: Option<Day>,
    pub grace_end: Option<Day>,
    /// The day of the judgement.
    pub as_of: Day,
    pub ground: Ground,
    /// A duty that can still be done late.
    pub still_owed: bool,
    /// What was found: at most a few passages around the deciding words.
    pub evidence: Vec<Evidence>,
    /// How many of the organization's papers were looked at.
    pub papers_searched: u32,
    /// In tenths of points; `None` when the rule is outside the index or the index has no
    /// value.
    pub index_effect: Option<i32>,
    /// Who else received it, as the organization's register names them.
    pub copied_to: Vec<String>,
    /// The least that would repair it, in whole sentences; empty where nobody knows.
    pub repair: Vec<Bilingual>,
    /// When the clock stood still, and what the calendar calls it.
    pub stood_still: Vec<(Period, Option<Bilingual>)>,
}

/// Why a verdict is *not met*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The time has passed and no paper says that it was done.
    #[default]
    NoEvidence,
    /// A paper states what the rule excludes.
    Stated,
}

/// A passage that a letter quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    pub file: String,
    pub sha256: Option<Sha256>,
    pub page: Option<u32>,
    pub line: u32,
    pub text: String,
    /// The day that the paper states for it.
    pub day: Option<Day>,
}

/// What the end of one finding did to the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexEffect {
    /// Tenths of points: the shown value less what it would be with the finding open.
    Points(i32),
    /// The index has no value on one side of the change, or on both.
    Readiness,
}

/// A finding closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub id: String,
    pub version: u32,
    pub rule: RuleRef,
    pub slot: Option<Period>,
    pub how: Resolution,
    /// The file that did it.
    pub document: Option<String>,
    pub opened: Day,
    pub closed: Day,
    /// `None` when the rule is outside the index, and for a lapse that stays on record.
    pub index_effect: Option<IndexEffect>,
    /// Its day, where the reader has it in a calendar.
    pub dated: Option<Dated>,
}

/// A duty whose day is near.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueSoon {
    pub rule: RuleRef,
    pub slot: Option<Period>,
    pub due: Day,
    pub as_of: Day,
    /// Kinds of paper that would show it done.
    pub evidence: Vec<Bilingual>,
    /// Goes up when the same entry's day changes; the calendar's `SEQUENCE`.
    pub sequence: u32,
}

/// A finding that stays open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overdue {
    pub id: String,
    pub version: u32,
    pub rule: RuleRef,
    pub slot: Option<Period>,
    pub due: Day,
    pub as_of: Day,
    pub evidence: Vec<Bilingual>,
    /// From 1.
    pub reminder: u32,
    /// The network's officer knows of it.
    pub escalated: bool,
}

/// How the rules stand; every rule is in exactly one count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub met: u32,
    pub not_met: u32,
    /// On time so far: not yet open, on track, due soon, in grace.
    pub running: u32,
    /// Awaiting or insufficient evidence.
    pub unknown: u32,
    pub waived: u32,
    pub not_applicable: u32,
}

/// One line about one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DigestLine {
    pub rule: String,
    pub text: Bilingual,
    pub news: News,
    /// The day it fell due, falls due, or changed.
    pub day: Option<Day>,
}

/// What a digest's line says of its rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum News {
    #[default]
    BecameMet,
    BecameNotMet,
    BecameUnknown,
    /// Still not met since its due day.
    StillOwed,
    /// Its due day comes.
    ComesDue,
    /// The day on which a waiver of it ends comes.
    WaiverEnds,
    /// A paper is needed or has to be looked at.
    Unclear,
}

/// The week of one organization, or what would have been a storm of letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    pub week: Period,
    /// The letters that were not sent for this one.
    pub instead_of: Option<InsteadOf>,
    pub counts: Counts,
    pub changed: Vec<DigestLine>,
    pub open: Vec<DigestLine>,
    pub coming: Vec<DigestLine>,
    /// The ledger's head and its length, so that the mailbox is a witness.
    pub checkpoint: Option<String>,
}

/// Letters that gave way to one, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsteadOf {
    /// So many at once that a mistake is likely.
    Storm { letters: u32 },
    /// More than one person is to have in a day.
    FullDay { letters: u32 },
}

/// The week of a network, for its compliance officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerSummary {
    pub week: Period,
    pub on_track: u32,
    pub due_soon: u32,
    pub late: u32,
    pub unknown: u32,
    /// Organizations with something new not met: name, rule, since.
    pub newly_late: Vec<(Bilingual, DigestLine)>,
    /// Papers that wait for a person: organization, file.
    pub to_review: Vec<(Bilingual, String)>,
    /// Waivers that end within a month: organization, rule, last day.
    pub waivers: Vec<(Bilingual, DigestLine)>,
    /// People who could not be reached: organization, address.
    pub unreachable: Vec<(Bilingual, String)>,
    pub checkpoint: Option<String>,
}

/// One value of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexPoint {
    pub as_of: Day,
    /// Tenths, 0–1000; `None` when coverage allows readiness only.
    pub value: Option<i32>,
    pub low: i32,
    pub high: i32,
    /// Share of weight with a known verdict, in thousandths.
    pub coverage: u16,
    /// `A`–`E`, when there is a value.
    pub grade: Option<char>,
}

/// A part of a delta. The parts of a letter sum to its total exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CauseLine {
    pub cause: Cause,
    pub rule: Option<String>,
    pub rule_text: Option<Bilingual>,
    pub document: Option<String>,
    /// Of rules: that it was the calendar of the country, and no rule.
    pub is_calendar: bool,
    /// Tenths of points.
    pub points: i32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionBar {
    /// As the rulebook declares it.
    pub name: Bilingual,
    /// Tenths, 0–1000; `None` when nothing in it is known.
    pub value: Option<i32>,
    pub change: Option<i32>,
}

/// The index moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexDelta {
    pub rulebook: String,
    pub from: IndexPoint,
    pub to: IndexPoint,
    pub causes: Vec<CauseLine>,
    pub dimensions: Vec<DimensionBar>,
    /// What would gain most, best first: rule id, its text, tenths of points.
    pub gains: Vec<(String, Bilingual, i32)>,
    pub unknown_rules: u32,
    pub waived_rules: u32,
    pub not_applicable_rules: u32,
}

/// A rulebook changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodNotice {
    pub rulebook: String,
    pub from: Day,
    pub changes: Vec<MethodChange>,
    /// Rules of this organization whose verdict differs: id, before, after.
    pub flips: Vec<(String, News)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodChange {
    Added { rule: String, text: Bilingual },
    Removed { rule: String, text: Bilingual },
    Reworded { rule: String, before: Bilingual, after: Bilingual },
    Reweighted { rule: String, before: u16, after: u16 },
}

/// One letter in place of many: a first scan, a new member, a new rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstSummary {
    pub occasion: Occasion,
    pub as_of: Day,
    pub papers_understood: u32,
    pub papers_to_look_at: u32,
    pub counts: Counts,
    /// What is not met, gravest first.
    pub open: Vec<DigestLine>,
    pub index: Option<IndexPoint>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    FirstScan,
    NewMember,
    NewRulebook(String),
}

/// Something that the person who runs the machine has to see to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostHealth {
    pub fault: HostFault,
    pub since: i64,
    /// The command to run.
    pub command: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostFault {
    /// A drop folder is gone, empty of a sudden, or not readable.
    FolderUnhealthy {
        organization: Bilingual,
        folder: String,
    },
    QueueStuck {
        letters: u32,
    },
    DiskLow {
        free_megabytes: u64,
    },
    /// With the server's last reply, cleaned.
    MailFailing {
        reply: String,
    },
    RulesBroken {
        file: String,
        errors: u32,
    },
    ClockMoved,
    /// So many letters wait for a person, as they were too many in an hour.
    HeldBack {
        organization: Bilingual,
        letters: u32,
    },
    /// Each person got one letter in place of so many in all.
    Storm {
        organization: Bilingual,
        letters: u32,
    },
    /// More verdicts changed at once than a day of work changes.
    Upheaval {
        changed: u32,
        verdicts: u32,
    },
}

impl Counts {
    pub fn total(self) -> u32 {
        self.met
            .saturating_add(self.not_met)
            .saturating_add(self.running)
            .saturating_add(self.unknown)
            .saturating_add(self.waived)
            .saturating_add(self.not_applicable)
    }
}

impl IndexDelta {
    /// In tenths of points; `None` when either side is readiness.
    pub fn total(&self) -> Option<i32> {
        Some(self.to.value? - self.from.value?)
    }
}
