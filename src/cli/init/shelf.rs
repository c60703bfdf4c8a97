//! The rulebooks that ship inside the binary, as they are in the repository.
//!
//! Knows nothing of what they say: a rulebook is a folder of texts, copied as it is.

use std::collections::BTreeSet;

use include_dir::Dir;

/// What `--rulebook` may name, each a folder of `rules/`.
pub const NAMES: [&str; 6] = [
    "alliance",
    "code-of-conduct",
    "good-practice",
    "lebanon-associations",
    "palestine-ngo-law",
    "starter",
];

static RULES: Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Each file of these rulebooks, as a path below the network's folder with its text; a name
/// given twice counts once.
pub fn files(names: &[String]) -> Vec<(String, String)> {
    let names: BTreeSet<&String> = names.iter().collect();
    let folders = names.into_iter().filter_map(|name| RULES.get_dir(name));
    let files = folders.flat_map(Dir::files).filter_map(|file| {
        let path = format!("rules/{}", file.path().to_str()?.replace('\\', "/"));
        Some((path, file.contents_utf8()?.to_owned()))
    });
    files.collect()
}
