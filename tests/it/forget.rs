//! A paper that should never have been dropped, through the real binary: erased everywhere,
//! with a record that it was, and without a verdict that pretends it never came.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::schema::breaches;
use crate::scratch::{Run, Scratch, minutes};

/// Words that stand in the paper alone.
const SECRET: &str = "Passport 7719034 of Layla";

/// Minutes that hold what they should not.
fn unwise() -> String {
    minutes("3 March 2026").replace("Present: 7", &format!("{SECRET}. Present: 7"))
}

fn network() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q2.md", minutes("5 May 2026"));
    scratch.now = "2026-07-01T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch.now = "2026-07-02T09:00:00Z".to_owned();
    scratch.drop_paper("amal", "layla-q1.md", unwise());
    let run = scratch.run(&["scan"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    scratch.now = "2026-08-01T09:00:00Z".to_owned();
    scratch
}

fn forget(scratch: &Scratch, arguments: &[&str]) -> Run {
    let all = ["forget", "--by", "Salma", "--why", "a passport was in it"];
    scratch.run(&[&all, arguments].concat())
}

/// The files of a network, but for the drop folders, that hold any of these words.
fn holding(root: &Path, words: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().unwrap() != "papers"
                    || path.starts_with(root.join(".mithaq"))
                {
                    folders.push(path);
                }
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let holds = |words: &&str| {
                bytes.windows(words.len()).any(|window| window == words.as_bytes())
            };
            if words.iter().any(holds) {
                found.push(path);
            }
        }
    }
    found
}

fn document(scratch: &Scratch, begins: &str) -> Value {
    let documents = scratch.json(&["documents"]);
    assert!(breaches("documents", &documents).is_empty());
    let all = documents["documents"].as_array().unwrap().clone();
    let lies = |paper: &&Value| {
        paper["forgotten"].is_object() == begins.is_empty()
            && (begins.is_empty()
                || paper["paths"][0].as_str().unwrap().starts_with(begins))
    };
    all.iter().find(lies).cloned().unwrap_or_else(|| panic!("{begins}: {all:#?}"))
}

