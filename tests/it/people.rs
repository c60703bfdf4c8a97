//! Duties of people, from `organization.toml` and papers to states on chosen days.

use mithaq::calendar::Day;
use mithaq::compile::{Source, compile};
use mithaq::config::organization;
use mithaq::document::{
    Fact, FactName, KindGuess, Line, Method, ReadState, Reading, Sha256, Text, Value,
};
use mithaq::evidence::{self, Arrival};
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::norm::Norm;
use mithaq::plan::people;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::{self, Context};
use mithaq::timeline::{AsOf, Folder, Timeline};
use mithaq::verdict::{Slot, State, Verdict};
use mithaq::vocabulary::{self, Vocabulary};

fn day(text: &str) -> Day {
    Day::parse(text).expect("invariant: the test's own date")
}

/// An organization that joined in 2020, with a register and papers.
struct World {
    vocabulary: Vocabulary,
    profile: Profile,
    timeline: Timeline,
    papers: u8,
}

impl World {
    fn new(register: &str) -> World {
        let vocabulary = vocabulary::standard();
        let text = format!("name = \"Amal\"\njoined = 2020-01-01\n{register}");
        let file = organization::read("organization.toml", &text).expect("a register");
        let unknown = people::unknown_words(&vocabulary, &file.register);
        assert!(unknown.is_empty(), "{unknown:?}");
        let mut timeline = Timeline::default();
        timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
        let profile = Profile {
            start: file.joined,
            register: people::register(&vocabulary, &file.register),
            ..Profile::default()
        };
        World { vocabulary, profile, timeline, papers: 0 }
    }

    /// A paper of a kind with what it states.
    fn paper(mut self, kind: &str, facts: &[(FactName, Value)]) -> World {
        self.papers += 1;
        let fact = |(name, value): &(FactName, Value)| Fact {
            name: *name,
            value: value.clone(),
            group: 0,
            method: Method::Stated,
            confidence: 1000,
            passage: None,
        };
        let reading = Reading {
            state: ReadState::Understood,
            text_health: 1000,
            kinds: vec![KindGuess { kind: kind.to_owned(), confidence: 1000 }],
            facts: facts.iter().map(fact).collect(),
        };
        let path = format!("{}.md", self.papers);
        let arrival = Arrival {
            sha256: Sha256([self.papers; 32]),
            path: &path,
            received: 0,
            received_on: day("2026-01-01"),
        };
        evidence::add(&mut self.timeline, &self.vocabulary, arrival, &reading);
        self
    }

    fn norm(&self, sentence: &str) -> Norm {
        let source = Source::new("rules/test.rules", &format!("Rule X: {sentence}"));
        let (program, said) = compile(&[source], &self.vocabulary);
        let rule = program.rulebooks[0].rules.first();
        rule.unwrap_or_else(|| panic!("{sentence}: {said:?}")).norm.clone()
    }

    fn with<T>(
        &self,
        norm: &Norm,
        on: &str,
        ask: impl Fn(&Duty<'_>, &View<'_>) -> T,
    ) -> T {
        let as_of = AsOf::new(day(on), 0);
        ask(&Duty::plain(norm), &View::new(&self.profile, &self.timeline, as_of))
    }

    fn verdict(&self, sentence: &str, on: &str) -> Verdict {
        self.with(&self.norm(sentence), on, judge::verdict)
    }

    fn slots(&self, sentence: &str, on: &str) -> Vec<Slot> {
        self.with(&self.norm(sentence), on, judge::slots)
    }

    #[track_caller]
    fn is(&self, sentence: &str, states: &[(&str, State)]) {
        for (on, state) in states {
            let verdict = self.verdict(sentence, on);
            assert_eq!(verdict.state, *state, "{sentence}, on {on}");
            self.foretells(sentence, on, verdict);
        }
    }

    /// Until the next change nothing changes, and on its day the slot does.
    #[track_caller]
    fn foretells(&self, sentence: &str, on: &str, verdict: Verdict) {
        let Some(next) = verdict.next_change.filter(|next| next.on < day("2031-01-01"))
        else {
            return;
        };
        let states = |on: Day| -> Vec<(Day, State)> {
            let slots = self.slots(sentence, &on.to_string());
            slots.iter().map(|slot| (slot.from, slot.state)).collect()
        };
        let known = states(day(on));
        let before: Vec<_> = states(next.on.previous());
        for slot in &known {
            assert!(
                before.contains(slot),
                "{sentence}: {slot:?} changes before {next:?}"
            );
        }
        assert!(
            states(next.on).contains(&(next.slot, next.state)),
            "{sentence}: {next:?} does not come"
        );
    }
}

