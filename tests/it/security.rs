//! `docs/SECURITY.md` names a test for each threat: it has to be there. And the threats that
//! are of no other topic.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use mithaq::shell::folder::Folder;

use crate::scratch::{Scratch, minutes};

#[test]
fn every_threat_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/SECURITY.md")).unwrap();
    let lines: Vec<&str> =
        page.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(lines.len() >= 20, "{}", lines.len());
    for line in lines {
        let tried = line.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let tests: Vec<&str> =
            tried.split('`').filter(|part| part.contains("::")).collect();
        assert!(!tests.is_empty(), "no test: {line}");
        for test in tests {
            let (module, name) = test.split_once("::").unwrap();
            let text =
                std::fs::read_to_string(root.join(format!("tests/it/{module}.rs")));
            let text = text.unwrap_or_default();
            assert!(text.contains(&format!("fn {name}(")), "{test} is not there");
        }
    }
}

#[test]
fn a_file_that_is_swapped_for_a_link_gives_nothing_away() {
    let folder = tempfile::tempdir().unwrap();
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "secret").unwrap();
    let at = |name: &str| folder.path().join(name);
    let over = AtomicBool::new(false);
    std::fs::write(at("paper.txt"), "harmless").unwrap();
    std::os::unix::fs::symlink(secret.path(), at("other")).unwrap();
    let (mut plain, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let exchange = rustix::fs::RenameFlags::EXCHANGE;
            let here = rustix::fs::CWD;
            while !over.load(Ordering::Relaxed) {
                let (one, other) = (at("paper.txt"), at("other"));
                rustix::fs::renameat_with(here, one, here, other, exchange).unwrap();
                std::thread::sleep(std::time::Duration::from_micros(100));
            }
        });
        let opened = Folder::open(folder.path()).unwrap();
        while plain < 100 || refused < 1_000 {
            match opened.read(b"paper.txt") {
                Ok((bytes, _)) => {
                    assert_eq!(bytes, b"harmless");
                    plain += 1;
                }
                Err(_) => refused += 1,
            }
        }
        over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn no_name_of_a_file_writes_a_line_or_a_colour_of_its_own() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let name = "a\nERROR forged: all is lost\u{1b}[31m\u{202e}fdp.md";
    scratch.drop_paper("amal", name, minutes("3 March 2026"));
    scratch.drop_paper("amal", &format!("{name}.tmp\u{7}\r"), "x");
    for arguments in [
        &["-vv", "scan"][..],
        &["-vv", "--log", "json", "scan"],
        &["documents", "--aside"],
        &["why", "amal", "board-meets-at-least-once-in-each-calendar-quarter"],
        &["mail", "queue", "--all"],
        &["correct"],
        &["doctor"],
    ] {
        let run = scratch.run(arguments);
        for said in [&run.stdout, &run.stderr] {
            let forged = |line: &str| line.trim_start().starts_with("ERROR forged");
            assert!(!said.lines().any(forged), "{arguments:?}: {said}");
            let harmful = |it: char| {
                (it.is_control() && it != '\n') || ('\u{202a}'..='\u{202e}').contains(&it)
            };
            assert!(!said.contains(harmful), "{arguments:?}: {said:?}");
        }
    }
}

#[test]
fn the_password_is_in_no_log_and_not_in_the_store() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    scratch.write(
        "mithaq.toml",
        format!(
            "{settings}\n[mail]\nfrom = \"m@example.org\"\n[smtp]\nhost = \"localhost\"\n\
             port = 1\nuser = \"m\"\npassword_file = \"secret\"\n"
        ),
    );
    scratch.write("secret", "correct-horse-battery\n");
    scratch.drop_paper("amal", "q1.md", minutes("3 March 2026"));
    scratch.run(&["scan"]);
    let live = "INSERT OR REPLACE INTO setting (key, value) VALUES ('live', 'yes')";
    scratch.store().execute(live, []).unwrap();
    for arguments in [
        &["-vv", "scan"][..],
        &["-vv", "--log", "json", "mail", "test", "a@example.org"],
        &["-vv", "doctor"],
        &["-vv", "go-live"],
        &["--format", "json", "doctor"],
    ] {
        let run = scratch.run(arguments);
        assert!(!run.stdout.contains("correct-horse"), "{arguments:?}: {}", run.stdout);
        assert!(!run.stderr.contains("correct-horse"), "{arguments:?}: {}", run.stderr);
    }
    for name in ["store.sqlite", "store.sqlite-wal"] {
        let bytes = std::fs::read(scratch.root().join(".mithaq").join(name));
        let bytes = bytes.unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("correct-horse"), "{name}");
    }
}
