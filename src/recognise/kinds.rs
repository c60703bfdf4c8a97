//! What kind of paper it is, by the cues of the vocabulary.

use super::Context;
use super::cues::Cues;
use super::cues::Found;
use super::cues::Place;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::Zone;
use super::paper::name_words;
use crate::document::KindGuess;
use crate::text::Language;
use crate::text::language_of;

/// The name of the answer "no rule speaks of such a paper".
pub const NONE_OF_OURS: &str = "none_of_ours";

/// Below this a kind is not believed; at or above it, it is.
pub(super) const BELIEVED: u16 = 400;
/// Below this a guess is no guess.
const NOTICED: u16 = 260;

const TITLE: u32 = 620;
const HEAD: u32 = 330;
/// A heading below the title's: the name of a part.
const SECTION: u32 = 130;
const NAME: u32 = 430;
const FOLDER: u32 = 300;
const PERHAPS: u32 = 200;
const DATED: u32 = 120;
/// Each distinct phrase of the body, and all of them together at most.
const SAYS: u32 = 110;
const SAYS_MOST: u32 = 480;
/// More for each of them that is a label.
const LABEL: u32 = 60;
/// A body with so many signs of a kind is of it, though its title says another.
const TELLING: usize = 4;
/// The share, in tenths, left to a kind that is not the head noun of the title.
const BESIDE: u32 = 4;

/// What speaks for one kind.
#[derive(Clone, Default, Debug)]
struct Signs {
    title: u32,
    name: u32,
    says: Vec<usize>,
    /// How many of them are labels: a list of those present weighs more than a word.
    labels: u32,
    refused: bool,
    overrules: bool,
}

/// The kinds that a paper may be, best first, at most three. Never empty: what is like no
/// kind is [`NONE_OF_OURS`].
pub(super) fn guesses(paper: &Paper<'_>, context: &Context<'_>) -> Vec<KindGuess> {
    let cues = context.cues;
    let mut signs = vec![Signs::default(); cues.kinds.len()];
    titles(paper, context, &mut signs);
    names(context, &mut signs);
    body(paper, cues, &mut signs);
    dated(paper, context, &mut signs);
    ranked(cues, &signs)
}

/// Title lines and the front matter's title: the head noun's kind in full, the others in
/// part.
fn titles(paper: &Paper<'_>, context: &Context<'_>, signs: &mut [Signs]) {
    let front = context.title_words();
    if !front.is_empty() {
        title_line(&front, TITLE, true, context.cues, signs);
    }
    let top = paper.lines.iter().find_map(|line| depth(line)).unwrap_or(1);
    for (index, line) in paper.head().enumerate() {
        // A heading of one or two words below the first names a part of the paper.
        let part = line.zone != Zone::Title || line.words.split(' ').count() <= 2;
        let section = part && index > 0 && depth(line).is_some_and(|depth| depth > top);
        let worth = match line.zone {
            _ if section => SECTION,
            Zone::Title => TITLE,
            Zone::Head if reads_like_a_title(line) => HEAD,
            Zone::Head | Zone::Body => continue,
        };
        title_line(&line.words, worth, index == 0, context.cues, signs);
    }
}

fn depth(line: &Prepared<'_>) -> Option<u8> {
    match line.line.role {
        crate::document::Role::Heading(depth) => Some(depth),
        _ => None,
    }
}

fn reads_like_a_title(line: &Prepared<'_>) -> bool {
    use crate::document::Role;
    let words = line.words.split(' ').count();
    match line.line.role {
        Role::Heading(depth) => depth <= 2 && words <= 12,
        Role::Text => words <= 7,
        Role::Item | Role::Ticked | Role::Unticked | Role::Furniture | Role::Hidden => {
            false
        }
    }
}

/// `leads`: it is the first line or the stated title, and can decide against a kind.
fn title_line(words: &str, worth: u32, leads: bool, cues: &Cues, signs: &mut [Signs]) {
    let found = cues.find(words, true);
    let strong: Vec<&Found> = found.iter().filter(|f| f.place == Place::Titled).collect();
    let head = head_noun(words, &strong);
    for hit in &found {
        let Some(signs) = signs.get_mut(hit.kind) else { continue };
        let length = u32::try_from(hit.to - hit.from).unwrap_or(0).min(40) * 3;
        let worth = match hit.place {
            Place::Overrules => {
                signs.overrules |= leads;
                worth + length
            }
            Place::Titled if Some(hit.kind) == head => worth + length,
            Place::Titled => worth * BESIDE / 10 + length,
            Place::PerhapsTitled => worth.min(PERHAPS),
            Place::NotTitled => {
                // "Agenda and minutes" are minutes: the kind's own title is there as well.
                let own = strong.iter().any(|other| other.kind == hit.kind);
                signs.refused |= !own && leads;
                0
            }
            Place::Named | Place::Says => 0,
        };
        signs.title = signs.title.max(worth);
    }
}

