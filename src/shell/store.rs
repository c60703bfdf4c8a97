//! The store: one `SQLite` file, one writer, and the papers by hash beside it.
//!
//! Everything of one step is written in one transaction and acknowledged after its COMMIT.
//! An error on COMMIT means that nobody knows what was written: the process stops, and the
//! next start, which is the only way it ever starts, finds out from the rows.

pub mod anew;
pub mod answer;
pub mod attempt;
pub mod changes;
pub mod check;
pub mod correction;
pub mod enclosure;
pub mod file;
pub mod forgotten;
pub mod horizon;
pub mod judgement;
pub mod ledger;
pub mod letter;
pub mod looked;
pub mod paper;
mod reading;
pub mod request;
pub mod resume;
mod schema;
pub mod setting;
pub mod source;
pub mod told;
pub mod writer;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::document::Sha256;
use crate::limits;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::fault;
use crate::shell::fault::Point;

/// Where the store of a network lies.
#[derive(Debug, Clone)]
pub struct Place {
    /// `.mithaq` in the network's folder: ours alone.
    pub folder: PathBuf,
}

impl Place {
    pub fn of_network(root: &Path) -> Place {
        Place { folder: root.join(".mithaq") }
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("store.sqlite")
    }

    pub fn lock_file(&self) -> PathBuf {
        self.folder.join("lock")
    }

    /// Where a command leaves word that it asks for something: the daemon watches it.
    pub fn knock_folder(&self) -> PathBuf {
        self.folder.join("knock")
    }

    /// Leaves word for the daemon, where one minds the network.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn knock(&self, request: i64) -> Result<(), Error> {
        let knock = self.knock_folder();
        disk::make_folder(&knock)?;
        disk::write_mark(&knock.join("request"), request.to_string().as_bytes())
    }

    /// The stored paper of a hash: `papers/ab/cdef…`.
    pub fn paper(&self, sha256: Sha256) -> PathBuf {
        let name = sha256.to_string();
        let (front, rest) = name.split_at_checked(2).unwrap_or(("", &name));
        self.folder.join("papers").join(front).join(rest)
    }

    /// Keeps papers by their hashes, durably; those that are there already cost nothing.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub fn keep_papers(&self, papers: &[(Sha256, &[u8])]) -> Result<(), Error> {
        let mut fresh = Vec::new();
        fault::point(Point::KeepingPapers)?;
        for (sha256, bytes) in papers {
            let path = self.paper(*sha256);
            if !path.exists() {
                fresh.push((path, *bytes));
            }
        }
        disk::write_all_whole(&fresh)?;
        fault::point(Point::PapersKept)
    }

    /// The bytes of a kept paper, checked against their hash.
    ///
    /// # Errors
    /// When it is not there or is not what it was.
    pub fn paper_bytes(&self, sha256: Sha256) -> Result<Vec<u8>, Error> {
        let bytes = disk::read_bytes(&self.paper(sha256), limits::PAPER_BYTES_MAX)?;
        bytes.filter(|bytes| disk::sha256(bytes) == sha256).ok_or_else(|| {
            Error::report(
                format!("the stored paper {sha256} is missing or damaged"),
                format!("المستند المحفوظ {sha256} مفقود أو تالف"),
            )
        })
    }
}

/// Opens the store for writing: makes it, brings it up to date, and asserts what we rely on.
///
/// # Errors
/// Always [`crate::shell::Consequence::Stop`]: it is damaged, of a later version, or cannot
/// be written.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens the store")]
pub fn open(place: &Place) -> Result<Connection, Error> {
    disk::make_private_folder(&place.folder)?;
    let mut connection = Connection::open(place.database())?;
    prepare(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    assert_durable(&connection)?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}

/// Leaves nothing in the file but what is on record: neither free pages nor the log of writes
/// hold what was erased.
///
/// # Errors
/// When the disk is full, or somebody reads for long; then it is to be tried again.
pub fn compact(place: &Place) -> Result<(), Error> {
    let connection = open(place)?;
    connection.execute_batch("VACUUM")?;
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(Error::retry("the store is being read", "المخزن قيد القراءة"));
    }
    Ok(())
}

