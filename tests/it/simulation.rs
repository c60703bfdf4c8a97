//! Years of a network in seconds: the real pass, store and outbox under a seeded world in
//! which people drop and rename papers, shares vanish, the mail server is silent after the
//! dot, the disk is full and the machine stops between any two effects.
//!
//! A life that comes out wrong names its seed: `MITHAQ_SIMULATION_SEED=17` lives it again.
//! `MITHAQ_SIMULATION_SEEDS=500` lives so many; seed and program are the life.

mod dice;
mod life;
mod machine;
mod mail;
mod oracle;
mod planted;
mod world;

use crate::scratch::is_full;
use life::{Life, Lived};
use planted::Planted;

/// Organizations of one network, and how long it lives: fifty years of organizations a seed.
const MEMBERS: usize = 25;
const DAYS: i64 = 731;
/// A thousand years of organizations.
const SEEDS: u64 = 20;
const SEEDS_FULL: u64 = 1_000;

/// Seeds within which a planted bug has to be found.
const GATE: u64 = 20;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn of_seed(seed: u64) -> Life {
    Life { seed, members: MEMBERS, days: DAYS, planted: Planted::Nothing }
}

/// Tells which seed it was, whatever ends it.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("MITHAQ_SIMULATION_SEED={} lives it again", self.0);
        }
    }
}

fn lived(life: Life) -> Lived {
    let _named = Named(life.seed);
    let lived = life.live();
    assert!(
        lived.complaints.is_empty(),
        "seed {}, stopped at {:?}:\n{}",
        life.seed,
        lived.stopped_at,
        lived.complaints.join("\n")
    );
    lived
}

#[test]
fn a_thousand_years_of_organizations_lose_nothing_and_tell_nothing_twice() {
    if let Some(seed) = number("MITHAQ_SIMULATION_SEED") {
        println!("{:?}", lived(of_seed(seed)));
        return;
    }
    let seeds = if is_full() { SEEDS_FULL } else { SEEDS };
    let seeds = number("MITHAQ_SIMULATION_SEEDS").unwrap_or(seeds);
    let half = |odd: u64| -> Vec<Lived> {
        (0..seeds)
            .filter(|seed| seed % 2 == odd)
            .map(|seed| lived(of_seed(seed)))
            .collect()
    };
    let lives: Vec<Lived> = std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut lives = half(0);
        lives.extend(other.join().expect("a life that came out wrong"));
        lives
    });
    let sum = |of: &dyn Fn(&Lived) -> u64| lives.iter().map(of).sum::<u64>();
    let (stops, points) = (sum(&|one| u64::from(one.stops)), sum(&|one| one.points));
    let (letters, twice) = (sum(&|one| one.letters), sum(&|one| one.twice as u64));
    println!(
        "{} organization-years, {stops} stops at {points} points, {} happenings, \
         {letters} letters, {} in doubt, {twice} taken twice",
        seeds * MEMBERS as u64 * DAYS as u64 / 365,
        sum(&|one| u64::from(one.happenings)),
        sum(&|one| one.doubtful as u64),
    );
    assert!(stops > seeds && letters > 100 * seeds, "little happened");
}

#[test]
fn a_seed_is_a_life() {
    let life = Life { days: 200, ..of_seed(7) };
    let (one, other) = (lived(life), lived(life));
    assert_eq!(one, other);
    assert_ne!(one.head, lived(Life { seed: 8, ..life }).head);
}

#[test]
fn every_planted_bug_is_caught() {
    for planted in Planted::ALL {
        let caught = (0..GATE).find_map(|seed| {
            let life = Life { seed, members: 6, days: 250, planted };
            life.live().complaints.first().map(|said| (seed, said.clone()))
        });
        let (seed, said) = caught
            .unwrap_or_else(|| panic!("{planted:?} was not caught in {GATE} lives"));
        println!("{planted:?}: seed {seed}: {said}");
    }
}
