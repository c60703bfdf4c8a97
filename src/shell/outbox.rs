//! The outbox: letters as rows, from the transaction of their cause
//! ([`crate::shell::store::letter`]) until they are gone.
//!
//! ```text
//! pending ─► sending ─► final_dot ─► sent
//!    ▲          │           ├─ refused ─► failed
//!    └─ later ──┘           └─ silence ─► uncertain ─► pending once more, or held
//! ```
//!
//! A row holds the message's exact bytes, so a retry repeats them. `final_dot` is committed
//! before the dot that ends a message is sent: a row found in it after a crash may have been
//! delivered, any other was not. Before `go-live`, and without a server, letters become files
//! (`written`) and nothing of them is ever sent.

pub mod delivery;
pub mod post;
pub mod storm;
pub mod way;

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;

use crate::answers;
use crate::letters::token::Token;
use crate::limits::LETTERS_PER_HOUR_MAX;
use crate::shell::Error;
use crate::shell::store::answer;
use crate::shell::store::judgement;

/// How far a letter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Pending,
    Sending,
    FinalDot,
    Sent,
    /// The server will never take it.
    Failed,
    /// Silence after the dot: perhaps delivered.
    Uncertain,
    /// No longer true when its turn came.
    Dropped,
    /// Waits for a person.
    Held,
    /// A file in the folder `outbox`.
    Written,
}

/// A letter in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: i64,
    pub organization: String,
    pub recipient: String,
    pub kind: String,
    pub subject_key: String,
    pub window: String,
    pub message_id: String,
    pub subject: String,
    pub state: State,
    /// Whether this is the second sending of a letter that may have arrived.
    pub again: bool,
    pub attempts: u32,
    /// Unix seconds.
    pub next_at: i64,
    /// What the server said last.
    pub reply: String,
    pub created_at: i64,
    /// Since when it may leave, where it waited for its hour; else 0.
    pub leaves_at: i64,
    pub sent_at: Option<i64>,
    /// By which a reply to it is known.
    pub token: Option<Token>,
}

/// Seconds to wait after the first, second … failed attempt; the last repeats (Postfix's
/// own range: 300 s to 4000 s).
const BACKOFF_SECONDS: [i64; 5] = [300, 600, 1200, 2400, 4000];

/// After five days a letter is given up (RFC 5321, 4.5.4.1).
const GIVE_UP_SECONDS: i64 = 5 * 86_400;

/// How long evidence of a delivery is awaited before a letter is sent once more.
const EVIDENCE_SECONDS: i64 = 900;

/// The reply of letters that were held because an organization had so many in an hour.
pub const STORM: &str = "held: too many letters in an hour";

/// The reply of letters that were held because the clock was far ahead of the last pass.
pub const CLOCK: &str = "held: the clock was far ahead of the last pass";

const COLUMNS: &str = "id, organization, recipient, kind, subject_key, window, message_id, \
                       subject, state, phase, attempts, next_at, reply, created_at, sent_at, \
                       token, leaves_at";

/// Sorts out what a crash left behind: what had not reached its dot is pending again, what
/// had is uncertain. Run once at each start, before any delivery.
///
/// # Errors
/// When the store fails.
pub fn recover(connection: &Connection, now: i64) -> Result<(), Error> {
    connection
        .execute("UPDATE outbox SET state = 'pending' WHERE state = 'sending'", [])?;
    connection.execute(
        "UPDATE outbox SET state = 'uncertain', next_at = ?1, reply = 'stopped after the dot'
         WHERE state = 'final_dot'",
        [now + EVIDENCE_SECONDS],
    )?;
    Ok(())
}

/// Whether an organization has had as many letters in the last hour as any could need; what
/// follows should become one summary.
///
/// # Errors
/// When the store fails.
pub fn is_storm(
    connection: &Connection,
    organization: &str,
    now: i64,
) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM outbox WHERE organization = ?1 AND sent_at > ?2",
    )?;
    let sent: u32 =
        statement.query_row(params![organization, now - 3600], |row| row.get(0))?;
    Ok(sent >= LETTERS_PER_HOUR_MAX)
}

