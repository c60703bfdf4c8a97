//! `mithaq words add`: one word asked for, tried, and written into a file of the network's
//! folder `vocabulary`, or refused with the file as it was.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::cli::check;
use crate::cli::dictionary::ask::{Question, ask};
use crate::cli::dictionary::entry::{Entry, clean, kind_of, parted};
use crate::cli::dictionary::{Add, Shown};
use crate::cli::{Context, Exit, Failure, Format};
use crate::compile;
use crate::compile::taught;
use crate::diagnostics::{Diagnostic, render};
use crate::limits;
use crate::shell::Error;
use crate::shell::disk;
use crate::vocabulary::Vocabulary;

/// Teaches one word.
///
/// # Errors
/// When an answer is missing or cannot be used, or the disk refuses: nothing was changed.
pub(super) fn run(context: &Context, add: &Add) -> Result<Exit, Failure> {
    let root = context.network()?.root;
    let name = file_name(&add.file)?;
    let path = root.join("vocabulary").join(&name);
    let old = text_of(&path, &name)?;
    // A name that is taken is told before four more questions are asked.
    let entry = entry(context, add)?;
    entry.refuse_what_cannot_be_written()?;
    let lines = entry.lines(context.output.language);
    let shown = format!("vocabulary/{name}");
    let new = continued(&old, &lines);
    let Taught { vocabulary, told } = tried(&root, (&shown, &old), &new)?;
    let refused = told.iter().any(|it| it.is_error() || it.code == "G-609");
    let came_back = vocabulary.terms().last().filter(|(_, term)| {
        let base = entry.english.trim_start_matches("to ");
        let base = base.split('/').next().unwrap_or(base).trim();
        term.english.first().is_some_and(|it| it == base)
    });
    let Some((id, term)) = came_back.filter(|_| !refused) else {
        say(context, &told);
        context.output.error_line(context.output.pick(
            "The word was not taught, and no file was changed.",
            "لم يُعرَّف المصطلح، ولم يتغير أي ملف.",
        ));
        return Ok(Exit::Wrong);
    };
    disk::make_folder(&root.join("vocabulary"))?;
    disk::write_whole(&path, new.as_bytes())?;
    let word = Shown { id, term, vocabulary: &vocabulary, own: true };
    done(context, &shown, &lines, &word, &told);
    Ok(Exit::Done)
}

fn done(
    context: &Context,
    file: &str,
    lines: &str,
    word: &Shown<'_>,
    told: &[Diagnostic],
) {
    let output = context.output;
    match output.format {
        Format::Json => {
            let said: Vec<Json> =
                told.iter().map(|it| check::diagnostic(it, output.language)).collect();
            output.json(vec![
                ("words", json!([word.json()])),
                ("file", json!(file)),
                ("diagnostics", json!(said)),
            ]);
        }
        Format::Human => {
            output.note(
                &format!("Written to {file}:"),
                &format!("كُتب في {}:", crate::text::isolate(file)),
            );
            output.data(lines.trim_end());
            say(context, told);
        }
    }
}

fn say(context: &Context, told: &[Diagnostic]) {
    for said in told {
        context.output.error_line(&render::text(said, context.output.language));
    }
}

/// The words of the network as they would be, and what is said of the new lines alone.
struct Taught {
    vocabulary: Vocabulary,
    told: Vec<Diagnostic>,
}

fn tried(root: &Path, (file, old): (&str, &str), new: &str) -> Result<Taught, Failure> {
    let others = check::word_files(root)?;
    let learn = |text: &str| {
        let others = others.iter().filter(|(name, _)| name != file);
        let mut files: Vec<(&str, &str)> =
            others.map(|(name, text)| (name.as_str(), text.as_str())).collect();
        // Last, so that the new word is the last of all.
        files.push((file, text));
        taught::learn(&files)
    };
    let before = learn(old).1;
    let (vocabulary, after) = learn(new);
    let known = |told: &Diagnostic| before.contains(told);
    Ok(Taught { vocabulary, told: after.into_iter().filter(|it| !known(it)).collect() })
}

