//! One paper that comes in, and the papers inside it: read, and made into rows and inputs.
//!
//! A paper inside another is kept by its own hash before it is read, is read by a worker of
//! its own, and has its own state; the carrier is read like any paper. What one dropped
//! file may hold is bounded over all depths together.

use std::time::Duration;

use crate::calendar::Day;
use crate::config::organization::OrganizationFile;
use crate::document::{Enclosed, Problem, ReadState, Reading, Sha256};
use crate::limits;
use crate::plan::Input;
use crate::recognise::Sidecar;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::fault;
use crate::shell::fault::Point;
use crate::shell::folder;
use crate::shell::live::Live;
use crate::shell::live::arrivals::Visit;
use crate::shell::live::effects::{Arrived, Held};
use crate::shell::live::memory::with_sidecar;
use crate::shell::reader::{Paper, Read};
use crate::shell::store::attempt::Attempt;
use crate::shell::store::enclosure;
use crate::shell::store::enclosure::Enclosure;
use crate::shell::store::file::File;
use crate::shell::store::forgotten;
use crate::shell::store::paper;
use crate::shell::store::paper::{Arrival, Told};

/// A paper of which the bytes are held and kept.
pub(super) struct Incoming<'p> {
    /// Below the drop folder; a carrier is the folder of what it holds.
    pub(super) path: &'p [u8],
    pub(super) bytes: &'p [u8],
    pub(super) sha256: Sha256,
    pub(super) sidecar: Option<&'p (Sha256, Sidecar)>,
    /// What the path held before.
    pub(super) replaces: Option<Sha256>,
    pub(super) at: i64,
    /// The path of the paper it came in, as shown to people.
    pub(super) carrier: Option<String>,
    /// How deep it lies inside others; 0 in the folder itself.
    pub(super) depth: usize,
}

/// What one dropped file may still bring.
pub(super) struct Budget {
    files: usize,
    bytes: u64,
    /// For recognising pictures.
    time: Duration,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget {
            files: limits::ENCLOSED_MAX,
            bytes: limits::ENCLOSED_TOTAL_BYTES_MAX,
            time: Duration::from_secs(limits::OCR_DROPPED_SECONDS_MAX),
        }
    }
}

impl Budget {
    /// Takes what these files cost, all of them or none.
    fn spend(&mut self, files: &[Enclosed]) -> bool {
        let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
        let left = self.bytes.checked_sub(u64::try_from(bytes).unwrap_or(u64::MAX));
        let (Some(files), Some(bytes)) = (self.files.checked_sub(files.len()), left)
        else {
            return false;
        };
        (self.files, self.bytes) = (files, bytes);
        true
    }
}

impl Live {
    /// Reads a paper unless that was done, adds what follows, and opens what lies in it.
    pub(super) fn come(
        &self,
        visit: &mut Visit,
        incoming: &Incoming<'_>,
        file: Option<File>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        let known = self.known(visit, incoming)?;
        let fresh = known.is_none();
        visit.again |= fresh && self.was_read(visit, incoming)?;
        let mut read = match known {
            Some(reading) => Read { reading, enclosed: Vec::new(), took: Duration::ZERO },
            None => self.read_incoming(visit, incoming, budget.time)?,
        };
        budget.time = budget.time.saturating_sub(read.took);
        if !budget.spend(&read.enclosed) {
            read = Read::not_accepted(Problem::LimitPassed);
        }
        let Read { reading, enclosed, .. } = read;
        let arrival = Arrival {
            organization: visit.id.clone(),
            sha256: incoming.sha256,
            path: folder::shown(incoming.path),
            at: incoming.at,
            bytes: u64::try_from(incoming.bytes.len()).unwrap_or(u64::MAX),
            replaces: incoming.replaces,
            duplicate_of: self.duplicate_of(visit, incoming)?,
            carrier: incoming.carrier.clone(),
            encloses: u32::try_from(enclosed.len()).unwrap_or(u32::MAX),
        };
        visit.tell_paper(&arrival, &reading);
        let told =
            Told { arrival: arrival.clone(), reading: reading.clone(), answered: false };
        visit.inputs.push(Input::Paper(Box::new(self.paper_read(told))));
        let reading = fresh.then(|| (context_of(visit, incoming), reading));
        visit.rows.arrivals.push(Arrived { arrival, file, reading });
        self.open(visit, incoming, enclosed, budget)
    }

