//! What an editor shows of rule files while they are written, without any protocol.

use mithaq::compile::{Source, compile};
use mithaq::editor::Desk;
use mithaq::editor::sheet::{Position, Sheet};
use mithaq::program::Program;
use mithaq::vocabulary;
use proptest::prelude::*;

/// Lines of every kind, right and wrong, in both languages.
const LINES: [&str; 34] = [
    "",
    "# a remark",
    "Rulebook: Ours",
    "Dimension: Integrity",
    "Dimension: النزاهة",
    "A quarter is a quarter of the fiscal year",
    "Rule A-1: board meets quarterly",
    "Rule A-2: audited accounts published",
    "Rule A-3: baord meets quarterly",
    "القاعدة ب-1: يجتمع مجلس الإدارة كل ربع سنة",
    "القاعدة ب-2: يجتمع مجلس الإدراة كل ربع سنة",
    "board meets monthly",
    "the board meets",
    "the board meets bi-monthly",
    "the general assembly should meet every year",
    "   at least twice in each year",
    "    كل ربع سنة",
    "  Dimension: Integrity",
    "  Dimension: Accountability",
    "  Grace: 14 days",
    "  Grace: soon",
    "  مهلة السماح: 14 يومًا",
    "  Weight: 3",
    "  Severty: high",
    "  Applies to: associations",
    "  Except when: yearly income is below 50,000 USD; then reviewed accounts are enough [small]",
    "  But not when: associations",
    "  Gives way to: A-1, ب-2",
    "  وبالعربية: يجتمع مجلس الإدارة كل شهر",
    "  Example: met on 12 February 2026 -> met",
    "  Counts only if: more than half of the board members in office attended",
    "  If not met: the director submits a recovery plan within 30 days of the finding",
    "  In force: from 1 January 2026 until 31 December 2026",
    "Words",
];

/// One step of writing: lines put in place of lines.
#[derive(Clone, Debug)]
struct Step {
    at: usize,
    out: usize,
    lines: Vec<usize>,
}

/// Each case reads some forty files, which takes a debug build a second or two.
fn cases() -> u32 {
    if std::env::var_os("MITHAQ_TEST_FULL").is_some() { 256 } else { 8 }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let lines = prop::collection::vec(0..LINES.len(), 0..4);
    let step = (0..40_usize, 0..3_usize, lines);
    let step = step.prop_map(|(at, out, lines)| Step { at, out, lines });
    prop::collection::vec(step, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    /// Whatever was read before, the desk says what a first reading of the files says.
    #[test]
    fn reading_again_is_reading_from_scratch(
        first in prop::collection::vec(0..LINES.len(), 0..40),
        steps in steps(),
    ) {
        let vocabulary = vocabulary::standard();
        let other = "Rule B-1: board meets monthly\n  Gives way to: A-2\n";
        let mut lines: Vec<&str> = first.iter().map(|index| LINES[*index]).collect();
        let text = lines.join("\n");
        let (one, two) = ("rules/ours/one.rules", "rules/ours/two.rules");
        let files = [(one.to_owned(), text), (two.to_owned(), other.to_owned())];
        let mut desk = Desk::new(files);
        for step in steps {
            let at = step.at.min(lines.len());
            let end = (at + step.out).min(lines.len());
            lines.splice(at..end, step.lines.iter().map(|index| LINES[*index]));
            let text = lines.join("\n");
            desk.put(one, &text);
            let sources = [Source::new(one, &text), Source::new(two, other)];
            let (program, told) = compile(&sources, &vocabulary);
            prop_assert_eq!(&desk.program, &program, "{}", text);
            let said: Vec<_> = [one, two].iter().flat_map(|file| desk.told(file)).collect();
            prop_assert_eq!(said, told.iter().collect::<Vec<_>>(), "{}", text);
        }
    }

    /// A place is counted as an editor counts it, and found again.
    #[test]
    fn places_are_those_of_utf_16(text in "[a𝔸ةِ\n\r ]{0,30}", edit in "[b𝔸\n]{0,3}", ends in (0..40_usize, 0..40_usize)) {
        let sheet = Sheet::new(&text);
        let units: Vec<u16> = sheet.text().encode_utf16().collect();
        let mut position = Position::default();
        let mut offset = 0;
        for character in sheet.text().chars() {
            prop_assert_eq!(sheet.position(offset), position);
            prop_assert_eq!(sheet.offset(position), if character == '\n' && sheet.text()[..offset].ends_with('\r') { offset - 1 } else { offset });
            offset += character.len_utf8();
            match character {
                '\n' => position = Position { line: position.line + 1, character: 0 },
                _ => position.character += character.len_utf16() as u32,
            }
        }
        prop_assert_eq!(sheet.text().encode_utf16().count(), units.len());
        // An edit puts its words between its two places and touches nothing else.
        let starts: Vec<usize> = sheet.text().char_indices().map(|(at, _)| at).collect();
        let at = |index: usize| starts.get(index).copied().unwrap_or(sheet.text().len());
        let (from, to) = (at(ends.0.min(ends.1)), at(ends.0.max(ends.1)));
        let (from, to) = (sheet.offset(sheet.position(from)), sheet.offset(sheet.position(to)));
        let mut edited = sheet.clone();
        edited.edit(sheet.position(from)..sheet.position(to), &edit);
        let expected = format!("{}{edit}{}", &sheet.text()[..from], &sheet.text()[to..]);
        prop_assert_eq!(edited, Sheet::new(&expected));
    }
}

#[test]
fn a_rulebook_that_declares_no_dimension_takes_each_as_it_comes() {
    let text = "Rule A: board meets quarterly\n  Dimension: One\n\nRule B: board meets monthly\n  Dimension: Two\n";
    let source = [Source::new("rules/new.rules", text)];
    let (program, told): (Program, _) = compile(&source, &vocabulary::standard());
    assert_eq!(told, []);
    assert_eq!(program.rulebooks[0].dimensions, ["One", "Two"]);
}
