//! What changed rules would do, tried on the sample network: the same as a pass then does,
//! and nothing stays of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::schema::breaches;
use crate::scratch::{Scratch, minutes};

const MORNING: &str = "2026-11-21T06:00:00Z";
const NOON: &str = "2026-11-21T10:00:00Z";

fn mithaq(folder: &Path, now: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mithaq"));
    command.current_dir(folder).args(["--now", now]).args(arguments).output().unwrap()
}

fn printed(folder: &Path, now: &str, arguments: &[&str]) -> Value {
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
    let before = printed(root, NOON, &["verdicts"]);
    let queued = letters(&printed(root, NOON, &["mail", "queue", "--all"]), &[]);
    let tried = printed(root, NOON, &["try", draft.to_str().unwrap()]);
    assert_eq!(breaches("try", &tried), [""; 0]);
    let only: Vec<&Value> = tried["changed"].as_array().unwrap().iter().collect();
    assert_eq!(only.len(), 1);
    assert_eq!(
        (&only[0]["rule"], &only[0]["change"]),
        (&"BRD-1".into(), &"changed".into())
    );
    assert_eq!(only[0]["differs"][0]["what"], "duty");
    // Nothing was stored or sent.
    assert_eq!(printed(root, NOON, &["verdicts"]), before);
    assert_eq!(letters(&printed(root, NOON, &["mail", "queue", "--all"]), &[]), queued);
    // The rules really change, and a pass does what was foretold.
    std::fs::copy(&draft, root.join("rules/governance-index.rules")).unwrap();
    let where_it_stands = printed(root, NOON, &["try", "rules/governance-index.rules"]);
    assert_eq!(where_it_stands, tried);
    mithaq(root, NOON, &["scan", "-q"]);
    let after = printed(root, NOON, &["verdicts"]);
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
    let written = letters(&printed(root, NOON, &["mail", "queue", "--all"]), &queued);
    assert!(!written.is_empty());
    assert_eq!(written, letters(&tried, &[]));
}

