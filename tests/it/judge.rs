//! The judge through its public edge: states on chosen days, and what it foretells.

use mithaq::calendar::{Cycle, Day, Period, Span};
use mithaq::document::Sha256;
use mithaq::judge::{self, Duty, Profile, View};
use mithaq::norm::{
    Act, Anchor, Comparison, Condition, Exception, Freedom, Item, Limit, Matter, Norm,
    Occurrence, Proportion, Quantity, Share, TermId,
};
use mithaq::organization::{FiscalYears, Waiver};
use mithaq::timeline::{AsOf, Aspect, Doubt, Entry, Folder, Paper, Subject, Timeline};
use mithaq::verdict::{Slot, State, Verdict};
use proptest::prelude::*;

const BOARD: TermId = TermId(1);
const ACCOUNTS: TermId = TermId(2);
const POLICY: TermId = TermId(3);

fn day(text: &str) -> Day {
    Day::parse(text).expect("invariant: the test's own date")
}

fn meets() -> Occurrence {
    Occurrence { noun: BOARD, act: Act::Meet, by: None, to: None }
}

fn done(noun: TermId, act: Act) -> Occurrence {
    Occurrence { noun, act, by: None, to: None }
}

fn quarterly() -> Norm {
    Norm::Frequency { what: meets(), least: 1, cycle: Cycle::Quarter }
}

/// An organization in memory: joined on 1 January 2025, folder healthy since then.
#[derive(Debug)]
struct World {
    profile: Profile,
    timeline: Timeline,
    grace: Span,
}

impl World {
    fn new() -> World {
        let mut timeline = Timeline::default();
        timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
        World {
            profile: Profile {
                start: Some(day("2025-01-01")),
                fiscal_years: FiscalYears::default(),
                ..Profile::default()
            },
            timeline,
            grace: Span::Days(0),
        }
    }

    fn happened(mut self, noun: TermId, act: Act, on: &str) -> World {
        let subject = Subject::new(noun, Aspect::Done(act));
        self.timeline.add(Entry::new(subject, day(on), 0, 0));
        self
    }

    fn about(mut self, noun: TermId, act: Act, on: &str, year_end: &str) -> World {
        let subject = Subject::new(noun, Aspect::Done(act));
        let mut entry = Entry::new(subject, day(on), 0, 0);
        entry.about = Some(day(year_end));
        self.timeline.add(entry);
        self
    }

    fn met(self, days: &[&str]) -> World {
        days.iter().fold(self, |world, on| world.happened(BOARD, Act::Meet, on))
    }

    fn attended(mut self, on: &str, present: u16, of: Option<u16>) -> World {
        let subject = Subject::new(BOARD, Aspect::Done(Act::Meet));
        let mut entry = Entry::new(subject, day(on), 0, 0);
        (entry.count, entry.of) = (Some(present), of);
        self.timeline.add(entry);
        self
    }

    fn sized(mut self, on: &str, count: u16) -> World {
        let mut entry = Entry::new(Subject::new(BOARD, Aspect::Size), day(on), 0, 0);
        entry.count = Some(count);
        self.timeline.add(entry);
        self
    }

    fn with_grace(mut self, days: u16) -> World {
        self.grace = Span::Days(days);
        self
    }

    fn duty<'n>(&self, norm: &'n Norm) -> Duty<'n> {
        Duty { grace: self.grace, ..Duty::plain(norm) }
    }

    fn view(&self, on: Day) -> View<'_> {
        View::new(&self.profile, &self.timeline, AsOf::new(on, 0))
    }

    fn state(&self, norm: &Norm, on: &str) -> State {
        self.verdict(norm, day(on)).state
    }

    fn verdict(&self, norm: &Norm, on: Day) -> Verdict {
        judge::verdict(&self.duty(norm), &self.view(on))
    }

    fn slots(&self, norm: &Norm, on: Day) -> Vec<Slot> {
        judge::slots(&self.duty(norm), &self.view(on))
    }

    #[track_caller]
    fn is(&self, norm: &Norm, on: &str, state: State, upcoming: Option<State>) {
        let verdict = self.verdict(norm, day(on));
        assert_eq!((verdict.state, verdict.upcoming), (state, upcoming), "on {on}");
    }
}

#[test]
fn a_quarter_without_minutes_is_awaited_until_the_lag_ends_and_then_closed() {
    let world = World::new().met(&["2025-02-12", "2025-05-09"]);
    let norm = quarterly();
    world.is(&norm, "2025-07-01", State::Met, Some(State::OnTrack));
    world.is(&norm, "2025-08-30", State::Met, Some(State::OnTrack));
    world.is(&norm, "2025-08-31", State::Met, Some(State::DueSoon));
    world.is(&norm, "2025-09-30", State::Met, Some(State::DueSoon));
    world.is(&norm, "2025-10-01", State::AwaitingEvidence, Some(State::OnTrack));
    world.is(&norm, "2025-10-14", State::AwaitingEvidence, Some(State::OnTrack));
    world.is(&norm, "2025-10-15", State::Closed, Some(State::OnTrack));
}

#[test]
fn the_first_partial_period_is_not_counted() {
    let mut world = World::new();
    world.profile.start = Some(day("2025-02-10"));
    let slots = world.slots(&quarterly(), day("2025-08-01"));
    let opens: Vec<String> = slots.iter().map(|slot| slot.from.to_string()).collect();
    assert_eq!(opens, ["2025-04-01", "2025-07-01", "2025-10-01"]);
}

#[test]
fn an_event_in_grace_fills_the_earlier_slot_only_if_nothing_else_did() {
    let norm = quarterly();
    let late = World::new().with_grace(14).met(&["2025-04-05"]);
    let states = |world: &World| -> Vec<State> {
        world.slots(&norm, day("2025-08-01")).iter().map(|slot| slot.state).collect()
    };
    assert_eq!(states(&late)[..2], [State::MetInGrace, State::Closed]);
    let both = World::new().with_grace(14).met(&["2025-03-30", "2025-04-05"]);
    assert_eq!(states(&both)[..2], [State::Met, State::Met]);
}

#[test]
fn two_papers_about_one_meeting_are_one_meeting() {
    let norm = Norm::Frequency { what: meets(), least: 2, cycle: Cycle::Quarter };
    let world = World::new().met(&["2025-02-12", "2025-02-12"]);
    world.is(&norm, "2025-05-01", State::Closed, Some(State::OnTrack));
}

