//! Who does what: the part that most sentence shapes share, read and written.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::Fault;
use crate::form::node::Node;
use crate::lexicon;
use crate::lexicon::Gender;
use crate::norm::{Act, Occurrence};
use crate::text::Language;
use crate::vocabulary::{Happening, Term, TermKind, Vocabulary};

/// The deed of a sentence: slots `noun`, `act`, `by`, `to`.
pub fn read(node: &Node<'_>) -> Result<Occurrence, Fault> {
    let noun =
        node.term("noun").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    let event = node.text("noun").is_some_and(|noun| noun.starts_with("‹event"));
    let own = if event { Act::Occur } else { Act::Meet };
    let act = node.act("act").unwrap_or(own);
    Ok(Occurrence { noun, act, by: node.term("by"), to: node.term("to") })
}

/// The act that a word of several meanings has about this noun: a report is deposited with
/// the ministry, which is filing; funds are deposited in a bank.
pub fn settled(what: Occurrence, vocabulary: &Vocabulary) -> Occurrence {
    let lasts = vocabulary
        .term(what.noun)
        .is_some_and(|term| term.kind == TermKind::Event(Happening::Lasting));
    match vocabulary.id("deposit") {
        Some(deposit) if lasts && what.act == Act::Submit => {
            Occurrence { act: Act::Verb(deposit), ..what }
        }
        _ => what,
    }
}

/// The deed as the beginning of a sentence: "The board meets", «يجتمع مجلس الإدارة».
pub fn say(what: Occurrence, vocabulary: &Vocabulary) -> [String; 2] {
    [english(what, vocabulary), arabic(what, vocabulary)]
}

/// The deed in the passive, with its doer after it: «تُعتمد الموازنة من مجلس الإدارة».
pub fn say_passive(what: Occurrence, vocabulary: &Vocabulary) -> String {
    let bare = arabic(Occurrence { by: None, to: None, ..what }, vocabulary);
    format!("{bare}{}{}", arabic_by(what, vocabulary), arabic_to(what, vocabulary))
}

/// A further step about the same noun: "adopted by the board", «تُعتمد من مجلس الإدارة».
pub fn say_step(what: Occurrence, vocabulary: &Vocabulary) -> [String; 2] {
    let [done, _] = participle(what.act, Gender::Masculine, vocabulary);
    let [by, to] = english_tail(what, vocabulary);
    let verb = passive(what.act, gender_of(vocabulary.term(what.noun)), vocabulary);
    let arabic =
        format!("{verb}{}{}", arabic_by(what, vocabulary), arabic_to(what, vocabulary));
    [format!("{done}{by}{to}"), arabic]
}

fn arabic_by(what: Occurrence, vocabulary: &Vocabulary) -> String {
    let by = what.by.map(|by| vocabulary.phrase(by, Language::Arabic));
    by.map(|by| format!(" من {by}")).unwrap_or_default()
}

/// The deed at all times: "The bylaws are at all times published".
pub fn say_standing(what: Occurrence, vocabulary: &Vocabulary) -> [String; 2] {
    if let Some(told) = told_standing(what, vocabulary) {
        return told;
    }
    let noun = vocabulary.term(what.noun);
    let plural = noun.is_some_and(|noun| noun.plural);
    let be = if plural { "are" } else { "is" };
    let [done, _] = participle(what.act, Gender::Masculine, vocabulary);
    let [by, to] = english_tail(what, vocabulary);
    let phrase = vocabulary.phrase(what.noun, Language::English);
    let english = format!("The {phrase} {be} at all times {done}{by}{to}");
    let gender = gender_of(noun);
    let be = if gender == Gender::Feminine { "تكون" } else { "يكون" };
    let [_, done] = participle(what.act, gender, vocabulary);
    let done = lexicon::accusative(&done, gender);
    let phrase = vocabulary.phrase(what.noun, Language::Arabic);
    let by = arabic_by(what, vocabulary);
    let to = arabic_to(what, vocabulary);
    [english, format!("{be} {phrase} {done}{by}{to} في جميع الأوقات")]
}

/// The deed after a modal verb in English, "The board must not meet", and as it stands
/// after «أن» in Arabic.
pub fn say_modal(what: Occurrence, modal: &str, vocabulary: &Vocabulary) -> [String; 2] {
    let noun = vocabulary.phrase(what.noun, Language::English);
    let [by, to] = english_tail(what, vocabulary);
    let english = if what.act == Act::Meet {
        let meet = form(vocabulary, what.act, |verb| verb.forms.present.first(), 0);
        format!("The {noun} {modal} {meet}{to}")
    } else {
        let [done, _] = participle(what.act, Gender::Masculine, vocabulary);
        format!("The {noun} {modal} be {done}{by}{to}")
    };
    [english, arabic(what, vocabulary)]
}