/// Every letter that is not done with, or all of them, oldest first.
///
/// # Errors
/// When the store fails.
pub fn queue(connection: &Connection, all: bool) -> Result<Vec<Row>, Error> {
    let waiting = "WHERE state NOT IN ('sent', 'written', 'dropped')";
    let filter = if all { "" } else { waiting };
    let mut statement = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM outbox {filter} ORDER BY id"))?;
    let rows = statement.query_map([], row)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// Letters that have something in common, by whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Many {
    pub organization: String,
    pub letters: u32,
    /// When the first of them was written.
    pub since: i64,
}

/// Pending letters that were written, and might have left, before an instant.
///
/// # Errors
/// When the store fails.
pub fn waiting_since(connection: &Connection, before: i64) -> Result<Vec<Many>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, count(*), min(max(created_at, leaves_at)) FROM outbox
         WHERE state = 'pending' AND created_at < ?1 AND leaves_at < ?1
         GROUP BY organization",
    )?;
    Ok(statement.query_map([before], many)?.collect::<Result<_, _>>()?)
}

/// Letters that are held for one reason: [`STORM`] or [`CLOCK`].
///
/// # Errors
/// When the store fails.
pub fn held_for(connection: &Connection, why: &str) -> Result<Vec<Many>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT organization, count(*), min(created_at) FROM outbox
         WHERE state = 'held' AND reply = ?1 GROUP BY organization",
    )?;
    Ok(statement.query_map([why], many)?.collect::<Result<_, _>>()?)
}

fn many(row: &rusqlite::Row<'_>) -> rusqlite::Result<Many> {
    Ok(Many { organization: row.get(0)?, letters: row.get(1)?, since: row.get(2)? })
}

/// The letters that had been written at an instant and, unless all are wanted, were not
/// done with: what left later is still waiting then.
///
/// # Errors
/// When the store fails.
pub fn queue_known(
    connection: &Connection,
    all: bool,
    known: i64,
) -> Result<Vec<Row>, Error> {
    let mut rows = queue(connection, true)?;
    rows.retain(|row| row.created_at <= known);
    for row in &mut rows {
        if row.sent_at.is_some_and(|sent| sent > known) {
            row.state = State::Pending;
            row.reply.clear();
        }
    }
    let done =
        |row: &Row| matches!(row.state, State::Sent | State::Written | State::Dropped);
    rows.retain(|row| all || !done(row));
    Ok(rows)
}

/// The exact bytes of a letter.
///
/// # Errors
/// When the store fails.
pub fn raw(connection: &Connection, id: i64) -> Result<Option<Vec<u8>>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT raw FROM outbox WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// A person's wish to have a letter sent again: it becomes pending, with a new count of
/// attempts. `false` when there is no such letter or it waits already.
///
/// # Errors
/// When the store fails.
pub fn resend(connection: &Connection, id: i64, now: i64) -> Result<bool, Error> {
    let rows = connection.execute(
        "UPDATE outbox SET state = 'pending', attempts = 0, next_at = ?2, created_at = ?2,
                           leaves_at = 0, in_slot = 0, phase = 'again', sent_at = NULL
         WHERE id = ?1 AND raw <> x''
           AND state IN ('sent', 'written', 'failed', 'held', 'uncertain')",
        params![id, now],
    )?;
    let to = connection.query_row(
        "SELECT organization, recipient FROM outbox WHERE id = ?1",
        [id],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
    );
    if let Some((organization, recipient)) = to.optional()? {
        answer::reached(connection, &organization, &recipient)?;
    }
    Ok(rows == 1)
}

