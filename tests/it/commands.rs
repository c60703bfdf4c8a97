//! `docs/commands.md` is what the binary says of itself. `BLESS=1` writes it again.

use std::fmt::Write;

use clap::{Arg, Command, CommandFactory};
use mithaq::cli::Arguments;

#[test]
fn the_page_of_commands_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/commands.md");
    let page = page(&Arguments::command());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let stale = page.lines().zip(written.lines()).find(|(now, then)| now != then);
    assert!(written == page, "docs/commands.md is stale (BLESS=1 writes it): {stale:?}");
}

const HEAD: &str = "\
# Commands

Made from the binary's own help; `mithaq help COMMAND` prints the same.

Data goes to stdout, everything else to stderr. Dates are ISO. With `--format json` every
command prints one object whose `schema` is 1; the schemas are in [`schema/`](schema/).

| exit | meaning |
|---|---|
| 0 | done, nothing to act on |
| 1 | there are findings to act on |
| 2 | wrong usage, configuration or rules: nothing was changed |
| 3 | done, but something could not be decided or read |
| 75 | `mail receive` only: the mail server should bring the message again |
| 130 | interrupted |

Where several hold, 2 beats 1 beats 3. `demo` and `daemon` exit 0 whatever they find.
";

fn page(root: &Command) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n## For every command\n");
    options(&mut page, root.get_arguments().filter(|it| it.is_global_set()));
    for command in root.get_subcommands().filter(|it| !it.is_hide_set()) {
        section(&mut page, "mithaq", command);
    }
    page
}

fn section(page: &mut String, before: &str, command: &Command) {
    let name = format!("{before} {}", command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    write!(page, "\n## {name}\n{about}.\n").unwrap();
    options(page, command.get_arguments().filter(|it| !it.is_global_set()));
    for inner in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        section(page, &name, inner);
    }
}

fn options<'a>(page: &mut String, arguments: impl Iterator<Item = &'a Arg>) {
    let shown: Vec<&Arg> = arguments
        .filter(|it| {
            !it.is_hide_set() && it.get_id() != "help" && it.get_id() != "version"
        })
        .collect();
    if shown.is_empty() {
        return;
    }
    page.push_str("\n| | |\n|---|---|\n");
    for argument in shown {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        writeln!(page, "| `{}` | {} |", usage(argument), help.replace('|', "\\|"))
            .unwrap();
    }
}

fn usage(argument: &Arg) -> String {
    let mut parts = Vec::new();
    parts.extend(argument.get_short().map(|it| format!("-{it}")));
    parts.extend(argument.get_long().map(|it| format!("--{it}")));
    let mut usage = parts.join(", ");
    let takes = argument.get_action().takes_values();
    let values: Vec<String> = match argument.get_value_names() {
        _ if !takes => Vec::new(),
        Some(names) if argument.get_possible_values().is_empty() => {
            names.iter().map(ToString::to_string).collect()
        }
        _ => vec![
            argument
                .get_possible_values()
                .iter()
                .map(|it| it.get_name().to_owned())
                .collect::<Vec<_>>()
                .join("\\|"),
        ],
    };
    for value in values {
        let gap = if usage.is_empty() { "" } else { " " };
        write!(usage, "{gap}{value}").unwrap();
    }
    usage
}
