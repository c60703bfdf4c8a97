//! What changed rules would do, tried on the sample network: the same as a pass then does,
//! and nothing stays of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const MORNING: &str = "2026-11-21T06:00:00Z";
const NOON: &str = "2026-11-21T10:00:00Z";

fn mithaq(folder: &Path, now: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mithaq"));
    command.current_dir(folder).args(["--now", now]).args(arguments).output().unwrap()
}

fn json(folder: &Path, now: &str, arguments: &[&str]) -> Value {
    let output = mithaq(folder, now, &[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

/// The sample network, scanned once.
fn scanned() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/networks/sharek");
    copy(&fixtures, scratch.path());
    let output = mithaq(scratch.path(), MORNING, &["scan", "-q"]);
    assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{output:?}");
    scratch
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

/// The index's rules with one sentence changed, beside the network.
fn changed(root: &Path) -> PathBuf {
    let rules = root.join("rules/governance-index.rules");
    let text = std::fs::read_to_string(rules).unwrap();
    assert!(text.contains("board meets quarterly"));
    let text = text.replace("board meets quarterly", "board meets monthly");
    let path = root.join("drafts/governance-index.rules");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

/// Who is written to and what about, those written to twice named twice.
fn letters(json: &Value, except: &[String]) -> Vec<String> {
    let letters = json["letters"].as_array().unwrap().iter();
    let mut told: Vec<String> = letters
        .map(|it| format!("{} {} {}", it["to"], it["kind"], it["subject"]))
        .filter(|it| !except.contains(it))
        .collect();
    told.sort();
    told
}

#[test]
fn what_is_tried_is_what_a_pass_then_does_and_nothing_stays_of_it() {
    let scratch = scanned();
    let root = scratch.path();
    let draft = changed(root);
    let before = json(root, NOON, &["verdicts"]);
    let queued = letters(&json(root, NOON, &["mail", "queue", "--all"]), &[]);
    let tried = json(root, NOON, &["try", draft.to_str().unwrap()]);
    let schema = include_str!("../../docs/schema/try.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&tried).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let only: Vec<&Value> = tried["changed"].as_array().unwrap().iter().collect();
    assert_eq!(only.len(), 1);
    assert_eq!(
        (&only[0]["rule"], &only[0]["change"]),
        (&"BRD-1".into(), &"changed".into())
    );
    // Nothing was stored or sent.
    assert_eq!(json(root, NOON, &["verdicts"]), before);
    assert_eq!(letters(&json(root, NOON, &["mail", "queue", "--all"]), &[]), queued);
    // The rules really change, and a pass does what was foretold.
    std::fs::copy(&draft, root.join("rules/governance-index.rules")).unwrap();
    let where_it_stands = json(root, NOON, &["try", "rules/governance-index.rules"]);
    assert_eq!(where_it_stands, tried);
    mithaq(root, NOON, &["scan", "-q"]);
    let after = json(root, NOON, &["verdicts"]);
    let states = |json: &Value| -> BTreeSet<(String, String, String)> {
        let verdicts = json["verdicts"].as_array().unwrap().iter();
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        verdicts
            .map(|it| {
                let rule = format!("{}/{}", text(&it["rulebook"]), text(&it["rule"]));
                (text(&it["organization"]), rule, text(&it["state"]))
            })
            .collect()
    };
    let (before, after) = (states(&before), states(&after));
    let flipped: BTreeSet<_> = after.difference(&before).cloned().collect();
    let foretold: BTreeSet<_> = tried["flips"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let text = |name: &str| it[name].as_str().unwrap().to_owned();
            let rule = format!("{}/{}", text("rulebook"), text("rule"));
            (text("organization"), rule, text("after"))
        })
        .collect();
    assert!(!foretold.is_empty());
    assert_eq!(flipped, foretold);
    let written = letters(&json(root, NOON, &["mail", "queue", "--all"]), &queued);
    assert!(!written.is_empty());
    assert_eq!(written, letters(&tried, &[]));
}

#[test]
fn days_of_the_past_are_looked_at_and_rules_that_are_wrong_are_not_tried() {
    let scratch = scanned();
    let root = scratch.path();
    let draft = changed(root);
    let draft = draft.to_str().unwrap();
    let today = json(root, NOON, &["try", draft]);
    let since = json(root, NOON, &["try", draft, "--since", "2026-01-01"]);
    let flips = |json: &Value| json["flips"].as_array().unwrap().len();
    assert!(flips(&since) > flips(&today));
    let days: BTreeSet<&str> = since["flips"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["on"].as_str().unwrap())
        .collect();
    assert!(
        days.iter().all(|day| ("2026-01-01"..="2026-11-21").contains(day)),
        "{days:?}"
    );
    let same = json(root, NOON, &["try", "rules/governance-index.rules"]);
    for list in ["changed", "flips", "index", "letters"] {
        assert_eq!(same[list].as_array().map(Vec::len), Some(0), "{list}");
    }
    std::fs::write(draft, "Rule BRD-1: the baord meets quarterly\n").unwrap();
    let wrong = mithaq(root, NOON, &["--language", "ar", "try", draft]);
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("G-101"));
    let arabic =
        mithaq(root, NOON, &["--language", "ar", "try", "--since", "soon", draft]);
    assert_eq!(arabic.status.code(), Some(2), "{arabic:?}");
}
