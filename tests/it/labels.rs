//! What the labels of a rule do to its verdicts, in both languages.

use std::sync::LazyLock;

use mithaq::calendar::{Day, Period};
use mithaq::compile::written::{Manner, untranslated, written};
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Diagnostic;
use mithaq::document::Sha256;
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::norm::{Act, Quantity, TermId};
use mithaq::organization::Waiver;
use mithaq::program::{Rule, Rulebook};
use mithaq::text::Language;
use mithaq::timeline::{AsOf, Aspect, Entry, Folder, Paper, Subject, Timeline};
use mithaq::verdict::{Slot, State, Truth, Unknown, Verdict};
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn day(text: &str) -> Day {
    Day::parse(text).expect("invariant: the test's own date")
}

fn id(name: &str) -> TermId {
    STANDARD.named(name).unwrap_or_else(|| panic!("no term {name}"))
}

fn book(text: &str) -> (Rulebook, Vec<Diagnostic>) {
    let source = Source::new("rules/test.rules", text);
    let (mut program, diagnostics) = compile(&[source], &STANDARD);
    (program.rulebooks.remove(0), diagnostics)
}

#[track_caller]
fn sound(text: &str) -> Rulebook {
    let (book, said) = book(text);
    assert!(said.is_empty(), "{text}\n{said:#?}");
    book
}

/// An organization that joined in 2025, with what its papers say.
struct World {
    profile: Profile,
    timeline: Timeline,
}

impl World {
    fn new() -> World {
        let mut timeline = Timeline::default();
        timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
        let start = Some(day("2025-01-01"));
        World { profile: Profile { start, ..Profile::default() }, timeline }
    }

    /// A paper of its own that tells of something.
    fn paper(
        mut self,
        noun: &str,
        act: Act,
        on: &str,
        say: impl Fn(&mut Entry),
    ) -> World {
        let paper = u32::try_from(self.timeline.papers.len()).unwrap();
        self.timeline.papers_mut().push(Paper {
            sha256: Sha256([u8::try_from(paper).unwrap(); 32]),
            path: format!("{paper}.md").into(),
            received: 0,
            contains: Default::default(),
            passages: Box::new([]),
        });
        self.same_paper(noun, act, on, say)
    }

    /// The last paper tells of something more.
    fn same_paper(
        mut self,
        noun: &str,
        act: Act,
        on: &str,
        say: impl Fn(&mut Entry),
    ) -> World {
        let paper = u32::try_from(self.timeline.papers.len() - 1).unwrap();
        let subject = Subject::new(id(noun), Aspect::Done(act));
        let mut entry = Entry::new(subject, day(on), 0, paper);
        say(&mut entry);
        self.timeline.add(entry);
        self
    }

    /// Minutes of a meeting, with who came where they say so.
    fn met(self, body: &str, on: &str, came: Option<(u16, u16)>) -> World {
        self.paper(body, Act::Meet, on, |entry| {
            (entry.count, entry.of) = (came.map(|it| it.0), came.map(|it| it.1));
        })
    }

    fn ask<T>(
        &self,
        book: &Rulebook,
        rule: &Rule,
        on: &str,
        ask: impl Fn(&Duty<'_>, &View<'_>) -> T,
    ) -> T {
        let view = View::new(&self.profile, &self.timeline, AsOf::new(day(on), 0));
        ask(&Duty::of(book, rule), &view)
    }

    fn verdict(&self, book: &Rulebook, rule: &str, on: &str) -> Verdict {
        let rule = book.rules.iter().find(|found| found.id == rule).expect("the rule");
        self.ask(book, rule, on, judge::verdict)
    }

    fn state(&self, text: &str, on: &str) -> State {
        self.verdict(&sound(text), "A-1", on).state
    }

    fn slots(&self, text: &str, on: &str) -> Vec<Slot> {
        let book = sound(text);
        self.ask(&book, &book.rules[0], on, judge::slots)
    }
}

const COUNTED: &str = "\
Rule A-1: the board meets at least once in each calendar quarter
  Counts only if: more than half of the board members in office attended
";

#[test]
fn a_meeting_that_too_few_attended_does_not_count() {
    let on = "2025-04-16";
    let came = |came| World::new().met("board", "2025-02-12", came).state(COUNTED, on);
    assert_eq!(came(Some((4, 7))), State::Met);
    assert_eq!(came(Some((3, 7))), State::Closed);
    assert_eq!(came(Some((7, 14))), State::Closed, "half is not more than half");
    assert_eq!(came(None), State::InsufficientEvidence, "nobody says who came");
}

#[test]
fn of_two_papers_about_one_meeting_the_one_that_says_who_came_speaks() {
    let world = World::new().met("board", "2025-02-12", None).met(
        "board",
        "2025-02-12",
        Some((4, 7)),
    );
    assert_eq!(world.state(COUNTED, "2025-04-16"), State::Met);
    let world = world.met("board", "2025-02-12", Some((2, 7)));
    assert_eq!(world.state(COUNTED, "2025-04-16"), State::InsufficientEvidence);
}

