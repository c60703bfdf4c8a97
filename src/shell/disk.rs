//! Plain files of ours and of the network's folder: read whole, written whole.
//!
//! Drop folders are not read here but through [`crate::shell::folder`], which trusts
//! nothing that it finds.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use sha2::Digest;

use crate::document::Sha256;
use crate::shell::Error;

/// Held for as long as this process is the one that writes.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// A text file of at most `bytes_max` bytes; `None` when there is no such file. What is not
/// UTF-8 is replaced, so that a bad letter is an error on its line and not of the file.
///
/// # Errors
/// When it cannot be read or is larger.
pub fn read_text(path: &Path, bytes_max: u64) -> Result<Option<String>, Error> {
    let bytes = read_bytes(path, bytes_max)?;
    Ok(bytes.map(|bytes| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
    }))
}

/// A file of at most `bytes_max` bytes; `None` when there is no such file.
///
/// # Errors
/// When it cannot be read or is larger.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens files")]
pub fn read_bytes(path: &Path, bytes_max: u64) -> Result<Option<Vec<u8>>, Error> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(path, &error)),
    };
    let mut bytes = Vec::new();
    let mut limited = file.take(bytes_max.saturating_add(1));
    limited.read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bytes_max {
        let shown = path.display();
        return Err(Error::report(
            format!("{shown} is larger than {bytes_max} bytes and was not read"),
            format!("حجم الملف {shown} يتجاوز {bytes_max} بايت ولم يُقرأ"),
        ));
    }
    Ok(Some(bytes))
}

/// The names in a folder, sorted; none when there is no such folder.
///
/// # Errors
/// When it cannot be listed.
#[expect(clippy::disallowed_methods, reason = "this is the place that lists folders")]
pub fn names_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|error| unreadable(folder, &error))?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Writes a file so that it is there whole or not at all, also after a loss of power.
///
/// # Errors
/// When any step fails; the file is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    // The parent of a bare name is no path at all, and names the folder one is in.
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".{name}.{}.part", std::process::id()));
    let written = write_and_rename(folder, &temporary, path, bytes);
    written.map_err(|error| unwritable(path, &error))
}

#[expect(clippy::disallowed_methods, reason = "this is the place that writes files")]
fn write_and_rename(
    folder: &Path,
    temporary: &Path,
    path: &Path,
    bytes: &[u8],
) -> std::io::Result<()> {
    let mut file = File::create(temporary)?;
    if let Ok(old) = std::fs::metadata(path) {
        // Who may read a file stays as its owner set it.
        file.set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(temporary, path)?;
    File::open(folder)?.sync_all()
}

/// Writes files so that each is there whole or not at all, and all are durable at the end.
/// Several share one flush of the file system.
///
/// # Errors
/// When any step fails.
pub fn write_all_whole(files: &[(PathBuf, &[u8])]) -> Result<(), Error> {
    if let [(path, bytes)] = files {
        make_folder(path.parent().unwrap_or(Path::new(".")))?;
        return write_whole(path, bytes);
    }
    let mut last = None;
    for (path, bytes) in files {
        let folder = path.parent().unwrap_or(Path::new("."));
        make_folder(folder)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = folder.join(format!(".{name}.{}.part", std::process::id()));
        let written = write_mark(&temporary, bytes);
        written.and_then(|()| rename(&temporary, path))?;
        last = Some(path);
    }
    last.map_or(Ok(()), |path| flush_file_system(path))
}

/// Gives a file or folder of ours another name.
///
/// # Errors
/// When the disk does not.
pub fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    std::fs::rename(from, to).map_err(|error| unwritable(to, &error))
}

/// Makes durable whatever was written to the file system of a path.
///
/// # Errors
/// When it cannot be.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens files")]
pub fn flush_file_system(of: &Path) -> Result<(), Error> {
    let flushed = File::open(of)
        .and_then(|file| rustix::fs::syncfs(&file).map_err(std::io::Error::from));
    flushed.map_err(|error| unwritable(of, &error))
}

/// Writes a small file that need not outlive a loss of power.
///
/// # Errors
/// When the disk does not take it.
#[expect(clippy::disallowed_methods, reason = "this is the place that writes files")]
pub fn write_mark(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    std::fs::write(path, bytes).map_err(|error| unwritable(path, &error))
}

/// Adds to the end of a small file that need not outlive a loss of power; gives its length.
///
/// # Errors
/// When the disk does not take it.
pub fn append_mark(path: &Path, bytes: &[u8]) -> Result<u64, Error> {
    let append = || {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(bytes)?;
        Ok(file.metadata()?.len())
    };
    append().map_err(|error| unwritable(path, &error))
}

