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
use crate::cli::correct;
use crate::cli::reading;
use crate::cli::reading::fact_json;
use crate::cli::reading::share;
use crate::cli::reading::state;
use crate::document::Problem;
use crate::document::ReadState;
use crate::document::Reading;
use crate::document::Sha256;
use crate::document::Text;
use crate::limits;
use crate::recognise;
use crate::recognise::Sidecar;
use crate::recognise::cues::Cues;
use crate::shell::disk;
use crate::shell::network;
use crate::shell::sandbox;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::correction;
use crate::shell::store::correction::Correction;

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
    /// What people stated of it, where it is on record.
    corrections: Vec<Correction>,
}

/// What papers are read with.
struct With {
    bodies: Vec<(String, Vec<String>)>,
    cues: Cues,
    record: Option<Record>,
}

/// The papers on record, of one organization where it was named.
struct Record {
    rows: rusqlite::Connection,
    organization: Option<String>,
}

/// Reads each file and says what it states.
///
/// # Errors
/// When the network or the organization asked for is not there, or a file cannot be opened.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let with = With {
        bodies: bodies(context, arguments)?,
        cues: cues(context)?,
        record: record(context, arguments)?,
    };
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
        read(given, &with, &mut files, &mut papers)?;
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
        None => Err(network::nobody(id).into()),
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
fn read(
    given: Given,
    with: &With,
    files: &mut usize,
    papers: &mut Vec<Read>,
) -> Result<(), Failure> {
    let Given { file, bytes, sidecar, parent, depth } = given;
    let path = Path::new(&file);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().and_then(Path::file_name);
    let folders: Vec<String> =
        folder.map(|folder| folder.to_string_lossy().into_owned()).into_iter().collect();
    let hash = disk::sha256(&bytes);
    let sha256 = hash.to_string();
    let corrections = with.corrections(hash)?;
    let sidecar = beside(sidecar, &corrections);
    let text = match sandbox::extract(&bytes, &name) {
        _ if depth > limits::ENCLOSED_DEPTH_MAX => Err(Problem::LimitPassed),
        Ok(text) if text.enclosed.len() > *files => Err(Problem::LimitPassed),
        text => text,
    };
    let unread = Text::default();
    let said = recognise::Context {
        folders: &folders,
        bodies: &with.bodies,
        sidecar: sidecar.as_ref(),
        ..recognise::Context::of(text.as_ref().unwrap_or(&unread), &name, &with.cues)
    };
    let reading = match &text {
        Err(problem) if !recognise::is_confirmed(&said) => {
            Reading::not_accepted(*problem)
        }
        _ => recognise::read(&said),
    };
    let (paper, hash) = (file.clone(), sha256.clone());
    papers.push(Read { file: paper, sha256: hash, parent, reading, corrections });
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
        read(given, with, files, papers)?;
    }
    Ok(())
}

/// The papers on record, where this is a network that has any.
fn record(context: &Context, arguments: &Arguments) -> Result<Option<Record>, Failure> {
    let Ok(root) = context.root() else { return Ok(None) };
    let rows = store::open_to_read(&Place::of_network(&root))?;
    let organization = arguments.organization.clone();
    Ok(rows.map(|rows| Record { rows, organization }))
}

impl With {
    /// What people stated of a paper, where one organization holds it.
    fn corrections(&self, sha256: Sha256) -> Result<Vec<Correction>, Failure> {
        let Some(record) = &self.record else { return Ok(Vec::new()) };
        let named = record.organization.as_deref();
        Ok(correction::of_content(&record.rows, sha256, named)?)
    }
}

/// What is stated of a paper in a file beside it and on record.
fn beside(sidecar: Option<Sidecar>, corrections: &[Correction]) -> Option<Sidecar> {
    let stated = correction::in_force(corrections);
    if stated.is_empty() {
        return sidecar;
    }
    Some(Sidecar { corrections: stated, ..sidecar.unwrap_or_default() })
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
        "corrections": paper.corrections.iter().map(correct::to_json).collect::<Vec<Json>>(),
    })
}

/// A paper for people: a sentence for what it is, a line a fact with its passage.
fn for_people(context: &Context, paper: &Read) -> String {
    let language = context.output.language;
    let said = reading::sentence(language, &paper.reading);
    let mut lines = vec![format!("{}: {said}", paper.file)];
    lines.extend(reading::fact_lines(language, &paper.reading));
    lines.extend(paper.corrections.iter().map(|one| correct::line(language, one)));
    lines.join("\n")
}
