//! The words that rules and papers use, as data: bodies, papers, people, deeds, places.
//!
//! Read from `Words` sections in the language that officers write. Knows no grammar: it
//! finds phrases, and says what each term is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostics::{Diagnostic, Place};
use crate::norm::{Act, TermId};
use crate::text::Language;

pub mod fixed;
pub mod kind;
pub mod phrases;
mod verb;
pub mod words;

use crate::vocabulary::phrases::Phrases;

/// What a term is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermKind {
    /// A body of the organization: it meets, adopts, has members.
    Body,
    /// A post that a person holds.
    Role,
    /// Whoever is in this body: "board member".
    Member(TermId),
    Document(Concern),
    OrganizationType,
    /// A number known of an organization, or an amount of money.
    Attribute {
        money: bool,
    },
    /// Something that only a person can state of an organization, as a whole clause:
    /// "activities match the objectives".
    Characteristic,
    Authority,
    /// Where something is published.
    Channel,
    Verb(Act),
    /// What a document contains and is no document itself.
    Item,
    /// What a person is or is not: a woman, a public employee.
    Quality,
    /// The organization that the rule binds.
    Organization,
    Event(Happening),
    /// A language that a paper is published in.
    Tongue,
    /// "The following": stands for the things of a list when a sentence is written.
    Following,
}

/// How an event or a matter comes to an organization; it decides what is owed when no time
/// is written, and from when a time without an anchor counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happening {
    /// On a day: a change of address, a recruitment.
    OnADay,
    /// It is received: a complaint, a request.
    Received,
    /// It is there at all times: the funds of the organization.
    Lasting,
}

/// What a document is about; it decides what is owed when no time is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Concern {
    FiscalYear,
    CalendarYear,
    Standing,
    /// The period that it states: a plan of three years. Owed at all times.
    Period,
    /// One meeting, of this body where it is known.
    Meeting(Option<TermId>),
    /// One thing among several of its kind, each with its own time: a contract, a quotation.
    Several,
}

/// Where a cue is looked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CuePlace {
    /// The title zone.
    Title,
    /// Anywhere in the text.
    Text,
    /// The file's or folder's name.
    Name,
    /// In the title zone, and then it is *not* this kind.
    NotTitle,
}

/// Words by which a kind of document is recognised, as written in the vocabulary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cue {
    pub place: CuePlace,
    pub phrase: String,
}

/// One term with everything its entry says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Stable and language-free: `board_minutes`.
    pub name: String,
    pub kind: TermKind,
    /// Canonical first, then the variants. Verbs: the bases.
    pub english: Vec<String>,
    pub arabic: Vec<String>,
    /// "accounts *are*".
    pub plural: bool,
    /// «تُنشر القوائم»: the verb agrees with a feminine.
    pub feminine: bool,
    /// The more general term that this one satisfies too.
    pub kind_of: Option<TermId>,
    pub cues: Vec<Cue>,
    /// Names of facts that readers take from it, as written.
    pub gives: Vec<String>,
    /// "on the website", "in the newspaper": the preposition in each language. Of a verb:
    /// before what somebody is told of, "the ministry is notified *of* each change".
    pub preposition: Option<[String; 2]>,
    /// Several of it, as after "3" and after «من»: "quotations", «عروض الأسعار».
    pub many: Option<[String; 2]>,
    /// A verb that is done to a body: formed, elected.
    pub of_bodies: bool,
    /// The Arabic preposition between a verb and what it is done to: «يُجاب عن الطلب».
    pub governs: Option<String>,
    pub forms: VerbForms,
}

/// The forms of a verb, the canonical ones first. Empty for what is no verb; of a
/// characteristic `present` has the words after "if" and «إذا».
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerbForms {
    /// English: base, third person. Arabic: masculine, feminine.
    pub present: [Vec<String>; 2],
    /// English: participle. Arabic: passive masculine, passive feminine, participle
    /// masculine, participle feminine.
    pub done: [Vec<String>; 2],
    /// The noun of the deed.
    pub noun: [Vec<String>; 2],
}

