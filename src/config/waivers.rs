//! `waivers.toml`: dated releases from rules, with who granted them and why.

use crate::calendar::Day;
use crate::config::Problem;
use crate::config::section::{Section, read_file};

/// A release of one organization from one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiver {
    pub organization: String,
    /// `rulebook/rule`, or the rule's id where it is unique.
    pub rule: String,
    pub from: Day,
    /// The last day, included.
    pub to: Option<Day>,
    pub granted_by: String,
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
    let rule = section.required_text("rule");
    let (from, to) = (section.day("from"), section.day("to"));
    let granted_by = section.required_text("granted_by");
    let why = section.required_text("why");
    section.finish();
    Some(Waiver {
        organization: organization?,
        rule: rule?,
        from: from.unwrap_or(Day::EARLIEST),
        to,
        granted_by: granted_by?,
        why: why?,
    })
}