/// Writes the store as it is at this moment into a file that is not there yet, beside whoever
/// works on it.
///
/// # Errors
/// When there is no store, or the file cannot be written.
pub fn snapshot(place: &Place, to: &Path) -> Result<(), Error> {
    let rows = open_to_read(place)?
        .ok_or_else(|| Error::report("there is no store", "لا يوجد مخزن"))?;
    rows.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// Opens a copy of a store for reading.
///
/// # Errors
/// When it is damaged or of a later version.
pub fn open_copy(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    schema::is_of_today(&connection)?;
    assert_whole(&connection)?;
    Ok(connection)
}

/// The contents of which the bytes are kept: papers that were not erased, and what people
/// stated in files beside them.
///
/// # Errors
/// When the store fails.
pub fn kept_contents(connection: &Connection) -> Result<Vec<Sha256>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT sha256 FROM document d WHERE NOT EXISTS (
           SELECT 1 FROM forgotten f
           WHERE f.organization = d.organization AND f.sha256 = d.sha256)
         UNION SELECT sha256 FROM file WHERE role = 'sidecar' ORDER BY sha256",
    )?;
    let rows = statement.query_map([], |row| Ok(Sha256(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A store that lives in memory and dies with its connection: for simulation.
///
/// # Errors
/// When the schema cannot be made.
pub fn open_in_memory() -> Result<Connection, Error> {
    let mut connection = Connection::open_in_memory()?;
    prepare(&connection)?;
    schema::migrate(&mut connection)?;
    Ok(connection)
}

/// Opens the store for reading, beside whoever writes; `None` when there is none yet. One of
/// an earlier version is brought up to date first.
///
/// # Errors
/// When it is there and cannot be used, or is minded by a program of an earlier version.
pub fn open_to_read(place: &Place) -> Result<Option<Connection>, Error> {
    if !place.database().exists() {
        return Ok(None);
    }
    let connect = || -> Result<(Connection, bool), Error> {
        let connection = connect_to_read(&place.database())?;
        prepare(&connection)?;
        let is_of_today = schema::is_of_today(&connection)?;
        Ok((connection, is_of_today))
    };
    let (connection, true) = connect()? else {
        let Some(_lock) = disk::lock(&place.lock_file())? else {
            return Err(Error::stop(
                MINDED_BY_AN_EARLIER_ONE.0,
                MINDED_BY_AN_EARLIER_ONE.1,
            ));
        };
        drop(open(place)?);
        return Ok(Some(connect()?.0));
    };
    Ok(Some(connection))
}

/// A reader makes files of its own beside the store, unless the disk takes nothing; then
/// nobody writes to it either, and it is read as it lies.
fn connect_to_read(database: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let log = database.with_extension("sqlite-wal");
    if log.exists() || !disk::is_read_only(database) {
        return Ok(Connection::open_with_flags(database, flags)?);
    }
    let path = disk::percent_encoded(database);
    let uri = format!("file:{path}?immutable=1");
    Ok(Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?)
}

/// Whether every page of the store can be relied on. A store of a gigabyte takes some seconds.
///
/// # Errors
/// Always [`crate::shell::Consequence::Stop`]: nothing must be done with it.
pub fn assert_whole(connection: &Connection) -> Result<(), Error> {
    let said: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" {
        return Ok(());
    }
    Err(Error::stop(
        format!("the store is damaged ({said}); put back a backup: `mithaq restore`"),
        format!("المخزن تالف ({said})، ويُرجى استعادة نسخة احتياطية: `mithaq restore`"),
    ))
}

const MINDED_BY_AN_EARLIER_ONE: (&str, &str) = (
    "the store is of an earlier version of this program, and a daemon of that version minds it; \
     start the daemon again with this version",
    "المخزن من إصدار أقدم من هذا البرنامج، وتعمل عليه خدمة من ذلك الإصدار؛ يُرجى إعادة تشغيل \
     الخدمة بهذا الإصدار",
);

fn prepare(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(96);
    for (pragma, value) in [
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
    ] {
        connection.pragma_update(None, pragma, value)?;
    }
    Ok(())
}

/// What a durable commit rests on: checked at each start rather than believed.
fn assert_durable(connection: &Connection) -> Result<(), Error> {
    let synchronous: i64 =
        connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    let journal: String =
        connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    let fixed = rusqlite::version_number() >= 3_051_003;
    if synchronous != 2 || journal != "wal" || !fixed {
        return Err(Error::stop(
            format!(
                "the store cannot be kept safely here (journal {journal}, SQLite {})",
                rusqlite::version()
            ),
            format!(
                "لا يمكن حفظ المخزن هنا بأمان (السجل {journal}، SQLite {})",
                rusqlite::version()
            ),
        ));
    }
    Ok(())
}