fn person(name: &str) -> Value {
    Value::Person { name: name.to_owned(), role: None }
}

const BOARD: &str = "
[[in_office]]
person = \"Lina Haddad\"
body = \"board\"
role = \"chair\"
from = 2022-03-01
[[in_office]]
person = \"Omar Saleh\"
body = \"مجلس الإدارة\"
role = \"secretary\"
from = 2022-03-01
[[in_office]]
person = \"Rana Awad\"
body = \"board\"
from = 2022-03-01
to = 2025-06-30
";

#[test]
fn a_size_follows_the_register_from_day_to_day() {
    let world = World::new(BOARD);
    world.is(
        "the board has at least 3 members",
        &[
            ("2021-01-01", State::InsufficientEvidence),
            ("2024-01-01", State::Met),
            ("2025-06-30", State::Met),
            ("2025-07-01", State::StillOwed),
        ],
    );
    let next = world.verdict("the board has at least 3 members", "2024-01-01");
    let next = next.next_change.expect("a term that ends");
    assert_eq!((next.on, next.state), (day("2025-07-01"), State::StillOwed));
}

#[test]
fn relatives_are_known_once_all_but_one_have_declared() {
    let declared = "
[[persons]]
name = \"Lina Haddad\"
ties_declared = 2023-01-01
[[persons]]
name = \"Omar Saleh\"
ties_declared = 2023-02-01
";
    let no_two = "no two board members are related within the second degree";
    World::new(BOARD).is(no_two, &[("2024-01-01", State::InsufficientEvidence)]);
    World::new(&format!("{BOARD}{declared}")).is(no_two, &[("2024-01-01", State::Met)]);
    let tie = |degree: u8, in_law: bool| {
        format!(
            "{BOARD}{declared}[[ties]]\nbetween = [\"Omar Saleh\", \"Rana Awad\"]\ndegree = {degree}\nin_law = {in_law}\n"
        )
    };
    // Rana leaves, and with her the tie.
    World::new(&tie(2, false))
        .is(no_two, &[("2024-01-01", State::StillOwed), ("2025-07-01", State::Met)]);
    World::new(&tie(3, false)).is(no_two, &[("2024-01-01", State::Met)]);
    World::new(&tie(1, true)).is(no_two, &[("2024-01-01", State::Met)]);
    let in_laws =
        "no two board members are related within the second degree, in-laws included";
    World::new(&tie(1, true)).is(in_laws, &[("2024-01-01", State::StillOwed)]);
}

#[test]
fn nobody_is_in_two_posts_at_once() {
    let rule = "no board member is a paid employee";
    World::new(BOARD).is(rule, &[("2024-01-01", State::InsufficientEvidence)]);
    let none = format!("{BOARD}[[listed]]\nall = \"paid employee\"\nfrom = 2022-01-01\n");
    World::new(&none).is(rule, &[("2024-01-01", State::Met)]);
    let both = format!(
        "{BOARD}[[in_office]]\nperson = \"Rana Awad\"\nrole = \"paid employee\"\nfrom = 2024-05-01\nto = 2024-12-31\n"
    );
    World::new(&both).is(
        rule,
        &[("2024-04-30", State::InsufficientEvidence), ("2024-05-01", State::StillOwed)],
    );
    let director = format!(
        "{BOARD}[[in_office]]\nperson = \"Sami Khalil\"\nrole = \"المدير التنفيذي\"\nfrom = 2022-03-01\n"
    );
    let apart = "the chair and the executive director are different people";
    World::new(&director).is(apart, &[("2024-01-01", State::Met)]);
}

#[test]
fn terms_follow_each_other_until_somebody_sits_out() {
    let terms = |third: &str| {
        format!(
            "[[in_office]]\nperson = \"A\"\nrole = \"chair\"\nfrom = 2016-01-01\nto = 2017-12-31\n[[in_office]]\nperson = \"A\"\nrole = \"chair\"\nfrom = 2018-01-15\nto = 2019-12-31\n[[in_office]]\nperson = \"A\"\nrole = \"chair\"\nfrom = {third}\n"
        )
    };
    let rule = "no chair serves more than two consecutive terms";
    World::new(&terms("2020-02-01")).is(rule, &[("2021-01-01", State::StillOwed)]);
    World::new(&terms("2022-02-01")).is(rule, &[("2023-01-01", State::Met)]);
    // 183 days lie between them, and 184.
    World::new(&terms("2020-07-02")).is(rule, &[("2021-01-01", State::StillOwed)]);
    World::new(&terms("2020-07-03")).is(rule, &[("2021-01-01", State::Met)]);
    let total = "no chair serves more than two terms";
    World::new(&terms("2022-02-01")).is(total, &[("2023-01-01", State::StillOwed)]);
}

