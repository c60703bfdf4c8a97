//! The daemon: passes for ever, whenever there is a reason for one.
//!
//! Reasons are a hint that something changed, the end of a settle time, a day that passed,
//! the timer, a request, and a signal. Each reason only says when and where to look; what
//! is done is the same pass that `scan` makes.

pub mod rounds;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::shell::Error;
use crate::shell::clock::Allowance;
use crate::shell::disk;
use crate::shell::health::machine;
use crate::shell::intake::Health;
use crate::shell::live::{Event, Live, Pass};
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::outbox::post::Post;
use crate::shell::store::Place;
use crate::shell::watch::{Dirty, Watch};
use rounds::{Look, Rounds, SETTLE_MS};

/// Something that ends a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wake {
    Changed,
    Reload,
    Stop,
}

/// How the daemon ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By SIGTERM, with everything stored.
    Stopped,
    /// By SIGINT.
    Interrupted,
}

/// What begins before the network is taken: to watch a million files takes a second.
#[derive(Debug)]
pub struct Early {
    wake: Sender<Wake>,
    woken: Receiver<Wake>,
    /// With the folders that are watched.
    watching: JoinHandle<Option<(Watch, BTreeMap<String, PathBuf>)>>,
}

/// Begins to watch, beside the start of the network in this folder.
#[expect(clippy::disallowed_methods, reason = "the system's watches are set beside it")]
pub fn begin(root: &Path) -> Early {
    let (wake, woken) = channel();
    let (root, waking) = (root.to_owned(), waking(wake.clone()));
    let watching = std::thread::spawn(move || {
        // It is watched as well, and made where nobody minded the network yet.
        if !Place::of_network(&root).knock_folder().is_dir() {
            return None;
        }
        let folders = folders_of(&network::load(&root).ok()?);
        Some((Watch::start(&root, &folders, waking), folders))
    });
    Early { wake, woken, watching }
}

/// Minds the network until it is told to stop; tells `told` everything as it happens.
///
/// # Errors
/// When the store fails: the process must end and start again.
pub fn run(
    live: &mut Live,
    early: Early,
    told: &mut dyn FnMut(Event),
) -> Result<Ended, Error> {
    let Early { wake, woken, watching } = early;
    let ended = listen_to_signals(&wake)?;
    let watch = watching.join().ok().flatten();
    let watch = watch.filter(|(_, watched)| *watched == folders(live));
    let mut minding = Minding::new(live, wake, watch.map(|(watch, _)| watch));
    let mut due = Look::Everything;
    let mut caught_up = false;
    loop {
        let pass = minding.pass(live, &due, told)?;
        minding.after(pass)?;
        if !caught_up && pass.settling == 0 {
            caught_up = true;
            told(Event::CaughtUp);
        }
        match minding.wait(live, &woken, told)? {
            Some(look) => due = look,
            None => {
                minding.post.finish();
                let interrupted = ended.try_iter().last() == Some(SIGINT);
                return Ok(if interrupted { Ended::Interrupted } else { Ended::Stopped });
            }
        }
    }
}

struct Minding {
    watch: Watch,
    wake: Sender<Wake>,
    rounds: Rounds,
    /// Since the last wait was over.
    since: Allowance,
    post: Post,
}

impl Minding {
    fn new(live: &Live, wake: Sender<Wake>, watching: Option<Watch>) -> Minding {
        Minding {
            watch: watching.unwrap_or_else(|| watch(live, &wake)),
            wake,
            rounds: Rounds::default(),
            since: Allowance::of(Duration::MAX),
            post: live.start_post(),
        }
    }

    /// Looks where it is due. What lies at the path of a share that came back is another
    /// folder than the one that was watched.
    fn pass(
        &mut self,
        live: &mut Live,
        due: &Look,
        told: &mut dyn FnMut(Event),
    ) -> Result<Pass, Error> {
        let mut back = BTreeSet::new();
        let mut told = |event: Event| {
            if let Event::Health { organization, health: Health::Healthy } = &event {
                back.insert(organization.clone());
            }
            told(event);
        };
        let pass = match due {
            Look::Everything => live.pass(None, &mut told)?,
            Look::At(organizations) => live.pass(Some(organizations), &mut told)?,
        };
        for id in &back {
            if let Some(registered) = live.network.organizations.get(id) {
                self.watch.watch_again(&registered.papers);
            }
        }
        Ok(pass)
    }

    /// What a pass found is stored: its letters may leave.
    fn after(&self, pass: Pass) -> Result<(), Error> {
        if pass.letters > 0 {
            self.post.knock();
        }
        tracing::debug!(events = pass.events, settling = pass.settling, "pass");
        self.post.failure().map_or(Ok(()), Err)
    }

