//! From what was read in a paper to what it is evidence of.
//!
//! The one place where facts become entries of a timeline. Knows the vocabulary, because a
//! paper of a narrower kind is evidence for the wider one too; knows no rule.

use crate::calendar::Day;
use crate::document::{Fact, FactName, ReadState, Reading, Sha256, Value};
use crate::norm::{Act, TermId};
use crate::timeline::{Aspect, Entry, Instant, Paper, Subject, Timeline};
use crate::vocabulary::{Concern, TermKind, Vocabulary};

mod deeds;
mod doubts;
mod people;

pub use deeds::state;
use doubts::{doubts, in_doubt};

/// A paper's arrival: what is known of it besides its reading.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    pub sha256: Sha256,
    pub path: &'a str,
    pub received: Instant,
    pub received_on: Day,
}

/// What a paper may be evidence about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum About {
    /// What these nouns name; nothing where there are none.
    Nouns(Vec<TermId>),
    /// Nobody could read it or tell its kind: it may be what any rule misses.
    Anything,
}

/// Adds a paper to a timeline; gives its number there and what it may be evidence about.
pub fn add(
    timeline: &mut Timeline,
    vocabulary: &Vocabulary,
    arrival: Arrival<'_>,
    reading: &Reading,
) -> (u32, About) {
    let number = u32::try_from(timeline.papers.len()).unwrap_or(u32::MAX);
    let papers = timeline.papers_mut();
    if papers.len() == papers.capacity() {
        papers.reserve_exact(papers.len() / 8 + 4);
    }
    papers.push(paper(arrival, reading));
    if reading.state != ReadState::Understood {
        let doubts = doubts(vocabulary, arrival, reading);
        let about = doubts.first().map_or(About::Nouns(Vec::new()), in_doubt);
        timeline.doubts.extend(doubts);
        return (number, about);
    }
    let mut nouns = Vec::new();
    for (entry, who) in entries(vocabulary, arrival, reading, number) {
        let who = who.map_or(0, |name| timeline.who(&crate::text::name_key(&name)));
        let entry = Entry { who, ..entry };
        nouns.push(entry.subject.noun());
        timeline.add(entry);
    }
    nouns.sort_unstable();
    nouns.dedup();
    (number, About::Nouns(nouns))
}

fn paper(arrival: Arrival<'_>, reading: &Reading) -> Paper {
    let contains = reading
        .facts
        .iter()
        .filter(|fact| fact.name == FactName::Contains)
        .filter_map(|fact| match &fact.value {
            Value::Text(key) => Some(key.clone()),
            _ => None,
        })
        .collect();
    let passages = reading
        .facts
        .iter()
        .filter(|fact| decides(fact.name))
        .filter_map(|fact| fact.passage.clone().map(|passage| (fact.name, passage)))
        .collect();
    Paper {
        sha256: arrival.sha256,
        path: arrival.path.into(),
        received: arrival.received,
        contains,
        passages,
    }
}

/// The facts whose words a letter may have to quote.
fn decides(name: FactName) -> bool {
    matches!(
        name,
        FactName::MeetingDate
            | FactName::Attendance
            | FactName::QuorumMet
            | FactName::MemberCount
            | FactName::FiscalYearEnd
            | FactName::Covers
            | FactName::DatePublished
            | FactName::DateAdopted
            | FactName::DateReviewed
            | FactName::DateSubmitted
            | FactName::ValidUntil
    )
}

/// What a rule would call papers of this kind: the kind, what it is a kind of, and for
/// minutes the body that met.
fn nouns_of(vocabulary: &Vocabulary, kind: TermId) -> Vec<TermId> {
    if let Some(TermKind::Document(Concern::Meeting(Some(body)))) =
        vocabulary.term(kind).map(|term| term.kind)
    {
        return vec![kind, body];
    }
    let mut nouns = vec![kind];
    let mut current = kind;
    while let Some(wider) = vocabulary.term(current).and_then(|term| term.kind_of) {
        if nouns.contains(&wider) {
            break;
        }
        nouns.push(wider);
        current = wider;
    }
    nouns
}

