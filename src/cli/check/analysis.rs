//! What `check` says of rules together, and which warnings `--strict` lets fail.

use jiff::tz::TimeZone;

use crate::analysis;
use crate::analysis::{Counts, Ground, Known};
use crate::calendar::Day;
use crate::cli::{Context, Failure};
use crate::compile::Source;
use crate::diagnostics::{Diagnostic, Severity, catalogue};
use crate::plan;
use crate::program::Program;
use crate::proof::CaseFile;
use crate::recognise::cues::Cues;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::register;
use crate::shell::register::Zones;
use crate::vocabulary::Vocabulary;

/// Looks at rules together, beside the organizations of the network where there is one.
///
/// # Errors
/// When the day or the instant that is asked for is none.
pub(super) fn look(
    context: &Context,
    network: Option<&Network>,
    (program, sources, case_files): (&Program, &[Source], &[CaseFile]),
    vocabulary: &Vocabulary,
) -> Result<(Vec<Diagnostic>, Counts), Failure> {
    let known = context.known()?;
    let zones = network.map(Zones::of);
    let zone = zones.map_or(TimeZone::UTC, |zones| zones.network().clone());
    let today = clock::day_in(known, &zone);
    let today = context.as_of()?.unwrap_or(today);
    let organizations = network.map(|network| organizations(network, vocabulary, today));
    let organizations = organizations.unwrap_or_default();
    let taught = network.map(|network| network.vocabulary.values());
    let taught: Vec<&str> = taught.into_iter().flatten().map(String::as_str).collect();
    let cues = Cues::with(&taught);
    Ok(analysis::analyse(&Ground {
        program,
        sources,
        vocabulary,
        cues: &cues,
        case_files,
        organizations: &organizations,
        today,
    }))
}

/// The organizations of a network that had joined by a day.
fn organizations(network: &Network, vocabulary: &Vocabulary, today: Day) -> Vec<Known> {
    let all = network.organizations.iter();
    let all = all.map(|(id, it)| register::organization(network, id, &it.file));
    let joined = all.filter(|it| it.joined.is_none_or(|joined| joined <= today));
    joined
        .map(|it| Known { profile: plan::profile(vocabulary, &it), name: it.name })
        .collect()
}

/// The network whose rules are checked, where there is one without a mistake of its own:
/// `doctor` tells of those.
pub(super) fn network(context: &Context) -> Option<Network> {
    network::load(&context.root().ok()?).ok()
}

/// Which warnings end the command as errors do.
#[derive(Debug)]
pub(super) enum Strict {
    None,
    All,
    Only(Vec<String>),
}

impl Strict {
    /// The codes after `--strict=`; without any those that `mithaq.toml` names, or all.
    ///
    /// # Errors
    /// When a code is none of the catalogue.
    pub(super) fn of(
        given: Option<&[String]>,
        network: Option<&Network>,
    ) -> Result<Strict, Error> {
        let Some(given) = given else { return Ok(Strict::None) };
        let settings = network.map(|network| network.settings.strict.as_slice());
        let codes = if given.is_empty() { settings.unwrap_or_default() } else { given };
        if let Some(code) = codes.iter().find(|code| catalogue::page(code).is_none()) {
            return Err(Error::report(
                format!("`{code}` is no code of a message, such as G-701"),
                format!("«{code}» ليس رمز رسالة مثل G-701"),
            ));
        }
        let only = codes.iter().map(|code| code.to_uppercase()).collect();
        Ok(if codes.is_empty() { Strict::All } else { Strict::Only(only) })
    }

    /// Whether the rules fail by what is said of them.
    pub(super) fn fails(&self, told: &Diagnostic) -> bool {
        let chosen = match self {
            Strict::None => false,
            Strict::All => true,
            Strict::Only(codes) => codes.iter().any(|code| code == told.code),
        };
        told.is_error() || chosen && told.severity == Severity::Warning
    }
}