    /// Waits for a reason to look; `None` is the end.
    fn wait(
        &mut self,
        live: &mut Live,
        woken: &Receiver<Wake>,
        told: &mut dyn FnMut(Event),
    ) -> Result<Option<Look>, Error> {
        let wakes = gather(woken, self.rounds.patience(live.settled_in()));
        if wakes.contains(&Wake::Stop) {
            return Ok(None);
        }
        let elapsed = std::mem::replace(&mut self.since, Allowance::of(Duration::MAX));
        let elapsed = elapsed.spent();
        let polls = self.rounds.polls(elapsed);
        let mut dirty = self.watch.take();
        let heard = dirty.written || dirty.everything || polls && self.is_unheard(live);
        let settle = Duration::from_secs(u64::from(live.network.settings.settle_seconds));
        if self.rounds.reads_again(heard, elapsed, settle)
            || wakes.contains(&Wake::Reload)
        {
            dirty = dirty.and(self.reload(live, told)?);
        }
        if polls {
            let unheard = self.unheard(live);
            dirty = dirty.and(Dirty { organizations: unheard, ..Dirty::default() });
        }
        Ok(Some(self.rounds.next(elapsed, dirty)))
    }

    /// Whether people may change rules and settings without any hint.
    fn is_unheard(&self, live: &Live) -> bool {
        !self.watch.blind.is_empty() || machine::is_silent(&live.network.root)
    }

    /// Whose folders may change without any hint.
    fn unheard(&self, live: &mut Live) -> BTreeSet<String> {
        let mut unheard = live.unheard();
        let blind = |papers: &PathBuf| {
            self.watch.blind.iter().any(|folder| papers.starts_with(folder))
        };
        if !self.watch.blind.is_empty() {
            let folders = folders(live).into_iter();
            unheard.extend(folders.filter(|(_, papers)| blind(papers)).map(|(id, _)| id));
        }
        unheard
    }

    /// Takes what people changed, once they are done with it; gives what has to be looked at
    /// because of it.
    fn reload(
        &mut self,
        live: &mut Live,
        told: &mut dyn FnMut(Event),
    ) -> Result<Dirty, Error> {
        let before = folders(live);
        let writing = || self.watch.is_written();
        let Some(pass) = live.reload_unless(&writing, told)? else {
            return Ok(Dirty::default());
        };
        self.post.settings(live.network.office());
        if pass.letters > 0 {
            self.post.knock();
        }
        let mut now = folders(live);
        if now == before {
            return Ok(Dirty::default());
        }
        // The new watch stands before the old one is asked for the last time.
        let old = std::mem::replace(&mut self.watch, watch(live, &self.wake));
        now.retain(|id, papers| before.get(id) != Some(papers));
        let organizations = now.into_keys().collect();
        Ok(old.take().and(Dirty { organizations, ..Dirty::default() }))
    }
}

fn watch(live: &Live, wake: &Sender<Wake>) -> Watch {
    let wake = wake.clone();
    // Without it requests wait for the next walk.
    if let Err(error) = disk::make_folder(&live.knock_folder()) {
        tracing::warn!("{}", error.said.english);
    }
    Watch::start(&live.network.root, &folders(live), waking(wake))
}

fn waking(wake: Sender<Wake>) -> impl Fn() + Send + 'static {
    move || {
        // The daemon that is gone needs no waking.
        wake.send(Wake::Changed).ok();
    }
}

fn folders(live: &Live) -> BTreeMap<String, PathBuf> {
    folders_of(&live.network)
}

fn folders_of(network: &Network) -> BTreeMap<String, PathBuf> {
    let registered = network.organizations.iter();
    registered.map(|(id, registered)| (id.clone(), registered.papers.clone())).collect()
}

/// Waits at most `patience` for the first wake, then a little for those that follow it;
/// under a steady stream of them a look must come all the same.
fn gather(woken: &Receiver<Wake>, patience: Duration) -> Vec<Wake> {
    let mut wakes = Vec::new();
    let mut time = Allowance::of(patience);
    loop {
        match woken.recv_timeout(time.left()) {
            Ok(Wake::Stop) => return vec![Wake::Stop],
            Ok(wake) => {
                if wakes.is_empty() {
                    let settle = Duration::from_millis(SETTLE_MS);
                    time = Allowance::of(settle.min(time.left()));
                }
                wakes.push(wake);
            }
            Err(RecvTimeoutError::Timeout) => return wakes,
            Err(RecvTimeoutError::Disconnected) => return vec![Wake::Stop],
        }
    }
}

/// SIGHUP reloads; SIGTERM and SIGINT stop after the pass that is under way.
#[expect(
    clippy::disallowed_methods,
    reason = "signals are waited for on a thread of theirs"
)]
fn listen_to_signals(wake: &Sender<Wake>) -> Result<Receiver<i32>, Error> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT]).map_err(|error| {
        Error::stop(
            format!("signals cannot be received: {error}"),
            "تعذّر استقبال إشارات النظام",
        )
    })?;
    let (report, ended) = channel();
    let wake = wake.clone();
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let sent = match signal {
                SIGHUP => wake.send(Wake::Reload),
                _ => {
                    report.send(signal).ok();
                    wake.send(Wake::Stop)
                }
            };
            if sent.is_err() {
                return;
            }
        }
    });
    Ok(ended)
}
