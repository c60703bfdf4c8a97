//! A received message taken apart: its writer, the letter it names, what it is.

use mail_parser::HeaderValue;
use mail_parser::Message;
use mail_parser::MessageParser;
use mail_parser::PartType;

use super::bounce;
use super::bounce::{Failure, Report};
use super::word::{Word, first_word};
use crate::letters::header::HeaderText;
use crate::letters::token::Token;
use crate::limits;

/// What is known of a message by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its own Message-ID; the same message is taken once.
    pub id: Option<String>,
    /// The address in `From`, the only one; `None` where there is none or several.
    pub from: Option<String>,
    /// The tokens of letters that it carries, the surest first.
    pub tokens: Vec<Token>,
    pub nature: Nature,
}

/// Who wrote it, and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A person did.
    Written {
        word: Option<Word>,
        /// The first lines, one harmless line.
        said: String,
    },
    /// A mail server did: our letter did not arrive.
    Returned(Failure),
    /// A machine did, or we ourselves: out of office, a list, a report of no failure.
    Automatic,
}

/// Takes a message apart. `to` are the addresses that the mail server delivered it to, where
/// it says so. A message that cannot be read is a written one that says nothing.
pub fn read(raw: &[u8], to: &[String]) -> Received {
    let Some(message) = MessageParser::default().parse(raw) else {
        let nature = Nature::Written { word: None, said: String::new() };
        return Received { id: None, from: None, tokens: Vec::new(), nature };
    };
    let addressed = addressed(&message, to);
    let returned = addressed.iter().any(|(_, bounce)| *bounce);
    let mut tokens: Vec<Token> = addressed.into_iter().map(|(token, _)| token).collect();
    for token in referred(&message) {
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    }
    tokens.truncate(limits::ANSWER_TOKENS_MAX);
    Received {
        id: message.message_id().map(|id| HeaderText::new(id).into_string()),
        from: writer(&message),
        tokens,
        nature: nature(&message, returned),
    }
}

fn nature(message: &Message<'_>, to_bounces: bool) -> Nature {
    match bounce::report(message) {
        Some(Report::Failed(failure)) => return Nature::Returned(failure),
        Some(Report::Other) => return Nature::Automatic,
        None => {}
    }
    if is_automatic(message) {
        return Nature::Automatic;
    }
    if to_bounces {
        return Nature::Returned(bounce::unreadable(message));
    }
    let lines = own_lines(message);
    let subject = message.subject().unwrap_or_default();
    // A mail program that takes somebody off a list writes the subject alone.
    let first = lines.first().map_or(subject, String::as_str);
    let said = lines.join(" ");
    Nature::Written { word: first_word(first), said: clipped(&said) }
}

/// The one address in `From`.
fn writer(message: &Message<'_>) -> Option<String> {
    let mut all = message.from()?.iter();
    let one = all.next()?.address()?.to_lowercase();
    all.next().is_none().then_some(one)
}

/// Tokens in the addresses that it went to, and whether they are for bounces. The envelope
/// is asked first; headers may name others.
fn addressed(message: &Message<'_>, to: &[String]) -> Vec<(Token, bool)> {
    let mut found: Vec<(Token, bool)> =
        to.iter().filter_map(|address| Token::in_address(address)).collect();
    for name in ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"] {
        found.extend(stated(message, name).filter_map(Token::in_address));
    }
    for list in [message.to(), message.cc()].into_iter().flatten() {
        let addresses = list.iter().filter_map(|one| one.address());
        found.extend(addresses.filter_map(Token::in_address));
    }
    found
}

/// What the headers of a name say, as they were written.
fn stated<'m>(message: &'m Message<'_>, name: &'m str) -> impl Iterator<Item = &'m str> {
    let named = message.headers_raw().filter(|(is, _)| is.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.trim())
}

/// Tokens in the Message-IDs that it refers to: our letter's first, then its thread's. A
/// report brings the letter itself, or its headers.
fn referred(message: &Message<'_>) -> Vec<Token> {
    let mut found = Vec::new();
    ids(message.in_reply_to(), &mut found);
    let mut references = Vec::new();
    ids(message.references(), &mut references);
    found.extend(references.into_iter().rev());
    for part in &message.parts {
        match &part.body {
            PartType::Message(inner) => {
                found.extend(inner.message_id().and_then(Token::in_message_id));
            }
            PartType::Text(_) | PartType::Binary(_) if is_headers(part) => {
                let inner = MessageParser::default().parse(part.contents());
                let id = inner.as_ref().and_then(|inner| inner.message_id());
                found.extend(id.and_then(Token::in_message_id));
            }
            _ => {}
        }
    }
    found
}

/// `text/rfc822-headers`: a report without the letter's text.
fn is_headers(part: &mail_parser::MessagePart<'_>) -> bool {
    use mail_parser::MimeHeaders as _;
    part.content_type().and_then(|kind| kind.subtype()).is_some_and(|sub| {
        sub.eq_ignore_ascii_case("rfc822-headers")
            || sub.eq_ignore_ascii_case("global-headers")
    })
}

fn ids(value: &HeaderValue<'_>, found: &mut Vec<Token>) {
    match value {
        HeaderValue::Text(id) => found.extend(Token::in_message_id(id)),
        HeaderValue::TextList(all) => {
            found.extend(all.iter().filter_map(|id| Token::in_message_id(id)));
        }
        _ => {}
    }
}

/// RFC 3834 and what programs did before it; lists; and letters like our own, so that two
/// networks that answer each other stop at once.
fn is_automatic(message: &Message<'_>) -> bool {
    let says = |name: &str| stated(message, name).next().map(str::to_ascii_lowercase);
    let automatic = says("Auto-Submitted").is_some_and(|value| value != "no");
    let bulk = says("Precedence").is_some_and(|value| {
        ["bulk", "junk", "list", "auto_reply", "auto-reply"].contains(&value.as_str())
    });
    let marks =
        ["X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Mithaq-Kind", "List-Id"];
    let marked = marks.into_iter().any(|name| says(name).is_some());
    let returned = says("Return-Path").is_some_and(|path| path == "<>");
    automatic || bulk || marked || returned || is_machine(message)
}

fn is_machine(message: &Message<'_>) -> bool {
    let Some(writer) = writer(message) else { return false };
    let local = writer.split('@').next().unwrap_or_default();
    ["mailer-daemon", "postmaster", "noreply", "no-reply", "do-not-reply"]
        .contains(&local)
}

/// The first lines that the writer wrote: nothing quoted, nothing of the letter below.
fn own_lines(message: &Message<'_>) -> Vec<String> {
    let text = message.body_text(0).unwrap_or_default();
    let mut lines = Vec::new();
    for line in text.lines().take(limits::ANSWER_LINES_MAX) {
        let line = HeaderText::new(line).into_string();
        if line.starts_with('>') || is_divider(&line) {
            break;
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// What mail programs write between a reply and the letter that it answers.
fn is_divider(line: &str) -> bool {
    let ends = line.ends_with(':');
    line == "--"
        || line.starts_with("-----")
        || line.starts_with("_____")
        || (ends && line.contains('@'))
        || (ends && line.starts_with("On ") && line.contains("wrote"))
        || (ends && line.contains("كتب"))
}

fn clipped(text: &str) -> String {
    HeaderText::new(&text.chars().take(limits::ANSWER_CHARS_MAX).collect::<String>())
        .into_string()
}
