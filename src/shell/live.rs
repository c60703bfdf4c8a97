//! The network while somebody minds it: what is in memory, and one pass over what happened.
//!
//! `scan` makes one pass and `daemon` makes them for ever; there is no other way to change
//! a store. Starting is recovering: memory is built from the rows and nothing that a
//! stopped process may have left is trusted. What a pass changes in memory is committed
//! before anybody acts on it; when that fails the process stops.

mod arrivals;
mod asleep;
mod brake;
mod correcting;
mod days;
mod desk;
mod effects;
mod forgetting;
mod host;
mod incoming;
mod looking;
mod memory;
mod moving;
mod starting;
mod stepped;
mod storing;

use days::days_passed;
use memory::last_good;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::calendar::Day;
use crate::config::Problem;
use crate::document::ReadState;
use crate::letters::Sender;
use crate::limits;
use crate::plan;
use crate::plan::{Effect, Input};
use crate::recognise::Names;
use crate::shell::Error;
use crate::shell::clock::Clock;
use crate::shell::disk;
use crate::shell::intake::{Health, Settling};
use crate::shell::judged::Judged;
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::reader::Reader;
use crate::shell::recall;
use crate::shell::recall::past;
use crate::shell::register;
use crate::shell::register::Zones;
use crate::shell::rules::Rules;
use crate::shell::store::Place;
use crate::shell::store::check::Check;
use crate::shell::store::source::Sources;
use crate::shell::store::writer::Writer;

/// A network that this process, and no other, may change.
#[derive(Debug)]
pub struct Live {
    pub network: Network,
    clock: Clock,
    place: Place,
    zones: Zones,
    reader: Reader,
    rules: Rules,
    sender: Sender,
    /// What the judge holds in memory.
    memory: plan::Network,
    awake_max: usize,
    /// Organizations whose burst of files is not over, and since when they wait.
    bursts: BTreeMap<String, i64>,
    /// Organizations in whose folders files may still be being written.
    moving: BTreeMap<String, Settling>,
    /// The health that was last told of each folder that is not healthy; of no other, as
    /// nearly all are.
    told: BTreeMap<String, Health>,
    silent: moving::Silent,
    /// What the officer was told of the machine since the start.
    host_told: BTreeSet<String>,
    /// Verdicts that changed since the storm brake last looked.
    upheaval: brake::Upheaval,
    /// The last day that was judged for everybody.
    through: Option<Day>,
    /// The days of the zones when it was.
    days: Option<BTreeMap<String, Day>>,
    /// The clock was far ahead of the last pass at the start, and its first day is not over.
    clock_jumped: bool,
    /// Somebody stopped amid judging what people wrote; it has to be judged whole.
    half_judged: bool,
    /// What followed from changes made before the start, until the first pass tells it.
    at_start: Vec<Event>,
    /// Until the first pass is over, the check of the store.
    check: Option<Check>,
    writer: Writer,
    rows: Connection,
    _lock: disk::Lock,
}

/// Something that people are told while it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Paper {
        organization: String,
        path: String,
        state: ReadState,
        kind: Option<String>,
    },
    Refused {
        organization: String,
        path: String,
        why: &'static str,
    },
    Health {
        organization: String,
        health: Health,
    },
    Effect(Box<Effect>),
    LetterWritten {
        organization: String,
        recipient: String,
        subject: String,
    },
    Problem(Problem),
    /// Of a daemon, once: all that lay in the folders when it started is read and judged.
    CaughtUp,
}

/// What a pass did. What happened in it was told while it happened and is kept nowhere: a
/// first scan of ten thousand organizations has a quarter of a million events.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    pub events: usize,
    /// Letters that were put into the outbox.
    pub letters: usize,
    /// Files that may still be being written; the pass is not the last.
    pub settling: usize,
}

/// A pass under way, and who is told of it: each event once what it tells of is committed.
struct Passing<'t> {
    told: &'t mut dyn FnMut(Event),
    sum: Pass,
    waiting: storing::Waiting,
}

