//! The life of one network: turns in which people act, the machine stops and starts, the
//! clock goes on, and the daemon's rounds are made; then calm, then the oracle.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use mithaq::shell::clock::Clock;
use mithaq::shell::daemon::rounds::{Look, Rounds};
use mithaq::shell::fault;
use mithaq::shell::live::Live;
use mithaq::shell::outbox::delivery::Channel;
use mithaq::shell::outbox::way::Way;
use mithaq::shell::store::Place;
use mithaq::shell::store::ledger;
use mithaq::shell::watch::Dirty;

use super::dice::Dice;
use super::machine::{Machine, Shared};
use super::mail;
use super::mail::{Server, Weather};
use super::oracle;
use super::planted::Planted;
use super::world::World;

/// How large a life is, and what is planted into it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    pub(super) seed: u64,
    pub(super) members: usize,
    pub(super) days: i64,
    pub(super) planted: Planted,
}

/// What a life came to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Lived {
    pub(super) complaints: Vec<String>,
    pub(super) head: String,
    pub(super) stops: u32,
    pub(super) points: u64,
    pub(super) happenings: u32,
    pub(super) letters: u64,
    pub(super) doubtful: usize,
    pub(super) twice: usize,
    pub(super) stopped_at: Vec<&'static str>,
}

/// How often what goes wrong in one life, in hundredths of its turns.
#[derive(Clone, Copy)]
struct Odds {
    stop: u64,
    full: u64,
    deadly: u64,
    hints_lost: u64,
    clock: u64,
    weather: Weather,
}

/// The seventh of January 2030, nine in the morning: files that tests write are older.
const BEGINNING: i64 = 1_894_006_800;

const HOUR: i64 = 3_600;

/// A long time without faults, in hours.
const CALM_HOURS: i64 = 12 * 24;

struct Run {
    life: Life,
    now: i64,
    dice: Dice,
    odds: Odds,
    machine: Shared,
    world: World,
    live: Option<Live>,
    rounds: Rounds,
    way: Way,
    channel: Channel,
    server: Rc<RefCell<Server>>,
    /// The machine is off until then.
    off_until: i64,
    full_until: i64,
    starts: u32,
    started_at: i64,
    /// By how much the machine's clock is wrong, and when it was last.
    clock_wrong: i64,
    clock_wrong_at: i64,
    /// What did not hold amid the life.
    complaints: Vec<String>,
}

impl Life {
    pub(super) fn live(self) -> Lived {
        let memory = std::path::Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        };
        let folder = folder.expect("a scratch folder");
        let mut dice = Dice::of(self.seed);
        let world = World::new(&folder.path().join("network"), self.members, dice.fork());
        let store = folder.path().join("disk-0");
        let machine = Shared::new(store, dice.fork(), self.planted);
        let (way, server) = mail::server(machine.clone(), dice.fork(), self.planted);
        let odds = Odds::of(&mut dice);
        let mut run = Run {
            life: self,
            now: BEGINNING,
            dice,
            odds,
            machine,
            world,
            live: None,
            rounds: Rounds::default(),
            way,
            channel: Channel::default(),
            server,
            off_until: 0,
            full_until: 0,
            starts: 0,
            started_at: 0,
            clock_wrong: 0,
            clock_wrong_at: 0,
            complaints: Vec::new(),
        };
        fault::happen_here(Some(run.machine.faults()));
        run.begin();
        run.wild();
        run.calm();
        let lived = run.end();
        fault::happen_here(None);
        lived
    }
}

impl Odds {
    /// Each life has faults of its own, so that none hides behind another.
    fn of(dice: &mut Dice) -> Odds {
        let mut often =
            |percent: u64| if dice.chance(60) { dice.roll(percent) } else { 0 };
        Odds {
            stop: 2 + often(14),
            full: often(3),
            deadly: often(2),
            hints_lost: often(80),
            clock: often(3),
            weather: Weather {
                away: often(20),
                later: often(40),
                refused: often(4),
                cut: often(20),
                silent: often(20),
            },
        }
    }
}

