//! One organization's folder, from the walk to the rows: what arrived, what is set aside,
//! how healthy the folder is.

use crate::calendar::Day;
use crate::document::{Problem, Reading, Sha256};
use crate::limits;
use crate::plan::Input;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::folder;
use crate::shell::folder::{Folder, Refusal, Seen, Stamp};
use crate::shell::intake;
use crate::shell::intake::name;
use crate::shell::intake::name::Role;
use crate::shell::intake::{Difference, Health};
use crate::shell::live::effects::{Arrived, FolderRows, Rows};
use crate::shell::live::{BURST_SECONDS_MAX, Event, Live, Pass};
use crate::shell::network::Registered;
use crate::shell::reader::not_accepted;
use crate::shell::store::attempt::Attempt;
use crate::shell::store::file;
use crate::shell::store::file::File;
use crate::shell::store::paper;
use crate::shell::store::paper::{Arrival, Told};

/// A file of which the bytes are held.
struct Taken {
    path: Vec<u8>,
    stamp: Stamp,
    bytes: Vec<u8>,
    sha256: Sha256,
}

impl Live {
    /// Reconciles one organization's folder, reads what is new, and judges when its burst
    /// of files is over.
    pub(super) fn visit(&mut self, id: &str, pass: &mut Pass) -> Result<(), Error> {
        let Some(registered) = self.network.organizations.get(id).cloned() else {
            return Ok(());
        };
        let record = file::record(&self.rows, id)?;
        let walked = self.clock.wall_ns();
        let settle = i64::from(self.network.settings.settle_seconds) * 1_000_000_000;
        let folder = Folder::open(&registered.papers).ok();
        let (mut difference, health) = match &folder {
            Some(folder) => intake::reconcile(folder, &record, walked, settle),
            None => (Difference::default(), Health::Unreadable),
        };
        if health != Health::Healthy {
            let organization = id.to_owned();
            pass.events.push(Event::Health { organization, health });
        }
        let settled = std::mem::take(&mut difference.settled);
        let mut settling = difference.settling;
        let mut rows = Rows::default();
        let mut inputs = Vec::new();
        if let Some(folder) = &folder {
            for chunk in settled.chunks(limits::PAPERS_PER_COMMIT_MAX) {
                if !inputs.is_empty() {
                    let rows = std::mem::take(&mut rows);
                    self.step(std::mem::take(&mut inputs), rows, pass)?;
                }
                let taken = take(folder, chunk, &mut difference, &mut settling);
                self.arrive(id, &registered, taken, &mut rows, &mut inputs)?;
            }
        }
        pass.settling += settling;
        tell_refused(id, &difference, &mut rows);
        let marker = folder.as_ref().is_some_and(Folder::has_marker);
        rows.folder = Some(FolderRows {
            organization: id.to_owned(),
            folder: folder.map(|folder| (folder.identity, marker)),
            health,
            aside: set_aside(&mut difference),
            missing: difference.missing,
            gone: difference.gone,
            back: difference.back,
            walked,
        });
        self.close_burst(id, settling, health, inputs, rows, pass)
    }

    /// Adds what a whole look at the folder means, and judges when nothing is moving.
    fn close_burst(
        &mut self,
        id: &str,
        settling: usize,
        health: Health,
        mut inputs: Vec<Input>,
        rows: Rows,
        pass: &mut Pass,
    ) -> Result<(), Error> {
        let now = self.clock.wall_ns() / 1_000_000_000;
        let since = *self.bursts.entry(id.to_owned()).or_insert(now);
        let patient = now.saturating_sub(since) < BURST_SECONDS_MAX;
        if settling > 0 && patient {
            return self.step(inputs, rows, pass);
        }
        if settling == 0 {
            let healthy = health == Health::Healthy;
            inputs.push(Input::Reconciled { organization: id.to_owned(), healthy });
        }
        inputs.push(Input::Settled { organization: id.to_owned() });
        self.bursts.remove(id);
        self.step(inputs, rows, pass)
    }