#[test]
fn a_meeting_that_does_not_count_fills_no_slot_and_another_one_does() {
    let world = World::new().met("board", "2025-02-12", Some((2, 7))).met(
        "board",
        "2025-03-20",
        Some((5, 7)),
    );
    let slots = world.slots(COUNTED, "2025-04-16");
    assert_eq!(slots[0].state, State::Met);
    assert_eq!(slots[0].truth, Truth::True(day("2025-03-20")));
}

#[test]
fn of_each_paper_it_is_said_whether_it_counts() {
    let world = World::new()
        .met("board", "2025-01-12", Some((2, 7)))
        .met("board", "2025-02-12", None)
        .met("board", "2025-03-12", Some((5, 7)));
    let book = sound(COUNTED);
    let told = world.ask(&book, &book.rules[0], "2025-04-16", |duty, view| {
        let entries = world.timeline.entries().iter();
        entries.map(|entry| judge::counts(duty, view, entry)).collect::<Vec<_>>()
    });
    let on = Truth::True(day("2025-03-12"));
    assert_eq!(told, [Truth::False, Truth::Unknown(Unknown::NotStated), on]);
    assert_eq!(
        book.rules[0].around,
        [[
            "What happens counts only if more than half of the members of the board in office attended.",
            "لا يُحتسب الحدث إلا إذا حضر أكثر من نصف أعضاء مجلس الإدارة الحاليين.",
        ]]
    );
}

/// Sentences of every form that counts events; what is done, by whom, in 2026.
const FORMS: [(&str, &str, Act, &str); 8] = [
    ("the board meets at least once in each calendar year", "board", Act::Meet, ""),
    ("the board meets every 12 months", "board", Act::Meet, ""),
    ("the board meets by 31 December each year", "board", Act::Meet, ""),
    ("the board meets within 60 days of the general assembly", "board", Act::Meet, ""),
    (
        "the board adopts the budget within 6 months of the end of the fiscal year",
        "budget",
        Act::Adopt,
        "board",
    ),
    (
        "the conflict of interest policy is adopted by the board",
        "conflict of interest policy",
        Act::Adopt,
        "board",
    ),
    (
        "the board adopts the budget before the start of the fiscal year",
        "budget",
        Act::Adopt,
        "board",
    ),
    (
        "the board adopts the conflict of interest policy and the code of conduct",
        "conflict of interest policy",
        Act::Adopt,
        "board",
    ),
];

#[test]
fn every_form_that_counts_events_asks_who_came() {
    for (sentence, noun, act, by) in FORMS {
        let label = "Counts only if: at least two thirds of the board members attended";
        let text = format!("Rule A-1: {sentence}\n  {label}\n");
        let plain = format!("Rule A-1: {sentence}\n");
        let state = |text: &str, came: Option<(u16, u16)>| {
            let mut world = World::new().met("general assembly", "2025-04-20", None);
            // A budget that states no year is of the year that had just ended.
            let joined =
                if sentence.contains("end of") { "2024-01-01" } else { "2025-01-01" };
            world.profile.start = Some(day(joined));
            let on = "2025-05-20";
            world = world.met("board", on, came);
            if act != Act::Meet {
                let by = (!by.is_empty()).then(|| id(by));
                world = world.same_paper(noun, act, on, |entry| entry.by = by);
                // Of a list the other thing too.
                world =
                    world.same_paper("code of conduct", act, on, |entry| entry.by = by);
            }
            world.state(text, "2026-01-20")
        };
        let met = state(&plain, None);
        assert!(met.is_met(), "{sentence}: {met:?}");
        assert_eq!(state(&text, Some((6, 9))), met, "{sentence}: enough came");
        let missed = state(&text, Some((5, 9)));
        assert!(missed.is_not_met(), "{sentence}: too few came, {missed:?}");
        let unknown = state(&text, None);
        assert_eq!(unknown, State::InsufficientEvidence, "{sentence}: nobody says");
    }
}

#[test]
fn an_order_asks_of_the_step_that_the_body_takes() {
    let text = "\
Rule A-1: the budget is approved by the finance committee, then by the board, before the start of the fiscal year
  Counts only if: more than half of the board members attended
";
    let state = |came| {
        let adopt = |by: &str| {
            let by = id(by);
            move |entry: &mut Entry| entry.by = Some(by)
        };
        World::new()
            .met("finance committee", "2025-11-01", None)
            .same_paper("budget", Act::Adopt, "2025-11-01", adopt("finance committee"))
            .met("board", "2025-12-01", came)
            .same_paper("budget", Act::Adopt, "2025-12-01", adopt("board"))
            .state(text, "2026-02-20")
    };
    assert_eq!(state(Some((5, 7))), State::Met);
    assert!(state(Some((2, 7))).is_not_met());
    assert_eq!(state(None), State::InsufficientEvidence);
}

