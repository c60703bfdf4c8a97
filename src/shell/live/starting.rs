//! Taking a network: starting is recovering, whatever ended the process before.
//!
//! The store is checked beside it. Until it is known to be whole nothing is written, and the
//! first pass is not over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use crate::config::Problem;
use crate::limits;
use crate::plan;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::clock::Clock;
use crate::shell::disk;
use crate::shell::judged::Judged;
use crate::shell::live::memory::{last_good, last_seen};
use crate::shell::live::moving::Silent;
use crate::shell::live::{BUSY, Event, Live, brake, memory, reader};
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::outbox;
use crate::shell::register;
use crate::shell::register::Zones;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::anew;
use crate::shell::store::check;
use crate::shell::store::check::Check;
use crate::shell::store::setting;
use crate::shell::store::source;
use crate::shell::store::writer;

/// Tries at the lock, 50 ms apart: a second instance is refused within a second.
const LOCK_TRIES: u32 = 15;

impl Live {
    /// Takes the network, reads what people wrote and remembers what was stored.
    ///
    /// # Errors
    /// When somebody else has it, its settings are wrong, or the store cannot be used.
    pub fn start(root: &Path, clock: Clock) -> Result<Live, Vec<Problem>> {
        Live::start_at(root, Place::of_network(root), clock)
    }

    /// As [`Live::start`], with the store somewhere else: a rehearsal on a copy.
    ///
    /// # Errors
    /// As there.
    pub fn start_at(
        root: &Path,
        place: Place,
        clock: Clock,
    ) -> Result<Live, Vec<Problem>> {
        let network = network::load(root)?;
        Live::start_with(network, place, clock).map_err(|error| {
            vec![Problem::of_file(".mithaq", error.said.english, error.said.arabic)]
        })
    }

    fn start_with(network: Network, place: Place, clock: Clock) -> Result<Live, Error> {
        disk::make_private_folder(&place.folder)?;
        let lock = take(&place)?;
        let connection = store::open(&place)?;
        let check = check::begin(&place)?;
        // What cannot be read is explained by what the check says.
        Live::start_beside(&check, (network, place, clock), (connection, lock))
            .map_err(|error| check.passed().err().unwrap_or(error))
    }

    fn start_beside(
        check: &Check,
        (network, place, clock): (Network, Place, Clock),
        (mut connection, lock): (Connection, disk::Lock),
    ) -> Result<Live, Error> {
        let lost = anew::notice(&place, &mut connection, (clock.now(), check))?;
        let rows = store::open_to_read(&place)?
            .ok_or_else(|| Error::stop("the store vanished", "اختفى المخزن"))?;
        let now = clock.now();
        let recover = move |rows: &Connection| outbox::recover(rows, now);
        let first = Some((check.clone(), Box::new(recover) as writer::First));
        let (writer, _writing) = writer::start_after(connection, first);
        let key = match setting::known_token_key(&rows)? {
            Some(key) => key,
            None => writer.write(setting::token_key)?,
        };
        let change = source::judged_change(&rows)?;
        let half_judged = change != source::last_change(&rows)?;
        let seen = last_seen(&rows, change, &network.root)?;
        let first = seen.is_none();
        let Judged { network, rules, sources } = Judged::of(
            seen.unwrap_or(network),
            last_good(&rows, change.unwrap_or(i64::MAX)),
        )?;
        let sources = first.then_some(sources);
        let zones = Zones::of(&network);
        let sender = register::sender(&network, &zones, key);
        let mut live = Live {
            reader: reader(&network, &rules),
            rules,
            sender,
            zones,
            network,
            clock,
            place,
            memory: plan::Network::new(Arc::default()),
            awake_max: limits::ORGANIZATIONS_AWAKE_MAX,
            bursts: BTreeMap::new(),
            moving: BTreeMap::new(),
            told: BTreeMap::new(),
            silent: Silent::default(),
            host_told: BTreeSet::new(),
            upheaval: brake::Upheaval::default(),
            through: None,
            days: None,
            clock_jumped: false,
            half_judged,
            at_start: Vec::new(),
            check: None,
            writer,
            rows,
            _lock: lock,
        };
        live.mind_the_clock()?;
        if let Some(sources) = sources {
            let now = live.clock.now();
            live.writer.write(move |rows| source::keep(rows, &sources, now))?;
        }
        live.rebuild()?;
        if live.through.is_none() {
            live.begin_counting_days()?;
        }
        // What people wrote while nobody looked is a change like any other.
        let mut events: Vec<Event> = lost.map(memory::older).into_iter().collect();
        live.reload(&mut |event| events.push(event))?;
        live.at_start = events;
        live.check = Some(check.clone());
        Ok(live)
    }
}

/// Takes the lock. One that was killed a moment ago may still hold it through a child that
/// is about to go, so that a restart has some patience.
fn take(place: &Place) -> Result<disk::Lock, Error> {
    for _ in 0..LOCK_TRIES {
        if let Some(lock) = disk::lock(&place.lock_file())? {
            return Ok(lock);
        }
        clock::wait(std::time::Duration::from_millis(50));
    }
    Err(Error::retry(BUSY.0, BUSY.1))
}
