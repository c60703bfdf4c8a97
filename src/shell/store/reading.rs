//! What was understood of a paper, as the store keeps it: one JSON object a paper.
//!
//! The core's types are not serializable on purpose; this is where they are turned into
//! text and back. What an older program wrote and this one does not know is left out.

use serde_json::{Value as Json, json};

use crate::calendar::{Day, Period};
use crate::document::{
    Fact, FactName, KindGuess, Method, Passage, Problem, ReadState, Reading, Value,
};

/// A reading as JSON text.
pub(super) fn to_text(reading: &Reading) -> String {
    let (state, problem) = state_names(&reading.state);
    let kinds: Vec<Json> =
        reading.kinds.iter().map(|guess| json!([guess.kind, guess.confidence])).collect();
    let facts: Vec<Json> = reading.facts.iter().map(fact_to_json).collect();
    json!({
        "state": state,
        "problem": problem,
        "health": reading.text_health,
        "kinds": kinds,
        "facts": facts,
    })
    .to_string()
}

/// A reading from JSON text; `None` when it is no reading.
pub(super) fn from_text(text: &str) -> Option<Reading> {
    let json: Json = serde_json::from_str(text).ok()?;
    let state =
        state_from(json.get("state")?.as_str()?, problem_of(json.get("problem")))?;
    let kinds = json.get("kinds")?.as_array()?.iter().filter_map(|guess| {
        let kind = guess.get(0)?.as_str()?.to_owned();
        Some(KindGuess { kind, confidence: small(guess.get(1)?)? })
    });
    let facts = json.get("facts")?.as_array()?.iter().filter_map(fact_from_json);
    Some(Reading {
        state,
        text_health: small(json.get("health")?)?,
        kinds: kinds.collect(),
        facts: facts.collect(),
    })
}

/// The name of a state in JSON, and of the problem behind it.
pub fn state_names(state: &ReadState) -> (&'static str, Option<&'static str>) {
    match state {
        ReadState::Understood => ("understood", None),
        ReadState::NeedsALook(problem) => ("needs_a_look", Some(problem.name())),
        ReadState::NoneOfOurs => ("none_of_ours", None),
        ReadState::NotAccepted(problem) => ("not_accepted", Some(problem.name())),
    }
}

fn state_from(name: &str, problem: Option<Problem>) -> Option<ReadState> {
    match name {
        "understood" => Some(ReadState::Understood),
        "needs_a_look" => problem.map(ReadState::NeedsALook),
        "none_of_ours" => Some(ReadState::NoneOfOurs),
        "not_accepted" => problem.map(ReadState::NotAccepted),
        _ => None,
    }
}

fn problem_of(json: Option<&Json>) -> Option<Problem> {
    json.and_then(Json::as_str).and_then(Problem::from_name)
}

fn fact_to_json(fact: &Fact) -> Json {
    let passage = fact
        .passage
        .as_ref()
        .map(|passage| json!([passage.page, passage.line, passage.text]));
    json!({
        "fact": fact.name.name(),
        "value": value_to_json(&fact.value),
        "group": fact.group,
        "method": method_to_json(fact.method),
        "confidence": fact.confidence,
        "passage": passage,
    })
}

fn fact_from_json(json: &Json) -> Option<Fact> {
    let passage = json.get("passage").filter(|passage| passage.is_array());
    Some(Fact {
        name: FactName::from_name(json.get("fact")?.as_str()?)?,
        value: value_from_json(json.get("value")?)?,
        group: small(json.get("group")?)?,
        method: method_from_json(json.get("method")?)?,
        confidence: small(json.get("confidence")?)?,
        passage: passage.and_then(passage_from_json),
    })
}

fn passage_from_json(json: &Json) -> Option<Passage> {
    let page = json.get(0)?.as_u64().and_then(|page| u32::try_from(page).ok());
    let line = u32::try_from(json.get(1)?.as_u64()?).ok()?;
    Some(Passage { page, line, text: json.get(2)?.as_str()?.to_owned() })
}

fn method_to_json(method: Method) -> Json {
    match method {
        Method::FileName => json!("file_name"),
        Method::Property => json!("property"),
        Method::Ocr(confidence) => json!({ "ocr": confidence }),
        Method::Body => json!("body"),
        Method::FrontMatter => json!("front_matter"),
        Method::Stated => json!("stated"),
        Method::Corrected => json!("corrected"),
    }
}

fn method_from_json(json: &Json) -> Option<Method> {
    if let Some(confidence) = json.get("ocr") {
        return small(confidence).map(Method::Ocr);
    }
    match json.as_str()? {
        "file_name" => Some(Method::FileName),
        "property" => Some(Method::Property),
        "body" => Some(Method::Body),
        "front_matter" => Some(Method::FrontMatter),
        "stated" => Some(Method::Stated),
        "corrected" => Some(Method::Corrected),
        _ => None,
    }
}

fn value_to_json(value: &Value) -> Json {
    match value {
        Value::Day(day) => json!({ "day": day.0 }),
        Value::Period(period) => json!({ "period": [period.from.0, period.to.0] }),
        Value::Number(number) => json!({ "number": number }),
        Value::Yes => json!({ "is": true }),
        Value::No => json!({ "is": false }),
        Value::Attendance { present, of } => json!({ "attendance": [present, of] }),
        Value::Money { amount, currency } => {
            json!({ "money": [amount, String::from_utf8_lossy(currency)] })
        }
        Value::Person { name, role } => json!({ "person": [name, role] }),
        Value::Term(name) => json!({ "term": name }),
        Value::Text(text) => json!({ "text": text }),
    }
}

fn value_from_json(json: &Json) -> Option<Value> {
    let (kind, value) = json.as_object()?.iter().next()?;
    let text = || value.as_str().map(str::to_owned);
    let part = |index: usize| value.get(index);
    match kind.as_str() {
        "day" => day_from(value).map(Value::Day),
        "period" => {
            let (from, to) = (day_from(part(0)?)?, day_from(part(1)?)?);
            Some(Value::Period(Period { from, to }))
        }
        "number" => value.as_i64().map(Value::Number),
        "is" => value.as_bool().map(|yes| if yes { Value::Yes } else { Value::No }),
        "attendance" => {
            let of = part(1).and_then(small);
            Some(Value::Attendance { present: small(part(0)?)?, of })
        }
        "money" => {
            let currency = part(1)?.as_str()?.as_bytes().try_into().ok()?;
            Some(Value::Money { amount: part(0)?.as_i64()?, currency })
        }
        "person" => {
            let role = part(1).and_then(Json::as_str).map(str::to_owned);
            Some(Value::Person { name: part(0)?.as_str()?.to_owned(), role })
        }
        "term" => text().map(Value::Term),
        "text" => text().map(Value::Text),
        _ => None,
    }
}

fn day_from(json: &Json) -> Option<Day> {
    json.as_i64().and_then(|number| i32::try_from(number).ok()).map(Day)
}

fn small(json: &Json) -> Option<u16> {
    json.as_u64().and_then(|number| u16::try_from(number).ok())
}