/// Phrasings of one meaning, which the first of each says as it is written back.
const QUALIFIERS: [(&[&str], &[&str]); 4] = [
    (
        &[
            "more than half of the members of the board in office attended",
            "more than half of the board members in office attended",
            "more than half of the members attended",
            "it is attended by more than half of the members of the board",
            "attended by a majority of its members",
            "more than 50% of the members in office were present",
            "a majority of the board members attended the meeting",
        ],
        &[
            "حضر أكثر من نصف أعضاء مجلس الإدارة الحاليين",
            "حضره أكثر من نصف أعضاء مجلس الإدارة الحاليين",
            "حضره أكثر من نصف الأعضاء الحاليين في تاريخه",
            "حضر الاجتماع أكثر من نصف الأعضاء",
            "إذا حضره أكثر من نصف أعضائه",
            "كان بحضور أكثر من نصف الأعضاء",
            "عُقد بحضور أغلبية أعضائه",
        ],
    ),
    (
        &[
            "at least 5 members of the board attended",
            "at least five board members attended it",
            "5 members or more were present",
        ],
        &[
            "حضر ما لا يقل عن 5 من أعضاء مجلس الإدارة",
            "حضره خمسة أعضاء على الأقل",
            "حضره 5 من الأعضاء على الأقل",
        ],
    ),
    (
        &[
            "the meeting of the board has the quorum that the bylaws ask for",
            "the meeting is quorate",
            "it had the required quorum",
            "the quorum was reached",
        ],
        &[
            "اكتمل في اجتماع مجلس الإدارة النصاب الذي يحدده النظام الأساسي",
            "اكتمل النصاب القانوني",
            "اكتمل نصابه القانوني",
            "كان النصاب مكتملًا",
        ],
    ),
    (
        &[
            "the paper is signed by the chair and the secretary",
            "the minutes are signed by the chair and the secretary",
            "it is signed by the secretary and the chair",
            "the chair and the secretary signed it",
        ],
        &[
            "كان المستند موقّعًا من رئيس مجلس الإدارة وأمين السر",
            "وقّع المحضر رئيس مجلس الإدارة وأمين السر",
            "وقّعه الرئيس وأمين السر",
            "كان المحضر موقّعًا من الرئيس وأمين السر",
        ],
    ),
];

#[test]
fn what_counts_is_said_in_many_ways_and_written_back_in_one() {
    for (english, arabic) in QUALIFIERS {
        let whole = |qualifier: &str, language| match language {
            Language::English => format!(
                "Rule A-1: The board meets at least once in each calendar quarter\n  Counts only if: {qualifier}\n"
            ),
            Language::Arabic => format!(
                "القاعدة A-1: يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع من أرباع السنة الميلادية\n  لا يُحتسب إلا إذا: {qualifier}\n"
            ),
        };
        let meaning = |text: &str| sound(text).rules[0].meaning.clone();
        let first = whole(english[0], Language::English);
        let wanted = meaning(&first);
        let pairs = [(english, Language::English), (arabic, Language::Arabic)];
        for (phrasings, language) in pairs {
            for phrasing in phrasings {
                let text = whole(phrasing, language);
                let found = meaning(&text);
                assert_eq!(found, wanted, "{phrasing}");
                let to = |to| {
                    let manner =
                        Manner { vocabulary: &STANDARD, fiscal_quarters: false, to };
                    written(&text, &manner)
                };
                assert_eq!(to(None), whole(phrasings[0], language));
                assert_eq!(to(Some(Language::English)), first);
                let in_arabic = to(Some(Language::Arabic));
                assert_eq!(in_arabic, whole(arabic[0], Language::Arabic));
            }
        }
    }
}

#[test]
fn a_signature_counts_by_its_post() {
    let text = "Rule A-1: the board meets at least once in each calendar quarter\n  Counts only if: the minutes are signed by the chair\n";
    let state = |by: Option<&str>| {
        let world = World::new().met("board", "2025-02-12", None);
        let world = match by {
            Some(by) => {
                world.same_paper("board minutes", Act::Sign, "2025-02-12", |entry| {
                    entry.by = Some(id(by));
                })
            }
            None => world,
        };
        world.state(text, "2025-04-16")
    };
    assert_eq!(state(Some("chair")), State::Met);
    assert_eq!(state(Some("treasurer")), State::Closed);
    assert_eq!(state(None), State::InsufficientEvidence);
}

const ANSWERED: &str = "\
Rule A-1: the board meets at least once in each calendar quarter
  Weight: 3
  If not met: the executive director submits a recovery plan within 30 days of the finding
";
const ANSWER: &str = "A-1-if-not-met";

/// The slots of the rule that answers the first one.
fn answers(world: &World, text: &str, on: &str) -> Vec<(String, String, State)> {
    let book = sound(text);
    let rule = book.rules.iter().find(|rule| rule.id == ANSWER).expect("the answer");
    let slots = world.ask(&book, rule, on, judge::slots);
    let told = |slot: &Slot| (slot.from.to_string(), slot.due.to_string(), slot.state);
    slots.iter().map(told).collect()
}

fn one(from: &str, due: &str, state: State) -> (String, String, State) {
    (from.to_owned(), due.to_owned(), state)
}

