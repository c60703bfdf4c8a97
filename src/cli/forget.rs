//! `mithaq forget`: a paper that should never have been dropped is erased, with all that was
//! kept of it; that it was stays on record.

use serde_json::{Value as Json, json};

use crate::cli::asking;
use crate::cli::correct::{self, found};
use crate::cli::{Context, Exit, Failure, Format};
use crate::document::{Problem, ReadState, Sha256};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::enclosure;
use crate::shell::store::forgotten;
use crate::shell::store::forgotten::{Erased, Forgotten};
use crate::shell::store::paper::Listed;
use crate::text::{Language, isolate};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The paper: its path, the end of its path, or the first digits of its hash
    #[arg(value_name = "PAPER")]
    pub paper: String,
    /// The reason, for whoever asks later; it stays on record
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// Only this organization's papers
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
    /// Who has it erased; the name of whoever is logged in unless given
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Erase it; without this only what would be erased is shown
    #[arg(long)]
    pub yes: bool,
}

/// Shows what would go with a paper, or erases it.
///
/// # Errors
/// When there is no such paper, it lies in another, or nothing can be erased.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let place = Place::of_network(&context.root()?);
    let named = (arguments.paper.as_str(), arguments.organization.as_deref());
    let paper = found::paper(context, &place, named)?;
    let of = (paper.organization.as_str(), paper.sha256);
    let connection = store::open(&place)?;
    if paper.reading.state == ReadState::NotAccepted(Problem::Forgotten) {
        return Err(already(context, &connection, of)?.into());
    }
    refuse_enclosed(&connection, of)?;
    let going = forgotten::would_erase(&connection, of)?;
    if !arguments.yes {
        tell(context, (&paper, &going), None);
        context.output.note(
            "Nothing was erased. It cannot be undone: give `--yes` to erase it.",
            "لم يُمحَ شيء. لا رجعة في المحو، ويُنفَّذ بإضافة `--yes`.",
        );
        return Ok(Exit::Undecided);
    }
    let wanted = Forgotten {
        organization: paper.organization.clone(),
        sha256: paper.sha256,
        at: context.clock.now(),
        by: correct::by(arguments.by.as_deref())?,
        why: arguments.why.clone(),
    };
    let request = forgotten::ask(&connection, &wanted)?;
    let asked = (&connection, request);
    let done = asking::carry_out(context, &place, asked, &paper.organization)?;
    tell(context, (&paper, &going), Some(done));
    Ok(if done { Exit::Done } else { Exit::Undecided })
}

/// What lies in a carrier stays as long as the carrier does.
fn refuse_enclosed(
    connection: &rusqlite::Connection,
    of: (&str, Sha256),
) -> Result<(), Error> {
    let carriers = enclosure::carriers(connection, of.0, of.1)?;
    if carriers.is_empty() {
        return Ok(());
    }
    let digits = |sha256: Sha256| sha256.to_string().chars().take(12).collect();
    let carriers: Vec<String> =
        carriers.into_iter().map(|carrier| digits(carrier.parent)).collect();
    Err(Error::report(
        format!(
            "it came inside another paper, which holds it still; forget that one: {}",
            carriers.join(", ")
        ),
        format!(
            "ورد هذا المستند داخل مستند آخر ما زال يحتويه، ويُرجى محو ذلك المستند: {}",
            carriers.join("، ")
        ),
    ))
}

fn already(
    context: &Context,
    connection: &rusqlite::Connection,
    (organization, sha256): (&str, Sha256),
) -> Result<Error, Error> {
    let all = forgotten::all(connection)?;
    let said = all.get(&(organization.to_owned(), sha256));
    let said = said.map(|it| line(context.output.language, it)).unwrap_or_default();
    Ok(Error::report(
        format!("it was erased already. {said}"),
        format!("سبق أن مُحي هذا المستند. {said}"),
    ))
}

/// `done`: whether it was erased; nothing while it is only shown.
fn tell(context: &Context, (paper, going): (&Listed, &Erased), done: Option<bool>) {
    let output = context.output;
    if output.format == Format::Json {
        let papers = going.papers.iter().map(ToString::to_string);
        output.json(vec![(
            "forgotten",
            json!({
                "organization": paper.organization,
                "sha256": paper.sha256.to_string(),
                "papers": papers.collect::<Vec<String>>(),
                "letters": going.letters,
                "still_in_the_folder": paper.paths,
                "erased": done == Some(true),
            }),
        )]);
        return;
    }
    let first = going.papers.len().saturating_sub(1);
    let path = isolate(paper.paths.first().unwrap_or(&paper.first_path));
    let (organization, letters) = (isolate(&paper.organization), going.letters);
    output.data(&match (output.language, done) {
        (Language::English, Some(true)) => format!("{organization}: {path} is erased."),
        (Language::Arabic, Some(true)) => format!("{organization}: مُحي {path}."),
        (Language::English, _) => format!("{organization}: {path} would be erased."),
        (Language::Arabic, _) => format!("{organization}: سيُمحى {path}."),
    });
    output.data(output.pick(
        &format!("  papers that came in it alone: {first}; copies of letters that speak of it: {letters}"),
        &format!("  مستندات وردت ضمنه وحده: {first}؛ نسخ رسائل تذكره: {letters}"),
    ));
    for path in &paper.paths {
        let path = isolate(path);
        output.note(
            &format!("The file {path} still lies in the drop folder: remove it there."),
            &format!("ما زال الملف {path} في مجلد الإيداع: يُرجى إزالته منه."),
        );
    }
    if done == Some(true) {
        output.note(
            "Backups made before today, and letters that have left, hold it still.",
            "أما النسخ الاحتياطية السابقة والرسائل التي أُرسلت فما زالت تحتويه.",
        );
    }
    if done == Some(false) {
        output.note(
            "It is on record, and is erased with the next look at the folders.",
            "سُجّل الطلب، ويُنفَّذ عند النظر في المجلدات في المرة القادمة.",
        );
    }
}

/// That a paper was erased, for programs.
pub(super) fn to_json(forgotten: &Forgotten) -> Json {
    json!({
        "sha256": forgotten.sha256.to_string(),
        "at": clock::iso(forgotten.at),
        "by": forgotten.by,
        "why": forgotten.why,
    })
}

/// The same in a line: when, who, why.
pub(super) fn line(language: Language, it: &Forgotten) -> String {
    let (at, by) = (isolate(&clock::iso(it.at)), isolate(&it.by));
    let called = isolate(&forgotten::name(it.sha256));
    let why = isolate(it.why.trim());
    match language {
        Language::English => {
            format!("On {at} {by} had the paper {called} erased. The reason given: {why}")
        }
        Language::Arabic => {
            format!("في {at} مُحي المستند {called} بطلب من {by}. والسبب المذكور: {why}")
        }
    }
}
