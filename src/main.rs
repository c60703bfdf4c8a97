//! Arguments in, exit code out.

use std::process::ExitCode;

use mithaq::shell::sandbox;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == sandbox::KEEPER) {
        return sandbox::keep();
    }
    if std::env::args_os().nth(1).is_some_and(|first| first == sandbox::ocr::HELPER) {
        return sandbox::ocr::help();
    }
    ExitCode::from(mithaq::cli::run(std::env::args_os()).code())
}