impl Run {
    /// A store whose secret is known, so that a seed is a life.
    fn begin(&mut self) {
        let clock = Clock::of_world(self.now);
        let folder = self.machine.with(|machine| machine.store.clone());
        drop(Live::start_at(&self.world.root, Place { folder }, clock).expect("a start"));
        let store = self.machine.with(|machine| machine.store.join("store.sqlite"));
        let rows = rusqlite::Connection::open(store).unwrap();
        let secret = "UPDATE setting SET value = ?1 WHERE key = 'token_key'";
        rows.execute(secret, ["5".repeat(64)]).unwrap();
        drop(rows);
        self.start();
    }

    fn wild(&mut self) {
        let end = BEGINNING + self.life.days * 24 * HOUR;
        self.server.borrow_mut().weather = self.odds.weather;
        while self.now < end {
            self.now +=
                (1 + self.dice.roll(120) as i64) * HOUR + self.dice.roll(3000) as i64;
            self.world.mend(self.now, 30);
            self.world.happen(self.now, self.dice.clone().chance(15));
            self.misfortune();
            let whole = self.turn();
            let right = self.now > self.clock_wrong_at + CALM_HOURS * HOUR;
            if whole && right && self.clock_wrong == 0 && self.dice.chance(1) {
                self.examine();
            }
        }
    }

    /// Also amid a life what is stored has to be what judging at once says.
    fn examine(&mut self) {
        let looked = self.live.is_some() && self.look(None) == Some(0);
        if self.complaints.is_empty() && looked && self.walks() {
            let store = self.machine.with(|machine| machine.store.join("store.sqlite"));
            let rows = rusqlite::Connection::open(store).unwrap();
            oracle::verdicts(&rows, &self.world, self.now, &mut self.complaints);
        }
    }

    fn calm(&mut self) {
        self.server.borrow_mut().weather = Weather::default();
        self.odds.hints_lost = 0;
        self.machine.with(|machine| {
            machine.armed = None;
            machine.full = false;
        });
        self.full_until = 0;
        self.off_until = 0;
        self.clock_wrong = 0;
        self.world.mend(self.now, 100);
        let end = self.now + CALM_HOURS * HOUR;
        while self.now < end {
            self.now += 8 * HOUR;
            self.turn();
            if self.walks() {
                self.rounds.next(Duration::from_hours(1), Dirty::default());
                self.look(None);
            }
        }
    }

    fn walks(&self) -> bool {
        !matches!(self.life.planted, Planted::HintsAreFacts | Planted::SleepForgetsToWake)
    }

    fn end(&mut self) -> Lived {
        self.live = None;
        let store = self.machine.with(|machine| machine.store.join("store.sqlite"));
        let rows = rusqlite::Connection::open(store).unwrap();
        let server = self.server.borrow();
        let mut complaints = self.complaints.clone();
        complaints.extend(oracle::complaints(&rows, (&self.world, &server), self.now));
        let count =
            |sql: &str| rows.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        self.machine.with(|machine| Lived {
            complaints,
            head: ledger::head(&rows).unwrap().1.to_string(),
            stops: machine.stops,
            points: machine.points,
            happenings: self.world.happenings,
            letters: count("SELECT count(*) FROM outbox") as u64,
            doubtful: server.doubtful.len(),
            twice: server.taken.values().filter(|taken| taken.len() > 1).count(),
            stopped_at: machine.stopped_at.clone(),
        })
    }

    /// What goes wrong before this turn.
    fn misfortune(&mut self) {
        if self.dice.chance(self.odds.stop) {
            let far = self.dice.roll(24) as u32;
            self.machine.with(|machine| machine.armed = Some(far));
        }
        if self.dice.chance(self.odds.full) {
            self.full_until = self.now + self.dice.roll(200) as i64 * HOUR;
        }
        if self.clock_wrong != 0 {
            self.clock_wrong_at = self.now;
            if self.dice.chance(40) {
                self.clock_wrong = 0;
            }
        } else if self.dice.chance(self.odds.clock) {
            self.clock_wrong = (self.dice.roll(8 * 24) as i64 - 3 * 24) * HOUR;
        }
        if self.dice.chance(self.odds.deadly)
            && let Some(deadly) = self.world.deadly_paper(self.now)
        {
            self.machine.with(|machine| machine.poison.insert(deadly));
        }
        let full = self.now < self.full_until;
        self.machine.with(|machine| machine.full = full);
    }

