//! What an editor shows of rule files while they are written, without any protocol.

use std::sync::LazyLock;

use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Diagnostic;
use mithaq::editor::Desk;
use mithaq::editor::completion::{Completion, completions};
use mithaq::editor::fix::fixes;
use mithaq::editor::sheet::{Position, Sheet};
use mithaq::form::{self, FORMS};
use mithaq::program::Program;
use mithaq::text::key;
use mithaq::vocabulary;
use mithaq::vocabulary::phrases::phrase_key;
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
    if std::env::var_os("MITHAQ_TEST_FULL").is_some() { 256 } else { 4 }
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

const FILE: &str = "rules/ours.rules";

/// For what depends on no other line: a desk takes a debug build half a second.
static EMPTY: LazyLock<Desk> = LazyLock::new(|| Desk::new([]));

/// What can be written at the bar of a text, with the text that each gives.
fn offered(marked: &str) -> Vec<(String, String)> {
    let at = marked.find('|').expect("a bar");
    let text = marked.replacen('|', "", 1);
    let sheet = Sheet::new(&text);
    let found = if text.contains("\n\n") || text.starts_with("Dimension") {
        let desk = Desk::new([(FILE.to_owned(), text.clone())]);
        completions(&desk, FILE, &sheet, sheet.position(at))
    } else {
        completions(&EMPTY, FILE, &sheet, sheet.position(at))
    };
    let given = |it: Completion| {
        let mut given = text.clone();
        given.replace_range(it.range, &it.text);
        (it.text, given)
    };
    found.into_iter().map(given).collect()
}

#[track_caller]
fn offers(marked: &str, wanted: &[&str]) {
    let offered = offered(marked);
    let texts: Vec<&str> = offered.iter().map(|(text, _)| text.as_str()).collect();
    for wanted in wanted {
        assert!(texts.contains(wanted), "{marked}: no «{wanted}» in {texts:?}");
    }
}

#[test]
fn the_next_phrase_is_offered_in_the_language_of_the_file() {
    offers("Rule A: the board |", &["meets", "must", "has"]);
    offers("Rule A: the board meets at least twice in each |", &["calendar quarter"]);
    offers("Rule A: the bo|", &["board"]);
    offers("Rule A: the general ass|", &["general assembly"]);
    offers("Rule A: the board m|", &["meets", "must"]);
    offers("audited accounts are published within 4 |", &["months", "days"]);
    offers("audited accounts are published within 4 months |", &["of"]);
    offers("Rule A: if the yearly income is |", &["more than", "less than"]);
    offers("القاعدة أ: يجتمع |", &["مجلس الإدارة"]);
    offers("القاعدة أ: يجتمع مجلس الإ|", &["مجلس الإدارة"]);
    offers("القاعدة أ: يجتمع مجلس الإدارة مرتين على الأقل |", &["في"]);
    offers("القاعدة أ: تُنشر القوائم المالية المدققة |", &["خلال"]);
    let (_, given) = offered("Rule A: the general ass| # soon")
        .into_iter()
        .find(|(text, _)| text == "general assembly")
        .unwrap();
    assert_eq!(given, "Rule A: the general assembly # soon");
}

#[test]
fn labels_and_their_values_are_offered() {
    offers("Ru|", &["Rule ", "Rulebook: "]);
    offers("القا|", &["القاعدة "]);
    offers("board meets\n  |", &["Grace: ", "Severity: ", "Gives way to: "]);
    offers("يجتمع مجلس الإدارة\n  مه|", &["مهلة السماح: "]);
    offers("board meets\n  Severity: |", &["low", "critical"]);
    offers("يجتمع مجلس الإدارة\n  درجة الخطورة: ع|", &["عالية"]);
    offers("board meets\n  Grace: 14 |", &["days"]);
    offers("Dimension: Integrity\nboard meets\n  Dimension: |", &["Integrity"]);
    offers("board meets\n  Applies to: |", &["association"]);
    offers(
        "Rule A-1: board meets\n\nRule A-2: board meets monthly\n  Gives way to: A|",
        &["A-1"],
    );
    assert_eq!(offered("board meets # the bo|"), []);
    assert_eq!(offered("board meets\n  Source: the bo|"), []);
}

/// One step of so many is tried: each asks all the grammars several times.
fn every() -> usize {
    if std::env::var_os("MITHAQ_TEST_FULL").is_some() { 1 } else { 48 }
}

/// Cut after each phrase of each example, the phrase that follows is offered, but for a few
/// inside parts that a form takes as they come: what is forbidden, permitted or listed.
#[test]
fn every_example_of_every_form_can_be_written_by_what_is_offered() {
    let vocabulary = vocabulary::standard();
    let (mut steps, mut tried, mut missed) = (0, 0, Vec::new());
    for sentence in FORMS.iter().flat_map(|form| form.examples.iter().flatten()) {
        let marked = form::mark(sentence, &vocabulary);
        let pieces: Vec<_> = marked.marks().map(|(range, _)| range).collect();
        for pair in pieces.windows(2) {
            let (said, next) = (&sentence[..pair[1].start], &sentence[pair[1].clone()]);
            // One word in several pieces is written at once; numbers are not offered.
            let split = pair[0].end >= pair[1].start;
            let mark = form::mark(next, &vocabulary).text;
            if split || mark.contains("‹number") || !next.chars().any(char::is_alphabetic)
            {
                continue;
            }
            steps += 1;
            if steps % every() != 0 {
                continue;
            }
            tried += 1;
            let all = offered(&format!("Rule A: {said}|"));
            let begins = |(text, _): &(String, String)| {
                let (text, rest) = (key(text), key(&sentence[pair[1].start..]));
                phrase_key(&rest).starts_with(&phrase_key(&text))
                    || rest.starts_with(&text)
            };
            if !all.iter().any(begins) {
                missed.push(format!("{said}| {next}"));
            }
        }
    }
    println!("{} of {tried} steps are not offered", missed.len());
    assert!(
        missed.len() * 100 <= tried * 15,
        "{} of {tried}\n{}",
        missed.len(),
        missed.join("\n")
    );
}

/// The quick fixes of each message of each fixture, applied one at a time: the message is
/// gone from there, and nothing that was understood is lost.
#[test]
fn every_quick_fix_of_every_fixture_mends_what_it_is_offered_for() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/diagnostics");
    let (mut fixed, mut faults) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".rules") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let of_words = name.starts_with("G-6");
        let file = if of_words { "vocabulary/x.rules" } else { "rules/x.rules" };
        let mut desk = Desk::new([(file.to_owned(), text.clone())]);
        let sheet = Sheet::new(&text);
        let told: Vec<Diagnostic> = desk.told(file).cloned().collect();
        for told in told.iter().filter(|told| told.is_error()) {
            for fix in fixes(&sheet, told) {
                let mut mended = text.clone();
                mended.replace_range(fix.range.clone(), &fix.text);
                desk.put(file, &mended);
                let again = desk.told(file).any(|it| {
                    (it.code, it.place.line, &it.place.text)
                        == (told.code, told.place.line, &told.place.text)
                });
                fixed += 1;
                if again {
                    faults.push(format!("{name}:{} {fix:?}", told.place.line));
                }
            }
        }
    }
    assert!(fixed > 60, "{fixed}");
    assert!(faults.is_empty(), "{} of {fixed}:\n{}", faults.len(), faults.join("\n"));
}
