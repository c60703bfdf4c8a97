//! `mithaq words`: the words that rules are written in: list them, find one, teach one.

use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::cli::check;
use crate::cli::{Context, Exit, Failure, Format};
use crate::norm::TermId;
use crate::shell::network;
use crate::text::{Language, key};
use crate::vocabulary;
use crate::vocabulary::kind;
use crate::vocabulary::phrases::phrase_key;
use crate::vocabulary::{Term, TermKind, Vocabulary};

mod add;
mod ask;
mod entry;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    pub action: Action,
}

#[derive(clap::Subcommand, Debug)]
pub enum Action {
    /// All words, with what each is
    List(List),
    /// The words that hold some letters, in either language
    Find {
        /// Letters of a word; capitals, vowel signs and forms of hamza do not count
        text: String,
    },
    /// Teach a word: what no option says is asked for
    Add(Add),
}

#[derive(clap::Args, Debug)]
pub struct List {
    /// Only what the network taught itself
    #[arg(long)]
    pub own: bool,
}

#[derive(clap::Args, Debug)]
pub struct Add {
    /// The word in English; a deed begins with “to”
    #[arg(long, value_name = "WORDS")]
    pub english: Option<String>,
    /// The word in Arabic; of a deed «يدعم / تدعم / دعم»
    #[arg(long, value_name = "WORDS")]
    pub arabic: Option<String>,
    /// What it is, such as “a body” or “a document that stands”
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Another way to say it; may be given several times
    #[arg(long, value_name = "WORDS")]
    pub also: Vec<String>,
    /// What the title of such a paper says; may be given several times
    #[arg(long, value_name = "WORDS")]
    pub titled: Vec<String>,
    /// The file of the network's folder vocabulary to write to
    #[arg(long, default_value = "own.rules", value_name = "FILE")]
    pub file: PathBuf,
}

/// Lists, finds or teaches.
///
/// # Errors
/// When the network's words cannot be read, or the new word cannot be taught.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::List(list) => {
            let vocabulary = known(context)?;
            let own = |shown: &Shown<'_>| !list.own || shown.own;
            Ok(print(context, &vocabulary, &own))
        }
        Action::Find { text } => {
            let vocabulary = known(context)?;
            let wanted = [key(text.trim()), phrase_key(text)];
            let holds = |phrase: &String| {
                let [whole, bare] = &wanted;
                key(phrase).contains(whole)
                    || !bare.is_empty() && phrase_key(phrase).contains(bare)
            };
            Ok(print(context, &vocabulary, &|shown| shown.phrases().any(holds)))
        }
        Action::Add(add) => add::run(context, add),
    }
}

/// The words that ship and, inside a network, its own; a mistake in its files is told and
/// what can be read is shown.
fn known(context: &Context) -> Result<Vocabulary, Failure> {
    let root = root(context)?;
    let mut told = Vec::new();
    let vocabulary = check::words(root.as_deref(), &mut told)?;
    let mistakes = told.iter().filter(|told| told.is_error()).count();
    if mistakes > 0 {
        context.output.note(
            &format!("Lines of the folder vocabulary that cannot be read: {mistakes}. `mithaq check` tells of each."),
            &format!("عدد الأسطر التي لا يمكن قراءتها في المجلد vocabulary: {mistakes}. يذكر الأمر `mithaq check` كلًّا منها."),
        );
    }
    Ok(vocabulary)
}

/// The network's folder; none outside any network, where only the words that ship are known.
fn root(context: &Context) -> Result<Option<PathBuf>, Failure> {
    match context.root() {
        Ok(root) if root.join(network::SETTINGS).exists() => Ok(Some(root)),
        // A folder that was named and is no network is a mistake, and none above is not.
        Ok(_) => Ok(Some(context.network()?.root)),
        Err(_) => Ok(None),
    }
}