#[test]
fn a_stated_reason_explains_a_long_stay() {
    let seat = |more: &str| {
        format!(
            "[[in_office]]\nperson = \"A\"\nbody = \"board\"\nfrom = 2016-05-10\n{more}"
        )
    };
    let rule = "no board member serves more than nine years without a stated reason";
    let world = World::new(&seat(""));
    world.is(rule, &[("2025-05-09", State::Met), ("2025-05-10", State::StillOwed)]);
    let next = world.verdict(rule, "2024-01-01").next_change.expect("nine years");
    assert_eq!(next.on, day("2025-05-10"));
    let world = World::new(&seat("reason = \"Nobody else knows the archive.\"\n"));
    world.is(rule, &[("2025-05-09", State::Met), ("2025-05-10", State::Explained)]);
    let bare = "no board member serves more than nine years";
    world.is(bare, &[("2025-05-10", State::StillOwed)]);
}

#[test]
fn a_share_of_people_has_a_lower_and_an_upper_bound() {
    let people = |third: &str| {
        format!(
            "{BOARD}[[persons]]\nname = \"Lina Haddad\"\nis = [\"women\"]\nborn = 1995-04-01\n[[persons]]\nname = \"Omar Saleh\"\nis_not = [\"women\"]\nborn = 1960-01-01\n[[persons]]\nname = \"Rana Awad\"\nborn = 1970-01-01\n{third}"
        )
    };
    let two_thirds = "at least two thirds of the board are women";
    World::new(&people(""))
        .is(two_thirds, &[("2024-01-01", State::InsufficientEvidence)]);
    World::new(&people("is = [\"women\"]\n"))
        .is(two_thirds, &[("2024-01-01", State::Met)]);
    World::new(&people("is_not = [\"women\"]\n"))
        .is(two_thirds, &[("2024-01-01", State::StillOwed)]);
    // On her birthday the youngest is no longer under 30.
    let young = "at least 30% of the board are women and at least one member is under 30";
    World::new(&people(""))
        .is(young, &[("2025-03-31", State::Met), ("2025-04-01", State::StillOwed)]);
}

#[test]
fn founders_are_of_age_and_signatories_on_the_board() {
    let founders = "[[in_office]]\nperson = \"A\"\nrole = \"founder\"\n[[persons]]\nname = \"A\"\nborn = 1990-01-01\nis = [\"civil rights\"]\n";
    let rule = "every founder is at least 20 years old and has civil rights";
    World::new(founders).is(rule, &[("2024-01-01", State::Met)]);
    let signs = |who: &str| {
        format!(
            "{BOARD}[[in_office]]\nperson = \"{who}\"\nrole = \"bank signatory\"\nfrom = 2022-05-01\n"
        )
    };
    let rule = "bank signatories are members of the current board";
    World::new(&signs("Rana Awad"))
        .is(rule, &[("2025-06-30", State::Met), ("2025-07-01", State::StillOwed)]);
    World::new(&signs("Somebody Else")).is(rule, &[("2025-01-01", State::StillOwed)]);
}

#[test]
fn one_body_is_measured_against_another() {
    let members = |count: usize| {
        let seat = |n: usize| {
            format!(
                "[[in_office]]\nperson = \"M{n}\"\nbody = \"general assembly\"\nfrom = 2021-01-01\n"
            )
        };
        format!("{BOARD}{}", (0..count).map(seat).collect::<String>())
    };
    let rule = "the general assembly has at least 5 members and at least three times as many as the board";
    World::new(&members(8))
        .is(rule, &[("2024-01-01", State::StillOwed), ("2025-07-01", State::Met)]);
    World::new(&members(9)).is(rule, &[("2024-01-01", State::Met)]);
    World::new(BOARD).is(rule, &[("2024-01-01", State::InsufficientEvidence)]);
}

