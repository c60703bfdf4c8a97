//! Memory, built from the rows: the same at the first start, after a crash, and when what
//! people wrote has changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plan;
use crate::plan::PaperRead;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::live::{Live, written};
use crate::shell::store::judgement;
use crate::shell::store::paper;
use crate::shell::store::paper::Told;

impl Live {
    /// Forgets everything and remembers it from the store.
    pub(super) fn rebuild(&mut self) -> Result<(), Error> {
        self.read_outdated()?;
        self.memory = plan::Network::new(Arc::clone(&self.rules.vocabulary));
        self.memory.recall(judgement::stored(&self.rows)?);
        for told in paper::all(&self.rows, None)? {
            let answered = told.answered;
            let organization = told.arrival.organization.clone();
            if !answered {
                self.bursts.entry(organization).or_insert(i64::MIN);
            }
            let read = self.paper_read(told);
            self.memory.remember(&read, answered);
        }
        self.day = self.last_day()?;
        self.changed = written(&self.network, &self.rules);
        Ok(())
    }

    pub(super) fn paper_read(&self, told: Told) -> PaperRead {
        let Told { arrival, reading, .. } = told;
        let registered = self.network.organizations.get(&arrival.organization);
        let zone = self.zones.organization(registered.map(|registered| &registered.file));
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
        }
    }

    /// Reads again, from the kept copies, the papers that would now read differently.
    fn read_outdated(&mut self) -> Result<(), Error> {
        let mut contexts = BTreeMap::new();
        for (id, registered) in &self.network.organizations {
            contexts.insert(id.clone(), self.reader.context(&registered.file));
        }
        for (organization, context) in contexts {
            for outdated in paper::outdated(&self.rows, &organization, &context)? {
                self.read_again(&organization, &context, &outdated)?;
            }
        }
        Ok(())
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
        let reading = self.reader.read(&registered.file, path, &bytes, received);
        let (organization, context) = (organization.to_owned(), context.to_vec());
        let sha256 = outdated.sha256;
        self.writer.write(move |connection| {
            paper::keep_reading(connection, &organization, sha256, &context, &reading)
        })
    }
}
