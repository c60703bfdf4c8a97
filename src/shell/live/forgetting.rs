//! Papers that people have erased: taken off the record in the pass that finds the request,
//! and out of files and free pages after it.

use std::collections::BTreeSet;

use crate::shell::Error;
use crate::shell::disk;
use crate::shell::intake::name;
use crate::shell::live::effects::Rows;
use crate::shell::live::{Live, Passing};
use crate::shell::outbox::way;
use crate::shell::store;
use crate::shell::store::file;
use crate::shell::store::forgotten;
use crate::shell::store::forgotten::Unswept;

impl Live {
    /// Erases what people asked to have erased, before anything is judged or told; gives whose
    /// it was. Memory holds what their papers said; they are put back without.
    pub(super) fn forget(
        &mut self,
        pass: &mut Passing<'_>,
    ) -> Result<BTreeSet<String>, Error> {
        let requests = forgotten::waiting(&self.rows)?;
        if requests.is_empty() {
            return Ok(BTreeSet::new());
        }
        let whose = requests.iter().map(|request| request.forgotten.organization.clone());
        let whose: BTreeSet<String> = whose.collect();
        self.step(Vec::new(), Rows::of_forgotten(requests), pass)?;
        for organization in &whose {
            self.memory.reads_again(organization);
        }
        Ok(whose)
    }

    /// Removes what files and free pages still hold of erased papers. What cannot be done now
    /// is done by a later pass.
    pub(super) fn sweep(&self) {
        if let Err(error) = self.try_to_sweep() {
            tracing::warn!("an erased paper is not swept yet: {}", error.said.english);
        }
    }

    fn try_to_sweep(&self) -> Result<(), Error> {
        let unswept = forgotten::unswept(&self.rows)?;
        if unswept.is_empty() {
            return Ok(());
        }
        for paper in &unswept {
            if !paper.held {
                disk::remove(&self.place.paper(paper.sha256))?;
            }
            self.remove_sidecars(paper)?;
        }
        self.remove_written_letters()?;
        store::compact(&self.place)?;
        self.writer.write(move |connection| forgotten::swept(connection, &unswept))
    }

    /// What people stated in files beside it is kept by hash as well.
    fn remove_sidecars(&self, paper: &Unswept) -> Result<(), Error> {
        let id = &paper.organization;
        for path in file::paths_of(&self.rows, id, paper.sha256)? {
            let sidecar = file::content(&self.rows, id, &name::sidecar_of(&path))?;
            if let Some(sidecar) = sidecar {
                disk::remove(&self.place.paper(sidecar))?;
            }
        }
        Ok(())
    }

    /// The files of letters of which the outbox holds nothing any more.
    fn remove_written_letters(&self) -> Result<(), Error> {
        let folder = way::folder(&self.network.root);
        let emptied = forgotten::emptied(&self.rows)?;
        let beginnings: BTreeSet<String> =
            emptied.iter().map(|(id, _)| format!("{id:04}-")).collect();
        for path in disk::names_in(&folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let mut parts = name.split_inclusive('-');
            if parts.next().is_some_and(|first| beginnings.contains(first)) {
                disk::remove(&path)?;
            }
        }
        Ok(())
    }
}
