//! The one top of the pure core: what happened, in; what follows from it, out.
//!
//! [`step`] takes everything that happened since the last pass and the day, and says what
//! to store and which letters to write. It has no clock, disk, store or network, so years of
//! a network's life can be run from a seed. Whoever calls it performs what follows
//! for an organization in one transaction, or none of it.

use crate::calendar::Day;
use crate::document::{Reading, Sha256};
use crate::finding::Finding;
use crate::letters::{Letter, LetterKind, Recipient};
use crate::organization::{Organization, Waiver};
use crate::program::Program;
use crate::timeline::Instant;
use crate::vocabulary::Vocabulary;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

mod account;
mod book;
mod burst;
mod correspondence;
mod dockets;
mod edits;
pub mod evidence;
pub mod explanation;
mod fellows;
mod findings;
pub mod groups;
mod indexes;
mod judging;
mod member;
pub mod people;
mod receipts;
mod reminders;
mod resume;
mod rows;
mod sleep;
mod standing;
mod taken;
mod tellings;
mod unrest;
mod waived;
mod waivers;
mod week;

pub use account::{Account, Proof, Ruled};
pub use book::{Book, IndexDefinition};
pub use fellows::counts_members;
pub use indexes::{IndexDelta, LineOfRule, RuleName, Situation, Without};
pub use member::{Member, profile};
pub use resume::{Resume, Resumed};
pub use rows::{Changed, IndexRow, Stored, VerdictRow};
pub use sleep::Kept;
pub use standing::{Standing, Theme};

/// The present, read once a pass.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Now {
    pub instant: Instant,
    /// The day in the network's zone.
    pub day: Day,
    /// The day in each zone that an organization states.
    pub days: BTreeMap<String, Day>,
}

/// A paper that was read, or could not be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperRead {
    pub organization: String,
    pub sha256: Sha256,
    /// Under the drop folder, for people: lossy where the name is not UTF-8.
    pub path: String,
    pub bytes: u64,
    pub received: Instant,
    /// The day of `received` in the organization's zone.
    pub received_on: Day,
    pub reading: Reading,
    /// The content that this path held before.
    pub replaces: Option<Sha256>,
    /// Another path of the organization that already held these bytes.
    pub duplicate_of: Option<String>,
    /// The path of the paper that it came in.
    pub carrier: Option<String>,
    /// Papers that came inside it; each is told by itself.
    pub encloses: u32,
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    /// An organization was registered, or its register changed.
    Organization(Box<Organization>),
    /// Its folder under `organizations/` is gone.
    OrganizationGone(String),
    /// Rules were loaded, or changed: whoever was judged by others is then in
    /// [`Network::take_rejudged`].
    Rules(Box<Program>),
    /// Judge one of those by the changed rules.
    RulesChanged {
        organization: String,
    },
    Waivers(Vec<Waiver>),
    Paper(Box<PaperRead>),
    /// A paper that is on record, as it reads since a person stated something of it.
    Corrected(Box<PaperRead>),
    /// What a paper said is taken back by a person.
    Withdrawn {
        organization: String,
        sha256: Sha256,
    },
    /// A full reconciliation of the drop folder ended.
    Reconciled {
        organization: String,
        healthy: bool,
    },
    /// The organization's burst of files is over: judge, and answer.
    Settled {
        organization: String,
    },
    /// Nothing but time, for an organization of [`Network::take_due`]: judge what fell due.
    DayPassed {
        organization: String,
    },
}

/// What follows: stored and sent by the caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// A rule's stored state changed (also when it is judged for the first time).
    Verdict(Box<VerdictRow>),
    /// A finding opened, changed or closed; replaces the stored one of the same key. With
    /// all that it says.
    Finding(Finding, Box<Account>),
    /// A new index value, with the two times it was judged at.
    Index(Box<IndexRow>),
    /// These papers have had their receipt.
    Receipted { organization: String, papers: Vec<Sha256> },
    /// A letter to put into the outbox.
    Letter(Box<Letter>),
}

impl Effect {
    /// Whose it is.
    pub fn organization(&self) -> &str {
        match self {
            Effect::Verdict(row) => &row.organization,
            Effect::Finding(finding, _) => &finding.key.organization,
            Effect::Index(row) => &row.organization,
            Effect::Receipted { organization, .. } => organization,
            Effect::Letter(letter) => &letter.to.organization,
        }
    }

