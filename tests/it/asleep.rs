//! Organizations whose papers are out of memory, and starts that go on from kept verdicts:
//! whoever sleeps and whatever a start goes on from, the store, the letters and the ledger come
//! out the same to the byte.
//!
//! `MITHAQ_ASLEEP_SEED=8` lives that life alone, with `MITHAQ_TEST_FULL=1` a longer one.

use mithaq::limits::ORGANIZATIONS_AWAKE_MAX;
use mithaq::shell::clock::Clock;
use mithaq::shell::live::{Event, Live};

use rusqlite::types::Value;

use crate::scratch::{Scratch, cases, is_full, minutes};

const ORGANIZATIONS: [&str; 5] = ["amal", "karama", "nour", "sanad", "wafa"];

/// Rules as they are edited: a rhythm, a state that lasts, a deadline, a finding's answer; a
/// rule that is changed, one that is added, and one that counts the members.
const EDITIONS: [&str; 4] = [
    "Rule B: board meets quarterly\n  Severity: critical\nRule G: general assembly meets annually\n",
    "Rule B: board meets monthly\nRule G: general assembly meets annually\nRule Q: each meeting of the board is attended by at least half of its members in office\n",
    "Evidence may arrive: 30 days\nRule B: board meets monthly\n  Grace: 10 days\n",
    "Rule B: board meets quarterly\nRule M: at least 80% of members published their annual reports within 4 months of the end of the fiscal year\n",
];

/// A small generator of our own, so that a seed is a run (`xorshift64*`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % below
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[usize::try_from(self.roll(all.len() as u64)).unwrap()]
    }
}

/// Somebody does something.
fn happen(scratch: &Scratch, dice: &mut Dice, (turn, editions): (u64, usize)) {
    let id = dice.of(&ORGANIZATIONS);
    let months = ["January", "March", "May", "August", "October", "December"];
    let day = format!("{} {} 2026", 1 + dice.roll(28), dice.of(&months));
    match dice.roll(10) {
        0..=3 => scratch.drop_paper(id, &format!("minutes-{turn}.md"), minutes(&day)),
        // Another version of a paper that may be there.
        4 => scratch.drop_paper(id, "minutes.md", minutes(&day)),
        5 => {
            let edition = usize::try_from(dice.roll(editions as u64)).unwrap();
            scratch.write("rules/board.rules", EDITIONS[edition]);
        }
        6 => {
            let waiver = format!(
                "[[waivers]]\norganization = \"{id}\"\nrulebook = \"board\"\nrule = \"B\"\n\
                 from = 2026-0{}-01\n\
                 to = 2026-12-31\ngranted_by = \"the council\"\nwhy = \"The office was closed.\"\n",
                1 + dice.roll(9)
            );
            scratch.write("waivers.toml", waiver);
        }
        7 => {
            // A sidecar says what a paper is: it is read again.
            let sidecar = "kind = \"general_assembly_minutes\"\n";
            scratch.drop_paper(id, "minutes.md.meta.toml", sidecar);
        }
        8 => {
            let report = format!(
                "---\nkind: annual_report\nfiscal_year_end: 2025-12-31\n\
                 date_published: 2026-03-0{}\n---\n# Annual report of {id} for 2025\n",
                1 + dice.roll(9)
            );
            scratch.drop_paper(id, "report-2025.md", report);
        }
        _ => {}
    }
}

/// What happens when it is stopped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// It is started again, and goes on from the verdicts that the last step left.
    Restarts,
    /// It is not: somebody reads again what people wrote, as a start does.
    GoesOn,
}

/// A life of two years.
#[derive(Clone, Copy)]
struct Life {
    seed: u64,
    awake_max: usize,
    stop: Stop,
    /// It is stopped once in so many turns.
    stops: u64,
    /// How many of the editions are written.
    editions: usize,
}

/// So many lives, or the one that is asked for.
fn seeds(usual: u32, full: u32) -> std::ops::RangeInclusive<u64> {
    let asked = std::env::var("MITHAQ_ASLEEP_SEED").ok();
    match asked.map(|seed| seed.parse().unwrap()) {
        Some(seed) => seed..=seed,
        None => 1..=u64::from(cases(usual, full)),
    }
}

