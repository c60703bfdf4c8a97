//! What people state of papers on record: taken up in the pass that finds it, with what
//! follows from it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sha2::Digest;

use crate::document::{Reading, Sha256};
use crate::plan::Input;
use crate::recognise::Sidecar;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::folder;
use crate::shell::live::arrivals::Visit;
use crate::shell::live::memory::with_sidecar;
use crate::shell::live::{Event, Live};
use crate::shell::reader::{PATIENCE, Paper};
use crate::shell::store::Place;
use crate::shell::store::correction;
use crate::shell::store::correction::{Correction, Request};
use crate::shell::store::forgotten;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::paper;
use crate::shell::store::paper::Told;

/// A correction that is taken up: how the paper reads with it, and with what it was read.
#[derive(Debug)]
pub(super) struct Corrected {
    pub(super) request: Request,
    /// `None` where there is no such paper any more.
    pub(super) read: Option<(Vec<u8>, Reading)>,
}

impl Live {
    /// Whether another process minds the network.
    ///
    /// # Errors
    /// When the lock cannot be looked at.
    pub fn is_minded(place: &Place) -> Result<bool, Error> {
        Ok(disk::lock(&place.lock_file())?.is_none())
    }

    /// Where commands leave word that they ask for something.
    pub fn knock_folder(&self) -> PathBuf {
        self.place.knock_folder()
    }

    /// Whose papers somebody has stated something of.
    pub(super) fn asked(&self) -> Result<BTreeSet<String>, Error> {
        let waiting = correction::waiting(&self.rows)?;
        Ok(waiting.into_iter().map(|request| request.correction.organization).collect())
    }

    /// Takes up what waits for an organization, before its folder is looked at.
    pub(super) fn take_corrections(&self, visit: &mut Visit) -> Result<(), Error> {
        let mut said: Vec<Correction> = Vec::new();
        for request in correction::waiting(&self.rows)? {
            if request.correction.organization == visit.id {
                said.push(request.correction.clone());
                self.take_correction(visit, request, &said)?;
            }
        }
        Ok(())
    }

    /// `said`: what was stated in this pass so far, this correction last.
    fn take_correction(
        &self,
        visit: &mut Visit,
        request: Request,
        said: &[Correction],
    ) -> Result<(), Error> {
        let sha256 = request.correction.sha256;
        let of = (visit.id.as_str(), sha256);
        let arrival = match paper::first_arrival(&self.rows, of)? {
            Some(arrival) if !forgotten::is_forgotten(&self.rows, of)? => arrival,
            _ => {
                visit.rows.corrections.push(Corrected { request, read: None });
                return Ok(());
            }
        };
        let path = arrival.path.as_bytes();
        let mut all = correction::of_paper(&self.rows, of, &Horizon::NOW)?;
        all.extend(said.iter().filter(|one| one.sha256 == sha256).cloned());
        let sidecar = self.sidecar_on_record(&visit.id, path)?;
        let stated = with_corrections(sidecar, &all);
        let bytes = self.place.paper_bytes(sha256)?;
        let beside = stated.as_ref().map(|(_, stated)| stated);
        let paper = Paper { path, bytes: &bytes, sidecar: beside, patience: PATIENCE };
        let zone = self.zones.organization(Some(&visit.registered.file));
        let received = clock::day_in(arrival.at, zone);
        let owner = (visit.id.as_str(), &visit.registered.file);
        let reading = self.read_safely(owner, sha256, &paper, received)?.reading;
        let context = with_sidecar(&visit.context, stated.map(|(hash, _)| hash));
        visit.rows.events.push(Event::Paper {
            organization: visit.id.clone(),
            path: folder::shown(path),
            state: reading.state.clone(),
            kind: reading.kinds.first().map(|guess| guess.kind.clone()),
        });
        let before = paper::find(&self.rows, &visit.id, sha256)?;
        if before.and_then(|before| before.reading).as_ref() != Some(&reading) {
            let told = Told { arrival, reading: reading.clone(), answered: true };
            visit.inputs.push(Input::Corrected(Box::new(self.paper_read(told))));
        }
        let read = Some((context, reading));
        visit.rows.corrections.push(Corrected { request, read });
        Ok(())
    }

    /// What people state of a paper: in a file beside it, and by what is on record.
    pub(super) fn stated_of(
        &self,
        of: (&str, Sha256),
        sidecar: Option<(Sha256, Sidecar)>,
    ) -> Result<Option<(Sha256, Sidecar)>, Error> {
        let all = correction::of_paper(&self.rows, of, &Horizon::NOW)?;
        Ok(with_corrections(sidecar, &all))
    }
}

/// A sidecar and corrections as one, with the hash of both; the sidecar as it is where
/// nothing was corrected.
fn with_corrections(
    sidecar: Option<(Sha256, Sidecar)>,
    all: &[Correction],
) -> Option<(Sha256, Sidecar)> {
    let corrections = correction::in_force(all);
    if corrections.is_empty() {
        return sidecar;
    }
    let (hash, sidecar) = sidecar.unwrap_or((Sha256::ZERO, Sidecar::default()));
    let mut both = sha2::Sha256::new();
    both.update(hash.0);
    for text in corrections.iter().flat_map(|(name, value)| [name, value]) {
        both.update(text.len().to_be_bytes());
        both.update(text.as_bytes());
    }
    Some((Sha256(both.finalize().into()), Sidecar { corrections, ..sidecar }))
}
