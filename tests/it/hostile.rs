//! Files that are damaged, locked, disguised or made to hurt: each ends in a named problem.

use mithaq::document::Problem;
use mithaq::document::Text;
use mithaq::extract::extract;
use mithaq::limits;
use mithaq::recognise::Context;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::read;
use proptest::prelude::*;
use std::io::Cursor;
use std::io::Write;
use std::path::PathBuf;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive with these members.
fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", xml.as_bytes())])
}

fn lines(text: &Text) -> Vec<&str> {
    text.lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn damaged_locked_and_disguised_files_are_named() {
    let whole = docx("<w:p><w:r><w:t>Minutes</w:t></w:r></w:p>");
    assert_eq!(lines(&extract(&whole, "renamed.pdf").unwrap()), ["Minutes"]);
    assert_eq!(extract(&whole[..whole.len() / 2], "a.docx"), Err(Problem::Truncated));
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(extract(&locked, "a.docx"), Err(Problem::Encrypted));
    assert_eq!(extract(b"\x89PNG\r\n\x1a\n....", "minutes.txt"), Err(Problem::NoText));
    assert_eq!(extract(&[1, 2, 3, 0, 5, 6], "a.txt"), Err(Problem::UnknownFormat));
    assert_eq!(extract(b"%PDF-1.7\nnothing else", "a.pdf"), Err(Problem::Truncated));
    assert_eq!(
        extract(&archive(&[("mimetype", b"application/epub+zip")]), "a.zip"),
        Err(Problem::UnknownFormat)
    );
    assert_eq!(extract(&archive(&[]), "a.zip"), Err(Problem::Empty));
    assert_eq!(extract(&docx(""), "a.docx"), Err(Problem::Empty));
}

#[test]
fn xml_that_bites_is_refused() {
    let deep =
        |depth: usize| docx(&("<w:tbl>".repeat(depth) + &"</w:tbl>".repeat(depth)));
    // Two elements are open around the body's own.
    assert_eq!(extract(&deep(limits::XML_DEPTH_MAX - 2), "a.docx"), Err(Problem::Empty));
    assert_eq!(
        extract(&deep(limits::XML_DEPTH_MAX - 1), "a.docx"),
        Err(Problem::LimitPassed)
    );
    let entities = b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
    let bomb = archive(&[("word/document.xml", entities)]);
    assert_eq!(extract(&bomb, "a.docx"), Err(Problem::LimitPassed));
}

#[test]
fn an_archive_that_swells_is_refused() {
    let most = usize::try_from(limits::ARCHIVE_MEMBER_BYTES_MAX).unwrap();
    let swollen = vec![b' '; most + 1];
    let bomb = archive(&[("word/document.xml", &swollen)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(extract(&bomb, "a.docx"), Err(Problem::LimitPassed));
    let members: Vec<String> =
        (0..=limits::ARCHIVE_MEMBERS_MAX).map(|n| n.to_string()).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|n| (n.as_str(), &b""[..])).collect();
    assert_eq!(extract(&archive(&members), "a.docx"), Err(Problem::LimitPassed));
}

#[test]
fn sizes_have_edges() {
    let most = usize::try_from(limits::PAPER_BYTES_MAX).unwrap();
    assert_eq!(extract(&vec![b'a'; most + 1], "a.txt"), Err(Problem::TooLarge));
    let many = "a\n".repeat(limits::TEXT_LINES_MAX);
    assert!(extract(many.as_bytes(), "a.txt").is_ok());
    assert_eq!(extract((many + "a\n").as_bytes(), "a.txt"), Err(Problem::LimitPassed));
    let long = "ب".repeat(limits::LINE_CHARS_MAX * 3);
    let text = extract(long.as_bytes(), "a.txt").unwrap();
    assert!(
        text.lines.iter().all(|line| line.text.chars().count() <= limits::LINE_CHARS_MAX)
    );
    assert_eq!(
        text.lines.iter().map(|line| line.text.as_str()).collect::<String>(),
        long
    );
}

#[test]
fn old_charsets_are_read() {
    let words = "محضر اجتماع مجلس الإدارة المنعقد بتاريخ 12/2/2026 في مقر الجمعية";
    let (old, _, _) = encoding_rs::WINDOWS_1256.encode(words);
    assert_eq!(lines(&extract(&old, "a.txt").unwrap()), [words]);
    let mut wide = vec![0xff, 0xfe];
    wide.extend(words.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(lines(&extract(&wide, "a.txt").unwrap()), [words]);
}

#[test]
fn pages_give_what_they_print() {
    let page = "<html><head><title>T</title><style>p{}</style></head><body><h1>Minutes</h1>\
                <script>held()</script><p hidden>held on 1 May 2020</p><p>Present: A</p></body>";
    assert_eq!(
        lines(&extract(page.as_bytes(), "a.html").unwrap()),
        ["Minutes", "Present: A"]
    );
    let deep = "<html>".to_owned() + &"<div>".repeat(200_000) + "deep";
    assert_eq!(lines(&extract(deep.as_bytes(), "a.html").unwrap()), ["deep"]);
}

/// Small real papers of every format.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = folder.join("fixtures/networks/sharek/organizations");
    let mut found = Vec::new();
    for organization in ["amal/papers", "libraries/papers"] {
        for file in std::fs::read_dir(folder.join(organization)).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().to_string_lossy().into_owned();
            found.push((name, std::fs::read(file.path()).unwrap()));
        }
    }
    found.sort();
    found
}

/// Whatever the bytes, there is an answer, and the same one twice.
fn answered(bytes: &[u8], name: &str, cues: &Cues) {
    let (first, second) = (extract(bytes, name), extract(bytes, name));
    assert_eq!(first, second);
    if let Ok(text) = first {
        let context = Context::of(&text, name, cues);
        assert_eq!(read(&context), read(&context));
    }
}

#[test]
fn damaged_papers_are_answered() {
    let (samples, cues) = (samples(), Cues::standard());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(
        crate::scratch::cases(96, 2000),
    ));
    let damage = (0..samples.len(), any::<[u8; 6]>(), 0.0..1.0f64, any::<bool>());
    let test = |(which, noise, share, cut): (usize, [u8; 6], f64, bool)| {
        let (name, bytes) = &samples[which];
        let mut bytes = bytes.clone();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place inside a small file"
        )]
        let at = (bytes.len() as f64 * share) as usize;
        for (offset, byte) in noise.into_iter().enumerate() {
            if let Some(slot) = bytes.get_mut(at + offset * 7) {
                *slot = byte;
            }
        }
        if cut {
            bytes.truncate(at);
        }
        answered(&bytes, name, &cues);
        Ok(())
    };
    runner.run(&damage, test).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(256, 5000)))]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,400}", which in 0..6usize) {
        let name = ["a.txt", "a.md", "a.html", "a.csv", "a.eml", "محضر 2026-03-01.txt"][which];
        answered(text.as_bytes(), name, &Cues::standard());
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        answered(&bytes, "a.bin", &Cues::standard());
    }

    #[test]
    fn any_dates_are_answered(text in "[0-9/.\\-٠-٩ يناير,مه]{0,60}( ?(Jan|March|من|شباط|ربيع الأول|كانون الثاني) ?[0-9]{0,9}){0,4}") {
        mithaq::recognise::dates::find(&mithaq::text::key(&text));
    }
}