/// The kind that the title's head noun names. In English it ends the noun phrase before
/// the first "of" or "for"; in Arabic it begins the title. Longer phrases hide those
/// inside them.
fn head_noun(words: &str, found: &[&Found]) -> Option<usize> {
    let whole = |hit: &&&Found| {
        !found.iter().any(|other| {
            other.from <= hit.from
                && hit.to <= other.to
                && other.to - other.from > hit.to - hit.from
        })
    };
    let mut outer: Vec<&&Found> = found.iter().filter(whole).collect();
    outer.sort_by_key(|hit| hit.from);
    if language_of(words) == Language::Arabic {
        return outer.first().map(|hit| hit.kind);
    }
    let first = outer.first()?;
    let rest = words.get(first.to..).unwrap_or_default();
    let stop = [" of ", " for ", " on ", " about ", " to ", " from "]
        .iter()
        .filter_map(|word| rest.find(word))
        .min()
        .map_or(words.len(), |at| first.to + at);
    outer.iter().rfind(|hit| hit.to <= stop.max(first.to)).map(|hit| hit.kind)
}

/// The file's own name, then its folders, the nearest first.
fn names(context: &Context<'_>, signs: &mut [Signs]) {
    name(&name_words(context.stem()), NAME, context.cues, signs);
    for (depth, folder) in context.folders.iter().rev().take(3).enumerate() {
        let worth = if depth == 0 { FOLDER } else { FOLDER * 2 / 3 };
        name(&name_words(folder), worth, context.cues, signs);
    }
}

fn name(words: &str, worth: u32, cues: &Cues, signs: &mut [Signs]) {
    let found = cues.find(words, true);
    let strong: Vec<&Found> = found
        .iter()
        .filter(|hit| {
            matches!(hit.place, Place::Titled | Place::Named | Place::Overrules)
        })
        .collect();
    let head = head_noun(words, &strong);
    for hit in strong {
        if let Some(signs) = signs.get_mut(hit.kind) {
            signs.overrules |= hit.place == Place::Overrules;
            let worth = if Some(hit.kind) == head { worth } else { worth * BESIDE / 10 };
            signs.name = signs.name.max(worth);
        }
    }
}

fn body(paper: &Paper<'_>, cues: &Cues, signs: &mut [Signs]) {
    for line in &paper.lines {
        for hit in cues.find(&line.words, is_label(line)) {
            let Some(signs) = signs.get_mut(hit.kind) else { continue };
            if hit.place == Place::Says && !signs.says.contains(&hit.phrase) {
                signs.says.push(hit.phrase);
                signs.labels += u32::from(hit.label);
            }
        }
    }
}

/// Whether a line's first words are a label: a heading, a line with a colon near its
/// start, or a line of few words.
pub(super) fn is_label(line: &Prepared<'_>) -> bool {
    use crate::document::Role;
    let colon = line.key.chars().take(60).any(|character| character == ':');
    colon
        || matches!(line.line.role, Role::Heading(_))
        || line.words.split(' ').count() <= 4
}

/// A date in the title speaks for the kinds that are dated so.
fn dated(paper: &Paper<'_>, context: &Context<'_>, signs: &mut [Signs]) {
    let in_line =
        paper.lines.iter().any(|l| l.zone == Zone::Title && !l.dates.is_empty());
    let front = !super::dates::find(&context.title_key()).is_empty();
    if !in_line && !front {
        return;
    }
    for (kind, signs) in context.cues.kinds.iter().zip(signs) {
        if kind.dated {
            signs.title += DATED;
        }
    }
}

fn ranked(cues: &Cues, signs: &[Signs]) -> Vec<KindGuess> {
    let mut guesses: Vec<KindGuess> = Vec::new();
    for (kind, signs) in cues.kinds.iter().zip(signs) {
        let confidence = confidence(signs);
        if confidence < NOTICED {
            continue;
        }
        let name = if kind.foreign { NONE_OF_OURS } else { &kind.name };
        match guesses.iter_mut().find(|guess| guess.kind == name) {
            Some(guess) => guess.confidence = guess.confidence.max(confidence),
            None => guesses.push(KindGuess { kind: name.to_owned(), confidence }),
        }
    }
    guesses.sort_by(|a, b| b.confidence.cmp(&a.confidence).then(a.kind.cmp(&b.kind)));
    guesses.truncate(3);
    if guesses.is_empty() {
        guesses.push(KindGuess { kind: NONE_OF_OURS.to_owned(), confidence: 500 });
    }
    guesses
}

/// Thousandths; a kind that overrules the others is certain.
fn confidence(signs: &Signs) -> u16 {
    if signs.refused && signs.says.len() < TELLING {
        return 0;
    }
    if signs.overrules {
        return 1000;
    }
    let count = u32::try_from(signs.says.len()).unwrap_or(u32::MAX);
    let says = count.saturating_mul(SAYS) + signs.labels.min(4) * LABEL;
    let says = says.min(SAYS_MOST);
    if signs.title <= PERHAPS + DATED && signs.name == 0 && signs.says.is_empty() {
        return 0;
    }
    let stated = signs.title.max(signs.name) + signs.title.min(signs.name) / 3;
    // Only what overrules is certain: a draft of minutes with every sign of minutes is one.
    u16::try_from((stated + says).min(999)).unwrap_or(999)
}
