//! What a person states beside a paper, in either language, as evidence of duties.

use mithaq::calendar::Day;
use mithaq::compile::{Source, compile};
use mithaq::document::{
    Fact, FactName, KindGuess, Method, ReadState, Reading, Sha256, Value,
};
use mithaq::evidence;
use mithaq::evidence::Arrival;
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::organization::FiscalYears;
use mithaq::timeline::{AsOf, Folder, Timeline};
use mithaq::verdict::State;
use mithaq::vocabulary;

fn day(text: &str) -> Day {
    Day::parse(text).expect("the test's own date")
}

fn fact(name: FactName, value: Value) -> Fact {
    Fact {
        name,
        value,
        group: 0,
        method: Method::Stated,
        confidence: 1000,
        passage: None,
    }
}

/// The state of a rule on a day, for an organization whose one paper comes with statements.
fn state(rule: &str, facts: &[(FactName, Value)], on: &str) -> State {
    let vocabulary = vocabulary::standard();
    let (program, diagnostics) =
        compile(&[Source::new("rules/test.rules", rule)], &vocabulary);
    let rulebook = &program.rulebooks[0];
    let rule = rulebook.rules.first().unwrap_or_else(|| panic!("{diagnostics:?}"));
    let reading = Reading {
        state: ReadState::Understood,
        text_health: 1000,
        kinds: vec![KindGuess {
            kind: "general_assembly_minutes".to_owned(),
            confidence: 1000,
        }],
        facts: facts.iter().map(|(name, value)| fact(*name, value.clone())).collect(),
    };
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    let arrival = Arrival {
        sha256: Sha256::ZERO,
        path: "minutes.txt",
        received: 0,
        received_on: day("2026-06-01"),
    };
    evidence::add(&mut timeline, &vocabulary, arrival, &reading);
    let profile = Profile {
        start: Some(day("2025-01-01")),
        fiscal_years: FiscalYears::default(),
        ..Profile::default()
    };
    let view = View::new(&profile, &timeline, AsOf::new(day(on), 0));
    judge::verdict(&Duty::of(rulebook, rule), &view).state
}

fn happened(text: &str) -> (FactName, Value) {
    (FactName::Happened, Value::Text(text.to_owned()))
}

#[test]
fn a_deed_stated_in_either_language_is_evidence() {
    let rule = "the general assembly appoints the auditor each year";
    for stated in [
        "the general assembly appointed the auditor on 5 March 2025",
        "on 2025-03-05 the auditor was appointed by the general assembly",
        "عيّنت الجمعية العمومية مدقق الحسابات في 5 آذار 2025",
        "يُعيَّن مدقق الحسابات من الجمعية العمومية بتاريخ 5/3/2025",
    ] {
        assert_eq!(
            state(rule, &[happened(stated)], "2026-02-01"),
            State::Met,
            "{stated}"
        );
    }
    assert_eq!(state(rule, &[], "2026-02-01"), State::Closed);
    let other = happened("the board appointed the auditor on 5 March 2025");
    assert_eq!(state(rule, &[other], "2026-02-01"), State::Closed);
}

#[test]
fn a_change_is_told_within_its_month() {
    let rule = "the registrar is notified of each change of address within one month";
    let change = happened("change of address on 1 February 2026");
    let told = |on: &str| {
        happened(&format!("the registrar was notified of the change of address on {on}"))
    };
    let on_time = [change.clone(), told("1 March 2026")];
    assert_eq!(state(rule, &on_time, "2026-05-01"), State::Met);
    let arabic = happened("أُخطرت الدائرة المختصة بتغيير في العنوان في 20 شباط 2026");
    assert_eq!(state(rule, &[change.clone(), arabic], "2026-05-01"), State::Met);
    let late = [change.clone(), told("2 March 2026")];
    assert_eq!(state(rule, &late, "2026-05-01"), State::MetLate);
    assert_eq!(state(rule, &[change], "2026-05-01"), State::StillOwed);
}

#[test]
fn complaints_are_answered_each_by_its_number() {
    let rule = "complaints are answered within 30 days";
    let said = |text: &str| happened(text);
    let both = [
        said("a complaint was obtained on 1 March 2026 number 1"),
        said("complaint number 2 on 5 March 2026"),
        said("the complaint was answered on 10 March 2026 number 2"),
    ];
    assert_eq!(state(rule, &both, "2026-06-01"), State::StillOwed);
    for answered in ["أُجيب عن الشكوى في", "يُجاب عن الشكوى في"]
    {
        let answered = said(&format!("{answered} 20 آذار 2026 رقم 1"));
        let all = [&both[..], &[answered]].concat();
        assert_eq!(state(rule, &all, "2026-06-01"), State::Met);
    }
}

#[test]
fn the_end_of_a_mandate_is_stated_and_the_election_before_it() {
    let rule = "تُجرى انتخابات مجلس الإدارة قبل انتهاء ولايته";
    let end = (FactName::MandateEnd, Value::Day(day("2026-03-31")));
    let elected = |on: &str| happened(&format!("the board was elected on {on}"));
    assert_eq!(
        state(rule, &[end.clone(), elected("2026-03-31")], "2026-05-01"),
        State::Met
    );
    assert_eq!(
        state(rule, &[end.clone(), elected("2026-04-02")], "2026-05-01"),
        State::MetLate
    );
    assert_eq!(state(rule, &[end], "2026-05-01"), State::StillOwed);
}

#[test]
fn what_no_sentence_says_is_no_evidence() {
    let rule = "complaints are answered within 30 days";
    for nonsense in [
        "",
        "on",
        "5 March 2026",
        "the moon answered on 5 March 2026",
        "‹event 1› ‹number 2›",
    ] {
        assert_eq!(
            state(rule, &[happened(nonsense)], "2026-06-01"),
            State::NotYetOpen,
            "{nonsense}"
        );
    }
}
