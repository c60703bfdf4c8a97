//! The paper that somebody means.

use std::path::Path;

use crate::cli::{Context, Failure};
use crate::document::Sha256;
use crate::limits;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::paper;
use crate::shell::store::paper::Listed;

/// Digits of a hash that name a paper at least.
const DIGITS_MIN: usize = 6;
/// Papers that are named where several are meant.
const NAMED_MAX: usize = 8;

/// The paper that is named, of one organization where it is given.
///
/// # Errors
/// When none is meant, or several are.
pub(in crate::cli) fn paper(
    context: &Context,
    place: &Place,
    (named, organization): (&str, Option<&str>),
) -> Result<Listed, Failure> {
    let rows = store::open_to_read(place)?.ok_or_else(none_yet)?;
    let mut all = paper::listed(&rows, organization, &Horizon::NOW)?;
    let wanted = here(named)?;
    let ways: [&dyn Fn(&Listed) -> bool; 4] = [
        &|paper| lies_at(context, paper, named),
        &|paper| is_called(paper, named),
        &|paper| wanted == Some(paper.sha256),
        &|paper| ends_in(paper, named) || begins_with(paper, named),
    ];
    for way in ways {
        let meant: Vec<usize> =
            all.iter().enumerate().filter(|(_, it)| way(it)).map(|(at, _)| at).collect();
        match meant.as_slice() {
            [] => {}
            [one] => return Ok(all.swap_remove(*one)),
            several => {
                let several = several.iter().filter_map(|at| all.get(*at));
                return Err(many(named, &several.collect::<Vec<_>>()).into());
            }
        }
    }
    Err(Error::report(
        format!("no paper on record is called `{named}`; `mithaq documents` lists them"),
        format!("لا يوجد مستند مسجّل باسم «{named}»، والأمر `mithaq documents` يعرضها"),
    )
    .into())
}

/// Nothing was scanned yet.
pub(super) fn none_yet() -> Error {
    Error::report(
        "no paper is on record yet: `mithaq scan` reads them",
        "لا يوجد أي مستند مسجّل بعد، والأمر `mithaq scan` يقرأ المستندات",
    )
}

/// The hash of a file that lies where it is named.
fn here(named: &str) -> Result<Option<Sha256>, Error> {
    let path = Path::new(named);
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = disk::read_bytes(path, limits::PAPER_BYTES_MAX)?;
    Ok(bytes.map(|bytes| disk::sha256(&bytes)))
}

/// Whether it is the path of the file itself, wherever the command was given.
fn lies_at(context: &Context, paper: &Listed, named: &str) -> bool {
    let Ok(path) = std::fs::canonicalize(named) else { return false };
    let Ok(network) = context.network() else { return false };
    let Some(registered) = network.organizations.get(&paper.organization) else {
        return false;
    };
    let Ok(folder) = std::fs::canonicalize(&registered.papers) else { return false };
    paper.paths.iter().any(|known| folder.join(known) == path)
}

fn is_called(paper: &Listed, named: &str) -> bool {
    let mut paths = paper.paths.iter().chain([&paper.first_path]);
    paths.any(|path| path == named || format!("{}/{path}", paper.organization) == named)
        || paper.sha256.to_string() == named
}

fn ends_in(paper: &Listed, named: &str) -> bool {
    let end = format!("/{named}");
    paper.paths.iter().chain([&paper.first_path]).any(|path| path.ends_with(&end))
}

fn begins_with(paper: &Listed, named: &str) -> bool {
    named.len() >= DIGITS_MIN && paper.sha256.to_string().starts_with(named)
}

fn many(named: &str, papers: &[&Listed]) -> Error {
    let of = |paper: &&Listed| {
        let path = paper.paths.first().unwrap_or(&paper.first_path);
        let hash: String = paper.sha256.to_string().chars().take(12).collect();
        format!("{hash} ({}: {path})", paper.organization)
    };
    let names: Vec<String> = papers.iter().take(NAMED_MAX).map(of).collect();
    Error::report(
        format!("several papers are called `{named}`: {}", names.join(", ")),
        format!("توجد عدة مستندات باسم «{named}»: {}", names.join("، ")),
    )
}
