//! Letters: the headers that matter, the text, and the files that came with it.

use super::html;
use super::lines::Lines;
use crate::document::Attachment;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use crate::limits;
use mail_parser::Message;
use mail_parser::MessageParser;
use mail_parser::MimeHeaders;
use mail_parser::PartType;

/// The text of a letter and of the files that came with it; letters in letters are opened
/// `depth` deep.
pub(super) fn read(bytes: &[u8], depth: usize) -> Result<Text, Problem> {
    let message = MessageParser::default().parse(bytes).ok_or(Problem::Truncated)?;
    let front_matter = headers(&message);
    let mut text = body(&message)?;
    text.attachments = attachments(&message, depth)?;
    text.front_matter = front_matter;
    Ok(text)
}

fn headers(message: &Message<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut state = |key: &str, value: Option<String>| {
        found.extend(value.map(|value| (key.to_owned(), value)));
    };
    state("subject", message.subject().map(str::to_owned));
    let from = message.from().and_then(|from| from.first());
    state("from", from.and_then(|from| from.address()).map(str::to_owned));
    state("sent", message.date().map(mail_parser::DateTime::to_rfc3339));
    found
}

/// The plain text where there is one, else the HTML as text.
fn body(message: &Message<'_>) -> Result<Text, Problem> {
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text),
        _ => None,
    });
    if let Some(plain) = plain {
        let mut lines = Lines::default();
        for (index, line) in plain.lines().enumerate() {
            let quoted = line.starts_with('>');
            let role = if quoted { Role::Furniture } else { Role::Text };
            lines.push(line, None, index + 1, role)?;
        }
        return Ok(Text { lines: lines.lines, ..Text::default() });
    }
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    page.map_or_else(|| Ok(Text::default()), |page| html::read(page))
}

fn attachments(message: &Message<'_>, depth: usize) -> Result<Vec<Attachment>, Problem> {
    let mut found = Vec::new();
    for (index, part) in message.attachments().enumerate() {
        if index >= limits::ATTACHMENTS_MAX {
            return Err(Problem::LimitPassed);
        }
        let nested = matches!(part.body, PartType::Message(_));
        let name = part.attachment_name().map(str::to_owned);
        let name = name.unwrap_or_else(|| {
            format!("attachment-{}{}", index + 1, if nested { ".eml" } else { "" })
        });
        let bytes = part.contents().to_vec();
        if !bytes.is_empty() {
            let text = match depth.checked_sub(1) {
                Some(depth) => super::within(&bytes, &name, depth),
                None => Err(Problem::LimitPassed),
            };
            found.push(Attachment { name, bytes, text });
        }
    }
    Ok(found)
}
