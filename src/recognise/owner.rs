//! Whose paper it is, by its letterhead or by the body that it names: its folder's own, or
//! another organization's of the network.
//!
//! Partners are named in papers all the time. Only a line that is a name, or a body that is
//! called another's, says whose the paper is; and not where its own organization's name
//! stands in its head as well.

use std::collections::BTreeMap;

use super::Context;
use super::found::Facts;
use super::found::Source;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::Zone;
use super::paper::words;
use crate::document::FactName;
use crate::document::Method;
use crate::document::Role;
use crate::document::Value;
use crate::text;

/// What the organizations of a network are called.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// By the first word of a name: the name and whose it is.
    by_word: BTreeMap<String, Vec<(String, String)>>,
}

impl Names {
    /// From each organization's id and one of its names.
    pub fn of<'n>(names: impl Iterator<Item = (&'n str, &'n str)>) -> Names {
        let mut by_word: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for (id, name) in names {
            let name = words(&text::key(name));
            let first = name.split(' ').next().unwrap_or_default().to_owned();
            if !first.is_empty() {
                by_word.entry(first).or_default().push((name, id.to_owned()));
            }
        }
        Names { by_word }
    }

    /// The names that stand in some words: where each begins, it, and whose it is. Arabic
    /// writes «of» and «and» into the first word.
    fn in_words<'n>(&'n self, line: &str) -> Vec<(usize, &'n str, &'n str)> {
        let mut found = Vec::new();
        let mut at = 0;
        for word in line.split(' ') {
            let bare = word.strip_prefix(['ل', 'ب', 'و']);
            for start in std::iter::once(word).chain(bare) {
                let from = at + word.len() - start.len();
                let rest = line.get(from..).unwrap_or_default();
                let names = self.by_word.get(start).into_iter().flatten();
                let here = names.filter(|(name, _)| begins_with(rest, name));
                found.extend(here.map(|(name, id)| (from, name.as_str(), id.as_str())));
            }
            at += word.len() + 1;
        }
        found
    }
}

/// Whether the words begin with the name, whole.
fn begins_with(words: &str, name: &str) -> bool {
    let after = words.strip_prefix(name);
    after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
}

/// What stands before the name of an organization whose body it is.
const BODIES: [&str; 28] = [
    "board of",
    "board of the",
    "board of directors of",
    "board of directors of the",
    "board of trustees of",
    "board of trustees of the",
    "general assembly of",
    "general assembly of the",
    "annual general meeting of",
    "annual general meeting of the",
    "executive committee of",
    "executive committee of the",
    "مجلس اداره",
    "مجلس اداره ل",
    "مجلس الاداره ل",
    "مجلس الاداره في",
    "مجلس امناء",
    "مجلس الامناء في",
    "الهييه الاداريه ل",
    "الهييه الاداريه في",
    "هييه اداريه",
    "الهييه العامه ل",
    "الهييه العامه في",
    "الجمعيه العموميه ل",
    "الجمعيه العموميه في",
    "الجمعيه العامه ل",
    "الجمعيه العامه في",
    "لجنه تنفيذيه ل",
];

/// Finds that a paper is another organization's, and keeps the line that says so.
pub(super) fn is_foreign(
    paper: &Paper<'_>,
    context: &Context<'_>,
    facts: &mut Facts<'_, '_>,
) -> bool {
    let Some((names, own)) = context.network else { return false };
    let furniture = context.text.lines.iter().filter(|line| line.role == Role::Furniture);
    let furniture: Vec<String> =
        furniture.take(FURNITURE_LINES).map(|line| text::key(&line.text)).collect();
    let is_own = |line: &str| names.in_words(line).iter().any(|(_, _, id)| *id == own);
    if paper.head().any(|line| is_own(&line.words))
        || furniture.iter().any(|key| is_own(&words(key)))
    {
        return false;
    }
    let titles = paper.lines.iter().enumerate();
    for (index, line) in titles.filter(|(index, line)| stands_high(*index, line)) {
        if let Some(id) = owner(names, &line.key, &line.words) {
            let whose = Value::Term(id.to_owned());
            facts.read(FactName::Organization, whose, 900, index);
            return true;
        }
    }
    let head = furniture.iter().find_map(|key| owner(names, key, &words(key)));
    if let Some(id) = head {
        let whose = Value::Term(id.to_owned());
        facts.push(FactName::Organization, whose, Source::beside(Method::Body, 900));
    }
    head.is_some()
}

/// Running heads that are looked at.
const FURNITURE_LINES: usize = 8;

fn stands_high(index: usize, line: &Prepared<'_>) -> bool {
    line.zone == Zone::Title || index < 3
}

/// Whose a line says the paper is.
fn owner<'n>(names: &'n Names, key: &str, line: &str) -> Option<&'n str> {
    let hits = names.in_words(line);
    let hit = hits.iter().find(|(from, name, _)| {
        let before = line.get(..*from).unwrap_or_default().trim_end();
        let of_a_body = BODIES.iter().any(|body| {
            let rest = before.strip_suffix(body);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        });
        of_a_body || (before.is_empty() && is_letterhead(key, name))
    });
    hit.map(|(_, _, id)| *id)
}

/// What parts a letterhead's name from the rest of its line: a town, a number.
const PARTS: [char; 11] = ['-', '–', '—', '|', ',', '،', '(', '/', '·', ':', '*'];

/// The line is the name, and behind it at most something short that a sign parts off.
fn is_letterhead(key: &str, name: &str) -> bool {
    let whole = words(key);
    if whole == name {
        return true;
    }
    let short = whole.split(' ').count() <= name.split(' ').count() + 5;
    let mut ends = key.char_indices().filter(|(_, sign)| PARTS.contains(sign));
    short && ends.any(|(end, _)| words(key.get(..end).unwrap_or_default()) == name)
}