impl VerbForms {
    /// Every form of both languages.
    pub fn all(&self) -> Vec<String> {
        [&self.present, &self.done, &self.noun]
            .into_iter()
            .flatten()
            .flatten()
            .cloned()
            .collect()
    }
}

/// What one line of a `Words` section taught.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taught {
    pub term: TermId,
    /// Whether the line is the term's entry and no label below it.
    pub entry: bool,
    pub place: Place,
    /// The phrases on the line by which the term is found.
    pub phrases: Vec<String>,
}

/// A loaded vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    terms: Vec<Term>,
    names: BTreeMap<String, TermId>,
    phrases: Phrases,
}

/// The files that ship with the program, in the order they are read.
pub(crate) const STANDARD: [(&str, &str); 6] = [
    ("vocabulary/bodies.rules", include_str!("../rules/vocabulary/bodies.rules")),
    ("vocabulary/people.rules", include_str!("../rules/vocabulary/people.rules")),
    (
        "vocabulary/organizations.rules",
        include_str!("../rules/vocabulary/organizations.rules"),
    ),
    ("vocabulary/documents.rules", include_str!("../rules/vocabulary/documents.rules")),
    ("vocabulary/verbs.rules", include_str!("../rules/vocabulary/verbs.rules")),
    ("vocabulary/events.rules", include_str!("../rules/vocabulary/events.rules")),
];

/// The signs of papers, beside those that the other files give. Read by
/// [`crate::recognise`], for it also names papers that no rule asks for.
pub(crate) const SIGNS: &str = include_str!("../rules/vocabulary/papers.rules");

/// The vocabulary that ships with the program; read once in the life of a process, as every
/// change of what people write asks for it again.
pub fn standard() -> Vocabulary {
    static READ: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::default().with(&STANDARD).0);
    READ.clone()
}

impl Vocabulary {
    /// This vocabulary with the `Words` of further files (name, text) added. What cannot
    /// be read is left out and reported; the rest counts.
    pub fn with(&self, files: &[(&str, &str)]) -> (Vocabulary, Vec<Diagnostic>) {
        let (vocabulary, _, diagnostics) = self.taught(files);
        (vocabulary, diagnostics)
    }

    /// The same, with what each line taught.
    pub fn taught(
        &self,
        files: &[(&str, &str)],
    ) -> (Vocabulary, Vec<Taught>, Vec<Diagnostic>) {
        let mut vocabulary = self.clone();
        let (mut taught, mut diagnostics) = (Vec::new(), Vec::new());
        if files.is_empty() {
            return (vocabulary, taught, diagnostics);
        }
        for (file, text) in files {
            taught.extend(words::read(&mut vocabulary, file, text, &mut diagnostics));
        }
        vocabulary.phrases = Phrases::of(&vocabulary.terms);
        (vocabulary, taught, diagnostics)
    }

    /// The stable name of a term; empty for a number of another vocabulary.
    pub fn name(&self, id: TermId) -> &str {
        self.term(id).map_or("", |term| &term.name)
    }

    pub fn id(&self, name: &str) -> Option<TermId> {
        self.names.get(name).copied()
    }

    /// The term that is called so, by its name or by one of its phrases.
    pub fn named(&self, words: &str) -> Option<TermId> {
        let called = |term: &Term| {
            let mut phrases = term.english.iter().chain(&term.arabic);
            phrases
                .any(|phrase| phrases::phrase_key(phrase) == phrases::phrase_key(words))
        };
        let by_name = self.id(words).or_else(|| self.id(&name_of(words)));
        by_name.or_else(|| self.terms().find(|(_, term)| called(term)).map(|(id, _)| id))
    }

    /// The people that a term speaks of: for "board member" the board, else the term.
    pub fn group(&self, id: TermId) -> TermId {
        match self.term(id).map(|term| term.kind) {
            Some(TermKind::Member(body)) => body,
            _ => id,
        }
    }

