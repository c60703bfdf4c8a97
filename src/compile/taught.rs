//! The words of a network beside those that ship, and what of them gets into the way of
//! others: told where they are taught, while the words count.
//!
//! Knows words and the sentences of the forms, and no rule.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::raise::words as raise;
use crate::form;
use crate::norm::TermId;
use crate::text::{Language, language_of};
use crate::vocabulary;
use crate::vocabulary::phrases::{Collision, phrase_key};
use crate::vocabulary::words::{Label, label};
use crate::vocabulary::{Concern, CuePlace, SIGNS, Taught, TermKind, Vocabulary};

/// The vocabulary that ships with the words of these files (name, text), and everything
/// that is to be said of the files.
pub fn learn(files: &[(&str, &str)]) -> (Vocabulary, Vec<Diagnostic>) {
    let standard = vocabulary::standard();
    let (vocabulary, lines, mut told) = standard.taught(files);
    told.extend(surprises(&vocabulary, &lines));
    told.sort_by(|one, other| {
        let at = |told: &Diagnostic| (told.place.file.clone(), told.place.line);
        at(one).cmp(&at(other))
    });
    (vocabulary, told)
}

/// What may surprise whoever taught these lines, once for a phrase.
pub fn surprises(vocabulary: &Vocabulary, lines: &[Taught]) -> Vec<Diagnostic> {
    if lines.is_empty() {
        return Vec::new();
    }
    let own: BTreeSet<TermId> = lines.iter().map(|line| line.term).collect();
    let mut told = Vec::new();
    for line in lines {
        let of_phrase = |phrase: &String| {
            taken(vocabulary, line, phrase)
                .or_else(|| of_the_language(vocabulary, line, phrase))
                .or_else(|| begins(vocabulary, &own, line, phrase))
        };
        let mut said: Vec<Diagnostic> =
            line.phrases.iter().filter_map(of_phrase).collect();
        // An entry's two languages say one thing.
        said.dedup_by_key(|it| {
            if line.entry { it.code.to_owned() } else { it.place.text.clone() }
        });
        told.extend(said);
        told.extend(unrecognised(vocabulary, line));
    }
    told
}

/// A phrase that another word has. The forms of a verb may be another's too, as «وقع» is
/// "occurred" and "signed"; but not all of a line in one language.
fn taken(vocabulary: &Vocabulary, line: &Taught, phrase: &str) -> Option<Diagnostic> {
    let found = collision(vocabulary, line, phrase)?;
    let term = vocabulary.term(line.term)?;
    if matches!(term.kind, TermKind::Verb(_)) {
        let language = language_of(phrase);
        let mut forms = line.phrases.iter().filter(|it| language_of(it) == language);
        let free = |form: &String| collision(vocabulary, line, form).is_none();
        if forms.clone().next().is_some_and(|it| it != phrase) || forms.any(free) {
            return None;
        }
    }
    let holder = found.holder.map(|id| names(vocabulary, id));
    Some(raise::taken(&line.place.at(phrase), line.entry, holder))
}

fn collision<'a>(
    vocabulary: &'a Vocabulary,
    line: &Taught,
    phrase: &str,
) -> Option<&'a Collision> {
    let key = phrase_key(phrase);
    let mut all = vocabulary.finder().collisions.iter();
    all.find(|it| it.term == line.term && phrase_key(&it.phrase) == key)
}

fn names(vocabulary: &Vocabulary, id: TermId) -> [&str; 2] {
    let term = vocabulary.term(id);
    [
        term.and_then(|it| it.english.first()).map_or("", String::as_str),
        term.and_then(|it| it.arabic.first()).map_or("", String::as_str),
    ]
}

/// A sentence that a form takes, folded, and as the standard vocabulary marks it.
struct Sentence {
    written: &'static str,
    key: String,
    marked: String,
}

static SENTENCES: LazyLock<Vec<Sentence>> = LazyLock::new(|| {
    let standard = vocabulary::standard();
    let examples = form::FORMS.iter().flat_map(|form| form.examples).flatten();
    let sentence = |written: &&'static str| Sentence {
        written,
        key: phrase_key(written),
        marked: form::mark(written, &standard).text,
    };
    examples.map(sentence).collect()
});

/// A phrase that is found in a sentence which was read without it.
fn of_the_language(
    vocabulary: &Vocabulary,
    line: &Taught,
    phrase: &str,
) -> Option<Diagnostic> {
    let key = phrase_key(phrase);
    let mut near = SENTENCES.iter().filter(|sentence| sentence.key.contains(&key));
    let sentence = near.find(|sentence| {
        let after = form::mark(sentence.written, vocabulary);
        let here = |range: &Range<usize>| {
            let words = sentence.written.get(range.clone()).unwrap_or_default();
            phrase_key(words) == key
        };
        after.text != sentence.marked && after.marks().any(|(range, _)| here(&range))
    })?;
    Some(raise::of_the_language(&line.place.at(phrase), line.entry, sentence.written))
}

