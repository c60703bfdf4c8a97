//! The command line's help in Arabic.
//!
//! English is written where a command is defined; the Arabic of each text stands here by
//! the English one, and a test fails when one is missing.

mod texts;

use std::borrow::Cow;

use clap::{Arg, ArgAction, Command};

use crate::text::Language;
use texts::ARABIC;

/// The command as it is shown in a language. Parsing is the same in both.
pub fn in_language(command: Command, language: Language) -> Command {
    match language {
        Language::English => command,
        Language::Arabic => arabic(command),
    }
}

/// The Arabic of an English text of the help.
pub fn arabic_of(english: &str) -> Option<&'static str> {
    ARABIC.iter().find(|(known, _)| *known == english).map(|(_, arabic)| *arabic)
}

fn arabic(command: Command) -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help_heading("الخيارات")
        .help("عرض الإصدار");
    let mut command = inner(command).arg(version);
    // The ways to use a command are known when all of it is.
    command.build();
    used(command)
}

/// How a command and those inside it are used, with what stands for options in Arabic.
fn used(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[الخيارات]");
    command.override_usage(usage).mut_subcommands(used)
}

fn inner(command: Command) -> Command {
    let about = command.get_about().and_then(|about| arabic_of(&about.to_string()));
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("الأوامر")
        .subcommand_value_name("الأمر")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .mut_args(arabic_arg)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help_heading("الخيارات")
                .help("عرض هذه المساعدة"),
        );
    if let Some(about) = about {
        command = command.about(about);
    }
    command.mut_subcommands(inner)
}

fn arabic_arg(arg: Arg) -> Arg {
    let heading =
        if arg.is_positional() { "المعطيات" } else { "الخيارات" };
    let help = arg.get_help().and_then(|help| arabic_of(&help.to_string()));
    let arg = arg.help_heading(heading);
    let Some(help) = help else { return arg };
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let help = format!("{help}{}{}", unless_given(&arg), possible(&arg));
    arg.hide_default_value(true).hide_possible_values(true).help(help)
}

/// What holds where the argument is not given.
fn unless_given(arg: &Arg) -> String {
    let values = arg.get_default_values().iter().map(|value| value.to_string_lossy());
    listed("الافتراضي", &values.collect::<Vec<_>>())
}

/// The values that it takes, where they are few.
fn possible(arg: &Arg) -> String {
    let values = if arg.is_hide_possible_values_set() {
        Vec::new()
    } else {
        arg.get_possible_values()
    };
    let names = values.iter().filter(|value| !value.is_hide_set());
    listed(
        "القيم الممكنة",
        &names.map(|value| value.get_name().into()).collect::<Vec<_>>(),
    )
}

fn listed(name: &str, values: &[Cow<'_, str>]) -> String {
    match values {
        [] => String::new(),
        values => format!(" [{name}: {}]", values.join("، ")),
    }
}

/// Without it the headings would stay English.
const TEMPLATE: &str = "{about-with-newline}\nالاستخدام: {usage}\n\n{all-args}";
