//! What `why` and letters say of a slot, through the real binary: how its days were counted,
//! and what would settle or repair it, in both languages.

use serde_json::Value;

use crate::scratch::{Scratch, minutes};

fn slot(scratch: &Scratch, rule: &str, from: &str) -> Value {
    let json = scratch.json(&["why", "amal", rule]);
    let slots = json["verdicts"][0]["reason"]["slots"].as_array().expect("slots").clone();
    let found = slots.into_iter().find(|slot| slot["from"] == from);
    found.unwrap_or_else(|| panic!("no slot from {from}: {json:#}"))
}

fn sentences(slot: &Value, language: &str) -> Vec<String> {
    let said = slot["remedy"]["sentences"].as_array().expect("sentences").iter();
    said.map(|one| one[language].as_str().expect("a sentence").to_owned()).collect()
}

fn network(rules: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.write("rules/board.rules", rules);
    scratch
}

/// The state of a rule's slot.
fn state(scratch: &Scratch, rule: &str, from: &str) -> String {
    let json = scratch.json(&["why", "amal", rule]);
    let slots = json["verdicts"][0]["slots"].as_array().expect("slots");
    let slot = slots.iter().find(|slot| slot["from"] == from).expect("the slot");
    slot["state"].as_str().expect("a state").to_owned()
}

