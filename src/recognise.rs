//! From a paper's text to its kind and its facts, each with the passage that states it.
//!
//! Pure and bounded: the same text and the same [`Context`] give the same [`Reading`]. What
//! words speak for which kind is data ([`cues::Cues`]); the code knows only where to look.
//! Knows no rule and no verdict.

mod accounts;
mod attendance;
mod bodies;
mod called_off;
mod covers;
pub mod cues;
pub mod dates;
mod form;
mod found;
mod hijri;
mod kinds;
mod labelled;
mod meeting;
mod meetings;
mod months;
mod numbers;
mod ordinals;
mod owner;
mod paper;
mod person;
pub mod spans;
mod stated;
mod tokens;

pub use self::kinds::NONE_OF_OURS;
pub use self::owner::Names;

use self::cues::Cues;
use self::found::Facts;
use self::found::Source;
use self::meeting::Candidate;
use self::paper::Paper;
use self::paper::words;
pub use self::stated::{Sidecar, Unfit, checked, is_confirmed};
use crate::calendar::Day;
use crate::document::FactName;
use crate::document::KindGuess;
use crate::document::Method;
use crate::document::Problem;
use crate::document::ReadState;
use crate::document::Reading;
use crate::document::Text;
use crate::document::Value;
use crate::text;

/// What is known of a paper besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    pub text: &'c Text,
    pub file_name: &'c str,
    /// The folders from the drop folder down to the file.
    pub folders: &'c [String],
    /// What the organization's papers call its bodies: (vocabulary name, its names).
    pub bodies: &'c [(String, Vec<String>)],
    /// The day it arrived: a meeting later than that is an invitation's.
    pub received: Option<Day>,
    /// Items that rules want papers to contain: (their key, what they are called).
    pub wanted: &'c [(String, Vec<String>)],
    /// What a person states of it in a file beside it.
    pub sidecar: Option<&'c Sidecar>,
    /// What the network's organizations are called, and which of them the folder is of.
    pub network: Option<(&'c Names, &'c str)>,
    pub cues: &'c Cues,
}

impl<'c> Context<'c> {
    /// The context of a paper of which only the name is known.
    pub fn of(text: &'c Text, file_name: &'c str, cues: &'c Cues) -> Context<'c> {
        Context {
            text,
            file_name,
            folders: &[],
            bodies: &[],
            received: None,
            wanted: &[],
            sidecar: None,
            network: None,
            cues,
        }
    }

    /// The file's name without its last extension.
    fn stem(&self) -> &'c str {
        match self.file_name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && extension.len() <= 5 => stem,
            _ => self.file_name,
        }
    }

    /// The title that the front matter or the properties state, folded.
    fn title_key(&self) -> String {
        let stated = self.text.front_matter.iter().chain(&self.text.properties);
        let mut titles = stated.filter(|(key, _)| key == "title" || key == "subject");
        titles.next().map(|(_, title)| text::key(title)).unwrap_or_default()
    }

    fn title_words(&self) -> String {
        words(&self.title_key())
    }
}

/// What a paper is and what it states, by its own text. What came inside it is another
/// paper: a letter that brings minutes is no minutes.
pub fn read(context: &Context<'_>) -> Reading {
    let mut paper = Paper::prepare(context.text);
    paper.order = meeting::order(&paper, context);
    let mut kinds = kinds::guesses(&paper, context);
    if form::is_cover(&paper, context) {
        none_of_ours(&mut kinds);
    }
    if let Some((kind, _)) = stated::kind(context) {
        kinds.retain(|guess| guess.kind != kind);
        kinds.insert(0, KindGuess { kind, confidence: 1000 });
        kinds.truncate(3);
    }
    let mut facts = Facts::new(&paper);
    let best = kinds.first().map(|guess| guess.kind.clone()).unwrap_or_default();
    let are_minutes = context.cues.are_minutes(&best);
    let of_a_meeting = are_minutes || best == "attendance_list";
    stated::read(context, of_a_meeting, &mut facts);
    let state = match best.as_str() {
        _ if are_minutes => minutes(&paper, context, &mut kinds, &mut facts),
        NONE_OF_OURS => {
            document_date(&paper, context, &mut facts);
            covers::of_any_length(&paper, context, &mut facts);
            match believed(&kinds) {
                ReadState::Understood
                    if !is_confirmed(context)
                        && kinds::is_draft_of_ours(&kinds, context.cues) =>
                {
                    ReadState::NeedsALook(Problem::KindUnsure)
                }
                ReadState::Understood => ReadState::NoneOfOurs,
                unsure => unsure,
            }
        }
        kind => {
            document(kind, &paper, context, &mut facts);
            believed(&kinds)
        }
    };
    if state != ReadState::NoneOfOurs {
        contained(&paper, context, &mut facts);
    }
    // A person who says what it is has seen whose it is.
    let confirmed = is_confirmed(context);
    let ours = !matches!(state, ReadState::NoneOfOurs | ReadState::NotAccepted(_));
    let foreign = ours && !confirmed && owner::is_foreign(&paper, context, &mut facts);
    let state = if foreign { ReadState::NeedsALook(Problem::WrongFolder) } else { state };
    let unverified = state == ReadState::Understood && has_unverified(&facts);
    let state = if unverified { ReadState::NeedsALook(Problem::NoText) } else { state };
    let text_health = text_health(&paper);
    // What is left out may say that it is another paper, or of another day.
    let left_out = match context.text {
        _ if confirmed => None,
        text if text.cut => Some(Problem::LimitPassed),
        text if text.lost_a_page() => Some(Problem::BrokenText),
        _ => None,
    };
    let state = left_out.map_or(state, ReadState::NeedsALook);
    Reading { state, text_health, kinds, facts: facts.into_facts() }
}

