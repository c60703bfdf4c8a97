//! GOV-25 in SQL, by SQLite in memory with an index for every look.

use crate::workload::{A, AM, AQ, AY, Org};
use crate::{ASKED, Row};
use rusqlite::{Connection, named_params, params};

const RULES: &str = include_str!("../rules/gov25.sql");

const TABLES: &str = "
CREATE TABLE org (org INTEGER PRIMARY KEY, kind, founded_d, founded_m, fe, budget, staff,
  board, women, indep, public, exempt, ombudsman);
CREATE TABLE ev (org INTEGER, k INTEGER, d INTEGER, id INTEGER, m INTEGER, a INTEGER,
  b INTEGER, PRIMARY KEY (org, k, d, id)) WITHOUT ROWID;
";

pub struct Engine {
    connection: Connection,
}

impl Engine {
    pub fn load(orgs: &[Org]) -> Engine {
        let connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch(TABLES).expect("tables");
        connection.execute_batch("BEGIN").expect("a transaction");
        {
            let mut add = connection
                .prepare("INSERT INTO org VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")
                .expect("SQL");
            let mut tell =
                connection.prepare("INSERT INTO ev VALUES (?,?,?,?,?,?,?)").expect("SQL");
            for (number, org) in (0i64..).zip(orgs) {
                add.execute(params![
                    number,
                    org.kind as u8,
                    org.founded_d,
                    org.founded_m,
                    org.fe,
                    org.budget,
                    org.staff,
                    org.board,
                    org.women,
                    org.indep,
                    org.public,
                    org.exempt,
                    org.ombudsman
                ])
                .expect("an organization");
                for it in &org.events {
                    tell.execute(params![number, it.k, it.d, it.id, it.m, it.a, it.b])
                        .expect("an event");
                }
            }
        }
        connection.execute_batch("COMMIT; ANALYZE").expect("a commit");
        Engine { connection }
    }

    pub fn verdicts(&self) -> Vec<Row> {
        let mut query = self.connection.prepare_cached(RULES).expect("the rules are SQL");
        let day = named_params! {":A": A, ":AM": AM, ":AQ": AQ, ":AY": AY};
        let rows = query.query_map(day, |row| {
            let mut verdicts = [u8::MAX; ASKED.len()];
            for (place, verdict) in verdicts.iter_mut().enumerate() {
                *verdict = row.get(place + 1)?;
            }
            Ok(verdicts)
        });
        rows.expect("rows").map(|row| row.expect("a row")).collect()
    }
}
