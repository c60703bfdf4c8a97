//! The papers that wait for somebody to say what they are, and how each is settled.

use serde_json::{Value as Json, json};

use crate::cli::correct::paper_json;
use crate::cli::reading;
use crate::cli::{Context, Exit, Failure, Format};
use crate::document::{FactName, Problem, ReadState, Value};
use crate::recognise::NONE_OF_OURS;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::paper;
use crate::shell::store::paper::Listed;

/// Lists them, those that have waited longest first.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn list(
    context: &Context,
    place: &Place,
    organization: Option<&str>,
) -> Result<Exit, Failure> {
    let mut waiting = match store::open_to_read(place)? {
        Some(rows) => paper::listed(&rows, organization, &context.horizon()?)?,
        None => Vec::new(),
    };
    waiting.retain(waits);
    waiting.sort_by_key(|paper| (paper.received, paper.sha256));
    let output = context.output;
    if output.format == Format::Json {
        let queue: Vec<Json> = waiting.iter().map(in_json).collect();
        output.json(vec![("queue", json!(queue))]);
    } else if waiting.is_empty() {
        output.note("No paper waits for anybody.", "لا يوجد مستند بانتظار أحد.");
    } else {
        for paper in &waiting {
            let path = paper.paths.first().unwrap_or(&paper.first_path);
            let said = reading::sentence(output.language, &paper.reading);
            output.data(&format!("{}  {path}: {said}", paper.organization));
            output.data(&format!("  {}", settle(paper)));
        }
    }
    Ok(if waiting.is_empty() { Exit::Done } else { Exit::Undecided })
}

/// Whether a person can say more of it than was read; of what lies in the folder no more,
/// nobody asks.
fn waits(paper: &Listed) -> bool {
    let asks = match paper.reading.state {
        ReadState::NeedsALook(_) => true,
        ReadState::NotAccepted(problem) => matches!(
            problem,
            Problem::NoText
                | Problem::BrokenText
                | Problem::Encrypted
                | Problem::LimitPassed
                | Problem::ReaderFailed
        ),
        ReadState::Understood | ReadState::NoneOfOurs => false,
    };
    asks && !paper.paths.is_empty()
}

fn in_json(paper: &Listed) -> Json {
    let mut json = paper_json(paper);
    if let Some(fields) = json.as_object_mut() {
        fields.insert("settle".to_owned(), json!(settle(paper)));
    }
    json
}

/// The command that would settle it if the best guess is right; capitals stand for what only
/// a person knows.
fn settle(paper: &Listed) -> String {
    let hash: String = paper.sha256.to_string().chars().take(12).collect();
    let best = paper.reading.kinds.first().map(|guess| guess.kind.as_str());
    let kind = best.filter(|kind| *kind != NONE_OF_OURS).unwrap_or("KIND");
    let day =
        paper.reading.facts.iter().find_map(|fact| match (fact.name, &fact.value) {
            (FactName::MeetingDate, Value::Day(day)) => Some(day.to_string()),
            _ => None,
        });
    let facts = match paper.reading.state {
        ReadState::NeedsALook(Problem::DateMissing) => {
            "meeting_date=YYYY-MM-DD".to_owned()
        }
        ReadState::NeedsALook(Problem::DateContradicts) => {
            format!("meeting_date={}", day.unwrap_or_else(|| "YYYY-MM-DD".to_owned()))
        }
        ReadState::NotAccepted(_) => format!("kind={kind} date=YYYY-MM-DD"),
        ReadState::NeedsALook(Problem::NoText) => "--confirm".to_owned(),
        _ => format!("kind={kind}"),
    };
    format!("mithaq correct {hash} {facts}")
}