/// Another process minds the network.
pub const BUSY: (&str, &str) = (
    "another mithaq is working on this network; wait for it, or stop the daemon",
    "يعمل برنامج mithaq آخر على هذه الشبكة، ويُرجى انتظاره أو إيقاف العملية الدائمة",
);

/// How long a burst may wait for a file that keeps changing, in seconds: then the others
/// have their answer.
const BURST_SECONDS_MAX: i64 = 60;

impl Live {
    /// One pass over these organizations, or over all: reconcile, read, judge, write
    /// letters. Those in whose folders something settles are looked at in their time, also
    /// unasked. Ends when everything that could be done is stored.
    ///
    /// # Errors
    /// When the store fails: the process must stop.
    pub fn pass(
        &mut self,
        only: Option<&BTreeSet<String>>,
        told: &mut dyn FnMut(Event),
    ) -> Result<Pass, Error> {
        let pass = self.make_pass(only, told);
        // The first is over when the store is checked; what failed in it may be explained by that.
        self.check.take().map_or(Ok(()), |check| check.passed())?;
        pass
    }

    fn make_pass(
        &mut self,
        only: Option<&BTreeSet<String>>,
        told: &mut dyn FnMut(Event),
    ) -> Result<Pass, Error> {
        let mut pass = Passing::of(told);
        for event in std::mem::take(&mut self.at_start) {
            pass.tell(event);
        }
        self.tell_problems(&mut pass);
        let mut asked = self.forget(&mut pass)?;
        asked.extend(self.asked()?);
        let wanted = self.wanted(only, &asked);
        self.look_at(wanted, only.is_none(), &mut pass)?;
        pass.sum.settling = self.settling();
        self.day_passed(&mut pass)?;
        // Whoever counts members counts them once, when the papers of all are in.
        let counting = self.memory.take_stirred();
        if !counting.is_empty() {
            self.step(days_passed(counting), effects::Rows::default(), &mut pass)?;
        }
        self.sweep();
        self.brake(&mut pass)?;
        self.tell_host(&mut pass)?;
        self.clock_jumped = false;
        Ok(pass.sum)
    }

    /// Tells what is wrong in what people wrote.
    fn tell_problems(&mut self, pass: &mut Passing<'_>) {
        for problem in std::mem::take(&mut self.network.problems) {
            pass.tell(Event::Problem(problem));
        }
    }

    /// Judges what a change of what people wrote touches: `inputs` first, which judge nobody,
    /// then each organization whose rules or whose own files are others now. It goes on
    /// record with the first portion and counts as judged with the last; a start in between
    /// begins it again, and letters that were written have their names.
    fn change(
        &mut self,
        inputs: Vec<Input>,
        touched: &BTreeSet<String>,
        sources: Sources,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        let now = self.zones.now(self.clock.now());
        self.wake(&inputs, &now)?;
        let mut gone: Vec<String> = inputs.iter().filter_map(Input::gone).collect();
        plan::step(&mut self.memory, inputs, &now);
        let mut ids = touched.clone();
        ids.extend(self.memory.take_rejudged());
        let input = |organization| {
            if touched.contains(&organization) {
                Input::Settled { organization }
            } else {
                Input::RulesChanged { organization }
            }
        };
        let mut waiting = ids.into_iter().map(input).peekable();
        let mut sources = Some(sources);
        loop {
            let portion = waiting.by_ref().take(limits::ORGANIZATIONS_PER_COMMIT_MAX);
            let portion = portion.collect();
            let last = waiting.peek().is_none();
            let mut rows = match sources.take() {
                Some(sources) => effects::Rows::of_sources(sources, last),
                None if last => effects::Rows::of_last_portion(),
                None => effects::Rows::default(),
            };
            rows.unjudged.append(&mut gone);
            self.step(portion, rows, pass)?;
            if last {
                break;
            }
        }
        if self.half_judged {
            // Some were told by these rules before the stop; they are not changed again.
            past::recall_told(
                &self.rows,
                (&self.network, &self.rules),
                &mut self.memory,
            )?;
        }
        Ok(())
    }

    /// Takes one step and stores all that follows in one transaction with `rows`.
    fn step(
        &mut self,
        inputs: Vec<Input>,
        rows: effects::Rows,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        self.step_ahead(inputs, rows, pass)?;
        self.store_waiting(pass)
    }

