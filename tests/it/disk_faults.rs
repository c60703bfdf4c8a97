//! A store on a disk that takes nothing, and a store with a damaged page: nothing is claimed,
//! nothing is sent, everything that can be read is, and nothing is lost.

use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::daemon::Minder;
use crate::scratch::{Run, Scratch, is_full, minutes};

fn network() -> Scratch {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "first.md", minutes("12 February 2026"));
    scratch
}

/// Nothing of the store is left in its log.
fn close(scratch: &Scratch) {
    let busy: i64 = scratch
        .store()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .unwrap();
    assert_eq!(busy, 0);
}

fn letters(scratch: &Scratch) -> Vec<PathBuf> {
    let Ok(outbox) = std::fs::read_dir(scratch.root().join("outbox")) else {
        return Vec::new();
    };
    let mut letters: Vec<PathBuf> = outbox.map(|entry| entry.unwrap().path()).collect();
    letters.sort();
    letters
}

fn states(scratch: &Scratch) -> Value {
    scratch.json(&["verdicts"])["verdicts"][0]["slots"].clone()
}

/// The network goes on as if nothing had been.
fn goes_on(scratch: &Scratch, before: usize) {
    let run = scratch.run(&["scan"]);
    assert_ne!(run.code, 2, "{}", run.stderr);
    let calm = network();
    calm.drop_paper("amal", "second.md", minutes("9 May 2026"));
    calm.run(&["scan"]);
    assert_eq!(states(scratch), states(&calm));
    assert!(letters(scratch).len() > before, "the second paper is answered");
    assert_eq!(scratch.json(&["ledger", "verify"])["holds"], true);
}

fn read_only(scratch: &Scratch) -> String {
    let store = scratch.root().join(".mithaq");
    let store = store.display();
    format!("mount --bind {store} {store} && mount -o remount,ro,bind {store}")
}

fn can_mount(mounts: &str) -> bool {
    let tried = Command::new("unshare").args(["-m", "sh", "-c", mounts]).status();
    let can = tried.is_ok_and(|status| status.success());
    if !can {
        println!("skipped: nothing can be mounted here");
    }
    can
}

#[test]
fn a_store_that_cannot_be_written_is_read_and_named() {
    let scratch = network();
    scratch.run(&["scan"]);
    let mounts = read_only(&scratch);
    if !can_mount(&mounts) {
        return;
    }
    let (met, sent) = (states(&scratch), letters(&scratch).len());
    scratch.drop_paper("amal", "second.md", minutes("9 May 2026"));
    let within = |arguments: &[&str]| -> Run {
        Run::of(&scratch.command_within(&mounts, arguments).output().unwrap())
    };
    // With its log beside it, as a stopped daemon leaves it; and without.
    for closed in [false, true] {
        if closed {
            close(&scratch);
        }
        for command in ["scan", "daemon"] {
            let run = within(&[command]);
            assert_eq!(run.code, 2, "{command}: {}", run.stderr);
            assert!(run.stderr.contains("Read-only file system"), "{}", run.stderr);
        }
        for command in ["status", "doctor"] {
            let run = within(&[command]);
            assert_eq!(run.code, 2, "{command}: {}", run.stdout);
            assert!(run.stdout.contains("a disk that is read-only"), "{}", run.stdout);
        }
        let arabic = within(&["--language", "ar", "status"]).stdout;
        assert!(arabic.contains("على قرص للقراءة فقط"), "{arabic}");
        let verdicts = within(&["--format", "json", "verdicts"]);
        let verdicts: Value = serde_json::from_str(&verdicts.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", verdicts.stderr));
        assert_eq!(verdicts["verdicts"][0]["slots"], met);
        for command in ["findings", "index", "documents"] {
            let run = within(&[command]);
            assert!(run.code < 2, "{command}: {}{}", run.stdout, run.stderr);
        }
        let holds = within(&["--format", "json", "ledger", "verify"]);
        let holds: Value = serde_json::from_str(&holds.stdout).unwrap();
        assert_eq!(holds["holds"], true);
        let backup = tempfile::tempdir().unwrap();
        let made = within(&["backup", backup.path().to_str().unwrap()]);
        assert_eq!(made.code, 0, "a backup can still be made: {}", made.stderr);
    }
    assert_eq!(letters(&scratch).len(), sent);
    goes_on(&scratch, sent);
}

/// A file system of its own that turns read-only at an error, as the disks of volunteers do.
struct Disk<'s> {
    at: &'s Path,
}