#[test]
fn what_answers_a_breach_begins_on_the_day_it_is_found() {
    let world = World::new().met("board", "2025-05-09", None);
    // The first quarter ends on 31 March; 15 days later its silence is absence.
    let first = |state| one("2025-04-15", "2025-05-15", state);
    for (on, state) in [
        ("2025-04-14", State::NotYetOpen),
        ("2025-04-15", State::DueSoon),
        // The plan itself has its lag too.
        ("2025-05-29", State::AwaitingEvidence),
        ("2025-05-30", State::StillOwed),
    ] {
        assert_eq!(answers(&world, ANSWERED, on)[0], first(state), "{on}");
    }
    let plan = |on: &str| {
        let world = World::new().met("board", "2025-05-09", None);
        world.paper("recovery plan", Act::Submit, on, |_| {})
    };
    for (on, state) in [
        ("2025-05-15", State::Met),
        ("2025-05-16", State::MetLate),
        // An answer may come before the finding, and not before the breach.
        ("2025-04-02", State::Met),
        ("2025-03-20", State::StillOwed),
    ] {
        assert_eq!(answers(&plan(on), ANSWERED, "2025-06-20")[0], first(state), "{on}");
    }
    let held = World::new().paper("recovery plan", Act::Prepare, "2025-05-01", |_| {});
    let told = answers(&held, ANSWERED, "2025-06-20");
    assert_eq!(told[0], first(State::InsufficientEvidence), "nobody says it was filed");
}

#[test]
fn what_answers_a_later_breach_is_foretold_for_no_earlier_one() {
    // Only the first quarters of 2025 and 2026 have no meeting.
    let met = ["2025-05-09", "2025-08-05", "2025-11-05", "2026-05-11"];
    let world =
        || met.into_iter().fold(World::new(), |world, on| world.met("board", on, None));
    let first = one("2025-04-15", "2025-05-15", State::StillOwed);
    for act in [Act::Submit, Act::Prepare] {
        let world = world().paper("recovery plan", act, "2026-04-20", |_| {});
        let told = answers(&world, ANSWERED, "2025-06-20");
        assert_eq!(told[0], first, "{act:?}");
        let book = sound(ANSWERED);
        let verdict = world.verdict(&book, ANSWER, "2025-06-20");
        let next = verdict.next_change.map(|next| (next.on, next.slot));
        assert_eq!(next, Some((day("2026-04-15"), day("2026-04-15"))), "{act:?}");
    }
}

#[test]
fn what_was_kept_asks_for_no_answer_and_each_breach_for_its_own() {
    let kept = World::new().met("board", "2025-02-12", None);
    let ahead = one("2025-07-15", "2025-08-14", State::NotYetOpen);
    assert_eq!(answers(&kept, ANSWERED, "2025-06-20"), [ahead]);
    let book = sound(ANSWERED);
    assert_eq!(kept.verdict(&book, ANSWER, "2025-06-20").state, State::NotYetOpen);
    let twice = answers(&World::new(), ANSWERED, "2025-08-20");
    assert_eq!(twice[0], one("2025-04-15", "2025-05-15", State::StillOwed));
    assert_eq!(twice[1], one("2025-07-15", "2025-08-14", State::AwaitingEvidence));
    // The verdict foretells the day on which the answer begins.
    let next = kept.verdict(&book, ANSWER, "2025-06-20").next_change.expect("a change");
    assert_eq!((next.on, next.state), (day("2025-07-15"), State::DueSoon));
}

#[test]
fn an_answer_turns_nothing_green_and_weighs_one() {
    let world = World::new().paper("recovery plan", Act::Submit, "2025-05-01", |_| {});
    let book = sound(ANSWERED);
    assert_eq!(world.verdict(&book, ANSWER, "2025-06-20").state, State::Met);
    assert_eq!(world.verdict(&book, "A-1", "2025-06-20").state, State::Closed);
    let weights: Vec<u16> = book.rules.iter().map(|rule| rule.weight).collect();
    assert_eq!(weights, [3, 1]);
}

#[test]
fn what_is_made_good_before_its_answer_is_due_is_answered_no_more() {
    let text = "\
Rule A-1: audited accounts are published within 4 months of the end of the fiscal year
  If not met: the executive director submits a recovery plan within 30 days of the finding
";
    let published = |on: &str| {
        let mut world = World::new();
        world.profile.start = Some(day("2024-01-01"));
        world.paper("audited accounts", Act::Publish, on, |_| {})
    };
    // Due on 30 April, found on 15 May, answered by 14 June.
    let told = answers(&published("2025-06-01"), text, "2025-07-01");
    assert_eq!(told[0], one("2025-05-15", "2025-06-14", State::NotApplicable));
    let before = answers(&published("2025-06-01"), text, "2025-05-31");
    assert_eq!(before[0].2, State::DueSoon);
    let told = answers(&published("2025-06-15"), text, "2025-07-01");
    assert_eq!(told[0].2, State::StillOwed, "the answer was due before");
    // In time after all, as a later paper shows: nothing was ever broken.
    let next = one("2026-05-15", "2026-06-14", State::NotYetOpen);
    assert_eq!(answers(&published("2025-04-30"), text, "2025-07-01"), [next]);
}