#[test]
fn an_unhealthy_folder_proves_nothing() {
    let mut world = World::new().met(&["2025-02-12"]);
    world.timeline.folder.unhealthy = Some((0, day("2025-06-30")));
    world.is(
        &quarterly(),
        "2025-08-01",
        State::InsufficientEvidence,
        Some(State::OnTrack),
    );
}

#[test]
fn accounts_are_owed_until_they_come_and_then_met_late() {
    let norm = Norm::Deadline {
        what: done(ACCOUNTS, Act::Publish),
        anchor: Anchor::FiscalYearEnd,
        within: Span::Months(4),
    };
    let world = World::new();
    world.is(&norm, "2026-02-01", State::OnTrack, Some(State::OnTrack));
    world.is(&norm, "2026-04-30", State::DueSoon, Some(State::DueSoon));
    world.is(&norm, "2026-05-14", State::AwaitingEvidence, None);
    world.is(&norm, "2026-05-15", State::StillOwed, None);
    let late = world.about(ACCOUNTS, Act::Publish, "2026-06-20", "2025-12-31");
    late.is(&norm, "2026-06-19", State::StillOwed, None);
    late.is(&norm, "2026-06-20", State::MetLate, None);
}

#[test]
fn accounts_on_file_that_nobody_says_were_published_leave_the_matter_open() {
    let norm = Norm::Deadline {
        what: done(ACCOUNTS, Act::Publish),
        anchor: Anchor::FiscalYearEnd,
        within: Span::Months(4),
    };
    let world = World::new().about(ACCOUNTS, Act::Prepare, "2026-03-20", "2025-12-31");
    world.is(&norm, "2026-06-01", State::InsufficientEvidence, None);
}

#[test]
fn months_from_a_month_end_go_to_a_month_end() {
    let norm = Norm::Deadline {
        what: done(ACCOUNTS, Act::Publish),
        anchor: Anchor::FiscalYearEnd,
        within: Span::Months(4),
    };
    let mut world = World::new();
    world.profile.fiscal_years.ends = (6, 30);
    let slots = world.slots(&norm, day("2026-08-01"));
    assert_eq!(slots[0].due, day("2026-10-31"));
}

#[test]
fn a_rolling_gap_is_met_again_by_the_next_meeting() {
    let norm = Norm::Rolling { what: meets(), gap: Span::Months(3) };
    let world = World::new().met(&["2025-02-12", "2025-09-01"]);
    world.is(&norm, "2025-03-01", State::Met, Some(State::OnTrack));
    world.is(&norm, "2025-05-12", State::Met, Some(State::DueSoon));
    world.is(&norm, "2025-05-13", State::AwaitingEvidence, None);
    world.is(&norm, "2025-05-27", State::StillOwed, None);
    world.is(&norm, "2025-09-01", State::Met, Some(State::OnTrack));
}

#[test]
fn a_policy_lapses_when_its_review_is_due() {
    let norm =
        Norm::Standing { what: done(POLICY, Act::Adopt), review: Some(Span::Years(2)) };
    let world = World::new().happened(POLICY, Act::Adopt, "2023-06-01");
    world.is(&norm, "2025-01-10", State::Met, Some(State::OnTrack));
    world.is(&norm, "2025-06-01", State::Met, Some(State::DueSoon));
    world.is(&norm, "2025-06-02", State::AwaitingEvidence, None);
    world.is(&norm, "2025-06-16", State::StillOwed, None);
    let reviewed = world.happened(POLICY, Act::Review, "2025-07-01");
    reviewed.is(&norm, "2025-07-01", State::Met, Some(State::OnTrack));
}

#[test]
fn a_board_too_small_is_not_met_from_the_day_a_paper_says_so() {
    let norm = Norm::Size { body: BOARD, least: Some(7), most: Some(13) };
    let world = World::new().sized("2025-02-01", 9).sized("2025-06-01", 5);
    world.is(&norm, "2025-05-31", State::Met, None);
    world.is(&norm, "2025-06-01", State::StillOwed, None);
    World::new().is(&norm, "2025-06-01", State::InsufficientEvidence, None);
}

#[test]
fn of_two_sizes_stated_for_one_day_the_last_holds() {
    let norm = Norm::Size { body: BOARD, least: Some(7), most: Some(13) };
    let world = World::new().sized("2024-02-01", 9).sized("2024-06-01", 5);
    assert_eq!(world.slots(&norm, day("2025-06-01")).len(), 1);
    world.is(&norm, "2025-06-01", State::StillOwed, None);
}

#[test]
fn one_meeting_without_quorum_speaks_for_all() {
    let share = Share { numerator: 1, denominator: 2, exclusive: true };
    let norm = Norm::Quorum { body: BOARD, share };
    let good = World::new().attended("2025-02-01", 5, Some(9));
    good.is(&norm, "2025-02-02", State::Met, None);
    let half = World::new().attended("2025-02-01", 4, Some(8));
    half.is(&norm, "2025-02-02", State::Closed, None);
    let unsaid = World::new().attended("2025-02-01", 4, None);
    unsaid.is(&norm, "2025-03-02", State::InsufficientEvidence, None);
    unsaid.sized("2025-01-01", 7).is(&norm, "2025-03-02", State::Met, None);
}

#[test]
fn by_a_fixed_date_each_year() {
    let norm = Norm::FixedDate { what: done(POLICY, Act::Review), month: 1, day: 31 };
    let world = World::new().happened(POLICY, Act::Review, "2026-02-10");
    world.is(&norm, "2026-01-31", State::DueSoon, Some(State::DueSoon));
    world.is(&norm, "2026-02-10", State::MetLate, Some(State::OnTrack));
    let slots = world.slots(&norm, day("2026-03-01"));
    assert_eq!(slots[0].due, day("2026-01-31"));
}

#[test]
fn what_is_not_yet_known_does_not_count() {
    let mut world = World::new().met(&["2025-02-12"]);
    let subject = Subject::new(BOARD, Aspect::Done(Act::Meet));
    world.timeline.add(Entry::new(subject, day("2025-05-09"), 500, 0));
    let at = |known| {
        let view = View {
            as_of: AsOf::new(day("2025-08-01"), known),
            ..world.view(day("2025-08-01"))
        };
        judge::verdict(&world.duty(&quarterly()), &view).state
    };
    assert_eq!((at(499), at(500)), (State::Closed, State::Met));
}