/// Makes a folder and those above it.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(path).map_err(|error| unwritable(path, &error))
}

/// Writes a file and the folders above it; [`flush_file_system`] makes it durable.
///
/// # Errors
/// When the disk does not take it.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    make_folder(path.parent().unwrap_or(Path::new(".")))?;
    write_mark(path, bytes)
}

/// Copies a file of any size, with the folders above it; [`flush_file_system`] makes it
/// durable.
///
/// # Errors
/// When one cannot be read or the other not be written.
pub fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    make_folder(to.parent().unwrap_or(Path::new(".")))?;
    std::fs::copy(from, to).map(drop).map_err(|error| unwritable(to, &error))
}

/// The SHA-256 of a file of any size; `None` when there is no such file.
///
/// # Errors
/// When it cannot be read.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens files")]
pub fn sha256_of(path: &Path) -> Result<Option<Sha256>, Error> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(path, &error)),
    };
    let mut hash = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(|error| unreadable(path, &error))? {
            0 => return Ok(Some(Sha256(hash.finalize().into()))),
            read => hash.update(buffer.get(..read).unwrap_or_default()),
        }
    }
}

/// Whether a path lies on a disk that takes nothing: mounted so, or since a fault. Of a fault
/// the kernel tells whoever writes and nobody else, so that a file without a name is tried.
pub fn is_read_only(path: &Path) -> bool {
    use rustix::fs::{Access, Mode, OFlags};
    let read_only = rustix::io::Errno::ROFS;
    if rustix::fs::access(path, Access::WRITE_OK) == Err(read_only) {
        return true;
    }
    let folder = if path.is_dir() { Some(path) } else { path.parent() };
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let tried =
        folder.map(|folder| rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR));
    tried.is_some_and(|tried| tried.err() == Some(read_only))
}

/// A path as it stands in a URI.
pub fn percent_encoded(path: &Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;
    let mut encoded = String::new();
    for byte in path.as_os_str().as_bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte);
        if plain {
            encoded.push(char::from(*byte));
        } else if write!(encoded, "%{byte:02X}").is_err() {
            // A string takes whatever is written to it.
            break;
        }
    }
    encoded
}

/// A path below a folder; `None` for one that would lead out of it.
pub fn below(folder: &Path, path: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    let path = Path::new(std::ffi::OsStr::from_bytes(path));
    let mut parts = path.components();
    let inside = parts.all(|part| matches!(part, std::path::Component::Normal(_)));
    inside.then(|| folder.join(path))
}

/// Removes a folder of ours with all that is in it, where it is there.
///
/// # Errors
/// When it is there and stays.
pub fn remove_folder(path: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(unwritable(path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes a file of ours, where it is there.
///
/// # Errors
/// When it is there and stays.
pub fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(unwritable(path, &error))
        }
        _ => Ok(()),
    }
}

/// Makes a folder of ours that nobody else on this machine can look into; one that is there
/// stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_private_folder(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::DirBuilderExt as _;
    if path.is_dir() {
        return Ok(());
    }
    make_folder(path.parent().unwrap_or(Path::new(".")))?;
    match std::fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(unwritable(path, &error))
        }
        _ => Ok(()),
    }
}

/// Takes the lock file at `path`, or gives `None` when another process holds it.
///
/// # Errors
/// When the file cannot be made.
pub fn lock(path: &Path) -> Result<Option<Lock>, Error> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(|error| unwritable(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(unwritable(path, &error)),
    }
}

/// The SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::report(
        format!("{} cannot be read: {error}", path.display()),
        format!("تعذّرت قراءة {}: {}", path.display(), isolated(error)),
    )
}

/// A disk that does not take what we write may be full: nothing durable can follow.
fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::stop(
        format!("{} cannot be written: {error}", path.display()),
        format!("تعذّرت الكتابة إلى {}: {}", path.display(), isolated(error)),
    )
}

fn isolated(error: &std::io::Error) -> String {
    crate::text::isolate(&error.to_string())
}

/// Random bytes of the system's.
///
/// # Errors
/// When it has none: nothing secret can be made then.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens files")]
pub fn random() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    let read =
        File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    read.map_err(|error| {
        Error::stop(
            format!("the system gives no random bytes: {error}"),
            format!("لا يوفّر النظام بايتات عشوائية: {error}"),
        )
    })?;
    Ok(bytes)
}
