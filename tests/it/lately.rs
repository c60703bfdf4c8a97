//! Duties that look back: the last times, a stretch of days, a share of a body of late; and
//! what is enough instead, and who was founded by when.

use mithaq::calendar::Day;
use mithaq::compile::{Source, compile};
use mithaq::document::Sha256;
use mithaq::form::{self, Context};
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::norm::{Act, Item, Norm, TermId};
use mithaq::program::Program;
use mithaq::timeline::{AsOf, Aspect, Entry, Folder, Paper, Subject, Timeline};
use mithaq::verdict::{State, Verdict};
use mithaq::vocabulary::{self, Vocabulary};
use std::sync::LazyLock;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

/// An organization that joined on 1 January 2020, and what its papers tell.
struct World {
    profile: Profile,
    timeline: Timeline,
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("the test's own date")
}

fn term(name: &str) -> TermId {
    STANDARD.named(name).expect("a shipped word")
}

fn program(rule: &str) -> Program {
    let text = format!("Evidence may arrive: 0 days\nLead: 0 days\n\nRule R-1: {rule}\n");
    let (program, said) = compile(&[Source::new("rules/test.rules", &text)], &STANDARD);
    let said: Vec<_> = said.iter().map(|it| it.message[0].clone()).collect();
    assert_eq!(said, [""; 0], "{rule}");
    program
}

impl World {
    fn new() -> World {
        let start = Some(day("2020-01-01"));
        let profile = Profile { start, ..Profile::default() };
        let folder = Folder { first_seen: Some(0), unhealthy: None };
        let mut timeline = Timeline::default();
        timeline.folder = folder;
        World { profile, timeline }
    }

    fn add(&mut self, noun: &str, aspect: Aspect, on: &str) -> Entry {
        let entry = Entry::new(Subject::new(term(noun), aspect), day(on), 0, 0);
        self.timeline.add(entry);
        entry
    }

    fn meets(mut self, days: &[&str]) -> World {
        for on in days {
            self.add("board", Aspect::Done(Act::Meet), on);
        }
        self
    }

    fn about(mut self, noun: &str, act: Act, year_end: &str, on: &str) -> World {
        let subject = Subject::new(term(noun), Aspect::Done(act));
        let about = Some(day(year_end));
        self.timeline.add(Entry { about, ..Entry::new(subject, day(on), 0, 0) });
        self
    }

    fn verdict(&self, rule: &str, on: &str) -> Verdict {
        let program = program(rule);
        let book = &program.rulebooks[0];
        let duty = Duty::of(book, &book.rules[0]);
        let as_of = AsOf::new(day(on), 0);
        judge::verdict(&duty, &View::new(&self.profile, &self.timeline, as_of))
    }

    #[track_caller]
    fn is(&self, rule: &str, on: &str, state: State) {
        assert_eq!(self.verdict(rule, on).state, state, "{rule}, on {on}");
    }
}

fn norm(sentence: &str) -> Norm {
    let context = Context { vocabulary: &STANDARD, fiscal_quarters: false };
    let marked = form::mark(sentence.trim_end_matches('.'), &STANDARD);
    match form::parse(&marked, &context) {
        Ok((_, norm)) => norm,
        Err(miss) => panic!("{sentence}: read up to {} of {}", miss.at, marked.text),
    }
}

