//! The command line: what is typed, what it means, and how it ends.
//!
//! A command computes and gives an [`Exit`]; printing goes through [`Output`], data to
//! stdout and everything else to stderr, and nobody else prints.

mod asking;
pub mod backup;
pub mod check;
pub mod completions;
pub mod correct;
pub mod demo;
pub mod dictionary;
pub mod doctor;
pub mod documents;
pub mod explain;
pub mod export;
pub mod findings;
pub mod fmt;
pub mod forget;
pub mod go_live;
pub mod help;
pub mod index;
pub mod init;
pub mod json;
pub mod ledger;
pub mod listing;
mod log;
pub mod lsp;
pub mod mail;
mod mistyped;
mod output;
pub mod read;
mod reading;
mod reason;
pub mod replay;
pub mod scan;
pub mod telling;
pub mod test;
pub mod text;
mod times;
pub mod trial;
pub mod verdicts;
pub mod words;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::calendar::Day;
use crate::config::Problem;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::clock::Clock;
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::store::horizon::Horizon;
use crate::text::Language;

pub use output::Output;

/// Reads papers against rules written in plain English or Arabic, and writes letters.
#[derive(Parser, Debug)]
#[command(name = "mithaq", version, propagate_version = true, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(clap::Args, Debug)]
pub struct Global {
    /// The network's folder; the nearest one upward with a mithaq.toml unless given
    #[arg(long, global = true, value_name = "DIR")]
    pub network: Option<PathBuf>,
    /// The language of what is printed
    #[arg(long, global = true, value_enum)]
    pub language: Option<Tongue>,
    /// For people or for programs
    #[arg(long, global = true, value_enum, default_value = "human")]
    pub format: Format,
    /// Print only data and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print more of what is done; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// How log lines look
    #[arg(long, global = true, value_enum, default_value = "human")]
    pub log: Format,
    /// The day that is judged; today unless given
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Up to when arrivals are known; now unless given
    #[arg(long, global = true, value_name = "INSTANT")]
    pub known: Option<String>,
    /// Judge by this instant instead of the clock, for rehearsals
    #[arg(long, global = true, value_name = "INSTANT", hide = true)]
    pub now: Option<String>,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    En,
    Ar,
}

impl Tongue {
    pub fn language(self) -> Language {
        match self {
            Tongue::En => Language::English,
            Tongue::Ar => Language::Arabic,
        }
    }
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Human,
    Json,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Make a new network: settings, a first rule, a sample organization
    Init(init::Arguments),
    /// Watch the whole of it at work, on a sample network
    Demo(demo::Arguments),
    /// Rule files: what each rule means in both languages, and what is wrong
    Check(check::Arguments),
    /// Write rule files in canonical words, each rule in its own language
    Fmt(fmt::Arguments),
    /// Print rule files in the other language
    Translate(fmt::Translate),
    /// A rule with its choices and a worked timeline, or the page of a code
    Explain(explain::Arguments),
    /// The worked cases beside the rules: what fails, and what no case shows
    Test(test::Arguments),
    /// What changed rules would do to real organizations; nothing is stored or sent
    Try(trial::Arguments),
    /// Look at every folder once: read, judge, write letters, and end
    Scan,
    /// The state of every rule for every organization on a day
    Verdicts(verdicts::Arguments),
    /// One verdict with everything it rests on
    Why(verdicts::Why),
    /// The Governance Index, its history, and what moved it
    Index(index::Arguments),
    /// Indexes, verdicts and deltas for spreadsheets, programs and browsers
    Export(export::Arguments),
    /// What somebody has to act on
    Findings(findings::Arguments),
    /// List the papers and what became of each
    Documents(documents::Arguments),
    /// Papers that wait for somebody, and what people state of papers
    Correct(correct::Arguments),
    /// Erase a paper and all that was kept of it: for what should never have been dropped
    Forget(forget::Arguments),
    /// Tell a finding again from what was known then, and compare it with what was told
    Replay(replay::Arguments),
    /// Prove that the record was not changed, or print it
    Ledger(ledger::Arguments),
    /// Copy the network, its store and its papers into another folder, while it works
    Backup(backup::Arguments),
    /// Check a backup and lay the network that it holds into a new folder
    Restore(backup::Restore),
    /// How the service does, with a fix for each fault
    Status(doctor::Status),
    /// Everything that could be wrong with the network, its store and the machine
    Doctor,
    /// The words that rules are written in: list them, find one, teach one
    Words(dictionary::Arguments),
    /// Check rules while they are written: what an editor starts
    Lsp,
    /// Print the completion script of a shell
    Completions(completions::Shell),
    /// Print the manual page
    #[command(hide = true)]
    Man,
    /// The same for ever; SIGHUP reads again what people wrote, SIGTERM stops
    Daemon,
    /// Say what papers state, with the passages; nothing is stored
    Read(read::Arguments),
    /// Print the text of a paper in logical order
    Text(text::Arguments),
    /// Letters: see what would be written, test the way, mind the queue
    Mail(mail::Arguments),
    /// Send letters by SMTP from now on; before it they only go to the folder outbox
    GoLive(go_live::Arguments),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, nothing to act on.
    Done,
    /// There are findings to act on.
    Findings,
    /// Wrong usage, configuration or rules: nothing was changed.
    Wrong,
    /// Done, but something could not be decided or read.
    Undecided,
    /// A mail server should bring the message again: `EX_TEMPFAIL`.
    BringAgain,
    Interrupted,
}

