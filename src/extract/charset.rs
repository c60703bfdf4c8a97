//! Bytes to characters: a byte-order mark, else UTF-8, else the best guess.

use crate::document::Problem;
use crate::limits;
use chardetng::EncodingDetector;
use chardetng::Iso2022JpDetection;
use chardetng::Utf8Detection;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;

/// The characters of a text file. Old Arabic files are windows-1256 or ISO-8859-6; the
/// guess weighs the letters, since nothing in the file says which.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Problem> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        None => (guess(bytes), 0),
    };
    let body = bytes.get(mark..).unwrap_or_default();
    let (text, _) = encoding.decode_without_bom_handling(body);
    if text.chars().nth(limits::TEXT_CHARS_MAX).is_some() {
        return Err(Problem::LimitPassed);
    }
    Ok(text.into_owned())
}

/// The characters of a web page, which may name its own encoding near its start.
pub(super) fn decode_page(bytes: &[u8]) -> Result<String, Problem> {
    let head =
        String::from_utf8_lossy(bytes.get(..bytes.len().min(1024)).unwrap_or_default());
    let named =
        head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = named.and_then(|rest| rest.split(['"', '\'', '>', ';', ' ', '/']).next());
    match label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) if encoding != UTF_8 && Encoding::for_bom(bytes).is_none() => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            Ok(text.into_owned())
        }
        _ => decode(bytes),
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}
