//! By what words a kind of paper and a body are known: data, read from `Words` files.
//!
//! ```text
//! minutes — محضر: a document
//!    looks like: titled "minutes" or «محضر»; says "present:" or «الحضور:»
//! ```
//! Clauses are parted by `;`. `titled` looks at titles and names, `perhaps titled` the same
//! with less weight, `named` at file and folder names alone, `says` anywhere, `opens with` in
//! the title and the lines below it. `binds with` are words by which a paper sets rules: how
//! often they come counts. A phrase that ends in a colon is a label: it begins a line. Adding a kind is an entry, no code.

use super::paper::words;
use crate::text;
use crate::vocabulary;
use crate::vocabulary::words::{Label, label, split_languages};
use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;
use aho_corasick::MatchKind;
use std::sync::LazyLock;

/// All kinds and bodies that are known, with their phrases.
#[derive(Clone, Debug)]
pub struct Cues {
    pub(super) kinds: Vec<KindCues>,
    pub(super) bodies: Vec<Named>,
    phrases: Vec<Phrase>,
    automaton: AhoCorasick,
}

/// One kind of paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct KindCues {
    /// The vocabulary name: `audited_accounts`.
    pub(super) name: String,
    /// No rule asks for it: it is known so that it is not taken for another.
    pub(super) foreign: bool,
    /// A date in its title is a sign of it.
    pub(super) dated: bool,
}

/// A term and what it is called, folded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) phrases: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Place {
    Titled,
    PerhapsTitled,
    Named,
    Says,
    /// In the title or the lines below it.
    OpensWith,
    /// Words of duty: their share of all words counts.
    BindsWith,
    NotTitled,
    /// Titled so, or named so, it is this whatever else it looks like.
    Overrules,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Phrase {
    kind: usize,
    place: Place,
    label: bool,
    words: String,
}

/// A phrase found in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// Index into [`Cues::kinds`].
    pub(super) kind: usize,
    pub(super) place: Place,
    /// Bytes of the words.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Which phrase: a phrase counts once.
    pub(super) phrase: usize,
    pub(super) label: bool,
}

impl Cues {
    /// The kinds and bodies that come with the program; read once in the life of a process.
    pub fn standard() -> Cues {
        static READ: LazyLock<Cues> = LazyLock::new(|| Cues::beside(&[]));
        READ.clone()
    }

    /// The same, and those of further `Words` files.
    pub fn with(files: &[&str]) -> Cues {
        if files.is_empty() { Cues::standard() } else { Cues::beside(files) }
    }

    fn beside(files: &[&str]) -> Cues {
        let standard = vocabulary::STANDARD.iter().map(|(_, text)| *text);
        let sources: Vec<&str> =
            standard.chain([vocabulary::SIGNS]).chain(files.iter().copied()).collect();
        Cues::read(&sources)
    }

    /// The kinds and bodies of `Words` files. What is no entry of a paper or a body is
    /// passed over: the vocabulary's own reader reports it.
    fn read(sources: &[&str]) -> Cues {
        let mut building = Building::default();
        for line in sources.iter().flat_map(|source| source.lines()) {
            building.line(line);
        }
        let texts = building.phrases.iter().map(|phrase| phrase.words.as_str());
        // Some megabytes and milliseconds once, and every paper is read three times as fast.
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(texts)
            .expect(
                "invariant: a vocabulary has far fewer phrases than an automaton holds",
            );
        let Building { kinds, bodies, phrases, .. } = building;
        Cues { kinds, bodies, phrases, automaton }
    }

    /// Whether some sign speaks for papers of this kind. Minutes of any body are minutes.
    pub fn recognises(&self, kind: &str) -> bool {
        let kind = if self.are_minutes(kind) { "minutes" } else { kind };
        self.phrases.iter().any(|phrase| {
            let of = self.kinds.get(phrase.kind);
            phrase.place != Place::NotTitled
                && of.is_some_and(|of| of.name == kind && !of.foreign)
        })
    }