    /// Takes in the papers that lie in another.
    pub(super) fn open(
        &self,
        visit: &mut Visit,
        carrier: &Incoming<'_>,
        files: Vec<Enclosed>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        for file in files {
            let sha256 = disk::sha256(&file.bytes);
            if !self.is_forgotten(&visit.id, sha256)? {
                self.place.keep_papers(&[(sha256, file.bytes.as_slice())])?;
            }
            let before = match carrier.replaces {
                Some(parent) => {
                    let earlier = Enclosure { parent, name: file.name.clone() };
                    enclosure::content(&self.rows, &visit.id, &earlier)?
                }
                None => None,
            };
            let organization = visit.id.clone();
            let place = Enclosure { parent: carrier.sha256, name: file.name.clone() };
            visit.rows.held.push(Held { organization, place, sha256 });
            // A new version of the carrier that holds the same paper brings nothing new.
            if before == Some(sha256) {
                continue;
            }
            let path = [carrier.path, b"/", file.name.as_bytes()].concat();
            let stated = self.stated_of((&visit.id, sha256), None)?;
            let incoming = Incoming {
                path: &path,
                bytes: &file.bytes,
                sha256,
                sidecar: stated.as_ref(),
                replaces: before,
                at: carrier.at,
                carrier: Some(folder::shown(carrier.path)),
                depth: carrier.depth.saturating_add(1),
            };
            self.come(visit, &incoming, None, budget)?;
        }
        Ok(())
    }

    /// What is known of the content already, read as it would be read now. That it lay too
    /// deep says nothing of it where it does not.
    fn known(
        &self,
        visit: &Visit,
        incoming: &Incoming<'_>,
    ) -> Result<Option<Reading>, Error> {
        let mut arrivals = visit.rows.arrivals.iter();
        let twin = arrivals.find(|other| other.arrival.sha256 == incoming.sha256);
        if let Some((_, known)) = twin.and_then(|twin| twin.reading.as_ref()) {
            return Ok(Some(known.clone()));
        }
        let context = context_of(visit, incoming);
        let document = paper::find(&self.rows, &visit.id, incoming.sha256)?;
        let gone = self.is_forgotten(&visit.id, incoming.sha256)?;
        Ok(document
            .filter(|document| gone || document.context.as_ref() == Some(&context))
            .and_then(|document| document.reading))
    }

    /// Whether somebody had it erased: its bytes are neither kept nor read again.
    pub(super) fn is_forgotten(&self, id: &str, sha256: Sha256) -> Result<bool, Error> {
        forgotten::is_forgotten(&self.rows, (id, sha256))
    }

    /// Whether the content was read before, with something else.
    fn was_read(&self, visit: &Visit, incoming: &Incoming<'_>) -> Result<bool, Error> {
        let document = paper::find(&self.rows, &visit.id, incoming.sha256)?;
        Ok(document.is_some_and(|document| document.reading.is_some()))
    }

    fn duplicate_of(
        &self,
        visit: &Visit,
        incoming: &Incoming<'_>,
    ) -> Result<Option<String>, Error> {
        let mut arrivals = visit.rows.arrivals.iter();
        if let Some(twin) = arrivals.find(|other| other.arrival.sha256 == incoming.sha256)
        {
            return Ok(Some(twin.arrival.path.clone()));
        }
        let own = folder::shown(incoming.path);
        let paths = enclosure::paths(&self.rows, &visit.id, incoming.sha256)?;
        Ok(paths.into_iter().find(|path| *path != own))
    }

    fn read_incoming(
        &self,
        visit: &Visit,
        incoming: &Incoming<'_>,
        patience: Duration,
    ) -> Result<Read, Error> {
        if incoming.depth > limits::ENCLOSED_DEPTH_MAX {
            return Ok(Read::not_accepted(Problem::LimitPassed));
        }
        let sidecar = incoming.sidecar.map(|(_, stated)| stated);
        let (path, bytes) = (incoming.path, incoming.bytes);
        let paper = Paper { path, bytes, sidecar, patience };
        let owner = (visit.id.as_str(), &visit.registered.file);
        self.read_safely(owner, incoming.sha256, &paper, visit.today)
    }

    /// Reads a paper, again when its reader dies, and not any more after three times,
    /// whether it was the reader that died or this process with it.
    pub(super) fn read_safely(
        &self,
        owner: (&str, &OrganizationFile),
        sha256: Sha256,
        paper: &Paper<'_>,
        received: Day,
    ) -> Result<Read, Error> {
        let died = ReadState::NotAccepted(Problem::ReaderFailed);
        loop {
            let attempt = Attempt::begin(&self.place, sha256)?;
            if attempt.number > limits::READ_ATTEMPTS_MAX {
                return Ok(Read::not_accepted(Problem::ReaderFailed));
            }
            fault::point(Point::Reading(sha256))?;
            let read = self.reader.read(owner, paper, received);
            if read.reading.state != died {
                attempt.end();
                return Ok(read);
            }
        }
    }
}

/// What a reading of the file rests on besides its bytes.
fn context_of(visit: &Visit, incoming: &Incoming<'_>) -> Vec<u8> {
    with_sidecar(&visit.context, incoming.sidecar.map(|(sha256, _)| *sha256))
}
