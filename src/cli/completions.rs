//! `mithaq completions SHELL` and `mithaq man`: made from the definition of the commands.

use clap::CommandFactory;

use crate::cli::{Arguments, Context, Exit};

#[derive(clap::Args, Debug)]
pub struct Shell {
    /// bash, zsh, fish, elvish or powershell
    pub shell: clap_complete::Shell,
}

/// Prints the completion script of a shell.
pub fn run(context: &Context, arguments: &Shell) -> Exit {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "mithaq", &mut script);
    context.output.data(String::from_utf8_lossy(&script).trim_end());
    Exit::Done
}

/// Prints the manual page, every command in it.
pub fn man(context: &Context) -> Exit {
    let mut page = Vec::new();
    let made = clap_mangen::Man::new(Arguments::command()).render(&mut page);
    if made.is_err() {
        return Exit::Wrong;
    }
    context.output.data(String::from_utf8_lossy(&page).trim_end());
    Exit::Done
}
