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
const LOOK: Duration = Duration::from_millis(50);
/// What was dropped is answered when all of it was read and nothing more came for so long.
const QUIET: Duration = Duration::from_millis(300);
/// An answer is waited for so long at most: then the story goes on without it.
const PATIENCE: Duration = Duration::from_secs(20);

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
    telling.closing(&stage.index(story.last_day()));
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
    telling.expect(stage.papers());
    telling.expect_start();
    answered(QUIET, daemon, wait, telling)?;
    telling.begin();
    for arrival in &story.arrivals {
        if arrival.waits {
            answered(QUIET, daemon, wait, telling)?;
        }
        if let Some(day) = &arrival.day {
            daemon.end()?;
            telling.morning(day);
            *daemon = stage.daemon(day)?;
            telling.expect_start();
            answered(QUIET, daemon, wait, telling)?;
        }
        if wait.is_over() {
            return Ok(());
        }
        wait.rest(LOOK);
        telling.arrival(arrival, stage.name_of(&arrival.organization));
        stage.put(arrival)?;
        telling.expect(1);
    }
    answered(QUIET, daemon, wait, telling)
}

/// Tells what comes until everything that was dropped is answered and nothing came for
/// `enough` time.
fn answered(
    enough: Duration,
    daemon: &mut Daemon,
    wait: &mut Wait,
    telling: &mut Telling,
) -> Result<(), Failure> {
    let (mut quiet, mut waited) = (Duration::ZERO, Duration::ZERO);
    while (quiet < enough || telling.expects()) && waited < PATIENCE && !wait.is_over() {
        wait.rest(LOOK);
        daemon.check()?;
        waited += LOOK;
        quiet = if telling.catch_up() { Duration::ZERO } else { quiet + LOOK };
    }
    Ok(())
}