#[test]
fn a_quorum_is_of_the_members_in_office_on_that_day() {
    let meeting = |on: &str, present: u16, of: Option<u16>| {
        [
            (FactName::MeetingDate, Value::Day(day(on))),
            (FactName::Attendance, Value::Attendance { present, of }),
        ]
    };
    let rule = "more than half of the members attend every meeting of the board";
    // Two of three are enough in June; one of two is not in August.
    let world = World::new(BOARD).paper("board_minutes", &meeting("2025-06-10", 2, None));
    world.is(rule, &[("2025-06-20", State::Met)]);
    let world = world.paper("board_minutes", &meeting("2025-08-10", 1, None));
    world.is(rule, &[("2025-08-20", State::Closed)]);
    // Where the minutes count other members and it matters, neither counts.
    let world =
        World::new(BOARD).paper("board_minutes", &meeting("2025-06-10", 2, Some(5)));
    world.is(rule, &[("2025-07-20", State::InsufficientEvidence)]);
}

#[test]
fn the_bylaws_quorum_is_on_file_or_in_the_minutes() {
    let rule = "board meetings are quorate";
    let meeting = |facts: &[(FactName, Value)]| {
        let mut all = vec![(FactName::MeetingDate, Value::Day(day("2025-06-10")))];
        all.extend_from_slice(facts);
        all
    };
    let present = (FactName::Attendance, Value::Attendance { present: 2, of: None });
    let said = |value: Value| (FactName::QuorumMet, value);
    let bylaws = format!(
        "{BOARD}[[quorums]]\nbody = \"board\"\nshare = \"1/2\"\nmore_than = true\n"
    );
    let states = |register: &str, facts: &[(FactName, Value)], state: State| {
        let world = World::new(register).paper("board_minutes", &meeting(facts));
        world.is(rule, &[("2025-08-01", state)]);
    };
    states(BOARD, &[], State::InsufficientEvidence);
    states(BOARD, &[said(Value::Yes)], State::Met);
    states(BOARD, &[said(Value::No)], State::Closed);
    states(&bylaws, std::slice::from_ref(&present), State::Met);
    states(&bylaws, &[present, said(Value::No)], State::InsufficientEvidence);
}

#[test]
fn a_second_call_needs_fewer_within_its_time() {
    let rule = "each meeting of the general assembly is attended by more than half of its members or, at a second call within 15 days, by at least one third of its members";
    let meeting = |on: &str, present: u16, call: Option<&str>| {
        let mut facts = vec![
            (FactName::MeetingDate, Value::Day(day(on))),
            (FactName::Attendance, Value::Attendance { present, of: Some(30) }),
        ];
        facts.extend(call.map(|on| (FactName::FirstCall, Value::Day(day(on)))));
        facts
    };
    let minutes = "general_assembly_minutes";
    let failed = World::new("").paper(minutes, &meeting("2025-04-01", 12, None));
    failed.is(rule, &[("2025-04-10", State::DueSoon), ("2025-05-10", State::StillOwed)]);
    failed
        .paper(minutes, &meeting("2025-04-12", 10, None))
        .is(rule, &[("2025-05-10", State::Met)]);
    let late = World::new("")
        .paper(minutes, &meeting("2025-04-01", 12, None))
        .paper(minutes, &meeting("2025-04-20", 10, None));
    late.is(rule, &[("2025-06-10", State::StillOwed)]);
    World::new("")
        .paper(minutes, &meeting("2025-04-12", 10, Some("2025-04-01")))
        .is(rule, &[("2025-05-10", State::Met)]);
    World::new("")
        .paper(minutes, &meeting("2025-04-12", 16, None))
        .is(rule, &[("2025-05-10", State::Met)]);
}

#[test]
fn minutes_are_signed_by_posts_or_by_those_who_hold_them() {
    let rule = "board minutes are signed by the chair and the secretary";
    let minutes = |by: &[&str]| {
        let mut facts = vec![(FactName::MeetingDate, Value::Day(day("2025-06-10")))];
        facts.extend(by.iter().map(|name| (FactName::SignedBy, person(name))));
        World::new(BOARD).paper("board_minutes", &facts)
    };
    minutes(&[]).is(rule, &[("2025-08-01", State::InsufficientEvidence)]);
    minutes(&["chair", "أمين السر"]).is(rule, &[("2025-08-01", State::Met)]);
    minutes(&["Lina Haddad", "Omar Saleh"]).is(rule, &[("2025-08-01", State::Met)]);
    minutes(&["Lina Haddad"]).is(rule, &[("2025-08-01", State::StillOwed)]);
    let seven = "at least seven founders signed the founding application";
    let application = |number: i64| {
        let facts = [
            (FactName::DateSigned, Value::Day(day("2021-01-10"))),
            (FactName::Signatures, Value::Number(number)),
        ];
        World::new("").paper("founding_application", &facts)
    };
    application(7).is(seven, &[("2025-08-01", State::Met)]);
    application(6).is(seven, &[("2025-08-01", State::StillOwed)]);
}

