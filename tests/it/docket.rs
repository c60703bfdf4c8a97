//! The short way to a verdict and the long one give the same, whatever is on file.

use proptest::prelude::*;

use mithaq::calendar::{Day, MonthCounting, Period, Span};
use mithaq::compile::{self, Source};
use mithaq::judge::{self, Docket, Profile, View};
use mithaq::norm::{Act, Item, Quantity, TermId};
use mithaq::organization::FiscalYears;
use mithaq::plan::Book;
use mithaq::timeline::{AsOf, Aspect, Doubt, Entry, Folder, Paper, Subject, Timeline};
use mithaq::vocabulary::{self, Vocabulary};

use crate::scratch::cases;

/// Every shape of duty that has a short way, with what may be said around it.
const RULES: &str = "\
board meets quarterly
board meets at least 3 times in each calendar year
board meets monthly
finance committee meets at least once in each week
general assembly meets at least once in each fiscal year
general assembly meets annually
  Grace: 30 days
board meets every 4 months
annual report is published within 6 months of the end of the fiscal year
  Grace: 2 weeks
audited accounts are submitted to the competent ministry within 5 months of the end of the fiscal year
  Applies to: yearly income is over 100,000 USD
budget is adopted by the board by 31 January
budget is adopted within 2 months of the start of the fiscal year
board meets every 5 months
  Applies to: yearly income is over 100,000 USD
conflict of interest policy is adopted by the board and reviewed every 2 years
conflict of interest policy is reviewed every 3 years
  Except when: yearly income is below 100,000 USD
general assembly has at least 30 members
  Applies to: yearly income is over 100,000 USD
bylaws are adopted by the general assembly
registration certificate is valid
board has between 7 and 13 members
every board meeting has a quorum of more than half of the members
every general assembly meeting has a quorum of at least one third of the members
  Except when: yearly income is below 100,000 USD
  In force: 2025-01-01
board meets at least once in each half-year
  Counts only if: at least half of the board members attended
the board meets in each of the last 4 calendar quarters
  Applies to: yearly income is over 100,000 USD
the board meets in at least 6 of the last 8 calendar quarters
  Counts only if: at least half of the board members attended
in at least 10 of the last 12 calendar months, the board meets
the last time, this was fulfilled in time: the annual report is published within 6 months of the end of the fiscal year
  Applies to: organizations founded by the end of the fiscal year
  Except when: yearly income is below 100,000 USD
each of the last 2 times, this was fulfilled in time: the annual report is published within 6 months of the end of the fiscal year
  Applies to: organizations founded by the end of the fiscal year
  Grace: 2 weeks
at least 2 of the last 3 times, this was fulfilled in time: the annual report is published within 6 months of the end of the fiscal year
the last time, this was fulfilled in time: the audited accounts are submitted to the competent ministry within 3 months of the end of the fiscal year
  Applies to: organizations founded by the end of the fiscal year
  Except when: yearly income is below 100,000 USD; then the last time, this was fulfilled in time: the audited accounts are submitted to the competent ministry within 5 months of the end of the fiscal year
each of the last 2 times, this was fulfilled in time: the general assembly meets at least once in each fiscal year
  Applies to: organizations founded at least 11 months before the end of the fiscal year
the annual report is published within 7 months of the end of the fiscal year
  Applies to: organizations founded by the end of the fiscal year
all of the following are fulfilled: the board has between 3 and 13 members; except for organizations with yearly income below 100,000 USD, the board has at least 7 members
it is enough that yearly income is below 100,000 USD, or else all of the following are fulfilled: the board has between 3 and 13 members; the conflict of interest policy is reviewed at least once every 730 days
at least one of the following is fulfilled: the conflict of interest policy is reviewed at least once every 365 days; the board has at least 9 members
  Grace: 10 days
