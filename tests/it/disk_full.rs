//! A store on a disk that is full: nothing is claimed that was not stored, and once there is
//! room again the network ends as if there always had been. Needs a small file system of its
//! own on a loop device, so it runs in the full run and as root only.

use std::path::Path;
use std::process::Command;

use crate::scratch::{Scratch, is_full, minutes};

/// Bytes of the small disk: room for an empty store and some papers.
const DISK_MIB: u64 = 16;
/// What is left free when papers arrive.
const FREE_KIB: u64 = 64;

/// A mounted file system that ends with the test.
struct Disk<'s> {
    at: &'s Path,
}

impl Disk<'_> {
    fn mount<'s>(image: &Path, at: &'s Path) -> Option<Disk<'s>> {
        let file = std::fs::File::create(image).ok()?;
        file.set_len(DISK_MIB << 20).ok()?;
        std::fs::create_dir_all(at).ok()?;
        let made =
            Command::new("mkfs.ext4").args(["-q", "-F"]).arg(image).status().ok()?;
        let mounted = Command::new("mount")
            .args(["-o", "loop"])
            .arg(image)
            .arg(at)
            .status()
            .ok()?;
        (made.success() && mounted.success()).then_some(Disk { at })
    }

    /// Leaves only a little room.
    fn fill(&self) {
        let filler = self.at.join("filler");
        let block = vec![7u8; 64 << 10];
        let mut file = std::fs::File::create(&filler).unwrap();
        while std::io::Write::write_all(&mut file, &block).is_ok() {}
        let full = file.metadata().unwrap().len();
        file.set_len(full.saturating_sub(FREE_KIB << 10)).unwrap();
        file.sync_all().unwrap();
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.at).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "the disk stays mounted");
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    if !is_full() {
        println!("skipped: runs with scripts/test --full");
        return;
    }
    let (full, roomy) = (Scratch::new(), Scratch::new());
    let image =
        std::env::temp_dir().join(format!("mithaq-disk-{}.img", std::process::id()));
    let store = full.root().join(".mithaq");
    let Some(disk) = Disk::mount(&image, &store) else {
        println!("skipped: no loop device can be mounted here");
        return;
    };
    for scratch in [&full, &roomy] {
        scratch.organization("amal");
        scratch.drop_paper("amal", "first.md", minutes("12 February 2026"));
        scratch.run(&["scan"]);
    }
    disk.fill();
    for scratch in [&full, &roomy] {
        for (at, month) in
            ["April", "May", "July", "August", "October"].iter().enumerate()
        {
            let text = format!(
                "{}\n{}",
                minutes(&format!("3 {month} 2026")),
                "x".repeat(60_000)
            );
            scratch.drop_paper("amal", &format!("minutes-{at}.md"), text);
        }
    }
    let refused = full.run(&["scan"]);
    assert_ne!(refused.code, 0, "a scan that could not store said that all is well");
    assert!(!refused.stderr.contains("panicked"), "{}", refused.stderr);
    std::fs::remove_file(store.join("filler")).unwrap();
    full.run(&["scan"]);
    roomy.run(&["scan"]);
    let states = |scratch: &Scratch| scratch.json(&["verdicts"])["verdicts"].clone();
    let (there, here) = (states(&full), states(&roomy));
    assert_eq!(there[0]["slots"], here[0]["slots"]);
    assert_eq!(full.json(&["ledger", "verify"])["holds"], true);
    drop(disk);
    std::fs::remove_file(&image).unwrap();
}
