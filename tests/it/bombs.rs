//! Bombs, loops and tricks: each costs its file a named state, and nothing else anything.

use std::io::{Cursor, Write};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

use mithaq::document::Problem;
use mithaq::extract::extract;
use mithaq::limits;
use mithaq::shell::sandbox::Cage;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::scratch::{Scratch, minutes};

type Members<'m> = [(&'m str, &'m [u8])];

fn archive(members: &Members<'_>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A small office file of each format that is XML in an archive, around this content.
fn office(xml: &[u8]) -> [(&'static str, Vec<u8>); 4] {
    let text = b"application/vnd.oasis.opendocument.text";
    let sheet = b"application/vnd.oasis.opendocument.spreadsheet";
    let book = br#"<workbook xmlns:r="r"><sheets><sheet name="A" r:id="a"/></sheets></workbook>"#;
    let links = br#"<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>"#;
    [
        ("a.docx", archive(&[("word/document.xml", xml)])),
        ("a.odt", archive(&[("mimetype", text), ("content.xml", xml)])),
        ("a.ods", archive(&[("mimetype", sheet), ("content.xml", xml)])),
        (
            "a.xlsx",
            archive(&[
                ("xl/workbook.xml", book),
                ("xl/_rels/workbook.xml.rels", links),
                ("xl/worksheets/sheet1.xml", xml),
            ]),
        ),
    ]
}

#[test]
fn entities_are_refused_in_every_format_of_xml() {
    let laughs = (1..10).fold("<!ENTITY a0 \"ha\">".to_owned(), |all, n| {
        let more = format!("&a{};", n - 1).repeat(10);
        all + &format!("<!ENTITY a{n} \"{more}\">")
    });
    for declared in [
        laughs.as_str(),
        "<!ENTITY a9 SYSTEM \"file:///etc/passwd\">",
        "<!ENTITY a9 SYSTEM \"http://127.0.0.1/x\">",
        "<!ENTITY % a9 SYSTEM \"file:///dev/zero\"> %a9;",
    ] {
        let xml = format!("<?xml version=\"1.0\"?><!DOCTYPE r [{declared}]><r>&a9;</r>");
        for (name, paper) in office(xml.as_bytes()) {
            assert_eq!(extract(&paper, name), Err(Problem::LimitPassed), "{name}");
        }
        // Where an entity is nothing but text, it is text.
        let read = extract(xml.as_bytes(), "a.html").unwrap_or_default();
        assert!(read.lines.iter().all(|line| line.text.len() < 4_000));
        assert!(!read.lines.iter().any(|line| line.text.contains("root:")));
    }
}

#[test]
fn elements_nest_so_deep_in_every_format_of_xml() {
    let deep = "<r>".repeat(limits::XML_DEPTH_MAX * 2);
    for (name, paper) in office(deep.as_bytes()) {
        assert_eq!(extract(&paper, name), Err(Problem::LimitPassed), "{name}");
    }
}

#[test]
fn an_archive_in_an_archive_in_an_archive_ends() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let mut nested = minutes("12 February 2026").into_bytes();
    let mut name = "board.md".to_owned();
    for depth in 0..limits::ENCLOSED_DEPTH_MAX + 5 {
        nested = archive(&[(&name, &nested)]);
        name = format!("{depth}.zip");
    }
    scratch.drop_paper("amal", "nested.zip", nested);
    scratch.drop_paper("amal", "board.md", minutes("12 March 2026"));
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["understood"], 1, "{scan}");
    let documents = scratch.json(&["documents"]);
    let list = documents["documents"].as_array().unwrap();
    let refused = list.iter().filter(|it| it["problem"] == "limit_passed").count();
    assert_eq!((list.len(), refused), (limits::ENCLOSED_DEPTH_MAX + 3, 1), "{documents}");
}

