//! The core through its one top: what happens goes in, what follows comes out.

use mithaq::calendar::Day;
use mithaq::compile::{self, Source};
use mithaq::document::{
    Fact, FactName, KindGuess, Method, ReadState, Reading, Sha256, Value,
};
use mithaq::letters::{Letter, LetterKind};
use mithaq::organization::{Organization, Person};
use mithaq::plan::{Effect, Input, Network, Now, PaperRead, Stored, step};
use mithaq::text::{Bilingual, Language};
use mithaq::vocabulary::{self, Vocabulary};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

const ENGLISH: &str = "board meets quarterly\ngeneral assembly meets annually\n";
const ARABIC: &str = "يجتمع مجلس الإدارة كل ربع سنة\nتجتمع الجمعية العمومية سنويًا\n";

fn day(text: &str) -> Day {
    Day::parse(text).expect("invariant: the test's own date")
}

/// Noon of a day, in seconds since 1970.
fn noon(day: Day) -> i64 {
    i64::from(day.0) * 86_400 + 43_200
}

fn now(on: Day) -> Now {
    Now { instant: noon(on), day: on, days: BTreeMap::new() }
}

/// A network of one organization that joined on 1 January 2025.
pub(crate) struct World {
    pub(crate) network: Network,
    effects: Vec<Effect>,
}

impl World {
    pub(crate) fn new(rules: &str) -> World {
        World::of(rules, amal())
    }

    /// Nobody stated when the organization joined or was founded.
    pub(crate) fn without_a_start(rules: &str) -> World {
        World::of(rules, Organization { joined: None, ..amal() })
    }

    fn of(rules: &str, organization: Organization) -> World {
        static STANDARD: LazyLock<Arc<Vocabulary>> =
            LazyLock::new(|| Arc::new(vocabulary::standard()));
        let vocabulary = Arc::clone(&STANDARD);
        let rules = compiled(rules, &vocabulary);
        let mut world = World { network: Network::new(vocabulary), effects: Vec::new() };
        let organization = Input::Organization(Box::new(organization));
        world.then(day("2025-01-01"), vec![organization, rules]);
        world
    }

    /// The rules are edited, and everybody is judged by the new ones.
    pub(crate) fn edit(&mut self, on: Day, rules: &str) -> Vec<Effect> {
        let rules = compiled(rules, self.network.vocabulary());
        self.then(on, vec![rules]);
        let waiting = self.network.take_rejudged().into_iter();
        let changed = |organization| Input::RulesChanged { organization };
        self.then(on, waiting.map(changed).collect())
    }

    pub(crate) fn then(&mut self, on: Day, inputs: Vec<Input>) -> Vec<Effect> {
        let effects = step(&mut self.network, inputs, &now(on));
        self.effects.extend(effects.iter().cloned());
        effects
    }

    /// Papers arrive, the folder is seen whole, the burst is over.
    fn papers(&mut self, on: &str, papers: &[(&str, &str)]) -> Vec<Effect> {
        let on = day(on);
        let mut inputs: Vec<Input> =
            papers.iter().map(|(body, date)| paper(body, day(date), on)).collect();
        inputs.push(Input::Reconciled { organization: "amal".into(), healthy: true });
        inputs.push(Input::Settled { organization: "amal".into() });
        self.then(on, inputs)
    }

    pub(crate) fn day(&mut self, on: Day) -> Vec<Effect> {
        let due = self.network.take_due(&now(on)).into_iter();
        let passed = |organization| Input::DayPassed { organization };
        self.then(on, due.map(passed).collect())
    }

    /// What is stored of verdicts and findings, in its final form.
    pub(crate) fn stored(&self) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
        let (mut verdicts, mut findings) = (BTreeMap::new(), BTreeMap::new());
        for effect in &self.effects {
            match effect {
                Effect::Verdict(row) => {
                    let seen = (row.state, row.upcoming, row.score, row.next_change);
                    verdicts.insert(row.rule.clone(), format!("{seen:?}"));
                }
                Effect::Finding(finding, _) => {
                    let how = finding.closed.map(|closed| closed.how);
                    let key = format!("{} {}", finding.key.rule, finding.key.slot);
                    findings.insert(key, format!("{:?} {how:?}", finding.state));
                }
                _ => {}
            }
        }
        (verdicts, findings)
    }
}

