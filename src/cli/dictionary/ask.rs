//! The questions of `words add`, in the user's language: one line of answer each, from the
//! terminal or from whatever stands for one.

use std::io::{BufRead, IsTerminal, Write};

use crate::cli::Context;
use crate::shell::Error;
use crate::text::Language;
use crate::vocabulary::kind;

/// What is asked, in the order of asking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Question {
    English,
    Arabic,
    Kind,
    /// What a deed is done to.
    DoneTo,
    Also,
    Titled,
}

impl Question {
    /// The question, English then Arabic.
    fn text(self) -> [String; 2] {
        match self {
            Question::English => [
                "1. The word in English (a deed begins with “to”):".to_owned(),
                "1. المصطلح بالإنجليزية (ويبدأ الفعل بـ to):".to_owned(),
            ],
            Question::Arabic => [
                "2. The word in Arabic (of a deed: «يدعم / تدعم / دعم»):".to_owned(),
                "2. المصطلح بالعربية (وللفعل: «يدعم / تدعم / دعم»):".to_owned(),
            ],
            Question::Kind => kinds(),
            Question::DoneTo => [
                "3. What the deed is done to: a document, a body, an event …".to_owned(),
                "3. ما الذي يقع عليه الفعل: مستند أو هيئة أو حدث …".to_owned(),
            ],
            Question::Also => [
                "4. Other ways to say it, with · or ; between them (or nothing):".to_owned(),
                "4. عبارات أخرى له، بينها · أو ؛ (أو لا شيء):".to_owned(),
            ],
            Question::Titled => [
                "5. What the title of such a paper says, with · or ; between (or nothing):"
                    .to_owned(),
                "5. ما يرد في عنوان هذا المستند، بينه · أو ؛ (أو لا شيء):".to_owned(),
            ],
        }
    }

    /// The option that answers it without asking.
    pub(super) fn option(self) -> &'static str {
        match self {
            Question::English => "--english",
            Question::Arabic => "--arabic",
            Question::Kind | Question::DoneTo => "--kind",
            Question::Also => "--also",
            Question::Titled => "--titled",
        }
    }

    /// Whether nothing is an answer.
    pub(super) fn may_be_empty(self) -> bool {
        matches!(self, Question::Also | Question::Titled | Question::DoneTo)
    }
}

/// Every kind by its number, so that nobody has to spell one.
fn kinds() -> [String; 2] {
    let listed = |language| {
        let numbered = kind::all(language).into_iter().enumerate();
        let lines = numbered.map(|(index, name)| format!("   {:>2}  {name}", index + 1));
        lines.collect::<Vec<_>>().join("\n")
    };
    [
        format!("{}\n3. What it is (a number, or the words):", listed(Language::English)),
        format!("{}\n3. ما هو (رقم أو عبارة):", listed(Language::Arabic)),
    ]
}

/// Asks, and gives the answer without the space around it; empty where the answers end.
///
/// # Errors
/// When an answer cannot be read.
pub(super) fn ask(context: &Context, question: Question) -> Result<String, Error> {
    let [english, arabic] = question.text();
    let text = context.output.pick(&english, &arabic);
    let mut stderr = anstream::stderr();
    // A question that cannot be shown is answered with nothing, which is refused later.
    drop(write!(stderr, "{text} "));
    drop(stderr.flush());
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if !std::io::stdin().is_terminal() {
        // Answers that nobody typed do not end the line of the question.
        drop(writeln!(stderr));
    }
    read.map(|_| line.trim().to_owned()).map_err(|error| {
        Error::report(
            format!("the answer cannot be read: {error}"),
            format!("تعذّرت قراءة الجواب: {}", crate::text::isolate(&error.to_string())),
        )
    })
}