    /// The same, and what follows waits to be stored with what follows of others, where it
    /// answers no paper.
    fn step_ahead(
        &mut self,
        inputs: Vec<Input>,
        mut rows: effects::Rows,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        let now = self.zones.now(self.clock.now());
        self.wake(&inputs, &now)?;
        let whose: BTreeSet<String> =
            inputs.iter().filter_map(Input::judged).map(str::to_owned).collect();
        let effects = plan::step(&mut self.memory, inputs, &now);
        rows.resumed = self.memory.take_resumed(whose.iter().map(String::as_str));
        self.upheaval.count(&effects, now.instant);
        self.store_later(effects, rows, now.instant, pass)?;
        self.memory.rest(self.awake_max);
        Ok(())
    }

    /// Reads again what people wrote and judges what that changes. A mistake in the
    /// network's own settings changes nothing; what else is wrong is told and left out.
    ///
    /// # Errors
    /// When the store fails.
    pub fn reload(&mut self, told: &mut dyn FnMut(Event)) -> Result<Pass, Error> {
        let pass = self.reload_unless(&|| false, told)?;
        Ok(pass.unwrap_or_default())
    }

    /// The same, unless people are found to have gone on writing while it was read: then
    /// nothing is changed, and nothing given.
    ///
    /// # Errors
    /// When the store fails.
    pub fn reload_unless(
        &mut self,
        writing: &dyn Fn() -> bool,
        told: &mut dyn FnMut(Event),
    ) -> Result<Option<Pass>, Error> {
        let mut pass = Passing::of(told);
        let root = self.network.root.clone();
        let loaded = network::load(&root);
        if writing() {
            return Ok(None);
        }
        let network = match loaded {
            Ok(network) if network.hash == self.network.hash && !self.half_judged => {
                return Ok(Some(pass.sum));
            }
            Ok(network) => network,
            Err(problems) => {
                for problem in problems {
                    pass.tell(Event::Problem(problem));
                }
                return Ok(Some(pass.sum));
            }
        };
        let Judged { network, rules, sources } =
            Judged::of(network, last_good(&self.rows, i64::MAX))?;
        self.zones = Zones::of(&network);
        self.sender = register::sender(&network, &self.zones, self.sender.key);
        let before = std::mem::replace(&mut self.network, network);
        self.moving.retain(|id, _| self.network.organizations.contains_key(id));
        self.silent.mounts = None;
        self.memory.digest_on(self.network.settings.mail.digest_weekday);
        self.memory.looked_after_by(register::officer(&self.network));
        self.tell_problems(&mut pass);
        let reader = reader(&self.network, &rules);
        if self.reads_as_before(&before) && reader.words == self.reader.words {
            self.reader = reader;
            self.rules = rules;
            self.memory.resting_on(recall::basis(&self.network));
            let (inputs, touched) = self.differences(&before);
            drop(before);
            self.change(inputs, &touched, sources, &mut pass)?;
        } else {
            self.reader = reader;
            self.rules = rules;
            let rows = effects::Rows::of_sources(sources, true);
            self.step(Vec::new(), rows, &mut pass)?;
            self.rebuild()?;
        }
        self.half_judged = false;
        Ok(Some(pass.sum))
    }
}

impl<'t> Passing<'t> {
    fn of(told: &'t mut dyn FnMut(Event)) -> Passing<'t> {
        Passing { told, sum: Pass::default(), waiting: Vec::new() }
    }

    fn tell(&mut self, event: Event) {
        self.sum.events += 1;
        self.sum.letters += usize::from(matches!(event, Event::LetterWritten { .. }));
        (self.told)(event);
    }
}

fn reader(network: &Network, rules: &Rules) -> Reader {
    let words: Vec<&str> = network.vocabulary.values().map(String::as_str).collect();
    let registered = network.organizations.iter();
    let names = registered.flat_map(|(id, registered)| {
        registered.file.names().map(move |name| (id.as_str(), name))
    });
    Reader::new(&words, rules, Names::of(names))
}