fn compiled(rules: &str, vocabulary: &Vocabulary) -> Input {
    let (program, diagnostics) =
        compile::compile(&[Source::new("rules/code.rules", rules)], vocabulary);
    assert!(!diagnostics.iter().any(mithaq::diagnostics::Diagnostic::is_error));
    Input::Rules(Box::new(program))
}

fn amal() -> Organization {
    Organization {
        id: "amal".into(),
        name: Bilingual::new("Amal Association", "جمعية الأمل"),
        organization_type: "association".into(),
        zone: "Asia/Hebron".into(),
        joined: Some(day("2025-01-01")),
        people: vec![Person {
            name: "ليلى".into(),
            role: "secretary".into(),
            address: "secretary@amal.example.org".into(),
            language: Language::Arabic,
        }],
        ..Organization::default()
    }
}

/// Minutes of a meeting on `date`, received on `on`.
pub(crate) fn paper(kind: &str, date: Day, on: Day) -> Input {
    let mut sha256 = [0; 32];
    sha256[..4].copy_from_slice(&date.0.to_be_bytes());
    sha256[4] = u8::try_from(kind.len()).unwrap();
    let fact = Fact {
        name: FactName::MeetingDate,
        value: Value::Day(date),
        group: 0,
        method: Method::Body,
        confidence: 950,
        passage: None,
    };
    Input::Paper(Box::new(PaperRead {
        organization: "amal".into(),
        sha256: Sha256(sha256),
        path: format!("minutes {date}.txt"),
        bytes: 1000,
        received: noon(on),
        received_on: on,
        reading: Reading {
            state: ReadState::Understood,
            text_health: 1000,
            kinds: vec![KindGuess { kind: kind.into(), confidence: 950 }],
            facts: vec![fact],
        },
        replaces: None,
        duplicate_of: None,
        carrier: None,
        encloses: 0,
    }))
}

fn letters(effects: &[Effect]) -> Vec<&Letter> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Letter(letter) => Some(&**letter),
            _ => None,
        })
        .collect()
}

fn kinds(effects: &[Effect]) -> Vec<LetterKind> {
    letters(effects).iter().map(|letter| letter.kind()).collect()
}

#[test]
fn a_first_scan_gives_one_summary_and_no_finding_letters() {
    let mut world = World::new(ENGLISH);
    let effects = world.papers("2025-11-21", &[("board_minutes", "2025-02-12")]);
    assert_eq!(kinds(&effects), [LetterKind::FirstSummary]);
    let opened =
        effects.iter().filter(|effect| matches!(effect, Effect::Finding(..))).count();
    assert_eq!(opened, 2, "the second and the third quarter");
}

#[test]
fn a_paper_gives_a_receipt_closes_its_finding_and_moves_the_index() {
    let mut world = World::new(ENGLISH);
    world.papers("2025-11-21", &[("board_minutes", "2025-02-12")]);
    let effects = world.papers("2025-11-22", &[("board_minutes", "2025-05-09")]);
    let mut told = kinds(&effects);
    told.sort_unstable();
    assert_eq!(told, [LetterKind::Receipt, LetterKind::Resolved, LetterKind::IndexDelta]);
    for letter in letters(&effects) {
        if let mithaq::letters::Body::IndexDelta(delta) = &letter.body {
            let sum: i32 = delta.causes.iter().map(|line| line.points).sum();
            assert_eq!(Some(sum), delta.total());
            assert_eq!(
                delta.causes[0].document.as_deref(),
                Some("minutes 2025-05-09.txt")
            );
        }
    }
}

#[test]
fn a_day_that_passes_without_any_event_opens_a_finding_once() {
    let mut world = World::new(ENGLISH);
    let met = [("board_minutes", "2025-02-12"), ("board_minutes", "2025-05-09")];
    world.papers("2025-07-01", &met);
    let mut found = Vec::new();
    for after in 1..200 {
        let on = day("2025-07-01").plus_days(after);
        let effects = world.day(on);
        let finding = kinds(&effects).contains(&LetterKind::Finding);
        if finding {
            found.push(on.to_string());
        }
    }
    assert_eq!(found, ["2025-10-15", "2026-01-15", "2026-01-15"].map(String::from)[..2]);
}

