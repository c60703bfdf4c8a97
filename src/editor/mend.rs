//! Rule files with every change made that nobody needs to be asked about.
//!
//! Knows texts, not files on a disk. What a rule that was understood means stays as it is;
//! a change after which it would not is left out, and so is one that puts nothing right.

use std::collections::BTreeMap;

use crate::compile::{Source, compile};
use crate::diagnostics::Diagnostic;
use crate::editor::fix::{Fix, fixes};
use crate::editor::sheet::Sheet;
use crate::program::{Program, Rule, Rulebook};
use crate::vocabulary::Vocabulary;

/// Files as they are after all safe changes, and what was changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mended {
    /// Name and text, in the order given.
    pub files: Vec<(String, String)>,
    /// In the order of the files and their lines.
    pub changes: Vec<Change>,
}

/// A line that was changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    pub file: String,
    /// From 1.
    pub line: u32,
    /// Of the messages that the change answers.
    pub codes: Vec<&'static str>,
    pub before: String,
    pub after: String,
}

/// A change of one of the files.
struct Step {
    file: usize,
    line: u32,
    code: &'static str,
    fix: Fix,
}

/// What the files say, and how well.
struct Look {
    told: Vec<Diagnostic>,
    /// The id and the meaning of each rule that is understood, by file and line: no safe
    /// change moves a line.
    meanings: BTreeMap<(String, u32), (String, String)>,
}

/// Applies the safe change of each message, again and again while that leaves fewer
/// faults: of a long file only the first are explained at once, and a sentence can hold
/// more than one slip. Ends, for each turn leaves fewer than the last.
pub fn mend(files: Vec<(String, String)>, vocabulary: &Vocabulary) -> Mended {
    let before = files.clone();
    let mut files = files;
    let mut codes: BTreeMap<(usize, u32), Vec<&'static str>> = BTreeMap::new();
    let mut look = look_at(&files, vocabulary);
    loop {
        let steps = steps(&files, &look.told);
        let Some((taken, next, after)) = turn(&files, &look, steps, vocabulary) else {
            break;
        };
        for step in taken {
            codes.entry((step.file, step.line)).or_default().push(step.code);
        }
        (files, look) = (next, after);
    }
    let changes = changes(&before, &files, &codes);
    Mended { files, changes }
}

/// Every safe change that the messages suggest.
fn steps(files: &[(String, String)], told: &[Diagnostic]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (file, (name, text)) in files.iter().enumerate() {
        let sheet = Sheet::new(text);
        for told in told.iter().filter(|told| told.place.file == *name) {
            let safe = fixes(&sheet, told).into_iter().find(|fix| fix.safe);
            steps.extend(safe.map(|fix| {
                let line = sheet.position(fix.range.start).line.saturating_add(1);
                Step { file, line, code: told.code, fix }
            }));
        }
    }
    steps
}

type Turn = (Vec<Step>, Vec<(String, String)>, Look);

/// The files after these changes: all at once, else one by one, without those that do harm.
/// `None` where no change does good.
fn turn(
    files: &[(String, String)],
    look: &Look,
    steps: Vec<Step>,
    vocabulary: &Vocabulary,
) -> Option<Turn> {
    if steps.is_empty() {
        return None;
    }
    let together = applied(files, &steps);
    let after = look_at(&together, vocabulary);
    if after.is_better_than(look) {
        return Some((steps, together, after));
    }
    // Each alone puts right what it was suggested for, unless it stands in another's way.
    steps.into_iter().find_map(|step| {
        let steps = vec![step];
        let alone = applied(files, &steps);
        let after = look_at(&alone, vocabulary);
        after.is_better_than(look).then_some((steps, alone, after))
    })
}

fn look_at(files: &[(String, String)], vocabulary: &Vocabulary) -> Look {
    let sources: Vec<Source> =
        files.iter().map(|(name, text)| Source::new(name, text)).collect();
    let (program, told) = compile(&sources, vocabulary);
    Look { told, meanings: meanings(&program) }
}

fn meanings(program: &Program) -> BTreeMap<(String, u32), (String, String)> {
    let rules = program.rulebooks.iter().flat_map(Rulebook::versions);
    let meaning = |rule: &Rule| {
        ((rule.file.clone(), rule.line), (rule.id.clone(), rule.meaning.clone()))
    };
    rules.map(meaning).collect()
}

impl Look {
    /// Fewer faults, and every rule that was understood means what it meant.
    fn is_better_than(&self, before: &Look) -> bool {
        let kept = |(rule, meaning): (&_, &_)| self.meanings.get(rule) == Some(meaning);
        self.faults() < before.faults() && before.meanings.iter().all(kept)
    }

    fn faults(&self) -> usize {
        self.told.iter().filter(|told| told.is_error()).count()
    }
}

/// The files with the changes made, the last first so that no place moves; of two that
/// overlap the later.
fn applied(files: &[(String, String)], steps: &[Step]) -> Vec<(String, String)> {
    let mut files = files.to_vec();
    for (index, (_, text)) in files.iter_mut().enumerate() {
        let mut own: Vec<&Fix> =
            steps.iter().filter(|it| it.file == index).map(|it| &it.fix).collect();
        own.sort_by_key(|fix| std::cmp::Reverse((fix.range.start, fix.range.end)));
        let mut free = text.len();
        for fix in own {
            if fix.range.end <= free && text.get(fix.range.clone()).is_some() {
                text.replace_range(fix.range.clone(), &fix.text);
                free = fix.range.start;
            }
        }
    }
    files
}

/// The lines that differ; no safe change adds one or takes one away.
fn changes(
    before: &[(String, String)],
    after: &[(String, String)],
    codes: &BTreeMap<(usize, u32), Vec<&'static str>>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (file, ((name, old), (_, new))) in before.iter().zip(after).enumerate() {
        let (old, new) = (Sheet::new(old), Sheet::new(new));
        for index in 0..old.lines() {
            let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let (before, after) = (old.line(index), new.line(index));
            if before != after {
                changes.push(Change {
                    file: name.clone(),
                    line,
                    codes: codes.get(&(file, line)).cloned().unwrap_or_default(),
                    before: before.to_owned(),
                    after: after.to_owned(),
                });
            }
        }
    }
    changes
}
