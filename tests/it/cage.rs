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
