//! `mithaq correct`: papers that somebody has to look at, and what people state of them.
//!
//! What is stated outranks what was read, and both are kept, with who said it and when.
//! Where a daemon minds the network, it is asked; else this process does it itself.

pub(super) mod found;
mod queue;
mod statements;

use serde_json::{Value as Json, json};

use crate::cli;
use crate::cli::asking;
use crate::cli::reading;
use crate::cli::{Context, Exit, Failure, Format};
use crate::document::{Problem, ReadState, Sha256};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::correction;
use crate::shell::store::correction::Correction;
use crate::shell::store::paper;
use crate::shell::store::paper::{Listed, state_names};
use crate::text::Language;
use crate::text::isolate;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The paper: its path, the end of its path, or the first digits of its hash; without it
    /// the papers that wait for somebody are listed
    #[arg(value_name = "PAPER")]
    pub paper: Option<String>,
    /// What is stated, such as kind=budget or meeting_date=2026-03-05; without it the
    /// paper is shown
    #[arg(value_name = "FACT=VALUE", value_parser = statements::parse)]
    pub facts: Vec<(String, String)>,
    /// State what was read of it: it was read rightly
    #[arg(long, conflicts_with = "undo")]
    pub confirm: bool,
    /// Take back all that was stated of it before
    #[arg(long, conflicts_with = "facts")]
    pub undo: bool,
    /// Only this organization's papers
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
    /// Who states it; the name of whoever is logged in unless given
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// The reason, for whoever asks later
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
}

impl Arguments {
    /// Whether nothing is stated: papers are only shown.
    pub(super) fn only_looks(&self) -> bool {
        self.facts.is_empty() && !self.confirm && !self.undo
    }
}

/// Lists, shows or corrects.
///
/// # Errors
/// When there is no such paper, or something stated fits no fact.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let place = Place::of_network(&context.root()?);
    let organization = arguments.organization.as_deref();
    let Some(named) = &arguments.paper else {
        if !arguments.only_looks() {
            return Err(unnamed().into());
        }
        return queue::list(context, &place, organization);
    };
    let of = found::paper(context, &place, (named, organization))?;
    let gone = of.reading.state == ReadState::NotAccepted(Problem::Forgotten);
    if arguments.only_looks() {
        let shown = paper_of(context, &place, (&of.organization, of.sha256))?;
        return Ok(show(context, &shown, true));
    }
    if gone {
        return Err(erased().into());
    }
    let correction = Correction {
        organization: of.organization.clone(),
        sha256: of.sha256,
        at: context.clock.now(),
        by: by(arguments.by.as_deref())?,
        why: arguments.because.clone().unwrap_or_default(),
        stated: statements::of(context, arguments, &of)?,
    };
    let taken_up = state(context, &place, &correction)?;
    let shown = paper_of(context, &place, (&of.organization, of.sha256))?;
    Ok(show(context, &shown, taken_up))
}

fn erased() -> Error {
    Error::report(
        "the paper was erased, and nothing can be stated of it; drop a copy without what had \
         to be erased",
        "مُحي المستند، ولا يمكن تصحيح أي شيء فيه؛ ويُرجى إيداع نسخة خالية مما وجب محوه",
    )
}

fn unnamed() -> Error {
    Error::report(
        "no paper is named: `mithaq correct PAPER FACT=VALUE`",
        "لم يُذكر المستند: `mithaq correct PAPER FACT=VALUE`",
    )
}

/// Who states it: as given, else whoever is logged in.
///
/// # Errors
/// When neither is known.
pub(super) fn by(given: Option<&str>) -> Result<String, Error> {
    let given = given.map(str::to_owned);
    let given = given.or_else(user).filter(|by| !by.trim().is_empty());
    given.ok_or_else(|| {
        Error::report(
            "nobody is known to state it: name who does with `--by`",
            "لا يُعرف من يذكر ذلك، ويُرجى بيانه بالخيار `--by`",
        )
    })
}

/// Who is logged in.
fn user() -> Option<String> {
    ["MITHAQ_BY", "USER", "LOGNAME"].into_iter().find_map(cli::variable)
}

/// Has it taken up, by this process or by the one that minds the network; gives whether it
/// was.
fn state(
    context: &Context,
    place: &Place,
    correction: &Correction,
) -> Result<bool, Failure> {
    let connection = store::open(place)?;
    let request = correction::ask(&connection, correction)?;
    asking::carry_out(context, place, (&connection, request), &correction.organization)
}

