//! The house's own rules, as tests: layers, file headers, sizes, words that must not occur.
//!
//! Each check is a function from files to breaches, so that a planted breach proves that
//! it can fail.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The layers, lowest first. A module uses its own row and the rows before it.
const LAYERS: [&[&str]; 10] = [
    &["text", "calendar", "limits", "lexicon"],
    &["diagnostics", "config"],
    &["form", "norm", "vocabulary"],
    &["rulebook", "compile", "example", "program", "editor"],
    &["document", "evidence", "organization", "extract", "recognise", "timeline"],
    &["verdict", "judge"],
    &["finding", "index", "delta", "reckoning", "remedy"],
    &["letters", "plan", "proof", "analysis", "answers"],
    &["shell"],
    &["cli", "main", "lib"],
];

/// Longer files are two nouns in one.
const SOURCE_LINES_MAX: usize = 500;
/// Larger files belong beside the repository, or are made by a script.
const TRACKED_BYTES_MAX: u64 = 256 * 1024;

/// A file of the repository: its path from the root with `/`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    fn is_source(&self) -> bool {
        self.path.starts_with("src/") && self.has_extension("rs")
    }

    fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|it| it == extension)
    }
}

#[test]
fn layers_point_down() {
    assert_none(&layer_breaches(&tracked_texts()));
}

#[test]
fn lib_lists_modules_lowest_first() {
    assert_none(&order_breaches(&tracked_texts()));
}

#[test]
fn the_page_of_the_architecture_names_every_module() {
    let page = include_str!("../../docs/ARCHITECTURE.md");
    let modules = LAYERS.iter().flat_map(|row| row.iter());
    let unnamed: Vec<String> = modules
        .filter(|module| **module != "lib" && !page.contains(&format!("`{module}`")))
        .map(|module| format!("docs/ARCHITECTURE.md: does not name `{module}`"))
        .collect();
    assert_none(&unnamed);
}

#[test]
fn every_file_says_what_it_owns() {
    assert_none(&header_breaches(&tracked_texts()));
}

#[test]
fn files_are_one_noun_long() {
    assert_none(&length_breaches(&tracked_texts()));
}

#[test]
fn nothing_unfinished_and_nothing_of_one_machine() {
    assert_none(&word_breaches(&tracked_texts()));
}

#[test]
fn grammars_and_forms_are_twins() {
    assert_none(&twin_breaches(&tracked_texts()));
}

#[test]
fn tracked_files_are_small() {
    let large: Vec<String> = tracked_paths()
        .into_iter()
        .filter(|path| {
            root().join(path).metadata().is_ok_and(|it| it.len() > TRACKED_BYTES_MAX)
        })
        .map(|path| format!("{path}: over {TRACKED_BYTES_MAX} bytes"))
        .collect();
    assert_none(&large);
}

#[test]
fn a_planted_breach_is_found() {
    let up = File::new("src/calendar.rs", "//! Days.\nuse crate::judge::Verdict;\n");
    assert_eq!(
        layer_breaches(&[up]),
        ["src/calendar.rs:2: `calendar` must not know `judge`"]
    );
    let path = File::new("src/judge/count.rs", "let t = crate::shell::clock::now();\n");
    assert_eq!(
        layer_breaches(&[path]),
        ["src/judge/count.rs:1: `judge` must not know `shell`"]
    );
    let grouped = File::new("src/plan.rs", "use crate::{text::fold, verdict::State};\n");
    assert_eq!(
        layer_breaches(&[grouped]),
        ["src/plan.rs:1: one module per `use`, so that this test can read it"]
    );
    let stray = File::new("src/helpers.rs", "//! Odds and ends.\n");
    assert_eq!(layer_breaches(&[stray]), ["src/helpers.rs: `helpers` is in no layer"]);
    let comment = File::new("src/text.rs", "/// As [`crate::judge`] says.\n");
    assert_eq!(layer_breaches(&[comment]), [""; 0]);

    let order = File::new("src/lib.rs", "pub mod plan;\npub mod text;\n");
    assert_eq!(order_breaches(&[order]), ["src/lib.rs:2: `text` belongs above `plan`"]);
    let bare = File::new("src/text.rs", "use std::fmt;\n");
    assert_eq!(header_breaches(&[bare]).len(), 1);
    let long = File::new("src/text.rs", &"\n".repeat(SOURCE_LINES_MAX + 1));
    assert_eq!(length_breaches(&[long]).len(), 1);
    let folder = File::new("src/judge/mod.rs", "//! The judge.\n");
    assert_eq!(length_breaches(&[folder]).len(), 1);
    let later = File::new("src/text.rs", concat!("// TO", "DO: later\n"));
    assert_eq!(word_breaches(&[later]).len(), 1);
    let machine = File::new("docs/x.md", concat!("see /wo", "rk/notes\n"));
    assert_eq!(word_breaches(&[machine]).len(), 1);
    let single = File::new("grammar/forms/notice.pest", "");
    assert_eq!(twin_breaches(&[single]).len(), 1);
}

