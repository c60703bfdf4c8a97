//! `mithaq fmt` and `mithaq translate`: rule files in canonical words.

use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::cli::check;
use crate::cli::check::fix;
use crate::cli::{Context, Exit, Failure, Format, Tongue};
use crate::compile::Source;
use crate::compile::canonical::{Kept, canonical};
use crate::compile::written::untranslated;
use crate::shell::Error;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Rule files or folders of them; the network's rules unless given
    pub paths: Vec<PathBuf>,
    /// Change nothing, name the files that are not canonical, and fail if there are any
    #[arg(long)]
    pub check: bool,
}

#[derive(clap::Args, Debug)]
pub struct Translate {
    /// Rule files or folders of them; the network's rules unless given
    pub paths: Vec<PathBuf>,
    /// The language to write in
    #[arg(long, value_name = "LANGUAGE")]
    pub to: Tongue,
}

/// Writes every file in canonical words, each rule in its own language.
///
/// # Errors
/// When a file has mistakes, or cannot be read or written: nothing of it is changed.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let (files, vocabulary) = check::files(context, &arguments.paths)?;
    let mut changed = Vec::new();
    for (path, name, text) in &files {
        let canonical = rewritten(name, text, None, &vocabulary)?;
        // Line ends are the author's, as are the words in comments.
        if canonical != text.replace("\r\n", "\n") {
            if !arguments.check {
                fix::put(path, name, text, &canonical)?;
            }
            changed.push(name.clone());
        }
    }
    match context.output.format {
        Format::Json => {
            let files: Vec<Json> = files
                .iter()
                .map(|(_, name, _)| json!({"file": name, "changed": changed.contains(name)}))
                .collect();
            context.output.json(vec![("files", json!(files))]);
        }
        Format::Human => {
            for name in &changed {
                context.output.data(name);
            }
        }
    }
    Ok(if arguments.check && !changed.is_empty() { Exit::Wrong } else { Exit::Done })
}

/// Prints the files in the other language; what a file says in free words stays as it is.
///
/// # Errors
/// When a file has mistakes or cannot be read.
pub fn translate(context: &Context, arguments: &Translate) -> Result<Exit, Failure> {
    let (files, vocabulary) = check::files(context, &arguments.paths)?;
    let to = arguments.to.language();
    let mut told = Vec::new();
    for (_, name, text) in &files {
        let said = rewritten(name, text, Some(to), &vocabulary)?;
        let own = untranslated(&said, to);
        match context.output.format {
            Format::Json => {
                told.push(json!({
                    "file": name, "language": to.code(), "text": said,
                    "untranslated": own,
                }));
            }
            Format::Human => context.output.data(said.trim_end()),
        }
        if !own.is_empty() {
            context.output.note(
                &format!("{name}: these words are their author's and stay as they are:"),
                &format!("{name}: هذه كلمات كاتبها وتبقى كما هي:"),
            );
        }
        for line in own {
            context.output.note(&format!("  {line}"), &format!("  {line}"));
        }
    }
    if context.output.format == Format::Json {
        context.output.json(vec![("files", json!(told))]);
    }
    Ok(Exit::Done)
}

/// The file in canonical words, which mean what it means rule by rule.
fn rewritten(
    name: &str,
    text: &str,
    to: Option<Language>,
    vocabulary: &Vocabulary,
) -> Result<String, Failure> {
    canonical(&Source::new(name, text), to, vocabulary).map_err(|kept| {
        let error = match kept {
            Kept::Mistakes => Error::report(
                format!("{name} has mistakes; `mithaq check` tells which"),
                format!("في {name} أخطاء، والأمر `mithaq check` يذكرها"),
            ),
            Kept::OtherMeaning => Error::report(
                format!("{name} would mean something else in canonical words, so it stays as it is"),
                format!("لو كُتب {name} بالصيغة المعتمدة لتغيّر معناه، فيبقى كما هو"),
            ),
        };
        error.into()
    })
}
