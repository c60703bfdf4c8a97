//! Which network a file of the editor belongs to, and the files that lie beside it.

use std::path::{Path, PathBuf};

use ls_types::Uri;

use crate::compile;
use crate::limits;
use crate::shell::disk;
use crate::shell::network;

/// Where a file belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Home {
    pub(super) path: PathBuf,
    /// The network's folder, where the file is one of its rules or words; else the file.
    pub(super) desk: PathBuf,
    /// What the file is called on that desk: with `/`, from the network's folder.
    pub(super) name: String,
    pub(super) network: Option<PathBuf>,
}

/// The folders whose files are judged by, or speak in, a network's name.
const FOLDERS: [&str; 2] = ["rules", "vocabulary"];

/// Where a file belongs; `None` for what is no file.
pub(super) fn home(uri: &Uri) -> Option<Home> {
    let file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    let path = uri.to_file_path().filter(|_| file)?.into_owned();
    let network = path.parent().and_then(network::find);
    let inside = network.as_ref().and_then(|root| {
        let name = path.strip_prefix(root).ok()?;
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let folder = parts.first().filter(|_| parts.len() > 1)?;
        FOLDERS.contains(&folder.as_ref()).then(|| (root.clone(), parts.join("/")))
    });
    let (desk, name) = inside
        .unwrap_or_else(|| (path.clone(), path.to_string_lossy().replace('\\', "/")));
    Some(Home { path, desk, name, network })
}

/// The files that a desk begins with: the rules and words of the network, and for a file
/// that is none of them the network's words alone. What cannot be read is left out.
pub(super) fn beside(home: &Home) -> Vec<(String, String)> {
    let Some(root) = &home.network else { return Vec::new() };
    let of_network = home.desk == *root;
    let mut texts = Vec::new();
    for folder in FOLDERS {
        if of_network || folder == "vocabulary" {
            gather(&root.join(folder), folder, 0, &mut texts);
        }
    }
    texts
}

fn gather(folder: &Path, name: &str, depth: usize, texts: &mut Vec<(String, String)>) {
    // A folder that is not there has no files.
    for path in disk::names_in(folder).unwrap_or_default() {
        let Some(last) = path.file_name().and_then(|last| last.to_str()) else {
            continue;
        };
        let name = format!("{name}/{last}");
        if path.is_dir() && depth < limits::FOLDER_DEPTH_MAX {
            gather(&path, &name, depth + 1, texts);
        } else if path.extension().is_some_and(|extension| extension == "rules")
            && let Some(text) = text(&path)
        {
            texts.push((name, text));
        }
    }
}

/// The text of a rule file; `None` for one that is gone, too large or not UTF-8, of which
/// `check` says what is wrong.
pub(super) fn text(path: &Path) -> Option<String> {
    let bytes = disk::read_bytes(path, limits::RULE_FILE_BYTES_MAX).ok()??;
    compile::decoded(&bytes).ok()
}