/// What a command is run with.
#[derive(Debug)]
pub struct Context {
    pub global: Global,
    pub clock: Clock,
    pub output: Output,
}

/// Why a command could not be carried out.
#[derive(Debug)]
pub enum Failure {
    Error(Error),
    Problems(Vec<Problem>),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Error(error)
    }
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Failure {
        Failure::Problems(problems)
    }
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Wrong => 2,
            Exit::Undecided => 3,
            Exit::BringAgain => 75,
            Exit::Interrupted => 130,
        }
    }

    /// Where several hold: 2 beats 1 beats 3.
    pub fn and(self, other: Exit) -> Exit {
        let rising =
            [Exit::Done, Exit::Undecided, Exit::Findings, Exit::Wrong, Exit::BringAgain];
        let rank = |exit: Exit| rising.iter().position(|one| *one == exit).unwrap_or(9);
        if rank(self) >= rank(other) { self } else { other }
    }
}

/// Runs what was typed. The arguments begin with the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let spoken = spoken(&arguments);
    let command = help::in_language(Arguments::command(), spoken);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return mistyped(&error, spoken),
    };
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => return mistyped(&error, spoken),
    };
    log::start(&arguments.global);
    let output = Output {
        language: language(&arguments.global),
        format: arguments.global.format,
        quiet: arguments.global.quiet,
    };
    let result = set_clock(&arguments.global).map_err(Failure::from).and_then(|clock| {
        let context = Context { global: arguments.global, clock, output };
        dispatch(&context, arguments.command)
    });
    result.unwrap_or_else(|failure| output.failure(&failure))
}

fn dispatch(context: &Context, command: Command) -> Result<Exit, Failure> {
    times::refuse(context, &command)?;
    match command {
        Command::Init(arguments) => init::run(context, &arguments),
        Command::Demo(arguments) => demo::run(context, &arguments),
        Command::Check(arguments) => check::run(context, &arguments),
        Command::Fmt(arguments) => fmt::run(context, &arguments),
        Command::Translate(arguments) => fmt::translate(context, &arguments),
        Command::Explain(arguments) => explain::run(context, &arguments),
        Command::Test(arguments) => test::run(context, &arguments),
        Command::Try(arguments) => trial::run(context, &arguments),
        Command::Scan => scan::run(context),
        Command::Daemon => scan::daemon(context),
        Command::Mail(arguments) => mail::run(context, &arguments),
        Command::GoLive(arguments) => go_live::run(context, &arguments),
        Command::Read(arguments) => read::run(context, &arguments),
        Command::Text(arguments) => text::run(context, &arguments),
        Command::Verdicts(arguments) => verdicts::run(context, &arguments),
        Command::Why(arguments) => verdicts::why(context, &arguments),
        Command::Index(arguments) => index::run(context, &arguments),
        Command::Export(arguments) => export::run(context, &arguments),
        Command::Findings(arguments) => findings::run(context, &arguments),
        Command::Documents(arguments) => documents::run(context, &arguments),
        Command::Correct(arguments) => correct::run(context, &arguments),
        Command::Forget(arguments) => forget::run(context, &arguments),
        Command::Replay(arguments) => replay::run(context, &arguments),
        Command::Ledger(arguments) => ledger::run(context, &arguments),
        Command::Backup(arguments) => backup::run(context, &arguments),
        Command::Restore(arguments) => backup::restore(context, &arguments),
        Command::Status(arguments) => doctor::status(context, &arguments),
        Command::Doctor => doctor::run(context),
        Command::Lsp => lsp::run(context),
        Command::Words(arguments) => dictionary::run(context, &arguments),
        Command::Completions(arguments) => Ok(completions::run(context, &arguments)),
        Command::Man => Ok(completions::man(context)),
    }
}

