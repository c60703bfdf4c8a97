//! Workers, seen from outside: each is a process of its own, small, bounded, and tied to the
//! keeper that made it.
//!
//! A worker is held at its end: the line that it is handed is full, so that its answer waits
//! and it with it, all its work done.

use std::io::{ErrorKind, IoSlice, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mithaq::limits;
use mithaq::shell::sandbox::KEEPER;
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};

/// Memory of a worker for an ordinary paper, in kilobytes.
const ORDINARY_KB: u64 = 64 << 10;

struct Keeper {
    child: Child,
    line: UnixStream,
}

/// A worker that has read its paper.
struct Held {
    id: u32,
    _line: UnixStream,
}

fn keeper() -> Keeper {
    let (line, far) = UnixStream::pair().unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .arg(KEEPER)
        .stdin(Stdio::from(OwnedFd::from(far)))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    Keeper { child, line }
}

impl Keeper {
    /// A worker that has read this paper and waits for its answer to be taken.
    fn held(&self, name: &str, bytes: &[u8]) -> Held {
        let (mut ours, mut theirs) = UnixStream::pair().unwrap();
        theirs.set_nonblocking(true).unwrap();
        let full = loop {
            match theirs.write(&[b' '; 4096]) {
                Ok(written) => assert!(written > 0),
                Err(error) => break error.kind(),
            }
        };
        assert_eq!(full, ErrorKind::WouldBlock);
        theirs.set_nonblocking(false).unwrap();
        let ends = [theirs.as_fd()];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        assert!(control.push(SendAncillaryMessage::ScmRights(&ends)));
        let byte = [IoSlice::new(b"p")];
        sendmsg(&self.line, &byte, &mut control, SendFlags::empty()).unwrap();
        for part in [name.as_bytes(), bytes] {
            ours.write_all(&u64::try_from(part.len()).unwrap().to_be_bytes()).unwrap();
            ours.write_all(part).unwrap();
        }
        let id = soon(|| self.workers().first().copied());
        soon(|| (state(id) == Some('S')).then_some(()));
        Held { id, _line: ours }
    }

    /// The processes whose parent it is.
    fn workers(&self) -> Vec<u32> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").unwrap() {
            let name = entry.unwrap().file_name();
            let Ok(id) = name.to_string_lossy().parse() else { continue };
            if value(id, "status", "PPid:") == Some(u64::from(self.child.id())) {
                found.push(id);
            }
        }
        found
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What comes within a minute.
fn soon<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it has not come");
        std::thread::yield_now();
    }
}

/// The number behind a label in a file of the kernel's about a process.
fn value(id: u32, file: &str, label: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/{file}")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(label))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The letter for what a process does: R runs, S waits, Z has ended.
fn state(id: u32) -> Option<char> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    text.rsplit(')').next()?.trim().chars().next()
}

fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => fixtures(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn a_worker_for_an_ordinary_paper_is_small() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut papers = Vec::new();
    fixtures(&folder.join("networks/sharek/organizations"), &mut papers);
    fixtures(&folder.join("documents/arabic/pdf"), &mut papers);
    fixtures(&folder.join("scans"), &mut papers);
    let mut most = std::collections::BTreeMap::<String, u64>::new();
    let keeper = keeper();
    for path in &papers {
        let name = path.file_name().unwrap().to_str().unwrap();
        let held = keeper.held(name, &std::fs::read(path).unwrap());
        let peak = value(held.id, "status", "VmHWM:").unwrap();
        assert!(peak < ORDINARY_KB, "{name}: {peak} KB");
        let format = name.rsplit('.').next().unwrap().to_owned();
        let known = most.entry(format).or_default();
        *known = peak.max(*known);
        drop(held);
        soon(|| keeper.workers().is_empty().then_some(()));
    }
    println!("peak memory of a worker in KB, by format: {most:?}");
    assert!(papers.len() > 100 && most.len() > 8, "{} {most:?}", papers.len());
}

#[test]
fn every_paper_has_a_worker_of_its_own_that_is_locked_in() {
    let keeper = keeper();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let held = keeper.held("a.txt", b"minutes of the board");
        assert!(!seen.contains(&held.id));
        seen.push(held.id);
        let bound = value(held.id, "limits", "Max address space");
        assert_eq!(bound, Some(limits::READER_BYTES_MAX));
        let time = value(held.id, "limits", "Max cpu time");
        assert_eq!(time, Some(limits::READER_CPU_SECONDS_MAX));
        // Only listed calls to the kernel, and no new rights.
        assert_eq!(value(held.id, "status", "Seccomp:"), Some(2));
        assert_eq!(value(held.id, "status", "NoNewPrivs:"), Some(1));
        // Its line, and nothing of the keeper's: the others are the empty device.
        let open = std::fs::read_dir(format!("/proc/{}/fd", held.id));
        if let Ok(open) = open {
            let targets = open.map(|it| std::fs::read_link(it.unwrap().path()).unwrap());
            let mut targets: Vec<PathBuf> = targets.collect();
            targets.retain(|it| it.to_string_lossy().starts_with("socket:"));
            targets.dedup();
            assert_eq!(targets.len(), 1, "{targets:?}");
        }
        drop(held);
        soon(|| keeper.workers().is_empty().then_some(()));
    }
}

#[test]
fn a_worker_ends_with_its_keeper() {
    let mut keeper = keeper();
    let held = keeper.held("a.txt", b"minutes of the board");
    assert_eq!(state(held.id), Some('S'));
    keeper.child.kill().unwrap();
    keeper.child.wait().unwrap();
    soon(|| matches!(state(held.id), None | Some('Z')).then_some(()));
}

#[test]
fn a_keeper_ends_when_nobody_asks_any_more() {
    let mut keeper = keeper();
    let (other, _) = UnixStream::pair().unwrap();
    drop(std::mem::replace(&mut keeper.line, other));
    assert!(keeper.child.wait().unwrap().success());
}
