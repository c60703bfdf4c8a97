//! What was understood of a paper, as programs take it and as people read it.

use serde_json::{Value as Json, json};

use crate::cli::telling::{problem_ar, problem_en};
use crate::cli::words;
use crate::document::{Fact, Method, Passage, Problem, ReadState, Reading, Value};
use crate::recognise::NONE_OF_OURS;
use crate::text::Language;
use crate::text::isolate;

/// A fact for programs, as `docs/schema/read.schema.json` has it.
pub(super) fn fact_json(fact: &Fact) -> Json {
    let (mut date, mut period, mut value) = (Json::Null, Json::Null, Json::Null);
    match &fact.value {
        Value::Day(day) => date = json!(day.to_string()),
        Value::Period(span) => {
            period = json!({"from": span.from.to_string(), "to": span.to.to_string()});
        }
        Value::Number(number) => value = json!(number),
        Value::Yes => value = json!(true),
        Value::No => value = json!(false),
        Value::Attendance { present, of } => {
            value = json!({"present": present, "of": of});
        }
        Value::Money { amount, currency } => {
            let currency = String::from_utf8_lossy(currency);
            value = json!({"amount": amount.to_string(), "currency": currency});
        }
        Value::Person { name, role } => value = json!({"name": name, "role": role}),
        Value::Term(text) | Value::Text(text) => value = json!(text),
    }
    json!({
        "fact": fact.name.name(),
        "value": value,
        "date": date,
        "period": period,
        "group": fact.group,
        "confidence": share(fact.confidence),
        "method": method(fact.method),
        "passage": fact.passage.as_ref().map(passage_json),
    })
}

fn passage_json(passage: &Passage) -> Json {
    json!({"page": passage.page, "line": passage.line, "text": passage.text})
}

/// Thousandths as a number between 0 and 1.
pub(super) fn share(thousandths: u16) -> f64 {
    f64::from(thousandths) / 1000.0
}

/// The name of a state in JSON, and the problem that goes with it.
pub(super) fn state(state: &ReadState) -> (&'static str, Option<Problem>) {
    match state {
        ReadState::Understood => ("understood", None),
        ReadState::NeedsALook(problem) => ("needs_a_look", Some(*problem)),
        ReadState::NoneOfOurs => ("none_of_ours", None),
        ReadState::NotAccepted(problem) => ("not_accepted", Some(*problem)),
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::FileName => "file_name",
        Method::Property => "property",
        Method::Ocr(_) => "ocr",
        Method::Body => "body",
        Method::FrontMatter => "front_matter",
        Method::Stated => "stated",
        Method::Corrected => "corrected",
    }
}

/// What a paper is, as a sentence.
pub(super) fn sentence(language: Language, reading: &Reading) -> String {
    let best = reading.kinds.first().map(|guess| guess.kind.as_str());
    let none = best.is_none_or(|kind| kind == NONE_OF_OURS);
    let kind = best.map(|kind| words::kind(language, kind)).unwrap_or_default();
    let english = language == Language::English;
    match &reading.state {
        ReadState::Understood if english => format!("It was understood: {kind}."),
        ReadState::Understood => format!("فُهم المستند: {}.", isolate(&kind)),
        ReadState::NoneOfOurs if english => {
            "It is none of the kinds of paper that rules speak of.".to_owned()
        }
        ReadState::NoneOfOurs => {
            "ليس المستند من الأنواع التي تتحدث عنها القواعد.".to_owned()
        }
        ReadState::NeedsALook(Problem::KindUnsure) if none && english => {
            "It is like no kind of paper that rules speak of. If it is one all the same, \
             somebody has to say which."
                .to_owned()
        }
        ReadState::NeedsALook(Problem::KindUnsure) if none => {
            "لا يشبه المستند أي نوع تتحدث عنه القواعد. وإن كان منها، فيُرجى بيان نوعه."
                .to_owned()
        }
        ReadState::NeedsALook(problem) if none && english => {
            format!("Somebody has to look at it: {}.", problem_en(*problem))
        }
        ReadState::NeedsALook(problem) if none => {
            format!("يحتاج المستند إلى نظر: {}.", problem_ar(*problem))
        }
        ReadState::NeedsALook(problem) if english => format!(
            "Somebody has to look at it: {}. It is most like this kind: {kind}.",
            problem_en(*problem)
        ),
        ReadState::NeedsALook(problem) => format!(
            "يحتاج المستند إلى نظر: {}. وأقرب الأنواع إليه: {}.",
            problem_ar(*problem),
            isolate(&kind)
        ),
        ReadState::NotAccepted(problem) if english => {
            format!("It could not be read: {}.", problem_en(*problem))
        }
        ReadState::NotAccepted(problem) => {
            format!("تعذّرت قراءة المستند: {}.", problem_ar(*problem))
        }
    }
}

/// A line for each fact, with where it stands.
pub(super) fn fact_lines(language: Language, reading: &Reading) -> Vec<String> {
    reading.facts.iter().map(|fact| fact_line(language, fact)).collect()
}

fn fact_line(language: Language, fact: &Fact) -> String {
    let pick = |english: &'static str, arabic: &'static str| match language {
        Language::English => english,
        Language::Arabic => arabic,
    };
    let place = match &fact.passage {
        None if fact.method.is_of_a_person() => {
            pick("a person states it", "ذكره شخص").to_owned()
        }
        None => pick("in its name or properties", "في اسمه أو خصائصه").to_owned(),
        Some(Passage { page: Some(page), line, text }) => {
            let place = pick("page {p}, line {l}", "الصفحة {p}، السطر {l}");
            filled(place, Some(*page), *line) + ": " + text.trim()
        }
        Some(Passage { page: None, line, text }) => {
            let place = pick("line {l}", "السطر {l}");
            filled(place, None, *line) + ": " + text.trim()
        }
    };
    format!("  {} = {}  [{place}]", fact.name.name(), value(&fact.value))
}

fn filled(template: &str, page: Option<u32>, line: u32) -> String {
    let page = page.unwrap_or_default().to_string();
    template.replace("{p}", &page).replace("{l}", &line.to_string())
}

/// A value as people read it; names and numbers are the same in both languages.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Day(day) => day.to_string(),
        Value::Period(period) => format!("{}..{}", period.from, period.to),
        Value::Number(number) => number.to_string(),
        Value::Yes => "yes".to_owned(),
        Value::No => "no".to_owned(),
        Value::Attendance { present, of: Some(of) } => format!("{present}/{of}"),
        Value::Attendance { present, of: None } => present.to_string(),
        Value::Money { amount, currency } => {
            format!("{amount} {}", String::from_utf8_lossy(currency))
        }
        Value::Person { name, role: Some(role) } => format!("{name} ({role})"),
        Value::Person { name, role: None } => name.clone(),
        Value::Term(text) | Value::Text(text) => text.clone(),
    }
}
