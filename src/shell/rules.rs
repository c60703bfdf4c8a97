//! The rules in force: compiled from what people wrote.

use std::sync::Arc;

use crate::compile;
use crate::compile::Source;
use crate::config::Problem;
use crate::diagnostics::Diagnostic;
use crate::program::Program;
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

    /// Another network's rules, compiled with these words.
    pub fn program_of(&self, network: &Network) -> Program {
        compile::compile(&sources(network), &self.vocabulary).0
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
