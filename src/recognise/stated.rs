//! What a person states of a paper: by correcting what is on record of it, in a sidecar
//! beside it, or in its front matter.
//!
//! ```toml
//! kind = "board_minutes"
//! meeting_date = 2026-03-05
//! body = "board"
//! attendance = "7 of 9"
//! ```
//! Keys are the names of facts, `kind`, and `date` for the one date that matters; in Arabic
//! as well. What is stated outranks what is read, and both are kept.

use super::Context;
use super::attendance;
use super::dates;
use super::dates::Order;
use super::found::Facts;
use super::found::Source;
use crate::calendar::{Day, Period};
use crate::document::FactName;
use crate::document::Method;
use crate::document::Value;
use crate::text;

/// What is stated beside a paper.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sidecar {
    /// The keys and values of a sidecar, in the file's order.
    pub entries: Vec<(String, String)>,
    /// Those that corrections state: each key once, with what was stated last. They outrank
    /// the sidecar's.
    pub corrections: Vec<(String, String)>,
}

/// Why a statement is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// No fact has this name.
    Name,
    /// There is no such kind of paper.
    Kind,
    /// The value has not the shape of this fact's.
    Value(FactName),
}

/// Whether one thing may be stated, and the name that it is stated under: that of a fact,
/// `kind` or `date`.
///
/// # Errors
/// What does not fit.
pub fn checked(context: &Context<'_>, key: &str, value: &str) -> Result<String, Unfit> {
    let key = canonical(key);
    let name = match key.as_str() {
        "kind" => return known_kind(context, value).map(|_| key).ok_or(Unfit::Kind),
        "date" => FactName::DocumentDate,
        "held" => FactName::MeetingHeld,
        "members" => FactName::Member,
        other => FactName::from_name(other).ok_or(Unfit::Name)?,
    };
    if name == FactName::Title {
        return Err(Unfit::Name);
    }
    let fits = match name {
        FactName::Body | FactName::AdoptedBy => {
            let words = super::paper::words(&text::key(value));
            super::bodies::named_in(&words, context).is_some()
        }
        _ => self::value(name, value.trim(), context).is_some(),
    };
    if fits { Ok(key) } else { Err(Unfit::Value(name)) }
}

/// Keys in Arabic, folded, and other keys that authors use; and what they are here.
const OTHER_KEYS: [(&str, &str); 27] = [
    ("adopted", "date_adopted"),
    ("adopted on", "date_adopted"),
    ("approved on", "date_adopted"),
    ("last reviewed", "date_reviewed"),
    ("النوع", "kind"),
    ("نوع المستند", "kind"),
    ("تاريخ الاجتماع", "meeting_date"),
    ("الهييه", "body"),
    ("رقم الاجتماع", "meeting_number"),
    ("الحضور", "attendance"),
    ("نهايه السنه الماليه", "fiscal_year_end"),
    ("تاريخ الاعتماد", "date_adopted"),
    ("تاريخ النشر", "date_published"),
    ("تاريخ التوقيع", "date_signed"),
    ("صالح حتي", "valid_until"),
    ("تاريخ المراجعه", "date_reviewed"),
    ("تاريخ التقديم", "date_submitted"),
    ("الفتره", "covers"),
    ("نهايه الولايه", "mandate_end"),
    ("حدث", "happened"),
    ("ما حدث", "happened"),
    ("وقعه", "signed_by"),
    ("عدد التواقيع", "signatures"),
    ("الاعضاء", "members"),
    ("الدعوه الاولي", "first_call"),
    ("المقر", "declarant"),
    ("النصاب", "quorum_met"),
];

impl Sidecar {
    /// The entries of a sidecar's text. Tables inside it are taken as one list of entries.
    ///
    /// # Errors
    /// What is wrong with the TOML, in the parser's words, for the person who wrote it.
    pub fn parse(source: &str) -> Result<Sidecar, String> {
        let table: toml::Table = source
            .parse()
            .map_err(|error: toml::de::Error| error.message().to_owned())?;
        let mut entries = Vec::new();
        flatten(&table, &mut entries);
        Ok(Sidecar { entries, corrections: Vec::new() })
    }
}

fn flatten(table: &toml::Table, entries: &mut Vec<(String, String)>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => flatten(inner, entries),
            toml::Value::String(text) => entries.push((key.clone(), text.clone())),
            // Each thing that happened is a statement of its own.
            toml::Value::Array(items)
                if text::key(key).contains("happened")
                    || text::key(key).contains("حدث") =>
            {
                entries.extend(items.iter().map(|item| (key.clone(), plain(item))));
            }
            toml::Value::Array(items) => {
                let items: Vec<String> = items.iter().map(plain).collect();
                entries.push((key.clone(), items.join(", ")));
            }
            other => entries.push((key.clone(), plain(other))),
        }
    }
}

fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The kind that is stated, if it is one that is known.
pub(super) fn kind(context: &Context<'_>) -> Option<(String, Method)> {
    let mut kinds = entries(context).filter(|(key, ..)| key == "kind");
    kinds.find_map(|(_, value, method)| Some((known_kind(context, &value)?, method)))
}

/// The kind that a person's words name, if papers are of it.
fn known_kind(context: &Context<'_>, value: &str) -> Option<String> {
    let name = text::key(value.trim()).replace([' ', '-'], "_");
    let known = context.cues.are_minutes(&name)
        || name == super::NONE_OF_OURS
        || context.cues.kinds.iter().any(|kind| kind.name == name && !kind.foreign);
    known.then_some(name)
}

/// Whether a person said what the paper is: then nobody has to look at it for that.
pub fn is_confirmed(context: &Context<'_>) -> bool {
    kind(context).is_some_and(|(_, by)| by.is_of_a_person())
}