/// A paper with all that was stated of it.
struct Shown {
    paper: Listed,
    corrections: Vec<Correction>,
}

fn paper_of(
    context: &Context,
    place: &Place,
    (organization, sha256): (&str, Sha256),
) -> Result<Shown, Failure> {
    let rows = store::open_to_read(place)?.ok_or_else(found::none_yet)?;
    let known = context.horizon()?;
    let listed = paper::listed(&rows, Some(organization), &known)?;
    let paper = listed.into_iter().find(|paper| paper.sha256 == sha256);
    let paper = paper.ok_or_else(found::none_yet)?;
    let corrections = correction::of_paper(&rows, (organization, sha256), &known)?;
    Ok(Shown { paper, corrections })
}

fn show(context: &Context, shown: &Shown, taken_up: bool) -> Exit {
    let Shown { paper, corrections } = shown;
    let output = context.output;
    if output.format == Format::Json {
        let mut json = paper_json(paper);
        if let Some(fields) = json.as_object_mut() {
            let facts = paper.reading.facts.iter().map(reading::fact_json);
            fields.insert("facts".to_owned(), facts.collect());
            fields.insert(
                "corrections".to_owned(),
                corrections.iter().map(to_json).collect(),
            );
            fields.insert("taken_up".to_owned(), json!(taken_up));
        }
        output.json(vec![("paper", json)]);
    } else {
        let path = paper.paths.first().unwrap_or(&paper.first_path);
        let said = reading::sentence(output.language, &paper.reading);
        output.data(&format!("{}  {path}: {said}", paper.organization));
        for line in reading::fact_lines(output.language, &paper.reading) {
            output.data(&line);
        }
        for correction in corrections {
            output.data(&line(output.language, correction));
        }
    }
    if !taken_up {
        output.note(
            "It is on record, and is taken up with the next look at the folder.",
            "سُجّل ذلك، ويُؤخذ به عند النظر في المجلد في المرة القادمة.",
        );
    }
    let open = matches!(
        paper.reading.state,
        ReadState::NeedsALook(_) | ReadState::NotAccepted(_)
    );
    if open || !taken_up { Exit::Undecided } else { Exit::Done }
}

/// A paper with what it seems to be.
fn paper_json(paper: &Listed) -> Json {
    let (state, problem) = state_names(&paper.reading.state);
    let kinds = paper.reading.kinds.iter().map(|guess| {
        json!({"kind": guess.kind, "confidence": reading::share(guess.confidence)})
    });
    json!({
        "organization": paper.organization,
        "sha256": paper.sha256.to_string(),
        "paths": paper.paths,
        "state": state,
        "problem": problem,
        "kinds": kinds.collect::<Vec<Json>>(),
        "received": clock::iso(paper.received),
    })
}

/// What somebody stated, for programs.
pub(super) fn to_json(correction: &Correction) -> Json {
    let facts = correction.stated.iter();
    let facts = facts.map(|(fact, value)| json!({"fact": fact, "value": value}));
    json!({
        "at": clock::iso(correction.at),
        "by": correction.by,
        "why": correction.why,
        "facts": facts.collect::<Vec<Json>>(),
    })
}

/// What somebody stated, in a line: when, who, what, why.
pub(super) fn line(language: Language, correction: &Correction) -> String {
    let day = clock::iso(correction.at);
    let by = isolate(&correction.by);
    let facts = correction.stated.iter();
    let facts: Vec<String> =
        facts.map(|(fact, value)| isolate(&format!("{fact} = {value}"))).collect();
    let said = match language {
        Language::English if facts.is_empty() => {
            format!("On {day} {by} took back what was stated before.")
        }
        Language::Arabic if facts.is_empty() => {
            format!("في {} سُحب ما ذُكر قبلًا، والساحب: {by}.", isolate(&day))
        }
        Language::English => format!("On {day} {by} stated: {}.", facts.join(", ")),
        Language::Arabic => {
            format!(
                "في {} صُحّح ما يلي: {}. والمصحِّح: {by}.",
                isolate(&day),
                facts.join("، ")
            )
        }
    };
    let why = correction.why.trim();
    match language {
        _ if why.is_empty() => format!("  {said}"),
        Language::English => format!("  {said} The reason given: {why}"),
        Language::Arabic => format!("  {said} والسبب المذكور: {why}"),
    }
}
