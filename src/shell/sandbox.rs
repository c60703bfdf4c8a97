//! The cage in which papers are read: our own program again, with nothing but the paper.
//!
//! Readers of foreign formats meet hostile input. Each paper is read by a process of its
//! own that has no file, no network, little memory and little time; when it dies or hangs,
//! that paper has a named problem and nothing else is lost.

mod keeper;
mod locks;
pub mod ocr;

use std::fs::File;
use std::io::Read;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Duration;

pub use self::keeper::KEEPER;

use crate::document::Problem;
use crate::document::Text;
use crate::extract;
use crate::limits;
use crate::shell::sandbox::keeper::Keeper;

/// The program that is run in the cage, and those of its keepers that have nothing to do:
/// each makes a fresh worker for one paper at a time.
#[derive(Debug)]
pub struct Cage {
    program: PathBuf,
    keepers: Mutex<Vec<Keeper>>,
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
        Cage { program, keepers: Mutex::new(Vec::new()) }
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
        let keeper = self.idle().or_else(|| Keeper::start(&self.program))?;
        let patience = Duration::from_secs(limits::READER_SECONDS_MAX);
        // One that has not answered in time goes, and its worker with it.
        let answer = keeper.answer(&request(bytes, name), patience)?;
        if let Ok(mut keepers) = self.keepers.lock() {
            keepers.push(keeper);
        }
        Some(answer)
    }

    fn idle(&self) -> Option<Keeper> {
        let mut keepers = self.keepers.lock().ok()?;
        // One that died while it waited is no fault of this paper.
        keepers.retain_mut(Keeper::is_there);
        keepers.pop()
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

/// The keeper's side: a worker for each paper, until nobody asks any more.
pub fn keep() -> ExitCode {
    keeper::keep(work)
}

/// The worker's side: reads one paper from its line and answers there.
fn work(mut line: File) -> ExitCode {
    let Some((name, bytes)) = received(&mut line) else { return ExitCode::FAILURE };
    let result = extract::extract(&bytes, &name);
    let Some(answer) = answer(&result) else { return ExitCode::FAILURE };
    match line.write_all(&answer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn received(line: &mut File) -> Option<(String, Vec<u8>)> {
    let name = part(line, limits::PATH_BYTES_MAX as u64)?;
    let bytes = part(line, limits::PAPER_BYTES_MAX.saturating_add(1))?;
    Some((String::from_utf8_lossy(&name).into_owned(), bytes))
}

fn part(line: &mut File, most: u64) -> Option<Vec<u8>> {
    let mut length = [0; 8];
    line.read_exact(&mut length).ok()?;
    let length = u64::from_be_bytes(length);
    let mut bytes = Vec::new();
    let read = line.take(length.min(most)).read_to_end(&mut bytes).ok()?;
    (u64::try_from(read).ok()? == length).then_some(bytes)
}
