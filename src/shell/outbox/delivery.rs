//! Delivery: takes due letters out of the outbox, one at a time, each step committed.
//!
//! To the folder `outbox` before `go-live` or without a server; else by SMTP. A fault of the
//! channel (connecting, TLS, the password) pauses the channel and costs no letter an attempt.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::Row;
use super::State;
use super::way::{Handing, Way};
use crate::letters::header::ascii_token;
use crate::shell::Error;
use crate::shell::clock::Clock;
use crate::shell::disk;
use crate::shell::fault;
use crate::shell::fault::Point;
use crate::shell::smtp;
use crate::shell::smtp::Fate;
use crate::shell::store::answer;
use crate::shell::store::ledger;
use crate::shell::store::writer::Writer;

/// Whether a letter whose turn has come still says what is so.
pub type StillTrue = fn(&Connection, &Row) -> Result<bool, Error>;

/// What one delivery did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub written: u32,
    pub sent: u32,
    pub failed: u32,
    pub later: u32,
    pub uncertain: u32,
    pub dropped: u32,
    pub held: u32,
}

/// The way to the server over time: whether it is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Channel {
    /// Faults in a row.
    pub faults: u32,
    /// Nothing is tried before this instant, Unix seconds.
    pub paused_until: i64,
    /// Since when it does not work; `None` while it does.
    pub failing_since: Option<i64>,
    /// What was said last.
    pub fault: String,
    /// Somebody wants the delivery to end after the letter under way.
    pub end: End,
}

/// A wish to end, said from another thread.
#[derive(Debug, Clone, Default)]
pub struct End(Arc<AtomicBool>);

