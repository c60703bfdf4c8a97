//! What is shown beside an index, through the real binary: dimensions and themes, the
//! weight of practice, waivers, and whether the evidence tells organizations apart.

use serde_json::{Value, json};

use crate::scratch::{Scratch, minutes};

const INDEX: &str = "\
Rulebook: Charter
Dimension: Accountability (weight 3)
Dimension: Integrity

Rule BRD-1: board meets quarterly
  Dimension: Accountability
  Theme: Meetings
  Weight: 2
Rule GA-1: general assembly meets annually
  Dimension: Accountability
  Theme: Meetings
Rule EXE-1: executive committee meets annually
  Dimension: Accountability
  Theme: Management
Rule FIN-1: finance committee meets annually
  Dimension: Integrity
  Kind: paper
Rule AUD-1: audit committee meets annually
  Dimension: Integrity
";

/// The same rulebook in Arabic.
const ARABIC: &str = "\
مجموعة القواعد: الميثاق
المحور: المساءلة (الوزن 3)
المحور: النزاهة
المؤشر: متوسط حسابي

القاعدة BRD-1: يجتمع مجلس الإدارة كل ربع سنة
  المحور: المساءلة
القاعدة FIN-1: تجتمع اللجنة المالية سنويًا
  المحور: النزاهة
";

fn told(body: &str, day: &str) -> String {
    minutes(day).replace("board of directors", body)
}

/// Two organizations: one with minutes of every body but the finance committee, and one
/// with the board's only.
fn network(rules: &str) -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2027-02-20T12:00:00Z".to_owned();
    scratch.write("rules/board.rules", rules);
    for id in ["amal", "nour"] {
        scratch.organization(id);
        for (at, day) in
            ["12 February 2026", "9 May 2026", "3 September 2026", "8 December 2026"]
                .into_iter()
                .enumerate()
        {
            scratch.drop_paper(id, &format!("q{at}.md"), minutes(day));
        }
    }
    for body in ["general assembly", "executive committee", "audit committee"] {
        let name = format!("{}.md", body.replace(' ', "-"));
        scratch.drop_paper("amal", &name, told(body, "4 June 2026"));
    }
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch
}

fn row(scratch: &Scratch, organization: &str) -> Value {
    let json = scratch.json(&["index", "--organization", organization]);
    json["index"][0].clone()
}

#[test]
fn an_index_shows_its_dimensions_and_their_themes() {
    let scratch = network(INDEX);
    let index = row(&scratch, "nour");
    let [accountability, integrity] = &index["dimensions"].as_array().unwrap()[..] else {
        panic!("two dimensions: {index:#}");
    };
    assert_eq!(accountability["value"], "0.5");
    let themes: Vec<(&str, &str)> = accountability["themes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|theme| (theme["name"].as_str().unwrap(), theme["value"].as_str().unwrap()))
        .collect();
    assert_eq!(themes, [("Management", "0"), ("Meetings", "0.666667")]);
    assert_eq!(integrity["value"], "0");
    // The fourth root of 50.5³ · 1.
    assert_eq!(index["value"], "18.9");
    let said = scratch.run(&["index", "--organization", "nour"]).stdout;
    for line in ["  Accountability: 50.0 (50.0–50.0)", "    Meetings: 66.7 (66.7–66.7)"]
    {
        assert!(said.contains(line), "{said}");
    }
}

#[test]
fn the_rulebook_may_choose_the_arithmetic_mean_in_either_language() {
    let scratch =
        network(&INDEX.replace("Dimension: I", "Index: arithmetic mean\nDimension: I"));
    // (3 · 50.5 + 1) / 4
    assert_eq!(row(&scratch, "nour")["value"], "38.1");
    let scratch = network(ARABIC);
    // (3 · 100 + 1) / 4, half to even.
    assert_eq!(row(&scratch, "nour")["value"], "75.2");
    let english = {
        let file = scratch.root().join("rules/board.rules");
        scratch.run(&["translate", "--to", "en", file.to_str().unwrap()]).stdout
    };
    assert!(english.contains("Index: arithmetic mean"), "{english}");
    assert!(english.contains("(weight 3)"), "{english}");
}

#[test]
fn a_weight_that_a_dimension_cannot_have_is_told() {
    let scratch = Scratch::new();
    for weight in ["0", "11", "two and a half"] {
        let text =
            format!("Dimension: Integrity (weight {weight})\nboard meets quarterly\n");
        scratch.write("rules/board.rules", text);
        let run = scratch.run(&["check"]);
        assert_eq!(run.code, 2, "{weight}: {}", run.stdout);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains("Integrity (weight 2)"), "{said}");
    }
    let text = "Dimension: Integrity (weight 10)\nboard meets quarterly\n";
    scratch.write("rules/board.rules", text);
    assert_ne!(scratch.run(&["check"]).code, 2);
}