/// Whether a day or a number was recognised in an Arabic line of a picture and no person has
/// said it: the digits ٠ to ٩ are misread, and no measure of confidence tells when.
fn has_unverified(facts: &Facts<'_, '_>) -> bool {
    facts.any(|fact| {
        let counted = matches!(
            fact.value,
            Value::Day(_)
                | Value::Number(_)
                | Value::Period(_)
                | Value::Attendance { .. }
        );
        let arabic = |passage: &crate::document::Passage| {
            passage.text.chars().any(|c| text::is_arabic_letter(c) || is_arabic_digit(c))
        };
        counted
            && matches!(fact.method, Method::Ocr(_))
            && fact.passage.as_ref().is_some_and(arabic)
            && !facts
                .any(|other| other.name == fact.name && other.method.is_of_a_person())
    })
}

fn is_arabic_digit(character: char) -> bool {
    matches!(character, '٠'..='٩' | '۰'..='۹')
}

/// The facts of every kind but minutes: which labels a paper has says what it states.
fn document(
    kind: &str,
    paper: &Paper<'_>,
    context: &Context<'_>,
    facts: &mut Facts<'_, '_>,
) {
    labelled::read(paper, context, facts);
    match kind {
        "audited_accounts" | "reviewed_accounts" => accounts::read(paper, facts),
        "conflict_of_interest_declaration" => person::declarations(paper, facts),
        "board_list" => person::members(paper, facts),
        "registration_certificate" => person::registration(paper, facts),
        "attendance_list" => {
            person::attendees(paper, facts);
            if let Some(body) = bodies::body(paper, context) {
                facts.push(FactName::Body, body.value, body.source);
            }
        }
        _ if kind.ends_with("report") || kind.ends_with("plan") || kind == "budget" => {
            covers::covers(paper, context, facts);
            attendance::members(paper, facts);
        }
        _ => {}
    }
    let known = [
        FactName::DateAdopted,
        FactName::DateSigned,
        FactName::ValidFrom,
        FactName::DatePublished,
    ];
    if !known.into_iter().any(|name| facts.has(name)) {
        document_date(paper, context, facts);
    }
}

/// The items that rules ask for, each with the first line that has it.
fn contained(paper: &Paper<'_>, context: &Context<'_>, facts: &mut Facts<'_, '_>) {
    for (key, phrases) in context.wanted {
        let phrases: Vec<String> =
            phrases.iter().map(|phrase| words(&text::key(phrase))).collect();
        let has = |line: &paper::Prepared<'_>| {
            phrases.iter().any(|phrase| cues::position(&line.words, phrase).is_some())
        };
        if let Some(index) = paper.lines.iter().position(has) {
            facts.read(FactName::Contains, Value::Text(key.clone()), 800, index);
        }
    }
}

/// Whether the best guess is likely by itself and likelier than every other.
fn believed(kinds: &[KindGuess]) -> ReadState {
    let confidence = |at: usize| kinds.get(at).map_or(0, |guess| guess.confidence);
    let leads = confidence(0) >= confidence(1).saturating_add(kinds::LEAD)
        || confidence(0) >= kinds::CERTAIN;
    let sure = leads && confidence(0) >= kinds::BELIEVED;
    if sure { ReadState::Understood } else { ReadState::NeedsALook(Problem::KindUnsure) }
}

