//! What a network is judged by: what people wrote, with the last good version of each file
//! that has a mistake now or cannot be read.
//!
//! One way for the start, for a change while somebody minds the network, and for looking
//! back: the same texts always give the same rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::shell::Error;
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::rules::Rules;
use crate::shell::store::source::{Source, Sources};

/// A network without the mistakes of the moment, and what was seen of its folder.
#[derive(Debug, Clone)]
pub struct Judged {
    pub network: Network,
    pub rules: Rules,
    /// What was read, mistakes and all.
    pub sources: Sources,
}

impl Judged {
    /// What `network` is judged by; `last_good` gives the last good versions of a path or of
    /// what lies below it. What was never good is judged as far as it can be.
    ///
    /// # Errors
    /// What `last_good` fails with.
    pub fn of(
        mut network: Network,
        last_good: impl Fn(&str) -> Result<Vec<(String, String)>, Error>,
    ) -> Result<Judged, Error> {
        let rules = Rules::of(&network);
        network.problems.extend(rules.problems());
        let broken = broken(&network);
        let mut good = Vec::new();
        for path in broken.iter().chain(&network.unreadable) {
            good.extend(last_good(path)?);
        }
        let kept = with(&network, good);
        let sources = sources(&mut network, &broken);
        let Some(kept) = kept else { return Ok(Judged { network, rules, sources }) };
        let rules = Rules { diagnostics: rules.diagnostics, ..Rules::of(&kept) };
        let network = Network {
            problems: network.problems,
            texts: Vec::new(),
            unreadable: network.unreadable,
            hash: network.hash,
            ..kept
        };
        Ok(Judged { network, rules, sources })
    }
}

/// A network with these versions of some files; `None` where it has no others already, and
/// where with them it would be none.
fn with(network: &Network, good: Vec<(String, String)>) -> Option<Network> {
    if good.is_empty() {
        return None;
    }
    let mut texts: BTreeMap<String, String> = network.texts.iter().cloned().collect();
    let mut replaced = false;
    for (path, good) in good {
        replaced |= texts.get(&path) != Some(&good);
        texts.insert(path, good);
    }
    if !replaced {
        return None;
    }
    network::of_texts(&network.root, texts).ok()
}

/// The files that were read and have a mistake.
fn broken(network: &Network) -> BTreeSet<String> {
    let read: BTreeSet<&str> =
        network.texts.iter().map(|(path, _)| path.as_str()).collect();
    let named = network.problems.iter().map(|problem| &problem.file);
    named.filter(|file| read.contains(file.as_str())).cloned().collect()
}

/// Takes the texts out of `network`: they are kept once, and in memory until they are stored.
fn sources(network: &mut Network, broken: &BTreeSet<String>) -> Sources {
    let texts = std::mem::take(&mut network.texts).into_iter();
    let files =
        texts.map(|(path, text)| Source { good: !broken.contains(&path), path, text });
    Sources { files: files.collect(), unreadable: network.unreadable.clone() }
}
