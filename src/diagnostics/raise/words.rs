//! What is said of `Words` sections: lines that cannot be read, and words that get into each
//! other's way.

use crate::diagnostics::raise::{corrected, quoted, said};
use crate::diagnostics::{Diagnostic, Place, Severity, WordsFault};
use crate::text::{Language, language_of};

/// A line of a `Words` section that cannot be read.
pub fn fault(place: &Place, fault: WordsFault) -> Diagnostic {
    let (code, english, arabic) = match fault {
        WordsFault::NoColon => (
            "G-601",
            "“{}” has no colon, so it is not known what the words are.",
            "لا توجد نقطتان رأسيتان في «{}»، فلا يُعرف ما تعنيه الكلمات.",
        ),
        WordsFault::NoArabic => (
            "G-602",
            "“{}”: a word needs its English and its Arabic, with a long dash between them.",
            "«{}»: يحتاج كل مصطلح إلى لفظه بالإنجليزية والعربية وبينهما شرطة طويلة.",
        ),
        WordsFault::UnknownKind => (
            "G-603",
            "“{}” does not say what kind of thing this is: a body, a document that stands, an authority …",
            "لا يبيّن «{}» نوع المصطلح: هيئة، أو مستند دائم، أو جهة رسمية …",
        ),
        WordsFault::NameTaken => (
            "G-604",
            "“{}”: the vocabulary already has a word with this English name.",
            "«{}»: في المصطلحات كلمة أخرى بالاسم الإنجليزي نفسه.",
        ),
        WordsFault::LabelWithoutEntry => (
            "G-605",
            "“{}” belongs under a word, and no word stands above it.",
            "«{}» عنوان يتبع مصطلحًا، ولا يوجد مصطلح فوقه.",
        ),
        WordsFault::UnknownGeneral => (
            "G-606",
            "“{}” names a general word that is not in the vocabulary.",
            "يذكر «{}» مصطلحًا عامًا غير موجود في المصطلحات.",
        ),
        WordsFault::PhraseTooLong => (
            "G-607",
            "“{}” has a phrase of more words than a sentence is searched for, so it would never be found.",
            "في «{}» عبارة تزيد كلماتها على ما يُبحث عنه في الجمل، فلن يُعثر عليها أبدًا.",
        ),
        WordsFault::Full => (
            "G-608",
            "The vocabulary is full, so “{}” is left out.",
            "امتلأت قائمة المصطلحات، فلم يُضَف «{}».",
        ),
    };
    quoted(code, Severity::Error, place, [english, arabic])
        .suggest(corrected::words(place, fault))
}

/// A phrase of another word already: of `holder`, English then Arabic, or of the language
/// itself where there is none. The place quotes the phrase.
pub fn taken(place: &Place, entry: bool, holder: Option<[&str; 2]>) -> Diagnostic {
    let phrase = &place.text;
    let message = match holder {
        Some([english, arabic]) => [
            format!(
                "“{phrase}” is a phrase of “{english}” already, written alike or nearly so, and rules that say it mean that."
            ),
            format!(
                "العبارة «{phrase}» من عبارات «{arabic}» أصلًا، بكتابة مطابقة أو متقاربة، وهي المقصودة حين ترد في القواعد."
            ),
        ],
        None => [
            format!(
                "“{phrase}” is a number, a time or another phrase of the language itself, and rules that say it mean that."
            ),
            format!(
                "العبارة «{phrase}» عدد أو مدة أو عبارة من اللغة نفسها، وهذا هو المقصود حين ترد في القواعد."
            ),
        ],
    };
    let instead = if entry { renamed(place) } else { corrected::without(place) };
    said("G-609", Severity::Warning, place, message).suggest(vec![instead])
}

/// A phrase that begins another; `short` and `long` with what each belongs to. Where what
/// follows says something by itself, sentences are read otherwise than before.
pub fn begins(
    place: &Place,
    entry: bool,
    (short, long, rest): (&str, &str, &str),
    misleads: bool,
) -> Diagnostic {
    let severity = if misleads { Severity::Warning } else { Severity::Note };
    let message = if misleads {
        [
            format!(
                "“{long}” begins with “{short}”, another word, and goes on with “{rest}”, which says something by itself: sentences in which the two meet are now read as “{long}”."
            ),
            format!(
                "تبدأ «{long}» بالمصطلح «{short}»، وتليه «{rest}» التي تقول شيئًا بنفسها: فالجمل التي تلتقي فيها العبارتان تُقرأ الآن «{long}»."
            ),
        ]
    } else {
        [
            format!(
                "“{long}” begins with “{short}”, another word: where a rule says “{long}”, the longer of the two is meant."
            ),
            format!(
                "تبدأ «{long}» بالمصطلح «{short}»: وحيث ترد «{long}» في قاعدة فالمقصود أطولهما."
            ),
        ]
    };
    let told = said("G-610", severity, place, message);
    if misleads { told.suggest(vec![left_out(place, entry)]) } else { told }
}

/// A kind of document, called so in English and Arabic, that nothing recognises.
pub fn unrecognised(place: &Place, [english, arabic]: [&str; 2]) -> Diagnostic {
    let line = place.source.trim();
    let [label, titled] = match kind_language(place) {
        Language::English => ["looks like", "titled"],
        Language::Arabic => ["علاماته", "عنوانه"],
    };
    said(
        "G-611",
        Severity::Warning,
        place,
        [
            format!(
                "Nothing says how “{english}” is recognised, so no paper is ever taken for it. Write what its title says."
            ),
            format!(
                "لا يوجد ما يُعرف به المستند «{arabic}»، فلن يُعدّ أي مستند منه. يُرجى كتابة ما يرد في عنوانه."
            ),
        ],
    )
    .suggest(vec![format!("{line}\n     {label}: {titled} \"{english}\", «{arabic}»")])
}

/// A phrase that takes words out of sentences which were read without it: `sentence`.
pub fn of_the_language(place: &Place, entry: bool, sentence: &str) -> Diagnostic {
    let phrase = &place.text;
    said(
        "G-612",
        Severity::Warning,
        place,
        [
            format!(
                "“{phrase}” stands in sentences with a meaning of its own, such as “{sentence}”, and they are now read otherwise."
            ),
            format!(
                "ترد «{phrase}» بمعنى خاص بها في جمل مثل «{sentence}»، فصارت تُقرأ على غير ذلك."
            ),
        ],
    )
    .suggest(vec![left_out(place, entry)])
}

/// The language that the author writes entries in: that of the words after the colon.
fn kind_language(place: &Place) -> Language {
    language_of(place.source.rsplit(':').next().unwrap_or_default())
}

fn left_out(place: &Place, entry: bool) -> String {
    if entry { format!("# {}", place.source.trim()) } else { corrected::without(place) }
}

/// The entry with another name in place of the phrase.
fn renamed(place: &Place) -> String {
    let phrase = &place.text;
    let name = match language_of(phrase) {
        Language::English => format!("second {phrase}"),
        Language::Arabic => {
            let feminine = phrase.split(' ').next().is_some_and(|it| it.ends_with('ة'));
            let known = phrase.split(' ').any(|it| it.starts_with("ال"));
            let second = match (feminine, known) {
                (true, true) => "الثانية",
                (true, false) => "أخرى",
                (false, true) => "الثاني",
                (false, false) => "آخر",
            };
            format!("{phrase} {second}")
        }
    };
    place.source.trim().replacen(phrase.as_str(), &name, 1)
}
