//! `mithaq mail test`: one letter that tells nothing and proves the way.

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::letters;
use crate::letters::token::TokenKey;
use crate::letters::{Body, Letter, Recipient, Rendered};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::network::Network;
use crate::shell::outbox::way;
use crate::shell::register;
use crate::shell::register::Zones;
use crate::shell::smtp;
use crate::shell::smtp::Fate;

/// Sends at once, past the outbox: live or not, somebody is waiting for it.
///
/// # Errors
/// When the network cannot be used or the address is none.
pub(super) fn run(context: &Context, to: &str) -> Result<Exit, Failure> {
    let network = context.network()?;
    let rendered = letter(context, &network, to)?;
    let outcome = match &network.settings.smtp {
        Some(settings) => {
            let server = way::server(&network.office(), settings)?;
            judged(smtp::send(&server, to, &rendered.eml, || Ok(()))?)
        }
        None => Outcome {
            exit: Exit::Done,
            reply: String::new(),
            file: Some(write(&network, &rendered)?),
        },
    };
    tell(context, to, &rendered, &outcome);
    Ok(outcome.exit)
}

/// What became of the letter.
struct Outcome {
    exit: Exit,
    /// What the server said.
    reply: String,
    /// Where it was written for want of a server.
    file: Option<String>,
}

fn letter(context: &Context, network: &Network, to: &str) -> Result<Rendered, Failure> {
    let letter = Letter {
        to: Recipient {
            organization: "network".to_owned(),
            organization_name: network.settings.name.clone(),
            name: String::new(),
            address: to.to_owned(),
            role: "administrator".to_owned(),
            language: context.output.language,
        },
        // Each test is a letter of its own.
        subject_key: format!("test-{}", context.clock.wall_ns()),
        window: String::new(),
        body: Body::Test,
    };
    let sender = register::sender(network, &Zones::of(network), TokenKey::default());
    letters::render(&letter, &sender, context.clock.now()).map_err(|unsendable| {
        let error = Error::report(
            format!("the test letter cannot be made: {unsendable}"),
            "تعذّر إعداد الرسالة التجريبية: أحد العنوانين ليس عنوان بريد إلكتروني",
        );
        Failure::Error(error)
    })
}

fn write(network: &Network, rendered: &Rendered) -> Result<String, Error> {
    let folder = way::folder(&network.root);
    disk::make_folder(&folder)?;
    let file = folder.join("test.eml");
    disk::write_whole(&file, &rendered.eml)?;
    Ok(file.display().to_string())
}

fn judged(fate: Fate) -> Outcome {
    let (exit, reply) = match fate {
        Fate::Accepted { reply } => (Exit::Done, reply),
        Fate::Later { reply } | Fate::Uncertain { reply } => (Exit::Undecided, reply),
        Fate::Refused { reply } | Fate::ChannelFault { reply, .. } => {
            (Exit::Wrong, reply)
        }
    };
    Outcome { exit, reply, file: None }
}

fn tell(context: &Context, to: &str, rendered: &Rendered, outcome: &Outcome) {
    let Outcome { exit, reply, file } = outcome;
    let output = context.output;
    if output.format == Format::Json {
        let letter = json!({
            "to": to,
            "kind": "test",
            "subject": rendered.subject,
            "why": super::why("test").read_in(output.language),
            "file": file,
            "message_id": rendered.message_id,
            "at": clock::iso(context.clock.now()),
            "sent": *exit == Exit::Done && file.is_none(),
            "reply": reply,
        });
        output.json(vec![("letters", json!([letter]))]);
        return;
    }
    let (english, arabic) = match (file, exit) {
        (Some(file), _) => (
            format!("No server is set; the letter was written to {file}."),
            format!("لم يُحدَّد خادم بريد، وكُتبت الرسالة في {file}."),
        ),
        (None, Exit::Done) => (
            format!("The server took the letter to {to}: {reply}"),
            format!("قبل الخادم الرسالة إلى {to}: {reply}"),
        ),
        (None, _) => (
            format!("The letter to {to} did not leave: {reply}"),
            format!("لم تُرسل الرسالة إلى {to}: {reply}"),
        ),
    };
    output.data(output.pick(&english, &arabic));
}
