//! `mithaq go-live`: from now on letters leave by SMTP. What was written to the folder
//! `outbox` before stays there: a network does not begin with a flood.

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::Error;
use crate::shell::outbox;
use crate::shell::outbox::State;
use crate::shell::outbox::way;
use crate::shell::smtp;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::setting;
use crate::shell::store::setting::Setting;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Stop sending: letters go to the folder outbox again
    #[arg(long)]
    undo: bool,
}

/// Asks the server first: connects, secures, gives the password, and says good-bye.
///
/// # Errors
/// When no server is set, or it does not let us in.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let network = context.network()?;
    let connection = store::open(&Place::of_network(&network.root))?;
    if arguments.undo {
        setting::set(&connection, Setting::Live, "no")?;
        tell(context, false, 0);
        return Ok(Exit::Done);
    }
    let settings = network.settings.smtp.as_ref().ok_or_else(|| {
        Error::report(
            "no server is set: mithaq.toml needs a section [smtp] with a host",
            "لم يُحدَّد خادم بريد: يحتاج ملف mithaq.toml إلى قسم [smtp] يذكر المضيف",
        )
    })?;
    let server = way::server(&network.office(), settings)?;
    smtp::probe(&server).map_err(|why| {
        let host = &server.host;
        Error::report(
            format!("nothing was changed, because {host} does not let us in: {why}"),
            format!("لم يتغيّر شيء، لأن الخادم {host} لم يسمح بالدخول: {why}"),
        )
    })?;
    let kept = outbox::queue(&connection, true)?
        .iter()
        .filter(|row| row.state == State::Written)
        .count();
    setting::set(&connection, Setting::Live, "yes")?;
    tell(context, true, kept);
    Ok(Exit::Done)
}

fn tell(context: &Context, live: bool, kept: usize) {
    let output = context.output;
    if output.format == Format::Json {
        output.json(vec![("live", json!(live)), ("kept", json!(kept))]);
        return;
    }
    let (english, arabic) = if live {
        (
            format!(
                "Letters leave by SMTP from now on. Those written to outbox/ before stay \
                 there: {kept}."
            ),
            format!(
                "تُرسل الرسائل من الآن عبر خادم البريد. وما كُتب قبل ذلك في المجلد outbox يبقى \
                 فيه، وعدده: {kept}."
            ),
        )
    } else {
        (
            "Letters go to the folder outbox/ again.".to_owned(),
            "تعود الرسائل إلى المجلد outbox.".to_owned(),
        )
    };
    output.data(output.pick(&english, &arabic));
}