    pub fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.get(usize::from(id.0))
    }

    /// The phrases of a term in one language, the canonical one first.
    pub fn phrases(&self, id: TermId, language: Language) -> &[String] {
        self.term(id).map_or(&[], |term| match language {
            Language::English => &term.english,
            Language::Arabic => &term.arabic,
        })
    }

    /// The canonical phrase; empty for a number of another vocabulary.
    pub fn phrase(&self, id: TermId, language: Language) -> &str {
        self.phrases(id, language).first().map_or("", String::as_str)
    }

    /// Every term with its number, in the order of the files.
    pub fn terms(&self) -> impl Iterator<Item = (TermId, &Term)> {
        self.terms.iter().enumerate().map(|(index, term)| (number(index), term))
    }

    /// The kinds of documents.
    pub fn kinds(&self) -> impl Iterator<Item = (TermId, &Term)> {
        self.terms().filter(|(_, term)| matches!(term.kind, TermKind::Document(_)))
    }

    /// Whether `term` is `general` or, through any number of steps, a kind of it.
    pub fn is_a(&self, term: TermId, general: TermId) -> bool {
        let mut current = Some(term);
        for _ in 0..self.terms.len() {
            match current {
                Some(id) if id == general => return true,
                Some(id) => current = self.term(id).and_then(|term| term.kind_of),
                None => return false,
            }
        }
        false
    }

    /// The name of the document that tells of a body's meetings: `board_minutes`, or plain
    /// `minutes` where the vocabulary has no kind for that body.
    pub fn minutes_of(&self, body: TermId) -> Option<TermId> {
        let own = format!("{}_minutes", self.name(body));
        self.id(&own).or_else(|| self.id("minutes"))
    }

    /// What the phrase finder knows.
    pub fn finder(&self) -> &Phrases {
        &self.phrases
    }

    /// The verb of an act.
    pub fn verb(&self, act: Act) -> Option<&Term> {
        self.terms.iter().find(|term| term.kind == TermKind::Verb(act))
    }

    /// Whether no further term has room.
    pub(crate) fn is_full(&self) -> bool {
        self.terms.len() >= crate::limits::TERMS_MAX
    }

    /// The number of the next term that is added.
    pub(crate) fn next(&self) -> TermId {
        number(self.terms.len().min(crate::limits::TERMS_MAX))
    }

    /// Whether a verb is done to a body, as its entry says: formed, elected.
    pub fn is_done_to_bodies(&self, verb: TermId) -> bool {
        self.term(verb).is_some_and(|term| term.of_bodies)
    }

    /// The own act of an event: it is received, or it comes about.
    pub fn own_act(&self, event: TermId) -> Option<Act> {
        match self.term(event)?.kind {
            TermKind::Event(Happening::Received) => self.id("receive").map(Act::Verb),
            TermKind::Event(Happening::OnADay) => Some(Act::Occur),
            _ => None,
        }
    }

    /// Whether a document is one thing among several of its kind, each with its own time.
    pub fn is_one_of_several(&self, document: TermId) -> bool {
        self.term(document).map(|term| term.kind)
            == Some(TermKind::Document(Concern::Several))
    }

    /// Adds a term, or replaces nothing: a name that is taken is refused.
    pub(crate) fn add(&mut self, term: Term) -> Option<TermId> {
        if self.is_full() || self.names.contains_key(&term.name) {
            return None;
        }
        let id = number(self.terms.len());
        self.names.insert(term.name.clone(), id);
        self.terms.push(term);
        Some(id)
    }

    pub(crate) fn term_mut(&mut self, id: TermId) -> Option<&mut Term> {
        self.terms.get_mut(usize::from(id.0))
    }
}

fn number(index: usize) -> TermId {
    TermId(u16::try_from(index).expect("invariant: TERMS_MAX is below 65,536"))
}

/// The stable name of an English phrase: `conflict_of_interest_policy`.
pub fn name_of(english: &str) -> String {
    let key = crate::text::key(english).replace('\'', "");
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}
