//! Reading `Words` sections: an entry a line, its labels indented below it.
//!
//! ```text
//! Words
//!   finance committee — اللجنة المالية (feminine): a body
//!      also: financial committee · لجنة المالية
//! ```

use crate::diagnostics::Diagnostic;
use crate::diagnostics::Place;
use crate::diagnostics::WordsFault as Fault;
use crate::diagnostics::raise;
use crate::limits;
use crate::norm::{Act, TermId};
use crate::text::{Language, key, language_of};
use crate::vocabulary::kind;
use crate::vocabulary::phrases::phrase_key;
use crate::vocabulary::verb;
use crate::vocabulary::{Concern, Cue, CuePlace, Taught, Term, TermKind, Vocabulary};

/// Adds the entries of one file to `vocabulary`; what cannot be read is reported.
pub(crate) fn read(
    vocabulary: &mut Vocabulary,
    file: &str,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Taught> {
    let (current, place, taught) = (None, Place::default(), Vec::new());
    let mut reader = Reader { vocabulary, file, current, place, taught, diagnostics };
    for (index, line) in text.lines().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        reader.line(line, number);
    }
    reader.taught
}

struct Reader<'a> {
    vocabulary: &'a mut Vocabulary,
    file: &'a str,
    current: Option<TermId>,
    /// The line that is read.
    place: Place,
    taught: Vec<Taught>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, number: u32) {
        let content = line.split('#').next().unwrap_or_default().trim();
        let heading = ["words", "المصطلحات", "مصطلحات", "الكلمات"].map(key);
        if content.is_empty() || heading.contains(&key(content.trim_end_matches(':'))) {
            return;
        }
        self.place = Place::line(self.file, number, line);
        let done = match content.split_once(':') {
            Some((head, tail)) => match label(head) {
                Some(label) => self.labelled(label, tail.trim()),
                None => self.entry(head.trim(), tail.trim()),
            },
            None => Err(Fault::NoColon),
        };
        if let Err(fault) = done {
            self.diagnostics.push(raise::words::fault(&self.place, fault));
        }
    }

    /// `english — العربية (feminine): a body`
    fn entry(&mut self, head: &str, tail: &str) -> Result<(), Fault> {
        self.current = None;
        let (english, arabic) = split_languages(head).ok_or(Fault::NoArabic)?;
        let (arabic, notes) = notes(arabic);
        let verb = english.strip_prefix("to ");
        let forms = verb.map(|verb| verb::forms(verb, arabic)).unwrap_or_default();
        let arabic = if verb.is_some() { verb::first(arabic) } else { arabic };
        let kind = self.kind(english, tail).ok_or(Fault::UnknownKind)?;
        if is_too_long(english) || is_too_long(arabic) {
            return Err(Fault::PhraseTooLong);
        }
        if self.vocabulary.is_full() {
            return Err(Fault::Full);
        }
        let term = Term {
            name: crate::vocabulary::name_of(verb.map_or(english, verb::first)),
            kind,
            english: vec![verb.map_or(english, verb::first).to_owned()],
            plural: false,
            feminine: notes.feminine.unwrap_or_else(|| looks_feminine(arabic)),
            arabic: vec![arabic.to_owned()],
            kind_of: None,
            cues: Vec::new(),
            gives: Vec::new(),
            preposition: None,
            governs: None,
            many: None,
            of_bodies: verb.is_some()
                && (key(tail).contains("to a body") || key(tail).contains(&key("هيئة"))),
            forms,
        };
        let phrases = match verb {
            Some(_) => term.forms.all(),
            None => vec![english.to_owned(), arabic.to_owned()],
        };
        let id = self.vocabulary.add(term).ok_or(Fault::NameTaken)?;
        self.current = Some(id);
        self.note(id, true, phrases);
        Ok(())
    }

    fn kind(&self, english: &str, tail: &str) -> Option<TermKind> {
        let tail = key(tail);
        if let Some(verb) = english.strip_prefix("to ") {
            let taught = Act::Verb(self.vocabulary.next());
            return Some(TermKind::Verb(kind::act(verb).unwrap_or(taught)));
        }
        if let Some(kind) = kind::named(&tail) {
            return Some(kind);
        }
        let meeting = ["a document about one meeting of ", "مستند عن اجتماع "].map(key);
        for prefix in meeting {
            if let Some(body) = tail.strip_prefix(&prefix) {
                let name = crate::vocabulary::name_of(body.trim_start_matches("the "));
                let body = self.vocabulary.id(&name).or_else(|| self.by_phrase(body))?;
                return Some(TermKind::Document(Concern::Meeting(Some(body))));
            }
        }
        None
    }

    /// Remembers what a line taught, for what is said of words together.
    fn note(&mut self, term: TermId, entry: bool, phrases: Vec<String>) {
        self.taught.push(Taught { term, entry, place: self.place.clone(), phrases });
    }

    fn labelled(&mut self, label: Label, value: &str) -> Result<(), Fault> {
        let id = self.current.ok_or(Fault::LabelWithoutEntry)?;
        match label {
            Label::KindOf => {
                let general = self.vocabulary.id(&crate::vocabulary::name_of(value));
                let general = general.or_else(|| self.by_phrase(value));
                self.term(id).kind_of = Some(general.ok_or(Fault::UnknownGeneral)?);
            }
            Label::MemberOf => {
                let body = self.vocabulary.id(&crate::vocabulary::name_of(value));
                let body = body.or_else(|| self.by_phrase(value));
                self.term(id).kind = TermKind::Member(body.ok_or(Fault::UnknownGeneral)?);
            }
            Label::One => {
                let (english, arabic) = split_languages(value).ok_or(Fault::NoArabic)?;
                let one = [vec![english.to_owned()], vec![arabic.to_owned()]];
                self.term(id).forms.noun = one;
            }
            Label::AfterIf => {
                let (english, arabic) = split_languages(value).ok_or(Fault::NoArabic)?;
                let term = self.term(id);
                term.arabic.push(arabic.to_owned());
                term.forms.present = [vec![english.to_owned()], vec![arabic.to_owned()]];
                self.note(id, false, vec![arabic.to_owned()]);
            }
            Label::Many => {
                let (english, arabic) = split_languages(value).ok_or(Fault::NoArabic)?;
                let term = self.term(id);
                term.english.push(english.to_owned());
                term.arabic.push(arabic.to_owned());
                term.many = Some([english.to_owned(), arabic.to_owned()]);
                self.note(id, false, vec![english.to_owned(), arabic.to_owned()]);
            }
            Label::LooksLike => self.term(id).cues.extend(cues(value)),
            Label::Gives => self.term(id).gives = listed(value),
            Label::Also => return self.also(id, value),
            Label::English => self.term(id).plural = key(value).contains("plural"),
            Label::Preposition => {
                let (english, arabic) = split_languages(value).ok_or(Fault::NoArabic)?;
                self.term(id).preposition = Some([english.to_owned(), arabic.to_owned()]);
            }
            Label::Governs => self.term(id).governs = Some(value.to_owned()),
            Label::Present | Label::Done | Label::Noun => {
                let forms = both(value)?;
                self.note(id, false, forms.concat());
                let verb = &mut self.term(id).forms;
                match label {
                    Label::Present => verb.present = forms,
                    Label::Done => verb.done = forms,
                    _ => verb.noun = forms,
                }
            }
        }
        Ok(())
    }

    /// Every phrase that can be found; one that is too long is left out and told.
    fn also(&mut self, id: TermId, value: &str) -> Result<(), Fault> {
        let mut done = Ok(());
        let mut phrases = Vec::new();
        for phrase in value.split('·').map(str::trim).filter(|phrase| !phrase.is_empty())
        {
            let (phrase, _) = notes(phrase);
            if is_too_long(phrase) {
                done = Err(Fault::PhraseTooLong);
                continue;
            }
            phrases.push(phrase.to_owned());
            match language_of(phrase) {
                Language::English => self.term(id).english.push(phrase.to_owned()),
                Language::Arabic => self.term(id).arabic.push(phrase.to_owned()),
            }
        }
        self.note(id, false, phrases);
        done
    }

    fn term(&mut self, id: TermId) -> &mut Term {
        self.vocabulary.term_mut(id).expect("invariant: the current entry was added")
    }

    fn by_phrase(&self, phrase: &str) -> Option<TermId> {
        let wanted = key(phrase);
        let matches = |term: &Term| {
            term.english.iter().chain(&term.arabic).any(|phrase| key(phrase) == wanted)
        };
        self.vocabulary.terms().find(|(_, term)| matches(term)).map(|(id, _)| id)
    }
}