#[test]
fn days_of_the_past_are_looked_at_and_rules_that_are_wrong_are_not_tried() {
    let scratch = scanned();
    let root = scratch.path();
    let draft = changed(root);
    let draft = draft.to_str().unwrap();
    let today = printed(root, NOON, &["try", draft]);
    let since = printed(root, NOON, &["try", draft, "--since", "2026-01-01"]);
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
    let same = printed(root, NOON, &["try", "rules/governance-index.rules"]);
    for list in ["changed", "methods", "flips", "index", "groups", "letters"] {
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

const INDEX: &str = "\
Rulebook: Charter
Dimension: Accountability
Dimension: Integrity

Rule BRD-1: board meets quarterly
  Dimension: Accountability
  Theme: Meetings
  Severity: critical
Rule GA-1: general assembly meets annually
  Dimension: Accountability
Rule FIN-1: finance committee meets annually
  Dimension: Integrity
  Kind: paper
";

/// Six organizations with minutes of every board and of no assembly or committee.
fn charter() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2027-02-20T12:00:00Z".to_owned();
    scratch.write("rules/board.rules", INDEX);
    for id in ["a", "b", "c", "d", "e", "f"] {
        scratch.organization(id);
        for (at, day) in
            ["12 February 2026", "9 May 2026", "3 September 2026", "8 December 2026"]
                .into_iter()
                .enumerate()
        {
            scratch.drop_paper(id, &format!("q{at}.md"), minutes(day));
        }
    }
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch.now = "2027-02-20T13:00:00Z".to_owned();
    scratch
}

/// What trying another text of the rulebook gives; the draft lies beside the network.
fn tried(scratch: &Scratch, rules: &str, more: &[&str]) -> Value {
    scratch.write("drafts/board.rules", rules);
    let path = scratch.root().join("drafts/board.rules");
    let said = scratch.json(&[&["try", path.to_str().unwrap()], more].concat());
    assert_eq!(breaches("try", &said), [""; 0]);
    said
}

fn tried_in(scratch: &Scratch, language: &str, more: &[&str]) -> String {
    let path = scratch.root().join("drafts/board.rules");
    let all = [&["--language", language, "try", path.to_str().unwrap()], more].concat();
    let run = scratch.run(&all);
    let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    plain(run.stdout) + &plain(run.stderr)
}

#[test]
fn a_mean_and_weights_that_change_are_named_with_what_they_move() {
    let scratch = charter();
    let head = INDEX.replace(
        "Dimension: Integrity\n\n",
        "Dimension: Integrity (weight 3)\nIndex: arithmetic mean\n\n",
    );
    let said = tried(&scratch, &head, &[]);
    assert_eq!(said["changed"], json!([]), "no rule is another one");
    assert_eq!(said["flips"], json!([]));
    assert_eq!(
        said["methods"],
        json!([
            {"rulebook": "board", "what": "mean", "dimension": null,
             "before": "geometric mean", "after": "arithmetic mean"},
            {"rulebook": "board", "what": "weight", "dimension": "Integrity",
             "before": "1", "after": "3"},
        ])
    );
    // √(50.5 · 1), and (50.5 + 3 · 1) / 4.
    let [first, ..] = &said["index"].as_array().unwrap()[..] else { panic!("{said:#}") };
    assert_eq!(
        (&first["before"]["value"], &first["after"]["value"]),
        (&json!("7.1"), &json!("13.4"))
    );
    let english = tried_in(&scratch, "en", &[]);
    for line in [
        "board  Mean of the dimensions: geometric mean → arithmetic mean",
        "board  Weight of the dimension Integrity: 1 → 3",
        "Rules changed: 0. Choices changed, of rulebooks and indexes: 2.",
    ] {
        assert!(english.contains(line), "{line}: {english}");
    }
    let arabic = tried_in(&scratch, "ar", &[]);
    for line in [
        "board  متوسط المحاور: متوسط هندسي ← متوسط حسابي",
        "board  وزن المحور Integrity: 1 ← 3",
        "الخيارات المتغيرة لمجموعات القواعد ومؤشراتها: 2.",
    ] {
        assert!(arabic.contains(line), "{line}: {arabic}");
    }
    // A choice at the head of the rulebook is one as well.
    let said = tried(
        &scratch,
        &INDEX.replace("Rulebook: Charter", "Rulebook: Charter\nLead: 10 days"),
        &[],
    );
    assert_eq!(said["methods"][0]["what"], "lead");
}

#[test]
fn each_label_of_a_rule_that_changes_is_named() {
    let scratch = charter();
    let rules = INDEX
        .replace(
            "  Theme: Meetings\n  Severity: critical\n",
            "  Theme: Sittings\n  Weight: 4\n  Grace: 5 days\n",
        )
        .replace("  Kind: paper\n", "");
    let said = tried(&scratch, &rules, &[]);
    assert_eq!(
        said["changed"][0]["differs"],
        json!([
            {"what": "weight", "before": "1", "after": "4"},
            {"what": "severity", "before": "critical", "after": "medium"},
            {"what": "theme", "before": "Meetings", "after": "Sittings"},
            {"what": "grace", "before": null, "after": null},
        ])
    );
    assert_eq!(
        said["changed"][1]["differs"],
        json!([{"what": "kind", "before": "paper", "after": "practice"}])
    );
    // (4 · 100 + 0) / 5, with its themes on both sides.
    let dimensions = &said["index"][0]["dimensions"];
    assert_eq!(
        dimensions[0],
        json!({"name": "Accountability", "before": "0.5", "after": "0.8", "themes": [
            {"name": "Meetings", "before": "1", "after": null},
            {"name": "Sittings", "before": null, "after": "1"},
        ]})
    );
    let english = tried_in(&scratch, "en", &[]);
    for line in [
        "  Weight: 1 → 4",
        "  Severity: critical → medium",
        "  Theme: Meetings → Sittings",
        "\n  Grace\n",
        "  Accountability: 50.0 → 80.0",
        "    Sittings: no such part → 100.0",
    ] {
        assert!(english.contains(line), "{line}: {english}");
    }
    let arabic = tried_in(&scratch, "ar", &[]);
    for line in [
        "  الوزن: 1 ← 4",
        "  درجة الخطورة: حرجة ← متوسطة",
        "  Accountability: 50.0 ← 80.0",
        "    Sittings: لا يوجد ← 100.0",
    ] {
        assert!(arabic.contains(line), "{line}: {arabic}");
    }
}

#[test]
fn groups_are_shown_by_both_sets_of_rules() {
    let scratch = charter();
    let rules = INDEX.replace("board meets quarterly", "board meets monthly");
    let by = ["--by", "type"];
    let said = tried(&scratch, &rules, &by);
    let everybody = &said["groups"][0];
    assert_eq!(
        (&everybody["rulebook"], &everybody["group"]),
        (&json!("board"), &json!([]))
    );
    assert_eq!(everybody["before"]["count"], 6);
    assert_eq!(everybody["before"]["values"]["median"], "7.1");
    assert_eq!(
        everybody["before"]["critical"],
        json!([{"rule": "board/BRD-1", "hidden": null, "met": 6, "of": 6, "share": "1"}])
    );
    assert_eq!(everybody["after"]["critical"][0]["met"], 0);
    assert!(
        everybody["median_change"].as_str().unwrap().starts_with('-'),
        "{everybody:#}"
    );
    let english = tried_in(&scratch, "en", &by);
    assert!(
        english.contains("everybody: board/BRD-1: met by 6 of 6 → met by 0 of 6"),
        "{english}"
    );
    let arabic = tried_in(&scratch, "ar", &by);
    assert!(
        arabic.contains("الجميع: board/BRD-1: مستوفاة لدى 6 من 6 ← مستوفاة لدى 0 من 6"),
        "{arabic}"
    );
    let unknown = tried_in(&scratch, "ar", &["--by", "colour"]);
    assert!(unknown.contains("colour"), "{unknown}");
    // Without it, no groups.
    assert_eq!(tried(&scratch, &rules, &[])["groups"], json!([]));
}