#[test]
fn a_report_is_complete_only_with_every_item() {
    let items = vec![Item::Words("donors".into()), Item::Words("board members".into())];
    let norm = Norm::Contents { document: POLICY, items };
    let mut world = World::new().happened(POLICY, Act::Prepare, "2025-06-01");
    let mut paper = Paper {
        sha256: Sha256([1; 32]),
        path: "report.txt".into(),
        received: 0,
        contains: ["donors".to_owned()].into(),
        passages: Box::default(),
    };
    world.timeline.papers = vec![paper.clone()].into();
    world.is(&norm, "2025-07-01", State::Closed, None);
    paper.contains.insert("board members".into());
    world.timeline.papers = vec![paper].into();
    world.is(&norm, "2025-07-01", State::Met, None);
}

#[test]
fn membership_that_nobody_states_starts_with_the_papers_known_by_then() {
    let mut world = World::new();
    world.profile.start = None;
    let meets = Subject::new(BOARD, Aspect::Done(Act::Meet));
    let told = |held: &str, known| Entry::new(meets, day(held), known, 0);
    world.timeline.add(told("2025-07-10", 100));
    world.timeline.add(told("2025-02-10", 200));
    world.timeline.add(Entry { superseded: 300, ..told("1925-07-10", 200) });
    let norm = quarterly();
    let first = |known| {
        let as_of = AsOf::new(day("2026-01-20"), known);
        let view = View::new(&world.profile, &world.timeline, as_of);
        judge::slots(&world.duty(&norm), &view).first().map(|slot| slot.from)
    };
    assert_eq!(first(50), None, "nothing is known of it yet");
    assert_eq!(first(100), Some(day("2025-10-01")), "what came later was not known");
    assert!(first(200) < Some(day("2025-01-01")), "a paper with a wrong year");
    assert_eq!(first(300), Some(day("2025-04-01")), "until it was replaced");
}

#[test]
fn scope_and_exceptions_are_tested_on_the_slots_first_day() {
    const ASSOCIATION: TermId = TermId(7);
    const INCOME: TermId = TermId(8);
    let norm = quarterly();
    let scope = Condition::OfType(ASSOCIATION);
    let usd = |number| Quantity { number, currency: Some(*b"USD") };
    let small = Exception {
        name: None,
        when: Condition::Compare {
            attribute: INCOME,
            comparison: Comparison::Less,
            value: usd(50_000),
        },
        unless: Vec::new(),
        then: None,
    };
    let mut world = World::new();
    let state = |world: &World| {
        let duty = Duty {
            applies_to: Some(&scope),
            exceptions: std::slice::from_ref(&small),
            ..world.duty(&norm)
        };
        judge::verdict(&duty, &world.view(day("2025-05-01"))).state
    };
    assert_eq!(state(&world), State::InsufficientEvidence, "no type is stated");
    world.profile.types = vec![TermId(9)];
    assert_eq!(state(&world), State::NotApplicable);
    world.profile.types = vec![ASSOCIATION];
    assert_eq!(state(&world), State::InsufficientEvidence, "no income is on file");
    let before = [(INCOME, day("2024-12-31"), usd(60_000))];
    world.profile.attributes = before.into_iter().collect();
    assert_eq!(state(&world), State::Closed);
    world.profile.attributes.state(INCOME, day("2025-01-01"), usd(49_999));
    assert_eq!(state(&world), State::NotApplicable);
    world.profile.attributes = before.into_iter().collect();
    world.profile.attributes.state(INCOME, day("2025-01-02"), usd(49_999));
    assert_eq!(state(&world), State::Closed, "too late for the first quarter");
}

#[test]
fn in_force_refers_to_period_end_deadline_or_event() {
    let world = World::new();
    let first_due = |norm: &Norm, from: &str, on: &str| {
        let duty = Duty { in_force: Some(day(from)), ..world.duty(norm) };
        judge::slots(&duty, &world.view(day(on)))[0].due.to_string()
    };
    assert_eq!(first_due(&quarterly(), "2025-03-31", "2025-08-01"), "2025-03-31");
    assert_eq!(first_due(&quarterly(), "2025-04-01", "2025-08-01"), "2025-06-30");
    let accounts = Norm::Deadline {
        what: done(ACCOUNTS, Act::Publish),
        anchor: Anchor::FiscalYearEnd,
        within: Span::Months(4),
    };
    assert_eq!(first_due(&accounts, "2026-01-01", "2026-02-01"), "2026-04-30");
    assert_eq!(first_due(&accounts, "2026-05-01", "2027-02-01"), "2027-04-30");
    let policy = Norm::Standing { what: done(POLICY, Act::Adopt), review: None };
    assert_eq!(first_due(&policy, "2025-09-01", "2025-10-01"), "2025-09-01");
}

#[test]
fn a_rule_without_any_slot_is_not_applicable_where_it_does_not_apply() {
    let share = Share { numerator: 1, denominator: 2, exclusive: true };
    let norm = Norm::Quorum { body: BOARD, share };
    let scope = Condition::OfType(TermId(7));
    let mut world = World::new();
    world.profile.types = vec![TermId(9)];
    let duty = Duty { applies_to: Some(&scope), ..world.duty(&norm) };
    let state = judge::verdict(&duty, &world.view(day("2025-05-01"))).state;
    assert_eq!(state, State::NotApplicable);
}

#[test]
fn an_exception_may_put_another_duty_in_its_place() {
    const REVIEWED: TermId = TermId(5);
    const INCOME: TermId = TermId(8);
    let deadline = |noun| Norm::Deadline {
        what: done(noun, Act::Publish),
        anchor: Anchor::FiscalYearEnd,
        within: Span::Months(4),
    };
    let norm = deadline(ACCOUNTS);
    let value = Quantity { number: 50_000, currency: None };
    let exception = Exception {
        name: None,
        when: Condition::Compare {
            attribute: INCOME,
            comparison: Comparison::Less,
            value,
        },
        unless: Vec::new(),
        then: Some(deadline(REVIEWED)),
    };
    let mut world =
        World::new().about(REVIEWED, Act::Publish, "2026-03-01", "2025-12-31");
    let state = |world: &World| {
        let duty =
            Duty { exceptions: std::slice::from_ref(&exception), ..world.duty(&norm) };
        judge::verdict(&duty, &world.view(day("2026-06-01"))).state
    };
    assert_eq!(state(&world), State::InsufficientEvidence, "the two duties disagree");
    let income = |number| Quantity { number, currency: None };
    world.profile.attributes.state(INCOME, day("2024-12-31"), income(40_000));
    assert_eq!(state(&world), State::Met);
    // Of two statements about one day the later one counts.
    world.profile.attributes.state(INCOME, day("2024-12-31"), income(60_000));
    assert_eq!(state(&world), State::StillOwed);
}

