//! What a file's name says before anybody opens it.
//!
//! Temporary files, locks and the private files of systems and sync tools are set aside
//! (and counted, so that nothing vanishes without trace); copies that sync tools make of a
//! file changed twice are papers that need a decision; sidecars speak of another file.

use unicode_normalization::UnicodeNormalization;

/// What a file is, by its path alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    Paper,
    /// Holds what somebody states about the paper of this name, in the same folder.
    Sidecar(Vec<u8>),
    /// A copy made by a sync tool, beside the original.
    ConflictCopy,
    Ignored,
}

/// Names that are never papers, by their beginning (folded to lower case).
const BEGINNINGS: [&str; 14] = [
    "~$",
    ".~lock.",
    "~wrl",
    "~wrd",
    ".syncthing.",
    "~syncthing~",
    ".goutputstream-",
    "._",
    ".sync_",
    ".tmp.drive",
    ".trash-",
    // What network file systems call a file that was deleted while it was open.
    ".nfs0",
    ".fuse_hidden",
    ".smbdelete",
];

/// By their end.
const ENDS: [&str; 17] = [
    "~",
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".download",
    ".opdownload",
    ".swp",
    ".swo",
    ".swx",
    ".lock",
    ".kate-swp",
    ".unison",
    ".!sync",
    ".icloud",
];

/// Whole names, of files and of folders on the way.
const WHOLE: [&str; 25] = [
    ".mithaq-folder",
    ".mithaqignore",
    ".ds_store",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".directory",
    ".stfolder",
    ".stignore",
    ".stversions",
    ".dropbox",
    ".dropbox.cache",
    ".temporaryitems",
    ".trashes",
    ".fseventsd",
    ".apdisk",
    "@eadir",
    ".git",
    ".owncloudsync.log",
    ".csync_journal.db",
    // The mark of a folder of OneDrive.
    ".849c9593-d756-4e56-8d6e-42412f2a707b",
    "$recycle.bin",
    "#recycle",
    "system volume information",
    "lost+found",
];

/// What sync tools write into the name of the copy they make of a file changed twice.
const CONFLICTS: [&str; 9] = [
    ".sync-conflict-",
    "(conflicted copy",
    "'s conflicted copy",
    "_conflict-",
    "(نسخة متضاربة",
    "(case clash from",
    "(case conflict",
    "(selective sync conflict",
    "(sfconflict ",
];

const SIDECAR: &[u8] = b".meta.toml";

/// What the file at `path` (below the drop folder) is.
pub fn role(path: &[u8]) -> Role {
    let text = String::from_utf8_lossy(path).nfc().collect::<String>().to_lowercase();
    if text.split('/').any(is_ignored) {
        return Role::Ignored;
    }
    if let Some(of) = path.strip_suffix(SIDECAR)
        && !of.is_empty()
        && !of.ends_with(b"/")
    {
        return Role::Sidecar(of.to_vec());
    }
    let name = text.rsplit('/').next().unwrap_or_default();
    if CONFLICTS.iter().any(|mark| name.contains(mark)) {
        return Role::ConflictCopy;
    }
    Role::Paper
}

/// The path of the sidecar that would speak of the file at `path`.
pub fn sidecar_of(path: &[u8]) -> Vec<u8> {
    [path, SIDECAR].concat()
}

fn is_ignored(part: &str) -> bool {
    WHOLE.contains(&part)
        || BEGINNINGS.iter().any(|beginning| part.starts_with(beginning))
        || ENDS.iter().any(|end| part.ends_with(end))
        || is_rsync_temporary(part)
        || is_nextcloud_temporary(part)
}

/// `.name.pdf.~1f3a9c2e`: a dot, the name, and hexadecimal digits after a tilde.
fn is_nextcloud_temporary(part: &str) -> bool {
    let Some((front, last)) = part.rsplit_once(".~") else { return false };
    let digits = !last.is_empty() && last.chars().all(|it| it.is_ascii_hexdigit());
    digits && front.starts_with('.')
}

/// `.name.pdf.XXXXXX`: a dot, the name, and six letters or digits.
fn is_rsync_temporary(part: &str) -> bool {
    let Some((front, last)) = part.rsplit_once('.') else { return false };
    let shaped = last.chars().count() == 6 && last.chars().all(char::is_alphanumeric);
    shaped && front.starts_with('.') && front.trim_start_matches('.').contains('.')
}

/// The key by which names are compared: NFC, so that the two spellings of «أ» are one.
pub fn key(path: &[u8]) -> String {
    String::from_utf8_lossy(path).nfc().collect()
}