fn first_quarter(scratch: &Scratch) -> String {
    let verdicts = scratch.json(&["verdicts", "--as-of", "2026-08-01"]);
    verdicts["verdicts"][0]["slots"][0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn nothing_is_left_of_it_but_that_it_was() {
    let mut scratch = network();
    assert_eq!(first_quarter(&scratch), "met");
    assert!(!holding(scratch.root(), &[SECRET]).is_empty(), "the test looks for it");
    let letters = holding(&scratch.root().join("outbox"), &["layla-q1"]);
    assert!(!letters.is_empty(), "letters speak of it");

    let shown = forget(&scratch, &["layla-q1.md"]);
    assert_eq!(shown.code, 3, "{}", shown.stderr);
    assert!(shown.stderr.contains("Nothing was erased"), "{}", shown.stderr);
    assert!(!holding(scratch.root(), &[SECRET]).is_empty());

    std::fs::remove_file(scratch.papers("amal").join("layla-q1.md")).unwrap();
    let run = forget(&scratch, &["layla-q1.md", "--yes"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(holding(scratch.root(), &[SECRET, "7719034"]).is_empty());
    // Its name goes when the file has been missing for long enough to be gone.
    scratch.now = "2026-08-02T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let aged = "UPDATE file SET missing_since = 0 WHERE missing_since IS NOT NULL";
    assert_eq!(scratch.store().execute(aged, []).unwrap(), 1);
    scratch.run(&["scan"]);
    let left = holding(scratch.root(), &[SECRET, "7719034", "layla-q1"]);
    let left: Vec<&PathBuf> =
        left.iter().filter(|path| !path.ends_with("knock")).collect();
    assert!(left.is_empty(), "{left:?}");

    let gone = document(&scratch, "");
    assert_eq!(gone["forgotten"]["by"], "Salma");
    assert_eq!(gone["forgotten"]["why"], "a passport was in it");
    assert_eq!(
        (&gone["state"], &gone["problem"]),
        (&"not_accepted".into(), &"forgotten".into())
    );
    assert_eq!(gone["kind"], "board_minutes");
    assert_eq!(scratch.run(&["ledger", "verify"]).code, 0);
    assert_eq!(scratch.json(&["correct"])["queue"], serde_json::json!([]));
    let entries = scratch.run(&["ledger", "export"]).stdout;
    assert!(entries.contains("\"forgotten\"") && entries.contains("Salma"));
    let doctor = scratch.json(&["doctor"]);
    let kept = doctor["checks"].as_array().unwrap().iter();
    assert!(
        kept.clone()
            .any(|check| check["name"] == "kept_papers" && check["state"] == "ok")
    );
}

#[test]
fn a_verdict_that_rested_on_it_says_so() {
    let scratch = network();
    forget(&scratch, &["layla-q1.md", "--yes"]);
    assert_eq!(first_quarter(&scratch), "insufficient_evidence");
    let why = scratch.json(&["why", "amal", "BRD-1"]);
    assert!(breaches("why", &why).is_empty(), "{:?}", breaches("why", &why));
    assert_eq!(why["verdicts"][0]["forgotten"][0]["by"], "Salma");
    for (language, words) in [("en", "had the paper"), ("ar", "بطلب من")] {
        let said = scratch.run(&["why", "amal", "BRD-1", "--language", language]).stdout;
        assert!(said.contains(words) && said.contains("forgotten-"), "{said}");
    }
    // A copy without it proves the meeting again.
    scratch.drop_paper("amal", "q1.md", minutes("3 March 2026"));
    scratch.run(&["scan"]);
    assert_eq!(first_quarter(&scratch), "met");
}

#[test]
fn a_passport_scan_holds_no_verdict_up() {
    let mut scratch = network();
    scratch.drop_paper("amal", "scan.txt", "Passport\nNo. 7719034\nLayla Hamdan\n");
    scratch.run(&["scan"]);
    let before = first_quarter(&scratch);
    forget(&scratch, &["scan.txt", "--yes"]);
    let listed = scratch.run(&["documents", "--language", "ar"]).stdout;
    assert!(!listed.contains("none of ours"), "{listed}");
    scratch.now = "2026-10-20T09:00:00Z".to_owned();
    assert_eq!(first_quarter(&scratch), before);
    let verdicts = scratch.json(&["verdicts", "--as-of", "2026-10-20"]);
    assert_eq!(verdicts["verdicts"][0]["slots"][2]["state"], "not_met", "{verdicts:#}");
}

#[test]
fn the_same_bytes_are_not_taken_in_again() {
    let mut scratch = network();
    let run = forget(&scratch, &["layla-q1.md", "--yes"]);
    assert!(run.stderr.contains("still lies in the drop folder"), "{}", run.stderr);
    // A change of words has every paper read again; this one has nothing to be read.
    scratch.write(
        "vocabulary/own.rules",
        "Body \"steering group\" (\"المجموعة التوجيهية\")\n",
    );
    scratch.now = "2026-08-02T09:00:00Z".to_owned();
    scratch.drop_paper("amal", "again.md", unwise());
    scratch.run(&["scan"]);
    assert!(holding(&scratch.root().join(".mithaq"), &[SECRET]).is_empty());
    let again = scratch.json(&["documents"]);
    let again = again["documents"].as_array().unwrap();
    assert!(again.iter().all(|paper| paper["sha256"].is_string()));
    let gone = document(&scratch, "");
    assert!(gone["paths"].as_array().unwrap().iter().any(|path| path == "again.md"));
    assert_eq!(gone["problem"], "forgotten");
    let letters = scratch.json(&["mail", "queue", "--all"]);
    let letters = letters["letters"].as_array().unwrap();
    assert!(letters.iter().any(|letter| letter["kind"] == "problem"), "{letters:#?}");
    assert_eq!(forget(&scratch, &["again.md", "--yes"]).code, 2, "it is gone already");
    let said = scratch.run(&["correct", "again.md", "kind=board_minutes", "--by", "X"]);
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("was erased"), "{}", said.stderr);
}

#[test]
fn what_another_organization_holds_stays_its_own() {
    let scratch = network();
    scratch.organization("nour");
    scratch.drop_paper("nour", "q1.md", unwise());
    scratch.run(&["scan"]);
    assert_eq!(forget(&scratch, &["layla-q1.md", "--yes"]).code, 0);
    let verdicts = scratch.json(&["verdicts", "--organization", "nour"]);
    assert_eq!(verdicts["verdicts"][0]["slots"][0]["state"], "met");
    assert_eq!(scratch.run(&["doctor"]).code, 0);
    assert_eq!(forget(&scratch, &["q1.md", "--organization", "nour", "--yes"]).code, 0);
    let left = holding(&scratch.root().join(".mithaq"), &[SECRET]);
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_came_inside_a_letter_goes_with_it() {
    let scratch = network();
    let letter = format!(
        "From: a@example.org\r\nSubject: papers\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nPlease find it.\r\n--b\r\n\
         Content-Type: text/markdown; name=inner.md\r\n\
         Content-Disposition: attachment; filename=inner.md\r\n\r\n{}\r\n--b--\r\n",
        unwise().replace('\n', "\r\n").replace("3 March", "4 March")
    );
    scratch.drop_paper("amal", "letter.eml", letter);
    scratch.run(&["scan"]);
    let refused = forget(&scratch, &["letter.eml/inner.md", "--yes"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("inside another paper"), "{}", refused.stderr);
    let run = scratch.json(&[
        "forget",
        "letter.eml",
        "--why",
        "a passport",
        "--by",
        "S",
        "--yes",
    ]);
    assert!(breaches("forget", &run).is_empty(), "{:?}", breaches("forget", &run));
    assert_eq!(run["forgotten"]["papers"].as_array().unwrap().len(), 2);
    forget(&scratch, &["layla-q1.md", "--yes"]);
    assert!(holding(&scratch.root().join(".mithaq"), &[SECRET, "inner.md"]).is_empty());
}

#[test]
fn a_finding_that_rested_on_it_is_told_with_that() {
    let mut scratch = network();
    scratch.write("rules/board.rules", "Rule BRD-2: board meets monthly\n");
    scratch.run(&["scan"]);
    scratch.now = "2026-08-20T09:00:00Z".to_owned();
    scratch.drop_paper(
        "amal",
        "late.md",
        minutes("7 July 2026").replace("Present", &format!("{SECRET}. Present")),
    );
    scratch.run(&["scan"]);
    forget(&scratch, &["late.md", "--yes"]);
    let findings = scratch.json(&["findings", "--all"]);
    let july = findings["findings"].as_array().unwrap().iter();
    let july = july
        .clone()
        .find(|one| one["slot"]["from"] == "2026-07-01" || one["from"] == "2026-07-01");
    let july = july.unwrap_or_else(|| panic!("{findings:#}"));
    let replayed = scratch.json(&["replay", july["id"].as_str().unwrap()]);
    assert!(
        breaches("replay", &replayed).is_empty(),
        "{:?}",
        breaches("replay", &replayed)
    );
    let versions = replayed["replayed"][0]["versions"].as_array().unwrap();
    let told = |version: &&Value| {
        version["forgotten"].as_array().is_some_and(|all| !all.is_empty())
    };
    assert!(versions.iter().any(|version| told(&version)), "{replayed:#}");
    let letters =
        versions.iter().flat_map(|version| version["letters"].as_array().unwrap());
    assert!(letters.clone().all(|letter| letter["proved"] == true), "{replayed:#}");
}

#[test]
fn letters_that_have_not_left_do_not_leave() {
    let scratch = network();
    scratch.drop_paper("amal", "third.md", unwise().replace("3 March", "6 March"));
    // Read and answered, and nobody has delivered yet.
    let store = {
        scratch.run(&["scan"]);
        scratch.store()
    };
    store
        .execute(
            "UPDATE outbox SET state = 'pending', sent_at = NULL WHERE kind = 'receipt'",
            [],
        )
        .unwrap();
    drop(store);
    forget(&scratch, &["third.md", "--yes"]);
    let states: Vec<(String, i64)> = {
        let store = scratch.store();
        let mut asked = store
            .prepare("SELECT state, length(raw) FROM outbox WHERE raw = x''")
            .unwrap();
        let rows = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert!(states.iter().any(|(state, _)| state == "dropped"), "{states:?}");
    let emptied: i64 = scratch
        .store()
        .query_row("SELECT min(id) FROM outbox WHERE raw = x''", [], |row| row.get(0))
        .unwrap();
    let resent = scratch.run(&["mail", "resend", &emptied.to_string()]);
    assert_eq!(resent.code, 2, "nothing is left to be sent");
    assert!(
        !holding(scratch.root(), &["third.md"]).iter().any(|path| path.ends_with("eml")),
        "{}",
        resent.stdout
    );
}

#[test]
fn a_stop_before_the_sweep_is_made_up_for() {
    let scratch = network();
    let document = document(&scratch, "layla");
    let hash = document["sha256"].as_str().unwrap().to_owned();
    let kept = scratch.root().join(".mithaq/papers").join(&hash[..2]).join(&hash[2..]);
    let bytes = std::fs::read(&kept).unwrap();
    forget(&scratch, &["layla-q1.md", "--yes"]);
    assert!(!kept.exists());
    std::fs::write(&kept, bytes).unwrap();
    scratch.store().execute("UPDATE forgotten SET swept = 0", []).unwrap();
    scratch.run(&["scan"]);
    assert!(!kept.exists());
    let swept: i64 = scratch
        .store()
        .query_row("SELECT min(swept) FROM forgotten", [], |row| row.get(0))
        .unwrap();
    assert_eq!(swept, 1);
}

#[test]
fn the_daemon_erases_it_at_once() {
    let scratch = network();
    let mut daemon = scratch.daemon();
    let run =
        scratch.json(&["forget", "layla-q1.md", "--why", "x", "--by", "S", "--yes"]);
    assert_eq!(run["forgotten"]["erased"], true);
    assert_eq!(first_quarter(&scratch), "insufficient_evidence");
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    // Whatever it had not swept when it died, the next one sweeps.
    scratch.run(&["scan"]);
    assert!(holding(&scratch.root().join(".mithaq"), &[SECRET]).is_empty());
}

/// Lina and Omar stand in no register. A letter names them as those who have not signed, and
/// quotes nothing.
#[test]
fn a_letter_that_names_whom_a_paper_alone_named_is_emptied() {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.write(
        "rules/board.rules",
        "Rule COI-1: every board member signs a conflict of interest declaration each year\n",
    );
    let list = |year: u32, rest: &str| {
        format!(
            "List of board members\nDate: 10 January {year}\nName | Post\n---- | ----\n{rest}"
        )
    };
    scratch.now = "2026-07-01T09:00:00Z".to_owned();
    scratch.drop_paper("amal", "old.md", list(2025, "Omar Saleh | Member\n"));
    let both = "Lina Haddad | Chair\nOmar Saleh | Member\n";
    scratch.drop_paper("amal", "list.md", list(2026, both));
    scratch.run(&["scan"]);
    scratch.now = "2027-02-15T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let naming = |folder: &str| {
        holding(&scratch.root().join(folder), &["lina haddad", "Lina Haddad"])
    };
    assert_eq!(naming("outbox").len(), 1, "a finding names who has not signed");
    forget(&scratch, &["old.md", "--yes"]);
    assert_eq!(naming("outbox").len(), 1, "Omar is known from another paper");
    forget(&scratch, &["list.md", "--yes"]);
    assert_eq!(naming("outbox"), Vec::<PathBuf>::new());
    assert_eq!(naming(".mithaq"), Vec::<PathBuf>::new());
}

#[test]
fn a_short_name_empties_no_letter_that_only_has_its_letters() {
    let marks = |names: &[&str]| {
        let passages = ["3 May 2026", "Present: seven of the nine members"];
        mithaq::letters::quoted::Marks::of(passages.into_iter(), names.iter().copied())
    };
    let short = marks(&["a.pdf"]);
    assert!(!short.are_in("Please save it anew as a PDF."), "within other words");
    assert!(!short.are_in("data.pdf was read"), "the end of another name");
    assert!(!short.are_in("due on 13 May 2026"), "a day stands anywhere");
    assert!(short.are_in("\u{2068}a.pdf\u{2069} was read"));
    assert!(short.are_in("> Present: seven\n> of the nine members"));
    assert!(marks(&["محضر المجلس.pdf"]).are_in("الملف \u{2068}محضر المجلس.pdf\u{2069}"));
}