/// An archive whose directory names one member again and again: as many papers as it says,
/// of the bytes of one.
fn overlapping(times: usize, bytes: &[u8]) -> Vec<u8> {
    let one = archive(&[("000.txt", bytes)]);
    let start = one.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let end = one.windows(4).rposition(|it| it == b"PK\x05\x06").unwrap();
    let entry = &one[start..end];
    let mut whole = one[..start].to_vec();
    for time in 0..times {
        let mut again = entry.to_vec();
        again[46..49].copy_from_slice(format!("{time:03}").as_bytes());
        whole.extend(again);
    }
    let size = u32::try_from(entry.len() * times).unwrap().to_le_bytes();
    let count = u16::try_from(times).unwrap().to_le_bytes();
    let mut last = one[end..].to_vec();
    last[8..10].copy_from_slice(&count);
    last[10..12].copy_from_slice(&count);
    last[12..16].copy_from_slice(&size);
    whole.extend(last);
    whole
}

#[test]
fn members_that_share_their_bytes_are_weighed_each() {
    let few = overlapping(3, b"minutes of the board");
    let kept = extract(&few, "a.zip").map(|text| text.enclosed.len());
    assert!(matches!(kept, Ok(3) | Err(Problem::Truncated)), "{kept:?}");
    let heavy = overlapping(40, &vec![b' '; 8 << 20]);
    assert!(heavy.len() < 64 << 10);
    let refused = extract(&heavy, "a.zip");
    assert!(matches!(refused, Err(Problem::LimitPassed | Problem::Truncated)));
}

#[test]
fn names_in_an_archive_play_no_tricks() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default();
    for name in [
        "/etc/passwd",
        "a/../../../../srv/b.txt",
        "C:\\Windows\\c.txt",
        "\\\\server\\share\\d.txt",
        "/dev/zero",
        "CON",
        "nul\0l.txt",
        "minutes\u{202e}fdp.exe",
        "\u{2066}e.txt",
    ] {
        zip.start_file(name, plain).unwrap();
        zip.write_all(name.as_bytes()).unwrap();
    }
    zip.add_symlink("link.txt", "../../../../etc/passwd", plain).unwrap();
    let text = extract(&zip.finish().unwrap().into_inner(), "a.zip").unwrap();
    assert_eq!(text.enclosed.len(), 10);
    for file in &text.enclosed {
        let steps: Vec<&str> = file.name.split('/').collect();
        assert!(steps.iter().all(|step| !matches!(*step, "" | "." | "..")), "{file:?}");
        let odd = |it: char| it.is_control() || mithaq::text::is_direction_mark(it);
        assert!(!file.name.contains(odd), "{:?}", file.name);
        // A link is what it holds: the words of a path, never what lies there.
        assert!(!file.bytes.starts_with(b"root:"), "{file:?}");
    }
}

#[test]
fn relations_that_point_at_each_other_are_not_followed_round() {
    let links = |targets: &[&str]| {
        let link = |(target, at): (&&str, u32)| {
            format!("<Relationship Id=\"r{at}\" Type=\"t/header\" Target=\"{target}\"/>")
        };
        let all: String = targets.iter().zip(1..).map(link).collect();
        format!("<Relationships>{all}</Relationships>").into_bytes()
    };
    let part = |text: &str| {
        format!(
            "<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:headerReference r:id=\"r1\"/>\
             <w:altChunk r:id=\"r2\"/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>"
        )
    };
    let (main, header) = (part("Minutes of the board"), part("Head"));
    let paper = archive(&[
        ("_rels/.rels", &links(&["_rels/.rels", "word/document.xml", "../_rels/.rels"])),
        ("word/document.xml", main.as_bytes()),
        (
            "word/_rels/document.xml.rels",
            &links(&[
                "header1.xml",
                "document.xml",
                "_rels/document.xml.rels",
                "../a.docx",
            ]),
        ),
        ("word/header1.xml", header.as_bytes()),
        ("word/_rels/header1.xml.rels", &links(&["document.xml", "header1.xml"])),
    ]);
    let text = extract(&paper, "a.docx").unwrap();
    let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["Head", "Minutes of the board"]);
    // A workbook whose sheets are the workbook, its own links, and each other.
    let book = br#"<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/>
        <sheet name="B" r:id="r2"/><sheet name="C" r:id="r3"/><sheet name="D" r:id="r3"/>
        <sheet name="E" r:id="r4"/></sheets></workbook>"#;
    let sheet =
        br#"<worksheet><sheetData><row><c t="inlineStr"><is><t>Chair</t></is></c></row>
        </sheetData><drawing r:id="r1"/></worksheet>"#;
    let round = ["workbook.xml", "_rels/workbook.xml.rels", "worksheets/sheet1.xml"];
    let paper = archive(&[
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", &links(&[&round[..], &["../a.xlsx"]].concat())),
        ("xl/worksheets/sheet1.xml", sheet),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            &links(&["sheet1.xml", "../workbook.xml"]),
        ),
    ]);
    let text = extract(&paper, "a.xlsx").unwrap();
    let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines.iter().filter(|line| **line == "Chair").count(), 2, "{lines:?}");
}

