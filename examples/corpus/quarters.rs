//! Whether each known quarter is judged right, with all minutes and with some removed.

use super::Label;
use super::Options;
use super::network;
use super::network::Bodies;
use mithaq::calendar::Cycle;
use mithaq::calendar::Day;
use mithaq::calendar::Period;
use mithaq::shell::clock::Clock;
use mithaq::shell::live::Live;
use mithaq::shell::recall::Looked;
use mithaq::timeline::AsOf;
use mithaq::verdict::Slot;
use std::collections::BTreeMap;
use std::path::Path;

/// One row of `truth.csv`.
#[derive(serde::Deserialize)]
struct Truth {
    org: String,
    body: String,
    granularity: String,
    period: String,
    met: String,
    edge: String,
}

/// The quarters of each organization that the truth knows, and whether its body met.
type Known = BTreeMap<(String, Day), (bool, bool)>;

/// When the network is judged: after every paper of the corpus.
const NOW: &str = "2026-11-21T12:00:00Z";

pub(crate) fn score(run: &str, labels: &[Label], options: &Options) {
    let Some((bodies, mut known)) = truth(options) else {
        println!("no truth.csv in {}", options.corpus.display());
        return;
    };
    let gone =
        if run == "removed" { pick(&known, options.seed) } else { BTreeMap::new() };
    for (organization, quarter) in &gone {
        known.insert((organization.clone(), quarter.from), (false, false));
    }
    let root =
        std::env::temp_dir().join(format!("mithaq-corpus-{}-{run}", std::process::id()));
    let keep = |label: &Label| !is_gone(label, &bodies, &gone);
    if let Err(error) = network::lay_out(&root, &bodies, labels, options, keep) {
        println!("{}: {error}", root.display());
        return;
    }
    scan(run, &root);
    let judged = judged(&root);
    compare(run, options, &known, &judged);
    if let Err(error) = std::fs::remove_dir_all(&root) {
        println!("{} stays: {error}", root.display());
    }
}

fn truth(options: &Options) -> Option<(Bodies, Known)> {
    let mut rows = csv::Reader::from_path(options.corpus.join("truth.csv")).ok()?;
    let (mut bodies, mut known) = (Bodies::new(), Known::new());
    for row in rows.deserialize::<Truth>().filter_map(Result::ok) {
        if row.granularity != "quarter" || row.met == "uncertain" {
            continue;
        }
        let quarter = quarter(&row.period)?;
        let known_body =
            bodies.entry(row.org.clone()).or_insert((row.body, quarter.from));
        known_body.1 = known_body.1.min(quarter.from);
        known.insert((row.org, quarter.from), (row.met == "yes", !row.edge.is_empty()));
    }
    Some((bodies, known))
}

/// `2020-Q3` as its days.
fn quarter(text: &str) -> Option<Period> {
    let (year, number) = text.split_once("-Q")?;
    let month = number.parse::<u8>().ok()? * 3;
    Some(Period::holding(Day::from_ymd(year.parse().ok()?, month, 1)?, Cycle::Quarter))
}

/// One quarter with meetings of each organization, not the first or last, by the seed.
fn pick(known: &Known, seed: u64) -> BTreeMap<String, Period> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut by: BTreeMap<String, Vec<Day>> = BTreeMap::new();
    for ((organization, from), (met, edge)) in known {
        if *met && !*edge {
            by.entry(organization.clone()).or_default().push(*from);
        }
    }
    by.into_iter()
        .filter_map(|(organization, quarters)| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            // The first and the last quarter of a record bound it.
            let inner = quarters.get(1..quarters.len().saturating_sub(1))?;
            let count = u64::try_from(inner.len()).ok().filter(|count| *count > 0)?;
            let from = *inner.get(usize::try_from(state % count).ok()?)?;
            Some((organization, Period::holding(from, Cycle::Quarter)))
        })
        .collect()
}

fn is_gone(label: &Label, bodies: &Bodies, gone: &BTreeMap<String, Period>) -> bool {
    let day = Day::parse(&label.meeting_date);
    let quarter = gone
        .get(&label.org)
        .filter(|_| bodies.get(&label.org).is_some_and(|(body, _)| *body == label.body));
    day.zip(quarter).is_some_and(|(day, quarter)| quarter.contains(day))
}

/// The real scan of the folder, for its time and what became of the files.
fn scan(run: &str, root: &Path) {
    let begun = std::time::Instant::now();
    let clock = Clock::set_to(NOW);
    let scanned = clock.ok().and_then(|clock| Live::start(root, clock).ok());
    let passed = scanned.and_then(|mut live| live.pass(None, &mut |_| {}).ok());
    match passed {
        Some(pass) => println!(
            "{run}: scanned in {:.1} s, {} events, {} files still settling",
            begun.elapsed().as_secs_f64(),
            pass.events,
            pass.settling
        ),
        None => println!("{run}: the scan failed"),
    }
}

/// The slots of "board meets quarterly" for each organization, from what the scan stored.
fn judged(root: &Path) -> BTreeMap<String, Vec<Slot>> {
    let Ok(clock) = Clock::set_to(NOW) else { return BTreeMap::new() };
    let now = clock.now();
    let Ok(looked) = Looked::at(root, now, i64::MAX) else { return BTreeMap::new() };
    let book = looked.memory.shared_book();
    let as_of = AsOf::new(looked.zones.now(now).day, now);
    looked
        .memory
        .members()
        .map(|member| {
            let slots = member.slots(&member.situation(&book, as_of), 0);
            (member.organization().id.clone(), slots)
        })
        .collect()
}

fn compare(
    run: &str,
    options: &Options,
    known: &Known,
    judged: &BTreeMap<String, Vec<Slot>>,
) {
    let (mut right, mut edges) = (0, 0);
    let mut all = 0;
    for ((organization, from), (met, edge)) in known {
        let slots = judged.get(organization).map(Vec::as_slice).unwrap_or_default();
        let Some(slot) = slots.iter().find(|slot| slot.from == *from) else {
            edges += usize::from(*edge);
            if !*edge {
                all += 1;
                println!("{run} QUARTER {organization} {from} was not judged");
            }
            continue;
        };
        all += 1;
        let is = if *met { slot.state.is_met() } else { slot.state.is_not_met() };
        right += usize::from(is);
        if !is || (options.misses && run == "removed" && !*met) {
            println!(
                "{run} QUARTER {organization} {from} is {} (met: {met})",
                slot.state.name()
            );
        }
    }
    println!(
        "{run}: quarters {right} of {all}, {edges} at the edge of a record not judged"
    );
}
