//! Letters: the headers that matter, the text, and the files that came with it.

use super::enclosed::Files;
use super::html;
use super::lines::Lines;
use crate::document::Enclosed;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use crate::limits;
use mail_parser::Message;
use mail_parser::MessageParser;
use mail_parser::MessagePart;
use mail_parser::MimeHeaders;
use mail_parser::PartType;

/// The text of a letter, and the files that came with it unopened.
pub(super) fn read(bytes: &[u8]) -> Result<Text, Problem> {
    let message = MessageParser::default().parse(bytes).ok_or(Problem::Truncated)?;
    let front_matter = headers(&message);
    let mut text = body(&message)?;
    text.enclosed = enclosed(&message)?;
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

/// The files that came with a letter, letters among them. What only dresses or proves the
/// letter is none: the pictures of a signature, the signature itself.
fn enclosed(message: &Message<'_>) -> Result<Vec<Enclosed>, Problem> {
    let mut files = Files::at_most(limits::ATTACHMENTS_MAX);
    for (index, part) in message.attachments().enumerate() {
        if part.contents().is_empty() || is_dress(part) || is_proof(part) {
            continue;
        }
        let nested = matches!(part.body, PartType::Message(_));
        let name = part.attachment_name().map(str::to_owned);
        let name = name.unwrap_or_else(|| {
            format!("attachment-{}{}", index + 1, if nested { ".eml" } else { "" })
        });
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        files.add(name, part.contents().to_vec())?;
    }
    Ok(files.all)
}

/// A picture that the letter shows and does not bring: small or shown by its text, and not
/// marked as an attachment.
fn is_dress(part: &MessagePart<'_>) -> bool {
    let picture = part.content_type().is_some_and(|kind| kind.ctype() == "image");
    let brought =
        part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
    let shown = part.content_id().is_some();
    let small = part.contents().len() <= limits::LETTER_PICTURE_BYTES_MAX;
    picture && !brought && (shown || small)
}

/// A signature or certificate that a mail program added.
fn is_proof(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type().and_then(|kind| kind.subtype());
    kind.is_some_and(|kind| {
        matches!(kind, "pgp-signature" | "pkcs7-signature" | "x-pkcs7-signature")
    })
}
