//! What is shown where somebody points: the rule in the other language, word by word.

use std::ops::Range;

use crate::compile::written::{Manner, written};
use crate::editor::definition::term_at;
use crate::editor::passage::Passage;
use crate::editor::sheet::{Position, Sheet};
use crate::editor::{Desk, is_silent, rule_line};
use crate::text::{Language, language_of};

/// What is said of a place, and the bytes it is said of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    pub range: Range<usize>,
    /// The rule's sentence and labels in the other language, a line each.
    pub lines: Vec<String>,
    pub language: Language,
    /// The phrase that is pointed at, in both languages, the file's own first.
    pub word: Option<[String; 2]>,
    /// The hash of what the rule means, where it was understood.
    pub meaning: Option<String>,
}

/// The rule around a position, read back in the other language. `None` where there is no
/// rule, or where the other language would say nothing new.
pub fn hover(
    desk: &Desk,
    file: &str,
    sheet: &Sheet,
    position: Position,
) -> Option<Hover> {
    let line = usize::try_from(position.line).ok()?;
    let first = rule_line(sheet, line)?;
    let found = desk.rule_at(sheet, file, line);
    let end = rule_end(sheet, first);
    let block: Vec<&str> = (first..end).map(|line| sheet.line(line)).collect();
    let own = found.map_or_else(
        || language_of(block.first().copied().unwrap_or_default()),
        |found| found.rule.written_in,
    );
    let manner = Manner {
        vocabulary: &desk.vocabulary,
        fiscal_quarters: found.is_some_and(|found| found.book.fiscal_quarters),
        to: Some(own.other()),
    };
    let said = written(&block.join("\n"), &manner);
    let lines: Vec<String> = said.lines().map(|line| line.trim().to_owned()).collect();
    let new = lines.iter().zip(&block).any(|(said, line)| said != line.trim());
    let meaning = found.map(|found| found.rule.meaning.clone());
    let passage = Passage::around(sheet, line);
    let at = passage.inside(sheet.offset(position));
    let word = term_at(desk, &passage, at).map(|(term, _)| {
        let phrase = |language| desk.vocabulary.phrase(term, language).to_owned();
        [phrase(own), phrase(own.other())]
    });
    let range = passage.whole();
    new.then_some(Hover { range, lines, language: own.other(), word, meaning })
}

/// The line after the last one that says something of the rule.
fn rule_end(sheet: &Sheet, first: usize) -> usize {
    let mut end = first + 1;
    for line in first + 1..sheet.lines() {
        let source = sheet.line(line);
        if is_silent(source) {
            continue;
        }
        if !source.starts_with([' ', '\t']) {
            break;
        }
        end = line + 1;
    }
    end
}
