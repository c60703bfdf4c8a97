//! `mithaq mail` and `go-live` on a network of one organization, without any server.

use crate::scratch::{Scratch, minutes};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn mithaq(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(arguments)
        .arg("--network")
        .arg(root)
        .env("MITHAQ_NOW", "2026-11-21T08:00:00Z")
        .output()
        .unwrap()
}

/// A fresh network whose sample needs no settling.
fn network() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("alliance");
    let output =
        Command::new(env!("CARGO_BIN_EXE_mithaq")).arg("init").arg(&root).output();
    assert!(output.unwrap().status.success());
    let settings = std::fs::read_to_string(root.join("mithaq.toml")).unwrap();
    let settings = settings.replace("settle_seconds = 2", "settle_seconds = 0");
    std::fs::write(root.join("mithaq.toml"), settings).unwrap();
    (folder, root)
}

fn letters(output: &Output) -> Vec<Json> {
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    json["letters"].as_array().unwrap().clone()
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_preview_shows_what_a_scan_then_writes_and_changes_nothing() {
    let (_folder, root) = network();
    let preview = mithaq(&root, &["mail", "preview", "--format", "json"]);
    assert_eq!(preview.status.code(), Some(0));
    let foretold = letters(&preview);
    assert!(!foretold.is_empty());
    for letter in &foretold {
        let file = PathBuf::from(letter["file"].as_str().unwrap());
        assert!(file.exists() && file.with_extension("html").exists(), "{letter}");
        assert!(!letter["why"].as_str().unwrap().is_empty());
    }
    assert!(!root.join(".mithaq").exists(), "the network's own store was touched");
    assert_eq!(names(&root.join("outbox")), Vec::<String>::new());
    assert!(names(&root.join("mail-preview")).iter().all(|name| !name.starts_with('.')));

    mithaq(&root, &["scan"]);
    let queue = letters(&mithaq(&root, &["mail", "queue", "--all", "--format", "json"]));
    let subjects = |all: &[Json]| -> Vec<String> {
        all.iter().map(|one| format!("{} {}", one["to"], one["subject"])).collect()
    };
    assert_eq!(subjects(&foretold), subjects(&queue));
    for letter in &queue {
        let file = root.join(letter["file"].as_str().unwrap());
        let told = PathBuf::from(foretold[0]["file"].as_str().unwrap());
        assert!(file.exists());
        // Only the token is another one: a store that is not there yet has no secret.
        let bytes = |path: &Path| {
            let text = std::fs::read_to_string(path).unwrap();
            let lines: Vec<&str> =
                text.lines().filter(|line| !line.starts_with("Message-ID:")).collect();
            lines.join("\n")
        };
        assert_eq!(bytes(&file), bytes(&told));
    }
    assert!(letters(&mithaq(&root, &["mail", "preview", "--format", "json"])).is_empty());
}

#[test]
fn a_letter_can_be_written_again_and_only_one_that_is_there() {
    let (_folder, root) = network();
    mithaq(&root, &["scan"]);
    let before = names(&root.join("outbox"));
    assert_eq!(before.len(), 1);
    std::fs::remove_file(root.join("outbox").join(&before[0])).unwrap();
    assert_eq!(mithaq(&root, &["mail", "resend", "1"]).status.code(), Some(0));
    mithaq(&root, &["scan"]);
    assert_eq!(names(&root.join("outbox")), before);
    for missing in ["2", "-1", "x"] {
        let output = mithaq(&root, &["mail", "resend", missing]);
        assert_eq!(output.status.code(), Some(2), "{missing}");
    }
}

#[test]
fn without_a_server_a_test_is_written_and_nothing_goes_live() {
    let (_folder, root) = network();
    let test = ["mail", "test", "--to", "rana@example.org", "--format", "json"];
    let output = mithaq(&root, &test);
    assert_eq!(output.status.code(), Some(0));
    let letter = letters(&output).remove(0);
    assert_eq!(letter["sent"], false);
    assert!(Path::new(letter["file"].as_str().unwrap()).exists());
    for address in ["", "rana", "a@b\nBcc: c@d.example"] {
        let output = mithaq(&root, &["mail", "test", "--to", address]);
        assert_eq!(output.status.code(), Some(2), "{address}");
    }
    for (language, word) in [("en", "[smtp]"), ("ar", "خادم بريد")] {
        let output = mithaq(&root, &["go-live", "--language", language]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(word));
    }
}

/// Until somebody says `go-live`, a server in the settings changes nothing.
#[test]
fn a_network_is_quiet_until_it_is_live() {
    let (_folder, root) = network();
    let mut settings = std::fs::read_to_string(root.join("mithaq.toml")).unwrap();
    settings.push_str("\n[smtp]\nhost = \"127.0.0.1\"\nport = 1\n");
    std::fs::write(root.join("mithaq.toml"), settings).unwrap();
    mithaq(&root, &["scan"]);
    assert_eq!(names(&root.join("outbox")).len(), 1);
    let refused = mithaq(&root, &["go-live"]);
    assert_eq!(refused.status.code(), Some(2), "nobody listens there");
    let queue = letters(&mithaq(&root, &["mail", "queue", "--all", "--format", "json"]));
    assert_eq!(queue[0]["state"], "written");
}

/// Who serves two organizations has the letters of both, alike as they are.
#[test]
fn a_person_of_two_organizations_is_written_to_about_both() {
    let mut scratch = Scratch::new();
    scratch.write(
        "rules/board.rules",
        "Rule BRD-1: board meets at least 2 times a quarter\n",
    );
    for id in ["amal", "nour"] {
        scratch.organization(id);
        let path = format!("organizations/{id}/organization.toml");
        let register = std::fs::read_to_string(scratch.root().join(&path)).unwrap();
        let address = format!("secretary@{id}.example.org");
        scratch.write(&path, register.replace(&address, "rana@example.org"));
        scratch.drop_paper(id, "first.md", minutes("12 November 2026"));
    }
    for day in ["2026-11-21", "2026-11-29", "2026-12-01", "2026-12-02"] {
        if day == "2026-12-02" {
            for id in ["amal", "nour"] {
                scratch.drop_paper(id, "both.md", minutes("1 December 2026"));
            }
        }
        scratch.now = format!("{day}T12:00:00Z");
        assert_ne!(scratch.run(&["scan"]).code, 2);
    }
    let store = scratch.store();
    for kind in ["first_summary", "digest", "due_soon", "receipt"] {
        let of = |id: &str| -> i64 {
            let asked =
                "SELECT count(*) FROM outbox WHERE kind = ?1 AND organization = ?2";
            store.query_row(asked, [kind, id], |row| row.get(0)).unwrap()
        };
        assert!(of("amal") > 0, "{kind}");
        assert_eq!(of("amal"), of("nour"), "{kind}");
    }
    let named = "SELECT count(DISTINCT message_id) = count(*) FROM outbox";
    assert!(store.query_row(named, [], |row| row.get::<_, bool>(0)).unwrap());
}
