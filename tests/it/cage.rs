//! The cage: the real program as a reader of one paper.

use mithaq::document::{Problem, ReadState, Text};
use mithaq::extract::extract;
use mithaq::limits;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::{Context, Sidecar, read};
use mithaq::shell::sandbox::Cage;
use mithaq::shell::sandbox::ocr;
use std::path::PathBuf;
use std::time::Duration;

fn cage() -> Cage {
    Cage::around(PathBuf::from(env!("CARGO_BIN_EXE_mithaq")))
}

#[test]
fn the_cage_reads_what_the_reader_reads() {
    let paper = "# Minutes of the Board\n\nHeld on 12 February 2026\n".as_bytes();
    assert_eq!(cage().read(paper, "m.md"), extract(paper, "m.md"));
    assert_eq!(cage().read(b"", "m.md"), Err(Problem::Empty));
    assert_eq!(cage().read(b"PK\x03\x04 nothing", "m.docx"), Err(Problem::Truncated));
}

#[test]
fn every_format_is_read_in_the_cage() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/networks/sharek/organizations");
    let mut read = 0;
    for organization in std::fs::read_dir(folder).unwrap() {
        for file in
            std::fs::read_dir(organization.unwrap().path().join("papers")).unwrap()
        {
            let file = file.unwrap();
            let bytes = std::fs::read(file.path()).unwrap();
            let name = file.file_name().to_string_lossy().into_owned();
            let (inside, outside) = (cage().read(&bytes, &name), extract(&bytes, &name));
            // Scans are read by other means, where those are installed.
            if outside == Err(Problem::NoText) {
                continue;
            }
            assert_eq!(
                inside.map(|text| text.lines),
                outside.map(|text| text.lines),
                "{name}"
            );
            read += 1;
        }
    }
    assert!(read > 50);
}

#[test]
fn a_reader_that_is_not_there_is_a_named_problem() {
    let none = Cage::around(PathBuf::from("/nowhere/mithaq"));
    assert_eq!(none.read(b"text", "a.txt"), Err(Problem::ReaderFailed));
    let silent = Cage::around(PathBuf::from("/bin/true"));
    assert_eq!(silent.read(b"text", "a.txt"), Err(Problem::ReaderFailed));
}

#[test]
fn pictures_are_read_where_tesseract_is() {
    let scans = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/scans");
    for name in ["minutes.png", "minutes.pdf"] {
        let bytes = std::fs::read(scans.join(name)).unwrap();
        let read = cage().read(&bytes, name);
        if !ocr::is_installed() {
            println!("skipped: tesseract and pdftoppm are not installed");
            assert_eq!(read, Err(Problem::NoText));
            continue;
        }
        let text = read.unwrap();
        let is_ocr =
            matches!(text.method, mithaq::document::Method::Ocr(sure) if sure > 700);
        assert!(is_ocr, "{:?}", text.method);
        let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
        assert!(lines.contains(&"Held on 12 February 2026 at the office"), "{lines:?}");
    }
}

/// Stands for both tools: draws as many pages, and recognises one as this command does.
fn tools(folder: &std::path::Path, pages: u32, recognise: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("tools");
    let row = r"level\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96.5\tMinutes\n";
    let script = format!(
        "#!/bin/sh\nif [ \"$2\" = tesseract ]; then {recognise}; printf '{row}'; exit; fi\n\
         cat >/dev/null; [ \"$7\" -le {pages} ] && echo page\nexit 0\n"
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[test]
fn a_scan_with_more_pages_than_are_read_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let patience = Duration::from_secs(limits::OCR_SECONDS_MAX);
    for (more, cut) in [(0, false), (1, true)] {
        let program =
            tools(folder.path(), limits::OCR_PAGES_MAX + more, "cat >/dev/null");
        let text = ocr::read(&program, b"%PDF-1.7", patience).unwrap();
        assert_eq!(text.cut, cut);
        assert_eq!(u32::try_from(text.lines.len()), Ok(limits::OCR_PAGES_MAX));
        assert_eq!(text.lines.last().unwrap().page, Some(limits::OCR_PAGES_MAX));
    }
}

#[test]
fn a_scan_takes_no_longer_than_its_time_whatever_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let read = |recognise: &str, patience: u64| {
        let program = tools(folder.path(), 9, recognise);
        let began = std::time::Instant::now();
        let text = ocr::read(&program, b"%PDF-1.7", Duration::from_secs(patience));
        (text.unwrap(), began.elapsed())
    };
    // Each page is well below the time, all together are above it.
    let (text, took) = read("sleep 1", 3);
    assert!(text.cut && (1..9).contains(&text.lines.len()), "{}", text.lines.len());
    assert!(took < Duration::from_secs(9), "{took:?}");
    let (text, took) = read("exec sleep 60", 1);
    assert!(text.cut && text.lines.is_empty());
    assert!(took < Duration::from_secs(30), "{took:?}");
    // A tool that dies is no end of the paper.
    let (text, _) = read("kill -9 $$", 60);
    assert!(text.cut && text.lines.is_empty());
    let (text, _) = read("cat >/dev/null", 60);
    assert!(!text.cut && text.lines.len() == 9);
    assert_eq!(limits::OCR_SECONDS_MAX, 120);
}

#[test]
fn a_paper_that_was_cut_waits_for_a_person() {
    let paper =
        "# Minutes of the Board\n\nHeld on 12 February 2026\n\nPresent: Ann, Bob\n";
    let mut text = extract(paper.as_bytes(), "m.md").unwrap();
    let (cues, sidecar) =
        (Cues::standard(), Sidecar::parse("kind = \"board_minutes\"\n").unwrap());
    let state = |text: &Text, sidecar| {
        read(&Context { sidecar, ..Context::of(text, "m.md", &cues) }).state
    };
    assert_eq!(state(&text, None), ReadState::Understood);
    text.cut = true;
    let asked = ReadState::NeedsALook(Problem::LimitPassed);
    assert_eq!(state(&text, None), asked);
    assert_eq!(state(&text, Some(&sidecar)), ReadState::Understood);
    text.lines.clear();
    assert_eq!(state(&text, None), asked);
}
