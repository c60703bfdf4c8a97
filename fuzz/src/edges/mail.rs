//! E-mail as a paper: read or refused by a named problem, however its parts are nested.

use mithaq::document::Text;
use mithaq::extract::extract;
use mithaq::limits;

pub(super) fn try_with(input: &[u8]) {
    let Ok(text) = extract(input, "letter.eml") else { return };
    assert!(depth(&text) <= limits::ATTACHMENT_DEPTH_MAX, "opened too deep");
    super::recognise::is_read(&text, "letter.eml");
}

/// How many files stand inside each other.
fn depth(text: &Text) -> usize {
    let inner = text.attachments.iter().filter_map(|file| file.text.as_ref().ok());
    inner.map(|text| 1 + depth(text)).max().unwrap_or(0)
}
