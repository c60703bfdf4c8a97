//! One paper, from its bytes to what it states.
//!
//! Extraction and recognition are pure; here they are given what they need to know of the
//! organization, and everything that could change their answer goes into one hash, so that
//! a paper is read again exactly when it would read differently.

use sha2::Digest;

use crate::calendar::Day;
use crate::config::organization::OrganizationFile;
use crate::document::{Problem, ReadState, Reading};
use crate::recognise;
use crate::recognise::cues::Cues;
use crate::shell::folder;
use crate::shell::intake::name::{Role, role};
use crate::shell::sandbox;

/// Raised when the readers themselves read differently than before.
const READERS: u32 = 1;

/// What papers of one network are read with.
#[derive(Debug)]
pub struct Reader {
    cues: Cues,
    /// Of the vocabulary that the cues come from.
    words: Vec<u8>,
}

impl Reader {
    /// A reader that knows the standard vocabulary and these files of it.
    pub fn new(vocabulary: &[&str]) -> Reader {
        let mut hash = sha2::Sha256::new();
        for text in vocabulary {
            hash.update(text.len().to_be_bytes());
            hash.update(text.as_bytes());
        }
        Reader { cues: Cues::with(vocabulary), words: hash.finalize().to_vec() }
    }

    /// The hash of everything but the paper that its reading depends on.
    pub fn context(&self, organization: &OrganizationFile) -> Vec<u8> {
        let mut hash = sha2::Sha256::new();
        hash.update(READERS.to_be_bytes());
        hash.update(&self.words);
        for (body, names) in &organization.bodies {
            for word in std::iter::once(body).chain(names) {
                hash.update(word.len().to_be_bytes());
                hash.update(word.as_bytes());
            }
            hash.update([0]);
        }
        hash.finalize().to_vec()
    }

    /// What a paper states. `path` is below the drop folder, `received` the day of its
    /// arrival in the organization's zone.
    pub fn read(
        &self,
        organization: &OrganizationFile,
        path: &[u8],
        bytes: &[u8],
        received: Day,
    ) -> Reading {
        let shown = folder::shown(path);
        let (folders, name) = shown.rsplit_once('/').unwrap_or(("", &shown));
        let text = match sandbox::extract(bytes, name) {
            Ok(text) => text,
            Err(problem) => return not_accepted(problem),
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
        let mut reading = recognise::read(&context);
        if role(path) == Role::ConflictCopy {
            reading.state = ReadState::NeedsALook(Problem::ConflictCopy);
        }
        reading
    }
}

/// A paper that gave nothing, and why.
pub fn not_accepted(problem: Problem) -> Reading {
    Reading {
        state: ReadState::NotAccepted(problem),
        text_health: 0,
        kinds: Vec::new(),
        facts: Vec::new(),
    }
}
