//! Verdicts a second of one core's time, from sentences, with next change and score; and whether
//! one paper costs the same in a network of 100 organizations and of 10,000.
//!
//! Floor: a naive pass over the same facts must read them once; the organizations' entries
//! lie in memory one after another, and reading them all is printed beside.
//!
//! Of an edit and of a day that passes the verdicts alone: what the daemon makes of each that
//! changes is in `benches/network.rs`.
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
use mithaq::index::{self, Contribution, Critical};
use mithaq::judge::{self, Case, Docket, Duty, Profile, View};
use mithaq::norm::{Act, TermId};
use mithaq::organization::FiscalYears;
use mithaq::plan::Book;
use mithaq::timeline::{AsOf, Aspect, Columns, Entry, Folder, Paper, Subject, Timeline};
use mithaq::verdict::{Verdict, Verdicts as Packed};
use mithaq::vocabulary::{self, Vocabulary};
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::Instant;

#[path = "shared/clock.rs"]
mod clock;

use crate::clock::processor_seconds;

/// Twenty-five of them.
const RULES: &str = concat!(
    include_str!("rules/governance.rules"),
    include_str!("rules/looking-back.rules")
);

/// Organizations and entries each: the size at which the study's figures were taken.
const ORGANIZATIONS: usize = 100_000;
const ENTRIES: u32 = 75;
const ROUNDS: usize = 7;
/// Facts that become known one after another.
const FACTS: usize = 2_000;
/// Days that are let pass.
const DAYS: i32 = 30;
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
    let worlds = worlds(&vocabulary, ORGANIZATIONS);
    let verdicts = verdicts_of(&worlds, duties, day);
    memory(&worlds, &verdicts);
    edits(&vocabulary, &worlds, &verdicts, day);
    days(&book, &worlds, verdicts, day);
    drop(worlds);
    for organizations in [1_000, ORGANIZATIONS] {
        facts(&vocabulary, &book, duties, organizations, day);
    }
}

