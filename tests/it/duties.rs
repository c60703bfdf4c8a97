//! Duties that rest on several papers, on several duties, or on several organizations.

use mithaq::calendar::Day;
use mithaq::compile::{Source, compile};
use mithaq::document::{
    Fact, FactName, KindGuess, Method, Problem, ReadState, Reading, Sha256, Value,
};
use mithaq::evidence;
use mithaq::evidence::Arrival;
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::organization::{FiscalYears, Organization};
use mithaq::plan::{Input, Network, Now, PaperRead, step};
use mithaq::timeline::{AsOf, Folder, Timeline};
use mithaq::verdict::State;
use mithaq::vocabulary::{self, Vocabulary};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static STANDARD: LazyLock<Arc<Vocabulary>> =
    LazyLock::new(|| Arc::new(vocabulary::standard()));

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

fn on(name: FactName, date: &str) -> Fact {
    fact(name, Value::Day(day(date)))
}

fn said(text: &str) -> Fact {
    fact(FactName::Happened, Value::Text(text.to_owned()))
}

fn number(number: i64) -> Fact {
    fact(FactName::MeetingNumber, Value::Number(number))
}

fn reading(kind: &str, facts: Vec<Fact>) -> Reading {
    Reading {
        state: ReadState::Understood,
        text_health: 1000,
        kinds: vec![KindGuess { kind: kind.to_owned(), confidence: 1000 }],
        facts,
    }
}

/// An organization of a type that joined on 1 January 2025, and its papers.
struct World {
    timeline: Timeline,
    profile: Profile,
    papers: u8,
}

impl World {
    fn new() -> World {
        let mut timeline = Timeline::default();
        timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
        let profile = Profile {
            start: Some(day("2025-01-01")),
            fiscal_years: FiscalYears::default(),
            types: STANDARD.id("association").into_iter().collect(),
            ..Profile::default()
        };
        World { timeline, profile, papers: 0 }
    }

    fn of_type(mut self, name: &str) -> World {
        self.profile.types = STANDARD.id(name).into_iter().collect();
        self
    }

    /// A paper that came on a day.
    fn paper(mut self, kind: &str, received: &str, facts: Vec<Fact>) -> World {
        self.papers += 1;
        let mut sha256 = [0; 32];
        sha256[0] = self.papers;
        let arrival = Arrival {
            sha256: Sha256(sha256),
            path: "paper.txt",
            received: 0,
            received_on: day(received),
        };
        evidence::add(&mut self.timeline, &STANDARD, arrival, &reading(kind, facts));
        self
    }

    /// A scan that came on a day, of which the kind is known and nothing else.
    fn unread(mut self, kind: &str, received: &str) -> World {
        self.papers += 1;
        let arrival = Arrival {
            sha256: Sha256([self.papers; 32]),
            path: "scan.pdf",
            received: 0,
            received_on: day(received),
        };
        let state = ReadState::NotAccepted(Problem::NoText);
        let scan = Reading { state, ..reading(kind, Vec::new()) };
        evidence::add(&mut self.timeline, &STANDARD, arrival, &scan);
        self
    }

    fn stated(self, texts: &[&str]) -> World {
        texts.iter().fold(self, |world, text| {
            world.paper("attendance_list", "2025-06-01", vec![said(text)])
        })
    }

    /// The state of the first rule of a rulebook.
    fn state(&self, rules: &str, date: &str) -> State {
        let source = Source::new("rules/test.rules", rules);
        let (program, diagnostics) = compile(&[source], &STANDARD);
        let book = &program.rulebooks[0];
        let rule = book.rules.first().unwrap_or_else(|| panic!("{diagnostics:?}"));
        let as_of = AsOf::new(day(date), 0);
        let view = View::new(&self.profile, &self.timeline, as_of);
        let verdict = judge::verdict(&Duty::of(book, rule), &view);
        foretold(&Duty::of(book, rule), &view);
        verdict.state
    }
}

/// Nothing changes before the next change, and on it something does.
fn foretold(duty: &Duty<'_>, view: &View<'_>) {
    let states = |on: Day| {
        let then = View { as_of: AsOf::new(on, 0), ..*view };
        judge::verdict(duty, &then).state
    };
    let now = judge::verdict(duty, view);
    let until = now.judge_again.unwrap_or(Day::LATEST);
    for after in (1..200).step_by(7) {
        let on = view.as_of.day.plus_days(after);
        assert!(on >= until || states(on) == now.state, "{on} is before {until}");
    }
}

