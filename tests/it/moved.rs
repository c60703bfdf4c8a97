//! What moved the index, and what letters say of it, through the real binary.

use crate::scratch::{Scratch, minutes};

/// A letter that was written: its kind and its text, without the marks of direction.
struct Written {
    kind: String,
    text: String,
    html: String,
}

fn letters(scratch: &Scratch) -> Vec<Written> {
    let store = scratch.store();
    let mut statement = store.prepare("SELECT kind, raw FROM outbox ORDER BY id").unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))
        .unwrap();
    rows.map(|row| {
        let (kind, raw) = row.unwrap();
        let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
        let plain = |text: String| text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "");
        let text = plain(message.body_text(0).unwrap().into_owned());
        let html = plain(message.body_html(0).unwrap().into_owned());
        Written { kind, text, html }
    })
    .collect()
}

fn of_kind(scratch: &Scratch, kind: &str) -> Vec<Written> {
    letters(scratch).into_iter().filter(|letter| letter.kind == kind).collect()
}

/// Two people of one organization, one for each language.
fn register(scratch: &Scratch) {
    scratch.write(
        "organizations/amal/organization.toml",
        "name = { en = \"Amal\", ar = \"الأمل\" }\njoined = 2026-01-01\n\
         [[people]]\nname = \"Rana\"\nrole = \"secretary\"\n\
         email = \"rana@amal.example.org\"\nlanguage = \"en\"\n",
    );
    std::fs::create_dir_all(scratch.papers("amal")).unwrap();
}

fn in_arabic(scratch: &Scratch) {
    let path = scratch.root().join("organizations/amal/organization.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("language = \"en\"", "language = \"ar\"");
    scratch.write("organizations/amal/organization.toml", text);
}

/// Three quarters are over; minutes of the first two are there, and those of the third
/// come later.
fn third_quarter_comes_late(scratch: &mut Scratch) {
    scratch.now = "2026-11-20T12:00:00Z".to_owned();
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scratch.run(&["scan"]);
    scratch.now = "2026-11-21T12:00:00Z".to_owned();
    scratch.drop_paper("amal", "q3.md", minutes("3 September 2026"));
    scratch.run(&["scan"]);
}

#[test]
fn a_resolved_letter_says_what_the_end_of_the_finding_did_to_the_index() {
    for (arabic, said) in
        [(false, "The index rises by 33.0 points."), (true, "ارتفع المؤشر بمقدار 33.0 نقطة.")]
    {
        let mut scratch = Scratch::new();
        register(&scratch);
        if arabic {
            in_arabic(&scratch);
        }
        third_quarter_comes_late(&mut scratch);
        let resolved = of_kind(&scratch, "resolved");
        assert_eq!(resolved.len(), 1);
        assert!(resolved[0].text.contains(said), "{}", resolved[0].text);
        let bare = |html: &str| html.replace("<bdi dir=\"ltr\">", "").replace("</bdi>", "");
        assert!(bare(&resolved[0].html).contains(said), "{}", resolved[0].html);
        let moved = of_kind(&scratch, "index_delta");
        assert!(moved[0].text.contains("+33.0"), "the same number: {}", moved[0].text);
    }
}

#[test]
fn a_resolved_letter_says_when_the_index_is_only_readiness() {
    let mut scratch = Scratch::new();
    register(&scratch);
    let unknown = "board has between 7 and 13 members\n";
    let more = "general assembly has between 30 and 90 members\n";
    scratch.write("rules/size.rules", format!("{unknown}{more}"));
    third_quarter_comes_late(&mut scratch);
    let resolved = of_kind(&scratch, "resolved");
    assert_eq!(resolved.len(), 1);
    assert!(resolved[0].text.contains("None can be given yet"), "{}", resolved[0].text);
}