#[test]
fn a_lapse_on_the_day_on_which_other_rules_change_has_its_letter() {
    let mut world = World::new(ENGLISH);
    let met = [("board_minutes", "2025-02-12"), ("board_minutes", "2025-05-09")];
    world.papers("2025-07-01", &met);
    // The third quarter's evidence is awaited until this day, and the rules change on it.
    let on = day("2025-10-15");
    let more = "the code of ethics is adopted by the board\n";
    let effects = world.edit(on, &format!("{ENGLISH}{more}"));
    let told = kinds(&effects);
    assert!(told.contains(&LetterKind::MethodNotice), "{told:?}");
    let findings = told.iter().filter(|kind| **kind == LetterKind::Finding).count();
    // The new rule is told of in the notice alone.
    assert_eq!(findings, 1, "{told:?}");
    assert!(!kinds(&world.day(on)).contains(&LetterKind::Finding), "it is told once");
}

#[test]
fn a_standing_duty_broken_for_years_is_a_finding_today() {
    let mut world = World::new("conflict of interest policy is adopted by the board\n");
    let effects = world.papers("2027-06-01", &[]);
    let opened =
        effects.iter().filter(|effect| matches!(effect, Effect::Finding(..))).count();
    assert_eq!(opened, 1);
}

#[test]
fn a_paper_of_today_closes_its_finding_today_whatever_was_missed_before() {
    let mut world = World::new(ENGLISH);
    world.papers("2025-07-20", &[]);
    let effects = world.papers("2025-11-05", &[("board_minutes", "2025-05-09")]);
    let closed: Vec<String> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Finding(finding, _) => {
                finding.closed.map(|closed| closed.on.to_string())
            }
            _ => None,
        })
        .collect();
    assert!(!closed.is_empty());
    assert!(closed.iter().all(|on| on == "2025-11-05"), "{closed:?}");
}

#[test]
fn the_digest_comes_on_its_day_of_the_week() {
    let mut world = World::new(ENGLISH);
    world.network.digest_on(4);
    world.then(day("2025-01-01"), vec![Input::Organization(Box::new(amal()))]);
    world.papers("2025-07-01", &[]);
    let mut days = Vec::new();
    for after in 1..40 {
        let on = day("2025-07-01").plus_days(after);
        if kinds(&world.day(on)).contains(&LetterKind::Digest) {
            days.push(on.weekday());
        }
    }
    assert!(days.len() >= 4 && days.iter().all(|weekday| *weekday == 4), "{days:?}");
}

#[test]
fn reminders_come_thirty_seven_and_one_day_before() {
    let mut world = World::new(ENGLISH);
    world.papers("2025-07-01", &[("board_minutes", "2025-05-09")]);
    let mut reminded = Vec::new();
    for after in 1..92 {
        let on = day("2025-07-01").plus_days(after);
        for letter in letters(&world.day(on)) {
            if letter.kind() == LetterKind::DueSoon {
                reminded.push((on.to_string(), letter.window.clone()));
            }
        }
    }
    reminded.dedup_by(|one, other| one.1 == other.1);
    let days: Vec<&str> = reminded.iter().map(|(on, _)| on.as_str()).collect();
    assert_eq!(days, ["2025-08-31", "2025-09-23", "2025-09-29"]);
}

#[test]
fn the_same_rule_in_arabic_gives_the_same_judgements() {
    let (mut english, mut arabic) = (World::new(ENGLISH), World::new(ARABIC));
    for world in [&mut english, &mut arabic] {
        world.papers("2025-07-01", &[("board_minutes", "2025-05-09")]);
        world.day(day("2025-12-20"));
        world.papers("2026-01-20", &[("general_assembly_minutes", "2025-12-01")]);
    }
    assert_eq!(english.stored(), arabic.stored());
}

