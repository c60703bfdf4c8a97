//! The cage: the real program as a reader of one paper.

use mithaq::document::Problem;
use mithaq::extract::extract;
use mithaq::shell::sandbox::Cage;
use std::path::PathBuf;

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
        if !mithaq::shell::sandbox::ocr::is_installed() {
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
