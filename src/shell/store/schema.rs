//! The tables, and how an older store becomes one of today.

use rusqlite::Connection;

use crate::shell::Error;

/// "Mthq": tells our files from other programs'.
const APPLICATION_ID: i64 = 0x4d74_6871;

/// Each brings the store from its index to the next version. Never edited once released.
const MIGRATIONS: [&str; 14] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
    include_str!("schema/8.sql"),
    include_str!("schema/9.sql"),
    include_str!("schema/10.sql"),
    include_str!("schema/11.sql"),
    include_str!("schema/12.sql"),
    include_str!("schema/13.sql"),
    include_str!("schema/14.sql"),
];

/// Brings the store to today's version, each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let version = assert_known(connection)?;
    if version == MIGRATIONS.len() {
        return Ok(());
    }
    // A table that others name is laid out anew only where nobody follows the names.
    connection.pragma_update(None, "foreign_keys", false)?;
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(version) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(
            None,
            "user_version",
            u32::try_from(index + 1).unwrap_or(u32::MAX),
        )?;
        transaction.commit()?;
    }
    Ok(connection.pragma_update(None, "foreign_keys", true)?)
}

/// Whether the store has all that today's version has.
///
/// # Errors
/// When it is not ours or was written by a later program.
pub(super) fn is_of_today(connection: &Connection) -> Result<bool, Error> {
    Ok(assert_known(connection)? == MIGRATIONS.len())
}

/// The store's version.
///
/// # Errors
/// When it is not ours or was written by a later program.
pub(super) fn assert_known(connection: &Connection) -> Result<usize, Error> {
    let id: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: u32 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let empty: bool =
        connection
            .query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?;
    if id != APPLICATION_ID && !empty {
        return Err(Error::stop(
            "the file in the store's place is not a store of this program",
            "الملف الموجود في مكان المخزن ليس مخزنًا لهذا البرنامج",
        ));
    }
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    if version > MIGRATIONS.len() {
        return Err(Error::stop(
            "the store was written by a later version of this program; use that version",
            "كُتب المخزن بإصدار أحدث من هذا البرنامج، ويُرجى استخدام ذلك الإصدار",
        ));
    }
    Ok(version)
}
