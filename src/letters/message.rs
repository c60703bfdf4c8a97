//! A rendered page as the exact bytes of a message (RFC 5322), by lettre's builder.
//!
//! Date, Message-ID and MIME boundaries come from the letter, never from a clock or from
//! chance: a retry sends the same bytes.

use lettre::Address;
use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::MessageBuilder;
use lettre::message::MultiPart;
use lettre::message::SinglePart;
use lettre::message::header::ContentDisposition;
use lettre::message::header::ContentType;
use lettre::message::header::HeaderName;
use lettre::message::header::HeaderValue;
use sha2::Digest as _;
use sha2::Sha256;
use std::fmt::Write as _;
use std::time::Duration;
use std::time::SystemTime;

use super::Body;
use super::Letter;
use super::Recipient;
use super::Sender;
use super::Unsendable;
use super::calendar_entry::CalendarEntry;
use super::calendar_entry::Method;
use super::header::HeaderText;
use super::header::ascii_token;
use super::token::Token;

/// What a message is made of beside its headers.
pub(crate) struct Parts<'a> {
    pub(crate) subject: &'a str,
    pub(crate) text: &'a str,
    pub(crate) html: &'a str,
    pub(crate) calendar: &'a [CalendarEntry],
}

/// The message's bytes, with CRLF line ends.
pub(crate) fn message(
    letter: &Letter,
    sender: &Sender,
    parts: &Parts<'_>,
    now: i64,
) -> Result<Vec<u8>, Unsendable> {
    let language = letter.to.language;
    let from = address(&sender.from).ok_or(Unsendable::Sender)?;
    let reply = match &sender.replies {
        Some(mailbox) => address(&token(letter, sender).reply_address(mailbox)),
        None => address(&sender.reply),
    };
    let reply = reply.ok_or(Unsendable::Sender)?;
    let to = address(&letter.to.address).ok_or(Unsendable::Recipient)?;
    let network = HeaderText::new(sender.network.read_in(language));
    let person = HeaderText::new(&letter.to.name);
    let seconds = u64::try_from(now).unwrap_or(0);
    let mut builder = Message::builder()
        .from(mailbox(network, from))
        .reply_to(Mailbox::new(None, reply.clone()))
        .to(mailbox(person, to))
        .subject(HeaderText::new(parts.subject).into_string())
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(message_id(letter, sender)));
    let thread = thread(letter, sender);
    if let Some(root) = thread.first() {
        builder = builder.in_reply_to(root.clone()).references(thread.join(" "));
    }
    with_marks(builder, letter, sender, &reply)
        .multipart(body(letter, parts))
        .map(|message| message.formatted())
        .map_err(|_| Unsendable::Recipient)
}

