//! A drop folder, seen through one handle and never beyond it.
//!
//! Only ever reads. Everything is opened beneath the folder's handle: no symbolic link, no
//! special file, no other device, so that no name that a user can make leads out of it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{self, AtFlags, Dir, FileType, Mode, OFlags, ResolveFlags, Stat};
use rustix::io::Errno;

use crate::limits;

/// An open drop folder.
#[derive(Debug)]
pub struct Folder {
    handle: OwnedFd,
    pub identity: Identity,
}

/// Which folder it is, whatever its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    pub device: u64,
    pub inode: u64,
}

/// What tells one content of a path from another without reading it. The change time is
/// part of it, because tools that copy put the modification time back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub identity: Identity,
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i64,
    pub changed: i64,
}

/// One name below the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Below the folder, as the disk has it: any bytes but NUL.
    pub path: Vec<u8>,
    pub stamp: Stamp,
    pub refused: Option<Refusal>,
}

/// Why a name is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    SymbolicLink,
    /// A pipe, a socket, a device.
    SpecialFile,
    TooLarge,
    /// It lies on another device, or a link stands in its way.
    LeadsOutside,
    Unreadable,
    /// It changed while it was copied.
    Changing,
    /// It is not there any more.
    Gone,
}

/// Everything below a folder at one time.
#[derive(Debug, Default)]
pub struct Walk {
    /// In the order of the bytes of their paths.
    pub seen: Vec<Seen>,
    /// Something could not be listed, or there was too much: absence proves nothing.
    pub incomplete: bool,
}

const BENEATH: ResolveFlags = ResolveFlags::BENEATH
    .union(ResolveFlags::NO_SYMLINKS)
    .union(ResolveFlags::NO_MAGICLINKS)
    .union(ResolveFlags::NO_XDEV);

impl Refusal {
    pub fn name(self) -> &'static str {
        match self {
            Refusal::SymbolicLink => "symbolic_link",
            Refusal::SpecialFile => "special_file",
            Refusal::TooLarge => "too_large",
            Refusal::LeadsOutside => "leads_outside",
            Refusal::Unreadable => "unreadable",
            Refusal::Changing => "changing",
            Refusal::Gone => "gone",
        }
    }
}

