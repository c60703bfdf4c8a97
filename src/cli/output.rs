//! What is printed: data to stdout, everything else to stderr.

use std::io::Write;

use serde_json::Value as Json;

use super::{Exit, Failure, Format};
use crate::config::Problem;
use crate::shell::Consequence;
use crate::text::Language;

/// The one place that prints.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    pub language: Language,
    pub format: Format,
    pub quiet: bool,
}

impl Output {
    /// Data for programs: one object with its schema's number first.
    pub fn json(self, fields: Vec<(&str, Json)>) {
        let mut object = serde_json::Map::new();
        object.insert("schema".to_owned(), Json::from(1));
        for (name, value) in fields {
            object.insert(name.to_owned(), value);
        }
        self.data(&serde_json::to_string_pretty(&object).unwrap_or_default());
    }

    /// A line of data for people.
    pub fn data(self, line: &str) {
        let mut stdout = anstream::stdout();
        // A reader that went away, as `head` does, is no error.
        drop(writeln!(stdout, "{line}"));
    }

    /// What is being done; not data.
    pub fn note(self, english: &str, arabic: &str) {
        if !self.quiet {
            self.error_line(self.pick(english, arabic));
        }
    }

    pub fn pick<'a>(self, english: &'a str, arabic: &'a str) -> &'a str {
        match self.language {
            Language::English => english,
            Language::Arabic => arabic,
        }
    }

    /// A line on stderr.
    pub fn error_line(self, line: &str) {
        let mut stderr = anstream::stderr();
        drop(writeln!(stderr, "{line}"));
    }

    /// Says every problem, with its place.
    pub fn problems(self, problems: &[Problem]) {
        for problem in problems {
            let said = problem.in_language(self.language);
            let (file, line) = (&problem.file, problem.line);
            let place = if line == 0 { file.clone() } else { format!("{file}:{line}") };
            self.error_line(&format!("{place}: {said}"));
        }
    }

    /// Says why a command could not be carried out; gives how it ends.
    pub(super) fn failure(self, failure: &Failure) -> Exit {
        match failure {
            Failure::Problems(problems) => {
                self.problems(problems);
                Exit::Wrong
            }
            Failure::Error(error) => {
                let said = error.read_in(self.language);
                self.error_line(&format!("mithaq: {said}"));
                match error.consequence {
                    Consequence::Retry => Exit::Undecided,
                    Consequence::Report | Consequence::Stop => Exit::Wrong,
                }
            }
        }
    }
}
