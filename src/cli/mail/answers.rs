//! `mithaq mail answers`: what people wrote back, and what became of it.

use serde_json::{Value as Json, json};

use crate::cli::listing;
use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::clock;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::answer;
use crate::shell::store::answer::Answer;
use crate::text::Language;

/// # Errors
/// When there is no network or its store cannot be read.
pub(super) fn run(context: &Context, all: bool) -> Result<Exit, Failure> {
    let root = context.root()?;
    let mut listed = match store::open_to_read(&Place::of_network(&root))? {
        Some(rows) => answer::listed(&rows, context.known()?)?,
        None => Vec::new(),
    };
    listed.retain(|answer| all || answer.open);
    let open = listed.iter().any(|answer| answer.open);
    if context.output.format == Format::Json {
        let answers: Vec<Json> = listed.iter().map(in_json).collect();
        context.output.json(vec![("answers", Json::from(answers))]);
    } else if listed.is_empty() {
        context.output.note("No answer waits.", "لا توجد ردود بانتظار البتّ فيها.");
    } else {
        print(context, &listed);
    }
    Ok(if open { Exit::Undecided } else { Exit::Done })
}

fn print(context: &Context, listed: &[Answer]) {
    let language = context.output.language;
    let heads = match language {
        Language::English => ["answer", "received", "from", "says", "about", "words"],
        Language::Arabic => ["الرد", "الاستلام", "من", "المطلوب", "بشأن", "الكلمات"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for answer in listed {
        let subject = answer.letter.as_ref().map(|letter| letter.subject.clone());
        rows.push(vec![
            answer.number.to_string(),
            clock::iso(answer.at),
            answer.writer.clone(),
            word(&answer.decision, language).to_owned(),
            subject.unwrap_or_default(),
            answer.said.clone(),
        ]);
    }
    for line in listing::columns(&rows) {
        context.output.data(&line);
    }
}

/// An answer under what it is about: who, what, and how far it is.
pub(crate) fn line(answer: &Answer, language: Language) -> String {
    let (number, writer, said) = (answer.number, &answer.writer, &answer.said);
    let asks = word(&answer.decision, language);
    let stands = match (&answer.settled, answer.open, language) {
        (Some(settled), _, Language::English) => format!("decided: {}", settled.why),
        (Some(settled), _, Language::Arabic) => format!("القرار: {}", settled.why),
        (None, true, Language::English) => "waits for a decision".to_owned(),
        (None, true, Language::Arabic) => "بانتظار البتّ".to_owned(),
        (None, false, _) => String::new(),
    };
    format!("  {number}  {writer}: {asks} ({said}) {stands}").trim_end().to_owned()
}

/// An answer in the JSON of `docs/schema/answers.schema.json`.
pub(crate) fn in_json(answer: &Answer) -> Json {
    let letter = answer.letter.as_ref();
    json!({
        "number": answer.number,
        "at": clock::iso(answer.at),
        "from": answer.writer,
        "organization": letter.map(|letter| letter.organization.clone()),
        "letter": letter.map(|letter| letter.id),
        "kind": letter.map(|letter| letter.kind.clone()),
        "finding": letter.and_then(|letter| letter.finding().map(str::to_owned)),
        "decision": answer.decision,
        "said": answer.said,
        "open": answer.open,
        "settled": answer.settled.as_ref().map(|settled| {
            json!({"at": clock::iso(settled.at), "by": settled.by, "why": settled.why})
        }),
    })
}

/// What an answer asks, or why nothing followed from it.
pub(crate) fn word(decision: &str, language: Language) -> &'static str {
    let (english, arabic) = match decision {
        "dispute" => ("objects", "اعتراض"),
        "correction" => ("something is wrong", "تصحيح"),
        "exemption" => ("does not apply", "لا تنطبق"),
        "extension" => ("more time", "مهلة"),
        "mute" => ("no letters of this kind", "إيقاف هذا النوع"),
        "pause" => ("weekly letter only", "الرسالة الأسبوعية فقط"),
        "resume" => ("all letters again", "استئناف الرسائل"),
        "message" => ("a message", "رسالة"),
        "returned" => ("came back", "عادت دون تسليم"),
        "ignored" => ("ignored: written by a program", "أُهملت: كتبها برنامج"),
        "unknown_letter" => ("names no letter of ours", "لا تشير إلى رسالة من رسائلنا"),
        "not_on_register" => ("not from the register", "ليست من المسجّلين"),
        _ => ("", ""),
    };
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}
