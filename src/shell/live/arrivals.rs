//! One organization's folder, from the walk to the rows: what arrived, what is set aside,
//! how healthy the folder is.

use crate::calendar::Day;
use crate::document::{Reading, Sha256};
use crate::limits;
use crate::plan::Input;
use crate::recognise::Sidecar;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::folder;
use crate::shell::folder::{Folder, Refusal, Seen, Stamp};
use crate::shell::intake;
use crate::shell::intake::look::Look;
use crate::shell::intake::name;
use crate::shell::intake::name::Role;
use crate::shell::intake::{Difference, Health, Record, Settling};
use crate::shell::live::effects::{FolderRows, Rows};
use crate::shell::live::incoming::{Budget, Incoming};
use crate::shell::live::memory::{stated, with_sidecar};
use crate::shell::live::{BURST_SECONDS_MAX, Event, Live, Passing};
use crate::shell::network::Registered;
use crate::shell::reader::{PATIENCE, Paper};
use crate::shell::store::file;
use crate::shell::store::file::File;
use crate::shell::store::looked;
use crate::shell::store::paper;
use crate::shell::store::paper::Arrival;

/// A file of which the bytes are held.
struct Taken {
    path: Vec<u8>,
    stamp: Stamp,
    bytes: Vec<u8>,
    sha256: Sha256,
    /// The sidecar that lies beside it.
    sidecar: Option<(Sha256, Sidecar)>,
}

/// A file that changed while it was read is tried again after so long.
const READ_AGAIN_NS: i64 = 300_000_000;

/// One look at one organization's folder.
pub(super) struct Visit {
    pub(super) id: String,
    pub(super) registered: Registered,
    /// The hash of what its papers are read with.
    pub(super) context: Vec<u8>,
    /// Today in its zone.
    pub(super) today: Day,
    health: Health,
    settling: Settling,
    /// A paper on record reads differently where it lies now: what memory has of the
    /// organization's papers holds no longer.
    pub(super) again: bool,
    pub(super) rows: Rows,
    pub(super) inputs: Vec<Input>,
}

impl Live {
    /// Reconciles one organization's folder, reads what is new, and judges when its burst
    /// of files is over.
    ///
    /// Gives what the look found, where nothing of it is news and nobody noted it.
    pub(super) fn visit(
        &mut self,
        id: &str,
        look: Look,
        pass: &mut Passing<'_>,
    ) -> Result<Option<Sha256>, Error> {
        let Some(registered) = self.network.organizations.get(id).cloned() else {
            return Ok(None);
        };
        let Look { folder, walk, walked, found } = look;
        if found.is_some() && looked::found(&self.rows, id)? == found {
            let mut visit = self.begin_visit(id, registered, Health::Healthy);
            self.take_corrections(&mut visit)?;
            self.tell_health(&mut visit);
            self.end_visit(visit, pass)?;
            return Ok(None);
        }
        let record = file::record(&self.rows, id)?;
        let settle = i64::from(self.network.settings.settle_seconds) * 1_000_000_000;
        let (mut difference, health) = match &folder {
            Some(folder) => intake::reconcile((folder, walk), &record, walked, settle),
            None => (Difference::default(), Health::Unreadable),
        };
        let still = difference.is_still() && health == Health::Healthy;
        let mut visit = self.begin_visit(id, registered, health);
        self.take_corrections(&mut visit)?;
        if let Some(folder) = &folder {
            let settled = std::mem::take(&mut difference.settled);
            for chunk in settled.chunks(limits::PAPERS_PER_COMMIT_MAX) {
                if !visit.inputs.is_empty() {
                    let inputs = std::mem::take(&mut visit.inputs);
                    self.step(inputs, std::mem::take(&mut visit.rows), pass)?;
                }
                let taken = take(folder, chunk, &mut difference, walked);
                self.arrive(&mut visit, taken)?;
            }
        }
        visit.settling = difference.settling;
        visit.tell_refused(&difference, &record);
        self.tell_health(&mut visit);
        let marker = folder.as_ref().is_some_and(Folder::has_marker);
        let rows = FolderRows {
            organization: id.to_owned(),
            folder: folder.map(|folder| (folder.identity, marker)),
            health,
            aside: set_aside(&mut difference),
            missing: difference.missing,
            gone: difference.gone,
            back: difference.back,
            walked,
        };
        visit.rows.folder = Some(rows).filter(|rows| rows.is_news(&record));
        let found = found.filter(|_| still && visit.rows.folder.is_none());
        self.end_visit(visit, pass)?;
        Ok(found)
    }