fn entries(
    vocabulary: &Vocabulary,
    arrival: Arrival<'_>,
    reading: &Reading,
    paper: u32,
) -> Vec<Told> {
    let Some(kind) = reading.kinds.first().and_then(|guess| vocabulary.id(&guess.kind))
    else {
        return Vec::new();
    };
    let mut groups: Vec<u16> = reading.facts.iter().map(|fact| fact.group).collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.is_empty() {
        groups.push(0);
    }
    let mut entries = Vec::new();
    for group in groups {
        let facts = Group { facts: &reading.facts, group };
        let source = Source { vocabulary, kind, arrival, paper };
        match vocabulary.term(kind).map(|term| term.kind) {
            Some(TermKind::Document(Concern::Meeting(body))) => {
                meeting(&source, &facts, body, &mut entries);
            }
            _ => document(&source, &facts, &mut entries),
        }
        size(&source, &facts, &mut entries);
        mandate(&source, &facts, &mut entries);
        deeds::happened(&source, &facts, &mut entries);
        people::signatures(&source, &facts, &mut entries);
        people::members(&source, &facts, &mut entries);
    }
    entries
}

/// An entry, and the name of whom it concerns.
type Told = (Entry, Option<String>);

/// What a paper is, and where it came from.
#[derive(Clone, Copy)]
struct Source<'a> {
    vocabulary: &'a Vocabulary,
    kind: TermId,
    arrival: Arrival<'a>,
    paper: u32,
}

/// The facts that belong together. What was stated by a person comes first.
struct Group<'a> {
    facts: &'a [Fact],
    group: u16,
}