/// A PDF of these objects, from 1 on, each between `obj` and `endobj`.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut whole = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(whole.len());
        writeln!(whole, "{number} 0 obj").unwrap();
        whole.extend(object);
        whole.extend(b"\nendobj\n");
    }
    let (table, count) = (whole.len(), objects.len() + 1);
    write!(whole, "xref\n0 {count}\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(whole, "{place:010} 00000 n ").unwrap();
    }
    let size = format!("/Root 1 0 R /Size {count}");
    write!(whole, "trailer << {size} >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    whole
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len();
    let mut whole = format!("<< {dictionary} /Length {length} >>\nstream\n").into_bytes();
    whole.extend(bytes);
    whole.extend(b"\nendstream");
    whole
}

/// A page of this content and these forms, whose objects begin with the sixth.
fn page(content: Vec<u8>, forms: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R \
         /Resources << /Font << /F 4 0 R >> /XObject << {forms} >> >> >>"
    );
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        content,
    ];
    objects.extend(more);
    pdf(&objects)
}

/// Bytes as a PDF's `FlateDecode` has them: what an archive holds, and a sum.
fn zipped(bytes: &[u8]) -> Vec<u8> {
    let packed = archive(&[("0", bytes)]);
    let end = packed.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let size = packed[end + 20..end + 24].try_into().unwrap();
    let size = usize::try_from(u32::from_le_bytes(size)).unwrap();
    let (mut low, mut high) = (1u32, 0u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    let start = 30 + 1;
    let raw = &packed[start..start + size];
    [&[0x78, 0x9c], raw, &(high << 16 | low).to_be_bytes()].concat()
}

/// PDFs that go round in circles, or swell.
fn circles() -> Vec<(&'static str, Vec<u8>)> {
    let plain = |object: &str| object.as_bytes().to_vec();
    let form = |inner: &str, body: &str| {
        let resources = format!("<< /XObject << {inner} >> /Font << /F 4 0 R >> >>");
        let kind = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
        stream(&format!("{kind} /Resources {resources}"), body.as_bytes())
    };
    let draw = || stream("", b"/X Do");
    let twice = zipped(&zipped(&vec![b' '; 32 << 20]));
    let flate = "/Filter [/FlateDecode /FlateDecode]";
    let catalog = || plain("<< /Type /Catalog /Pages 2 0 R >>");
    vec![
        ("pages are their own kids", {
            pdf(&[catalog(), plain("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")])
        }),
        ("two nodes of pages hold each other", {
            let one = plain("<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>");
            let two = plain("<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>");
            pdf(&[catalog(), one, two])
        }),
        ("an object is itself", pdf(&[catalog(), plain("2 0 R")])),
        ("the root is itself", pdf(&[plain("1 0 R")])),
        ("a form draws itself", {
            page(draw(), "/X 6 0 R", vec![form("/X 6 0 R", "/X Do")])
        }),
        ("two forms draw each other", {
            let forms = vec![form("/X 7 0 R", "/X Do"), form("/X 6 0 R", "/X Do")];
            page(draw(), "/X 6 0 R", forms)
        }),
        ("the content is its own part", {
            let content = plain("[5 0 R 5 0 R]");
            page(content, "", Vec::new())
        }),
        ("a length is its own stream", {
            let content = plain("<< /Length 5 0 R >>\nstream\nBT ET\nendstream");
            page(content, "", Vec::new())
        }),
        ("a stream swells twice", page(stream(flate, &twice), "", Vec::new())),
        ("a previous table is the same table", {
            let whole = pdf(&[catalog(), plain("<< /Type /Pages /Kids [] /Count 0 >>")]);
            let text = String::from_utf8(whole).unwrap();
            let table = text.find("xref\n").unwrap();
            let circle = format!("/Size 3 /Prev {table}");
            text.replace("/Size 3", &circle).into_bytes()
        }),
        ("a page of the size of a country", {
            let whole = page(stream("", b"BT /F 12 Tf (x) Tj ET"), "", Vec::new());
            let text = String::from_utf8(whole).unwrap();
            text.replace("[0 0 600 800]", "[0 0 9e9 9e9]").into_bytes()
        }),
        ("brackets nest without an end", {
            let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
            page(stream("", &deep), "", Vec::new())
        }),
    ]
}

#[test]
fn pdfs_that_go_round_in_circles_end_in_a_named_state() {
    let cage = Cage::around(PathBuf::from(env!("CARGO_BIN_EXE_mithaq")));
    for (what, paper) in circles() {
        let read = cage.read(&paper, "a.pdf");
        println!("{what}: {:?}", read.as_ref().map(|text| text.lines.len()));
        // The next paper is read as if nothing had been.
        let next = cage.read(b"minutes of the board", "a.txt").unwrap();
        assert_eq!(next.lines.len(), 1, "after: {what}");
    }
}

#[test]
fn forms_that_laugh_a_billion_times_are_stopped() {
    if !crate::scratch::is_full() {
        return println!("skipped: takes the time of a reader; MITHAQ_TEST_FULL=1");
    }
    let cage = Cage::around(PathBuf::from(env!("CARGO_BIN_EXE_mithaq")));
    let kind = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
    let forms: Vec<Vec<u8>> = (0..10)
        .map(|level| {
            let next = format!("/Resources << /XObject << /X {} 0 R >> >>", 7 + level);
            let body =
                if level == 9 { "BT (ha) Tj ET".to_owned() } else { "/X Do ".repeat(10) };
            stream(&format!("{kind} {next}"), body.as_bytes())
        })
        .collect();
    let read = cage.read(&page(stream("", b"/X Do"), "/X 6 0 R", forms), "a.pdf");
    assert!(read.is_err() || read.is_ok_and(|text| text.cut || text.lines.is_empty()));
}

#[test]
fn a_folder_full_of_tricks_costs_the_others_nothing() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let papers = scratch.papers("amal");
    let sparse = std::fs::File::create(papers.join("sparse.pdf")).unwrap();
    sparse.set_len(10 << 30).unwrap();
    let _listener = UnixListener::bind(papers.join("socket.md")).unwrap();
    symlink("/dev/zero", papers.join("device.md")).unwrap();
    symlink(papers.join("round.md"), papers.join("round.md")).unwrap();
    let entity = b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    for (name, paper) in office(entity) {
        scratch.drop_paper("amal", name, paper);
    }
    scratch.drop_paper("amal", "swells.zip", overlapping(40, &vec![b' '; 8 << 20]));
    let mut dropped = 5;
    for (what, paper) in circles() {
        scratch.drop_paper("amal", &format!("{what}.pdf"), paper);
        dropped += 1;
    }
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["understood"], 1, "{scan}");
    assert_eq!(scan["files"]["refused"], 4, "{scan}");
    let documents = scratch.json(&["documents"]);
    let list = documents["documents"].as_array().unwrap();
    assert_eq!(list.len(), dropped + 1, "{documents}");
    for paper in list {
        let named = paper["state"] == "understood" || paper["problem"].is_string();
        assert!(named || paper["state"] == "none_of_ours", "{paper}");
    }
}
