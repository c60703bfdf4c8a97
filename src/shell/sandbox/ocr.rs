//! Pages that are pictures, read by tesseract where it is installed.
//!
//! `pdftoppm` draws a page, `tesseract` reads it: each a process of its own that may read
//! the system's libraries and nothing else, write nowhere, reach no network, and has little
//! memory and time. Without them the paper stays what it was: without text. What comes out
//! is marked as recognised, and never as sure as a text layer.

use std::collections::BTreeMap;
use std::io::Read;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use crate::document::Line;
use crate::document::Method;
use crate::document::Role;
use crate::document::Text;
use crate::limits;
use crate::shell::clock::Allowance;
use crate::shell::disk;
use crate::shell::sandbox::locks;

/// The first argument that makes the program one of the [`TOOLS`], locked in.
pub const HELPER: &str = "ocr-helper";

/// What a helper may become.
const TOOLS: [(&str, &str); 2] =
    [("pdftoppm", "/usr/bin/pdftoppm"), ("tesseract", "/usr/bin/tesseract")];

/// What tesseract reads by.
const LANGUAGES: [&str; 2] = ["ara", "eng"];

/// The same, as tesseract is asked for them.
const BOTH: &str = "ara+eng";

/// Folders of its data, of several distributions; that of Debian is named for a version.
const DATA: [&str; 3] =
    ["/usr/share/tessdata", "/usr/share/tesseract/tessdata", "/usr/share/tesseract-ocr"];

/// Whether both tools are installed, with what they read both languages by.
pub fn is_installed() -> bool {
    missing().is_empty()
}

/// What is not installed, by the names of programs and of languages.
pub fn missing() -> Vec<&'static str> {
    let tools = TOOLS.iter().filter(|(_, path)| !Path::new(path).is_file());
    let folders = data_folders();
    let unread = LANGUAGES.iter().filter(|language| {
        let file = format!("{language}.traineddata");
        !folders.iter().any(|folder| folder.join(&file).is_file())
    });
    tools.map(|(name, _)| *name).chain(unread.copied()).collect()
}

fn data_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = DATA.iter().map(PathBuf::from).collect();
    for folder in DATA {
        let versions = disk::names_in(Path::new(folder)).unwrap_or_default();
        folders.extend(versions.into_iter().map(|version| version.join("tessdata")));
    }
    folders
}

/// Becomes the tool that its arguments name, after giving up what it does not need.
pub fn help() -> ExitCode {
    let mut arguments = std::env::args_os().skip(2);
    let name = arguments.next().unwrap_or_default();
    let tool = TOOLS.iter().find(|(known, _)| name == *known);
    let (Some((_, path)), true) = (tool, locks::close_around_a_tool()) else {
        return ExitCode::FAILURE;
    };
    // Returns only when the tool could not be started.
    drop(Command::new(path).args(arguments).exec());
    ExitCode::FAILURE
}

/// The text of a picture or of a PDF of pictures, recognised within the time given by the
/// tools that the program becomes; `None` where there is none. What a limit of pages or of
/// time, or a tool that was stopped, leaves out is marked as cut.
pub fn read(program: &Path, bytes: &[u8], patience: Duration) -> Option<Text> {
    let tools = Tools { program, time: Allowance::of(patience) };
    let mut pages = Pages::default();
    let whole = if bytes.starts_with(b"%PDF-") {
        tools.of_pdf(bytes, &mut pages)
    } else {
        tools.recognised(bytes, None, &mut pages)
    };
    let cut = whole.is_none();
    let (method, lines) = (pages.method(), pages.lines);
    (cut || !lines.is_empty()).then(|| Text { lines, method, cut, ..Text::default() })
}

/// Adds to a PDF's text that of its pages which have none, recognised within the time given,
/// and no more of them than of a scan. What is left out stays named in the text: it may be a
/// photograph as well.
pub fn read_pages(program: &Path, bytes: &[u8], text: &mut Text, patience: Duration) {
    let tools = Tools { program, time: Allowance::of(patience) };
    let most = usize::try_from(limits::OCR_PAGES_MAX).unwrap_or(usize::MAX);
    for page in text.sick.iter().copied().take(most) {
        let mut read = Pages::default();
        let image = tools.drawn(bytes, page);
        let seen =
            image.and_then(|image| tools.recognised(&image, Some(page), &mut read));
        if seen.is_none() {
            break;
        }
        text.recognised.push((page, read.method()));
        text.lines.extend(read.lines);
    }
    text.lines.sort_by_key(|line| line.page);
}

/// What has been recognised.
#[derive(Default)]
struct Pages {
    lines: Vec<Line>,
    /// How sure each word is, in per cent.
    sure: Vec<u64>,
}

