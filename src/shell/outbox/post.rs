//! The post: a thread that takes letters out of the outbox while others put them in. A
//! server may be silent for ten minutes, and nobody who reads papers waits for it.

use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::sync::mpsc::channel;
use std::thread::JoinHandle;
use std::time::Duration;

use super::delivery::Channel;
use super::delivery::Delivered;
use super::delivery::End;
use super::delivery::deliver;
use super::way;
use super::way::Way;
use crate::shell::Consequence;
use crate::shell::Error;
use crate::shell::clock::Clock;
use crate::shell::network::Office;
use crate::shell::store::writer::Writer;

/// The longest time between two looks at the outbox.
const LOOK: Duration = Duration::from_mins(1);

/// A handle to the thread.
#[derive(Debug)]
pub struct Post {
    knock: Sender<Knock>,
    failed: Receiver<Error>,
    end: End,
    thread: JoinHandle<()>,
}

enum Knock {
    Letters,
    Settings(Box<Office>),
}

impl Post {
    /// Starts on the letters that are there.
    #[expect(clippy::disallowed_methods, reason = "the post is a thread of the shell")]
    pub fn start(writer: Writer, office: Office, clock: Clock) -> Post {
        let (knock, knocks) = channel();
        let (fail, failed) = channel();
        let channel = Channel::default();
        let end = channel.end.clone();
        let thread = std::thread::spawn(move || {
            run((&writer, clock), office, channel, &knocks, &fail);
        });
        Post { knock, failed, end, thread }
    }

    /// There are new letters.
    pub fn knock(&self) {
        // A post that has stopped says so by `failure`.
        self.knock.send(Knock::Letters).ok();
    }

    /// The settings have changed.
    pub fn settings(&self, office: Office) {
        self.knock.send(Knock::Settings(Box::new(office))).ok();
    }

    /// Why it stopped, if it did: the store failed, and the process must end.
    pub fn failure(&self) -> Option<Error> {
        self.failed.try_recv().ok()
    }

    /// Ends after the letter under way; what waits is there at the next start.
    pub fn finish(self) {
        self.end.ask();
        drop(self.knock);
        self.thread.join().ok();
    }
}

/// Delivers what is due, once, with the way that holds now.
///
/// # Errors
/// When the store fails, or the way cannot be found out from the settings.
pub fn turn(
    writer: &Writer,
    office: &Office,
    channel: &mut Channel,
    clock: Clock,
) -> Result<Delivered, Error> {
    let live = writer.write(way::is_live)?;
    let way = Way::of(office, live)?;
    deliver(writer, &way, channel, clock, super::still_true)
}

fn run(
    (writer, clock): (&Writer, Clock),
    mut office: Office,
    mut channel: Channel,
    knocks: &Receiver<Knock>,
    fail: &Sender<Error>,
) {
    loop {
        match turn(writer, &office, &mut channel, clock) {
            Ok(delivered) if channel.faults > 0 => tracing::warn!(
                sent = delivered.sent,
                fault = channel.fault,
                "the mail server cannot be used; letters wait"
            ),
            Ok(delivered) => tracing::debug!(?delivered, "letters"),
            Err(error) if error.consequence == Consequence::Stop => {
                fail.send(error).ok();
                return;
            }
            Err(error) => tracing::error!("letters wait: {error}"),
        }
        match knocks.recv_timeout(LOOK) {
            Ok(Knock::Settings(changed)) => office = *changed,
            Ok(Knock::Letters) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
