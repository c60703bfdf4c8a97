//! Looks at the drop folders of many organizations, one after the other as far as anybody can
//! tell.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use crate::limits;
use crate::shell::Error;
use crate::shell::clock::Allowance;
use crate::shell::intake::look::{Looker, Looks};
use crate::shell::live::{Live, Passing};
use crate::shell::recall;
use crate::shell::store::looked;

impl Live {
    /// Looks at the folders of these organizations in their order; `whole`: they are all that
    /// there are.
    pub(super) fn look_at(
        &mut self,
        ids: BTreeSet<String>,
        whole: bool,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        let took = Allowance::of(Duration::MAX);
        let looker = Looker::new(self.clock, &recall::program());
        let folders = ids.len();
        let mut ids = ids.into_iter().peekable();
        while ids.peek().is_some() {
            let portion =
                ids.by_ref().take(limits::ORGANIZATIONS_PER_COMMIT_MAX).collect();
            self.look_at_portion(portion, (whole, looker), pass)?;
        }
        if whole {
            self.silent.mounts = None;
            tracing::info!(folders, compared_ms = took.millis(), "looked");
        }
        Ok(())
    }

    /// What follows is stored in one transaction, but for whoever brought a paper.
    fn look_at_portion(
        &mut self,
        ids: Vec<String>,
        (whole, looker): (bool, Looker),
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        let registered = &self.network.organizations;
        let papers = |id: String| Some((registered.get(&id)?.papers.clone(), id));
        let (folders, ids): (Vec<PathBuf>, Vec<String>) =
            ids.into_iter().filter_map(papers).unzip();
        let mut quiet = Vec::new();
        for (id, look) in ids.iter().zip(Looks::at(folders, looker)) {
            let found = self.visit(id, look, pass)?;
            quiet.extend(found.map(|found| (id.clone(), found)));
        }
        self.store_waiting(pass)?;
        // A flush for each folder that came to rest would cost more than it saves.
        if whole && !quiet.is_empty() {
            self.writer.write(move |rows| looked::keep_found(rows, &quiet))?;
        }
        Ok(())
    }
}
