//! `calendars/*.toml`: weekends, holidays and times when the clock of duties stands still.

use std::sync::Arc;

use crate::calendar::Period;
use crate::config::Problem;
use crate::config::hours::WEEKDAYS;
use crate::config::section::{Section, read_file};
use crate::text::Bilingual;

/// One jurisdiction's calendar. The file's stem is the jurisdiction: `PS.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarFile {
    /// Its path below the network's folder; shared, as every organization names it.
    pub path: Arc<str>,
    /// 0 = Sunday … 6 = Saturday.
    pub weekend: Vec<u8>,
    pub holidays: Vec<Dated>,
    pub suspensions: Vec<Dated>,
}

/// Days with a name, both ends included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated {
    pub name: Bilingual,
    pub days: Period,
}

/// Reads a calendar: `weekend = ["friday", "saturday"]`, `[[holidays]]`, `[[suspensions]]`.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(file: &str, text: &str) -> Result<CalendarFile, Vec<Problem>> {
    read_file(file, text, |root| {
        let weekend = weekend(root);
        let holidays = root.sections("holidays").into_iter().filter_map(dated).collect();
        let suspensions =
            root.sections("suspensions").into_iter().filter_map(dated).collect();
        Some(CalendarFile { path: file.into(), weekend, holidays, suspensions })
    })
}

fn weekend(root: &mut Section<'_>) -> Vec<u8> {
    let mut days = Vec::new();
    for name in root.texts("weekend") {
        let found = WEEKDAYS.iter().position(|day| *day == name.to_lowercase());
        match found.and_then(|index| u8::try_from(index).ok()) {
            Some(day) => days.push(day),
            None => root.wrong(
                "weekend",
                format!("`{name}` is not a day of the week"),
                format!("«{name}» ليس يومًا من أيام الأسبوع"),
            ),
        }
    }
    days
}

/// `on = 2026-11-15`, or `from` and `to`.
fn dated(mut section: Section<'_>) -> Option<Dated> {
    let name = section.name("name");
    let on = section.day("on");
    let (from, to) = (section.day("from"), section.day("to"));
    section.finish();
    let (from, to) = (from.or(on), to.or(on));
    if from.is_none() || to.is_none() || from > to {
        section.wrong(
            "on",
            "this needs `on`, or `from` and a later `to`".to_owned(),
            "يلزم هنا `on`، أو `from` ثم `to` في يوم لاحق".to_owned(),
        );
    }
    Some(Dated { name: name?, days: Period { from: from?, to: to? } })
}