fn layer_breaches(files: &[File]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files.iter().filter(|it| it.is_source()) {
        let module = module_of(&file.path);
        let Some(row) = row_of(module) else {
            breaches.push(format!("{}: `{module}` is in no layer", file.path));
            continue;
        };
        for (number, line) in code_lines(&file.text) {
            let place = format!("{}:{number}", file.path);
            if line.contains("crate::{") {
                breaches.push(format!(
                    "{place}: one module per `use`, so that this test can read it"
                ));
            }
            for used in modules_named(line) {
                match row_of(used) {
                    Some(lower) if lower <= row => {}
                    Some(_) => breaches
                        .push(format!("{place}: `{module}` must not know `{used}`")),
                    None => breaches.push(format!("{place}: `{used}` is in no layer")),
                }
            }
        }
    }
    breaches
}

/// `src/lib.rs` declares its modules in the order of the layers.
fn order_breaches(files: &[File]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files.iter().filter(|it| it.path == "src/lib.rs") {
        let mut before = "text";
        for (number, line) in code_lines(&file.text) {
            let Some(module) = line.strip_prefix("pub mod ") else { continue };
            let module = module.trim_end_matches(';');
            if row_of(module) < row_of(before) {
                breaches.push(format!(
                    "{}:{number}: `{module}` belongs above `{before}`",
                    file.path
                ));
            }
            before = module;
        }
    }
    breaches
}

fn header_breaches(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|it| {
            it.has_extension("rs") && !it.text.starts_with("//!")
                || it.has_extension("pest") && !it.text.starts_with("//")
        })
        .map(|it| format!("{}: says on its first line what it owns", it.path))
        .collect()
}

fn length_breaches(files: &[File]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files {
        if file.path.ends_with("/mod.rs") {
            breaches.push(format!("{}: is named for its noun, not `mod.rs`", file.path));
        }
        if file.is_source() && file.text.lines().count() > SOURCE_LINES_MAX {
            breaches.push(format!("{}: over {SOURCE_LINES_MAX} lines", file.path));
        }
    }
    breaches
}

/// Marks of unfinished work, paths of one machine, and hosts that packages come from.
fn word_breaches(files: &[File]) -> Vec<String> {
    // Each is written in two halves, so that this file does not breach its own rule.
    const UNFINISHED: [&str; 4] = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("to", "do!("),
        concat!("XX", "X:"),
    ];
    const ELSEWHERE: [&str; 6] = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("crates", ".io"),
        concat!("py", "pi.org"),
        concat!("npm", "js.org"),
        concat!("deb.deb", "ian.org"),
    ];
    let mut breaches = Vec::new();
    for file in files.iter().filter(|it| it.path != "Cargo.lock") {
        for (number, line) in file.text.lines().enumerate() {
            for word in
                UNFINISHED.iter().chain(&ELSEWHERE).filter(|it| line.contains(**it))
            {
                breaches.push(format!("{}:{}: `{word}`", file.path, number + 1));
            }
        }
    }
    breaches
}

/// A sentence form is one grammar and one Rust file of the same name.
fn twin_breaches(files: &[File]) -> Vec<String> {
    let has = |path: &str| files.iter().any(|it| it.path == path);
    files
        .iter()
        .filter_map(|it| it.path.strip_prefix("grammar/forms/")?.strip_suffix(".pest"))
        .filter(|name| !has(&format!("src/form/{name}.rs")))
        .map(|name| format!("grammar/forms/{name}.pest: has no twin src/form/{name}.rs"))
        .collect()
}

/// `src/judge/count.rs` and `src/judge.rs` are of the module `judge`.
fn module_of(path: &str) -> &str {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    inner.split('/').next().unwrap_or(inner)
}

fn row_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// Lines with their numbers from 1, comments cut off.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or(line)))
}

/// The modules that a line names as `crate::module`; macros live at the root and are none.
fn modules_named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_')?;
        let (name, after) = rest.split_at(end);
        (!name.is_empty() && !after.starts_with('!')).then_some(name)
    })
}

fn tracked_texts() -> Vec<File> {
    tracked_paths()
        .into_iter()
        .filter_map(|path| {
            let text = std::fs::read_to_string(root().join(&path)).ok()?;
            Some(File { path, text })
        })
        .collect()
}

/// What git tracks or would track; without git, every file outside `target`.
fn tracked_paths() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    match listed {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout)
            .split('\0')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        _ => {
            let mut paths = Vec::new();
            walk(&root(), &mut paths);
            paths
        }
    }
}

fn walk(folder: &Path, paths: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != ".git" {
            walk(&path, paths);
        } else if path.is_file() {
            let inner = path.strip_prefix(root()).unwrap();
            paths.push(inner.to_string_lossy().into_owned());
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[track_caller]
fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}