const MINUTES: &str = "Board minutes are written by the next meeting or within 60 days, whichever is later.";
const SOONER: &str = "Board minutes are written by the next meeting or within 60 days, whichever is earlier.";

fn minutes(met: &str, signed: Option<&str>) -> Vec<Fact> {
    let signed = signed.map(|signed| on(FactName::DateSigned, signed));
    [on(FactName::MeetingDate, met)].into_iter().chain(signed).collect()
}

#[test]
fn minutes_are_written_by_the_later_of_two_days() {
    let met = |signed| {
        let world = World::new();
        world.paper("board_minutes", "2026-06-20", minutes("2026-01-10", signed)).paper(
            "board_minutes",
            "2026-06-20",
            minutes("2026-05-05", Some("2026-05-06")),
        )
    };
    // Sixty days end on 11 March, and the next meeting was on 5 May.
    assert_eq!(met(Some("2026-02-20")).state(MINUTES, "2026-05-30"), State::Met);
    assert_eq!(met(Some("2026-05-05")).state(MINUTES, "2026-05-30"), State::Met);
    assert_eq!(met(Some("2026-05-08")).state(MINUTES, "2026-05-30"), State::MetLate);
    assert_eq!(met(Some("2026-05-05")).state(SOONER, "2026-05-30"), State::MetLate);
    // Unsigned, and they came after both days: nobody says when they were written.
    let unknown = met(None).state(MINUTES, "2026-05-30");
    assert_eq!(unknown, State::InsufficientEvidence);
    let came =
        World::new().paper("board_minutes", "2026-02-01", minutes("2026-01-10", None));
    assert_eq!(came.state(MINUTES, "2026-02-10"), State::Met);
    // While no next meeting is known it is taken to come a year later.
    let alone = |received: &str| {
        World::new().paper("board_minutes", received, minutes("2026-01-10", None))
    };
    assert_eq!(alone("2026-12-20").state(MINUTES, "2026-12-25"), State::Met);
    let late = alone("2027-02-20").state(MINUTES, "2027-02-25");
    assert_eq!(late, State::InsufficientEvidence);
}

#[test]
fn minutes_that_came_in_time_were_written_in_time() {
    let rule = "Board minutes are written within 15 days of each meeting of the board";
    let came = |received: &str, signed| {
        let minutes = minutes("2026-01-10", signed);
        World::new().paper("board_minutes", received, minutes).state(rule, "2026-04-01")
    };
    assert_eq!(came("2026-01-20", None), State::Met);
    assert_eq!(came("2026-03-20", Some("2026-01-25")), State::Met);
    assert_eq!(came("2026-03-20", Some("2026-01-26")), State::MetLate);
    assert_eq!(came("2026-03-20", None), State::InsufficientEvidence);
}

const QUOTATIONS: &str =
    "Each purchase above the threshold has at least three quotations.";

#[test]
fn a_purchase_has_the_quotations_of_its_number() {
    let purchases = || {
        World::new().stated(&[
            "purchase above the threshold number 4 on 5 March 2026",
            "purchase above the threshold number 5 on 9 March 2026",
        ])
    };
    let quoted = |world: World, of: i64, dates: &[&str]| {
        dates.iter().fold(world, |world, date| {
            let facts = vec![on(FactName::DocumentDate, date), number(of)];
            world.paper("quotation", "2026-04-01", facts)
        })
    };
    let three = ["2026-02-10", "2026-02-11", "2026-02-12"];
    let both = quoted(quoted(purchases(), 4, &three), 5, &three);
    assert_eq!(both.state(QUOTATIONS, "2026-05-01"), State::Met);
    let two = quoted(quoted(purchases(), 4, &three), 5, &three[..2]);
    assert_eq!(two.state(QUOTATIONS, "2026-05-01"), State::Closed);
    assert_eq!(two.state(QUOTATIONS, "2026-03-15"), State::AwaitingEvidence);
    assert_eq!(purchases().state(QUOTATIONS, "2026-05-01"), State::Closed);
    assert_eq!(World::new().state(QUOTATIONS, "2026-05-01"), State::NotYetOpen);
}

