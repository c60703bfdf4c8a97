//! E-mail as a paper, and what came with it, to the depth that is opened: read or refused by
//! a named problem, however its parts are nested.

use mithaq::extract::extract;
use mithaq::limits;

pub(super) fn try_with(input: &[u8]) {
    is_read(input, "letter.eml", limits::ENCLOSED_DEPTH_MAX);
}

fn is_read(bytes: &[u8], name: &str, depth: usize) {
    let Ok(text) = extract(bytes, name) else { return };
    super::recognise::is_read(&text, name);
    assert!(text.enclosed.len() <= limits::ENCLOSED_MAX);
    for file in &text.enclosed {
        assert!(!file.name.is_empty() && !file.name.chars().any(char::is_control));
        assert!(!file.name.split('/').any(|step| step == ".."), "{}", file.name);
        if depth > 0 {
            is_read(&file.bytes, &file.name, depth - 1);
        }
    }
}
