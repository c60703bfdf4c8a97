//! What the store tells of the service: the daemon, folders, letters, proofs, the clock.

use rusqlite::Connection;

use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::health::{Check, LETTER_WAIT_SECONDS_MAX, State};
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::answer;
use crate::shell::store::file;
use crate::shell::store::ledger;
use crate::shell::store::ledger::checkpoint;
use crate::shell::store::ledger::proof;
use crate::shell::store::setting::{self, Setting};

pub(super) fn daemon(place: &Place) -> Check {
    let lock = place.lock_file();
    let held = lock.exists() && matches!(disk::lock(&lock), Ok(None));
    if held {
        return Check::ok("daemon", "somebody minds the network", "الشبكة قيد المتابعة");
    }
    Check::ok("daemon", "nobody minds the network now", "لا أحد يتابع الشبكة الآن").but(
        State::Warning,
        "start `mithaq daemon`, or run `mithaq scan` from time to time",
        "شغّلوا `mithaq daemon`، أو نفّذوا `mithaq scan` من وقت إلى آخر",
    )
}

pub(super) fn none() -> Check {
    Check::ok("store", "nothing has been stored yet", "لم يُحفظ شيء بعد").but(
        State::Warning,
        "run `mithaq scan`",
        "نفّذوا الأمر `mithaq scan`",
    )
}

pub(super) fn unusable(error: &Error) -> Check {
    Check::ok("store", &error.said.english, &error.said.arabic).but(
        State::Fault,
        "stop the daemon and put back a backup of the folder .mithaq",
        "أوقفوا العملية الدائمة واستعيدوا نسخة احتياطية من المجلد .mithaq",
    )
}

pub(super) fn folders(rows: &Connection) -> Vec<Check> {
    let folders = match file::folders(rows) {
        Ok(folders) => folders,
        Err(error) => return vec![unusable(&error)],
    };
    let mut checks = Vec::new();
    for folder in folders.iter().filter(|folder| folder.health != "healthy") {
        let since = folder.unhealthy_since.map(clock::iso).unwrap_or_default();
        let (id, health) = (&folder.organization, folder.health.replace('_', " "));
        checks.push(
            Check::ok(
                &format!("folder:{id}"),
                &format!(
                    "the drop folder of {id} cannot be trusted since {since}: {health}"
                ),
                &format!(
                    "لا يمكن الاعتماد على مجلد الإيداع الخاص بـ {id} منذ {since}: {health}"
                ),
            )
            .but(
                State::Fault,
                "mount the share again, or give the program the right to read the folder",
                "أعيدوا ربط المجلد المشترك، أو امنحوا البرنامج صلاحية قراءته",
            ),
        );
    }
    if checks.is_empty() {
        checks.push(Check::ok(
            "folders",
            &format!("drop folders in order: {}", folders.len()),
            &format!("مجلدات الإيداع السليمة: {}", folders.len()),
        ));
    }
    checks
}

pub(super) fn outbox(rows: &Connection, now: i64) -> Vec<Check> {
    let counted = rows.query_row(
        "SELECT count(*) FILTER (WHERE state = 'pending'),
                count(*) FILTER (WHERE state IN ('uncertain', 'held', 'failed')),
                min(max(created_at, leaves_at)) FILTER (WHERE state = 'pending')
         FROM outbox",
        [],
        |row| {
            let waiting: i64 = row.get(0)?;
            let stuck: i64 = row.get(1)?;
            let oldest: Option<i64> = row.get(2)?;
            Ok((waiting, stuck, oldest))
        },
    );
    let Ok((waiting, stuck, oldest)) = counted else { return Vec::new() };
    let mut check = Check::ok(
        "letters",
        &format!("letters waiting: {waiting}; letters that need a person: {stuck}"),
        &format!("الرسائل المنتظرة: {waiting}؛ الرسائل التي تحتاج إلى تدخّل: {stuck}"),
    );
    let old = oldest.is_some_and(|oldest| now - oldest > LETTER_WAIT_SECONDS_MAX);
    if stuck > 0 || old {
        check = check.but(
            State::Warning,
            "look at `mithaq mail queue`",
            "راجعوا `mithaq mail queue`",
        );
    }
    vec![check]
}

pub(super) fn papers(rows: &Connection) -> Vec<Check> {
    let counted = rows.query_row(
        "SELECT count(*), count(*) FILTER (WHERE json_extract(reading, '$.state')
           IN ('needs_a_look', 'not_accepted')
           AND json_extract(reading, '$.problem') IS NOT 'forgotten') FROM document",
        [],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
    );
    let Ok((papers, unclear)) = counted else { return Vec::new() };
    let mut check = Check::ok(
        "papers",
        &format!("papers: {papers}; not understood: {unclear}"),
        &format!("المستندات: {papers}؛ غير المفهوم منها: {unclear}"),
    );
    if unclear > 0 {
        check = check.but(
            State::Warning,
            "look at `mithaq documents --state needs_a_look` and `--state not_accepted`",
            "راجعوا `mithaq documents --state needs_a_look` و`--state not_accepted`",
        );
    }
    vec![check]
}

/// The store's own integrity, the ledger's chain, and whether every paper is kept.
pub(super) fn proofs(rows: &Connection, place: &Place) -> Vec<Check> {
    vec![integrity(rows), chain(rows), kept(rows, place)]
}

