//! `mithaq text FILE`: the text of a paper in logical order, as the recognisers see it.

use std::path::PathBuf;

use serde_json::Value as Json;
use serde_json::json;

use crate::cli::Context;
use crate::cli::Exit;
use crate::cli::Failure;
use crate::cli::Format;
use crate::document::Text;
use crate::limits;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::sandbox;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The paper to take the text of
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Prints the text of a file.
///
/// # Errors
/// When the file cannot be opened.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let bytes =
        disk::read_bytes(&arguments.file, limits::PAPER_BYTES_MAX.saturating_add(1))?;
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    match sandbox::extract(&bytes.unwrap_or_default(), &name) {
        Ok(text) => {
            print(context, &text);
            Ok(Exit::Done)
        }
        Err(problem) => {
            let shown = arguments.file.display();
            let why = problem.name();
            let error = Error::report(
                format!("{shown}: there is no text to take from it ({why})"),
                format!("{shown}: لا نص يُستخرج منه ({why})"),
            );
            context.output.error_line(error.read_in(context.output.language));
            Ok(Exit::Undecided)
        }
    }
}

fn print(context: &Context, text: &Text) {
    let output = context.output;
    if output.format == Format::Json {
        let lines: Vec<Json> = text
            .lines
            .iter()
            .map(
                |line| json!({"page": line.page, "line": line.number, "text": line.text}),
            )
            .collect();
        let stated: Vec<Json> = text
            .front_matter
            .iter()
            .chain(&text.properties)
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
        let files: Vec<&str> =
            text.enclosed.iter().map(|file| file.name.as_str()).collect();
        output.json(vec![
            ("lines", json!(lines)),
            ("properties", json!(stated)),
            ("attachments", json!(files)),
        ]);
        return;
    }
    for line in &text.lines {
        output.data(&line.text);
    }
}