/// Everything that is stored of it.
fn lived(Life { seed, awake_max, stop, stops, editions }: Life) -> Vec<String> {
    let scratch = Scratch::new();
    scratch.write("rules/board.rules", EDITIONS[0]);
    for id in ORGANIZATIONS {
        scratch.organization(id);
    }
    // Its rules count the others.
    let wafa = "name = { en = \"Wafa\", ar = \"وفاء\" }\ntype = \"alliance\"\njoined = 2025-01-01\n";
    scratch.write("organizations/wafa/organization.toml", wafa);
    let mut dice = Dice(seed);
    let at = |day: i32| {
        let day = mithaq::calendar::Day::parse("2026-03-01").unwrap().plus_days(day);
        Clock::set_to(&format!("{day}T09:00:00Z")).unwrap()
    };
    let start = |day| Live::start(scratch.root(), at(day)).unwrap();
    let mut day = 0;
    // Every store draws its own secret, which its letters are named by: here all have one.
    drop(start(day));
    let secret = "UPDATE setting SET value = ?1 WHERE key = 'token_key'";
    assert_eq!(scratch.store().execute(secret, ["5".repeat(64)]).unwrap(), 1);
    let mut live = start(day).with_awake_max(awake_max);
    let turns = if is_full() { 60 } else { 20 };
    for turn in 0..turns {
        happen(&scratch, &mut dice, (turn, editions));
        day += i32::try_from(dice.roll(28)).unwrap();
        live = live.with_clock(at(day));
        live.reload(&mut |event| {
            assert!(!matches!(event, Event::Problem(_)), "{event:?}");
        })
        .unwrap();
        live.pass(None, &mut |_| {}).unwrap();
        let counts = std::fs::read_to_string(scratch.root().join("rules/board.rules"));
        if !counts.unwrap().contains("Rule M") {
            assert!(live.awake() <= awake_max, "{} are awake", live.awake());
        }
        // Now and then it is stopped, and something happens while nobody looks, also nothing.
        if dice.roll(stops) == 0 {
            let while_off = dice.roll(2) == 0;
            if while_off {
                day += i32::try_from(dice.roll(3)).unwrap();
                happen(&scratch, &mut dice, (1_000 + turn, editions));
            }
            live = match stop {
                Stop::Restarts => {
                    drop(live);
                    start(day).with_awake_max(awake_max)
                }
                Stop::GoesOn => {
                    let mut live = live.with_clock(at(day));
                    live.reload(&mut |_| {}).unwrap();
                    live
                }
            };
        }
    }
    drop(live);
    stored(&scratch)
}

fn stored(scratch: &Scratch) -> Vec<String> {
    let store = scratch.store();
    let tables = [
        "SELECT * FROM verdict ORDER BY 1, 2, 3",
        "SELECT * FROM finding_version ORDER BY 1, 2, 3, 4, 5",
        "SELECT * FROM index_value ORDER BY number",
        "SELECT organization, recipient, kind, subject_key, window, subject, raw, created_at
         FROM outbox ORDER BY id",
        "SELECT * FROM ledger ORDER BY number",
    ];
    let mut lines = Vec::new();
    for sql in tables {
        let mut rows = store.prepare(sql).unwrap();
        let columns = rows.column_count();
        let line = |row: &rusqlite::Row<'_>| {
            let values = (0..columns).map(|at| row.get::<_, Value>(at));
            let value = |value| match value {
                Value::Blob(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                value => format!("{value:?}"),
            };
            let values = values.map(|read| read.map(value));
            Ok(values.collect::<Result<Vec<_>, _>>()?.join(" "))
        };
        let read: Result<Vec<String>, rusqlite::Error> =
            rows.query_map([], line).unwrap().collect();
        lines.extend(read.unwrap());
    }
    lines
}

/// Row by row, and of the first that differ the lines that do.
fn assert_same(seed: u64, rows: &[String], others: &[String]) {
    for (row, other) in rows.iter().zip(others) {
        let lines = row.lines().zip(other.lines()).filter(|(one, other)| one != other);
        let lines: Vec<(&str, &str)> = lines.take(5).collect();
        let head: String = row.chars().take(200).collect();
        assert!(row == other, "seed {seed}: {head}\n{lines:#?}");
    }
    assert_eq!(rows.len(), others.len(), "seed {seed}");
}

#[test]
fn whoever_sleeps_everything_comes_out_the_same() {
    for seed in seeds(1, 40) {
        let life = Life {
            seed: seed * 7919,
            awake_max: usize::MAX,
            stop: Stop::Restarts,
            stops: 10,
            editions: EDITIONS.len(),
        };
        let awake = lived(life);
        assert!(awake.len() > 100, "little happened: {}", awake.len());
        let some: &[usize] = if is_full() { &[0, 1, 3] } else { &[1] };
        for &awake_max in some {
            let asleep = lived(Life { awake_max, ..life });
            assert_same(seed, &awake, &asleep);
        }
    }
}

#[test]
fn however_often_it_is_started_everything_comes_out_the_same() {
    for seed in seeds(3, 100) {
        // Where rules count members a start judges all anew: of a day that was missed it may
        // say what it is told of on another.
        let life = Life {
            seed: seed * 104_729,
            awake_max: 1,
            stop: Stop::GoesOn,
            stops: 2,
            editions: 3,
        };
        let never = lived(life);
        let often = lived(Life { stop: Stop::Restarts, ..life });
        assert!(never.len() > 100, "little happened: {}", never.len());
        assert_same(seed, &never, &often);
    }
}

/// A network of three that was judged, at noon of a day.
fn judged() -> Scratch {
    judged_by(EDITIONS[0])
}

