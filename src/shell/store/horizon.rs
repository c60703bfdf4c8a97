//! How far somebody saw who judged at an earlier time: up to an instant, or up to what had
//! been stored when something was told.
//!
//! Instants are whole seconds, and a pass stores several things in one; what a finding
//! rested on is therefore told by the numbers of the rows that were there.

use rusqlite::Connection;
use serde_json::{Value as Json, json};

use crate::shell::Error;

/// What of the store is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// Nothing later is looked at.
    pub instant: i64,
    /// The last change of what people wrote; `None` for the last one of the instant.
    pub change: Option<i64>,
    /// The last arrival.
    pub arrivals: i64,
    /// The last reading that took an earlier one's place.
    pub readings: i64,
    /// The last change of a folder's health.
    pub folders: i64,
}

impl Horizon {
    /// Everything that is stored.
    pub const NOW: Horizon = Horizon::at(i64::MAX);

    /// Everything that was known at an instant.
    pub const fn at(instant: i64) -> Horizon {
        Horizon {
            instant,
            change: None,
            arrivals: i64::MAX,
            readings: i64::MAX,
            folders: i64::MAX,
        }
    }

    /// All rows that there are at this moment.
    ///
    /// # Errors
    /// When the store fails.
    pub fn of_rows(connection: &Connection) -> Result<Horizon, Error> {
        let last = |table: &str| -> Result<i64, Error> {
            let sql = format!("SELECT coalesce(max(number), 0) FROM {table}");
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_row([], |row| row.get(0))?)
        };
        Ok(Horizon {
            instant: i64::MAX,
            change: Some(last("source_change")?),
            arrivals: last("arrival")?,
            readings: last("reading_before")?,
            folders: last("folder_seen")?,
        })
    }

    /// As stored with what was told; the instant is not part of it.
    pub(super) fn to_json(self) -> Json {
        json!({
            "change": self.change,
            "arrivals": self.arrivals,
            "readings": self.readings,
            "folders": self.folders,
        })
    }

    pub(super) fn from_json(json: &Json) -> Option<Horizon> {
        let number = |name: &str| json.get(name)?.as_i64();
        Some(Horizon {
            instant: i64::MAX,
            change: Some(number("change")?),
            arrivals: number("arrivals")?,
            readings: number("readings")?,
            folders: number("folders")?,
        })
    }
}
