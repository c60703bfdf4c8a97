//! Backups made while the network works, checked, damaged, and brought back.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::schema::breaches;
use crate::scratch::{Run, Scratch, minutes};

fn network() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.organization("nour");
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q1.md", minutes("3 March 2026"));
    scratch.drop_paper("nour", "q1.md", minutes("5 March 2026"));
    scratch.drop_paper("nour", "q1.md.mithaq.toml", "[facts]\n");
    scratch.now = "2026-07-01T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch
}

fn made(scratch: &Scratch, to: &Path) -> Value {
    let json = scratch.json(&["backup", to.to_str().unwrap()]);
    assert!(breaches("backup", &json).is_empty(), "{:?}", breaches("backup", &json));
    json["backup"].clone()
}

fn restore(scratch: &Scratch, from: &Path, into: &Path) -> Run {
    scratch.run(&["restore", from.to_str().unwrap(), into.to_str().unwrap()])
}

/// A network that was brought back, looked at like any other.
fn at(into: &Path, now: &str) -> impl Fn(&[&str]) -> Run + use<> {
    let (into, now) = (into.to_owned(), now.to_owned());
    move |arguments| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_mithaq"))
            .arg("--network")
            .arg(&into)
            .args(arguments)
            .env("MITHAQ_NOW", &now)
            .env("LANG", "C")
            .env_remove("LC_ALL")
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn what_comes_back_is_what_was_there() {
    let mut scratch = network();
    let place = tempfile::tempdir().unwrap();
    let (to, into) = (place.path().join("backups"), place.path().join("again"));
    let backup = made(&scratch, &to);
    assert_eq!((&backup["papers"], &backup["copied"]), (&3.into(), &3.into()));
    assert_eq!(backup["missing"], serde_json::json!([]));
    let run = restore(&scratch, &to, &into);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("No letter leaves by itself"), "{}", run.stderr);
    scratch.now = "2026-07-02T09:00:00Z".to_owned();
    let again = at(&into, &scratch.now);
    for command in [
        &["documents", "--format", "json"][..],
        &["verdicts", "--format", "json"],
        &["findings", "--all", "--format", "json"],
        &["index", "--format", "json"],
    ] {
        assert_eq!(again(command).stdout, scratch.run(command).stdout, "{command:?}");
    }
    assert_eq!(again(&["ledger", "verify"]).code, 0);
    assert!(again(&["ledger", "export"]).stdout.contains("\"restored\""));
    // Nothing new lies there: nobody is written to, and nothing is concluded.
    let letters = again(&["mail", "queue", "--all"]).stdout;
    let scanned = again(&["scan"]);
    assert_eq!(scanned.code, 0, "{}{}", scanned.stdout, scanned.stderr);
    assert_eq!(again(&["mail", "queue", "--all"]).stdout, letters);
    let doctor = again(&["doctor", "--format", "json"]).stdout;
    let doctor: Value = serde_json::from_str(&doctor).unwrap();
    for check in doctor["checks"].as_array().unwrap() {
        assert_ne!(check["state"], "fault", "{check:#}");
    }
    assert!(into.join("organizations/nour/papers/q1.md").is_file());
    assert!(into.join("organizations/nour/papers/q1.md.mithaq.toml").is_file());
}

#[test]
fn anybody_can_check_it_with_sha256sum() {
    let scratch = network();
    let place = tempfile::tempdir().unwrap();
    let backup = made(&scratch, place.path());
    let generation = place.path().join(backup["generation"].as_str().unwrap());
    let checked = std::process::Command::new("sha256sum")
        .args(["--check", "--quiet", "--strict", "SHA256SUMS"])
        .current_dir(&generation)
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let verified = scratch.json(&["backup", place.path().to_str().unwrap(), "--verify"]);
    assert!(breaches("backup", &verified).is_empty());
    assert_eq!(verified["verified"]["papers"], 3);
}