    /// Whether it is a letter of the week.
    pub fn is_digest(&self) -> bool {
        matches!(self, Effect::Letter(letter) if letter.kind() == LetterKind::Digest)
    }
}

/// What the network's daemon holds in memory; rebuilt from the store at each start:
/// [`Network::recall`] each judgement, [`Network::remember`] each stored paper, and give the
/// register and the rules to the first [`step`]. A changed vocabulary needs a new network,
/// because terms are numbers of one vocabulary.
#[derive(Debug)]
pub struct Network {
    vocabulary: Arc<Vocabulary>,
    book: Arc<Book>,
    waivers: Vec<Waiver>,
    /// Boxed: a tree that is filled in order leaves half of its room empty.
    members: BTreeMap<String, Box<Member>>,
    digest_weekday: u8,
    officer: Option<Arc<Recipient>>,
    /// The days on which members have to be judged again; entries may be stale.
    calendar: BTreeMap<Day, BTreeSet<String>>,
    /// Whom changed rules wait for.
    rejudged: BTreeSet<String>,
    /// Whose rules count the other members.
    counting: BTreeSet<String>,
    /// Those of them to whose members something happened.
    stirred: BTreeSet<String>,
    sleepers: sleep::Sleepers,
    /// See [`Network::resting_on`].
    basis: Sha256,
}

impl Network {
    pub fn new(vocabulary: Arc<Vocabulary>) -> Network {
        Network {
            vocabulary,
            book: Arc::default(),
            waivers: Vec::new(),
            members: BTreeMap::new(),
            digest_weekday: 0,
            officer: None,
            calendar: BTreeMap::new(),
            rejudged: BTreeSet::new(),
            counting: BTreeSet::new(),
            stirred: BTreeSet::new(),
            sleepers: sleep::Sleepers::default(),
            basis: Sha256::ZERO,
        }
    }

    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The book, for situations that outlive a look at it.
    pub fn shared_book(&self) -> Arc<Book> {
        Arc::clone(&self.book)
    }

