//! The shapes of JSON that several commands print.

use serde_json::{Value as Json, json};

use crate::plan::Effect;
use crate::shell::live::Event;
use crate::shell::store::judgement::{finality_name, state_name};
use crate::shell::store::paper::state_names;

/// An event of a pass as one object; `None` for what only counts.
pub fn event(event: &Event) -> Option<Json> {
    Some(match event {
        Event::Paper { organization, path, state, kind } => {
            let (state, problem) = state_names(state);
            json!({"event": "paper", "organization": organization, "path": path,
                   "state": state, "problem": problem, "kind": kind})
        }
        Event::Refused { organization, path, why } => {
            json!({"event": "refused", "organization": organization, "path": path, "why": why})
        }
        Event::Health { organization, health } => {
            json!({"event": "folder", "organization": organization, "health": health.name()})
        }
        Event::LetterWritten { organization, recipient, subject } => {
            json!({"event": "letter", "organization": organization, "to": recipient,
                   "subject": subject})
        }
        Event::Problem(problem) => {
            json!({"event": "problem", "file": problem.file, "line": problem.line,
                   "english": problem.english, "arabic": problem.arabic})
        }
        Event::CaughtUp => json!({"event": "caught_up"}),
        Event::Effect(effect) => return of_effect(effect),
    })
}

fn of_effect(effect: &Effect) -> Option<Json> {
    Some(match effect {
        Effect::Verdict(row) => json!({
            "event": "verdict", "organization": row.organization, "rulebook": row.rulebook,
            "rule": row.rule, "before": row.before.map(state_name),
            "state": state_name(row.state), "finality": finality_name(row.finality),
        }),
        Effect::Finding(finding, _) => json!({
            "event": if finding.closed.is_some() { "finding_closed" } else { "finding" },
            "organization": finding.key.organization, "rulebook": finding.key.rulebook,
            "rule": finding.key.rule, "slot": finding.key.slot.to_string(),
            "version": finding.version,
        }),
        Effect::Index(row) => json!({
            "event": "index", "organization": row.organization, "rulebook": row.rulebook,
            "value": row.index.value.map(crate::cli::words::points),
        }),
        Effect::Receipted { .. } | Effect::Letter(_) => return None,
    })
}