/// Why somebody gets it, for filters and for people: no verdict, no name in these.
fn with_marks(
    builder: MessageBuilder,
    letter: &Letter,
    sender: &Sender,
    reply: &Address,
) -> MessageBuilder {
    let organization = ascii_token(&letter.to.organization);
    let list = format!(
        "{} <{}.{}>",
        HeaderText::new(letter.to.organization_name.read_in(letter.to.language)).as_str(),
        organization.to_ascii_lowercase(),
        domain(sender)
    );
    let kind = letter.kind().code();
    let mut builder = builder
        .raw_header(header("List-Id", list))
        .raw_header(header("X-Mithaq-Kind", kind.to_owned()))
        .raw_header(header("X-Mithaq-Reason", ascii_token(&letter.to.role)))
        .raw_header(header(
            "List-Unsubscribe",
            format!("<mailto:{reply}?subject=unsubscribe%20{kind}%20{organization}>"),
        ))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Content-Language", letter.to.language.code().to_owned()));
    if let Body::Finding(finding) = &letter.body {
        let severity = super::phrases::severity_word(
            finding.rule.severity,
            crate::text::Language::English,
        );
        builder = builder.raw_header(header("X-Mithaq-Severity", severity.to_owned()));
    }
    builder
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn body(letter: &Letter, parts: &Parts<'_>) -> MultiPart {
    let boundary = |part: &str| format!("=_{part}_{}", digest(letter));
    let mut alternative = MultiPart::alternative()
        .boundary(boundary("alt"))
        .singlepart(SinglePart::plain(parts.text.to_owned()))
        .singlepart(SinglePart::html(parts.html.to_owned()));
    // An alternative is one thing; several entries are attached only.
    if let [entry] = parts.calendar {
        alternative = alternative.singlepart(
            SinglePart::builder().header(calendar_type(entry)).body(entry.to_ics()),
        );
    }
    if parts.calendar.is_empty() {
        return alternative;
    }
    let mixed = MultiPart::mixed().boundary(boundary("mix")).multipart(alternative);
    parts.calendar.iter().enumerate().fold(mixed, |mixed, (at, entry)| {
        let attachment = SinglePart::builder()
            .header(calendar_type(entry))
            .header(ContentDisposition::attachment(&calendar_name(entry, at)))
            .body(entry.to_ics());
        mixed.singlepart(attachment)
    })
}

fn calendar_type(entry: &CalendarEntry) -> ContentType {
    let method = entry.method.name();
    ContentType::parse(&format!("text/calendar; method={method}; charset=utf-8"))
        .expect("invariant: the calendar's content type is well formed")
}

/// ASCII, so that every mail program shows it; no two of a letter are alike.
fn calendar_name(entry: &CalendarEntry, at: usize) -> String {
    let what = match entry.method {
        Method::Publish => "deadline",
        Method::Cancel => "done",
    };
    let rule: String = ascii_token(&entry.rule).chars().take(60).collect();
    match at {
        0 => format!("{what}-{rule}.ics"),
        _ => format!("{what}-{rule}-{}.ics", at + 1),
    }
}

/// What the letter is called in the store and in the ledger: its Message-ID without the
/// token. Letters about a finding carry its id.
pub(crate) fn name(letter: &Letter, sender: &Sender) -> String {
    format!("<{}@{}>", local_name(letter), domain(sender))
}

/// The name with the letter's token, by which a reply is known.
pub(crate) fn message_id(letter: &Letter, sender: &Sender) -> String {
    format!("<{}.{}@{}>", local_name(letter), token(letter, sender), domain(sender))
}

fn local_name(letter: &Letter) -> String {
    match &letter.body {
        Body::Finding(finding) => finding_name(letter, &finding.id, finding.version),
        _ => format!("{}.{}", letter.kind().code(), digest(letter)),
    }
}

pub(crate) fn token(letter: &Letter, sender: &Sender) -> Token {
    match &letter.body {
        Body::Finding(finding) => {
            finding_token(letter, sender, &finding.id, finding.version)
        }
        _ => Token::of(sender.key, &identity(letter)),
    }
}

fn finding_token(letter: &Letter, sender: &Sender, id: &str, version: u32) -> Token {
    Token::of(sender.key, &["finding", &letter.to.address, id, &version.to_string()])
}

/// The messages before this one in its thread, oldest first.
fn thread(letter: &Letter, sender: &Sender) -> Vec<String> {
    let one = |id: &str, version| {
        let token = finding_token(letter, sender, id, version);
        let name = finding_name(letter, id, version);
        vec![format!("<{name}.{token}@{}>", domain(sender))]
    };
    match &letter.body {
        Body::Finding(finding) if finding.version > 1 => one(&finding.id, 1),
        Body::Resolved(resolved) => one(&resolved.id, 1),
        Body::Overdue(overdue) => one(&overdue.id, 1),
        Body::Flapping(unsteady) => one(&unsteady.id, 1),
        Body::Answer(answer) => {
            answer.finding.as_ref().map(|id| one(id, 1)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn finding_name(letter: &Letter, id: &str, version: u32) -> String {
    let person = hash(&[&letter.to.address]);
    let person: String = person.chars().take(8).collect();
    format!("finding.{}.v{version}.{person}", ascii_token(id))
}

/// Sixteen hexadecimal digits of what makes a letter unique.
fn digest(letter: &Letter) -> String {
    hash(&identity(letter)).chars().take(16).collect()
}

/// What no two letters share.
fn identity(letter: &Letter) -> [&str; 5] {
    let Recipient { organization, address, .. } = &letter.to;
    [organization, address, letter.kind().code(), &letter.subject_key, &letter.window]
}

pub(crate) fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let mut text = String::new();
    for byte in hasher.finalize() {
        write!(text, "{byte:02x}").expect("invariant: writing to a string succeeds");
    }
    text
}

fn mailbox(name: HeaderText, address: Address) -> Mailbox {
    let name = name.into_string();
    Mailbox::new((!name.is_empty()).then_some(name), address)
}

fn address(text: &str) -> Option<Address> {
    let plain = !text.chars().any(|one| one.is_control() || one.is_whitespace());
    plain.then(|| text.parse().ok()).flatten()
}

/// The sender's domain in ASCII: part of ids, never of an address.
pub(crate) fn domain(sender: &Sender) -> String {
    let domain: String = sender
        .domain
        .chars()
        .filter(|character| {
            character.is_ascii_alphanumeric() || ".-".contains(*character)
        })
        .collect();
    if domain.is_empty() { "mithaq.invalid".to_owned() } else { domain }
}