all of the following are fulfilled: the board has between 3 and 9 members; the conflict of interest policy is reviewed at least once every 300 days; the board meets at least once every 3 months
all of the following are fulfilled: the conflict of interest policy is reviewed at least once every 10 weeks; except for organizations with yearly income below 100,000 USD, the board has at least 7 members; the board meets at least once every 100 days
it is enough that yearly income is below 100,000 USD, or else all of the following are fulfilled: the board meets at least once every 90 days; the conflict of interest policy is reviewed at least once every 400 days
each time in the last 365 days, this was fulfilled in time: the board meets at least once every 2 months
each time in the last 3 years, this was fulfilled in time: the board meets at least once every month
each time in the last 4 years, this was fulfilled in time: the conflict of interest policy is reviewed at least once every year
each time in the last 300 days, this was fulfilled in time: the board meets at least once every 9 weeks
each time in the last 1095 days, this was fulfilled in time: the board meets at least once every 120 days
each time in the last 365 days and at least 30 days ago, this was fulfilled in time: the board minutes are on file within 30 days of each meeting of the board
the last time, this was fulfilled in time: the budget is adopted before the start of the fiscal year
  Applies to: organizations founded by the end of the fiscal year
the board minutes are on file within 30 days of each meeting of the board
each time in the last 365 days and at least 20 days ago, this was fulfilled in time: the board minutes are on file within 30 days of each meeting of the board
  Grace: 10 days
  Applies to: yearly income is over 100,000 USD
each time in the last 24 months, this was fulfilled in time: the board meets at least once every 3 months
  Except when: yearly income is below 100,000 USD
  Grace: 10 days
at least 2 of the last 3 times, this was fulfilled in time: the budget is adopted before the start of the fiscal year
  Grace: 30 days
each of the last 2 times, this was fulfilled in time: the budget is adopted before the start of the fiscal year
  Applies to: organizations founded at least 5 months before the end of the fiscal year with yearly income of at least 100,000 USD
the budget is adopted before the start of the fiscal year
at least 40% of the members of the board have signed the conflict of interest declaration in the last 365 days
at least 30% of the members of the board have signed the conflict of interest declaration in the last 6 months
  Applies to: yearly income is over 100,000 USD
  Grace: 10 days
the annual report contains: list of board members; audited accounts
  Applies to: yearly income is over 100,000 USD
each of the last 2 times, this was fulfilled in time: the annual report contains: list of board members; and the last time: the annual report contains: audited accounts
at least 2 of the last 3 times, this was fulfilled in time: the annual report contains: audited accounts
each time in the last 1095 days, this was fulfilled in time: each complaint is answered within 60 days of its receipt
  Except when: yearly income is below 100,000 USD; then each time in the last 1095 days, this was fulfilled in time: each complaint is answered within 120 days of its receipt
each time in the last 365 days and at least 30 days ago, this was fulfilled in time: each complaint is answered within 30 days of its receipt
the conflict of interest policy is reviewed at least once every 400 days
  Applies to: yearly income is over 100,000 USD
Rule LAW: the general assembly meets at least twice in each fiscal year
  Applies to: organizations founded by the end of the fiscal year
Rule OWN: the general assembly meets at least once in each half-year
  Gives way to: LAW
Rule OWN-2: each of the last 2 times, this was fulfilled in time: the budget is adopted before the start of the fiscal year
  Gives way to: LAW
yearly income is at least 80,000 USD
yearly income is at least 120,000 USD
  Except when: yearly income is below 100,000 USD
";

/// The same where nothing is awaited once its time is over.
const UNAWAITED: &str = "\
Rulebook: nothing is awaited
Evidence may arrive: 0 days
all of the following are fulfilled: the board has between 3 and 9 members; the conflict of interest policy is reviewed at least once every 300 days; the board meets at least once every 90 days
all of the following are fulfilled: except for organizations with yearly income below 100,000 USD, the board has at least 7 members; the board meets at least once every 100 days
each time in the last 1095 days, this was fulfilled in time: the board meets at least once every 120 days
each time in the last 700 days, this was fulfilled in time: the board meets at least once every 30 days
in at least 10 of the last 12 calendar months, the board meets
at least 40% of the members of the board have signed the conflict of interest declaration in the last 60 days
";