#[test]
fn a_quotation_without_a_number_is_of_the_first_purchase_after_it() {
    let quotation = |world: World, date: &str| {
        world.paper("quotation", "2026-04-01", vec![on(FactName::DocumentDate, date)])
    };
    let purchased = World::new().stated(&[
        "purchase above the threshold on 5 March 2026",
        "تجري عملية شراء فوق السقف في 9 آذار 2026",
    ]);
    let three = ["2026-03-01", "2026-03-02", "2026-03-03"];
    let first = three.iter().fold(purchased, |world, date| quotation(world, date));
    assert_eq!(first.state(QUOTATIONS, "2026-05-01"), State::Closed, "the second");
    let three = ["2026-03-06", "2026-03-07", "2026-03-08"];
    let both = three.iter().fold(first, |world, date| quotation(world, date));
    assert_eq!(both.state(QUOTATIONS, "2026-05-01"), State::Met);
}

#[test]
fn a_founding_file_has_copies_and_records_that_are_not_old() {
    let rule = "يتضمن ملف التأسيس ثلاث نسخ مختومة من النظام وسجلات عدلية لم يمضِ عليها أكثر من ثلاثة أشهر";
    let file = |record: &str, copies: usize| {
        let mut world = World::new().paper(
            "founding_file",
            "2025-05-01",
            vec![on(FactName::DateSigned, "2025-04-20")],
        );
        for _ in 0..copies {
            world = world.paper("stamped_copy_of_the_bylaws", "2025-05-01", Vec::new());
        }
        let record = vec![on(FactName::DocumentDate, record)];
        world.paper("judicial_record", "2025-05-01", record)
    };
    assert_eq!(file("2025-01-20", 3).state(rule, "2025-08-01"), State::Met);
    assert_eq!(file("2025-01-19", 3).state(rule, "2025-08-01"), State::Closed);
    assert_eq!(file("2025-01-20", 2).state(rule, "2025-08-01"), State::Closed);
}

#[test]
fn each_contract_in_force_is_evaluated_in_each_year() {
    let rule = "يُقيَّم كل عقد شراكة مع وزارة سنويًا";
    let contract = |world: World, of: i64, until: &str| {
        let facts = vec![
            on(FactName::DateSigned, "2025-02-01"),
            on(FactName::ValidUntil, until),
            number(of),
        ];
        world.paper("partnership_contract_with_a_ministry", "2025-02-10", facts)
    };
    let two = || {
        contract(contract(World::new(), 1, "2027-01-31"), 2, "2026-06-30")
            .stated(&["the partnership contract with a ministry was evaluated on 3 November 2025 number 1"])
    };
    assert_eq!(two().state(rule, "2026-02-01"), State::Closed);
    let both = two().stated(&[
        "the partnership contract with a ministry was evaluated on 4 November 2025 number 2",
        "يُقيَّم عقد شراكة مع وزارة في 5 تشرين الثاني 2026 رقم 1",
    ]);
    assert_eq!(both.state(rule, "2026-02-01"), State::Met);
    // The second is over by the end of 2026.
    assert_eq!(both.state(rule, "2027-02-01"), State::Met);
    assert_eq!(World::new().state(rule, "2027-02-01"), State::NotYetOpen);
}

#[test]
fn a_rulebook_says_of_whom_it_does_not_speak() {
    let rules = "Rule A: board meets quarterly\nRule B: A non-profit company files under the companies regime, not this law.\n";
    let state = |of: &str| World::new().of_type(of).state(rules, "2026-02-01");
    assert_eq!(state("association"), State::Closed);
    assert_eq!(state("non_profit_company"), State::NotApplicable);
    let only = "لا تسري هذه القواعد على الشركات غير الربحية";
    assert_eq!(World::new().state(only, "2026-02-01"), State::NotApplicable);
}

#[test]
fn registers_are_kept_when_every_one_of_them_is() {
    let rule = "تُحفظ السجلات التالية في المقر الرئيس: سجل الأعضاء؛ سجل المراسلات";
    let one = World::new().paper("members_register", "2025-03-01", Vec::new());
    assert_eq!(one.state(rule, "2026-02-01"), State::StillOwed);
    let both = one.paper("correspondence_register", "2025-03-01", Vec::new());
    assert_eq!(both.state(rule, "2026-02-01"), State::Met);
}

