//! `check --fix`: what it puts right, what it leaves alone, and that nothing else moves.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use mithaq::cli::init::shelf;
use mithaq::compile::{Source, compile};
use mithaq::editor::mend::{Mended, mend};
use mithaq::text::{Language, language_of};
use mithaq::vocabulary::{self, Vocabulary};
use serde_json::Value;
use tempfile::TempDir;

use crate::slips::{Seed, slip};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

const WRONG: &str = "\
# what the baord wants stays in a comment
Rulebook: Ours
Dimension: Accountability

Rule A-1:   the baord meets quarterly.   # twice the baord
  Dimension: Accountability
  Severty: high
  Weight: 3
Rule A-2: the general assembly meets
    once a yaer
Rule A-3: the board has between 7 and 1\u{663} members
Rule A-4: the board meets bi-monthly
Rule A-5: the zeppelin flies every year
القاعدة ب-1: يجتمع مجلس الإدراة كل ربع سنة
  الوزنن: 3
Rule A-6: the \u{202e}board\u{202c} meets monthly
Rule A-7: the board meets every 3 months
";

const RIGHT: &str = "\
# what the baord wants stays in a comment
Rulebook: Ours
Dimension: Accountability

Rule A-1:   the board meets quarterly.   # twice the baord
  Dimension: Accountability
  Severity: high
  Weight: 3
Rule A-2: the general assembly meets
    once a year
Rule A-3: the board has between 7 and 13 members
Rule A-4: the board meets bi-monthly
Rule A-5: the zeppelin flies every year
القاعدة ب-1: يجتمع مجلس الإدارة كل ربع سنة
  الوزن: 3
Rule A-6: the board meets monthly
Rule A-7: the board meets every 3 months
";

fn mended(text: &str) -> Mended {
    mend(vec![("rules/test.rules".to_owned(), text.to_owned())], &STANDARD)
}

#[test]
fn slips_are_put_right_and_questions_are_left() {
    let Mended { files, changes } = mended(WRONG);
    assert_eq!(files[0].1, RIGHT);
    let lines: Vec<(u32, &str)> =
        changes.iter().map(|change| (change.line, change.codes[0])).collect();
    assert_eq!(
        lines,
        [
            (5, "G-101"),
            (7, "G-407"),
            (10, "G-101"),
            (11, "G-505"),
            (14, "G-101"),
            (15, "G-407"),
            (16, "G-504"),
        ]
    );
    assert_eq!(mended(RIGHT), Mended { files, changes: vec![] });
}

fn network(text: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("rules")).unwrap();
    std::fs::write(folder.path().join("mithaq.toml"), "[network]\nname.en = \"N\"\n")
        .unwrap();
    std::fs::write(folder.path().join("rules/a.rules"), text).unwrap();
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(["--now", "2026-11-21", "check"])
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

/// As editors save files: each keeps its mark, its line ends and everything else.
#[test]
fn a_file_keeps_its_mark_and_its_line_ends() {
    let shapes: [&dyn Fn(&str) -> String; 4] = [
        &|text| text.to_owned(),
        &|text| format!("\u{feff}{}", text.replace('\n', "\r\n")),
        &|text| text.replace('\n', "\r"),
        &|text| text.trim_end().to_owned(),
    ];
    for shape in shapes {
        let (wrong, right) = (shape(WRONG), shape(RIGHT));
        let folder = network(wrong.as_bytes());
        let file = folder.path().join("rules/a.rules");
        let tried = check(folder.path(), &["--fix", "--dry-run"]);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), wrong);
        let fixed = check(folder.path(), &["--fix"]);
        assert_eq!(tried.stdout, fixed.stdout);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), right);
        let shown = String::from_utf8_lossy(&fixed.stdout).into_owned();
        for line in [
            "--- rules/a.rules\n",
            "@@ 7 @@ G-407\n-  Severty: high\n+  Severity: high\n",
            "-Rule A-6: the [U+202E]board[U+202C] meets monthly\n",
            "error G-201",
        ] {
            assert!(shown.contains(line), "{line}: {shown}");
        }
        assert!(!shown.contains('\u{202e}'));
        assert_eq!(fixed.status.code(), Some(2), "two questions are left");
        let again = check(folder.path(), &["--fix", "--language", "ar"]);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), right);
        let said = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(said.contains("لا شيء يمكن تصحيحه من دون سؤال."), "{said}");
        let names: Vec<_> =
            std::fs::read_dir(folder.path().join("rules")).unwrap().collect();
        assert_eq!(names.len(), 1, "nothing is left beside the file");
    }
}

/// What is no UTF-8 is told, and its bytes stay.
#[test]
fn other_encodings_are_left_alone() {
    let utf_16: Vec<u8> =
        WRONG.encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
    let windows =
        [b"Rule A: baord meets quarterly # ".as_slice(), b"\xe3\xcc\xe1\xd3\n"].concat();
    for bytes in [utf_16, windows] {
        let folder = network(&bytes);
        let fixed = check(folder.path(), &["--fix"]);
        assert_eq!(fixed.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&fixed.stdout).contains("G-503"), "{fixed:?}");
        assert_eq!(std::fs::read(folder.path().join("rules/a.rules")).unwrap(), bytes);
    }
}