/// What one entry is made of.
#[derive(Clone, Debug)]
struct Told {
    kind: usize,
    day: i32,
    number: u32,
    about: Option<i32>,
    count: Option<u16>,
    of: Option<u16>,
    by: usize,
    /// Oddities: 1 contradicted, 2 replaced, 3 known late; else none.
    odd: u8,
}

#[derive(Clone, Debug)]
struct World {
    told: Vec<Told>,
    start: Option<i32>,
    founded: Option<i32>,
    ends: (u8, u8),
    budget: Option<(i32, i64)>,
    doubt: Option<(usize, Option<i32>)>,
    healthy: bool,
    suspended: bool,
}

/// Days are counted from 1 January 2023; the day judged is one of about four years.
fn told() -> impl Strategy<Value = Told> {
    let about = proptest::option::weighted(0.4, -2..5i32);
    let odd = prop_oneof![30 => Just(0u8), 1 => 1..4u8];
    let number = prop_oneof![6 => Just(0u32), 1 => 1..4u32];
    let count = proptest::option::weighted(0.9, 0..16u16);
    let of = proptest::option::weighted(0.9, 1..14u16);
    let by = prop_oneof![5 => Just(0usize), 1 => 1..3usize];
    (0..KINDS.len(), 0..1_500i32, number, about, count, of, by, odd).prop_map(
        |(kind, day, number, about, count, of, by, odd)| Told {
            kind,
            day,
            number,
            about,
            count,
            of,
            by,
            odd,
        },
    )
}

fn world() -> impl Strategy<Value = World> {
    let ends = prop_oneof![4 => Just((12, 31)), 1 => Just((6, 30)), 1 => Just((2, 29)), 1 => Just((3, 15))];
    let start = proptest::option::weighted(0.9, -2_000..1_400i32);
    let founded = proptest::option::weighted(0.8, -2_000..1_400i32);
    let budget = proptest::option::weighted(0.7, (-900..1_400i32, 50_000..200_000i64));
    let doubt = proptest::option::weighted(
        0.1,
        (0..KINDS.len(), proptest::option::of(0..1_500i32)),
    );
    let told = proptest::collection::vec(told(), 0..60);
    (
        told,
        (start, founded),
        ends,
        budget,
        doubt,
        prop::bool::weighted(0.95),
        prop::bool::weighted(0.03),
    )
        .prop_map(
            |(told, (start, founded), ends, budget, doubt, healthy, suspended)| World {
                told,
                start,
                founded,
                ends,
                budget,
                doubt,
                healthy,
                suspended,
            },
        )
}

const KINDS: [(&str, Aspect); 26] = [
    ("board", Aspect::Done(Act::Meet)),
    ("board", Aspect::Done(Act::Meet)),
    ("board", Aspect::Done(Act::Meet)),
    ("general_assembly", Aspect::Done(Act::Meet)),
    ("finance_committee", Aspect::Done(Act::Meet)),
    ("audited_accounts", Aspect::Done(Act::Submit)),
    ("audited_accounts", Aspect::Done(Act::Prepare)),
    ("annual_report", Aspect::Done(Act::Publish)),
    ("budget", Aspect::Done(Act::Adopt)),
    ("conflict_of_interest_policy", Aspect::Done(Act::Adopt)),
    ("conflict_of_interest_policy", Aspect::Done(Act::Review)),
    ("registration_certificate", Aspect::Done(Act::Validate)),
    ("bylaws", Aspect::Done(Act::Adopt)),
    ("board", Aspect::Size),
    ("board_minutes", Aspect::Written),
    ("board_minutes", Aspect::Written),
    ("board_minutes", Aspect::Written),
    ("conflict_of_interest_declaration", Aspect::Done(Act::Sign)),
    ("conflict_of_interest_declaration", Aspect::Done(Act::Sign)),
    ("conflict_of_interest_declaration", Aspect::Done(Act::Sign)),
    ("annual_report", Aspect::Done(Act::Prepare)),
    ("annual_report", Aspect::Done(Act::Prepare)),
    ("complaint", RECEIVED),
    ("complaint", RECEIVED),
    ("complaint", RESOLVED),
    ("complaint", RESOLVED),
];

