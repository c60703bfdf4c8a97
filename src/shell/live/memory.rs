//! Memory, built from the rows: the same at the first start, after a crash, and when what
//! people wrote has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;

use crate::config;
use crate::document::Enclosed;
use crate::document::Problem;
use crate::document::Sha256;
use crate::limits;
use crate::plan::Input;
use crate::plan::PaperRead;
use crate::recognise::Sidecar;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::intake::Health;
use crate::shell::intake::name;
use crate::shell::live::arrivals::Visit;
use crate::shell::live::incoming::{Budget, Incoming};
use crate::shell::live::{Event, Live};
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::reader::{PATIENCE, Paper, Read};
use crate::shell::recall;
use crate::shell::recall::Recalled;
use crate::shell::recall::past;
use crate::shell::register;
use crate::shell::store::enclosure;
use crate::shell::store::enclosure::Enclosure;
use crate::shell::store::file;
use crate::shell::store::ledger::checkpoint::Checkpoint;
use crate::shell::store::looked;
use crate::shell::store::paper;
use crate::shell::store::paper::Told;
use crate::shell::store::resume;
use crate::shell::store::source;

impl Live {
    /// Forgets everything and remembers it from the store.
    pub(super) fn rebuild(&mut self) -> Result<(), Error> {
        self.read_outdated()?;
        let now = self.zones.now(self.clock.now());
        let of = (&self.network, &self.rules, &self.zones);
        let recalled = Recalled::asleep(&self.rows, of, &now)?;
        self.memory = recalled.memory;
        past::recall_told(&self.rows, (&self.network, &self.rules), &mut self.memory)?;
        for organization in recalled.unanswered {
            // Whatever still settles in its folder, it has waited long enough.
            self.bursts.entry(organization).or_insert(i64::MIN);
        }
        self.through = self.last_day()?;
        self.days = None;
        Ok(())
    }

    /// Whether papers would be read and rules be understood with the same words as before:
    /// then memory can stay, and only what changed has to be told.
    pub(super) fn reads_as_before(&self, before: &Network) -> bool {
        let called = |network: &Network, id: &str| {
            network.organizations.get(id).map(|registered| {
                let file = &registered.file;
                (file.bodies.clone(), file.name.clone(), file.aliases.clone())
            })
        };
        let mut ids = self.network.organizations.keys();
        self.network.vocabulary == before.vocabulary
            && ids.all(|id| called(&self.network, id) == called(before, id))
    }

    /// What differs from what was written before, as inputs, and whose register or waivers do.
    /// What was judged in part and then taken back is judged again by the rules it had.
    pub(super) fn differences(&self, before: &Network) -> (Vec<Input>, BTreeSet<String>) {
        let mut inputs = Vec::new();
        if self.network.rules != before.rules || self.network.hash == before.hash {
            inputs.push(Input::Rules(Box::new(self.rules.program.clone())));
        }
        let mut touched = BTreeSet::new();
        if self.network.waivers != before.waivers {
            inputs.push(Input::Waivers(register::waivers(&self.network)));
            touched.extend(released(&self.network, before));
        }
        for (id, registered) in &self.network.organizations {
            let organization =
                register::organization(&self.network, id, &registered.file);
            // Its calendar and what the network says of all are part of it.
            let then = before.organizations.get(id);
            let then = then.map(|then| register::organization(before, id, &then.file));
            if then.as_ref() != Some(&organization) {
                inputs.push(Input::Organization(Box::new(organization)));
                touched.insert(id.clone());
            }
        }
        for id in before.organizations.keys() {
            // One whose file is broken for now is not gone.
            let there = self.network.organizations.contains_key(id)
                || self.network.broken.contains(id);
            if !there {
                inputs.push(Input::OrganizationGone(id.clone()));
            }
        }
        (inputs, touched)
    }

    pub(super) fn paper_read(&self, told: Told) -> PaperRead {
        recall::paper_read(&self.network, &self.zones, told)
    }

    /// Reads again, from the kept copies, the papers that would now read differently.
    fn read_outdated(&mut self) -> Result<(), Error> {
        let known = looked::contexts(&self.rows)?;
        let mut contexts = BTreeMap::new();
        for (id, registered) in &self.network.organizations {
            let context = self.reader.context(&registered.file);
            if known.get(id) != Some(&context) {
                contexts.insert(id.clone(), context);
            }
        }
        let mut read = BTreeMap::new();
        for (organization, context) in contexts {
            let outdated = paper::outdated(&self.rows, &organization, &context)?;
            for outdated in &outdated {
                self.read_again(&organization, &context, outdated)?;
            }
            if outdated.is_empty() {
                read.insert(organization, context);
            }
        }
        if read.is_empty() {
            return Ok(());
        }
        self.writer.write(move |rows| looked::keep_contexts(rows, &read))
    }