#[test]
fn a_paper_that_nobody_can_read_may_be_the_one_that_stands() {
    let rule = "The association has a tax number.";
    let world = World::new().unread("tax_number", "2026-03-01");
    assert_eq!(world.state(rule, "2026-02-20"), State::StillOwed);
    assert_eq!(world.state(rule, "2026-03-01"), State::AwaitingEvidence);
    assert_eq!(world.state(rule, "2026-04-01"), State::InsufficientEvidence);
    let read = world.paper("tax_number", "2026-05-01", Vec::new());
    assert_eq!(read.state(rule, "2026-05-01"), State::Met);
    // It may be older than the membership, and it may be something else.
    let older = World::new().unread("tax_number", "2010-03-01");
    assert_eq!(older.state(rule, "2026-04-01"), State::InsufficientEvidence);
    let other = World::new().unread("bylaws", "2026-03-01");
    assert_eq!(other.state(rule, "2026-04-01"), State::StillOwed);
}

#[test]
fn of_several_papers_the_one_that_lacks_may_be_the_one_that_nobody_can_read() {
    let rule = "تُحفظ السجلات التالية في المقر الرئيس: سجل الأعضاء؛ سجل المراسلات";
    let members = World::new().paper("members_register", "2025-03-01", Vec::new());
    let unsure = members.unread("correspondence_register", "2025-06-01");
    assert_eq!(unsure.state(rule, "2025-05-20"), State::StillOwed);
    assert_eq!(unsure.state(rule, "2026-02-01"), State::InsufficientEvidence);
    let later = World::new().unread("correspondence_register", "2025-06-01").paper(
        "members_register",
        "2025-09-01",
        Vec::new(),
    );
    assert_eq!(later.state(rule, "2025-08-20"), State::StillOwed);
    assert_eq!(later.state(rule, "2026-02-01"), State::InsufficientEvidence);
    // What was there, and is there no longer, is not there.
    let old = |until| {
        let times =
            vec![on(FactName::ValidFrom, "2010-01-01"), on(FactName::ValidUntil, until)];
        let world = World::new().unread("tax_clearance", "2010-02-01");
        world.paper("registration_certificate", "2010-01-01", times)
    };
    let both = "the registration certificate and the tax clearance are valid";
    assert_eq!(old("2012-12-31").state(both, "2026-02-01"), State::StillOwed);
    assert_eq!(old("2030-12-31").state(both, "2026-02-01"), State::InsufficientEvidence);
    let one = World::new().unread("correspondence_register", "2025-06-01");
    assert_eq!(one.state(rule, "2026-02-01"), State::StillOwed, "the other is not there");
}

#[test]
fn bylaws_that_nobody_can_read_do_not_make_either_of_two_duties_enough() {
    let rule = "The bylaws state the fate of the assets on dissolution, or the general assembly adopts the decision on the assets.";
    let world = World::new().unread("bylaws", "2026-03-01");
    assert_eq!(world.state(rule, "2026-05-01"), State::InsufficientEvidence);
}

#[test]
fn a_quotation_that_nobody_can_read_may_be_the_third() {
    let purchase = || {
        let quoted = |world: World, date| {
            let facts = vec![on(FactName::DocumentDate, date), number(4)];
            world.paper("quotation", "2026-04-01", facts)
        };
        let stated = ["purchase above the threshold number 4 on 5 March 2026"];
        quoted(quoted(World::new().stated(&stated), "2026-02-10"), "2026-02-11")
    };
    assert_eq!(purchase().state(QUOTATIONS, "2026-05-01"), State::Closed);
    let unsure = purchase().unread("quotation", "2026-02-12");
    assert_eq!(unsure.state(QUOTATIONS, "2026-05-01"), State::InsufficientEvidence);
}