/// In place of verbs, whose numbers only a vocabulary knows.
const RECEIVED: Aspect = Aspect::Done(Act::Verb(TermId(0)));
const RESOLVED: Aspect = Aspect::Done(Act::Verb(TermId(1)));

fn origin() -> Day {
    Day::parse("2023-01-01").expect("a day")
}

/// A paper that contains these.
fn paper(items: Vec<TermId>) -> Paper {
    Paper {
        sha256: mithaq::document::Sha256([0; 32]),
        path: "report".into(),
        received: 0,
        contains: items.into_iter().map(|term| Item::Term(term).key()).collect(),
        passages: Box::default(),
    }
}

fn timeline(world: &World, vocabulary: &Vocabulary) -> Timeline {
    let term = |name: &str| vocabulary.id(name).expect("a term");
    let board = Subject::new(term("board"), Aspect::Done(Act::Meet));
    let mut timeline = Timeline::default();
    timeline.folder = Folder {
        first_seen: Some(0),
        unhealthy: (!world.healthy).then_some((10, origin().plus_days(700))),
    };
    let items = [&[][..], &["board_list"], &["audited_accounts"]];
    let items = items.map(|items| items.iter().map(|name| term(name)).collect());
    let both = [term("board_list"), term("audited_accounts")].into();
    let items: [Vec<TermId>; 3] = items;
    timeline.papers_mut().extend(items.into_iter().chain([both]).map(paper));
    for told in &world.told {
        let (noun, mut aspect) = KINDS[told.kind];
        match aspect {
            RECEIVED => aspect = Aspect::Done(Act::Verb(term("receive"))),
            RESOLVED => aspect = Aspect::Done(Act::Verb(term("answer"))),
            _ => {}
        }
        let day = origin().plus_days(told.day);
        let known = if told.odd == 3 { 1_000 } else { 5 };
        let mut entry = Entry::new(Subject::new(term(noun), aspect), day, known, 0);
        entry.number = told.number;
        match aspect {
            Aspect::Done(Act::Prepare) if noun == "annual_report" => {
                entry.paper = told.number;
            }
            Aspect::Done(Act::Validate) => {
                entry.until = told.about.map(|years| day.plus_days(200 * years + 300));
            }
            Aspect::Done(Act::Meet) | Aspect::Size => {}
            // Of a meeting that some other paper told of, as a rule.
            Aspect::Written => {
                let met: Vec<Day> =
                    timeline.of(board).iter().map(|one| one.day).collect();
                let at = usize::try_from(told.day).expect("days from 1 January 2023 on");
                let meeting = met.get(at % met.len().max(1));
                entry.about = Some(meeting.copied().unwrap_or(day));
                entry.day = entry.about.expect("just said").plus_days(told.day % 47);
            }
            Aspect::Done(Act::Sign) => {
                entry.who = timeline.who(["a", "b", "c", "d"][told.number as usize]);
                entry.number = 0;
            }
            _ => {
                entry.about =
                    told.about.map(|years| origin().plus_days(365 * years + 364))
            }
        }
        (entry.count, entry.of) = (told.count, told.of);
        entry.by = [None, Some("board"), Some("general_assembly")][told.by].map(term);
        timeline.add(entry);
        if told.odd == 2 {
            timeline.withdraw(0, 7);
        }
    }
    if let Some((kind, day)) = world.doubt {
        timeline.doubts.push(Doubt {
            sha256: mithaq::document::Sha256([0; 32]),
            nouns: vec![term(KINDS[kind].0)],
            day: day.map(|day| origin().plus_days(day)),
            contradictory: false,
            received_on: origin().plus_days(900),
            known: 5,
            settled: i64::MAX,
        });
    }
    timeline
}

fn profile(world: &World, vocabulary: &Vocabulary) -> Profile {
    let mut profile = Profile {
        start: world.start.map(|day| origin().plus_days(day)),
        founded: world.founded.map(|day| origin().plus_days(day)),
        fiscal_years: FiscalYears { ends: world.ends, ..FiscalYears::default() },
        ..Profile::default()
    };
    if let Some((day, number)) = world.budget {
        let budget = vocabulary.id("yearly_income").expect("an attribute");
        let stated = Quantity { number, currency: Some(*b"USD") };
        profile.attributes.state(budget, origin().plus_days(day), stated);
    }
    if world.suspended {
        let from = origin().plus_days(800);
        profile.working.suspensions = vec![Period {
            from,
            to: from.plus(Span::Days(40), MonthCounting::ToMonthEnd),
        }];
    }
    profile
}