fn judged_by(rules: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.write("rules/board.rules", rules);
    for id in &ORGANIZATIONS[..3] {
        scratch.organization(id);
        scratch.drop_paper(id, "minutes.md", minutes("3 March 2026"));
    }
    start_and_pass(&scratch, "2026-05-20");
    scratch
}

/// How many verdicts a start and its first pass reckon, at noon.
fn start_and_pass(scratch: &Scratch, day: &str) -> u64 {
    let clock = Clock::set_to(&format!("{day}T12:00:00Z")).unwrap();
    let mut live = Live::start(scratch.root(), clock).unwrap();
    live.pass(None, &mut |_| {}).unwrap();
    live.judgements()
}

/// Two rules for each of three.
const ALL: u64 = 6;

#[test]
fn a_start_judges_nobody_to_whom_nothing_happened() {
    let scratch = judged();
    assert_eq!(start_and_pass(&scratch, "2026-05-20"), 0);
    assert_eq!(start_and_pass(&scratch, "2026-05-21"), 0, "nothing was due");
}

#[test]
fn a_start_judges_those_to_whom_something_happened() {
    let scratch = judged();
    scratch.drop_paper("amal", "more.md", minutes("4 May 2026"));
    assert!((1..=2).contains(&start_and_pass(&scratch, "2026-05-20")), "a paper");
    let other = "name = { en = \"Amal\", ar = \"أمل\" }\njoined = 2024-01-01\n";
    scratch.write("organizations/amal/organization.toml", other);
    assert_eq!(start_and_pass(&scratch, "2026-05-20"), 2, "a register");
    let waiver = "[[waivers]]\norganization = \"nour\"\nrulebook = \"board\"\nrule = \"G\"\nfrom = 2026-01-01\n\
                  to = 2026-12-31\ngranted_by = \"the council\"\nwhy = \"Closed.\"\n";
    scratch.write("waivers.toml", waiver);
    assert_eq!(start_and_pass(&scratch, "2026-05-20"), 2, "a waiver");
    assert_eq!(start_and_pass(&scratch, "2026-05-20"), 0, "nothing");
    scratch.write("rules/board.rules", EDITIONS[1]);
    assert!(start_and_pass(&scratch, "2026-05-20") >= ALL, "rules");
    assert!(start_and_pass(&scratch, "2027-05-20") >= ALL, "a year");
    assert_eq!(start_and_pass(&scratch, "2027-05-20"), 0, "nothing again");
}

#[test]
fn a_paper_that_is_read_again_is_judged_on_the_day() {
    let scratch = judged_by(EDITIONS[1]);
    let days = || {
        let store = scratch.store();
        let mut days = store
            .prepare("SELECT as_of FROM index_value WHERE organization = 'amal' ORDER BY number")
            .unwrap();
        let days = days.query_map([], |row| row.get(0)).unwrap();
        days.collect::<Result<Vec<String>, rusqlite::Error>>().unwrap()
    };
    start_and_pass(&scratch, "2026-05-31");
    let sidecar = "happened = [\"the board met on 10 April 2026\"]\n";
    scratch.drop_paper("amal", "minutes.md.meta.toml", sidecar);
    // The index falls on the 15th and is told on the 16th, before the paper is read again.
    start_and_pass(&scratch, "2026-06-16");
    let after = days();
    let last = after.iter().filter(|day| *day == "2026-06-16").count();
    assert!(last == 2 && after.is_sorted(), "{after:?}");
    // What a start remembers of it is what there was.
    start_and_pass(&scratch, "2026-06-17");
    assert_eq!(days(), after);
}

#[test]
fn what_cannot_be_read_of_the_kept_verdicts_is_judged_anew() {
    let scratch = judged();
    for damage in [
        "UPDATE resume SET verdicts = substr(verdicts, 2)",
        "UPDATE resume SET verdicts = x''",
        "UPDATE resume SET verdicts = cast(x'ff' || substr(verdicts, 2) AS BLOB)",
        "UPDATE resume SET basis = zeroblob(32)",
        "UPDATE resume SET basis = substr(basis, 2)",
        "UPDATE resume SET changed = x'00'",
        "UPDATE resume SET judged_on = judged_on + 400",
        "DELETE FROM resume",
    ] {
        assert_eq!(start_and_pass(&scratch, "2026-05-20"), 0, "before: {damage}");
        scratch.store().execute(damage, []).unwrap();
        assert_eq!(start_and_pass(&scratch, "2026-05-20"), ALL, "{damage}");
    }
}

#[test]
fn no_more_are_awake_than_the_limit_says() {
    let scratch = Scratch::new();
    for at in 0..=ORGANIZATIONS_AWAKE_MAX {
        scratch.organization(&format!("organization-{at:03}"));
    }
    let clock = Clock::set_to("2026-11-21T12:00:00Z").unwrap();
    let mut live = Live::start(scratch.root(), clock).unwrap();
    assert_eq!(live.awake(), 0, "a start puts back nobody's papers");
    live.pass(None, &mut |_| {}).unwrap();
    assert_eq!(live.awake(), ORGANIZATIONS_AWAKE_MAX);
}