#[test]
fn a_waiver_from_the_duty_excuses_its_answer() {
    let book = sound(ANSWERED);
    let rule = book.rules.iter().find(|rule| rule.id == ANSWER).expect("the answer");
    let during = Period { from: day("2025-05-01"), to: day("2025-05-31") };
    let waiver = Waiver {
        organization: "o".to_owned(),
        rulebook: String::new(),
        rule: "A-1".to_owned(),
        slots: None,
        during,
        granted_by: String::new(),
        granted_on: day("2025-05-01"),
        why: String::new(),
    };
    let (world, waivers) = (World::new(), [&waiver]);
    let state = |on: &str| {
        let as_of = AsOf::new(day(on), 0);
        let view = View::new(&world.profile, &world.timeline, as_of);
        let view = View { waivers_above: &waivers, ..view };
        judge::slots(&Duty::of(&book, rule), &view)[0].state
    };
    assert_eq!(state("2025-05-30"), State::Waived);
    assert_eq!(state("2025-06-01"), State::StillOwed);
}

/// Phrasings of one answer; the first of each language is how it is written back.
const CONSEQUENCES: [&[&str]; 2] = [
    &[
        "The recovery plan is submitted by the executive director within 30 days of the finding",
        "the executive director submits a recovery plan within 30 days of the finding",
        "the executive director must submit a corrective action plan within 30 days after the finding is sent",
        "a recovery plan is submitted by the executive director within 30 days",
        "the executive director submits the recovery plan within 30 days of each finding",
        "within 30 days of the finding the executive director submits a recovery plan",
    ],
    &[
        "يقدّم المدير التنفيذي الخطة التصحيحية خلال 30 يومًا من الملاحظة",
        "يقدم المدير التنفيذي خطة تصحيحية خلال ٣٠ يوماً من تاريخ الملاحظة",
        "على المدير التنفيذي أن يقدّم خطة تصحيحية خلال ثلاثين يومًا من صدور الملاحظة",
        "يقدّم المدير التنفيذي خطة تصحيحية خلال 30 يومًا",
        "تُقدَّم خطة التصحيح من المدير التنفيذي خلال 30 يومًا من الملاحظة",
    ],
];

#[test]
fn an_answer_is_said_in_many_ways_and_written_back_in_one() {
    let whole = |sentence: &str, language| match language {
        Language::English => format!(
            "Rule A-1: The board meets at least once in each calendar quarter\n  If not met: {sentence}\n"
        ),
        Language::Arabic => format!(
            "القاعدة A-1: يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع من أرباع السنة الميلادية\n  عند عدم الاستيفاء: {sentence}\n"
        ),
    };
    let languages = [Language::English, Language::Arabic];
    let firsts = [0, 1].map(|at| whole(CONSEQUENCES[at][0], languages[at]));
    let meanings = |text: &str| {
        let rules = sound(text).rules.into_iter();
        rules.map(|rule| (rule.id, rule.meaning)).collect::<Vec<_>>()
    };
    let wanted = meanings(&firsts[0]);
    assert_eq!(wanted.len(), 2);
    for (phrasings, language) in CONSEQUENCES.iter().zip(languages) {
        for phrasing in *phrasings {
            let text = whole(phrasing, language);
            assert_eq!(meanings(&text), wanted, "{phrasing}");
            for (first, to) in firsts.iter().zip(languages) {
                let manner = Manner {
                    vocabulary: &STANDARD,
                    fiscal_quarters: false,
                    to: Some(to),
                };
                assert_eq!(&written(&text, &manner), first, "{phrasing}");
            }
        }
    }
}

const CHANGED: &str = "\
Rule A-1: audited accounts are published within 6 months of the end of the fiscal year
  In force: until 31 December 2026

Rule A-1: audited accounts are published within 4 months of the end of the fiscal year
  In force: from 1 January 2027
";

fn dues(world: &World, text: &str, on: &str) -> Vec<String> {
    world.slots(text, on).iter().map(|slot| slot.due.to_string()).collect()
}

