//! What must be so when a life has become calm, found out without the program's memory.

use std::collections::{BTreeMap, BTreeSet};

use mithaq::document::Sha256;
use mithaq::plan::Stored;
use mithaq::plan::{Effect, Input, Network, PaperRead, step};
use mithaq::shell::clock;
use mithaq::shell::network;
use mithaq::shell::register;
use mithaq::shell::register::Zones;
use mithaq::shell::rules::Rules;
use mithaq::shell::store::horizon::Horizon;
use mithaq::shell::store::judgement;
use mithaq::shell::store::ledger::proof;
use mithaq::shell::store::paper;
use rusqlite::Connection;

use super::mail::Server;
use super::world::World;

/// Everything that does not hold.
pub(super) fn complaints(
    rows: &Connection,
    (world, server): (&World, &Server),
    now: i64,
) -> Vec<String> {
    let mut wrong = Vec::new();
    papers(rows, world, &mut wrong);
    receipts(rows, &mut wrong);
    letters(rows, server, &mut wrong);
    verdicts(rows, world, now, &mut wrong);
    let proof = proof::verify(rows).unwrap();
    if let Some(broken) = proof.broken {
        wrong.push(format!("the ledger does not hold: {broken:?}"));
    }
    let sound: String =
        rows.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    if sound != "ok" {
        wrong.push(format!("the store is damaged: {sound}"));
    }
    wrong
}

const ARRIVALS: &str = "SELECT organization, CAST(path AS BLOB), sha256 FROM arrival";

type Row3 = (String, String, Sha256);

fn triples(rows: &Connection, sql: &str) -> BTreeSet<Row3> {
    let mut statement = rows.prepare(sql).unwrap();
    let found = statement.query_map([], |row| {
        let path: Vec<u8> = row.get(1)?;
        let path = String::from_utf8_lossy(&path).into_owned();
        Ok((row.get(0)?, path, Sha256(row.get(2)?)))
    });
    found.unwrap().collect::<Result<_, _>>().unwrap()
}

/// Every version that was there to be seen is on record, once; what lies in the folders is
/// what is known to lie there; nothing else came.
fn papers(rows: &Connection, world: &World, wrong: &mut Vec<String>) {
    let came = triples(rows, ARRIVALS);
    let ignored = |path: &str| path.ends_with(".part");
    for version in &world.seen {
        if !came.contains(version) && !ignored(&version.1) {
            wrong.push(format!("lost: {version:?}"));
        }
    }
    let known = triples(rows, "SELECT organization, path, sha256 FROM file");
    let mut lies = BTreeSet::new();
    for member in &world.members {
        for (name, sha256) in member.lies() {
            if !ignored(name) {
                lies.insert((member.id.clone(), name.to_owned(), sha256));
            }
        }
    }
    for missing in lies.difference(&known) {
        wrong.push(format!("lies there and is not known: {missing:?}"));
    }
    for ghost in known.difference(&lies) {
        wrong.push(format!("is known and does not lie there: {ghost:?}"));
    }
    let twice = "SELECT count(*) FROM (SELECT 1 FROM arrival
                 GROUP BY organization, path, sha256, replaces HAVING count(*) > 1)";
    let twice: i64 = rows.query_row(twice, [], |row| row.get(0)).unwrap();
    if twice > 0 {
        wrong.push(format!("{twice} versions arrived twice"));
    }
    let open =
        "SELECT count(*) FROM arrival a JOIN document d USING (organization, sha256)
                WHERE a.answered = 0 OR d.reading IS NULL";
    let open: i64 = rows.query_row(open, [], |row| row.get(0)).unwrap();
    if open > 0 {
        wrong.push(format!("{open} papers are in no state or have no answer"));
    }
}

