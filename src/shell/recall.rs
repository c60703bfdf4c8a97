//! A network as the store remembers it: what commands that only look work on, and what a
//! process that minds a network starts from.

pub mod past;
pub mod replay;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use crate::config::Problem;
use crate::document::{Reading, Sha256};
use crate::letters::timing;
use crate::plan;
use crate::plan::{Input, Kept, Now, PaperRead, Stored};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::network;
use crate::shell::network::{Network, Whom};
use crate::shell::register;
use crate::shell::register::Zones;
use crate::shell::rules::Rules;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::changes;
use crate::shell::store::correction::Corrections;
use crate::shell::store::file;
use crate::shell::store::file::SeenRow;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::judgement;
use crate::shell::store::paper;
use crate::shell::store::paper::Told;
use crate::shell::store::resume;
use crate::shell::store::source;
use crate::shell::store::told;
use crate::timeline;

/// A network that is looked at; nothing of it can be changed.
#[derive(Debug)]
pub struct Looked {
    pub network: Network,
    pub rules: Rules,
    pub zones: Zones,
    pub memory: plan::Network,
    pub rows: Option<Connection>,
    /// What people stated of papers.
    pub corrections: Corrections,
    /// Up to when arrivals and edits are known.
    pub known: i64,
}

impl Looked {
    /// What is written and what is stored at `instant`, as it was known at `known`: from
    /// then back, what people had written is what a pass had seen of it by that time.
    ///
    /// # Errors
    /// When the network's settings are wrong or its store cannot be read.
    pub fn at(root: &Path, instant: i64, known: i64) -> Result<Looked, Vec<Problem>> {
        Looked::of(root, Whom::Everybody, (instant, known))
    }

    /// The same with what is known of some organizations alone; of all of them where rules
    /// count the members of the network.
    ///
    /// # Errors
    /// As [`Looked::at`].
    pub fn of(
        root: &Path,
        whom: Whom<'_>,
        (instant, known): (i64, i64),
    ) -> Result<Looked, Vec<Problem>> {
        let whole = |error: Error| {
            vec![Problem::of_file(".mithaq", error.said.english, error.said.arabic)]
        };
        let rows = store::open_to_read(&Place::of_network(root)).map_err(whole)?;
        let seen = Horizon::at(known);
        let earlier = rows.as_ref().filter(|_| known < instant);
        let texts = earlier.map(|rows| texts_known(rows, known)).transpose();
        let network = written_by(root, whom, texts.map_err(whole)?.flatten())?;
        let rules = Rules::of(&network);
        if whom != Whom::Everybody && plan::counts_members(&rules.program) {
            return Looked::at(root, instant, known);
        }
        let zones = Zones::of(&network);
        let now = zones.now(instant);
        let recalled = match (&rows, whom) {
            (Some(rows), Whom::Everybody | Whom::One(_)) => {
                let of = (&network, &rules, &zones);
                Recalled::of(rows, of, (&now, &seen), whom.one()).map_err(whole)?
            }
            _ => Recalled::nothing(&network, &rules, &now),
        };
        let memory = recalled.memory;
        let corrections = match &rows {
            Some(rows) if whom != Whom::Nobody => {
                Corrections::known(rows, whom.one(), &seen).map_err(whole)?
            }
            _ => Corrections::default(),
        };
        Ok(Looked { network, rules, zones, memory, rows, corrections, known })
    }
}

/// The network as people had written it, as far as passes had seen it at `known`; as it
/// stands there where that is not before `instant`.
///
/// # Errors
/// As [`Looked::at`].
pub fn written_at(
    root: &Path,
    instant: i64,
    known: i64,
) -> Result<Network, Vec<Problem>> {
    let whole = |error: Error| {
        vec![Problem::of_file(".mithaq", error.said.english, error.said.arabic)]
    };
    let rows = store::open_to_read(&Place::of_network(root)).map_err(whole)?;
    let earlier = rows.filter(|_| known < instant);
    let texts = earlier.map(|rows| texts_known(&rows, known)).transpose();
    written_by(root, Whom::Everybody, texts.map_err(whole)?.flatten())
}

fn written_by(
    root: &Path,
    whom: Whom<'_>,
    texts: Option<BTreeMap<String, String>>,
) -> Result<Network, Vec<Problem>> {
    match texts {
        Some(texts) => network::of_texts(root, texts),
        None => network::load_of(root, whom),
    }
}

fn texts_known(
    rows: &Connection,
    known: i64,
) -> Result<Option<BTreeMap<String, String>>, Error> {
    let change = source::change_known(rows, known)?;
    change.map(|change| source::texts(rows, change, true)).transpose()
}

/// Memory, and whose papers have not had their answer.
pub(super) struct Recalled {
    pub(super) memory: plan::Network,
    pub(super) unanswered: BTreeSet<String>,
}

