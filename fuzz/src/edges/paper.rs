//! Papers of every format, told apart by their bytes: read within the limits, or refused.

use std::io::Cursor;
use std::io::Write;

use mithaq::document::Text;
use mithaq::extract::extract;
use mithaq::limits;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The first line names the file. Text that begins like XML under the name of an office
/// file is packed as that file's content, since no archive survives a changed byte.
pub(super) fn try_with(input: &[u8]) {
    let (name, bytes) = super::named(input);
    let xml = bytes.first() == Some(&b'<');
    match name.rsplit('.').next() {
        Some("docx") if xml => is_read(&packed(&[("word/document.xml", bytes)]), &name),
        Some("odt") if xml => {
            let kind: &[u8] = b"application/vnd.oasis.opendocument.text";
            is_read(&packed(&[("mimetype", kind), ("content.xml", bytes)]), &name);
        }
        _ => is_read(bytes, &name),
    }
}

fn is_read(bytes: &[u8], name: &str) {
    let Ok(text) = extract(bytes, name) else { return };
    is_bounded(&text);
    super::recognise::is_read(&text, name);
}

fn is_bounded(text: &Text) {
    assert!(text.lines.len() <= limits::TEXT_LINES_MAX);
    assert!(text.properties.len() <= limits::PROPERTIES_MAX);
    assert!(text.front_matter.len() <= limits::PROPERTIES_MAX);
    assert!(text.enclosed.len() <= limits::ENCLOSED_MAX);
    for line in &text.lines {
        assert!(line.text.chars().count() <= limits::LINE_CHARS_MAX, "{}", line.number);
    }
}

fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in members {
        archive.start_file(*name, stored).expect("a member");
        archive.write_all(content).expect("its content");
    }
    archive.finish().expect("an archive").into_inner()
}
