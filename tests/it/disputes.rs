//! Papers that cannot be taken as they are: another organization's, and those whose days
//! contradict each other.

use serde_json::Value;

use crate::scratch::{Scratch, minutes};

fn network() -> Scratch {
    let scratch = Scratch::new();
    for (id, english, arabic, language) in [
        ("amal", "Amal Association", "جمعية الأمل لتنمية المجتمع", "en"),
        ("nour", "Nour Women's Association", "جمعية نور النسائية", "ar"),
    ] {
        let text = format!(
            "name = {{ en = \"{english}\", ar = \"{arabic}\" }}\njoined = 2026-01-01\n\
             aliases = [\"{id} centre\"]\n\
             [[people]]\nname = \"S\"\nrole = \"secretary\"\n\
             email = \"secretary@{id}.example.org\"\nlanguage = \"{language}\"\n"
        );
        scratch.write(&format!("organizations/{id}/organization.toml"), text);
        std::fs::create_dir_all(scratch.papers(id)).unwrap();
    }
    // What comes after the first scan gets letters of its own.
    scratch.json(&["scan"]);
    scratch
}

fn dropped(scratch: &Scratch, id: &str, papers: &[(&str, &str)]) -> Value {
    for (name, text) in papers {
        scratch.drop_paper(id, name, text);
    }
    scratch.json(&["scan"]);
    scratch.json(&["documents", "--organization", id])["documents"].clone()
}

fn first_slot(scratch: &Scratch, id: &str) -> (String, String) {
    let verdicts =
        scratch.json(&["verdicts", "--organization", id, "--as-of", "2026-04-20"]);
    let verdict = &verdicts["verdicts"][0];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&verdict["slots"][0]["state"]), text(&verdict["reason"]["slots"][0]["truth"]))
}

/// What was written to somebody, in their words.
fn letters(scratch: &Scratch, to: &str) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(scratch.root().join("outbox")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "eml") {
            continue;
        }
        let bytes = std::fs::read(path).unwrap();
        let message = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        let of = message.to().and_then(|to| to.first()).and_then(|to| to.address());
        if of.is_some_and(|of| of.contains(to)) {
            let text = message.body_text(0).unwrap();
            all.extend(text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')));
        }
    }
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

const FOREIGN: [&str; 4] = [
    "Nour Women's Association – Tyre\nMinutes of the Board\n\nHeld on 12 February 2026\nPresent: A, B\n",
    "Minutes of the board of directors of the Nour Women's Association\n\nHeld on 12 February 2026\n\
     Present: A, B\n\n\n\n1. A visit to Amal Association.\n",
    "محضر اجتماع مجلس إدارة جمعية نور النسائية\nعُقد الاجتماع بتاريخ 12 شباط 2026\nالحضور: 7 من أصل 9 أعضاء\n",
    "Nour Centre\nMinutes of the Board\n\nHeld on 12 February 2026\nPresent: A, B\n",
];

#[test]
fn a_paper_of_another_organization_is_never_judged_here() {
    for paper in FOREIGN {
        let scratch = network();
        // A name deep in the text does not make it this folder's.
        let paper =
            paper.replace("\n\n\n\n1.", &format!("{}1.", "\nDecided.".repeat(45)));
        let documents = dropped(&scratch, "amal", &[("board.txt", &paper)]);
        assert_eq!(documents[0]["state"], "needs_a_look", "{documents}");
        assert_eq!(documents[0]["problem"], "wrong_folder", "{documents}");
        assert_eq!(documents[0]["quotes"][0]["says"], "nour", "{documents}");
        assert_eq!(first_slot(&scratch, "amal").1, "no_evidence");
        let told = letters(&scratch, "amal");
        assert!(told.contains("names another organization as its own"), "{told}");
        assert!(told.contains("Please move it to that organization's folder"), "{told}");
        assert!(!letters(&scratch, "nour").contains("board.txt"));
    }
}

#[test]
fn in_its_own_folder_it_is_judged() {
    for paper in FOREIGN {
        let scratch = network();
        let documents = dropped(&scratch, "nour", &[("board.txt", paper)]);
        assert_eq!(documents[0]["state"], "understood", "{documents}");
        assert_eq!(first_slot(&scratch, "nour").0, "met");
    }
}