    /// Tells of a folder's health once, and again when it is another.
    fn tell_health(&mut self, visit: &mut Visit) {
        let told = match visit.health {
            Health::Healthy => self.told.remove(&visit.id),
            worse => self.told.insert(visit.id.clone(), worse),
        };
        if told.unwrap_or(Health::Healthy) != visit.health {
            let organization = visit.id.clone();
            visit.rows.events.push(Event::Health { organization, health: visit.health });
        }
    }

    pub(super) fn begin_visit(
        &self,
        id: &str,
        registered: Registered,
        health: Health,
    ) -> Visit {
        let zone = self.zones.organization(Some(&registered.file));
        Visit {
            id: id.to_owned(),
            context: self.reader.context(&registered.file),
            today: clock::day_in(self.clock.now(), zone),
            registered,
            health,
            settling: Settling::default(),
            again: false,
            rows: Rows::default(),
            inputs: Vec::new(),
        }
    }

    /// Adds what a whole look at the folder means, and judges when nothing is moving.
    fn end_visit(
        &mut self,
        mut visit: Visit,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        if visit.settling.files == 0 {
            self.moving.remove(&visit.id);
        } else {
            self.moving.insert(visit.id.clone(), visit.settling);
        }
        let now = self.clock.wall_ns() / 1_000_000_000;
        let since = *self.bursts.entry(visit.id.clone()).or_insert(now);
        let patient = now.saturating_sub(since) < BURST_SECONDS_MAX;
        if visit.settling.files == 0 {
            let healthy = visit.health == Health::Healthy;
            visit
                .inputs
                .push(Input::Reconciled { organization: visit.id.clone(), healthy });
        }
        if visit.settling.files == 0 || !patient {
            visit.inputs.push(Input::Settled { organization: visit.id.clone() });
            self.bursts.remove(&visit.id);
        }
        if visit.settling.files > 0 && visit.rows.folder.is_some() {
            visit.rows.unjudged.push(visit.id.clone());
        }
        let again = visit.again || !visit.rows.read_again.is_empty();
        self.step_ahead(visit.inputs, visit.rows, pass)?;
        if again {
            self.store_waiting(pass)?;
            let organization = visit.id;
            self.memory.reads_again(&organization);
            self.step(vec![Input::Settled { organization }], Rows::default(), pass)?;
        }
        Ok(())
    }

    /// Keeps the papers' bytes, reads what was not read yet, and adds rows and inputs.
    fn arrive(&self, visit: &mut Visit, taken: Vec<Taken>) -> Result<(), Error> {
        let mut kept: Vec<(Sha256, &[u8])> = Vec::new();
        for taken in &taken {
            if !self.is_forgotten(&visit.id, taken.sha256)? {
                kept.push((taken.sha256, &taken.bytes));
            }
        }
        self.place.keep_papers(&kept)?;
        for taken in taken {
            let file = file_row(&visit.id, &taken, self.clock.now());
            if let Role::Sidecar(of) = name::role(&taken.path) {
                visit.rows.files.push(file);
                self.read_again_with_sidecar(visit, &of, &taken)?;
                continue;
            }
            let replaces = file::content(&self.rows, &visit.id, &taken.path)?;
            // Touched, or laid there anew: nothing arrived.
            if replaces == Some(taken.sha256) {
                visit.rows.files.push(file);
                continue;
            }
            let stated = self.stated_of((&visit.id, taken.sha256), taken.sidecar)?;
            let incoming = Incoming {
                path: &taken.path,
                bytes: &taken.bytes,
                sha256: taken.sha256,
                sidecar: stated.as_ref(),
                replaces,
                at: self.clock.now(),
                carrier: None,
                depth: 0,
            };
            self.come(visit, &incoming, Some(file), &mut Budget::default())?;
        }
        Ok(())
    }

