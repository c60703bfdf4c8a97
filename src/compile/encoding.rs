//! The bytes of a rule file as text, or what they seem to be instead.
//!
//! Rules bind people, so nothing is guessed into them: a file that is no UTF-8 is refused
//! with the name of the encoding that it was probably saved in.

/// The text of a rule file's bytes, or the name of the encoding that it seems to have.
/// A byte order mark of UTF-8 is dropped; lines that end in a carriage return alone, as on
/// old systems, are lines.
///
/// # Errors
/// When the bytes are not UTF-8.
pub fn decoded(bytes: &[u8]) -> Result<String, &'static str> {
    if is_utf_16(bytes) {
        return Err("UTF-16");
    }
    let text = std::str::from_utf8(bytes).map_err(|_| one_byte(bytes))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(if text.contains('\n') { text.to_owned() } else { text.replace('\r', "\n") })
}

/// By its mark, or by the half of its bytes that names a row of letters: 0 for Latin, 6 for
/// Arabic, 32 for the signs between them.
fn is_utf_16(bytes: &[u8]) -> bool {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes {
        return true;
    }
    let pairs = bytes.len() / 2;
    let rows = |of: usize| {
        let each = bytes.chunks_exact(2).filter_map(|pair| pair.get(of));
        each.filter(|byte| matches!(byte, 0 | 6 | 0x20)).count()
    };
    let all_but_all = |count: usize| pairs > 0 && count * 10 >= pairs * 9;
    // A text of spaces has 32 in every place; zeros are in no other text.
    let not_utf_8 = bytes.contains(&0) || std::str::from_utf8(bytes).is_err();
    not_utf_8 && (all_but_all(rows(0)) || all_but_all(rows(1)))
}

/// Arabic where the letters beyond ASCII are Arabic, else Western European: curly quotes.
fn one_byte(bytes: &[u8]) -> &'static str {
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let (text, _) = encoding_rs::WINDOWS_1256.decode_without_bom_handling(bytes);
    let arabic = text.chars().filter(|c| crate::text::is_arabic_letter(*c)).count();
    if arabic * 2 >= beyond { "Windows-1256" } else { "Windows-1252" }
}