/// The facts of minutes; a meeting called off or still to come gives none.
fn minutes(
    paper: &Paper<'_>,
    context: &Context<'_>,
    kinds: &mut Vec<KindGuess>,
    facts: &mut Facts<'_, '_>,
) -> ReadState {
    let body = bodies::body(paper, context);
    if let Some(body) = &body {
        facts.push(FactName::Body, body.value.clone(), body.source);
    }
    let days = meeting::candidates(paper, context);
    let day = days.first().copied();
    if let Some(day) = day {
        let source = Source { method: day.method, sure: sureness(&days), line: day.line };
        facts.push(FactName::MeetingDate, Value::Day(day.day), source);
    }
    let filled = stated::meeting_day(context).is_some();
    if form::is_blank(paper) && !filled {
        none_of_ours(kinds);
        return ReadState::NoneOfOurs;
    }
    let confirmed = is_confirmed(context);
    let off = called_off::called_off(paper, context);
    if let Some(off) = off.filter(|_| !confirmed) {
        let line = off.line;
        let method = if line.is_some() { Method::Body } else { Method::FileName };
        facts.push(FactName::MeetingHeld, Value::No, Source { method, sure: 900, line });
        none_of_ours(kinds);
        return ReadState::NoneOfOurs;
    }
    let other = meeting::other_day(&days).filter(|_| !filled);
    if let Some(other) = other {
        let source = Source { method: other.method, sure: 300, line: other.line };
        facts.push(FactName::MeetingDate, Value::Day(other.day), source);
    }
    let day = stated::meeting_day(context).or(day.map(|day| day.day));
    if day.zip(context.received).is_some_and(|(day, received)| day > received) {
        none_of_ours(kinds);
        return ReadState::NoneOfOurs;
    }
    facts.push(FactName::MeetingHeld, Value::Yes, Source::beside(Method::Body, 700));
    if let Some((number, line)) = meeting::number(paper, context) {
        let method = if line.is_some() { Method::Body } else { Method::FrontMatter };
        let source = Source { method, sure: 850, line };
        facts.push(FactName::MeetingNumber, Value::Number(number), source);
    }
    let parts = meetings::parts(paper);
    let first = parts.first().map_or(0..paper.lines.len(), |part| part.lines.clone());
    attendance::read(paper, first, facts);
    if let (false, Some(body)) = (facts.has(FactName::Body), body_of_kind(kinds)) {
        facts.push(FactName::Body, body, Source::beside(Method::Stated, 900));
    }
    let known = facts.best(FactName::Body).cloned();
    name_the_minutes(kinds, known.as_ref());
    for part in parts.iter().skip(1) {
        facts.next_group();
        facts.extra_meeting(part, known.clone());
        attendance::read(paper, part.lines.clone(), facts);
    }
    match (day, believed(kinds)) {
        (_, ReadState::NeedsALook(problem)) => ReadState::NeedsALook(problem),
        (None, _) => ReadState::NeedsALook(Problem::DateMissing),
        (Some(_), _) if known.is_none() => ReadState::NeedsALook(Problem::KindUnsure),
        (Some(_), _) if other.is_some() => {
            ReadState::NeedsALook(Problem::DateContradicts)
        }
        (Some(_), state) => state,
    }
}

/// How sure the first day is, beside the second.
fn sureness(days: &[Candidate]) -> u16 {
    let worth = |at: usize| days.get(at).map_or(0, |day| day.worth);
    let doubtful = days.first().is_some_and(|day| day.doubtful);
    let margin = (worth(0) - worth(1)).clamp(0, 40) * 5;
    let sure =
        (500 + worth(0) * 2 + margin).clamp(300, 980) - if doubtful { 200 } else { 0 };
    u16::try_from(sure).unwrap_or(500)
}

/// The best guess becomes `none_of_ours`.
fn none_of_ours(kinds: &mut Vec<KindGuess>) {
    kinds.retain(|guess| guess.kind != NONE_OF_OURS);
    kinds.insert(0, KindGuess { kind: NONE_OF_OURS.to_owned(), confidence: 900 });
    kinds.truncate(3);
}

/// The body that a stated kind names: `board_minutes` are of the board.
fn body_of_kind(kinds: &[KindGuess]) -> Option<Value> {
    let body = kinds.first()?.kind.strip_suffix("_minutes")?;
    Some(Value::Term(body.to_owned()))
}

/// Minutes are named for their body where a rule can speak of them by name.
fn name_the_minutes(kinds: &mut [KindGuess], body: Option<&Value>) {
    let Some(Value::Term(term)) = body else { return };
    let Some(best) = kinds.first_mut() else { return };
    best.kind = match term.as_str() {
        "board" | "general_assembly" => format!("{term}_minutes"),
        _ => "minutes".to_owned(),
    };
}

/// The date that the paper bears, whatever it is the date of.
fn document_date(paper: &Paper<'_>, context: &Context<'_>, facts: &mut Facts<'_, '_>) {
    let days = meeting::candidates(paper, context);
    if let Some(day) = days.first().filter(|day| day.worth >= 40) {
        let source = Source { method: day.method, sure: 600, line: day.line };
        facts.push(FactName::DocumentDate, Value::Day(day.day), source);
    }
}

/// Share of words that are made like words, in thousandths.
fn text_health(paper: &Paper<'_>) -> u16 {
    let (mut good, mut all) = (0u32, 0u32);
    for word in paper.lines.iter().take(400).flat_map(|line| line.words.split(' ')) {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 0 {
            all += 1;
            good += u32::from(letters == word.chars().count() && letters < 25);
        }
    }
    u16::try_from(good * 1000 / all.max(1)).unwrap_or(1000)
}
