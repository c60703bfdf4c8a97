//! `mithaq demo`: the real daemon on a scratch copy of the sample network.
//!
//! Papers arrive one after another as the story says, as secretaries would put them there;
//! what the daemon answers is told as it happens, in both languages. Needs nothing but the
//! binary, and sends nothing anywhere: letters stay in the scratch network's outbox.

pub mod event;
pub mod letter;
pub mod stage;
pub mod story;
pub mod telling;

use std::path::PathBuf;
use std::time::Duration;

use crate::cli::Context;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::demo::stage::Daemon;
use crate::cli::demo::stage::Stage;
use crate::cli::demo::stage::Wait;
use crate::cli::demo::story::Story;
use crate::cli::demo::telling::Telling;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// End by itself when the last paper is answered
    #[arg(long)]
    pub once: bool,
    /// Lay the scratch network here and leave it when the demo ends
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// The network is idle when no letter and no line of the log came for so long.
const QUIET: Duration = Duration::from_millis(1500);
/// A first pass or a day's change is waited for so long at most.
const PATIENCE: Duration = Duration::from_secs(12);

/// Runs the demonstration.
///
/// # Errors
/// When the scratch network cannot be laid, or the daemon does not start or ends by itself.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let story = Story::embedded()?;
    let mut wait = Wait::for_interrupts()?;
    let stage = Stage::lay(arguments.keep.clone(), &story, context.output.language)?;
    let mut telling = Telling::new(context.output, stage.root());
    telling.opening(&story, stage.root());
    let mut daemon = stage.daemon(&story.today)?;
    play(&story, &stage, &mut daemon, &mut wait, &mut telling)?;
    telling.closing(&stage.index(&story.today));
    if !arguments.once && !wait.is_over() {
        telling.staying(stage.root());
        while !wait.is_over() {
            daemon.check()?;
            telling.catch_up();
            wait.rest(LOOK);
        }
    }
    daemon.end()?;
    telling.catch_up();
    stage.clear()?;
    Ok(Exit::Done)
}

/// The first pass, then every arrival of the story with what follows from it.
fn play(
    story: &Story,
    stage: &Stage,
    daemon: &mut Daemon,
    wait: &mut Wait,
    telling: &mut Telling,
) -> Result<(), Failure> {
    watch(PATIENCE, daemon, wait, || telling.first_pass())?;
    telling.begun();
    for arrival in &story.arrivals {
        if let Some(day) = &arrival.day {
            watch(PATIENCE, daemon, wait, || telling.catch_up())?;
            daemon.end()?;
            telling.morning(day);
            *daemon = stage.daemon(day)?;
            watch(PATIENCE, daemon, wait, || telling.catch_up())?;
        }
        watch(arrival.pause, daemon, wait, || telling.catch_up())?;
        if wait.is_over() {
            return Ok(());
        }
        telling.arrival(arrival, stage.name_of(&arrival.organization));
        stage.put(arrival)?;
    }
    watch(PATIENCE, daemon, wait, || telling.catch_up())
}

/// Looks until nothing has come for a while, an interrupt, or the time is over.
fn watch(
    time: Duration,
    daemon: &mut Daemon,
    wait: &mut Wait,
    mut look: impl FnMut() -> bool,
) -> Result<(), Failure> {
    let (mut quiet, mut waited) = (Duration::ZERO, Duration::ZERO);
    while quiet < QUIET && waited < time && !wait.is_over() {
        let nap = LOOK.min(time.saturating_sub(waited));
        wait.rest(nap);
        daemon.check()?;
        waited += nap;
        quiet = if look() { Duration::ZERO } else { quiet + nap };
    }
    Ok(())
}