#[test]
fn minutes_in_date_order_have_rising_numbers() {
    let rule = "board minutes are kept in date order and signed by the chair";
    let minutes = |world: World, on: &str, number: i64| {
        let facts = [
            (FactName::MeetingDate, Value::Day(day(on))),
            (FactName::MeetingNumber, Value::Number(number)),
            (FactName::SignedBy, person("chair")),
        ];
        world.paper("board_minutes", &facts)
    };
    let world = minutes(World::new(BOARD), "2025-02-10", 1);
    let world = minutes(world, "2025-06-10", 3);
    world.is(rule, &[("2025-08-01", State::Met)]);
    minutes(world, "2025-09-10", 2).is(rule, &[("2025-10-01", State::StillOwed)]);
}

#[test]
fn each_member_declares_in_each_year() {
    let rule = "every board member signs a conflict of interest declaration each year";
    let declares = |world: World, name: &str, on: &str| {
        let facts = [
            (FactName::Declarant, person(name)),
            (FactName::DateSigned, Value::Day(day(on))),
        ];
        world.paper("conflict_of_interest_declaration", &facts)
    };
    let world = declares(World::new(BOARD), "lina  haddad", "2025-02-01");
    world.is(
        rule,
        &[("2025-12-31", State::Closed), ("2026-01-10", State::AwaitingEvidence)],
    );
    // Rana left in June and owes none.
    let slots = world.slots(rule, "2026-02-01");
    let last = slots.iter().find(|slot| slot.from == day("2025-01-01")).expect("2025");
    assert_eq!((last.state, last.part), (State::Closed, Some((1, 2))));
    assert_eq!(last.score(), Some((500_000, 500_000)));
    declares(world, "Omar Saleh", "2025-11-30").is(rule, &[("2026-02-01", State::Met)]);
    World::new("").is(rule, &[("2026-02-01", State::InsufficientEvidence)]);
}

#[test]
fn each_member_declares_on_taking_office_and_holds_what_is_asked() {
    let rule = "each member of the board files a financial disclosure within 60 days of taking office";
    let filed = |world: World, name: &str, on: &str| {
        let facts = [
            (FactName::Declarant, person(name)),
            (FactName::DateSubmitted, Value::Day(day(on))),
        ];
        world.paper("financial_disclosure", &facts)
    };
    let three = ["Lina Haddad", "Omar Saleh", "Rana Awad"];
    let world = three
        .iter()
        .fold(World::new(BOARD), |world, name| filed(world, name, "2022-04-20"));
    world.is(rule, &[("2022-06-01", State::Met)]);
    World::new(BOARD).is(
        rule,
        &[("2022-05-10", State::AwaitingEvidence), ("2022-06-01", State::StillOwed)],
    );
    let public = format!(
        "{BOARD}[[persons]]\nname = \"Omar Saleh\"\nis = [\"public employee\"]\n[[persons]]\nname = \"Lina Haddad\"\nis_not = [\"public employee\"]\n[[persons]]\nname = \"Rana Awad\"\nis_not = [\"public employee\"]\n"
    );
    let rule = "board members who are public employees hold the approval of the competent authority";
    World::new(&public).is(rule, &[("2024-01-01", State::StillOwed)]);
    let approval = [
        (FactName::Declarant, person("Omar Saleh")),
        (FactName::DocumentDate, Value::Day(day("2023-01-01"))),
        (FactName::ValidUntil, Value::Day(day("2025-12-31"))),
    ];
    World::new(&public)
        .paper("approval_of_the_competent_authority", &approval)
        .is(rule, &[("2024-01-01", State::Met)]);
}

