//! What rules say of each other and of their own time, from rule files to verdicts: giving
//! way, exceptions to exceptions, rules that end, rulebooks that include others.

use std::sync::LazyLock;

use mithaq::calendar::{Day, Period};
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Diagnostic;
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::norm::Quantity;
use mithaq::plan::Book;
use mithaq::program::Program;
use mithaq::timeline::{AsOf, Folder, Timeline};
use mithaq::verdict::{State, Verdict};
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn day(text: &str) -> Day {
    Day::parse(text).expect("invariant: the test's own date")
}

fn program(files: &[(&str, &str)]) -> (Program, Vec<Diagnostic>) {
    let sources: Vec<Source> =
        files.iter().map(|(file, text)| Source::new(file, text)).collect();
    compile(&sources, &STANDARD)
}

/// An organization since 2024 whose empty folder was seen whole.
fn world(kind: &str, income: i64) -> (Profile, Timeline) {
    let mut profile = Profile { start: Some(day("2024-01-01")), ..Profile::default() };
    profile.types = STANDARD.id(kind).into_iter().collect();
    let attribute = STANDARD.id("yearly_income").expect("a word of the vocabulary");
    let income = Quantity { number: income, currency: Some(*b"USD") };
    profile.attributes.state(attribute, day("2024-01-01"), income);
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    (profile, timeline)
}

fn verdict(
    program: &Program,
    rule: &str,
    world: &(Profile, Timeline),
    on: &str,
) -> Verdict {
    let (profile, timeline) = world;
    let as_of = AsOf::new(day(on), 0);
    let view = View::new(profile, timeline, as_of);
    let found = program.rulebooks.iter().find_map(|book| {
        book.rules.iter().find(|found| found.id == rule).map(|rule| (book, rule))
    });
    let (book, rule) = found.expect("the rule is there");
    judge::verdict(&Duty::of(book, rule), &view)
}

const LAW: (&str, &str) = (
    "rules/law.rules",
    "Rule PS06: the board has between 7 and 13 members\n  Applies to: associations\n",
);

