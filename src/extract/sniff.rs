//! What format a file is in, by its content first.

use crate::document::Problem;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Plain,
    Markdown,
}

/// The format of a file. The name counts only between kinds of text.
pub(super) fn format_of(bytes: &[u8], name: &str) -> Result<Format, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::Empty);
    }
    if is_binary(bytes) {
        return Err(Problem::UnknownFormat);
    }
    let markdown = matches!(extension(name).as_str(), "md" | "markdown" | "mkd");
    Ok(if markdown || bytes.starts_with(b"---\n") {
        Format::Markdown
    } else {
        Format::Plain
    })
}

/// The last extension of a name, in lower case; empty when there is none.
pub(super) fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, last)| last.to_lowercase()).unwrap_or_default()
}

/// Text has no NUL in its first kilobytes unless it is UTF-16, which has a mark or a
/// pattern of its own.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let controls =
        head.iter().filter(|&&byte| byte < 9 || (14..32).contains(&byte)).count();
    !marked && (head.contains(&0) || controls * 20 > head.len())
}
