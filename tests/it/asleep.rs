//! Organizations whose papers are out of memory: whoever sleeps, the store, the letters and
//! the ledger come out the same to the byte.

use mithaq::limits::ORGANIZATIONS_AWAKE_MAX;
use mithaq::shell::clock::Clock;
use mithaq::shell::live::Live;

use crate::scratch::{Scratch, cases, is_full, minutes};

const ORGANIZATIONS: [&str; 5] = ["amal", "karama", "nour", "sanad", "wafa"];

/// Rules as they are edited: a rhythm, a state that lasts, a deadline, a finding's answer; a
/// rule that is changed, one that is added, and one that counts the members.
const EDITIONS: [&str; 4] = [
    "Rule B: board meets quarterly\n  Severity: critical\nRule G: general assembly meets annually\n",
    "Rule B: board meets monthly\nRule G: general assembly meets annually\nRule Q: board quorum is at least 5 members\n",
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
fn happen(scratch: &Scratch, dice: &mut Dice, turn: u64) {
    let id = dice.of(&ORGANIZATIONS);
    let months = ["January", "March", "May", "August", "October", "December"];
    let day = format!("{} {} 2026", 1 + dice.roll(28), dice.of(&months));
    match dice.roll(10) {
        0..=3 => scratch.drop_paper(id, &format!("minutes-{turn}.md"), minutes(&day)),
        // Another version of a paper that may be there.
        4 => scratch.drop_paper(id, "minutes.md", minutes(&day)),
        5 => {
            let last = EDITIONS.len() as u64;
            let edition = usize::try_from(dice.roll(last)).unwrap();
            scratch.write("rules/board.rules", EDITIONS[edition]);
        }
        6 => {
            let waiver = format!(
                "[[waivers]]\norganization = \"{id}\"\nrule = \"B\"\nfrom = 2026-0{}-01\n\
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

/// Everything that is stored of a life of two years, in which so many are awake at most.
fn lived(seed: u64, awake_max: usize) -> Vec<String> {
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
        happen(&scratch, &mut dice, turn);
        day += i32::try_from(dice.roll(28)).unwrap();
        live = live.with_clock(at(day));
        live.reload(&mut |_| {}).unwrap();
        live.pass(None, &mut |_| {}).unwrap();
        let counts = std::fs::read_to_string(scratch.root().join("rules/board.rules"));
        if !counts.unwrap().contains("Rule M") {
            assert!(live.awake() <= awake_max, "{} are awake", live.awake());
        }
        // Now and then it is started again.
        if dice.roll(10) == 0 {
            drop(live);
            live = start(day).with_awake_max(awake_max);
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
            let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
            let values: Vec<_> = values.collect::<Result<_, _>>()?;
            Ok(format!("{values:?}"))
        };
        let read: Result<Vec<String>, rusqlite::Error> =
            rows.query_map([], line).unwrap().collect();
        lines.extend(read.unwrap());
    }
    lines
}

#[test]
fn whoever_sleeps_everything_comes_out_the_same() {
    for seed in 1..=u64::from(cases(1, 40)) {
        let awake = lived(seed * 7919, usize::MAX);
        assert!(awake.len() > 100, "little happened: {}", awake.len());
        let some: &[usize] = if is_full() { &[0, 1, 3] } else { &[1] };
        for &awake_max in some {
            let asleep = lived(seed * 7919, awake_max);
            let differs = awake.iter().zip(&asleep).find(|(one, other)| one != other);
            assert_eq!(differs, None, "seed {seed}, {awake_max} awake");
            assert_eq!(awake.len(), asleep.len(), "seed {seed}, {awake_max} awake");
        }
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
