//! Which commands look back, and by which of the two times: `--as-of`, the day judged, and
//! `--known`, up to when arrivals are known. To any other command they would say nothing,
//! and that is told rather than passed over.

use crate::cli::mail;
use crate::cli::{Command, Context};
use crate::shell::Error;

/// What a command takes of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Both,
    Day,
    Known,
    Neither,
}

/// # Errors
/// When a time is given that says nothing to the command.
pub(super) fn refuse(context: &Context, command: &Command) -> Result<(), Error> {
    let takes = takes(command);
    let day =
        context.global.as_of.is_some() && matches!(takes, Takes::Known | Takes::Neither);
    let known =
        context.global.known.is_some() && matches!(takes, Takes::Day | Takes::Neither);
    let option = match (day, known) {
        (false, false) => return Ok(()),
        (true, _) => "--as-of",
        (false, true) => "--known",
    };
    let [english, arabic] = match takes {
        Takes::Known => [
            format!(
                "`{option}` says nothing to this command: it lists what there was, up to `--known`"
            ),
            format!(
                "الخيار `{option}` لا معنى له في هذا الأمر: فهو يعرض ما كان موجودًا حتى `--known`"
            ),
        ],
        Takes::Day => [
            format!(
                "`{option}` says nothing to this command: it looks ahead, to `--as-of`"
            ),
            format!(
                "الخيار `{option}` لا معنى له في هذا الأمر: فهو ينظر إلى الأمام حتى `--as-of`"
            ),
        ],
        Takes::Both | Takes::Neither => [
            format!(
                "`{option}` says nothing to this command: it works on what is there now"
            ),
            format!(
                "الخيار `{option}` لا معنى له في هذا الأمر: فهو يعمل على ما هو موجود الآن"
            ),
        ],
    };
    Err(Error::report(english, arabic))
}

fn takes(command: &Command) -> Takes {
    match command {
        Command::Verdicts(_)
        | Command::Why(_)
        | Command::Index(_)
        | Command::Findings(_)
        | Command::Explain(_)
        | Command::Check(_)
        | Command::Try(_) => Takes::Both,
        Command::Correct(arguments) if arguments.only_looks() => Takes::Known,
        Command::Documents(_) | Command::Ledger(_) => Takes::Known,
        Command::Mail(arguments) => match &arguments.what {
            mail::What::Queue { .. } | mail::What::Answers { .. } => Takes::Known,
            mail::What::Preview { .. } => Takes::Day,
            mail::What::Test { .. }
            | mail::What::Resend { .. }
            | mail::What::Receive { .. }
            | mail::What::Settle { .. } => Takes::Neither,
        },
        _ => Takes::Neither,
    }
}