impl Folder {
    /// Opens the folder itself; its path is the operator's and may hold links.
    ///
    /// # Errors
    /// When it is not there, is no folder, or must not be read.
    pub fn open(path: &Path) -> std::io::Result<Folder> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let handle = fs::open(path, flags, Mode::empty())?;
        let stat = fs::fstat(&handle)?;
        Ok(Folder { handle, identity: identity(&stat) })
    }

    /// Everything below the folder, links and special files named but not followed.
    pub fn walk(&self) -> Walk {
        let mut walk = Walk::default();
        let mut waiting = vec![(Vec::new(), 0)];
        while let Some((folder, depth)) = waiting.pop() {
            let found = self.list(&folder, depth, &mut walk, &mut waiting);
            walk.incomplete |= found.is_err();
            if walk.seen.len() > limits::FOLDER_FILES_MAX {
                walk.incomplete = true;
                break;
            }
        }
        walk.seen.sort_by(|one, other| one.path.cmp(&other.path));
        walk
    }

    fn list(
        &self,
        folder: &[u8],
        depth: usize,
        walk: &mut Walk,
        waiting: &mut Vec<(Vec<u8>, usize)>,
    ) -> Result<(), Errno> {
        let handle = self.open_folder(folder)?;
        for entry in Dir::read_from(&handle)? {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            let path = joined(folder, name);
            let stat =
                match fs::statat(&handle, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW) {
                    Ok(stat) => stat,
                    // Gone between the listing and the look: the next walk decides.
                    Err(Errno::NOENT) => continue,
                    Err(error) => return Err(error),
                };
            if FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
                let deep = depth >= limits::FOLDER_DEPTH_MAX
                    || path.len() > limits::PATH_BYTES_MAX;
                walk.incomplete |= deep;
                if !deep {
                    waiting.push((path, depth + 1));
                }
                continue;
            }
            walk.seen.push(Seen { path, stamp: stamp(&stat), refused: refusal(&stat) });
        }
        Ok(())
    }

    fn open_folder(&self, folder: &[u8]) -> Result<OwnedFd, Errno> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let path: &[u8] = if folder.is_empty() { b"." } else { folder };
        fs::openat2(&self.handle, path, flags, Mode::empty(), BENEATH)
    }

    /// The bytes of a file, and the stamp that holds for exactly these bytes.
    ///
    /// # Errors
    /// The refusal's name; [`Refusal::Changing`] when it was written to meanwhile.
    pub fn read(&self, path: &[u8]) -> Result<(Vec<u8>, Stamp), Refusal> {
        // A pipe would wait for its writer; a file does not mind.
        let flags =
            OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let handle = fs::openat2(&self.handle, path, flags, Mode::empty(), BENEATH)
            .map_err(refusal_of_open)?;
        let before = fs::fstat(&handle).map_err(|_| Refusal::Unreadable)?;
        if let Some(refusal) = refusal(&before) {
            return Err(refusal);
        }
        let mut file = File::from(handle);
        let mut bytes = Vec::new();
        file.by_ref()
            .take(limits::PAPER_BYTES_MAX + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| Refusal::Unreadable)?;
        let after = fs::fstat(file.as_fd()).map_err(|_| Refusal::Unreadable)?;
        let whole = u64::try_from(bytes.len()) == Ok(stamp(&after).size);
        if stamp(&before) != stamp(&after) || !whole {
            return Err(Refusal::Changing);
        }
        Ok((bytes, stamp(&after)))
    }

    /// Whether the optional marker is there, by which a folder is known for certain.
    pub fn has_marker(&self) -> bool {
        fs::statat(&self.handle, MARKER, AtFlags::SYMLINK_NOFOLLOW).is_ok()
    }
}

/// The optional marker file of a drop folder.
pub const MARKER: &str = ".mithaq-folder";

fn joined(folder: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = folder.to_vec();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

fn identity(stat: &Stat) -> Identity {
    Identity { device: stat.st_dev, inode: stat.st_ino }
}

fn stamp(stat: &Stat) -> Stamp {
    let ns = |seconds: i64, part: u64| {
        let part = i64::try_from(part).unwrap_or_default();
        seconds.saturating_mul(1_000_000_000).saturating_add(part)
    };
    Stamp {
        identity: identity(stat),
        size: u64::try_from(stat.st_size).unwrap_or_default(),
        modified: ns(stat.st_mtime, stat.st_mtime_nsec),
        changed: ns(stat.st_ctime, stat.st_ctime_nsec),
    }
}

fn refusal(stat: &Stat) -> Option<Refusal> {
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => {
            let size = u64::try_from(stat.st_size).unwrap_or(u64::MAX);
            (size > limits::PAPER_BYTES_MAX).then_some(Refusal::TooLarge)
        }
        FileType::Symlink => Some(Refusal::SymbolicLink),
        _ => Some(Refusal::SpecialFile),
    }
}

fn refusal_of_open(error: Errno) -> Refusal {
    match error {
        Errno::NOENT | Errno::NOTDIR => Refusal::Gone,
        Errno::LOOP | Errno::XDEV => Refusal::LeadsOutside,
        Errno::NXIO | Errno::NODEV => Refusal::SpecialFile,
        _ => Refusal::Unreadable,
    }
}

/// A path as people may see it: what is not UTF-8 and what would disturb a terminal or the
/// direction of a line is replaced.
pub fn shown(path: &[u8]) -> String {
    OsStr::from_bytes(path)
        .to_string_lossy()
        .chars()
        .map(|letter| {
            let disturbing =
                letter.is_control() || crate::text::is_direction_mark(letter);
            if disturbing { '\u{fffd}' } else { letter }
        })
        .collect()
}