#[test]
fn a_rule_gives_way_where_the_other_one_applies_and_nowhere_else() {
    let own = (
        "rules/practice.rules",
        "Rule GP01: board meets quarterly\n  Gives way to: PS06\n",
    );
    let (program, diagnostics) = program(&[LAW, own]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let state = |kind| verdict(&program, "GP01", &world(kind, 1), "2025-06-01").state;
    assert_eq!(state("association"), State::NotApplicable);
    assert_eq!(state("initiative"), State::Closed);
    let unknown =
        verdict(&program, "GP01", &world("no such type", 1), "2025-06-01").state;
    assert_eq!(unknown, State::InsufficientEvidence, "whether PS06 applies is not known");
}

#[test]
fn nobody_gives_way_to_a_draft_nor_to_a_rule_that_is_not_there() {
    let draft = (
        "rules/law.rules",
        "Rule PS06: the board has between 7 and 13 members\n  Status: draft\n",
    );
    let own = (
        "rules/practice.rules",
        "القاعدة GP01: يجتمع مجلس الإدارة كل ربع سنة\n  تتقدّم عليها: law/PS06\n",
    );
    let (drafted, diagnostics) = program(&[draft, own]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let state = verdict(&drafted, "GP01", &world("association", 1), "2025-06-01").state;
    assert_eq!(state, State::Closed);
    let missing = own.1.replace("law/PS06", "PS06");
    let (_, diagnostics) = program(&[(own.0, &missing)]);
    assert_eq!(diagnostics.first().map(|told| told.code), Some("G-414"));
    let elsewhere = own.1.replace("law/PS06", "practice/PS06");
    let (_, diagnostics) = program(&[(own.0, &elsewhere)]);
    assert_eq!(diagnostics.first().map(|told| told.code), Some("G-414"));
    let (alone, diagnostics) = program(&[own]);
    assert!(diagnostics.is_empty(), "the network has no such rulebook: {diagnostics:#?}");
    let state = verdict(&alone, "GP01", &world("association", 1), "2025-06-01").state;
    assert_eq!(state, State::Closed);
}

#[test]
fn an_exception_is_limited_by_the_exceptions_below_it() {
    let english = "Rule A-1: board meets quarterly\n  Except when: yearly income is below 50,000 USD  [small]\n  But not when: yearly income is below 1,000 USD  [tiny]\n";
    let arabic = "القاعدة A-1: يجتمع مجلس الإدارة كل ربع سنة\n  يُستثنى من ذلك: إذا كان الدخل السنوي أقل من 50000 دولار أمريكي  [صغيرة]\n  إلا إذا: كان الدخل السنوي أقل من 1000 دولار أمريكي  [صغيرة جدًا]\n";
    let [english, arabic] =
        [english, arabic].map(|text| program(&[("rules/a.rules", text)]));
    assert!(english.1.is_empty() && arabic.1.is_empty(), "{english:?} {arabic:?}");
    let rule = |program: &Program| program.rulebooks[0].rules[0].clone();
    assert_eq!(rule(&english.0).meaning, rule(&arabic.0).meaning);
    assert_eq!(rule(&arabic.0).exceptions[0].unless[0].0.as_deref(), Some("صغيرة جدًا"));
    for (income, state) in
        [(60_000, State::Closed), (40_000, State::NotApplicable), (900, State::Closed)]
    {
        let world = world("association", income);
        assert_eq!(
            verdict(&english.0, "A-1", &world, "2025-06-01").state,
            state,
            "{income}"
        );
    }
}

#[test]
fn a_rule_that_ends_is_judged_to_its_end_and_the_change_is_foretold() {
    let text = "Rule A-1: the procurement policy is adopted by the board\n  In force: from 1 February 2025 until 30 June 2025\n";
    let (program, diagnostics) = program(&[("rules/a.rules", text)]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let world = world("association", 1);
    let before = verdict(&program, "A-1", &world, "2025-06-30");
    assert_eq!(before.state, State::StillOwed);
    let change = before.next_change.expect("the rule ends");
    assert_eq!((change.on, change.state), (day("2025-07-01"), State::NotApplicable));
    assert_eq!(
        verdict(&program, "A-1", &world, "2025-07-01").state,
        State::NotApplicable
    );
}

#[test]
fn of_a_rule_for_each_quarter_only_the_quarters_that_end_in_its_time_count() {
    let text = "Rule A-1: board meets quarterly\n  In force: from 1 March 2025 to 30 June 2025\n";
    let (program, _) = program(&[("rules/a.rules", text)]);
    let (profile, timeline) = world("association", 1);
    let rule = &program.rulebooks[0].rules[0];
    let as_of = AsOf::new(day("2026-01-20"), 0);
    let view = View::new(&profile, &timeline, as_of);
    let slots = judge::slots(&Duty::of(&program.rulebooks[0], rule), &view);
    let dues: Vec<Period> =
        slots.iter().map(|slot| Period { from: slot.from, to: slot.due }).collect();
    let quarter = |from, to| Period { from: day(from), to: day(to) };
    assert_eq!(
        dues,
        [quarter("2025-01-01", "2025-03-31"), quarter("2025-04-01", "2025-06-30")]
    );
}

#[test]
fn one_index_counts_the_rules_of_the_rulebooks_it_includes() {
    let index = (
        "rules/index.rules",
        "Rulebook: Index\nDimension: Accountability\nIncludes: law as Integrity\n\nRule A-1: board meets quarterly\n  Dimension: Accountability\n",
    );
    let arabic = (
        "rules/index.rules",
        "مجموعة القواعد: المؤشر\nالمحور: Accountability\nتشمل: law بوصفها Integrity\n\nالقاعدة A-1: يجتمع مجلس الإدارة كل ربع سنة\n  المحور: Accountability\n",
    );
    for index in [index, arabic] {
        let (program, diagnostics) = program(&[LAW, index]);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        let book = Book::new(program);
        let [only] = book.indexes() else { panic!("one index") };
        assert_eq!(only.dimensions, ["Accountability", "Integrity"]);
        let rules: Vec<(&str, u8)> = only
            .rules
            .iter()
            .map(|(number, at)| (book.rule(*number).unwrap().1.id.as_str(), *at))
            .collect();
        assert_eq!(rules, [("A-1", 0), ("PS06", 1)]);
    }
}

#[test]
fn a_rule_in_both_languages_is_compared_by_meaning() {
    let same = "Rule A-1: board meets quarterly\n  Also: يجتمع مجلس الإدارة فصليًا\n";
    let (program_of_same, diagnostics) = program(&[("rules/a.rules", same)]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let also = program_of_same.rulebooks[0].rules[0].also.clone();
    assert_eq!(also.as_deref(), Some("يجتمع مجلس الإدارة فصليًا"));
    let other = "Rule A-1: board meets quarterly\n  Also: يجتمع مجلس الإدارة شهريًا\n";
    let (_, diagnostics) = program(&[("rules/a.rules", other)]);
    assert_eq!(diagnostics.first().map(|told| told.code), Some("G-415"));
}
