//! Log lines: to stderr, for people or as JSON. No paper's text at info or above.

use anstream::{AutoStream, ColorChoice};
use tracing_subscriber::filter::LevelFilter;

use crate::cli::{Format, Global};

/// Sends log lines to stderr from now on. Warnings by default, one `-v` for what is done,
/// two for everything; `--quiet` leaves errors.
pub(super) fn start(global: &Global) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::WARN,
        (false, 1) => LevelFilter::INFO,
        (false, _) => LevelFilter::DEBUG,
    };
    let lines = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(is_coloured())
        .with_target(false);
    // A second start, as in tests of the library, changes nothing.
    match global.log {
        Format::Human => lines.without_time().try_init().ok(),
        Format::Json => lines.json().try_init().ok(),
    };
}

/// As all else that is printed there: a terminal that wants colours, and no pipe.
fn is_coloured() -> bool {
    AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}
