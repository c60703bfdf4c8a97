//! What the front page says to type works, and what it names is there.

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../../README.md");

#[test]
fn every_command_of_the_front_page_works() {
    let scratch = tempfile::tempdir().unwrap();
    let own = Path::new(env!("CARGO_BIN_EXE_mithaq")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = vec![own.to_path_buf()];
    paths.extend(std::env::split_paths(&path));
    let mut here = scratch.path().to_path_buf();
    for line in shell_lines() {
        if let Some(folder) = line.strip_prefix("cd ") {
            here = here.join(folder);
            continue;
        }
        if line.starts_with("cargo ") || line.starts_with("./scripts/") {
            continue;
        }
        let output = Command::new("bash")
            .args(["-c", line])
            .current_dir(&here)
            .env("PATH", std::env::join_paths(&paths).unwrap())
            .env("MITHAQ_NOW", "2026-11-21")
            .output()
            .unwrap();
        // 1 is findings, 3 is papers that need a look: both are answers.
        assert!(
            matches!(output.status.code(), Some(0 | 1 | 3)),
            "{line}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(!output.stdout.is_empty(), "{line}: says nothing");
    }
}

#[test]
fn every_link_of_the_front_page_leads_somewhere() {
    let targets = README.split("](").skip(1).filter_map(|it| it.split(')').next());
    for target in targets.filter(|it| !it.starts_with("http")) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(target);
        assert!(path.exists(), "{target}");
    }
    assert!(README.contains("cargo run --release -- demo"));
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/test").exists());
}

#[test]
fn every_format_of_the_front_page_is_read() {
    let said = "It reads PDF, DOCX, DOC, RTF, ODT, XLSX, ODS, CSV, HTML, e-mail, Markdown and text";
    assert!(README.contains(said));
    let mut sheets = Vec::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "Members").unwrap();
    sheets.push(("a.xlsx", book.save_to_buffer().unwrap()));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let table = "<d xmlns:table='t' xmlns:text='x'><table:table><table:table-row>\
        <table:table-cell><text:p>Members</text:p></table:table-cell>\
        </table:table-row></table:table></d>";
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, content) in [("mimetype", kind), ("content.xml", table)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
    }
    sheets.push(("a.ods", zip.finish().unwrap().into_inner()));
    for (name, bytes) in sheets {
        let text = mithaq::extract::extract(&bytes, name).unwrap();
        assert!(text.lines.iter().any(|line| line.text.contains("Members")), "{name}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/networks/sharek/organizations");
    let mut read = std::collections::BTreeSet::new();
    for organization in std::fs::read_dir(folder).unwrap() {
        let papers = organization.unwrap().path().join("papers");
        for file in std::fs::read_dir(papers).unwrap().map(Result::unwrap) {
            let (name, bytes) = (file.file_name(), std::fs::read(file.path()).unwrap());
            let name = name.to_string_lossy();
            if mithaq::extract::extract(&bytes, &name).is_ok() {
                read.extend(name.rsplit_once('.').map(|(_, end)| end.to_owned()));
            }
        }
    }
    for end in ["pdf", "docx", "odt", "csv", "html", "eml", "md", "txt"] {
        assert!(read.contains(end), "{end}");
    }
}

/// The lines of all blocks marked `sh`, in their order.
fn shell_lines() -> impl Iterator<Item = &'static str> {
    README
        .split("```sh\n")
        .skip(1)
        .filter_map(|it| it.split("```").next())
        .flat_map(str::lines)
}
