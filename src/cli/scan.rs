//! `mithaq scan`: one pass, until nothing is left to do. `mithaq daemon`: the same, for ever.

use std::collections::BTreeMap;

use serde_json::json;

use crate::cli::telling;
use crate::cli::{Context, Exit, Failure, Format};
use crate::config::Problem;
use crate::document::ReadState;
use crate::plan::Effect;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::daemon;
use crate::shell::daemon::Ended;
use crate::shell::live::{Event, Live};
use crate::shell::store::paper::state_names;

/// Passes that a scan makes for files that may still be being written: with a wait of the
/// settle time between them, half a minute by default.
const PASSES_MAX: usize = 15;

/// What a scan counted.
#[derive(Debug, Default)]
struct Counts {
    files: BTreeMap<&'static str, u64>,
    verdict_changes: u64,
    findings_opened: u64,
    findings_closed: u64,
    letters: u64,
    wrong: Vec<Problem>,
}

/// One pass over everything.
///
/// # Errors
/// When the network or its store cannot be used.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let mut live = Live::start(&context.root()?, context.clock)?;
    let mut counts = Counts::default();
    let settling = until_still(&mut live, &mut |event| {
        counts.add(&event);
        tell(context, &event);
    })?;
    if settling > 0 {
        *counts.files.entry("settling").or_default() +=
            u64::try_from(settling).unwrap_or(u64::MAX);
    }
    live.deliver()?;
    counts.print(context);
    Ok(counts.exit())
}

/// Passes until no file is being written, or [`PASSES_MAX`] of them; gives how many files
/// still are.
///
/// # Errors
/// When the store fails.
pub(super) fn until_still(
    live: &mut Live,
    told: &mut dyn FnMut(Event),
) -> Result<usize, Error> {
    let settle = u64::from(live.network.settings.settle_seconds).clamp(1, 10);
    let mut settling = 0;
    for passes in 1..=PASSES_MAX {
        settling = live.pass(None, told)?.settling;
        if settling == 0 {
            break;
        }
        if passes < PASSES_MAX {
            clock::wait(std::time::Duration::from_millis(settle * 1000 + 50));
        }
    }
    Ok(settling)
}

/// Passes for ever.
///
/// # Errors
/// When the network cannot be used at the start, or its store fails later.
pub fn daemon(context: &Context) -> Result<Exit, Failure> {
    let root = context.root()?;
    let early = daemon::begin(&root);
    let mut live = Live::start(&root, context.clock)?;
    context.output.note("watching; stop with Ctrl-C", "المراقبة جارية، وتتوقف بـ Ctrl-C");
    let told = &mut |event: Event| telling::tell(context.output, &event);
    let ended = daemon::run(&mut live, early, told)?;
    Ok(match ended {
        Ended::Stopped => Exit::Done,
        Ended::Interrupted => Exit::Interrupted,
    })
}

fn tell(context: &Context, event: &Event) {
    // Programs get the counts; the events are in the store.
    if context.output.format == Format::Human {
        telling::tell(context.output, event);
    }
}

impl Counts {
    fn add(&mut self, event: &Event) {
        match event {
            Event::Paper { state, .. } => self.file(state_names(state).0),
            Event::Refused { .. } => self.file("refused"),
            Event::Effect(effect) => self.effect(effect),
            Event::LetterWritten { .. } => self.letters += 1,
            Event::Problem(problem) => self.wrong.push(problem.clone()),
            Event::Health { .. } => self.file("folder_unhealthy"),
            Event::CaughtUp => {}
        }
    }

    fn file(&mut self, state: &'static str) {
        *self.files.entry(state).or_default() += 1;
    }

    fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Verdict(_) => self.verdict_changes += 1,
            Effect::Finding(finding, _) if finding.closed.is_some() => {
                self.findings_closed += 1;
            }
            Effect::Finding(finding, _) if finding.version == 1 => {
                self.findings_opened += 1;
            }
            Effect::Finding(..)
            | Effect::Index(_)
            | Effect::Receipted { .. }
            | Effect::Letter(_) => {}
        }
    }

    fn print(&self, context: &Context) {
        if context.output.format == Format::Json {
            context.output.json(vec![
                ("files", json!(self.files)),
                ("verdict_changes", json!(self.verdict_changes)),
                ("findings_opened", json!(self.findings_opened)),
                ("findings_closed", json!(self.findings_closed)),
                ("letters", json!(self.letters)),
            ]);
            return;
        }
        let read: u64 = self.files.values().sum();
        context.output.data(&telling::counts(
            context.output.language,
            [
                read,
                self.verdict_changes,
                self.findings_opened,
                self.findings_closed,
                self.letters,
            ],
        ));
    }

    fn exit(&self) -> Exit {
        let names = [ReadState::NeedsALook(crate::document::Problem::KindUnsure)];
        let undecided = names.iter().map(|state| state_names(state).0);
        let undecided =
            undecided.chain(["not_accepted", "refused", "folder_unhealthy", "settling"]);
        let mut exit = Exit::Done;
        for state in undecided {
            if self.files.contains_key(state) {
                exit = exit.and(Exit::Undecided);
            }
        }
        if self.findings_opened > 0 {
            exit = exit.and(Exit::Findings);
        }
        exit
    }
}