/// One fact that becomes known: the verdicts of the rules that read it with their next changes,
/// the index, and the day on which the organization is due again.
fn facts(
    vocabulary: &Vocabulary,
    book: &Book,
    duties: &[(Docket, Duty<'_>)],
    organizations: usize,
    day: Day,
) {
    let mut worlds = worlds(vocabulary, organizations);
    let mut verdicts = verdicts_of(&worlds, duties, day);
    let mut calendar: BTreeMap<Day, Vec<usize>> = BTreeMap::new();
    let board = vocabulary.id("board").unwrap();
    let index = &book.indexes()[0];
    let mut times = Vec::with_capacity(FACTS);
    for fact in 0..FACTS {
        let at = fact.wrapping_mul(2_654_435_761) % organizations;
        let on = day.plus_days(-(fact as i32 % 300));
        let start = Instant::now();
        let (profile, timeline) = &mut worlds[at];
        let mut entry =
            Entry::new(Subject::new(board, Aspect::Done(Act::Meet)), on, 0, 0);
        (entry.count, entry.of) = (Some(7), Some(9));
        timeline.add(entry);
        timeline.settle();
        let view = View::new(profile, timeline, AsOf::new(day, 0));
        let case = Case::new(&view);
        let nouns = BTreeSet::from([board]);
        let own = &mut verdicts[at];
        for (number, (docket, duty)) in duties.iter().enumerate() {
            if book.reads(number, &nouns) {
                own[number] = docket.verdict_in(duty, &case);
            }
        }
        let parts = index.rules.iter().map(|(number, dimension)| Contribution {
            rule: *number as u32,
            dimension: *dimension,
            weight: book.rule(*number).unwrap().1.weight,
            score: own[*number].score,
            // None of these rules is critical.
            critical: Critical::Free,
        });
        black_box(index::index(&parts.collect::<Vec<_>>(), &index.method));
        let due = own.iter().filter_map(|verdict| verdict.judge_again).min();
        if let Some(due) = due {
            calendar.entry(due).or_default().push(at);
        }
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    println!(
        "one fact, {organizations} organizations: p50 {:.2} µs, p99 {:.1} µs to verdicts, next changes, \
         index and schedule",
        times[FACTS / 2] * 1e6,
        times[FACTS * 99 / 100] * 1e6,
    );
}

/// The verdicts of an organization, by rule.
type Verdicts = Vec<Verdict>;

fn verdicts_of(
    worlds: &[World],
    duties: &[(Docket, Duty<'_>)],
    day: Day,
) -> Vec<Verdicts> {
    let of = |(profile, timeline): &World| {
        let view = View::new(profile, timeline, AsOf::new(day, 0));
        let case = Case::new(&view);
        duties.iter().map(|(docket, duty)| docket.verdict_in(duty, &case)).collect()
    };
    worlds.iter().map(of).collect()
}

/// What an organization takes of memory for the facts as the judge reads them, for its verdicts
/// as they are kept, and for the day on which they are judged again; without what a memory
/// allocator adds, and without the entries with their provenance, of which little is read.
fn memory(worlds: &[World], verdicts: &[Verdicts]) {
    let columns = worlds.iter().filter_map(|(_, timeline)| timeline.columns());
    let facts: usize = columns.map(Columns::bytes).sum();
    let packed = verdicts.iter().map(|own| own.iter().copied().collect());
    let kept: usize = packed.map(|own: Packed| own.bytes()).sum();
    let [facts, kept] = [facts, kept].map(|bytes| bytes / worlds.len());
    println!(
        "memory: {} bytes an organization, {facts} of facts and {kept} of verdicts",
        facts + kept + size_of::<Option<Day>>(),
    );
}

/// An edit of one rule and of all, from the sentences to the list of states that flip, where
/// the states before it are at hand.
fn edits(vocabulary: &Vocabulary, worlds: &[World], before: &[Verdicts], day: Day) {
    let one = RULES.replacen("meets quarterly", "meets monthly", 1);
    let all = format!("Evidence may arrive: 20 days\n{RULES}");
    for (name, rules, numbers) in
        [("one rule", one, 0..1), ("all rules", all, 0..usize::MAX)]
    {
        let mut flips = Vec::new();
        let seconds = median(|| {
            let source = Source::new("rules/bench.rules", &rules);
            let book = Book::new(compile::compile(&[source], vocabulary).0);
            let numbers = numbers.start..numbers.end.min(book.len());
            let edited: Vec<_> = numbers
                .filter_map(|number| Some((number, book.duty(number)?)))
                .map(|(number, duty)| (number, Docket::new(&duty, day), duty))
                .collect();
            flips.clear();
            for (at, ((profile, timeline), before)) in
                worlds.iter().zip(before).enumerate()
            {
                let view = View::new(profile, timeline, AsOf::new(day, 0));
                let case = Case::new(&view);
                let judged = edited.iter().map(|(number, docket, duty)| {
                    let after = docket.verdict_in(duty, &case).state;
                    (at, *number, before[*number].state, after)
                });
                flips.extend(judged.filter(|(.., before, after)| before != after));
            }
            flips.len() as u64
        });
        println!(
            "{name} edited, {} organizations: {:.0} ms to the list of {} flips",
            worlds.len(),
            seconds * 1e3,
            flips.len()
        );
    }
}

/// Days that pass: the verdicts that fall due on each, and when they are due again.
fn days(book: &Book, worlds: &[World], mut verdicts: Vec<Verdicts>, from: Day) {
    let mut due: BTreeMap<Day, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, of_one) in verdicts.iter().enumerate() {
        for (number, verdict) in of_one.iter().enumerate() {
            let again = verdict.judge_again.into_iter();
            again.for_each(|on| due.entry(on).or_default().push((at, number)));
        }
    }
    let first = due.keys().next().copied();
    let mut times: Vec<(f64, usize, usize)> = Vec::new();
    for day in (1..=DAYS).map(|after| from.plus_days(after)) {
        let start = processor_seconds();
        let mut of_day = due.remove(&day).unwrap_or_default();
        // Of one organization one after another, as it lies in memory.
        of_day.sort_unstable();
        let mut dockets: Vec<Option<(Docket, Duty<'_>)>> = vec![None; book.len()];
        let mut flips = 0;
        for each in of_day.chunk_by(|one, other| one.0 == other.0) {
            let (profile, timeline) = &worlds[each[0].0];
            let view = View::new(profile, timeline, AsOf::new(day, 0));
            let case = Case::new(&view);
            for (at, number) in each.iter().copied() {
                let (docket, duty) = dockets[number].get_or_insert_with(|| {
                    let duty = book.duty(number).unwrap();
                    (Docket::new(&duty, day), duty)
                });
                let verdict = docket.verdict_in(duty, &case);
                flips += usize::from(verdict.state != verdicts[at][number].state);
                verdicts[at][number] = verdict;
                let again = verdict.judge_again.into_iter();
                again.for_each(|on| due.entry(on).or_default().push((at, number)));
            }
        }
        times.push((processor_seconds() - start, of_day.len(), flips));
    }
    let all: f64 = times.iter().map(|(seconds, ..)| seconds).sum();
    let [judged, flips] =
        [|it: &(f64, usize, usize)| it.1, |it: &(f64, usize, usize)| it.2]
            .map(|of| times.iter().map(of).sum::<usize>());
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    println!(
        "a day passing, {} organizations: {:.1} ms in the mean of {DAYS}, {:.1} in the median, {:.0} on \
         the longest; {judged} verdicts judged, {flips} flips; nothing before {}",
        worlds.len(),
        all * 1e3 / f64::from(DAYS),
        times[times.len() / 2].0 * 1e3,
        times[times.len() - 1].0 * 1e3,
        first.unwrap(),
    );
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
