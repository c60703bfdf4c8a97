//! From what a step answers to the store.
//!
//! What follows for one organization is never cut. What follows for organizations that nobody
//! waits for shares a transaction, in which each is stored as if it were alone in one: in its
//! turn, by its own instant.

use crate::plan::Effect;
use crate::shell::Error;
use crate::shell::live::effects::Rows;
use crate::shell::live::{Event, Live, Passing};
use crate::shell::outbox;

/// What was judged in a pass and is not stored yet, in its order, each with its instant.
pub(super) type Waiting = Vec<(Rows, i64)>;

impl Live {
    /// Stores in one transaction with what waits, and tells what it stored.
    pub(super) fn store(
        &self,
        effects: Vec<Effect>,
        rows: Rows,
        at: i64,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        self.store_later(effects, rows, at, pass)?;
        self.store_waiting(pass)
    }

    /// Has it wait for what others bring, where it answers no paper.
    pub(super) fn store_later(
        &self,
        effects: Vec<Effect>,
        mut rows: Rows,
        at: i64,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        rows.wait = self.clock_jumped.then_some(outbox::CLOCK);
        if effects.iter().any(Effect::is_digest) {
            // The state of the ledger at its foot is the one before it.
            self.store_waiting(pass)?;
        }
        let effects = self.witnessed(effects)?;
        rows.add(effects, &mut self.desk()?, at);
        let answers = rows.answer_papers();
        if !rows.is_empty() || !rows.events.is_empty() {
            pass.waiting.push((rows, at));
        }
        if answers { self.store_waiting(pass) } else { Ok(()) }
    }

    /// Stores in one transaction all that waits, and tells what it stored.
    pub(super) fn store_waiting(&self, pass: &mut Passing<'_>) -> Result<(), Error> {
        let mut waiting = std::mem::take(&mut pass.waiting);
        if waiting.iter().any(|(rows, _)| !rows.is_empty()) {
            waiting = self.writer.write(move |connection| {
                // Some have only something to tell.
                let some = waiting.iter_mut().filter(|(rows, _)| !rows.is_empty());
                for (rows, at) in some {
                    let written = rows.store(connection, *at)?;
                    rows.events.extend(written);
                }
                Ok(waiting)
            })?;
        }
        for (rows, _) in waiting {
            let followed =
                rows.effects.into_iter().map(|effect| Event::Effect(Box::new(effect)));
            for event in rows.events.into_iter().chain(followed) {
                pass.tell(event);
            }
        }
        Ok(())
    }
}
