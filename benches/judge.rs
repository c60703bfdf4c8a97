//! Verdicts a second of one core's time, from sentences, with next change and score; and whether
//! one paper costs the same in a network of 100 organizations and of 10,000.
//!
//! Floor: a naive pass over the same facts must read them once; the organizations' entries
//! lie in memory one after another, and reading them all is printed beside.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::field_reassign_with_default,
    clippy::unwrap_used,
    reason = "a bench measures the clock and prints what it measured"
)]

use mithaq::calendar::Day;
use mithaq::compile::{self, Source};
use mithaq::document::Sha256;
use mithaq::judge::{self, Case, Docket, Duty, Profile, View};
use mithaq::norm::{Act, TermId};
use mithaq::organization::FiscalYears;
use mithaq::plan::Book;
use mithaq::timeline::{AsOf, Aspect, Entry, Folder, Paper, Subject, Timeline};
use mithaq::verdict::Verdict;
use mithaq::vocabulary::{self, Vocabulary};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

#[path = "shared/clock.rs"]
mod clock;

use crate::clock::processor_seconds;

const RULES: &str = include_str!("rules/governance.rules");

/// Organizations and entries each: the size at which the study's figures were taken.
const ORGANIZATIONS: usize = 100_000;
const ENTRIES: u32 = 75;
const ROUNDS: usize = 7;
/// Times that the few organizations are judged of which each rule is timed alone.
const PASSES: usize = 500;

fn main() {
    let vocabulary = vocabulary::standard();
    let (program, diagnostics) =
        compile::compile(&[Source::new("rules/bench.rules", RULES)], &vocabulary);
    for diagnostic in &diagnostics {
        println!("left out: {} {}", diagnostic.code, diagnostic.message[0]);
    }
    let book = Book::new(program);
    let day = Day::parse("2026-06-15").unwrap();
    let all: Vec<_> = (0..book.len())
        .filter_map(|number| book.duty(number))
        .map(|duty| (Docket::new(&duty, day), duty))
        .collect();
    let duties = all.as_slice();
    for organizations in [1_000, ORGANIZATIONS] {
        let worlds = worlds(&vocabulary, organizations);
        // As many passes as it takes to judge as much, whatever the size of the network.
        let passes = ORGANIZATIONS / organizations;
        let often = |run: &dyn Fn() -> u64| (0..passes).map(|_| run()).sum();
        let verdicts = (passes * worlds.len() * duties.len()) as f64;
        let judged = median(|| often(&|| pass(&worlds, duties, day)));
        let long = median(|| often(&|| long_pass(&worlds, duties, day)));
        let read = median(|| often(&|| read(&worlds)));
        let halves = worlds.split_at(worlds.len() / 2);
        let begun = Instant::now();
        let both = median(|| {
            std::thread::scope(|scope| {
                let half =
                    |half| move || (0..passes).map(|_| pass(half, duties, day)).sum();
                let other = scope.spawn::<_, u64>(half(halves.0));
                let own: u64 = half(halves.1)();
                own + other.join().unwrap()
            })
        });
        let wall = begun.elapsed().as_secs_f64() / ROUNDS as f64;
        println!(
            "rules {}, organizations {organizations}, entries {ENTRIES} each",
            duties.len(),
        );
        println!(
            "judge: {:.2} M verdicts/s, {:.0} ns each; the long way {:.0} ns each, {:.1}×",
            verdicts / judged / 1e6,
            judged / verdicts * 1e9,
            long / verdicts * 1e9,
            long / judged,
        );
        println!(
            "floor: reading every entry once takes {:.1} % of that",
            read / judged * 100.0
        );
        println!(
            "two threads: {:.2}× of one by processor time, {:.2} M verdicts/s by the wall",
            judged / both,
            verdicts / wall / 1e6,
        );
    }
    each_rule(&book, duties, &worlds(&vocabulary, 200), day);
}

