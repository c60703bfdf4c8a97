//! Text fit for a message's header. A carriage return in a display name makes the message
//! builder panic, and a direction override in a subject can forge what a reader sees: this
//! type admits neither.

use super::words::clean_to;
use crate::limits::HEADER_CHARS_MAX;

/// One line of printing characters, at most [`HEADER_CHARS_MAX`], without controls and
/// direction marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderText(String);

impl HeaderText {
    pub fn new(text: &str) -> HeaderText {
        HeaderText(clean_to(text, HEADER_CHARS_MAX))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// A token for ids in headers and attachment names: ASCII letters, digits, `-` and `_`;
/// what else there is becomes `-`, and a text without any of these is `none`.
pub fn ascii_token(text: &str) -> String {
    let mut token = String::new();
    for character in text.chars().take(HEADER_CHARS_MAX) {
        if character.is_ascii_alphanumeric() || character == '_' {
            token.push(character);
        } else if !token.is_empty() && !token.ends_with('-') {
            token.push('-');
        }
    }
    let token = token.trim_end_matches('-');
    if token.is_empty() { "none".to_owned() } else { token.to_owned() }
}
