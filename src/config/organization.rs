//! `organization.toml`: what an organization is, who its people are, and what is dated.

use std::collections::BTreeMap;

use crate::calendar::{Day, Period, days_in_month};
use crate::config::Problem;
use crate::config::network::address;
use crate::config::register;
use crate::config::register::Register;
use crate::config::section::{Section, read_file};
use crate::text::Bilingual;
use crate::text::Language;

/// One organization as its `organization.toml` states it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrganizationFile {
    pub name: Bilingual,
    /// What else its papers call it: an old name, a short one.
    pub aliases: Vec<String>,
    /// A type by its name in the vocabulary: `association`, `federation` …
    pub kind: String,
    /// Where it differs from the network's.
    pub jurisdiction: Option<String>,
    /// Where its seat is, as the network calls it: Nablus, Baalbek-Hermel.
    pub governorate: Option<String>,
    pub zone: Option<String>,
    pub founded: Option<Day>,
    pub joined: Option<Day>,
    /// Month and day on which its fiscal years end; 31 December unless said.
    pub fiscal_year_end: (u8, u8),
    /// Fiscal years that do not follow that day: the changed, the short and the long.
    pub fiscal_years: Vec<Period>,
    /// Our name of a body → what its papers call it.
    pub bodies: BTreeMap<String, Vec<String>>,
    pub people: Vec<Person>,
    pub attributes: Vec<Attribute>,
    pub memberships: Vec<Membership>,
    /// Who is who: bodies, posts, terms, families.
    pub register: Register,
    /// The drop folder, when it is not `papers` beside the file.
    pub papers: Option<String>,
}

/// Somebody who is written to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub name: String,
    /// A role by its name in the vocabulary: `secretary`, `chair`, `director` …
    pub role: String,
    pub email: String,
    pub language: Option<Language>,
}

/// Something that is true of the organization from a day on: income, staff …
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute {
    pub name: String,
    pub value: i64,
    /// Three letters, upper case.
    pub currency: Option<[u8; 3]>,
    pub from: Option<Day>,
}

/// Belonging to another organization, by its id, both days included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    pub organization: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

impl OrganizationFile {
    /// Everything that it is called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let stated = [self.name.english.as_str(), self.name.arabic.as_str()];
        stated.into_iter().chain(self.aliases.iter().map(String::as_str))
    }
}

/// Reads an `organization.toml`.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(file: &str, text: &str) -> Result<OrganizationFile, Vec<Problem>> {
    read_file(file, text, |root| {
        let name = root.name("name");
        let aliases = root.texts("aliases");
        let kind = root.text("type").unwrap_or_else(|| "association".to_owned());
        let jurisdiction = root.text("jurisdiction").map(|code| code.to_uppercase());
        let governorate = root.text("governorate");
        let zone = root.text("zone");
        let (founded, joined) = (root.day("founded"), root.day("joined"));
        let fiscal_year_end = fiscal_year_end(root);
        let fiscal_years = root.sections("fiscal_years").into_iter().filter_map(period);
        let fiscal_years = fiscal_years.collect();
        let bodies = root.own_keys("bodies").into_iter().collect();
        let people = root.sections("people").into_iter().filter_map(person).collect();
        let attributes =
            root.sections("attributes").into_iter().filter_map(attribute).collect();
        let memberships =
            root.sections("memberships").into_iter().filter_map(membership).collect();
        let register = register::read(root);
        let papers = root.text("papers");
        Some(OrganizationFile {
            name: name?,
            aliases,
            kind,
            jurisdiction,
            governorate,
            zone,
            founded,
            joined,
            fiscal_year_end,
            fiscal_years,
            bodies,
            people,
            attributes,
            memberships,
            register,
            papers,
        })
    })
}

/// `"12-31"`: the month and the day.
fn fiscal_year_end(root: &mut Section<'_>) -> (u8, u8) {
    let Some(text) = root.text("fiscal_year_end") else { return (12, 31) };
    let parsed = text.split_once('-').and_then(|(month, day)| {
        let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
        let exists = (1..=12).contains(&month) && day >= 1;
        (exists && day <= days_in_month(2024, month)).then_some((month, day))
    });
    parsed.unwrap_or_else(|| {
        root.wrong(
            "fiscal_year_end",
            "`fiscal_year_end` must be a month and a day, such as \"12-31\"".to_owned(),
            "يجب أن تكون قيمة `fiscal_year_end` شهرًا ويومًا، مثل \"12-31\"".to_owned(),
        );
        (12, 31)
    })
}

fn period(mut section: Section<'_>) -> Option<Period> {
    let (from, to) = (section.day("from"), section.day("to"));
    section.finish();
    let period = Period { from: from?, to: to? };
    if period.from > period.to {
        section.wrong(
            "to",
            "`to` lies before `from`".to_owned(),
            "يقع `to` قبل `from`".to_owned(),
        );
    }
    Some(period)
}

fn person(mut section: Section<'_>) -> Option<Person> {
    let name = section.required_text("name");
    let role = section.text("role").unwrap_or_else(|| "secretary".to_owned());
    let email = section.required_text("email");
    let email = email.map(|email| address(&section, "email", email));
    let language = section.text("language").and_then(|code| match code.as_str() {
        "en" => Some(Language::English),
        "ar" => Some(Language::Arabic),
        _ => {
            section.wrong(
                "language",
                "`language` must be \"en\" or \"ar\"".to_owned(),
                "يجب أن تكون قيمة `language` إما \"en\" أو \"ar\"".to_owned(),
            );
            None
        }
    });
    section.finish();
    Some(Person { name: name?, role, email: email?, language })
}

fn attribute(mut section: Section<'_>) -> Option<Attribute> {
    let name = section.required_text("name");
    let value = section.number("value");
    let currency = section.text("currency").and_then(|code| {
        let letters = <[u8; 3]>::try_from(code.to_uppercase().as_bytes()).ok();
        if letters.is_none() {
            section.wrong(
                "currency",
                "`currency` must be three letters, such as \"USD\"".to_owned(),
                "يجب أن تكون قيمة `currency` ثلاثة أحرف، مثل \"USD\"".to_owned(),
            );
        }
        letters
    });
    let from = section.day("from");
    section.finish();
    Some(Attribute { name: name?, value: value?, currency, from })
}

fn membership(mut section: Section<'_>) -> Option<Membership> {
    let organization = section.required_text("organization");
    let (from, to) = (section.day("from"), section.day("to"));
    section.finish();
    Some(Membership { organization: organization?, from, to })
}
