//! Whether each known quarter is judged right, with all minutes and with some removed.

use super::Label;
use super::Options;
use super::network;
use super::network::Bodies;
use mithaq::calendar::Cycle;
use mithaq::calendar::Day;
use mithaq::calendar::Period;
use mithaq::compile::Source;
use mithaq::compile::compile;
use mithaq::plan;
use mithaq::plan::Input;
use mithaq::plan::Now;
use mithaq::plan::PaperRead;
use mithaq::shell::clock::Clock;
use mithaq::shell::disk;
use mithaq::shell::live::Live;
use mithaq::shell::reader::Paper;
use mithaq::shell::reader::Reader;
use mithaq::shell::rules::Rules;
use mithaq::timeline::AsOf;
use mithaq::verdict::Slot;
use mithaq::vocabulary;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

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
    let judged = judged(&root, &bodies);
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
    let passed = scanned.and_then(|mut live| live.pass(None).ok());
    match passed {
        Some(pass) => println!(
            "{run}: scanned in {:.1} s, {} events, {} files still settling",
            begun.elapsed().as_secs_f64(),
            pass.events.len(),
            pass.settling
        ),
        None => println!("{run}: the scan failed"),
    }
}

/// The slots of "board meets quarterly" for each organization, by the pure core.
fn judged(root: &Path, bodies: &Bodies) -> BTreeMap<String, Vec<Slot>> {
    let vocabulary = Arc::new(vocabulary::standard());
    let (program, _) = compile(
        &[Source::new("rules/board.rules", "board meets quarterly\n")],
        &vocabulary,
    );
    let mut network = plan::Network::new(Arc::clone(&vocabulary));
    let day = Day::parse("2026-11-21").unwrap_or(Day::LATEST);
    let now = Now { instant: 1_795_262_400, day, days: BTreeMap::new() };
    let mut inputs = vec![Input::Rules(Box::new(program))];
    let Ok(loaded) = mithaq::shell::network::load(root) else { return BTreeMap::new() };
    let reader = Reader::new(&[], &Rules::of(&loaded));
    for (id, (body, joined)) in bodies {
        let organization = mithaq::organization::Organization {
            id: id.clone(),
            organization_type: "association".to_owned(),
            bodies: vec![("board".to_owned(), vec![body.clone()])],
            joined: Some(*joined),
            ..Default::default()
        };
        inputs.push(Input::Organization(Box::new(organization)));
        inputs.extend(papers(root, id, &reader, &now));
        inputs.push(Input::Reconciled { organization: id.clone(), healthy: true });
        inputs.push(Input::Settled { organization: id.clone() });
    }
    drop(plan::step(&mut network, inputs, &now));
    let book = network.shared_book();
    let as_of = AsOf::new(day, now.instant);
    bodies
        .keys()
        .filter_map(|id| {
            let member = network.member(id)?;
            let situation = member.situation(&book, as_of);
            Some((id.clone(), member.slots(&situation, 0)))
        })
        .collect()
}

fn papers(root: &Path, id: &str, reader: &Reader, now: &Now) -> Vec<Input> {
    let folder = root.join("organizations").join(id);
    let stated =
        std::fs::read_to_string(folder.join("organization.toml")).unwrap_or_default();
    let Ok(file) = mithaq::config::organization::read("organization.toml", &stated)
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut open = vec![folder.join("papers")];
    while let Some(at) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&at) else { continue };
        let mut paths: Vec<PathBuf> =
            entries.filter_map(Result::ok).map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let below = path.strip_prefix(folder.join("papers")).unwrap_or(&path);
            let below = below.to_string_lossy().into_owned();
            let reading = {
                let paper =
                    Paper { path: below.as_bytes(), bytes: &bytes, sidecar: None };
                reader.read(&file, &paper, now.day)
            };
            found.push(Input::Paper(Box::new(PaperRead {
                organization: id.to_owned(),
                sha256: disk::sha256(&bytes),
                path: below,
                bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
                received: now.instant,
                received_on: now.day,
                reading,
                replaces: None,
                duplicate_of: None,
            })));
        }
    }
    found
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