#[test]
fn a_second_generation_costs_what_is_new() {
    let mut scratch = network();
    let place = tempfile::tempdir().unwrap();
    made(&scratch, place.path());
    scratch.now = "2026-07-02T09:00:00Z".to_owned();
    scratch.drop_paper("amal", "q2.md", minutes("3 May 2026"));
    scratch.run(&["scan"]);
    let second = made(&scratch, place.path());
    assert_eq!((&second["papers"], &second["copied"]), (&4.into(), &1.into()));
    // The one of yesterday is still whole, and can be asked for.
    let into = place.path().join("../yesterday-of-backup");
    let arguments = ["restore", place.path().to_str().unwrap(), into.to_str().unwrap()];
    let first = "2026-07-01T09-00-00Z";
    let run = scratch.run(&[&arguments[..], &["--generation", first]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!into.join("organizations/amal/papers/q2.md").exists());
    std::fs::remove_dir_all(into).unwrap();
}

#[test]
fn older_generations_go_and_what_was_erased_goes_with_them() {
    let mut scratch = network();
    let place = tempfile::tempdir().unwrap();
    let to = place.path().to_str().unwrap().to_owned();
    made(&scratch, place.path());
    scratch.run(&["forget", "amal/q1.md", "--why", "x", "--by", "S", "--yes"]);
    let held = |words: &str| {
        files(place.path()).iter().any(|path| {
            String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains(words)
        })
    };
    assert!(held("3 March 2026"));
    for day in 2..5 {
        scratch.now = format!("2026-07-0{day}T09:00:00Z");
        let json = scratch.json(&["backup", &to, "--keep", "2"]);
        assert_eq!(json["backup"]["missing"], serde_json::json!([]));
    }
    let names: Vec<String> = std::fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("2026"))
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(
        !held("3 March 2026"),
        "of what was erased nothing is left in backups either"
    );
    assert!(held("5 March 2026"));
}

#[test]
fn a_backup_with_a_damaged_file_is_refused_whole() {
    let scratch = network();
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("backups");
    made(&scratch, &to);
    let into = place.path().join("again");
    for path in files(&to).into_iter().filter(|path| !path.ends_with("README.txt")) {
        let bytes = std::fs::read(&path).unwrap();
        let mut damaged = bytes.clone();
        match damaged.last_mut() {
            Some(last) if !path.ends_with("SHA256SUMS") => *last ^= 1,
            _ => damaged = b"0  x\n".to_vec(),
        }
        std::fs::write(&path, damaged).unwrap();
        let run = restore(&scratch, &to, &into);
        assert_eq!(run.code, 2, "{}: {}", path.display(), run.stdout);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(run.stderr.contains(name), "{name}: {}", run.stderr);
        let verified = scratch.run(&["backup", to.to_str().unwrap(), "--verify"]);
        assert_eq!(verified.code, 2, "{}", path.display());
        std::fs::write(&path, bytes).unwrap();
        assert!(!into.exists());
    }
    assert_eq!(restore(&scratch, &to, &into).code, 0);
    let refused = restore(&scratch, &to, &into);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("holds something"), "{}", refused.stderr);
}

#[test]
fn a_name_that_leads_out_of_the_backup_is_no_name() {
    let scratch = network();
    let place = tempfile::tempdir().unwrap();
    let backup = made(&scratch, place.path());
    let sums =
        place.path().join(backup["generation"].as_str().unwrap()).join("SHA256SUMS");
    let text = std::fs::read_to_string(&sums).unwrap();
    for name in ["/etc/passwd", "written/../../../x", "../papers/../x"] {
        let hash = "0".repeat(64);
        std::fs::write(&sums, format!("{text}{hash}  {name}\n")).unwrap();
        let run = restore(&scratch, place.path(), &place.path().join("../out-of-backup"));
        assert_eq!(run.code, 2, "{name}");
        assert!(run.stderr.contains("SHA256SUMS"), "{}", run.stderr);
    }
}

#[test]
fn letters_that_may_have_left_since_are_held_and_nothing_is_live() {
    let scratch = network();
    scratch
        .store()
        .execute_batch(
            "UPDATE outbox SET state = 'pending', sent_at = NULL;
         INSERT OR REPLACE INTO setting (key, value) VALUES ('live', 'yes')",
        )
        .unwrap();
    let place = tempfile::tempdir().unwrap();
    let (to, into) = (place.path().join("backups"), place.path().join("again"));
    made(&scratch, &to);
    let json = scratch.json(&["restore", to.to_str().unwrap(), into.to_str().unwrap()]);
    assert!(breaches("restore", &json).is_empty(), "{:?}", breaches("restore", &json));
    assert!(json["restored"]["held"].as_u64().unwrap() > 0);
    let again = at(&into, "2026-07-01T10:00:00Z");
    again(&["scan"]);
    let queue: Value =
        serde_json::from_str(&again(&["mail", "queue", "--format", "json"]).stdout)
            .unwrap();
    let letters = queue["letters"].as_array().unwrap();
    assert!(!letters.is_empty());
    assert!(letters.iter().all(|letter| letter["state"] == "held"), "{letters:#?}");
}

