//! Worked examples: what is on file, and what state follows from it on a day.
//!
//! One line of an `Example:` label or of a case file, read in either language. Says what is
//! given and what is claimed; knows no timeline and no verdict (`proof` runs it).
//!
//! ```text
//! met on 12 February, 9 May and 3 August 2026; on 10 December 2026 -> due soon
//! ```

use crate::calendar::Day;
use crate::diagnostics::raise::lines::ExampleFault;
use crate::form::statement::Statement;
use crate::limits;
use crate::norm::{Norm, TermId};
use crate::vocabulary::Vocabulary;

pub mod casebook;
mod claim;
mod day;
mod paper;
mod setting;

pub use crate::example::claim::{Claim, Expected};
pub use crate::example::paper::{Contents, Details};
pub use crate::example::setting::{Fellows, Seats, Setting};

/// What is on file, and what follows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Example {
    pub given: Vec<Given>,
    pub claims: Vec<Claim>,
}

/// One thing that is on file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Given {
    /// Somebody states that it happened, once on each of some days.
    Deeds { statements: Vec<Statement>, details: Details },
    /// A paper of a kind, with what it states.
    Paper { kind: TermId, details: Details },
    /// What the register says of the organization and its people.
    Setting(Setting),
}

/// Why a part of an example cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// What is on file is not understood.
    Given,
    /// The day or the state of a claim is not understood.
    Claim,
    /// There is no claim at all.
    NoClaim,
    /// More parts than an example may have.
    TooMany,
}

impl From<Why> for ExampleFault {
    fn from(why: Why) -> ExampleFault {
        match why {
            Why::Given => ExampleFault::Given,
            Why::Claim => ExampleFault::Claim,
            Why::NoClaim => ExampleFault::NoClaim,
            Why::TooMany => ExampleFault::TooMany,
        }
    }
}

/// A part of an example that cannot be read: its words, as they stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    pub words: String,
    pub why: Why,
}

/// What an example is read in the light of.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub vocabulary: &'a Vocabulary,
    /// The rule's duty: "met on 9 May" is of whoever meets in it.
    pub norm: Option<&'a Norm>,
}

/// Reads one line: parts between semicolons, those with an arrow the claims.
///
/// # Errors
/// The first part that cannot be read, or that nothing is claimed.
pub fn read(text: &str, around: &Around<'_>) -> Result<Example, Fault> {
    let example = background(text, around)?;
    if example.claims.is_empty() {
        return Err(Fault { words: text.trim().to_owned(), why: Why::NoClaim });
    }
    Ok(example)
}

/// The same where a line may claim nothing: what is given for all cases below it.
///
/// # Errors
/// The first part that cannot be read.
pub fn background(text: &str, around: &Around<'_>) -> Result<Example, Fault> {
    let fault = |words: &str, why| Fault { words: words.trim().to_owned(), why };
    let mut example = Example::default();
    let parts = split(text.trim().trim_end_matches('.'), &[';', '؛']);
    if parts.len() > limits::EXAMPLE_PARTS_MAX {
        return Err(fault(text, Why::TooMany));
    }
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        match claim::arrow(part) {
            Some(sides) => {
                let claim = claim::read(sides).ok_or_else(|| fault(part, Why::Claim))?;
                example.claims.push(claim);
            }
            None => {
                let given = given(part, around).ok_or_else(|| fault(part, Why::Given))?;
                example.given.extend(given);
            }
        }
    }
    Ok(example)
}

/// What one part says is on file; nothing, where it says that nothing is.
fn given(part: &str, around: &Around<'_>) -> Option<Vec<Given>> {
    let nothing = ["nothing on file", "nothing", "لا شيء في الملف", "لا شيء"];
    let folded = crate::text::key(part);
    if nothing.iter().any(|words| crate::text::key(words) == folded) {
        return Some(Vec::new());
    }
    if let Some(setting) = setting::read(part, around.vocabulary) {
        return Some(vec![Given::Setting(setting)]);
    }
    paper::read(part, around)
}

/// Parts between separators, those inside parentheses left whole.
fn split<'t>(text: &'t str, separators: &[char]) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0u32, 0);
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && separators.contains(&character) => {
                parts.push(text.get(from..at).unwrap_or_default());
                from = at + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

impl Example {
    /// Every day that it names, as far as it matters where a membership begins.
    pub fn first_day(&self) -> Option<Day> {
        let of_given = self.given.iter().flat_map(|given| match given {
            Given::Deeds { statements, .. } => {
                statements.iter().map(|statement| statement.day).collect()
            }
            Given::Paper { details, .. } => details.days(),
            Given::Setting(_) => Vec::new(),
        });
        of_given.chain(self.claims.iter().map(|claim| claim.on)).min()
    }
}
