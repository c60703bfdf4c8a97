//! `mithaq mail receive`: a message on standard input, as a mail server's pipe gives it.

use std::io::Read;

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::limits;
use crate::shell::Error;
use crate::shell::answers;
use crate::shell::answers::Taken;
use crate::shell::store;
use crate::shell::store::Place;

/// Whatever goes wrong, the mail server keeps the message and brings it again: nothing is
/// lost, and nobody gets a bounce because a settings file has a mistake.
pub(super) fn run(context: &Context, to: &[String]) -> Exit {
    match take(context, to) {
        Ok(taken) => {
            tell(context, &taken);
            Exit::Done
        }
        Err(failure) => {
            context.output.failure(&failure);
            Exit::BringAgain
        }
    }
}

fn take(context: &Context, to: &[String]) -> Result<Taken, Failure> {
    let mut raw = Vec::new();
    // What is longer is cut: who wrote it and what it answers stands at its head.
    let mut input = std::io::stdin().lock().take(limits::ANSWER_BYTES_MAX);
    input.read_to_end(&mut raw).map_err(|error| {
        Error::retry(
            format!("the message could not be read: {error}"),
            format!("تعذّرت قراءة الرسالة: {error}"),
        )
    })?;
    let network = context.network()?;
    let mut connection = store::open(&Place::of_network(&network.root))?;
    Ok(answers::receive(&mut connection, &network, (&raw, to), context.clock.now())?)
}

fn tell(context: &Context, taken: &Taken) {
    let output = context.output;
    if output.format == Format::Json {
        let answer = json!({"number": taken.number, "decision": taken.decision});
        output.json(vec![("answers", json!([answer]))]);
        return;
    }
    let word = super::answers::word(taken.decision, output.language);
    match taken.number {
        Some(number) => output.data(&format!("{number}  {word}")),
        None => output.note("This message was taken before.", "سبق استلام هذه الرسالة."),
    }
}
