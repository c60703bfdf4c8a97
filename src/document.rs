//! A paper and what it states: kinds with their confidence, facts with their passages.
//!
//! Filled by `extract` (text with places) and `recognise` (kinds and facts). Knows neither
//! the disk nor any rule.

use crate::calendar::{Day, Period};

/// A SHA-256, the identity of content everywhere; printed in lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Sha256(pub [u8; 32]);

/// A paper's text in logical order, with where each line stood.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, Default, PartialEq, Eq)]
pub struct Text {
    pub lines: Vec<Line>,
    /// What the format itself states (title, author, created …), in the file's order.
    pub properties: Vec<(String, String)>,
    /// What the author states in front of the text (Markdown front matter, the headers of a
    /// letter), in the file's order; keys in lower case.
    pub front_matter: Vec<(String, String)>,
    /// How the text was obtained.
    pub method: Method,
    /// Files that came inside this one: each is a paper of its own, and not read with it.
    pub enclosed: Vec<Enclosed>,
    /// Whether a limit left out some of it: what the rest says is not known.
    pub cut: bool,
    /// Pages without text of their own, though others have some: pictures, and layers that
    /// are no language.
    pub sick: Vec<u32>,
    /// Of those, the ones whose layer was left out, for it is no language.
    pub broken: Vec<u32>,
    /// Of those, the ones that were recognised, and how surely.
    pub recognised: Vec<(u32, Method)>,
}

impl Text {
    /// Whether a page had text that nobody could read, not even as a picture.
    pub fn lost_a_page(&self) -> bool {
        let recognised = |page: &u32| self.recognised.iter().any(|(one, _)| one == page);
        !self.broken.iter().all(recognised)
    }
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, Default, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// From 1; `None` where the format has no pages.
    pub page: Option<u32>,
    /// From 1: the line, paragraph or row of the page or file.
    pub number: u32,
    pub role: Role,
}

/// What a line is to the paper.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    serde::Serialize,
    serde::Deserialize,
    Default,
)]
pub enum Role {
    #[default]
    Text,
    /// A heading, by its depth from 1: in the format's own words or by its looks.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A ticked box: `[x]`.
    Ticked,
    /// An empty box: `[ ]`.
    Unticked,
    /// Repeated at the top or the foot of pages.
    Furniture,
    /// Printed invisibly: kept, but no evidence of anything.
    Hidden,
}

/// A file that came inside another: attached to a letter, packed into an archive.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, PartialEq, Eq)]
pub struct Enclosed {
    /// Unique within its carrier; an archive's folders stand before it, parted by `/`.
    pub name: String,
    /// Its content; a worker passes it on behind the text, not in it.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// How a text or a fact was obtained; later ones outrank earlier ones.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    serde::Serialize,
    serde::Deserialize,
    Default,
)]
pub enum Method {
    FileName,
    Property,
    /// Optical recognition, with what it says of itself in thousandths.
    Ocr(u16),
    #[default]
    Body,
    FrontMatter,
    /// Stated by a person beside the paper: a sidecar or `organization.toml`.
    Stated,
    /// Stated by a person of a paper on record, with who and when.
    Corrected,
}

impl Method {
    /// Whether a person said it, outside the paper.
    pub fn is_of_a_person(self) -> bool {
        matches!(self, Method::Stated | Method::Corrected)
    }
}

/// Where every file ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadState {
    Understood,
    /// Text was read, but its kind or its date was not decided; says what.
    NeedsALook(Problem),
    /// The paper is none of the kinds that any rule speaks of.
    NoneOfOurs,
    /// It could not be read; says why.
    NotAccepted(Problem),
}

/// Why a paper was not understood or not accepted.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Problem {
    Empty,
    Truncated,
    Encrypted,
    TooLarge,
    UnknownFormat,
    /// The text layer is missing: a scan.
    NoText,
    /// The text layer is there and is no language.
    BrokenText,
    /// A limit of the reader (depth, entries, time, memory) was passed.
    LimitPassed,
    /// The reader died or was stopped.
    ReaderFailed,
    KindUnsure,
    DateMissing,
    /// Two dates, or a date and its weekday, disagree.
    DateContradicts,
    /// A copy that a synchronisation tool made of a file changed twice.
    ConflictCopy,
    /// It names another organization as its own.
    WrongFolder,
    /// A person had it erased.
    Forgotten,
}