#[test]
fn a_paper_that_nobody_understands_makes_silence_unknown() {
    let doubt = |noun, on: Option<&str>, received: &str| {
        let mut world = World::new();
        world.timeline.doubts = vec![Doubt {
            sha256: Sha256([9; 32]),
            nouns: vec![noun],
            day: on.map(day),
            contradictory: false,
            received_on: day(received),
            known: 0,
            settled: 100,
        }];
        world.verdict(&quarterly(), day("2025-05-01")).state
    };
    assert_eq!(
        doubt(BOARD, Some("2025-02-01"), "2025-05-01"),
        State::InsufficientEvidence
    );
    assert_eq!(doubt(BOARD, Some("2024-02-01"), "2025-02-01"), State::Closed);
    assert_eq!(doubt(BOARD, None, "2025-02-01"), State::InsufficientEvidence);
    assert_eq!(doubt(BOARD, None, "2025-05-01"), State::Closed);
    assert_eq!(doubt(ACCOUNTS, Some("2025-02-01"), "2025-02-01"), State::Closed);
}

#[test]
fn two_days_for_one_numbered_meeting_prove_neither() {
    let mut world = World::new();
    let subject = Subject::new(BOARD, Aspect::Done(Act::Meet));
    for on in ["2025-02-12", "2025-02-21"] {
        let mut entry = Entry::new(subject, day(on), 0, 0);
        entry.number = 3;
        world.timeline.add(entry);
    }
    world.is(
        &quarterly(),
        "2025-05-01",
        State::InsufficientEvidence,
        Some(State::OnTrack),
    );
}

#[test]
fn an_overwritten_file_keeps_the_meeting_it_told_of() {
    let mut world = World::new();
    let subject = Subject::new(BOARD, Aspect::Done(Act::Meet));
    for (on, paper) in [("2025-02-12", 0), ("2025-05-09", 1)] {
        world.timeline.add(Entry::new(subject, day(on), 0, paper));
    }
    world.timeline.supersede(0, 1, 0);
    world.is(&quarterly(), "2025-08-01", State::Met, Some(State::OnTrack));
    let first = world.slots(&quarterly(), day("2025-08-01"))[0];
    assert_eq!(first.state, State::Met, "February's meeting stays proven");
    world.timeline.withdraw(0, 50);
    let later =
        View { as_of: AsOf::new(day("2025-08-01"), 50), ..world.view(day("2025-08-01")) };
    assert_eq!(judge::slots(&world.duty(&quarterly()), &later)[0].state, State::Closed);
    let then = world.slots(&quarterly(), day("2025-08-01"))[0];
    assert_eq!(then.state, State::Met, "as it was known before");
}

#[test]
fn late_counts_half_and_unknown_is_a_band() {
    let norm = Norm::Rolling { what: meets(), gap: Span::Months(3) };
    let world = World::new();
    let owed = world.verdict(&norm, day("2025-05-01")).score.unwrap();
    assert_eq!((owed.value, owed.low, owed.high), (Some(0), 0, 0));
    let awaited = world.verdict(&norm, day("2025-04-10")).score.unwrap();
    assert_eq!((awaited.value, awaited.low, awaited.high), (None, 0, 1_000_000));
    let accounts = Norm::Deadline {
        what: done(ACCOUNTS, Act::Publish),
        anchor: Anchor::FiscalYearEnd,
        within: Span::Months(4),
    };
    let late = World::new().about(ACCOUNTS, Act::Publish, "2026-06-20", "2025-12-31");
    assert_eq!(
        late.verdict(&accounts, day("2026-07-01")).score.unwrap().value,
        Some(500_000)
    );
    let two = World::new().met(&["2025-02-12", "2025-08-01"]);
    let score = two.verdict(&quarterly(), day("2025-10-20")).score.unwrap();
    assert_eq!(score.value, Some(666_667), "two of three quarters");
}

#[test]
fn a_waiver_hides_the_state_only_while_it_lasts() {
    let world = World::new();
    let waiver = Waiver {
        organization: "amal".into(),
        rulebook: "code".into(),
        rule: "BRD-1".into(),
        during: Period { from: day("2025-04-20"), to: day("2025-06-30") },
        slots: None,
        granted_by: "the secretariat".into(),
        granted_on: day("2025-04-20"),
        why: "the office was closed".into(),
    };
    let on = |text: &str| {
        let waivers = [&waiver];
        let view = View { waivers: &waivers, ..world.view(day(text)) };
        let verdict = judge::verdict(&world.duty(&quarterly()), &view);
        (verdict.state, verdict.underlying, verdict.score.is_some())
    };
    assert_eq!(on("2025-04-19"), (State::Closed, None, true));
    assert_eq!(on("2025-04-20"), (State::Waived, Some(State::Closed), false));
    assert_eq!(on("2025-06-30"), (State::Waived, Some(State::Closed), false));
    assert_eq!(on("2025-07-20").0, State::Closed);
}

fn norms() -> impl Strategy<Value = Norm> {
    let cycle = prop_oneof![
        Just(Cycle::Month),
        Just(Cycle::Quarter),
        Just(Cycle::Year),
        Just(Cycle::FiscalYear),
        Just(Cycle::FiscalQuarter),
    ];
    prop_oneof![
        (1u16..3, cycle).prop_map(|(least, cycle)| Norm::Frequency {
            what: meets(),
            least,
            cycle
        }),
        (1u16..7).prop_map(|months| Norm::Rolling {
            what: meets(),
            gap: Span::Months(months)
        }),
        Just(Norm::Never { what: done(ACCOUNTS, Act::Publish) }),
        (1u16..14).prop_map(|months| Norm::Deadline {
            what: done(ACCOUNTS, Act::Publish),
            anchor: Anchor::FiscalYearEnd,
            within: Span::Months(months)
        }),
        (1u16..90).prop_map(|days| Norm::Deadline {
            what: done(ACCOUNTS, Act::Publish),
            anchor: Anchor::Each(meets()),
            within: Span::Days(days)
        }),
        (1u8..=12, 1u8..=31).prop_map(|(month, day)| Norm::FixedDate {
            what: done(ACCOUNTS, Act::Publish),
            month,
            day
        }),
        proptest::option::of(1u16..30).prop_map(|months| Norm::Standing {
            what: done(POLICY, Act::Adopt),
            review: months.map(Span::Months)
        }),
        (0u16..8, 8u16..14).prop_map(|(least, most)| Norm::Size {
            body: BOARD,
            least: Some(least),
            most: Some(most)
        }),
        (1u16..4, any::<bool>()).prop_map(|(numerator, exclusive)| Norm::Quorum {
            body: BOARD,
            share: Share { numerator, denominator: 4, exclusive }
        }),
    ]
}