/// The deed as a noun, for "within 30 days of each …": "meeting of the board".
pub fn say_noun(what: Occurrence, vocabulary: &Vocabulary) -> [String; 2] {
    let noun = |language| vocabulary.phrase(what.noun, language);
    let [deed, nominal] = masdar(what.act, vocabulary);
    let [by, to] = english_tail(what, vocabulary);
    let english = format!("{deed} of the {}{by}{to}", noun(Language::English));
    let object = match governed(what.act, vocabulary) {
        Some(preposition) => prefixed(preposition, noun(Language::Arabic)),
        None if is_event(what, vocabulary) => noun(Language::Arabic).to_owned(),
        None => lexicon::with_li(noun(Language::Arabic)),
    };
    let by = arabic_by(what, vocabulary);
    let to = arabic_to(what, vocabulary);
    [english, format!("{nominal} {object}{by}{to}")]
}

/// Whether the noun is an event that comes each time anew, rather than a paper.
pub fn is_event(what: Occurrence, vocabulary: &Vocabulary) -> bool {
    vocabulary.own_act(what.noun).is_some()
}

/// «عن» of «يُجاب عن»: between the verb and what it is done to.
fn governed(act: Act, vocabulary: &Vocabulary) -> Option<&str> {
    vocabulary.verb(act)?.governs.as_deref()
}

/// A preposition before a noun: «بكل», «عن كل».
fn prefixed(preposition: &str, noun: &str) -> String {
    let joined = preposition.chars().nth(1).is_none();
    if joined { format!("{preposition}{noun}") } else { format!("{preposition} {noun}") }
}

/// The noun as what is done to: "The annual report", "Each complaint", «كل شكوى».
fn object(what: Occurrence, vocabulary: &Vocabulary) -> [String; 2] {
    let phrase = |language| vocabulary.phrase(what.noun, language);
    let anew = is_event(what, vocabulary) || vocabulary.is_one_of_several(what.noun);
    let each = anew && what.act != Act::Occur;
    let [the, al] = if each { ["Each", "كل "] } else { ["The", ""] };
    [
        format!("{the} {}", phrase(Language::English)),
        format!("{al}{}", phrase(Language::Arabic)),
    ]
}

/// Somebody is told of something: "The registrar is notified of each change".
fn told(what: Occurrence, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let [of, bi] = vocabulary.verb(what.act)?.preposition.as_ref()?;
    let to = what.to?;
    let plural = vocabulary.term(to).is_some_and(|term| term.plural);
    let be = if plural { "are" } else { "is" };
    let [done, _] = participle(what.act, Gender::Masculine, vocabulary);
    let [object, shay] = object(what, vocabulary);
    let object = lower_first(&object);
    let whom = |language| vocabulary.phrase(to, language);
    let by = what.by.map(|by| vocabulary.phrase(by, Language::English));
    let by = by.map(|by| format!(" by the {by}")).unwrap_or_default();
    let english =
        format!("The {} {be} {done} {of} {object}{by}", whom(Language::English));
    let arabic = match what.by {
        Some(by) => {
            let verb = active(what.act, gender_of(vocabulary.term(by)), vocabulary);
            format!(
                "{verb} {} {}",
                vocabulary.phrase(by, Language::Arabic),
                whom(Language::Arabic)
            )
        }
        None => {
            let verb = passive(what.act, gender_of(vocabulary.term(to)), vocabulary);
            format!("{verb} {}", whom(Language::Arabic))
        }
    };
    Some([english, format!("{arabic} {}", prefixed(bi, &shay))])
}

/// Somebody is told of something once and for all.
fn told_standing(what: Occurrence, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let [of, bi] = vocabulary.verb(what.act)?.preposition.as_ref()?;
    let to = what.to.filter(|_| what.by.is_none())?;
    let gender = gender_of(vocabulary.term(to));
    let [done, mafool] = participle(what.act, gender, vocabulary);
    let [object, shay] = object(what, vocabulary);
    let whom = |language| vocabulary.phrase(to, language);
    let be = if gender == Gender::Feminine { "تكون" } else { "يكون" };
    let mafool = lexicon::accusative(&mafool, gender);
    let (english, arabic) = (whom(Language::English), whom(Language::Arabic));
    let (object, shay) = (lower_first(&object), prefixed(bi, &shay));
    Some([
        format!("The {english} is at all times {done} {of} {object}"),
        format!("{be} {arabic} {mafool} {shay} في جميع الأوقات"),
    ])
}