/// The facts that are stated.
pub(super) fn read(context: &Context<'_>, minutes: bool, facts: &mut Facts<'_, '_>) {
    for (key, value, method) in entries(context) {
        let of_a_person = method.is_of_a_person();
        let name = match key.as_str() {
            "date" if of_a_person && minutes => Some(FactName::MeetingDate),
            "date" if of_a_person => Some(FactName::DocumentDate),
            "held" => Some(FactName::MeetingHeld),
            "title" => None,
            "members" => Some(FactName::Member),
            key => FactName::from_name(key),
        };
        let Some(name) = name else { continue };
        if matches!(name, FactName::SignedBy | FactName::Member) {
            let people = value.split([',', '،', ';', '؛']).map(str::trim);
            for one in people.filter(|one| !one.is_empty()) {
                let person = Value::Person { name: one.to_owned(), role: None };
                facts.push(name, person, Source::beside(method, 1000));
            }
            continue;
        }
        if let Some(value) = self::value(name, value.trim(), context) {
            facts.push(name, value, Source::beside(method, 1000));
        }
    }
}

/// The day of the meeting that a person states.
pub(super) fn meeting_day(context: &Context<'_>) -> Option<Day> {
    entries(context).find_map(|(key, value, method)| {
        let stated =
            method.is_of_a_person() && matches!(key.as_str(), "date" | "meeting_date");
        stated.then(|| day(&value)).flatten()
    })
}

/// What corrections state, the sidecar's entries, then the front matter's; keys in English,
/// folded.
fn entries<'c>(
    context: &'c Context<'_>,
) -> impl Iterator<Item = (String, String, Method)> + 'c {
    let corrected = context.sidecar.iter().flat_map(|sidecar| &sidecar.corrections);
    let corrected = corrected.map(|(key, value)| (key, value, Method::Corrected));
    let beside = context.sidecar.iter().flat_map(|sidecar| &sidecar.entries);
    let beside = beside.map(|(key, value)| (key, value, Method::Stated));
    let front = context.text.front_matter.iter();
    let front = front.map(|(key, value)| (key, value, Method::FrontMatter));
    let all = corrected.chain(beside).chain(front);
    all.map(|(key, value, method)| (canonical(key), value.clone(), method))
}

/// A key as facts are named, from either language.
fn canonical(key: &str) -> String {
    let folded = text::key(key.trim());
    let arabic = folded.replace('_', " ");
    let known = OTHER_KEYS.iter().find(|(name, _)| *name == arabic);
    known.map_or_else(|| folded.replace(['-', ' '], "_"), |(_, name)| (*name).to_owned())
}

fn day(value: &str) -> Option<Day> {
    Day::parse(value).or_else(|| {
        let found = dates::find(&text::key(value));
        found.first().and_then(|written| written.day(Order::DayFirst))
    })
}

/// `2025-2027`, whole years; or two days with `/`, "to" or «إلى» between them.
fn period(stated: &str) -> Option<Period> {
    let years = stated.split(['-', '–', '/']).map(str::trim).collect::<Vec<_>>();
    if let [from, to] = years.as_slice()
        && let (Ok(from), Ok(to)) = (from.parse::<i32>(), to.parse::<i32>())
    {
        let period =
            Period { from: Day::from_ymd(from, 1, 1)?, to: Day::from_ymd(to, 12, 31)? };
        return (period.from <= period.to).then_some(period);
    }
    let parted = [" to ", " إلى ", "/"].iter().find_map(|word| stated.split_once(word));
    let (from, to) = parted?;
    let period = Period { from: day(from.trim())?, to: day(to.trim())? };
    (period.from <= period.to).then_some(period)
}

/// A stated value in the shape of its fact; what does not fit is not stated.
fn value(name: FactName, stated: &str, context: &Context<'_>) -> Option<Value> {
    let key = text::key(stated);
    match name {
        FactName::MeetingDate
        | FactName::FiscalYearEnd
        | FactName::DateSigned
        | FactName::DatePublished
        | FactName::DateAdopted
        | FactName::DateReviewed
        | FactName::ReviewDue
        | FactName::DateSubmitted
        | FactName::ValidFrom
        | FactName::ValidUntil
        | FactName::MandateEnd
        | FactName::FirstCall
        | FactName::DocumentDate => day(stated).map(Value::Day),
        FactName::MeetingHeld | FactName::QuorumMet => match key.as_str() {
            "yes" | "true" | "نعم" => Some(Value::Yes),
            "no" | "false" | "لا" => Some(Value::No),
            _ => None,
        },
        FactName::MeetingNumber
        | FactName::MemberCount
        | FactName::Signatures
        | FactName::Income => key.parse().ok().map(Value::Number),
        FactName::Attendance => attendance::stated(&key),
        FactName::Body | FactName::AdoptedBy => {
            let words = super::paper::words(&key);
            let named = super::bodies::named_in(&words, context);
            Some(named.unwrap_or_else(|| Value::Term(words.replace(' ', "_"))))
        }
        FactName::SubmittedTo | FactName::Opinion => {
            Some(Value::Term(super::paper::words(&key).replace(' ', "_")))
        }
        FactName::Person
        | FactName::Declarant
        | FactName::SignedBy
        | FactName::Member => Some(Value::Person { name: stated.to_owned(), role: None }),
        FactName::Auditor
        | FactName::RegistrationNumber
        | FactName::Contains
        | FactName::Happened
        | FactName::Title => Some(Value::Text(stated.to_owned())),
        FactName::Covers => period(stated).map(Value::Period),
        FactName::Organization => None,
    }
}
