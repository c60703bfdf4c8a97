//! The daemon while people work: papers, rules that change and break, signals.

use std::io::BufRead;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::scratch::{Scratch, minutes};

/// A daemon, and its lines as they come.
pub(crate) struct Minder {
    pub(crate) child: Child,
    lines: Receiver<String>,
}

impl Minder {
    pub(crate) fn of(scratch: &Scratch) -> Minder {
        Minder::started(scratch.command(&["daemon"]))
    }

    pub(crate) fn started(mut daemon: Command) -> Minder {
        let mut child = daemon
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the daemon starts");
        let (say, lines) = channel();
        let stdout = child.stdout.take().expect("piped");
        let stderr = child.stderr.take().expect("piped");
        let also = say.clone();
        std::thread::spawn(move || pass_on(stdout, &say));
        std::thread::spawn(move || pass_on(stderr, &also));
        Minder { child, lines }
    }

    /// Waits for a line that holds all of `words`.
    pub(crate) fn says(&self, words: &[&str]) -> String {
        self.says_within(words, Duration::from_secs(20))
    }

    /// The same, with so much patience from one line to the next.
    pub(crate) fn says_within(&self, words: &[&str], patience: Duration) -> String {
        let mut heard = Vec::new();
        loop {
            match self.lines.recv_timeout(patience) {
                Ok(line) if words.iter().all(|word| line.contains(word)) => return line,
                Ok(line) => heard.push(line),
                Err(_) => panic!("not said: {words:?}\n{}", heard.join("\n")),
            }
        }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).expect("a process id");
        kill_process(Pid::from_raw(id).expect("not zero"), signal).expect("signalled");
    }

    pub(crate) fn ends(&mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Minder {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn pass_on(from: impl std::io::Read, to: &std::sync::mpsc::Sender<String>) {
    for line in std::io::BufReader::new(from).lines().map_while(Result::ok) {
        if to.send(line).is_err() {
            return;
        }
    }
}

#[test]
fn a_paper_is_answered_while_the_daemon_runs() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let mut minder = Minder::of(&scratch);
    minder.says(&["letter to secretary@amal.example.org"]);
    scratch.drop_paper("amal", "board.md", minutes("9 May 2026"));
    minder.says(&["board.md: understood"]);
    minder.says(&["letter to secretary@amal.example.org"]);
    minder.signal(Signal::TERM);
    assert_eq!(minder.ends(), Some(0));
    let verdicts = scratch.json(&["verdicts"]);
    assert_eq!(verdicts["verdicts"][0]["slots"][1]["state"], "met", "{verdicts}");
}

#[test]
fn a_folder_moved_in_whole_is_found() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let minder = Minder::of(&scratch);
    minder.says(&["letter to secretary@amal.example.org"]);
    for number in 0..30 {
        let paper = format!("{}\nPaper {number}.\n", minutes("9 May 2026"));
        scratch.write(&format!("aside/2026/{}/m-{number}.md", number % 5), paper);
    }
    std::fs::rename(scratch.root().join("aside"), scratch.papers("amal").join("all"))
        .unwrap();
    for _ in 0..30 {
        minder.says(&["m-", "understood"]);
    }
}

#[test]
fn rules_change_under_the_daemon_and_broken_ones_keep_their_last_good_version() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let minder = Minder::of(&scratch);
    minder.says(&["board/"]);
    scratch.write("rules/audit.rules", "audited accounts published\n");
    minder.says(&["audit/"]);
    scratch.write("rules/audit.rules", "audited accounts gargled\n");
    minder.says(&["rules/audit.rules:1"]);
    scratch.drop_paper("amal", "board.md", minutes("9 May 2026"));
    minder.says(&["board.md: understood"]);
    scratch
        .write("rules/audit.rules", "audited accounts published\nboard meets monthly\n");
    minder.says(&["audit/board"]);
}

#[test]
fn ctrl_c_is_told_by_the_exit_code() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let mut minder = Minder::of(&scratch);
    minder.says(&["letter to"]);
    minder.signal(Signal::HUP);
    minder.signal(Signal::INT);
    assert_eq!(minder.ends(), Some(130));
}