/// What was understood of one paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    pub state: ReadState,
    /// Share of words found in a lexicon, in thousandths.
    pub text_health: u16,
    /// The best three, best first.
    pub kinds: Vec<KindGuess>,
    pub facts: Vec<Fact>,
}

impl Reading {
    /// What is known of a paper that could not be read.
    pub fn not_accepted(problem: Problem) -> Reading {
        Reading {
            state: ReadState::NotAccepted(problem),
            text_health: 0,
            kinds: Vec::new(),
            facts: Vec::new(),
        }
    }
}

/// A kind by its name in the vocabulary (`board_minutes`), or `none_of_ours`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KindGuess {
    pub kind: String,
    /// Thousandths.
    pub confidence: u16,
}

/// One thing that a paper states.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    pub name: FactName,
    pub value: Value,
    /// Facts about one meeting (or one declaration, one person) share a number; minutes of
    /// two meetings give two groups. From 0.
    pub group: u16,
    pub method: Method,
    /// Thousandths.
    pub confidence: u16,
    /// `None` when the fact stands in the file's name or properties.
    pub passage: Option<Passage>,
}

/// The words that state a fact, as they stand: at most 240 characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    pub page: Option<u32>,
    pub line: u32,
    pub text: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    Day(Day),
    Period(Period),
    Number(i64),
    Yes,
    No,
    /// Present, of members in office where stated.
    Attendance {
        present: u16,
        of: Option<u16>,
    },
    Money {
        amount: i64,
        currency: [u8; 3],
    },
    /// A person, with the post as a role's vocabulary name where known.
    Person {
        name: String,
        role: Option<String>,
    },
    /// A vocabulary name: a body, an authority, an opinion.
    Term(String),
    Text(String),
}

/// The facts that readers give. `docs/facts.md` says which kinds give which.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FactName {
    /// The body that met or that the paper is of: [`Value::Term`] or, when the vocabulary
    /// and the organization's own names do not know it, [`Value::Text`].
    Body,
    MeetingDate,
    /// Whether the meeting took place: cancelled and postponed ones say no.
    MeetingHeld,
    MeetingNumber,
    Attendance,
    QuorumMet,
    /// Members in office.
    MemberCount,
    FiscalYearEnd,
    /// The period that the paper covers.
    Covers,
    Auditor,
    Opinion,
    DateSigned,
    DatePublished,
    DateAdopted,
    AdoptedBy,
    DateReviewed,
    ReviewDue,
    DateSubmitted,
    SubmittedTo,
    ValidFrom,
    ValidUntil,
    RegistrationNumber,
    /// Somebody who holds a post, attended or declared.
    Person,
    Declarant,
    /// Who signed: [`Value::Person`], or [`Value::Term`] for a post without a name.
    SignedBy,
    /// How many signed, where the names are not read.
    Signatures,
    /// Somebody in the list of a body's members: all of them together are the body.
    Member,
    /// The day of the first call, for a meeting that was called again.
    FirstCall,
    /// An item asked for by a rule's `contains:` is there: [`Value::Text`] is its key.
    Contains,
    Income,
    /// The date the paper itself bears, when nothing says what it is the date of.
    DocumentDate,
    Title,
    /// The organization that it is of by its own words, when that is not its folder's:
    /// [`Value::Term`] with the organization's id.
    Organization,
    /// The last day of the mandate of the body.
    MandateEnd,
    /// A sentence that says what happened on a day: [`Value::Text`].
    Happened,
}

impl Problem {
    /// Every one, in the order of declaration.
    pub const ALL: [Problem; 15] = [
        Problem::Empty,
        Problem::Truncated,
        Problem::Encrypted,
        Problem::TooLarge,
        Problem::UnknownFormat,
        Problem::NoText,
        Problem::BrokenText,
        Problem::LimitPassed,
        Problem::ReaderFailed,
        Problem::KindUnsure,
        Problem::DateMissing,
        Problem::DateContradicts,
        Problem::ConflictCopy,
        Problem::WrongFolder,
        Problem::Forgotten,
    ];

