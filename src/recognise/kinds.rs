//! What kind of paper it is, by the cues of the vocabulary.

use super::Context;
use super::attendance;
use super::cues::Cues;
use super::cues::Found;
use super::cues::Place;
use super::cues::position;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::Zone;
use super::paper::name_words;
use super::paper::words;
use crate::document::KindGuess;
use crate::text;
use crate::text::Language;
use crate::text::language_of;

/// The name of the answer "no rule speaks of such a paper".
pub const NONE_OF_OURS: &str = "none_of_ours";

/// Below this a kind is not believed; at or above it, it is.
pub(super) const BELIEVED: u16 = 400;
/// Of a kind that overrules the others.
const OVERRULED: u16 = 1000;
/// Of a paper that is like nothing known.
const UNKNOWN: u16 = 200;
/// Below this a guess is no guess.
const NOTICED: u16 = 260;

const TITLE: u32 = 620;
const HEAD: u32 = 330;
/// A title without marks stands within so many lines, under a letterhead.
const LETTERHEAD: usize = 14;
/// A heading below the title's: the name of a part.
const SECTION: u32 = 130;
const NAME: u32 = 430;
const FOLDER: u32 = 300;
const PERHAPS: u32 = 120;
const DATED: u32 = 120;
/// Each distinct phrase of the body, and all of them together at most.
const SAYS: u32 = 110;
const SAYS_MOST: u32 = 480;
/// A tenth of what is above that, at most.
const BEYOND_MOST: u32 = 120;
/// A list of those who came.
const ROLL: u32 = 200;
/// In the title or the lines below it: nearly as much as a title.
const OPENS: u32 = 330;
/// For each thousandth of the words that is a word of duty, and at most.
const BINDS: u32 = 20;
const BINDS_MOST: u32 = 320;
/// Fewer words of duty say nothing of the whole.
const BINDS_LEAST: u32 = 3;
/// The best guess leads the second of another answer by so much, or nobody is sure.
pub(super) const LEAD: u16 = 60;
/// What stands in a title and in the name, or in the title and all through the text.
pub(super) const CERTAIN: u16 = 900;
/// More for each of them that is a label.
const LABEL: u32 = 60;
/// A body with so many signs of a kind is of it, though its title says another.
const TELLING: usize = 4;
/// The share, in tenths, left to a kind that is not the head noun of the title.
const BESIDE: u32 = 4;

/// What speaks for one kind.
#[derive(Clone, Default, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four signs that are there or not")]
struct Signs {
    title: u32,
    name: u32,
    says: Vec<usize>,
    /// How many of them are labels: a list of those present weighs more than a word.
    labels: u32,
    /// It says in its title or below it what papers of the kind say there.
    opens: bool,
    /// How many words of duty.
    duties: u32,
    /// It names those who came, as only minutes and attendance lists do.
    roll: bool,
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
    rolls(paper, cues, &mut signs);
    rules(cues, &mut signs);
    let count = u32::try_from(paper.word_count(usize::MAX)).unwrap_or(u32::MAX);
    ranked(cues, &signs, count)
}

/// Title lines and the front matter's title: the head noun's kind in full, the others in
/// part.
fn titles(paper: &Paper<'_>, context: &Context<'_>, signs: &mut [Signs]) {
    let front = context.title_words();
    if !front.is_empty() {
        title_line(&front, TITLE, true, context.cues, signs);
    }
    let top = paper.lines.iter().find_map(|line| depth(line)).unwrap_or(1);
    let first = paper.head().position(|line| depth(line).is_some());
    let mut told = false;
    for (index, line) in paper.head().enumerate() {
        told = is_told(line, told);
        // A heading of one or two words below the first names a part of the paper.
        let part = line.zone != Zone::Title || line.words.split(' ').count() <= 2;
        let later = first.is_some_and(|first| index > first);
        let section = part
            && index > 0
            && depth(line).is_some_and(|depth| depth > top || (later && part));
        let worth = match line.zone {
            _ if section => SECTION,
            Zone::Title if told => continue,
            Zone::Title => TITLE,
            Zone::Head if index < LETTERHEAD && reads_like_a_title(line) => HEAD,
            Zone::Head if depth(line).is_some() && reads_like_a_title(line) => HEAD,
            Zone::Head | Zone::Body => continue,
        };
        title_line(&line.words, worth, index == 0, context.cues, signs);
    }
}

