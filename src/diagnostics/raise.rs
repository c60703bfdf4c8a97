//! The constructors: one for each thing we can say about a rule file, both languages side
//! by side. Quoted words are the author's own, in “ ” in English and « » in Arabic.

use crate::diagnostics::{Diagnostic, Place, Severity, Witness};

pub mod analysis;
mod corrected;
pub mod lines;
pub mod sentences;
pub mod words;

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
