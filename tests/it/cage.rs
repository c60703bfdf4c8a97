//! The cage: the real program as a reader of one paper.

use mithaq::document::{Method, Problem, ReadState, Text};
use mithaq::extract::extract;
use mithaq::limits;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::{Context, Sidecar, read};
use mithaq::shell::sandbox::Cage;
use mithaq::shell::sandbox::ocr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
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
fn a_paper_is_read_though_other_children_end_meanwhile() {
    let paper = "# Minutes of the Board\n\nHeld on 12 February 2026\n".as_bytes();
    let (cage, whole) = (cage(), extract(paper, "m.md"));
    let is_over = AtomicBool::new(false);
    let end_children = || {
        while !is_over.load(Ordering::Relaxed) {
            assert!(Command::new("/bin/true").status().unwrap().success());
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(end_children);
        scope.spawn(end_children);
        let papers = (0..200).map(|_| cage.read(paper, "m.md"));
        let unread = papers.filter(|read| *read != whole).count();
        is_over.store(true, Ordering::Relaxed);
        assert_eq!(unread, 0);
    });
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
    for name in ["minutes.png", "minutes.pdf", "minutes.jpg", "minutes.tif"] {
        let bytes = std::fs::read(scans.join(name)).unwrap();
        let read = cage().read(&bytes, name);
        if !ocr::is_installed() {
            println!("skipped: tesseract and pdftoppm are not installed");
            assert_eq!(read, Err(Problem::NoText));
            continue;
        }
        let text = read.unwrap();
        let is_ocr = matches!(text.method, Method::Ocr(sure) if sure > 700);
        assert!(is_ocr, "{:?}", text.method);
        let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
        assert!(lines.contains(&"Held on 12 February 2026 at the office"), "{lines:?}");
    }
}

/// Characters that have to be changed to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut before = std::mem::replace(&mut row[0], at + 1);
        for (place, b) in other.iter().enumerate() {
            let changed = before + usize::from(a != *b);
            before = row[place + 1];
            row[place + 1] = changed.min(before + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[test]
fn an_arabic_scan_is_recognised_nearly_as_it_was_written() {
    if !ocr::is_installed() {
        return println!("skipped: not installed: {:?}", ocr::missing());
    }
    let scans = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/scans");
    let text = cage().read(&std::fs::read(scans.join("arabic.png")).unwrap(), "a.png");
    let lines: Vec<String> = text.unwrap().lines.into_iter().map(|it| it.text).collect();
    let written = std::fs::read_to_string(scans.join("arabic.txt")).unwrap();
    let wrong = distance(lines.join("\n").trim(), written.trim());
    let of = written.trim().chars().count();
    println!("an Arabic page at 200 dpi: {wrong} of {of} characters wrong");
    assert!(wrong * 100 <= of * 2, "{wrong} of {of}: {lines:#?}");
}

#[test]
fn only_pages_without_text_are_recognised_and_the_rest_keep_theirs() {
    let mixed = include_bytes!("../../fixtures/scans/mixed.pdf");
    let plain = extract(mixed, "mixed.pdf").unwrap();
    assert_eq!(plain.sick, [2]);
    assert!(
        plain.recognised.is_empty() && plain.lines.iter().all(|it| it.page == Some(1))
    );
    if !ocr::is_installed() {
        return println!("skipped: not installed: {:?}", ocr::missing());
    }
    let text = cage().read(mixed, "mixed.pdf").unwrap();
    let first: Vec<_> = text.lines.iter().filter(|it| it.page == Some(1)).collect();
    assert_eq!(first, plain.lines.iter().collect::<Vec<_>>());
    let second = text.lines.iter().filter(|it| it.page == Some(2));
    let second: Vec<&str> = second.map(|line| line.text.as_str()).collect();
    assert!(second.contains(&"Held on 12 February 2026 at the office"), "{second:?}");
    assert!(matches!(text.recognised[..], [(2, Method::Ocr(sure))] if sure > 700));
    // What stands on that page is as sure as its recognition, and no surer.
    let cues = Cues::standard();
    let reading = read(&Context::of(&text, "mixed.pdf", &cues));
    for fact in &reading.facts {
        let page = fact.passage.as_ref().and_then(|passage| passage.page);
        let recognised = matches!(fact.method, Method::Ocr(_));
        assert!(page.is_none() || recognised == (page == Some(2)), "{fact:?}");
    }
}

/// A PDF of pages of one line each, in a font that every reader has.
fn pdf_of(pages: &[&str]) -> Vec<u8> {
    pdf_with(pages, "")
}

/// The same, with a map that says which characters its letters are.
fn pdf_with(pages: &[&str], map: &str) -> Vec<u8> {
    let kids: Vec<String> =
        (0..pages.len()).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        format!(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {} >>",
            match map.is_empty() {
                true => String::new(),
                false => format!("/ToUnicode {} 0 R", 4 + 2 * pages.len()),
            }
        ),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 3000 800] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>",
            5 + 2 * at
        ));
        let drawn = format!("BT /F 12 Tf 40 700 Td ({page}) Tj ET");
        let length = drawn.len();
        objects.push(format!("<< /Length {length} >>\nstream\n{drawn}\nendstream"));
    }
    if !map.is_empty() {
        let length = map.len();
        objects.push(format!("<< /Length {length} >>\nstream\n{map}\nendstream"));
    }
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (table, count) = (pdf.len(), objects.len() + 1);
    pdf += &format!("xref\n0 {count}\n0000000000 65535 f \n");
    for place in places {
        pdf += &format!("{place:010} 00000 n \n");
    }
    pdf +=
        &format!("trailer << /Root 1 0 R /Size {count} >>\nstartxref\n{table}\n%%EOF\n");
    pdf.into_bytes()
}

