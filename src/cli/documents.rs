//! `mithaq documents`: every paper of the network and what became of it.

use serde_json::{Value as Json, json};

use crate::cli::correct;
use crate::cli::forget;
use crate::cli::listing;
use crate::cli::telling::{problem_ar, problem_en};
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::document::{FactName, Problem, ReadState, Value};
use crate::shell::clock;
use crate::shell::folder;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::correction::{Correction, Corrections};
use crate::shell::store::file;
use crate::shell::store::forgotten;
use crate::shell::store::forgotten::Forgotten;
use crate::shell::store::paper;
use crate::shell::store::paper::{Listed, state_names};
use crate::text::Language;
use crate::text::isolate;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Only this organization's papers
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
    /// Only papers in this state: understood, `needs_a_look`, `none_of_ours`, `not_accepted`
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Also files that were set aside by their names or refused
    #[arg(long)]
    pub aside: bool,
}

/// Lists the papers.
///
/// # Errors
/// When there is no network or its store cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let root = context.root()?;
    let rows = store::open_to_read(&Place::of_network(&root))?;
    let seen = context.horizon()?;
    let mut listed = match &rows {
        Some(rows) => paper::listed(rows, arguments.organization.as_deref(), &seen)?,
        None => Vec::new(),
    };
    if let Some(state) = &arguments.state {
        listed.retain(|paper| state_names(&paper.reading.state).0 == state);
    }
    let said = match &rows {
        Some(rows) => Corrections::known(rows, None, &seen)?,
        None => Corrections::default(),
    };
    let gone = rows.as_ref().map(forgotten::all).transpose()?.unwrap_or_default();
    let mut aside = Vec::new();
    if let Some(rows) = rows.filter(|_| arguments.aside) {
        aside = file::all_aside(&rows, arguments.organization.as_deref())?;
    }
    if context.output.format == Format::Json {
        let documents: Vec<Json> = listed
            .iter()
            .map(|paper| {
                let said = said.of(&paper.organization, paper.sha256);
                let gone = gone.get(&(paper.organization.clone(), paper.sha256));
                to_json(paper, said, gone)
            })
            .collect();
        let aside: Vec<Json> = aside.iter().map(aside_to_json).collect();
        context
            .output
            .json(vec![("documents", json!(documents)), ("aside", json!(aside))]);
        return Ok(Exit::Done);
    }
    print(context, &listed, &said);
    for (organization, path, why) in &aside {
        let path = folder::shown(path);
        context.output.data(&format!("{organization}  {path}  {why}"));
    }
    Ok(Exit::Done)
}

fn print(context: &Context, listed: &[Listed], said: &Corrections) {
    let language = context.output.language;
    let heads = match language {
        Language::English => ["organization", "paper", "state", "kind", "received"],
        Language::Arabic => ["المؤسسة", "المستند", "الحالة", "النوع", "الاستلام"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for paper in listed {
        rows.push(vec![
            paper.organization.clone(),
            paper.paths.first().unwrap_or(&paper.first_path).clone(),
            by_whom(language, paper, said),
            kind_of(paper).map(|kind| words::kind(language, kind)).unwrap_or_default(),
            clock::iso(paper.received),
        ]);
    }
    for line in listing::columns(&rows) {
        context.output.data(&line);
    }
}

/// A paper's state in words, and who stated something of it last.
fn by_whom(language: Language, paper: &Listed, said: &Corrections) -> String {
    let state = state_words(language, &paper.reading.state);
    let last = said.of(&paper.organization, paper.sha256).last();
    match (last, language) {
        (None, _) => state,
        (Some(last), Language::English) => format!("{state} (corrected by {})", last.by),
        (Some(last), Language::Arabic) => {
            format!("{state} (بتصحيح من {})", isolate(&last.by))
        }
    }
}

/// A paper's state in words, with the problem behind it.
pub fn state_words(language: Language, state: &ReadState) -> String {
    let english = language == Language::English;
    match state {
        ReadState::Understood if english => "understood".to_owned(),
        ReadState::Understood => "فُهم".to_owned(),
        ReadState::NoneOfOurs if english => "none of our kinds".to_owned(),
        ReadState::NoneOfOurs => "ليس من الأنواع المعتمدة".to_owned(),
        ReadState::NeedsALook(problem) if english => {
            format!("needs a look: {}", problem_en(*problem))
        }
        ReadState::NeedsALook(problem) => {
            format!("يحتاج إلى نظر: {}", problem_ar(*problem))
        }
        ReadState::NotAccepted(problem) if english => {
            format!("not accepted: {}", problem_en(*problem))
        }
        ReadState::NotAccepted(problem) => format!("لم يُقبل: {}", problem_ar(*problem)),
    }
}

fn kind_of(paper: &Listed) -> Option<&str> {
    paper.reading.kinds.first().map(|guess| guess.kind.as_str())
}

fn to_json(paper: &Listed, said: &[Correction], gone: Option<&Forgotten>) -> Json {
    let (state, problem) = state_names(&paper.reading.state);
    json!({
        "organization": paper.organization,
        "sha256": paper.sha256.to_string(),
        "paths": paper.paths,
        "parent": paper.parents.first().map(ToString::to_string),
        "parents": paper.parents.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "state": state,
        "problem": problem,
        "quotes": quotes(paper),
        "kind": kind_of(paper),
        "received": clock::iso(paper.received),
        "bytes": paper.bytes,
        "corrections": said.iter().map(correct::to_json).collect::<Vec<Json>>(),
        "forgotten": gone.map(forget::to_json),
    })
}

/// The words that its problem is about: what gives each day, or whose it is.
fn quotes(paper: &Listed) -> Vec<Json> {
    let wanted = match paper.reading.state {
        ReadState::NeedsALook(Problem::DateContradicts) => FactName::MeetingDate,
        ReadState::NeedsALook(Problem::WrongFolder) => FactName::Organization,
        _ => return Vec::new(),
    };
    let facts = paper.reading.facts.iter().filter(|fact| fact.name == wanted);
    facts
        .map(|fact| {
            let says = match &fact.value {
                Value::Day(day) => day.to_string(),
                Value::Term(organization) => organization.clone(),
                _ => String::new(),
            };
            let passage = fact.passage.as_ref();
            json!({
                "says": says,
                "page": passage.and_then(|passage| passage.page),
                "line": passage.map(|passage| passage.line),
                "text": passage.map(|passage| passage.text.clone()),
            })
        })
        .collect()
}

fn aside_to_json((organization, path, why): &(String, Vec<u8>, String)) -> Json {
    json!({"organization": organization, "path": folder::shown(path), "why": why})
}