/// Also: in JSON the lines stand with their codes, and what is left is what is told.
#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_mode_its_mode() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = network(b"");
    let real = folder.path().join("real.rules");
    std::fs::write(&real, "Rule A: baord meets quarterly\n").unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("rules/a.rules");
    std::fs::remove_file(&link).unwrap();
    symlink(&real, &link).unwrap();
    let fixed = check(folder.path(), &["--fix", "--format", "json"]);
    assert_eq!(fixed.status.code(), Some(0), "{fixed:?}");
    let said: Value = serde_json::from_slice(&fixed.stdout).unwrap();
    assert_eq!(said["fixes"][0]["after"], "Rule A: board meets quarterly");
    assert_eq!(said["fixes"][0]["codes"][0], "G-101");
    assert_eq!(said["diagnostics"].as_array().unwrap().len(), 0);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(
        std::fs::read_to_string(&real).unwrap(),
        "Rule A: board meets quarterly\n"
    );
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}

/// Canonical words, too, are written with the marks and line ends of the file.
#[test]
fn canonical_words_keep_the_marks_of_their_file() {
    let wrong = "# why\nRule A-1: board meets quarterly  # so\n  Weight: 3\n";
    let right = "# why\nRule A-1: The board meets at least once in each calendar quarter  # so\n  Weight: 3\n";
    for (mark, end) in [("\u{feff}", "\r\n"), ("", "\r"), ("", "\n")] {
        let folder = network(format!("{mark}{}", wrong.replace('\n', end)).as_bytes());
        let file = folder.path().join("rules/a.rules");
        for (arguments, changed) in
            [(&["fmt"][..], "rules/a.rules\n"), (&["fmt", "--check"], "")]
        {
            let output = Command::new(env!("CARGO_BIN_EXE_mithaq"))
                .args(arguments)
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(0), "{output:?}");
            assert_eq!(String::from_utf8_lossy(&output.stdout), changed);
            let text = std::fs::read_to_string(&file).unwrap();
            assert_eq!(text, format!("{mark}{}", right.replace('\n', end)));
        }
    }
}

/// A rule that is put right may not take the place of one that was right.
#[test]
fn a_sound_rule_keeps_its_place() {
    let text = "baord meets quarterly\nboard meets quarterly\n  Weight: 3\n";
    assert_eq!(mended(text).files[0].1, text);
    let two = "baord meets quarterly\nboard meets quarterly\nBoard mets monthly\n";
    assert_eq!(
        mended(two).files[0].1,
        "baord meets quarterly\nboard meets quarterly\nBoard meets monthly\n"
    );
}

fn meanings(text: &str) -> BTreeMap<String, String> {
    let source = [Source::new("rules/test.rules", text)];
    let (program, _) = compile(&source, &STANDARD);
    let rules = program.rulebooks.into_iter().flat_map(|book| book.rules);
    rules.map(|rule| (rule.id, rule.meaning)).collect()
}

/// The shipped rulebooks with slips planted in the sentences of some rules: nothing moves but
/// words of those sentences, no rule that was sound changes its meaning, and one that is put
/// right means what it meant.
#[test]
fn planted_slips_are_put_right_or_left_and_nothing_else_moves() {
    let full = std::env::var_os("MITHAQ_TEST_FULL").is_some();
    let rounds = if full { 40 } else { 2 };
    let mut seed = Seed(0x2545_f491_4f6c_dd1d);
    let names: Vec<String> = shelf::NAMES.iter().map(|name| (*name).to_owned()).collect();
    let files = shelf::files(&names);
    let books: Vec<&String> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".rules"))
        .map(|(_, text)| text)
        .collect();
    assert!(books.len() >= 6, "{}", books.len());
    let (mut planted, mut right, mut wrong) = (0, 0, Vec::new());
    for round in 0..rounds * 6 {
        let book = books[round % books.len()];
        let mut lines: Vec<String> = book.lines().map(str::to_owned).collect();
        let rules: Vec<usize> = (0..lines.len())
            .filter(|at| {
                let line = &lines[*at];
                line.starts_with("Rule ") || line.starts_with("القاعدة ")
            })
            .collect();
        for _ in 0..4 {
            let at = rules[seed.below(rules.len())];
            let Some((head, sentence)) = lines[at].split_once(": ") else { continue };
            let slipped = slip(sentence, &mut seed, language_of(sentence));
            let Some((sentence, _)) = slipped else { continue };
            lines[at] = format!("{head}: {sentence}");
        }
        let text = lines.join("\n") + "\n";
        let (original, before) = (meanings(book), meanings(&text));
        let Mended { files, changes } = mended(&text);
        let after = meanings(&files[0].1);
        for (id, meaning) in &before {
            assert_eq!(after.get(id), Some(meaning), "{id}");
        }
        let broken = original.keys().filter(|id| !before.contains_key(*id));
        for id in broken {
            planted += 1;
            match after.get(id) {
                Some(meaning) if Some(meaning) == original.get(id) => right += 1,
                Some(_) => wrong.push(id.clone()),
                None => {}
            }
        }
        let moved =
            text.lines().zip(files[0].1.lines()).filter(|(one, other)| one != other);
        assert_eq!(moved.count(), changes.len());
        assert_eq!(text.lines().count(), files[0].1.lines().count());
        assert_eq!(mended(&files[0].1).changes, []);
        let arabic = |it: &&str| language_of(it) == Language::Arabic;
        assert!(round > 0 || text.lines().any(|line| arabic(&line)));
    }
    println!(
        "slips that broke a rule: {planted}; put right: {right}; into another meaning: {}",
        wrong.len()
    );
    assert!(right * 2 >= planted, "{right} of {planted}");
    assert_eq!(wrong, Vec::<String>::new());
}
