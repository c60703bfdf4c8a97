//! The rules in force: compiled from what people wrote, with the last good version of what
//! they broke.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compile;
use crate::compile::Source;
use crate::config::Problem;
use crate::diagnostics::Diagnostic;
use crate::program::{Program, Rulebook};
use crate::shell::network::Network;
use crate::vocabulary;
use crate::vocabulary::Vocabulary;

/// A compiled network.
#[derive(Debug, Clone)]
pub struct Rules {
    pub vocabulary: Arc<Vocabulary>,
    pub program: Program,
    pub diagnostics: Vec<Diagnostic>,
}

impl Rules {
    /// Compiles what there is: broken rules are left out and told, the rest is judged.
    pub fn of(network: &Network) -> Rules {
        let words: Vec<(&str, &str)> = network
            .vocabulary
            .iter()
            .map(|(file, text)| (file.as_str(), text.as_str()))
            .collect();
        let (vocabulary, mut diagnostics) = vocabulary::standard().with(&words);
        let (program, of_rules) = compile::compile(&sources(network), &vocabulary);
        diagnostics.extend(of_rules);
        Rules { vocabulary: Arc::new(vocabulary), program, diagnostics }
    }

    /// The same after a change: a rulebook with an error keeps the version it had.
    pub fn after(network: &Network, before: &Rules) -> Rules {
        let mut rules = Rules::of(network);
        let broken = rules.broken(network);
        let mut kept: BTreeMap<String, Rulebook> = BTreeMap::new();
        for rulebook in &before.program.rulebooks {
            if broken.contains(&rulebook.id) {
                kept.insert(rulebook.id.clone(), rulebook.clone());
            }
        }
        let program = std::mem::take(&mut rules.program);
        for rulebook in program.rulebooks {
            kept.entry(rulebook.id.clone()).or_insert(rulebook);
        }
        rules.program.rulebooks = kept.into_values().collect();
        rules
    }

    /// The rulebooks that have an error, by id.
    fn broken(&self, network: &Network) -> BTreeSet<String> {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let files: BTreeSet<&str> =
            errors.map(|diagnostic| diagnostic.place.file.as_str()).collect();
        sources(network)
            .into_iter()
            .filter(|source| files.contains(source.file.as_str()))
            .map(|source| source.rulebook)
            .collect()
    }

    /// What is wrong, as problems of files.
    pub fn problems(&self) -> Vec<Problem> {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        errors
            .map(|diagnostic| {
                let [english, arabic] = diagnostic.message.clone();
                Problem {
                    file: diagnostic.place.file.clone(),
                    line: diagnostic.place.line,
                    english: format!("{}: {english}", diagnostic.code),
                    arabic: format!("{}: {arabic}", diagnostic.code),
                }
            })
            .collect()
    }
}

fn sources(network: &Network) -> Vec<Source> {
    network.rules.iter().map(|(file, text)| Source::new(file, text)).collect()
}