fn worlds() -> impl Strategy<Value = World> {
    let entry = (0u8..4, 0i32..900, 0u16..12, proptest::option::of(1u16..12));
    let entries = proptest::collection::vec(entry, 0..12);
    let year_end = prop_oneof![Just((12, 31)), Just((6, 30)), Just((2, 29))];
    let healthy = proptest::option::of(0i32..900);
    (entries, year_end, 0u16..40, healthy).prop_map(
        |(entries, ends, grace, unhealthy)| {
            let mut world = World::new().with_grace(grace);
            world.profile.fiscal_years.ends = ends;
            let start = day("2024-09-01");
            for (what, after, count, of) in entries {
                let (noun, aspect) = [
                    (BOARD, Aspect::Done(Act::Meet)),
                    (ACCOUNTS, Aspect::Done(Act::Publish)),
                    (POLICY, Aspect::Done(Act::Adopt)),
                    (BOARD, Aspect::Size),
                ][usize::from(what)];
                let mut entry =
                    Entry::new(Subject::new(noun, aspect), start.plus_days(after), 0, 0);
                (entry.count, entry.of) = (Some(count), of);
                world.timeline.add(entry);
            }
            world.timeline.folder.unhealthy =
                unhealthy.map(|after| (0, start.plus_days(after)));
            world
        },
    )
}

/// The states of the slots from one on.
fn states(slots: &[Slot], first: Day) -> Vec<(Day, State)> {
    slots
        .iter()
        .filter(|slot| slot.state != State::NotYetOpen && first <= slot.from)
        .map(|slot| (slot.from, slot.state))
        .collect()
}

/// The first slot of which the next change speaks: of a duty at all times only the latest
/// still counts of those that are past.
fn first_that_counts(norm: &Norm, slots: &[Slot], on: Day) -> Day {
    let past = slots.iter().filter(|slot| slot.due < on);
    let latest = past.max_by_key(|slot| slot.due).map(|slot| slot.from);
    latest.filter(|_| judge::speaks_for_the_day(norm)).unwrap_or(Day::EARLIEST)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(2000, 100_000)))]

    /// Nothing changes before the next change, and on it something does, as foretold.
    #[test]
    fn the_next_change_is_exact(norm in norms(), world in worlds(), after in 0i32..800) {
        let on = day("2025-01-01").plus_days(after);
        let verdict = world.verdict(&norm, on);
        let slots = world.slots(&norm, on);
        let first = first_that_counts(&norm, &slots, on);
        let today = states(&slots, first);
        let until = verdict.next_change.map_or(on.plus_days(400), |next| next.on.previous());
        for day in [on.next(), Day((on.0 + until.0) / 2), until] {
            if day > on && day <= until {
                let then = states(&world.slots(&norm, day), first);
                prop_assert_eq!(&then, &today, "on {}", day);
            }
        }
        if let Some(next) = verdict.next_change {
            let then = world.slots(&norm, next.on);
            // What is forbidden may be done on the day from which nobody hears of the folder.
            let own = then.iter().filter(|slot| slot.from == next.slot);
            let own: Vec<State> = own.map(|slot| slot.state).collect();
            prop_assert!(own.contains(&next.state), "{:?} {:?}", next, own);
        }
    }

    /// The verdict from the look-back alone is the verdict from the whole history.
    #[test]
    fn the_look_back_is_enough(norm in norms(), world in worlds(), after in 0i32..800) {
        let on = day("2025-01-01").plus_days(after);
        let short = world.verdict(&norm, on);
        let slots = world.slots(&norm, on);
        let long = judge::state_of_rule(&world.duty(&norm), &world.view(on), &slots);
        prop_assert_eq!(short, long);
    }

    /// In whatever order papers come, a subject's entries are found whole and by day.
    #[test]
    fn a_timeline_finds_every_entry_of_a_subject(
        told in proptest::collection::vec((0u16..5, 0u8..2, 0i32..60), 0..60)
    ) {
        let subject = |noun, at| {
            let aspect = if at == 0 { Aspect::Size } else { Aspect::Done(Act::Meet) };
            Subject::new(TermId(noun), aspect)
        };
        let mut timeline = Timeline::default();
        for (paper, (noun, at, after)) in (0..).zip(&told) {
            timeline.add(Entry::new(subject(*noun, *at), Day(*after), 0, paper));
        }
        for asked in 0..6 {
            for at in 0..2 {
                let found: Vec<Entry> = timeline.of(subject(asked, at)).to_vec();
                let mut wanted: Vec<(i32, u32)> = (0..)
                    .zip(&told)
                    .filter(|(_, (noun, aspect, _))| (*noun, *aspect) == (asked, at))
                    .map(|(paper, (_, _, after))| (*after, paper))
                    .collect();
                wanted.sort_unstable();
                let found: Vec<(i32, u32)> =
                    found.iter().map(|entry| (entry.day.0, entry.paper)).collect();
                prop_assert_eq!(found, wanted);
            }
        }
    }
}

#[test]
fn what_is_forbidden_is_kept_until_a_paper_says_that_it_happened() {
    let world = World::new().happened(ACCOUNTS, Act::Publish, "2026-03-10");
    let norm = Norm::Never { what: done(ACCOUNTS, Act::Publish) };
    world.is(&norm, "2026-03-09", State::Met, None);
    let next = world.verdict(&norm, day("2026-03-09")).next_change.map(|next| next.on);
    assert_eq!(next, Some(day("2026-03-10")));
    world.is(&norm, "2026-03-10", State::Closed, None);
    world.is(&norm, "2027-03-08", State::Closed, None);
    world.is(&norm, "2027-03-10", State::Met, None);
    let mut unseen = World::new();
    unseen.timeline.folder = Folder { first_seen: None, unhealthy: None };
    unseen.is(&norm, "2026-03-09", State::InsufficientEvidence, None);
}

#[test]
fn what_is_permitted_or_not_required_is_never_missed() {
    let world = World::new();
    for freedom in [Freedom::May, Freedom::NeedNot] {
        let deed = Norm::Free { freedom, matter: Matter::Deed(meets()) };
        let duty = Norm::Free { freedom, matter: Matter::Duty(Box::new(quarterly())) };
        for norm in [deed, duty] {
            let verdict = world.verdict(&norm, day("2026-06-01"));
            assert_eq!((verdict.state, verdict.score), (State::NotApplicable, None));
            assert_eq!(verdict.next_change, None);
        }
    }
}

