//! What format a file is in, by its content first.

use super::archive::Archive;
use crate::document::Problem;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Plain,
    Markdown,
    Html,
    Table,
    Mail,
    Pdf,
    Docx,
    Odt,
    Xlsx,
    Ods,
    #[cfg(feature = "word97")]
    Doc,
    #[cfg(feature = "word97")]
    Rtf,
    Zip,
}

/// How far into a file its marks are looked for.
const HEAD_BYTES: usize = 4096;

/// The name of the stream that holds a locked office file, as OLE directories write it.
const LOCKED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// The format of a file. The name counts only between kinds of text.
///
/// # Errors
/// [`Problem::Empty`], [`Problem::Encrypted`], [`Problem::NoText`] for pictures,
/// [`Problem::UnknownFormat`] for what no reader knows, [`Problem::Truncated`] for a
/// damaged archive.
pub(super) fn format_of(bytes: &[u8], name: &str) -> Result<Format, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::Empty);
    }
    let head = bytes.get(..bytes.len().min(HEAD_BYTES)).unwrap_or_default();
    if contains(head.get(..head.len().min(1024)).unwrap_or_default(), b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return office(bytes);
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return compound(bytes);
    }
    if is_picture(head) {
        return Err(Problem::NoText);
    }
    #[cfg(feature = "word97")]
    if head.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if head.starts_with(b"{\\rtf") || is_binary(head) {
        return Err(Problem::UnknownFormat);
    }
    Ok(text_format(head, &extension(name)))
}

/// A locked office file, a document of Word 97 to 2003, or something that is not read.
fn compound(bytes: &[u8]) -> Result<Format, Problem> {
    if contains(bytes, LOCKED) {
        return Err(Problem::Encrypted);
    }
    #[cfg(feature = "word97")]
    if super::compound::Compound::open(bytes)?.has("WordDocument") {
        return Ok(Format::Doc);
    }
    Err(Problem::UnknownFormat)
}

fn office(bytes: &[u8]) -> Result<Format, Problem> {
    let mut archive = Archive::open(bytes)?;
    if archive.has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if archive.has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    let mimetype = archive.text("mimetype")?.unwrap_or_default();
    if mimetype.contains("opendocument.text") {
        return Ok(Format::Odt);
    }
    if mimetype.contains("opendocument.spreadsheet") {
        return Ok(Format::Ods);
    }
    // Slides, books and programs are archives too, and no delivery of papers.
    let packed = ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"];
    let other = packed.iter().any(|name| archive.has(name));
    if other { Err(Problem::UnknownFormat) } else { Ok(Format::Zip) }
}

fn text_format(head: &[u8], extension: &str) -> Format {
    let start = String::from_utf8_lossy(head)
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Format::Html;
    }
    match extension {
        "html" | "htm" | "xhtml" => Format::Html,
        "csv" | "tsv" => Format::Table,
        "md" | "markdown" | "mkd" => Format::Markdown,
        _ if extension == "eml" || reads_like_a_letter(&start) => Format::Mail,
        _ if start.starts_with("---\n") || start.starts_with("---\r\n") => {
            Format::Markdown
        }
        _ => Format::Plain,
    }
}

/// The first lines are headers, and one of them is a letter's own.
fn reads_like_a_letter(start: &str) -> bool {
    let head: Vec<&str> =
        start.lines().take(30).take_while(|line| !line.is_empty()).collect();
    let is_header = |line: &&&str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            })
    };
    let own = ["received:", "return-path:", "mime-version:", "message-id:", "x-mailer:"];
    let marked = head.iter().any(|line| own.iter().any(|name| line.starts_with(name)));
    marked && head.iter().filter(|line| is_header(line)).count() == head.len()
}

/// The last extension of a name, in lower case; empty when there is none.
fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, last)| last.to_lowercase()).unwrap_or_default()
}

fn is_picture(head: &[u8]) -> bool {
    let marks: [&[u8]; 5] =
        [b"\x89PNG", &[0xff, 0xd8, 0xff], b"GIF8", b"II*\0", b"MM\0*"];
    let riff = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    riff || marks.iter().any(|mark| head.starts_with(mark))
}

/// Text has no NUL in its first kilobytes unless it is UTF-16 with its mark, and hardly any
/// control character.
fn is_binary(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let controls =
        head.iter().filter(|&&byte| byte < 9 || (14..32).contains(&byte)).count();
    !marked && (head.contains(&0) || controls * 20 > head.len())
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