    /// Whether papers of this kind are minutes of one meeting, of whatever body. A register
    /// of minutes is a paper of its own.
    pub(super) fn are_minutes(&self, kind: &str) -> bool {
        let own = || self.kinds.iter().any(|known| known.name == kind && !known.foreign);
        kind == "minutes" || (kind.ends_with("_minutes") && !own())
    }

    /// How many phrases are looked for, in one pass over a line.
    pub fn phrase_count(&self) -> usize {
        self.phrases.len()
    }

    /// How many of them stand in a folded line, single spaces between its words.
    pub fn count_in(&self, words: &str) -> usize {
        self.find(words, true).len()
    }

    /// Every phrase that stands in `words` at word borders; `is_label` says whether the
    /// line's first words are a label.
    pub(super) fn find(&self, words: &str, is_label: bool) -> Vec<Found> {
        let mut found = Vec::new();
        for hit in self.automaton.find_overlapping_iter(words) {
            let index = hit.pattern().as_usize();
            let Some(phrase) = self.phrases.get(index) else { continue };
            let labelled = !phrase.label || (hit.start() == 0 && is_label);
            if labelled && at_borders(words, hit.start(), hit.end()) {
                found.push(Found {
                    kind: phrase.kind,
                    place: phrase.place,
                    from: hit.start(),
                    to: hit.end(),
                    phrase: index,
                    label: phrase.label,
                });
            }
        }
        found
    }
}