#[test]
fn a_list_in_a_paper_is_the_body_where_no_register_is() {
    let list = |on: &str, names: &[&str]| {
        let mut facts = vec![(FactName::DateSigned, Value::Day(day(on)))];
        facts.extend(names.iter().map(|name| (FactName::Member, person(name))));
        facts
    };
    let world = World::new("")
        .paper("board_list", &list("2024-01-10", &["A", "B", "C"]))
        .paper("board_list", &list("2025-01-10", &["A", "B"]));
    world.is(
        "the board has at least 3 members",
        &[("2024-06-01", State::Met), ("2025-06-01", State::StillOwed)],
    );
}

#[test]
fn every_mistake_of_a_register_is_told_with_its_line() {
    let text = "name = \"A\"\n[[in_office]]\nperson = \"L\"\n[[in_office]]\nperson = \"L\"\nbody = \"board\"\nfrom = 2025-01-01\nto = 2024-01-01\n[[ties]]\nbetween = [\"L\", \"Nobody\"]\ndegree = 0\n[[quorums]]\nbody = \"board\"\nshare = \"3/2\"\n[[persons]]\nname = \"L\"\nis = [\"woman\"]\nis_not = [\"Woman\"]\n";
    let problems = organization::read("organization.toml", text).expect_err("six slips");
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 8, 18, 11, 14], "{problems:?}");
    let strangers = text.replace("degree = 0", "degree = 2");
    let problems = organization::read("organization.toml", &strangers).expect_err("five");
    assert!(problems.iter().any(|problem| problem.english.contains("Nobody")));
    for problem in &problems {
        let arabic = mithaq::text::language_of(&problem.arabic);
        assert_eq!(arabic, mithaq::text::Language::Arabic, "{}", problem.arabic);
    }
}

#[test]
fn a_register_has_a_largest_size() {
    let seats = |count: usize| {
        let seat = "[[in_office]]\nperson = \"L\"\nbody = \"board\"\nfrom = 2025-01-01\n";
        format!("name = \"A\"\n{}", seat.repeat(count))
    };
    let read = |text: &str| organization::read("organization.toml", text).is_ok();
    assert!(read(&seats(mithaq::limits::SEATS_MAX)));
    assert!(!read(&seats(mithaq::limits::SEATS_MAX + 1)));
    let ties = |count: usize| {
        let tie = "[[ties]]\nbetween = [\"L\", \"M\"]\ndegree = 1\n";
        let people = "[[persons]]\nname = \"L\"\n[[persons]]\nname = \"M\"\n";
        format!("name = \"A\"\n{people}{}", tie.repeat(count))
    };
    assert!(read(&ties(mithaq::limits::TIES_MAX)));
    assert!(!read(&ties(mithaq::limits::TIES_MAX + 1)));
    let degree =
        |degree: u8| ties(1).replace("degree = 1", &format!("degree = {degree}"));
    assert!(read(&degree(mithaq::limits::DEGREE_MAX)));
    assert!(!read(&degree(mithaq::limits::DEGREE_MAX + 1)));
}

#[test]
fn names_beyond_the_largest_number_are_nobody() {
    let mut timeline = Timeline::default();
    for number in 0..mithaq::limits::NAMES_MAX {
        assert_ne!(timeline.who(&number.to_string()), 0);
        if number > 200 {
            // The rest of the way without asking for each name in turn.
            timeline.names.resize(mithaq::limits::NAMES_MAX - 1, "x".into());
            break;
        }
    }
    assert_ne!(timeline.who("the last one"), 0);
    assert_eq!(timeline.who("one too many"), 0);
    assert_eq!((timeline.who("0"), timeline.name(1)), (1, Some("0")));
    assert_eq!(timeline.name(0), None);
}

#[test]
fn a_list_of_board_members_is_read_from_its_table() {
    let lines = [
        "List of board members",
        "Date: 10 January 2024",
        "Name | Post",
        "---- | ----",
        "Lina Haddad | Chair",
        "عمر صالح | Secretary",
    ];
    let line = |(text, number): (&&str, u32)| Line {
        text: (*text).to_owned(),
        number,
        ..Line::default()
    };
    let text =
        Text { lines: lines.iter().zip(1..).map(line).collect(), ..Text::default() };
    let cues = Cues::standard();
    let reading = recognise::read(&Context::of(&text, "board list.csv", &cues));
    assert_eq!(reading.kinds[0].kind, "board_list");
    let members: Vec<&Value> = reading
        .facts
        .iter()
        .filter(|fact| fact.name == FactName::Member)
        .map(|fact| &fact.value)
        .collect();
    assert_eq!(members, [&person("Lina Haddad"), &person("عمر صالح")]);
}