/// The phrase inside a sentence: "Each complaint" is "each complaint".
fn lower_first(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

fn english(what: Occurrence, vocabulary: &Vocabulary) -> String {
    let noun = vocabulary.phrase(what.noun, Language::English);
    let plural = vocabulary.term(what.noun).is_some_and(|noun| noun.plural);
    if what.act == Act::Meet {
        let [_, to] = english_tail(what, vocabulary);
        return format!("The {noun} {}{to}", if plural { "meet" } else { "meets" });
    }
    if what.act == Act::Occur {
        return format!("The {noun} takes place");
    }
    if let Some([english, _]) = told(what, vocabulary) {
        return english;
    }
    let [done, _] = participle(what.act, Gender::Masculine, vocabulary);
    let be = if plural { "are" } else { "is" };
    let [by, to] = english_tail(what, vocabulary);
    let [object, _] = object(what, vocabulary);
    format!("{object} {be} {done}{by}{to}")
}

fn english_tail(what: Occurrence, vocabulary: &Vocabulary) -> [String; 2] {
    let phrase = |id| vocabulary.phrase(id, Language::English);
    let by = what.by.map(|by| format!(" by the {}", phrase(by)));
    let to = what.to.map(|to| {
        let term = vocabulary.term(to);
        let own = term.and_then(|term| term.preposition.as_ref());
        let channel = term.is_some_and(is_channel);
        let word = own.map_or(if channel { "on" } else { "to" }, |[english, _]| english);
        let tongue = term.is_some_and(|term| term.kind == TermKind::Tongue);
        let the = if tongue { "" } else { "the " };
        format!(" {word} {the}{}", phrase(to))
    });
    [by.unwrap_or_default(), to.unwrap_or_default()]
}

fn arabic(what: Occurrence, vocabulary: &Vocabulary) -> String {
    let phrase = |id| vocabulary.phrase(id, Language::Arabic);
    let [_, noun] = object(what, vocabulary);
    if what.act == Act::Occur {
        let feminine = gender_of(vocabulary.term(what.noun)) == Gender::Feminine;
        return format!("{} {noun}", if feminine { "تجري" } else { "يجري" });
    }
    if let Some([_, arabic]) = told(what, vocabulary) {
        return arabic;
    }
    let governed = governed(what.act, vocabulary);
    let noun = governed.map_or(noun.clone(), |preposition| prefixed(preposition, &noun));
    let to = arabic_to(what, vocabulary);
    match what.by {
        Some(by) => {
            let verb = active(what.act, gender_of(vocabulary.term(by)), vocabulary);
            format!("{verb} {} {noun}{to}", phrase(by))
        }
        None if what.act == Act::Meet => {
            let verb =
                active(what.act, gender_of(vocabulary.term(what.noun)), vocabulary);
            format!("{verb} {noun}{to}")
        }
        None => {
            // With a preposition after it the verb is impersonal: «يُجاب عن الشكوى».
            let gender = gender_of(vocabulary.term(what.noun));
            let gender = if governed.is_some() { Gender::Masculine } else { gender };
            let verb = passive(what.act, gender, vocabulary);
            format!("{verb} {noun}{to}")
        }
    }
}

fn arabic_to(what: Occurrence, vocabulary: &Vocabulary) -> String {
    let Some(to) = what.to else { return String::new() };
    let term = vocabulary.term(to);
    let own = term.and_then(|term| term.preposition.as_ref());
    let channel = term.is_some_and(is_channel);
    let word =
        own.map_or(if channel { "على" } else { "إلى" }, |[_, arabic]| arabic);
    format!(" {}", prefixed(word, vocabulary.phrase(to, Language::Arabic)))
}

fn is_channel(term: &Term) -> bool {
    term.kind == TermKind::Channel
}

/// The gender that a verb or an adjective agrees with.
pub fn gender_of(term: Option<&Term>) -> Gender {
    let feminine = term.is_some_and(|term| term.feminine);
    if feminine { Gender::Feminine } else { Gender::Masculine }
}

/// «يجتمع», «تجتمع».
pub fn active(act: Act, gender: Gender, vocabulary: &Vocabulary) -> String {
    form(vocabulary, act, |verb| verb.forms.present.get(1), index(gender))
}

/// "publishes".
pub fn third_person(act: Act, vocabulary: &Vocabulary) -> String {
    form(vocabulary, act, |verb| verb.forms.present.first(), 1)
}

/// «يُنشر», «تُنشر».
pub fn passive(act: Act, gender: Gender, vocabulary: &Vocabulary) -> String {
    form(vocabulary, act, |verb| verb.forms.done.get(1), index(gender))
}

/// "published", «منشور», «منشورة».
pub fn participle(act: Act, gender: Gender, vocabulary: &Vocabulary) -> [String; 2] {
    let english = form(vocabulary, act, |verb| verb.forms.done.first(), 0);
    let arabic = form(vocabulary, act, |verb| verb.forms.done.get(1), 2 + index(gender));
    [english, arabic]
}

/// "publication", «نشر».
pub fn masdar(act: Act, vocabulary: &Vocabulary) -> [String; 2] {
    let english = form(vocabulary, act, |verb| verb.forms.noun.first(), 0);
    let arabic = form(vocabulary, act, |verb| verb.forms.noun.get(1), 0);
    [english, arabic]
}

fn index(gender: Gender) -> usize {
    usize::from(gender == Gender::Feminine)
}

fn form(
    vocabulary: &Vocabulary,
    act: Act,
    list: impl Fn(&Term) -> Option<&Vec<String>>,
    index: usize,
) -> String {
    let verb = vocabulary.verb(act);
    let word = verb.and_then(&list).and_then(|words| words.get(index));
    word.cloned().unwrap_or_default()
}
