//! Papers read through the public edge: bytes and a name in, kind and facts out.

use mithaq::calendar::Day;
use mithaq::document::FactName;
use mithaq::document::Problem;
use mithaq::document::ReadState;
use mithaq::document::Reading;
use mithaq::document::Value;
use mithaq::extract::extract;
use mithaq::recognise::Context;
use mithaq::recognise::NONE_OF_OURS;
use mithaq::recognise::Sidecar;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::read;

fn reading(name: &str, paper: &str) -> Reading {
    let text = extract(paper.as_bytes(), name).unwrap();
    read(&Context::of(&text, name, &Cues::standard()))
}

fn kind(reading: &Reading) -> &str {
    &reading.kinds[0].kind
}

fn fact(reading: &Reading, name: FactName) -> Option<&Value> {
    reading.facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value)
}

fn day(reading: &Reading, name: FactName) -> String {
    match fact(reading, name) {
        Some(Value::Day(day)) => day.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn english_minutes_state_their_body_and_day() {
    let paper = "# Minutes of the Board of Directors\n\nHeld on 12 February 2026 at the office\n\n\
                 Present: A, B, C\nApologies: D\n\nThe minutes of 9 January 2026 were approved.\n";
    let reading = reading("minutes.md", paper);
    assert_eq!(kind(&reading), "board_minutes");
    assert_eq!(reading.state, ReadState::Understood);
    assert_eq!(day(&reading, FactName::MeetingDate), "2026-02-12");
    assert_eq!(fact(&reading, FactName::Body), Some(&Value::Term("board".to_owned())));
    let date =
        reading.facts.iter().find(|fact| fact.name == FactName::MeetingDate).unwrap();
    let passage = date.passage.as_ref().unwrap();
    assert_eq!(
        (passage.line, passage.text.as_str()),
        (3, "Held on 12 February 2026 at the office")
    );
}

#[test]
fn arabic_minutes_state_their_body_and_day() {
    let paper = "محضر اجتماع مجلس الإدارة رقم (3)\n\
                 عُقد الاجتماع يوم الثلاثاء الموافق ١١/٦/٢٠٢٤م في مقر الجمعية\n\
                 الحضور:\n1. أحمد\n2. سلمى\nوبعد التأكد من اكتمال النصاب القانوني\n";
    let reading = reading("محضر.txt", paper);
    assert_eq!(kind(&reading), "board_minutes");
    assert_eq!(reading.state, ReadState::Understood);
    assert_eq!(day(&reading, FactName::MeetingDate), "2024-06-11");
}

#[test]
fn a_paper_about_minutes_is_not_minutes() {
    let policy = "# Policy on board minutes\n\nThis policy applies to all minutes.\n";
    assert_eq!(kind(&reading("p.md", policy)), "policy");
    let arabic = "سياسة محاضر الاجتماعات\nتسري هذه السياسة على جميع المحاضر\n";
    assert_eq!(kind(&reading("س.txt", arabic)), "policy");
}

#[test]
fn a_meeting_called_off_gives_no_minutes() {
    for paper in [
        "# Board meeting minutes 2026-03-04 - cancelled\n\nNo meeting.\n",
        "محضر اجتماع مجلس الإدارة بتاريخ 4/3/2026\nأُلغي الاجتماع لعدم اكتمال النصاب\n",
    ] {
        let reading = reading("m.md", paper);
        assert_eq!(kind(&reading), NONE_OF_OURS);
        assert_eq!(fact(&reading, FactName::MeetingHeld), Some(&Value::No));
    }
}

#[test]
fn a_meeting_to_come_is_an_invitation() {
    let paper = "# Minutes of the Board\n\nDate: 12 February 2026\n\nPresent: A\n";
    let text = extract(paper.as_bytes(), "m.md").unwrap();
    let cues = Cues::standard();
    let context = Context {
        received: Day::parse("2026-02-01"),
        ..Context::of(&text, "m.md", &cues)
    };
    assert_eq!(kind(&read(&context)), NONE_OF_OURS);
}

#[test]
fn nothing_is_read_from_nothing() {
    assert_eq!(extract(b"", "a.txt"), Err(Problem::Empty));
    assert_eq!(extract(b" \n\n", "a.txt"), Err(Problem::Empty));
}

#[test]
fn what_a_person_states_outranks_what_is_read() {
    let paper = "Notes\n\nWe came together on 3 March 2026.\n";
    let text = extract(paper.as_bytes(), "notes.txt").unwrap();
    let sidecar = Sidecar::parse(
        "kind = \"board_minutes\"\nmeeting_date = 2026-03-04\nattendance = \"7 of 9\"\n",
    )
    .unwrap();
    let cues = Cues::standard();
    let context =
        Context { sidecar: Some(&sidecar), ..Context::of(&text, "notes.txt", &cues) };
    let reading = read(&context);
    assert_eq!(kind(&reading), "board_minutes");
    assert_eq!(reading.state, ReadState::Understood);
    assert_eq!(day(&reading, FactName::MeetingDate), "2026-03-04");
    let attendance = Value::Attendance { present: 7, of: Some(9) };
    assert_eq!(fact(&reading, FactName::Attendance), Some(&attendance));
    let days =
        reading.facts.iter().filter(|fact| fact.name == FactName::MeetingDate).count();
    assert_eq!(days, 2, "the day that was read is kept");
    assert!(Sidecar::parse("kind = ").is_err());
}

#[test]
fn nine_months_are_no_year() {
    for paper in [
        "Association\nInterim financial statements\nfor the nine months ended 30 September 2025\nUnaudited\n",
        "جمعية\nالقوائم المالية المرحلية\nلفترة التسعة أشهر المنتهية في 30 أيلول 2025\nغير مدققة\n",
    ] {
        assert_ne!(kind(&reading("q3.txt", paper)), "audited_accounts", "{paper}");
    }
}

#[test]
fn accounts_state_their_year_opinion_and_day() {
    let paper = "Hope Association\nIndependent Auditor's Report\nfor the year ended 31 December 2025\n\n\
                 We have audited the accounts. In our opinion, except for the matter below,\n\
                 the statements present fairly, in all material respects, the position.\n\n\
                 Olive & Co., certified public accountants\nRamallah, 14 April 2026\n";
    let reading = reading("report.txt", paper);
    assert_eq!(kind(&reading), "audited_accounts");
    assert_eq!(day(&reading, FactName::FiscalYearEnd), "2025-12-31");
    assert_eq!(day(&reading, FactName::DateSigned), "2026-04-14");
    assert_eq!(
        fact(&reading, FactName::Opinion),
        Some(&Value::Term("qualified".to_owned()))
    );
}

#[test]
fn attendance_in_words_figures_and_boxes() {
    for (line, present, of) in [
        ("Present: 7 of 9 members attended.", 7, Some(9)),
        ("حضر الاجتماع سبعة أعضاء من أصل تسعة", 7, Some(9)),
        ("وبعد التأكد من اكتمال النصاب بحضور (11) من أصل (15) عضوًا", 11, Some(15)),
        ("Attendance:\n- [x] A\n- [ ] B\n- [x] C\n", 2, Some(3)),
        ("Present: Ann, Ben and Carl", 3, None),
    ] {
        let paper = format!("# Minutes of the Board\n\nDate: 3 March 2026\n\n{line}\n");
        let reading = reading("m.md", &paper);
        let expected = Value::Attendance { present, of };
        assert_eq!(fact(&reading, FactName::Attendance), Some(&expected), "{line}");
    }
}

#[test]
fn a_form_that_nobody_filled_in_is_no_minutes() {
    for paper in [
        "# Board meeting minutes\n\nDate: YYYY-MM-DD\nCalled to order at xxxx by xxxx\nMembers present:\nMembers remote:\nOthers present:\n",
        "محضر اجتماع مجلس الإدارة رقم (...)\nالتاريخ: ..../..../....\nالحضور:\nالمعتذرون:\nالغائبون:\n",
    ] {
        assert_eq!(kind(&reading("m.md", paper)), NONE_OF_OURS, "{paper}");
    }
}

#[test]
fn two_meetings_in_one_paper_are_two() {
    let paper = "Minutes of the Board meeting held on 12 January 2026\nPresent: A, B, C\nDecided.\n\n\
                 Minutes of the Board meeting held on 9 February 2026\nPresent: A, B\nDecided.\n";
    let reading = reading("minutes.txt", paper);
    let of = |name: FactName| -> Vec<(u16, Value)> {
        let facts = reading.facts.iter().filter(|fact| fact.name == name);
        facts.map(|fact| (fact.group, fact.value.clone())).collect()
    };
    let days =
        ["2026-01-12", "2026-02-09"].map(|day| Value::Day(Day::parse(day).unwrap()));
    let [first, second] = days;
    assert_eq!(of(FactName::MeetingDate), [(0, first), (1, second)]);
    let came = |present| Value::Attendance { present, of: None };
    assert_eq!(of(FactName::Attendance), [(0, came(3)), (1, came(2))]);
}

#[test]
fn a_picture_in_a_letter_does_not_hide_what_it_says() {
    let letter = "MIME-Version: 1.0\nSubject: Minutes of the Board\n\
                  Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\
                  Minutes of the Board\nHeld on 12 February 2026\nPresent: A, B\n--b\n\
                  Content-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\n\n\
                  iVBORw0KGgoAAAANSUhEUg==\n--b--\n";
    let reading = reading("m.eml", letter);
    assert_eq!(kind(&reading), "board_minutes");
    assert_eq!(day(&reading, FactName::MeetingDate), "2026-02-12");
}

#[test]
fn a_roll_that_nobody_filled_in_is_a_form_whatever_follows() {
    let english = "# Regular meeting\n\nDate\nCalled to order at xxxx pm by xxxx\nMembers present:\n\
                   Members remote:\nOthers present:\nQuorum met?\n\n## New business\n\n";
    let arabic = "محضر اجتماع مجلس الإدارة\n\nالتاريخ:\nافتُتحت الجلسة الساعة ____ برئاسة ____\nالحضور:\n\
                  المعتذرون:\nالضيوف:\n\nما يستجد من أعمال\n\n";
    for (form, item) in [
        (english, "Proposal about the classroom shelves.\n\n"),
        (arabic, "مقترح بشأن رفوف القاعة.\n\n"),
    ] {
        let paper = format!("{form}{}", item.repeat(40));
        assert_eq!(
            kind(&reading("regular member meeting 2016 06 14.md", &paper)),
            NONE_OF_OURS,
            "{paper}"
        );
        // Somebody who came makes minutes of it.
        let filled = paper
            .replace("present:\nM", "present: Ann, Ben\nM")
            .replace("الحضور:", "الحضور: سلمى، أحمد");
        assert_ne!(
            kind(&reading("regular member meeting 2016 06 14.md", &filled)),
            NONE_OF_OURS,
            "{filled}"
        );
    }
}

#[test]
fn boxes_of_which_some_are_ticked_are_a_roll_and_no_form() {
    for (head, name) in [
        ("# Minutes of the Board - December 5, 2018\n\n## Attendance\n\n", "Member"),
        ("# محضر اجتماع مجلس الإدارة 5/12/2018\n\n## الحضور\n\n", "عضو"),
    ] {
        let boxes = |ticked: [&str; 4]| -> String {
            let lines = ticked.iter().enumerate();
            lines.map(|(at, tick)| format!("[{tick}] {name} {at}\n")).collect()
        };
        let paper = format!("{head}{}\nDecided.\n", boxes(["X", " ", " ", " "]));
        assert_eq!(kind(&reading("m.md", &paper)), "board_minutes", "{paper}");
        let empty = format!("{head}{}\nDecided.\n", boxes([" "; 4]));
        assert_eq!(kind(&reading("m.md", &empty)), NONE_OF_OURS, "{empty}");
    }
}

#[test]
fn a_few_words_without_a_roll_about_a_missing_quorum_are_no_minutes() {
    for (name, paper) in [
        (
            "board-minutes-2020-11-19.md",
            "This was optional. Since we did not have\nquorum, we only talked.\n",
        ),
        (
            "محضر-مجلس-الإدارة-2020-11-19.txt",
            "حضر بعض الأعضاء ولم يكتمل\nالنصاب فتحدثنا دون قرارات.\n",
        ),
    ] {
        let paper = paper.replace("حضر بعض الأعضاء و", "تحدثنا و");
        assert_eq!(kind(&reading(name, &paper)), NONE_OF_OURS, "{paper}");
    }
    // With a roll it is a meeting, and whether it counts is for the rule to say.
    let paper = "# Minutes of the Board\n\nDate: 3 March 2026\nPresent: Ann\nThere was no quorum.\n";
    assert_eq!(kind(&reading("m.md", paper)), "board_minutes");
}

#[test]
fn a_numeric_date_is_read_in_the_order_in_which_it_is_the_day_of_the_name() {
    for (name, written, read) in [
        ("minutes 2015 11 10.md", "11/10/15", "2015-11-10"),
        ("minutes 2015 11 10.md", "10/11/15", "2015-11-10"),
        ("minutes 2016-03-08.md", "03/08/2016", "2016-03-08"),
        // The name says nothing: day first.
        ("minutes.md", "11/10/15", "2015-10-11"),
    ] {
        let paper =
            format!("# Minutes of the Board\n\nDate: {written}\nPresent: Ann, Ben\n");
        let reading = reading(name, &paper);
        assert_eq!(day(&reading, FactName::MeetingDate), read, "{name} {written}");
        assert_eq!(reading.state, ReadState::Understood, "{name} {written}");
        let arabic =
            format!("محضر اجتماع مجلس الإدارة\nالتاريخ: {written}\nالحضور: سلمى، أحمد\n");
        assert_eq!(
            day(&self::reading(name, &arabic), FactName::MeetingDate),
            read,
            "{name} {written}"
        );
    }
    // What another of its dates proves stands: then the two contradict each other.
    let paper = "# Minutes of the Board\n\nDate: 11/10/2015\nPresent: Ann, Ben\nDue by 25/12/2015.\n";
    let reading = reading("minutes 2015 11 10.md", paper);
    assert_eq!(reading.state, ReadState::NeedsALook(Problem::DateContradicts));
}

#[test]
fn a_meeting_of_one_of_those_whom_a_body_is_called_after_is_that_body_s() {
    let paper = "## Time and place\n\nDate: June 9, 2015\nPresent: Ann, Ben\n\n\
                 They asked for space and the board has not voted on that. We wait.\n";
    let text = extract(paper.as_bytes(), "m.md").unwrap();
    let cues = Cues::standard();
    let bodies = [("general_assembly".to_owned(), vec!["Members".to_owned()])];
    let name = "Regular Member Meeting 2015 06 09.md";
    let context = Context { bodies: &bodies, ..Context::of(&text, name, &cues) };
    let body = Value::Term("general_assembly".to_owned());
    assert_eq!(fact(&read(&context), FactName::Body), Some(&body));
}

#[test]
fn no_opinion_on_controls_is_no_lack_of_an_opinion_on_the_accounts() {
    let paper = "Hope Association\nIndependent Auditor's Report\nfor the year ended 31 December 2025\n\
                 We do not express an opinion on the effectiveness of internal control.\n\
                 In our opinion the statements present fairly the position.\n\
                 Olive & Co., certified public accountants\nRamallah, 14 April 2026\n";
    let opinion = Value::Term("unmodified".to_owned());
    assert_eq!(fact(&reading("r.txt", paper), FactName::Opinion), Some(&opinion));
    let none =
        paper.replace(" on the effectiveness of internal control", " on the statements");
    let opinion = Value::Term("disclaimer".to_owned());
    assert_eq!(fact(&reading("r.txt", &none), FactName::Opinion), Some(&opinion));
}
