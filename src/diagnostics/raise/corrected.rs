//! Whole lines that could stand in place of a line that cannot count: the suggestions of
//! what is said about lines and labels. Knows no vocabulary beyond what ships.

use crate::diagnostics::raise::lines::{ExampleFault, LineFault};
use crate::diagnostics::{Place, WordsFault};
use crate::text::{Language, is_direction_mark, key, language_of};

/// The line with each of `instead` in place of the quoted words.
pub(crate) fn with(place: &Place, instead: &[&str]) -> Vec<String> {
    let line = place.source.trim();
    instead.iter().map(|words| replaced_last(line, &place.text, words)).collect()
}

/// In the language of the line: English, then Arabic.
pub(crate) fn in_language<'a>(place: &Place, both: [&'a str; 2]) -> &'a str {
    let [english, arabic] = both;
    match language_of(&place.source) {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

/// What the words should say, in their own language: of English, then Arabic.
pub(crate) fn in_sentence<'a>(words: &str, both: &'a [String; 2]) -> &'a str {
    let [english, arabic] = both;
    match language_of(words) {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

/// The line as a comment: kept for its author, and without effect.
pub(crate) fn commented(place: &Place) -> Vec<String> {
    vec![format!("# {}", place.source.trim())]
}

pub(crate) fn line(place: &Place, fault: LineFault) -> Vec<String> {
    let line = place.source.trim();
    match fault {
        LineFault::NoExceptionAbove => {
            with(place, &[in_language(place, ["Except when", "يُستثنى من ذلك"])])
        }
        LineFault::NoSuchRule
        | LineFault::RepeatedLabel
        | LineFault::NotSupportedYet
        | LineFault::HeaderInsideRule
        | LineFault::WordsInRulebook
        | LineFault::CountsNothing
        | LineFault::TooManyDimensions => commented(place),
        LineFault::LabelWithoutRule => vec![
            in_language(
                place,
                [
                    &format!("Rule NEW-1: board meets quarterly\n  {line}"),
                    &format!("القاعدة NEW-1: يجتمع مجلس الإدارة كل ربع سنة\n  {line}"),
                ],
            )
            .to_owned(),
        ],
        LineFault::FindingElsewhere => {
            let [finding, instead] = match language_of(&place.text) {
                Language::English => ["the finding", "the end of the fiscal year"],
                Language::Arabic => ["الملاحظة", "نهاية السنة المالية"],
            };
            vec![line.replacen(finding, instead, 1)]
        }
        LineFault::AnswersNothing => with(
            place,
            &[in_language(
                place,
                [
                    "the executive director submits a recovery plan within 30 days of the finding",
                    "يقدّم المدير التنفيذي خطة تصحيحية خلال 30 يومًا من الملاحظة",
                ],
            )],
        ),
        LineFault::EmptyValue => filled(place),
        LineFault::ConditionNotUnderstood => match language_of(line) {
            Language::English => {
                with(place, &["associations", "yearly income is below 50,000 USD"])
            }
            Language::Arabic => {
                with(place, &["الجمعيات", "يقل الدخل السنوي عن 50000 دولار أمريكي"])
            }
        },
        LineFault::StrayLine => vec![line.to_owned()],
        LineFault::DirectionControls => {
            vec![line.chars().filter(|c| !is_direction_mark(*c)).collect()]
        }
    }
}

pub(crate) fn example(place: &Place, fault: ExampleFault) -> Vec<String> {
    let given = in_language(
        place,
        ["the board met on 12 February 2026", "اجتمع مجلس الإدارة في 12 شباط 2026"],
    );
    let claim = in_language(
        place,
        ["on 10 December 2026 -> due soon", "في 10 كانون الأول 2026 -> يقترب موعدها"],
    );
    match fault {
        ExampleFault::Given => with(place, &[given]),
        ExampleFault::Claim => with(place, &[claim]),
        ExampleFault::NoClaim => {
            vec![format!("{}; {claim}", place.source.trim().trim_end_matches('.'))]
        }
        ExampleFault::TooMany => commented(place),
    }
}

/// A number in Arabic-Indic digits, or in Latin ones.
pub(crate) fn digits(number: &str, arabic: bool) -> String {
    let zero = if arabic { '\u{0660}' } else { '0' };
    let written = |character: char| {
        let digit = key(&character.to_string()).parse::<u32>().ok()?;
        char::from_u32(u32::from(zero) + digit)
    };
    number.chars().filter_map(written).collect()
}

/// A label or a rule with an example of a value.
fn filled(place: &Place) -> Vec<String> {
    let line = place.source.trim();
    let label = key(line.split(':').next().unwrap_or_default().trim());
    let first = label.split(' ').next().unwrap_or_default();
    let value = match (label.as_str(), first) {
        ("weight" | "الوزن", _) => "3",
        ("grace" | "grace period", _) => "14 days",
        ("مهله السماح" | "مهله", _) => "14 يومًا",
        ("severity", _) => "high",
        ("درجه الخطوره" | "الخطوره", _) => "عالية",
        ("applies to", _) => "associations",
        ("تسري علي", _) => "الجمعيات",
        (_, "rule") => "board meets quarterly",
        (_, "القاعده" | "قاعده") => "يجتمع مجلس الإدارة كل ربع سنة",
        _ => return commented(place),
    };
    vec![format!("{} {value}", line.trim_end())]
}

/// A rule with an id of its own.
pub(crate) fn renamed(place: &Place, id: &str) -> Vec<String> {
    let line = place.source.trim();
    if line.contains(id) && line.contains(':') {
        return vec![line.replacen(&format!(" {id}"), &format!(" {id}-2"), 1)];
    }
    let rule = in_language(place, ["Rule", "القاعدة"]);
    let id: String = id.chars().take(20).collect();
    vec![format!("{rule} {}-2: {line}", id.trim_end_matches('-'))]
}

/// A line of a vocabulary.
pub(crate) fn words(place: &Place, fault: WordsFault) -> Vec<String> {
    let line = place.source.trim();
    // An entry has words of both languages; its author's is that of the words after them.
    let tail = line.split_once(':').map(|(_, tail)| tail.trim());
    let author = language_of(tail.filter(|it| !it.is_empty()).unwrap_or(line));
    let [body, standing, policy] = match author {
        Language::English => ["a body", "a document that stands", "policy"],
        Language::Arabic => ["هيئة", "مستند دائم", "السياسة"],
    };
    let (head, rest) = line.split_once(':').unwrap_or((line, body));
    let (head, rest) = (head.trim(), rest.trim());
    match fault {
        WordsFault::NoColon => vec![format!("{head}: {body}")],
        WordsFault::NoArabic => vec![format!("{}: {rest}", in_both(head))],
        WordsFault::UnknownKind => {
            vec![format!("{head}: {body}"), format!("{head}: {standing}")]
        }
        WordsFault::NameTaken => vec![renamed_entry(head, rest)],
        WordsFault::LabelWithoutEntry => {
            vec![format!("gala — حفل: {body}\n     {line}")]
        }
        WordsFault::PhraseTooLong => vec![shortened(line)],
        WordsFault::Full => commented(place),
        WordsFault::UnknownGeneral => {
            vec![format!("{head}: {policy}"), format!("# {line}")]
        }
    }
}

/// A word in one language with room for the other.
fn in_both(head: &str) -> String {
    let word = head.split('—').next().unwrap_or(head).trim();
    match language_of(word) {
        Language::English => format!("{word} — الاسم بالعربية"),
        Language::Arabic => format!("name in English — {word}"),
    }
}

/// An entry whose English name is another's.
fn renamed_entry(head: &str, rest: &str) -> String {
    match head.split_once('—') {
        Some((arabic, english)) if language_of(arabic) == Language::Arabic => {
            format!("{arabic}— second {}: {rest}", english.trim())
        }
        _ if head.starts_with("to ") => {
            format!("to again {}: {rest}", head.trim_start_matches("to "))
        }
        _ => format!("second {head}: {rest}"),
    }
}

/// The line without the phrase that its place quotes; a comment where nothing is left.
pub(crate) fn without(place: &Place) -> String {
    let line = place.source.trim();
    let Some((label, value)) = line.split_once(':') else { return format!("# {line}") };
    let parting = if value.contains('·') { '·' } else { ',' };
    let parts = value.split(['·', '،', ',']).map(str::trim);
    let bare = |part: &str| part.split('(').next().unwrap_or_default().trim().to_owned();
    let kept: Vec<&str> =
        parts.filter(|part| !part.is_empty() && bare(part) != place.text).collect();
    if kept.is_empty() || value.contains('—') {
        return format!("# {line}");
    }
    format!("{label}: {}", kept.join(&format!(" {parting} ")))
}

/// The line with no phrase longer than a phrase may be.
fn shortened(line: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut length = 0;
    for word in line.split_whitespace() {
        let parts = matches!(word, "·" | "—") || word.ends_with(':');
        length = if parts { 0 } else { length + 1 };
        if length <= crate::limits::PHRASE_WORDS_MAX {
            kept.push(word);
        }
    }
    kept.join(" ")
}

fn replaced_last(line: &str, words: &str, instead: &str) -> String {
    match line.rsplit_once(words) {
        Some((before, after)) => format!("{before}{instead}{after}"),
        None => line.to_owned(),
    }
}