    /// Everybody who is registered; of who is gone only papers and judgements are known.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members
            .values()
            .map(|member| &**member)
            .filter(|member| member.is_registered())
    }

    /// How many verdicts were reckoned since the network was put together, for whoever wants
    /// to know what an event costs.
    pub fn judgements(&self) -> u64 {
        self.members.values().map(|member| member.judgements).sum()
    }

    pub fn member(&self, organization: &str) -> Option<&Member> {
        let member = self.members.get(organization).map(|member| &**member);
        member.filter(|member| member.is_registered())
    }

    /// Puts back a paper that was stored by an earlier pass, in the order of arrival.
    /// `receipted`: its receipt was written.
    pub fn remember(&mut self, paper: &PaperRead, receipted: bool) {
        let member = self.members.entry(paper.organization.clone()).or_default();
        member.take(&self.vocabulary, paper, receipted);
    }

    /// Puts back how a paper reads since a correction that was taken up at an instant, after
    /// what had arrived by then and before what arrived later.
    pub fn remember_corrected(&mut self, paper: &PaperRead, at: Instant) {
        if let Some(member) = self.members.get_mut(&paper.organization) {
            member.correct(&self.vocabulary, paper, at);
        }
    }

    /// Puts back when an organization's folder was first seen whole, and since when it
    /// cannot be trusted.
    pub fn remember_folder(
        &mut self,
        organization: &str,
        folder: crate::timeline::Folder,
    ) {
        self.enroll(organization).timeline.folder = folder;
    }

    /// Puts back a row of what earlier passes stored, index values in the order in which they
    /// were; [`Network::recalled`] after the last.
    pub fn recall(&mut self, stored: Stored) {
        match stored {
            Stored::Verdict(row) => {
                // One that is there no more and comes again is judged for the first time.
                let is_there = self.book.number(&row.rulebook, &row.rule).is_some();
                self.enroll(&row.organization).recall_verdict(&row, is_there);
            }
            Stored::Finding(finding) => {
                self.enroll(&finding.key.organization).findings.insert(finding);
            }
            Stored::Changed(changed) => self.recall_change(changed),
            Stored::Turns(key, turns) => {
                self.enroll(&key.organization).turns.insert(key, turns);
            }
            Stored::Index(row) => self.enroll(&row.organization).recall_index(row),
        }
    }

    /// Every row is back. `through` is the last day that was judged for every organization,
    /// reminders and all.
    pub fn recalled(&mut self, through: Option<Day>) {
        for member in self.members.values_mut() {
            member.recall_day(through);
            if !member.asleep {
                member.settle();
            }
        }
        let ids: Vec<String> = self.members.keys().cloned().collect();
        for id in ids {
            self.schedule(&id);
        }
        // What happened to members may have been stored before it was counted.
        self.stirred = self.counting.clone();
    }

    /// Takes the organizations whose day has come off the calendar, each for an
    /// [`Input::DayPassed`]. Whoever takes them hands them to [`step`] in as many portions
    /// as the store takes at once: a day on which slots end touches the whole network.
    pub fn take_due(&mut self, now: &Now) -> Vec<String> {
        let latest = now.days.values().copied().fold(now.day, Day::max);
        let later = self.calendar.split_off(&latest.next());
        let reached = std::mem::replace(&mut self.calendar, later).into_values();
        let reached: BTreeSet<String> = reached.flatten().collect();
        reached.into_iter().collect()
    }

    /// The organizations that wait to be judged by changed rules, each for an
    /// [`Input::RulesChanged`], in portions as of [`Network::take_due`]. One to which
    /// something else happens first is judged by the rules then.
    pub fn take_rejudged(&mut self) -> Vec<String> {
        std::mem::take(&mut self.rejudged).into_iter().collect()
    }

    /// Puts back what the told value of an index was judged by.
    pub fn recall_told_by(
        &mut self,
        organization: &str,
        index: &str,
        situation: Situation,
    ) {
        let member = self.members.get_mut(organization);
        if let Some(indexes) = member.and_then(|member| member.indexes.get_mut(index)) {
            indexes.told_by = Some(situation);
        }
    }

    /// The first day on which any organization has to be judged again.
    pub fn next_day(&self) -> Option<Day> {
        self.calendar.keys().next().copied()
    }

    fn schedule(&mut self, organization: &str) {
        let day = self.members.get(organization).and_then(|member| member.due_on);
        if let Some(day) = day {
            self.calendar.entry(day).or_default().insert(organization.to_owned());
        }
    }
}

/// One pass over everything that happened, in this order: rules and organizations, papers,
/// reconciliations, changed rules, settled bursts, the day. Cost grows with the organizations that
/// something happened to, not with the network.
pub fn step(network: &mut Network, mut inputs: Vec<Input>, now: &Now) -> Vec<Effect> {
    debug_assert!(network.to_wake(&inputs, now).is_empty(), "whoever is judged is awake");
    inputs.sort_by_key(rank);
    let mut effects = Vec::new();
    let registers = inputs.iter().any(|input| rank(input) <= 1);
    for input in inputs {
        happen(network, input, now, &mut effects);
    }
    if registers {
        fellows::settle_counting(network, now);
    }
    effects
}

fn rank(input: &Input) -> u8 {
    match input {
        Input::Organization(_) | Input::OrganizationGone(_) => 0,
        Input::Rules(_) | Input::Waivers(_) => 1,
        Input::Corrected(_) | Input::Paper(_) | Input::Withdrawn { .. } => 2,
        Input::Reconciled { .. } => 3,
        Input::RulesChanged { .. } => 4,
        Input::Settled { .. } => 5,
        Input::DayPassed { .. } => 6,
    }
}