/// Help and version are data; a mistake in the arguments is not.
fn mistyped(error: &clap::Error, language: Language) -> Exit {
    let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let is_mistake = error.use_stderr() && !is_help;
    let printed = match language {
        Language::Arabic if is_mistake => {
            std::io::stderr().write_all(mistyped::in_arabic(error).as_bytes())
        }
        _ => error.print(),
    };
    // Nothing can be said when even this cannot be printed.
    drop(printed);
    if error.use_stderr() { Exit::Wrong } else { Exit::Done }
}

/// The language of the help, before anything is understood of the arguments.
fn spoken(arguments: &[OsString]) -> Language {
    let after = arguments.iter().skip_while(|one| *one != "--language").nth(1);
    let mut joined =
        arguments.iter().filter_map(|one| one.to_str()?.strip_prefix("--language="));
    match after.and_then(|code| code.to_str()).or(joined.next_back()) {
        Some("ar") => Language::Arabic,
        Some(_) => Language::English,
        None => of_environment(),
    }
}

/// The language asked for, else that of the environment.
fn language(global: &Global) -> Language {
    match global.language {
        Some(tongue) => tongue.language(),
        None => of_environment(),
    }
}

fn of_environment() -> Language {
    let spoken = ["MITHAQ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable)
        .unwrap_or_default();
    if spoken.starts_with("ar") { Language::Arabic } else { Language::English }
}

/// `MITHAQ_NOW` holds in development builds only: no stray variable moves deadlines.
fn set_clock(global: &Global) -> Result<Clock, Error> {
    let set = global.now.clone();
    let set = set.or_else(|| variable("MITHAQ_NOW").filter(|_| cfg!(debug_assertions)));
    set.map_or(Ok(Clock::wall()), |text| Clock::set_to(&text))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the place that reads the environment"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl Context {
    /// The network's folder: the one given, or the nearest upward.
    ///
    /// # Errors
    /// When there is none.
    pub fn root(&self) -> Result<PathBuf, Error> {
        let named = || variable("MITHAQ_NETWORK").map(PathBuf::from);
        if let Some(given) = self.global.network.clone().or_else(named) {
            return Ok(given);
        }
        let here = std::env::current_dir().unwrap_or_default();
        network::find(&here).ok_or_else(|| {
            Error::report(
                "there is no network here: no mithaq.toml in this folder or above it; \
                 `mithaq init NAME` makes one",
                "لا توجد شبكة هنا: لا يوجد ملف mithaq.toml في هذا المجلد ولا في ما فوقه، \
                 والأمر `mithaq init NAME` ينشئ شبكة",
            )
        })
    }

    /// The day asked for with `--as-of`.
    ///
    /// # Errors
    /// When it is no date.
    pub fn as_of(&self) -> Result<Option<Day>, Error> {
        let Some(text) = &self.global.as_of else { return Ok(None) };
        Day::parse(text).map(Some).ok_or_else(|| {
            Error::report(
                format!("`{text}` is not a date such as 2026-11-21"),
                format!("«{text}» ليس تاريخًا مثل 2026-11-21"),
            )
        })
    }

    /// The instant up to which arrivals are known: the end of a day given with `--known`,
    /// the instant given, or now.
    ///
    /// # Errors
    /// When it is neither a date nor an instant.
    pub fn known(&self) -> Result<i64, Error> {
        let Some(text) = &self.global.known else { return Ok(self.clock.now()) };
        if let Some(day) = Day::parse(text) {
            let zone = self.root().ok().and_then(|root| network::zone(&root));
            let zone = zone.and_then(|name| clock::zone(&name).ok());
            let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
            return Ok(clock::end_of_day(day, &zone));
        }
        Ok(Clock::set_to(text)?.now())
    }

    /// What of the store is looked at: all of it, unless `--known` asks for less.
    ///
    /// # Errors
    /// As [`Context::known`].
    pub fn horizon(&self) -> Result<Horizon, Error> {
        let known = self.known()?;
        Ok(if known < self.clock.now() { Horizon::at(known) } else { Horizon::NOW })
    }

    /// The network that is worked on.
    ///
    /// # Errors
    /// When there is none, or its settings have a mistake.
    pub fn network(&self) -> Result<Network, Failure> {
        Ok(network::load(&self.root()?)?)
    }
}
