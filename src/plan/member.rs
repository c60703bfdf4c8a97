//! One organization in memory: its register, its timeline, and how it was last judged.

use super::book::Book;
use super::burst::BurstItem;
use super::correspondence::phrase;
use super::edits::Edit;
use super::indexes::Situation;
use super::judging::Shown;
use super::people;
use super::resume::Keeping;
use super::waived::Waived;
use super::{IndexRow, VerdictRow};
use crate::calendar::Day;
use crate::document::Sha256;
use crate::finding::{Finding, FindingKey, Findings};
use crate::judge::{self, Fellows, Profile, View};
use crate::letters::Recipient;
use crate::norm::{Quantity, TermId};
use crate::organization::{Organization, Waiver};
use crate::text::Bilingual;
use crate::timeline::{AsOf, Entry, Instant, Timeline};
use crate::verdict::{Slot, State, Truth, Verdict, Verdicts};
use crate::vocabulary::{TermKind, Vocabulary};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct Member {
    organization: Organization,
    pub(super) profile: Arc<Profile>,
    pub(super) waivers: Arc<Vec<Waiver>>,
    pub(super) timeline: Timeline,
    /// The numbers of the papers in the timeline, in the order of their contents' hashes.
    pub(super) papers: Vec<u32>,
    /// The timeline knows the folder and no paper.
    pub(super) asleep: bool,
    /// Something was judged since it was last asked whether it may sleep.
    pub(super) used: bool,
    /// Read, and not yet answered with a receipt.
    pub(super) burst: Vec<BurstItem>,
    /// By rule number; `None` before the rule was first judged.
    pub(super) verdicts: Verdicts,
    /// What was stored of verdicts before this start.
    pub(super) stored: BTreeMap<(String, String), Shown>,
    pub(super) findings: Findings,
    pub(super) indexes: BTreeMap<String, Box<Indexes>>,
    pub(super) touched: Touched,
    /// The numbers of rules that count other members, whose count is another than before.
    pub(super) recounted: BTreeSet<usize>,
    /// The rules it was judged by, while it waits to be judged by others.
    pub(super) rules_before: Option<Arc<Book>>,
    /// The day it was last judged on.
    pub(super) judged_on: Option<Day>,
    /// When it has to be judged again though nothing arrives.
    pub(super) due_on: Option<Day>,
    /// Whether the summary of its first scan was written.
    pub(super) introduced: bool,
    /// 0 = Sunday … 6 = Saturday.
    pub(super) digest_weekday: u8,
    /// Who looks after the network.
    pub(super) officer: Option<Arc<Recipient>>,
    /// The days on which findings opened and closed, of those that opened again.
    pub(super) turns: BTreeMap<FindingKey, Vec<Day>>,
    /// The window of the last digest that was thought of.
    pub(super) digested: Option<String>,
    /// For the names of the papers that a rule waits for.
    vocabulary: Option<Arc<Vocabulary>>,
    /// Rules whose state changed since the last digest, with the state before.
    pub(super) changed_since: BTreeMap<usize, (State, State)>,
    /// What was said of a changed rule, by its number, until it is judged again.
    pub(super) before_edit: BTreeMap<usize, Shown>,
    /// Verdicts reckoned for it by passes.
    pub(super) judgements: u64,
    pub(super) keeping: Keeping,
}

/// The last index value, and the last one that a letter told.
#[derive(Debug, Default, Clone)]
pub(super) struct Indexes {
    pub(super) current: Option<IndexRow>,
    pub(super) told: Option<IndexRow>,
    /// What the told value was judged by; `None` where the store does not know it, and then
    /// nothing but papers and time can have moved it.
    pub(super) told_by: Option<Situation>,
}

/// Which rules something happened to since the last judgement.
#[derive(Debug, Default)]
pub(super) enum Touched {
    /// Never judged, or something happened that may concern any rule.
    #[default]
    Everything,
    Nouns(BTreeSet<TermId>),
}

impl Touched {
    pub(super) fn nothing() -> Touched {
        Touched::Nouns(BTreeSet::new())
    }

    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Touched::Nouns(nouns) if nouns.is_empty())
    }
}

