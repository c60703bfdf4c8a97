//! The cage in which papers are read: our own program again, with nothing but the paper.
//!
//! Readers of foreign formats meet hostile input. Each paper is read by a process of its
//! own that has no file, no network, little memory and little time; when it dies or hangs,
//! that paper has a named problem and nothing else is lost.

mod locks;
pub mod ocr;

use std::io::Read;
use std::io::Write;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use crate::document::Problem;
use crate::document::Text;
use crate::extract;
use crate::limits;

/// The first argument that makes the program a reader of one paper.
pub const WORKER: &str = "read-worker";

/// The program that is run in the cage. One process is started ahead and waits for the next
/// paper, so that no paper waits for a process to start.
#[derive(Debug)]
pub struct Cage {
    program: PathBuf,
    spare: Mutex<Option<Child>>,
}

impl Cage {
    /// A cage around this very program; `None` when it cannot be found or is another one,
    /// as under a test's harness: then papers are read in the process that asks.
    pub fn of_this_program() -> Option<Cage> {
        let program = std::env::current_exe().ok()?;
        let own = program.file_stem().is_some_and(|name| name == "mithaq");
        own.then(|| Cage::around(program))
    }

    /// A cage around a given program.
    pub fn around(program: PathBuf) -> Cage {
        Cage { program, spare: Mutex::new(None) }
    }

    /// The text of a paper, read in the cage, and the files in it, unread.
    ///
    /// # Errors
    /// What the reader says of the paper; [`Problem::ReaderFailed`] when it died, hung or
    /// could not be started.
    pub fn read(&self, bytes: &[u8], name: &str) -> Result<Text, Problem> {
        let patience = Duration::from_secs(limits::OCR_SECONDS_MAX);
        self.read_within(bytes, name, patience)
    }

    /// The same, with so much time for recognising pages that are pictures.
    ///
    /// # Errors
    /// As there.
    pub fn read_within(
        &self,
        bytes: &[u8],
        name: &str,
        patience: Duration,
    ) -> Result<Text, Problem> {
        let answer = self.answer(bytes, name).ok_or(Problem::ReaderFailed)?;
        match opened(&answer).unwrap_or(Err(Problem::ReaderFailed)) {
            Err(problem @ (Problem::NoText | Problem::BrokenText))
                if ocr::is_installed() =>
            {
                ocr::read(&self.program, bytes, patience).ok_or(problem)
            }
            Ok(mut text) if !text.sick.is_empty() && ocr::is_installed() => {
                ocr::read_pages(&self.program, bytes, &mut text, patience);
                Ok(text)
            }
            read => read,
        }
    }

    fn answer(&self, bytes: &[u8], name: &str) -> Option<Vec<u8>> {
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.take());
        // A spare that died while it waited is no fault of this paper.
        let waiting = spare.and_then(|mut spare| match spare.try_wait() {
            Ok(None) => Some(spare),
            Ok(Some(_)) | Err(_) => None,
        });
        let mut child = match waiting {
            Some(child) => child,
            None => self.start()?,
        };
        if let Ok(mut spare) = self.spare.lock() {
            *spare = self.start();
        }
        let patience = Duration::from_secs(limits::READER_SECONDS_MAX);
        let answer = exchange(&mut child, request(bytes, name), patience);
        // It has answered, or it never will.
        drop(child.kill());
        let ended = child.wait().ok()?;
        // A process killed after its whole answer has still answered.
        answer.filter(|answer| ended.success() || opened(answer).is_some())
    }

    fn start(&self) -> Option<Child> {
        Command::new(&self.program)
            .arg(WORKER)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()
    }
}

impl Drop for Cage {
    /// The spare has nothing to do any more; without a paper it would end by itself as soon
    /// as this process does.
    fn drop(&mut self) {
        if let Some(mut spare) = self.spare.get_mut().ok().and_then(Option::take) {
            drop(spare.kill());
            drop(spare.wait());
        }
    }
}

/// The text of a paper, in the cage where this program can build one.
///
/// # Errors
/// As [`Cage::read`].
pub fn extract(bytes: &[u8], name: &str) -> Result<Text, Problem> {
    match Cage::of_this_program() {
        Some(cage) => cage.read(bytes, name),
        None => extract::extract(bytes, name),
    }
}

/// The name and the paper.
fn request(bytes: &[u8], name: &str) -> Vec<u8> {
    framed([name.as_bytes(), bytes].into_iter())
}

/// The text as JSON, then the bytes of each file in it.
fn answer(result: &Result<Text, Problem>) -> Option<Vec<u8>> {
    let text = serde_json::to_vec(result).ok()?;
    let enclosed = result.iter().flat_map(|text| &text.enclosed);
    let files = enclosed.map(|file| file.bytes.as_slice());
    Some(framed(std::iter::once(text.as_slice()).chain(files)))
}

/// The answer of a worker; `None` when it is not whole.
fn opened(answer: &[u8]) -> Option<Result<Text, Problem>> {
    let (text, mut rest) = unframed(answer)?;
    let mut result: Result<Text, Problem> = serde_json::from_slice(text).ok()?;
    for file in result.iter_mut().flat_map(|text| &mut text.enclosed) {
        let (bytes, after) = unframed(rest)?;
        file.bytes = bytes.to_vec();
        rest = after;
    }
    rest.is_empty().then_some(result)
}

/// Each part after its length in eight bytes.
fn framed<'p>(parts: impl Iterator<Item = &'p [u8]>) -> Vec<u8> {
    let mut whole = Vec::new();
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        whole.extend(length.to_be_bytes());
        whole.extend(part);
    }
    whole
}

/// The first part and what stands behind it.
fn unframed(whole: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = whole.split_first_chunk()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    rest.split_at_checked(length)
}

/// Writes the request and waits for the answer, no longer than it may take.
#[expect(
    clippy::disallowed_methods,
    reason = "a thread waits on the pipe so that a hung reader can be left"
)]
fn exchange(child: &mut Child, request: Vec<u8>, patience: Duration) -> Option<Vec<u8>> {
    let mut stdin = child.stdin.take()?;
    let stdout = child.stdout.take()?;
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        // A reader that died early shows in its answer.
        drop(stdin.write_all(&request));
        drop(stdin);
        let mut answer = Vec::new();
        let read = stdout.take(limits::READER_ANSWER_BYTES_MAX).read_to_end(&mut answer);
        drop(send.send(read.ok().map(|_| answer)));
    });
    receive.recv_timeout(patience).ok().flatten()
}

/// The reader's side: locks itself in, reads one paper from stdin, answers on stdout.
pub fn work() -> ExitCode {
    if !locks::close() {
        return ExitCode::FAILURE;
    }
    let Some((name, bytes)) = received() else { return ExitCode::FAILURE };
    let result = extract::extract(&bytes, &name);
    let Some(answer) = answer(&result) else { return ExitCode::FAILURE };
    match std::io::stdout().write_all(&answer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn received() -> Option<(String, Vec<u8>)> {
    let name = part(limits::PATH_BYTES_MAX as u64)?;
    let bytes = part(limits::PAPER_BYTES_MAX.saturating_add(1))?;
    Some((String::from_utf8_lossy(&name).into_owned(), bytes))
}

fn part(most: u64) -> Option<Vec<u8>> {
    let mut stdin = std::io::stdin().lock();
    let mut length = [0; 8];
    stdin.read_exact(&mut length).ok()?;
    let length = u64::from_be_bytes(length);
    let mut bytes = Vec::new();
    let read = stdin.by_ref().take(length.min(most)).read_to_end(&mut bytes).ok()?;
    (u64::try_from(read).ok()? == length).then_some(bytes)
}
