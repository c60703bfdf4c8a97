//! `mithaq mail settle`: what a person decided about an answer.

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::Error;
use crate::shell::answers;
use crate::shell::store;
use crate::shell::store::Place;

/// # Errors
/// When the network or its store cannot be used, or no such answer is open.
pub(super) fn run(
    context: &Context,
    number: i64,
    why: &str,
    by: Option<&str>,
) -> Result<Exit, Failure> {
    let network = context.network()?;
    let mut connection = store::open(&Place::of_network(&network.root))?;
    let officer = network.settings.officer.as_ref().map(|one| one.name.as_str());
    let by = by.or(officer).unwrap_or_default();
    let now = context.clock.now();
    if !answers::settle(&mut connection, &network, (number, by, why), now)? {
        let error = Error::report(
            format!("there is no answer {number} that waits for a decision"),
            format!("لا يوجد رد رقمه {number} بانتظار البتّ فيه"),
        );
        return Err(error.into());
    }
    if context.output.format == Format::Json {
        let answer = json!({"number": number, "decision": "settled"});
        context.output.json(vec![("answers", json!([answer]))]);
    } else {
        context.output.note(
            "It is decided; whoever asked is told by letter.",
            "تم البتّ في الأمر، وتُرسل رسالة بذلك إلى من طلبه.",
        );
    }
    Ok(Exit::Done)
}
