//! What papers tell of people: who signed them, and who makes up a body.

use super::{Group, Source, Told, nouns_of};
use crate::calendar::Day;
use crate::document::{FactName, Value};
use crate::norm::{Act, TermId};
use crate::timeline::{Aspect, Entry, Subject};
use crate::vocabulary::{Concern, TermKind};

/// One entry for each who signed: a post by its name, or a person.
pub(super) fn signatures(
    source: &Source<'_>,
    facts: &Group<'_>,
    entries: &mut Vec<Told>,
) {
    let number = match facts.value(FactName::Signatures) {
        Some(Value::Number(number)) => u16::try_from(*number).ok(),
        _ => None,
    };
    let day = day(source, facts);
    let mut sign = |by: Option<TermId>, count: Option<u16>, who: Option<&str>| {
        for noun in nouns_of(source.vocabulary, source.kind) {
            if is_body(source, noun) {
                continue;
            }
            let subject = Subject::new(noun, Aspect::Done(Act::Sign));
            let entry = Entry::new(subject, day, source.arrival.received, source.paper);
            entries.push((Entry { count, by, ..entry }, who.map(str::to_owned)));
        }
    };
    for name in facts.people(FactName::SignedBy) {
        let post = source.vocabulary.named(name).filter(|term| is_post(source, *term));
        match post {
            Some(role) => sign(Some(role), None, None),
            None => sign(None, None, Some(name)),
        }
    }
    if number.is_some() {
        sign(None, number, None);
    }
}

/// The members that a list or an election names: from its day they are the whole body.
pub(super) fn members(source: &Source<'_>, facts: &Group<'_>, entries: &mut Vec<Told>) {
    let of_kind = match source.vocabulary.term(source.kind).map(|term| term.kind) {
        Some(TermKind::Document(Concern::Meeting(body))) => body,
        _ => source.vocabulary.id("board"),
    };
    let stated = facts.term(FactName::Body, source.vocabulary);
    // Minutes of the assembly elect the board; a list says whose it is.
    let elected = matches!(of_kind, Some(body) if Some(body) == stated)
        .then(|| source.vocabulary.id("board"))
        .flatten();
    let Some(body) = elected.or(stated).or(of_kind) else { return };
    let day = day(source, facts);
    for name in facts.people(FactName::Member) {
        let subject = Subject::new(body, Aspect::Seat);
        let entry = Entry::new(subject, day, source.arrival.received, source.paper);
        entries.push((entry, Some(name.to_owned())));
    }
}

fn day(source: &Source<'_>, facts: &Group<'_>) -> Day {
    let stated = [FactName::DateSigned, FactName::MeetingDate, FactName::DocumentDate];
    let stated = stated.into_iter().find_map(|name| facts.day(name));
    stated.unwrap_or(source.arrival.received_on)
}

fn is_body(source: &Source<'_>, noun: TermId) -> bool {
    source.vocabulary.term(noun).is_some_and(|term| term.kind == TermKind::Body)
}

fn is_post(source: &Source<'_>, term: TermId) -> bool {
    source.vocabulary.term(term).is_some_and(|term| term.kind == TermKind::Role)
}