#[test]
fn a_slot_is_judged_by_the_version_in_force_on_the_day_it_opens() {
    let mut world = World::new();
    // The year that ends with the old version opens its slot under the new one.
    let told = dues(&world, CHANGED, "2027-03-01");
    assert_eq!(told, ["2026-06-30", "2027-04-30", "2028-04-30"]);
    // A year that ends in August is owed by the old version, though it is due after it.
    world.profile.fiscal_years.ends = (8, 31);
    let told = dues(&world, CHANGED, "2027-03-01");
    assert_eq!(told, ["2027-02-28", "2027-12-31"]);
    // Either order in the file is one rule, and so is either language.
    let parts: Vec<&str> = CHANGED.split("\n\n").collect();
    let turned = format!("{}\n{}\n", parts[1].trim_end(), parts[0]);
    let arabic = "\
القاعدة A-1: تُنشر القوائم المالية المدققة خلال ستة أشهر من نهاية السنة المالية
  النفاذ: حتى 31 كانون الأول 2026
القاعدة A-1: تُنشر القوائم المالية المدققة خلال أربعة أشهر من نهاية السنة المالية
  النفاذ: اعتبارًا من 1 كانون الثاني 2027
";
    let meaning = |text: &str| sound(text).rules[0].meaning.clone();
    assert_eq!(meaning(&turned), meaning(CHANGED));
    assert_eq!(meaning(arabic), meaning(CHANGED));
    assert_eq!(sound(CHANGED).rules.len(), 1);
    assert!(sound(CHANGED).rules[0].around.contains(&[
        "Another version was in force until 31 December 2026: The audited accounts are published within 6 months of the end of the fiscal year.".to_owned(),
        "كانت صيغة أخرى نافذة حتى 31 كانون الأول 2026: تُنشر القوائم المالية المدققة خلال 6 أشهر من نهاية السنة المالية.".to_owned(),
    ]), "{:?}", sound(CHANGED).rules[0].around);
}

#[test]
fn a_state_of_things_is_judged_each_day_by_the_version_of_that_day() {
    let text = "\
Rule A-1: the board has between 7 and 13 members
  In force: until 31 December 2026
Rule A-1: the board has between 7 and 15 members
  In force: from 1 January 2027
";
    let subject = Subject::new(id("board"), Aspect::Size);
    let sized = |count: u16, on: &str| {
        let mut world = World::new();
        let mut entry = Entry::new(subject, day(on), 0, 0);
        entry.count = Some(count);
        world.timeline.add(entry);
        world
    };
    let many = sized(14, "2026-03-01");
    assert_eq!(many.state(text, "2026-12-31"), State::StillOwed);
    assert_eq!(many.state(text, "2027-01-01"), State::Met);
    let more = sized(16, "2026-03-01");
    assert_eq!(more.state(text, "2027-01-01"), State::StillOwed);
    let few = sized(9, "2026-03-01");
    assert_eq!(few.state(text, "2026-12-31"), State::Met);
    assert_eq!(few.state(text, "2027-02-01"), State::Met);
}

#[test]
fn what_is_done_after_its_last_day_is_not_forbidden() {
    let annual = "\
Rule A-1: the organization must not publish the annual report
  In force: until 31 March 2026
";
    let published =
        |on: &str| World::new().paper("annual_report", Act::Publish, on, |_| {});
    assert_eq!(published("2026-03-31").state(annual, "2026-05-01"), State::Closed);
    assert_eq!(published("2026-04-01").state(annual, "2026-05-01"), State::Met);
    let then_accounts = format!(
        "{annual}\
Rule A-1: the organization must not publish the accounts
  In force: from 1 April 2026
"
    );
    let both = "\
Rule A-1: the organization must not publish the accounts
  In force: until 31 March 2026
Rule A-1: the organization must not publish the annual report
  In force: from 1 April 2026
";
    let later = published("2026-04-10");
    assert_eq!(later.state(&then_accounts, "2026-05-01"), State::Met);
    assert_eq!(later.state(both, "2026-05-01"), State::Closed);
}

#[test]
fn what_was_not_asked_says_nothing_after_its_version() {
    let text = "\
Rule A-1: the board has between 7 and 13 members
  Applies to: federations
  In force: until 31 March 2026
Rule A-1: the annual report is published within 4 months of the end of the fiscal year
  In force: from 1 April 2026
";
    let mut world = World::new();
    world.profile.types = vec![id("association")];
    assert_eq!(world.state(text, "2026-03-31"), State::NotApplicable);
    assert_eq!(world.state(text, "2026-04-01"), State::NotYetOpen);
    let then = world.verdict(&sound(text), "A-1", "2026-03-31");
    assert_eq!(then.judge_again, Some(day("2026-04-01")));
}

#[test]
fn of_several_duties_nothing_is_foretold_after_the_end_of_the_next_year() {
    let text = "\
Rule A-1: one of the following is fulfilled: the safeguarding policy is adopted; the volunteer policy is adopted
  In force: from 1 July 2028
";
    let (world, book) = (World::new(), sound(text));
    let far = world.verdict(&book, "A-1", "2026-12-31");
    assert_eq!((far.state, far.next_change), (State::NotYetOpen, None));
    assert_eq!(far.judge_again, Some(day("2027-01-01")));
    let near = world.verdict(&book, "A-1", "2027-01-01");
    assert_eq!(near.state, State::NotYetOpen);
    // What is to be there on the first day is not missed before the next.
    assert_eq!(near.next_change.map(|next| next.on), Some(day("2028-07-02")));
}

#[test]
fn a_gap_that_began_under_one_version_ends_under_it() {
    let text = "\
Rule A-1: the board meets every 4 months
  In force: until 31 December 2026
Rule A-1: the board meets every 2 months
  In force: from 1 January 2027
";
    let world = ["2026-04-10", "2026-08-05", "2026-11-20", "2027-02-10"]
        .iter()
        .fold(World::new(), |world, on| world.met("board", on, None));
    let told = dues(&world, text, "2027-03-01");
    assert_eq!(told[told.len() - 2..], ["2027-03-20", "2027-04-10"]);
    assert_eq!(world.state(text, "2027-03-01"), State::Met);
    assert_eq!(world.state(text, "2027-04-11"), State::AwaitingEvidence);
}

