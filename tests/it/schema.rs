//! The JSON of the commands against `docs/schema`, on the sample network.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[test]
fn every_schema_is_a_schema() {
    let names = schema_names();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        let schema = schema(&name);
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!("{name}: {error}");
        }
        assert_eq!(schema["properties"]["schema"]["const"], 1, "{name}");
    }
}

/// Each command of the sample network, with the schema that its JSON keeps.
const COMMANDS: [(&str, &[&str]); 27] = [
    ("scan", &["scan"]),
    ("check", &["check"]),
    ("check", &["check", "--fix", "--dry-run"]),
    ("check", &["check", "--sentence", "board meets quarterly"]),
    ("fmt", &["fmt", "--check"]),
    ("translate", &["translate", "--to", "ar"]),
    ("translate", &["translate", "--to", "en"]),
    ("explain", &["explain", "BRD-1"]),
    ("verdicts", &["verdicts"]),
    ("why", &["why", "zaytouna", "BRD-2"]),
    ("index", &["index"]),
    ("index-release", &["index", "release", "one"]),
    ("index-verify", &["index", "verify", "releases/one.json"]),
    ("index-sensitivity", &["index", "--sensitivity", "--runs", "9"]),
    ("export", &["export", "json"]),
    ("index-by", &["index", "--by", "type", "--delta", "2026-06-30..2026-11-20"]),
    ("documents", &["documents"]),
    ("findings", &["findings", "--all"]),
    ("replay", &["replay", "523DB110"]),
    ("mail", &["mail", "queue", "--all"]),
    ("status", &["status"]),
    ("doctor", &["doctor"]),
    ("ledger", &["ledger", "verify"]),
    ("words", &["words", "list"]),
    ("words", &["words", "find", "قوائم"]),
    (
        "words",
        &["words", "add", "--english", "gala", "--arabic", "حفل", "--kind", "an event"],
    ),
    ("read", &["read", "organizations/libraries/papers/Bylaws.docx"]),
];

#[test]
fn what_commands_print_keeps_their_schemas() {
    let scratch = tempfile::tempdir().unwrap();
    copy(&fixtures(), scratch.path());
    for (name, arguments) in COMMANDS {
        let output = Command::new(env!("CARGO_BIN_EXE_mithaq"))
            .args(["--format", "json", "--now", "2026-11-21"])
            .args(arguments)
            .current_dir(scratch.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let json: Value = serde_json::from_str(&said).unwrap_or_else(|error| {
            panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr))
        });
        let wrong = breaches(name, &json);
        assert!(wrong.is_empty(), "{arguments:?}: {wrong:#?}");
        let list = schema(name)["required"][1].as_str().unwrap_or("schema").to_owned();
        let empty = json[&list].as_array().is_some_and(Vec::is_empty);
        assert!(!empty, "{arguments:?}: `{list}` is empty, so nothing was compared");
    }
}

/// The sample network's folder, without the papers' earlier versions.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/networks/sharek")
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

fn schema_names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".schema.json").map(str::to_owned))
        .collect();
    names.sort();
    names
}

/// What of a command's JSON breaks its schema.
pub(crate) fn breaches(name: &str, json: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&schema(name)).unwrap();
    let errors = validator.iter_errors(json).take(3);
    errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn schema(name: &str) -> Value {
    let path = folder().join(format!("{name}.schema.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")
}