/// Every paper is named in a receipt by its hash, or in a letter about what is wrong with it
/// by its path.
fn receipts(rows: &Connection, wrong: &mut Vec<String>) {
    let mut statement = rows
        .prepare(
            "SELECT organization, raw FROM outbox WHERE kind IN ('receipt', 'problem')",
        )
        .unwrap();
    let letters = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))
        .unwrap();
    let mut said = BTreeMap::<String, String>::new();
    for letter in letters {
        let (organization, raw) = letter.unwrap();
        let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
        said.entry(organization).or_default().push_str(&message.body_text(0).unwrap());
    }
    let came = triples(rows, ARRIVALS);
    for (organization, path, sha256) in came {
        let said = said.get(&organization).map_or("", String::as_str);
        if !said.contains(&sha256.to_string()) && !said.contains(&path) {
            wrong.push(format!("no receipt names {path} of {organization}"));
        }
    }
}

/// Every letter has come to its end; what counts as sent was taken, and only what nobody
/// could know of was taken twice, the same and on record.
fn letters(rows: &Connection, server: &Server, wrong: &mut Vec<String>) {
    let mut statement = rows
        .prepare("SELECT message_id, state, phase, raw, kind, reply FROM outbox")
        .unwrap();
    let letters = statement
        .query_map([], |row| {
            Ok((
                (row.get::<_, String>(0)?, row.get::<_, String>(1)?),
                (row.get::<_, String>(2)?, row.get::<_, Vec<u8>>(3)?),
                (row.get::<_, String>(4)?, row.get::<_, String>(5)?),
            ))
        })
        .unwrap();
    let recorded = recorded(rows);
    let mut names = BTreeSet::new();
    for letter in letters {
        let ((name, state), (phase, raw), (kind, reply)) = letter.unwrap();
        let taken = server.taken.get(&name).map_or(&[][..], Vec::as_slice);
        let doubtful = server.doubtful.contains(&name);
        let refused = server.refused.contains(&name);
        let right = match state.as_str() {
            "sent" => !taken.is_empty(),
            "failed" => refused || reply.contains("450") || reply.contains("cut"),
            "dropped" => true,
            "held" => {
                doubtful
                    || reply.starts_with("held:")
                    || reply.contains("stopped after the dot")
            }
            _ => false,
        };
        if !right {
            wrong.push(format!(
                "{kind} {name} is {state} ({reply}), taken {}",
                taken.len()
            ));
        }
        if taken.iter().any(|bytes| *bytes != raw) {
            wrong.push(format!("{kind} {name} was sent in other bytes"));
        }
        if taken.len() > 1 && !(doubtful && phase == "again") {
            wrong.push(format!("{kind} {name} was taken {} times", taken.len()));
        }
        let fates = recorded.get(&name).map_or(&[][..], Vec::as_slice);
        let told = |fate: &str| fates.iter().any(|(state, _)| state == fate);
        if ["sent", "failed", "dropped"].contains(&state.as_str()) && !told(&state) {
            wrong.push(format!(
                "{kind} {name} is {state}, and no entry of the ledger says so"
            ));
        }
        if taken.len() > 1 && !fates.iter().any(|(_, again)| *again) && state == "sent" {
            wrong.push(format!("{kind} {name}: a possible duplicate is not on record"));
        }
        names.insert(name);
    }
    for name in server.taken.keys().filter(|name| !names.contains(*name)) {
        wrong.push(format!("{name} was taken, and no row knows of it"));
    }
}

/// What the ledger says of letters' fates: the state, and whether it was a second sending.
fn recorded(rows: &Connection) -> BTreeMap<String, Vec<(String, bool)>> {
    let mut statement =
        rows.prepare("SELECT detail FROM ledger WHERE kind = 'letter'").unwrap();
    let mut fates = BTreeMap::<String, Vec<(String, bool)>>::new();
    for detail in statement.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let detail: serde_json::Value = serde_json::from_str(&detail.unwrap()).unwrap();
        if let (Some(name), Some(state)) =
            (detail["message_id"].as_str(), detail["state"].as_str())
        {
            let again = detail["possible_duplicate"] == true;
            fates.entry(name.to_owned()).or_default().push((state.to_owned(), again));
        }
    }
    fates
}

