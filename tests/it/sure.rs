//! When the reader is sure what a paper is, and when it asks.

use mithaq::document::Problem;
use mithaq::document::ReadState;
use mithaq::extract::extract;
use mithaq::recognise::Context;
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