impl Member {
    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter()
    }

    /// What the organization is judged by, on a day and with what is known at an instant.
    pub fn situation(&self, book: &Arc<Book>, as_of: AsOf) -> Situation {
        Situation {
            book: Arc::clone(book),
            profile: Arc::clone(&self.profile),
            waivers: Arc::clone(&self.waivers),
            as_of,
            dockets: book.dockets(as_of.day),
        }
    }

    /// The same by other rules, register and waivers; `None` while only papers are known.
    pub fn situation_by(
        &self,
        book: Arc<Book>,
        organization: &Organization,
        waivers: &[Waiver],
        as_of: AsOf,
    ) -> Option<Situation> {
        let vocabulary = self.vocabulary.as_ref()?;
        Some(Situation {
            dockets: book.dockets(as_of.day),
            book,
            profile: Arc::new(Profile {
                fellows: self.profile.fellows.clone(),
                ..profile(vocabulary, organization)
            }),
            waivers: Arc::new(waivers_of(waivers, &self.organization.id)),
            as_of,
        })
    }

    /// The two times that the last told value of an index was judged at.
    pub fn told_at(&self, index: &str) -> Option<AsOf> {
        let told = self.indexes.get(index)?.told.as_ref()?;
        Some(AsOf::new(told.as_of, told.known))
    }

    /// The verdict of a rule, computed now.
    pub fn verdict(&self, situation: &Situation, number: usize) -> Option<Verdict> {
        let duty = situation.book.duty(number)?;
        let waived = Waived::from(&situation.waivers, &situation.book, number);
        let view = self.view(situation, &waived);
        Some(situation.dockets.verdict(number, &duty, &view))
    }

    /// The slots of a rule, computed now.
    pub fn slots(&self, situation: &Situation, number: usize) -> Vec<Slot> {
        let Some(duty) = situation.book.duty(number) else { return Vec::new() };
        let waived = Waived::from(&situation.waivers, &situation.book, number);
        judge::slots(&duty, &self.view(situation, &waived))
    }

    /// The verdict that a rule would have over these slots.
    pub(super) fn verdict_over(
        &self,
        situation: &Situation,
        number: usize,
        slots: &[Slot],
    ) -> Option<Verdict> {
        let duty = situation.book.duty(number)?;
        let waived = Waived::from(&situation.waivers, &situation.book, number);
        Some(judge::state_of_rule(&duty, &self.view(situation, &waived), slots))
    }

    /// The people on whom a slot of a rule depends, by name.
    pub fn people(
        &self,
        situation: &Situation,
        number: usize,
        slot: &Slot,
    ) -> Vec<String> {
        let Some(duty) = situation.book.duty(number) else { return Vec::new() };
        judge::people(&duty, &self.view(situation, &Waived::default()), slot)
    }

    /// Whether a paper that nobody can read any more may be what a rule misses.
    pub fn may_miss(&self, situation: &Situation, number: usize, paper: Sha256) -> bool {
        let mut doubts = self.timeline.doubts.iter();
        doubts.any(|doubt| {
            let nouns: BTreeSet<TermId> = doubt.nouns.iter().copied().collect();
            doubt.sha256 == paper && situation.book.reads(number, &nouns)
        })
    }

    /// Whether what an entry tells of counts for a rule.
    pub fn counts(&self, situation: &Situation, number: usize, entry: &Entry) -> Truth {
        let Some(duty) = situation.book.duty(number) else {
            return Truth::True(entry.day);
        };
        judge::counts(&duty, &self.view(situation, &Waived::default()), entry)
    }

    pub(super) fn view<'o>(
        &'o self,
        situation: &'o Situation,
        waived: &'o Waived<'o>,
    ) -> View<'o> {
        let view = View::new(&situation.profile, &self.timeline, situation.as_of);
        View { waivers: &waived.own, waivers_above: &waived.above, ..view }
    }

    /// Whether its folder has been seen whole at least once.
    pub(super) fn is_judged(&self) -> bool {
        self.judged_on.is_some()
    }

    /// Whether its register is known; only papers and judgements may have been put back.
    pub(super) fn is_registered(&self) -> bool {
        self.vocabulary.is_some()
    }

    pub(super) fn register(
        &mut self,
        vocabulary: &Arc<Vocabulary>,
        organization: Organization,
    ) {
        self.vocabulary = Some(Arc::clone(vocabulary));
        self.profile = Arc::new(profile(vocabulary, &organization));
        self.organization = organization;
        self.keeping = Keeping::Unknown;
        self.touched = Touched::Everything;
    }

    /// `edits`: what became of each rule of the new book.
    pub(super) fn rules_changed(&mut self, before: &Arc<Book>, edits: &[Edit]) {
        // Rules that changed twice are told once, against those that it was judged by.
        if !before.is_empty() && self.is_judged() && self.rules_before.is_none() {
            self.rules_before = Some(Arc::clone(before));
        }
        let verdicts = std::mem::take(&mut self.verdicts);
        let again = std::mem::take(&mut self.recounted);
        let mut edited = std::mem::take(&mut self.before_edit);
        for (number, edit) in edits.iter().enumerate() {
            let (Edit::Kept(old) | Edit::Changed(old)) = *edit else {
                self.verdicts.push(None);
                continue;
            };
            let verdict = verdicts.get(old);
            let shown = verdict.as_ref().map(Shown::from).or(edited.remove(&old));
            let kept = verdict.filter(|_| *edit == Edit::Kept(old));
            if let (None, Some(shown)) = (kept, shown) {
                self.before_edit.insert(number, shown);
            }
            self.verdicts.push(kept);
            if again.contains(&old) {
                self.recounted.insert(number);
            }
        }
        self.changed_since.clear();
    }

    pub(super) fn waivers_changed(&mut self, all: &[Waiver]) {
        let waivers = waivers_of(all, &self.organization.id);
        if waivers != *self.waivers {
            self.waivers = Arc::new(waivers);
            self.keeping = Keeping::Unknown;
            self.touched = Touched::Everything;
        }
    }

    /// Lays out what papers told, to be judged.
    pub(super) fn settle(&mut self) {
        self.timeline.settle();
    }

    pub(super) fn reconciled(&mut self, healthy: bool, at: Instant, day: Day) {
        let folder = &mut self.timeline.folder;
        let before = *folder;
        if healthy {
            folder.first_seen = folder.first_seen.or(Some(at));
            folder.unhealthy = None;
        } else if folder.unhealthy.is_none() {
            folder.unhealthy = Some((at, day.previous()));
        }
        if *folder != before {
            self.touched = Touched::Everything;
        }
    }

    pub(super) fn recall_verdict(&mut self, row: &VerdictRow, is_of_a_rule: bool) {
        if is_of_a_rule {
            let key = (row.rulebook.clone(), row.rule.clone());
            self.stored.insert(key, row.into());
        }
        self.was_judged_on(row.as_of);
        self.introduced = true;
    }

    /// The last row that is put back is the value that holds, whatever day it is of.
    pub(super) fn recall_index(&mut self, row: IndexRow) {
        // Nobody is judged for a day before one that is on record.
        self.was_judged_on(row.as_of);
        let indexes = self.indexes.entry(row.rulebook.clone()).or_default();
        if row.told {
            indexes.told = Some(row.clone());
        }
        indexes.current = Some(row);
    }

    fn was_judged_on(&mut self, day: Day) {
        if !self.knows_its_week() {
            self.judged_on = self.judged_on.max(Some(day));
            self.due_on = self.judged_on;
        }
    }

    pub(super) fn vocabulary(&self) -> Option<&Vocabulary> {
        self.vocabulary.as_deref()
    }

    /// What papers about a noun are called.
    pub(super) fn wanted(&self, noun: TermId) -> Vec<Bilingual> {
        let Some(vocabulary) = &self.vocabulary else { return Vec::new() };
        let is_body =
            vocabulary.term(noun).is_some_and(|term| matches!(term.kind, TermKind::Body));
        let paper = if is_body { vocabulary.minutes_of(noun) } else { Some(noun) };
        paper.into_iter().map(|paper| phrase(vocabulary, paper)).collect()
    }

    /// The path of a paper as its organization knows it.
    pub(super) fn path(&self, paper: u32) -> Option<&str> {
        let paper = self.timeline.papers.get(usize::try_from(paper).ok()?)?;
        Some(&paper.path)
    }
}

/// The waivers of one organization.
fn waivers_of(all: &[Waiver], organization: &str) -> Vec<Waiver> {
    all.iter().filter(|waiver| waiver.organization == organization).cloned().collect()
}

/// What the judge needs to know of an organization besides its papers.
pub fn profile(vocabulary: &Vocabulary, organization: &Organization) -> Profile {
    let own = vocabulary.id(&organization.organization_type);
    let wider = |term: &TermId| vocabulary.term(*term).and_then(|term| term.kind_of);
    Profile {
        start: organization.stated_start(),
        founded: organization.founded,
        jurisdiction: organization.jurisdiction.clone(),
        types: std::iter::successors(own, wider).take(16).collect(),
        fiscal_years: organization.fiscal_years.clone(),
        working: organization.working.clone(),
        attributes: organization
            .attributes
            .iter()
            .filter_map(|attribute| {
                let value =
                    Quantity { number: attribute.value, currency: attribute.currency };
                Some((vocabulary.id(&attribute.name)?, attribute.from, value))
            })
            .collect(),
        register: people::register(vocabulary, &organization.register),
        fellows: Fellows::default(),
    }
}
