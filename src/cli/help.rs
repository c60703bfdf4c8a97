//! The command line's help in Arabic.
//!
//! English is written where a command is defined; the Arabic of each text stands here by
//! the English one, and a test fails when one is missing.

mod texts;

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
    inner(command).arg(version)
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
    let arg = arg.help_heading(heading).hide_possible_values(false);
    match help {
        Some(help) => arg.help(help),
        None => arg,
    }
}

/// Without it the headings would stay English.
const TEMPLATE: &str = "{about-with-newline}\nالاستخدام: {usage}\n\n{all-args}";