/// What is stored of every rule is what judging all of it at once says.
pub(super) fn verdicts(
    rows: &Connection,
    world: &World,
    now: i64,
    wrong: &mut Vec<String>,
) {
    let stored = stored(rows);
    let at_once = at_once(rows, world, now);
    for (rule, said) in &at_once {
        let known = stored.get(rule);
        if known != Some(said) {
            wrong.push(format!(
                "{rule:?} is stored as {known:?} and judged as {said} on {}",
                clock::iso(now)
            ));
        }
    }
    if at_once.len() != stored.len() {
        wrong.push(format!("{} verdicts and {} rows", at_once.len(), stored.len()));
    }
}

type Verdicts = BTreeMap<(String, String), String>;

fn stored(rows: &Connection) -> Verdicts {
    let mut stored = Verdicts::new();
    judgement::each_stored(rows, None, &mut |row| {
        if let Stored::Verdict(row) = row {
            let said = (row.state, row.upcoming, row.score, row.next_change);
            stored.insert((row.organization, row.rule), format!("{said:?}"));
        }
    })
    .unwrap();
    stored
}

fn at_once(rows: &Connection, world: &World, now: i64) -> Verdicts {
    let network = network::load(&world.root).unwrap();
    let rules = Rules::of(&network);
    let zones = Zones::of(&network);
    let mut memory = Network::new(std::sync::Arc::clone(&rules.vocabulary));
    let mut register = vec![Input::Rules(Box::new(rules.program.clone()))];
    for (id, registered) in &network.organizations {
        let organization = register::organization(&network, id, &registered.file);
        register.push(Input::Organization(Box::new(organization)));
    }
    // How far folders could be trusted is what is on record of them.
    let mut statement = rows
        .prepare(
            "SELECT organization, at, unhealthy_since IS NULL FROM folder_seen ORDER BY number",
        )
        .unwrap();
    let seen = statement.query_map([], |row| {
        let (organization, at, healthy) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((at, Input::Reconciled { organization, healthy }))
    });
    let mut inputs: Vec<(i64, Input)> = seen.unwrap().map(Result::unwrap).collect();
    let first = inputs.first().map_or(now, |(at, _)| *at);
    step(&mut memory, register, &zones.now(first));
    paper::each(rows, None, &Horizon::NOW, &mut |told| {
        let arrival = told.arrival;
        let registered = network.organizations.get(&arrival.organization);
        let zone = zones.organization(registered.map(|registered| &registered.file));
        let paper = PaperRead {
            received_on: clock::day_in(arrival.at, zone),
            organization: arrival.organization,
            sha256: arrival.sha256,
            path: arrival.path,
            bytes: arrival.bytes,
            received: arrival.at,
            reading: told.reading,
            replaces: arrival.replaces,
            duplicate_of: arrival.duplicate_of,
            carrier: arrival.carrier,
            encloses: arrival.encloses,
        };
        inputs.push((arrival.at, Input::Paper(Box::new(paper))));
    })
    .unwrap();
    // Of papers that came, and of looks, while the clock was wrong the later ones are the later
    // ones.
    let (mut latest_paper, mut latest_look) = (i64::MIN, i64::MIN);
    for (at, input) in &mut inputs {
        let latest = match input {
            Input::Paper(_) => &mut latest_paper,
            _ => &mut latest_look,
        };
        *latest = (*latest).max(*at);
        *at = *latest;
    }
    inputs.sort_by_key(|(at, _)| *at);
    for (at, input) in inputs {
        step(&mut memory, vec![input], &zones.now(at));
    }
    let settled = network
        .organizations
        .keys()
        .map(|organization| Input::Settled { organization: organization.clone() });
    let effects = step(&mut memory, settled.collect(), &zones.now(now));
    let mut verdicts = Verdicts::new();
    for effect in effects {
        if let Effect::Verdict(row) = effect {
            let said = (row.state, row.upcoming, row.score, row.next_change);
            verdicts.insert((row.organization, row.rule), format!("{said:?}"));
        }
    }
    verdicts
}