#[test]
fn a_page_that_is_no_language_makes_its_paper_wait_for_somebody() {
    let minutes = "Minutes of the meeting of the board held on 12 February 2026";
    let signs = "#% ;:".repeat(80);
    let cues = Cues::standard();
    let state = |text: &Text| read(&Context::of(text, "minutes.pdf", &cues)).state;
    let whole = extract(&pdf_of(&[minutes]), "minutes.pdf").unwrap();
    let mut text = extract(&pdf_of(&[minutes, &signs]), "minutes.pdf").unwrap();
    assert_eq!((text.broken.as_slice(), text.sick.as_slice()), (&[2][..], &[2][..]));
    assert_eq!(text.lines, whole.lines);
    assert_ne!(state(&whole), ReadState::NeedsALook(Problem::BrokenText));
    assert_eq!(state(&text), ReadState::NeedsALook(Problem::BrokenText));
    // Recognised as a picture it says what it says.
    text.recognised.push((2, Method::Ocr(900)));
    assert_eq!(state(&text), state(&whole));
}

#[test]
fn latin_letters_in_so_many_arabic_words_are_a_broken_map_and_no_fewer() {
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
               /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange\n\
               4 beginbfchar <41> <0645> <42> <0633> <43> <0061> <20> <0020> endbfchar\n\
               endcmap end end";
    let page = |mangled: usize| {
        let words = (0..100).map(|at| if at < mangled { "ABCBA" } else { "ABBA" });
        let lines: Vec<Vec<&str>> =
            words.collect::<Vec<_>>().chunks(10).map(<[&str]>::to_vec).collect();
        let lines: Vec<String> = lines.iter().map(|line| line.join(" ")).collect();
        lines.join(") Tj 0 -20 Td (")
    };
    // One word in twelve and a half, of a hundred.
    let sound = extract(&pdf_with(&[&page(8)], map), "a.pdf").unwrap();
    assert!(sound.broken.is_empty() && sound.lines.len() == 10, "{:?}", sound.lines);
    let words = sound.lines.iter().flat_map(|line| line.text.split_whitespace());
    assert_eq!(words.filter(|word| word.contains('a')).count(), 8);
    let broken = extract(&pdf_with(&[&page(9)], map), "a.pdf");
    assert_eq!(broken, Err(Problem::BrokenText));
}

#[test]
fn a_file_without_time_left_for_its_pictures_is_cut_and_costs_nothing() {
    if !ocr::is_installed() {
        return println!("skipped: not installed: {:?}", ocr::missing());
    }
    let scan = include_bytes!("../../fixtures/scans/minutes.png");
    let text = cage().read_within(scan, "a.png", Duration::ZERO).unwrap();
    assert!(text.cut && text.lines.is_empty());
    // All in one dropped file have what five papers have.
    assert_eq!(limits::OCR_DROPPED_SECONDS_MAX, 5 * limits::OCR_SECONDS_MAX);
}

/// Stands for both tools: draws as many pages, and recognises one as this command does.
fn tools(folder: &std::path::Path, pages: u32, recognise: &str) -> PathBuf {
    let program = folder.join("tools");
    let row = r"level\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96.5\tMinutes\n";
    let script = format!(
        "#!/bin/sh\nif [ \"$2\" = tesseract ]; then {recognise}; printf '{row}'; exit; fi\n\
         cat >/dev/null; [ \"$7\" -le {pages} ] && echo page\nexit 0\n"
    );
    written_elsewhere(&program, &script);
    program
}

/// Writes a program in a process of its own. Were it open for writing here, a process that
/// another test starts at that moment would hold it open too, and it could not be run.
fn written_elsewhere(program: &std::path::Path, text: &str) {
    let write = r#"printf %s "$2" >"$1" && chmod 755 "$1""#;
    let mut shell = Command::new("/bin/sh");
    let written = shell.args(["-c", write, "sh"]).arg(program).arg(text).status();
    assert!(written.unwrap().success());
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