    /// Keeps the papers' bytes, reads what was not read yet, and adds rows and inputs.
    fn arrive(
        &self,
        id: &str,
        registered: &Registered,
        taken: Vec<Taken>,
        rows: &mut Rows,
        inputs: &mut Vec<Input>,
    ) -> Result<(), Error> {
        let at = self.clock.now();
        let zone = self.zones.organization(Some(&registered.file));
        let received = clock::day_in(at, zone);
        let kept: Vec<(Sha256, &[u8])> =
            taken.iter().map(|taken| (taken.sha256, taken.bytes.as_slice())).collect();
        self.place.keep_papers(&kept)?;
        for taken in taken {
            let file = file_row(id, &taken, at);
            if file.role == "sidecar" {
                rows.sidecars.push(file);
                continue;
            }
            let arrived = self.arrived(registered, &taken, file, received, rows)?;
            let read = Told {
                arrival: arrived.0.arrival.clone(),
                reading: arrived.1,
                answered: false,
            };
            inputs.push(Input::Paper(Box::new(self.paper_read(read))));
            rows.arrivals.push(arrived.0);
        }
        Ok(())
    }

    fn arrived(
        &self,
        registered: &Registered,
        taken: &Taken,
        file: File,
        received: Day,
        rows: &mut Rows,
    ) -> Result<(Arrived, Reading), Error> {
        let id = &file.organization;
        let context = self.reader.context(&registered.file);
        let known = paper::find(&self.rows, id, taken.sha256)?
            .filter(|document| document.context.as_ref() == Some(&context))
            .and_then(|document| document.reading);
        let in_chunk =
            rows.arrivals.iter().find(|other| other.file.sha256 == taken.sha256);
        let known = known.or_else(|| {
            in_chunk
                .and_then(|other| other.reading.as_ref().map(|(_, known)| known.clone()))
        });
        let duplicate_of = match in_chunk {
            Some(other) => Some(other.file.path.clone()),
            None => file::other_path(&self.rows, id, taken.sha256, &taken.path)?,
        };
        let replaces = file::content(&self.rows, id, &taken.path)?
            .filter(|replaced| *replaced != taken.sha256);
        let fresh = known.is_none();
        let reading = match known {
            Some(reading) => reading,
            None => self.read_new(registered, taken, received)?,
        };
        let arrival = Arrival {
            organization: id.clone(),
            sha256: taken.sha256,
            path: folder::shown(&taken.path),
            at: self.clock.now(),
            bytes: taken.stamp.size,
            replaces,
            duplicate_of: duplicate_of.as_deref().map(folder::shown),
        };
        rows.events.push(Event::Paper {
            organization: id.clone(),
            path: arrival.path.clone(),
            state: reading.state.clone(),
            kind: reading.kinds.first().map(|guess| guess.kind.clone()),
        });
        let kept = fresh.then(|| (context, reading.clone()));
        Ok((Arrived { arrival, file, reading: kept }, reading))
    }

    /// Reads a paper for the first time, unless it has stopped its reader too often.
    fn read_new(
        &self,
        registered: &Registered,
        taken: &Taken,
        received: Day,
    ) -> Result<Reading, Error> {
        let attempt = Attempt::begin(&self.place, taken.sha256)?;
        if attempt.number > limits::READ_ATTEMPTS_MAX {
            return Ok(not_accepted(Problem::ReaderFailed));
        }
        let reading =
            self.reader.read(&registered.file, &taken.path, &taken.bytes, received);
        attempt.end();
        Ok(reading)
    }
}

fn take(
    folder: &Folder,
    chunk: &[Seen],
    difference: &mut Difference,
    settling: &mut usize,
) -> Vec<Taken> {
    let mut all = Vec::new();
    for seen in chunk {
        match folder.read(&seen.path) {
            Ok((bytes, stamp)) => {
                let sha256 = disk::sha256(&bytes);
                all.push(Taken { path: seen.path.clone(), stamp, bytes, sha256 });
            }
            Err(Refusal::Changing) => *settling += 1,
            // The next walk says what became of it.
            Err(Refusal::Gone) => {}
            Err(refusal) => difference.refused.push((seen.path.clone(), refusal)),
        }
    }
    all
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

fn tell_refused(id: &str, difference: &Difference, rows: &mut Rows) {
    for (path, refusal) in &difference.refused {
        rows.events.push(Event::Refused {
            organization: id.to_owned(),
            path: folder::shown(path),
            why: refusal.name(),
        });
    }
}

fn set_aside(difference: &mut Difference) -> Vec<(Vec<u8>, &'static str)> {
    let ignored = std::mem::take(&mut difference.ignored);
    let refused = std::mem::take(&mut difference.refused);
    let ignored = ignored.into_iter().map(|path| (path, "ignored_name"));
    let refused = refused.into_iter().map(|(path, refusal)| (path, refusal.name()));
    ignored.chain(refused).collect()
}
