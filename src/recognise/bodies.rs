//! Which body a paper is of.

use super::Context;
use super::cues::position;
use super::found::Source;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::Zone;
use super::paper::name_words;
use super::paper::words;
use crate::document::Method;
use crate::document::Value;
use crate::text;

/// A body, and where it was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Body {
    pub(super) value: Value,
    pub(super) source: Source,
}

/// The nouns that end an English body's name.
const NOUNS: [&str; 12] = [
    "committee",
    "council",
    "board",
    "assembly",
    "commission",
    "group",
    "panel",
    "senate",
    "secretariat",
    "presidium",
    "forum",
    "taskforce",
];

/// The nouns that begin an Arabic body's name.
const ARABIC_NOUNS: [&str; 6] = ["لجنه", "اللجنه", "مجلس", "هييه", "الهييه", "سكرتاريه"];

/// Words that stand before a body's name and are no part of it.
const PLAIN: [&str; 24] = [
    "the",
    "of",
    "a",
    "an",
    "minutes",
    "meeting",
    "regular",
    "special",
    "annual",
    "draft",
    "agenda",
    "and",
    "for",
    "monthly",
    "weekly",
    "quarterly",
    "by",
    "at",
    "in",
    "on",
    "to",
    "our",
    "approved",
    "from",
];

/// The body that a paper is of: the organization's own names first, then the vocabulary's,
/// then whatever reads like a body's name; in the title, the file's name, the head.
pub(super) fn body(paper: &Paper<'_>, context: &Context<'_>) -> Option<Body> {
    let title = context.title_words();
    let name = name_words(context.stem());
    let folders: Vec<String> =
        context.folders.iter().rev().map(|f| name_words(f)).collect();
    named(paper, context, &title, &name, &folders)
        .or_else(|| unknown(paper, &title, &name))
        .or_else(|| only_one(context))
}

/// An organization with one body that meets: its papers need not say which.
fn only_one(context: &Context<'_>) -> Option<Body> {
    let [(term, _)] = context.bodies else { return None };
    let value = Value::Term(term.clone());
    Some(Body { value, source: Source::beside(Method::Property, 550) })
}

fn named(
    paper: &Paper<'_>,
    context: &Context<'_>,
    title: &str,
    name: &str,
    folders: &[String],
) -> Option<Body> {
    let names = Names::of(context);
    let found = |value: Value, sure, method, line| {
        Some(Body { value, source: Source { method, sure, line } })
    };
    if let Some(value) = names.first_in(title) {
        return found(value, 950, Method::FrontMatter, None);
    }
    for (index, line) in paper.lines.iter().enumerate() {
        if line.zone == Zone::Title
            && let Some(value) = names.first_in(&line.words)
        {
            return found(value, 950, Method::Body, Some(index));
        }
    }
    for part in std::iter::once(name).chain(folders.iter().map(String::as_str)) {
        if let Some(value) = names.first_in(part) {
            return found(value, 850, Method::FileName, None);
        }
    }
    let head = paper.lines.iter().enumerate().filter(|(_, line)| line.zone == Zone::Head);
    for (index, line) in head.filter(|(_, line)| is_statement(line)) {
        if let Some(value) = names.first_in(&line.words) {
            return found(value, 750, Method::Body, Some(index));
        }
    }
    None
}

/// A line of the head that can say whose meeting it was: not an item of business.
fn is_statement(line: &Prepared<'_>) -> bool {
    use crate::document::Role;
    matches!(line.line.role, Role::Text | Role::Heading(_))
}

/// A name that ends or begins like a body's.
fn unknown(paper: &Paper<'_>, title: &str, name: &str) -> Option<Body> {
    let body = |phrase: String, sure, method, line| {
        Some(Body { value: Value::Text(phrase), source: Source { method, sure, line } })
    };
    if let Some(phrase) = phrase(title) {
        return body(phrase, 700, Method::FrontMatter, None);
    }
    let head = paper.lines.iter().enumerate().take(8);
    for (index, line) in head.filter(|(_, line)| is_statement(line)) {
        if let Some(phrase) = phrase(&line.words) {
            return body(phrase, 700, Method::Body, Some(index));
        }
    }
    phrase(name).and_then(|phrase| body(phrase, 600, Method::FileName, None))
}

fn phrase(words: &str) -> Option<String> {
    let list: Vec<&str> = words.split(' ').collect();
    if let Some(at) = list.iter().position(|word| NOUNS.contains(word)) {
        let before = list.get(..at).unwrap_or_default();
        let own = before.iter().rev().take(4).take_while(|word| is_own(word)).count();
        let own = list.get(at - own..=at).unwrap_or_default();
        return (own.len() > 1).then(|| own.join(" "));
    }
    let at = list.iter().position(|word| ARABIC_NOUNS.contains(word))?;
    let own: Vec<&str> = list.iter().skip(at).take(3).copied().collect();
    let own: Vec<&str> = own.into_iter().take_while(|word| !is_number(word)).collect();
    (own.len() > 1).then(|| own.join(" "))
}

fn is_own(word: &str) -> bool {
    !PLAIN.contains(&word) && !is_number(word)
}

fn is_number(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The body that some words name, by any of its names.
pub(super) fn named_in(words: &str, context: &Context<'_>) -> Option<Value> {
    Names::of(context).first_in(words)
}

/// "Members" come together in a "member meeting".
fn one_of(name: &str) -> Option<String> {
    let one = name.strip_suffix('s').filter(|one| !one.ends_with('s'))?;
    Some(format!("{one} meeting"))
}

/// What bodies are called here, longest names first.
struct Names {
    names: Vec<(String, String)>,
}

impl Names {
    fn of(context: &Context<'_>) -> Names {
        let own = context.bodies.iter().flat_map(|(term, called)| {
            let called = called.iter().map(|name| words(&text::key(name)));
            let called = called.flat_map(|name| [one_of(&name), Some(name)]);
            called.flatten().map(move |name| (name, term.clone()))
        });
        let mut names: Vec<(String, String)> =
            own.filter(|(n, _)| !n.is_empty()).collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut standard: Vec<(String, String)> = Vec::new();
        for body in &context.cues.bodies {
            let phrases = body.phrases.iter().filter(|phrase| !phrase.is_empty());
            standard.extend(phrases.map(|phrase| (phrase.clone(), body.name.clone())));
        }
        standard.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names.extend(standard);
        Names { names }
    }

    /// The body named first by the longest name; the organization's own names win.
    fn first_in(&self, words: &str) -> Option<Value> {
        if words.is_empty() {
            return None;
        }
        let hit = self.names.iter().find(|(name, _)| position(words, name).is_some());
        hit.map(|(_, term)| Value::Term(term.clone()))
    }
}
