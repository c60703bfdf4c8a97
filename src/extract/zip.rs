//! Archives of papers: no text of their own, only the papers in them.

use super::archive::Archive;
use super::enclosed::Files;
use crate::document::Problem;
use crate::document::Text;
use crate::limits;

/// The papers of an archive, unopened, in the order of their names. One member that cannot
/// be unpacked refuses the archive: half of a delivery would pass for the whole.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Text, Problem> {
    let mut files = Files::at_most(limits::ENCLOSED_MAX);
    for name in archive.names("", "") {
        if name.ends_with('/') || is_of_a_system(&name) {
            continue;
        }
        if let Some(bytes) = archive.bytes(&name)? {
            files.add(&name, bytes)?;
        }
    }
    Ok(Text { enclosed: files.all, ..Text::default() })
}

/// What packing programs add by themselves.
fn is_of_a_system(name: &str) -> bool {
    let mut steps = name.split('/');
    let last = name.rsplit('/').next().unwrap_or_default();
    steps.any(|step| step == "__MACOSX")
        || last.starts_with("._")
        || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}