/// A phrase that begins a phrase of another word, or goes on from one.
fn begins(
    vocabulary: &Vocabulary,
    own: &BTreeSet<TermId>,
    line: &Taught,
    phrase: &str,
) -> Option<Diagnostic> {
    let key = phrase_key(phrase);
    let place = || line.place.at(phrase);
    let heads = key.match_indices(' ').map(|(at, _)| key.split_at(at));
    for (head, rest) in heads {
        let rest = rest.trim();
        let Some((mark, other)) = vocabulary.finder().held(head) else { continue };
        let read = reads(vocabulary, (other, line.term), (mark, rest));
        // Most names go on from a word that ships; that is worth a word only between two
        // that somebody here taught.
        if let Some(misleads) = read.filter(|misleads| *misleads || own.contains(&other))
        {
            let short = said_as(vocabulary, head).unwrap_or(head);
            let words = (short, phrase, said_as(vocabulary, rest).unwrap_or(rest));
            return Some(raise::begins(&place(), line.entry, words, misleads));
        }
    }
    let (mark, _) = vocabulary.finder().held(&key)?;
    vocabulary.finder().going_on(&key).find_map(|(rest, other, whole)| {
        // Of two taught words the longer is told.
        if own.contains(&other) {
            return None;
        }
        let misleads = reads(vocabulary, (line.term, other), (mark, &rest))?;
        let long = said_as(vocabulary, whole).unwrap_or(whole);
        let words = (phrase, long, said_as(vocabulary, &rest).unwrap_or(&rest));
        Some(raise::begins(&place(), line.entry, words, misleads))
    })
}

/// A folded phrase as somebody wrote it.
fn said_as<'a>(vocabulary: &'a Vocabulary, key: &str) -> Option<&'a str> {
    let mut written = vocabulary.finder().written();
    written.find(|(phrase, _, _)| phrase_key(phrase) == key).map(|(phrase, _, _)| phrase)
}

/// Whether a phrase and what follows it can both be read by themselves, where the longer
/// one is of another word that has nothing to do with the shorter; and whether the two make
/// a sentence: a thing and what it does.
fn reads(
    vocabulary: &Vocabulary,
    (short, long): (TermId, TermId),
    (head, rest): (&str, &str),
) -> Option<bool> {
    if short == long || are_related(vocabulary, short, long) {
        return None;
    }
    let rest = form::mark(rest, vocabulary);
    if !rest.unknown().is_empty() {
        return None;
    }
    let (first, next) = rest.marks().next()?;
    let first = rest.source().get(first).unwrap_or_default();
    let thing = |mark: &str| mark.starts_with('‹') && flags(mark).is_none();
    // Arabic puts the verb first; an English phrase that begins so names a thing: "sign post".
    let verb_first = rest.language == Language::Arabic && does(head) && thing(next);
    // "Meets" does; the "file" of "registration file" does not.
    let third_person = rest.language == Language::Arabic || first.ends_with('s');
    Some(thing(head) && does(next) && third_person || verb_first)
}

/// The forms of a verb that a mark stands for: `f` present, `p` done, `n` noun.
fn flags(mark: &str) -> Option<&str> {
    let (_, flags) = mark.trim_end_matches('›').rsplit_once(' ')?;
    let all = flags.len() == 3
        && flags.chars().all(|flag| matches!(flag, 'f' | 'p' | 'n' | '-'));
    all.then_some(flags)
}

/// A verb that says what is done: no noun of a deed.
fn does(mark: &str) -> bool {
    flags(mark).is_some_and(|flags| flags.starts_with('f') && !flags.ends_with('n'))
}

/// A body and its members or minutes, a kind and its general kind.
fn are_related(vocabulary: &Vocabulary, one: TermId, other: TermId) -> bool {
    let of = |term: TermId, body: TermId| match vocabulary.term(term).map(|it| it.kind) {
        Some(TermKind::Member(group)) => group == body,
        Some(TermKind::Document(Concern::Meeting(Some(group)))) => group == body,
        _ => vocabulary.is_a(term, body),
    };
    of(one, other) || of(other, one)
}

/// A kind of document without a sign of its own.
fn unrecognised(vocabulary: &Vocabulary, line: &Taught) -> Option<Diagnostic> {
    let term = vocabulary.term(line.term).filter(|_| line.entry)?;
    let TermKind::Document(concern) = term.kind else { return None };
    // Minutes of any body are known as minutes, and a general kind by its narrower ones.
    let minutes =
        matches!(concern, Concern::Meeting(_)) && term.name.ends_with("minutes");
    let is_sign = |place: CuePlace| place != CuePlace::NotTitle;
    let known = vocabulary.kinds().any(|(id, kind)| {
        let signs = kind.cues.iter().any(|cue| is_sign(cue.place));
        (signs || has_signs(&kind.name)) && vocabulary.is_a(id, line.term)
    });
    let names = names(vocabulary, line.term);
    (!minutes && !known).then(|| raise::unrecognised(&line.place, names))
}

/// Whether the recogniser's own file has signs for a kind of this name.
fn has_signs(name: &str) -> bool {
    static NAMED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let heads = SIGNS.lines().filter_map(|line| line.split_once(':'));
        let heads = heads.filter(|(head, _)| label(head) != Some(Label::LooksLike));
        let english = heads.filter_map(|(head, _)| head.split_once('—'));
        english.map(|(english, _)| vocabulary::name_of(english)).collect()
    });
    NAMED.contains(name)
}
