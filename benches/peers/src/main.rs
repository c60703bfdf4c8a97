//! GOV-25 in regorus, cel, SQLite, plain Rust and Mithaq: one run, the same facts, every
//! verdict compared, and what each costs in processor time.
//!
//!     cargo run --release --manifest-path benches/peers/Cargo.toml [-- ORGANIZATIONS]

use mithaq::judge::Case;
use std::hint::black_box;
use std::time::Instant;

#[path = "../../shared/clock.rs"]
mod clock;

mod cels;
mod facts;
mod naive;
mod ours;
mod rego;
mod sqlite;
mod workload;

use crate::clock::processor_seconds;
use crate::workload::Org;

/// The rules that every engine is asked, in this order: without R14, R18 and R25, which our
/// language cannot say (README.md tells why).
pub const ASKED: [usize; 22] =
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 20, 21, 22, 23, 24];

/// The verdicts of one organization on the rules asked.
pub type Row = [u8; ASKED.len()];

const ORGANIZATIONS: usize = 1_000;
const ROUNDS: usize = 5;

/// Organizations that Mithaq judges one rule after the other: what is known of them stays in
/// the nearest caches of a core.
const PORTION: usize = 128;

fn main() {
    let count = std::env::args().nth(1).and_then(|it| it.parse().ok());
    let orgs = workload::organizations(workload::SEED, count.unwrap_or(ORGANIZATIONS));
    let events: usize = orgs.iter().map(|org| org.events.len()).sum();
    println!(
        "{} organizations, {events} events, {} rules, medians of {ROUNDS} passes",
        orgs.len(),
        ASKED.len()
    );
    let plain =
        timed("plain Rust", &orgs, |orgs| move || orgs.iter().map(by_hand).collect());
    let regorus = timed("regorus", &orgs, |orgs| {
        let mut engine = rego::Engine::load(orgs);
        move || engine.verdicts()
    });
    let cel = timed("cel", &orgs, |orgs| {
        let engine = cels::Engine::load(orgs);
        move || engine.verdicts()
    });
    let sqlite = timed("SQLite", &orgs, |orgs| {
        let engine = sqlite::Engine::load(orgs);
        move || engine.verdicts()
    });
    let (ours, told) = ours::Ours::read();
    assert!(told.is_empty(), "the sentences are not read: {told:?}");
    let duties = ours.duties();
    let numbers: Vec<usize> = duties.iter().map(|it| it.rule).collect();
    assert_eq!(numbers, ASKED, "the rulebook has other rules");
    let own = timed("Mithaq", &orgs, |orgs| {
        let worlds: Vec<ours::World> = orgs.iter().map(|org| ours.world(org)).collect();
        let (ours, duties) = (&ours, &duties);
        move || worlds.chunks(PORTION).flat_map(|some| rows(ours, duties, some)).collect()
    });
    for other in [&regorus, &cel, &sqlite, &own] {
        agree(&plain, other);
    }
    println!("all agree on {} verdicts", orgs.len() * ASKED.len());
    for other in [&regorus, &cel, &sqlite, &plain] {
        println!("{:.2}× {}", other.seconds / own.seconds, other.name);
    }
    let fastest = [&regorus, &cel, &sqlite].map(|it| it.seconds);
    let fastest = fastest.into_iter().fold(f64::INFINITY, f64::min);
    println!("{:.2}× the fastest of the three", fastest / own.seconds);
    let worlds: Vec<ours::World> = orgs.iter().map(|org| ours.world(org)).collect();
    for duty in &duties {
        let one = || -> usize {
            let state = |world| duty.state(&Case::new(&ours.view(world)));
            let states = worlds.iter().map(state);
            states.filter(|state| state.is_met()).count()
        };
        let all = median(|| {
            black_box(one());
        });
        let each = all / worlds.len() as f64;
        println!("  R{:02} {:8.0} ns", duty.rule, each * 1e9);
    }
}

/// What an engine said, and the time that one pass over all organizations took.
struct Run {
    name: &'static str,
    rows: Vec<Row>,
    seconds: f64,
}

/// Loads an engine, which is told apart, and lets it judge all organizations several times.
fn timed<'o, P>(
    name: &'static str,
    orgs: &'o [Org],
    load: impl FnOnce(&'o [Org]) -> P,
) -> Run
where
    P: FnMut() -> Vec<Row>,
{
    let start = processor_seconds();
    let mut pass = load(orgs);
    let loaded = processor_seconds() - start;
    let rows = pass();
    let seconds = median(|| {
        black_box(pass());
    });
    let verdicts = (orgs.len() * ASKED.len()) as f64;
    println!(
        "{name:10} {:9.3} M verdicts/s, {:9.2} µs an organization; loaded in {:.2} s",
        verdicts / seconds / 1e6,
        seconds / orgs.len() as f64 * 1e6,
        loaded
    );
    Run { name, rows, seconds }
}

/// The median of the processor time of one run. The kernel counts it in steps of some
/// milliseconds: what is shorter is done often enough to take a hundred.
fn median(mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    run();
    let once = start.elapsed().as_secs_f64().max(1e-7);
    let often = (0.1 / once).ceil().max(1.0);
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = processor_seconds();
            (0..often as usize).for_each(|_| run());
            (processor_seconds() - start) / often
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn by_hand(org: &Org) -> Row {
    let all = naive::verdicts(org);
    ASKED.map(|rule| all[rule - 1])
}

/// The verdicts of a portion of organizations, one rule after the other: what a rule is
/// judged by is at hand then for all of them.
fn rows(ours: &ours::Ours, duties: &[ours::Asked<'_>], some: &[ours::World]) -> Vec<Row> {
    let views: Vec<_> = some.iter().map(|world| ours.view(world)).collect();
    let cases: Vec<_> = views.iter().map(Case::new).collect();
    let mut rows = vec![[u8::MAX; ASKED.len()]; some.len()];
    for (place, duty) in duties.iter().enumerate() {
        for (row, case) in rows.iter_mut().zip(&cases) {
            row[place] = ours::verdict(duty.state(case)).unwrap_or(u8::MAX);
        }
    }
    rows
}

/// Stops at the first verdict on which two differ.
fn agree(one: &Run, other: &Run) {
    for (number, (left, right)) in one.rows.iter().zip(&other.rows).enumerate() {
        for (place, rule) in ASKED.iter().enumerate() {
            assert_eq!(
                left[place], right[place],
                "organization {number}, R{rule:02}: {} and {} differ",
                one.name, other.name
            );
        }
    }
    assert_eq!(one.rows.len(), other.rows.len());
}