/// The file with the lines at its end, in its own line ends.
fn continued(old: &str, lines: &str) -> String {
    let end = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let heading =
        if old.trim().is_empty() { format!("Words{end}") } else { String::new() };
    let gap = if old.is_empty() || old.ends_with('\n') { "" } else { end };
    format!("{old}{gap}{heading}{}", lines.replace('\n', end))
}

/// The text of a file that is to be gone on with, byte order mark and all; empty where
/// there is none.
fn text_of(path: &Path, name: &str) -> Result<String, Failure> {
    let bytes = disk::read_bytes(path, limits::RULE_FILE_BYTES_MAX)?.unwrap_or_default();
    let plain = compile::decoded(&bytes).is_ok();
    String::from_utf8(bytes).ok().filter(|_| plain).ok_or_else(|| {
        Error::report(
            format!("vocabulary/{name} is not UTF-8 text, so no word can be added to it; save it as UTF-8 first"),
            format!("ليس vocabulary/{name} نصًا بترميز UTF-8، فلا يمكن إضافة مصطلح إليه؛ يُرجى حفظه بترميز UTF-8 أولًا"),
        )
        .into()
    })
}

/// A name inside the folder, never a way out of it.
fn file_name(file: &Path) -> Result<String, Error> {
    let name = file.to_str().unwrap_or_default();
    let plain = !name.contains(['/', '\\', '\0']) && !name.starts_with('.');
    if plain && file.extension().is_some_and(|it| it == "rules") {
        return Ok(name.to_owned());
    }
    let shown = PathBuf::from(file).display().to_string();
    Err(Error::report(
        format!("`{shown}` is not the name of a file of words, such as own.rules"),
        format!("«{shown}» ليس اسم ملف مصطلحات مثل own.rules"),
    ))
}

/// The word as options say it, and as answers say what they do not.
fn entry(context: &Context, add: &Add) -> Result<Entry, Failure> {
    let language = context.output.language;
    let mut entry = Entry::default();
    // With nothing said everything is asked; with the three that a word needs, nothing.
    let told = add.english.is_some() && add.arabic.is_some() && add.kind.is_some();
    let one = |given: &Option<String>, question| match given {
        Some(given) => Ok(clean(given)),
        None => answered(context, question),
    };
    entry.english = one(&add.english, Question::English)?;
    entry.arabic = one(&add.arabic, Question::Arabic)?;
    let what = if entry.is_deed() { Question::DoneTo } else { Question::Kind };
    let kind = one(&add.kind, what)?;
    entry.kind = if entry.is_deed() { deed(&kind) } else { kind_of(&kind, language) };
    let several = |given: &[String], question| {
        if told || !given.is_empty() {
            Ok(given.iter().flat_map(|it| parted(it)).collect())
        } else {
            answered(context, question).map(|it| parted(&it))
        }
    };
    entry.also = several(&add.also, Question::Also)?;
    if entry.is_paper() {
        entry.titled = several(&add.titled, Question::Titled)?;
    }
    Ok(entry)
}

/// What stands after the colon of a deed.
fn deed(done_to: &str) -> String {
    let arabic = done_to.contains(crate::text::is_arabic_letter);
    match done_to {
        "" => "done".to_owned(),
        _ if done_to.starts_with("done") || done_to.starts_with("يقع") => {
            done_to.to_owned()
        }
        _ if arabic => format!("يقع على {done_to}"),
        _ => format!("done to {done_to}"),
    }
}

fn answered(context: &Context, question: Question) -> Result<String, Failure> {
    let answer = clean(&ask(context, question)?);
    if answer.is_empty() && !question.may_be_empty() {
        let option = question.option();
        return Err(Error::report(
            format!("an answer is missing; `{option}` gives it beforehand. Nothing was changed"),
            format!("ينقص جواب، والخيار `{option}` يعطيه مسبقًا. ولم يتغير شيء"),
        )
        .into());
    }
    Ok(answer)
}
