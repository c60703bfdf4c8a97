//! One new word as it is written into a file: an entry and the lines below it, in the
//! language of whoever teaches it.

use crate::shell::Error;
use crate::text::{Language, is_direction_mark, language_of};
use crate::vocabulary::kind;

/// What is known of a word that is taught.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Entry {
    pub(super) english: String,
    pub(super) arabic: String,
    pub(super) kind: String,
    pub(super) also: Vec<String>,
    pub(super) titled: Vec<String>,
}

impl Entry {
    /// Whether it is a deed, which is done to something.
    pub(super) fn is_deed(&self) -> bool {
        self.english.starts_with("to ")
    }

    /// Whether papers are taken for it.
    pub(super) fn is_paper(&self) -> bool {
        let paper = ["a document", "مستند", "وثيقة"].map(crate::text::key);
        !self.is_deed()
            && paper.iter().any(|it| crate::text::key(&self.kind).starts_with(it))
    }

    /// The lines, each with its end.
    pub(super) fn lines(&self, language: Language) -> String {
        let [also, looks, titled] = match language {
            Language::English => ["also", "looks like", "titled"],
            Language::Arabic => ["وأيضًا", "علاماته", "عنوانه"],
        };
        let mut lines = format!("  {} — {}: {}\n", self.english, self.arabic, self.kind);
        let mut below = |label: &str, value: String| {
            lines = format!("{lines}     {label}: {value}\n");
        };
        if !self.also.is_empty() {
            below(also, self.also.join(" · "));
        }
        if !self.titled.is_empty() {
            let quoted: Vec<String> = self.titled.iter().map(|it| quoted(it)).collect();
            below(looks, format!("{titled} {}", quoted.join(", ")));
        }
        lines
    }

    /// Refuses what would be read back otherwise than it was said.
    ///
    /// # Errors
    /// Which words, and why.
    pub(super) fn refuse_what_cannot_be_written(&self) -> Result<(), Error> {
        let first =
            [(&self.english, Language::English), (&self.arabic, Language::Arabic)];
        for (words, language) in first {
            if !words.chars().any(char::is_alphabetic) || language_of(words) != language {
                return Err(wrong_language(words, language));
            }
        }
        let phrases = [&self.english, &self.arabic].into_iter().chain(&self.also);
        for phrase in phrases {
            if let Some(sign) = phrase.chars().find(|it| "#:：—·()\"«»;؛".contains(*it))
            {
                return Err(of_signs(phrase, sign));
            }
        }
        if let Some(title) = self.titled.iter().find(|it| it.contains('#')) {
            return Err(of_signs(title, '#'));
        }
        Ok(())
    }
}

/// Several in one answer, parted as people part them; without quotation marks around any.
pub(super) fn parted(answer: &str) -> Vec<String> {
    let parts = answer.split(['·', ';', '؛', '\n']);
    let bare = |part: &str| clean(part.trim().trim_matches(['"', '«', '»', '“', '”']));
    parts.map(bare).filter(|part| !part.is_empty()).collect()
}

/// An answer in one line, without what nobody sees.
pub(super) fn clean(answer: &str) -> String {
    let seen =
        |it: &char| !is_direction_mark(*it) && (!it.is_control() || it.is_whitespace());
    let text: String = answer.chars().filter(seen).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a kind that was given by its number or in words.
pub(super) fn kind_of(answer: &str, language: Language) -> String {
    let number = crate::text::key(answer).parse::<usize>().ok();
    let chosen = number.and_then(|number| {
        let kinds = kind::all(language);
        kinds.get(number.checked_sub(1)?).map(|kind| (*kind).to_owned())
    });
    chosen.unwrap_or_else(|| answer.to_owned())
}

fn quoted(title: &str) -> String {
    match language_of(title) {
        Language::English => format!("\"{}\"", title.replace('"', "")),
        Language::Arabic => format!("«{}»", title.replace(['«', '»'], "")),
    }
}

fn wrong_language(words: &str, language: Language) -> Error {
    match language {
        Language::English => Error::report(
            format!("“{words}” is not a word in English letters"),
            format!("«{words}» ليست كلمة بأحرف إنجليزية"),
        ),
        Language::Arabic => Error::report(
            format!("“{words}” is not a word in Arabic letters"),
            format!("«{words}» ليست كلمة بأحرف عربية"),
        ),
    }
}

fn of_signs(phrase: &str, sign: char) -> Error {
    Error::report(
        format!(
            "“{phrase}” holds the sign “{sign}”, which means something in a file of words; write it without"
        ),
        format!(
            "في «{phrase}» العلامة «{sign}» ولها معنى في ملفات المصطلحات؛ يُرجى كتابتها من دونها"
        ),
    )
}