/// The canonical sentence first, and others that mean the same, in both languages.
const PHRASINGS: [&[&str]; 8] = [
    &[
        "At least 6 of the last 8 times, this was fulfilled in time: the board meets at least once in each calendar quarter.",
        "the board meets in at least 6 of the last 8 calendar quarters",
        "in at least six of the last eight quarters, the board meets",
        "6 of the last 8 times this was done on time: the board meets quarterly",
        "استُوفي ما يلي في موعده في ما لا يقل عن 6 من آخر 8 مرات: يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع من أرباع السنة الميلادية.",
        "تم استيفاء ما يلي في 6 من آخر 8 مرات: يجتمع مجلس الإدارة كل ربع سنة",
        "في ما لا يقل عن 6 من آخر 8 أرباع ميلادية، يجتمع مجلس الإدارة",
        "يجتمع مجلس الإدارة في ما لا يقل عن ستة من آخر ثمانية أرباع ميلادية",
    ],
    &[
        "Each of the last 2 times, this was fulfilled in time: the annual report is published within 6 months of the end of the fiscal year.",
        "every one of the last 2 times, this was done in time: the annual report is published within 6 months of the end of the fiscal year",
        "the last two times, this was fulfilled on time: annual report published within six months of fiscal year end",
        "استُوفي ما يلي في موعده في كل مرة من آخر مرتين: يُنشر التقرير السنوي خلال 6 أشهر من نهاية السنة المالية.",
        "تم استيفاء ما يلي في كل واحدة من آخر مرتين: يُنشر التقرير السنوي خلال ستة أشهر من نهاية السنة المالية",
        "استُوفي ما يلي في جميع المرات من آخر مرتين: يجب نشر التقرير السنوي خلال 6 أشهر من نهاية السنة المالية",
    ],
    &[
        "The last time, this was fulfilled in time: the budget is adopted before the start of the fiscal year.",
        "on the last occasion this was done on time: the budget is adopted before the start of the fiscal year",
        "the most recent time, the following was observed: the budget is adopted before the start of the fiscal year",
        "استُوفي ما يلي في موعده في المرة الأخيرة: تُعتمد الموازنة قبل بداية السنة المالية.",
        "استُوفي ما يلي في آخر مرة: تُعتمد الموازنة قبل بداية السنة المالية",
        "تم استيفاء ما يلي في موعده في آخر مرة: تُعتمد الموازنة قبل بدء السنة المالية",
    ],
    &[
        "Each time in the last 3 years, this was fulfilled in time: the board meets at least once every 120 days.",
        "in the last 3 years, the board meets at least once every 120 days",
        "over the last three years, the board meets with no more than 120 days between meetings",
        "استُوفي ما يلي في موعده في كل مرة خلال آخر 3 سنوات: يجتمع مجلس الإدارة مرة واحدة على الأقل كل 120 يومًا.",
        "خلال آخر ثلاث سنوات، يجتمع مجلس الإدارة كل 120 يومًا",
        "في آخر 3 سنوات، يجتمع مجلس الإدارة مرة على الأقل كل 120 يومًا",
    ],
    &[
        "Each time in the last 365 days and at least 30 days ago, this was fulfilled in time: the board minutes are on file within 30 days of each meeting of the board.",
        "every time in the last 365 days and at least 30 days ago, this was done: the board minutes are prepared within 30 days of each board meeting",
        "always in the last 365 days but at least 30 days ago, this was done in time: board minutes are on file within 30 days of the meeting of the board",
        "استُوفي ما يلي في موعده في كل مرة خلال آخر 365 يومًا وقبل 30 يومًا على الأقل: يُعدّ محضر اجتماع مجلس الإدارة خلال 30 يومًا من كل اجتماع لمجلس الإدارة.",
        "استُوفي ما يلي في جميع المرات خلال آخر 365 يومًا وقبل ثلاثين يومًا على الأقل: يُعدّ محضر اجتماع مجلس الإدارة خلال 30 يومًا من كل اجتماع لمجلس الإدارة",
        "تم استيفاء ما يلي دائمًا خلال آخر 365 يومًا وقبل 30 يومًا على الأقل: يُعدّ محضر اجتماع مجلس الإدارة خلال 30 يومًا من كل اجتماع لمجلس الإدارة",
    ],
    &[
        "At least 80% of the members of the board have signed the conflict of interest declaration in the last 12 months.",
        "80% of the board members signed a conflict of interest declaration within the past 12 months",
        "in the last 12 months at least 80 percent of board members have signed the conflict-of-interest declaration",
        "the conflict of interest declaration is signed by at least 80% of the members of the board in the last 12 months",
        "يوقّع ما لا يقل عن 80% من أعضاء مجلس الإدارة إقرار تضارب المصالح خلال آخر 12 شهرًا.",
        "وقّع 80% على الأقل من أعضاء مجلس الإدارة إقرار تضارب المصالح خلال آخر 12 شهرًا",
        "خلال آخر 12 شهرًا وقّع ما لا يقل عن 80% من أعضاء مجلس الإدارة إقرار تضارب المصالح",
    ],
    &[
        "It is enough that the organization is of the type cooperative, or else the board has between 7 and 13 members.",
        "either the organization is a cooperative, or the board has between 7 and 13 members",
        "it suffices that the organization is a cooperative, or the board has between 7 and 13 members",
        "the board has between 7 and 13 members, or the organization is a cooperative",
        "يكفي أن يكون نوع المؤسسة التعاونية، وفيما عدا ذلك لا يقل عدد أعضاء مجلس الإدارة عن 7 أعضاء ولا يزيد على 13 عضوًا.",
        "يكفي أن يكون نوع المؤسسة التعاونية، وإلا يتكون مجلس الإدارة من 7 إلى 13 عضوًا",
        "إما أن يكون نوع المؤسسة التعاونية، وإما أن يتكون مجلس الإدارة من 7 إلى 13 عضوًا",
        "يتكون مجلس الإدارة من 7 إلى 13 عضوًا، ويكفي أن يكون نوع المؤسسة التعاونية",
    ],
    &[
        "If the organization was founded at least 11 months before the end of the fiscal year, the general assembly meets at least once in each fiscal year.",
        "the general assembly meets in each fiscal year if the organization was founded at least 11 months before the end of the fiscal year",
        "where the organization was founded at least eleven months before the end of the fiscal year, the general assembly meets once in each fiscal year",
        "إذا تأسست المؤسسة قبل نهاية السنة المالية بما لا يقل عن 11 شهرًا، تجتمع الجمعية العمومية مرة واحدة على الأقل في كل سنة مالية.",
        "تجتمع الجمعية العمومية في كل سنة مالية إذا تأسست المؤسسة قبل نهاية السنة المالية بما لا يقل عن 11 شهرًا",
        "تجتمع الجمعية العمومية مرة في كل سنة مالية متى تأسست المؤسسة قبل نهاية السنة المالية بما لا يقل عن أحد عشر شهرًا",
    ],
];

