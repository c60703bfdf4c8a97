//! Bugs that somebody might make, planted into the world around the program: each has to be
//! caught, or the simulation proves nothing.

use rusqlite::Connection;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planted {
    Nothing,
    /// A letter is put into the outbox in the transaction after the one of its cause.
    LetterInItsOwnTransaction,
    /// What may have arrived is sent once more under another name.
    NewNameOnResend,
    /// Silence after the dot is taken for an answer.
    UncertainIsSent,
    /// A letter counts as sent before it is handed over.
    SentBeforeTheDot,
    /// What a stop left half-sent is never taken up again.
    SendingForGood,
    /// The day is read at the start and never again, so that nothing falls due.
    DueDaysForgotten,
    /// A start takes every paper as answered.
    DirtySetForgotten,
    /// A try at reading is counted when it is over.
    CountAfterTheTry,
    /// Folders are looked at when a hint comes, and else never.
    HintsAreFacts,
    /// The machine sleeps, and nobody looks at the day when it wakes.
    SleepForgetsToWake,
}

impl Planted {
    pub(super) const ALL: [Planted; 10] = [
        Planted::LetterInItsOwnTransaction,
        Planted::NewNameOnResend,
        Planted::UncertainIsSent,
        Planted::SentBeforeTheDot,
        Planted::SendingForGood,
        Planted::DueDaysForgotten,
        Planted::DirtySetForgotten,
        Planted::CountAfterTheTry,
        Planted::HintsAreFacts,
        Planted::SleepForgetsToWake,
    ];

    /// What it does to a transaction that is about to be committed.
    pub(super) fn spoil(self, rows: &Connection, last: &mut i64) {
        match self {
            Planted::LetterInItsOwnTransaction => hold_letters(rows, last),
            Planted::UncertainIsSent => {
                run(
                    rows,
                    "UPDATE outbox SET state = 'sent', sent_at = next_at
                           WHERE state = 'uncertain'",
                );
            }
            Planted::SentBeforeTheDot => {
                run(
                    rows,
                    "UPDATE outbox SET state = 'sent', sent_at = created_at
                           WHERE state = 'final_dot'",
                );
            }
            _ => {}
        }
    }

    /// What it does to a store that is about to be opened.
    pub(super) fn before_start(self, rows: &Connection) {
        match self {
            Planted::DirtySetForgotten => run(rows, "UPDATE arrival SET answered = 1"),
            Planted::SendingForGood => {
                run(rows, "UPDATE outbox SET state = 'stuck' WHERE state = 'sending'");
            }
            _ => {}
        }
    }
}

fn run(rows: &Connection, sql: &str) {
    rows.execute_batch(sql).unwrap();
}

/// Takes the new letters out of this transaction and puts those of the last one in.
fn hold_letters(rows: &Connection, last: &mut i64) {
    let held = "CREATE TEMP TABLE IF NOT EXISTS held AS SELECT * FROM outbox WHERE 0";
    run(rows, held);
    if *last == 0 {
        let sql = "SELECT max(1, coalesce(max(id), 0)) FROM outbox";
        *last = rows.query_row(sql, [], |row| row.get(0)).unwrap();
        return;
    }
    let held: i64 = rows
        .query_row("SELECT coalesce(max(id), 0) FROM temp.held", [], |row| row.get(0))
        .unwrap();
    run(
        rows,
        &format!(
            "INSERT OR IGNORE INTO outbox SELECT * FROM temp.held;
         DELETE FROM temp.held;
         INSERT INTO temp.held SELECT * FROM outbox WHERE id > {0};
         DELETE FROM outbox WHERE id > {0}",
            (*last).max(held)
        ),
    );
    *last = (*last).max(held);
}