fn book() -> (Book, Vocabulary) {
    let vocabulary = vocabulary::standard();
    let sources = [
        Source::new("rules/short.rules", RULES),
        Source::new("rules/unawaited.rules", UNAWAITED),
    ];
    let (program, diagnostics) = compile::compile(&sources, &vocabulary);
    let wrong: Vec<_> = diagnostics.iter().map(|one| (one.code, &one.message)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    (Book::new(program), vocabulary)
}

#[test]
fn a_docket_gives_the_verdict_that_judging_gives() {
    let (book, vocabulary) = book();
    let days = [1_095, 1_262, 1_277, 1_370];
    let dockets: Vec<Vec<_>> = days
        .iter()
        .map(|day| {
            let duties = (0..book.len()).filter_map(|number| book.duty(number));
            let day = origin().plus_days(*day);
            duties.map(|duty| (Docket::new(&duty, day), duty)).collect()
        })
        .collect();
    let mut run = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: cases(1_500, 40_000),
        ..ProptestConfig::default()
    });
    run.run(&world(), |world| {
        let profile = profile(&world, &vocabulary);
        let mut settled = timeline(&world, &vocabulary);
        settled.settle();
        for (day, dockets) in days.iter().zip(&dockets) {
            for known in [100, 2_000] {
                let as_of = AsOf::new(origin().plus_days(*day), known);
                let view = View::new(&profile, &settled, as_of);
                for (docket, duty) in dockets {
                    let long = judge::verdict(duty, &view);
                    prop_assert_eq!(docket.verdict(duty, &view), long, "{:?}", duty.norm);
                }
            }
        }
        Ok(())
    })
    .unwrap_or_else(|error| panic!("{error}"));
}

fn on_a_day(kind: usize, day: i32, count: Option<u16>) -> Told {
    Told { kind, day, number: 0, about: None, count, of: None, by: 0, odd: 0 }
}

/// The board is too small, from a day on it is not, and from another on too large, all of it
/// after the day judged.
#[test]
fn what_is_enough_is_met_whatever_begins_later() {
    let (book, vocabulary) = book();
    let world = World {
        told: vec![
            on_a_day(13, 0, Some(0)),
            on_a_day(13, 1_096, Some(3)),
            on_a_day(13, 1_242, Some(14)),
        ],
        start: Some(730),
        founded: None,
        ends: (12, 31),
        budget: Some((0, 50_000)),
        doubt: None,
        healthy: true,
        suspended: false,
    };
    let profile = profile(&world, &vocabulary);
    let mut settled = timeline(&world, &vocabulary);
    settled.settle();
    for day in (730..1_300).step_by(5).map(|day| origin().plus_days(day)) {
        let view = View::new(&profile, &settled, AsOf::new(day, 2_000));
        for number in 0..book.len() {
            let Some(duty) = book.duty(number) else { continue };
            let long = judge::verdict(&duty, &view);
            let short = Docket::new(&duty, day).verdict(&duty, &view);
            assert_eq!(short, long, "on {day}: {:?}", duty.norm);
        }
    }
}

/// A policy that is reviewed a fortnight after it was due: what of it is awaited, missed and
/// kept again lies ahead, and nobody has said how large the board is.
#[test]
fn what_is_enough_is_judged_the_same_whatever_turns_lie_ahead() {
    let (book, vocabulary) = book();
    let reviewed = on_a_day(10, 518 + 746, None);
    let world = World {
        told: vec![reviewed],
        start: Some(518),
        founded: None,
        ends: (12, 31),
        budget: Some((0, 50_000)),
        doubt: None,
        healthy: true,
        suspended: false,
    };
    let profile = profile(&world, &vocabulary);
    let mut settled = timeline(&world, &vocabulary);
    settled.settle();
    for day in (518 + 725..518 + 750).map(|day| origin().plus_days(day)) {
        let view = View::new(&profile, &settled, AsOf::new(day, 2_000));
        for number in 0..book.len() {
            let Some(duty) = book.duty(number) else { continue };
            let long = judge::verdict(&duty, &view);
            assert_eq!(Docket::new(&duty, day).verdict(&duty, &view), long);
        }
    }
}

