//! Lays out a corpus as a network's folder: an organization a folder, its body mapped.

use super::Label;
use super::Options;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use mithaq::calendar::Day;

/// What the rule speaks of: an organization, the body whose meetings are known, and the
/// first day of the record.
pub(crate) type Bodies = BTreeMap<String, (String, Day)>;

/// A network with a copy of every paper for which `keep` holds, and the rule
/// "board meets quarterly"; each organization's known body is its board.
pub(crate) fn lay_out(
    root: &Path,
    bodies: &Bodies,
    labels: &[Label],
    options: &Options,
    keep: impl Fn(&Label) -> bool,
) -> std::io::Result<()> {
    std::fs::create_dir_all(root.join("rules"))?;
    std::fs::write(
        root.join("mithaq.toml"),
        "name = { en = \"Corpus\", ar = \"مدونة\" }\nzone = \"UTC\"\nsettle_seconds = 0\n",
    )?;
    std::fs::write(root.join("rules/board.rules"), "board meets quarterly\n")?;
    for (organization, (body, joined)) in bodies {
        let folder = root.join("organizations").join(organization);
        std::fs::create_dir_all(folder.join("papers"))?;
        let stated = format!(
            "name = {{ en = \"{organization}\", ar = \"{organization}\" }}\ntype = \"association\"\njoined = {joined}\n\n[bodies]\nboard = [\"{body}\"]\n"
        );
        std::fs::write(folder.join("organization.toml"), stated)?;
    }
    for label in
        labels.iter().filter(|label| bodies.contains_key(&label.org) && keep(label))
    {
        let from = options.corpus.join("dev").join(&label.path);
        let to = place(root, label);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(from, to)?;
    }
    Ok(())
}

/// The corpus writes folders into the names; here they are folders again.
fn place(root: &Path, label: &Label) -> PathBuf {
    let name = label.path.split_once('/').map(|(_, name)| name).unwrap_or_default();
    let mut path = root.join("organizations").join(&label.org).join("papers");
    path.extend(name.split("__"));
    path
}