    fn read_again(
        &self,
        organization: &str,
        context: &[u8],
        outdated: &paper::Outdated,
    ) -> Result<(), Error> {
        let Some(registered) = self.network.organizations.get(organization) else {
            return Ok(());
        };
        // A copy that is missing or damaged keeps the reading it has; `doctor` tells.
        let Ok(bytes) = self.place.paper_bytes(outdated.sha256) else { return Ok(()) };
        let zone = self.zones.organization(Some(&registered.file));
        let received = clock::day_in(outdated.at, zone);
        let path = outdated.path.as_bytes();
        let sha256 = outdated.sha256;
        let sidecar = self.sidecar_on_record(organization, path)?;
        let sidecar = self.stated_of((organization, sha256), sidecar)?;
        let stated = sidecar.as_ref().map(|(_, stated)| stated);
        let paper = Paper { path, bytes: &bytes, sidecar: stated, patience: PATIENCE };
        let depth = enclosure::depth(&self.rows, organization, sha256)?;
        let read = if depth > limits::ENCLOSED_DEPTH_MAX {
            Read::not_accepted(Problem::LimitPassed)
        } else {
            self.reader.read((organization, &registered.file), &paper, received)
        };
        let mut visit =
            self.begin_visit(organization, registered.clone(), Health::Healthy);
        visit.today = received;
        let incoming = Incoming {
            path,
            bytes: &bytes,
            sha256,
            sidecar: None,
            replaces: None,
            at: outdated.at,
            carrier: None,
            depth,
        };
        self.open_unopened(&mut visit, &incoming, read.enclosed)?;
        let (rows, reading, now) = (visit.rows, read.reading, self.clock.now());
        let context = with_sidecar(context, sidecar.as_ref().map(|(sha256, _)| *sha256));
        let organization = organization.to_owned();
        self.writer.write(move |connection| {
            let of = (organization.as_str(), sha256);
            paper::keep_reading(connection, of, &context, &reading, now)?;
            resume::forget(connection, &organization)?;
            rows.store(connection, now)?;
            // The carrier was answered for when it came.
            let brought: Vec<Sha256> =
                rows.arrivals.iter().map(|arrived| arrived.arrival.sha256).collect();
            paper::answered(connection, &organization, &brought)
        })
    }

    /// Takes in the papers inside one that was read before readers took them out.
    fn open_unopened(
        &self,
        visit: &mut Visit,
        carrier: &Incoming<'_>,
        files: Vec<Enclosed>,
    ) -> Result<(), Error> {
        let mut missing = Vec::new();
        for file in files {
            let place = Enclosure { parent: carrier.sha256, name: file.name.clone() };
            if enclosure::content(&self.rows, &visit.id, &place)?.is_none() {
                missing.push(file);
            }
        }
        self.open(visit, carrier, missing, &mut Budget::default())
    }

    /// What the sidecar of a path states, by the copy that was kept of it.
    pub(super) fn sidecar_on_record(
        &self,
        organization: &str,
        path: &[u8],
    ) -> Result<Option<(Sha256, Sidecar)>, Error> {
        let path = name::sidecar_of(path);
        let Some(sha256) = file::content(&self.rows, organization, &path)? else {
            return Ok(None);
        };
        let Ok(bytes) = self.place.paper_bytes(sha256) else { return Ok(None) };
        Ok(stated(&bytes).map(|stated| (sha256, stated)))
    }
}

/// Those whose waivers are others now, to be judged again.
fn released(network: &Network, before: &Network) -> BTreeSet<String> {
    let (now, then) = (register::waivers(network), register::waivers(before));
    let changed = now.iter().filter(|waiver| !then.contains(waiver));
    let changed = changed.chain(then.iter().filter(|waiver| !now.contains(waiver)));
    changed.map(|waiver| waiver.organization.clone()).collect()
}

/// A context of reading with the sidecar that was read beside the paper.
pub(super) fn with_sidecar(context: &[u8], sidecar: Option<Sha256>) -> Vec<u8> {
    let sidecar = sidecar.map(|sha256| sha256.0.to_vec()).unwrap_or_default();
    [context, &sidecar].concat()
}

/// What a sidecar states; nothing where it is no TOML.
pub(super) fn stated(bytes: &[u8]) -> Option<Sidecar> {
    let mistake = |mistake| tracing::warn!("a sidecar cannot be read: {mistake}");
    Sidecar::parse(&String::from_utf8_lossy(bytes)).map_err(mistake).ok()
}

/// The network as it was after a change; `None` where nothing was seen yet.
pub(super) fn last_seen(
    rows: &Connection,
    change: Option<i64>,
    root: &Path,
) -> Result<Option<Network>, Error> {
    let Some(change) = change else { return Ok(None) };
    let texts = source::texts(rows, change, true)?;
    Ok(network::of_texts(root, texts).ok())
}

pub(super) fn last_good(
    rows: &Connection,
    change: i64,
) -> impl Fn(&str) -> Result<Vec<(String, String)>, Error> + '_ {
    move |path| source::last_good(rows, path, change)
}

/// An older store lies in the place of the one that there was.
pub(super) fn older(lost: Checkpoint) -> Event {
    let entry = lost.entry;
    Event::Problem(config::Problem::of_file(
        ".mithaq",
        format!(
            "an older store lies in the place of one whose ledger had come to entry {entry}; no \
             letter leaves by itself until `mithaq go-live`"
        ),
        format!(
            "المخزن أقدم من الذي كان في مكانه وقد بلغ سجله القيد {entry}؛ ولا تُرسل أي رسالة تلقائيًا \
             قبل `mithaq go-live`"
        ),
    ))
}