impl Disk<'_> {
    fn mount<'s>(image: &Path, at: &'s Path) -> Option<Disk<'s>> {
        std::fs::File::create(image).ok()?.set_len(32 << 20).ok()?;
        std::fs::create_dir_all(at).ok()?;
        let run = |program: &str, options: &[&str], at: &[&Path]| {
            let status = Command::new(program).args(options).args(at).status();
            status.is_ok_and(|status| status.success())
        };
        let mounted = run("mkfs.ext4", &["-q", "-F"], &[image])
            && run("mount", &["-o", "loop,errors=remount-ro"], &[image, at]);
        mounted.then_some(Disk { at })
    }

    /// The kernel finds the file system damaged.
    fn fail(&self) {
        let mounts = std::fs::read_to_string("/proc/mounts").unwrap();
        let at = self.at.to_str().unwrap();
        let own = mounts.lines().find(|line| line.split(' ').nth(1) == Some(at)).unwrap();
        let device = own.split(' ').next().unwrap().trim_start_matches("/dev/");
        let trigger = format!("/sys/fs/ext4/{device}/trigger_fs_error");
        std::fs::write(trigger, "1").expect("an ext4 that can be told to fail");
        assert!(std::fs::write(self.at.join("probe"), "x").is_err(), "it is read-only");
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.at).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "the disk stays mounted");
    }
}

#[test]
fn a_disk_that_turns_read_only_stops_the_daemon_and_loses_nothing() {
    if !is_full() {
        println!("skipped: runs with scripts/test --full");
        return;
    }
    let scratch = network();
    let (image, store) =
        (scratch.root().join("disk.img"), scratch.root().join(".mithaq"));
    let Some(disk) = Disk::mount(&image, &store) else {
        println!("skipped: no loop device can be mounted here");
        return;
    };
    let mut minder = Minder::of(&scratch);
    minder.says(&["read and judged"]);
    disk.fail();
    scratch.drop_paper("amal", "second.md", minutes("9 May 2026"));
    minder.says(&["Read-only file system"]);
    assert_eq!(minder.ends(), Some(2));
    let left = letters(&scratch);
    for letter in &left {
        let text = std::fs::read_to_string(letter).unwrap();
        assert!(!text.contains("second.md"), "told and not stored: {text}");
    }
    let status = scratch.run(&["status"]);
    assert!(status.stdout.contains("a disk that is read-only"), "{}", status.stdout);
    assert!(scratch.json(&["verdicts"])["verdicts"].is_array());
    drop(disk);
    wait_until_free(&image);
    let again =
        Command::new("mount").args(["-o", "loop"]).arg(&image).arg(&store).status();
    assert!(again.unwrap().success(), "it can be mounted again");
    let disk = Disk { at: &store };
    goes_on(&scratch, left.len());
    drop(disk);
}

/// Waits until nobody has an image mounted: a test beside this one that mounts in a space of
/// its own takes all mounts along, and the file system stays as it is until they are gone.
fn wait_until_free(image: &Path) {
    for _ in 0..600 {
        let devices = Command::new("losetup").arg("-j").arg(image).output().unwrap();
        if devices.stdout.is_empty() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the image stays mounted somewhere");
}

/// Writes over the first page of a table.
fn damage(scratch: &Scratch, table: &str) {
    let page: u64 = {
        let store = scratch.store();
        let root = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
        store.query_row(root, [table], |row| row.get::<_, u32>(0)).unwrap().into()
    };
    let path = scratch.root().join(".mithaq/store.sqlite");
    let mut file = std::fs::File::options().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start((page - 1) * 4096)).unwrap();
    file.write_all(&[0xa5; 4096]).unwrap();
}

#[test]
fn a_store_with_a_damaged_page_is_left_alone_and_nothing_leaves() {
    for table in ["outbox", "verdict", "document", "arrival_of_document"] {
        let scratch = network();
        scratch.run(&["scan"]);
        // A letter waits, whatever page is damaged.
        scratch.store().execute("UPDATE outbox SET state = 'pending'", []).unwrap();
        for letter in letters(&scratch) {
            std::fs::remove_file(letter).unwrap();
        }
        close(&scratch);
        damage(&scratch, table);
        let store = scratch.root().join(".mithaq/store.sqlite");
        let before = std::fs::read(&store).unwrap();
        for command in ["scan", "daemon"] {
            let run = scratch.run(&[command]);
            assert_eq!(run.code, 2, "{table}: {}", run.stderr);
            assert!(run.stderr.contains("damaged"), "{table}: {}", run.stderr);
            assert!(run.stderr.contains("mithaq restore"), "{table}: {}", run.stderr);
        }
        assert_eq!(std::fs::read(&store).unwrap(), before, "{table}");
        assert_eq!(letters(&scratch), Vec::<PathBuf>::new(), "{table}");
        let doctor = scratch.json(&["doctor"]);
        let checks = doctor["checks"].as_array().unwrap();
        let store = checks.iter().find(|check| check["name"] == "store");
        assert_eq!(store.unwrap()["state"], "fault", "{table}: {doctor}");
    }
}