impl Group<'_> {
    fn value(&self, name: FactName) -> Option<&Value> {
        self.facts
            .iter()
            .filter(|fact| fact.group == self.group && fact.name == name)
            .max_by_key(|fact| (fact.method, fact.confidence))
            .map(|fact| &fact.value)
    }

    fn day(&self, name: FactName) -> Option<Day> {
        match self.value(name)? {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    fn term(&self, name: FactName, vocabulary: &Vocabulary) -> Option<TermId> {
        match self.value(name)? {
            Value::Term(term) => vocabulary.id(term),
            _ => None,
        }
    }

    /// The end of the year or period that the paper is about.
    fn about(&self) -> Option<Day> {
        self.day(FactName::FiscalYearEnd).or_else(|| {
            match self.value(FactName::Covers)? {
                Value::Period(period) => Some(period.to),
                _ => None,
            }
        })
    }

    /// Whose paper it is, where it is one person's.
    fn person(&self) -> Option<String> {
        match self.value(FactName::Declarant)? {
            Value::Person { name, .. } => Some(name.clone()),
            _ => None,
        }
    }

    /// Everybody that facts of one name tell of.
    fn people(&self, name: FactName) -> impl Iterator<Item = &str> {
        let mine = move |fact: &&Fact| fact.group == self.group && fact.name == name;
        self.facts.iter().filter(mine).filter_map(|fact| match &fact.value {
            Value::Person { name, .. } | Value::Term(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The number of a meeting: the first whole number that it is written with.
    fn number(&self) -> u32 {
        match self.value(FactName::MeetingNumber) {
            Some(Value::Number(number)) => u32::try_from(*number).unwrap_or_default(),
            Some(Value::Text(text)) => {
                let digits: String = crate::text::key(text)
                    .chars()
                    .skip_while(|c| !c.is_ascii_digit())
                    .take_while(char::is_ascii_digit)
                    .collect();
                digits.parse().unwrap_or_default()
            }
            _ => 0,
        }
    }
}

/// One meeting, unless the paper says that it was not held.
fn meeting(
    source: &Source<'_>,
    facts: &Group<'_>,
    body: Option<TermId>,
    entries: &mut Vec<Told>,
) {
    if facts.value(FactName::MeetingHeld) == Some(&Value::No) {
        return;
    }
    let body = facts.term(FactName::Body, source.vocabulary).or(body);
    let (Some(day), Some(body)) = (facts.day(FactName::MeetingDate), body) else {
        return;
    };
    let subject = Subject::new(body, Aspect::Done(Act::Meet));
    let mut entry = Entry::new(subject, day, source.arrival.received, source.paper);
    entry.number = facts.number();
    if let Some(Value::Attendance { present, of }) = facts.value(FactName::Attendance) {
        entry.count = Some(*present);
        entry.of = *of;
    }
    entry.about = facts.day(FactName::FirstCall);
    entries.push((entry, None));
    if let Some(said) = facts.value(FactName::QuorumMet) {
        let count = Some(u16::from(*said == Value::Yes));
        let subject = Subject::new(body, Aspect::Quorate);
        entries.push((Entry { subject, count, of: None, about: None, ..entry }, None));
    }
    // What a rule calls the minutes of this body, where it has a name for them.
    let own = source.vocabulary.minutes_of(body).filter(|own| *own != source.kind);
    for kind in [Some(source.kind), own].into_iter().flatten() {
        let source = Source { kind, ..*source };
        let subject = Subject::new(kind, Aspect::Done(Act::Prepare));
        let kept = Entry { subject, count: None, of: None, about: None, ..entry };
        entries.push((kept, None));
        entries.push((written(&source, facts, &kept), None));
        document_acts(&source, facts, day, entries);
    }
}

/// When the minutes of the meeting were written: on the day that they were signed, else by
/// the day on which they came.
fn written(source: &Source<'_>, facts: &Group<'_>, kept: &Entry) -> Entry {
    let signed = facts.day(FactName::DateSigned);
    Entry {
        subject: Subject::new(source.kind, Aspect::Written),
        day: signed.unwrap_or(source.arrival.received_on).max(kept.day),
        about: Some(kept.day),
        count: if signed.is_some() { None } else { Some(0) },
        ..*kept
    }
}

/// One paper and what was done to it.
fn document(source: &Source<'_>, facts: &Group<'_>, entries: &mut Vec<Told>) {
    let stated = [
        FactName::DateSigned,
        FactName::DocumentDate,
        FactName::DateAdopted,
        FactName::ValidFrom,
        FactName::DatePublished,
    ];
    let day = stated.into_iter().find_map(|name| facts.day(name));
    let day = day.unwrap_or(source.arrival.received_on);
    push(source, facts, (Act::Prepare, day), entries, |_| {});
    document_acts(source, facts, day, entries);
}

fn document_acts(
    source: &Source<'_>,
    facts: &Group<'_>,
    prepared: Day,
    entries: &mut Vec<Told>,
) {
    if let Some(day) = facts.day(FactName::DatePublished) {
        push(source, facts, (Act::Publish, day), entries, |_| {});
    }
    if let Some(day) = facts.day(FactName::DateAdopted) {
        let by = facts.term(FactName::AdoptedBy, source.vocabulary);
        push(source, facts, (Act::Adopt, day), entries, |entry| entry.by = by);
    }
    if let Some(day) = facts.day(FactName::DateReviewed) {
        push(source, facts, (Act::Review, day), entries, |_| {});
    }
    if let Some(day) = facts.day(FactName::DateSigned) {
        push(source, facts, (Act::Sign, day), entries, |_| {});
    }
    if let Some(day) = facts.day(FactName::DateSubmitted) {
        let to = facts.term(FactName::SubmittedTo, source.vocabulary);
        push(source, facts, (Act::Submit, day), entries, |entry| entry.to = to);
    }
    let (from, until) = (facts.day(FactName::ValidFrom), facts.day(FactName::ValidUntil));
    let certificate = source.vocabulary.name(source.kind).ends_with("certificate");
    if from.is_some() || until.is_some() || certificate {
        let day = from.unwrap_or(prepared);
        push(source, facts, (Act::Validate, day), entries, |entry| entry.until = until);
    }
}

/// One entry for the kind and for each wider kind.
fn push(
    source: &Source<'_>,
    facts: &Group<'_>,
    (act, day): (Act, Day),
    entries: &mut Vec<Told>,
    detail: impl Fn(&mut Entry),
) {
    for noun in nouns_of(source.vocabulary, source.kind) {
        let is_body = source
            .vocabulary
            .term(noun)
            .is_some_and(|term| matches!(term.kind, TermKind::Body));
        if is_body {
            continue;
        }
        let subject = Subject::new(noun, Aspect::Done(act));
        let mut entry = Entry::new(subject, day, source.arrival.received, source.paper);
        entry.about = facts.about();
        if of_a_period(source) {
            entry.until = facts.about();
        }
        if one_of_several(source) {
            entry.until = facts.day(FactName::ValidUntil).or(facts.about());
            entry.count = u16::try_from(facts.number()).ok().filter(|it| *it != 0);
        }
        detail(&mut entry);
        entries.push((entry, facts.person()));
    }
}

/// A plan that states its period is over with it.
fn of_a_period(source: &Source<'_>) -> bool {
    let kind = source.vocabulary.term(source.kind).map(|term| term.kind);
    kind == Some(TermKind::Document(Concern::Period))
}

/// A contract, a quotation: one of several, each with its time. Its number is its entry's
/// count: quotations of one purchase share it and do not contradict each other.
fn one_of_several(source: &Source<'_>) -> bool {
    let kind = source.vocabulary.term(source.kind).map(|term| term.kind);
    kind == Some(TermKind::Document(Concern::Several))
}

/// The body that a paper is of: stated, or by its kind, or the board.
fn body_of(source: &Source<'_>, facts: &Group<'_>) -> Option<TermId> {
    let of_kind = match source.vocabulary.term(source.kind).map(|term| term.kind) {
        Some(TermKind::Document(Concern::Meeting(body))) => body,
        _ => None,
    };
    // An assembly's minutes tell of the board that it elected.
    let of_kind =
        of_kind.filter(|body| Some(*body) != source.vocabulary.id("general_assembly"));
    let stated = facts.term(FactName::Body, source.vocabulary);
    let stated =
        stated.filter(|body| Some(*body) != source.vocabulary.id("general_assembly"));
    stated.or(of_kind).or_else(|| source.vocabulary.id("board"))
}

/// Until when a body is in office.
fn mandate(source: &Source<'_>, facts: &Group<'_>, entries: &mut Vec<Told>) {
    let Some(day) = facts.day(FactName::MandateEnd) else { return };
    if let Some(body) = body_of(source, facts) {
        let subject = Subject::new(body, Aspect::MandateEnd);
        let entry = Entry::new(subject, day, source.arrival.received, source.paper);
        entries.push((entry, None));
    }
}

/// How many members a body has, where the paper says so: outright, or as the whole of
/// "7 of 9 present".
fn size(source: &Source<'_>, facts: &Group<'_>, entries: &mut Vec<Told>) {
    let stated =
        match (facts.value(FactName::MemberCount), facts.value(FactName::Attendance)) {
            (Some(Value::Number(count)), _) => u16::try_from(*count).ok(),
            (_, Some(Value::Attendance { of, .. })) => *of,
            _ => None,
        };
    let Some(count) = stated else { return };
    let kind = source.vocabulary.term(source.kind).map(|term| term.kind);
    let of_kind = match kind {
        Some(TermKind::Document(Concern::Meeting(body))) => body,
        _ => None,
    };
    let body = facts
        .term(FactName::Body, source.vocabulary)
        .or(of_kind)
        .or_else(|| source.vocabulary.id("board"));
    let day = [FactName::MeetingDate, FactName::DateSigned, FactName::DocumentDate]
        .into_iter()
        .find_map(|name| facts.day(name))
        .unwrap_or(source.arrival.received_on);
    if let Some(body) = body {
        let subject = Subject::new(body, Aspect::Size);
        let mut entry = Entry::new(subject, day, source.arrival.received, source.paper);
        entry.count = Some(count);
        entries.push((entry, None));
    }
}
