//! Whatever happened in whatever order: what is judged bit by bit is what is judged from
//! scratch, and costs no more than the rules that it concerns.

use mithaq::calendar::{Day, Period};
use mithaq::document::{KindGuess, Problem, Reading, Sha256};
use mithaq::organization::Waiver;
use mithaq::plan::{Effect, Input, PaperRead};
use proptest::prelude::*;

use crate::plan::{World, paper};
use crate::scratch::cases;

/// Editions of one rulebook: a rule is added, changed, taken away, put into another place.
const EDITIONS: [&str; 4] = [
    "Rule B: board meets quarterly\nRule G: general assembly meets annually\n",
    "Rule B: board meets monthly\nRule G: general assembly meets annually\n",
    "Rule G: general assembly meets annually\n\nRule M: board meets every 5 months\nRule B: board meets quarterly\n",
    "Evidence may arrive: 30 days\nRule B: board meets quarterly\n  Grace: 10 days\nRule G: general assembly meets annually\n",
];

/// Something that happens so many days after what happened before.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Minutes of a meeting so many days ago.
    Paper {
        of_the_board: bool,
        ago: i32,
    },
    /// A paper that nobody can read, of a kind that its name tells or of any.
    Illegible {
        of_the_board: Option<bool>,
    },
    /// The last paper is replaced by one of a meeting so many days earlier.
    Correction(i32),
    /// A person states that the last paper is of a meeting so many days ago.
    Statement {
        of_the_board: bool,
        ago: i32,
    },
    /// What the last paper said is taken back.
    Withdrawal,
    Edit(usize),
    /// The board is excused from its rule for the time around, or no longer.
    Waiver(bool),
    Day,
}

fn event() -> impl Strategy<Value = (i32, Event)> {
    let what = prop_oneof![
        4 => (any::<bool>(), 0..200i32)
            .prop_map(|(of_the_board, ago)| Event::Paper { of_the_board, ago }),
        2 => any::<Option<bool>>()
            .prop_map(|of_the_board| Event::Illegible { of_the_board }),
        1 => (1..40i32).prop_map(Event::Correction),
        1 => (any::<bool>(), 0..200i32)
            .prop_map(|(of_the_board, ago)| Event::Statement { of_the_board, ago }),
        1 => Just(Event::Withdrawal),
        2 => (0..EDITIONS.len()).prop_map(Event::Edit),
        1 => any::<bool>().prop_map(Event::Waiver),
        3 => Just(Event::Day),
    ];
    (0..70i32, what)
}

fn start() -> Day {
    Day::parse("2025-01-01").expect("a day")
}

/// What happened to an organization, as it came in; rules apart.
#[derive(Default)]
struct Diary {
    entries: Vec<(Day, Vec<Input>)>,
    papers: Vec<(Sha256, bool, Day)>,
    edition: usize,
}

impl Diary {
    /// The inputs of an event, none for one of which nothing comes.
    fn enter(&mut self, on: Day, event: Event) -> Vec<Input> {
        let inputs = match event {
            Event::Paper { of_the_board, ago } => {
                self.told(on, of_the_board, on.plus_days(-ago), None)
            }
            Event::Illegible { of_the_board } => self.illegible(on, of_the_board),
            Event::Statement { of_the_board, ago } => {
                self.stated(on, of_the_board, on.plus_days(-ago))
            }
            Event::Correction(earlier) => match self.papers.last().copied() {
                Some((old, board, held)) => {
                    self.told(on, board, held.plus_days(-earlier), Some(old))
                }
                None => Vec::new(),
            },
            Event::Withdrawal => match self.papers.pop() {
                Some((sha256, ..)) => {
                    vec![Input::Withdrawn { organization: "amal".into(), sha256 }]
                }
                None => Vec::new(),
            },
            Event::Waiver(granted) => vec![Input::Waivers(waivers(on, granted))],
            Event::Edit(_) | Event::Day => Vec::new(),
        };
        if !inputs.is_empty() {
            self.entries.push((on, inputs.clone()));
        }
        inputs
    }

    fn told(
        &mut self,
        on: Day,
        board: bool,
        held: Day,
        replaces: Option<Sha256>,
    ) -> Vec<Input> {
        let mut told = minutes(board, held, on);
        if replaces == Some(told.sha256) {
            return Vec::new();
        }
        told.replaces = replaces;
        self.papers.push((told.sha256, board, held));
        vec![Input::Paper(told)]
    }

    fn illegible(&mut self, on: Day, of_the_board: Option<bool>) -> Vec<Input> {
        let board = of_the_board.unwrap_or(true);
        let told = illegible(of_the_board, on);
        self.papers.push((told.sha256, board, on));
        vec![Input::Paper(told)]
    }

    fn stated(&mut self, on: Day, board: bool, held: Day) -> Vec<Input> {
        let Some(last) = self.papers.last_mut() else { return Vec::new() };
        let mut told = minutes(board, held, on);
        told.sha256 = last.0;
        *last = (told.sha256, board, held);
        vec![Input::Corrected(told)]
    }
}

fn kind(board: bool) -> &'static str {
    if board { "board_minutes" } else { "general_assembly_minutes" }
}

fn minutes(board: bool, held: Day, on: Day) -> Box<PaperRead> {
    let Input::Paper(told) = paper(kind(board), held, on) else {
        unreachable!("a paper")
    };
    told
}

/// A paper that ends its reader: of minutes, by its name, or of nobody knows what.
fn illegible(of_the_board: Option<bool>, on: Day) -> Box<PaperRead> {
    let mut told = minutes(of_the_board.unwrap_or(true), on, on);
    told.sha256.0[5] = 1 + of_the_board.map_or(2, u8::from);
    told.reading = Reading::not_accepted(Problem::ReaderFailed);
    let guess = |board| KindGuess { kind: kind(board).into(), confidence: 600 };
    told.reading.kinds = of_the_board.map(guess).into_iter().collect();
    told
}