#[test]
fn other_words_mean_the_same_in_both_languages() {
    let mut wrong = Vec::new();
    for phrasings in PHRASINGS {
        let asked = norm(phrasings[0]);
        let canonical = form::say(&asked, &STANDARD);
        assert_eq!(canonical[0], phrasings[0]);
        assert!(phrasings.contains(&canonical[1].as_str()), "{}", canonical[1]);
        for sentence in &phrasings[1..] {
            let context = Context { vocabulary: &STANDARD, fiscal_quarters: false };
            let marked = form::mark(sentence.trim_end_matches('.'), &STANDARD);
            let read = form::parse(&marked, &context).map(|(_, norm)| norm).ok();
            if read.as_ref() != Some(&asked) {
                wrong.push(format!("{sentence}\n  {}\n  {read:?}", marked.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const SIX_OF_EIGHT: &str =
    "the board meets in at least 6 of the last 8 calendar quarters";

#[test]
fn six_of_the_last_eight_quarters_are_enough_and_five_are_not() {
    let quarters = [
        "2024-02-01",
        "2024-05-01",
        "2024-08-01",
        "2024-11-01",
        "2025-02-01",
        "2025-05-01",
    ];
    let six = World::new().meets(&quarters);
    six.is(SIX_OF_EIGHT, "2026-01-01", State::Met);
    let five = World::new().meets(&quarters[1..]);
    five.is(SIX_OF_EIGHT, "2026-01-01", State::Closed);
    // The quarter that leaves the eight takes its meeting along.
    six.is(SIX_OF_EIGHT, "2026-03-31", State::Met);
    six.is(SIX_OF_EIGHT, "2026-04-01", State::Closed);
    let change = six.verdict(SIX_OF_EIGHT, "2026-03-31").next_change.unwrap();
    assert_eq!((change.on, change.state), (day("2026-04-01"), State::Closed));
}

#[test]
fn fewer_occasions_than_are_looked_back_on_ask_nothing_yet() {
    let mut young = World::new().meets(&["2025-02-01"]);
    young.profile.start = Some(day("2024-12-15"));
    young.is(SIX_OF_EIGHT, "2026-09-30", State::NotYetOpen);
    young.is(SIX_OF_EIGHT, "2027-01-01", State::Closed);
}

const ON_FILE: &str = "the last time, this was fulfilled in time: the audited accounts are published within 4 months of the end of the fiscal year";

#[test]
fn what_was_late_was_missed_the_last_time() {
    let of = |on| World::new().about("audited accounts", Act::Publish, "2025-12-31", on);
    of("2026-04-30").is(ON_FILE, "2026-06-01", State::Met);
    of("2026-05-01").is(ON_FILE, "2026-06-01", State::Closed);
    // Without the last year's time being over, the year before speaks.
    of("2026-04-30").is(ON_FILE, "2026-04-30", State::Closed);
    // Grace is time that the rule gives.
    of("2026-05-01").is(
        &format!("{ON_FILE}\n  Grace: 3 days"),
        "2026-06-01",
        State::MetInGrace,
    );
}

#[test]
fn an_occasion_out_of_scope_is_not_counted() {
    let rule = "each of the last 2 times, this was fulfilled in time: the annual report is published within 6 months of the end of the fiscal year\n  Applies to: organizations founded by the end of the fiscal year";
    let mut world =
        World::new().about("annual report", Act::Publish, "2025-12-31", "2026-03-01");
    world.profile.founded = Some(day("2025-12-31"));
    world.is(rule, "2026-07-01", State::Met);
    world.profile.founded = Some(day("2024-12-31"));
    world.is(rule, "2026-07-01", State::Closed);
    world.profile.founded = Some(day("2026-01-01"));
    world.is(rule, "2026-07-01", State::NotApplicable);
}

const NO_GAP: &str =
    "in the last 1095 days, the board meets with no more than 120 days between meetings";

#[test]
fn each_gap_of_the_last_three_years_counts_and_none_before() {
    let on = day("2026-06-15");
    let world = |days: &[i32]| {
        let mut world = World::new();
        for ago in days {
            let entry = Entry::new(
                Subject::new(term("board"), Aspect::Done(Act::Meet)),
                on.plus_days(-ago),
                0,
                0,
            );
            world.timeline.add(entry);
        }
        world
    };
    let near: Vec<i32> = (0..10).map(|number| number * 120 + 5).rev().collect();
    world(&near[1..]).is(NO_GAP, "2026-06-15", State::Met);
    // A gap in the middle, though the last one is short.
    world(&[400, 279, 100]).is(NO_GAP, "2026-06-15", State::Closed);
    world(&[400, 280, 160, 100]).is(NO_GAP, "2026-06-15", State::Met);
    // The gap that began 1,095 days ago is out of sight, a day later it is not.
    world(&[1095, 900, 100]).is(NO_GAP, "2026-06-15", State::Closed);
    let so_near: Vec<i32> =
        [1095].into_iter().chain((0..8).map(|it| 800 - it * 100)).collect();
    world(&so_near).is(NO_GAP, "2026-06-15", State::Met);
    let inside: Vec<i32> =
        [1094].into_iter().chain((0..8).map(|it| 800 - it * 100)).collect();
    world(&inside).is(NO_GAP, "2026-06-15", State::Closed);
    // From the last one to the day judged.
    world(&[120]).is(NO_GAP, "2026-06-15", State::Met);
    world(&[121]).is(NO_GAP, "2026-06-15", State::Closed);
}

#[test]
fn a_stretch_without_occasions_asks_nothing() {
    World::new().is(NO_GAP, "2026-06-15", State::NotYetOpen);
    World::new().meets(&["2021-01-01"]).is(NO_GAP, "2026-06-15", State::NotYetOpen);
}

const MINUTED: &str = "each time in the last 365 days and at least 30 days ago, this was fulfilled in time: the board minutes are on file within 30 days of each meeting of the board";

#[test]
fn meetings_at_least_thirty_days_ago_have_their_minutes() {
    let minuted = |met: &str, written: Option<&str>| {
        let mut world = World::new().meets(&[met]);
        let subject = Subject::new(term("board minutes"), Aspect::Written);
        // Of another meeting, long ago: minutes are kept.
        let mut entry = Entry::new(subject, day("2020-02-01"), 0, 0);
        entry.about = Some(day("2020-01-20"));
        world.timeline.add(entry);
        if let Some(written) = written {
            let about = Some(day(met));
            world
                .timeline
                .add(Entry { about, ..Entry::new(subject, day(written), 0, 0) });
        }
        world
    };
    minuted("2026-05-16", Some("2026-06-15")).is(MINUTED, "2026-06-15", State::Met);
    minuted("2026-05-16", Some("2026-06-16")).is(MINUTED, "2026-06-16", State::Closed);
    // Thirty days ago, and nothing yet: it lacks them, though the day is not over.
    minuted("2026-05-16", None).is(MINUTED, "2026-06-15", State::Closed);
    minuted("2026-05-17", None).is(MINUTED, "2026-06-15", State::NotYetOpen);
    let change = minuted("2026-05-17", None).verdict(MINUTED, "2026-06-15").next_change;
    assert_eq!(change.unwrap().on, day("2026-06-16"));
    minuted("2025-06-15", None).is(MINUTED, "2026-06-15", State::NotYetOpen);
    minuted("2025-06-16", None).is(MINUTED, "2026-06-15", State::Closed);
}

const OPINIONS: &str = "each of the last 2 times, this was fulfilled in time: the audited accounts contain: an opinion that is not adverse; and the last time: the audited accounts contain: a clean opinion";

#[test]
fn of_two_papers_the_last_says_more() {
    let key = |sentence: &str| match norm(sentence) {
        Norm::Contents { items, .. } => items.first().map(Item::key).unwrap(),
        other => panic!("{other:?}"),
    };
    let sound = key("the audited accounts contain: an opinion that is not adverse");
    let clean = key("the audited accounts contain: a clean opinion");
    let world = |opinions: &[&[&String]]| {
        let mut world = World::new();
        for (paper, (stated, year)) in opinions.iter().zip(2023..).enumerate() {
            world.timeline.papers_mut().push(Paper {
                sha256: Sha256([0; 32]),
                path: "audit".into(),
                received: 0,
                contains: stated.iter().map(|it| (*it).clone()).collect(),
                passages: Box::default(),
            });
            let subject =
                Subject::new(term("audited accounts"), Aspect::Done(Act::Prepare));
            let on = Day::from_ymd(year, 4, 1).unwrap();
            world.timeline.add(Entry::new(subject, on, 0, paper as u32));
        }
        world
    };
    let qualified: &[&String] = &[&sound];
    let good: &[&String] = &[&sound, &clean];
    world(&[qualified, good]).is(OPINIONS, "2026-06-15", State::Met);
    world(&[good, qualified]).is(OPINIONS, "2026-06-15", State::Closed);
    world(&[&[], good]).is(OPINIONS, "2026-06-15", State::Closed);
    world(&[&[], good, good]).is(OPINIONS, "2026-06-15", State::Met);
    world(&[good]).is(OPINIONS, "2026-06-15", State::NotYetOpen);
}

const DECLARED: &str = "at least 80% of the members of the board have signed the conflict of interest declaration in the last 365 days";

/// A board of so many members, of whom these signed their declarations.
fn signed(of: &[(&str, &str)], members: u16) -> World {
    let mut world = World::new();
    let size = Subject::new(term("board"), Aspect::Size);
    let count = Some(members);
    world.timeline.add(Entry { count, ..Entry::new(size, day("2020-01-01"), 0, 0) });
    for (name, on) in of {
        let declared = Aspect::Done(Act::Sign);
        let subject = Subject::new(term("conflict of interest declaration"), declared);
        let who = if name.is_empty() { 0 } else { world.timeline.who(name) };
        world.timeline.add(Entry { who, ..Entry::new(subject, day(on), 0, 0) });
    }
    world
}

/// Small bodies and large ones are counted in two ways.
#[test]
fn members_of_large_bodies_are_counted_like_those_of_small_ones() {
    for members in [127u16, 128, 129, 130] {
        let names: Vec<String> = (0..members).map(|at| format!("member {at}")).collect();
        // Everybody signed twice, and who signs twice is one.
        let twice = names.iter().chain(&names);
        let all: Vec<(&str, &str)> =
            twice.map(|name| (name.as_str(), "2026-01-10")).collect();
        // At least 80 % of five fourths as many, and less of one more.
        let whole = members * 5 / 4;
        signed(&all, whole).is(DECLARED, "2026-06-15", State::Met);
        signed(&all, whole + 1).is(DECLARED, "2026-06-15", State::StillOwed);
    }
}

#[test]
fn members_count_once_and_not_for_ever() {
    let four = [
        ("a", "2026-01-10"),
        ("b", "2026-01-11"),
        ("c", "2026-01-12"),
        ("d", "2026-01-13"),
    ];
    signed(&four, 5).is(DECLARED, "2026-06-15", State::Met);
    signed(&four, 6).is(DECLARED, "2026-06-15", State::StillOwed);
    let twice = [four[0], four[1], four[2], ("c", "2026-02-12")];
    signed(&twice, 5).is(DECLARED, "2026-06-15", State::StillOwed);
    // What names nobody may be the fourth.
    let unnamed = [four[0], four[1], four[2], ("", "2026-02-12")];
    signed(&unnamed, 5).is(DECLARED, "2026-06-15", State::InsufficientEvidence);
    // On the 365th day after it the first one is too old, and on the day before it is not.
    signed(&four, 5).is(DECLARED, "2027-01-09", State::Met);
    signed(&four, 5).is(DECLARED, "2027-01-10", State::StillOwed);
    let change = signed(&four, 5).verdict(DECLARED, "2026-06-15").next_change.unwrap();
    assert_eq!(change.on, day("2027-01-10"));
}

#[test]
fn what_is_enough_is_met_and_not_left_out() {
    let rule = "either the organization is a cooperative, or the board has between 7 and 13 members";
    let mut world = World::new();
    let size = Subject::new(term("board"), Aspect::Size);
    let count = Some(5);
    world.timeline.add(Entry { count, ..Entry::new(size, day("2020-01-01"), 0, 0) });
    world.profile.types = vec![term("cooperative")];
    world.is(rule, "2026-06-15", State::Met);
    assert!(world.verdict(rule, "2026-06-15").score.is_some());
    world.profile.types = vec![term("association")];
    world.is(rule, "2026-06-15", State::StillOwed);
    // Nobody says of what type it is.
    world.profile.types = Vec::new();
    world.is(rule, "2026-06-15", State::InsufficientEvidence);
    let unless = rule.replace(
        "either the organization is a cooperative, or",
        "unless the organization is a cooperative,",
    );
    world.profile.types = vec![term("cooperative")];
    world.is(&unless, "2026-06-15", State::NotApplicable);
}

#[test]
fn who_was_founded_by_then_is_asked() {
    let rule = |when: &str| {
        format!(
            "the annual report is published within 6 months of the end of the fiscal year\n  Applies to: organizations founded {when}"
        )
    };
    let founded = |on: Option<&str>| {
        let mut world = World::new();
        world.profile.founded = on.map(day);
        world
    };
    // Of the fiscal year 2025.
    let table = [
        ("by 15 June 2025", "2025-06-15", true),
        ("by 15 June 2025", "2025-06-16", false),
        ("before 15 June 2025", "2025-06-15", false),
        ("by the end of the fiscal year", "2025-12-31", true),
        ("by the end of the fiscal year", "2026-01-01", false),
        ("before the start of the fiscal year", "2024-12-31", true),
        ("before the start of the fiscal year", "2025-01-01", false),
        ("at least 6 months before the start of the fiscal year", "2024-07-01", true),
        ("at least 6 months before the start of the fiscal year", "2024-07-02", false),
        ("at least 11 months before the end of the fiscal year", "2025-01-31", true),
        ("at least 11 months before the end of the fiscal year", "2025-02-01", false),
    ];
    for (when, on, asked) in table {
        let state = if asked { State::StillOwed } else { State::NotApplicable };
        founded(Some(on)).is(&rule(when), "2026-07-01", state);
    }
    founded(None).is(&rule("by 15 June 2025"), "2026-07-01", State::InsufficientEvidence);
}