/// A version that asks something else of single days asks it from its first day on, though a
/// gap of the version before it runs.
#[test]
fn a_gap_is_over_with_its_version_where_the_next_asks_from_day_to_day() {
    let english = "\
Rule A-1: the board meets every 4 months
  In force: until 31 December 2026
Rule A-1: the board meets every 2 months
  Except when: yearly income is below 100,000 USD; then the board has at least 5 members
  In force: from 1 January 2027
";
    let arabic = "\
القاعدة A-1: يجتمع مجلس الإدارة مرة واحدة على الأقل كل 4 أشهر
  النفاذ: حتى 31 كانون الأول 2026
القاعدة A-1: يجتمع مجلس الإدارة مرة واحدة على الأقل كل شهرين
  يُستثنى من ذلك: إذا كان الدخل السنوي أقل من 100,000 دولار أمريكي؛ وعندئذ لا يقل عدد أعضاء مجلس الإدارة عن 5 أعضاء
  النفاذ: اعتبارًا من 1 كانون الثاني 2027
";
    for text in [english, arabic] {
        let mut world = World::new().met("board", "2026-11-20", None);
        let mut size =
            Entry::new(Subject::new(id("board"), Aspect::Size), day("2026-03-01"), 0, 0);
        size.count = Some(3);
        world.timeline.add(size);
        let income = Quantity { number: 50_000, currency: Some(*b"USD") };
        world.profile.attributes.state(id("yearly_income"), day("2025-01-01"), income);
        assert_eq!(world.state(text, "2026-12-31"), State::Met);
        assert_eq!(world.state(text, "2027-01-01"), State::StillOwed);
    }
}

#[test]
fn each_version_has_its_own_labels_and_its_own_answer() {
    let text = "\
Rule A-1: the board meets at least once in each calendar quarter
  In force: until 31 December 2025
  Grace: 30 days
Rule A-1: the board meets at least once in each calendar month
  In force: from 1 January 2026
  Counts only if: more than half of the board members attended
  If not met: the director submits a recovery plan within 30 days of the finding
";
    let world = World::new().met("board", "2026-01-30", Some((2, 7)));
    let told: Vec<_> = world
        .slots(text, "2026-02-20")
        .iter()
        .map(|slot| (slot.due.to_string(), slot.grace_end.to_string(), slot.state))
        .collect();
    let row = |due: &str, grace: &str, state| (due.to_owned(), grace.to_owned(), state);
    // The meeting of January is in the grace of the last quarter, which asks nobody's count.
    assert_eq!(told[3], row("2025-12-31", "2026-01-30", State::MetInGrace));
    assert_eq!(told[4], row("2026-01-31", "2026-01-31", State::Closed));
    let first = &answers(&world, text, "2026-02-20")[0];
    assert_eq!(first, &one("2026-02-15", "2026-03-17", State::DueSoon));
}

#[test]
fn versions_say_when_each_is_in_force_and_never_two_on_one_day() {
    let codes = |text: &str| {
        let (book, said) = book(text);
        let codes: Vec<&str> = said.iter().map(|told| told.code).collect();
        (book.rules.len(), codes.join(" "))
    };
    let rule = "Rule A-1: board meets quarterly\n";
    assert_eq!(codes(&format!("{rule}{rule}")), (1, "G-401".to_owned()));
    let timed = |one: &str, other: &str| {
        codes(&format!("{rule}  In force: {one}\n{rule}  In force: {other}\n"))
    };
    assert_eq!(timed("until 30 June 2026", "from 1 July 2026"), (1, String::new()));
    assert_eq!(timed("until 1 July 2026", "from 1 July 2026"), (1, "G-419".to_owned()));
    assert_eq!(timed("from 1 July 2026", "from 1 July 2027"), (1, "G-419".to_owned()));
}

#[test]
fn a_title_that_happens_to_be_a_sentence_stays_a_title() {
    let text = "\
Rule A-1: board meets quarterly
  Duty: the board meets every month
";
    let manner = |to| Manner { vocabulary: &STANDARD, fiscal_quarters: false, to };
    let said = written(text, &manner(None));
    assert_eq!(said.lines().next(), text.lines().next());
    assert!(said.contains("Duty: The board meets"), "{said}");
    let arabic = written(text, &manner(Some(Language::Arabic)));
    assert!(arabic.starts_with("القاعدة A-1: board meets quarterly\n"), "{arabic}");
    assert_eq!(sound(&said).rules[0].title.as_deref(), Some("board meets quarterly"));
}