/// Words by which a line tells something, as no title does.
const TELLS: [&str; 6] =
    ["we have", "we are", "we will", "we failed", "has been", "have been"];

/// Whether a line is part of running text: it tells something, or goes on in small letters from
/// a line that did.
fn is_told(line: &Prepared<'_>, before: bool) -> bool {
    use crate::document::Role;
    let plain = line.line.role == Role::Text;
    let tells = TELLS.iter().any(|phrase| position(&line.words, phrase).is_some());
    let goes_on = line.line.text.trim_start().starts_with(char::is_lowercase);
    plain && (tells || (before && goes_on))
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
    let mut found = cues.find(words, true);
    found.retain(|hit| hit.place == Place::NotTitled || !is_mentioned(words, hit.from));
    if worth == HEAD {
        // "See below for the finance report" names a paper in passing.
        found.retain(|hit| hit.from == 0 || (hit.to - hit.from) * 2 >= words.len());
    }
    let strong: Vec<&Found> = found.iter().filter(|f| f.place == Place::Titled).collect();
    let head = head_noun(words, &strong);
    for hit in &found {
        let Some(signs) = signs.get_mut(hit.kind) else { continue };
        let length = u32::try_from(hit.to - hit.from).unwrap_or(0).min(40) * 3;
        let worth = match hit.place {
            Place::Overrules if concerns_another(words, hit.from) => 0,
            Place::Overrules => {
                signs.overrules |= leads;
                worth + length
            }
            Place::Titled if Some(hit.kind) == head => worth + length,
            Place::Titled => worth * BESIDE / 10 + length,
            Place::PerhapsTitled => worth.min(PERHAPS),
            Place::NotTitled => {
                // "Agenda and minutes" are minutes: the kind's own title is there as well.
                let own = strong.iter().any(|other| {
                    let inside = hit.from <= other.from && other.to <= hit.to;
                    other.kind == hit.kind && !inside
                });
                signs.refused |= !own && leads;
                0
            }
            Place::Named | Place::Says | Place::OpensWith | Place::BindsWith => 0,
        };
        signs.title = signs.title.max(worth);
    }
}

/// Words after which a line speaks of a paper that is not this one: where something stands, or
/// by what it is done.
const MENTIONS: [&str; 22] = [
    "under article",
    "under section",
    "under the",
    "set forth in",
    "set out in",
    "described in",
    "defined in",
    "specified in",
    "provided for in",
    "in accordance with",
    "according to",
    "pursuant to",
    "as per",
    "required by",
    "this section describes",
    "amendments to",
    "changes to",
    "بموجب",
    "وفقا",
    "بناء علي",
    "استنادا الي",
    "عملا",
];

/// "Under article III of the bylaws", "by law": another paper is named in passing.
fn is_mentioned(words: &str, from: usize) -> bool {
    let before = words.get(..from).unwrap_or_default().trim_end();
    let by = before == "by" || before.ends_with(" by");
    by || MENTIONS.iter().any(|phrase| position(before, phrase).is_some())
}

/// Words after which a title speaks of another paper: what was approved, not what approves.
const CONCERNS: [&str; 16] = [
    "approve",
    "approving",
    "approval of",
    "adopt",
    "adoption of",
    "review of",
    "discuss",
    "discussion of",
    "consider",
    "لاقرار",
    "اقرار",
    "لاعتماد",
    "اعتماد",
    "لمناقشه",
    "مناقشه",
    "لبحث",
];

/// "Special meeting to approve the draft budget": not the meeting's paper is a draft.
fn concerns_another(words: &str, from: usize) -> bool {
    let before = words.get(..from).unwrap_or_default().trim_end();
    CONCERNS.iter().any(|phrase| position(before, phrase).is_some())
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
    for (key, value) in &context.text.front_matter {
        if SORTS.contains(&key.as_str()) {
            name(&words(&text::key(value)), FOLDER, context.cues, signs);
        }
    }
}

