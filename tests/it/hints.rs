//! What nobody hears of: a queue of hints that overflowed, a folder on a file system that gives
//! none, a share that was not there, an organization that came whole. Nothing is missed.

use std::mem::MaybeUninit;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use mithaq::shell::daemon::rounds::{Look, Rounds};
use mithaq::shell::watch::Dirty;
use rustix::fs::inotify;
use rustix::process::Signal;

use crate::daemon::Minder;
use crate::scratch::{Scratch, is_full, minutes};

/// A queue of our own, beside the daemon's, that nobody reads.
struct Queue(rustix::fd::OwnedFd);

impl Queue {
    fn of(folder: &Path) -> Queue {
        let queue = inotify::init(inotify::CreateFlags::NONBLOCK).unwrap();
        let flags = inotify::WatchFlags::CREATE
            | inotify::WatchFlags::CLOSE_WRITE
            | inotify::WatchFlags::DELETE;
        inotify::add_watch(&queue, folder, flags).unwrap();
        Queue(queue)
    }

    /// Whether it lost something.
    fn overflowed(self) -> bool {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut events = inotify::Reader::new(self.0, &mut buffer);
        while let Ok(event) = events.next() {
            if event.events().contains(inotify::ReadFlags::QUEUE_OVERFLOW) {
                return true;
            }
        }
        false
    }
}

/// More events in a folder than a queue holds, of which nothing stays.
fn flood(folder: &Path) {
    let most = std::fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap();
    let most: usize = most.trim().parse().unwrap();
    let file = folder.join("copying.part");
    // Each is made, closed and deleted.
    for _ in 0..most / 3 + 10 {
        std::fs::write(&file, b"x").unwrap();
        std::fs::remove_file(&file).unwrap();
    }
}

/// Papers in one burst.
fn burst() -> usize {
    if is_full() { 100_000 } else { 40 }
}

fn drop_burst(scratch: &Scratch) {
    let months = ["January", "April", "May", "August", "October"];
    for at in 0..burst() {
        let id = ["amal", "karama"][at % 2];
        let text = match months.get(at / 2) {
            Some(month) => minutes(&format!("3 {month} 2026")),
            None => format!("Note {at}: water the plants.\n"),
        };
        scratch.drop_paper(id, &format!("{:03}/paper-{at}.md", at % 500), text);
    }
}

fn answered(scratch: &Scratch) -> usize {
    let count = "SELECT count(*) FROM arrival WHERE answered = 1";
    let count: u32 = scratch.store().query_row(count, [], |row| row.get(0)).unwrap();
    count as usize
}