fn before(steps: &[Occurrence], anchor: Anchor, limit: Limit) -> Norm {
    Norm::Order { steps: steps.to_vec(), anchor, limit, ever: false }
}

#[test]
fn what_comes_before_the_fiscal_year_is_on_time_the_day_before_it() {
    let norm = before(
        &[done(ACCOUNTS, Act::Adopt)],
        Anchor::FiscalYearStart,
        Limit::Before(Span::Days(0)),
    );
    let on_time = World::new().happened(ACCOUNTS, Act::Adopt, "2025-12-31");
    assert_eq!(on_time.state(&norm, "2026-03-01"), State::Met);
    let late = World::new().happened(ACCOUNTS, Act::Adopt, "2026-01-01");
    assert_eq!(late.state(&norm, "2026-03-01"), State::MetLate);
    let never = World::new();
    assert_eq!(never.state(&norm, "2026-03-01"), State::StillOwed);
}

#[test]
fn notice_is_given_so_long_before_each_meeting() {
    let norm = before(
        &[done(ACCOUNTS, Act::Publish)],
        Anchor::Each(meets()),
        Limit::Before(Span::Days(15)),
    );
    let world =
        |on| World::new().met(&["2026-06-20"]).happened(ACCOUNTS, Act::Publish, on);
    assert_eq!(world("2026-06-05").state(&norm, "2026-08-01"), State::Met);
    assert_eq!(world("2026-06-06").state(&norm, "2026-08-01"), State::Closed);
}

#[test]
fn steps_out_of_turn_are_not_met_and_a_missing_one_has_no_evidence() {
    let steps = [done(ACCOUNTS, Act::Review), done(ACCOUNTS, Act::Adopt)];
    let norm = before(&steps, Anchor::FiscalYearEnd, Limit::Within(Span::Months(4)));
    let year = |act, on| World::new().about(ACCOUNTS, act, on, "2025-12-31");
    let in_turn = year(Act::Review, "2026-02-01").about(
        ACCOUNTS,
        Act::Adopt,
        "2026-03-01",
        "2025-12-31",
    );
    assert_eq!(in_turn.state(&norm, "2026-06-01"), State::Met);
    let out_of_turn = year(Act::Review, "2026-03-02").about(
        ACCOUNTS,
        Act::Adopt,
        "2026-03-01",
        "2025-12-31",
    );
    assert_eq!(out_of_turn.state(&norm, "2026-06-01"), State::StillOwed);
    let half = year(Act::Review, "2026-03-02");
    assert_eq!(half.state(&norm, "2026-05-10"), State::AwaitingEvidence);
    assert_eq!(half.state(&norm, "2026-06-01"), State::StillOwed);
}

#[test]
fn an_election_is_held_by_the_last_day_of_the_mandate() {
    let elected = done(BOARD, Act::Verb(TermId(9)));
    let norm =
        before(&[elected], Anchor::MandateEnd(BOARD), Limit::Before(Span::Days(0)));
    let mut world = World::new();
    let end = Subject::new(BOARD, Aspect::MandateEnd);
    world.timeline.add(Entry::new(end, day("2026-06-30"), 0, 0));
    assert_eq!(world.state(&norm, "2026-06-15"), State::DueSoon);
    assert_eq!(world.state(&norm, "2026-08-01"), State::StillOwed);
    let late = world.happened(BOARD, Act::Verb(TermId(9)), "2026-07-20");
    assert_eq!(late.state(&norm, "2026-08-01"), State::MetLate);
}

#[test]
fn a_list_is_kept_when_every_thing_in_it_is() {
    let standing = |noun| Norm::Standing { what: done(noun, Act::Adopt), review: None };
    let norm = Norm::All(vec![standing(POLICY), standing(ACCOUNTS)]);
    let one = World::new().happened(POLICY, Act::Adopt, "2025-02-01");
    assert_eq!(one.state(&norm, "2026-03-01"), State::StillOwed);
    let both = one.happened(ACCOUNTS, Act::Adopt, "2025-05-01");
    assert_eq!(both.state(&norm, "2026-03-01"), State::Met);
    let by = |noun| Norm::Deadline {
        what: done(noun, Act::Submit),
        anchor: Anchor::FiscalYearEnd,
        within: Span::Months(4),
    };
    let norm = Norm::All(vec![by(POLICY), by(ACCOUNTS)]);
    let filed = World::new().about(POLICY, Act::Submit, "2026-02-01", "2025-12-31");
    assert_eq!(filed.state(&norm, "2026-06-01"), State::StillOwed);
    let filed = filed.about(ACCOUNTS, Act::Submit, "2026-05-02", "2025-12-31");
    assert_eq!(filed.state(&norm, "2026-06-01"), State::MetLate);
}

#[test]
fn a_part_of_another_number_is_compared_exactly_from_each_statement_on() {
    let (salaries, budget) = (TermId(7), TermId(8));
    let norm = Norm::Holds(Condition::Ratio {
        attribute: salaries,
        comparison: Comparison::AtMost,
        part: Proportion { numerator: 1, denominator: 4 },
        of: budget,
    });
    let mut world = World::new();
    let usd = |number| Quantity { number, currency: Some(*b"USD") };
    world.is(&norm, "2025-03-01", State::InsufficientEvidence, None);
    let stated = [
        (budget, day("2025-01-01"), usd(100_000)),
        (salaries, day("2025-01-01"), usd(25_000)),
        (salaries, day("2026-01-01"), usd(25_001)),
        (salaries, day("2026-03-01"), usd(20_000)),
    ];
    world.profile.attributes.extend(stated);
    world.is(&norm, "2025-12-31", State::Met, None);
    let next = world.verdict(&norm, day("2025-12-31")).next_change.map(|next| next.on);
    assert_eq!(next, Some(day("2026-01-01")));
    world.is(&norm, "2026-01-01", State::StillOwed, None);
    world.is(&norm, "2026-03-01", State::Met, None);
}

#[test]
fn a_characteristic_is_what_somebody_stated() {
    let matches = TermId(9);
    let norm = Norm::Holds(Condition::Is(matches));
    let mut world = World::new();
    world.is(&norm, "2025-03-01", State::InsufficientEvidence, None);
    let said = |number| Quantity { number, currency: None };
    world.profile.attributes.state(matches, day("2025-06-01"), said(0));
    world.profile.attributes.state(matches, day("2025-02-01"), said(1));
    world.is(&norm, "2025-01-31", State::InsufficientEvidence, None);
    assert!(world.verdict(&norm, day("2025-03-01")).state.is_met());
    world.is(&norm, "2025-06-01", State::StillOwed, None);
}

