//! One paper, from its bytes to what it states.
//!
//! Extraction and recognition are pure; here they are given what they need to know of the
//! organization, and everything that could change their answer goes into one hash, so that
//! a paper is read again exactly when it would read differently.

use std::collections::BTreeMap;
use std::time::Duration;

use sha2::Digest;

use crate::calendar::Day;
use crate::config::organization::OrganizationFile;
use crate::document::{Enclosed, Problem, ReadState, Reading, Text};
use crate::extract;
use crate::limits;
use crate::norm::{Item, Norm};
use crate::program::Rulebook;
use crate::recognise;
use crate::recognise::Names;
use crate::recognise::Sidecar;
use crate::recognise::cues::Cues;
use crate::shell::clock::Allowance;
use crate::shell::folder;
use crate::shell::intake::name::{Role, role};
use crate::shell::rules::Rules;
use crate::shell::sandbox::{Cage, ocr};
use crate::text::Language;

/// A paper as it lies in a drop folder.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'p> {
    /// Below the drop folder.
    pub path: &'p [u8],
    pub bytes: &'p [u8],
    /// What somebody states of it in a file beside it.
    pub sidecar: Option<&'p Sidecar>,
    /// How long its pictures may be recognised; a paper's own time at most.
    pub patience: Duration,
}

/// The time that recognising one paper takes at most.
pub const PATIENCE: Duration = Duration::from_secs(limits::OCR_SECONDS_MAX);

/// What a paper states, and the papers that came inside it, not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub reading: Reading,
    pub enclosed: Vec<Enclosed>,
    /// The time that reading took.
    pub took: Duration,
}

impl Read {
    /// A paper of which nothing can be had.
    pub fn not_accepted(problem: Problem) -> Read {
        let reading = Reading::not_accepted(problem);
        Read { reading, enclosed: Vec::new(), took: Duration::ZERO }
    }
}

/// Raised when the readers themselves read differently than before.
const READERS: u32 = 7;

/// What papers of one network are read with.
#[derive(Debug)]
pub struct Reader {
    /// `None` where this program cannot build one: then papers are read in this process.
    cage: Option<Cage>,
    /// Whether scans are recognised.
    recognises: bool,
    cues: Cues,
    /// Items that rules want papers to contain: their keys and what they are called.
    wanted: Vec<(String, Vec<String>)>,
    /// What the organizations of the network are called. A name that comes later is looked
    /// for in the papers that come after it.
    names: Names,
    /// The hash of the vocabulary that the cues come from, and of the items.
    pub(super) words: Vec<u8>,
}

impl Reader {
    /// A reader that knows the standard vocabulary, these files of it, and what the rules
    /// look for.
    pub fn new(vocabulary: &[&str], rules: &Rules, names: Names) -> Reader {
        let wanted = wanted(rules);
        let mut hash = sha2::Sha256::new();
        let items =
            wanted.iter().flat_map(|(key, names)| std::iter::once(key).chain(names));
        for text in vocabulary.iter().copied().chain(items.map(String::as_str)) {
            hash.update(text.len().to_be_bytes());
            hash.update(text.as_bytes());
        }
        let cues = Cues::with(vocabulary);
        let cage = Cage::of_this_program();
        let recognises = cage.is_some() && ocr::is_installed();
        Reader { cage, recognises, cues, wanted, names, words: hash.finalize().to_vec() }
    }

    /// The same on a machine that has, or has not, what scans are recognised with.
    #[must_use]
    pub fn that_recognises(self, recognises: bool) -> Reader {
        Reader { recognises, ..self }
    }

    /// The hash of everything but the paper and its sidecar that its reading depends on.
    pub fn context(&self, organization: &OrganizationFile) -> Vec<u8> {
        let mut hash = sha2::Sha256::new();
        hash.update(READERS.to_be_bytes());
        hash.update(&self.words);
        // Papers without a text layer read differently once the tools are there.
        hash.update([u8::from(self.recognises)]);
        for (body, names) in &organization.bodies {
            for word in std::iter::once(body).chain(names) {
                hash.update(word.len().to_be_bytes());
                hash.update(word.as_bytes());
            }
            hash.update([0]);
        }
        for name in organization.names() {
            hash.update(name.len().to_be_bytes());
            hash.update(name.as_bytes());
        }
        hash.finalize().to_vec()
    }

    /// What a paper states. `received` is the day of its arrival in the organization's zone.
    pub fn read(
        &self,
        (id, organization): (&str, &OrganizationFile),
        paper: &Paper<'_>,
        received: Day,
    ) -> Read {
        let Paper { path, bytes, sidecar, patience } = *paper;
        let (patience, time) = (patience.min(PATIENCE), Allowance::of(Duration::MAX));
        let shown = folder::shown(path);
        let (folders, name) = shown.rsplit_once('/').unwrap_or(("", &shown));
        let text = match &self.cage {
            Some(cage) => cage.read_within(bytes, name, patience),
            None => extract::extract(bytes, name),
        };
        let (text, problem) = match text {
            Ok(text) => (text, None),
            Err(problem) => (Text::default(), Some(problem)),
        };
        let folders: Vec<String> = folders
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let bodies: Vec<(String, Vec<String>)> =
            organization.bodies.clone().into_iter().collect();
        let mut context = recognise::Context::of(&text, name, &self.cues);
        context.folders = &folders;
        context.bodies = &bodies;
        context.received = Some(received);
        context.wanted = &self.wanted;
        context.sidecar = sidecar;
        context.network = Some((&self.names, id));
        // What a person says it is, it is, whether it can be read or not.
        let confirmed = recognise::is_confirmed(&context);
        if let Some(problem) = problem.filter(|_| !confirmed) {
            return Read { took: time.spent(), ..Read::not_accepted(problem) };
        }
        let mut reading = recognise::read(&context);
        if role(path) == Role::ConflictCopy && !confirmed {
            reading.state = ReadState::NeedsALook(Problem::ConflictCopy);
        }
        Read { reading, enclosed: text.enclosed, took: time.spent() }
    }
}

/// Every item that a rule wants some paper to contain, by its key.
fn wanted(rules: &Rules) -> Vec<(String, Vec<String>)> {
    let mut wanted = BTreeMap::new();
    for rule in rules.program.rulebooks.iter().flat_map(Rulebook::versions) {
        let others =
            rule.exceptions.iter().filter_map(|exception| exception.then.as_ref());
        for norm in std::iter::once(&rule.norm).chain(others).flat_map(Norm::parts) {
            let Norm::Contents { items, .. } = norm else { continue };
            for item in items {
                wanted.insert(item.key(), names(item, rules));
            }
        }
    }
    wanted.into_iter().collect()
}

fn names(item: &Item, rules: &Rules) -> Vec<String> {
    match item {
        Item::Words(words) => vec![words.clone()],
        Item::Term(term) => [Language::English, Language::Arabic]
            .into_iter()
            .flat_map(|language| rules.vocabulary.phrases(*term, language))
            .cloned()
            .collect(),
    }
}