#[test]
fn partners_are_named_without_harm() {
    for paper in [
        "Amal Association\nMinutes of the Board\n\nMeeting with Nour Women's Association\n\
         Held on 12 February 2026\nPresent: A, B\n",
        "Minutes of the Board\n\nHeld on 12 February 2026\nPresent: A, B\n\n\
         Nour Women's Association visit was approved.\n\
         A letter came from the board of directors of Nour Women's Association.\n",
        "محضر اجتماع مجلس الإدارة\nعُقد الاجتماع بتاريخ 12 شباط 2026\nالحضور: 7 من أصل 9 أعضاء\n\
         تقرر توقيع مذكرة تفاهم مع جمعية نور النسائية\n",
    ] {
        let scratch = network();
        let documents = dropped(&scratch, "amal", &[("board.txt", paper)]);
        assert_eq!(documents[0]["state"], "understood", "{documents}");
    }
}

#[test]
fn a_person_who_states_what_it_is_has_seen_whose_it_is() {
    let scratch = network();
    let stated = "kind = \"board_minutes\"\nmeeting_date = 2026-02-12\n";
    let papers = [("board.txt", FOREIGN[0]), ("board.txt.meta.toml", stated)];
    let documents = dropped(&scratch, "amal", &papers);
    assert_eq!(documents[0]["state"], "understood", "{documents}");
}

#[test]
fn days_that_contradict_each_other_prove_neither() {
    let arabic = "محضر اجتماع مجلس الإدارة\nعُقد الاجتماع يوم الاثنين الموافق 12 شباط 2026\n\
                  الحضور: 7 من أصل 9 أعضاء\n";
    for (name, paper, other) in [
        ("board.md", minutes("Monday, 12 February 2026"), "2026-02-09"),
        ("board.txt", arabic.to_owned(), "2026-02-09"),
        ("board 2026-03-03.md", minutes("12 February 2026"), "2026-03-03"),
    ] {
        for (id, said) in [
            (
                "amal",
                ["Two different days are given for one meeting.", "12 February 2026"],
            ),
            ("nour", ["ذُكر يومان مختلفان لاجتماع واحد.", "12 شباط 2026"]),
        ] {
            let scratch = network();
            let documents = dropped(&scratch, id, &[(name, &paper)]);
            assert_eq!(documents[0]["problem"], "date_contradicts", "{documents}");
            let says: Vec<&str> = documents[0]["quotes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|quote| quote["says"].as_str().unwrap())
                .collect();
            assert_eq!(says, ["2026-02-12", other], "{documents}");
            let (state, truth) = first_slot(&scratch, id);
            assert_eq!(state, "insufficient_evidence");
            assert_eq!(truth, "contradictory");
            let told = letters(&scratch, id);
            for said in said {
                assert!(told.contains(said), "{said}: {told}");
            }
        }
    }
}

#[test]
fn a_second_source_or_a_person_settles_a_day() {
    let twice = minutes("Monday, 12 February 2026") + "\nSigned, 12 February 2026.\n";
    let scratch = network();
    let documents = dropped(&scratch, "amal", &[("board.md", &twice)]);
    assert_eq!(documents[0]["state"], "understood", "{documents}");

    let scratch = network();
    let stated = "meeting_date = 2026-02-12\n";
    let doubtful = minutes("Monday, 12 February 2026");
    let papers = [("board.md", doubtful.as_str()), ("board.md.meta.toml", stated)];
    let documents = dropped(&scratch, "amal", &papers);
    assert_eq!(documents[0]["state"], "understood", "{documents}");
    assert_eq!(first_slot(&scratch, "amal").0, "met");
}

#[test]
fn two_days_for_one_numbered_meeting_are_told_with_their_papers() {
    let scratch = network();
    let of = |day: &str| minutes(day).replace("# Minutes of", "# Minutes No. 4 of");
    dropped(&scratch, "amal", &[("first.md", &of("12 February 2026"))]);
    dropped(&scratch, "amal", &[("second.md", &of("19 February 2026"))]);
    assert_eq!(first_slot(&scratch, "amal").1, "contradictory");
    let told = letters(&scratch, "amal");
    assert!(told.contains("It gives 19 February 2026"), "{told}");
    assert!(told.contains("first.md gives 12 February 2026"), "{told}");
}
