//! `mithaq status` and `mithaq doctor`: what is well, what is not, and what to do.

use serde_json::{Value as Json, json};

use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::health;
use crate::shell::health::metrics;
use crate::shell::health::{Check, State};
use crate::shell::store::Place;
use crate::text::Language;

#[derive(clap::Args, Debug)]
pub struct Status {
    /// Print figures for a monitoring system instead, in the text format of Prometheus
    #[arg(long)]
    pub metrics: bool,
}

/// How the service does.
///
/// # Errors
/// When there is no network.
pub fn status(context: &Context, arguments: &Status) -> Result<Exit, Failure> {
    let root = context.root()?;
    if arguments.metrics {
        let text = metrics::text(&Place::of_network(&root))?;
        context.output.data(text.trim_end());
        return Ok(Exit::Done);
    }
    let checks = health::status(&root, context.clock);
    Ok(told(context, &checks))
}

/// Everything that could be wrong.
///
/// # Errors
/// When there is no network.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let checks = health::doctor(&context.root()?, context.clock);
    Ok(told(context, &checks))
}

fn told(context: &Context, checks: &[Check]) -> Exit {
    let language = context.output.language;
    if context.output.format == Format::Json {
        let checks: Vec<Json> =
            checks.iter().map(|check| to_json(check, language)).collect();
        context.output.json(vec![("checks", json!(checks))]);
    } else {
        for check in checks {
            context.output.data(&line(check, language));
        }
    }
    let worst = checks.iter().map(|check| check.state).max();
    if worst == Some(State::Fault) { Exit::Wrong } else { Exit::Done }
}

fn to_json(check: &Check, language: Language) -> Json {
    json!({
        "name": check.name,
        "state": check.state.name(),
        "detail": check.detail.read_in(language),
        "fix": check.fix.as_ref().map(|fix| fix.read_in(language)),
    })
}

fn line(check: &Check, language: Language) -> String {
    let mark = match check.state {
        State::Ok => "✓",
        State::Warning => "!",
        State::Fault => "✗",
    };
    let detail = check.detail.read_in(language);
    match &check.fix {
        None => format!("{mark} {detail}"),
        Some(fix) => {
            let arrow = if language == Language::Arabic { "←" } else { "→" };
            format!("{mark} {detail}\n  {arrow} {}", fix.read_in(language))
        }
    }
}