/// Keys of the front matter under which authors sort their papers, as others do in folders.
const SORTS: [&str; 9] = [
    "type",
    "document",
    "category",
    "categories",
    "tags",
    "doc_type",
    "نوع",
    "تصنيف",
    "وسوم",
];

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
            match hit.place {
                Place::Says if !signs.says.contains(&hit.phrase) => {
                    signs.says.push(hit.phrase);
                    signs.labels += u32::from(hit.label);
                }
                Place::OpensWith if line.zone != Zone::Body => {
                    signs.opens = true;
                }
                Place::BindsWith => signs.duties += 1,
                _ => {}
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

/// A list of two names or more under "present" speaks for minutes.
fn rolls(paper: &Paper<'_>, cues: &Cues, signs: &mut [Signs]) {
    let named = attendance::listed(paper) > 1;
    for (kind, signs) in cues.kinds.iter().zip(signs) {
        signs.roll = named && kind.name == "minutes" && !kind.foreign;
    }
}

/// Bylaws, codes and agreements set rules too: what a title calls otherwise is not told by
/// its words of duty.
fn rules(cues: &Cues, signs: &mut [Signs]) {
    let titled = |signs: &Signs| signs.title >= TITLE && !signs.refused;
    let binding = |signs: &Signs| signs.duties > 0;
    if !signs.iter().any(|signs| titled(signs) && !binding(signs)) {
        return;
    }
    for (kind, signs) in cues.kinds.iter().zip(signs) {
        if !kind.name.ends_with("minutes") && !titled(signs) {
            signs.duties = 0;
            signs.opens = false;
        }
    }
}

fn ranked(cues: &Cues, signs: &[Signs], count: u32) -> Vec<KindGuess> {
    let mut guesses: Vec<KindGuess> = Vec::new();
    for (kind, signs) in cues.kinds.iter().zip(signs) {
        let confidence = confidence(signs, count);
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
        // Nothing speaks for any kind: only a person can say that no rule asks for it.
        guesses.push(KindGuess { kind: NONE_OF_OURS.to_owned(), confidence: UNKNOWN });
    }
    guesses
}

/// Whether it would be a policy or the like of ours, but for a word in its title that makes
/// a draft or a form of it. Drafts of minutes are plainly none.
pub(super) fn is_draft_of_ours(guesses: &[KindGuess], cues: &Cues) -> bool {
    let overruled = guesses.first().is_some_and(|guess| guess.confidence == OVERRULED);
    overruled
        && guesses.get(1).is_some_and(|second| {
            second.confidence >= BELIEVED && !cues.are_minutes(&second.kind)
        })
}

/// Thousandths; a kind that overrules the others is certain. `count`: the paper's words.
fn confidence(signs: &Signs, count: u32) -> u16 {
    if signs.refused && signs.says.len() < TELLING {
        return 0;
    }
    if signs.overrules {
        return OVERRULED;
    }
    let phrases = u32::try_from(signs.says.len()).unwrap_or(u32::MAX);
    let says = phrases.saturating_mul(SAYS) + signs.labels.min(4) * LABEL;
    let says = says + binds(signs, count);
    // What a paper says over and over tells it from one that says enough.
    let beyond = (says.saturating_sub(SAYS_MOST) / 10).min(BEYOND_MOST);
    let says = says.min(SAYS_MOST) + beyond;
    let title = if signs.opens { signs.title.max(OPENS) } else { signs.title };
    if title <= PERHAPS + DATED && signs.name == 0 && says == 0 {
        return 0;
    }
    let stated = title.max(signs.name) + title.min(signs.name) / 3;
    // Only what overrules is certain: a draft of minutes with every sign of minutes is one.
    let roll = if signs.roll { ROLL } else { 0 };
    let sum = stated + says + roll;
    // Rules that nothing in the title or the name calls by name may be bylaws as well.
    let nameless = stated <= PERHAPS && signs.duties > 0;
    let most = if nameless { u32::from(BELIEVED) - 1 } else { 999 };
    u16::try_from(sum.min(most)).unwrap_or(999)
}

/// What the words of duty say of a paper with so many words.
fn binds(signs: &Signs, count: u32) -> u32 {
    if signs.duties < BINDS_LEAST {
        return 0;
    }
    let share = signs.duties.saturating_mul(1000) / count.max(1);
    share.saturating_mul(BINDS).min(BINDS_MOST)
}