/// Whether `from..to` are whole words. An Arabic word may carry its clitics in front.
pub(super) fn at_borders(words: &str, from: usize, to: usize) -> bool {
    let ends =
        words.get(to..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let before = words.get(..from).unwrap_or_default();
    let clitic = before.rsplit(' ').next().unwrap_or_default();
    ends && matches!(
        clitic,
        "" | "و"
            | "ف"
            | "ب"
            | "ل"
            | "ك"
            | "ال"
            | "وال"
            | "بال"
            | "لل"
            | "فال"
            | "كال"
            | "ول"
            | "وب"
    )
}

/// Whether a phrase stands in `words` at word borders; where it begins.
pub(super) fn position(words: &str, phrase: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = words.get(from..)?.find(phrase) {
        let start = from + at;
        if at_borders(words, start, start + phrase.len()) {
            return Some(start);
        }
        from = start + phrase.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// How an entry says that its paper is known only so that it is not taken for another.
const FOREIGN: &str = "a paper that no rule asks for";

#[derive(Default)]
struct Building {
    kinds: Vec<KindCues>,
    bodies: Vec<Named>,
    phrases: Vec<Phrase>,
    entry: Entry,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Entry {
    #[default]
    Other,
    Kind(usize),
    Body(usize),
}

impl Building {
    fn line(&mut self, line: &str) {
        let bare = line.split('#').next().unwrap_or_default().trim();
        let Some((head, rest)) = bare.split_once(':') else { return };
        match label(head) {
            Some(Label::LooksLike) => self.looks(rest.trim()),
            Some(Label::Also) => self.also(rest.trim()),
            Some(_) => {}
            None => self.begin(head, rest.trim()),
        }
    }

    fn begin(&mut self, heading: &str, description: &str) {
        self.entry = Entry::Other;
        let Some((english, arabic)) = split_languages(heading) else { return };
        let names = vec![plain_name(english), plain_name(arabic)];
        let name = vocabulary::name_of(english);
        let description = text::key(description);
        let is = |words: &str| description.starts_with(&text::key(words));
        self.entry = if is("a body") || is("هيئة") {
            self.bodies.push(Named { name, phrases: names });
            Entry::Body(self.bodies.len() - 1)
        } else if is("a document") || is("مستند") || is("وثيقة") || is(FOREIGN)
        {
            let of_a_meeting =
                is("a document about one meeting") || is("مستند عن اجتماع");
            let minutes = of_a_meeting && name.ends_with("_minutes");
            let name = if minutes { "minutes" } else { &name };
            Entry::Kind(self.kind(name, is(FOREIGN)))
        } else {
            Entry::Other
        };
    }

    /// The kind of this name. Minutes of one body are minutes: their body is a fact of its
    /// own and names them.
    fn kind(&mut self, name: &str, foreign: bool) -> usize {
        let known = self
            .kinds
            .iter()
            .position(|kind| kind.name == name && kind.foreign == foreign);
        known.unwrap_or_else(|| {
            self.kinds.push(KindCues { name: name.to_owned(), foreign, dated: false });
            self.kinds.len() - 1
        })
    }

    fn also(&mut self, rest: &str) {
        if let Entry::Body(index) = self.entry
            && let Some(body) = self.bodies.get_mut(index)
        {
            body.phrases
                .extend(rest.split('·').map(plain_name).filter(|name| !name.is_empty()));
        }
    }

    fn looks(&mut self, rest: &str) {
        let Entry::Kind(kind) = self.entry else { return };
        for clause in rest.split([';', '؛']).map(str::trim) {
            if clause == "dated in its title" || clause == "في عنوانه تاريخ"
            {
                if let Some(kind) = self.kinds.get_mut(kind) {
                    kind.dated = true;
                }
                continue;
            }
            let Some((place, phrases)) = place(clause) else { continue };
            for phrase in listed(phrases) {
                self.phrase(kind, place, phrase);
            }
        }
    }

    fn phrase(&mut self, kind: usize, place: Place, phrase: &str) {
        let label = phrase.trim_end().ends_with(':');
        let words = words(&text::key(phrase));
        if words.is_empty() {
            return;
        }
        if let Some(rest) = words.strip_prefix("ال") {
            let words = format!("لل{rest}");
            self.phrases.push(Phrase { kind, place, label, words });
        }
        self.phrases.push(Phrase { kind, place, label, words });
    }
}

/// The verb of a clause, and its phrases.
fn place(clause: &str) -> Option<(Place, &str)> {
    const VERBS: [(&str, Place); 17] = [
        ("perhaps titled", Place::PerhapsTitled),
        ("قد يكون عنوانه", Place::PerhapsTitled),
        ("overrules when titled", Place::Overrules),
        ("يغلب إذا كان عنوانه", Place::Overrules),
        ("never titled", Place::NotTitled),
        ("لا عنوانه", Place::NotTitled),
        ("titled", Place::Titled),
        ("عنوانه", Place::Titled),
        ("named", Place::Named),
        ("اسم ملفه", Place::Named),
        ("opens with", Place::OpensWith),
        ("في صدره", Place::OpensWith),
        ("binds with", Place::BindsWith),
        ("يلزم بعبارة", Place::BindsWith),
        ("says", Place::Says),
        ("نصه", Place::Says),
        ("فيه", Place::Says),
    ];
    let found =
        VERBS.iter().find_map(|(verb, place)| Some((*place, clause.strip_prefix(verb)?)));
    found.filter(|(_, phrases)| phrases.starts_with([' ', ':']))
}

/// The quoted phrases of a list; without quotes, its parts between commas.
fn listed(list: &str) -> Vec<&str> {
    if !list.contains(['"', '«']) {
        return list.split([',', '،']).map(str::trim).collect();
    }
    let mut phrases = Vec::new();
    let mut rest = list;
    while let Some(at) = rest.find(['"', '«']) {
        let from = rest.split_at(at).1;
        let close = if from.starts_with('"') { '"' } else { '»' };
        let inside = from.strip_prefix(['"', '«']).unwrap_or_default();
        let Some((phrase, after)) = inside.split_once(close) else { break };
        phrases.push(phrase);
        rest = after;
    }
    phrases
}

/// A name without what stands in parentheses (its gender), folded.
fn plain_name(name: &str) -> String {
    words(&text::key(name.split('(').next().unwrap_or_default()))
}