#[test]
fn either_of_two_duties_is_enough_and_both_are_more() {
    let policy = |world: World, kind: &str, adopted: &str| {
        world.paper(kind, adopted, vec![on(FactName::DateAdopted, adopted)])
    };
    let rule = |lead: &str| {
        format!(
            "{lead} fulfilled: the safeguarding policy is adopted; the anti-fraud policy is adopted; the volunteer policy is adopted"
        )
    };
    let [any, two, all] = [
        "one of the following is",
        "at least 2 of these are",
        "all of the following are",
    ]
    .map(rule);
    let none = World::new();
    let states = |world: &World, on: &str| {
        [&any, &two, &all].map(|rule| world.state(rule, on).is_met())
    };
    assert_eq!(states(&none, "2026-02-01"), [false; 3]);
    let one = policy(none, "safeguarding_policy", "2025-03-01");
    assert_eq!(states(&one, "2025-02-27"), [false; 3]);
    assert_eq!(states(&one, "2026-02-01"), [true, false, false]);
    let second = policy(one, "anti_fraud_policy", "2025-06-01");
    assert_eq!(states(&second, "2025-05-30"), [true, false, false]);
    assert_eq!(states(&second, "2026-02-01"), [true, true, false]);
    let third = policy(second, "volunteer_policy", "2025-09-01");
    assert_eq!(states(&third, "2026-02-01"), [true; 3]);
    assert_eq!(third.state(&all, "2025-08-01"), State::StillOwed);
}

#[test]
fn duties_joined_by_and_are_broken_by_either() {
    let rule = "يجتمع مجلس الإدارة كل ربع سنة، وتُعتمد سياسة المشتريات كل سنة";
    let rule_in_english =
        "the board meets every quarter, and the procurement policy is adopted every year";
    let world = |dates: &[&str]| {
        let adopted = World::new().paper(
            "procurement_policy",
            "2025-03-01",
            vec![on(FactName::DateAdopted, "2025-03-01")],
        );
        dates.iter().fold(adopted, |world, date| {
            world.paper("board_minutes", date, minutes(date, None))
        })
    };
    let met = world(&["2025-02-01", "2025-05-01", "2025-08-01", "2025-11-01"]);
    for rule in [rule, rule_in_english] {
        assert_eq!(met.state(rule, "2026-01-20"), State::Met);
        let missed = world(&["2025-02-01", "2025-05-01", "2025-11-01"]);
        assert_eq!(missed.state(rule, "2025-09-20"), State::Met);
        assert_eq!(missed.state(rule, "2025-10-20"), State::StillOwed);
        assert_eq!(missed.state(rule, "2026-01-20"), State::Met, "the last quarter was");
    }
}

const ON_TIME: &str = "At least 80% of members published their annual reports within 4 months of the end of the fiscal year on time.";

fn noon(day: Day) -> i64 {
    i64::from(day.0) * 86_400 + 43_200
}

/// A network of an alliance and five members, its verdicts taken from what is stored.
struct Alliance {
    network: Network,
    state: Option<State>,
}

impl Alliance {
    fn new(rules: &str) -> Alliance {
        let (program, diagnostics) =
            compile(&[Source::new("rules/test.rules", rules)], &STANDARD);
        assert!(!diagnostics.iter().any(mithaq::diagnostics::Diagnostic::is_error));
        let mut inputs = vec![Input::Rules(Box::new(program))];
        for (id, of) in [
            ("alliance", "alliance"),
            ("a", "federation"),
            ("b", "federation"),
            ("c", "federation"),
            ("d", "association"),
            ("e", "association"),
        ] {
            inputs.push(Input::Organization(Box::new(Organization {
                id: id.into(),
                organization_type: of.into(),
                joined: Some(day("2025-01-01")),
                ..Organization::default()
            })));
        }
        let network = Network::new(Arc::clone(&STANDARD));
        let mut world = Alliance { network, state: None };
        world.then("2026-01-02", inputs);
        for id in ["alliance", "a", "b", "c", "d", "e"] {
            world.settled("2026-01-02", id, Vec::new());
        }
        world
    }

    fn then(&mut self, on: &str, inputs: Vec<Input>) {
        let on = day(on);
        let now = Now { instant: noon(on), day: on, days: BTreeMap::new() };
        let mut effects = step(&mut self.network, inputs, &now);
        let mut due = self.network.take_due(&now);
        due.extend(self.network.take_stirred());
        let passed = |organization| Input::DayPassed { organization };
        effects.extend(step(
            &mut self.network,
            due.into_iter().map(passed).collect(),
            &now,
        ));
        for effect in effects {
            if let mithaq::plan::Effect::Verdict(row) = effect
                && row.organization == "alliance"
            {
                self.state = Some(row.state);
            }
        }
    }