#[test]
fn working_days_leave_out_the_weekend_and_the_holidays() {
    let norm = Norm::Deadline {
        what: done(ACCOUNTS, Act::Verb(TermId(9))),
        anchor: Anchor::Each(done(ACCOUNTS, Act::Occur)),
        within: Span::WorkingDays(15),
    };
    let mut world = World::new().happened(ACCOUNTS, Act::Occur, "2026-03-01");
    let due = |world: &World| world.slots(&norm, day("2026-03-02"))[0].due;
    assert_eq!(due(&world), day("2026-03-16"), "no calendar: every day");
    world.profile.working.weekend = vec![5, 6];
    assert_eq!(due(&world), day("2026-03-22"));
    let holiday = Period { from: day("2026-03-17"), to: day("2026-03-18") };
    world.profile.working.holidays = vec![holiday];
    assert_eq!(due(&world), day("2026-03-24"));
    world.profile.working.weekend = (0..7).collect();
    assert!(due(&world) > day("2026-03-24"), "a calendar without working days ends");
}

/// A numbered meeting told by one paper.
fn numbered(on: &str, number: u32, known: i64) -> Entry {
    let subject = Subject::new(BOARD, Aspect::Done(Act::Meet));
    Entry { number, known, ..Entry::new(subject, day(on), known, 0) }
}

#[test]
fn a_paper_without_a_number_tells_of_the_numbered_meeting_of_its_day() {
    let twice = Norm::Frequency { what: meets(), least: 2, cycle: Cycle::Quarter };
    let mut world = World::new();
    world.timeline.add(numbered("2025-02-12", 0, 0));
    world.timeline.add(numbered("2025-02-12", 7, 0));
    world.is(&twice, "2025-05-01", State::Closed, Some(State::OnTrack));
    // Another number is another meeting.
    world.timeline.add(numbered("2025-02-12", 8, 0));
    world.is(&twice, "2025-05-01", State::Met, Some(State::OnTrack));
}

#[test]
fn of_two_meetings_on_a_day_in_grace_the_second_fills_the_next_quarter() {
    let mut world = World::new().with_grace(14);
    let states = |world: &World| -> Vec<State> {
        let slots = world.slots(&quarterly(), day("2025-08-01"));
        slots.iter().map(|slot| slot.state).take(2).collect()
    };
    world.timeline.add(numbered("2025-04-05", 1, 0));
    assert_eq!(states(&world), [State::MetInGrace, State::Closed]);
    world.timeline.add(numbered("2025-04-05", 2, 0));
    assert_eq!(states(&world), [State::MetInGrace, State::Met]);
}

#[test]
fn what_is_not_known_yet_contradicts_nothing() {
    let mut world = World::new();
    world.timeline.add(numbered("2025-02-12", 3, 10));
    world.timeline.add(numbered("2025-02-21", 3, 20));
    let state = |known: i64| {
        let as_of = AsOf::new(day("2025-05-01"), known);
        let view = View::new(&world.profile, &world.timeline, as_of);
        judge::verdict(&Duty::plain(&quarterly()), &view).state
    };
    assert_eq!(state(15), State::Met);
    assert_eq!(state(25), State::InsufficientEvidence);
}

#[test]
fn what_follows_a_years_beginning_is_about_the_year_that_has_begun() {
    let norm = Norm::Deadline {
        what: meets(),
        anchor: Anchor::FiscalYearStart,
        within: Span::Months(2),
    };
    let world = World::new().met(&["2025-02-10"]);
    world.is(&norm, "2025-06-01", State::Met, None);
}

#[test]
fn an_answer_in_grace_answers_though_the_next_event_has_come() {
    let norm = Norm::Deadline {
        what: done(POLICY, Act::Publish),
        anchor: Anchor::Each(meets()),
        within: Span::Days(10),
    };
    let world = World::new().with_grace(20).met(&["2025-02-01", "2025-02-12"]).happened(
        POLICY,
        Act::Publish,
        "2025-02-25",
    );
    let slots = world.slots(&norm, day("2025-04-01"));
    let states: Vec<State> = slots.iter().map(|slot| slot.state).collect();
    assert_eq!(states, [State::MetInGrace, State::MetInGrace]);
}

#[test]
fn a_rule_in_force_from_a_far_day_foretells_its_first_slot() {
    let world = World::new();
    let norm = quarterly();
    let duty = Duty { in_force: Some(day("2026-03-01")), ..world.duty(&norm) };
    let verdict = judge::verdict(&duty, &world.view(day("2025-02-01")));
    let next = verdict.next_change.expect("it comes into force");
    assert_eq!((next.on, next.state), (day("2026-01-01"), State::OnTrack));
    assert_eq!(verdict.judge_again, Some(next.on));
}

#[test]
fn each_of_two_waivers_excuses_in_its_own_time() {
    let world = World::new();
    let waiver = |from: &str, to: &str| Waiver {
        organization: "org".to_owned(),
        rulebook: "book".to_owned(),
        rule: "rule".to_owned(),
        during: Period { from: day(from), to: day(to) },
        slots: None,
        granted_by: "the union".to_owned(),
        granted_on: day("2025-01-01"),
        why: "a closure".to_owned(),
    };
    let (early, late) =
        (waiver("2025-02-01", "2025-02-10"), waiver("2025-05-01", "2025-05-10"));
    let waivers = [&early, &late];
    let state = |on: &str| {
        let view = View { waivers: &waivers, ..world.view(day(on)) };
        judge::verdict(&Duty::plain(&quarterly()), &view).state
    };
    assert_eq!(state("2025-02-05"), State::Waived);
    assert_eq!(state("2025-02-20"), State::OnTrack);
    assert_eq!(state("2025-05-05"), State::Waived);
}

#[test]
fn a_fiscal_quarter_begins_its_months_after_the_year_does() {
    let years = FiscalYears { ends: (11, 29), listed: Vec::new() };
    let quarters = ["2025-12-15", "2026-03-15", "2026-06-15", "2026-09-15"]
        .map(|on| years.quarter_holding(day(on)).from.to_string());
    assert_eq!(quarters, ["2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30"]);
}

fn a_numbered(noun: TermId, act: Act, on: &str, number: u32) -> Entry {
    let subject = Subject::new(noun, Aspect::Done(act));
    Entry { number, ..Entry::new(subject, day(on), 0, 0) }
}

