//! Letters: what to tell whom, and how it reads in each language.
//!
//! Owns the data of every kind of letter and its rendering to subject, plain text, HTML,
//! calendar entry and exact message bytes. Knows no clock, no disk and no mail server: the
//! same letter rendered twice gives the same bytes.

use crate::calendar::Day;
use crate::text::Bilingual;
use crate::text::Language;
use std::fmt;

mod answer;
pub mod body;
mod calendar_entry;
mod digest;
mod due;
mod finding;
pub mod header;
pub mod hours;
mod html;
mod index_delta;
mod message;
mod notice;
mod page;
mod phrases;
mod plain;
mod problem;
pub mod quoted;
mod receipt;
pub mod timing;
pub mod token;
mod unsteady;
mod waiver;
mod words;

pub use body::Body;
use page::Page;
pub(crate) use phrases::severity_word;
use token::Token;
use token::TokenKey;

/// One letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: Recipient,
    /// What it is about: finding id and version, burst id, rulebook … Letters are unique by
    /// organization, recipient, kind, subject key and window.
    pub subject_key: String,
    /// A week, a month or a day for letters that recur; empty for letters about findings.
    pub window: String,
    pub body: Body,
}

/// Who receives a letter, as the organization's register has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The organization's id: its folder's name.
    pub organization: String,
    pub organization_name: Bilingual,
    pub name: String,
    pub address: String,
    /// The post: a vocabulary name such as `secretary`, or the register's own words.
    pub role: String,
    pub language: Language,
}

/// Whom letters come from.
#[derive(Clone, Debug)]
pub struct Sender {
    pub network: Bilingual,
    pub from: String,
    /// Where replies go: a person reads them.
    pub reply: String,
    /// The mailbox that this program reads, which replies then go to instead, each with its
    /// letter's token.
    pub replies: Option<String>,
    /// What tokens are made with.
    pub key: TokenKey,
    /// The domain of Message-IDs and list ids.
    pub domain: String,
    /// In which the clock times of letters are told.
    pub zone: jiff::tz::TimeZone,
}

/// A letter in its final form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// As it stands in the message: with the token.
    pub message_id: String,
    /// What the store and the ledger call it.
    pub name: String,
    pub token: Token,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Calendar objects, each of one entry.
    pub ics: Vec<String>,
    /// The exact bytes of the message, CRLF line ends, complete.
    pub eml: Vec<u8>,
}

/// Which address no message can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsendable {
    Recipient,
    Sender,
}

/// The kinds, in the order in which a queue lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LetterKind {
    Receipt,
    Problem,
    Finding,
    Resolved,
    DueSoon,
    Overdue,
    Digest,
    OfficerSummary,
    IndexDelta,
    MethodNotice,
    FirstSummary,
    HostHealth,
    /// Somebody answered a letter: to whom it concerns, and back to them.
    Answer,
    /// An address to which letters do not come through: to the officer.
    Undeliverable,
    /// A waiver that ends soon.
    WaiverEnding,
    /// A finding that opens and closes again and again: to the officer.
    Flapping,
    /// Proves that letters arrive; tells nothing.
    Test,
}

/// Renders a letter. `now` (Unix seconds) becomes its `Date`; the same letter and the same
/// `now` give the same bytes.
///
/// # Errors
/// When an address is not one; whoever reads registers refuses such addresses earlier.
pub fn render(
    letter: &Letter,
    sender: &Sender,
    now: i64,
) -> Result<Rendered, Unsendable> {
    let language = letter.to.language;
    let mut page = page(letter, sender);
    let subject = plain::without_isolates(&page.subject, language);
    page.subject = header::HeaderText::new(&subject).into_string();
    let network = words::clean(sender.network.read_in(language));
    let text = plain::plain_text(&page);
    let html = html::html(&page, &network);
    let entries = due::entries(letter, sender, now);
    let parts = message::Parts {
        subject: &page.subject,
        text: &text,
        html: &html,
        calendar: &entries,
    };
    let eml = message::message(letter, sender, &parts, now)?;
    let message_id = message::message_id(letter, sender);
    let name = message::name(letter, sender);
    let token = message::token(letter, sender);
    let ics = entries.iter().map(calendar_entry::CalendarEntry::to_ics).collect();
    Ok(Rendered { message_id, name, token, subject: page.subject, text, html, ics, eml })
}