fn happen(network: &mut Network, input: Input, now: &Now, effects: &mut Vec<Effect>) {
    fellows::stir(network, &input);
    match input {
        Input::Organization(organization) => register(network, *organization),
        Input::OrganizationGone(id) => drop(network.members.remove(&id)),
        Input::Rules(program) => rules_changed(network, *program),
        Input::Waivers(waivers) => {
            network.waivers = waivers;
            for member in network.members.values_mut() {
                member.waivers_changed(&network.waivers);
            }
        }
        Input::Paper(paper) => {
            if let Some(member) = network.members.get_mut(&paper.organization) {
                member.take(&network.vocabulary, &paper, false);
            }
        }
        Input::Corrected(paper) => {
            if let Some(member) = network.members.get_mut(&paper.organization) {
                member.correct(&network.vocabulary, &paper, now.instant);
            }
        }
        Input::Withdrawn { organization, sha256 } => {
            if let Some(member) = network.members.get_mut(&organization) {
                member.withdraw(sha256, now.instant);
            }
        }
        Input::Reconciled { organization, healthy } => {
            let day = now.day_of(network.members.get(&organization).map(|it| &**it));
            if let Some(member) = network.members.get_mut(&organization) {
                member.reconciled(healthy, now.instant, day);
            }
        }
        Input::RulesChanged { organization } => {
            fellows::see(network, &organization, now);
            if let Some(member) = network.members.get_mut(&organization) {
                let day = now.day_of(Some(&*member));
                judging::judge_rules_change(member, &network.book, (day, now), effects);
            }
            network.schedule(&organization);
        }
        Input::Settled { organization } => settle(network, &organization, now, effects),
        Input::DayPassed { organization } => {
            day_passed(network, &organization, now, effects);
        }
    }
}

fn register(network: &mut Network, organization: Organization) {
    let vocabulary = Arc::clone(&network.vocabulary);
    let (weekday, officer) = (network.digest_weekday, network.officer.clone());
    let member = network.enroll(&organization.id);
    member.register(&vocabulary, organization);
    member.digest_weekday = weekday;
    member.officer = officer;
    let id = member.organization().id.clone();
    if let Some(member) = network.members.get_mut(&id) {
        member.waivers_changed(&network.waivers);
    }
}

/// Everybody who was judged by other rules waits to be judged by these.
fn rules_changed(network: &mut Network, program: Program) {
    let before = std::mem::replace(&mut network.book, Arc::new(Book::new(program)));
    let edits = edits::edits(&before, &network.book);
    for (id, member) in &mut network.members {
        member.rules_changed(&before, &edits);
        if member.rules_before.is_some() {
            network.rejudged.insert(id.clone());
        }
    }
}

/// The burst is over: judge what it touched, and answer.
fn settle(network: &mut Network, id: &str, now: &Now, effects: &mut Vec<Effect>) {
    let book = Arc::clone(&network.book);
    fellows::see(network, id, now);
    if let Some(member) =
        network.members.get_mut(id).filter(|member| member.is_registered())
    {
        let (day, before) = (now.day_of(Some(&*member)), effects.len());
        judging::judge_rules_change(member, &book, (day, now), effects);
        let passes = judging::catch_up(member, &book, (day, now), effects);
        // The receipt comes first, as it is what the papers' owner waits for.
        if member.introduced {
            receipts::answer(member, &book, effects);
        }
        // Nobody is reminded of what the papers of the moment show.
        if passes {
            judging::pass_today(member, &book, (day, now), effects);
        }
        judging::judge(member, &book, (day, now), effects);
        if !member.introduced {
            receipts::answer(member, &book, effects);
        }
        receipts::note_done(member, &book, (day, now), effects.iter_mut().skip(before));
        member.burst.clear();
    }
    network.schedule(id);
}

/// Judges an organization whose day has come.
fn day_passed(network: &mut Network, id: &str, now: &Now, effects: &mut Vec<Effect>) {
    let book = Arc::clone(&network.book);
    fellows::see(network, id, now);
    if let Some(member) = network.members.get_mut(id) {
        let day = now.day_of(Some(&*member));
        if member.is_judged() && member.is_registered() {
            judging::judge_rules_change(member, &book, (day, now), effects);
            if judging::catch_up(member, &book, (day, now), effects) {
                judging::pass_day(member, &book, (day, day, now), effects);
            }
        }
    }
    network.schedule(id);
}

impl Now {
    /// The day in an organization's zone; the network's where the zone is not listed.
    fn day_of(&self, member: Option<&Member>) -> Day {
        member
            .and_then(|member| self.days.get(&member.organization().zone))
            .copied()
            .unwrap_or(self.day)
    }
}
