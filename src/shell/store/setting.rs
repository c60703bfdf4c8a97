//! The few things the store remembers of the network as a whole, and requests of commands.

use rusqlite::{Connection, OptionalExtension, params};

use crate::document::Sha256;
use crate::letters::token::TokenKey;
use crate::shell::Error;
use crate::shell::disk;

/// What is remembered, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The last day that was judged for every organization, each in its own zone.
    DayJudged,
    /// The highest instant a pass was ever judged at.
    ClockHigh,
    /// The instant of a start that was far ahead of the last pass, until its day is judged.
    ClockAhead,
    /// While a change is judged in portions, the number of the last change that everybody
    /// was judged by; nothing when that is the last one.
    ChangeJudged,
    /// `yes` once letters leave by SMTP.
    Live,
    /// What the tokens of letters are made with, 64 hexadecimal digits. Whoever can read it
    /// can read every letter and its token beside it.
    TokenKey,
}

impl Setting {
    fn key(self) -> &'static str {
        match self {
            Setting::DayJudged => "day_judged",
            Setting::ClockHigh => "clock_high",
            Setting::ClockAhead => "clock_ahead",
            Setting::ChangeJudged => "change_judged",
            Setting::Live => "live",
            Setting::TokenKey => "token_key",
        }
    }
}

/// What is remembered under `setting`.
///
/// # Errors
/// When the store fails.
pub fn get(connection: &Connection, setting: Setting) -> Result<Option<String>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
    Ok(statement.query_row([setting.key()], |row| row.get(0)).optional()?)
}

/// # Errors
/// When the store fails.
pub fn set(connection: &Connection, setting: Setting, value: &str) -> Result<(), Error> {
    connection
        .prepare_cached(
            "INSERT INTO setting (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![setting.key(), value])?;
    Ok(())
}

/// # Errors
/// When the store fails.
pub fn forget(connection: &Connection, setting: Setting) -> Result<(), Error> {
    connection
        .prepare_cached("DELETE FROM setting WHERE key = ?1")?
        .execute([setting.key()])?;
    Ok(())
}

/// Raises the highest instant that was judged at; a clock that falls behind it is wrong.
///
/// # Errors
/// When the store fails.
pub fn raise_clock(connection: &Connection, now: i64) -> Result<(), Error> {
    let high = get(connection, Setting::ClockHigh)?;
    let high: Option<i64> = high.and_then(|high| high.parse().ok());
    if high.is_some_and(|high| high >= now) {
        return Ok(());
    }
    set(connection, Setting::ClockHigh, &now.to_string())
}

/// What this store makes the tokens of its letters with, where it was drawn.
///
/// # Errors
/// When the store fails.
pub fn known_token_key(connection: &Connection) -> Result<Option<TokenKey>, Error> {
    let stored = get(connection, Setting::TokenKey)?;
    Ok(stored.as_deref().and_then(Sha256::from_hex).map(|key| TokenKey(key.0)))
}

/// The same, drawn when it is first asked for.
///
/// # Errors
/// When the store fails, or the system gives no random bytes.
pub fn token_key(connection: &Connection) -> Result<TokenKey, Error> {
    if let Some(key) = known_token_key(connection)? {
        return Ok(key);
    }
    let key = disk::random()?;
    set(connection, Setting::TokenKey, &Sha256(key).to_string())?;
    Ok(TokenKey(key))
}
