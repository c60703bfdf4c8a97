//! The daemon: passes for ever, whenever there is a reason for one.
//!
//! Reasons are a hint that something changed, the end of a settle time, a day that passed,
//! the timer, a request, and a signal. Each reason only says when and where to look; what
//! is done is the same pass that `scan` makes.

pub mod rounds;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::shell::Error;
use crate::shell::disk;
use crate::shell::health::machine;
use crate::shell::live::{Event, Live, Pass};
use crate::shell::outbox::post::Post;
use crate::shell::watch::Watch;
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

/// Minds the network until it is told to stop; tells `told` everything as it happens.
///
/// # Errors
/// When the store fails: the process must end and start again.
pub fn run(live: &mut Live, told: &mut dyn FnMut(Event)) -> Result<Ended, Error> {
    let (wake, woken) = channel();
    let ended = listen_to_signals(&wake)?;
    let mut minding = Minding::new(live, wake);
    let mut due = Look::Everything;
    let mut caught_up = false;
    loop {
        let pass = match &due {
            Look::Everything => live.pass(None, told)?,
            Look::At(organizations) => live.pass(Some(organizations), told)?,
        };
        minding.after(pass)?;
        if !caught_up && pass.settling == 0 {
            caught_up = true;
            told(Event::CaughtUp);
        }
        match minding.wait(live, &woken, pass.settling > 0, told)? {
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
    post: Post,
}

impl Minding {
    fn new(live: &Live, wake: Sender<Wake>) -> Minding {
        Minding {
            watch: watch(live, &wake),
            wake,
            rounds: Rounds::default(),
            post: live.start_post(),
        }
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
        settling: bool,
        told: &mut dyn FnMut(Event),
    ) -> Result<Option<Look>, Error> {
        let (blind, patience) = (self.is_blind(live), self.rounds.patience(settling));
        let wakes = gather(woken, patience);
        if wakes.contains(&Wake::Stop) {
            return Ok(None);
        }
        let dirty = self.watch.take();
        if wakes.contains(&Wake::Reload) || dirty.written || dirty.everything {
            self.reload(live, told)?;
        }
        Ok(Some(self.rounds.next(patience, dirty, settling, blind)))
    }

    /// Whether changes may come without any hint: a folder is not watched, or lies on a
    /// network file system, where others write.
    fn is_blind(&self, live: &Live) -> bool {
        let mut folders = live.network.organizations.values();
        !self.watch.blind.is_empty()
            || folders.any(|registered| machine::is_remote(&registered.papers))
    }

    /// Takes what people changed.
    fn reload(
        &mut self,
        live: &mut Live,
        told: &mut dyn FnMut(Event),
    ) -> Result<(), Error> {
        let before = folders(live);
        let letters = live.reload(told)?.letters;
        self.post.settings(live.network.office());
        if letters > 0 {
            self.post.knock();
        }
        if folders(live) != before {
            self.watch = watch(live, &self.wake);
        }
        Ok(())
    }
}

fn watch(live: &Live, wake: &Sender<Wake>) -> Watch {
    let wake = wake.clone();
    // Without it requests wait for the next walk.
    if let Err(error) = disk::make_folder(&live.knock_folder()) {
        tracing::warn!("{}", error.said.english);
    }
    Watch::start(&live.network.root, &folders(live), move || {
        // The daemon that is gone needs no waking.
        wake.send(Wake::Changed).ok();
    })
}

fn folders(live: &Live) -> BTreeMap<String, PathBuf> {
    let registered = live.network.organizations.iter();
    registered.map(|(id, registered)| (id.clone(), registered.papers.clone())).collect()
}

/// Waits at most `patience` for the first wake, then a little for those that follow it.
fn gather(woken: &Receiver<Wake>, patience: Duration) -> Vec<Wake> {
    let mut wakes = Vec::new();
    let mut patience = patience;
    loop {
        match woken.recv_timeout(patience) {
            Ok(Wake::Stop) => return vec![Wake::Stop],
            Ok(wake) => {
                if wakes.is_empty() {
                    patience = Duration::from_millis(SETTLE_MS);
                }
                wakes.push(wake);
                // Under a steady stream of hints a look must come all the same.
                if wakes.len() > 1000 {
                    return wakes;
                }
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