fn waivers(on: Day, granted: bool) -> Vec<Waiver> {
    let waiver = Waiver {
        organization: "amal".into(),
        rulebook: String::new(),
        rule: "B".into(),
        during: Period { from: on.plus_days(-60), to: on.plus_days(60) },
        slots: None,
        granted_by: "the council".into(),
        granted_on: on,
        why: "the office was closed".into(),
    };
    if granted { vec![waiver] } else { Vec::new() }
}

/// Settles what came in, as the daemon does.
fn settled(mut inputs: Vec<Input>) -> Vec<Input> {
    inputs.push(Input::Reconciled { organization: "amal".into(), healthy: true });
    inputs.push(Input::Settled { organization: "amal".into() });
    inputs
}

/// What is stored of the rules of the last edition.
fn verdicts(world: &World, edition: usize) -> Vec<(String, String)> {
    let rules = |id: &String| EDITIONS[edition].contains(&format!("Rule {id}:"));
    world.stored().0.into_iter().filter(|(id, _)| rules(id)).collect()
}

#[test]
fn any_sequence_of_events_ends_as_judging_all_of_it_at_once() {
    let mut run = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: cases(150, 3_000),
        ..ProptestConfig::default()
    });
    let events = proptest::collection::vec(event(), 0..14);
    run.run(&(any::<bool>(), events), |(starts, events)| {
        let world = if starts { World::new } else { World::without_a_start };
        let mut diary = Diary::default();
        let mut slowly = world(EDITIONS[0]);
        slowly.then(start(), settled(Vec::new()));
        let mut on = start();
        for (after, event) in events {
            on = on.plus_days(after);
            slowly.day(on);
            let inputs = diary.enter(on, event);
            if let Event::Edit(edition) = event {
                slowly.edit(on, EDITIONS[edition]);
                diary.edition = edition;
            } else if !inputs.is_empty() {
                slowly.then(on, settled(inputs));
            }
        }
        let mut at_once = world(EDITIONS[diary.edition]);
        for (day, inputs) in diary.entries {
            at_once.then(day, inputs);
        }
        at_once.then(on, settled(Vec::new()));
        slowly.then(on, settled(Vec::new()));
        slowly.day(on);
        prop_assert_eq!(
            verdicts(&slowly, diary.edition),
            verdicts(&at_once, diary.edition)
        );
        Ok(())
    })
    .unwrap_or_else(|error| panic!("{error}"));
}

/// A network of that edition with a year of meetings, and the day after them.
fn after_a_year() -> (World, Day) {
    let mut world = World::new(EDITIONS[0]);
    let papers = (0..4).map(|quarter| {
        let held = start().plus_days(90 * quarter + 10);
        paper("board_minutes", held, held.plus_days(3))
    });
    let on = start().plus_days(370);
    world.then(on, settled(papers.collect()));
    (world, on)
}

#[test]
fn an_edit_judges_the_changed_rule_and_no_other() {
    let (mut world, on) = after_a_year();
    let before = world.network.judgements();
    let effects = world.edit(on, EDITIONS[1]);
    assert_eq!(world.network.judgements() - before, 1, "rule B alone");
    let changed: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Verdict(row) => Some((row.rule.as_str(), row.before.is_some())),
            _ => None,
        })
        .collect();
    assert_eq!(changed, [("B", true)], "with what it was before");
    // One is new, one is as it was first, and one only stands elsewhere.
    let before = world.network.judgements();
    world.edit(on, EDITIONS[2]);
    assert_eq!(world.network.judgements() - before, 2, "B and M");
    let before = world.network.judgements();
    world.edit(on, EDITIONS[2]);
    assert_eq!(world.network.judgements() - before, 0);
}

#[test]
fn a_paper_judges_the_rules_that_read_it() {
    let (mut world, on) = after_a_year();
    let before = world.network.judgements();
    let told = paper("general_assembly_minutes", on.plus_days(-20), on);
    world.then(on, settled(vec![told]));
    assert_eq!(world.network.judgements() - before, 1, "rule G alone");
}

#[test]
fn a_paper_of_which_nobody_can_tell_the_kind_judges_every_rule() {
    let (mut world, on) = after_a_year();
    let judged = |world: &mut World, inputs: Vec<Input>| {
        let before = world.network.judgements();
        world.then(on, settled(inputs));
        world.network.judgements() - before
    };
    let unknown = illegible(None, on);
    let sha256 = unknown.sha256;
    assert_eq!(judged(&mut world, vec![Input::Paper(unknown)]), 2, "it may be any");
    let known = illegible(Some(true), on);
    assert_eq!(judged(&mut world, vec![Input::Paper(known)]), 1, "rule B alone");
    let withdrawn = Input::Withdrawn { organization: "amal".into(), sha256 };
    assert_eq!(judged(&mut world, vec![withdrawn]), 2, "it may have been any");
}

#[test]
fn a_paper_that_moves_the_start_of_membership_judges_every_rule() {
    let mut world = World::without_a_start(EDITIONS[0]);
    let on = start().plus_days(370);
    let judged = |world: &mut World, held: Day| {
        let before = world.network.judgements();
        let told = paper("general_assembly_minutes", held, on);
        world.then(on, settled(vec![told]));
        world.network.judgements() - before
    };
    assert_eq!(judged(&mut world, on.plus_days(-100)), 2, "there was none");
    assert_eq!(judged(&mut world, on.plus_days(-20)), 1, "rule G alone");
    assert_eq!(judged(&mut world, on.plus_days(-300)), 2, "rule B asks of more quarters");
}
