//! The words after the colon of an entry: what each kind of term is called, in both languages.

use crate::norm::Act;
use crate::text::{Language, key, language_of};
use crate::vocabulary::{Concern, Happening, TermKind};

/// The kind that some words name.
pub fn named(words: &str) -> Option<TermKind> {
    let wanted = key(words.trim());
    KINDS.iter().find(|(words, _)| key(words) == wanted).map(|(_, kind)| *kind)
}

/// What a term is, in the words of an entry, English then Arabic.
pub fn words(kind: TermKind) -> [&'static str; 2] {
    let [other, akhar] = match kind {
        TermKind::Verb(_) => ["a deed", "فعل"],
        TermKind::Member(_) => ["a member of a body", "عضو في هيئة"],
        TermKind::Document(_) => {
            ["a document about one meeting of a body", "مستند عن اجتماع هيئة"]
        }
        _ => ["a word", "كلمة"],
    };
    let word = |language, other| called(kind, language).unwrap_or(other);
    [word(Language::English, other), word(Language::Arabic, akhar)]
}

/// The first name of every kind that a network can teach a word of, in one language, in the
/// order of the table.
pub fn all(language: Language) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = Vec::new();
    let once = [TermKind::Following, TermKind::Organization];
    for (_, kind) in KINDS.into_iter().filter(|(_, kind)| !once.contains(kind)) {
        kinds.extend(called(kind, language).filter(|name| !kinds.contains(name)));
    }
    kinds
}

fn called(kind: TermKind, language: Language) -> Option<&'static str> {
    let mut named = KINDS.iter().filter(|(words, _)| language_of(words) == language);
    named.find(|(_, it)| *it == kind).map(|(words, _)| *words)
}

const KINDS: [(&str, TermKind); 49] = [
    ("a body", TermKind::Body),
    ("هيئة", TermKind::Body),
    ("a role", TermKind::Role),
    ("منصب", TermKind::Role),
    ("a document about one fiscal year", TermKind::Document(Concern::FiscalYear)),
    ("مستند عن سنة مالية واحدة", TermKind::Document(Concern::FiscalYear)),
    ("وثيقة عن سنة مالية واحدة", TermKind::Document(Concern::FiscalYear)),
    ("a document about one calendar year", TermKind::Document(Concern::CalendarYear)),
    ("مستند عن سنة ميلادية واحدة", TermKind::Document(Concern::CalendarYear)),
    ("a document that stands", TermKind::Document(Concern::Standing)),
    ("مستند دائم", TermKind::Document(Concern::Standing)),
    ("وثيقة دائمة", TermKind::Document(Concern::Standing)),
    ("a document about a stated period", TermKind::Document(Concern::Period)),
    ("مستند عن فترة محددة", TermKind::Document(Concern::Period)),
    ("وثيقة عن فترة محددة", TermKind::Document(Concern::Period)),
    ("a document about one meeting", TermKind::Document(Concern::Meeting(None))),
    ("a document of which there are several", TermKind::Document(Concern::Several)),
    ("مستند يتعدد", TermKind::Document(Concern::Several)),
    ("مستند عن اجتماع واحد", TermKind::Document(Concern::Meeting(None))),
    ("a type of organization", TermKind::OrganizationType),
    ("نوع من المؤسسات", TermKind::OrganizationType),
    ("a number known of an organization", TermKind::Attribute { money: false }),
    ("عدد معروف عن المؤسسة", TermKind::Attribute { money: false }),
    ("an amount of money known of an organization", TermKind::Attribute { money: true }),
    ("مبلغ معروف عن المؤسسة", TermKind::Attribute { money: true }),
    ("a characteristic", TermKind::Characteristic),
    ("صفة للمؤسسة", TermKind::Characteristic),
    ("an authority", TermKind::Authority),
    ("جهة رسمية", TermKind::Authority),
    ("a channel", TermKind::Channel),
    ("قناة نشر", TermKind::Channel),
    ("an item of a document", TermKind::Item),
    ("بند في مستند", TermKind::Item),
    ("an event", TermKind::Event(Happening::OnADay)),
    ("حدث", TermKind::Event(Happening::OnADay)),
    ("an event that is received", TermKind::Event(Happening::Received)),
    ("حدث يرد إلى المؤسسة", TermKind::Event(Happening::Received)),
    ("a matter that lasts", TermKind::Event(Happening::Lasting)),
    ("أمر قائم", TermKind::Event(Happening::Lasting)),
    ("an institution", TermKind::Authority),
    ("مؤسسة أخرى", TermKind::Authority),
    ("what a list stands for", TermKind::Following),
    ("ما تحل محله القائمة", TermKind::Following),
    ("a language", TermKind::Tongue),
    ("لغة", TermKind::Tongue),
    ("a quality of people", TermKind::Quality),
    ("صفة لأشخاص", TermKind::Quality),
    ("the organization itself", TermKind::Organization),
    ("المؤسسة نفسها", TermKind::Organization),
];

/// The act of a verb that means something to the program; all others are their own.
pub(super) fn act(verb: &str) -> Option<Act> {
    Some(match verb {
        "meet" => Act::Meet,
        "prepare" => Act::Prepare,
        "publish" => Act::Publish,
        "adopt" => Act::Adopt,
        "submit" => Act::Submit,
        "sign" => Act::Sign,
        "review" => Act::Review,
        "validate" => Act::Validate,
        "occur" => Act::Occur,
        _ => return None,
    })
}
