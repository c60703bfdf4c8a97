//! `mithaq read FILE…`: what a paper says, with the passages, for anybody to check.
//! Nothing is stored.

use std::path::Path;
use std::path::PathBuf;

use serde_json::Value as Json;
use serde_json::json;

use crate::cli::Context;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Format;
use crate::cli::check;
use crate::document::Fact;
use crate::document::Method;
use crate::document::Passage;
use crate::document::Problem;
use crate::document::ReadState;
use crate::document::Reading;
use crate::document::Value;
use crate::limits;
use crate::recognise;
use crate::recognise::Sidecar;
use crate::recognise::cues::Cues;
use crate::shell::disk;
use crate::shell::network;
use crate::shell::sandbox;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The papers to read
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Read them as papers of this organization: its names for its bodies hold
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
}

/// One paper, read.
struct Read {
    file: String,
    sha256: String,
    /// The paper that it lies in.
    parent: Option<String>,
    reading: Reading,
}

/// What papers are read with.
struct With {
    bodies: Vec<(String, Vec<String>)>,
    cues: Cues,
}

/// Reads each file and says what it states.
///
/// # Errors
/// When the network or the organization asked for is not there, or a file cannot be opened.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let with = With { bodies: bodies(context, arguments)?, cues: cues(context)? };
    let mut papers = Vec::new();
    for file in &arguments.files {
        let bytes = disk::read_bytes(file, limits::PAPER_BYTES_MAX.saturating_add(1))?;
        let shown = file.display().to_string();
        let mut files = limits::ENCLOSED_MAX;
        let given = Given {
            sidecar: sidecar(file)?,
            file: shown,
            bytes: bytes.unwrap_or_default(),
            parent: None,
            depth: 0,
        };
        read(given, &with, &mut files, &mut papers);
    }
    let output = context.output;
    if output.format == Format::Json {
        let files: Vec<Json> = papers.iter().map(as_json).collect();
        output.json(vec![("files", json!(files))]);
    } else {
        for paper in &papers {
            output.data(&for_people(context, paper));
        }
    }
    let unread = papers.iter().any(|paper| {
        matches!(
            paper.reading.state,
            ReadState::NotAccepted(_) | ReadState::NeedsALook(_)
        )
    });
    Ok(if unread { Exit::Undecided } else { Exit::Done })
}

/// The signs of papers that ship and, inside a network, those that it taught.
fn cues(context: &Context) -> Result<Cues, Failure> {
    let Ok(root) = context.root() else { return Ok(Cues::standard()) };
    let files = check::word_files(&root)?;
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    Ok(Cues::with(&texts))
}

/// What the organization's papers call its bodies; nothing when none was named.
fn bodies(
    context: &Context,
    arguments: &Arguments,
) -> Result<Vec<(String, Vec<String>)>, Failure> {
    let Some(id) = &arguments.organization else { return Ok(Vec::new()) };
    let network = network::load(&context.root()?)?;
    match network.organizations.get(id) {
        Some(registered) => Ok(registered.file.bodies.clone().into_iter().collect()),
        None => Err(Failure::Error(crate::shell::Error::report(
            format!("there is no organization {id} in this network"),
            format!("لا توجد في هذه الشبكة مؤسسة باسم {id}"),
        ))),
    }
}

/// A paper to be read.
struct Given {
    file: String,
    bytes: Vec<u8>,
    sidecar: Option<Sidecar>,
    parent: Option<String>,
    /// How deep it lies in others.
    depth: usize,
}

/// Reads a paper, and then those that lie in it, `files` of them at most.
fn read(given: Given, with: &With, files: &mut usize, papers: &mut Vec<Read>) {
    let Given { file, bytes, sidecar, parent, depth } = given;
    let path = Path::new(&file);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().and_then(Path::file_name);
    let folders: Vec<String> =
        folder.map(|folder| folder.to_string_lossy().into_owned()).into_iter().collect();
    let sha256 = disk::sha256(&bytes).to_string();
    let text = match sandbox::extract(&bytes, &name) {
        _ if depth > limits::ENCLOSED_DEPTH_MAX => Err(Problem::LimitPassed),
        Ok(text) if text.enclosed.len() > *files => Err(Problem::LimitPassed),
        text => text,
    };
    let reading = match &text {
        Err(problem) => Reading::not_accepted(*problem),
        Ok(text) => recognise::read(&recognise::Context {
            folders: &folders,
            bodies: &with.bodies,
            sidecar: sidecar.as_ref(),
            ..recognise::Context::of(text, &name, &with.cues)
        }),
    };
    papers.push(Read { file: file.clone(), sha256: sha256.clone(), parent, reading });
    let enclosed = text.map(|text| text.enclosed).unwrap_or_default();
    *files -= enclosed.len().min(*files);
    for inner in enclosed {
        let given = Given {
            file: format!("{file}/{}", inner.name),
            bytes: inner.bytes,
            sidecar: None,
            parent: Some(sha256.clone()),
            depth: depth.saturating_add(1),
        };
        read(given, with, files, papers);
    }
}