/// What each rule costs where the caches hold everything.
fn each_rule(book: &Book, duties: &[(Docket, Duty<'_>)], worlds: &[World], day: Day) {
    let as_of = AsOf::new(day, 0);
    for ((docket, duty), number) in duties.iter().zip(0..) {
        let one = median(|| {
            let views =
                || worlds.iter().map(|(profile, known)| View::new(profile, known, as_of));
            let judged = |view: View<'_>| docket.verdict(duty, &view).score.is_some();
            (0..PASSES)
                .flat_map(|_| views().map(judged))
                .map(|any| u64::from(black_box(any)))
                .sum()
        });
        let (_, rule) = book.rule(number).unwrap();
        println!(
            "  {:5.0} ns  {}",
            one / (PASSES * worlds.len()) as f64 * 1e9,
            rule.text
        );
    }
}

type World = (Profile, Timeline);

/// Judges every organization by every rule.
fn pass(worlds: &[World], duties: &[(Docket, Duty<'_>)], day: Day) -> u64 {
    count(worlds, duties, day, Docket::verdict_in)
}

/// The same slot by slot.
fn long_pass(worlds: &[World], duties: &[(Docket, Duty<'_>)], day: Day) -> u64 {
    count(worlds, duties, day, |_, duty, case| judge::verdict(duty, case.view()))
}

fn count(
    worlds: &[World],
    duties: &[(Docket, Duty<'_>)],
    day: Day,
    judge: impl Fn(&Docket, &Duty<'_>, &Case<'_>) -> Verdict,
) -> u64 {
    let mut changes = 0;
    for (profile, timeline) in worlds {
        let view = View::new(profile, timeline, AsOf::new(day, 0));
        let case = Case::new(&view);
        for (docket, duty) in duties {
            let verdict = black_box(judge(docket, duty, &case));
            changes += u64::from(verdict.next_change.is_some());
        }
    }
    changes
}

fn read(worlds: &[World]) -> u64 {
    let entries = worlds.iter().flat_map(|(_, timeline)| timeline.entries());
    black_box(entries.map(|entry| u64::from(entry.day.0.unsigned_abs())).sum())
}

/// So many organizations, their papers laid out one after another.
fn worlds(vocabulary: &Vocabulary, organizations: usize) -> Vec<World> {
    let mut worlds: Vec<World> =
        (0..organizations).map(|seed| world(vocabulary, seed as u64)).collect();
    for (_, timeline) in &mut worlds {
        timeline.settle();
    }
    worlds
}

/// The median of the processor time that a run takes, in seconds: other work on the machine
/// lengthens the clock's time and not this.
fn median(mut run: impl FnMut() -> u64) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = processor_seconds();
            black_box(run());
            processor_seconds() - start
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

/// Three years of an organization's life, the same for the same seed.
fn world(vocabulary: &Vocabulary, seed: u64) -> (Profile, Timeline) {
    let term = |name: &str| vocabulary.id(name).unwrap_or(TermId(u16::MAX >> 1));
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
    let start = Day::parse("2023-06-15").unwrap();
    let kinds = [
        (term("board"), Aspect::Done(Act::Meet)),
        (term("board"), Aspect::Done(Act::Meet)),
        (term("board"), Aspect::Done(Act::Meet)),
        (term("general_assembly"), Aspect::Done(Act::Meet)),
        (term("finance_committee"), Aspect::Done(Act::Meet)),
        (term("audited_accounts"), Aspect::Done(Act::Publish)),
        (term("annual_report"), Aspect::Done(Act::Publish)),
        (term("annual_report"), Aspect::Done(Act::Prepare)),
        (term("conflict_of_interest_policy"), Aspect::Done(Act::Adopt)),
        (term("registration_certificate"), Aspect::Done(Act::Validate)),
        (term("board"), Aspect::Size),
    ];
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    timeline.papers_mut().push(Paper {
        sha256: Sha256([0; 32]),
        path: "minutes and reports".into(),
        received: 0,
        contains: BTreeSet::new(),
        passages: Box::default(),
    });
    for _ in 0..ENTRIES {
        let (noun, aspect) = kinds[random.below(kinds.len() as u64) as usize];
        let day = start.plus_days(random.below(1096) as i32);
        let mut entry = Entry::new(Subject::new(noun, aspect), day, 0, 0);
        entry.count = Some(random.below(12) as u16);
        entry.of = Some(9);
        if matches!(aspect, Aspect::Done(Act::Publish)) {
            entry.about = Day::from_ymd(day.year() - 1, 12, 31);
        }
        timeline.add(entry);
    }
    let profile = Profile {
        start: Some(Day::parse("2019-03-01").unwrap()),
        fiscal_years: FiscalYears::default(),
        ..Profile::default()
    };
    (profile, timeline)
}

/// splitmix64
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}
