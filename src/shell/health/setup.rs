//! What people set up that works against itself: folders that two share, nobody to write to,
//! secrets that others can read, letters that go nowhere.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::shell::Error;
use crate::shell::health::{Check, State};
use crate::shell::network::Network;
use crate::shell::outbox::way;
use crate::shell::store::Place;
use crate::shell::store::file;
use crate::text;

/// Permissions of anybody who is neither the owner nor of the group.
const OTHERS: u32 = 0o007;

/// Refused files that are named.
const NAMED_MAX: usize = 3;

/// Drop folders that several organizations have, or that lie in one another: a paper in them
/// would be two organizations'.
pub(super) fn shared_folders(network: &Network) -> Vec<Check> {
    let mut real: BTreeMap<PathBuf, &str> = BTreeMap::new();
    let mut checks = Vec::new();
    for (id, registered) in &network.organizations {
        let Ok(path) = std::fs::canonicalize(&registered.papers) else { continue };
        let above = path.ancestors().find_map(|folder| real.get(folder));
        let below = real.iter().find(|(other, _)| other.starts_with(&path));
        let other = above.copied().or(below.map(|(_, other)| *other));
        if let Some(other) = other {
            checks.push(
                Check::ok(
                    &format!("shared_folder:{id}"),
                    &format!("{id} and {other} have one drop folder, or one lies in the other"),
                    &format!(
                        "للمؤسستين {} و{} مجلد إيداع واحد، أو أحدهما داخل الآخر",
                        text::isolate(id),
                        text::isolate(other)
                    ),
                )
                .but(
                    State::Fault,
                    "give each organization a drop folder of its own: `papers` in organization.toml",
                    "خصّصوا مجلد إيداع لكل مؤسسة بواسطة papers في ملف organization.toml",
                ),
            );
        }
        real.insert(path, id);
    }
    checks
}

/// Organizations of which nobody has an address.
pub(super) fn unreachable(network: &Network) -> Vec<Check> {
    let nobody = network.organizations.iter().filter(|(_, it)| it.file.people.is_empty());
    let check = |id: &String| {
        Check::ok(
            &format!("people:{id}"),
            &format!("nobody of {id} is written to"),
            &format!("لا أحد من {} تُرسل إليه الرسائل", text::isolate(id)),
        )
        .but(
            State::Warning,
            "name somebody with an address under [[people]] in organization.toml",
            "اذكروا شخصًا وعنوانه في [[people]] بملف organization.toml",
        )
    };
    nobody.map(|(id, _)| check(id)).collect()
}

/// Files that are the program's alone, and that others on this machine can read.
pub(super) fn secrets(network: &Network, place: &Place) -> Vec<Check> {
    let smtp = network.settings.smtp.as_ref();
    let password = smtp.and_then(|smtp| smtp.password_file.as_ref());
    let mut checks = Vec::new();
    for (name, path) in [
        ("store_private", Some(place.folder.clone())),
        ("password_private", password.map(|file| network.root.join(file))),
    ] {
        let Some(path) = path.filter(|path| is_open_to_others(path)) else { continue };
        let shown = path.display();
        checks.push(
            Check::ok(
                name,
                &format!("others on this machine can read {shown}"),
                &format!("يستطيع مستخدمون آخرون لهذا الجهاز قراءة {shown}"),
            )
            .but(
                State::Warning,
                &format!("run `chmod o-rwx {shown}`"),
                &format!("نفّذوا الأمر `chmod o-rwx {shown}`"),
            ),
        );
    }
    checks
}

fn is_open_to_others(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.mode() & OTHERS != 0)
}

/// A server is set, and letters go to the folder `outbox` all the same.
pub(super) fn not_live(network: &Network, rows: &Connection) -> Option<Check> {
    network.settings.smtp.as_ref()?;
    if way::is_live(rows).unwrap_or(true) {
        return None;
    }
    Some(
        Check::ok(
            "live",
            "a mail server is set, and letters are only written to the folder outbox",
            "خادم البريد محدد، لكن الرسائل تُكتب في المجلد outbox فقط",
        )
        .but(
            State::Warning,
            "look at them; `mithaq go-live` has letters sent from then on",
            "اطّلعوا عليها، ثم نفّذوا `mithaq go-live` لتُرسل الرسائل من ذلك الوقت",
        ),
    )
}

/// Files in drop folders that were refused: nobody reads them, and nobody else tells.
pub(super) fn refused(rows: &Connection) -> Result<Option<Check>, Error> {
    let aside = file::all_aside(rows, None)?;
    let refused: Vec<String> = aside
        .iter()
        .filter(|(_, _, why)| why != "ignored_name")
        .map(|(id, path, _)| format!("{id}/{}", crate::shell::folder::shown(path)))
        .collect();
    if refused.is_empty() {
        return Ok(None);
    }
    let named: Vec<String> =
        refused.iter().take(NAMED_MAX).map(|path| text::isolate(path)).collect();
    let count = refused.len();
    let check = Check::ok(
        "refused",
        &format!("files that are refused: {count}, such as {}", named.join(", ")),
        &format!("الملفات المرفوضة: {count}، ومنها {}", named.join("، ")),
    );
    Ok(Some(check.but(
        State::Warning,
        "look at `mithaq documents --aside`: save them smaller, or as plain files",
        "راجعوا `mithaq documents --aside`، واحفظوها بحجم أصغر أو ملفات عادية",
    )))
}