/// The tools, and the time that one paper has left. What they are asked is `None` when it
/// was not answered: the time was over, or the tool was stopped.
struct Tools<'p> {
    program: &'p Path,
    time: Allowance,
}

impl Tools<'_> {
    fn of_pdf(&self, pdf: &[u8], pages: &mut Pages) -> Option<()> {
        for page in 1..=limits::OCR_PAGES_MAX {
            let image = self.drawn(pdf, page)?;
            if image.is_empty() {
                return Some(());
            }
            self.recognised(&image, Some(page), pages)?;
        }
        let behind = self.drawn(pdf, limits::OCR_PAGES_MAX.saturating_add(1))?;
        behind.is_empty().then_some(())
    }

    /// A page as a grey picture, its long side bounded however large the page claims to be;
    /// empty behind the last.
    fn drawn(&self, pdf: &[u8], page: u32) -> Option<Vec<u8>> {
        let (page, side) = (page.to_string(), limits::OCR_SIDE_PIXELS.to_string());
        let asked =
            ["pdftoppm", "-gray", "-scale-to", &side, "-f", &page, "-l", &page, "-"];
        self.run(&asked, pdf)
    }

    /// Adds the lines of a picture, in whichever language each word is: a page in both is
    /// common, and one look with both costs less than a look with each.
    fn recognised(
        &self,
        image: &[u8],
        page: Option<u32>,
        pages: &mut Pages,
    ) -> Option<()> {
        let asked = ["tesseract", "-", "-", "-l", BOTH, "--psm", "3", "tsv"];
        let table = self.run(&asked, image)?;
        pages.add(&String::from_utf8_lossy(&table), page);
        Some(())
    }

    /// Runs a tool on what it reads from its standard input.
    fn run(&self, tool: &[&str], input: &[u8]) -> Option<Vec<u8>> {
        let patience =
            self.time.left().min(Duration::from_secs(limits::READER_SECONDS_MAX));
        if patience.is_zero() {
            return None;
        }
        let mut child = Command::new(self.program)
            .arg(HELPER)
            .args(tool)
            .env_clear()
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let answer = exchange(&mut child, input.to_vec(), patience);
        if answer.is_none() {
            // It never will.
            drop(child.kill());
        }
        let ended = child.wait().ok()?;
        // Without a code it was stopped, and what it said is not all.
        answer.filter(|_| ended.code().is_some())
    }
}

/// Writes what a tool reads and waits for its answer, no longer than it may take.
#[expect(
    clippy::disallowed_methods,
    reason = "a thread waits on the pipe so that a hung tool can be left"
)]
fn exchange(child: &mut Child, input: Vec<u8>, patience: Duration) -> Option<Vec<u8>> {
    let mut stdin = child.stdin.take()?;
    let stdout = child.stdout.take()?;
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        // A tool that died early shows in its answer.
        drop(stdin.write_all(&input));
        drop(stdin);
        let mut answer = Vec::new();
        let read = stdout.take(limits::READER_ANSWER_BYTES_MAX).read_to_end(&mut answer);
        drop(send.send(read.ok().map(|_| answer)));
    });
    receive.recv_timeout(patience).ok().flatten()
}

impl Pages {
    /// How sure all words are together.
    fn method(&self) -> Method {
        let words = u64::try_from(self.sure.len()).unwrap_or(u64::MAX).max(1);
        let mean = self.sure.iter().sum::<u64>() / words;
        Method::Ocr(u16::try_from(mean * 10).unwrap_or(1000).min(1000))
    }

    /// Adds what a table of tesseract's says of a page.
    fn add(&mut self, table: &str, page: Option<u32>) {
        let mut lines: BTreeMap<(u32, u32, u32), String> = BTreeMap::new();
        for row in table.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let number =
                |at: usize| cells.get(at).and_then(|cell| cell.parse::<u32>().ok());
            let place = number(2).zip(number(3)).zip(number(4));
            let word = cells.get(11).map(|word| word.trim());
            let word = word.filter(|word| !word.is_empty());
            if let (Some(((block, paragraph), line)), Some(word)) = (place, word) {
                let text = lines.entry((block, paragraph, line)).or_default();
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(word);
                let confidence = cells.get(10).and_then(|cell| cell.split('.').next());
                self.sure.extend(confidence.and_then(|cell| cell.parse::<u64>().ok()));
            }
        }
        let numbered = lines.into_values().zip(1..);
        let line = |(text, number)| Line { text, page, number, role: Role::Text };
        self.lines.extend(numbered.map(line));
    }
}
