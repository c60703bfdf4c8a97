//! The first word of a reply, in either language, however it is spelled.

use crate::text::key;

/// What a first word says, before anybody knows what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    Wrong,
    NotApplicable,
    Extension,
    /// No more letters of this kind.
    Mute,
    /// The weekly letter only.
    Pause,
    Resume,
}

/// Each word with the ways in which people write it. Compared by their match keys, so that
/// hamza, tashkeel, ta marbuta and capitals make no difference.
const PHRASES: [(Word, &[&str]); 6] = [
    (
        Word::Wrong,
        &[
            "wrong",
            "this is wrong",
            "that is wrong",
            "incorrect",
            "not correct",
            "not right",
            "not true",
            "error",
            "mistake",
            "خطأ",
            "خطاء",
            "خطئ",
            "هذا خطأ",
            "غلط",
            "غير صحيح",
            "غير صحيحة",
            "غير دقيق",
            "غير دقيقة",
            "ليس صحيحًا",
            "ليست صحيحة",
            "مش صحيح",
        ],
    ),
    (
        Word::NotApplicable,
        &[
            "not applicable",
            "non applicable",
            "n/a",
            "does not apply",
            "doesn't apply",
            "do not apply",
            "لا تنطبق",
            "لا ينطبق",
            "لا تطبق",
            "لا يطبق",
            "غير منطبق",
            "غير منطبقة",
            "لاتنطبق",
            "لاينطبق",
        ],
    ),
    (
        Word::Extension,
        &[
            "extension",
            "extend",
            "more time",
            "an extension",
            "تمديد",
            "التمديد",
            "مهلة",
            "المهلة",
            "نطلب مهلة",
            "نطلب تمديد",
            "أطلب مهلة",
            "أطلب تمديد",
        ],
    ),
    (
        Word::Mute,
        &["unsubscribe", "stop", "إيقاف", "ايقاف", "إلغاء الاشتراك", "الغاء الاشتراك"],
    ),
    (Word::Pause, &["pause", "weekly only", "تعليق", "الأسبوعية فقط"]),
    (Word::Resume, &["resume", "subscribe", "استئناف", "استيناف"]),
];

/// What the text begins with; `None` where its first words are none of ours. A word counts
/// only whole: "wrongly" says nothing.
pub fn first_word(text: &str) -> Option<Word> {
    let text = plain(text);
    PHRASES.iter().find_map(|(word, phrases)| {
        let begins = |phrase: &&&str| {
            text.strip_prefix(&plain(phrase)).is_some_and(|rest| {
                rest.chars().next().is_none_or(|next| !next.is_alphanumeric())
            })
        };
        phrases.iter().find(begins).map(|_| *word)
    })
}

/// The match key, on one line and without what may stand before a first word.
fn plain(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(key).collect();
    let text = words.join(" ");
    text.trim_start_matches(|first: char| !first.is_alphanumeric()).to_owned()
}