fn integrity(rows: &Connection) -> Check {
    let said: Result<String, _> =
        rows.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    match said.as_deref() {
        Ok("ok") => Check::ok("store", "the store is whole", "المخزن سليم"),
        Ok(said) => unusable(&Error::stop(said, said)),
        Err(error) => unusable(&Error::stop(error.to_string(), error.to_string())),
    }
}

fn chain(rows: &Connection) -> Check {
    match proof::verify(rows) {
        Ok(proof) => match proof.broken.map(|broken| broken.entry) {
            None => Check::ok(
                "ledger",
                &format!("the chain holds; entries: {}", proof.entries),
                &format!("السلسلة سليمة؛ عدد القيود: {}", proof.entries),
            ),
            Some(number) => Check::ok(
                "ledger",
                &format!("the chain is broken at entry {number}"),
                &format!("السلسلة مكسورة عند القيد {number}"),
            )
            .but(
                State::Fault,
                "`mithaq ledger verify` says what was done to it and what to do",
                "يبيّن الأمر `mithaq ledger verify` ما جرى لها وما يلزم",
            ),
        },
        Err(error) => unusable(&error),
    }
}

/// Kept papers of which every byte is looked at; of more, only whether they are there.
const HASHED_MAX: usize = 5_000;

fn kept(rows: &Connection, place: &Place) -> Check {
    let contents = match store::kept_contents(rows) {
        Ok(contents) => contents,
        Err(error) => return unusable(&error),
    };
    let whole = |sha256: &Sha256| {
        let path = place.paper(*sha256);
        if contents.len() > HASHED_MAX {
            return path.exists();
        }
        matches!(disk::sha256_of(&path), Ok(Some(is)) if is == *sha256)
    };
    match contents.iter().filter(|sha256| !whole(sha256)).count() {
        0 => Check::ok("kept_papers", "every paper is kept", "كل المستندات محفوظة"),
        count => Check::ok(
            "kept_papers",
            &format!("kept papers that are missing or damaged: {count}"),
            &format!("المستندات المحفوظة المفقودة أو التالفة: {count}"),
        )
        .but(
            State::Fault,
            "put back the folder `papers` of a backup into .mithaq",
            "استعيدوا المجلد papers من نسخة احتياطية إلى .mithaq",
        ),
    }
}

/// The file that proves that nothing was cut off the ledger.
pub(super) fn checkpoints(rows: &Connection) -> Option<Check> {
    let entries = ledger::head(rows).ok()?.0;
    let told = checkpoint::of(rows).ok()?.last().map(|last| last.entry);
    if entries == 0 || told == Some(entries) {
        return None;
    }
    let check = Check::ok(
        "checkpoints",
        "the file .mithaq/checkpoints is missing or ends early",
        "الملف .mithaq/checkpoints مفقود أو ناقص",
    );
    Some(check.but(
        State::Warning,
        "put it back from a backup; the next entry begins it anew, and proves only itself",
        "استعيدوه من نسخة احتياطية؛ والقيد التالي ينشئه من جديد ولا يثبت إلا نفسه",
    ))
}

/// A clock that stands before what has been judged already is wrong.
pub(super) fn clock(rows: &Connection, now: i64) -> Vec<Check> {
    let high = setting::get(rows, Setting::ClockHigh).ok().flatten();
    let high: i64 = high.and_then(|high| high.parse().ok()).unwrap_or(now);
    let check = Check::ok(
        "clock",
        &format!("it is {}", clock::iso(now)),
        &format!("الوقت الآن {}", clock::iso(now)),
    );
    if now >= high - 3600 {
        return vec![check];
    }
    vec![check.but(
        State::Fault,
        "the clock stands before the last pass: set it, for example by systemd-timesyncd",
        "الساعة متأخرة عن آخر متابعة: اضبطوها، مثلًا بواسطة systemd-timesyncd",
    )]
}

/// Answers that wait for a person, and people whom no letter reaches.
pub(super) fn answers(rows: &Connection) -> Vec<Check> {
    let mut checks = Vec::new();
    let open = answer::listed(rows, i64::MAX)
        .map(|all| all.iter().filter(|answer| answer.open).count());
    match open {
        Ok(0) => {}
        Ok(open) => checks.push(
            Check::ok(
                "answers",
                &format!("answers that wait for a decision: {open}"),
                &format!("الردود التي تنتظر البتّ فيها: {open}"),
            )
            .but(
                State::Warning,
                "look at `mithaq mail answers`, decide, and tell by `mithaq mail settle`",
                "راجعوا `mithaq mail answers` ثم أبلغوا القرار بالأمر `mithaq mail settle`",
            ),
        ),
        Err(error) => checks.push(unusable(&error)),
    }
    for (organization, address, since, said) in answer::failing(rows).unwrap_or_default()
    {
        let since = clock::iso(since);
        checks.push(
            Check::ok(
                &format!("address:{organization}"),
                &format!("letters to {address} come back since {since}: {said}"),
                &format!("الرسائل إلى {address} تعود دون تسليم منذ {since}: {said}"),
            )
            .but(
                State::Warning,
                "correct the address in organization.toml, or try again by `mithaq mail resend`",
                "صحّحوا العنوان في organization.toml، أو أعيدوا المحاولة بالأمر `mithaq mail resend`",
            ),
        );
    }
    checks
}
