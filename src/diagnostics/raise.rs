//! The constructors: one for each thing we can say about a rule file, both languages side
//! by side. Quoted words are the author's own, in “ ” in English and « » in Arabic.

use crate::diagnostics::{Diagnostic, Place, Severity, Witness, WordsFault};

pub mod analysis;
mod corrected;
pub mod lines;
pub mod sentences;

/// A diagnostic without help and suggestions.
pub(crate) fn said(
    code: &'static str,
    severity: Severity,
    place: &Place,
    message: [String; 2],
) -> Diagnostic {
    Diagnostic {
        code,
        severity,
        place: place.clone(),
        message,
        help: [String::new(), String::new()],
        suggestions: Vec::new(),
        gives: Vec::new(),
        witness: None,
    }
}

/// A diagnostic whose sentences quote the place's words at `{}`.
pub(crate) fn quoted(
    code: &'static str,
    severity: Severity,
    place: &Place,
    templates: [&str; 2],
) -> Diagnostic {
    said(code, severity, place, templates.map(|text| text.replace("{}", &place.text)))
}

impl Diagnostic {
    pub(crate) fn help(mut self, english: &str, arabic: &str) -> Diagnostic {
        self.help = [english.to_owned(), arabic.to_owned()];
        self
    }

    pub(crate) fn suggest(mut self, suggestions: Vec<String>) -> Diagnostic {
        self.suggestions = suggestions;
        self.suggestions.truncate(3);
        self
    }

    pub(crate) fn witnessed(mut self, witness: Witness) -> Diagnostic {
        self.witness = Some(witness);
        self
    }

    /// Choices between meanings, each with what it would ask.
    pub(crate) fn choose(mut self, choices: Vec<(String, [String; 2])>) -> Diagnostic {
        (self.suggestions, self.gives) = choices.into_iter().take(3).unzip();
        self
    }
}

/// A line of a `Words` section that cannot be read.
pub fn words_fault(place: &Place, fault: WordsFault) -> Diagnostic {
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
