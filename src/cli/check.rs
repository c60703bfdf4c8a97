//! `mithaq check`: rule files read back in both languages, and everything wrong with them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::analysis::Counts;
use crate::cli::test;
use crate::cli::{Context, Exit, Failure, Format};
use crate::compile;
use crate::compile::Source;
use crate::compile::taught;
use crate::diagnostics::raise::lines;
use crate::diagnostics::{Diagnostic, Place, render};
use crate::editor::mend::Change;
use crate::editor::teaches_words;
use crate::limits;
use crate::program::{Program, Rule, Rulebook};
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::network::Network;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

mod analysis;
pub(crate) mod fix;
use crate::cli::check::analysis::Strict;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Rule files or folders of them; the network's rules unless given
    pub paths: Vec<PathBuf>,
    /// One sentence against the standard vocabulary and the network's words, instead of files
    #[arg(long, value_name = "SENTENCE", conflicts_with = "paths")]
    pub sentence: Option<String>,
    /// Let warnings fail too: all, or these codes; mithaq.toml can name them once
    #[arg(long, value_name = "CODES", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub strict: Option<Vec<String>>,
    /// Put right what can be put right without a question, and show each changed line
    #[arg(long, conflicts_with = "sentence")]
    pub fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

/// What was looked at and what there is to say.
#[derive(Debug)]
struct Checked {
    files: usize,
    program: Program,
    diagnostics: Vec<Diagnostic>,
    /// What was looked at between rules.
    together: Counts,
    /// What `--fix` changed, where it was asked for.
    changes: Option<Vec<Change>>,
}

/// Checks, prints, and ends by what was found: errors are [`Exit::Wrong`].
///
/// # Errors
/// When files are named that cannot be read, or there is no network and none are named.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let network = analysis::network(context);
    let strict = Strict::of(arguments.strict.as_deref(), network.as_ref())?;
    let checked = match &arguments.sentence {
        Some(sentence) => of_sentence(context, sentence)?,
        None => of_files(context, network.as_ref(), arguments)?,
    };
    match context.output.format {
        Format::Json => print_json(context, &checked),
        Format::Human => {
            if let Some(changes) = &checked.changes {
                fix::show(context, changes, !arguments.dry_run);
            }
            print_text(context, &checked);
        }
    }
    let failed = checked.diagnostics.iter().any(|told| strict.fails(told));
    Ok(if failed { Exit::Wrong } else { Exit::Done })
}

/// One sentence, in the words that ship and those of the network around, where there is one.
fn of_sentence(context: &Context, sentence: &str) -> Result<Checked, Failure> {
    let text = sentence.lines().collect::<Vec<_>>().join(" ");
    let source = Source::new("sentence", text.trim());
    let vocabulary = words(context.root().ok().as_deref(), &mut Vec::new())?;
    let (program, diagnostics) = compile::compile(&[source], &vocabulary);
    Ok(Checked {
        files: 1,
        program,
        diagnostics,
        together: Counts::default(),
        changes: None,
    })
}

