//! What the machine gives: space, file systems, watches, a cage for readers, the mail server.

use std::path::Path;
use std::time::Duration;

use crate::document::Sha256;
use crate::shell::disk;
use crate::shell::folder::Folder;
use crate::shell::health::{Check, State};
use crate::shell::network::Network;
use crate::shell::outbox::way;
use crate::shell::smtp;
use crate::shell::smtp::Limits;
use crate::shell::store::Place;

/// Below this a store may not be able to finish what it begins.
const SPACE_FAULT_BYTES: u64 = 64 << 20;
/// Below this somebody should make room.
pub const SPACE_WARNING_BYTES: u64 = 1 << 30;

/// File systems that tell nobody of changes made elsewhere, by their magic numbers
/// (statfs(2)): NFS, SMB, CIFS, SMB2, FUSE, 9p, Ceph.
const REMOTE: [u64; 7] =
    [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x6573_5546, 0x0102_1997, 0x00c3_6400];

/// Overlayfs tells nobody of what is written to the folders below it.
const OVERLAY: u64 = 0x794c_7630;

/// Free space on the disk of a folder; `None` where the system does not tell.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(folder).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

pub(super) fn space(root: &Path) -> Check {
    let Some(free) = free_bytes(root) else {
        return Check::ok("space", "free space is not known", "المساحة الحرة غير معروفة");
    };
    let shown = free >> 20;
    let check = Check::ok(
        "space",
        &format!("free space: {shown} MiB"),
        &format!("المساحة الحرة: {shown} ميبيبايت"),
    );
    let state = match free {
        ..SPACE_FAULT_BYTES => State::Fault,
        SPACE_FAULT_BYTES..SPACE_WARNING_BYTES => State::Warning,
        _ => return check,
    };
    check.but(state, "make room on this disk", "أفرغوا مساحة على هذا القرص")
}

/// A disk that takes nothing: whoever minds the network has stopped, and cannot start.
pub(super) fn read_only(place: &Place) -> Option<Check> {
    disk::is_read_only(&place.folder).then(|| {
        let folder = place.folder.display();
        Check::ok(
            "read_only",
            &format!("{folder} lies on a disk that is read-only: nothing new is read or told"),
            &format!("{folder} على قرص للقراءة فقط: لا يُقرأ جديد ولا يُبلَّغ به أحد"),
        )
        .but(
            State::Fault,
            "look for the disk's fault in the system's log, mend it, mount it for writing, and \
             start the daemon again; nothing that was stored is lost",
            "ابحثوا عن عطل القرص في سجل النظام وأصلحوه واربطوه للكتابة ثم أعيدوا تشغيل العملية \
             الدائمة، ولا يضيع شيء مما حُفظ",
        )
    })
}

pub(super) fn drop_folders(network: &Network) -> Vec<Check> {
    let mut checks = Vec::new();
    for (id, registered) in &network.organizations {
        let path = registered.papers.display().to_string();
        if Folder::open(&registered.papers).is_err() {
            checks.push(
                Check::ok(
                    &format!("folder:{id}"),
                    &format!("{path} is not there or cannot be read"),
                    &format!("{path} غير موجود أو تعذّرت قراءته"),
                )
                .but(
                    State::Fault,
                    "make the folder, mount it, or give the program the right to read it",
                    "أنشئوا المجلد أو اربطوه أو امنحوا البرنامج صلاحية قراءته",
                ),
            );
        } else if is_remote(&registered.papers) {
            checks.push(
                Check::ok(
                    &format!("folder:{id}"),
                    &format!("{path} lies on a network file system"),
                    &format!("{path} موجود على نظام ملفات شبكي"),
                )
                .but(
                    State::Warning,
                    "changes are found by walking it, within fifteen minutes",
                    "تُكتشف التغييرات بالمرور الدوري على المجلد خلال ربع ساعة",
                ),
            );
        }
    }
    checks
}

fn is_remote(path: &Path) -> bool {
    kind(path).is_some_and(|kind| REMOTE.contains(&kind))
}

/// Whether a folder lies on a file system that may give no notice of changes: others write
/// to it from elsewhere, or below it.
pub fn is_silent(path: &Path) -> bool {
    kind(path).is_some_and(|kind| REMOTE.contains(&kind) || kind == OVERLAY)
}

/// What is mounted where, as far as this process sees it; `None` where the system does not tell.
/// While it is the same, a path lies on the file system on which it lay.
pub fn mounts() -> Option<Sha256> {
    let text =
        disk::read_text(Path::new("/proc/self/mountinfo"), MOUNTS_BYTES_MAX).ok()??;
    Some(disk::sha256(text.as_bytes()))
}

/// A machine with ten thousand mounts; on one with more every path is asked for.
const MOUNTS_BYTES_MAX: u64 = 2 << 20;