fn page(letter: &Letter, sender: &Sender) -> Page {
    match &letter.body {
        Body::Receipt(body) => receipt::page(letter, body, sender),
        Body::Problem(body) => problem::page(letter, body),
        Body::Finding(body) => finding::page(letter, body),
        Body::Resolved(body) => finding::resolved_page(letter, body),
        Body::DueSoon(body) => due::due_soon_page(letter, body),
        Body::Overdue(body) => due::overdue_page(letter, body),
        Body::Digest(body) => digest::page(letter, body),
        Body::OfficerSummary(body) => digest::officer_page(letter, body),
        Body::IndexDelta(body) => index_delta::page(letter, body),
        Body::MethodNotice(body) => notice::method_page(letter, body),
        Body::FirstSummary(body) => digest::first_page(letter, body),
        Body::HostHealth(body) => notice::host_page(letter, body, sender),
        Body::Answer(body) => answer::page(letter, body),
        Body::Undeliverable(body) => answer::undeliverable_page(letter, body),
        Body::WaiverEnding(body) => waiver::page(letter, body),
        Body::Flapping(body) => unsteady::page(letter, body),
        Body::Test => notice::test_page(letter, sender),
    }
}

impl Sender {
    /// The day and the time of day (`10:02`) of an instant, in the sender's zone.
    pub(crate) fn local(&self, seconds: i64) -> (Day, String) {
        let instant = jiff::Timestamp::from_second(seconds).unwrap_or_default();
        let local = instant.to_zoned(self.zone.clone());
        let day = Day::parse(&local.date().to_string()).unwrap_or_default();
        (day, format!("{:02}:{:02}", local.hour(), local.minute()))
    }
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unsendable::Recipient => "the recipient's address is not an address",
            Unsendable::Sender => "the sender's address is not an address",
        })
    }
}

impl Letter {
    /// Leaves the calendar alone where nothing of its entries was sent: `is_known` says so of
    /// the subject key of the letter that would have brought it.
    pub fn keep_dates(&mut self, is_known: &dyn Fn(&str) -> bool) {
        match &mut self.body {
            Body::Receipt(receipt) => receipt.done.retain(|dated| is_known(&dated.key)),
            Body::Resolved(resolved) => {
                resolved.dated =
                    resolved.dated.take().filter(|dated| is_known(&dated.key));
            }
            _ => {}
        }
    }

    /// The subject keys of the letters whose due days this one takes away.
    pub fn takes_away(&self) -> Vec<String> {
        let dated: &[body::Dated] = match &self.body {
            Body::Receipt(receipt) => &receipt.done,
            Body::Resolved(resolved) => resolved.dated.as_slice(),
            _ => &[],
        };
        dated.iter().map(|dated| dated.key.clone()).collect()
    }

    pub fn kind(&self) -> LetterKind {
        match self.body {
            Body::Receipt(_) => LetterKind::Receipt,
            Body::Problem(_) => LetterKind::Problem,
            Body::Finding(_) => LetterKind::Finding,
            Body::Resolved(_) => LetterKind::Resolved,
            Body::DueSoon(_) => LetterKind::DueSoon,
            Body::Overdue(_) => LetterKind::Overdue,
            Body::Digest(_) => LetterKind::Digest,
            Body::OfficerSummary(_) => LetterKind::OfficerSummary,
            Body::IndexDelta(_) => LetterKind::IndexDelta,
            Body::MethodNotice(_) => LetterKind::MethodNotice,
            Body::FirstSummary(_) => LetterKind::FirstSummary,
            Body::HostHealth(_) => LetterKind::HostHealth,
            Body::Answer(_) => LetterKind::Answer,
            Body::Undeliverable(_) => LetterKind::Undeliverable,
            Body::WaiverEnding(_) => LetterKind::WaiverEnding,
            Body::Flapping(_) => LetterKind::Flapping,
            Body::Test => LetterKind::Test,
        }
    }
}

impl LetterKind {
    /// The name in headers, rows and JSON.
    pub fn code(self) -> &'static str {
        match self {
            LetterKind::Receipt => "receipt",
            LetterKind::Problem => "problem",
            LetterKind::Finding => "finding",
            LetterKind::Resolved => "resolved",
            LetterKind::DueSoon => "due_soon",
            LetterKind::Overdue => "overdue",
            LetterKind::Digest => "digest",
            LetterKind::OfficerSummary => "officer_summary",
            LetterKind::IndexDelta => "index_delta",
            LetterKind::MethodNotice => "method_notice",
            LetterKind::FirstSummary => "first_summary",
            LetterKind::HostHealth => "host_health",
            LetterKind::Answer => "answer",
            LetterKind::Undeliverable => "undeliverable",
            LetterKind::WaiverEnding => "waiver_ending",
            LetterKind::Flapping => "flapping",
            LetterKind::Test => "test",
        }
    }

    /// Whether a second copy would mislead: held for a person when its fate is uncertain.
    pub fn never_repeats(self) -> bool {
        matches!(
            self,
            LetterKind::Digest | LetterKind::OfficerSummary | LetterKind::MethodNotice
        )
    }
}