/// Waits until so many papers are answered.
fn wait_for(scratch: &Scratch, papers: usize, patience: Duration) {
    let end = Instant::now() + patience;
    while answered(scratch) < papers {
        assert!(
            Instant::now() < end,
            "{} of {papers} papers answered",
            answered(scratch)
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn network() -> Scratch {
    let scratch = Scratch::new();
    for id in ["amal", "karama", "nour"] {
        scratch.organization(id);
    }
    scratch
}

/// What must not depend on what was heard.
fn end(scratch: &Scratch) -> (Vec<String>, serde_json::Value) {
    let documents = scratch.json(&["documents"]);
    let documents = documents["documents"].as_array().unwrap().iter();
    let mut documents: Vec<String> = documents
        .map(|one| {
            format!(
                "{} {} {} {}",
                one["organization"], one["path"], one["state"], one["kind"]
            )
        })
        .collect();
    documents.sort();
    (documents, scratch.json(&["verdicts"])["verdicts"].clone())
}

/// The hints of some folders are lost with the flood in another one: only whoever knows that
/// the queue overflowed looks there before the next walk, a quarter of an hour later.
#[test]
fn when_the_queue_overflows_everything_is_looked_at() {
    let (flooded, calm) = (network(), network());
    let minder = Minder::of(&flooded);
    minder.says(&["read and judged"]);
    let queue = Queue::of(&flooded.papers("nour"));
    minder.signal(Signal::STOP);
    flood(&flooded.papers("nour"));
    assert!(queue.overflowed(), "the queue was to overflow");
    drop_burst(&flooded);
    minder.signal(Signal::CONT);
    let patience = Duration::from_secs(if is_full() { 3600 } else { 30 });
    wait_for(&flooded, burst(), patience);
    minder.signal(Signal::TERM);
    drop_burst(&calm);
    calm.json(&["scan"]);
    let (there, here) = (end(&flooded), end(&calm));
    assert_eq!(there.0.len(), burst());
    assert!(there == here, "the flood made a difference");
}

#[test]
fn an_organization_that_comes_whole_is_looked_at_whole() {
    let scratch = network();
    let minder = Minder::of(&scratch);
    minder.says(&["read and judged"]);
    let other = Scratch::new();
    other.organization("wafa");
    other.drop_paper("wafa", "before.md", minutes("9 May 2026"));
    let whole = other.root().join("organizations/wafa");
    std::fs::rename(whole, scratch.root().join("organizations/wafa")).unwrap();
    minder.says(&["before.md: understood"]);
    scratch.drop_paper("wafa", "after.md", minutes("9 August 2026"));
    minder.says(&["after.md: understood"]);
}

fn hint(id: &str) -> Dirty {
    Dirty { organizations: [id.to_owned()].into(), ..Dirty::default() }
}

fn at(ids: &[&str]) -> Look {
    Look::At(ids.iter().map(|id| (*id).to_owned()).collect())
}

#[test]
fn a_hint_is_confirmed_once_and_everything_walked_by_the_time_that_went_by() {
    let mut rounds = Rounds::default();
    let second = Duration::from_secs(1);
    assert_eq!(rounds.next(second, hint("amal")), at(&["amal"]));
    assert_eq!(rounds.next(second, hint("nour")), at(&["amal", "nour"]));
    assert_eq!(rounds.next(second, Dirty::default()), at(&["nour"]));
    // However often it wakes: nine hundred seconds are nine hundred seconds.
    for _ in 3..899 {
        assert_eq!(rounds.next(second, Dirty::default()), at(&[]));
    }
    assert_eq!(rounds.next(second, Dirty::default()), Look::Everything);
    assert_eq!(rounds.next(second, Dirty::default()), at(&[]));
    let lost = Dirty { everything: true, ..Dirty::default() };
    assert_eq!(rounds.next(second, lost), Look::Everything);
}

#[test]
fn folders_without_hints_are_polled_every_minute() {
    let mut rounds = Rounds::default();
    let half = Duration::from_secs(30);
    let polls: Vec<bool> = (0..4).map(|_| rounds.polls(half)).collect();
    assert_eq!(polls, [false, true, false, true]);
}

#[test]
fn what_is_still_being_written_is_read_when_it_was_left_alone() {
    let (tenth, settle) = (Duration::from_millis(100), Duration::from_secs(2));
    let mut rounds = Rounds::default();
    assert!(!rounds.reads_again(false, tenth, settle), "nothing was written");
    for _ in 0..30 {
        assert!(!rounds.reads_again(true, tenth, settle), "it is being written");
    }
    for _ in 0..19 {
        assert!(!rounds.reads_again(false, tenth, settle), "it may be being written");
    }
    assert!(rounds.reads_again(false, tenth, settle));
    assert!(!rounds.reads_again(false, tenth, settle), "once is enough");
    // Without a settle time, as long as hints are gathered.
    assert!(!rounds.reads_again(true, tenth, Duration::ZERO));
    assert!(!rounds.reads_again(false, tenth * 2, Duration::ZERO));
    assert!(rounds.reads_again(false, tenth, Duration::ZERO));
    // Somebody who never stops does not keep rules from holding.
    let reads = (0..601).position(|_| rounds.reads_again(true, tenth, settle));
    assert_eq!(reads, Some(599));
}

/// A daemon that sees these mounts, and nobody else; `None` where that cannot be had.
fn mounted(scratch: &Scratch, mounts: &str) -> Option<Minder> {
    if !is_full() {
        println!("skipped: runs with scripts/test --full");
        return None;
    }
    let tried = Command::new("unshare").args(["-m", "sh", "-c", mounts]).status();
    if !tried.is_ok_and(|status| status.success()) {
        println!("skipped: nothing can be mounted here");
        return None;
    }
    Some(Minder::started(scratch.command_within(mounts, &["daemon"])))
}

#[test]
fn a_folder_that_gives_no_hints_is_polled() {
    let scratch = network();
    for folder in ["lower", "upper", "work"] {
        std::fs::create_dir(scratch.root().join(folder)).unwrap();
    }
    let (root, papers) = (scratch.root().display(), scratch.papers("amal"));
    let mounts = format!(
        "mount -t overlay overlay {} \
         -o lowerdir={root}/lower,upperdir={root}/upper,workdir={root}/work",
        papers.display()
    );
    let Some(minder) = mounted(&scratch, &mounts) else { return };
    minder.says(&["read and judged"]);
    // Written below the file system that the daemon sees: nobody tells it.
    scratch.write("upper/board.md", minutes("9 May 2026"));
    minder.says_within(&["board.md: understood"], Duration::from_secs(90));
}

#[test]
fn a_share_that_comes_back_is_watched_again() {
    let scratch = network();
    for name in ["q1.md", "q2.md"] {
        let day = if name == "q1.md" { "3 March 2026" } else { "3 May 2026" };
        scratch.write(&format!("share/{name}"), minutes(day));
    }
    let share = scratch.root().join("share");
    let (share, papers) = (share.display(), scratch.papers("amal"));
    let mount = format!("mount --bind {share} {}", papers.display());
    let Some(mut minder) = mounted(&scratch, &mount) else { return };
    minder.says(&["read and judged"]);
    minder.signal(Signal::TERM);
    minder.ends();
    // It starts before the share is mounted.
    let minder = Minder::started(scratch.command_within("true", &["daemon"]));
    minder.says(&["another folder"]);
    let within = format!("--mount=/proc/{}/ns/mnt", minder.child.id());
    let mut enter = Command::new("nsenter");
    let came = enter.arg(within).args(["sh", "-c", &mount]).status().unwrap();
    assert!(came.success());
    minder.says_within(&["amal", "in order"], Duration::from_secs(90));
    scratch.write("share/q3.md", minutes("3 August 2026"));
    minder.says(&["q3.md: understood"]);
}
