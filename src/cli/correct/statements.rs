//! What somebody states, checked before anything of it is kept.

use crate::cli::check;
use crate::cli::correct::Arguments;
use crate::cli::{Context, Failure};
use crate::document::{Fact, FactName, Problem, ReadState, Text, Value};
use crate::limits;
use crate::recognise;
use crate::recognise::Unfit;
use crate::recognise::cues::Cues;
use crate::shell::Error;
use crate::shell::network::Network;
use crate::shell::rules::Rules;
use crate::shell::store::paper::Listed;
use crate::vocabulary::Vocabulary;

/// `FACT=VALUE` in two.
pub(super) fn parse(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    if name.trim().is_empty() || value.trim().is_empty() {
        return Err("FACT=VALUE: kind=board_minutes, meeting_date=2026-03-05".to_owned());
    }
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// What is stated of a paper, under the names that facts have; nothing to take back all.
///
/// # Errors
/// What fits no fact, and what to write instead.
pub(super) fn of(
    context: &Context,
    arguments: &Arguments,
    paper: &Listed,
) -> Result<Vec<(String, String)>, Failure> {
    if arguments.undo {
        return Ok(Vec::new());
    }
    let network = context.network()?;
    let registered = network.organizations.get(&paper.organization);
    let bodies = registered.map(|one| one.file.bodies.clone()).unwrap_or_default();
    let bodies: Vec<(String, Vec<String>)> = bodies.into_iter().collect();
    let files = check::word_files(&network.root)?;
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    let (cues, text) = (Cues::with(&texts), Text::default());
    let mut known = recognise::Context::of(&text, "", &cues);
    known.bodies = &bodies;
    let vocabulary = vocabulary(&network);
    let mut stated = if arguments.confirm { read(paper)? } else { Vec::new() };
    stated.retain(|(name, _)| !arguments.facts.iter().any(|(other, _)| other == name));
    for (name, value) in &arguments.facts {
        let value = said(&vocabulary, name, value);
        if value.len() > limits::STATED_BYTES_MAX {
            return Err(too_long(name).into());
        }
        let name = recognise::checked(&known, name, &value)
            .map_err(|unfit| misfit(unfit, (name, &value)))?;
        stated.push((name, value));
    }
    Ok(stated)
}

fn vocabulary(network: &Network) -> std::sync::Arc<Vocabulary> {
    Rules::of(network).vocabulary
}

/// A kind or a body in the words of either language, by its name.
fn said(vocabulary: &Vocabulary, name: &str, value: &str) -> String {
    let named = matches!(
        name.trim(),
        "kind" | "body" | "adopted_by" | "submitted_to" | "النوع" | "الهيئة"
    );
    let term = vocabulary.named(value).filter(|_| named);
    term.map_or_else(|| value.to_owned(), |term| vocabulary.name(term).to_owned())
}

/// What was read of a paper, as statements.
fn read(paper: &Listed) -> Result<Vec<(String, String)>, Error> {
    let contradicts =
        paper.reading.state == ReadState::NeedsALook(Problem::DateContradicts);
    let kind = paper.reading.kinds.first().filter(|_| !contradicts);
    let Some(kind) = kind.filter(|_| !paper.reading.facts.is_empty()) else {
        return Err(Error::report(
            "there is nothing certain to confirm: state what the paper is and its day",
            "لا يوجد ما يمكن تأكيده، ويُرجى بيان نوع المستند وتاريخه",
        ));
    };
    let mut stated = vec![("kind".to_owned(), kind.kind.clone())];
    for fact in &paper.reading.facts {
        let name = fact.name.name();
        let known = stated.iter().any(|(other, _)| other == name);
        if let Some(value) = written(fact).filter(|_| fact.group == 0 && !known) {
            stated.push((name.to_owned(), value));
        }
    }
    Ok(stated)
}

/// A fact as it can be stated; what only the paper can tell is left to it.
fn written(fact: &Fact) -> Option<String> {
    if matches!(fact.name, FactName::Organization | FactName::Contains | FactName::Title)
    {
        return None;
    }
    match &fact.value {
        Value::Day(day) => Some(day.to_string()),
        Value::Period(period) => Some(format!("{} to {}", period.from, period.to)),
        Value::Number(number) => Some(number.to_string()),
        Value::Yes => Some("yes".to_owned()),
        Value::No => Some("no".to_owned()),
        Value::Attendance { present, of: Some(of) } => Some(format!("{present} of {of}")),
        Value::Attendance { present, of: None } => Some(present.to_string()),
        Value::Term(_) | Value::Text(_) | Value::Money { .. } | Value::Person { .. } => {
            None
        }
    }
}

fn too_long(name: &str) -> Error {
    let most = limits::STATED_BYTES_MAX;
    Error::report(
        format!("what is stated as {name} is longer than {most} bytes"),
        format!("القيمة المذكورة باسم {name} أطول من {most} بايت"),
    )
}

fn misfit(unfit: Unfit, (name, value): (&str, &str)) -> Error {
    match unfit {
        Unfit::Name => {
            let names: Vec<&str> = names().collect();
            Error::report(
                format!("no fact is called `{name}`; facts are: {}", names.join(", ")),
                format!("لا توجد معلومة باسم «{name}»، والأسماء هي: {}", names.join("، ")),
            )
        }
        Unfit::Kind => Error::report(
            format!(
                "no kind of paper is called `{value}`; `mithaq words list` has the names, \
                 and none_of_ours says that it is none of them"
            ),
            format!(
                "لا يوجد نوع مستندات باسم «{value}»، والأمر `mithaq words list` يعرض الأسماء، \
                 أما none_of_ours فيعني أنه ليس منها"
            ),
        ),
        Unfit::Value(fact) => {
            let example = example(fact);
            Error::report(
                format!("`{value}` is no {name}; write {name}={example}, for example"),
                format!(
                    "«{value}» لا تصلح قيمةً للمعلومة {name}، ومثالها {name}={example}"
                ),
            )
        }
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    let facts = FactName::ALL.into_iter();
    let facts = facts
        .filter(|name| !matches!(name, FactName::Title | FactName::Organization))
        .map(FactName::name);
    std::iter::once("kind").chain(facts)
}

fn example(fact: FactName) -> &'static str {
    match fact {
        FactName::Covers => "2025-2027",
        FactName::Attendance => "\"7 of 9\"",
        FactName::MeetingHeld | FactName::QuorumMet => "yes",
        FactName::MeetingNumber
        | FactName::MemberCount
        | FactName::Signatures
        | FactName::Income => "7",
        FactName::Body | FactName::AdoptedBy | FactName::SubmittedTo => "board",
        _ => "2026-03-05",
    }
}