    fn settled(&mut self, on: &str, id: &str, mut inputs: Vec<Input>) {
        inputs.push(Input::Reconciled { organization: id.into(), healthy: true });
        inputs.push(Input::Settled { organization: id.into() });
        self.then(on, inputs);
    }

    /// A member's paper about 2025, published on a day.
    fn paper(&mut self, id: &str, kind: &str, on_day: &str, facts: Vec<Fact>) {
        let mut sha256 = [0; 32];
        sha256[0] = id.as_bytes()[0];
        let paper = PaperRead {
            organization: id.into(),
            sha256: Sha256(sha256),
            path: "report.txt".into(),
            bytes: 1000,
            received: noon(day(on_day)),
            received_on: day(on_day),
            reading: reading(kind, facts),
            replaces: None,
            duplicate_of: None,
            carrier: None,
            encloses: 0,
        };
        self.settled(on_day, id, vec![Input::Paper(Box::new(paper))]);
    }

    fn published(&mut self, id: &str, on_day: &str) {
        let facts = vec![
            on(FactName::FiscalYearEnd, "2025-12-31"),
            on(FactName::DatePublished, on_day),
        ];
        self.paper(id, "annual_report", on_day, facts);
    }
}

#[test]
fn a_share_of_the_members_is_counted_from_their_verdicts() {
    let mut world = Alliance::new(ON_TIME);
    for (id, on) in [("a", "2026-02-01"), ("b", "2026-03-01"), ("c", "2026-04-30")] {
        world.published(id, on);
    }
    assert_eq!(world.state, Some(State::Met), "of those from whom something was due");
    world.then("2026-05-02", Vec::new());
    assert_eq!(world.state, Some(State::AwaitingEvidence));
    world.published("d", "2026-05-10");
    world.then("2026-05-20", Vec::new());
    assert_eq!(world.state, Some(State::StillOwed), "three of five; one was late");
    world.published("e", "2026-05-21");
    assert_eq!(world.state, Some(State::StillOwed));
    // What was late counts where the sentence does not ask for time.
    let mut world = Alliance::new(&ON_TIME.replace(" on time", ""));
    for id in ["a", "b", "c"] {
        world.published(id, "2026-02-01");
    }
    world.then("2026-05-20", Vec::new());
    assert_eq!(world.state, Some(State::StillOwed));
    world.published("d", "2026-05-21");
    assert_eq!(world.state, Some(State::Met));
}

#[test]
fn a_share_of_one_type_of_members_counts_only_those() {
    let rule = "تبنّى ثلثا الاتحادات على الأقل وثيقة المبادئ";
    let mut world = Alliance::new(rule);
    world.then("2026-02-01", Vec::new());
    assert_eq!(world.state, Some(State::StillOwed));
    let endorsed = || vec![said("the principles document was endorsed on 3 March 2026")];
    for id in ["a", "d", "e"] {
        world.paper(id, "attendance_list", "2026-03-05", endorsed());
    }
    assert_eq!(world.state, Some(State::StillOwed), "one of three federations");
    world.paper("b", "attendance_list", "2026-03-06", endorsed());
    assert_eq!(world.state, Some(State::Met));
    // A member that leaves is not counted.
    world.then("2026-03-07", vec![Input::OrganizationGone("c".into())]);
    world.then("2026-03-07", vec![Input::OrganizationGone("a".into())]);
    assert_eq!(world.state, Some(State::Met), "one of one");
}

#[test]
fn counting_step_by_step_is_counting_from_the_start() {
    let mut world = Alliance::new(ON_TIME);
    for (id, on) in [("a", "2026-02-01"), ("b", "2026-06-01"), ("c", "2026-04-30")] {
        world.published(id, on);
    }
    let on = day("2026-06-05");
    let now = Now { instant: noon(on), day: on, days: BTreeMap::new() };
    world.then("2026-06-05", Vec::new());
    let stored = world.state;
    world.network.see_fellows(&now);
    let alliance = world.network.member("alliance").expect("registered");
    let book = world.network.shared_book();
    let situation = alliance.situation(&book, AsOf::new(on, noon(on)));
    assert_eq!(alliance.verdict(&situation, 0).map(|verdict| verdict.state), stored);
}
