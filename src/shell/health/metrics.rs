//! Figures of the service for a monitoring system, in the text format of Prometheus. Counts
//! and times only: no organization, no address and no name of a paper.

use std::fmt::Write as _;

use rusqlite::Connection;

use crate::shell::Error;
use crate::shell::disk;
use crate::shell::health::machine;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::setting::{self, Setting};

/// One figure, of each of several kinds where it has a label.
struct Metric {
    name: &'static str,
    help: &'static str,
    label: Option<&'static str>,
    values: Vec<(String, i64)>,
}

/// A figure that is counted by a query of one row a value: label and count.
struct Counted {
    name: &'static str,
    help: &'static str,
    label: Option<&'static str>,
    sql: &'static str,
}

const COUNTED: [Counted; 9] = [
    Counted {
        name: "mithaq_papers",
        help: "Papers on record, by what became of them.",
        label: Some("state"),
        sql: "SELECT coalesce(json_extract(reading, '$.state'), 'unread'), count(*)
              FROM document GROUP BY 1 ORDER BY 1",
    },
    Counted {
        name: "mithaq_letters",
        help: "Letters in the outbox, by how far they have come.",
        label: Some("state"),
        sql: "SELECT state, count(*) FROM outbox GROUP BY 1 ORDER BY 1",
    },
    Counted {
        name: "mithaq_letter_oldest_pending_timestamp_seconds",
        help: "Since when the letter might have left that has waited longest; 0 where none waits.",
        label: None,
        sql: "SELECT '', coalesce(min(max(created_at, leaves_at)), 0) FROM outbox
              WHERE state = 'pending'",
    },
    Counted {
        name: "mithaq_findings_open",
        help: "Findings that nobody has mended yet.",
        label: None,
        sql: "SELECT '', count(*) FROM finding WHERE closed IS NULL",
    },
    Counted {
        name: "mithaq_verdicts",
        help: "Rules of all organizations, by their state.",
        label: Some("state"),
        sql: "SELECT state, count(*) FROM verdict GROUP BY 1 ORDER BY 1",
    },
    Counted {
        name: "mithaq_folders",
        help: "Drop folders, by whether they can be trusted.",
        label: Some("health"),
        sql: "SELECT health, count(*) FROM folder GROUP BY 1 ORDER BY 1",
    },
    Counted {
        name: "mithaq_answers_open",
        help: "Answers of people that wait for a decision.",
        label: None,
        sql: "SELECT '', count(*) FROM answer WHERE open = 1",
    },
    Counted {
        name: "mithaq_requests_waiting",
        help: "What commands have asked for and nobody has carried out.",
        label: None,
        sql: "SELECT '', count(*) FROM request WHERE done IS NULL",
    },
    Counted {
        name: "mithaq_ledger_entries",
        help: "Entries of the ledger.",
        label: None,
        sql: "SELECT '', coalesce(max(number), 0) FROM ledger",
    },
];

/// All figures of the network at a place, as one text.
///
/// # Errors
/// When the store cannot be read.
pub fn text(place: &Place) -> Result<String, Error> {
    let minded = place.lock_file().exists() && disk::lock(&place.lock_file())?.is_none();
    let mut all = vec![
        single("mithaq_up", "Whether a daemon minds the network.", i64::from(minded)),
        single(
            "mithaq_free_bytes",
            "Free space on the disk of the store.",
            free_bytes(place),
        ),
    ];
    if let Some(rows) = store::open_to_read(place)? {
        all.push(single(
            "mithaq_last_pass_timestamp_seconds",
            "The instant that was judged last.",
            last_pass(&rows)?,
        ));
        all.push(single(
            "mithaq_store_bytes",
            "Size of the store, without the papers.",
            store_bytes(&rows)?,
        ));
        for counted in COUNTED {
            all.push(count(&rows, &counted)?);
        }
    }
    Ok(all.iter().map(Metric::lines).collect())
}

fn single(name: &'static str, help: &'static str, value: i64) -> Metric {
    Metric { name, help, label: None, values: vec![(String::new(), value)] }
}

fn count(rows: &Connection, counted: &Counted) -> Result<Metric, Error> {
    let Counted { name, help, label, sql } = *counted;
    let mut statement = rows.prepare(sql)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Metric { name, help, label, values: found.collect::<Result<_, _>>()? })
}

fn last_pass(rows: &Connection) -> Result<i64, Error> {
    let high = setting::get(rows, Setting::ClockHigh)?;
    Ok(high.and_then(|high| high.parse().ok()).unwrap_or_default())
}

fn store_bytes(rows: &Connection) -> Result<i64, Error> {
    let page = |pragma| rows.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    Ok(page("page_count")?.saturating_mul(page("page_size")?))
}

fn free_bytes(place: &Place) -> i64 {
    let free = machine::free_bytes(&place.folder).unwrap_or_default();
    i64::try_from(free).unwrap_or(i64::MAX)
}

impl Metric {
    fn lines(&self) -> String {
        let Metric { name, help, .. } = self;
        let mut text = format!("# HELP {name} {help}\n# TYPE {name} gauge\n");
        for (of, value) in &self.values {
            let written = match self.label {
                // The values of labels are our own words, and no quote is in them.
                Some(label) => writeln!(text, "{name}{{{label}=\"{of}\"}} {value}"),
                None => writeln!(text, "{name} {value}"),
            };
            debug_assert!(written.is_ok(), "a string takes all");
        }
        text
    }
}