    /// Starts where it can, looks until all is settled, delivers.
    fn turn(&mut self) -> bool {
        // A paper that ends its reader is read at most three times.
        for _ in 0..8 {
            if self.now < self.off_until {
                return false;
            }
            if self.live.is_none() && !self.start() {
                continue;
            }
            let hints = self.world.hints(self.odds.hints_lost);
            let dirty = Dirty { organizations: hints, ..Dirty::default() };
            let awake = if self.dice.chance(10) { 15 } else { 1 };
            let waited = Duration::from_mins(awake);
            let look = self.rounds.next(waited, dirty);
            if self.rest(look) && self.deliver() {
                return true;
            }
        }
        false
    }

    /// Passes until nothing settles; whether the machine still runs.
    fn rest(&mut self, look: Look) -> bool {
        let mut at = match look {
            Look::Everything if self.walks() => None,
            Look::Everything => Some(BTreeSet::new()),
            Look::At(organizations) => Some(organizations),
        };
        let sleeps = self.life.planted == Planted::SleepForgetsToWake;
        if sleeps && at.as_ref().is_some_and(BTreeSet::is_empty) {
            return true;
        }
        for _ in 0..20 {
            match self.look(at.as_ref()) {
                None => return false,
                Some(0) => return true,
                Some(_) => {
                    self.now += 1;
                    at = if self.walks() { None } else { at };
                }
            }
        }
        true
    }

    /// One pass; how much is settling, or nothing where the machine stopped.
    fn look(&mut self, at: Option<&BTreeSet<String>>) -> Option<usize> {
        let forgets = self.life.planted == Planted::DueDaysForgotten;
        let now = if forgets { self.started_at } else { self.now + self.clock_wrong };
        let mut live = self.live.take()?.with_clock(Clock::of_world(now));
        match live.pass(at, &mut |_| {}) {
            Ok(pass) => {
                self.live = Some(live);
                self.world.looked(at, self.now);
                Some(pass.settling)
            }
            Err(_) => {
                self.machine.with(Machine::ended);
                drop(live);
                self.stopped();
                None
            }
        }
    }

    fn deliver(&mut self) -> bool {
        let Some(live) = self.live.take() else { return false };
        let live = live.with_clock(Clock::of_world(self.now + self.clock_wrong));
        let delivered = live.deliver_by(&self.way, &mut self.channel);
        let unsettled = self.server.borrow_mut().unsettled.take();
        if delivered.is_ok() {
            self.live = Some(live);
            return true;
        }
        self.machine.with(Machine::ended);
        drop(live);
        self.server.borrow_mut().doubtful.extend(unsettled);
        self.stopped();
        false
    }

    fn stopped(&mut self) {
        self.machine.with(Machine::starts_again);
        self.rounds = Rounds::default();
        self.channel = Channel::default();
        if self.server.borrow().weather.away + self.odds.stop > 0 && self.dice.chance(30)
        {
            self.off_until = self.now + self.dice.roll(20 * 24) as i64 * HOUR;
        }
    }

    fn start(&mut self) -> bool {
        let store = self.machine.with(|machine| machine.store.clone());
        if self.starts > 1 && store.join("store.sqlite").exists() {
            let rows = rusqlite::Connection::open(store.join("store.sqlite")).unwrap();
            self.life.planted.before_start(&rows);
        }
        self.starts += 1;
        self.started_at = self.now;
        let clock = Clock::of_world(self.now + self.clock_wrong);
        match Live::start_at(&self.world.root, Place { folder: store }, clock) {
            Ok(live) => {
                self.live = Some(live);
                if self.life.planted == Planted::DirtySetForgotten {
                    return true;
                }
                // Whatever lies in the folders is looked at first.
                if self.walks() { self.look(None).is_some() } else { true }
            }
            Err(_) => {
                self.stopped();
                false
            }
        }
    }
}
