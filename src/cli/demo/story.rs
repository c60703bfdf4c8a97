//! The demo's story: which paper arrives when, and what its secretary does, from the
//! embedded `drops.toml`.

use include_dir::Dir;
use serde::Deserialize;

use crate::shell::Error;
use crate::text::Bilingual;

/// The sample network, as it is in the repository.
pub static NETWORK: Dir<'static> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/fixtures/networks/sharek");

#[derive(Debug)]
pub struct Story {
    /// The day on which it begins: `2026-11-21`.
    pub today: String,
    /// Papers that lie in their folders from the start in an earlier version.
    pub start: Vec<Arrival>,
    pub arrivals: Vec<Arrival>,
}

/// One paper that arrives.
#[derive(Debug)]
pub struct Arrival {
    pub organization: String,
    /// Its name in the drop folder.
    pub file: String,
    pub bytes: &'static [u8],
    /// What the secretary does; empty for papers that were there before.
    pub note: Bilingual,
    /// The day that begins before it.
    pub day: Option<String>,
    /// Whether it waits until what came before is answered.
    pub waits: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    today: String,
    start: Vec<WrittenDrop>,
    drops: Vec<WrittenDrop>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDrop {
    organization: String,
    file: String,
    from: Option<String>,
    day: Option<String>,
    #[serde(default)]
    wait: bool,
    #[serde(default)]
    en: String,
    #[serde(default)]
    ar: String,
}

impl Story {
    /// # Errors
    /// When the embedded story does not fit the embedded papers; a test plays it whole.
    pub fn embedded() -> Result<Story, Error> {
        let text = NETWORK.get_file("drops.toml").and_then(|file| file.contents_utf8());
        let written: Written = toml::from_str(text.unwrap_or_default())
            .map_err(|error| unfit(error.message()))?;
        Ok(Story {
            today: written.today,
            start: fit_all(written.start)?,
            arrivals: fit_all(written.drops)?,
        })
    }

    /// The day on which it ends.
    pub fn last_day(&self) -> &str {
        let last = self.arrivals.iter().rev().find_map(|arrival| arrival.day.as_deref());
        last.unwrap_or(&self.today)
    }

    /// Whether the story brings this paper, so that it is not there from the start.
    pub fn brings(&self, organization: &str, file: &str) -> bool {
        self.arrivals
            .iter()
            .any(|drop| drop.organization == organization && drop.file == file)
    }
}

fn fit_all(drops: Vec<WrittenDrop>) -> Result<Vec<Arrival>, Error> {
    drops.into_iter().map(fit).collect()
}

fn fit(written: WrittenDrop) -> Result<Arrival, Error> {
    let path = match &written.from {
        Some(earlier) => format!("earlier/{}/{earlier}", written.organization),
        None => format!("organizations/{}/papers/{}", written.organization, written.file),
    };
    let paper = NETWORK.get_file(&path).ok_or_else(|| unfit(&path))?;
    Ok(Arrival {
        organization: written.organization,
        file: written.file,
        bytes: paper.contents(),
        note: Bilingual { english: written.en, arabic: written.ar },
        day: written.day,
        waits: written.wait,
    })
}

fn unfit(what: &str) -> Error {
    Error::report(
        format!("the embedded sample network is not whole: {what}"),
        format!("شبكة المثال المضمّنة غير مكتملة: {}", crate::text::isolate(what)),
    )
}
