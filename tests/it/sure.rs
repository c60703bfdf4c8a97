//! When the reader is sure what a paper is, and when it asks.

use mithaq::document::FactName;
use mithaq::document::Method;
use mithaq::document::Problem;
use mithaq::document::ReadState;
use mithaq::extract::extract;
use mithaq::recognise::Context;
use mithaq::recognise::Sidecar;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::read;

/// The best kind and the state of a text.
fn told(text: &str, name: &str) -> (String, ReadState) {
    let text = extract(text.as_bytes(), name).unwrap();
    let reading = read(&Context::of(&text, name, &Cues::standard()));
    (reading.kinds[0].kind.clone(), reading.state)
}

#[test]
fn rules_are_known_by_their_words_of_duty() {
    let rules = "Chapters must hold a meeting each quarter. Leaders shall not accept gifts. \
                 Each chapter is required to publish its accounts, and may not open a bank \
                 account. Funds must be spent within the year.\n";
    let adopted =
        format!("# Chapters\n\nAdopted by the Board on 5 March 2024\n\n{rules}");
    assert_eq!(told(&adopted, "c.md"), ("policy".to_owned(), ReadState::Understood));
    let arabic = "# الفروع\n\nأقرها مجلس الإدارة في 5 آذار 2024\n\nيجب أن يعقد الفرع اجتماعا \
                  كل ربع سنة، ويحظر على الفرع فتح حساب مصرفي، ويلتزم بنشر حساباته، ولا يجوز له \
                  قبول الهدايا.\n";
    assert_eq!(told(arabic, "c.md"), ("policy".to_owned(), ReadState::Understood));
    // A code of conduct sets rules too, and was adopted; its title tells what it is.
    let code =
        format!("# Code of Conduct\n\nAdopted by the Board on 5 March 2024\n\n{rules}");
    assert_eq!(told(&code, "c.md").0, "none_of_ours");
}

#[test]
fn who_is_not_sure_asks() {
    let unsure = ReadState::NeedsALook(Problem::KindUnsure);
    let nothing = "Dear all,\n\nthe bus leaves at nine. Bring water.\n";
    assert_eq!(told(nothing, "bus.txt"), ("none_of_ours".to_owned(), unsure.clone()));
    let nothing = "تحية طيبة،\n\nينطلق الباص في التاسعة صباحا. أحضروا الماء.\n";
    assert_eq!(told(nothing, "bus.txt"), ("none_of_ours".to_owned(), unsure.clone()));
    let draft =
        "# Travel Policy (draft)\n\n## Purpose\n\nThis policy applies to all staff.\n";
    assert_eq!(told(draft, "travel.md").1, unsure);
    let report = "# Treasurer's Report\n\nTotal income 1200\n\nTotal expenses 900\n";
    assert_eq!(told(report, "t.md").1, ReadState::NoneOfOurs);
}

#[test]
fn a_draft_that_is_discussed_is_not_the_paper() {
    let roll =
        "Date: 8 March 2021\n\nPresent: Ann Lee, Bob Ray, Cy Dee\n\nMotion carried.\n";
    let minutes =
        format!("# Board special meeting to approve the draft budget\n\n{roll}");
    assert!(told(&minutes, "m.md").0.ends_with("minutes"));
    let draft = format!("# Draft minutes of the board\n\n{roll}");
    assert_eq!(told(&draft, "m.md").0, "none_of_ours");
    let amendment =
        "# Bylaws amendment 3\n\nThe section shall be amended to read: twenty.\n";
    assert_eq!(told(amendment, "a.md").0, "none_of_ours");
}

#[test]
fn digits_of_an_arabic_picture_wait_for_a_person() {
    let paper = "محضر اجتماع مجلس الإدارة\nعُقد بتاريخ ١٢/٦/٢٠٢٤\nالحضور:\nأحمد\nسلمى\nرفعت الجلسة\n";
    let mut text = extract(paper.as_bytes(), "m.txt").unwrap();
    let asked = |text: &mithaq::document::Text, sidecar: Option<&Sidecar>| {
        let cues = Cues::standard();
        read(&Context { sidecar, ..Context::of(text, "m.txt", &cues) })
    };
    assert_eq!(asked(&text, None).state, ReadState::Understood);
    text.method = Method::Ocr(950);
    let reading = asked(&text, None);
    assert_eq!(reading.state, ReadState::NeedsALook(Problem::NoText));
    let day =
        reading.facts.iter().find(|fact| fact.name == FactName::MeetingDate).unwrap();
    assert_eq!(day.method, Method::Ocr(950));
    let stated =
        Sidecar::parse("meeting_date = 2024-06-12\nattendance = \"2\"\n").unwrap();
    assert_eq!(asked(&text, Some(&stated)).state, ReadState::Understood);
}