#[test]
fn two_papers_about_one_late_deed_fill_one_year() {
    let norm = Norm::FixedDate { what: done(POLICY, Act::Review), month: 1, day: 31 };
    let once = World::new().happened(POLICY, Act::Review, "2026-02-10");
    let twice = once.happened(POLICY, Act::Review, "2026-02-10");
    twice.is(&norm, "2026-03-01", State::MetLate, Some(State::OnTrack));
    let again = twice.happened(POLICY, Act::Review, "2026-02-20");
    again.is(&norm, "2026-03-01", State::MetLate, Some(State::Met));
}

#[test]
fn a_deed_on_disputed_days_leaves_open_what_it_would_have_kept() {
    let what = done(POLICY, Act::Adopt);
    let mut world = World::new();
    for on in ["2025-03-03", "2025-03-13"] {
        world.timeline.add(a_numbered(POLICY, Act::Adopt, on, 5));
    }
    let stands = Norm::Standing { what, review: None };
    world.is(&stands, "2025-06-01", State::InsufficientEvidence, None);
    let each_year = Norm::FixedDate { what, month: 1, day: 31 };
    let slots = world.slots(&each_year, day("2026-06-01"));
    assert_eq!(slots[0].state, State::InsufficientEvidence);
}

#[test]
fn an_unnumbered_paper_is_of_the_first_of_two_meetings_with_a_quorum_each() {
    let share = Share { numerator: 1, denominator: 2, exclusive: false };
    let mut world = World::new().attended("2025-05-20", 9, Some(10));
    for (number, present) in [(3, 9), (4, 1)] {
        let mut entry = a_numbered(BOARD, Act::Meet, "2025-05-20", number);
        (entry.count, entry.of) = (Some(present), Some(10));
        world.timeline.add(entry);
    }
    let slots = world.slots(&Norm::Quorum { body: BOARD, share }, day("2025-06-01"));
    let states: Vec<State> = slots.iter().map(|slot| slot.state).collect();
    assert_eq!(states, [State::Met, State::Closed]);
}

#[test]
fn one_notice_is_before_both_meetings_of_a_day() {
    let order = Norm::Order {
        steps: vec![done(BOARD, Act::Submit)],
        anchor: Anchor::Each(meets()),
        limit: Limit::Before(Span::Days(14)),
        ever: false,
    };
    let mut world = World::new().happened(BOARD, Act::Submit, "2025-05-01");
    for number in [7, 8] {
        world.timeline.add(a_numbered(BOARD, Act::Meet, "2025-05-20", number));
    }
    let slots = world.slots(&order, day("2025-06-01"));
    let states: Vec<State> = slots.iter().map(|slot| slot.state).collect();
    assert_eq!(states, [State::Met, State::Met]);
}

#[test]
fn a_list_of_the_body_outweighs_an_older_number() {
    let mut world = World::new().sized("2025-02-01", 9);
    for name in ["amal", "badr"] {
        let mut seat =
            Entry::new(Subject::new(BOARD, Aspect::Seat), day("2025-06-01"), 0, 1);
        seat.who = world.timeline.who(name);
        world.timeline.add(seat);
    }
    let norm = Norm::Size { body: BOARD, least: Some(5), most: None };
    world.is(&norm, "2025-05-31", State::Met, None);
    world.is(&norm, "2025-06-01", State::StillOwed, None);
}

#[test]
fn what_is_forbidden_is_no_longer_known_from_the_day_of_a_paper_in_doubt() {
    let norm = Norm::Never { what: done(POLICY, Act::Publish) };
    let mut world = World::new();
    world.timeline.doubts.push(Doubt {
        sha256: Sha256([1; 32]),
        nouns: vec![POLICY],
        day: Some(day("2025-09-01")),
        contradictory: false,
        received_on: day("2025-02-01"),
        known: 0,
        settled: i64::MAX,
    });
    let verdict = world.verdict(&norm, day("2025-03-01"));
    assert_eq!(verdict.state, State::Met);
    let next = verdict.next_change.expect("the day of the paper");
    assert_eq!((next.on, next.state), (day("2025-09-01"), State::InsufficientEvidence));
    world.is(&norm, "2025-09-01", State::InsufficientEvidence, None);
    // A waiver from what begins on that day hides nothing of the time before it.
    let during = Period { from: day("2025-09-01"), to: day("2025-12-31") };
    let waiver = Waiver {
        organization: "o".to_owned(),
        rulebook: String::new(),
        rule: "r".to_owned(),
        slots: Some(during),
        during,
        granted_by: String::new(),
        granted_on: day("2025-03-01"),
        why: String::new(),
    };
    let waivers = [&waiver];
    let view = View { waivers: &waivers, ..world.view(day("2025-03-01")) };
    let next = judge::verdict(&world.duty(&norm), &view).next_change;
    let next = next.map(|next| (next.on, next.state, next.slot));
    let whole = day("2025-01-01");
    assert_eq!(next, Some((day("2025-09-01"), State::InsufficientEvidence, whole)));
}

#[test]
fn a_meeting_on_the_day_before_a_suspension_is_over_on_its_day() {
    let share = Share { numerator: 1, denominator: 2, exclusive: false };
    let norm = Norm::Quorum { body: BOARD, share };
    let window = [Period { from: day("2025-05-21"), to: day("2025-06-30") }];
    let state = |on: &str| {
        let world = World::new().attended(on, 1, Some(10));
        let duty = Duty { suspended: &window, ..world.duty(&norm) };
        judge::slots(&duty, &world.view(day("2025-05-22")))[0].state
    };
    assert_eq!(state("2025-05-20"), State::Closed);
    assert_eq!(state("2025-05-21"), State::OnTrack);
}

#[test]
fn a_later_paper_takes_the_place_of_the_one_that_stood_before() {
    let norm = Norm::Contents { document: POLICY, items: vec![Item::Words("x".into())] };
    let mut world = World::new();
    for (number, on) in [(0, "2024-11-01"), (1, "2025-02-01")] {
        let subject = Subject::new(POLICY, Aspect::Done(Act::Prepare));
        world.timeline.add(Entry::new(subject, day(on), 0, number));
        let found = if number == 1 { vec!["x".to_owned()] } else { Vec::new() };
        world.timeline.papers_mut().push(Paper {
            sha256: Sha256([1; 32]),
            path: "paper.txt".into(),
            received: 0,
            contains: found.into_iter().collect(),
            passages: Box::default(),
        });
    }
    world.is(&norm, "2025-01-15", State::Closed, None);
    world.is(&norm, "2025-06-01", State::Met, None);
}