    /// The name in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Problem::Empty => "empty",
            Problem::Truncated => "truncated",
            Problem::Encrypted => "encrypted",
            Problem::TooLarge => "too_large",
            Problem::UnknownFormat => "unknown_format",
            Problem::NoText => "no_text",
            Problem::BrokenText => "broken_text",
            Problem::LimitPassed => "limit_passed",
            Problem::ReaderFailed => "reader_failed",
            Problem::KindUnsure => "kind_unsure",
            Problem::DateMissing => "date_missing",
            Problem::DateContradicts => "date_contradicts",
            Problem::ConflictCopy => "conflict_copy",
            Problem::WrongFolder => "wrong_folder",
            Problem::Forgotten => "forgotten",
        }
    }

    pub fn from_name(name: &str) -> Option<Problem> {
        Problem::ALL.into_iter().find(|item| item.name() == name)
    }
}

impl FactName {
    /// Every one, in the order of declaration.
    pub const ALL: [FactName; 35] = [
        FactName::Body,
        FactName::MeetingDate,
        FactName::MeetingHeld,
        FactName::MeetingNumber,
        FactName::Attendance,
        FactName::QuorumMet,
        FactName::MemberCount,
        FactName::FiscalYearEnd,
        FactName::Covers,
        FactName::Auditor,
        FactName::Opinion,
        FactName::DateSigned,
        FactName::DatePublished,
        FactName::DateAdopted,
        FactName::AdoptedBy,
        FactName::DateReviewed,
        FactName::ReviewDue,
        FactName::DateSubmitted,
        FactName::SubmittedTo,
        FactName::ValidFrom,
        FactName::ValidUntil,
        FactName::RegistrationNumber,
        FactName::Person,
        FactName::Declarant,
        FactName::SignedBy,
        FactName::Signatures,
        FactName::Member,
        FactName::FirstCall,
        FactName::Contains,
        FactName::Income,
        FactName::DocumentDate,
        FactName::Title,
        FactName::Organization,
        FactName::MandateEnd,
        FactName::Happened,
    ];

    /// The name in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            FactName::Body => "body",
            FactName::MeetingDate => "meeting_date",
            FactName::MeetingHeld => "meeting_held",
            FactName::MeetingNumber => "meeting_number",
            FactName::Attendance => "attendance",
            FactName::QuorumMet => "quorum_met",
            FactName::MemberCount => "member_count",
            FactName::FiscalYearEnd => "fiscal_year_end",
            FactName::Covers => "covers",
            FactName::Auditor => "auditor",
            FactName::Opinion => "opinion",
            FactName::DateSigned => "date_signed",
            FactName::DatePublished => "date_published",
            FactName::DateAdopted => "date_adopted",
            FactName::AdoptedBy => "adopted_by",
            FactName::DateReviewed => "date_reviewed",
            FactName::ReviewDue => "review_due",
            FactName::DateSubmitted => "date_submitted",
            FactName::SubmittedTo => "submitted_to",
            FactName::ValidFrom => "valid_from",
            FactName::ValidUntil => "valid_until",
            FactName::RegistrationNumber => "registration_number",
            FactName::Person => "person",
            FactName::Declarant => "declarant",
            FactName::SignedBy => "signed_by",
            FactName::Signatures => "signatures",
            FactName::Member => "member",
            FactName::FirstCall => "first_call",
            FactName::Contains => "contains",
            FactName::Income => "income",
            FactName::DocumentDate => "document_date",
            FactName::Title => "title",
            FactName::Organization => "organization",
            FactName::MandateEnd => "mandate_end",
            FactName::Happened => "happened",
        }
    }

    pub fn from_name(name: &str) -> Option<FactName> {
        FactName::ALL.into_iter().find(|item| item.name() == name)
    }
}

impl Sha256 {
    /// The hash of nothing that can be found: what a chain begins with.
    pub const ZERO: Sha256 = Sha256([0; 32]);

    /// From 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Sha256> {
        let digits: Option<Vec<u8>> = text
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let (pairs, _) = digits.as_deref()?.as_chunks::<2>();
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        let whole = text.len() == 64;
        whole.then_some(bytes).and_then(|bytes| bytes.try_into().ok()).map(Sha256)
    }
}

impl std::fmt::Display for Sha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