/// Whether the finder would never find it.
fn is_too_long(phrase: &str) -> bool {
    phrase_key(phrase).split(' ').count() > limits::PHRASE_WORDS_MAX
}

/// What stands before the colon of a line below an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Label {
    Also,
    KindOf,
    MemberOf,
    One,
    Many,
    AfterIf,
    LooksLike,
    Gives,
    English,
    Preposition,
    Governs,
    Present,
    Done,
    Noun,
}

/// The label of these words, in either language.
pub(crate) fn label(head: &str) -> Option<Label> {
    let head = key(head);
    let table: [(&[&str], Label); 14] = [
        (&["also", "أيضًا", "وأيضًا", "ويقال", "ويسمى", "وتسمى"], Label::Also),
        (&["is a kind of", "هو نوع من", "هي نوع من", "نوع من"], Label::KindOf),
        (&["member of", "عضو في"], Label::MemberOf),
        (&["one", "الواحد"], Label::One),
        (&["many", "الجمع"], Label::Many),
        (&["after if", "بعد إذا"], Label::AfterIf),
        (&["looks like", "يبدو", "تبدو", "علاماته", "علاماتها"], Label::LooksLike),
        (&["gives", "يعطي", "تعطي"], Label::Gives),
        (&["english"], Label::English),
        (&["preposition", "حرف الجر"], Label::Preposition),
        (&["governs", "يتعدى بحرف"], Label::Governs),
        (&["present", "المضارع"], Label::Present),
        (&["done", "المفعول"], Label::Done),
        (&["noun", "المصدر"], Label::Noun),
    ];
    let named = |words: &[&str]| words.iter().any(|word| key(word) == head.trim());
    table.into_iter().find(|(words, _)| named(words)).map(|(_, label)| label)
}

