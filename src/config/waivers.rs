//! `waivers.toml`: dated releases from rules, with who granted them and why.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::config::Problem;
use crate::config::section::{Section, read_file};

/// A release of one organization from one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    pub organization: String,
    pub rulebook: String,
    pub rule: String,
    pub from: Day,
    /// The last day, included; for ever when not stated.
    pub to: Option<Day>,
    /// The slots it covers, by the days they stand for; all when not stated.
    pub slots: Option<Period>,
    pub granted_by: String,
    pub granted_on: Option<Day>,
    pub why: String,
}

/// Reads `waivers.toml`: `[[waivers]]` tables.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(file: &str, text: &str) -> Result<Vec<Waiver>, Vec<Problem>> {
    read_file(file, text, |root| {
        Some(root.sections("waivers").into_iter().filter_map(waiver).collect())
    })
}

fn waiver(mut section: Section<'_>) -> Option<Waiver> {
    let organization = section.required_text("organization");
    let rulebook = section.required_text("rulebook");
    let rule = section.required_text("rule");
    let (from, to) = (section.day("from"), section.day("to"));
    let slots = (section.day("slots_from"), section.day("slots_to"));
    let granted_by = section.required_text("granted_by");
    let granted_on = section.day("granted_on");
    let why = section.required_text("why");
    section.finish();
    Some(Waiver {
        organization: organization?,
        rulebook: rulebook?,
        rule: rule?,
        from: from.unwrap_or(Day::EARLIEST),
        to,
        slots: slots.0.zip(slots.1).map(|(from, to)| Period { from, to }),
        granted_by: granted_by?,
        granted_on,
        why: why?,
    })
}