#[test]
fn little_practice_is_told_in_both_languages() {
    let scratch = network(INDEX);
    let json = scratch.json(&["index"]);
    assert_eq!(
        json["little_practice"],
        json!([{"rulebook": "board", "dimension": "Integrity", "practice": "0.5"}])
    );
    let said = scratch.run(&["index"]).stderr;
    assert!(
        said.contains("rules of practice weigh 50% of the dimension Integrity"),
        "{said}"
    );
    let said = scratch.run(&["--language", "ar", "index"]).stderr;
    assert!(said.contains("تزن قواعد الممارسة \u{2068}50%\u{2069} من المحور"), "{said}");
    // Three fifths are enough.
    let heavier = INDEX.replace(
        "audit committee meets annually\n",
        "audit committee meets annually\n  Weight: 3\n",
    );
    let heavier = heavier.replace("Kind: paper\n", "Kind: paper\n  Weight: 2\n");
    let scratch = network(&heavier);
    assert_eq!(scratch.json(&["index"])["little_practice"], json!([]));
}

#[test]
fn an_index_is_shown_with_and_without_its_waivers() {
    let scratch = network(INDEX);
    assert!(row(&scratch, "amal")["without_waivers"].is_null());
    scratch.write(
        "waivers.toml",
        "[[waivers]]\norganization = \"amal\"\nrulebook = \"board\"\nrule = \"FIN-1\"\n\
         from = 2026-01-01\ngranted_by = \"the committee\"\nwhy = \"a flood\"\n",
    );
    assert_ne!(scratch.run(&["scan"]).code, 2);
    let amal = row(&scratch, "amal");
    assert_eq!(
        (&amal["value"], &amal["without_waivers"]["value"]),
        (&json!("100.0"), &json!("84.3"))
    );
    assert!(row(&scratch, "nour")["without_waivers"].is_null());
    let said = scratch.run(&["index"]).stdout;
    assert!(said.contains("amal  without its waivers: 84.3"), "{said}");
    let said = scratch.run(&["--language", "ar", "index"]).stdout;
    assert!(said.contains("دون إعفاءاتها: \u{2068}84.3\u{2069}"), "{said}");
}

#[test]
fn bands_that_overlap_tell_nobody_apart() {
    let scratch = network(INDEX);
    let json = scratch.json(&["index", "--compare", "amal,nour"]);
    assert_eq!(
        json["compared"],
        json!([{"rulebook": "board", "one": "amal", "other": "nour", "distinguishable": true}])
    );
    let said = scratch.run(&["index", "--compare", "amal,nour"]).stdout;
    assert!(said.contains("board: the evidence tells amal and nour apart."), "{said}");
    // Before any minutes can be missed both could still reach everything.
    let early = ["--as-of", "2026-01-05", "index", "--compare", "amal,nour"];
    let said = scratch.run(&early).stdout;
    assert!(said.contains("amal and nour are not distinguishable"), "{said}");
    let said = scratch.run(&[&["--language", "ar"], &early[..]].concat()).stdout;
    assert!(said.contains("لا يمكن التمييز بين"), "{said}");
    let nobody = scratch.run(&["index", "--compare", "amal,nobody"]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.stderr.contains("nobody"), "{}", nobody.stderr);
}
