//! Releases that can be computed again, the history by today's method, and how far an index
//! rests on choices that could be others.

use mithaq::index::sensitivity::{Assumed, Choice, sensitivity};
use mithaq::index::{Contribution, Critical, Method};
use mithaq::limits;
use mithaq::verdict::{ONE, Score};
use serde_json::{Value, json};

use crate::schema::breaches;
use crate::scratch::{Scratch, minutes};

fn network() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2026-11-20T12:00:00Z".to_owned();
    scratch.write(
        "rules/board.rules",
        "Rule BRD-1: board meets quarterly\n\nRule GA-1: general assembly meets annually\n",
    );
    scratch.organization("amal");
    for (at, day) in ["12 February 2026", "9 May 2026"].into_iter().enumerate() {
        scratch.drop_paper("amal", &format!("q{at}.md"), minutes(day));
    }
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch.now = "2026-11-20T13:00:00Z".to_owned();
    scratch
}

fn manifest(scratch: &Scratch) -> String {
    scratch.root().join("releases/2026-Q4.json").to_str().unwrap().to_owned()
}

#[test]
fn a_release_is_the_same_when_it_is_computed_again_after_everything_changed() {
    let mut scratch = network();
    assert_eq!(scratch.run(&["index", "release", "2026-Q4"]).code, 0);
    let file = manifest(&scratch);
    let text = std::fs::read_to_string(&file).unwrap();
    let pinned: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(pinned["index"]["network"]["amal"]["value"], "67.000033");
    assert_eq!(pinned["files"]["rules/board.rules"].as_str().unwrap().len(), 64);
    assert!(pinned["evidence"]["entries"].as_i64().unwrap() > 0);
    // New papers, other rules, other weeks.
    scratch.now = "2027-01-20T12:00:00Z".to_owned();
    scratch.drop_paper("amal", "q3.md", minutes("3 September 2026"));
    scratch.write("rules/board.rules", "Rule BRD-1: board meets monthly\n");
    assert_ne!(scratch.run(&["scan"]).code, 2);
    let run = scratch.run(&["index", "verify", &file]);
    assert_eq!((run.code, run.stdout.trim()), (0, "same"), "{}", run.stderr);
    let arabic = scratch.run(&["--language", "ar", "index", "verify", &file]);
    assert_eq!(arabic.stdout.trim(), "مطابق");
    // It stays as it was published.
    let again = scratch.run(&["index", "release", "2026-Q4"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("stays as it is"), "{}", again.stderr);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn each_difference_of_a_release_is_named() {
    let scratch = network();
    assert_eq!(scratch.run(&["index", "release", "2026-Q4"]).code, 0);
    let file = manifest(&scratch);
    let text = std::fs::read_to_string(&file).unwrap();
    let mut other: Value = serde_json::from_str(&text).unwrap();
    other["index"]["network"]["amal"]["value"] = json!("99");
    other["rules"]["board/GA-9"] = json!({"meaning": "0", "weight": 1});
    other["evidence"]["ledger"] = json!("0");
    other["engine"] = json!("0.0.1");
    std::fs::write(&file, other.to_string()).unwrap();
    let run = scratch.run(&["--format", "json", "index", "verify", &file]);
    assert_eq!(run.code, 1);
    let said: Value = serde_json::from_str(&run.stdout).unwrap();
    let what: Vec<&str> = said["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        what,
        ["evidence: ledger", "rules: board/GA-9", "index: network: amal: value"]
    );
    assert_eq!(said["differences"][2]["now"], "67.000033");
    assert_eq!(breaches("index-verify", &said), [""; 0]);
    // The schema would notice: a difference without its ends, and one of what is the same.
    let mut wrong = said.clone();
    wrong["same"] = json!(true);
    assert_eq!(breaches("index-verify", &wrong).len(), 1);
    wrong["differences"] = json!([{"what": "rules"}]);
    assert!(breaches("index-verify", &wrong).len() > 1);
    assert_eq!(said["engine"]["released"], "0.0.1");
    let said = scratch.run(&["index", "verify", &file]);
    assert!(
        said.stdout.contains("index: network: amal: value: 99 → 67.000033"),
        "{}",
        said.stdout
    );
}

#[test]
fn a_file_that_is_no_release_and_a_name_that_is_none_are_refused() {
    let scratch = network();
    let file = scratch.root().join("strange.json");
    for text in
        ["", "[]", "{\"as_of\": 5}", "{\"as_of\": \"2026-01-01\", \"known\": \"never\"}"]
    {
        std::fs::write(&file, text).unwrap();
        let run = scratch.run(&["index", "verify", file.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{text}");
        assert!(run.stderr.contains("no manifest"), "{}", run.stderr);
    }
    std::fs::File::create(&file).unwrap().set_len(limits::RELEASE_BYTES_MAX + 1).unwrap();
    assert_eq!(scratch.run(&["index", "verify", file.to_str().unwrap()]).code, 2);
    let longest = "a".repeat(limits::RELEASE_NAME_BYTES_MAX);
    for name in ["../out", "", ".hidden", "a b", "إصدار", &format!("{longest}a")] {
        let run = scratch.run(&["index", "release", name]);
        assert_eq!(run.code, 2, "{name}");
    }
    assert_eq!(scratch.run(&["index", "release", &longest]).code, 0);
}

#[test]
fn the_history_by_the_current_method_judges_old_days_by_new_rules() {
    let mut scratch = network();
    let value = |scratch: &Scratch, more: &[&str]| {
        let json = scratch.json(&[&["index", "--history"], more].concat());
        let rows = json["index"].as_array().unwrap().clone();
        let on = |row: &Value| (row["as_of"].clone(), row["value"].clone());
        rows.iter().map(on).collect::<Vec<_>>()
    };
    let published = value(&scratch, &[]);
    assert_eq!(published, [(json!("2026-11-20"), json!("67.0"))]);
    scratch.now = "2026-11-22T12:00:00Z".to_owned();
    scratch
        .write("rules/board.rules", "Rule BRD-1: board meets once in each half-year\n");
    assert_ne!(scratch.run(&["scan"]).code, 2);
    let again = value(&scratch, &[]);
    assert_eq!(again[0], published[0], "what was published stays");
    let current = value(&scratch, &["--current-method"]);
    assert_eq!(current[0], (json!("2026-11-20"), json!("100.0")));
    assert_eq!(scratch.run(&["index", "--current-method"]).code, 2);
}

fn assumed(rule: u32, dimension: u8, value: u32) -> Assumed {
    let score = Some(Score { value: Some(value), low: value, high: value });
    let part =
        Contribution { rule, dimension, weight: 2, score, critical: Critical::Free };
    Assumed { part, strict: score, lenient: score }
}

#[test]
fn the_choice_that_moves_an_organization_most_is_named() {
    let exactly = |value| Some(Score { value: Some(value), low: value, high: value });
    let method = Method::equal(2);
    let of = |parts: &[Assumed]| sensitivity(parts, &method, (7, 400)).unwrap();
    let far = [assumed(0, 0, ONE), assumed(1, 1, ONE / 10)];
    assert_eq!(of(&far).most, Some(Choice::Aggregation));
    let same = [assumed(0, 0, ONE / 2), assumed(1, 1, ONE / 2)];
    let found = of(&same);
    assert_eq!(found.most, None);
    assert_eq!(found.spread.low, found.spread.high);
    let mut late = same;
    late[0].strict = exactly(0);
    late[0].lenient = exactly(ONE);
    assert_eq!(of(&late).most, Some(Choice::LateShare));
    let mut unknown = same.to_vec();
    unknown.push(assumed(2, 0, 0));
    unknown[2].part.score = Some(Score { value: None, low: 0, high: ONE });
    unknown[2].strict = unknown[2].part.score;
    unknown[2].lenient = unknown[2].part.score;
    assert_eq!(of(&unknown).most, Some(Choice::Unknowns));
    let mixed = [assumed(0, 0, ONE), assumed(1, 0, 0), assumed(2, 1, ONE / 2)];
    assert_eq!(of(&mixed).most, Some(Choice::Weights));
}

#[test]
fn the_same_seed_gives_the_same_runs() {
    let parts: Vec<Assumed> = (0..9)
        .map(|rule| assumed(rule, u8::try_from(rule % 3).unwrap(), rule * 100_000))
        .collect();
    let of = |seed, parts: &[Assumed]| {
        sensitivity(parts, &Method::equal(3), (seed, 300)).unwrap()
    };
    let found = of(1, &parts);
    assert_eq!(found, of(1, &parts));
    assert_ne!(found, of(2, &parts));
    // The order in which rules are looked at makes no difference.
    let turned: Vec<Assumed> = parts.iter().rev().copied().collect();
    assert_eq!(found, of(1, &turned));
    assert!(
        found.spread.low <= found.spread.median
            && found.spread.median <= found.spread.high
    );
}

#[test]
fn how_far_an_index_rests_on_choices_is_shown_in_both_languages() {
    let scratch = network();
    scratch.write(
        "rules/board.rules",
        "Rule BRD-1: board meets quarterly\n\nRule BRD-2: board meets once in each half-year\n",
    );
    assert_ne!(scratch.run(&["scan"]).code, 2);
    let asked = ["index", "--sensitivity", "--runs", "50", "--seed", "3"];
    let json = scratch.json(&asked);
    assert_eq!(json["sensitivity"][0]["most"], "weights");
    assert_eq!((&json["seed"], &json["runs"]), (&json!(3), &json!(50)));
    assert_eq!(json, scratch.json(&asked));
    assert!(scratch.run(&asked).stdout.contains("the weights"));
    let arabic = scratch.run(&[&["--language", "ar"], &asked[..]].concat()).stdout;
    assert!(arabic.contains("الأوزان"), "{arabic}");
    let most = limits::SENSITIVITY_RUNS_MAX.to_string();
    let more = (limits::SENSITIVITY_RUNS_MAX + 1).to_string();
    for (runs, code) in [("0", 2), (more.as_str(), 2)] {
        assert_eq!(scratch.run(&["index", "--sensitivity", "--runs", runs]).code, code);
    }
    assert_eq!(scratch.run(&["index", "--sensitivity", "--runs", &most]).code, 0);
}