struct Notes {
    feminine: Option<bool>,
}

/// Splits the remarks in parentheses off a phrase.
fn notes(phrase: &str) -> (&str, Notes) {
    match phrase.split_once('(') {
        Some((phrase, remark)) => {
            let remark = key(remark);
            let feminine = (remark.contains("feminine") || remark.contains(&key("مؤنث")))
                .then_some(true)
                .or(remark.contains("masculine").then_some(false));
            (phrase.trim(), Notes { feminine })
        }
        None => (phrase.trim(), Notes { feminine: None }),
    }
}

/// A guess that a first word in ta marbuta is right about; others say so.
fn looks_feminine(arabic: &str) -> bool {
    arabic.split(' ').next().is_some_and(|word| word.ends_with('ة'))
}

/// English and Arabic on the sides of a long dash, in whichever order they stand.
pub(crate) fn split_languages(text: &str) -> Option<(&str, &str)> {
    let (left, right) = text.split_once('—')?;
    let (left, right) = (left.trim(), right.trim());
    match (language_of(notes(left).0), language_of(notes(right).0)) {
        (Language::English, Language::Arabic) => Some((left, right)),
        (Language::Arabic, Language::English) => Some((right, left)),
        _ => None,
    }
}

fn both(value: &str) -> Result<[Vec<String>; 2], Fault> {
    let (english, arabic) = split_languages(value).ok_or(Fault::NoArabic)?;
    Ok([listed(english), listed(arabic)])
}

fn listed(value: &str) -> Vec<String> {
    let parts = value.split([',', '،']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// `titled "a", «b»; says "c"; named d, e; never titled "f"`
fn cues(value: &str) -> Vec<Cue> {
    let mut all = Vec::new();
    for clause in value.split([';', '؛']).map(str::trim) {
        let places = [
            (&["never titled", "لا عنوانه"][..], CuePlace::NotTitle),
            (&["titled", "عنوانه"], CuePlace::Title),
            (&["says", "نصه"], CuePlace::Text),
            (&["named", "اسم ملفه"], CuePlace::Name),
        ];
        let found = places.iter().find_map(|(words, place)| {
            words.iter().find_map(|word| Some((clause.strip_prefix(word)?, *place)))
        });
        if let Some((phrases, place)) = found {
            let phrases = quoted(phrases);
            all.extend(phrases.into_iter().map(|phrase| Cue { place, phrase }));
        }
    }
    all
}

/// The quoted phrases of a list; without quotes, its parts between commas.
fn quoted(list: &str) -> Vec<String> {
    if !list.contains(['"', '«']) {
        return listed(list);
    }
    let mut parts = list.split(['"', '«', '»']).map(str::trim);
    let mut all = Vec::new();
    parts.next();
    for part in parts {
        if !part.is_empty() && !matches!(part, "," | "،") {
            all.push(part.to_owned());
        }
    }
    all
}