impl Recalled {
    /// The register and the rules first, then the papers in the order of their arrival,
    /// then what was judged.
    pub(super) fn of(
        rows: &Connection,
        of: (&Network, &Rules, &Zones),
        (now, known): (&Now, &Horizon),
        only: Option<&str>,
    ) -> Result<Recalled, Error> {
        let mut recalled = Recalled::papers_of(rows, of, (now, known), only)?;
        let memory = &mut recalled.memory;
        let through = judgement::each_stored(rows, only, &mut |row| memory.recall(row))?;
        memory.recalled(through);
        memory.see_fellows(now);
        Ok(recalled)
    }

    /// What people wrote, and no paper.
    fn nothing(network: &Network, rules: &Rules, now: &Now) -> Recalled {
        let memory = registered(network, rules, now);
        Recalled { memory, unanswered: BTreeSet::new() }
    }

    /// For a process that minds the network: what was judged, and of the papers those that
    /// wait to be judged. Others are put back when they are asked for.
    pub(super) fn asleep(
        rows: &Connection,
        (network, rules, zones): (&Network, &Rules, &Zones),
        now: &Now,
    ) -> Result<Recalled, Error> {
        let mut memory = plan::Network::new(Arc::clone(&rules.vocabulary));
        memory.let_sleep();
        memory.resting_on(basis(network));
        settle_in(&mut memory, network);
        plan::step(&mut memory, written(network, rules), now);
        for row in file::folders_known(rows, None, &Horizon::NOW)? {
            let folder = folder(network, zones, &row);
            memory.remember_folder(&row.organization, folder);
        }
        let unanswered = paper::unanswered(rows)?;
        let counted = memory.to_wake(&[], now);
        for id in unanswered.union(&counted) {
            memory.wake(id, &papers(rows, network, zones, id)?);
        }
        let mut is_anew = false;
        for id in network.organizations.keys() {
            let kept = resume::find(rows, id)?.filter(|_| !unanswered.contains(id));
            if !kept.is_some_and(|kept| memory.resume(kept, now)) {
                is_anew = true;
                judgement::each_verdict(rows, Some(id), &mut |row| {
                    memory.recall(Stored::Verdict(row));
                })?;
            }
        }
        let through =
            judgement::each_but_verdicts(rows, None, &mut |row| memory.recall(row))?;
        if let Some(through) = through.filter(|_| is_anew) {
            let turn = timing::digest(through, network.settings.mail.digest_weekday);
            let since = clock::end_of_day(turn.over.to, zones.network());
            let of = (since, turn.window.as_str());
            changes::each_change(rows, of, &mut |row| memory.recall(row))?;
        }
        memory.recalled(through);
        memory.see_fellows(now);
        Ok(Recalled { memory, unanswered })
    }

    /// Without what was judged. Of one organization, where its rules do not count others.
    pub(super) fn papers_of(
        rows: &Connection,
        (network, rules, zones): (&Network, &Rules, &Zones),
        (now, known): (&Now, &Horizon),
        only: Option<&str>,
    ) -> Result<Recalled, Error> {
        let mut memory = registered(network, rules, now);
        let mut unanswered = BTreeSet::new();
        let only = only.filter(|id| !memory.counts_members(id));
        each_paper(rows, (network, zones), (only, known), &mut |kept| {
            if let Kept::Arrived(paper, false) = &kept {
                unanswered.insert(paper.organization.clone());
            }
            memory.put_back(&kept);
        })?;
        for row in file::folders_known(rows, only, known)? {
            let folder = folder(network, zones, &row);
            memory.remember_folder(&row.organization, folder);
        }
        memory.see_fellows(now);
        Ok(Recalled { memory, unanswered })
    }
}

/// The papers of one organization, in the order in which they were known.
pub(super) fn papers(
    rows: &Connection,
    network: &Network,
    zones: &Zones,
    organization: &str,
) -> Result<Vec<Kept>, Error> {
    let mut papers = Vec::new();
    let of = (Some(organization), &Horizon::NOW);
    each_paper(rows, (network, zones), of, &mut |kept| papers.push(kept))?;
    Ok(papers)
}

/// Hands over the papers of one organization or of all, as memory takes them.
fn each_paper(
    rows: &Connection,
    (network, zones): (&Network, &Zones),
    (only, known): (Option<&str>, &Horizon),
    each: &mut dyn FnMut(Kept),
) -> Result<(), Error> {
    let mut corrected = Versions::known(rows, only, known)?;
    paper::each(rows, only, known, &mut |mut told| {
        let answered = told.answered;
        corrected.hand_over(told.arrival.at, each);
        let versions = corrected.versions(&mut told);
        let paper = paper_read(network, zones, told.clone());
        each(Kept::Arrived(Box::new(paper), answered));
        for (at, reading) in versions {
            let told = Told { reading, ..told.clone() };
            corrected.wait(at, paper_read(network, zones, told));
        }
    })?;
    corrected.hand_over(i64::MAX, each);
    Ok(())
}

