//! The one writer: a thread that owns the connection and commits for everybody.
//!
//! Whoever writes hands over a closure and waits until it is durable. Closures that wait at
//! the same time share one COMMIT, each in a savepoint, so that one that fails takes
//! nothing of the others with it.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, Savepoint};

use crate::shell::Error;
use crate::shell::fault;
use crate::shell::fault::Point;
use crate::shell::store::check::Check;
use crate::shell::store::ledger::checkpoint;
use crate::shell::store::ledger::checkpoint::Checkpoint;

/// Writes that share one COMMIT at most: a flush costs as much as a thousand rows.
const GROUP_MAX: usize = 256;

type Write = Box<dyn FnOnce(&mut Savepoint<'_>) -> Option<Acknowledge> + Send>;
/// What is done before the first write.
pub type First = Box<dyn FnOnce(&Connection) -> Result<(), Error> + Send>;
type Acknowledge = Box<dyn FnOnce(Result<(), Error>) + Send>;

/// A handle to the writer; as many as are wanted.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: Sender<Write>,
}

/// The writer's thread; it ends when the last handle is dropped.
#[derive(Debug)]
pub struct Writing {
    thread: Option<JoinHandle<()>>,
}

impl Writing {
    /// Waits until everything handed over is written and the store is closed.
    pub fn finish(mut self) {
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Starts the writer on a connection that is its own from now on.
pub fn start(connection: Connection) -> (Writer, Writing) {
    start_after(connection, None)
}

/// The same, to write nothing before the store is checked, and before anything else `first`:
/// both when somebody writes. Of a store that is damaged the writer stops.
#[expect(clippy::disallowed_methods, reason = "the writer is a thread of the shell")]
pub fn start_after(
    connection: Connection,
    first: Option<(Check, First)>,
) -> (Writer, Writing) {
    let (queue, writes) = channel();
    let faults = fault::of_this_thread();
    let thread = std::thread::spawn(move || {
        fault::happen_here(faults);
        run(connection, &writes, first);
    });
    (Writer { queue }, Writing { thread: Some(thread) })
}

impl Writer {
    /// Runs `write` in a transaction and returns once it is durable.
    ///
    /// # Errors
    /// What `write` returned, with nothing of it written; or *stop*, when nobody knows
    /// whether it was.
    pub fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = channel();
        let write: Write = Box::new(move |savepoint| match write(savepoint) {
            Ok(value) => Some(Box::new(move |committed: Result<(), Error>| {
                drop(answer.send(committed.map(|()| value)));
            })),
            Err(error) => {
                drop(answer.send(Err(error)));
                None
            }
        });
        self.queue.send(write).map_err(|_| gone())?;
        answered.recv().map_err(|_| gone())?
    }
}

fn gone() -> Error {
    Error::stop("the store's writer has stopped", "توقّف كاتب المخزن")
}

fn run(
    mut connection: Connection,
    writes: &Receiver<Write>,
    mut before: Option<(Check, First)>,
) {
    let mut told = None;
    while let Ok(first) = writes.recv() {
        if let Some((check, before)) = before.take()
            && check.passed().and_then(|()| before(&connection)).is_err()
        {
            return;
        }
        let mut group = vec![first];
        group.extend(writes.try_iter().take(GROUP_MAX - 1));
        if !commit(&mut connection, group, &mut told) {
            // Whoever waits is told by the closed channel, and stops.
            return;
        }
    }
    drop(connection.close());
}

/// Whether the store can still be trusted.
fn commit(
    connection: &mut Connection,
    group: Vec<Write>,
    told: &mut Option<Checkpoint>,
) -> bool {
    let Ok(mut transaction) =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
    else {
        return false;
    };
    let mut waiting = Vec::new();
    for write in group {
        let Ok(mut savepoint) = transaction.savepoint() else { return false };
        match write(&mut savepoint) {
            Some(acknowledge) => {
                if savepoint.commit().is_err() {
                    return false;
                }
                waiting.push(acknowledge);
            }
            // Dropping the savepoint takes its writes back.
            None => drop(savepoint),
        }
    }
    let committed = fault::point(Point::Committing(&transaction))
        .and_then(|()| transaction.commit().map_err(Error::from))
        .and_then(|()| fault::point(Point::Committed));
    let trusted = committed.is_ok();
    if trusted && let Err(error) = checkpoint::keep(connection, told) {
        // It is written again with the next commit; until then it proves less.
        tracing::warn!("{}", error.said.english);
    }
    for acknowledge in waiting {
        acknowledge(committed.clone());
    }
    trusted
}