/// A term as it is shown.
struct Shown<'a> {
    id: TermId,
    term: &'a Term,
    vocabulary: &'a Vocabulary,
    /// The network taught it.
    own: bool,
}

fn print(
    context: &Context,
    vocabulary: &Vocabulary,
    wanted: &dyn Fn(&Shown<'_>) -> bool,
) -> Exit {
    let standard = vocabulary::standard();
    let all = vocabulary.terms().map(|(id, term)| {
        let own = standard.id(&term.name).is_none();
        Shown { id, term, vocabulary, own }
    });
    let found: Vec<Shown<'_>> = all.filter(wanted).collect();
    match context.output.format {
        Format::Json => {
            let words: Vec<Json> = found.iter().map(Shown::json).collect();
            context.output.json(vec![("words", json!(words))]);
        }
        Format::Human => {
            for shown in &found {
                context.output.data(&shown.line(context.output.language));
            }
            if found.is_empty() {
                context.output.note(
                    "No such word is known. `mithaq words add` teaches one.",
                    "لا يُعرف مصطلح كهذا. يعرّف الأمر `mithaq words add` مصطلحًا جديدًا.",
                );
            }
        }
    }
    Exit::Done
}

impl Shown<'_> {
    /// Every phrase by which it is found, of both languages; the canonical ones first.
    fn phrases(&self) -> impl Iterator<Item = &String> {
        let term = self.term;
        let [english, arabic] = self.written();
        let forms = [&term.forms.present, &term.forms.done, &term.forms.noun];
        let forms = forms.into_iter().flatten().flatten();
        english.iter().chain(arabic).chain(forms)
    }

    fn written(&self) -> [&[String]; 2] {
        [Language::English, Language::Arabic]
            .map(|it| self.vocabulary.phrases(self.id, it))
    }

    /// What it is called: of a deed with its "to".
    fn name(&self, language: Language) -> String {
        let phrase = self.vocabulary.phrase(self.id, language);
        match (self.term.kind, language) {
            (TermKind::Verb(_), Language::English) => format!("to {phrase}"),
            _ => phrase.to_owned(),
        }
    }

    fn kind(&self) -> [String; 2] {
        let [english, arabic] = kind::words(self.term.kind).map(str::to_owned);
        let vocabulary::Concern::Meeting(Some(body)) = self.concern() else {
            return [english, arabic];
        };
        let body = |language| self.vocabulary.phrase(body, language).to_owned();
        [
            format!("a document about one meeting of the {}", body(Language::English)),
            format!("مستند عن اجتماع {}", body(Language::Arabic)),
        ]
    }

    fn concern(&self) -> vocabulary::Concern {
        match self.term.kind {
            TermKind::Document(concern) => concern,
            _ => vocabulary::Concern::Standing,
        }
    }

    fn line(&self, language: Language) -> String {
        let [english, arabic] =
            [Language::English, Language::Arabic].map(|it| self.name(it));
        let [kind, naw] = self.kind();
        let [mine, own] = if self.own {
            [" (taught here)", " (معرَّف هنا)"]
        } else {
            ["", ""]
        };
        let heading = match language {
            Language::English => format!("{english} — {arabic}: {kind}{mine}"),
            Language::Arabic => format!("{arabic} — {english}: {naw}{own}"),
        };
        let others = self.written().concat();
        let first = [&english, &arabic].map(|it| key(it.trim_start_matches("to ")));
        let others: Vec<String> =
            others.into_iter().filter(|it| !first.contains(&key(it))).collect();
        if others.is_empty() {
            heading
        } else {
            format!("{heading}\n  {}", others.join(" · "))
        }
    }

    fn json(&self) -> Json {
        let [kind, naw] = self.kind();
        let [english, arabic] = self.written();
        json!({
            "name": self.term.name,
            "english": english,
            "arabic": arabic,
            "kind": {"english": kind, "arabic": naw},
            "own": self.own,
        })
    }
}