#[test]
fn why_names_the_paper_that_would_repair_a_lapse_and_the_paper_repairs_it() {
    let scratch = network("Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scratch.run(&["scan"]);
    let lapse = slot(&scratch, "BRD-1", "2026-04-01");
    let proof = &lapse["remedy"]["proof"];
    assert_eq!(proof["from"], "2026-04-01", "{lapse:#}");
    assert_eq!(proof["to"], "2026-06-30", "{lapse:#}");
    assert_eq!(proof["then"], "met");
    let english = "A paper is needed that shows one meeting of the board, \
                   between 1 April 2026 and 30 June 2026.";
    assert_eq!(sentences(&lapse, "english"), [english, "Then the rule is met."]);
    let arabic =
        "يلزم مستند يثبت حدوث اجتماع لمجلس الإدارة، بين 1 نيسان 2026 و30 حزيران 2026.";
    assert_eq!(sentences(&lapse, "arabic"), [arabic, "وبذلك تُستوفى القاعدة."]);
    let human = scratch.run(&["why", "amal", "BRD-1"]).stdout;
    assert!(human.contains(&format!("→ {english}")), "{human}");
    let human = scratch.run(&["why", "amal", "BRD-1", "--language", "ar"]).stdout;
    assert!(human.contains(&format!("← {arabic}")), "{human}");
    assert_eq!(state(&scratch, "BRD-1", "2026-04-01"), "not_met");
    scratch.drop_paper("amal", "q2.md", minutes("30 June 2026"));
    scratch.run(&["scan"]);
    assert_eq!(state(&scratch, "BRD-1", "2026-04-01"), "met");
    assert_eq!(slot(&scratch, "BRD-1", "2026-04-01")["remedy"], Value::Null);
}

#[test]
fn why_does_the_sums_and_says_what_can_still_be_done_late() {
    let scratch = network(
        "Rule ACC-1: audited accounts published within 4 months after the fiscal year end\n  \
         Grace: 10 days\n",
    );
    scratch.write(
        "organizations/amal/organization.toml",
        "name = { en = \"Amal\", ar = \"الأمل\" }\njoined = 2025-01-01\n\
         fiscal_year_end = \"06-30\"\n",
    );
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scratch.run(&["scan"]);
    let owed = slot(&scratch, "ACC-1", "2025-07-01");
    let sums: Vec<&str> = owed["sums"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sum| sum["english"].as_str().unwrap())
        .collect();
    assert_eq!(
        sums,
        [
            "30 June 2026 + 4 months = 31 October 2026",
            "31 October 2026 + 10 days = 10 November 2026",
            "10 November 2026 + 15 days = 25 November 2026",
        ]
    );
    let arabic = "30 حزيران 2026 + 4 أشهر = 31 تشرين الأول 2026";
    assert_eq!(owed["sums"][0]["arabic"], arabic);
    let mut later = scratch;
    later.now = "2026-12-01T12:00:00Z".to_owned();
    later.run(&["scan"]);
    let owed = slot(&later, "ACC-1", "2025-07-01");
    assert_eq!(owed["remedy"]["proof"]["to"], "2026-10-31", "{owed:#}");
    assert_eq!(owed["remedy"]["now"]["then"], "met_late", "{owed:#}");
    let said = sentences(&owed, "english").join(" ");
    assert!(said.contains("If it was not done in time, it can still be done:"), "{said}");
    assert!(said.contains("met late and counts half"), "{said}");
}

#[test]
fn why_counts_who_came_and_says_when_nothing_mends_a_lapse() {
    let scratch = network(
        "Rule QRM-1: every board meeting is attended by more than half of the members\n",
    );
    let few = minutes("12 February 2026").replace("7 of 9", "4 of 9");
    scratch.drop_paper("amal", "q1.md", few);
    scratch.run(&["scan"]);
    let lapse = slot(&scratch, "QRM-1", "2026-02-12");
    assert_eq!(lapse["sums"][1]["english"], "4 of 9 present, 5 needed", "{lapse:#}");
    assert_eq!(lapse["sums"][1]["arabic"], "الحضور 4 من أصل 9، والمطلوب 5");
    assert_eq!(lapse["remedy"]["past_mending"], true, "{lapse:#}");
    let nothing = "Nothing can mend it: it stays on record.";
    assert_eq!(sentences(&lapse, "english"), [nothing]);
    assert_eq!(sentences(&lapse, "arabic"), ["لا سبيل إلى استدراكه، ويبقى في السجل."]);
}

#[test]
fn why_names_the_one_paper_that_keeps_the_matter_open() {
    let scratch = network("Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scratch.run(&["scan"]);
    // A folder that cannot be trusted: silence proves nothing from then on.
    let mut scratch = scratch;
    std::fs::rename(scratch.papers("amal"), scratch.root().join("away")).unwrap();
    scratch.now = "2027-01-10T12:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch.now = "2027-01-20T12:00:00Z".to_owned();
    let open = slot(&scratch, "BRD-1", "2026-10-01");
    assert_eq!(
        open["remedy"]["proof"]["facts"],
        serde_json::json!(["folder_seen"]),
        "{open:#}"
    );
    std::fs::rename(scratch.root().join("away"), scratch.papers("amal")).unwrap();
    scratch.run(&["scan"]);
    assert_eq!(state(&scratch, "BRD-1", "2026-10-01"), "not_met");
}

#[test]
fn the_letter_about_a_finding_asks_for_the_same_paper() {
    let mut scratch = network("Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scratch.now = "2026-10-01T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch.now = "2026-10-20T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let raw: Vec<u8> = scratch
        .store()
        .query_row("SELECT raw FROM outbox WHERE kind = 'finding'", [], |row| row.get(0))
        .expect("a letter about the finding");
    let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
    let text =
        message.body_text(0).unwrap().replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let asked = "A paper is needed that shows one meeting of the board, between \
                 1 July 2026 and 30 September 2026. Then the rule is met.";
    assert!(text.contains(asked), "{text}");
    assert!(!text.contains("Please put a document that shows it"), "{text}");
}

#[test]
fn why_names_for_each_of_the_last_times_what_it_lacks_in_its_own_days() {
    let scratch =
        network("Rule LST-1: the board meets in at least 2 of the last 3 months\n");
    scratch.drop_paper("amal", "q1.md", minutes("12 January 2026"));
    scratch.run(&["scan"]);
    let lapse = slot(&scratch, "LST-1", "2026-03-01");
    assert_eq!(lapse["remedy"]["proof"]["then"], "met", "{lapse:#}");
    let english = "A paper is needed that shows one meeting of the board, \
                   between 1 March 2026 and 31 March 2026.";
    assert_eq!(sentences(&lapse, "english"), [english, "Then the rule is met."]);
    let arabic =
        "يلزم مستند يثبت حدوث اجتماع لمجلس الإدارة، بين 1 آذار 2026 و31 آذار 2026.";
    assert_eq!(sentences(&lapse, "arabic"), [arabic, "وبذلك تُستوفى القاعدة."]);
    scratch.drop_paper("amal", "q2.md", minutes("31 March 2026"));
    scratch.run(&["scan"]);
    assert_eq!(state(&scratch, "LST-1", "2026-03-01"), "met");
}

#[test]
fn why_names_both_of_two_relatives_of_whom_one_may_leave() {
    let scratch = network(
        "Rule KIN-1: no two board members are related within the second degree\n",
    );
    let seats = ["Lina Haddad", "Omar Saleh", "Rana Awad"].map(|person| {
        format!(
            "[[in_office]]\nperson = \"{person}\"\nbody = \"board\"\nfrom = 2025-01-01\n"
        )
    });
    let register = format!(
        "name = {{ en = \"Amal\", ar = \"الأمل\" }}\njoined = 2026-01-01\n{}\
         [[ties]]\nbetween = [\"Omar Saleh\", \"Rana Awad\"]\ndegree = 1\n",
        seats.join("")
    );
    scratch.write("organizations/amal/organization.toml", &register);
    scratch.drop_paper("amal", "q1.md", minutes("12 January 2026"));
    scratch.run(&["scan"]);
    let lapse = slot(&scratch, "KIN-1", "2026-01-01");
    let [english, arabic] =
        ["english", "arabic"].map(|language| sentences(&lapse, language).remove(0));
    assert!(english.starts_with("One of these would have to leave, from "), "{english}");
    assert!(arabic.starts_with("يلزم لذلك خروج أحد المذكورين"), "{arabic}");
    for said in [&english, &arabic] {
        assert!(said.contains("Omar Saleh") && said.contains("Rana Awad"), "{said}");
        assert!(!said.contains("Lina Haddad"), "{said}");
    }
}

/// An organization of which the exception "when yearly income is below 50,000 USD" holds.
fn small(rules: &str) -> Scratch {
    let scratch = network(rules);
    scratch.write(
        "organizations/amal/organization.toml",
        "name = { en = \"Amal\", ar = \"الأمل\" }\njoined = 2026-01-01\n\
         [[attributes]]\nname = \"yearly_income\"\nvalue = 10_000\ncurrency = \"USD\"\n\
         from = 2025-01-01\n\
         [[people]]\nname = \"The secretary\"\nrole = \"secretary\"\n\
         email = \"s@amal.example.org\"\nlanguage = \"en\"\n",
    );
    scratch
}

/// What is told in both languages of a rule of a small organization.
fn told(scratch: &Scratch, rule: &str) -> [String; 2] {
    ["en", "ar"].map(|language| {
        scratch.run(&["why", "amal", rule, "--language", language]).stdout
    })
}

#[test]
fn why_speaks_of_the_size_that_an_exception_asks_for() {
    let scratch = small(
        "Rule BRD-1: the board has between 7 and 13 members\n  \
         Except when: yearly income is below 50,000 USD; then the board has at least 3 members\n",
    );
    scratch.drop_paper(
        "amal",
        "q1.md",
        minutes("12 February 2026").replace("7 of 9", "2 of 2"),
    );
    scratch.run(&["scan"]);
    let lapse = slot(&scratch, "BRD-1", "2026-02-12");
    let sums = lapse["sums"].as_array().expect("sums").iter();
    let sums: Vec<&str> = sums.map(|sum| sum["english"].as_str().unwrap()).collect();
    assert!(sums.contains(&"2 members, at least 3 asked"), "{lapse:#}");
    let said = sentences(&lapse, "english").join(" ");
    assert!(said.contains("has 3 members"), "{said}");
    let said = sentences(&lapse, "arabic").join(" ");
    assert!(said.contains("هو 3"), "{said}");
    let [english, arabic] = told(&scratch, "BRD-1");
    assert!(english.contains("2 members, at least 3 asked"), "{english}");
    assert!(arabic.contains("عدد الأعضاء 2، والمطلوب 3 على الأقل"), "{arabic}");
}

#[test]
fn why_names_the_paper_that_an_exception_asks_for() {
    let scratch = small(
        "Rule REG-1: the registration certificate is valid\n  \
         Except when: yearly income is below 50,000 USD; then the bylaws are adopted\n",
    );
    let certificate = "kind = \"registration_certificate\"\nvalid_from = 2025-01-01\n\
                       valid_until = 2027-01-01\n";
    scratch.drop_paper("amal", "certificate.md", "Certificate");
    scratch.drop_paper("amal", "certificate.md.meta.toml", certificate);
    scratch.run(&["scan"]);
    let lapse = slot(&scratch, "REG-1", "2026-01-01");
    let said = sentences(&lapse, "english").join(" ");
    assert!(said.contains("bylaws") && !said.contains("certificate"), "{said}");
    let said = sentences(&lapse, "arabic").join(" ");
    assert!(said.contains("نظام الأساسي") && !said.contains("شهادة"), "{said}");
    for told in told(&scratch, "REG-1") {
        assert!(!told.contains("certificate.md"), "it keeps nothing here: {told}");
    }
    let bylaws = "kind = \"bylaws\"\ndate_adopted = 2026-03-01\n";
    scratch.drop_paper("amal", "statute.md", "Bylaws");
    scratch.drop_paper("amal", "statute.md.meta.toml", bylaws);
    scratch.run(&["scan"]);
    for told in told(&scratch, "REG-1") {
        assert!(told.contains("statute.md"), "what keeps it is told: {told}");
    }
}

#[test]
fn why_counts_the_time_that_an_exception_gives() {
    let scratch = small(
        "Rule ACC-1: audited accounts published within 4 months after the fiscal year end\n  \
         Except when: yearly income is below 50,000 USD; \
         then reviewed accounts published within 6 months after the fiscal year end\n",
    );
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    let mut scratch = scratch;
    scratch.now = "2027-09-01T12:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let owed = slot(&scratch, "ACC-1", "2026-01-01");
    let sum = "31 December 2026 + 6 months = 30 June 2027";
    assert_eq!(owed["sums"][0]["english"], sum, "{owed:#}");
    assert_eq!(owed["remedy"]["proof"]["to"], "2027-06-30", "{owed:#}");
    let said = sentences(&owed, "english").join(" ");
    assert!(said.contains("reviewed accounts") && !said.contains("audited"), "{said}");
    let said = sentences(&owed, "arabic").join(" ");
    assert!(!said.contains("المدقق"), "{said}");
}
