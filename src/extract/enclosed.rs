//! The files that one carrier holds, counted and weighed as they are taken out.
//!
//! Whatever can hold papers (a letter, an archive) gives them here; it knows no format.

use crate::document::Enclosed;
use crate::document::Problem;
use crate::limits;
use crate::text;

/// Files taken out of a carrier so far.
pub(super) struct Files {
    pub(super) all: Vec<Enclosed>,
    most: usize,
    bytes: usize,
}

impl Files {
    pub(super) fn at_most(most: usize) -> Files {
        Files { all: Vec::new(), most, bytes: 0 }
    }

    /// Adds a file under a name that is its own: one that is taken gets a number.
    ///
    /// # Errors
    /// [`Problem::LimitPassed`] when there are too many or they hold too much.
    pub(super) fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Problem> {
        self.bytes = self.bytes.saturating_add(bytes.len());
        if self.all.len() >= self.most || self.bytes > limits::ENCLOSED_BYTES_MAX {
            return Err(Problem::LimitPassed);
        }
        let name = self.free(&tidy(name));
        self.all.push(Enclosed { name, bytes });
        Ok(())
    }

    /// The name, or `name (2).pdf` where it is taken.
    fn free(&self, name: &str) -> String {
        let taken = |name: &str| self.all.iter().any(|file| file.name == name);
        let (stem, end) = match name.rsplit_once('.') {
            Some((stem, end)) if !stem.is_empty() => (stem, format!(".{end}")),
            _ => (name, String::new()),
        };
        let numbered = (2..=self.all.len() + 1).map(|n| format!("{stem} ({n}){end}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names
            .find(|name| !taken(name))
            .expect("invariant: more names than files were tried")
    }
}

/// A name without tricks: no way up, no empty step, no control character, nothing that turns its
/// end into its beginning, not too long.
fn tidy(name: &str) -> String {
    // Cut before its steps are looked at: the rest of a step could be a way up.
    let length = name.chars().count();
    let end: String = name
        .chars()
        .skip(length.saturating_sub(limits::ENCLOSED_NAME_CHARS_MAX))
        .filter(|letter| !text::is_direction_mark(*letter))
        .map(|letter| if letter.is_control() { '_' } else { letter })
        .collect();
    let steps = end.split(['/', '\\']).map(str::trim);
    let steps: Vec<&str> =
        steps.filter(|step| !matches!(*step, "" | "." | "..")).collect();
    let name = steps.join("/");
    if name.is_empty() { "attachment".to_owned() } else { name }
}