#[test]
fn duties_that_begin_after_what_is_looked_ahead_to_are_judged_the_same() {
    let (book, vocabulary) = book();
    let day = origin().plus_days(1_095);
    // What is looked ahead to ends with the year after the one judged.
    for start in [1_400, 1_460, 1_461, 2_200] {
        let profile =
            Profile { start: Some(origin().plus_days(start)), ..Profile::default() };
        let mut settled = Timeline::default();
        settled.folder = Folder { first_seen: Some(0), unhealthy: None };
        let board = vocabulary.id("board").expect("a term");
        settled.add(Entry::new(Subject::new(board, Aspect::Size), origin(), 5, 0));
        settled.settle();
        let view = View::new(&profile, &settled, AsOf::new(day, 2_000));
        for number in 0..book.len() {
            let Some(duty) = book.duty(number) else { continue };
            let long = judge::verdict(&duty, &view);
            assert_eq!(Docket::new(&duty, day).verdict(&duty, &view), long);
        }
    }
}

const LONG_LISTS: &str = "\
at least 60% of the members of the board have signed the conflict of interest declaration in the last 365 days
each of the last 60 times, this was fulfilled in time: the annual report contains: audited accounts
at least 59 of the last 60 times, this was fulfilled in time: the annual report contains: audited accounts
";

/// More people, papers and occasions than the short way tells apart are told the long way.
#[test]
fn long_lists_are_judged_the_same() {
    let vocabulary = vocabulary::standard();
    let (program, diagnostics) =
        compile::compile(&[Source::new("rules/long.rules", LONG_LISTS)], &vocabulary);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let book = Book::new(program);
    let term = |name: &str| vocabulary.id(name).expect("a term");
    let of = |noun, act| Subject::new(term(noun), Aspect::Done(act));
    let day = origin().plus_days(1_095);
    let profile = Profile { start: Some(origin()), ..Profile::default() };
    let duties: Vec<_> = (0..book.len()).filter_map(|at| book.duty(at)).collect();
    let dockets: Vec<_> = duties.iter().map(|duty| Docket::new(duty, day)).collect();
    // As many people as papers, or every person twice; with and without one that is late.
    for (papers, people) in [63, 64, 65, 95, 96, 97, 128, 129, 130]
        .into_iter()
        .flat_map(|papers| [(papers, papers), (papers, papers / 2)])
    {
        for late in [0, 1] {
            let mut known = Timeline::default();
            known.folder = Folder { first_seen: Some(0), unhealthy: None };
            known.papers =
                vec![paper(Vec::new()), paper(vec![term("audited_accounts")])].into();
            let mut size = Entry::new(
                Subject::new(term("board"), Aspect::Size),
                origin().plus_days(-1),
                5,
                0,
            );
            size.count = Some(people);
            known.add(size);
            for at in 0..papers {
                let on = day.plus_days(i32::from(at) - 400 + 300 * late);
                let mut signed = Entry::new(
                    of("conflict_of_interest_declaration", Act::Sign),
                    on,
                    5,
                    0,
                );
                signed.who = known.who(&format!("member {}", at % people));
                known.add(signed);
                let on = day.plus_days(-3 * i32::from(papers - at));
                let stated = u32::from(at > 0 || late == 0);
                known.add(Entry::new(of("annual_report", Act::Prepare), on, 5, stated));
            }
            known.settle();
            let view = View::new(&profile, &known, AsOf::new(day, 2_000));
            for (docket, duty) in dockets.iter().zip(&duties) {
                let long = judge::verdict(duty, &view);
                assert_eq!(docket.verdict(duty, &view), long, "{papers} {:?}", duty.norm);
            }
        }
    }
}