#[test]
fn it_is_made_whole_beside_a_daemon_that_works() {
    let scratch = network();
    let mut daemon = scratch
        .command(&["daemon", "--quiet"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let place = tempfile::tempdir().unwrap();
    let to = place.path().join("backups");
    for round in 0..4 {
        for paper in 0..8 {
            let day = format!("{} April 2026", 1 + round * 7 + paper % 7);
            scratch.drop_paper("amal", &format!("p{round}-{paper}.md"), minutes(&day));
        }
        let backup = made(&scratch, &to);
        assert_eq!(backup["missing"], serde_json::json!([]));
        let into = place.path().join(format!("again{round}"));
        let run = restore(&scratch, &to, &into);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        let again = at(&into, &scratch.now);
        assert_eq!(again(&["ledger", "verify"]).code, 0);
    }
    daemon.kill().unwrap();
    daemon.wait().unwrap();
}

#[test]
fn secrets_and_strange_places_are_left_alone() {
    let scratch = network();
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    scratch.write(
        "mithaq.toml",
        format!("{settings}\n[mail]\nfrom = \"m@example.org\"\n[smtp]\nhost = \"localhost\"\nport = 25\nuser = \"m\"\npassword_file = \"secret\"\n"),
    );
    scratch.write("secret", "hunter2\n");
    let place = tempfile::tempdir().unwrap();
    let run = scratch.run(&["backup", place.path().to_str().unwrap()]);
    assert_eq!(run.code, 3, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("secret"), "{}", run.stderr);
    let holds = |path: &PathBuf| {
        String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains("hunter2")
    };
    assert!(!files(place.path()).iter().any(holds));
    let inside = scratch.root().join("backups");
    assert_eq!(scratch.run(&["backup", inside.to_str().unwrap()]).code, 2);
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("diary.txt"), "mine").unwrap();
    assert_eq!(scratch.run(&["backup", other.path().to_str().unwrap()]).code, 2);
}

#[test]
fn an_older_store_put_in_by_hand_is_noticed() {
    let mut scratch = network();
    let store = scratch.root().join(".mithaq/store.sqlite");
    let aside = tempfile::tempdir().unwrap();
    let aside = aside.path().join("old.sqlite");
    scratch.store().execute("VACUUM INTO ?1", [aside.to_str().unwrap()]).unwrap();
    let old = std::fs::read(&aside).unwrap();
    scratch.now = "2026-07-02T09:00:00Z".to_owned();
    scratch.drop_paper("amal", "q2.md", minutes("3 May 2026"));
    scratch.run(&["scan"]);
    let live = "INSERT OR REPLACE INTO setting (key, value) VALUES ('live', 'yes')";
    for beside in ["store.sqlite-wal", "store.sqlite-shm"] {
        std::fs::remove_file(scratch.root().join(".mithaq").join(beside)).ok();
    }
    std::fs::write(&store, old).unwrap();
    scratch.store().execute(live, []).unwrap();
    let run = scratch.run(&["scan"]);
    assert!(run.stderr.contains("older store"), "{}{}", run.stdout, run.stderr);
    let status: String = scratch
        .store()
        .query_row("SELECT value FROM setting WHERE key = 'live'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(status, "no");
    assert_eq!(scratch.run(&["ledger", "verify"]).code, 0);
    let entries = scratch.run(&["ledger", "export"]).stdout;
    assert!(entries.contains("\"restored\"") && entries.contains("lost"), "{entries}");
    // Said once.
    let run = scratch.run(&["scan"]);
    assert!(!run.stderr.contains("older store"), "{}", run.stderr);
}

#[test]
fn a_file_that_is_only_touched_brings_nothing() {
    let mut scratch = network();
    let arrivals = || -> i64 {
        let count = "SELECT count(*) FROM arrival";
        scratch.store().query_row(count, [], |row| row.get(0)).unwrap()
    };
    let before = arrivals();
    for name in ["q1.md", "q1.md.mithaq.toml"] {
        let path = scratch.papers("nour").join(name);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    scratch.run(&["scan"]);
    assert_eq!(arrivals(), before);
    scratch.drop_paper("nour", "q2.md", minutes("3 May 2026"));
    let touched = scratch.papers("nour").join("q1.md");
    let bytes = std::fs::read(&touched).unwrap();
    std::fs::write(&touched, bytes).unwrap();
    scratch.now = "2026-07-02T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let receipt: String = scratch
        .store()
        .query_row("SELECT subject FROM outbox ORDER BY id DESC LIMIT 1", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(receipt.contains("1 file"), "{receipt}");
}

#[test]
fn it_can_be_laid_into_the_empty_folder_one_is_in() {
    let scratch = network();
    let place = tempfile::tempdir().unwrap();
    let (to, into) = (place.path().join("backups"), place.path().join("empty"));
    made(&scratch, &to);
    std::fs::create_dir(&into).unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(["restore", "../backups", "."])
        .current_dir(&into)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(into.join("mithaq.toml").is_file());
    assert!(!place.path().join(".empty.part").exists());
}