fn of_files(
    context: &Context,
    network: Option<&Network>,
    arguments: &Arguments,
) -> Result<Checked, Failure> {
    let paths = if arguments.paths.is_empty() {
        vec![context.root()?.join("rules")]
    } else {
        arguments.paths.clone()
    };
    // Files may be checked outside any network.
    let root = context.root().ok();
    let mut files = BTreeSet::new();
    for path in &paths {
        gather(path, 0, &mut files)?;
    }
    let mut diagnostics = Vec::new();
    let (taught, files): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|file| teaches(file));
    let vocabulary = words_with(root.as_deref(), &taught, &mut diagnostics)?;
    let mut read = Vec::new();
    for file in &files {
        let name = shown(file, root.as_deref());
        match text_of(file, &name)? {
            Ok(text) => read.push((file.clone(), name, text)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    let write = !arguments.dry_run;
    let changes = arguments.fix.then(|| fix::fix(&mut read, &vocabulary, write));
    let changes = changes.transpose()?;
    let sources: Vec<Source> =
        read.iter().map(|(_, name, text)| Source::new(name, text)).collect();
    let (program, said) = compile::compile(&sources, &vocabulary);
    diagnostics.extend(said);
    let cases = test::case_files(&read, &sources)?;
    let rules = (&program, sources.as_slice(), cases.as_slice());
    let (said, together) = analysis::look(context, network, rules, &vocabulary)?;
    diagnostics.extend(said);
    let files = files.len() + taught.len();
    Ok(Checked { files, program, diagnostics, together, changes })
}

/// A rule file: where it is, how it is shown, and its text.
pub(crate) type RuleFile = (PathBuf, String, String);

/// The rule files at these paths, or of the network, and the words they are written in.
///
/// # Errors
/// When a file cannot be read as text.
pub(crate) fn files(
    context: &Context,
    paths: &[PathBuf],
) -> Result<(Vec<RuleFile>, Vocabulary), Failure> {
    let root = context.root().ok();
    let mut found = BTreeSet::new();
    if paths.is_empty() {
        gather(&context.root()?.join("rules"), 0, &mut found)?;
    }
    for path in paths {
        gather(path, 0, &mut found)?;
    }
    let vocabulary = words(root.as_deref(), &mut Vec::new())?;
    let mut files = Vec::new();
    for path in found.into_iter().filter(|path| !teaches(path)) {
        let name = shown(&path, root.as_deref());
        let text = text_of(&path, &name)?.map_err(|told| {
            let [english, arabic] = told.message.clone();
            Error::report(format!("{name}: {english}"), format!("{name}: {arabic}"))
        })?;
        files.push((path, name, text));
    }
    Ok((files, vocabulary))
}

/// The rule files of a path: itself, or all below it.
fn gather(
    path: &Path,
    depth: usize,
    files: &mut BTreeSet<PathBuf>,
) -> Result<(), Failure> {
    if path.is_dir() && depth <= limits::FOLDER_DEPTH_MAX {
        for name in disk::names_in(path)? {
            let rules = name.extension().is_some_and(|extension| extension == "rules");
            if name.is_dir() || rules {
                gather(&name, depth + 1, files)?;
            }
        }
    } else {
        files.insert(path.to_owned());
    }
    Ok(())
}

/// The standard vocabulary with the network's own words.
///
/// # Errors
/// When a file of the folder cannot be read.
pub(crate) fn words(
    root: Option<&Path>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vocabulary, Failure> {
    words_with(root, &[], diagnostics)
}

/// The same, and the words of further files: those that are checked and of no network.
fn words_with(
    root: Option<&Path>,
    further: &[PathBuf],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vocabulary, Failure> {
    let mut files = BTreeSet::new();
    if let Some(folder) = root.map(|root| root.join("vocabulary"))
        && folder.is_dir()
    {
        gather(&folder, 0, &mut files)?;
    }
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let known: BTreeSet<PathBuf> = files.iter().map(whole).collect();
    files.extend(further.iter().filter(|file| !known.contains(&whole(file))).cloned());
    let texts = texts_of_words(&files, root, diagnostics)?;
    let texts: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (vocabulary, said) = taught::learn(&texts);
    diagnostics.extend(said);
    Ok(vocabulary)
}

/// Whether a file teaches words and no rules: it lies in a folder named `vocabulary`.
fn teaches(file: &Path) -> bool {
    let whole = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    teaches_words(&whole.display().to_string())
}

/// The files of a network's folder `vocabulary`, by name, that can be read as text.
///
/// # Errors
/// When a file of the folder cannot be read.
pub(crate) fn word_files(root: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut files = BTreeSet::new();
    let folder = root.join("vocabulary");
    if folder.is_dir() {
        gather(&folder, 0, &mut files)?;
    }
    texts_of_words(&files, Some(root), &mut Vec::new())
}

fn texts_of_words(
    files: &BTreeSet<PathBuf>,
    root: Option<&Path>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, String)>, Failure> {
    let mut texts = Vec::new();
    for file in files {
        let name = shown(file, root);
        match text_of(file, &name)? {
            Ok(text) => texts.push((name, text)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    Ok(texts)
}

fn shown(file: &Path, root: Option<&Path>) -> String {
    let inside = root.and_then(|root| file.strip_prefix(root).ok());
    inside.unwrap_or(file).display().to_string()
}

/// The text of a rule file, or what to say of its bytes.
fn text_of(file: &Path, name: &str) -> Result<Result<String, Box<Diagnostic>>, Error> {
    let place = Place { file: name.to_owned(), ..Place::default() };
    let bytes = match disk::read_bytes(file, limits::RULE_FILE_BYTES_MAX) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return Err(Error::report(
                format!("there is no file {name}"),
                format!("لا يوجد ملف باسم {name}"),
            ));
        }
        Err(error) => {
            let most = limits::RULE_FILE_BYTES_MAX;
            let large = file.metadata().is_ok_and(|metadata| metadata.len() > most);
            if !large {
                return Err(error);
            }
            return Ok(Err(Box::new(lines::file_too_large(&place, most))));
        }
    };
    let text = compile::decoded(&bytes);
    Ok(text.map_err(|encoding| Box::new(lines::wrong_encoding(&place, encoding))))
}

fn rules(program: &Program) -> impl Iterator<Item = &Rule> {
    program.rulebooks.iter().flat_map(Rulebook::versions)
}

fn print_json(context: &Context, checked: &Checked) {
    let rules: Vec<Json> = rules(&checked.program)
        .map(|rule| {
            json!({
                "id": rule.id, "file": rule.file, "line": rule.line,
                "meaning": rule.meaning, "english": rule.english, "arabic": rule.arabic,
            })
        })
        .collect();
    let language = context.output.language;
    let told: Vec<Json> =
        checked.diagnostics.iter().map(|said| diagnostic(said, language)).collect();
    let together = checked.together;
    let counts = json!({
        "files": checked.files,
        "rules": rules.len(),
        "pairs": together.pairs,
        "organizations": together.organizations,
        "possible_organizations": together.possible,
        "left_out": together.left_out,
    });
    let mut fields = vec![
        ("rules", Json::from(rules)),
        ("diagnostics", Json::from(told)),
        ("counts", counts),
    ];
    fields.extend(checked.changes.iter().map(|it| ("fixes", fix::as_json(it))));
    context.output.json(fields);
}

/// A diagnostic as one object.
pub(crate) fn diagnostic(said: &Diagnostic, language: Language) -> Json {
    let witness = said.witness.as_ref().map(|witness| {
        let [english, arabic] = &witness.organization;
        let organization = match language {
            Language::English => english,
            Language::Arabic => arabic,
        };
        json!({"organization": organization, "date": witness.day.to_string()})
    });
    json!({
        "code": said.code,
        "severity": said.severity.name(),
        "file": said.place.file,
        "line": said.place.line,
        "column": said.place.column,
        "text": said.place.text,
        "rule": said.place.rule,
        "message": said.says(language),
        "help": said.advice(language),
        "suggestions": said.suggestions,
        "witness": witness,
    })
}

fn print_text(context: &Context, checked: &Checked) {
    let output = context.output;
    for rule in rules(&checked.program) {
        output.data(&format!(
            "{}:{} · {} · {}",
            rule.file, rule.line, rule.id, rule.meaning
        ));
        output.data(&format!("  {}", rule.english));
        output.data(&format!("  {}", rule.arabic));
    }
    for said in &checked.diagnostics {
        output.data(&render::text(said, output.language));
    }
    let (english, arabic) = summary(checked);
    output.note(&english, &arabic);
}

fn summary(checked: &Checked) -> (String, String) {
    let (rules, faults) = (rules(&checked.program).count(), checked.diagnostics.len());
    let Counts { pairs, possible, organizations, left_out, .. } = checked.together;
    let files = checked.files;
    (
        format!(
            "Files: {files}. Rules understood: {rules}. Messages: {faults}. Pairs of rules compared: {pairs}. Organizations tried: {organizations}, and possible ones: {possible}. Questions left open: {left_out}."
        ),
        format!(
            "الملفات: {files}. القواعد المفهومة: {rules}. الرسائل: {faults}. أزواج القواعد المقارنة: {pairs}. المؤسسات المجرّبة: {organizations}، والممكنة: {possible}. الأسئلة المتروكة: {left_out}."
        ),
    )
}