/// `NAME.meta.toml` beside the file, when there is one.
fn sidecar(file: &Path) -> Result<Option<Sidecar>, Failure> {
    let mut name = file.as_os_str().to_owned();
    name.push(".meta.toml");
    let path = PathBuf::from(name);
    if !path.is_file() {
        return Ok(None);
    }
    let text = disk::read_text(&path, limits::CONFIG_BYTES_MAX)?.unwrap_or_default();
    Sidecar::parse(&text).map(Some).map_err(|mistake| {
        let shown = path.display();
        Failure::Error(crate::shell::Error::report(
            format!("{shown}: {mistake}"),
            format!("{shown}: تعذّرت قراءة الملف: {mistake}"),
        ))
    })
}

fn as_json(paper: &Read) -> Json {
    let reading = &paper.reading;
    let kinds: Vec<Json> = reading
        .kinds
        .iter()
        .map(|guess| json!({"kind": guess.kind, "confidence": share(guess.confidence)}))
        .collect();
    let facts: Vec<Json> = reading.facts.iter().map(fact_json).collect();
    let (state, problem) = state(&reading.state);
    json!({
        "file": paper.file,
        "sha256": paper.sha256,
        "parent": paper.parent,
        "state": state,
        "problem": problem.map(Problem::name),
        "text_health": share(reading.text_health),
        "kinds": kinds,
        "facts": facts,
    })
}

fn fact_json(fact: &Fact) -> Json {
    let (mut date, mut period, mut value) = (Json::Null, Json::Null, Json::Null);
    match &fact.value {
        Value::Day(day) => date = json!(day.to_string()),
        Value::Period(span) => {
            period = json!({"from": span.from.to_string(), "to": span.to.to_string()});
        }
        Value::Number(number) => value = json!(number),
        Value::Yes => value = json!(true),
        Value::No => value = json!(false),
        Value::Attendance { present, of } => {
            value = json!({"present": present, "of": of});
        }
        Value::Money { amount, currency } => {
            let currency = String::from_utf8_lossy(currency);
            value = json!({"amount": amount.to_string(), "currency": currency});
        }
        Value::Person { name, role } => value = json!({"name": name, "role": role}),
        Value::Term(text) | Value::Text(text) => value = json!(text),
    }
    json!({
        "fact": fact.name.name(),
        "value": value,
        "date": date,
        "period": period,
        "group": fact.group,
        "confidence": share(fact.confidence),
        "method": method(fact.method),
        "passage": fact.passage.as_ref().map(passage_json),
    })
}

fn passage_json(passage: &Passage) -> Json {
    json!({"page": passage.page, "line": passage.line, "text": passage.text})
}

/// Thousandths as a number between 0 and 1.
fn share(thousandths: u16) -> f64 {
    f64::from(thousandths) / 1000.0
}

/// The name of a state in JSON, and the problem that goes with it.
fn state(state: &ReadState) -> (&'static str, Option<Problem>) {
    match state {
        ReadState::Understood => ("understood", None),
        ReadState::NeedsALook(problem) => ("needs_a_look", Some(*problem)),
        ReadState::NoneOfOurs => ("none_of_ours", None),
        ReadState::NotAccepted(problem) => ("not_accepted", Some(*problem)),
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::FileName => "file_name",
        Method::Property => "property",
        Method::Ocr(_) => "ocr",
        Method::Body => "body",
        Method::FrontMatter => "front_matter",
        Method::Stated => "stated",
    }
}

/// A paper for people: a line for what it is, a line a fact with its passage.
fn for_people(context: &Context, paper: &Read) -> String {
    let output = context.output;
    let (state, problem) = state(&paper.reading.state);
    let kind = paper.reading.kinds.first().map_or("-", |guess| guess.kind.as_str());
    let why = problem.map(|problem| format!(" ({})", problem.name())).unwrap_or_default();
    let mut lines = vec![format!("{}: {kind} · {state}{why}", paper.file)];
    for fact in &paper.reading.facts {
        let place = match &fact.passage {
            None => {
                output.pick("in its name or properties", "في اسمه أو خصائصه").to_owned()
            }
            Some(Passage { page: Some(page), line, text }) => {
                let place = output.pick("page {p}, line {l}", "الصفحة {p}، السطر {l}");
                filled(place, Some(*page), *line) + ": " + text.trim()
            }
            Some(Passage { page: None, line, text }) => {
                let place = output.pick("line {l}", "السطر {l}");
                filled(place, None, *line) + ": " + text.trim()
            }
        };
        let value = value(&fact.value);
        lines.push(format!("  {} = {value}  [{place}]", fact.name.name()));
    }
    lines.join("\n")
}

fn filled(template: &str, page: Option<u32>, line: u32) -> String {
    let page = page.unwrap_or_default().to_string();
    template.replace("{p}", &page).replace("{l}", &line.to_string())
}

/// A value as people read it; names and numbers are the same in both languages.
fn value(value: &Value) -> String {
    match value {
        Value::Day(day) => day.to_string(),
        Value::Period(period) => format!("{}..{}", period.from, period.to),
        Value::Number(number) => number.to_string(),
        Value::Yes => "yes".to_owned(),
        Value::No => "no".to_owned(),
        Value::Attendance { present, of: Some(of) } => format!("{present}/{of}"),
        Value::Attendance { present, of: None } => present.to_string(),
        Value::Money { amount, currency } => {
            format!("{amount} {}", String::from_utf8_lossy(currency))
        }
        Value::Person { name, role: Some(role) } => format!("{name} ({role})"),
        Value::Person { name, role: None } => name.clone(),
        Value::Term(text) | Value::Text(text) => text.clone(),
    }
}
