//! Who of a network is in memory with its papers: the few that something happened to last.

use crate::plan::{Input, Now};
use crate::shell::Error;
use crate::shell::live::Live;
use crate::shell::recall;

impl Live {
    /// At most so many organizations are in memory with their papers between two steps; for
    /// tests that show that it makes no difference.
    #[must_use]
    pub fn with_awake_max(self, awake_max: usize) -> Live {
        Live { awake_max, ..self }
    }

    /// How many organizations are in memory with their papers.
    pub fn awake(&self) -> usize {
        self.memory.awake()
    }

    /// How many verdicts were reckoned since the start.
    pub fn judgements(&self) -> u64 {
        self.memory.judgements()
    }

    /// Puts back the papers that these inputs ask for.
    pub(super) fn wake(&mut self, inputs: &[Input], now: &Now) -> Result<(), Error> {
        for id in self.memory.to_wake(inputs, now) {
            let papers = recall::papers(&self.rows, &self.network, &self.zones, &id)?;
            self.memory.wake(&id, &papers);
        }
        Ok(())
    }
}