/// Whether a letter still says what is so, to somebody who wants it. A finding that was closed
/// while its letter waited is not told, and neither is the closing of a finding that was never
/// told; nobody is reminded of what they asked about and have no answer to.
///
/// # Errors
/// When the store fails.
pub fn still_true(connection: &Connection, row: &Row) -> Result<bool, Error> {
    let to = (row.organization.as_str(), row.recipient.as_str());
    let mutable = answers::MUTABLE.contains(&row.kind.as_str());
    if mutable && answer::is_muted(connection, to, &row.kind)? {
        return Ok(false);
    }
    let short = row.subject_key.split('.').next().unwrap_or_default();
    match row.kind.as_str() {
        "overdue" if answer::is_asked_about(connection, &row.organization, short)? => {
            Ok(false)
        }
        "finding" | "overdue" => {
            let findings =
                judgement::findings_known(connection, Some(&row.organization), i64::MAX)?;
            let found = findings.iter().find(|finding| finding.key.short() == short);
            Ok(found.is_none_or(|finding| {
                finding.closed.is_none()
                    && version_of(row).is_none_or(|is| is == finding.version)
            }))
        }
        "due_soon" => Ok(state_of(connection, row)?.is_none_or(|(_, open)| {
            matches!(open.as_deref(), Some("on_track" | "due_soon"))
        })),
        "waiver_ending" => Ok(state_of(connection, row)?.is_none_or(|(state, open)| {
            state == "waived" || open.as_deref() == Some("waived")
        })),
        "resolved" => was_told(connection, row, short),
        _ => Ok(true),
    }
}

/// The version of the finding that a letter is about.
fn version_of(row: &Row) -> Option<u32> {
    row.subject_key.rsplit_once(".v").and_then(|(_, version)| version.parse().ok())
}

/// Whether somebody was told of what a letter says is over: by a letter, or by the digest that
/// went in its place. Who had no letter of it was told by a summary.
fn was_told(connection: &Connection, row: &Row, short: &str) -> Result<bool, Error> {
    let Some(before) = version_of(row).and_then(|closed| closed.checked_sub(1)) else {
        return Ok(true);
    };
    let mut statement = connection.prepare_cached(
        "SELECT state = 'dropped' AND reply <> ?3 FROM outbox
         WHERE recipient = ?1 AND kind = 'finding' AND subject_key = ?2",
    )?;
    let of = params![row.recipient, format!("{short}.v{before}"), storm::GATHERED];
    let untold: Option<bool> = statement.query_row(of, |row| row.get(0)).optional()?;
    Ok(untold != Some(true))
}

/// How the rule stands that a letter is about, by its subject (`rulebook/rule/day`), and the
/// occasion that is open; `None` where it is not judged any more.
fn state_of(
    connection: &Connection,
    row: &Row,
) -> Result<Option<(String, Option<String>)>, Error> {
    let Some((rest, _)) = row.subject_key.rsplit_once('/') else { return Ok(None) };
    let Some((rulebook, rule)) = rest.rsplit_once('/') else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT state, upcoming FROM verdict
         WHERE organization = ?1 AND rulebook = ?2 AND rule = ?3",
    )?;
    let of = [row.organization.as_str(), rulebook, rule];
    Ok(statement.query_row(of, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// When the next letter may be tried; `None` when none waits.
///
/// # Errors
/// When the store fails.
pub fn next_at(connection: &Connection) -> Result<Option<i64>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT min(next_at) FROM outbox WHERE state IN ('pending', 'uncertain')",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The next pending letter whose time has come. A letter waits for the earlier ones to the
/// same person that are tried again later, so that "resolved" never overtakes its finding; not
/// for those whose hour has yet to come.
fn next_due(connection: &Connection, now: i64) -> Result<Option<Row>, Error> {
    // In turn, so that the first that is found is the one: with a plus its time is no way in.
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM outbox WHERE id = (
           SELECT id FROM outbox AS one
           WHERE state = 'pending' AND +next_at <= ?1 AND NOT EXISTS (
             SELECT 1 FROM outbox AS earlier
             WHERE earlier.recipient = one.recipient AND earlier.id < one.id
               AND earlier.state = 'pending' AND earlier.next_at > ?1
               AND earlier.leaves_at <= ?1)
           ORDER BY id LIMIT 1)"
    ))?;
    Ok(statement.query_row([now], row).optional()?)
}

