//! `mithaq lsp`: what an editor starts to check rules while they are written.

use crate::cli::{Context, Exit, Failure};
use crate::shell::lsp;
use crate::shell::lsp::Ended;

/// Answers an editor over standard input and output until it ends the session.
///
/// # Errors
/// When what is connected is no editor.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let language = context.global.language.map(crate::cli::Tongue::language);
    Ok(match lsp::serve(language)? {
        Ended::Asked => Exit::Done,
        Ended::Alone => Exit::Wrong,
    })
}