#[test]
fn a_duration_by_itself_is_in_the_nominative() {
    for (english, arabic) in [
        ("2 weeks", "أسبوعان"),
        ("2 months", "شهران"),
        ("2 days", "يومان"),
        ("2 years", "سنتان"),
        ("1 week", "أسبوع واحد"),
        ("15 days", "15 يومًا"),
    ] {
        let text = format!("Rule A-1: board meets quarterly\n  Grace: {english}\n");
        let to = Some(Language::Arabic);
        let manner = Manner { vocabulary: &STANDARD, fiscal_quarters: false, to };
        let said = written(&text, &manner);
        assert!(said.ends_with(&format!("  مهلة السماح: {arabic}\n")), "{said}");
        assert_eq!(sound(&said).rules[0].meaning, sound(&text).rules[0].meaning);
    }
}

#[test]
fn what_translation_leaves_alone_is_named() {
    let text = "\
Rulebook: Sharek Governance Index
Dimension: Accountability

Rule A-1: board meets quarterly
  Dimension: Accountability
  Remedy: Hold the meeting.
  Grace: 14 days
  Except when: yearly income is below 50,000 USD   [small organizations]
  Also: يجتمع مجلس الإدارة كل ربع سنة
";
    let to = Language::Arabic;
    let manner = Manner { vocabulary: &STANDARD, fiscal_quarters: false, to: Some(to) };
    let said = written(text, &manner);
    let own = untranslated(&said, to);
    assert_eq!(own.len(), 5, "{own:#?}");
    for words in ["Sharek", "المحور: Accountability", "Hold", "[small organizations]"]
    {
        assert!(own.iter().any(|line| line.contains(words)), "{words}: {own:#?}");
    }
}

#[test]
fn a_rule_is_asked_only_where_it_is_law() {
    let text = "\
Jurisdiction: Palestine

Rule A-1: the board meets at least once in each calendar quarter
  Theme: meetings
  Confidence: high
Rule A-2: the general assembly meets at least once in each calendar year
  Jurisdiction: the West Bank, LB
";
    let arabic = "\
الولاية القانونية: فلسطين

القاعدة A-1: يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع من أرباع السنة الميلادية
  درجة الثقة: عالية
القاعدة A-2: تجتمع الجمعية العمومية مرة واحدة على الأقل في كل سنة ميلادية
  الولاية القانونية: الضفة الغربية، لبنان
";
    let (book, other) = (sound(text), sound(arabic));
    for (one, other) in book.rules.iter().zip(&other.rules) {
        assert_eq!(one.meaning, other.meaning);
        assert_eq!(one.around, other.around);
    }
    assert_eq!(book.rules[0].theme.as_deref(), Some("meetings"));
    assert_eq!(
        book.rules[0].around[0],
        ["It is asked under the law of Palestine.", "يُطلب ذلك بموجب قانون فلسطين."]
    );
    assert_eq!(
        book.rules[0].around[1],
        ["The confidence in its source is high.", "درجة الثقة بسندها عالية."]
    );
    let states = |place: Option<&str>| {
        let mut world = World::new();
        world.profile.jurisdiction = place.map(str::to_owned);
        ["A-1", "A-2"].map(|rule| world.verdict(&book, rule, "2026-02-20").state)
    };
    let none = State::NotApplicable;
    assert_eq!(states(Some("PS-WB")), [State::Closed, State::Closed]);
    assert_eq!(states(Some("PS-GZ")), [State::Closed, none]);
    assert_eq!(states(Some("LB")), [none, State::Closed]);
    assert_eq!(states(Some("JO")), [none, none]);
    // Of Palestine, and nobody said where in it.
    assert_eq!(states(Some("PS")), [State::Closed, State::InsufficientEvidence]);
    let to = |to| {
        let manner = Manner { vocabulary: &STANDARD, fiscal_quarters: false, to };
        written(arabic, &manner)
    };
    let english = to(Some(Language::English));
    assert!(english.contains("Jurisdiction: the West Bank, Lebanon"), "{english}");
    assert_eq!(sound(&english).rules[1].meaning, book.rules[1].meaning);
}

#[test]
fn a_rule_gives_way_only_where_the_other_is_law() {
    let book = sound(
        "\
Rule A: the board has between 5 and 12 members
  Gives way to: B
Rule B: the board has between 7 and 13 members
  Jurisdiction: Palestine
",
    );
    let state = |place: &str| {
        let mut world = World::new();
        world.profile.jurisdiction = Some(place.to_owned());
        world.verdict(&book, "A", "2026-02-20").state
    };
    assert_eq!(state("PS-WB"), State::NotApplicable);
    assert_eq!(
        state("LB"),
        State::InsufficientEvidence,
        "nobody said who is in the board"
    );
    let asked = |place: &str| {
        let mut world = World::new();
        world.profile.jurisdiction = Some(place.to_owned());
        let rules = &book.rules;
        [0, 1].map(|at| {
            let duty = Duty::of(&book, &rules[at]);
            let asked = judge::asked(&duty, &world.profile, day("2026-02-20"));
            matches!(asked, judge::Asked::Norm(..))
        })
    };
    assert_eq!(asked("PS"), [false, true]);
    assert_eq!(asked("LB"), [true, false]);
}
