//! The help of every command exists in both languages.

use clap::{Command, CommandFactory};
use mithaq::cli::{Arguments, help};
use mithaq::text::Language;

#[test]
fn every_text_of_the_help_has_its_arabic() {
    let mut missing = Vec::new();
    look(&Arguments::command(), &mut missing);
    assert!(
        missing.is_empty(),
        "without Arabic in src/cli/help.rs:\n{}",
        missing.join("\n")
    );
}

fn look(command: &Command, missing: &mut Vec<String>) {
    let about = command.get_about().map(ToString::to_string);
    let helps = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let helps = helps.filter_map(|arg| arg.get_help().map(ToString::to_string));
    for text in about.into_iter().chain(helps) {
        if help::arabic_of(&text).is_none() {
            missing.push(text);
        }
    }
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        look(inner, missing);
    }
}

#[test]
fn arabic_help_parses_as_english_does() {
    let command = help::in_language(Arguments::command(), Language::Arabic);
    command.clone().debug_assert();
    let matches = command.try_get_matches_from(["mithaq", "-q", "findings", "--all"]);
    assert_eq!(matches.expect("the same arguments").subcommand_name(), Some("findings"));
}
