//! Papers a second by format on two cores, each in a worker of its own, beside pdftotext and
//! pandoc on the same files in the same run; and a page of a scan beside tesseract alone.
//!
//! Floor: a process a paper is what the others are too. A peer that is not installed is named.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures the clock and prints what it measured"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use mithaq::document::Problem;
use mithaq::shell::sandbox::{Cage, ocr};

const CORES: usize = 2;
/// Each side reads at least so long, all files again and again.
const AT_LEAST: Duration = Duration::from_secs(3);

fn main() {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for (format, folder, peer) in [
        ("PDF", "documents/arabic/pdf", ["pdftotext", "-q", "FILE", "-"].as_slice()),
        ("PDF", "networks", &["pdftotext", "-q", "FILE", "-"]),
        ("DOCX", "networks", &["pandoc", "-t", "plain", "FILE"]),
        ("ODT", "networks", &["pandoc", "-t", "plain", "FILE"]),
    ] {
        let files = files(&fixtures.join(folder), &format.to_lowercase());
        let cages: Vec<Cage> = (0..CORES).map(|_| cage()).collect();
        let ours = a_second(&files, |core, path| {
            let bytes = std::fs::read(path).unwrap();
            let cage = cages.get(core).unwrap();
            // A scan among them is left as it is: nobody else recognises it.
            let read =
                std::hint::black_box(cage.read_within(&bytes, "paper", Duration::ZERO));
            assert_ne!(read, Err(Problem::ReaderFailed));
        });
        let name = peer.first().unwrap();
        let theirs = is_there(name).then(|| a_second(&files, |_, path| run(peer, path)));
        let beside = theirs.map_or("not installed".to_owned(), |theirs| {
            format!("{theirs:.0} a second, {:.2} times as many", ours / theirs)
        });
        let count = files.len();
        println!(
            "{format:5} {folder:22} {count:3} files: {ours:.0} a second; {name} {beside}"
        );
    }
    for (text, language) in [("minutes-ar.naskh", "ara"), ("minutes-en.amiri", "eng")] {
        let pdf = format!("documents/arabic/pdf/libreoffice/{text}.pdf");
        page_of_a_scan(&fixtures.join(pdf), language);
    }
}

fn cage() -> Cage {
    Cage::around(PathBuf::from(env!("CARGO_BIN_EXE_mithaq")))
}

fn files(folder: &Path, format: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, format));
        } else if path.extension().is_some_and(|it| it == format) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Files a second of all cores together.
fn a_second(files: &[PathBuf], work: impl Fn(usize, &Path) + Sync) -> f64 {
    let done = AtomicUsize::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for core in 0..CORES {
            let (done, work) = (&done, &work);
            scope.spawn(move || {
                while begun.elapsed() < AT_LEAST {
                    let next = done.fetch_add(1, Ordering::Relaxed);
                    work(core, files.get(next % files.len()).unwrap());
                }
            });
        }
    });
    let files = u32::try_from(done.into_inner()).unwrap();
    f64::from(files) / begun.elapsed().as_secs_f64()
}

fn run(command: &[&str], file: &Path) {
    let (program, arguments) = command.split_first().unwrap();
    let mut run = Command::new(program);
    for argument in arguments {
        match *argument {
            "FILE" => run.arg(file),
            other => run.arg(other),
        };
    }
    // What a damaged or unusual file makes of a peer is its own affair.
    drop(run.stdout(Stdio::piped()).stderr(Stdio::null()).output());
}

fn is_there(program: &str) -> bool {
    let asked = Command::new(program).arg("-v").stderr(Stdio::null()).output();
    asked.is_ok()
}

/// A page of A4 at 300 dots an inch. Ours finds out in which language it is, and locks the
/// tool in; tesseract is told, and is taken as it comes, and on one core as ours has it.
fn page_of_a_scan(pdf: &Path, language: &str) {
    if !ocr::is_installed() {
        return println!("a scan: not installed: {:?}", ocr::missing());
    }
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.png");
    let drawn = ["-r", "300", "-gray", "-png", "-singlefile"];
    let name = page.with_extension("");
    let done = Command::new("pdftoppm").args(drawn).arg(pdf).arg(name).status();
    assert!(done.unwrap().success());
    let bytes = std::fs::read(&page).unwrap();
    let cage = cage();
    let ours =
        median(|| assert!(!cage.read(&bytes, "page.png").unwrap().lines.is_empty()));
    let told = ["tesseract", "FILE", "-", "-l", language];
    let alone = median(|| run(&told, &page));
    let one = ["env", "OMP_THREAD_LIMIT=1", "tesseract", "FILE", "-", "-l", language];
    let on_one_core = median(|| run(&one, &page));
    println!(
        "a page of a scan at 300 dpi, {language}: {:.2} s; tesseract alone {:.2} s ({:.2} times), \
         on one core {:.2} s ({:.2} times)",
        ours.as_secs_f64(),
        alone.as_secs_f64(),
        ours.as_secs_f64() / alone.as_secs_f64(),
        on_one_core.as_secs_f64(),
        ours.as_secs_f64() / on_one_core.as_secs_f64(),
    );
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times.into_iter().nth(2).unwrap()
}
