//! What a command asks for that only one process may do: it does it itself, or has the one
//! do it that minds the network.

use std::time::Duration;

use rusqlite::Connection;

use crate::cli::telling;
use crate::cli::{Context, Failure, Format};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::live::Live;
use crate::shell::store::Place;
use crate::shell::store::request;

/// How long the daemon has to take a request up before this says so and ends.
const PATIENCE_MS: u64 = 10_000;
const LOOK_MS: u64 = 50;

/// Has a request carried out that is on record, with all that follows for an organization.
/// Gives whether it was; a daemon that is busy does it later.
///
/// # Errors
/// When the network cannot be minded and nobody minds it, or the store fails.
pub(super) fn carry_out(
    context: &Context,
    place: &Place,
    (connection, id): (&Connection, i64),
    organization: &str,
) -> Result<bool, Failure> {
    let mut live = match Live::start(&context.root()?, context.clock) {
        Ok(live) => live,
        Err(problems) if Live::is_minded(place)? => {
            drop(problems);
            place.knock(id)?;
            return Ok(awaited(connection, id)?);
        }
        Err(problems) => {
            request::done(connection, id, context.clock.now())?;
            return Err(problems.into());
        }
    };
    let only = [organization.to_owned()].into();
    live.pass(Some(&only), &mut |event| {
        if context.output.format == Format::Human && !context.output.quiet {
            telling::tell(context.output, &event);
        }
    })?;
    live.deliver()?;
    Ok(request::is_done(connection, id)?)
}

/// Waits a little for whoever minds the network.
fn awaited(connection: &Connection, id: i64) -> Result<bool, Error> {
    for _ in 0..PATIENCE_MS / LOOK_MS {
        if request::is_done(connection, id)? {
            return Ok(true);
        }
        clock::wait(Duration::from_millis(LOOK_MS));
    }
    Ok(false)
}
