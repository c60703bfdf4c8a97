//! Every input that the fuzzer ever found to break a promise of a public edge, tried again,
//! and one small input of each kind, so that an edge that refuses everything is seen; and
//! sentences and rulebooks that are nearly understood.

use std::path::Path;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;
use std::time::Instant;

use mithaq::compile::written::{Manner, written};
use mithaq::compile::{self, Source};
use mithaq::form::FORMS;
use mithaq::text::Language;
use mithaq::vocabulary::{self, Vocabulary};
use proptest::prelude::*;

use crate::analysis::looked_at;
use crate::scratch::cases;

#[path = "../../fuzz/src/edges/list.rs"]
mod edges;

/// None of these may take longer, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

fn inputs(edge: &str) -> Vec<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(edge);
    let files = std::fs::read_dir(&folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn what_the_fuzzer_found_stays_mended() {
    for (name, edge) in edges::EDGES {
        let inputs = inputs(name);
        assert!(!inputs.is_empty(), "fuzz/regressions/{name} is empty");
        for input in inputs {
            let bytes = std::fs::read(&input).unwrap();
            println!("{}", input.display());
            let begun = Instant::now();
            edge(&bytes);
            let took = begun.elapsed();
            assert!(took < LONGEST, "{} took {took:?}", input.display());
        }
    }
}

/// `MITHAQ_FUZZ_INPUT=EDGE:FILE` tries one input, as `scripts/fuzz` says after a find.
#[test]
fn one_input_is_replayed() {
    let Ok(wanted) = std::env::var("MITHAQ_FUZZ_INPUT") else {
        println!("skipped: MITHAQ_FUZZ_INPUT=EDGE:FILE names an input to replay");
        return;
    };
    let (name, file) = wanted.split_once(':').expect("EDGE:FILE");
    let edge = edges::EDGES.into_iter().find(|(edge, _)| *edge == name);
    let (_, edge) = edge.expect("an edge of fuzz/src/edges/list.rs");
    edge(&std::fs::read(file).expect("the input"));
}

/// What may stand between two parts of a sentence, in either language.
const BETWEEN: [&str; 12] = [
    " ",
    "; ",
    ", ",
    " and ",
    " or ",
    ": ",
    " و",
    "؛ ",
    "، ",
    " أو ",
    " within 4 months of ",
    " في ",
];

/// What is put into a sentence that says nothing of it.
const PUT_IN: [[&str; 2]; 10] = [
    ["the budget", "الموازنة"],
    ["the annual report", "التقرير السنوي"],
    ["the board", "مجلس الإدارة"],
    ["the bylaws", "النظام الأساسي"],
    ["the general assembly", "الجمعية العمومية"],
    ["30 days", "30 يومًا"],
    ["the treasurer", "أمين الصندوق"],
    ["the registration", "التسجيل"],
    ["the donor list", "قائمة المانحين"],
    ["complaint", "شكوى"],
];

/// One change of a sentence, at a word of it.
#[derive(Clone, Debug)]
enum Change {
    Mark(&'static str),
    PutIn(&'static str, usize),
    Drop,
    Insert(prop::sample::Index),
    Replace(prop::sample::Index),
}

fn change() -> impl Strategy<Value = (prop::sample::Index, Change)> {
    let between = || prop::sample::select(BETWEEN.to_vec());
    let change = prop_oneof![
        between().prop_map(Change::Mark),
        (between(), 0..PUT_IN.len()).prop_map(|(mark, noun)| Change::PutIn(mark, noun)),
        Just(Change::Drop),
        any::<prop::sample::Index>().prop_map(Change::Insert),
        any::<prop::sample::Index>().prop_map(Change::Replace),
    ];
    (any::<prop::sample::Index>(), change)
}

fn changed(
    sentence: &str,
    place: usize,
    changes: &[(prop::sample::Index, Change)],
    all: &[&str],
) -> String {
    let mut words: Vec<String> = sentence.split_whitespace().map(str::to_owned).collect();
    for (at, change) in changes {
        let at = at.index(words.len());
        match change {
            Change::Mark(mark) => words[at].push_str(mark.trim()),
            Change::PutIn(mark, noun) => {
                words
                    .insert(at, format!("{}{}", mark.trim_start(), PUT_IN[*noun][place]));
            }
            Change::Drop if words.len() > 1 => drop(words.remove(at)),
            Change::Drop => {}
            Change::Insert(word) => {
                words.insert(at, all[word.index(all.len())].to_owned())
            }
            Change::Replace(word) => words[at] = all[word.index(all.len())].to_owned(),
        }
    }
    words.join(" ")
}

/// So many cases, and no more tries than are worth it to find the least change that fails.
fn changes(usual: u32, full: u32) -> ProptestConfig {
    ProptestConfig {
        max_shrink_iters: 200,
        ..ProptestConfig::with_cases(cases(usual, full))
    }
}

proptest! {
    #![proptest_config(changes(300, 20_000))]

    /// Examples of all forms, changed here and there, keep what the edge of sentences
    /// promises: what can be read can be said, and what is said means what was read.
    #[test]
    fn what_is_nearly_an_example_is_answered(
        example in any::<prop::sample::Index>(),
        place in 0usize..2,
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let examples: Vec<&str> =
            FORMS.iter().flat_map(|form| form.examples).map(|pair| pair[place]).collect();
        let all: Vec<&str> =
            examples.iter().flat_map(|sentence| sentence.split_whitespace()).collect();
        let sentence = changed(examples[example.index(examples.len())], place, &changes, &all);
        let (_, edge) = edges::EDGES.into_iter().find(|(name, _)| *name == "sentence").unwrap();
        edge(sentence.as_bytes());
    }
}

proptest! {
    #![proptest_config(changes(60, 5000))]

    /// Some lines of rule files, changed here and there, keep what the edge of rule files
    /// promises; laid out and put into either language their rules mean what they meant, and
    /// looking at them together comes to an end.
    #[test]
    fn what_is_nearly_a_rulebook_is_answered(
        (from, count) in (any::<prop::sample::Index>(), 2usize..14),
        changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 1..4),
    ) {
        let lines = &*LINES;
        let from = from.index(lines.len());
        let some = lines.get(from..(from + count).min(lines.len())).unwrap();
        let mut some: Vec<String> = some.to_vec();
        let all: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
        for (line, change) in changes {
            let line = &mut some[line.index(count.min(lines.len() - from))];
            let indent = line.len() - line.trim_start().len();
            let place = usize::from(!line.is_ascii());
            if line.trim().is_empty() {
                continue;
            }
            let words = changed(line, place, &[change], &all);
            *line = format!("{}{words}", " ".repeat(indent));
        }
        rulebook(&some.join("\n"));
    }
}

/// The lines of all rule files of the repository, without those that say what words mean.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut left: Vec<PathBuf> = ["fixtures", "benches/rules", "src/cli/init"]
        .map(|folder| root.join(folder))
        .into();
    let mut files = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(
                std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()),
            );
        } else if path.extension().is_some_and(|ending| ending == "rules") {
            files.push(path);
        }
    }
    files.sort();
    let read = |path: &PathBuf| compile::decoded(&std::fs::read(path).unwrap()).ok();
    let texts: Vec<String> = files.iter().filter_map(read).collect();
    texts.iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
});

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn rulebook(text: &str) {
    let (_, edge) = edges::EDGES.into_iter().find(|(name, _)| *name == "rules").unwrap();
    edge(text.as_bytes());
    let sources = [Source::new("rules/any.rules", text)];
    let (program, said) = compile::compile(&sources, &STANDARD);
    let (_, counts) = looked_at(&program, &sources);
    assert_eq!(
        counts.rules,
        program.rulebooks.iter().map(|book| book.rules.len()).sum::<usize>()
    );
    if said.iter().any(|said| said.is_error()) {
        return;
    }
    for to in [None, Some(Language::English), Some(Language::Arabic)] {
        let manner = Manner { vocabulary: &STANDARD, fiscal_quarters: false, to };
        let laid_out = written(text, &manner);
        assert_eq!(meanings(&laid_out), meanings(text), "{text}\n--\n{laid_out}");
        assert_eq!(written(&laid_out, &manner), laid_out, "{text}");
    }
}

fn meanings(text: &str) -> Vec<String> {
    let (program, _) =
        compile::compile(&[Source::new("rules/any.rules", text)], &STANDARD);
    let rules = program.rulebooks.iter().flat_map(|book| &book.rules);
    rules.map(|rule| rule.meaning.clone()).collect()
}