#[test]
fn a_rule_that_cannot_be_read_is_kept_apart_and_the_others_are_judged() {
    let vocabulary = vocabulary::standard();
    let text = "board meets quarterly\nRule X-1: bord mets quarterly\nflying elephants\n";
    let source = Source::new("rules/code.rules", text);
    let (program, diagnostics) = compile::compile(&[source], &vocabulary);
    assert!(diagnostics.iter().any(mithaq::diagnostics::Diagnostic::is_error));
    let book = &program.rulebooks[0];
    assert_eq!(book.rules.len(), 1);
    let broken: Vec<&str> = book.broken.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(broken, ["X-1", "line-3"]);
}

#[test]
fn a_member_put_back_from_rows_goes_on_as_if_it_had_not_stopped() {
    let mut world = World::new(ENGLISH);
    world.papers("2025-07-01", &[("board_minutes", "2025-05-09")]);
    let mut again = World::new(ENGLISH);
    for effect in &world.effects {
        match effect {
            Effect::Verdict(row) => {
                again.network.recall(Stored::Verdict((**row).clone()));
            }
            Effect::Finding(finding, _) => {
                again.network.recall(Stored::Finding(finding.clone()));
            }
            Effect::Index(row) => again.network.recall(Stored::Index((**row).clone())),
            _ => {}
        }
    }
    again.network.recalled(None);
    if let Input::Paper(read) =
        paper("board_minutes", day("2025-05-09"), day("2025-07-01"))
    {
        again.network.remember(&read, true);
    }
    again.effects = world.effects.clone();
    again.papers("2025-07-01", &[]);
    assert_eq!(again.effects.len(), world.effects.len(), "nothing is told twice");
    again.papers("2025-11-01", &[]);
    world.papers("2025-11-01", &[]);
    assert_eq!(again.stored(), world.stored());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(60, 1200)))]

    /// Papers one by one, with days passing between them, end in the same verdicts as all
    /// of them at once.
    #[test]
    fn incremental_is_from_scratch(
        meetings in proptest::collection::vec((0i32..500, 0i32..60, any::<bool>()), 0..10)
    ) {
        let start = day("2025-01-01");
        let mut arrivals: Vec<(Day, &str, Day)> = meetings
            .iter()
            .map(|(at, late, board)| {
                let kind = if *board { "board_minutes" } else { "general_assembly_minutes" };
                let held = start.plus_days(*at);
                (held.plus_days(*late), kind, held)
            })
            .collect();
        arrivals.sort_unstable();
        let end = start.plus_days(600);
        let mut slowly = World::new(ENGLISH);
        slowly.papers("2025-01-01", &[]);
        for (on, kind, held) in &arrivals {
            let held = held.to_string();
            slowly.papers(&on.to_string(), &[(kind, &held)]);
        }
        slowly.papers(&end.to_string(), &[]);
        let mut at_once = World::new(ENGLISH);
        let all: Vec<(&str, String)> =
            arrivals.iter().map(|(_, kind, held)| (*kind, held.to_string())).collect();
        let all: Vec<(&str, &str)> =
            all.iter().map(|(kind, held)| (*kind, held.as_str())).collect();
        at_once.papers(&end.to_string(), &all);
        prop_assert_eq!(slowly.stored().0, at_once.stored().0);
    }

    /// Asked every day or after a long sleep, the network ends in the same state with the
    /// same findings.
    #[test]
    fn a_long_sleep_changes_nothing(
        meetings in proptest::collection::vec(0i32..300, 0..6), asleep in 1i32..300
    ) {
        let start = day("2025-01-01");
        let dates: Vec<String> =
            meetings.iter().map(|at| start.plus_days(*at).to_string()).collect();
        let papers: Vec<(&str, &str)> =
            dates.iter().map(|date| ("board_minutes", date.as_str())).collect();
        let from = start.plus_days(310);
        let (mut awake, mut sleeping) = (World::new(ENGLISH), World::new(ENGLISH));
        awake.papers(&from.to_string(), &papers);
        sleeping.papers(&from.to_string(), &papers);
        for after in 1..=asleep {
            awake.day(from.plus_days(after));
        }
        sleeping.day(from.plus_days(asleep));
        prop_assert_eq!(awake.stored(), sleeping.stored());
    }
}