/// Letters that may have arrived, and of which nothing was heard: once more, but for kinds
/// whose second copy would mislead, and for those that were sent twice already.
fn repeat_uncertain(connection: &Connection, now: i64) -> Result<(), Error> {
    connection.execute(
        "UPDATE outbox SET state = 'held'
         WHERE state = 'uncertain' AND next_at <= ?1 AND (phase = 'again'
           OR kind IN ('digest', 'officer_summary', 'method_notice'))",
        [now],
    )?;
    connection.execute(
        "UPDATE outbox SET state = 'pending', phase = 'again'
         WHERE state = 'uncertain' AND next_at <= ?1",
        [now],
    )?;
    Ok(())
}

fn set(connection: &Connection, id: i64, state: State, reply: &str) -> Result<(), Error> {
    connection
        .prepare_cached("UPDATE outbox SET state = ?2, reply = ?3 WHERE id = ?1")?
        .execute(params![id, state.name(), reply])?;
    Ok(())
}

/// Gone: sent or written at `now`.
fn set_done(
    connection: &Connection,
    id: i64,
    state: State,
    reply: &str,
    now: i64,
) -> Result<(), Error> {
    set(connection, id, state, reply)?;
    connection
        .execute("UPDATE outbox SET sent_at = ?2 WHERE id = ?1", params![id, now])?;
    Ok(())
}

/// Tried in vain: later again, or given up after five days.
fn set_later(
    connection: &Connection,
    row: &Row,
    reply: &str,
    now: i64,
) -> Result<State, Error> {
    let attempts = row.attempts.saturating_add(1);
    let next_at = now + backoff_seconds(row.id, attempts);
    let since = row.created_at.max(row.leaves_at);
    let state =
        if next_at - since > GIVE_UP_SECONDS { State::Failed } else { State::Pending };
    set(connection, row.id, state, reply)?;
    connection.execute(
        "UPDATE outbox SET attempts = ?2, next_at = ?3 WHERE id = ?1",
        params![row.id, attempts, next_at],
    )?;
    Ok(state)
}

fn set_uncertain(
    connection: &Connection,
    id: i64,
    reply: &str,
    now: i64,
) -> Result<(), Error> {
    set(connection, id, State::Uncertain, reply)?;
    connection.execute(
        "UPDATE outbox SET next_at = ?2 WHERE id = ?1",
        params![id, now + EVIDENCE_SECONDS],
    )?;
    Ok(())
}

/// The wait after `attempts` failures, moved by up to a fifth so that a returning server is
/// not met by all letters at once; by the row's number, since nothing here rolls dice.
pub fn backoff_seconds(id: i64, attempts: u32) -> i64 {
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let last = BACKOFF_SECONDS.len() - 1;
    let wait = BACKOFF_SECONDS.get(index.min(last)).copied().unwrap_or(4000);
    let fifths_of_hundred = id.wrapping_mul(37).rem_euclid(41) - 20;
    wait + wait * fifths_of_hundred / 100
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let state: String = row.get(8)?;
    let phase: String = row.get(9)?;
    let token: Option<String> = row.get(15)?;
    Ok(Row {
        id: row.get(0)?,
        organization: row.get(1)?,
        recipient: row.get(2)?,
        kind: row.get(3)?,
        subject_key: row.get(4)?,
        window: row.get(5)?,
        message_id: row.get(6)?,
        subject: row.get(7)?,
        state: State::named(&state),
        again: phase == "again",
        attempts: row.get(10)?,
        next_at: row.get(11)?,
        reply: row.get(12)?,
        created_at: row.get(13)?,
        sent_at: row.get(14)?,
        token: token.as_deref().and_then(Token::parse),
        leaves_at: row.get(16)?,
    })
}

impl State {
    const ALL: [State; 9] = [
        State::Pending,
        State::Sending,
        State::FinalDot,
        State::Sent,
        State::Failed,
        State::Uncertain,
        State::Dropped,
        State::Held,
        State::Written,
    ];

    /// The name in rows and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Sending => "sending",
            State::FinalDot => "final_dot",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Uncertain => "uncertain",
            State::Dropped => "dropped",
            State::Held => "held",
            State::Written => "written",
        }
    }

    /// A name that no version of ours wrote is for a person to look at.
    fn named(name: &str) -> State {
        State::ALL.into_iter().find(|state| state.name() == name).unwrap_or(State::Held)
    }
}