impl End {
    pub fn ask(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_asked(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl PartialEq for End {
    fn eq(&self, other: &End) -> bool {
        self.is_asked() == other.is_asked()
    }
}

impl Eq for End {}

/// Delivers every letter that is due. Returns when none is, or when the channel is faulty.
///
/// # Errors
/// When the store or the outbox folder fails; what was delivered stays delivered.
pub fn deliver(
    writer: &Writer,
    way: &Way,
    channel: &mut Channel,
    clock: Clock,
    still_true: StillTrue,
) -> Result<Delivered, Error> {
    let mut delivered = Delivered::default();
    let by_server = !matches!(way, Way::Folder(_));
    let paused = by_server && clock.now() < channel.paused_until;
    if paused || channel.end.is_asked() {
        return Ok(delivered);
    }
    let now = clock.now();
    writer.write(move |connection| super::repeat_uncertain(connection, now))?;
    while let Some((row, holds)) = writer.write(move |connection| {
        let Some(row) = super::next_due(connection, now)? else { return Ok(None) };
        let holds = still_true(connection, &row)?;
        Ok(Some((row, holds)))
    })? {
        if !holds {
            let at = clock.now();
            writer.write(move |connection| {
                super::set(connection, row.id, State::Dropped, "")?;
                enter(connection, &row, State::Dropped, at)
            })?;
            delivered.dropped += 1;
            continue;
        }
        match way {
            Way::Folder(folder) => {
                write_file(writer, folder, &row, clock)?;
                delivered.written += 1;
            }
            Way::Smtp(server) => {
                let hand: &Handing<'_> = &|row, raw, before_dot| {
                    let server = server.returning(row.token.as_ref());
                    smtp::send(&server, &row.recipient, raw, before_dot)
                };
                delivered.count(send(writer, hand, &row, channel, clock)?);
            }
            Way::Hand(hand) => {
                delivered.count(send(writer, &*hand.0, &row, channel, clock)?);
            }
        }
        if channel.end.is_asked() || by_server && channel.faults > 0 {
            break;
        }
    }
    Ok(delivered)
}

impl Delivered {
    fn count(&mut self, state: State) {
        match state {
            State::Sent => self.sent += 1,
            State::Failed => self.failed += 1,
            State::Uncertain => self.uncertain += 1,
            State::Held => self.held += 1,
            State::Pending => self.later += 1,
            State::Sending | State::FinalDot | State::Dropped | State::Written => {}
        }
    }
}

/// The name of a letter's file: the same at every attempt.
pub fn file_name(row: &Row) -> String {
    let organization: String = ascii_token(&row.organization).chars().take(60).collect();
    format!("{:04}-{}-{organization}.eml", row.id, row.kind)
}

/// A stop between the file and the row leaves the row pending; the next attempt writes the
/// same bytes to the same name.
fn write_file(
    writer: &Writer,
    folder: &Path,
    row: &Row,
    clock: Clock,
) -> Result<(), Error> {
    let id = row.id;
    let raw =
        writer.write(move |connection| super::raw(connection, id))?.unwrap_or_default();
    disk::make_folder(folder)?;
    disk::write_whole(&folder.join(file_name(row)), &raw)?;
    fault::point(Point::LetterWritten)?;
    let now = clock.now();
    writer
        .write(move |connection| super::set_done(connection, id, State::Written, "", now))
}

fn send(
    writer: &Writer,
    hand: &Handing<'_>,
    row: &Row,
    channel: &mut Channel,
    clock: Clock,
) -> Result<State, Error> {
    let (id, organization, now) = (row.id, row.organization.clone(), clock.now());
    let recipient = row.recipient.clone();
    let raw = writer.write(move |connection| {
        if super::is_storm(connection, &organization, now)? {
            super::set(connection, id, State::Held, super::STORM)?;
            return Ok(None);
        }
        if answer::is_failing(connection, &organization, &recipient)? {
            let why = "held: letters to this address come back";
            super::set(connection, id, State::Held, why)?;
            return Ok(None);
        }
        super::set(connection, id, State::Sending, "")?;
        super::raw(connection, id)
    })?;
    let Some(raw) = raw else {
        return Ok(State::Held);
    };
    let fate = hand(row, &raw, &mut || {
        writer.write(move |connection| super::set(connection, id, State::FinalDot, ""))
    })?;
    settle(writer, row, fate, channel, clock)
}

/// Writes down what became of an attempt, and enters it into the ledger with that.
fn settle(
    writer: &Writer,
    row: &Row,
    fate: Fate,
    channel: &mut Channel,
    clock: Clock,
) -> Result<State, Error> {
    let (now, id, tried) = (clock.now(), row.id, row.clone());
    if let Fate::ChannelFault { reply, stands } = fate {
        channel.fail(&reply, stands, now);
        writer.write(move |connection| {
            super::set(connection, id, State::Pending, &reply)
        })?;
        return Ok(State::Pending);
    }
    *channel = Channel { end: channel.end.clone(), ..Channel::default() };
    writer.write(move |connection| {
        let state = match fate {
            Fate::Accepted { reply } => {
                super::set_done(connection, id, State::Sent, &reply, now)?;
                State::Sent
            }
            Fate::Later { reply } => super::set_later(connection, &tried, &reply, now)?,
            Fate::Refused { reply } => {
                super::set(connection, id, State::Failed, &reply)?;
                State::Failed
            }
            Fate::Uncertain { reply } | Fate::ChannelFault { reply, .. } => {
                super::set_uncertain(connection, id, &reply, now)?;
                State::Uncertain
            }
        };
        enter(connection, &tried, state, now)?;
        Ok(state)
    })
}

/// What the ledger keeps of a letter's fate; a second copy is named as such.
pub(super) fn enter(
    connection: &Connection,
    row: &Row,
    state: State,
    at: i64,
) -> Result<(), Error> {
    let told =
        matches!(state, State::Sent | State::Failed | State::Uncertain | State::Dropped);
    if !told {
        return Ok(());
    }
    let detail = serde_json::json!({
        "kind": row.kind,
        "message_id": row.message_id,
        "state": state.name(),
        "possible_duplicate": row.again,
    });
    let entry = ledger::Entry {
        at,
        kind: ledger::Kind::Letter,
        organization: row.organization.clone(),
        subject: row.subject_key.clone(),
        detail: detail.to_string(),
    };
    ledger::append(connection, &[entry])
}

impl Channel {
    /// A fault that stands (a wrong password, no TLS) waits longest: only a person mends it.
    fn fail(&mut self, fault: &str, stands: bool, now: i64) {
        self.faults = self.faults.saturating_add(1);
        let turn = if stands { u32::MAX } else { self.faults };
        self.paused_until = now + super::backoff_seconds(0, turn);
        self.failing_since.get_or_insert(now);
        fault.clone_into(&mut self.fault);
    }
}