fn kind(path: &Path) -> Option<u64> {
    u64::try_from(rustix::fs::statfs(path).ok()?.f_type).ok()
}

/// Whether the system admits a watch on every folder.
pub(super) fn watches(network: &Network) -> Option<Check> {
    let limit = disk::read_text(Path::new("/proc/sys/fs/inotify/max_user_watches"), 64);
    let limit: usize = limit.ok()??.trim().parse().ok()?;
    // Most folders of an organization hold years and bodies: some tens.
    let wanted = network.organizations.len().saturating_mul(32).saturating_add(64);
    let check = Check::ok(
        "watches",
        &format!("folders that the system lets one user watch: {limit}"),
        &format!("عدد المجلدات التي يسمح النظام بمراقبتها: {limit}"),
    );
    if limit >= wanted {
        return Some(check);
    }
    Some(check.but(
        State::Warning,
        "raise fs.inotify.max_user_watches; until then some folders are only walked",
        "ارفعوا قيمة fs.inotify.max_user_watches، وحتى ذلك الحين يُكتفى بالمرور على بعض المجلدات",
    ))
}

/// Whether the kernel can lock readers of papers away.
pub(super) fn cage() -> Option<Check> {
    let modules = disk::read_text(Path::new("/sys/kernel/security/lsm"), 4096).ok()??;
    if modules.contains("landlock") {
        return Some(Check::ok(
            "cage",
            "papers are read where nothing else can be reached",
            "تُقرأ المستندات حيث لا يمكن الوصول إلى أي شيء آخر",
        ));
    }
    Some(
        Check::ok(
            "cage",
            "this kernel has no landlock",
            "لا توفّر نواة هذا النظام landlock",
        )
        .but(
            State::Warning,
            "use a kernel with landlock; memory and time are limited in any case",
            "استخدموا نواة فيها landlock، والذاكرة والوقت محدودان في كل الأحوال",
        ),
    )
}

/// What installs the tools that read scans.
const OCR_INSTALL: &str =
    "apt install tesseract-ocr tesseract-ocr-ara tesseract-ocr-eng poppler-utils";

/// Whether scans can be read, as tools and languages of them are missing or not.
pub fn ocr(missing: &[&str]) -> Check {
    if missing.is_empty() {
        return Check::ok(
            "ocr",
            "scans are read by tesseract, in Arabic and English",
            "تُقرأ المستندات الممسوحة ضوئيًا ببرنامج tesseract بالعربية والإنجليزية",
        );
    }
    Check::ok(
        "ocr",
        &format!("scans are not read; what is not installed: {}", missing.join(", ")),
        &format!(
            "لا تُقرأ المستندات الممسوحة ضوئيًا، وما ليس مثبّتًا: {}",
            missing.join("، ")
        ),
    )
    .but(
        State::Warning,
        &format!("run `{OCR_INSTALL}`; the papers are then read again"),
        &format!("نفّذوا الأمر `{OCR_INSTALL}`، وتُقرأ المستندات بعدها من جديد"),
    )
}

/// Whether the mail server answers and its password can be read.
pub(super) fn smtp(network: &Network) -> Vec<Check> {
    let Some(settings) = &network.settings.smtp else {
        return vec![Check::ok(
            "mail_server",
            "none is set; letters are written to the folder outbox",
            "لا يوجد خادم بريد محدد، وتُكتب الرسائل في المجلد outbox",
        )];
    };
    let mut checks = Vec::new();
    let place = format!("{}:{}", settings.host, settings.port);
    let asked =
        way::server(&network.office(), settings).map_err(|error| error.to_string());
    let asked = asked.and_then(|mut server| {
        server.limits = Limits::all(Duration::from_secs(5));
        smtp::probe(&server)
    });
    checks.push(match asked {
        Ok(()) => Check::ok(
            "mail_server",
            &format!("{place} lets us in"),
            &format!("الخادم {place} يسمح بالدخول"),
        ),
        Err(why) => Check::ok(
            "mail_server",
            &format!("{place} does not let us in: {why}"),
            &format!("الخادم {place} لا يسمح بالدخول: {why}"),
        )
        .but(
            State::Fault,
            "correct [smtp] in mithaq.toml, or start the server; letters wait meanwhile",
            "صحّحوا [smtp] في mithaq.toml أو شغّلوا الخادم، والرسائل تنتظر حتى ذلك",
        ),
    });
    if let Some(file) = &settings.password_file
        && !matches!(disk::read_text(&network.root.join(file), 4096), Ok(Some(_)))
    {
        checks.push(
            Check::ok(
                "mail_password",
                &format!("{file} cannot be read"),
                &format!("تعذّرت قراءة {file}"),
            )
            .but(
                State::Fault,
                "write the password into that file, readable by the program alone",
                "اكتبوا كلمة المرور في ذلك الملف على أن يقرأه البرنامج وحده",
            ),
        );
    }
    checks
}
