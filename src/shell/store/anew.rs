//! A store that was brought back from an earlier time.
//!
//! What left since is not known to it. So nothing leaves by itself until a person has looked:
//! the network is not live any more, and letters that waited are held.

use rusqlite::Connection;
use serde_json::json;

use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::store::Place;
use crate::shell::store::check::Check;
use crate::shell::store::ledger;
use crate::shell::store::ledger::Kind;
use crate::shell::store::ledger::checkpoint;
use crate::shell::store::ledger::checkpoint::Checkpoint;
use crate::shell::store::setting;
use crate::shell::store::setting::Setting;

/// Begins anew after a restore, and enters it in the ledger; gives how many letters are held.
/// `lost`: the last entry that there was, where the ledger had come further.
///
/// # Errors
/// When the store fails.
pub fn begin(
    rows: &Connection,
    from: &str,
    lost: Option<Checkpoint>,
    now: i64,
) -> Result<usize, Error> {
    setting::set(rows, Setting::Live, "no")?;
    let held = rows.execute(
        "UPDATE outbox SET state = 'held', reply = 'restored: it may have been sent since'
         WHERE state IN ('pending', 'sending', 'final_dot', 'uncertain')",
        [],
    )?;
    let lost = lost.map(|it| json!({"entry": it.entry, "hash": it.hash.to_string()}));
    let entry = ledger::Entry {
        at: now,
        kind: Kind::Restored,
        organization: String::new(),
        subject: from.to_owned(),
        detail: json!({ "held": held, "lost": lost }).to_string(),
    };
    ledger::append(rows, &[entry])?;
    Ok(held)
}

/// Looks whether an older store was put in the place of this one: checkpoints beside it tell
/// of entries that it does not have. Then it begins anew, and the checkpoints of what is lost
/// are laid aside. Gives the last entry that there was.
///
/// # Errors
/// When the store or the disk fails.
pub fn notice(
    place: &Place,
    connection: &mut Connection,
    (now, check): (i64, &Check),
) -> Result<Option<Checkpoint>, Error> {
    let told = checkpoint::of(connection)?;
    let (entries, _): (i64, Sha256) = ledger::head(connection)?;
    let Some(last) = told.last().copied().filter(|last| last.entry > entries) else {
        return Ok(None);
    };
    check.passed()?;
    let transaction = connection.transaction()?;
    begin(&transaction, "", Some(last), now)?;
    transaction.commit()?;
    let file = place.folder.join("checkpoints");
    disk::rename(&file, &place.folder.join(format!("checkpoints.to-{}", last.entry)))?;
    let kept = told.into_iter().filter(|one| one.entry <= entries);
    checkpoint::write(&file, kept)?;
    Ok(Some(last))
}