/// Papers that people corrected, between what arrived before and what arrived after.
struct Versions {
    /// What each said until each of its corrections, in order.
    before: BTreeMap<(String, Sha256), Vec<paper::Before>>,
    /// What is not yet remembered, with when it was taken up.
    waiting: Vec<(i64, PaperRead)>,
}

impl Versions {
    fn known(
        rows: &Connection,
        only: Option<&str>,
        known: &Horizon,
    ) -> Result<Versions, Error> {
        let mut before = BTreeMap::<_, Vec<paper::Before>>::new();
        for one in paper::corrected(rows, only, known)? {
            before.entry((one.organization.clone(), one.sha256)).or_default().push(one);
        }
        Ok(Versions { before, waiting: Vec::new() })
    }

    /// Gives an arrival what it said at first, and what it says since each correction.
    fn versions(&mut self, told: &mut Told) -> Vec<(i64, Reading)> {
        let of = (told.arrival.organization.clone(), told.arrival.sha256);
        let Some(before) = self.before.remove(&of) else { return Vec::new() };
        let mut readings: Vec<Reading> =
            before.iter().map(|one| one.reading.clone()).collect();
        readings.push(told.reading.clone());
        let mut readings = readings.into_iter();
        if let Some(first) = readings.next() {
            told.reading = first;
        }
        before.iter().map(|one| one.until).zip(readings).collect()
    }

    fn wait(&mut self, at: i64, paper: PaperRead) {
        self.waiting.push((at, paper));
        self.waiting.sort_by_key(|(at, _)| *at);
    }

    /// Hands over what was corrected by an instant.
    fn hand_over(&mut self, until: i64, each: &mut dyn FnMut(Kept)) {
        let later = self.waiting.partition_point(|(at, _)| *at <= until);
        for (at, paper) in self.waiting.drain(..later) {
            each(Kept::Corrected(Box::new(paper), at));
        }
    }
}

/// A memory that knows the rules and the organizations, and no paper.
fn registered(network: &Network, rules: &Rules, now: &Now) -> plan::Network {
    let mut memory = plan::Network::new(Arc::clone(&rules.vocabulary));
    settle_in(&mut memory, network);
    // Nothing has been judged yet in this memory, so nothing can follow.
    plan::step(&mut memory, written(network, rules), now);
    memory
}

/// The hash of what all verdicts rest on and the core does not see: the words of papers and
/// rules, and this program. Another build of it judges anew.
pub(super) fn basis(network: &Network) -> Sha256 {
    let texts = (&network.vocabulary, &network.rules);
    disk::sha256(format!("{} {texts:?}", program()).as_bytes())
}

/// What tells this build of the program from another.
pub(super) fn program() -> String {
    let own = std::env::current_exe().and_then(std::fs::metadata);
    let built = own.as_ref().ok().map(|own| (own.len(), own.modified().ok()));
    format!("{} {built:?}", told::ENGINE)
}

/// What the network's settings say of its letters.
fn settle_in(memory: &mut plan::Network, network: &Network) {
    memory.digest_on(network.settings.mail.digest_weekday);
    memory.looked_after_by(register::officer(network));
}

/// The inputs that tell the core of everything people wrote.
fn written(network: &Network, rules: &Rules) -> Vec<Input> {
    let mut inputs = vec![
        Input::Rules(Box::new(rules.program.clone())),
        Input::Waivers(register::waivers(network)),
    ];
    for (id, registered) in &network.organizations {
        let organization = register::organization(network, id, &registered.file);
        inputs.push(Input::Organization(Box::new(organization)));
    }
    inputs
}

/// An arrival as the core takes it.
pub(super) fn paper_read(network: &Network, zones: &Zones, told: Told) -> PaperRead {
    let Told { arrival, reading, .. } = told;
    let registered = network.organizations.get(&arrival.organization);
    let zone = zones.organization(registered.map(|registered| &registered.file));
    PaperRead {
        received_on: clock::day_in(arrival.at, zone),
        organization: arrival.organization,
        sha256: arrival.sha256,
        path: arrival.path,
        bytes: arrival.bytes,
        received: arrival.at,
        reading,
        replaces: arrival.replaces,
        duplicate_of: arrival.duplicate_of,
        carrier: arrival.carrier,
        encloses: arrival.encloses,
    }
}

fn folder(network: &Network, zones: &Zones, row: &SeenRow) -> timeline::Folder {
    let registered = network.organizations.get(&row.organization);
    let zone = zones.organization(registered.map(|registered| &registered.file));
    let unhealthy =
        row.unhealthy_since.map(|since| (since, clock::day_in(since, zone).previous()));
    timeline::Folder { first_seen: row.first_seen, unhealthy }
}
