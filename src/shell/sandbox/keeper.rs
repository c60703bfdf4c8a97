//! The keeper: our own program again, started once, which for every paper makes a copy of
//! itself that reads this one paper and ends.
//!
//! Starting a program costs more than reading most papers: it is linked and laid out anew. A
//! copy has that behind it, and still nothing of any other paper: the keeper never sees one.
//! It is handed the end of a line to whoever asks, makes the copy, and forgets the line; the
//! copy locks itself in before it reads. It has one thread, so that a copy of it is whole.

use std::fs::File;
use std::io::ErrorKind;
use std::io::IoSlice;
use std::io::IoSliceMut;
use std::io::Read;
use std::io::Write;
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;
use std::time::Duration;

use fork::Fork;
use rustix::cmsg_space;
use rustix::net::RecvAncillaryBuffer;
use rustix::net::RecvAncillaryMessage;
use rustix::net::RecvFlags;
use rustix::net::SendAncillaryBuffer;
use rustix::net::SendAncillaryMessage;
use rustix::net::SendFlags;
use rustix::net::recvmsg;
use rustix::net::sendmsg;
use rustix::process::Pid;
use rustix::process::WaitOptions;
use rustix::process::getpid;
use rustix::process::getppid;
use rustix::process::waitpid;
use rustix::stdio::dup2_stdin;

use super::locks;
use crate::limits;
use crate::shell::clock::Allowance;

/// The first argument that makes the program a keeper.
pub const KEEPER: &str = "read-keeper";

/// A keeper that was started, and the line on which it is handed papers' lines.
#[derive(Debug)]
pub(super) struct Keeper {
    child: Child,
    line: UnixStream,
}

impl Keeper {
    pub(super) fn start(program: &Path) -> Option<Keeper> {
        let (line, far) = UnixStream::pair().ok()?;
        let child = Command::new(program)
            .arg(KEEPER)
            .env_clear()
            .stdin(Stdio::from(OwnedFd::from(far)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        Some(Keeper { child, line })
    }

    /// Whether it still waits for papers.
    pub(super) fn is_there(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// What a fresh worker answers to a request within the time given, as far as it comes.
    pub(super) fn answer(&self, request: &[u8], patience: Duration) -> Option<Vec<u8>> {
        let (mut ours, theirs) = UnixStream::pair().ok()?;
        hand(&self.line, &theirs)?;
        // With this end of it closed, a worker that dies ends the line.
        drop(theirs);
        let time = Allowance::of(patience);
        let mut rest = request;
        while !rest.is_empty() {
            ours.set_write_timeout(Some(left(&time)?)).ok()?;
            match ours.write(rest) {
                Ok(written) => rest = rest.get(written..)?,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // A reader that died early shows in its answer.
                Err(_) => break,
            }
        }
        received(&mut ours, &time)
    }
}

impl Drop for Keeper {
    /// A worker that still reads ends with it.
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What is left of it, if anything is: without a time a line would be waited for for ever.
fn left(time: &Allowance) -> Option<Duration> {
    Some(time.left()).filter(|left| !left.is_zero())
}

fn received(line: &mut UnixStream, time: &Allowance) -> Option<Vec<u8>> {
    let most = usize::try_from(limits::READER_ANSWER_BYTES_MAX).ok()?;
    let mut answer = Vec::new();
    let mut part = vec![0; 1 << 16];
    loop {
        line.set_read_timeout(Some(left(time)?)).ok()?;
        match line.read(&mut part) {
            Ok(0) => return Some(answer),
            Ok(read) => answer.extend(part.get(..read)?),
            // A wait with an end is not taken up again by itself after any signal, not even
            // after that of a child's end, which nobody here listens to.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
        if answer.len() > most {
            return None;
        }
    }
}

/// Hands the end of a line over, with a byte, as one cannot go alone.
fn hand(line: &UnixStream, end: &UnixStream) -> Option<()> {
    let ends = [end.as_fd()];
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&ends)).then_some(())?;
    // A keeper that has gone is an error here and no signal.
    sendmsg(line, &[IoSlice::new(b"p")], &mut control, SendFlags::NOSIGNAL).ok()?;
    Some(())
}

/// The next end that is handed over; `None` when whoever asks has gone.
fn handed() -> Option<OwnedFd> {
    let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let mut parts = [IoSliceMut::new(&mut byte)];
    let line = std::io::stdin();
    recvmsg(line.as_fd(), &mut parts, &mut control, RecvFlags::CMSG_CLOEXEC).ok()?;
    let mut ends = control.drain().filter_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut ends) => ends.next(),
        _ => None,
    });
    ends.next()
}

/// The keeper's side: a copy for each paper, one after another, until nobody asks any more.
/// A copy locks itself in and becomes what `work` makes of the line.
pub(super) fn keep(work: impl Fn(File) -> ExitCode) -> ExitCode {
    let keeper = getpid();
    while let Some(paper) = handed() {
        match fork::fork() {
            // A file is read and written by the plain calls, which are all that it has.
            Ok(Fork::Child) if is_locked_in(&paper, keeper) => {
                return work(File::from(paper));
            }
            Ok(Fork::Child) => return ExitCode::FAILURE,
            Ok(Fork::Parent(copy)) => {
                drop(paper);
                // How it ended shows in its answer.
                if waitpid(Pid::from_raw(copy), WaitOptions::empty()).is_err() {
                    return ExitCode::FAILURE;
                }
            }
            // The line ends without an answer.
            Err(_) => {}
        }
    }
    ExitCode::SUCCESS
}

/// Gives up the keeper's line and everything else but that of the paper.
fn is_locked_in(paper: &OwnedFd, keeper: Pid) -> bool {
    // A keeper that ended before this copy was tied to it has left it to somebody else.
    dup2_stdin(paper).is_ok() && locks::close() && getppid() == Some(keeper)
}