    /// A sidecar that is new or says something else: its paper is read again, from the copy
    /// that was kept, and the organization's are put back, because memory has what it said before.
    fn read_again_with_sidecar(
        &self,
        visit: &mut Visit,
        of: &[u8],
        sidecar: &Taken,
    ) -> Result<(), Error> {
        let Some(sha256) = file::content(&self.rows, &visit.id, of)? else {
            return Ok(());
        };
        let document = paper::find(&self.rows, &visit.id, sha256)?;
        let known = document.and_then(|document| document.context);
        let (Some(beside), Ok(bytes)) =
            (stated(&sidecar.bytes), self.place.paper_bytes(sha256))
        else {
            return Ok(());
        };
        let beside = Some((sidecar.sha256, beside));
        let Some((hash, stated)) = self.stated_of((&visit.id, sha256), beside)? else {
            return Ok(());
        };
        let context = with_sidecar(&visit.context, Some(hash));
        if known.as_ref() == Some(&context) {
            return Ok(());
        }
        let paper =
            Paper { path: of, bytes: &bytes, sidecar: Some(&stated), patience: PATIENCE };
        let owner = (visit.id.as_str(), &visit.registered.file);
        let read = self.read_safely(owner, sha256, &paper, visit.today)?;
        let reading = read.reading;
        visit.rows.events.push(Event::Paper {
            organization: visit.id.clone(),
            path: folder::shown(of),
            state: reading.state.clone(),
            kind: reading.kinds.first().map(|guess| guess.kind.clone()),
        });
        visit.rows.read_again.push((visit.id.clone(), sha256, context, reading));
        Ok(())
    }
}

impl Visit {
    pub(super) fn tell_paper(&mut self, arrival: &Arrival, reading: &Reading) {
        self.rows.events.push(Event::Paper {
            organization: self.id.clone(),
            path: arrival.path.clone(),
            state: reading.state.clone(),
            kind: reading.kinds.first().map(|guess| guess.kind.clone()),
        });
    }

    /// Tells of the refusals that are not on record.
    fn tell_refused(&mut self, difference: &Difference, record: &Record) {
        for (path, refusal) in &difference.refused {
            if !record.aside.contains_key(path) {
                self.rows.events.push(Event::Refused {
                    organization: self.id.clone(),
                    path: folder::shown(path),
                    why: refusal.name(),
                });
            }
        }
    }
}

fn take(
    folder: &Folder,
    chunk: &[Seen],
    difference: &mut Difference,
    walked: i64,
) -> Vec<Taken> {
    let mut all = Vec::new();
    for seen in chunk {
        match folder.read(&seen.path) {
            Ok((bytes, stamp)) => {
                let sha256 = disk::sha256(&bytes);
                let path = seen.path.clone();
                let sidecar = take_sidecar(folder, &path);
                all.push(Taken { path, stamp, bytes, sha256, sidecar });
            }
            Err(Refusal::Changing) => difference.settling.add(walked + READ_AGAIN_NS),
            // The next walk says what became of it.
            Err(Refusal::Gone) => {}
            Err(refusal) => difference.refused.push((seen.path.clone(), refusal)),
        }
    }
    all
}

fn take_sidecar(folder: &Folder, path: &[u8]) -> Option<(Sha256, Sidecar)> {
    // Hardly any paper has one; that it is not there is the usual answer.
    let (bytes, _) = folder.read(&name::sidecar_of(path)).ok()?;
    Some((disk::sha256(&bytes), stated(&bytes)?))
}

fn file_row(id: &str, taken: &Taken, at: i64) -> File {
    let role = match name::role(&taken.path) {
        Role::Sidecar(_) => "sidecar",
        Role::ConflictCopy => "conflict_copy",
        Role::Paper | Role::Ignored => "paper",
    };
    File {
        organization: id.to_owned(),
        path: taken.path.clone(),
        name_key: name::key(&taken.path),
        role,
        stamp: taken.stamp,
        sha256: taken.sha256,
        since: at,
    }
}

fn set_aside(difference: &mut Difference) -> Vec<(Vec<u8>, &'static str)> {
    let ignored = std::mem::take(&mut difference.ignored);
    let refused = std::mem::take(&mut difference.refused);
    let ignored = ignored.into_iter().map(|path| (path, "ignored_name"));
    let refused = refused.into_iter().map(|(path, refusal)| (path, refusal.name()));
    ignored.chain(refused).collect()
}
